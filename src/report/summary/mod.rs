//! The consolidated workbook (Tổng hợp): a round and its tally → its sheets.
//!
//! One file a sheet. Totals, indices, means and counts are live formulas over
//! the cells they come from, each stored with the program's own value.

mod areas;
mod close;
mod detail;
mod findings;
mod firm;
mod gaps;
mod items;
mod log;
mod odd;
mod overview;
mod pictures;
mod ranking;
mod revisions;
mod shortfalls;
mod sources;

use std::sync::Arc;

use crate::analysis::{self, AreaTable};
use crate::finding::CellRef;
use crate::points::{Percent, Points};
use crate::rank::Ranking;
use crate::report::Edition;
use crate::report::names::Names;
use crate::report::sheet::{Cell, Level, Role, Row, Sheet, SheetOf, Value, WorkbookOf};
use crate::round::Round;
use crate::round::register::UnitId;
use crate::round::settings::{Bloc, Scoring};
use crate::tally::Tally;
use crate::words;
use detail::Detail;
use ranking::RankTable;

/// The consolidated workbook.
pub fn workbook<'a>(
    round: &'a Round,
    tally: &'a Tally,
    edition: &'a Edition<'a>,
) -> WorkbookOf<'a> {
    let teller = Teller { round, tally, edition };
    let scoring = teller.scoring();
    let mut names = Names::default();
    let overview = names.take("Tổng quan", "");
    let mut ranked: Vec<SheetOf> = Vec::new();
    let mut tables: Vec<RankTable> = Vec::new();
    let mut details: Vec<Detail> = Vec::new();
    let mut areas: Vec<SheetOf> = Vec::new();
    let shares: Arc<[AreaTable]> = analysis::areas(round, &tally.rankings).into();
    for ((bloc, ranking), number) in teller.blocs().zip(0..) {
        let own = detail::sheets(teller, bloc, ranking, &mut names);
        let (sheet, charts, table) = ranking::sheet(teller, bloc, ranking, &own, &mut names);
        ranked.push(sheet);
        ranked.extend(charts);
        tables.push(table);
        areas.extend(areas::sheet(teller, (bloc, ranking), (&shares, number), &own, &mut names));
        details.extend(own);
    }
    let mut sheets: Vec<SheetOf> = vec![overview::sheet(&teller, overview, &tables)];
    sheets.extend(
        edition.amendment.map(|it| revisions::sheet(&teller, names.take(revisions::NAME, ""), it)),
    );
    sheets.extend(ranked);
    sheets.extend(areas);
    let found = sources::sheet(&teller, &mut details, || names.take("Nguồn điểm", ""));
    let items = names.take("Bộ chỉ số", "");
    let items = items::sheet(&teller, items, edition.items, &details);
    sheets.extend(details.into_iter().map(|detail| detail.sheet));
    sheets.extend(found);
    let shortfalls = analysis::shortfalls(round, &tally.rankings);
    let name = names.take("Tồn tại, hạn chế", "");
    sheets.push(shortfalls::sheet(teller, name, shortfalls, &shares));
    let gaps = analysis::gaps(round, &tally.rankings);
    sheets.push(gaps::sheet(&teller, names.take("Chênh lệch", ""), &gaps));
    sheets.push(items);
    if let Some((firmness, examined)) = round.settings.firmness.as_ref().zip(edition.examined) {
        sheets.push(close::sheet(&teller, names.take("Sát nút", ""), firmness, examined));
        sheets.push(firm::sheet(&teller, names.take("Độ vững", ""), firmness, examined));
    }
    if let Some(odd) = round.settings.firmness.as_ref().and_then(|it| it.odd.as_ref()) {
        let found = analysis::oddities(round, tally, &shares, odd);
        sheets.push(odd::sheet(&teller, names.take("Bất thường", ""), odd, &found));
    }
    sheets.push(findings::sheet(&teller, names.take("Lỗi phiếu", "")));
    sheets.push(log::sheet(teller, names.take("Nhật ký", ""), edition));
    WorkbookOf {
        title: format!("Tổng hợp {}", round.settings.title),
        dated: round.settings.intake.deadline,
        places: scoring.places,
        index_places: scoring.index_places,
        sheets,
        properties: Vec::new(),
    }
}

/// What every sheet is told from.
#[derive(Clone, Copy)]
struct Teller<'a> {
    round: &'a Round,
    tally: &'a Tally,
    edition: &'a Edition<'a>,
}

impl<'a> Teller<'a> {
    fn scoring(&self) -> &'a Scoring {
        &self.round.settings.scoring
    }

    /// The blocs with their rankings, in the order of the settings.
    fn blocs(&self) -> impl Iterator<Item = (&'a Bloc, &'a Ranking)> + use<'a> {
        let rankings = &self.tally.rankings;
        self.round.settings.blocs.iter().filter_map(|bloc| {
            let ranking = rankings.iter().find(|it| it.bloc == bloc.id)?;
            Some((bloc, ranking))
        })
    }

    fn name<'u>(&self, unit: &'u UnitId) -> &'u str
    where
        'a: 'u,
    {
        self.round.register.unit(unit).map_or(&unit.0, |it| &it.name)
    }

    /// An empty lying sheet with the round and its status at the foot.
    fn sheet(&self, name: String, widths: &[f64]) -> Sheet {
        let status = words::status(&self.tally.lacks);
        Sheet {
            name,
            widths: widths.to_vec(),
            footer: format!("{} – {status}", self.round.settings.title),
            seal: self.edition.seal.to_owned(),
            is_highlighted: !self.tally.lacks.is_empty(),
            ..Sheet::default()
        }
    }

    /// Title and subtitle over the first `columns` columns, and what is missing
    /// before the result is final.
    fn open(&self, sheet: &mut SheetOf, title: &str, subtitle: &str, columns: u32) {
        sheet.push(Row::banner(title, Level::Title, columns));
        sheet.push(Row::banner(subtitle, Level::Subtitle, columns));
        self.warn(sheet, columns);
    }

    fn warn(&self, sheet: &mut SheetOf, columns: u32) {
        if let Some(missing) = words::provisional(&self.tally.lacks) {
            sheet.push(Row::banner(missing, Level::Alarm, columns));
        }
    }
}

fn whole(number: usize) -> Value {
    Value::Whole(i64::try_from(number).expect("a list in memory is shorter than 2^63"))
}

fn points(points: Points, role: impl Into<Role>) -> Cell {
    Cell::new(Value::Points(points), role)
}

fn percent(percent: Percent, role: impl Into<Role>) -> Cell {
    Cell::new(Value::Percent(percent), role)
}

/// `text` centred in a table, with a dash for nothing.
fn dash(role: impl Into<Role>) -> Cell {
    Cell::text("–", role)
}

/// A cell of another sheet, for a formula.
fn there(sheet: &str, at: CellRef) -> String {
    format!("'{}'!{at}", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests;
