//! A sheet's texts and widths → how many lines each text takes, and so how high
//! its row must be.
//!
//! Office programs do not make room for wrapped text in a file they did not
//! write themselves, so the writer measures it: widths are those of Times New
//! Roman and its metric twins, in 2048ths of the font's size. A letter with
//! marks is as wide as the bare one.

use std::sync::LazyLock;

use super::look::{self, Face};
use crate::sheet::{Cell, Row, SheetOf, Value};

/// The least height of a row: of a table, and of anything else. In points.
const TABLE_ROW: f64 = 18.75;
const PLAIN_ROW: f64 = 15.75;

/// The width of a column that has none given, in characters.
pub(super) const COLUMN: f64 = 8.38;

/// The height of one line, as a multiple of the font's size.
const LINE: f64 = 1.32;

/// Points above and below the text of a cell, together.
const PADDING: f64 = 3.0;

/// The highest row that Excel shows, in points.
const HIGHEST: f64 = 409.0;

/// The width of a digit of the default font, 12 points, in points: the unit of
/// column widths.
const DIGIT: f64 = 6.0;

/// The part of a column that text may fill: glyphs are fitted to pixels, which
/// makes small text wider than its outlines.
const USABLE: f64 = 0.93;

/// The width of the widest character, in 2048ths of the font's size; no
/// character has fewer bytes than one.
const WIDEST: f64 = 2048.0;

/// Widths of the letters that texts are mostly made of, upright and bold.
static WIDTHS: LazyLock<[Vec<f64>; 2]> = LazyLock::new(|| {
    [false, true].map(|is_bold| ('\0'..'\u{1f00}').map(|it| width(it, is_bold)).collect())
});

/// Widths of the printable ASCII characters, from the space on: upright, bold.
#[rustfmt::skip]
const ASCII: [(u16, u16); 95] = [
    (512, 512), (682, 682), (836, 1137), (1024, 1024), (1024, 1024), (1706, 2048), (1593, 1706),
    (369, 569), (682, 682), (682, 682), (1024, 1024), (1155, 1167), (512, 512), (682, 682),
    (512, 512), (569, 569), (1024, 1024), (1024, 1024), (1024, 1024), (1024, 1024), (1024, 1024),
    (1024, 1024), (1024, 1024), (1024, 1024), (1024, 1024), (1024, 1024), (569, 682), (569, 682),
    (1155, 1167), (1155, 1167), (1155, 1167), (909, 1024), (1886, 1905), (1479, 1479),
    (1366, 1366), (1366, 1479), (1479, 1479), (1251, 1366), (1139, 1251), (1479, 1593),
    (1479, 1593), (682, 797), (797, 1024), (1479, 1593), (1251, 1366), (1821, 1933), (1479, 1479),
    (1479, 1593), (1139, 1251), (1479, 1593), (1366, 1479), (1139, 1139), (1251, 1366),
    (1479, 1479), (1479, 1479), (1933, 2048), (1479, 1479), (1479, 1479), (1251, 1366), (682, 682),
    (569, 569), (682, 682), (961, 1190), (1024, 1024), (682, 682), (909, 1024), (1024, 1139),
    (909, 909), (1024, 1139), (909, 909), (682, 682), (1024, 1024), (1024, 1139), (569, 569),
    (569, 682), (1024, 1139), (569, 569), (1593, 1706), (1024, 1139), (1024, 1024), (1024, 1139),
    (1024, 1139), (682, 909), (797, 797), (569, 682), (1024, 1139), (1024, 1024), (1479, 1479),
    (1024, 1024), (1024, 1024), (909, 909), (983, 807), (410, 451), (983, 807), (1108, 1065),
];

/// The height, in points, of a row that shows all of `text` in a column of
/// `columns` characters; not yet of whole pixels.
fn of_text(text: &str, columns: f64, face: Face, padding: f64) -> f64 {
    let room = columns * DIGIT * USABLE / face.size * 2048.0;
    let lines: u32 = text.split('\n').map(|paragraph| wrapped(paragraph, room, face.is_bold)).sum();
    f64::from(lines.max(1)) * LINE * face.size + padding
}

