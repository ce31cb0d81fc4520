//! A sheet of typed cells → a page of the library's, without rows: how it is
//! printed, how it behaves on the screen and what lies over its cells.

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
use super::rule;
use crate::sheet::SheetOf;

/// The most UTF-16 units of a note, its author's name included.
const NOTE_MAX: usize = 32_000;

/// The most UTF-16 units of a header or footer.
const FOOTER_MAX: usize = 200;

/// Margins in inches: left, right, top, bottom, header, footer. Upright pages
/// leave 30 mm for binding on the left and 15 to 20 mm elsewhere; lying pages
/// are bound at the top.
const UPRIGHT: [f64; 6] = [1.18, 0.6, 0.79, 0.79, 0.4, 0.4];
const LYING: [f64; 6] = [0.6, 0.6, 0.79, 0.7, 0.4, 0.35];

/// The paper code of A4, and its short and long side in inches.
const A4: u8 = 9;
const A4_SIDES: [f64; 2] = [8.27, 11.69];

/// Writes all of a sheet but its rows and what follows from them, and its
/// footer.
pub(super) fn fill(page: &mut Worksheet, sheet: &SheetOf) -> Result<(), XlsxError> {
    for (at, width) in (0..).zip(&sheet.widths) {
        page.set_column_width(at, *width)?;
    }
    let breaks = (1..).zip(&sheet.rows).filter(|(_, row)| row.breaks).map(|(next, _)| next);
    let breaks: Vec<u32> = breaks.collect();
    if !breaks.is_empty() {
        page.set_page_breaks(&breaks)?;
    }
    set_paper(page, sheet)?;
    set_screen(page, sheet)?;
    rule::write(page, sheet)?;
    let has_notes = add_notes(page, sheet)?;
    if has_notes || !sheet.charts.is_empty() {
        // What lies over rows is as high as they are.
        for (at, height) in (0..).zip(height::of_all(sheet)) {
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

/// Paper, margins, what is repeated on every page.
fn set_paper(page: &mut Worksheet, sheet: &SheetOf) -> Result<(), XlsxError> {
    page.set_paper_size(A4).set_print_center_horizontally(true);
    let ([left, right, top, bottom, header, footer], across) = if sheet.is_portrait {
        page.set_portrait();
        (UPRIGHT, A4_SIDES[0])
    } else {
        page.set_landscape();
        (LYING, A4_SIDES[1])
    };
    page.set_margins(left, right, top, bottom, header, footer);
    if sheet.column_breaks.is_empty() {
        page.set_print_fit_to_pages(1, 0);
    } else {
        page.set_vertical_page_breaks(
            &sheet.column_breaks.iter().map(|last| last + 1).collect::<Vec<u32>>(),
        )?;
        page.set_print_scale(scale(sheet, (across - left - right) * 72.0));
    }
    if let Some((first, last)) = sheet.repeat {
        page.set_repeat_rows(first, last)?;
    }
    if let Some((first, last)) = sheet.repeat_columns {
        page.set_repeat_columns(column(first)?, column(last)?)?;
    }
    if let Some(last) = sheet.prints_to {
        page.set_print_area(0, 0, last.row, column(last.col)?)?;
    }
    Ok(())
}

/// What is printed at the foot of every page, in a footer's own language.
pub(super) fn footer(sheet: &SheetOf) -> String {
    // `&` begins a code.
    let remark = cut(&sheet.footer, FOOTER_MAX / 2).replace('&', "&&");
    let font = format!("&\"{},Italic\"&10", look::FONT);
    let seal = match sheet.seal.as_str() {
        "" => String::new(),
        seal => format!("Mã xác thực {seal} – "),
    };
    let all = format!("&L{font}{remark}&R{font}{seal}Trang &P/&N");
    cut(&all, 255).to_owned()
}

/// The scale in percent at which the widest of the pages between the column
/// breaks, with the repeated columns before it, fits into `room` points.
fn scale(sheet: &SheetOf, room: f64) -> u16 {
    let points = |from: u32, to: u32| -> f64 {
        let widths = (from..to).map(|at| {
            let given = usize::try_from(at).ok().and_then(|at| sheet.widths.get(at));
            (given.copied().unwrap_or(height::COLUMN) * 8.0 + 5.0) * 0.75
        });
        widths.sum()
    };
    let repeated = sheet.repeat_columns.map_or(0, |(_, last)| last + 1);
    let all = u32::try_from(sheet.widths.len()).unwrap_or(0);
    let ends = sheet.column_breaks.iter().map(|last| last + 1).chain([all]);
    let mut from = 0;
    let pages = ends.map(|end| {
        let before = if from < repeated { 0.0 } else { points(0, repeated) };
        let width = before + points(from, end);
        from = end;
        width
    });
    let widest = pages.fold(0.0, f64::max);
    (10..=100).rev().find(|percent| widest * f64::from(*percent) / 100.0 <= room).unwrap_or(10)
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
