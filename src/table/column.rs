//! The columns that a table should have → the row of its header.

use super::cells::shown;
use crate::book::Page;
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

/// The row that holds most of the labels, the first of equals; at least two,
/// because one word alone may stand in any heading.
pub(super) fn head_row(page: &Page, columns: &[Column]) -> Option<u32> {
    let keys: Vec<String> = columns.iter().map(|it| text::key(it.label)).collect();
    let least = keys.len().min(2);
    let mut best: Option<(u32, usize)> = None;
    for row in page.rows().take_while(|row| *row < HEAD_WITHIN) {
        let hits = hits(page, row, &keys);
        if least <= hits && best.is_none_or(|(_, most)| most < hits) {
            best = Some((row, hits));
        }
    }
    best.map(|(row, _)| row)
}

/// How many of the labels stand in a row.
pub(super) fn hits(page: &Page, row: u32, keys: &[String]) -> usize {
    let labels: Vec<String> = page.row(row).map(|(_, cell)| text::key(&shown(cell))).collect();
    keys.iter().filter(|key| labels.contains(key)).count()
}

/// The row, after the one given, that could be the header of such a table: all
/// needed labels but one, and at least two.
pub(super) fn like_head(page: &Page, columns: &[Column], after: Option<u32>) -> Option<u32> {
    let needed = columns.iter().filter(|it| it.is_needed || columns.len() == 1);
    let keys: Vec<String> = needed.map(|it| text::key(it.label)).collect();
    let least = keys.len().saturating_sub(1).max(2);
    let mut rows = page.rows().filter(|row| after.is_none_or(|after| after < *row));
    rows.find(|row| least <= hits(page, *row, &keys))
}
