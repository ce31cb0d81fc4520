//! The sheet of a known unit: the table as found, whose it is, and what it is
//! read against.

use super::cell::{self, Told, Unclear, told};
use super::grid::Grid;
use super::identity::Owner;
use crate::book::{Book, RawCell, RawValue};
use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{CellRef, Findings, Place, Said};
use crate::form::edition::Edition;
use crate::form::layout::Column;
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Node, Origin};
use crate::round::register::Unit;
use crate::round::terms::Assent;
use crate::text;

/// The table of scores of a unit, for a round.
pub(super) struct Sheet<'a> {
    pub(super) book: &'a Book,
    pub(super) round: &'a Round,
    pub(super) unit: &'a Unit,
    pub(super) grid: &'a Grid<'a>,
    /// This program issued the form.
    pub(super) is_issued: bool,
    /// What became of the criteria set since then.
    pub(super) edition: &'a Edition,
    /// Uncoded rows that are a lost item's, by their title.
    pub(super) orphans: Vec<u32>,
    /// Uncoded rows that are a heading's: areas are often numbered I, II, III.
    headings: Vec<u32>,
}

/// The row of one item.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) sheet: &'a Sheet<'a>,
    pub(super) item: &'a Item,
    /// Zero-based, on the page.
    pub(super) number: u32,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        book: &'a Book,
        round: &'a Round,
        unit: &'a Unit,
        grid: &'a Grid<'a>,
        owner: &'a Owner<'a>,
    ) -> Sheet<'a> {
        let (is_issued, edition) = (owner.is_issued, &owner.edition);
        let (orphans, headings) = (Vec::new(), Vec::new());
        let sheet = Sheet { book, round, unit, grid, is_issued, edition, orphans, headings };
        let (orphans, headings) = (sheet.orphans(), sheet.headings());
        Sheet { orphans, headings, ..sheet }
    }

    /// The items without a row, though the form was issued with one.
    pub(super) fn lost(&self) -> impl Iterator<Item = &'a Item> {
        let items = self.round.set(self.unit).items();
        let is_lost = |code| !self.grid.rows.contains_key(code) && !self.edition.is_changed(*code);
        items.filter(move |item| is_lost(&item.code))
    }

    pub(super) fn place(&self, at: CellRef) -> Place {
        self.book.cell_place(self.grid.page, at)
    }

    /// The cell of a row's code.
    pub(super) fn code_place(&self, row: u32) -> Place {
        match self.grid.at(row, Column::Code) {
            Some(at) => self.place(at),
            None => self.whole(),
        }
    }

    /// The page of the table.
    pub(super) fn whole(&self) -> Place {
        self.book.place(self.grid.page)
    }

    pub(super) fn submission(&self) -> Day {
        self.round.settings.intake.deadline
    }

    pub(super) fn is_listed(&self, item: &Item) -> bool {
        self.round.exemptions.get(&self.unit.id, item.code).is_some()
    }

    /// Whether the item is the unit's to answer and its row answers another
    /// question: the set was changed since the form was issued.
    pub(super) fn is_unanswered(&self, item: &Item) -> bool {
        let is_asked = item.origin != Origin::Survey && !self.is_listed(item);
        is_asked && self.edition.is_changed(item.code)
    }

    /// The columns of the figures that the item's rule takes are all there.
    pub(super) fn has_figures(&self, item: &Item) -> bool {
        let mut figures = item.rule.figures().iter();
        !item.rule.figures().is_empty()
            && figures.all(|figure| self.grid.columns.contains_key(&Column::from(*figure)))
    }

    /// What a cell for a number says. Says it when the number is typed as text.
    pub(super) fn told(&self, at: CellRef, findings: &mut Findings) -> Told {
        let told = told(self.grid.page, at);
        let is_text = |cell: &RawCell| matches!(cell.value, RawValue::Text(_));
        let cell = self.grid.page.cells.get(&at);
        if matches!(told, Told::Number(_)) && cell.is_some_and(is_text) {
            findings.say(self.place(at), said::NumberAsText {});
        }
        told
    }

    /// Whether the printed maximum is the set's.
    pub(super) fn max_agrees(
        &self,
        item: ItemCode,
        max: Points,
        row: u32,
        findings: &mut Findings,
    ) -> bool {
        let Some(at) = self.grid.at(row, Column::Max) else { return true };
        let found = match self.told(at, findings) {
            Told::Number(number) if number == max.quantity() => return true,
            // A formula that a library saved: what the set says holds.
            Told::Unclear(Unclear::NoValue, _) => return true,
            Told::Number(number) => number.to_string(),
            Told::Blank | Told::NotApplicable => "để trống".to_owned(),
            Told::Unclear(_, shown) => format!("«{shown}»"),
        };
        findings.say(self.place(at), said::MaxDiffers { item, found, max });
        false
    }

    /// The uncoded rows between this row and the next coded one.
    pub(super) fn below(&self, row: u32) -> impl Iterator<Item = u32> {
        let loose = self.grid.loose.iter().copied();
        let next = (!self.grid.loose.is_empty()).then(|| {
            let coded = self.grid.rows.values().flatten().chain(&self.grid.mangled);
            let coded = coded.chain(&self.orphans).chain(&self.headings);
            coded.filter(|other| row < **other).min().copied().unwrap_or(u32::MAX)
        });
        loose.filter(move |loose| row < *loose && next.is_some_and(|next| *loose < next))
    }

    /// Loose rows that carry the title of an item whose code is nowhere or,
    /// where the title is gone as well, its maximum points.
    fn orphans(&self) -> Vec<u32> {
        let lost: Vec<(String, Points)> =
            self.lost().map(|item| (text::key(&item.title), item.max)).collect();
        let max = |row| match told(self.grid.page, self.grid.at(row, Column::Max)?) {
            Told::Number(max) => Some(max.points()),
            _ => None,
        };
        let is_orphan = |row: &u32| {
            let found = text::key(&self.grid.shown(*row, Column::Title));
            if found.is_empty() {
                max(*row).is_some_and(|max| lost.iter().any(|(_, lost)| *lost == max))
            } else {
                lost.iter().any(|(title, _)| found.starts_with(title.as_str()))
            }
        };
        let loose = self.grid.loose.iter().copied();
        if lost.is_empty() { Vec::new() } else { loose.filter(is_orphan).collect() }
    }

    /// Loose rows that carry the title of a heading whose code is nowhere.
    fn headings(&self) -> Vec<u32> {
        let nodes = self.round.set(self.unit).nodes.iter();
        let lost = nodes.filter_map(|node| match node {
            Node::Heading(heading) if !self.grid.rows.contains_key(&heading.code) => Some(heading),
            Node::Heading(_) | Node::Item(_) => None,
        });
        let titles: Vec<String> = lost.map(|heading| text::key(&heading.title)).collect();
        let is_heading =
            |row: &u32| titles.contains(&text::key(&self.grid.shown(*row, Column::Title)));
        let loose = self.grid.loose.iter().copied();
        if titles.is_empty() { Vec::new() } else { loose.filter(is_heading).collect() }
    }
}

