//! *Thứ hạng*: each unit's rank, year by year, and how often it reached each
//! band.

use super::chronicle::{Chronicle, Line, or_blank};
use crate::history::period::PeriodBloc;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Level, Mark, Range, Sheet};

/// Ranks that stand out.
const LEADING: u32 = 3;

pub(super) fn ranks<'a>(
    chronicle: Chronicle<'a>,
    bloc: &'a PeriodBloc,
    name: String,
) -> (Sheet, Placed<'a, Line<'a>>) {
    let mut columns = Vec::from(chronicle.identity(38.0, 11.0));
    columns.extend(chronicle.years().map(|year| {
        let label = chronicle.year_head(bloc, year);
        Column::code(label, 7.5, move |it: &Line| rank(chronicle, it, year))
            .called(year.to_string())
    }));
    columns.extend(bloc.bands.iter().enumerate().map(|(at, band)| {
        let reached = move |it: &Line| it.1.stats.as_ref().map_or(0, |it| it.bands[at]);
        Column::code(format!("Số năm {band}"), 9.5, move |it: &Line| {
            Entry::or_dash(Some(reached(it)).filter(|it| 0 < *it))
        })
        .called(format!("mức {at}"))
    }));
    let table = Table::new(columns).leading();
    let title = format!("THỨ HẠNG QUA CÁC NĂM – {}", bloc.name.to_uppercase());
    let mut sheet = chronicle.begin(name, table.widths(), &title);
    let remark = format!(
        "Nền xanh: {LEADING} hạng đầu. Ô trống: năm đó không xếp hạng. Xếp theo chỉ số trung \
         bình cả giai đoạn.{}",
        chronicle.break_remark(bloc)
    );
    head::remark(&mut sheet, &remark);
    let placed = table.write(&mut sheet, &chronicle.units(bloc));
    sheet.marks.extend(chronicle.block(&placed).map(|Range { first, last, .. }| Mark {
        first,
        last,
        formula: format!("AND(ISNUMBER({first}),{first}<={LEADING})"),
        level: Level::Good,
    }));
    (sheet, placed)
}

/// The rank of a year, with the name the unit had then when it was another.
fn rank(chronicle: Chronicle, (_, series): &Line, year: i16) -> Entry {
    let rank = or_blank(series.placing(year).map(|it| it.rank));
    let then = series.entry(year).map(|it| &it.name).filter(|_| series.placing(year).is_some());
    match then.filter(|then| *then != chronicle.history.name(series.line)) {
        Some(then) => rank.with_note(format!("Khi đó: {then}")),
        None => rank,
    }
}
