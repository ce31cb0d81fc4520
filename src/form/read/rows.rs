//! The table as a whole: its columns, its codes, the rows that nobody scores,
//! and its sums.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Told, Unclear, shown, told};
use super::mark::is_marked;
use super::sheet::{Row, Sheet};
use crate::finding::form as said;
use crate::finding::{self, CellRef, Findings, Said};
use crate::form::layout::{self, Column};
use crate::form::{Claimed, Claims, Likeness};
use crate::points::Points;
use crate::round::criteria::{Heading, Item, ItemCode, Node, Origin};
use crate::round::heading;
use crate::text;

/// Whether every column that the form needs is there, once.
pub(super) fn check_columns(sheet: &Sheet<'_>, findings: &mut Findings) -> bool {
    let grid = sheet.grid;
    let needed = needed_columns(sheet.is_issued).iter();
    let missing = needed.filter(|column| !grid.columns.contains_key(column));
    let missing: Vec<Column> = missing.copied().collect();
    if !missing.is_empty() {
        let labels: Vec<String> = missing.iter().map(|it| format!("«{}»", it.label())).collect();
        // A heading that is nearly a label may be that column's; that is asked.
        let is_read = |col: u32| grid.columns.values().any(|it| *it == col);
        let cols: BTreeSet<u32> =
            (grid.head..grid.body).flat_map(|row| grid.page.row(row)).map(|(col, _)| col).collect();
        let unread = cols.into_iter().filter(|col| !is_read(*col));
        let unread: Vec<(CellRef, String)> = unread.filter_map(|col| grid.heading(col)).collect();
        let near = |found: &str| {
            let spoken = missing.iter().find(|column| column.is_spoken_of(&text::key(found)));
            let labels = missing.iter().map(|column| column.label());
            spoken.map(|column| column.label()).or_else(|| text::nearest(found, labels))
        };
        // Points that are nobody else's may be the unit's.
        let pointed = |found: &str| {
            let mut points = missing.iter().filter(|it| matches!(it, Column::Max | Column::Score));
            let is_of_points = text::has_words(found, "điểm") && !heading::is_of_others(found);
            points.next().filter(|_| is_of_points).map(|column| column.label())
        };
        let found = |near: &dyn Fn(&str) -> Option<&'static str>| {
            unread.iter().find_map(|(at, found)| Some((*at, found, near(found)?)))
        };
        match found(&near).or_else(|| found(&pointed)) {
            Some((at, found, near)) => {
                findings.say(sheet.place(at), said::ColumnNearly { labels, found, near });
            }
            None => findings.say(sheet.whole(), said::ColumnsMissing { labels }),
        }
    }
    for (column, col) in &grid.doubled {
        let told =
            |col: u32| grid.heading(col).map(|(at, label)| (at, format!("«{label}» ở ô {at}")));
        if let (Some((_, first)), Some((at, second))) = (told(grid.columns[column]), told(*col)) {
            let said = said::ColumnTwice { label: column.label(), first, second };
            findings.say(sheet.place(at), said);
        }
    }
    missing.is_empty() && grid.doubled.is_empty()
}

/// Whether no score and no figure that is the unit's to give is given, beside
/// its cell or in it.
pub(super) fn is_blank(sheet: &Sheet<'_>) -> bool {
    // A computed cell of ours is no answer; any other formula is one.
    let is_filled = |item: &Item, row: u32, column: Column| {
        let cell = sheet.grid.at(row, column).and_then(|at| sheet.grid.page.cells.get(&at));
        let is_computed = column == Column::Score && sheet.has_figures(item);
        cell.is_some_and(|cell| !(shown(cell).is_empty() || cell.is_formula && is_computed))
    };
    let given = [
        Column::Score,
        Column::Numerator,
        Column::Denominator,
        Column::Count,
        Column::Day,
        Column::Evidence,
    ];
    let set = sheet.round.set(sheet.unit);
    let claimed = set.items().filter(|item| {
        item.origin != Origin::Survey
            && sheet.round.exemptions.get(&sheet.unit.id, item.code).is_none()
    });
    // Where the round takes every item off, there is nothing to fill in.
    let mut claimed = claimed.peekable();
    let is_answered = claimed.peek().is_none();
    let is_written = claimed.any(|item| {
        let mut rows = sheet.grid.rows.get(&item.code).into_iter().flatten().copied();
        rows.any(|row| {
            given.iter().any(|column| is_filled(item, row, *column))
                || Row { sheet, item, number: row }.misplaced().is_some()
        })
    });
    let is_loose = sheet.grid.loose.iter().chain(&sheet.grid.mangled).any(|row| {
        let at = sheet.grid.at(*row, Column::Score);
        at.is_some_and(|at| {
            matches!(told(sheet.grid.page, at), Told::Number(_)) || is_marked(sheet, at)
        })
    });
    !is_answered && !is_written && !is_loose
}

