//! A table is one list of columns: what each is called, how wide it is, where
//! its values stand, how a row gives them and what stands under them. From the
//! list follow head, body, totals, what stays in view, what is repeated on
//! every page, and what can be filtered.
//!
//! Formulas are written by the names of columns: `[Tổng điểm]` is the cell of
//! the formula's own row, `[Thẩm định|Khảo sát]` are several of them, `[Tổng
//! điểm:]` all cells of the body, `[$Tổng điểm:]` the same with an address that
//! stays itself when its formula is copied, `[Tổng điểm@3]` the cell in the row of
//! that number, the first being 0.

mod column;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::CellRef;
use crate::sheet::{Cell, Level, Mark, Range, Role, Row, SheetOf, Validation, Value};
use column::Total;
pub use column::{Column, Entry};

/// From how many rows on a table cannot be overlooked: it can be filtered.
pub const LONG: usize = 15;

/// The most characters of columns that stay in view: a laptop shows some 150.
const MOST_PINNED: f64 = 48.0;

/// A table that is not written yet.
pub struct Table<'a, T> {
    columns: Vec<Column<'a, T>>,
    level: Box<dyn Fn(&T) -> Level + Send + Sync + 'a>,
    banner: Banner<'a, T>,
    otherwise: String,
    is_frozen: bool,
    is_repeated: bool,
    is_filtered: bool,
}

/// What a row says over the whole breadth, if it is such a row.
type Banner<'a, T> = Box<dyn Fn(&T) -> Option<String> + Send + Sync + 'a>;

/// A table on a sheet, for who counts in it or adds lines below.
pub struct Placed<'a, T> {
    inner: Arc<Inner<'a, T>>,
}

struct Inner<'a, T> {
    columns: Vec<Column<'a, T>>,
    level: Box<dyn Fn(&T) -> Level + Send + Sync + 'a>,
    banner: Banner<'a, T>,
    sheet: String,
    /// The first row of the body, and how many.
    first: u32,
    count: u32,
}

impl<'a, T> Table<'a, T> {
    pub fn new(columns: Vec<Column<'a, T>>) -> Table<'a, T> {
        let mut keys = BTreeSet::new();
        for Column { key, .. } in &columns {
            assert!(!key.contains(['[', ']', '|']), "column «{key}» cannot be named in a formula");
            assert!(keys.insert(key), "two columns are called «{key}»");
        }
        Table {
            columns,
            level: Box::new(|_| Level::Body),
            banner: Box::new(|_| None),
            otherwise: String::new(),
            is_frozen: false,
            is_repeated: false,
            is_filtered: false,
        }
    }

    /// What each row is.
    #[must_use]
    pub fn levels(mut self, level: impl Fn(&T) -> Level + Send + Sync + 'a) -> Self {
        self.level = Box::new(level);
        self
    }

    /// Which rows are one cell over the whole breadth, and what they say.
    #[must_use]
    pub fn banners(mut self, words: impl Fn(&T) -> Option<String> + Send + Sync + 'a) -> Self {
        self.banner = Box::new(words);
        self
    }

    /// What is said of a table without rows.
    #[must_use]
    pub fn otherwise(mut self, words: impl Into<String>) -> Self {
        self.otherwise = words.into();
        self
    }

    /// The sheet is there for this table: its head stays in view and is repeated
    /// on every page, and its rows can be filtered when they are many.
    #[must_use]
    pub fn leading(self) -> Self {
        self.frozen().filtered()
    }

    /// Its head stays in view and is repeated on every page.
    #[must_use]
    pub fn frozen(mut self) -> Self {
        self.is_frozen = true;
        self.repeated()
    }

    /// Its head is repeated on every page.
    #[must_use]
    pub fn repeated(mut self) -> Self {
        self.is_repeated = true;
        self
    }

    /// Can be filtered when its rows are many; of one table a sheet.
    #[must_use]
    pub fn filtered(mut self) -> Self {
        self.is_filtered = true;
        self
    }

    /// The widths of a sheet that holds nothing wider.
    pub fn widths(&self) -> Vec<f64> {
        let widths = |it: &Column<T>| std::iter::repeat_n(it.width, it.span as usize);
        self.columns.iter().flat_map(widths).collect()
    }

    /// How many columns of the sheet it takes.
    pub fn breadth(&self) -> u32 {
        self.columns.iter().map(|it| it.span).sum()
    }

    /// Writes the table with all its rows.
    pub fn write(self, sheet: &mut SheetOf, rows: &[T]) -> Placed<'a, T> {
        let (placed, closing) = self.begin(sheet, rows.len(), |at| &rows[at]);
        for row in rows {
            placed.push(sheet, row);
        }
        closing.push_to(sheet);
        placed
    }