/// A height of whole pixels (three quarters of a point) that Excel can show.
fn whole(height: f64) -> f64 {
    ((height / 0.75).ceil() * 0.75).min(HIGHEST)
}

/// Lines of a paragraph broken at spaces; a word wider than the column is
/// broken where the column ends.
fn wrapped(paragraph: &str, room: f64, is_bold: bool) -> u32 {
    let most = f64::from(u32::try_from(paragraph.len()).unwrap_or(u32::MAX)) * WIDEST;
    if most <= room {
        return 1;
    }
    let widths = &WIDTHS[usize::from(is_bold)];
    let width = |letter: char| {
        let known = usize::try_from(u32::from(letter)).ok().and_then(|at| widths.get(at));
        known.copied().unwrap_or_else(|| width(letter, is_bold))
    };
    let space = width(' ');
    let (mut lines, mut used) = (1, 0.0);
    for word in paragraph.split(' ') {
        let long = word.chars().map(width).sum::<f64>();
        if 0.0 < used && room < used + space + long {
            lines += 1;
            used = 0.0;
        } else if 0.0 < used {
            used += space;
        }
        if used + long <= room {
            used += long;
            continue;
        }
        for letter in word.chars().map(width) {
            if 0.0 < used && room < used + letter {
                lines += 1;
                used = 0.0;
            }
            used += letter;
        }
    }
    lines
}

/// The width of a character in 2048ths of the font's size.
fn width(letter: char, is_bold: bool) -> f64 {
    let bare = match letter {
        'à'..='å' | 'ă' | 'ạ'..='ặ' if is_lower(letter) => 'a',
        'À'..='Å' | 'Ă' | 'Ạ'..='Ặ' => 'A',
        'è'..='ë' | 'ẹ'..='ệ' if is_lower(letter) => 'e',
        'È'..='Ë' | 'Ẹ'..='Ệ' => 'E',
        'ì'..='ï' | 'ĩ' | 'ỉ' | 'ị' => 'i',
        'Ì'..='Ï' | 'Ĩ' | 'Ỉ' | 'Ị' => 'I',
        'ò'..='ö' | 'ơ' | 'ọ'..='ợ' if is_lower(letter) => 'o',
        'Ò'..='Ö' | 'Ơ' | 'Ọ'..='Ợ' => 'O',
        'ù'..='ü' | 'ũ' | 'ư' | 'ụ'..='ự' if is_lower(letter) => 'u',
        'Ù'..='Ü' | 'Ũ' | 'Ư' | 'Ụ'..='Ự' => 'U',
        'ý' | 'ỳ'..='ỹ' if is_lower(letter) => 'y',
        'Ý' | 'Ỳ'..='Ỹ' => 'Y',
        'đ' | '–' | '«' | '»' => 'd',
        'Đ' => 'D',
        '\u{a0}' => ' ',
        other => other,
    };
    let listed =
        u32::from(bare).checked_sub(32).and_then(|at| ASCII.get(usize::try_from(at).ok()?));
    match (listed, bare) {
        (Some((upright, bold)), _) => f64::from(if is_bold { *bold } else { *upright }),
        (None, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}') => 0.0,
        (None, '\u{80}'..='\u{2013}' | '‘'..='”') => 1155.0,
        (None, _) => 2048.0,
    }
}

/// Vietnamese letters stand in pairs, capital and small: a range takes both.
fn is_lower(letter: char) -> bool {
    letter.is_lowercase()
}

/// The heights of the rows above the body, in points: enough for the text of
/// each cell. Rows of the body are measured as they are made.
pub(super) fn of_rows(sheet: &SheetOf) -> Vec<f64> {
    let mut heights: Vec<f64> = sheet.rows.iter().map(|row| of_row(sheet, row)).collect();
    // A cell over several rows makes the last of them higher, if it has to.
    for (at, row) in sheet.rows.iter().enumerate() {
        for (col, cell) in row.cells.iter().enumerate().filter(|(_, cell)| 1 < cell.span_rows) {
            let last = at + usize::try_from(cell.span_rows).unwrap_or(1) - 1;
            let Some(own) = heights.get(at..=last) else { continue };
            let lacking = whole(of_cell(sheet, col, cell)) - own.iter().sum::<f64>();
            if 0.0 < lacking && sheet.rows[last].height.is_none() {
                heights[last] += lacking;
            }
        }
    }
    heights
}

