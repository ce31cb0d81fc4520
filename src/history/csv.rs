//! A CSV text → a [`Book`] of one page, so that it is read as a workbook is.
//!
//! The separator is the one the header has more of: `;`, as a Vietnamese Excel
//! saves it, with decimal commas; or `,`, as programs write it, with decimal
//! points.

use crate::book::{Book, Page, RawCell, RawValue};
use crate::finding::{CellRef, Code, Finding, Place};

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
    while !reader.rest.is_empty() {
        let Some((field, end)) = reader.next() else {
            return Err(refuse(Code::HistoryCut, "Dấu ngoặc kép mở ra mà không đóng lại"));
        };
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
    fn a_file_cut_off_is_known() {
        assert_eq!(shown("Mã,Chỉ số\nA,92.1"), Err("L006"));
        assert_eq!(shown("Mã,Chỉ số\n\"A,92.1\n"), Err("L006"));
    }
}