    /// Writes a table whose rows are made while the workbook is written.
    pub fn write_long(
        self,
        sheet: &mut SheetOf<'a>,
        count: usize,
        make: impl Fn(usize) -> T + Send + Sync + 'a,
    ) -> Placed<'a, T>
    where
        T: 'a,
    {
        let (placed, closing) = self.begin(sheet, count, &make);
        let inner = Arc::clone(&placed.inner);
        sheet.push_body(count, move |at| inner.line(&make(at), inner.first + number(at)).0);
        closing.push_to(sheet);
        placed
    }

    /// Writes the head and sets the view. Gives the rows for below the body, too.
    fn begin<R: std::borrow::Borrow<T>>(
        self,
        sheet: &mut SheetOf,
        count: usize,
        row: impl Fn(usize) -> R,
    ) -> (Placed<'a, T>, Closing) {
        let head = sheet.next_row();
        for row in self.head() {
            sheet.push(row);
        }
        let first = sheet.next_row();
        self.show(sheet, (head, first), count);
        let breadth = self.breadth();
        let Table { columns, level, banner, otherwise, .. } = self;
        let (name, count_rows) = (sheet.name.clone(), number(count));
        let inner = Inner { columns, level, banner, sheet: name, first, count: count_rows };
        if let Some(last) = count_rows.checked_sub(1).map(|below| first + below) {
            let asked = inner.columns.iter().filter_map(|it| Some((it, it.ask.clone()?)));
            sheet.validations.extend(asked.map(|(column, ask)| {
                let [first, last] = [first, last].map(|row| inner.at(&column.key, row));
                Validation { first, last, ask }
            }));
        }
        let has_total = inner.columns.iter().any(|it| !matches!(it.total, Total::Blank));
        let total = (has_total && 0 < count).then(|| {
            let entries = inner.columns.iter().map(|column| match &column.total {
                Total::Blank => Entry::blank(),
                Total::Entry(entry) => entry.clone(),
                Total::Sum => {
                    let values = (0..count).map(|at| (column.entry)(row(at).borrow()).value);
                    let sum = values.reduce(Value::plus).expect("a table with rows");
                    Entry::formula(format!("SUM([{}:])", column.key), sum)
                }
            });
            inner.row(Level::Total, entries, first + count_rows)
        });
        let none = (count == 0 && !otherwise.is_empty())
            .then(|| Row::banner(otherwise, Level::Remark, breadth));
        (Placed { inner: Arc::new(inner) }, Closing { rows: [total, none] })
    }

    /// One row of labels; two where columns share a heading.
    fn head(&self) -> Vec<Row> {
        let cell = |text: &str, span: u32| {
            let rest = (1..span).map(|_| Cell::blank(Level::Head));
            [Cell::text(text, Level::Head).spanning(span)].into_iter().chain(rest)
        };
        let all = self.columns.iter();
        if self.columns.iter().all(|it| it.group.is_empty()) {
            return vec![Row::new(all.flat_map(|it| cell(&it.label, it.span)).collect())];
        }
        let shares = |a: &Column<T>, b: &Column<T>| !a.group.is_empty() && a.group == b.group;
        let upper = self.columns.chunk_by(shares).flat_map(|group| {
            let [first, ..] = group else { unreachable!("chunks are not empty") };
            let span = group.iter().map(|it| it.span).sum();
            let is_alone = first.group.is_empty();
            let label = if is_alone { &first.label } else { &first.group };
            cell(label, span).map(move |it| Cell { span_rows: if is_alone { 2 } else { 1 }, ..it })
        });
        let lower =
            |it: &Column<'a, T>| if it.group.is_empty() { "" } else { &it.label }.to_owned();
        let lower = all.flat_map(|it| cell(&lower(it), it.span));
        vec![Row::new(upper.collect()), Row::new(lower.collect())]
    }

