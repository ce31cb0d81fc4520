//! What stands in a form and nothing is taken from: remarks, other sheets, a
//! second column of the same heading, what is struck through.

use super::cell;
use super::nominations;
use super::sheet::Sheet;
use crate::book::Page;
use crate::finding::form as said;
use crate::finding::{CellRef, Findings, Texts};
use crate::form::layout;
use crate::text;

/// Says all of it.
pub(super) fn say(sheet: &Sheet<'_>, findings: &mut Findings) {
    let book = sheet.book;
    let pages = book.pages.iter().filter(|page| layout::may_hold_claims(&page.name));
    let mut nominating: Option<&Page> = None;
    for page in pages {
        say_remarks(sheet, page, findings);
        let is_scores = page.name == sheet.grid.page.name;
        let (place, name) = (book.place(page), &page.name);
        if is_scores {
            say_columns(sheet, findings);
        } else if nominations::has_head(page) {
            if page.is_hidden {
                findings.say(place.clone(), said::SheetHidden { sheet: name });
            }
            if let Some(first) = nominating.replace(page) {
                findings.say(place, said::NominationsTwice { sheet: &first.name });
            }
            let struck = page.cells.iter().filter(|(_, cell)| cell.is_struck);
            for (at, found) in struck {
                let found = cell::shown(found);
                findings.say(book.cell_place(page, *at), said::StruckNominee { found });
            }
        } else if !page.is_hidden && !page.cells.is_empty() {
            findings.say(place, said::SheetLeft { cells: page.cells.len() });
        }
    }
}

/// What is pinned to the cells of a page.
fn say_remarks(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings) {
    let remarks = &page.remarks;
    let told = remarks.iter().map(|(at, words)| format!("{at} «{}»", text::clean(words)));
    let Some((at, _)) = remarks.first_key_value() else { return };
    let said = said::Remarked { count: remarks.len(), remarks: told.collect::<Texts>() };
    findings.say(sheet.book.cell_place(page, *at), said);
}

/// A column beside the table whose heading says what one of the table's does.
fn say_columns(sheet: &Sheet<'_>, findings: &mut Findings) {
    let grid = sheet.grid;
    let last = grid.columns.values().max().copied().unwrap_or_default();
    let heads = grid.page.row(grid.head).filter(|(col, _)| last < *col);
    for (col, found) in heads {
        let found = cell::shown(found);
        let own = grid.columns.values().filter_map(|own| Some(grid.heading(*own)?.1));
        if let Some(label) = own.into_iter().find(|own| text::is_more_of(&found, own)) {
            let place = sheet.book.cell_place(grid.page, CellRef::new(grid.head, col));
            findings.say(place, said::ColumnBeside { found, label });
        }
    }
}
