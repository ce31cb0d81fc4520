//! A sheet of typed cells → a page of the library's: what its cells hold and
//! look like, how it is printed and how it behaves on the screen.

use std::collections::BTreeMap;

use rust_xlsxwriter::Color;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::IgnoreError;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::ProtectionOptions;
use rust_xlsxwriter::Url;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use super::chart;
use super::height;
use super::library::column;
use super::library::cut;
use super::look;
use super::look::Looks;
use super::rows;
use super::rule;
use crate::finding::CellRef;
use crate::points::Quantity;
use crate::sheet::Cell;
use crate::sheet::Link;
use crate::sheet::SheetOf;
use crate::sheet::Value;

/// The most UTF-16 units a cell may hold.
const CELL_MAX: usize = 32_767;

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

/// Writes all of a sheet; a large page keeps its rows on disk.
pub(super) fn fill(
    page: &mut Worksheet,
    sheet: &SheetOf,
    is_large: bool,
    looks: &mut Looks,
) -> Result<(), XlsxError> {
    write_rows(page, sheet, is_large, looks)?;
    set_paper(page, sheet)?;
    set_screen(page, sheet)?;
    rule::write(page, sheet)?;
    for drawing in &sheet.charts {
        let chart = chart::drawn(drawing);
        page.insert_chart(drawing.at.row, column(drawing.at.col)?, &chart)?;
    }
    for line in &sheet.sparklines {
        page.add_sparkline(line.at.row, column(line.at.col)?, &chart::sparkline(line))?;
    }
    Ok(())
}

fn write_rows(
    page: &mut Worksheet,
    sheet: &SheetOf,
    is_large: bool,
    looks: &mut Looks,
) -> Result<(), XlsxError> {
    for (at, width) in (0..).zip(&sheet.widths) {
        page.set_column_width(at, *width)?;
    }
    // The library keeps a note of every row with a height of its own: in a large
    // sheet, only those that need more than nearly all others get one.
    let usual = is_large.then(|| height::of_most(sheet));
    if let Some(usual) = usual {
        page.set_default_row_height(usual);
    }
    let links: BTreeMap<CellRef, &Link> = sheet.links.iter().map(|it| (it.at, it)).collect();
    let mut breaks = Vec::new();
    rows::each(sheet, |number, row, height| {
        if usual.is_none_or(|usual| usual < height) {
            page.set_row_height(number, height)?;
        }
        let mut covered = 0;
        for (at, cell) in (0..).zip(&row.cells) {
            if covered == 0 {
                if let Some(link) = links.get(&CellRef::new(number, at.into())) {
                    // The cell's own value is written over the link's text.
                    let look = looks.of(&cell.value, cell.role);
                    page.write_url_with_format(number, at, target(link), look)?;
                }
                write_cell(page, number, at, cell, looks)?;
                covered = cell.span.max(1);
            }
            covered -= 1;
        }
        if row.breaks {
            breaks.push(number + 1);
        }
        Ok(())
    })?;
    if breaks.is_empty() { Ok(()) } else { page.set_page_breaks(&breaks).map(|_| ()) }
}

fn write_cell(
    page: &mut Worksheet,
    row: u32,
    col: u16,
    cell: &Cell,
    looks: &mut Looks,
) -> Result<(), XlsxError> {
    let look = looks.of(&cell.value, cell.role);
    if 1 < cell.span || 1 < cell.span_rows {
        let last = column(u32::from(col) + cell.span.max(1) - 1)?;
        page.merge_range(row, col, row + cell.span_rows.max(1) - 1, last, "", look)?;
    }
    match &cell.value {
        Value::Blank => page.write_blank(row, col, look)?,
        Value::Text(text) => page.write_string_with_format(row, col, cut(text, CELL_MAX), look)?,
        Value::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(stored(result));
            page.write_formula_with_format(row, col, formula, look)?
        }
        value => {
            let number = number(value).unwrap_or(Quantity::ZERO).to_cell();
            page.write_number_with_format(row, col, number, look)?
        }
    };
    if let Some(text) = &cell.note {
        let lines = u32::try_from(text.chars().count() / 36).unwrap_or(0) + 2;
        let note = Note::new(cut(text, NOTE_MAX))
            .add_author_prefix(false)
            .set_font_name(look::FONT)
            .set_font_size(11)
            .set_width(280)
            .set_height((lines * 20).min(400));
        page.insert_note(row, col, &note)?;
    }
    Ok(())
}

/// A cell of the same workbook, as the library names it.
fn target(link: &Link) -> Url {
    let sheet = link.sheet.replace('\'', "''");
    Url::new(format!("internal:'{sheet}'!{}", link.to)).set_text("→")
}

/// The number a cell holds; `None` of blanks, texts and formulas.
fn number(value: &Value) -> Option<Quantity> {
    match value {
        Value::Blank | Value::Text(_) | Value::Formula(..) => None,
        Value::Whole(number) | Value::Money(number) => Some(Quantity::whole(*number)),
        Value::Points(points) => Some(points.quantity()),
        Value::Percent(percent) => Some(percent.quantity()),
        Value::Quantity(quantity) | Value::Decimal(quantity, _) => Some(*quantity),
        Value::Day(day) => Some(Quantity::whole(day.serial())),
    }
}

/// The stored value of a formula, as the file format spells it.
fn stored(result: &Value) -> String {
    match result {
        Value::Text(text) => cut(text, CELL_MAX).to_owned(),
        Value::Formula(_, result) => stored(result),
        value => number(value).map_or_else(String::new, |it| it.to_cell().to_string()),
    }
}

/// Paper, margins, what is repeated on every page, header and footer.
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
    // `&` begins a code of the footer's own language.
    let remark = cut(&sheet.footer, FOOTER_MAX / 2).replace('&', "&&");
    let font = format!("&\"{},Italic\"&10", look::FONT);
    let seal = match sheet.seal.as_str() {
        "" => String::new(),
        seal => format!("Mã xác thực {seal} – "),
    };
    page.set_footer(cut(&format!("&L{font}{remark}&R{font}{seal}Trang &P/&N"), 255));
    Ok(())
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
    // Codes such as 1.2 are text on purpose; no green corners over them.
    let widest = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if let (Some(row), Some(col)) = (sheet.next_row().checked_sub(1), widest.checked_sub(1)) {
        let col = column(u32::try_from(col).unwrap_or(u32::MAX))?;
        page.ignore_error_range(0, 0, row, col, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}
