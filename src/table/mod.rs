//! Tables that a clerk writes: a page and the columns it should have → rows of
//! cells with their places, and what is wrong with the table itself.
//!
//! A table is found by its header labels, wherever it stands on the page. What
//! else stands there is told by [`around`], and other sheets by [`sheets`]. What
//! a cell means is for the caller to say: each accessor reads one kind of value
//! and pushes a finding when the cell holds another.

mod cells;
mod column;
mod looks;
mod around;
mod people;
pub mod sheets;

use crate::book::{Book, Page, RawCell, RawValue};
use crate::day::Day;
use crate::finding::{CellRef, Findings, Place, Said, cell};
use crate::points::Quantity;
use crate::text::{self, NotNumber};

pub use cells::{cell_day, shown};
pub use column::{Codes, Column, ROUND};
pub use people::{Approval, ApprovalColumns, WHOLE_UNIT, Whom};

use cells::number_of;
use column::{Heads, heads};

/// A table found on a page.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    book: &'a Book,
    page: &'a Page,
    codes: Codes,
    /// The zero-based row of the header.
    head: u32,
    /// The label and the zero-based column of each column that is there.
    columns: Vec<(&'static str, u32)>,
}

/// A row of a table that holds anything.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    table: &'a Table<'a>,
    /// Zero-based, on the page.
    pub row: u32,
}

impl<'a> Table<'a> {
    /// Finds the table with these columns, or says what is missing and gives
    /// `None`.
    pub fn find(
        book: &'a Book,
        page: &'a Page,
        columns: &[Column],
        codes: Codes,
        findings: &mut Findings,
    ) -> Option<Table<'a>> {
        let Heads { head, like } = heads(page, columns);
        let Some(head) = head else {
            let labels: Vec<&str> = columns.iter().map(|it| it.label).collect();
            let said = Said::from(cell::HeadMissing { labels });
            findings.say(book.place(page), said.under(codes.missing));
            return None;
        };
        let mut table = Table { book, page, codes, head, columns: Vec::new() };
        let mut is_sound = true;
        let mut meant = Vec::new();
        for (col, cell) in page.row(head) {
            let label = shown(cell);
            let known = columns.iter().find(|it| text::key(it.label) == text::key(&label));
            // Nobody knows which of two columns is meant, whatever else may stand there.
            let (said, code) = match known {
                Some(known) if table.column(known.label).is_none() => {
                    table.columns.push((known.label, col));
                    continue;
                }
                Some(known) => {
                    let said = Said::from(cell::ColumnTwice { label: known.label });
                    (said, codes.unknown.or(Some(codes.missing)))
                }
                None if text::key(&label).is_empty() => continue,
                None => {
                    let absent = columns.iter().map(|it| it.label);
                    let near = text::nearest(&label, absent);
                    meant.extend(near);
                    (cell::ColumnUnknown { label: &label, near }.into(), codes.unknown)
                }
            };
            if let Some(code) = code {
                is_sound = false;
                let place = book.cell_place(page, CellRef::new(head, col));
                findings.say(place, said.under(code));
            }
        }
        let is_said = |label| codes.unknown.is_some() && meant.contains(&label);
        for Column { label, .. } in columns.iter().filter(|it| it.is_needed) {
            if table.column(label).is_none() && !is_said(*label) {
                is_sound = false;
                let place = book.cell_place(page, CellRef::new(head, 0));
                findings.say(
                    place,
                    Said::from(cell::ColumnMissing { label: *label }).under(codes.missing),
                );
            }
        }
        let rest = around::Rest { book, page, head, like: &like, columns: &table.columns };
        // What is wrong with the columns explains what else is left.
        is_sound = is_sound && rest.say(columns, codes, findings);
        is_sound.then_some(table)
    }

    /// The rows below the header that hold anything in a column of the table.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let below = self.page.rows().filter(|row| self.head < *row);
        below.map(|row| Line { table: self, row }).filter(Line::holds_anything)
    }

    /// The zero-based row of the header.
    pub fn head(&self) -> u32 {
        self.head
    }

    /// The page the table is on.
    pub fn place(&self) -> Place {
        self.book.place(self.page)
    }

    /// Whether the table has this column.
    pub fn has(&self, label: &str) -> bool {
        self.column(label).is_some()
    }

    /// Labelled columns that are none of the table's, with their labels.
    pub fn others(&self) -> Vec<(u32, String)> {
        let is_other = |(col, _): &(u32, _)| self.columns.iter().all(|(_, own)| own != col);
        let labels = self.page.row(self.head).map(|(col, cell)| (col, shown(cell)));
        labels.filter(is_other).filter(|(_, label)| !label.is_empty()).collect()
    }

    /// Where the header of a column is.
    pub fn head_place(&self, col: u32) -> Place {
        self.book.cell_place(self.page, CellRef { row: self.head, col })
    }

    fn column(&self, label: &str) -> Option<u32> {
        self.columns.iter().find(|(own, _)| *own == label).map(|(_, col)| *col)
    }
}

