//! What stands on a table's page and is not read with it: columns without a
//! label, a second table, values that are struck through, remarks. Whatever
//! reads a table, this says what was left.

use super::cells::shown;
use super::column::{Codes, Column, Like};
use super::looks::say_swapped;
use crate::book::{Book, Page, RawCell, RawValue};
use crate::finding::{CellRef, Finding, Findings, cell};
use crate::text;

/// How many cells a finding names.
const NAMED: usize = 5;

/// A table and its page.
pub(super) struct Rest<'a> {
    pub(super) book: &'a Book,
    pub(super) page: &'a Page,
    pub(super) head: u32,
    /// The rows that could be the header of such a table.
    pub(super) like: &'a [Like],
    pub(super) columns: &'a [(&'static str, u32)],
}

impl Rest<'_> {
    /// Says everything that the table's reader will not see. `false` when the
    /// table must not be read as it is.
    pub(super) fn say(&self, columns: &[Column], codes: Codes, findings: &mut Findings) -> bool {
        let before = findings.len();
        if let Some(Like { row, .. }) = self.like.iter().find(|it| self.head < it.row).copied() {
            let place = self.book.cell_place(self.page, CellRef::new(row, self.first_col()));
            findings.say(place, cell::TableTwice { head: self.head + 1 });
        }
        if codes.unknown.is_none() {
            self.misspelt(columns, findings);
        }
        self.struck(findings);
        let is_sound = !findings[before..].iter().any(Finding::is_error);
        self.unlabelled(findings);
        self.remarks(findings);
        say_swapped((self.book, self.page), self.head, self.columns, findings);
        is_sound
    }

    /// A column that need not be there, under a label that is nearly its own.
    fn misspelt(&self, columns: &[Column], findings: &mut Findings) {
        let is_there = |label: &str| self.columns.iter().any(|(own, _)| *own == label);
        let absent: Vec<&str> =
            columns.iter().map(|it| it.label).filter(|label| !is_there(label)).collect();
        for (col, found) in self.page.row(self.head) {
            let label = shown(found);
            let is_own = self.columns.iter().any(|(_, own)| *own == col);
            if is_own {
                continue;
            }
            let place = self.book.cell_place(self.page, CellRef::new(self.head, col));
            let near = text::nearest(&label, absent.iter().copied());
            let own = self.columns.iter().find(|(own, _)| text::is_more_of(&label, own));
            if near.is_some() {
                findings.say(place, cell::ColumnMisspelt { label: &label, near });
            } else if let Some((own, _)) = own {
                findings.say(place, cell::ColumnBeside { found: &label, label: *own });
            }
        }
    }

    /// A value with a line through it is taken back for whoever sees it.
    fn struck(&self, findings: &mut Findings) {
        let is_here = |at: &CellRef| self.head < at.row && self.is_column(at.col);
        let struck = self.page.cells.iter().filter(|(at, it)| it.is_struck && is_here(at));
        let mut last = None;
        for (at, found) in struck {
            if last.replace(at.row) != Some(at.row) {
                let place = self.book.cell_place(self.page, *at);
                findings.say(place, cell::Struck { found: shown(found) });
            }
        }
    }

    /// Cells beside the table's rows, and numbers anywhere, in columns that have
    /// no label. A title, a note or a signature under the table is none of them.
    fn unlabelled(&self, findings: &mut Findings) {
        let below = CellRef::new(self.head + 1, 0)..;
        let is_counted = |at: &CellRef, found: &RawCell| {
            let is_beside = || self.page.row(at.row).any(|(col, _)| self.is_column(col));
            !shown(found).is_empty()
                && !self.is_labelled(at.col)
                && (matches!(found.value, RawValue::Number(_)) || is_beside())
        };
        let left = self.page.cells.range(below).filter(|(at, found)| is_counted(at, found));
        let left: Vec<CellRef> = left.map(|(at, _)| *at).collect();
        if let Some(first) = left.first() {
            let place = self.book.cell_place(self.page, *first);
            findings.say(place, cell::Unlabelled { count: left.len(), cells: named(&left) });
        }
    }

    /// What people pinned to cells of the table may hold a decision.
    fn remarks(&self, findings: &mut Findings) {
        let is_here = |at: &CellRef| self.head < at.row && self.is_column(at.col);
        let here = self.page.remarks.iter().filter(|(at, _)| is_here(at));
        let here: Vec<(CellRef, &String)> = here.map(|(at, remark)| (*at, remark)).collect();
        if let Some((first, _)) = here.first() {
            let told = here.iter().take(NAMED);
            let told: Vec<String> =
                told.map(|(at, remark)| format!("{at} «{}»", text::clean(remark))).collect();
            let place = self.book.cell_place(self.page, *first);
            findings.say(place, cell::Remarked { count: here.len(), remarks: told });
        }
    }

    fn is_column(&self, col: u32) -> bool {
        self.columns.iter().any(|(_, own)| *own == col)
    }

    fn is_labelled(&self, col: u32) -> bool {
        let label = self.page.get(self.head, col).map(shown).unwrap_or_default();
        self.is_column(col) || !text::key(&label).is_empty()
    }

    fn first_col(&self) -> u32 {
        self.columns.first().map_or(0, |(_, col)| *col)
    }
}

fn named(cells: &[CellRef]) -> Vec<String> {
    let mut names: Vec<String> = cells.iter().take(NAMED).map(CellRef::to_string).collect();
    if NAMED < cells.len() {
        names.push("…".to_owned());
    }
    names
}