/// How much the table is a form of the unit: by how many items of its set have
/// a row, and a score or a figure in it.
pub(super) fn likeness(sheet: &Sheet<'_>) -> Likeness {
    let answered = [Column::Score, Column::Numerator, Column::Count, Column::Day];
    let is_marked = |row| {
        let mut below = sheet.below(row).filter_map(|row| sheet.grid.at(row, Column::Score));
        below.any(|at| is_marked(sheet, at))
    };
    let is_claimed = |row: u32| {
        answered.iter().any(|column| !sheet.grid.shown(row, *column).is_empty()) || is_marked(row)
    };
    let items = || sheet.round.set(sheet.unit).items().filter(|it| it.origin != Origin::Survey);
    let is_most = |count: usize| items().count() < 2 * count;
    let coded: Vec<u32> = items().filter_map(|item| sheet.grid.row(item.code)).collect();
    match (sheet.is_issued, is_most(coded.len())) {
        (true, true) => Likeness::Issued,
        (false, true) if is_most(coded.iter().filter(|row| is_claimed(**row)).count()) => {
            Likeness::Drawn
        }
        _ => Likeness::Alike,
    }
}

/// Whether the table follows the unit's criteria set: most of its codes do.
pub(super) fn check_set(sheet: &Sheet<'_>, findings: &mut Findings) -> bool {
    let set = sheet.round.set(sheet.unit);
    let is_known = |code: &ItemCode| set.nodes.iter().any(|node| node.code() == *code);
    let codes = sheet.grid.rows.keys();
    let is_foreign = |code: &&ItemCode| !is_known(code) && !sheet.edition.is_dropped(**code);
    let unknown = codes.filter(is_foreign).count();
    let is_other = sheet.grid.rows.len() < 2 * unknown;
    if is_other {
        let unit = &sheet.unit.name;
        let said = said::CodesOfOtherSet { count: unknown, set: &set.id, unit };
        findings.say(sheet.whole(), said);
    }
    !is_other
}

/// Says which codes are lost, doubled, unknown or mangled, and which headings
/// had their maximum changed.
pub(super) fn check_codes(sheet: &Sheet<'_>, findings: &mut Findings) {
    let set = sheet.round.set(sheet.unit);
    let grid = sheet.grid;
    let known: BTreeMap<ItemCode, &Node> =
        set.nodes.iter().map(|node| (node.code(), node)).collect();
    let unknown: Vec<(ItemCode, u32)> = grid
        .rows
        .iter()
        .filter(|(code, _)| !known.contains_key(code) && !sheet.edition.is_dropped(**code))
        .flat_map(|(code, rows)| rows.iter().map(|row| (*code, *row)))
        .collect();
    for (item, row) in unknown {
        findings.say(sheet.code_place(row), said::ItemStrange { item });
    }
    for row in &grid.mangled {
        let found = grid.shown(*row, Column::Code);
        findings.say(sheet.code_place(*row), said::CodeUnclear { found });
    }
    for (code, rows) in
        grid.rows.iter().filter(|(code, rows)| 1 < rows.len() && known.contains_key(code))
    {
        let numbers: Vec<u32> = rows.iter().map(|row| row + 1).collect();
        let said = said::ItemOnRows { item: *code, count: rows.len(), rows: numbers };
        findings.say(sheet.code_place(rows[1]), said);
    }
    say_lost(sheet, findings);
    for node in &set.nodes {
        if let (Node::Heading(heading), Some(row)) = (node, grid.row(node.code()))
            && !sheet.edition.is_changed(heading.code)
        {
            let max = sheet.edition.max(heading.code, heading.max);
            sheet.max_agrees(heading.code, max, row, findings);
        }
    }
}

/// One finding for every row that is gone, unless as many rows have a mangled
/// code: those are the rows.
fn say_lost(sheet: &Sheet<'_>, findings: &mut Findings) {
    let lost: Vec<&Item> = sheet.lost().collect();
    if lost.is_empty() || lost.len() <= sheet.grid.mangled.len() {
        return;
    }
    let items: Vec<ItemCode> = lost.iter().map(|item| item.code).collect();
    let orphan = sheet.orphans.first();
    let found = orphan.map(|row| sheet.grid.shown(*row, Column::Code));
    let found = found.filter(|found| !found.is_empty());
    let said = match found {
        Some(found) => Said::from(said::ItemsLostOf { items, found }),
        None => said::ItemsLost { items }.into(),
    };
    let place = match orphan {
        Some(row) => sheet.code_place(*row),
        None => sheet.whole(),
    };
    findings.say(place, said);
}

