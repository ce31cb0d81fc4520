//! *Đường đi của điểm*: every step from the cells of the unit's form to its
//! rank, band and award.

use super::addressee::Addressee;
use crate::finding::{Finding, Place};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Align, Level, Sheet, Value};
use crate::trace::{self, Asked, Outcome, Reader, Step};

/// A step; the heading of its part stands beside the first one, so that no page
/// ends in it.
struct Line<'a> {
    heading: &'a str,
    step: &'a Step,
}

pub(super) fn sheet(addressee: &Addressee, findings: &[&Finding]) -> Sheet {
    let open = addressee.open_items(findings);
    let is_whole = addressee.round.settings.is_way_whole;
    let asked = if is_whole { Asked::Everything } else { Asked::Items(&open) };
    let set = &addressee.round.set(addressee.unit).source;
    let parts = trace::unit(addressee.round, addressee.tally, addressee.unit, asked, Reader::Unit);
    let table = table(set);
    let mut sheet = addressee.sheet("Đường đi của điểm", &table.widths());
    head::title(&mut sheet, "ĐƯỜNG ĐI CỦA ĐIỂM", &[&addressee.unit.name]);
    head::remark(
        &mut sheet,
        "Mỗi con số được làm ra từ đâu, theo quy định nào, ai quyết định: từ ô trên phiếu đến \
         điểm được tính, tổng điểm, chỉ số, hạng, xếp loại và khen thưởng.",
    );
    if !is_whole {
        head::remark(
            &mut sheet,
            "Chỉ nêu các mục bị mất điểm hoặc có điều cần xem lại trên phiếu; các mục khác đạt điểm \
             tối đa hoặc không tính vào điểm.",
        );
    }
    head::remark(&mut sheet, &format!("Bước không ghi căn cứ riêng thì theo bộ chỉ số: {set}."));
    let lines = parts.iter().flat_map(|part| {
        let headings = [part.heading.as_str()].into_iter().chain(std::iter::repeat(""));
        headings.zip(&part.steps).map(|(heading, step)| Line { heading, step })
    });
    table.write(&mut sheet, &lines.collect::<Vec<Line>>());
    sheet
}

/// `set` is the citation that goes without saying.
fn table<'a>(set: &'a str) -> Table<'a, Line<'a>> {
    let place = |line: &Line<'a>| line.step.place.as_ref();
    Table::new(vec![
        Column::words("Mục", 30.0, |it: &Line| Entry::from(it.heading).at(Level::Criterion))
            .pinned(),
        Column::words("Bước", 20.0, |it: &Line| it.step.what.into()),
        Column::words("Cách tính", 48.0, |it: &Line| it.step.how.as_str().into()),
        Column::number("Kết quả", 11.0, |it: &Line| result(&it.step.result)),
        Column::words("Ai quyết định", 13.0, |it: &Line| it.step.by.into()),
        Column::words("Tệp", 26.0, move |it| place(it).map_or("", Place::file_name).into()),
        Column::words("Trang", 13.0, move |it| {
            place(it).and_then(Place::sheet_name).unwrap_or("").into()
        }),
        Column::code("Ô", 7.0, move |it| place(it).map(Place::spot).unwrap_or_default().into()),
        Column::words("Căn cứ", 24.0, move |it: &Line| match &it.step.source {
            source if source == set => "".into(),
            source => source.into(),
        }),
    ])
    .frozen()
}

fn result(result: &Outcome) -> Entry {
    match result {
        Outcome::Nothing => Entry::blank().aligned(Align::Center),
        Outcome::Points(points) => (*points).into(),
        Outcome::Percent(percent) => (*percent).into(),
        Outcome::Rank(rank) => (*rank).into(),
        Outcome::Money(amount) => Value::Money(*amount).into(),
        Outcome::Words(words) => Entry::from(words).aligned(Align::Center),
    }
}
