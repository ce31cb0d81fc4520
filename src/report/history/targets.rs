//! *Chỉ tiêu*: free figures against their targets, year by year.

use super::{Teller, column, dash};
use crate::finding::CellRef;
use crate::history::period::Indicator;
use crate::points::{Points, Quantity};
use crate::report::sheet::{Cell, Level, Row, Sheet, Sparkline, Value};

const YEAR: f64 = 8.0;
const YEARS_FROM: u32 = 3;

pub(super) fn sheet(teller: &Teller, name: String) -> Sheet {
    let years = teller.years();
    let mut widths = vec![40.0, 11.0, 14.0];
    widths.extend(years.iter().map(|_| YEAR));
    widths.extend([10.0, 10.0, 10.0, 34.0]);
    let mut sheet = teller.sheet(name, &widths, "CHỈ TIÊU CẢI CÁCH HÀNH CHÍNH");
    let head = sheet.next_row();
    let mut labels = ["Chỉ tiêu", "Đơn vị tính", "Diễn biến"].map(str::to_owned).to_vec();
    labels.extend(years.iter().map(i16::to_string));
    labels.extend(["Cả giai đoạn", "Mục tiêu", "Kết quả", "Nguồn"].map(str::to_owned));
    sheet.push(Row::head(labels.iter().map(String::as_str)));
    sheet.repeat = Some((head, head));
    for indicator in &teller.history.period.indicators {
        row(&mut sheet, indicator, &years);
    }
    if teller.history.period.indicators.is_empty() {
        sheet.push(Row::banner("Không có chỉ tiêu nào.", Level::Body.left(), column(widths.len())));
    }
    sheet
}

fn row(sheet: &mut Sheet, indicator: &Indicator, years: &[i16]) {
    let row = sheet.next_row();
    let last = YEARS_FROM + column(years.len()) - 1;
    let [from, to] = [YEARS_FROM, last].map(|col| CellRef { row, col });
    let mut cells = vec![
        Cell::text(&*indicator.name, Level::Body.left()),
        Cell::text(&*indicator.unit, Level::Body.center()),
        Cell::blank(Level::Body.center()),
    ];
    cells.extend(years.iter().map(|year| match indicator.value(*year) {
        Some(value) => Cell::new(Value::Quantity(value), Level::Body.center()),
        None => Cell::blank(Level::Body.center()),
    }));
    let mut within = years.iter().filter_map(|year| indicator.value(*year));
    let total = if indicator.is_sum {
        let sum: Points = within.map(Quantity::points).sum();
        let value = Value::Quantity(sum.quantity());
        cells.push(Cell::formula(format!("SUM({from}:{to})"), value, Level::Total.center()));
        Some(sum.quantity())
    } else {
        let last = within.next_back();
        cells.push(match last {
            Some(value) => Cell::formula(
                format!("LOOKUP(9.99E+307,{from}:{to})"),
                Value::Quantity(value),
                Level::Total.center(),
            ),
            None => dash(Level::Total.center()),
        });
        last
    };
    let (target, met) = match (indicator.target, total) {
        (Some(target), Some(total)) => {
            let is_met = if indicator.rises { target <= total } else { total <= target };
            let words = if is_met {
                Cell::text("Đạt", Level::Good)
            } else {
                Cell::text("Chưa đạt", Level::Bad)
            };
            (Cell::new(Value::Quantity(target), Level::Body.center()), words)
        }
        (Some(target), None) => {
            (Cell::new(Value::Quantity(target), Level::Body.center()), dash(Level::Body.center()))
        }
        (None, _) => (dash(Level::Body.center()), dash(Level::Body.center())),
    };
    cells.extend([target, met, Cell::text(&*indicator.source, Level::Body.left())]);
    let values = sheet.range(from, to);
    sheet.sparklines.push(Sparkline { at: CellRef { row, col: 2 }, values });
    sheet.push(Row::new(cells));
}
