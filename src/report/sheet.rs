//! The model of a workbook to be written: sheets of cells with values and
//! roles.
//!
//! A role says what a cell is for; how it looks is `excel`'s business.

use std::borrow::Cow;
use std::fmt;

use crate::day::Day;
use crate::finding::CellRef;
use crate::points::{Percent, Points, Quantity};

pub use super::role::{Align, Level, Role};

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
/// rows below.
#[derive(Default)]
pub struct Body<'a> {
    /// How many.
    pub count: usize,
    /// Each table of the body with the number of its first row.
    tables: Vec<(usize, MakeRow<'a>)>,
}

/// What makes a row of a table by its number, from 0.
type MakeRow<'a> = Box<dyn Fn(usize) -> Row + Send + Sync + 'a>;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    Visible,
    /// Not shown, and not offered for showing.
    VeryHidden,
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// In points; `None` leaves it to the text.
    pub height: Option<f64>,
    /// A page break after this row.
    pub breaks: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub value: Value,
    pub role: Role,
    /// Columns the cell covers, 1 or more; the covered cells follow as blanks.
    pub span: u32,
    /// Rows the cell covers, 1 or more; the covered cells are blanks below.
    pub span_rows: u32,
    /// A remark shown when the mouse is over the cell.
    pub note: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    Blank,
    /// Always plain text: never a formula or a link, whatever it begins with.
    Text(String),
    Whole(i64),
    Points(Points),
    /// Shown with the percent places, without a % sign: 92,18.
    Percent(Percent),
    Quantity(Quantity),
    /// A number with this many decimals, whatever it is.
    Decimal(Quantity, u32),
    /// Đồng.
    Money(i64),
    Day(Day),
    /// A formula of ours, in English function names with commas, without `=`;
    /// and its stored value.
    Formula(String, Box<Value>),
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

/// A block of cells on a named sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub sheet: String,
    pub first: CellRef,
    pub last: CellRef,
}

/// What is asked for in a block of cells.
#[derive(Clone, Debug)]
pub struct Validation {
    pub first: CellRef,
    pub last: CellRef,
    pub ask: Ask,
}

/// What may be typed into a cell, and what Excel says about it.
#[derive(Clone, Debug)]
pub struct Ask {
    pub rule: Allow,
    /// Shown when the cell is entered; at most 32 and 255 characters.
    pub title: String,
    pub prompt: String,
    /// Shown when something else is typed; at most 255 characters.
    pub error: String,
}

#[derive(Clone, Debug)]
pub enum Allow {
    /// One of the cells of a range: a range, because decimals in an inline list
    /// would be read by the comma or point of the reader's own Excel.
    OneOf(Range),
    Decimal {
        from: Quantity,
        to: Quantity,
    },
    Whole {
        from: i64,
        to: i64,
    },
    Days {
        from: Day,
        to: Day,
    },
    /// A formula that must be true of the first cell.
    When(String),
}

/// A block shaded from low (red) to high (green).
#[derive(Clone, Debug)]
pub struct Heat {
    pub first: CellRef,
    pub last: CellRef,
}

/// A block whose cells take another role's look while `formula` is true of the
/// first cell.
#[derive(Clone, Debug)]
pub struct Mark {
    pub first: CellRef,
    pub last: CellRef,
    pub formula: String,
    pub level: Level,
}

#[derive(Clone, Debug)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    /// Said to people who cannot see the chart.
    pub description: String,
    pub x_title: String,
    pub y_title: String,
    pub series: Vec<Series>,
    /// The cell of its upper left corner.
    pub at: CellRef,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// The value axis, if it should not start at zero.
    pub y_min: Option<f64>,
    pub y_max: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Horizontal bars, first category on top.
    Bar,
    Column,
    StackedColumn,
    Scatter,
    /// A dot a category with a whisker each way; the value axis runs downwards,
    /// as ranks do.
    Whiskers,
    /// Lines over categories, a gap where a cell is blank.
    Line,
    /// Lines of ranks, the first on top: a series with labels is thick, in
    /// colour and named at its end; the others are thin and grey.
    Ranks,
}

/// A line as small as a cell, its lowest and highest points marked.
#[derive(Clone, Debug)]
pub struct Sparkline {
    pub at: CellRef,
    pub values: Range,
}

#[derive(Clone, Debug)]
pub struct Series {
    pub name: String,
    pub categories: Range,
    pub values: Range,
    pub has_labels: bool,
    /// How far the whiskers reach above and below the values.
    pub whiskers: Option<(Range, Range)>,
}

