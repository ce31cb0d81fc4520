//! *Nguồn điểm*: for every score of *Chi tiết*, which cell it was read from, by
//! which rule, and who decided; reached by links from there.

use super::detail::Detail;
use super::{Teller, points};
use crate::finding::{CellRef, Place};
use crate::report::sheet::{Cell, LINKS_MAX, Level, Link, Row, Sheet};
use crate::round::criteria::Item;
use crate::score::{ItemScore, ScoreCard};
use crate::trace;
use crate::words;

const WIDTHS: [f64; 9] = [30.0, 8.0, 9.0, 16.0, 34.0, 16.0, 8.0, 60.0, 40.0];
const COLUMNS: u32 = 9;
/// The column of points.
const POINTS: u32 = 2;

/// The most scores that are listed one by one: some five hundred units. Beyond
/// it the list would outweigh the workbook, and nobody would look anything up
/// in it.
const MOST: usize = 30_000;
const _: () = assert!(MOST <= LINKS_MAX, "every score of a sheet may carry a link");

/// What *Chi tiết* says of where its scores come from.
pub(super) fn legend(teller: &Teller) -> &'static str {
    if is_listed(teller) {
        "Bấm vào một điểm để tới dòng của nó ở trang Nguồn điểm: tệp, trang, ô, cách chấm, ai \
         quyết định."
    } else {
        "Kỳ có quá nhiều điểm để liệt kê nguồn từng điểm trong sổ này; dùng lệnh cchc trace, hoặc \
         trang Đường đi của điểm trong tệp phản hồi của đơn vị."
    }
}

fn is_listed(teller: &Teller) -> bool {
    let cards = teller.blocs().flat_map(|(_, ranking)| ranking.cards());
    cards.map(|card| card.items.len()).sum::<usize>() <= MOST
}

/// The sheet, and a link to its row from every score of `details`; `None` when
/// there are too many scores, or none.
pub(super) fn sheet(
    teller: &Teller,
    details: &mut [Detail],
    name: impl FnOnce() -> String,
) -> Option<Sheet> {
    if !is_listed(teller) || details.is_empty() {
        return None;
    }
    let mut sheet = teller.sheet(name(), &WIDTHS);
    teller.open(&mut sheet, "NGUỒN CỦA TỪNG ĐIỂM", &teller.round.settings.title, COLUMNS);
    let remark = "Tệp, trang, ô: nơi điểm được tính được đọc ra; với điểm tính từ số liệu là ô số \
                  liệu đầu tiên đơn vị kê khai. Trang để tra cứu trên máy tính, khi in chỉ in đến \
                  đây.";
    sheet.push(Row::banner(remark, Level::Remark, COLUMNS));
    let head = sheet.next_row();
    sheet.prints_to = Some(CellRef::new(head - 1, COLUMNS - 1));
    sheet.push(Row::head([
        "Đơn vị",
        "Mã",
        "Điểm",
        "Ai quyết định",
        "Tệp",
        "Trang",
        "Ô",
        "Cách chấm",
        "Căn cứ",
    ]));
    sheet.freeze = Some(CellRef::new(head + 1, POINTS));
    for (_, ranking) in teller.blocs() {
        for card in ranking.cards() {
            unit(teller, card, details, &mut sheet);
        }
    }
    let last = sheet.next_row() - 1;
    if head < last {
        sheet.filter = Some((CellRef::new(head, 0), CellRef::new(last, COLUMNS - 1)));
    }
    Some(sheet)
}

fn unit(teller: &Teller, card: &ScoreCard, details: &mut [Detail], sheet: &mut Sheet) {
    let Some(unit) = teller.round.register.unit(&card.unit) else { return };
    let detail = details.iter_mut().find(|it| it.spots.has(&card.unit));
    let mut links = Vec::new();
    let set = teller.round.set(unit);
    for (item, score) in set.items().filter_map(|it| Some((it, card.items.get(&it.code)?))) {
        let at = detail.as_ref().and_then(|detail| detail.spots.cell(&card.unit, item.code));
        let to = CellRef::new(sheet.next_row(), POINTS);
        links.extend(at.map(|at| Link { at, sheet: sheet.name.clone(), to }));
        let place = trace::source(teller.round, teller.tally, &card.unit, item, score.by);
        let citation = if item.source.is_empty() { &set.source } else { &item.source };
        sheet.push(row(&unit.name, item, score, place.as_ref(), citation));
    }
    if let Some(detail) = detail {
        detail.sheet.links.extend(links);
    }
}

fn row(unit: &str, item: &Item, score: &ItemScore, place: Option<&Place>, citation: &str) -> Row {
    let none = || Cell::text(words::no_points(score.by), Level::Body.center());
    let spot = place.map(Place::spot).unwrap_or_default();
    Row::new(vec![
        Cell::text(unit, Level::Body.left()),
        Cell::text(item.code.to_string(), Level::Body.center()),
        score.points.map_or_else(none, |it| points(it, Level::Body.right())),
        Cell::text(words::scored_by(score.by), Level::Body.left()),
        Cell::text(place.map_or("", |it| &it.file), Level::Body.left()),
        Cell::text(place.and_then(Place::sheet_name).unwrap_or(""), Level::Body.left()),
        Cell::text(spot, Level::Body.center()),
        Cell::text(item.rule.words(item.max), Level::Body.left()),
        Cell::text(citation, Level::Body.left()),
    ])
}
