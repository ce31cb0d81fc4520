//! *Chỉ số*: each unit's index, year by year, with a small line, mean, gain and
//! steadiness.

use super::ranks::{self, Rows};
use super::{Teller, column, dash, percent, there};
use crate::finding::CellRef;
use crate::history::period::PeriodBloc;
use crate::history::series::{Point, Series};
use crate::points::Percent;
use crate::report::sheet::{Cell, Heat, Level, Row, Sheet, Sparkline, Value};

/// Columns before the first year: number, unit, kind of series, small line.
const YEARS_FROM: u32 = 4;
const WIDTHS: [f64; 4] = [6.0, 36.0, 10.5, 16.0];
const YEAR: f64 = 8.5;
const TAIL: [(&str, f64); 4] =
    [("Số năm", 6.5), ("Trung bình", 9.0), ("Tăng, giảm", 9.0), ("Dao động", 9.0)];

/// A bloc's table of indices, for other sheets.
pub(super) struct Table {
    pub(super) sheet: String,
    /// The row of the bloc's means; `None` when nobody was ever ranked.
    pub(super) means: Option<u32>,
    pub(super) head: u32,
    pub(super) mean_of: Vec<Option<Percent>>,
}

impl Table {
    /// The cell of the bloc's mean of a year, by the year's place.
    pub(super) fn mean(&self, at: usize) -> Option<CellRef> {
        Some(CellRef { row: self.means?, col: YEARS_FROM + column(at) })
    }

    pub(super) fn year(&self, at: usize) -> CellRef {
        CellRef { row: self.head, col: YEARS_FROM + column(at) }
    }
}

pub(super) fn sheet(
    teller: &Teller,
    bloc: &PeriodBloc,
    name: String,
    ranks: &Sheet,
    rows: &Rows,
) -> (Sheet, Table) {
    let years = teller.years();
    let widths: Vec<f64> = WIDTHS
        .into_iter()
        .chain(years.iter().map(|_| YEAR))
        .chain(TAIL.iter().map(|it| it.1))
        .collect();
    let title = format!("CHỈ SỐ QUA CÁC NĂM – {}", bloc.name.to_uppercase());
    let mut sheet = teller.sheet(name, &widths, &title);
    let remark = format!(
        "Đơn vị: %. Ô xám: chỉ số ghép, là trung bình của các đơn vị tiền thân, không tính vào \
         trung bình, thứ hạng và khen thưởng. Dao động: trung bình mức thay đổi giữa hai năm liền \
         nhau, càng nhỏ càng ổn định.{}",
        teller.break_remark(bloc)
    );
    sheet.push(Row::banner(remark, Level::Remark, column(widths.len())));
    let head = sheet.next_row();
    let mut labels: Vec<String> = ["STT", "Đơn vị", "Chuỗi", "Diễn biến"].map(str::to_owned).into();
    labels.extend(years.iter().map(|year| teller.year_head(bloc, *year)));
    labels.extend(TAIL.iter().map(|it| it.0.to_owned()));
    sheet.push(Row::head(labels.iter().map(String::as_str)));
    sheet.repeat = Some((head, head));
    sheet.freeze = Some(CellRef::new(head + 1, 2));
    let first = sheet.next_row();
    for (at, series) in (1..).zip(teller.summary.of_bloc(teller.history, &bloc.id)) {
        unit(teller, &mut sheet, at, series, &years);
    }
    let last = sheet.next_row().max(first + 1) - 1;
    let to = YEARS_FROM + column(years.len()) - 1;
    sheet.heats.push(Heat {
        first: CellRef { row: first, col: YEARS_FROM },
        last: CellRef { row: last, col: to },
    });
    let mean_of: Vec<Option<Percent>> =
        years.iter().map(|year| mean(teller, bloc, *year)).collect();
    let means = mean_of.iter().any(Option::is_some).then(|| sheet.next_row());
    if means.is_some() {
        means_row(teller, &mut sheet, (first, last), ranks, rows, &mean_of);
    }
    let table = Table { sheet: sheet.name.clone(), means, head, mean_of };
    (sheet, table)
}

/// The mean of a bloc's ranked units in a year.
pub(super) fn mean(teller: &Teller, bloc: &PeriodBloc, year: i16) -> Option<Percent> {
    let series = teller.summary.series.iter().filter(|it| it.bloc == bloc.id);
    let indices: Vec<Percent> =
        series.filter_map(|it| it.placing(year)).map(|it| it.index).collect();
    Percent::mean(&indices, teller.index_places())
}