/// How each of ours is written into a cell.
macro_rules! values {
    ($($kind:ty: $value:expr,)+) => {
        $(impl From<$kind> for Value {
            fn from(it: $kind) -> Value {
                $value(it)
            }
        })+
    };
}

values! {
    String: Value::Text,
    &str: |it: &str| Value::Text(it.to_owned()),
    &String: |it: &String| Value::Text(it.clone()),
    u32: |it: u32| Value::Whole(it.into()),
    usize: |it| Value::Whole(i64::try_from(it).expect("a list in memory is shorter than 2^63")),
    Points: Value::Points,
    Percent: Value::Percent,
    Quantity: Value::Quantity,
    Day: Value::Day,
}

/// Nothing is a blank.
impl<V: Into<Value>> From<Option<V>> for Value {
    fn from(it: Option<V>) -> Value {
        it.map_or(Value::Blank, V::into)
    }
}

impl Value {
    /// The sum of two values of the same kind.
    #[must_use]
    pub fn plus(self, other: Value) -> Value {
        match (self, other) {
            (Value::Whole(a), Value::Whole(b)) => Value::Whole(a + b),
            (Value::Money(a), Value::Money(b)) => Value::Money(a + b),
            (Value::Points(a), Value::Points(b)) => Value::Points(a + b),
            (Value::Formula(_, a), b) => a.plus(b),
            (a, Value::Formula(_, b)) => a.plus(*b),
            (a, b) => panic!("{a:?} and {b:?} cannot be added"),
        }
    }
}

impl Cell {
    pub fn new(value: Value, role: impl Into<Role>) -> Cell {
        Cell { value, role: role.into(), span: 1, span_rows: 1, note: None }
    }

    pub fn text(text: impl Into<String>, role: impl Into<Role>) -> Cell {
        Cell::new(Value::Text(text.into()), role)
    }

    pub fn blank(role: impl Into<Role>) -> Cell {
        Cell::new(Value::Blank, role)
    }

    pub fn formula(formula: impl Into<String>, result: Value, role: impl Into<Role>) -> Cell {
        Cell::new(Value::Formula(formula.into(), Box::new(result)), role)
    }

    #[must_use]
    pub fn spanning(mut self, columns: u32) -> Cell {
        self.span = columns;
        self
    }

    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Cell {
        self.note = Some(note.into());
        self
    }
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Row {
        Row { cells, height: None, breaks: false }
    }

    /// One cell over the first `columns` columns.
    pub fn banner(text: impl Into<String>, role: impl Into<Role>, columns: u32) -> Row {
        let role = role.into();
        let mut cells = vec![Cell::text(text, role).spanning(columns)];
        cells.extend((1..columns).map(|_| Cell::blank(role)));
        Row::new(cells)
    }

    /// The head of a table.
    pub fn head<'a>(labels: impl IntoIterator<Item = &'a str>) -> Row {
        Row::new(labels.into_iter().map(|label| Cell::text(label, Level::Head)).collect())
    }
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

    /// Every row, from the top; those of the body are made now.
    pub fn all_rows(&self) -> impl Iterator<Item = Cow<'_, Row>> {
        let body = self.body.iter().flat_map(|body| (0..body.count).map(|at| body.row(at)));
        let rows = self.rows.iter().map(Cow::Borrowed);
        rows.chain(body.map(Cow::Owned)).chain(self.foot.iter().map(Cow::Borrowed))
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

impl Allow {
    /// Nothing is said before something else is typed.
    pub fn or(self, error: impl Into<String>) -> Ask {
        Ask { rule: self, title: String::new(), prompt: String::new(), error: error.into() }
    }
}

impl Ask {
    /// Said when the cell is entered.
    #[must_use]
    pub fn prompting(mut self, title: impl Into<String>, prompt: impl Into<String>) -> Ask {
        (self.title, self.prompt) = (title.into(), prompt.into());
        self
    }
}

impl Range {
    /// `'Xếp hạng'!$B$7:$B$18`.
    pub fn absolute(&self) -> String {
        let sheet = self.sheet.replace('\'', "''");
        format!("'{sheet}'!{}:{}", self.first.fixed(), self.last.fixed())
    }

    /// `'Xếp hạng'!B7:B18`, or `'Xếp hạng'!B7`: for formulas of other sheets.
    pub fn there(&self) -> String {
        let (sheet, first) = (self.sheet.replace('\'', "''"), self.first);
        let rest = if first == self.last { String::new() } else { format!(":{}", self.last) };
        format!("'{sheet}'!{first}{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
