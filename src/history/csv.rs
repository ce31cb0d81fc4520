//! A CSV text → a [`Book`] of one page, so that it is read as a workbook is; and
//! a year → the CSV text that programs exchange (the form of the history).
//!
//! The separator is the one the header has more of: `;`, as a Vietnamese Excel
//! saves it, with decimal commas; or `,`, as programs write it, with decimal
//! points.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, Page, RawCell, RawValue};
use crate::finding::{CellRef, Code, Finding, Place};
use crate::history::read_year::{self, CLAIMED, COUNT, YEAR};
use crate::history::year::{Fate, ItemPoints, Year};
use crate::points::Points;
use crate::round::criteria::ItemCode;

/// More cells than a year of any country has, and few enough to be held.
const MOST_CELLS: usize = 4_000_000;

/// Reads the text. A last line without its line end, or a quotation that never
/// ends, means that the file was cut off.
pub fn read(file: &str, bytes: &[u8]) -> Result<Book, Finding> {
    let refuse = |code, message: &str| Finding::new(code, Place::file(file), message);
    let text = std::str::from_utf8(bytes).map_err(|_| {
        refuse(Code::YearUnreadable, "Tệp CSV không phải văn bản UTF-8; hãy lưu dạng CSV UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(refuse(Code::HistoryCut, "Dòng cuối không có dấu xuống dòng"));
    }
    let count = |separator: char| text.matches(separator).count();
    let separator = if count(',') < count(';') { b';' } else { b',' };
    let name = file.rsplit('/').next().unwrap_or(file);
    let mut page = Page { name: name.to_owned(), ..Page::default() };
    let mut reader = Fields { rest: text.as_bytes(), separator };
    let (mut row, mut col) = (0, 0);
    let too_many = || format!("Tệp có hơn {MOST_CELLS} ô, không phải kết quả của một năm");
    while !reader.rest.is_empty() {
        let Some((field, end)) = reader.next() else {
            return Err(refuse(Code::HistoryCut, "Dấu ngoặc kép mở ra mà không đóng lại"));
        };
        if MOST_CELLS <= page.cells.len() {
            return Err(refuse(Code::YearUnreadable, &too_many()));
        }
        if !field.is_empty() {
            page.cells.insert(CellRef { row, col }, RawCell::plain(value(field, separator)));
        }
        (row, col) = if end { (row + 1, 0) } else { (row, col + 1) };
    }
    Ok(Book { file: file.to_owned(), pages: vec![page], ..Book::default() })
}

/// A number with a decimal point, where the comma separates fields, is what a
/// program wrote: `1.125` is never a thousand there.
fn value(field: String, separator: u8) -> RawValue {
    let is_number = separator == b','
        && field.contains('.')
        && field.bytes().all(|it| it.is_ascii_digit() || it == b'.' || it == b'-')
        && field.matches('.').count() == 1;
    match field.parse() {
        Ok(number) if is_number => RawValue::Number(number),
        _ => RawValue::Text(field),
    }
}

struct Fields<'a> {
    rest: &'a [u8],
    separator: u8,
}

impl Fields<'_> {
    /// The next field, and whether its line ends with it; `None` when the text
    /// ends inside a quotation.
    fn next(&mut self) -> Option<(String, bool)> {
        let mut field = Vec::new();
        let mut at = 0;
        if self.rest.first() == Some(&b'"') {
            at = 1;
            loop {
                match (self.rest.get(at)?, self.rest.get(at + 1)) {
                    (b'"', Some(b'"')) => {
                        field.push(b'"');
                        at += 2;
                    }
                    (b'"', _) => break,
                    (byte, _) => {
                        field.push(*byte);
                        at += 1;
                    }
                }
            }
            at += 1;
        }
        let start = at;
        let stop = |byte: &u8| *byte == self.separator || *byte == b'\n';
        at += self.rest[at..].iter().position(stop)?;
        field.extend(&self.rest[start..at]);
        let ends = self.rest[at] == b'\n';
        self.rest = &self.rest[at + 1..];
        if ends && field.last() == Some(&b'\r') {
            field.pop();
        }
        Some((String::from_utf8_lossy(&field).into_owned(), ends))
    }
}

/// Whether a book is a CSV with commas between fields, as [`write()`] makes it.
/// It has numbers in cells; people's CSV has texts only.
pub fn is_machine_made(book: &Book) -> bool {
    let is_csv = book.file.to_lowercase().ends_with(".csv");
    let mut cells = book.pages.iter().flat_map(|page| page.cells.values());
    is_csv && cells.any(|cell| matches!(cell.value, RawValue::Number(_)))
}

