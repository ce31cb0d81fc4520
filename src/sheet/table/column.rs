//! A column, and what a row says in it.

use crate::sheet::{Align, Ask, Level, Value};

/// A column of a table whose rows are made of `T`s.
pub struct Column<'a, T> {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) group: String,
    pub(super) width: f64,
    pub(super) align: Align,
    pub(super) span: u32,
    pub(super) is_pinned: bool,
    pub(super) counts: bool,
    pub(super) entry: Box<dyn Fn(&T) -> Entry + Send + Sync + 'a>,
    pub(super) total: Total,
    pub(super) ask: Option<Ask>,
}

pub(super) enum Total {
    Blank,
    Sum,
    Entry(Entry),
}

/// What a row says in a column. Its level is the row's and its alignment the
/// column's, where it has none of its own.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub(super) value: Value,
    pub(super) level: Option<Level>,
    pub(super) align: Option<Align>,
    pub(super) note: Option<String>,
    pub(super) ask: Option<Ask>,
    pub(super) span: u32,
}

impl<V: Into<Value>> From<V> for Entry {
    fn from(value: V) -> Entry {
        Entry { value: value.into(), ..Entry::default() }
    }
}

impl Entry {
    /// A cell that is meant to be empty.
    pub fn blank() -> Entry {
        Entry::default()
    }

    /// There is no value: a dash in the centre.
    pub fn dash() -> Entry {
        Entry { align: Some(Align::Center), ..Entry::from("–") }
    }

    /// The value, or a dash.
    pub fn or_dash<V: Into<Entry>>(value: Option<V>) -> Entry {
        value.map_or_else(Entry::dash, V::into)
    }

    /// The value alone.
    pub fn into_value(self) -> Value {
        self.value
    }

    /// A formula by names of columns, and its value.
    pub fn formula(formula: impl Into<String>, result: impl Into<Value>) -> Entry {
        Entry::from(Value::Formula(formula.into(), Box::new(result.into())))
    }

    #[must_use]
    pub fn at(mut self, level: Level) -> Entry {
        self.level = Some(level);
        self
    }

    #[must_use]
    pub fn aligned(mut self, align: Align) -> Entry {
        self.align = Some(align);
        self
    }

    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Entry {
        self.note = Some(note.into());
        self
    }

    /// Over so many columns of the sheet; of rows below a body.
    #[must_use]
    pub fn spanning(mut self, columns: u32) -> Self {
        self.span = columns;
        self
    }

    /// What may be typed in its place; of tables that are written at once.
    #[must_use]
    pub fn asking(mut self, ask: impl Into<Option<Ask>>) -> Self {
        self.ask = ask.into();
        self
    }
}

impl<'a, T> Column<'a, T> {
    fn new(
        label: impl Into<String>,
        width: f64,
        align: Align,
        entry: impl Fn(&T) -> Entry + Send + Sync + 'a,
    ) -> Column<'a, T> {
        let label = label.into();
        Column {
            key: label.clone(),
            label,
            group: String::new(),
            width,
            align,
            span: 1,
            is_pinned: false,
            counts: false,
            entry: Box::new(entry),
            total: Total::Blank,
            ask: None,
        }
    }

    /// The numbers of the rows, from 1.
    pub fn counter(label: impl Into<String>, width: f64) -> Column<'a, T> {
        Column { counts: true, ..Column::code(label, width, |_| Entry::blank()) }
    }

    /// A column of words.
    pub fn words(
        label: impl Into<String>,
        width: f64,
        entry: impl Fn(&T) -> Entry + Send + Sync + 'a,
    ) -> Column<'a, T> {
        Column::new(label, width, Align::Left, entry)
    }

    /// A column of codes, ranks or days.
    pub fn code(
        label: impl Into<String>,
        width: f64,
        entry: impl Fn(&T) -> Entry + Send + Sync + 'a,
    ) -> Column<'a, T> {
        Column::new(label, width, Align::Center, entry)
    }

    /// A column of numbers.
    pub fn number(
        label: impl Into<String>,
        width: f64,
        entry: impl Fn(&T) -> Entry + Send + Sync + 'a,
    ) -> Column<'a, T> {
        Column::new(label, width, Align::Right, entry)
    }

    /// The name formulas call it by, where the label is not one of a kind.
    #[must_use]
    pub fn called(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// Under a heading that it shares with its neighbours.
    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// Over so many columns of the sheet, the first as wide as said.
    #[must_use]
    pub fn spanning(mut self, columns: u32) -> Self {
        self.span = columns;
        self
    }

    /// Says which row it is: stays in view as long as it stands among the first
    /// columns and they leave room for others.
    #[must_use]
    pub fn pinned(mut self) -> Self {
        self.is_pinned = true;
        self
    }

    /// What may be typed into its cells.
    #[must_use]
    pub fn asking(mut self, ask: impl Into<Option<Ask>>) -> Self {
        self.ask = ask.into();
        self
    }

    /// Added up under the body.
    #[must_use]
    pub fn summed(mut self) -> Self {
        self.total = Total::Sum;
        self
    }

    /// What stands under the body.
    #[must_use]
    pub fn total(mut self, entry: impl Into<Entry>) -> Self {
        self.total = Total::Entry(entry.into());
        self
    }
}
