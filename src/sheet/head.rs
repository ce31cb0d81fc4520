//! What stands above and below the tables of a printed sheet: issuing body,
//! quốc hiệu, title, date and signature block, as Nghị định 30/2020/NĐ-CP lays
//! official papers out.
//!
//! A sheet's widths must be set first: they decide where its left half ends.

use std::collections::BTreeSet;

use crate::day::Day;
use crate::round::settings::Settings;
use crate::score::Lack;
use crate::sheet::Cell;
use crate::sheet::Level;
use crate::sheet::Row;
use crate::sheet::Sheet;
use crate::sheet::SheetOf;
use crate::words;

const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// The part of a page that the issuing body takes; quốc hiệu takes the rest.
const LEFT: f64 = 0.42;

/// The number of columns of a sheet.
pub fn columns(sheet: &SheetOf) -> u32 {
    u32::try_from(sheet.widths.len()).expect("a sheet has fewer columns than 2^32")
}

/// Issuing body and the body above it (may be empty) on the left, quốc hiệu
/// and tiêu ngữ on the right.
pub fn letterhead(sheet: &mut Sheet, parent: &str, body: &str) {
    let line = (Cell::text(rule(body), Level::IssuerLine), Cell::blank(Level::IssuerLine));
    let body = Cell::text(body.to_uppercase(), Level::Issuer);
    let (nation, motto) = (Cell::text(NATION, Level::Nation), Cell::text(MOTTO, Level::Motto));
    if parent.is_empty() {
        halves(sheet, body, nation);
        halves(sheet, line.0, motto);
    } else {
        halves(sheet, Cell::text(parent.to_uppercase(), Level::Parent), nation);
        halves(sheet, body, motto);
        halves(sheet, line.0, line.1);
    }
}

/// The letterhead of the body that holds the round.
pub fn issued(sheet: &mut Sheet, settings: &Settings) {
    letterhead(sheet, &settings.parent_body, &settings.body);
}

/// Place and date, in the right half: dots to be filled in by hand when there
/// is no day yet.
pub fn dateline(sheet: &mut Sheet, place: &str, dated: Option<Day>) {
    let day = dated.map_or_else(|| "ngày … tháng … năm …".to_owned(), Day::formal);
    halves(
        sheet,
        Cell::blank(Level::Plain),
        Cell::text(format!("{place}, {day}"), Level::Dateline),
    );
}

/// A title over the whole width, and lines under it.
pub fn title(sheet: &mut Sheet, title: &str, lines: &[&str]) {
    let columns = columns(sheet);
    sheet.push(Row::banner(title, Level::Title, columns));
    for line in lines.iter().filter(|line| !line.is_empty()) {
        sheet.push(Row::banner(*line, Level::Subtitle, columns));
    }
}

/// What is missing before the result is final; nothing when nothing is.
pub fn alarm(sheet: &mut Sheet, lacks: &BTreeSet<Lack>) {
    if let Some(missing) = words::provisional(lacks) {
        let columns = columns(sheet);
        sheet.push(Row::banner(missing, Level::Alarm, columns));
    }
}

/// The paper an annex goes with, under its title: `(Kèm theo …)`.
pub fn annex(sheet: &mut Sheet, text: &str) {
    let columns = columns(sheet);
    sheet.push(Row::banner(text, Level::SignHint, columns));
}

/// A remark over the whole width.
pub fn remark(sheet: &mut SheetOf, text: &str) {
    let columns = columns(sheet);
    sheet.push(Row::banner(text, Level::Remark, columns));
}

/// What the next part of a sheet is about.
pub fn heading(sheet: &mut SheetOf, text: &str) {
    let columns = columns(sheet);
    sheet.push(Row::banner(text, Level::Strong, columns));
}

/// An empty row.
pub fn gap(sheet: &mut SheetOf) {
    sheet.push(Row::new(Vec::new()));
}

/// Who signs, in the right half: the post in capitals, room for the signature,
/// the name if it is known.
pub fn signature(sheet: &mut Sheet, post: &str, name: &str) {
    gap(sheet);
    let none = || Cell::blank(Level::Plain);
    halves(sheet, none(), Cell::text(post.to_uppercase(), Level::Signer));
    halves(sheet, none(), Cell::text("(Ký, ghi rõ họ tên, đóng dấu)", Level::SignHint));
    let mut room = Row::new(Vec::new());
    room.height = Some(60.0);
    sheet.push(room);
    halves(sheet, none(), Cell::text(name, Level::Signer));
}

/// A row of two cells: the left one to about two fifths of the width, the other
/// over the rest. A sheet of one column shows the right one only.
pub fn halves(sheet: &mut Sheet, left: Cell, right: Cell) {
    let columns = columns(sheet).max(1);
    let half = split(sheet);
    let mut cells = Vec::new();
    for (cell, span) in [(left, half), (right, columns - half)].into_iter().filter(|it| 0 < it.1) {
        let role = cell.role;
        cells.push(cell.spanning(span));
        cells.extend((1..span).map(|_| Cell::blank(role)));
    }
    sheet.push(Row::new(cells));
}

/// How many columns come nearest to the left part of the width.
fn split(sheet: &Sheet) -> u32 {
    let whole: f64 = sheet.widths.iter().sum();
    let mut taken = 0.0;
    let distances = sheet.widths.iter().map(|width| {
        taken += width;
        (taken - whole * LEFT).abs()
    });
    let nearest = (1..columns(sheet)).zip(distances).min_by(|a, b| a.1.total_cmp(&b.1));
    nearest.map_or(0, |(count, _)| count)
}

/// A line of about two fifths of a name's length. Its dashes are half as high,
/// and so half as wide, as the capitals above.
fn rule(name: &str) -> String {
    "—".repeat((name.chars().count() * 9 / 16).clamp(4, 16))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Value;

    #[test]
    fn the_head_has_two_halves_and_covers_every_column() {
        #[track_caller]
        fn check(widths: &[f64], expected: &[u32]) {
            let mut sheet = Sheet { widths: widths.to_vec(), ..Sheet::named("Phiếu") };
            letterhead(&mut sheet, "", "UBND phường");
            let spans: Vec<u32> = sheet.rows[0]
                .cells
                .iter()
                .filter(|it| it.value != Value::default())
                .map(|it| it.span)
                .collect();
            assert_eq!(spans, expected, "{widths:?}");
            assert_eq!(sheet.rows[0].cells.len(), widths.len());
        }
        check(&[10.0, 10.0, 10.0, 10.0, 10.0], &[2, 3]);
        check(&[5.0, 60.0, 5.0, 5.0], &[1, 3]);
        check(&[5.0, 40.0, 50.0], &[2, 1]);
        check(&[50.0], &[1]);
    }
}
