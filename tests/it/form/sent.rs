//! A form as it came back: made by the writer of blanks, saved, opened, and
//! then changed as units change them.

use std::sync::OnceLock;

use cchc::book::{Book, Page, RawCell, RawValue};
use cchc::excel;
use cchc::finding::CellRef;
use cchc::form;
use cchc::form::layout::{self, Column};
use cchc::form::{Claimed, Form, Reading};
use cchc::handout::blank_form::{self, Answers};
use cchc::round::Round;

use super::invented;

/// The zero-based columns of `A`, `B`, ….
pub(super) fn cell(name: &str) -> CellRef {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let col = letters.bytes().fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1) - 1;
    CellRef::new(name[letters.len()..].parse::<u32>().unwrap() - 1, col)
}

pub(super) fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

/// A form and the round it was sent in.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) round: Round,
    pub(super) book: Book,
}

impl Sent {
    /// The form of a unit with these answers, under this file name.
    pub(super) fn with(unit: &str, file: &str, answers: &Answers) -> Sent {
        let round = invented::round();
        let unit = round.register.units.iter().find(|it| it.id.0 == unit).unwrap();
        let bytes = excel::write(&blank_form::filled(&round, unit, answers)).unwrap();
        let book = excel::read(file, &bytes).unwrap().book;
        Sent { round, book }
    }

    /// The form of Hà Tu with nothing wrong.
    pub(super) fn good() -> Sent {
        static GOOD: OnceLock<Book> = OnceLock::new();
        let make = || Sent::with("PX-HT", "nop/ha-tu.xlsx", &invented::answers()).book;
        Sent { round: invented::round(), book: GOOD.get_or_init(make).clone() }
    }

    pub(super) fn blank() -> Sent {
        Sent::with("PX-HT", "nop/ha-tu.xlsx", &Answers::default())
    }

    /// Changes the round.
    pub(super) fn when(mut self, change: impl Fn(&mut Round)) -> Sent {
        change(&mut self.round);
        self
    }

    pub(super) fn scores(&mut self) -> &mut Page {
        self.book.pages.iter_mut().find(|page| page.name == layout::SCORES).unwrap()
    }

    pub(super) fn page(&mut self, name: &str) -> &mut Page {
        self.book.pages.iter_mut().find(|page| page.name == name).unwrap()
    }

    /// The row of a code on the form as issued.
    pub(super) fn row(&self, code: &str) -> u32 {
        let page = self.book.page(layout::SCORES).unwrap();
        let wanted = text(code);
        let found = page.cells.iter().find(|(at, cell)| at.col == 0 && cell.value == wanted);
        found.unwrap().0.row
    }

    pub(super) fn at(&self, code: &str, column: Column) -> CellRef {
        CellRef::new(self.row(code), column.printed())
    }

    /// Types a value over a cell of an item's row.
    pub(super) fn typed(self, code: &str, column: Column, value: RawValue) -> Sent {
        let at = self.at(code, column);
        self.put(at, RawCell::plain(value))
    }

    pub(super) fn score(self, code: &str, value: RawValue) -> Sent {
        self.typed(code, Column::Score, value)
    }

    pub(super) fn emptied(mut self, code: &str, column: Column) -> Sent {
        let at = self.at(code, column);
        self.scores().cells.remove(&at);
        self
    }

    pub(super) fn put(mut self, at: CellRef, cell: RawCell) -> Sent {
        self.scores().cells.insert(at, cell);
        self
    }

    /// Moves every cell of the score sheet; `None` deletes it.
    pub(super) fn moved(mut self, to: impl Fn(CellRef) -> Option<CellRef>) -> Sent {
        let page = self.scores();
        let cells = std::mem::take(&mut page.cells);
        page.cells = cells.into_iter().filter_map(|(at, cell)| Some((to(at)?, cell))).collect();
        self
    }

    /// Without the hidden sheets, as a form that the program did not issue.
    pub(super) fn without_identity(mut self) -> Sent {
        self.book.pages.retain(|page| page.name != layout::IDENTITY);
        self
    }

    pub(super) fn read(&self) -> Reading {
        form::read(&self.book, &self.round)
    }

    /// The findings as lines: `P050 H12 1.1.2 – Chưa tự chấm điểm`.
    pub(super) fn said(&self) -> Vec<String> {
        said(&self.read())
    }

    pub(super) fn codes(&self) -> Vec<&'static str> {
        self.read().findings.iter().map(|finding| finding.code.info().id).collect()
    }

    pub(super) fn form(&self) -> Form {
        self.read().form.unwrap()
    }

    pub(super) fn claimed(&self, code: &str) -> Claimed {
        self.form().claims.get(invented::code(code)).unwrap().score
    }

    pub(super) fn evidence(&self, code: &str) -> String {
        self.form().claims.get(invented::code(code)).unwrap().evidence.to_owned()
    }

    /// Asserts that the only thing wrong is one finding, and what it says.
    #[track_caller]
    pub(super) fn only(self, expected: &str) -> Sent {
        assert_eq!(self.said(), [expected]);
        self
    }
}

pub(super) fn said(reading: &Reading) -> Vec<String> {
    let line = |finding: &cchc::finding::Finding| {
        let spot = finding.place.spot();
        let spot = if spot.is_empty() { String::new() } else { format!("{spot} ") };
        format!("{} {spot}{}", finding.code.info().id, finding.message())
    };
    reading.findings.iter().map(line).collect()
}
