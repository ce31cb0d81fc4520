//! *Nguồn điểm*: for every score of *Chi tiết*, which cell it was read from, by
//! which rule, and who decided; reached by links from there.

use super::detail::{Detail, is_listed, points};
use crate::appraisal::Unsettled;
use crate::finding::{CellRef, Place};
use crate::report::basis::Basis;
use crate::round::criteria::{CriteriaSet, Item};
use crate::round::register::Unit;
use crate::score::ItemScore;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Link, SheetOf};
use crate::trace;
use crate::words;

const POINTS: &str = "Điểm";

/// The sheet, and a link to its row from every score of `details`; `None` when
/// there are too many scores, or none.
pub(super) fn sheet<'a>(
    basis: Basis<'a>,
    details: &mut [Detail],
    name: impl FnOnce() -> String,
) -> Option<SheetOf<'a>> {
    if !is_listed(basis) || details.is_empty() {
        return None;
    }
    let table = Table::new(columns()).leading();
    let mut sheet = basis.titled(name(), table.widths(), "NGUỒN CỦA TỪNG ĐIỂM");
    let remark = "Tệp, trang, ô: nơi điểm được tính được đọc ra; với điểm tính từ số liệu là ô số \
                  liệu đầu tiên đơn vị kê khai. Trang để tra cứu trên máy tính, khi in chỉ in đến \
                  đây.";
    head::remark(&mut sheet, remark);
    sheet.prints_to = Some(CellRef::new(sheet.next_row() - 1, table.breadth() - 1));
    let lines = lines(basis);
    let table = table.write(&mut sheet, &lines);
    // Nothing below the remark is printed.
    sheet.repeat = None;
    let Some((first, _)) = table.rows() else { return Some(sheet) };
    for (row, line) in (first..).zip(&lines) {
        let Some(detail) = details.iter_mut().find(|it| it.spots.has(&line.unit.id)) else {
            continue;
        };
        let to = table.cell(POINTS, row);
        let at = detail.spots.cell(&line.unit.id, line.item.code);
        detail.sheet.links.extend(at.map(|at| Link { at, sheet: sheet.name.clone(), to }));
    }
    Some(sheet)
}

/// A score, and where it comes from.
struct Line<'a> {
    unit: &'a Unit,
    set: &'a CriteriaSet,
    item: &'a Item,
    score: ItemScore,
    place: Option<Place>,
    unsettled: Option<&'a Unsettled>,
}

fn lines(basis: Basis<'_>) -> Vec<Line<'_>> {
    let Basis { round, tally, .. } = basis;
    let mut lines = Vec::new();
    for card in basis.blocs().flat_map(|(_, ranking)| ranking.cards()) {
        let Some(unit) = round.register.unit(&card.unit) else { continue };
        let set = round.set(unit);
        lines.extend(set.items().filter_map(|item| {
            let score = card.items.get(item.code)?;
            let place = trace::source(round, tally, &unit.id, item, score.by);
            let unsettled = words::unsettled(tally, &unit.id, item.code);
            Some(Line { unit, set, item, score, place, unsettled })
        }));
    }
    lines
}

fn columns<'a>() -> Vec<Column<'a, Line<'a>>> {
    let place = |it: &Line, what: fn(&Place) -> Entry| it.place.as_ref().map_or("".into(), what);
    vec![
        Column::words("Đơn vị", 30.0, |it: &Line| (&it.unit.name).into()).pinned(),
        Column::code("Mã", 8.0, |it: &Line| it.item.code.to_string().into()).pinned(),
        Column::number(POINTS, 9.0, |it: &Line| points(&it.score)),
        Column::words("Ai quyết định", 16.0, |it: &Line| {
            words::scored_by(it.score.by, it.unsettled).into()
        }),
        Column::words("Tệp", 34.0, move |it: &Line| place(it, |at| (&*at.file).into())),
        Column::words("Trang", 16.0, move |it: &Line| {
            place(it, |at| at.sheet_name().unwrap_or_default().into())
        }),
        Column::code("Ô", 8.0, move |it: &Line| place(it, |at| at.spot().into())),
        Column::words("Cách chấm", 60.0, |it: &Line| it.item.rule.words(it.item.max).into()),
        Column::words("Căn cứ", 40.0, |it: &Line| {
            let own = &it.item.source;
            if own.is_empty() { &it.set.source } else { own }.into()
        }),
    ]
}