/// A year in the form of the history: UTF-8, commas, decimal points, LF; the
/// year and the number of rows, then the columns of the year's template and one
/// for each item. `None` when the year was read from that form.
pub fn write(year: &Year, places: u32) -> Option<String> {
    let kept = year.kept.as_ref()?;
    // Sets of two blocs may give one code two maxima.
    let mut columns: BTreeSet<(ItemCode, Points)> = BTreeSet::new();
    let mut claimed: BTreeSet<ItemCode> = BTreeSet::new();
    for item in kept.iter().flatten().filter(|it| it.points.is_some()) {
        columns.insert((item.code, item.max));
        claimed.extend(item.claimed.map(|_| item.code));
    }
    let plain = |points: Points| points.data(points.places());
    let mut text = format!("{YEAR},{}\n{COUNT},{}\n", year.year, year.entries.len());
    let fixed = read_year::COLUMNS.iter().map(|it| it.label.to_owned());
    let tops = columns.iter().map(|(code, max)| format!("{code} ({})", plain(*max)));
    let claims = claimed.iter().map(|code| format!("{code} {CLAIMED}"));
    line(&mut text, fixed.chain(tops).chain(claims));
    for (entry, items) in year.entries.iter().zip(kept) {
        let mut cells = vec![entry.unit.0.clone(), entry.name.clone(), entry.bloc.0.clone()];
        match &entry.fate {
            Fate::Ranked(it) => {
                let index = it.index.data(places.max(it.index.quantity().places()));
                cells.extend([index, it.band.clone(), it.rank.to_string(), String::new()]);
            }
            Fate::Unranked(why) => {
                cells.extend((0..3).map(|_| String::new()).chain([why.clone()]));
            }
        }
        let told = || items.iter().filter(|it| it.points.is_some());
        let of: BTreeMap<(ItemCode, Points), &ItemPoints> =
            told().map(|it| ((it.code, it.max), it)).collect();
        let by_code: BTreeMap<ItemCode, &ItemPoints> = told().map(|it| (it.code, it)).collect();
        let shown = |points: Option<Points>| points.map(plain).unwrap_or_default();
        cells.extend(columns.iter().map(|at| shown(of.get(at).and_then(|it| it.points))));
        let claim = |code| shown(by_code.get(code).and_then(|it| it.claimed));
        cells.extend(claimed.iter().map(claim));
        line(&mut text, cells);
    }
    Some(text)
}

/// One line, each field in quotation marks where it must be.
fn line(text: &mut String, fields: impl IntoIterator<Item = String>) {
    for (at, field) in fields.into_iter().enumerate() {
        if 0 < at {
            text.push(',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            text.extend(["\"", &field.replace('"', "\"\""), "\""]);
        } else {
            text.push_str(&field);
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<Vec<String>, &'static str> {
        let book = read("2013/ket-qua.csv", text.as_bytes()).map_err(|it| it.code.info().id)?;
        let cells = book.pages[0].cells.iter();
        Ok(cells.map(|(at, cell)| format!("{at} {:?}", cell.value)).collect())
    }

    #[test]
    fn both_separators_quotations_and_line_ends_are_read() {
        let excel = shown("\u{feff}Mã;Chỉ số\r\n\"A;\"\"1\";92,5\r\n");
        let expected =
            ["A1 Text(\"Mã\")", "B1 Text(\"Chỉ số\")", "A2 Text(\"A;\\\"1\")", "B2 Text(\"92,5\")"];
        assert_eq!(excel.unwrap(), expected);
        let program = shown("Mã,Chỉ số\n001,92.125\n").unwrap();
        assert_eq!(program[2..], ["A2 Text(\"001\")", "B2 Number(92.125)"]);
    }

    #[test]
    fn a_file_of_endless_cells_is_refused() {
        assert_eq!(shown(&"a;".repeat(MOST_CELLS + 1).replacen("a;", "a\n", 1)), Err("L006"));
        assert_eq!(shown(&("a;".repeat(MOST_CELLS + 1) + "\n")), Err("L004"));
    }

    #[test]
    fn a_file_cut_off_is_known() {
        assert_eq!(shown("Mã,Chỉ số\nA,92.1"), Err("L006"));
        assert_eq!(shown("Mã,Chỉ số\n\"A,92.1\n"), Err("L006"));
    }
}