/// Says that the form was issued from an earlier state of the set, which items
/// were scored anew, and which it therefore does not answer.
pub(super) fn check_edition(sheet: &Sheet<'_>, claims: &Claims, findings: &mut Findings) {
    if !sheet.edition.is_older {
        return;
    }
    let items = sheet.round.set(sheet.unit).items();
    let unanswered: Vec<&Item> = items.filter(|item| sheet.is_unanswered(item)).collect();
    let rescored = claims.iter().filter(|(code, _)| sheet.edition.is_rescored(*code));
    let rescored: Vec<String> = rescored
        .filter_map(|(code, claim)| {
            let Claimed::Points(now) = claim.score else { return None };
            let at = sheet.grid.at(claim.row?, Column::Score)?;
            Some(match told(sheet.grid.page, at) {
                Told::Number(then) => format!("{code}: {} → {now}", then.points()),
                _ => format!("{code}: {now}"),
            })
        })
        .collect();
    if !rescored.is_empty() {
        findings.say(sheet.whole(), said::Rescored { items: rescored });
    } else if unanswered.is_empty() {
        findings.say(sheet.whole(), said::OnlyOthersMended {});
    }
    if unanswered.is_empty() {
        return;
    }
    let named: Vec<String> = unanswered
        .iter()
        .map(|item| match sheet.grid.row(item.code) {
            Some(row) => format!("{} ({})", item.code, sheet.code_place(row).spot()),
            None => format!("{} (chưa có dòng)", item.code),
        })
        .collect();
    let first = unanswered.iter().find_map(|item| sheet.grid.row(item.code));
    let place = first.map_or_else(|| sheet.whole(), |row| sheet.code_place(row));
    findings.say(place, said::ItemsMended { count: named.len(), items: named });
}

/// A survey item is not the unit's to score.
pub(super) fn check_survey(sheet: &Sheet<'_>, item: &Item, row: u32, findings: &mut Findings) {
    sheet.max_agrees(item.code, sheet.edition.max(item.code, item.max), row, findings);
    let Some(at) = sheet.grid.at(row, Column::Score) else { return };
    let found = match sheet.told(at, findings) {
        Told::Number(number) => number.to_string(),
        Told::Unclear(Unclear::NoValue, _) | Told::Blank | Told::NotApplicable => return,
        Told::Unclear(_, shown) => format!("«{shown}»"),
    };
    findings.say(sheet.place(at), said::SurveyScored { item: item.code, found });
}

/// Typed sums that are not the sum of what stands under them. A formula's own
/// result is not held against the unit: programs store old ones.
pub(super) fn check_sums(sheet: &Sheet<'_>, claims: &Claims, findings: &mut Findings) {
    if sheet.edition.is_older {
        // What was summed up is not what stands there now.
        return;
    }
    let set = sheet.round.set(sheet.unit);
    let headings = set.nodes.iter().filter_map(|node| match node {
        Node::Heading(Heading { code, .. }) => Some((sheet.grid.row(*code)?, Some(*code))),
        Node::Item(_) => None,
    });
    let total = sheet.grid.total.map(|row| (row, None));
    for (row, heading) in headings.chain(total).collect::<Vec<_>>() {
        let under =
            claims.iter().filter(|(code, _)| heading.is_none_or(|heading| code.is_within(heading)));
        let mut sum = Points::ZERO;
        let mut is_certain = true;
        for (_, claim) in under {
            match claim.score {
                Claimed::Points(points) => sum += points,
                Claimed::NotApplicable(_) => {}
                Claimed::Faulty => is_certain = false,
            }
        }
        let Some(at) = sheet.grid.at(row, Column::Score).filter(|_| is_certain) else { continue };
        let is_typed = sheet.grid.page.cells.get(&at).is_some_and(|cell| !cell.is_formula);
        let Told::Number(typed) = sheet.told(at, findings) else { continue };
        if is_typed && typed.points() != sum {
            let item = heading.map_or_else(|| finding::Item(layout::TOTAL.to_owned()), Into::into);
            findings.say(sheet.place(at), said::SumWrong { item, found: typed, sum });
        }
    }
}

/// The columns without which a table cannot be read: all of ours on an issued
/// form; the four of the usual layout on any other.
fn needed_columns(is_issued: bool) -> &'static [Column] {
    if is_issued {
        &Column::ALL
    } else {
        &[Column::Code, Column::Title, Column::Max, Column::Score]
    }
}
