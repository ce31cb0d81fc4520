//! The columns that a table should have → the row of its header.

use super::cells::shown;
use crate::book::{Page, RawValue};
use crate::finding::Code;
use crate::text;

/// A column by its label, compared by `text::key`.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub label: &'static str,
    /// The table is refused without it.
    pub is_needed: bool,
}

/// The codes under which a table's findings are made.
#[derive(Clone, Copy, Debug)]
pub struct Codes {
    /// A needed column, or the whole table, is not there.
    pub missing: Code,
    /// A labelled column is none of the table's; `None` leaves such columns
    /// alone.
    pub unknown: Option<Code>,
    /// A cell holds another kind of value than its column.
    pub invalid: Code,
    /// Excel turned a code into a number or a date.
    pub mangled: Code,
}

/// The codes of the round's own files.
pub const ROUND: Codes = Codes {
    missing: Code::TableColumnMissing,
    unknown: Some(Code::TableColumnUnknown),
    invalid: Code::TableCellInvalid,
    mangled: Code::TableCodeMangled,
};

/// A header is looked for in this many rows at the top of the page.
const HEAD_WITHIN: u32 = 200;

impl Column {
    pub const fn needed(label: &'static str) -> Column {
        Column { label, is_needed: true }
    }

    pub const fn optional(label: &'static str) -> Column {
        Column { label, is_needed: false }
    }
}

/// The rows of a page that could be the header of such a table.
pub(super) struct Heads {
    /// The row that holds most of the labels, the first of equals; at least two,
    /// because one word alone may stand in any heading.
    pub(super) head: Option<u32>,
    /// Every row with all needed labels but one, and at least two.
    pub(super) like: Vec<Like>,
}

/// A row that looks like the header of a table.
#[derive(Clone, Copy)]
pub(super) struct Like {
    pub(super) row: u32,
    /// Every needed label stands there, or one of them nearly: a contact list
    /// has some columns of the register and is none.
    is_whole: bool,
}

/// Every text of the page is looked at once, and keyed only where it is as long
/// as a label: tables have thousands of rows.
pub(super) fn heads(page: &Page, columns: &[Column]) -> Heads {
    let keys: Vec<String> = columns.iter().map(|it| text::key(it.label)).collect();
    let lengths: Vec<usize> = columns.iter().map(|it| text::letters(it.label)).collect();
    let is_needed = |at: usize| columns[at].is_needed || columns.len() == 1;
    let needed = (0..columns.len()).filter(|at| is_needed(*at)).count();
    let (least, least_like) = (keys.len().min(2), needed.saturating_sub(1).max(2));
    let mut best: Option<(u32, usize)> = None;
    let mut like = Vec::new();
    for row in page.rows() {
        let mut found = vec![false; keys.len()];
        for (_, cell) in page.row(row) {
            let RawValue::Text(raw) = &cell.value else { continue };
            // In another encoding a letter may look like a sign.
            if cell.encoding.is_none() && !lengths.contains(&text::letters(raw)) {
                continue;
            }
            let label = text::key(&shown(cell));
            for (at, key) in keys.iter().enumerate() {
                found[at] |= *key == label;
            }
        }
        let hits = found.iter().filter(|it| **it).count();
        let is_better = best.is_none_or(|(_, most)| most < hits);
        if row < HEAD_WITHIN && least <= hits && is_better {
            best = Some((row, hits));
        }
        let mut lacking = (0..keys.len()).filter(|at| !found[*at] && is_needed(*at));
        if least_like + lacking.clone().count() <= needed {
            let is_near = |at: usize| {
                let shown = page.row(row).map(|(_, cell)| shown(cell));
                shown.into_iter().any(|it| text::nearest(&it, [columns[at].label]).is_some())
            };
            like.push(Like { row, is_whole: lacking.all(is_near) });
        }
    }
    Heads { head: best.map(|(row, _)| row), like }
}

/// Whether the page has a row that could be the header of such a table.
pub(super) fn has_like(page: &Page, columns: &[Column]) -> bool {
    heads(page, columns).like.iter().any(|it| it.is_whole)
}
