//! What is asked for in cells that somebody fills in.

use super::cell::Range;
use crate::day::Day;
use crate::finding::CellRef;
use crate::points::Quantity;

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
