//! A page → the header of its table of scores: the column of every heading that
//! is known, and nothing chosen between two.

use std::collections::BTreeMap;

use super::cell::shown;
use crate::book::{Page, RawCell, RawValue};
use crate::finding::CellRef;
use crate::form::layout::Column;
use crate::round::criteria::ItemCode;
use crate::round::heading::{Headings, Known};
use crate::text;

/// The header of a table.
#[derive(Debug)]
pub(super) struct Header {
    /// The zero-based row of the header; the first, where it has several.
    pub(super) head: u32,
    /// The first row below the header.
    pub(super) body: u32,
    pub(super) columns: BTreeMap<Column, u32>,
    /// Columns whose label, or another word for it, stands over one more.
    pub(super) doubled: Vec<(Column, u32)>,
}

/// A heading that is known.
#[derive(Clone, Copy)]
struct Label {
    column: Column,
    known: Known,
    col: u32,
}

/// A header is looked for in this many rows at the top of a page, and has at
/// least this many labels of ours.
const HEAD_WITHIN: u32 = 200;
const LABELS: usize = 3;

/// Longer texts than this are not looked up as labels.
const LABEL_MAX: usize = 120;

/// The most bytes of a column's number, `(10)`.
const NUMBERED: usize = 8;

/// A column holds codes where at least so many of its cells do.
const CODES: usize = 2;

pub(super) fn find(page: &Page, headings: &Headings) -> Option<Header> {
    let finder = Finder { page, headings };
    // Titles and notes stand alone in their rows.
    let is_wide = |row: &u32| LABELS <= 1 + page.row(*row).take(LABELS).count();
    let rows = page.rows().take_while(|row| *row < HEAD_WITHIN).filter(is_wide);
    let mut rows = rows.map(|row| (row, finder.labels(row, None)));
    let (head, first) = rows.find(|(row, first)| finder.is_head(*row, first))?;
    Some(finder.header(head, &first))
}

/// What a column's heading says, and where: the lowest of those above the body.
pub(super) fn heading(page: &Page, header: &Header, col: u32) -> Option<(CellRef, String)> {
    let rows = (header.head..header.body).rev().filter(|row| !is_numbering(page, *row));
    let mut cells = rows.map(|row| CellRef::new(row, col));
    let said = |at: CellRef| Some((at, page.cells.get(&at).map(shown)?));
    cells.find_map(|at| said(at).filter(|(_, found)| !found.is_empty()))
}

struct Finder<'a> {
    page: &'a Page,
    headings: &'a Headings,
}

