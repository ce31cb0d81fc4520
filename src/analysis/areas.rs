//! From rankings to areas (lĩnh vực): what share of each area's points each
//! unit achieved, and its rank in that area alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::points::{Index, Percent};
use crate::rank::{Ranking, numbers};
use crate::round::Round;
use crate::round::criteria::{ItemCode, Node};
use crate::round::register::UnitId;
use crate::round::settings::{BlocId, Scoring};

/// One bloc: a row for each ranked unit, a column for each area.
#[derive(Clone, Debug)]
pub struct AreaTable {
    pub bloc: BlocId,
    /// The areas of all the bloc's sets, in code order.
    pub areas: Vec<ItemCode>,
    /// Best unit first.
    pub rows: Vec<AreaRow>,
    /// The row of each unit.
    by_unit: BTreeMap<UnitId, usize>,
    /// The mean of each area's shown shares; `None` where it applies to nobody.
    pub means: Vec<Option<Percent>>,
}

#[derive(Clone, Debug)]
pub struct AreaRow {
    pub unit: UnitId,
    /// One for each area; `None` where nothing of it applies to the unit.
    pub cells: Vec<Option<AreaCell>>,
}

#[derive(Clone, Copy, Debug)]
pub struct AreaCell {
    /// Points achieved out of points possible.
    pub exact: Index,
    /// The same in percent, rounded half up as an index is shown.
    pub share: Percent,
    /// Compared and numbered as units are, without tie-breaks.
    pub rank: u32,
}

/// One table for each bloc, in the order of the settings.
pub fn areas(round: &Round, rankings: &[Ranking]) -> Vec<AreaTable> {
    rankings.iter().map(|ranking| table(round, ranking)).collect()
}

fn table(round: &Round, ranking: &Ranking) -> AreaTable {
    let scoring = &round.settings.scoring;
    let bloc = round.settings.blocs.iter().find(|bloc| bloc.id == ranking.bloc);
    let sets = bloc.into_iter().flat_map(|bloc| &bloc.sets).map(|id| &round.sets[id]);
    let areas: BTreeSet<ItemCode> = sets.flat_map(|set| set.areas().map(Node::code)).collect();
    let areas: Vec<ItemCode> = areas.into_iter().collect();

    let columns: Vec<Vec<Option<AreaCell>>> =
        areas.iter().map(|area| column(*area, ranking, scoring)).collect();
    let mean = |column: &Vec<Option<AreaCell>>| {
        let shares: Vec<Percent> = column.iter().flatten().map(|cell| cell.share).collect();
        Percent::mean(&shares, scoring.index_places)
    };
    let means = columns.iter().map(mean).collect();
    let row = |at: usize, unit: &UnitId| AreaRow {
        unit: unit.clone(),
        cells: columns.iter().map(|column| column[at]).collect(),
    };
    let units = ranking.standings.iter().map(|it| &it.card.unit).enumerate();
    let rows: Vec<AreaRow> = units.map(|(at, unit)| row(at, unit)).collect();
    let by_unit = rows.iter().enumerate().map(|(at, row)| (row.unit.clone(), at)).collect();
    AreaTable { bloc: ranking.bloc.clone(), areas, rows, by_unit, means }
}

/// One area of every ranked unit, in the order of the ranking.
fn column(area: ItemCode, ranking: &Ranking, scoring: &Scoring) -> Vec<Option<AreaCell>> {
    let mut column = vec![None; ranking.standings.len()];
    let exact = ranking.standings.iter().map(|it| it.card.area(area)).enumerate();
    let mut exact: Vec<(usize, Index)> =
        exact.filter_map(|(at, exact)| Some((at, exact?))).collect();
    exact.sort_by(|a, b| scoring.cmp(b.1, a.1));
    let ties = exact.windows(2).map(|pair| scoring.cmp(pair[0].1, pair[1].1).is_eq());
    for ((at, exact), rank) in exact.iter().zip(numbers(scoring.numbering, ties)) {
        column[*at] = Some(AreaCell { exact: *exact, share: scoring.shown(*exact), rank });
    }
    column
}

impl AreaTable {
    /// The areas from the weakest mean up; equal ones in code order.
    pub fn weakest_first(&self) -> Vec<(ItemCode, Percent)> {
        let means = self.areas.iter().zip(&self.means);
        let mut means: Vec<(ItemCode, Percent)> =
            means.filter_map(|(area, mean)| Some((*area, (*mean)?))).collect();
        means.sort_by_key(|(_, mean)| *mean);
        means
    }

    /// The areas of one unit from its worst rank up; equal ones in code order.
    pub fn worst_of(&self, unit: &UnitId) -> Vec<(ItemCode, AreaCell)> {
        let row = self.by_unit.get(unit).map(|at| &self.rows[*at]);
        let cells = self.areas.iter().zip(row.into_iter().flat_map(|row| &row.cells));
        let mut cells: Vec<(ItemCode, AreaCell)> =
            cells.filter_map(|(area, cell)| Some((*area, (*cell)?))).collect();
        cells.sort_by_key(|(_, cell)| Reverse(cell.rank));
        cells
    }
}
