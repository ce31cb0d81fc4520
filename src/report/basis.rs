//! What every sheet of the consolidated workbook is made from, and how each
//! begins.

use crate::finding::CellRef;
use crate::rank::Ranking;
use crate::report::Edition;
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, ItemCode};
use crate::round::register::UnitId;
use crate::round::settings::{Bloc, Scoring};
use crate::sheet::head;
use crate::sheet::{Density, Level, Row, SheetOf};
use crate::tally::Tally;
use crate::words;

#[derive(Clone, Copy)]
pub(in crate::report) struct Basis<'a> {
    pub(in crate::report) round: &'a Round,
    pub(in crate::report) tally: &'a Tally,
    pub(in crate::report) edition: &'a Edition<'a>,
}

impl<'a> Basis<'a> {
    pub(in crate::report) fn scoring(&self) -> &'a Scoring {
        &self.round.settings.scoring
    }

    /// The blocs with their rankings, in the order of the settings.
    pub(in crate::report) fn blocs(
        &self,
    ) -> impl Iterator<Item = (&'a Bloc, &'a Ranking)> + use<'a> {
        let rankings = &self.tally.rankings;
        self.round.settings.blocs.iter().filter_map(|bloc| {
            let ranking = rankings.iter().find(|it| it.bloc == bloc.id)?;
            Some((bloc, ranking))
        })
    }

    pub(in crate::report) fn name<'u>(&self, unit: &'u UnitId) -> &'u str
    where
        'a: 'u,
    {
        self.round.register.name(unit)
    }

    /// The set a unit is scored on.
    pub(in crate::report) fn set(&self, unit: &UnitId) -> Option<&'a CriteriaSet> {
        Some(self.round.set(self.round.register.unit(unit)?))
    }

    /// The sets of a bloc.
    pub(in crate::report) fn sets(&self, bloc: &Bloc) -> impl Iterator<Item = &'a CriteriaSet> {
        bloc.sets.iter().filter_map(|id| self.round.sets.get(id))
    }

    /// An empty lying sheet with the round and its status at the foot.
    pub(in crate::report) fn new_sheet<'s>(&self, name: String, widths: Vec<f64>) -> SheetOf<'s> {
        let status = words::status(self.tally);
        SheetOf {
            name,
            widths,
            footer: format!("{} – {status}", self.round.settings.title),
            seal: self.edition.seal.to_owned(),
            density: Density::Dense,
            is_highlighted: !self.tally.lacks.is_empty(),
            ..SheetOf::default()
        }
    }

    /// A sheet that begins with a title.
    pub(in crate::report) fn titled<'s>(
        &self,
        name: String,
        widths: Vec<f64>,
        title: &str,
    ) -> SheetOf<'s> {
        let mut sheet = self.new_sheet(name, widths);
        let columns = head::columns(&sheet);
        self.open(&mut sheet, title, columns);
        sheet
    }

    /// A title and the round over the first `columns` columns, and what is
    /// missing before the result is final.
    pub(in crate::report) fn open(&self, sheet: &mut SheetOf, title: &str, columns: u32) {
        sheet.push(Row::banner(title, Level::Title, columns));
        sheet.push(Row::banner(&self.round.settings.title, Level::Subtitle, columns));
        if let Some(missing) = words::provisional(&self.tally.lacks) {
            sheet.push(Row::banner(missing, Level::Alarm, columns));
        }
    }
}

/// The code and the title of an area in the first of these sets that has it.
pub(in crate::report) fn area_title<'s>(
    area: ItemCode,
    sets: impl IntoIterator<Item = &'s CriteriaSet>,
) -> String {
    let node = sets.into_iter().flat_map(CriteriaSet::areas).find(|it| it.code() == area);
    format!("{area}. {}", node.map_or("", |node| node.title()))
}

/// A cell of another sheet, for a formula.
pub(in crate::report) fn there(sheet: &str, at: CellRef) -> String {
    format!("'{}'!{at}", sheet.replace('\'', "''"))
}