impl Finder<'_> {
    /// The known headings of a row. One that is not known by itself may be the
    /// second part of one that begins above: `Điểm` over `chuẩn`.
    fn labels(&self, row: u32, above: Option<u32>) -> Vec<Label> {
        let label = |col: u32, cell: &RawCell| {
            let RawValue::Text(raw) = &cell.value else { return None };
            if LABEL_MAX < raw.len() {
                return None;
            }
            let own = shown(cell);
            let joined = || {
                let above = self.page.row(above?).take_while(|(at, _)| *at <= col).last();
                let above = above.map(|(_, cell)| shown(cell)).filter(|it| !it.is_empty());
                let is_known = |it: &String| self.headings.column(it).is_some();
                let above = above.filter(|above| !is_known(above))?;
                self.headings.column(&format!("{above} {own}"))
            };
            let (column, known) = self.headings.column(&own).or_else(joined)?;
            Some(Label { column, known, col })
        };
        self.page.row(row).filter_map(|(col, cell)| label(col, cell)).collect()
    }

    /// Whether a row is the header, or the first of its two rows.
    fn is_head(&self, row: u32, labels: &[Label]) -> bool {
        let count = |labels: &[Label]| {
            let is_there = |column: &&Column| labels.iter().any(|it| it.column == **column);
            Column::ALL.iter().filter(is_there).count()
        };
        let own = count(labels);
        if LABELS <= own || own + 1 < LABELS {
            return LABELS <= own;
        }
        let below = self.labels(row + 1, Some(row));
        let is_apart = below.iter().all(|it| labels.iter().all(|above| above.col != it.col));
        is_apart && LABELS <= count(&[labels, &below].concat())
    }

    fn header(&self, head: u32, first: &[Label]) -> Header {
        let columns = BTreeMap::new();
        let mut header = Header { head, body: head + 1, columns, doubled: Vec::new() };
        for column in Column::ALL {
            let all: Vec<Label> = first.iter().filter(|it| it.column == column).copied().collect();
            let kept = self.kept(column, &all, head);
            header.columns.extend(kept.first().map(|it| (column, it.col)));
            header.doubled.extend(kept.iter().skip(1).map(|it| (column, it.col)));
        }
        if !header.columns.contains_key(&Column::Code) {
            let col = self.coded_col(&header);
            header.columns.extend(col.map(|col| (Column::Code, col)));
        }
        self.second_row(&mut header, first);
        while is_numbering(self.page, header.body) {
            header.body += 1;
        }
        header
    }

    /// The headings of a column that may be it. A remark that a unit added is no
    /// second explanation, and only one column of numbers holds the codes.
    fn kept(&self, column: Column, all: &[Label], head: u32) -> Vec<Label> {
        let best = all.iter().map(|it| it.known).min();
        let is_kept = |it: &&Label| match column {
            // Points are asked about wherever two columns may hold them.
            Column::Score | Column::Max => true,
            Column::Explanation if best == Some(Known::Printed) => it.known == Known::Printed,
            _ => it.known != Known::Words || best == Some(Known::Words),
        };
        let mut kept: Vec<Label> = all.iter().filter(is_kept).copied().collect();
        if 1 < kept.len() && column == Column::Code {
            let is_coded = |it: &&Label| CODES <= self.codes(it.col, head + 1);
            let coded: Vec<Label> = kept.iter().filter(is_coded).copied().collect();
            if let [only] = coded.as_slice() {
                kept = vec![*only];
            }
        }
        // Nothing is taken from a title.
        if column == Column::Title && best == Some(Known::Words) {
            kept.truncate(1);
        }
        kept
    }

    /// How many cells of a column, from a row on, hold a code below an area's.
    fn codes(&self, col: u32, from: u32) -> usize {
        let rows = self.page.rows().filter(|row| from <= *row);
        let cells = rows.filter_map(|row| self.page.get(row, col));
        let is_code = |cell: &&RawCell| match &cell.value {
            RawValue::Text(raw) if raw.len() <= LABEL_MAX => {
                shown(cell).parse().is_ok_and(|code: ItemCode| 1 < code.level())
            }
            _ => false,
        };
        cells.filter(is_code).take(CODES).count()
    }

    /// The one column without a heading that holds codes.
    fn coded_col(&self, header: &Header) -> Option<u32> {
        let Header { head, body, .. } = *header;
        let is_headed = |col: u32| {
            let cell = self.page.get(head, col);
            cell.is_some_and(|cell| !shown(cell).is_empty())
        };
        let first = header.columns.values().max().copied().unwrap_or_default();
        let mut coded =
            (0..=first).filter(|col| !is_headed(*col) && CODES <= self.codes(*col, body));
        coded.next().filter(|_| coded.next().is_none())
    }

    /// A header of two rows has its finer labels in the second. Below a label
    /// there may be the first line, whose title has any words.
    fn second_row(&self, header: &mut Header, first: &[Label]) {
        let row = header.body;
        let code = header.columns.get(&Column::Code).and_then(|col| self.page.get(row, *col));
        if code.is_some_and(|cell| shown(cell).parse::<ItemCode>().is_ok()) {
            return;
        }
        for Label { column, col, .. } in self.labels(row, Some(header.head)) {
            let is_under = first.iter().any(|it| it.col == col && it.column != column);
            if !is_under && *header.columns.entry(column).or_insert(col) == col {
                header.body = row + 1;
            }
        }
    }
}

/// Whether a row only numbers the columns: `(1)`, `(2)`, `(3)`, or `A`, `B`, `1`.
fn is_numbering(page: &Page, row: u32) -> bool {
    let is_short = |cell: &RawCell| match &cell.value {
        RawValue::Text(raw) => raw.len() <= NUMBERED,
        _ => true,
    };
    if !page.row(row).all(|(_, cell)| is_short(cell)) {
        return false;
    }
    let cells = page.row(row).map(|(_, cell)| text::key(&shown(cell)));
    let cells: Vec<String> = cells.filter(|it| !it.is_empty()).collect();
    let is_letter = |it: &str| it.len() == 1 && it.chars().all(char::is_alphabetic);
    let numbers = cells.iter().filter(|it| !is_letter(it)).map(|it| it.parse::<u32>());
    let numbers: Option<Vec<u32>> = numbers.map(Result::ok).collect();
    let is_counting = |numbers: Vec<u32>| {
        2 <= numbers.len()
            && numbers.first() == Some(&1)
            && numbers.windows(2).all(|it| it[1] == it[0] + 1)
    };
    LABELS <= cells.len() && numbers.is_some_and(is_counting)
}
