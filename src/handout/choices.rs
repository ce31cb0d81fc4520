//! The very hidden sheet behind drop-downs: lists of values, one a column.
//!
//! Drop-downs point at cells because decimals in an inline list are read by the
//! comma or point of the reader's own Excel.

use crate::finding::CellRef;
use crate::form::layout;
use crate::sheet::{Cell, Level, Range, Row, Sheet, State, Value};

/// Lists that drop-downs offer, each once, in order of first use.
#[derive(Debug, Default)]
pub(super) struct Choices(Vec<Vec<Value>>);

impl Choices {
    /// The cells that hold `values`; `None` of an empty one.
    pub(super) fn range(&mut self, values: Vec<Value>) -> Option<Range> {
        let last = number(values.len()).checked_sub(1)?;
        let known = self.0.iter().position(|it| *it == values);
        let col = number(known.unwrap_or(self.0.len()));
        if known.is_none() {
            self.0.push(values);
        }
        let (first, last) = (CellRef::new(0, col), CellRef::new(last, col));
        Some(Range { sheet: layout::LISTS.to_owned(), first, last })
    }

    pub(super) fn sheet(&self) -> Sheet {
        let height = self.0.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |list: &Vec<Value>, at: usize| {
            Cell::new(list.get(at).cloned().unwrap_or_default(), Level::Plain)
        };
        let row = |at| Row::new(self.0.iter().map(|list| cell(list, at)).collect());
        Sheet {
            name: layout::LISTS.to_owned(),
            rows: (0..height).map(row).collect(),
            state: State::VeryHidden,
            is_protected: true,
            ..Sheet::default()
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a list of choices is far shorter than 2^32")
}
