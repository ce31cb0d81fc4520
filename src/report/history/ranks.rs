//! *Thứ hạng*: each unit's rank, year by year, and how often it reached each
//! band.

use super::{Teller, column, dash, number};
use crate::finding::CellRef;
use crate::history::period::PeriodBloc;
use crate::report::sheet::{Cell, Level, Mark, Row, Sheet, Value};

/// Columns before the first year: number, unit, kind of series.
pub(super) const YEARS_FROM: u32 = 3;
const WIDTHS: [f64; 3] = [6.0, 38.0, 11.0];
const YEAR: f64 = 7.5;
/// Ranks that stand out.
const LEADING: u32 = 3;
const BAND: f64 = 9.5;

/// Where the ranks stand: the first and the last row of units.
pub(super) struct Rows {
    pub(super) first: u32,
    pub(super) last: u32,
    /// The row of the years.
    pub(super) head: u32,
}

pub(super) fn sheet(teller: &Teller, bloc: &PeriodBloc, name: String) -> (Sheet, Rows) {
    let years = teller.years();
    let widths: Vec<f64> = WIDTHS
        .into_iter()
        .chain(years.iter().map(|_| YEAR))
        .chain(bloc.bands.iter().map(|_| BAND))
        .collect();
    let title = format!("THỨ HẠNG QUA CÁC NĂM – {}", bloc.name.to_uppercase());
    let mut sheet = teller.sheet(name, &widths, &title);
    let columns = column(widths.len());
    let remark = format!(
        "Nền xanh: {LEADING} hạng đầu. Ô trống: năm đó không xếp hạng. Xếp theo chỉ số trung \
         bình cả giai đoạn.{}",
        teller.break_remark(bloc)
    );
    sheet.push(Row::banner(remark, Level::Remark, columns));
    let head = sheet.next_row();
    let mut labels = vec!["STT".to_owned(), "Đơn vị".to_owned(), "Chuỗi".to_owned()];
    labels.extend(years.iter().map(|year| teller.year_head(bloc, *year)));
    labels.extend(bloc.bands.iter().map(|band| format!("Số năm {band}")));
    sheet.push(Row::head(labels.iter().map(String::as_str)));
    sheet.repeat = Some((head, head));
    sheet.freeze = Some(CellRef::new(head + 1, 2));
    let first = sheet.next_row();
    for (at, series) in (1..).zip(teller.summary.of_bloc(teller.history, &bloc.id)) {
        let mut cells = vec![
            Cell::new(Value::Whole(at), Level::Body.center()),
            Cell::text(teller.history.name(series.line), Level::Body.left()),
            Cell::text(series.continuity.told(), Level::Body.center()),
        ];
        cells.extend(years.iter().map(|year| match series.placing(*year) {
            Some(placing) => {
                Cell::new(Value::Whole(placing.rank.into()), Level::Body.center()).with_note_if(
                    series.entry(*year).map(|it| &it.name),
                    teller.history.name(series.line),
                )
            }
            None => Cell::blank(Level::Body.center()),
        }));
        match &series.stats {
            Some(stats) => cells.extend(stats.bands.iter().map(|count| match count {
                0 => dash(Level::Body.center()),
                _ => Cell::new(number(*count), Level::Body.center()),
            })),
            None => cells.extend(bloc.bands.iter().map(|_| dash(Level::Body.center()))),
        }
        sheet.push(Row::new(cells));
    }
    let last = sheet.next_row().max(first + 1) - 1;
    let at = CellRef { row: first, col: YEARS_FROM };
    sheet.marks.push(Mark {
        first: at,
        last: CellRef { row: last, col: YEARS_FROM + column(years.len()) - 1 },
        formula: format!("AND(ISNUMBER({at}),{at}<={LEADING})"),
        level: Level::Good,
    });
    (sheet, Rows { first, last, head })
}

impl Cell {
    /// A remark with the name the unit had then, when it was another.
    fn with_note_if(self, then: Option<&String>, now: &str) -> Cell {
        match then.filter(|then| *then != now) {
            Some(then) => self.with_note(format!("Khi đó: {then}")),
            None => self,
        }
    }
}
