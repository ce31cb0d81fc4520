//! The sheets of a workbook that its reader takes, and what is said of the rest.

use super::column::{Column, has_like};
use crate::book::{Book, Page};
use crate::finding::{Findings, cell};
use crate::text;

/// Sheets of our own workbooks that inform and are never read.
const INFORMING: &[&str] = &["Hướng dẫn", "Mã lý do"];

/// A table that a workbook may hold, by the name of its sheet.
type Kind = (&'static str, &'static [Column]);

/// A workbook while its reader takes sheets from it.
pub struct Sheets<'a> {
    book: &'a Book,
    kinds: Vec<Kind>,
    taken: Vec<&'a Page>,
}

impl<'a> Sheets<'a> {
    pub fn of(book: &'a Book) -> Sheets<'a> {
        Sheets { book, kinds: Vec::new(), taken: Vec::new() }
    }

    /// The sheet of this name; one that is shown before a hidden one.
    pub fn named(&mut self, name: &'static str, columns: &'static [Column]) -> Option<&'a Page> {
        self.kinds.push((name, columns));
        let is_it = |page: &&Page| text::key(&page.name) == text::key(name);
        let mut pages: Vec<&Page> = self.book.pages.iter().filter(is_it).collect();
        pages.sort_by_key(|page| page.is_hidden);
        self.take(pages.first().copied())
    }

    /// The sheet of this name, or else, since people rename sheets, the first
    /// one shown that holds such a table, or else the first shown.
    pub fn named_or_first(
        &mut self,
        name: &'static str,
        columns: &'static [Column],
    ) -> Option<&'a Page> {
        if let Some(page) = self.named_or_like(name, columns) {
            return Some(page);
        }
        let is_free = |page: &&Page| !page.is_hidden && self.is_left(page);
        let page = self.book.pages.iter().find(is_free);
        self.take(page)
    }

    /// The sheet of this name, or else the first one shown that holds such a
    /// table.
    pub fn named_or_like(
        &mut self,
        name: &'static str,
        columns: &'static [Column],
    ) -> Option<&'a Page> {
        if let Some(page) = self.named(name, columns) {
            return Some(page);
        }
        let is_like =
            |page: &&Page| !page.is_hidden && self.is_left(page) && has_like(page, columns);
        let page = self.book.pages.iter().find(is_like);
        self.take(page)
    }

    /// The first sheet that is shown.
    pub fn first(&mut self, columns: &'static [Column]) -> Option<&'a Page> {
        let page = self.book.pages.iter().find(|page| !page.is_hidden)?;
        self.kinds.push(("", columns));
        self.take(Some(page))
    }

    /// Says which sheets that hold anything were not taken, and which were taken
    /// though nobody sees them.
    pub fn close(self, findings: &mut Findings) {
        let is_informing = |page: &Page| {
            page.name.starts_with('_')
                || INFORMING.iter().any(|name| text::key(name) == text::key(&page.name))
        };
        let left = self.book.pages.iter().filter(|page| self.is_left(page) && !page.is_hidden);
        for page in left.filter(|page| !page.cells.is_empty() && !is_informing(page)) {
            let place = self.book.place(page);
            let like = self.kinds.iter().find(|kind| has_like(page, kind.1));
            match like {
                Some((name, _)) => {
                    let name = if name.is_empty() { &self.taken[0].name } else { *name };
                    findings.say(place, cell::SheetLike { name });
                }
                None => findings.say(place, cell::SheetLeft { cells: page.cells.len() }),
            }
        }
        for page in self.taken.iter().filter(|page| page.is_hidden && !page.cells.is_empty()) {
            findings.say(self.book.place(page), cell::SheetHidden {});
        }
    }

    fn is_left(&self, page: &Page) -> bool {
        self.taken.iter().all(|it| !std::ptr::eq(*it, page))
    }

    fn take(&mut self, page: Option<&'a Page>) -> Option<&'a Page> {
        self.taken.extend(page);
        page
    }
}
