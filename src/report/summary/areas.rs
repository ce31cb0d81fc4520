//! *Lĩnh vực*: what share of each area's points every unit achieved, in heat
//! colours, and its rank in that area alone.

use std::sync::Arc;

use super::detail::{Detail, Spots};
use crate::analysis::{AreaCell, AreaRow, AreaTable};
use crate::rank::Ranking;
use crate::report::basis::{Basis, area_title};
use crate::report::extent::AREAS;
use crate::round::settings::Bloc;
use crate::sheet::head;
use crate::sheet::names::Names;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Heat, SheetOf};

/// The sheet of one bloc; `None` when nobody is ranked in it.
pub(super) fn sheet<'a>(
    basis: Basis<'a>,
    bloc: &Bloc,
    ranking: &'a Ranking,
    details: &[Detail],
    names: &mut Names,
) -> Option<SheetOf<'a>> {
    let shares = basis.edition.areas.iter().find(|it| it.bloc == bloc.id)?;
    if shares.rows.is_empty() || shares.areas.is_empty() {
        return None;
    }
    let spots = details.iter().map(|it| Arc::clone(&it.spots)).collect();
    let lines = Arc::new(Lines { basis, ranking, shares, spots });
    let table = Table::new(columns(&lines, bloc)).leading();
    let name = names.take("Lĩnh vực", &bloc.name);
    let title = format!("KẾT QUẢ TỪNG LĨNH VỰC – {}", bloc.name.to_uppercase());
    let mut sheet = basis.titled(name, table.widths(), &title);
    let weakest = shares.weakest_first().first().map(|(area, mean)| {
        let mean = mean.fixed(basis.scoring().index_places);
        let area = area_title(*area, basis.sets(bloc));
        format!(" Lĩnh vực yếu nhất của khối: {area} (trung bình {mean} %).")
    });
    let remark = format!(
        "Tỷ lệ = điểm đạt ÷ điểm tối đa áp dụng của lĩnh vực × 100; màu từ đỏ (thấp nhất bảng) \
         đến xanh (cao nhất bảng).{}",
        weakest.unwrap_or_default(),
    );
    head::remark(&mut sheet, &remark);
    let shown = basis.edition.limits.shown(&mut sheet, shares.rows.len(), "đơn vị", AREAS);
    let table = table.write_long(&mut sheet, shown, |at| at);
    let [first, last] = [0, shares.areas.len() - 1].map(|at| table.range(&share_key(at)));
    let heat = first.zip(last).map(|(from, to)| Heat { first: from.first, last: to.last });
    sheet.heats.extend(heat);
    Some(sheet)
}

/// What the lines of the units are made from.
struct Lines<'a> {
    basis: Basis<'a>,
    ranking: &'a Ranking,
    shares: &'a AreaTable,
    spots: Vec<Arc<Spots>>,
}

fn columns<'a>(lines: &Arc<Lines<'a>>, bloc: &Bloc) -> Vec<Column<'a, usize>> {
    let (basis, ranking, table) = (lines.basis, lines.ranking, lines.shares);
    let scoring = basis.scoring();
    let is_whole = table.rows.len() <= basis.edition.limits.rows;
    let standing = move |at: &usize| &ranking.standings[*at];
    let mut columns = vec![
        Column::code("Hạng", 6.0, move |at| standing(at).rank.into()).pinned(),
        Column::words("Đơn vị", 36.0, move |at| basis.name(&standing(at).card.unit).into())
            .pinned()
            .total("Trung bình của khối"),
        Column::number("Chỉ số (%)", 9.0, move |at| scoring.shown(standing(at).index).into()),
    ];
    columns.extend(table.areas.iter().zip(&table.means).enumerate().map(|(at, (area, mean))| {
        let own = Arc::clone(lines);
        let key = share_key(at);
        let average = format!("ROUND(AVERAGE([{key}:]),{})", scoring.index_places);
        let mean =
            mean.map(|mean| if is_whole { Entry::formula(average, mean) } else { mean.into() });
        let title = area_title(*area, basis.sets(bloc));
        Column::number(title, 12.0, move |unit| own.share(*unit, at))
            .called(key)
            .under("Tỷ lệ điểm đạt (%)")
            .total(Entry::or_dash(mean))
    }));
    columns.extend(table.areas.iter().enumerate().map(|(at, area)| {
        let own = Arc::clone(lines);
        Column::code(area.to_string(), 5.0, move |unit| {
            Entry::or_dash(own.cell(*unit, at).map(|cell| cell.rank))
        })
        .under("Hạng theo lĩnh vực")
    }));
    columns
}

/// What the column of shares of an area, by its place, is called.
fn share_key(at: usize) -> String {
    format!("Tỷ lệ {at}")
}

impl Lines<'_> {
    fn row(&self, unit: usize) -> &AreaRow {
        &self.shares.rows[unit]
    }

    fn cell(&self, unit: usize, area: usize) -> Option<&AreaCell> {
        self.row(unit).cells[area].as_ref()
    }

    fn share(&self, unit: usize, area: usize) -> Entry {
        let id = &self.row(unit).unit;
        let formula = self.spots.iter().find(|it| it.has(id));
        let formula = formula.and_then(|it| it.area_share(id, self.shares.areas[area]));
        let places = self.basis.scoring().index_places;
        Entry::or_dash(self.cell(unit, area).map(|cell| match formula {
            Some(formula) => Entry::formula(format!("ROUND({formula},{places})"), cell.share),
            None => cell.share.into(),
        }))
    }
}