fn unit(teller: &Teller, sheet: &mut Sheet, at: i64, series: &Series, years: &[i16]) {
    let row = sheet.next_row();
    let mut cells = vec![
        Cell::new(Value::Whole(at), Level::Body.center()),
        Cell::text(teller.history.name(series.line), Level::Body.left()),
        Cell::text(series.continuity.told(), Level::Body.center()),
        Cell::blank(Level::Body.center()),
    ];
    let mut own = Vec::new();
    for (col, year) in (YEARS_FROM..).zip(years) {
        let at = CellRef { row, col };
        cells.push(match series.points.get(year) {
            Some(Point::Composed { index, of }) => {
                let names: Vec<&str> = of.iter().map(|it| teller.history.name(*it)).collect();
                let note = format!("Trung bình của: {}", names.join("; "));
                Cell { role: Level::Closed.into(), ..percent(*index, Level::Closed) }
                    .with_note(note)
            }
            _ => match series.placing(*year) {
                Some(placing) => {
                    own.push(at);
                    percent(placing.index, Level::Body.right())
                }
                None => Cell::blank(Level::Body.right()),
            },
        });
    }
    let values = sheet.range(
        CellRef { row, col: YEARS_FROM },
        CellRef { row, col: YEARS_FROM + column(years.len()) - 1 },
    );
    sheet.sparklines.push(Sparkline { at: CellRef { row, col: YEARS_FROM - 1 }, values });
    let places = teller.index_places();
    let ends = own.first().zip(own.last());
    match (&series.stats, ends) {
        (Some(stats), Some((first, last))) => {
            let formula =
                |formula: String, value: Value| Cell::formula(formula, value, Level::Body.right());
            let count = Value::Whole(i64::try_from(stats.years).unwrap_or_default());
            cells.push(Cell {
                role: Level::Body.center(),
                ..formula(format!("COUNT({first}:{last})"), count)
            });
            let mean = format!("ROUND(AVERAGE({first}:{last}),{places})");
            cells.push(formula(mean, Value::Percent(stats.mean)));
            let gain = format!("ROUND({last}-{first},{places})");
            cells.push(formula(gain, Value::Percent(stats.gain)));
            cells.push(stats.swing.map_or_else(
                || dash(Level::Body.center()),
                |swing| {
                    let pairs: Vec<String> =
                        own.windows(2).map(|it| format!("ABS({}-{})", it[1], it[0])).collect();
                    let formula = format!("ROUND(({})/{},{places})", pairs.join("+"), pairs.len());
                    Cell::formula(formula, Value::Percent(swing), Level::Body.right())
                },
            ));
        }
        _ => cells.extend((0..TAIL.len()).map(|_| dash(Level::Body.center()))),
    }
    sheet.push(Row::new(cells));
}

/// The means of those ranked: composed indices do not count.
fn means_row(
    teller: &Teller,
    sheet: &mut Sheet,
    (first, last): (u32, u32),
    ranks: &Sheet,
    rows: &Rows,
    means: &[Option<Percent>],
) {
    let places = teller.index_places();
    let mut cells = vec![
        Cell::blank(Level::Total.center()),
        Cell::text("Trung bình của khối", Level::Total.left()),
        Cell::blank(Level::Total.center()),
        Cell::blank(Level::Total.center()),
    ];
    for (at, mean) in means.iter().enumerate() {
        let at = column(at);
        let col = YEARS_FROM + at;
        let [from, to] = [first, last].map(|row| CellRef { row, col });
        let rank = |row| CellRef { row, col: ranks::YEARS_FROM + at };
        let ranked = format!("{}:{}", there(&ranks.name, rank(rows.first)), rank(rows.last));
        cells.push(match mean {
            Some(mean) => {
                let formula = format!("ROUND(AVERAGEIF({ranked},\">0\",{from}:{to}),{places})");
                Cell::formula(formula, Value::Percent(*mean), Level::Total.right())
            }
            None => Cell::blank(Level::Total.right()),
        });
    }
    cells.extend((0..TAIL.len()).map(|_| Cell::blank(Level::Total.right())));
    let row = CellRef { row: sheet.next_row(), col: YEARS_FROM - 1 };
    let values = sheet.range(
        CellRef { row: row.row, col: YEARS_FROM },
        CellRef { row: row.row, col: YEARS_FROM + column(means.len()) - 1 },
    );
    sheet.sparklines.push(Sparkline { at: row, values });
    sheet.push(Row::new(cells));
}
