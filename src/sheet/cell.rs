//! Rows of cells with values and roles.

use super::role::{Level, Role};
use crate::day::Day;
use crate::finding::CellRef;
use crate::points::{Percent, Points, Quantity};

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

/// A block of cells on a named sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub sheet: String,
    pub first: CellRef,
    pub last: CellRef,
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
