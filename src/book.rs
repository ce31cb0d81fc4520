//! A workbook as found: pages of cells with their addresses, nothing judged.
//!
//! Forms, criteria sets, registers, appraisals and survey results are all
//! workbooks; one reader makes a [`Book`] of each, and each room above turns a
//! `Book` into its own checked value.

use std::collections::BTreeMap;

use crate::finding::{CellRef, Place};
use crate::text::legacy::Encoding;

/// What a workbook says.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The path inside the round's folder, with `/` on every system.
    pub file: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    pub pages: Vec<Page>,
}

/// One sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub name: String,
    pub is_hidden: bool,
    /// Every cell that holds anything, in row order. Cells of nothing but
    /// blanks are left out.
    pub cells: BTreeMap<CellRef, RawCell>,
    /// The remarks that people pinned to cells (ghi chú, nhận xét).
    pub remarks: BTreeMap<CellRef, String>,
}

/// One cell as found.
#[derive(Clone, Debug, PartialEq)]
pub struct RawCell {
    pub value: RawValue,
    /// The value is the stored result of a formula.
    pub is_formula: bool,
    /// The encoding of before Unicode that the cell's font implies.
    pub encoding: Option<Encoding>,
    /// A line is drawn through all of the value or a part of it.
    pub is_struck: bool,
    /// A number that its format shows a hundred times as large, with a %.
    pub is_percent: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    Number(f64),
    /// Exactly as stored: not trimmed, not normalised.
    Text(String),
    Bool(bool),
    /// A number that its format shows as a date: the Excel serial number, in
    /// the 1900 system.
    Date(f64),
    /// An error value such as `#REF!`.
    Error(String),
    /// A formula whose result was never stored.
    Missing,
}

impl Book {
    pub fn page(&self, name: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.name == name)
    }

    /// The place of a whole page of this book.
    pub fn place(&self, page: &Page) -> Place {
        Place::sheet(&self.file, &page.name)
    }

    pub fn cell_place(&self, page: &Page, at: CellRef) -> Place {
        Place::cell(&self.file, &page.name, at)
    }
}

impl Page {
    pub fn get(&self, row: u32, col: u32) -> Option<&RawCell> {
        self.cells.get(&CellRef { row, col })
    }

    /// The cells of one row, left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &RawCell)> {
        let from = CellRef { row, col: 0 };
        let to = CellRef { row, col: u32::MAX };
        self.cells.range(from..=to).map(|(at, cell)| (at.col, cell))
    }

    /// The rows that hold anything, top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        let mut last = None;
        self.cells.keys().filter_map(move |at| {
            let is_new = last != Some(at.row);
            last = Some(at.row);
            is_new.then_some(at.row)
        })
    }
}

impl RawCell {
    /// The text as it was typed, with its lines, if the cell holds one that needs
    /// no decoding.
    pub fn typed(&self) -> Option<&str> {
        match &self.value {
            RawValue::Text(raw) if self.encoding.is_none() => Some(raw.trim()),
            _ => None,
        }
    }

    /// A plain value, neither computed nor in a legacy font.
    pub fn plain(value: RawValue) -> RawCell {
        RawCell { value, is_formula: false, encoding: None, is_struck: false, is_percent: false }
    }
}
