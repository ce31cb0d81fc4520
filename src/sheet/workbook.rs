//! A workbook to be written, and its sheets.

use std::borrow::Cow;
use std::fmt;

use super::ask::Validation;
use super::cell::{Range, Row};
use super::picture::{Chart, Heat, Mark, Sparkline};
use crate::day::Day;
use crate::finding::CellRef;

/// A workbook to be written.
#[derive(Debug)]
pub struct WorkbookOf<'a> {
    pub title: String,
    /// The day written into the file instead of the clock's, so that the same
    /// workbook always gives the same bytes.
    pub dated: Day,
    /// Decimals of points.
    pub places: u32,
    /// Decimals of an index or a percentage.
    pub index_places: u32,
    pub sheets: Vec<SheetOf<'a>>,
    /// Custom document properties: they survive most office programs.
    pub properties: Vec<(String, String)>,
}

/// A workbook whose sheets hold all their rows.
pub type Workbook = WorkbookOf<'static>;

/// A sheet; its body, if it has one, is made of values that live for `'a`.
#[derive(Debug, Default)]
pub struct SheetOf<'a> {
    pub name: String,
    /// Column widths, in characters of the default font.
    pub widths: Vec<f64>,
    pub rows: Vec<Row>,
    /// Below `rows`: rows that are too many to be held at once.
    pub body: Option<Body<'a>>,
    /// Below the body.
    pub foot: Vec<Row>,
    pub is_portrait: bool,
    pub density: Density,
    /// Rows repeated on every printed page: first and last, zero-based.
    pub repeat: Option<(u32, u32)>,
    /// Columns repeated on every printed page: first and last, zero-based.
    pub repeat_columns: Option<(u32, u32)>,
    /// The last column of each printed page but the last, zero-based. Empty: all
    /// columns on one page. Otherwise the sheet is scaled so that the widest
    /// page, repeated columns and all, fits.
    pub column_breaks: Vec<u32>,
    /// The last cell that is printed, of a sheet that is for looking things up
    /// on the screen.
    pub prints_to: Option<CellRef>,
    /// The first cell that scrolls.
    pub freeze: Option<CellRef>,
    /// Only cells with an input role can be changed.
    pub is_protected: bool,
    pub state: State,
    pub validations: Vec<Validation>,
    pub heats: Vec<Heat>,
    pub marks: Vec<Mark>,
    pub charts: Vec<Chart>,
    /// Cells that lead to another cell of the workbook; at most
    /// [`LINKS_MAX`].
    pub links: Vec<Link>,
    pub sparklines: Vec<Sparkline>,
    /// The header row of a table that can be filtered, first and last cell of
    /// the whole table.
    pub filter: Option<(CellRef, CellRef)>,
    /// Printed at the foot of every page, left; the page number is always
    /// there.
    pub footer: String,
    /// The verification code, printed beside the page number; may be empty.
    pub seal: String,
    /// A colour of the tab, if it should stand out.
    pub is_highlighted: bool,
}

/// A sheet that holds all its rows.
pub type Sheet = SheetOf<'static>;

/// Rows that are made one by one while they are written. Their cells cover no
/// rows below and carry no notes, and no page ends after one of them.
#[derive(Default)]
pub struct Body<'a> {
    /// How many.
    pub count: usize,
    /// Each table of the body with the number of its first row.
    tables: Vec<(usize, MakeRow<'a>)>,
}

/// What makes a row of a table by its number, from 0.
type MakeRow<'a> = Box<dyn Fn(usize) -> Row + Send + Sync + 'a>;

/// How much room rows and pages are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    #[default]
    Usual,
    /// Printed on as few pages as can still be read: rows are no higher than
    /// their text, and a page ends at a [`Row::breaks`] only where what follows
    /// would be cut.
    Dense,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    Visible,
    /// Not shown, and not offered for showing.
    VeryHidden,
}

/// The most links that a sheet of Excel's takes.
pub const LINKS_MAX: usize = 65_530;

/// A cell that leads to another one of the same workbook; never out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub at: CellRef,
    pub sheet: String,
    pub to: CellRef,
}

