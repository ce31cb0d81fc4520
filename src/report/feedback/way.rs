//! *Đường đi của điểm*: every step from the cells of the unit's form to its
//! rank, band and award.

use crate::finding::{CellRef, Place};
use crate::report::feedback::Teller;
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};
use crate::trace::{self, Outcome, Step};

const WIDTHS: [f64; 9] = [30.0, 20.0, 48.0, 11.0, 13.0, 26.0, 13.0, 7.0, 24.0];

pub(super) fn sheet(teller: &Teller) -> Sheet {
    let mut sheet = teller.sheet("Đường đi của điểm", &WIDTHS);
    head::title(&mut sheet, "ĐƯỜNG ĐI CỦA ĐIỂM", &[&teller.unit.name]);
    head::remark(
        &mut sheet,
        "Mỗi con số được làm ra từ đâu, theo quy định nào, ai quyết định: từ ô trên phiếu đến \
         điểm được tính, tổng điểm, chỉ số, hạng, xếp loại và khen thưởng.",
    );
    let set = &teller.round.set(teller.unit).source;
    head::remark(&mut sheet, &format!("Bước không ghi căn cứ riêng thì theo bộ chỉ số: {set}."));
    let header = sheet.next_row();
    sheet.push(Row::head([
        "Mục",
        "Bước",
        "Cách tính",
        "Kết quả",
        "Ai quyết định",
        "Tệp",
        "Trang",
        "Ô",
        "Căn cứ",
    ]));
    sheet.repeat = Some((header, header));
    sheet.freeze = Some(CellRef::new(header + 1, 1));
    for part in trace::unit(teller.round, teller.tally, teller.unit, None) {
        // The heading stands beside its first step, so that no page ends in it.
        let headings = [part.heading.as_str()].into_iter().chain(std::iter::repeat(""));
        sheet.rows.extend(headings.zip(&part.steps).map(|(heading, step)| row(heading, step, set)));
    }
    sheet
}

/// `set` is the citation that goes without saying.
fn row(heading: &str, step: &Step, set: &str) -> Row {
    let place = step.place.as_ref();
    let source = if step.source == set { "" } else { &step.source };
    Row::new(vec![
        Cell::text(heading, Level::Criterion.left()),
        Cell::text(step.what, Level::Body.left()),
        Cell::text(&step.how, Level::Body.left()),
        result(&step.result),
        Cell::text(step.by, Level::Body.left()),
        Cell::text(place.map_or("", |it| &it.file), Level::Body.left()),
        Cell::text(place.and_then(Place::sheet_name).unwrap_or(""), Level::Body.left()),
        Cell::text(place.map(Place::spot).unwrap_or_default(), Level::Body.center()),
        Cell::text(source, Level::Body.left()),
    ])
}

fn result(result: &Outcome) -> Cell {
    match result {
        Outcome::Nothing => Cell::blank(Level::Body.center()),
        Outcome::Points(points) => Cell::new(Value::Points(*points), Level::Body.right()),
        Outcome::Percent(percent) => Cell::new(Value::Percent(*percent), Level::Body.right()),
        Outcome::Rank(rank) => Cell::new(Value::Whole((*rank).into()), Level::Body.right()),
        Outcome::Money(amount) => Cell::new(Value::Money(*amount), Level::Body.right()),
        Outcome::Words(words) => Cell::text(words, Level::Body.center()),
    }
}
