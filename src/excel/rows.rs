//! The rows of a sheet, from the top, each with its height: those of a long
//! body are made a block ahead of the writer, by a thread that has nothing
//! else to do.

use rust_xlsxwriter::XlsxError;

use super::height;
use crate::sheet::{Body, Row, SheetOf};

/// Cells that are made at once.
const BLOCK: usize = 4096;

/// Writes every row; `write` takes its number, the row and its height in
/// points.
pub(super) fn each(
    sheet: &SheetOf,
    mut write: impl FnMut(u32, &Row, f64) -> Result<(), XlsxError> + Send,
) -> Result<(), XlsxError> {
    let mut number = 0;
    let mut next = |row: &Row, height: f64| {
        write(number, row, height)?;
        number += 1;
        Ok(())
    };
    for (row, height) in sheet.rows.iter().zip(height::of_rows(sheet)) {
        next(row, height)?;
    }
    if let Some(body) = &sheet.body {
        let mut made = 0;
        let mut ready = block(sheet, body, made);
        while !ready.is_empty() {
            made += ready.len();
            let write = || ready.iter().try_for_each(|(height, row)| next(row, *height));
            let (written, following) = rayon::join(write, || block(sheet, body, made));
            written?;
            ready = following;
        }
    }
    sheet.foot.iter().try_for_each(|row| next(row, height::of_row(sheet, row)))
}

/// The rows of a body from this number on, with their heights: about [`BLOCK`]
/// cells of them, or as many as are left.
fn block(sheet: &SheetOf, body: &Body, from: usize) -> Vec<(f64, Row)> {
    let (mut rows, mut cells) = (Vec::new(), 0);
    for at in from..body.count {
        let row = body.row(at);
        cells += row.cells.len().max(1);
        rows.push((height::of_row(sheet, &row), row));
        if BLOCK <= cells {
            break;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Cell, Level, Value};

    #[test]
    fn every_row_comes_once_and_in_order() {
        let row =
            |number: i64| Row::new(vec![Cell::new(Value::Whole(number), Level::Body.right()); 7]);
        for count in [0, 1, BLOCK / 7, BLOCK / 7 + 1, 3 * BLOCK] {
            let mut sheet = SheetOf::default();
            sheet.push(row(-1));
            sheet.push_body(count, |at| row(i64::try_from(at).unwrap()));
            sheet.push(row(-2));
            let mut found = Vec::new();
            let note = |number: u32, row: &Row, height: f64| {
                assert!(0.0 < height);
                found.push((number, row.cells[0].value.clone()));
                Ok(())
            };
            each(&sheet, note).unwrap();
            let expected = (-1..).take(count + 1).chain([-2]).map(Value::Whole);
            assert_eq!(found, (0..).zip(expected).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_failure_ends_it() {
        let mut sheet = SheetOf::default();
        sheet.push_body(3 * BLOCK, |_| Row::new(vec![Cell::blank(Level::Body.left())]));
        let mut written = 0;
        let fails = |number: u32, _: &Row, _: f64| {
            written += 1;
            if number < 10 { Ok(()) } else { Err(XlsxError::RowColumnLimitError) }
        };
        assert!(each(&sheet, fails).is_err());
        assert_eq!(written, 11);
    }
}
