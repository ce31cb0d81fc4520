//! What a foreign file says, as bytes that go from one process to another: pages
//! of cells, or why there are none. Whoever reads them trusts nothing in them.

use std::collections::BTreeMap;

use crate::book::{Page, RawCell, RawValue};
use crate::excel::gate::{Fault, Gated, ceiling};
use crate::finding::{CellRef, Code};
use crate::text::legacy::Encoding;

/// What every answer begins with.
const BEGIN: &[u8] = b"cchc: trang va o, 1\n";

/// The codes under which a file is refused.
const CODES: &[Code] = &[
    Code::FileUnreadable,
    Code::FileEncrypted,
    Code::FileOldFormat,
    Code::FileOtherFormat,
    Code::FileDamaged,
    Code::FileTooLarge,
    Code::FileSuspicious,
];

const ENCODINGS: &[Option<Encoding>] =
    &[None, Some(Encoding::Tcvn3), Some(Encoding::Tcvn3Upper), Some(Encoding::Vni)];

/// The pages of a workbook.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) has_macro: bool,
    pub(super) pages: Vec<Page>,
}

/// The bytes of an answer.
pub(super) fn written(answer: &Gated<Pages>) -> Vec<u8> {
    let mut out = Out(BEGIN.to_vec());
    match answer {
        Ok(pages) => {
            out.byte(1);
            out.byte(u8::from(pages.has_macro));
            out.count(pages.pages.len());
            pages.pages.iter().for_each(|page| out.page(page));
        }
        Err(fault) => {
            out.byte(0);
            let code = CODES.iter().position(|code| *code == fault.code).unwrap_or_default();
            out.count(code);
            out.text(&fault.message);
        }
    }
    out.0
}

/// The answer in bytes; `None` when they are not whole, or not an answer.
pub(super) fn read(bytes: &[u8]) -> Option<Gated<Pages>> {
    let mut input = In(bytes.strip_prefix(BEGIN)?);
    let answer = match input.byte()? {
        0 => {
            let code = *CODES.get(input.count()?)?;
            Err(Fault::new(code, input.text()?))
        }
        1 => {
            let has_macro = input.byte()? != 0;
            let count = input.count().filter(|count| *count <= ceiling::SHEETS)?;
            let pages: Option<Vec<Page>> = (0..count).map(|_| input.page()).collect();
            Ok(Pages { has_macro, pages: pages? })
        }
        _ => return None,
    };
    input.0.is_empty().then_some(answer)
}

struct Out(Vec<u8>);

impl Out {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn count(&mut self, count: usize) {
        let count = u32::try_from(count).expect("below the ceilings");
        self.0.extend(count.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend(text.as_bytes());
    }

    fn at(&mut self, at: CellRef) {
        self.0.extend(at.row.to_le_bytes());
        self.0.extend(at.col.to_le_bytes());
    }

    fn page(&mut self, page: &Page) {
        self.text(&page.name);
        self.byte(u8::from(page.is_hidden));
        self.count(page.cells.len());
        for (at, cell) in &page.cells {
            self.at(*at);
            self.cell(cell);
        }
        self.count(page.remarks.len());
        for (at, words) in &page.remarks {
            self.at(*at);
            self.text(words);
        }
    }

    fn cell(&mut self, cell: &RawCell) {
        let encoding = ENCODINGS.iter().position(|it| *it == cell.encoding).unwrap_or_default();
        self.byte(u8::try_from(encoding).unwrap_or_default());
        for flag in [cell.is_formula, cell.is_struck, cell.is_percent] {
            self.byte(u8::from(flag));
        }
        match &cell.value {
            RawValue::Number(number) | RawValue::Date(number) => {
                self.byte(u8::from(matches!(cell.value, RawValue::Date(_))));
                self.0.extend(number.to_le_bytes());
            }
            RawValue::Text(text) | RawValue::Error(text) => {
                self.byte(2 + u8::from(matches!(cell.value, RawValue::Error(_))));
                self.text(text);
            }
            RawValue::Bool(value) => self.byte(4 + u8::from(*value)),
            RawValue::Missing => self.byte(6),
        }
    }
}

struct In<'a>(&'a [u8]);