impl Row<'_> {
    pub(super) fn at(&self, column: Column) -> Option<CellRef> {
        self.sheet.grid.at(self.number, column)
    }

    /// The uncoded rows between this row and the next coded one.
    pub(super) fn below(self) -> impl Iterator<Item = u32> {
        self.sheet.below(self.number)
    }

    /// What a cell of the row shows; empty when it is blank.
    pub(super) fn shown(&self, column: Column) -> String {
        self.sheet.grid.shown(self.number, column)
    }

    /// The text of a cell of the row; empty when there is none.
    pub(super) fn text(&self, column: Column, findings: &mut Findings) -> Box<str> {
        let Sheet { book, grid, .. } = self.sheet;
        let at = self.at(column);
        at.map(|at| cell::text(book, grid.page, at, findings)).unwrap_or_default().into_boxed_str()
    }

    /// Says something of a cell; of the row's code where the table lacks its
    /// column.
    pub(super) fn say(&self, column: Column, said: impl Into<Said>, findings: &mut Findings) {
        let at = self.at(column).map(|at| self.sheet.place(at));
        findings.say(at.unwrap_or_else(|| self.sheet.code_place(self.number)), said);
    }

    /// The key that confirms what is odd in the row.
    pub(super) fn key(&self) -> String {
        Assent::key(&self.sheet.unit.id, self.item.code)
    }

    /// How many places points may have.
    pub(super) fn places(&self) -> u32 {
        self.sheet.round.settings.scoring.places
    }

    /// A score that stands beside or below its cell: the nearest number typed
    /// in another column of the table that could be one, or on an uncoded row
    /// below.
    pub(super) fn misplaced(&self) -> Option<(Place, Quantity)> {
        let score = self.at(Column::Score)?;
        let Sheet { grid, .. } = self.sheet;
        let page = grid.page;
        let own = [Column::Code, Column::Title, Column::Max, Column::Score];
        let taken = self.item.rule.figures().iter().map(|figure| Column::from(*figure));
        let others: Vec<CellRef> =
            own.into_iter().chain(taken).filter_map(|column| self.at(column)).collect();
        let is_headed = |col| grid.heading(col).is_some();
        let mut beside: Vec<CellRef> = page
            .row(self.number)
            .filter(|(col, cell)| is_headed(*col) && !cell.is_formula)
            .map(|(col, _)| CellRef::new(self.number, col))
            .filter(|at| !others.contains(at))
            .collect();
        beside.sort_by_key(|at| (at.col.abs_diff(score.col), at.col));
        let below = self.sheet.below(self.number).filter_map(|row| grid.at(row, Column::Score));
        beside.into_iter().chain(below).find_map(|at| match told(page, at) {
            Told::Number(number)
                if Points::ZERO <= number.points() && number.points() <= self.item.max =>
            {
                Some((self.sheet.place(at), number))
            }
            _ => None,
        })
    }
}
