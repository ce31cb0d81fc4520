//! *Chỉ tiêu*: free figures against their targets, year by year.

use super::chronicle::{COURSE, Chronicle, or_blank};
use crate::history::period::Indicator;
use crate::points::{Points, Quantity};
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Sheet};

pub(super) fn targets(chronicle: Chronicle, name: String) -> Sheet {
    let mut columns = vec![
        Column::words("Chỉ tiêu", 40.0, |it: &Indicator| (&it.name).into()).pinned(),
        Column::code("Đơn vị tính", 11.0, |it: &Indicator| (&it.unit).into()),
        Column::code(COURSE, 14.0, |_| Entry::blank()),
    ];
    columns.extend(chronicle.years().map(|year| {
        Column::code(year.to_string(), 8.0, move |it: &Indicator| or_blank(it.value(year)))
    }));
    let [from, to] = chronicle.ends();
    let spelled = move |function: &str| format!("{function}[{from}]:[{to}])");
    columns.extend([
        Column::code("Cả giai đoạn", 10.0, move |it: &Indicator| {
            let function = if it.is_sum { "SUM(" } else { "LOOKUP(9.99E+307," };
            let whole = whole(chronicle, it).map(|it| Entry::formula(spelled(function), it));
            Entry::or_dash(whole).at(Level::Total)
        }),
        Column::code("Mục tiêu", 10.0, |it: &Indicator| Entry::or_dash(it.target)),
        Column::code("Kết quả", 10.0, move |it: &Indicator| {
            let Some((target, whole)) = it.target.zip(whole(chronicle, it)) else {
                return Entry::dash();
            };
            let is_met = if it.rises { target <= whole } else { whole <= target };
            let (told, level) =
                if is_met { ("Đạt", Level::Good) } else { ("Chưa đạt", Level::Bad) };
            Entry::from(told).at(level)
        }),
        Column::words("Nguồn", 34.0, |it: &Indicator| (&it.source).into()),
    ]);
    let table = Table::new(columns).leading().otherwise("Không có chỉ tiêu nào.");
    let mut sheet = chronicle.begin(name, table.widths(), "CHỈ TIÊU CẢI CÁCH HÀNH CHÍNH");
    let placed = table.write(&mut sheet, &chronicle.history.period.indicators);
    if let Some((first, last)) = placed.rows() {
        chronicle.draw(&mut sheet, &placed, first..=last);
    }
    sheet
}

/// What the years come to: their sum, or the last of them.
fn whole(chronicle: Chronicle, indicator: &Indicator) -> Option<Quantity> {
    let mut values = chronicle.years().filter_map(|year| indicator.value(year));
    if indicator.is_sum {
        return Some(values.map(Quantity::points).sum::<Points>().quantity());
    }
    values.next_back()
}
