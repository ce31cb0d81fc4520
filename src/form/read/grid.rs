//! A workbook → the table of scores in it, found by its labels, with its rows
//! sorted by what their code cells say.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::LazyLock;

use super::cell::shown;
use super::header::{self, Header};
use crate::book::{Book, Page, RawCell, RawValue};
use crate::finding::CellRef;
use crate::form::layout;
use crate::form::layout::Column;
use crate::points::Quantity;
use crate::round::criteria::{CriteriaSet, ItemCode, Node};
use crate::round::heading::Headings;
use crate::table;
use crate::text;

/// The table of scores, as found.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    pub(super) page: &'a Page,
    header: Header,
    /// The rows of each code.
    pub(super) rows: BTreeMap<ItemCode, Vec<u32>>,
    /// Rows whose code Excel, or a hand, has changed beyond certainty.
    pub(super) mangled: Vec<u32>,
    /// Rows of the table without a code: levels, remarks, inserted rows.
    pub(super) loose: Vec<u32>,
    pub(super) total: Option<u32>,
}

/// How a table of scores is looked for.
pub(super) enum Search<'a> {
    None,
    Found(Box<Grid<'a>>),
    /// More than one page has one: the first, and the names of the others.
    Several(Box<Grid<'a>>, Vec<&'a str>),
}

/// What the last row of the table is called.
const TOTALS: &[&str] = &[layout::TOTAL, "Tổng", "Tổng điểm", "Tổng số", "Cộng", "Tổng số điểm"];

/// Looks for the table on every page that may hold it. A page whose header has a
/// score column comes before one whose header has lost it.
pub(super) fn find<'a>(book: &'a Book, headings: &Headings) -> Search<'a> {
    let pages = book.pages.iter().filter(|page| layout::may_hold_claims(&page.name));
    let grids: Vec<Grid<'_>> = pages.filter_map(|page| grid(page, headings)).collect();
    let is_scored = |grid: &Grid<'_>| {
        grid.columns.contains_key(&Column::Score) && grid.columns.contains_key(&Column::Code)
    };
    let (scored, others): (Vec<Grid<'_>>, Vec<Grid<'_>>) =
        grids.into_iter().partition(|grid| is_scored(grid) && !grid.rows.is_empty());
    let mut scored = scored.into_iter();
    if let Some(first) = scored.next() {
        let others: Vec<&str> = scored.map(|grid| grid.page.name.as_str()).collect();
        let first = Box::new(first);
        return if others.is_empty() {
            Search::Found(first)
        } else {
            Search::Several(first, others)
        };
    }
    let best = others.into_iter().max_by_key(|grid| grid.columns.len());
    best.map_or(Search::None, |grid| Search::Found(Box::new(grid)))
}

/// The keys of [`TOTALS`].
static TOTAL_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| TOTALS.iter().copied().map(text::key).collect());

fn grid<'a>(page: &'a Page, headings: &Headings) -> Option<Grid<'a>> {
    let header = header::find(page, headings)?;
    let mut grid = Grid {
        page,
        header,
        rows: BTreeMap::new(),
        mangled: Vec::new(),
        loose: Vec::new(),
        total: None,
    };
    grid.sort_rows();
    Some(grid)
}

/// A table's columns are its header's.
impl Deref for Grid<'_> {
    type Target = Header;

    fn deref(&self) -> &Header {
        &self.header
    }
}