    /// What stays in view, is repeated, can be filtered.
    fn show(&self, sheet: &mut SheetOf, (head, first): (u32, u32), count: usize) {
        let mut wide = 0.0;
        let stays = |it: &&Column<T>| {
            wide += it.width * f64::from(it.span);
            it.is_pinned && wide <= MOST_PINNED
        };
        let across = self.columns.iter().take_while(stays).map(|it| it.span).sum();
        if self.is_repeated {
            sheet.repeat = Some((head, first - 1));
        }
        if self.is_frozen {
            sheet.freeze = Some(CellRef { row: first, col: across });
        } else if 0 < across && sheet.freeze.is_none() {
            sheet.freeze = Some(CellRef { row: 0, col: across });
        }
        if self.is_filtered && LONG <= count {
            let last = CellRef { row: first + number(count) - 1, col: self.breadth() - 1 };
            sheet.filter = Some((CellRef { row: first - 1, col: 0 }, last));
        }
    }
}

/// What stands below a body.
struct Closing {
    rows: [Option<Row>; 2],
}

impl Closing {
    fn push_to(self, sheet: &mut SheetOf) {
        for row in self.rows.into_iter().flatten() {
            sheet.push(row);
        }
    }
}

impl<T> Placed<'_, T> {
    /// One more line of the table, below its body.
    pub fn push(&self, sheet: &mut SheetOf, row: &T) {
        let (line, asked) = self.inner.line(row, sheet.next_row());
        sheet.push(line);
        sheet.validations.extend(asked);
    }

    /// The cells of a column look like another level while a formula, by names of
    /// columns, is true of their row.
    pub fn mark(&self, sheet: &mut SheetOf, key: &str, formula: &str, level: Level) {
        if let Some(Range { first, last, .. }) = self.range(key) {
            let formula = self.inner.spelled(formula, first.row);
            sheet.marks.push(Mark { first, last, formula, level });
        }
    }

    /// A line below the body that says something in a few columns, after a label
    /// over all columns before the first of them.
    pub fn push_summary(
        &self,
        sheet: &mut SheetOf,
        label: &str,
        entries: impl IntoIterator<Item = (&'static str, Entry)>,
    ) {
        let row = sheet.next_row();
        let mut cells: Vec<Cell> = Vec::new();
        let breadth: u32 = self.inner.columns.iter().map(|it| it.span).sum();
        cells.extend((0..breadth).map(|_| Cell::blank(Level::Total)));
        let mut from = breadth;
        for (key, entry) in entries {
            let (col, column) = self.inner.column(key);
            from = from.min(col);
            let span = entry.span.max(1);
            cells[col as usize] = self.inner.cell(Level::Total, column, entry, row).spanning(span);
        }
        cells[0] = Cell::text(label, Level::Total).spanning(from);
        sheet.push(Row::new(cells));
    }

    /// The rows of the body, first and last; `None` of a table without.
    pub fn rows(&self) -> Option<(u32, u32)> {
        let Inner { first, count, .. } = *self.inner;
        Some((first, first + count.checked_sub(1)?))
    }

    /// The body of a column; `None` of a table without rows.
    pub fn range(&self, key: &str) -> Option<Range> {
        self.block(key, key)
    }

    /// The body of a column and of all up to another one.
    pub fn block(&self, from: &str, to: &str) -> Option<Range> {
        let (first, last) = self.rows()?;
        Some(Range { last: self.cell(to, last), ..self.across(from, to, first) })
    }

    /// The cells of a row of the sheet, from a column to another one.
    pub fn across(&self, from: &str, to: &str, row: u32) -> Range {
        let [first, last] = [from, to].map(|key| self.cell(key, row));
        Range { sheet: self.inner.sheet.clone(), first, last }
    }

    /// The row of the labels.
    pub fn head(&self) -> u32 {
        self.inner.first - 1
    }

    /// A cell of a column, in any row of the sheet.
    pub fn cell(&self, key: &str, row: u32) -> CellRef {
        self.inner.at(key, row)
    }
}

