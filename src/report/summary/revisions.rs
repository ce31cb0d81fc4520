//! *Thay đổi so với bản công bố*: every point that changed since publication,
//! with its reason, and what followed for rank, band and award.

use super::{Teller, whole};
use crate::record::{Amendment, RevisedPoint, RevisedSeat, Seat};
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};

/// The name of the sheet, as far as Excel has room for it.
pub(super) const NAME: &str = "Thay đổi so với bản công bố";

const WIDTHS: [f64; 9] = [6.0, 30.0, 9.0, 20.0, 22.0, 22.0, 11.0, 34.0, 40.0];
const COLUMNS: u32 = 9;

pub(super) fn sheet(teller: &Teller, name: String, amendment: &Amendment) -> Sheet {
    let mut sheet = teller.sheet(name, &WIDTHS);
    let title = &teller.round.settings.title;
    teller.open(&mut sheet, "THAY ĐỔI SO VỚI BẢN CÔNG BỐ", title, COLUMNS);
    let base = format!(
        "Bản công bố: {}, mã xác thực {}. Lý do chấm lại: {}",
        amendment.base.file, amendment.base_seal, amendment.reason
    );
    sheet.push(Row::banner(base, Level::Plain, COLUMNS));
    head::gap(&mut sheet);
    sheet.push(Row::banner("1. Điểm thay đổi", Level::Strong, COLUMNS));
    if amendment.points.is_empty() {
        sheet.push(Row::banner("Không có điểm nào thay đổi.", Level::Remark, COLUMNS));
    } else {
        sheet.push(Row::head([
            "STT",
            "Đơn vị",
            "Mã",
            "Nội dung",
            "Bản công bố",
            "Nay",
            "Mã lý do",
            "Lý do",
            "Diễn giải",
        ]));
        sheet.rows.extend((1..).zip(&amendment.points).map(point));
    }
    head::gap(&mut sheet);
    let heading = "2. Hệ quả đối với hạng, chỉ số, xếp loại, khen thưởng";
    sheet.push(Row::banner(heading, Level::Strong, COLUMNS));
    if amendment.seats.is_empty() {
        sheet.push(Row::banner("Không có.", Level::Remark, COLUMNS));
        return sheet;
    }
    let mut labels = Row::head(["STT", "Đơn vị", "", "Nội dung", "Bản công bố", "Nay", "", "", ""]);
    labels.cells[1].span = 2;
    labels.cells[5].span = 4;
    sheet.push(labels);
    let mut number = 0;
    for seat in &amendment.seats {
        number += 1;
        sheet.rows.extend(consequences(number, seat));
    }
    sheet
}

fn point((number, it): (usize, &RevisedPoint)) -> Row {
    Row::new(vec![
        Cell::new(whole(number), Level::Body.center()),
        Cell::text(&it.name, Level::Body.left()),
        Cell::text(&it.item, Level::Body.center()),
        Cell::text(&it.what, Level::Body.left()),
        Cell::text(&it.before, Level::Body.center()),
        Cell::text(&it.after, Level::Body.center()),
        Cell::text(&it.code, Level::Body.center()),
        Cell::text(&it.meaning, Level::Body.left()),
        Cell::text(&it.note, Level::Body.left()),
    ])
}

/// A row for each thing that is another now; the unit's name on the first.
fn consequences(number: usize, seat: &RevisedSeat) -> Vec<Row> {
    let all = told(&seat.before).into_iter().zip(told(&seat.after));
    let changed = all.filter(|(before, after)| before != after).enumerate();
    let rows = changed.map(|(at, ((what, before), (_, after)))| {
        let (count, name) = if at == 0 { (whole(number), &*seat.name) } else { (Value::Blank, "") };
        let mut cells = vec![
            Cell::new(count, Level::Body.center()),
            Cell::text(name, Level::Body.left()).spanning(2),
            Cell::blank(Level::Body.left()),
            Cell::text(what, Level::Body.left()),
            Cell::text(before, Level::Body.center()),
            Cell::text(after, Level::Body.center()).spanning(4),
        ];
        cells.extend((0..3).map(|_| Cell::blank(Level::Body.center())));
        Row::new(cells)
    });
    rows.collect()
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
