//! A CSV text → a [`Book`] of one page, so that it is read as a workbook is.
//!
//! The separator is the one beside the first label of the header: `;`, as a
//! Vietnamese Excel saves it, with decimal commas; or `,`, as programs write it,
//! with decimal points. In a text without that label it is the one that occurs
//! more.

use crate::book::{Book, Page, RawCell, RawValue};
use crate::finding::history as said;
use crate::finding::{CellRef, Findings, Place, Said};
use crate::round::read_register::ID;

/// More cells than a year of any country has, and few enough to be held.
const MOST_CELLS: usize = 4_000_000;

/// A text as a book.
pub struct Csv {
    pub book: Book,
    /// The last line has no line end, though nothing else is amiss with it.
    pub may_be_cut: bool,
}

/// Reads the text. A last line without its line end, or a quotation that never
/// ends, means that the file was cut off; a line that has all its fields, the
/// last of them certainly whole, may lack its end only because the program that
/// wrote it writes none.
pub fn read(file: &str, bytes: &[u8], findings: &mut Findings) -> Option<Csv> {
    match page(file, bytes) {
        Ok((page, may_be_cut)) => {
            let book = Book { file: file.to_owned(), pages: vec![page], ..Book::default() };
            Some(Csv { book, may_be_cut })
        }
        Err(said) => {
            findings.say(Place::file(file), said);
            None
        }
    }
}

/// The page, and whether its last line has no end.
fn page(file: &str, bytes: &[u8]) -> Result<(Page, bool), Said> {
    let text = std::str::from_utf8(bytes).map_err(|_| said::CsvNotUtf8 {})?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_open = !text.is_empty() && !text.ends_with('\n');
    let separator = separator(text);
    let name = file.rsplit('/').next().unwrap_or(file);
    let mut page = Page { name: name.to_owned(), ..Page::default() };
    if is_open && !text.ends_with([char::from(separator), '"']) {
        return Err(said::LineEndMissing {}.into());
    }
    let ended = if is_open { format!("{text}\n") } else { text.to_owned() };
    let mut reader = Fields { rest: ended.as_bytes(), separator };
    let (mut row, mut col) = (0, 0);
    // The fields of the last two lines.
    let mut widths = [0, 0];
    while !reader.rest.is_empty() {
        let Some((field, end)) = reader.next() else {
            return Err(said::QuotationOpen {}.into());
        };
        if MOST_CELLS <= page.cells.len() {
            return Err(said::TooManyCells { most: MOST_CELLS }.into());
        }
        if !field.is_empty() {
            page.cells.insert(CellRef { row, col }, RawCell::plain(value(field, separator)));
        }
        if end {
            widths = [widths[1], col + 1];
        }
        (row, col) = if end { (row + 1, 0) } else { (row, col + 1) };
    }
    if is_open && widths[0] != widths[1] {
        return Err(said::LineEndMissing {}.into());
    }
    Ok((page, is_open))
}

fn separator(text: &str) -> u8 {
    let beside = text.split_once(ID).and_then(|(before, after)| {
        let [after, before] = [after.trim_start_matches('"'), before.trim_end_matches('"')];
        let beside = [after.bytes().next(), before.bytes().next_back()];
        beside.into_iter().flatten().find(|it| matches!(it, b';' | b','))
    });
    let count = |separator: char| text.matches(separator).count();
    beside.unwrap_or(if count(',') < count(';') { b';' } else { b',' })
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

/// Whether a book is a CSV with commas between fields, as programs make it.
/// It has numbers in cells; people's CSV has texts only.
pub fn is_machine_made(book: &Book) -> bool {
    let is_csv = book.file.to_lowercase().ends_with(".csv");
    let mut cells = book.pages.iter().flat_map(|page| page.cells.values());
    is_csv && cells.any(|cell| matches!(cell.value, RawValue::Number(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<Vec<String>, &'static str> {
        let read = page("2013/ket-qua.csv", text.as_bytes());
        let (page, _) = read.map_err(|it| it.code().info().id)?;
        let cells = page.cells.iter();
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
        assert_eq!(shown(&"a;".repeat(MOST_CELLS + 1).replacen("a;", "a\n", 1)), Err("L004"));
        assert_eq!(shown(&("a;".repeat(MOST_CELLS + 1) + "\n")), Err("L004"));
    }

    #[test]
    fn a_file_cut_off_is_known() {
        assert_eq!(shown("Mã,Chỉ số\nA,92.1"), Err("L006"));
        assert_eq!(shown("Mã,Chỉ số\n\"A,92.1\n"), Err("L006"));
    }
}
