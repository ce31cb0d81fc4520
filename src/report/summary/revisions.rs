//! *Thay đổi so với bản công bố*: every point that changed since publication,
//! with its reason, and what followed for rank, band and award.

use crate::record::{Amendment, RevisedPoint, RevisedSeat, Seat};
use crate::report::basis::Basis;
use crate::report::extent::REVISIONS;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Row, Sheet};

/// The name of the sheet, as far as Excel has room for it.
pub(super) const NAME: &str = "Thay đổi so với bản công bố";

pub(super) fn sheet(basis: Basis, name: String, amendment: &Amendment) -> Sheet {
    let points = points();
    let mut sheet = basis.titled(name, points.widths(), "THAY ĐỔI SO VỚI BẢN CÔNG BỐ");
    let base = format!(
        "Bản công bố: {}, mã xác thực {}. Lý do chấm lại: {}",
        amendment.base.file, amendment.base_seal, amendment.reason
    );
    let columns = head::columns(&sheet);
    sheet.push(Row::banner(base, Level::Plain, columns));
    head::gap(&mut sheet);
    head::heading(&mut sheet, "1. Điểm thay đổi");
    if amendment.points.is_empty() {
        head::remark(&mut sheet, "Không có điểm nào thay đổi.");
    } else {
        let (limits, all) = (basis.edition.limits, &amendment.points);
        let shown = limits.shown(&mut sheet, all.len(), "điểm", REVISIONS);
        points.write(&mut sheet, &all[..shown]);
    }
    head::gap(&mut sheet);
    head::heading(&mut sheet, "2. Hệ quả đối với hạng, chỉ số, xếp loại, khen thưởng");
    if amendment.seats.is_empty() {
        head::remark(&mut sheet, "Không có.");
        return sheet;
    }
    let changes = (1..).zip(&amendment.seats).flat_map(|(number, seat)| changes(number, seat));
    consequences().write(&mut sheet, &changes.collect::<Vec<Change>>());
    sheet
}

fn points() -> Table<'static, RevisedPoint> {
    Table::new(vec![
        Column::counter("STT", 6.0),
        Column::words("Đơn vị", 30.0, |it: &RevisedPoint| (&it.name).into()),
        Column::code("Mã", 9.0, |it: &RevisedPoint| (&it.item).into()),
        Column::words("Nội dung", 20.0, |it: &RevisedPoint| (&it.what).into()),
        Column::code("Bản công bố", 22.0, |it: &RevisedPoint| (&it.before).into()),
        Column::code("Nay", 22.0, |it: &RevisedPoint| (&it.after).into()),
        Column::code("Mã lý do", 11.0, |it: &RevisedPoint| (&it.code).into()),
        Column::words("Lý do", 34.0, |it: &RevisedPoint| (&it.meaning).into()),
        Column::words("Diễn giải", 40.0, |it: &RevisedPoint| (&it.note).into()),
    ])
    .filtered()
}

/// A thing of a unit that is another now; the unit is named at the first.
struct Change<'a> {
    number: Option<usize>,
    name: &'a str,
    what: &'static str,
    before: String,
    after: String,
}

fn consequences<'a>() -> Table<'a, Change<'a>> {
    Table::new(vec![
        Column::code("STT", 6.0, |it: &Change| it.number.map_or_else(Entry::blank, Entry::from)),
        Column::words("Đơn vị", 30.0, |it: &Change| it.name.into()).spanning(2),
        Column::words("Nội dung", 20.0, |it: &Change| it.what.into()),
        Column::code("Bản công bố", 22.0, |it: &Change| (&it.before).into()),
        Column::code("Nay", 22.0, |it: &Change| (&it.after).into()).spanning(4),
    ])
}

fn changes(number: usize, seat: &RevisedSeat) -> Vec<Change<'_>> {
    let all = told(&seat.before).into_iter().zip(told(&seat.after));
    let changed = all.filter(|(before, after)| before != after).enumerate();
    let told = changed.map(|(at, ((what, before), (_, after)))| {
        let is_first = at == 0;
        let name = if is_first { &*seat.name } else { "" };
        Change { number: is_first.then_some(number), name, what, before, after }
    });
    told.collect()
}

fn told(seat: &Seat) -> [(&'static str, String); 4] {
    let dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let rank = seat.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    [
        ("Hạng", rank),
        ("Chỉ số (%)", dash(seat.index.as_deref().unwrap_or(""))),
        ("Xếp loại", dash(&seat.band)),
        ("Khen thưởng", dash(&seat.award)),
    ]
}
