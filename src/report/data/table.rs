//! A table of data: columns that say what they hold, and rows that are made one
//! by one while they are written.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::points::{Percent, Points, Quantity};
use crate::text::csv;

/// What a row has in a column.
pub(super) enum Datum<'a> {
    Blank,
    Text(Cow<'a, str>),
    Whole(i64),
    /// With so many decimals.
    Number(Quantity, u32),
}

/// What a column is called, in which measure its values are, and what they mean.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) name: &'static str,
    pub(super) measure: &'static str,
    pub(super) meaning: &'static str,
}

/// A column of a table whose rows are `T`s.
pub(super) struct Column<'a, T> {
    head: Head,
    datum: Box<dyn Fn(&T) -> Datum<'a> + Send + Sync + 'a>,
}

impl<'a, T> Column<'a, T> {
    pub(super) fn new<D: Into<Datum<'a>>>(
        name: &'static str,
        measure: &'static str,
        meaning: &'static str,
        datum: impl Fn(&T) -> D + Send + Sync + 'a,
    ) -> Column<'a, T> {
        let head = Head { name, measure, meaning };
        Column { head, datum: Box::new(move |row| datum(row).into()) }
    }
}

/// A table of data, one observation a row.
pub struct Data<'a> {
    /// The file's name below the folder of data.
    pub name: &'static str,
    pub(super) about: &'static str,
    pub(super) heads: Vec<Head>,
    rows: WriteRows<'a>,
}

/// What writes the rows of a table, one by one.
type WriteRows<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'a>;

impl<'a> Data<'a> {
    pub(super) fn new<T: 'a, I: Iterator<Item = T>>(
        name: &'static str,
        about: &'static str,
        columns: Vec<Column<'a, T>>,
        rows: impl Fn() -> I + Send + Sync + 'a,
    ) -> Data<'a> {
        let heads = columns.iter().map(|it| it.head).collect();
        let write = move |out: &mut dyn Write| {
            let mut line = String::new();
            for row in rows() {
                line.clear();
                for (at, column) in columns.iter().enumerate() {
                    if 0 < at {
                        line.push(',');
                    }
                    (column.datum)(&row).push_to(&mut line);
                }
                line.push('\n');
                out.write_all(line.as_bytes())?;
            }
            Ok(())
        };
        Data { name, about, heads, rows: Box::new(write) }
    }

    /// Writes the whole file: UTF-8 with the mark by which Excel knows it, a
    /// line of names, a line a row.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        let mut head = "\u{feff}".to_owned();
        csv::line(&mut head, self.heads.iter().map(|it| it.name));
        out.write_all(head.as_bytes())?;
        (self.rows)(&mut out)
    }
}

impl Datum<'_> {
    fn push_to(self, line: &mut String) {
        match self {
            Datum::Blank => {}
            Datum::Text(text) => csv::field(line, &csv::harmless(&text)),
            Datum::Whole(number) => line.push_str(&number.to_string()),
            Datum::Number(number, places) => line.push_str(&number.points().data(places)),
        }
    }
}

impl<'a> From<&'a str> for Datum<'a> {
    fn from(text: &'a str) -> Datum<'a> {
        Datum::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Datum<'a> {
    fn from(text: &'a String) -> Datum<'a> {
        Datum::from(text.as_str())
    }
}

impl From<String> for Datum<'_> {
    fn from(text: String) -> Self {
        Datum::Text(Cow::Owned(text))
    }
}

impl From<i64> for Datum<'_> {
    fn from(number: i64) -> Self {
        Datum::Whole(number)
    }
}

impl From<u32> for Datum<'_> {
    fn from(number: u32) -> Self {
        Datum::Whole(number.into())
    }
}

impl From<usize> for Datum<'_> {
    fn from(number: usize) -> Self {
        Datum::Whole(i64::try_from(number).expect("a list in memory is shorter than 2^63"))
    }
}

impl From<(Points, u32)> for Datum<'_> {
    fn from((points, places): (Points, u32)) -> Self {
        Datum::Number(points.quantity(), places)
    }
}

impl From<(Percent, u32)> for Datum<'_> {
    fn from((percent, places): (Percent, u32)) -> Self {
        Datum::Number(percent.quantity(), places)
    }
}

/// Nothing is an empty field.
impl<'a, D: Into<Datum<'a>>> From<Option<D>> for Datum<'a> {
    fn from(it: Option<D>) -> Datum<'a> {
        it.map_or(Datum::Blank, D::into)
    }
}
