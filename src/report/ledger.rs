//! A long table that somebody fills in, unit by unit: its head, the shading of
//! its units, and a line that counts what is still blank.

use crate::finding::CellRef;
use crate::report::head;
use crate::report::sheet::{Cell, Level, Mark, Row, Sheet, Value};
use crate::table::Column;

/// The head of the table, repeated on every page; gives its row.
pub(super) fn labels(sheet: &mut Sheet, columns: &[Column]) -> u32 {
    let header = sheet.next_row();
    sheet.push(Row::head(columns.iter().map(|column| column.label)));
    sheet.repeat = Some((header, header));
    header
}

/// The place of a column of the table.
pub(super) fn column(columns: &[Column], label: &str) -> u32 {
    let place = columns.iter().position(|column| column.label == label);
    place.and_then(|place| u32::try_from(place).ok()).expect("a label of the layout")
}

/// Shades the rows from `first` to the last one pushed, up to the column
/// `last_col`. Every second unit is shaded, so that the eye keeps to its rows.
pub(super) fn shade(sheet: &mut Sheet, first: u32, last_col: u32) {
    let next = sheet.next_row();
    if first < next {
        let (first, last) = (CellRef::new(first, 0), CellRef::new(next - 1, last_col));
        let formula = "TRUE".to_owned();
        sheet.marks.push(Mark { first, last, formula, level: Level::Area });
    }
}

/// What a status line says.
pub(super) struct Status<'a> {
    /// When the table has no rows.
    pub(super) none: &'a str,
    /// When no cell is blank.
    pub(super) done: &'a str,
    /// After the number of blank cells.
    pub(super) left: &'a str,
}

impl Status<'_> {
    /// The line that counts the blank cells of a column, from the row below
    /// `header` to the row `last`.
    pub(super) fn row(&self, sheet: &Sheet, header: u32, last: u32, col: u32) -> Row {
        let columns = head::columns(sheet);
        let Status { none, done, left } = self;
        if last <= header {
            return Row::banner(*none, Level::Alarm, columns);
        }
        let (first, end) = (CellRef::new(header + 1, col), CellRef::new(last, col));
        let blank = format!("COUNTBLANK({first}:{end})");
        let formula = format!(r#"IF({blank}=0,"{done}","Còn "&{blank}&" {left}")"#);
        let now = Value::Text(format!("Còn {} {left}", last - header));
        let mut row = Row::banner("", Level::Alarm, columns);
        row.cells[0] = Cell::formula(formula, now, Level::Alarm).spanning(columns);
        row
    }
}