impl<'a> Line<'a> {
    /// The cell as found, if it shows anything.
    pub fn cell(&self, label: &str) -> Option<&'a RawCell> {
        let cell = self.table.page.get(self.row, self.table.column(label)?)?;
        (!shown(cell).is_empty()).then_some(cell)
    }

    /// What a reader sees in a cell; empty without one.
    pub fn shown(&self, label: &str) -> String {
        self.cell(label).map(shown).unwrap_or_default()
    }

    /// Where a cell of this row is; the row's first cell when the table lacks
    /// the column.
    pub fn place(&self, label: &str) -> Place {
        let first = self.table.columns.first().map_or(0, |(_, col)| *col);
        let col = self.table.column(label).unwrap_or(first);
        self.table.book.cell_place(self.table.page, CellRef::new(self.row, col))
    }

    pub fn is_blank(&self, label: &str) -> bool {
        self.cell(label).is_none()
    }

    /// The cleaned text of a cell, empty when it is blank. A number or a date
    /// is taken as it is shown.
    pub fn text(&self, label: &str, findings: &mut Findings) -> String {
        match self.cell(label).map(|cell| (&cell.value, shown(cell))) {
            None => String::new(),
            Some((RawValue::Error(_) | RawValue::Missing, found)) => {
                self.refuse(label, cell::BrokenFormula { label, found }, findings);
                String::new()
            }
            Some((_, found)) => found,
        }
    }

    /// The text of a cell that must not be blank.
    pub fn needed_text(&self, label: &str, findings: &mut Findings) -> Option<String> {
        if self.is_blank(label) {
            self.lack(label, findings);
        }
        let text = Some(self.text(label, findings)).filter(|text| !text.is_empty())?;
        if text::is_empty_answer(&text) {
            findings.say(self.place(label), cell::EmptyAnswer { label, found: &text });
            return None;
        }
        Some(text)
    }

    /// The text of a cell that may be blank; an answer that says that there is
    /// nothing is none, and is said.
    pub fn answer(&self, label: &str, findings: &mut Findings) -> Option<String> {
        let text = Some(self.text(label, findings)).filter(|text| !text.is_empty())?;
        if text::is_empty_answer(&text) {
            findings.say(self.place(label), cell::AnswerNone { label, found: &text });
            return None;
        }
        let text = self.more_than_yes(label, text, findings)?;
        self.doubt_taken_back(label, &text, findings);
        Some(text)
    }

    /// A reason that must be there: neither a denial nor a word that merely agrees.
    pub fn reason(&self, label: &str, findings: &mut Findings) -> Option<String> {
        let text = self.statement(label, findings)?;
        self.doubt_taken_back(label, &text, findings);
        Some(text)
    }

    /// A text that must be there and says something.
    fn statement(&self, label: &str, findings: &mut Findings) -> Option<String> {
        let text = self.needed_text(label, findings)?;
        self.more_than_yes(label, text, findings)
    }

    fn doubt_taken_back(&self, label: &str, found: &str, findings: &mut Findings) {
        if text::takes_back(found) {
            findings.say(self.place(label), cell::TakenBack { label, found });
        }
    }

    fn more_than_yes(&self, label: &str, text: String, findings: &mut Findings) -> Option<String> {
        if text::is_bare_yes(&text) || text::is_without_words(&text) {
            findings.say(self.place(label), cell::BareAnswer { label, found: &text });
            return None;
        }
        Some(text)
    }

    /// The parts of a cell's text between semicolons.
    pub fn list(&self, label: &str, findings: &mut Findings) -> Vec<String> {
        let text = self.text(label, findings);
        text.split(';').map(text::clean).filter(|part| !part.is_empty()).collect()
    }

    /// A code (mã). Excel keeps `1.10` and `1.2` only in a text cell, so a
    /// fraction or a date is refused; a whole number cannot have been anything
    /// else and is taken.
    pub fn code(&self, label: &str, findings: &mut Findings) -> Option<String> {
        let cell = self.cell(label)?;
        let became = match &cell.value {
            RawValue::Number(value) => match Quantity::from_cell(*value) {
                Some(number) if number.is_whole() => return Some(number.to_string()),
                _ => "số",
            },
            RawValue::Date(_) => "ngày",
            _ => return Some(self.text(label, findings)).filter(|text| !text.is_empty()),
        };
        let said = Said::from(cell::CodeBecame { label, became, found: shown(cell) });
        findings.say(self.place(label), said.under(self.table.codes.mangled));
        None
    }

    /// A number, as Excel stores it or as people type it.
    pub fn number(&self, label: &str, findings: &mut Findings) -> Option<Quantity> {
        let cell = self.cell(label)?;
        match number_of(cell) {
            // Every number has the unit of its column, and none is a part of 1.
            Ok(number) if cell.is_percent => {
                findings.say(self.place(label), cell::PercentCell { label, found: &number });
                return None;
            }
            Ok(number) => return Some(number),
            Err(_) if matches!(cell.value, RawValue::Missing) => {
                self.refuse(label, cell::WithoutValue { label }, findings);
            }
            Err(NotNumber::Word) => {
                self.refuse(label, cell::NotANumber { label, found: shown(cell) }, findings);
            }
            Err(NotNumber::Ambiguous { grouped, decimal }) => {
                let found = shown(cell);
                self.refuse(label, cell::TwoWays { label, grouped, decimal, found }, findings);
            }
        }
        None
    }

    /// A number in a column that is none of the table's.
    pub fn number_at(&self, col: u32, findings: &mut Findings) -> Option<Quantity> {
        let is_blank = |cell: &RawCell| match &cell.value {
            RawValue::Text(text) => text::is_blank(text),
            _ => false,
        };
        let cell = self.table.page.get(self.row, col).filter(|cell| !is_blank(cell))?;
        let number = number_of(cell).ok();
        let at = CellRef { row: self.row, col };
        let place = self.table.book.cell_place(self.table.page, at);
        if let Some(remark) = self.table.page.remarks.get(&at) {
            let remarks = vec![format!("{at} «{}»", text::clean(remark))];
            findings.say(place.clone(), cell::Remarked { count: remarks.len(), remarks });
        }
        if cell.is_struck {
            findings.say(place, cell::Struck { found: shown(cell) });
            return None;
        }
        if let Some(found) = number.as_ref().filter(|_| cell.is_percent) {
            let label = self.table.page.get(self.table.head, col).map(shown).unwrap_or_default();
            findings.say(place, cell::PercentCell { label, found });
            return None;
        }
        if number.is_none() {
            let said = Said::from(cell::NotANumberHere { found: shown(cell) });
            findings.say(place, said.under(self.table.codes.invalid));
        }
        number
    }

    pub fn needed_number(&self, label: &str, findings: &mut Findings) -> Option<Quantity> {
        if self.is_blank(label) {
            self.lack(label, findings);
        }
        self.number(label, findings)
    }

    /// A whole number, not negative.
    pub fn whole(&self, label: &str, findings: &mut Findings) -> Option<i64> {
        let number = self.number(label, findings)?;
        let whole = number.to_whole().filter(|whole| 0 <= *whole);
        if whole.is_none() {
            self.refuse(label, cell::NotWhole { label, found: &number }, findings);
        }
        whole
    }

    /// A day, as Excel stores it or as people type it.
    pub fn day(&self, label: &str, findings: &mut Findings) -> Option<Day> {
        let cell = self.cell(label)?;
        let day = cell_day(cell);
        if day.is_none() {
            self.refuse(label, cell::NotADay { label, found: shown(cell) }, findings);
        }
        day
    }

    /// One of several words, or `None` when the cell is blank or holds another.
    pub fn choice<T: Copy>(
        &self,
        label: &str,
        words: &[(&'static str, T)],
        findings: &mut Findings,
    ) -> Option<T> {
        let found = self.text(label, findings);
        let known = words.iter().find(|(word, _)| text::key(word) == text::key(&found));
        if known.is_none() && !found.is_empty() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.refuse(label, cell::NotAChoice { label, words, found }, findings);
        }
        known.map(|(_, value)| *value)
    }

    /// Says that a cell's value is not what its column holds.
    pub fn refuse(&self, label: &str, said: impl Into<Said>, findings: &mut Findings) {
        findings.say(self.place(label), said.into().under(self.table.codes.invalid));
    }

    fn lack(&self, label: &str, findings: &mut Findings) {
        self.refuse(label, cell::Blank { label }, findings);
    }

    fn holds_anything(&self) -> bool {
        self.table.columns.iter().any(|(label, _)| self.cell(label).is_some())
    }
}