impl Grid<'_> {
    /// The cell of a column in a row, if the table has the column.
    pub(super) fn at(&self, row: u32, column: Column) -> Option<CellRef> {
        self.columns.get(&column).map(|col| CellRef::new(row, *col))
    }

    /// What a column's heading says, and where.
    pub(super) fn heading(&self, col: u32) -> Option<(CellRef, String)> {
        header::heading(self.page, &self.header, col)
    }

    /// The row of a code that has exactly one.
    pub(super) fn row(&self, code: ItemCode) -> Option<u32> {
        match self.rows.get(&code).map(Vec::as_slice) {
            Some([row]) => Some(*row),
            _ => None,
        }
    }

    /// What a cell of the table shows; empty when it is blank.
    pub(super) fn shown(&self, row: u32, column: Column) -> String {
        let cell = self.at(row, column).and_then(|at| self.page.cells.get(&at));
        cell.map(shown).unwrap_or_default()
    }

    fn sort_rows(&mut self) {
        let Some(code) = self.columns.get(&Column::Code).copied() else { return };
        let below: Vec<u32> = self.page.rows().filter(|row| self.body <= *row).collect();
        for row in below {
            match self.page.get(row, code).map_or(Coded::Not, coded) {
                Coded::As(code) => self.rows.entry(code).or_default().push(row),
                Coded::Mangled => self.mangled.push(row),
                Coded::Not if self.is_total(row) => self.total = self.total.or(Some(row)),
                // Below the total there are signatures, not levels.
                Coded::Not if self.total.is_none() => self.loose.push(row),
                Coded::Not => {}
            }
        }
    }

    /// Takes a row whose code was changed for the one line of the set that it can
    /// be by its title and by what is left of the code. Gives those rows
    /// and their codes.
    pub(super) fn restore(&mut self, set: &CriteriaSet) -> Vec<(u32, ItemCode)> {
        let mut restored = Vec::new();
        for row in std::mem::take(&mut self.mangled) {
            let title = text::key(&self.shown(row, Column::Title));
            let cell = self.at(row, Column::Code).and_then(|at| self.page.cells.get(&at));
            // How the line is scored may be printed behind its title.
            let mut lines = set.nodes.iter().filter(|node| {
                !self.rows.contains_key(&node.code())
                    && cell.is_some_and(|cell| may_have_been(cell, node.code()))
                    && title.starts_with(&text::key(node.title()))
            });
            match (lines.next().map(Node::code), lines.next()) {
                (Some(code), None) => {
                    self.rows.insert(code, vec![row]);
                    restored.push((row, code));
                }
                _ => self.mangled.push(row),
            }
        }
        restored
    }

    fn is_total(&self, row: u32) -> bool {
        let is_total = |column| TOTAL_KEYS.contains(&text::key(&self.shown(row, column)));
        is_total(Column::Code) || is_total(Column::Title)
    }
}

/// What a code cell says.
enum Coded {
    Not,
    As(ItemCode),
    Mangled,
}

/// A code is text. A whole number can only have been an area's; any other
/// number may have lost a zero at its end, and a date was two numbers once.
fn coded(cell: &RawCell) -> Coded {
    match &cell.value {
        RawValue::Number(value) => match Quantity::from_cell(*value).and_then(Quantity::to_whole) {
            Some(whole) => whole.to_string().parse().map_or(Coded::Not, Coded::As),
            None => Coded::Mangled,
        },
        RawValue::Date(_) => Coded::Mangled,
        RawValue::Text(_) => {
            let shown = shown(cell);
            match shown.parse() {
                Ok(code) => Coded::As(code),
                Err(_) if is_below_a_code(&shown) => Coded::Not,
                Err(_) if is_like_a_code(&shown) => Coded::Mangled,
                Err(_) => Coded::Not,
            }
        }
        RawValue::Bool(_) | RawValue::Error(_) | RawValue::Missing => Coded::Not,
    }
}

/// `1,2`, `4.0999999999999996`, `01/02/2019`: digits with separators that are
/// no code.
fn is_like_a_code(shown: &str) -> bool {
    let has_digit = shown.contains(|c: char| c.is_ascii_digit());
    has_digit && shown.chars().all(|c| c.is_ascii_digit() || ".,/- ".contains(c))
}

/// `1.2.3.1`: a level numbered as if it were a line of its own.
fn is_below_a_code(shown: &str) -> bool {
    let parent = shown.trim_end_matches('.').rsplit_once('.').map(|(parent, _)| parent);
    let is_whole = |code: &str| code.parse().is_ok_and(|code: ItemCode| code.level() == 3);
    let is_plain = shown.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_plain && parent.is_some_and(is_whole)
}

/// Whether Excel, or a hand, can have made this of the code: `1.10` became the
/// number 1.1, `1.2` a day of the first two months, and `1,2` was typed.
fn may_have_been(cell: &RawCell, code: ItemCode) -> bool {
    let written = code.to_string();
    match &cell.value {
        RawValue::Number(value) => {
            let number = Quantity::from_cell(*value);
            number.is_some() && number == Quantity::parse(&written)
        }
        RawValue::Date(_) => table::cell_day(cell).is_some_and(|day| {
            let (year, month, day) = day.parts();
            let numbers = [i16::from(day), i16::from(month), year % 100].map(|it| it.to_string());
            written.split('.').all(|part| numbers.iter().any(|number| number == part))
        }),
        RawValue::Text(_) => {
            let plain = shown(cell).replace([',', '/', '-', ' '], ".");
            plain.parse() == Ok(code)
        }
        RawValue::Bool(_) | RawValue::Error(_) | RawValue::Missing => false,
    }
}