/// The heights of all rows, those of the body among them.
pub(super) fn of_all(sheet: &SheetOf) -> impl Iterator<Item = f64> {
    let below = sheet.all_rows().skip(sheet.rows.len());
    of_rows(sheet).into_iter().chain(below.map(|row| of_row(sheet, &row)))
}

/// The heights of the rows from this one on. None above it is measured where
/// nothing above reaches down to it.
pub(super) fn from(sheet: &SheetOf, first: u32) -> impl Iterator<Item = f64> {
    let is_below = usize::try_from(first).is_ok_and(|first| sheet.rows.len() <= first);
    let all = (!is_below).then(|| of_all(sheet).skip(usize::try_from(first).unwrap_or(0)));
    let below = (first..sheet.next_row()).filter(move |_| is_below);
    let below = below.filter_map(|at| Some(of_row(sheet, sheet.row(at)?.as_ref())));
    all.into_iter().flatten().chain(below)
}

/// The height of one row by itself, in points.
pub(super) fn of_row(sheet: &SheetOf, row: &Row) -> f64 {
    let own = row.cells.iter().enumerate().filter(|(_, cell)| cell.span_rows <= 1);
    let needed = own.map(|(col, cell)| of_cell(sheet, col, cell));
    let is_table = row.cells.iter().any(|cell| look::is_table(cell.role.level));
    let least = if is_table && !sheet.is_dense() { TABLE_ROW } else { PLAIN_ROW };
    row.height.unwrap_or_else(|| whole(needed.fold(least, f64::max)))
}

fn of_cell(sheet: &SheetOf, col: usize, cell: &Cell) -> f64 {
    let text = match &cell.value {
        Value::Text(text) => text,
        Value::Formula(_, result) => match result.as_ref() {
            Value::Text(text) => text,
            _ => return 0.0,
        },
        _ => return 0.0,
    };
    let covered = col..col + usize::try_from(cell.span.max(1)).unwrap_or(1);
    let columns = covered.map(|it| sheet.widths.get(it).copied().unwrap_or(COLUMN)).sum();
    let padding = if sheet.is_dense() { 0.0 } else { PADDING };
    of_text(text, columns, look::face(cell.role.level), padding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        #[track_caller]
        fn check(text: &str, columns: f64, expected: u32) {
            let room = columns * DIGIT * USABLE / 12.0 * 2048.0;
            let lines: u32 = text.split('\n').map(|it| wrapped(it, room, false)).sum();
            assert_eq!(lines, expected, "{text}");
        }
        check("", 10.0, 1);
        check("1234567890", 10.8, 1);
        check("1234567890", 9.0, 2);
        check("một hai ba", 30.0, 1);
        check("một hai ba", 6.0, 2);
        check("một\nhai\nba", 30.0, 3);
        check("Nguyễnvănlàmộtchữrấtdàikhôngcódấucách", 10.0, 4);
    }

    #[test]
    fn marks_do_not_widen_a_letter() {
        let bare = "aAeEiIoOuUyYdD".chars();
        for (marked, bare) in "ặẶệỆịỊợỢựỰỹỸđĐ".chars().zip(bare) {
            for is_bold in [false, true] {
                let difference = width(marked, is_bold) - width(bare, is_bold);
                assert!(difference.abs() < 0.5, "{marked}");
            }
        }
    }

    #[test]
    fn a_row_is_never_higher_than_excel_allows() {
        let face = Face { size: 12.0, is_bold: false };
        let height = whole(of_text(&"dài ".repeat(5_000), 20.0, face, PADDING));
        assert!(height <= HIGHEST);
    }
}
