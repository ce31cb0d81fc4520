//! Two workbooks → the cells in which they say something else.
//!
//! Only what cells hold is compared: another office program that saves a
//! workbook changes its bytes, its styles and how it spells a number, and none
//! of what it says.

use std::collections::BTreeMap;

use crate::book::{Book, Page, RawCell, RawValue};
use crate::day::Day;
use crate::finding::CellRef;
use crate::points::Quantity;
use crate::table;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A sheet of the published workbook that the other lacks.
    SheetMissing(String),
    /// A sheet that the published workbook does not have.
    SheetAdded(String),
    Cell(CellChange),
}

/// A cell that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub sheet: String,
    pub at: CellRef,
    /// As people read it; empty for a blank cell.
    pub published: String,
    pub found: String,
}

/// Everything in which `found` differs from `published`, in the order of the
/// published sheets, then of the cells.
pub fn books(published: &Book, found: &Book) -> Vec<Difference> {
    let mut differences = Vec::new();
    for page in &published.pages {
        match found.page(&page.name) {
            None => differences.push(Difference::SheetMissing(page.name.clone())),
            Some(other) => differences.extend(pages(page, other)),
        }
    }
    let added = found.pages.iter().filter(|page| published.page(&page.name).is_none());
    differences.extend(added.map(|page| Difference::SheetAdded(page.name.clone())));
    differences
}

fn pages(published: &Page, found: &Page) -> Vec<Difference> {
    let mut cells: BTreeMap<CellRef, [Option<&RawCell>; 2]> = BTreeMap::new();
    for (side, page) in [published, found].into_iter().enumerate() {
        for (at, cell) in &page.cells {
            cells.entry(*at).or_default()[side] = Some(cell);
        }
    }
    let differing = cells.into_iter().filter_map(|(at, [before, after])| {
        let told = [before, after].map(told);
        let [is_formula, is_formula_too] =
            [before, after].map(|it| it.is_some_and(|it| it.is_formula));
        let [published_as, found_as] = told;
        let is_same = published_as == found_as && is_formula == is_formula_too;
        (!is_same).then(|| {
            let found_as = match (is_formula, is_formula_too) {
                (true, false) if published_as == found_as => {
                    format!("{found_as} (gõ thay công thức)")
                }
                (false, true) if published_as == found_as => format!("{found_as} (công thức)"),
                _ => found_as,
            };
            let sheet = published.name.clone();
            Difference::Cell(CellChange { sheet, at, published: published_as, found: found_as })
        })
    });
    differing.collect()
}

/// What a cell says, in one spelling. Numbers are compared as the decimals that
/// Excel shows of them, a day by its number.
fn told(cell: Option<&RawCell>) -> String {
    match cell.map(|cell| &cell.value) {
        None | Some(RawValue::Missing) => String::new(),
        Some(RawValue::Number(value)) => number(*value),
        Some(RawValue::Date(serial)) => {
            let day = Quantity::from_cell(*serial).and_then(Quantity::to_whole);
            day.and_then(Day::from_serial).map_or_else(|| number(*serial), |day| day.to_string())
        }
        Some(RawValue::Text(text)) => text.replace("\r\n", "\n"),
        Some(_) => cell.map(table::shown).unwrap_or_default(),
    }
}

fn number(value: f64) -> String {
    Quantity::from_cell(value).map_or_else(|| value.to_string(), |it| it.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(cells: &[(&str, u32, RawValue, bool)]) -> Book {
        let mut book = Book::default();
        for (sheet, row, value, is_formula) in cells {
            if book.page(sheet).is_none() {
                book.pages.push(Page { name: (*sheet).to_owned(), ..Page::default() });
            }
            let cell = RawCell { is_formula: *is_formula, ..RawCell::plain(value.clone()) };
            let page = book.pages.iter_mut().find(|page| page.name == *sheet).unwrap();
            page.cells.insert(CellRef::new(*row, 0), cell);
        }
        book
    }

    #[test]
    fn noise_of_binary_fractions_is_no_change_and_a_hundredth_is() {
        let with = |value| book(&[("A", 0, RawValue::Number(value), false)]);
        assert_eq!(books(&with(0.3), &with(0.1 + 0.2)), []);
        let [Difference::Cell(change)] = &books(&with(0.3), &with(0.31))[..] else { panic!() };
        assert_eq!((change.published.as_str(), change.found.as_str()), ("0,3", "0,31"));
    }

    #[test]
    fn sheets_blanks_and_formulas_are_seen() {
        let number = |is_formula| ("A", 0, RawValue::Number(2.0), is_formula);
        let text = ("A", 1, RawValue::Text("x".to_owned()), false);
        let told: Vec<String> =
            books(&book(&[number(true), text.clone()]), &book(&[number(false)]))
                .iter()
                .map(|it| match it {
                    Difference::Cell(it) => format!("{}: {} → {}", it.at, it.published, it.found),
                    other => format!("{other:?}"),
                })
                .collect();
        assert_eq!(told, ["A1: 2 → 2 (gõ thay công thức)", "A2: x → "]);
        let other = book(&[("B", 0, RawValue::Number(2.0), true)]);
        let expected =
            [Difference::SheetMissing("A".to_owned()), Difference::SheetAdded("B".to_owned())];
        assert_eq!(books(&book(&[number(true)]), &other), expected);
    }
}
