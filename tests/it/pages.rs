//! Books made in code: pages of text, as a clerk would fill them in.

use cchc::book::{Book, Page, RawCell, RawValue};
use cchc::finding::{CellRef, Finding};

/// A page from lines of `cell | cell`: `#` begins a number, `@` a date.
pub(crate) fn page(name: &str, text: &str) -> Page {
    let mut page = Page { name: name.to_owned(), ..Page::default() };
    for (row, line) in (0..).zip(text.lines()) {
        for (col, cell) in (0..).zip(line.split('|').map(str::trim)) {
            let value = match (cell.strip_prefix('#'), cell.strip_prefix('@')) {
                (Some(number), _) => RawValue::Number(number.parse().unwrap()),
                (_, Some(date)) => RawValue::Date(date.parse().unwrap()),
                _ => RawValue::Text(cell.to_owned()),
            };
            if !cell.is_empty() {
                page.cells.insert(CellRef { row, col }, RawCell::plain(value));
            }
        }
    }
    page
}

/// A book whose hash is its name and what its pages say.
pub(crate) fn book(file: &str, pages: Vec<Page>) -> Book {
    let sha256 = format!("{pages:?}");
    Book { file: file.to_owned(), sha256, pages }
}

/// `D005 M2 message`, one a finding.
pub(crate) fn said(findings: &[Finding]) -> Vec<String> {
    let said = |it: &Finding| format!("{} {} {}", it.code.info().id, it.place.spot(), it.message());
    findings.iter().map(said).collect()
}
