//! A sheet of typed cells → a page of the library's, without rows: how it behaves
//! on the screen and what lies over its cells.

use rust_xlsxwriter::Color;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::ProtectionOptions;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use super::cells;
use super::chart;
use super::height;
use super::library::column;
use super::library::cut;
use super::look;
use super::paper;
use super::rule;
use crate::sheet::SheetOf;

/// The most UTF-16 units of a note, its author's name included.
const NOTE_MAX: usize = 32_000;

/// Writes all of a sheet but its rows and what follows from them, and its
/// footer.
pub(super) fn fill(page: &mut Worksheet, sheet: &SheetOf) -> Result<(), XlsxError> {
    for (at, width) in (0..).zip(&sheet.widths) {
        page.set_column_width(at, *width)?;
    }
    paper::set(page, sheet)?;
    set_screen(page, sheet)?;
    rule::write(page, sheet)?;
    let has_notes = add_notes(page, sheet)?;
    // What lies over rows is as high as they are; a note is also placed by its
    // distance from the top.
    let covered = sheet.charts.iter().map(|it| it.at.row).chain(has_notes.then_some(0));
    if let Some(first) = covered.min() {
        for (at, height) in (first..).zip(height::from(sheet, first)) {
            page.set_row_height(at, height)?;
        }
    }
    for drawing in &sheet.charts {
        let chart = chart::drawn(drawing);
        page.insert_chart(drawing.at.row, column(drawing.at.col)?, &chart)?;
    }
    for line in &sheet.sparklines {
        page.add_sparkline(line.at.row, column(line.at.col)?, &chart::sparkline(line))?;
    }
    Ok(())
}

/// Whether there was one.
fn add_notes(page: &mut Worksheet, sheet: &SheetOf) -> Result<bool, XlsxError> {
    let mut has_notes = false;
    for (row, cells) in (0..).zip(&sheet.rows) {
        for (col, cell) in cells::shown(cells) {
            let Some(text) = &cell.note else { continue };
            let lines = u32::try_from(text.chars().count() / 36).unwrap_or(0) + 2;
            let note = Note::new(cut(text, NOTE_MAX))
                .add_author_prefix(false)
                .set_font_name(look::FONT)
                .set_font_size(11)
                .set_width(280)
                .set_height((lines * 20).min(400));
            page.insert_note(row, column(col)?, &note)?;
            has_notes = true;
        }
    }
    Ok(has_notes)
}

/// How the sheet behaves on the screen.
fn set_screen(page: &mut Worksheet, sheet: &SheetOf) -> Result<(), XlsxError> {
    page.set_screen_gridlines(false);
    if let Some(at) = sheet.freeze {
        page.set_freeze_panes(at.row, column(at.col)?)?;
    }
    if let Some((first, last)) = sheet.filter {
        page.autofilter(first.row, column(first.col)?, last.row, column(last.col)?)?;
    }
    if sheet.is_highlighted {
        page.set_tab_color(Color::RGB(look::ALARM));
    }
    if sheet.is_protected {
        page.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
    }
    Ok(())
}