impl<'a, T> Inner<'a, T> {
    /// A column, and where it begins on the sheet.
    fn column(&self, key: &str) -> (u32, &Column<'a, T>) {
        let mut col = 0;
        for column in &self.columns {
            if column.key == key {
                return (col, column);
            }
            col += column.span;
        }
        panic!("sheet «{}» has no column «{key}»", self.sheet)
    }

    fn at(&self, key: &str, row: u32) -> CellRef {
        CellRef { row, col: self.column(key).0 }
    }

    /// A row, and what is asked for in its cells.
    fn line(&self, of: &T, row: u32) -> (Row, Vec<Validation>) {
        let (level, mut asked) = ((self.level)(of), Vec::new());
        if let Some(words) = (self.banner)(of) {
            let breadth = self.columns.iter().map(|it| it.span).sum();
            return (Row::banner(words, level.left(), breadth), asked);
        }
        let entries = self.columns.iter().map(|column| {
            let mut entry =
                if column.counts { (row - self.first + 1).into() } else { (column.entry)(of) };
            asked.extend(entry.ask.take().map(|ask| {
                let at = self.at(&column.key, row);
                Validation { first: at, last: at, ask }
            }));
            entry
        });
        (self.row(level, entries, row), asked)
    }

    fn row(&self, level: Level, entries: impl Iterator<Item = Entry>, row: u32) -> Row {
        let cells = self.columns.iter().zip(entries).flat_map(|(column, entry)| {
            let cell = self.cell(level, column, entry, row).spanning(column.span);
            let role = cell.role;
            [cell].into_iter().chain((1..column.span).map(move |_| Cell::blank(role)))
        });
        Row::new(cells.collect())
    }

    fn cell(&self, level: Level, column: &Column<T>, entry: Entry, row: u32) -> Cell {
        let Entry { value, level: own, align, note, .. } = entry;
        let role: Role = own.unwrap_or(level).with(align.unwrap_or(column.align));
        let value = match value {
            Value::Formula(formula, result) => Value::Formula(self.spelled(&formula, row), result),
            value => value,
        };
        Cell { note, ..Cell::new(value, role) }
    }

    /// A formula with the addresses that the names stand for, in this row.
    fn spelled(&self, formula: &str, row: u32) -> String {
        let mut spelled = String::new();
        // Within quotes stands what people read.
        for (at, part) in formula.split('"').enumerate() {
            if 0 < at {
                spelled.push('"');
            }
            let mut rest = part;
            while let Some((before, name)) = rest.split_once('[').filter(|_| at % 2 == 0) {
                let (name, after) = name.split_once(']').expect("a name ends with a bracket");
                spelled += before;
                spelled += &self.address(name, row);
                rest = after;
            }
            spelled += rest;
        }
        spelled
    }

    fn address(&self, name: &str, row: u32) -> String {
        let Some(key) = name.strip_suffix(':') else {
            if let Some((key, below)) = name.split_once('@') {
                let below: u32 = below.parse().expect("the number of a row");
                return self.at(key, self.first + below).to_string();
            }
            let columns: Vec<u32> = name.split('|').map(|key| self.column(key).0).collect();
            let at = |col: &u32| CellRef { row, col: *col }.to_string();
            let follow = columns.windows(2).all(|pair| pair[0] + 1 == pair[1]);
            return match &columns[..] {
                [first, .., last] if follow => format!("{}:{}", at(first), at(last)),
                all => all.iter().map(at).collect::<Vec<String>>().join(","),
            };
        };
        let (key, is_fixed) = key.strip_prefix('$').map_or((key, false), |key| (key, true));
        let col = self.column(key).0;
        let last = self.first + self.count.max(1) - 1;
        let [first, last] = [self.first, last].map(|row| {
            let at = CellRef { row, col };
            if is_fixed { at.fixed() } else { at.to_string() }
        });
        format!("{first}:{last}")
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a sheet has fewer rows than 2^32")
}

#[cfg(test)]
mod tests;
