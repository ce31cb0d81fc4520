//! The consolidated workbook (Tổng hợp): a round and its tally → its sheets.
//!
//! One file a sheet. Totals, indices, means and counts are live formulas over
//! the cells they come from, each stored with the program's own value.

mod detail;
mod sources;
mod ranking;
mod areas;
mod pictures;
mod overview;
mod revisions;
mod weakest;
mod shortfalls;
mod gaps;
mod items;
mod close;
mod firm;
mod odd;
mod findings;
mod log;

use std::sync::Arc;

use crate::analysis;
use crate::report::Edition;
use crate::report::basis::Basis;
use crate::round::Round;
use crate::sheet::names::Names;
use crate::sheet::{SheetOf, WorkbookOf};
use crate::tally::Tally;
use detail::{Detail, Spots};
use ranking::RankTable;

/// The consolidated workbook.
pub fn workbook<'a>(
    round: &'a Round,
    tally: &'a Tally,
    edition: &'a Edition<'a>,
) -> WorkbookOf<'a> {
    let basis = Basis { round, tally, edition };
    let scoring = basis.scoring();
    let mut names = Names::default();
    let overview = names.take("Tổng quan", "");
    let mut ranked: Vec<SheetOf> = Vec::new();
    let mut tables: Vec<RankTable> = Vec::new();
    let mut details: Vec<Detail> = Vec::new();
    let mut areas: Vec<SheetOf> = Vec::new();
    for (bloc, ranking) in basis.blocs() {
        let own = detail::sheets(basis, bloc, ranking, &mut names);
        let (sheet, charts, table) = ranking::sheet(basis, bloc, ranking, &own, &mut names);
        ranked.push(sheet);
        ranked.extend(charts);
        tables.push(table);
        areas.extend(areas::sheet(basis, bloc, ranking, &own, &mut names));
        details.extend(own);
    }
    let mut sheets: Vec<SheetOf> = vec![overview::sheet(basis, overview, &tables)];
    sheets.extend(
        edition.amendment.map(|it| revisions::sheet(basis, names.take(revisions::NAME, ""), it)),
    );
    sheets.extend(ranked);
    sheets.extend(areas);
    let spots: Vec<Arc<Spots>> = details.iter().map(|it| Arc::clone(&it.spots)).collect();
    let found = sources::sheet(basis, &mut details, || names.take("Nguồn điểm", ""));
    let items = names.take("Bộ chỉ số", "");
    let items = items::sheet(basis, items, edition.items, &details);
    sheets.extend(details.into_iter().map(|detail| detail.sheet));
    sheets.extend(found);
    sheets.push(shortfalls::sheet(basis, names.take("Tồn tại, hạn chế", ""), spots));
    let gaps = analysis::gaps(round, &tally.rankings);
    sheets.push(gaps::sheet(basis, names.take("Chênh lệch", ""), &gaps));
    sheets.push(items);
    if let Some((firmness, examined)) = round.settings.firmness.as_ref().zip(edition.examined) {
        sheets.push(close::sheet(basis, names.take("Sát nút", ""), firmness, examined));
        sheets.push(firm::sheet(basis, names.take("Độ vững", ""), firmness, examined));
    }
    let odd = round.settings.firmness.as_ref().and_then(|it| it.odd.as_ref());
    if let Some((odd, found)) = odd.zip(edition.oddities) {
        sheets.push(odd::sheet(basis, names.take("Bất thường", ""), odd, found));
    }
    sheets.push(findings::sheet(basis, names.take("Lỗi phiếu", "")));
    sheets.push(log::sheet(basis, names.take("Nhật ký", ""), edition));
    WorkbookOf {
        title: format!("Tổng hợp {}", round.settings.title),
        dated: round.settings.intake.deadline,
        places: scoring.places,
        index_places: scoring.index_places,
        sheets,
        properties: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