impl In<'_> {
    fn some<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (some, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*some)
    }

    fn byte(&mut self) -> Option<u8> {
        self.some().map(|[byte]| byte)
    }

    fn flag(&mut self) -> Option<bool> {
        self.byte().map(|byte| byte != 0)
    }

    fn number(&mut self) -> Option<u32> {
        self.some().map(u32::from_le_bytes)
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.count()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn at(&mut self) -> Option<CellRef> {
        let at = CellRef::new(self.number()?, self.number()?);
        (at.row < ceiling::ROWS && at.col < ceiling::COLUMNS).then_some(at)
    }

    fn page(&mut self) -> Option<Page> {
        let (name, is_hidden) = (self.text()?, self.flag()?);
        let mut cells = BTreeMap::new();
        for _ in 0..self.count()? {
            cells.insert(self.at()?, self.cell()?);
        }
        let mut remarks = BTreeMap::new();
        for _ in 0..self.count()? {
            remarks.insert(self.at()?, self.text()?);
        }
        Some(Page { name, is_hidden, cells, remarks })
    }

    fn cell(&mut self) -> Option<RawCell> {
        let encoding = *ENCODINGS.get(usize::from(self.byte()?))?;
        let (is_formula, is_struck, is_percent) = (self.flag()?, self.flag()?, self.flag()?);
        let kind = self.byte()?;
        let value = match kind {
            0 | 1 => {
                let number = f64::from_le_bytes(self.some()?);
                let as_value = [RawValue::Number, RawValue::Date][usize::from(kind)];
                number.is_finite().then(|| as_value(number))?
            }
            2 | 3 => {
                let as_value = [RawValue::Text, RawValue::Error][usize::from(kind - 2)];
                as_value(self.text()?)
            }
            4 | 5 => RawValue::Bool(kind == 5),
            6 => RawValue::Missing,
            _ => return None,
        };
        Some(RawCell { value, is_formula, encoding, is_struck, is_percent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Pages {
        let values = [
            RawValue::Number(0.85),
            RawValue::Date(43_496.0),
            RawValue::Text("Đã làm".to_owned()),
            RawValue::Error("#REF!".to_owned()),
            RawValue::Bool(false),
            RawValue::Bool(true),
            RawValue::Missing,
        ];
        let cells = values.into_iter().zip(0..).map(|(value, col)| {
            let is_percent = matches!(value, RawValue::Number(_));
            let cell = RawCell {
                is_formula: col % 2 == 0,
                is_struck: col == 2,
                encoding: Some(Encoding::Vni).filter(|_| col == 2),
                is_percent,
                ..RawCell::plain(value)
            };
            (CellRef::new(3, col), cell)
        });
        let remarks = BTreeMap::from([(CellRef::new(3, 0), "đúng là 3".to_owned())]);
        let page = Page {
            name: "Phiếu tự chấm".to_owned(),
            is_hidden: true,
            cells: cells.collect(),
            remarks,
        };
        Pages { has_macro: true, pages: vec![page, Page::default()] }
    }

    #[test]
    fn what_was_written_is_read_again_and_nothing_else_is() {
        let sent = pages();
        let bytes = written(&Ok(pages()));
        let read_again = read(&bytes).unwrap().unwrap();
        assert!(read_again.has_macro);
        assert_eq!(read_again.pages.len(), 2);
        for (one, other) in sent.pages.iter().zip(&read_again.pages) {
            assert_eq!((&one.name, one.is_hidden), (&other.name, other.is_hidden));
            assert_eq!((&one.cells, &one.remarks), (&other.cells, &other.remarks));
        }
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_none(), "{cut}");
        }
        assert!(read(&[&bytes[..], b"\n"].concat()).is_none());
        assert!(read(b"running 0 tests").is_none());
    }

    #[test]
    fn a_refusal_keeps_its_code_and_its_words() {
        for code in CODES {
            let fault = read(&written(&Err(Fault::new(*code, "hỏng")))).unwrap().unwrap_err();
            assert_eq!((fault.code, fault.message.as_str()), (*code, "hỏng"));
        }
    }
}
