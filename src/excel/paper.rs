//! How a sheet is printed: paper, margins, scale, and where its pages end.

use std::borrow::Cow;

use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use super::height;
use super::library::column;
use super::library::cut;
use super::look;
use crate::sheet::{Row, SheetOf};

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

/// The part of a page's height that rows may fill: programs round heights.
const USABLE: f64 = 0.97;

/// A dense sheet is printed no smaller than this, in percent, unless its width
/// demands it; nor smaller than this part of what its width allows.
const LEAST_SCALE: u16 = 50;
const LEAST_PART: u16 = 70;

/// A row, as far as printing needs it.
struct Line {
    number: u32,
    /// In points.
    height: f64,
    /// What follows should not be cut from what follows that.
    breaks: bool,
}

/// All rows of a dense sheet, or those of another where a page ends.
fn lines(sheet: &SheetOf) -> Vec<Line> {
    if sheet.is_dense() {
        let rows = (0..).zip(sheet.all_rows()).zip(height::of_all(sheet));
        let line = |((number, row), height): ((u32, Cow<Row>), f64)| Line {
            number,
            height,
            breaks: row.breaks,
        };
        return rows.map(line).collect();
    }
    let breaking = (0..).zip(&sheet.rows).filter(|(_, row)| row.breaks);
    breaking.map(|(number, _)| Line { number, height: 0.0, breaks: true }).collect()
}

/// Paper, margins, scale, pages, what is repeated on every page, and what
/// is left blank for header and footer.
pub(super) fn set(page: &mut Worksheet, sheet: &SheetOf) -> Result<(), XlsxError> {
    let lines = lines(sheet);
    page.set_paper_size(A4).set_print_center_horizontally(true);
    let ([left, right, top, bottom, header, footer], [across, down]) = if sheet.is_portrait {
        page.set_portrait();
        (UPRIGHT, A4_SIDES)
    } else {
        page.set_landscape();
        (LYING, [A4_SIDES[1], A4_SIDES[0]])
    };
    page.set_margins(left, right, top, bottom, header, footer);
    let widest = scale(sheet, (across - left - right) * 72.0);
    let (scale, ends) = if sheet.is_dense() {
        let last = sheet.prints_to.map_or(u32::MAX, |it| it.row);
        let printed = lines.partition_point(|it| it.number <= last);
        let pages = Pages::of(&lines[..printed], sheet, (down - top - bottom) * 72.0);
        pages.fewest(widest)
    } else {
        (widest, lines.iter().map(|it| it.number + 1).collect())
    };
    if !ends.is_empty() {
        page.set_page_breaks(&ends)?;
    }
    if sheet.column_breaks.is_empty() && scale == widest {
        page.set_print_fit_to_pages(1, 0);
    } else {
        page.set_print_scale(scale);
    }
    if !sheet.column_breaks.is_empty() {
        page.set_vertical_page_breaks(
            &sheet.column_breaks.iter().map(|last| last + 1).collect::<Vec<u32>>(),
        )?;
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

/// The printed rows of a dense sheet.
struct Pages<'a> {
    lines: &'a [Line],
    /// The height of a page in points, unscaled.
    room: f64,
    /// That of the rows which every page repeats.
    head: f64,
}

impl Pages<'_> {
    fn of<'a>(lines: &'a [Line], sheet: &SheetOf, room: f64) -> Pages<'a> {
        let head = sheet.repeat.map_or(0.0, |(first, last)| {
            let rows = lines.iter().filter(|it| (first..=last).contains(&it.number));
            rows.map(|it| it.height).sum()
        });
        Pages { lines, room, head }
    }

    /// The largest scale, up to the widest possible, that takes the fewest pages
    /// that can still be read; and the rows before which pages must end.
    fn fewest(&self, widest: u16) -> (u16, Vec<u32>) {
        let least = LEAST_SCALE.max(widest * LEAST_PART / 100).min(widest);
        let laid = (least..=widest).map(|scale| (scale, self.laid(scale)));
        let best = laid.min_by_key(|(scale, (pages, _))| (*pages, widest - scale));
        best.map_or((widest, Vec::new()), |(scale, (_, ends))| (scale, ends))
    }

    /// How many pages the rows take, and before which of them a page must end:
    /// before a section that would be cut though a page has room for it, or of
    /// which too little would stand at the foot.
    fn laid(&self, scale: u16) -> (u32, Vec<u32>) {
        let room = self.room * USABLE * 100.0 / f64::from(scale);
        let (mut pages, mut used, mut ends) = (1, 0.0, Vec::new());
        for section in self.lines.split_inclusive(|it| it.breaks) {
            let height: f64 = section.iter().map(|it| it.height).sum();
            let is_cut = room < used + height;
            let is_long = room - self.head < height;
            if 0.0 < used && is_cut && (!is_long || room * 0.8 < used) {
                ends.push(section[0].number);
                (pages, used) = (pages + 1, self.head);
            }
            for line in section {
                if room < used + line.height {
                    (pages, used) = (pages + 1, self.head);
                }
                used += line.height;
            }
        }
        (pages, ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(sections: &[usize]) -> Vec<Line> {
        let mut lines = Vec::new();
        for rows in sections {
            for at in 1..=*rows {
                let number = u32::try_from(lines.len()).unwrap();
                lines.push(Line { number, height: 10.0, breaks: at == *rows });
            }
        }
        lines
    }

    fn fewest(sections: &[usize], rows_a_page: f64) -> (u16, Vec<u32>) {
        let (lines, sheet) = (lines(sections), SheetOf::default());
        let room = rows_a_page * 10.0 / USABLE;
        Pages::of(&lines, &sheet, room).fewest(100)
    }

    #[test]
    fn what_follows_is_not_cut_where_a_page_has_room_for_it() {
        assert_eq!(fewest(&[10, 9], 20.0), (100, vec![]));
        assert_eq!(fewest(&[15, 15], 20.0), (100, vec![15]));
        assert_eq!(fewest(&[5, 30], 20.0), (100, vec![]));
    }

    #[test]
    fn three_rows_left_over_are_no_page_of_their_own() {
        assert_eq!(fewest(&[23], 20.0), (86, vec![]));
        assert_eq!(fewest(&[30], 20.0).0, 100);
        let (scale, _) = fewest(&[120], 20.0);
        assert_eq!(scale, 83);
    }

    #[test]
    fn repeated_heads_take_room_on_every_page_but_the_first() {
        let lines = lines(&[50]);
        let sheet = SheetOf { repeat: Some((0, 4)), ..SheetOf::default() };
        let laid = |room: f64| Pages::of(&lines, &sheet, room).laid(100).0;
        assert_eq!(laid(200.0 / USABLE), 3);
        assert_eq!(laid(190.0 / USABLE), 4);
    }
}