impl Sheet {
    /// A sheet of this name, as far as Excel allows it: at most 31 characters,
    /// none of `[]:*?/\\`, no quote at either end.
    pub fn named(name: &str) -> Sheet {
        let allowed = name.chars().filter(|letter| !"[]:*?/\\".contains(*letter)).take(31);
        let name: String = allowed.collect();
        Sheet { name: name.trim_matches([' ', '\'']).to_owned(), ..Sheet::default() }
    }
}

impl<'a> SheetOf<'a> {
    pub fn is_dense(&self) -> bool {
        self.density == Density::Dense
    }

    /// The zero-based number of the next row to be pushed.
    pub fn next_row(&self) -> u32 {
        let body = self.body.as_ref().map_or(0, |body| body.count);
        let rows = self.rows.len() + body + self.foot.len();
        u32::try_from(rows).expect("a sheet has fewer rows than 2^32")
    }

    pub fn push(&mut self, row: Row) -> &mut Self {
        let block = if self.body.is_none() { &mut self.rows } else { &mut self.foot };
        block.push(row);
        self
    }

    /// Pushes `count` rows that are made by number while they are written. Rows
    /// that stand between two such tables become part of the body.
    pub fn push_body(
        &mut self,
        count: usize,
        make: impl Fn(usize) -> Row + Send + Sync + 'a,
    ) -> &mut Self {
        let between = std::mem::take(&mut self.foot);
        let body = self.body.get_or_insert_default();
        if !between.is_empty() {
            body.push(between.len(), Box::new(move |at| between[at].clone()));
        }
        body.push(count, Box::new(make));
        self
    }

    /// Ends a page after the row pushed last, unless a body makes that; in a dense
    /// sheet only where what follows would be cut.
    pub fn end_page(&mut self) {
        let block = if self.body.is_none() { &mut self.rows } else { &mut self.foot };
        if let Some(row) = block.last_mut() {
            row.breaks = true;
        }
    }

    /// Every row, from the top; those of the body are made now.
    pub fn all_rows(&self) -> impl Iterator<Item = Cow<'_, Row>> {
        let body = self.body.iter().flat_map(|body| (0..body.count).map(|at| body.row(at)));
        let rows = self.rows.iter().map(Cow::Borrowed);
        rows.chain(body.map(Cow::Owned)).chain(self.foot.iter().map(Cow::Borrowed))
    }

    /// The row of a number, zero-based; one of the body is made now.
    pub fn row(&self, number: u32) -> Option<Cow<'_, Row>> {
        let mut at = usize::try_from(number).ok()?;
        if let Some(row) = self.rows.get(at) {
            return Some(Cow::Borrowed(row));
        }
        at -= self.rows.len();
        match &self.body {
            Some(body) if at < body.count => Some(Cow::Owned(body.row(at))),
            body => {
                let foot = at - body.as_ref().map_or(0, |it| it.count);
                self.foot.get(foot).map(Cow::Borrowed)
            }
        }
    }

    /// A block of this sheet's cells.
    pub fn range(&self, first: CellRef, last: CellRef) -> Range {
        Range { sheet: self.name.clone(), first, last }
    }
}

impl<'a> Body<'a> {
    fn push(&mut self, count: usize, make: MakeRow<'a>) {
        self.tables.push((self.count, make));
        self.count += count;
    }

    /// The row of this number, from 0.
    pub fn row(&self, at: usize) -> Row {
        let after = self.tables.partition_point(|(first, _)| *first <= at);
        let (first, make) = &self.tables[after - 1];
        make(at - first)
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body of {} rows", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::{Cell, Level, Value};

    #[test]
    fn what_stands_between_two_tables_stays_there() {
        let text = |text: &str| Row::new(vec![Cell::text(text, Level::Body.left())]);
        let mut sheet = Sheet::default();
        sheet.push(text("head"));
        sheet.push_body(2, move |at| text(&format!("a{at}")));
        sheet.push(text("between"));
        sheet.push_body(0, move |_| text("none"));
        sheet.push_body(1, move |at| text(&format!("b{at}")));
        sheet.push(text("foot"));
        let said = sheet.all_rows().map(|row| match &row.cells[0].value {
            Value::Text(text) => text.clone(),
            other => format!("{other:?}"),
        });
        let said: Vec<String> = said.collect();
        assert_eq!(said, ["head", "a0", "a1", "between", "b0", "foot"]);
        assert_eq!(sheet.next_row(), 6);
    }
}
