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

/// How many cells a finding names.
const NAMED: usize = 5;

/// Says all of it.
pub(super) fn say<'a>(sheet: &Sheet<'a>, findings: &mut Findings) {
    let book = sheet.book;
    let pages = book.pages.iter().filter(|page| layout::may_hold_claims(&page.name));
    // Every label is looked at for this: once a page, and not where scores are.
    let with_corner = |page: &'a Page| {
        let is_scores = page.name == sheet.grid.page.name;
        (page, is_scores, if is_scores { None } else { nominations::corner(page) })
    };
    let pages: Vec<_> = pages.map(with_corner).collect();
    let mut nominating: Option<&Page> = None;
    let is_nominated = pages.iter().any(|(_, _, corner)| corner.is_some());
    if sheet.is_issued && sheet.round.settings.awards.is_some() && !is_nominated {
        findings.say(sheet.whole(), said::NominationsGone {});
    }
    for (page, is_scores, corner) in pages {
        say_remarks(sheet, page, findings);
        let (place, name) = (book.place(page), &page.name);
        if is_scores {
            say_columns(sheet, findings);
            // A unit's own table may well have columns of its own.
            if sheet.is_issued {
                let grid = sheet.grid;
                let labelled = (grid.head..grid.body).flat_map(|row| page.row(row));
                let last = labelled.map(|(col, _)| col).max().unwrap_or_default();
                say_beside(sheet, page, (grid.body, last), findings);
            }
        } else if let Some(corner) = corner {
            if page.is_hidden {
                findings.say(place.clone(), said::SheetHidden { sheet: name });
            }
            if let Some(first) = nominating.replace(page) {
                findings.say(place, said::NominationsTwice { sheet: &first.name });
            }
            say_beside(sheet, page, corner, findings);
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

/// What stands right of a table, in rows that hold something of it: below this
/// row, behind this column.
fn say_beside(sheet: &Sheet<'_>, page: &Page, (from, last): (u32, u32), findings: &mut Findings) {
    let is_of_table = |row: u32| page.row(row).next().is_some_and(|(col, _)| col <= last);
    let below = page.cells.range(CellRef::new(from, 0)..);
    let beside = below.filter(|(at, found)| {
        last < at.col && is_of_table(at.row) && !cell::shown(found).is_empty()
    });
    let cells: Vec<CellRef> = beside.map(|(at, _)| *at).collect();
    let Some(first) = cells.first() else { return };
    let named = cells.iter().take(NAMED).map(CellRef::to_string).collect::<Texts>();
    let said = said::CellsBeside { count: cells.len(), cells: named };
    findings.say(sheet.book.cell_place(page, *first), said);
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
