//! The table as a whole: its columns, its codes, the rows that nobody scores,
//! and its sums.

use std::collections::BTreeMap;

use super::cell::{Notes, Told, Unclear, shown, told};
use super::claim::Desk;
use super::identity::needed_columns;
use crate::finding::{CellRef, Code};
use crate::form::layout::Column;
use crate::form::{Claim, Claimed, Likeness};
use crate::points::Points;
use crate::round::criteria::{Heading, Item, ItemCode, Node, Origin};
use crate::text;

/// Whether every column that the form needs is there, once.
pub(super) fn check_columns(desk: &Desk<'_>, notes: &mut Notes<'_>) -> bool {
    let grid = desk.grid;
    let needed = needed_columns(desk.is_issued).iter();
    let missing = needed.filter(|column| !grid.columns.contains_key(column));
    let missing: Vec<String> = missing.map(|column| format!("«{}»", column.label())).collect();
    if !missing.is_empty() {
        let message = format!("Bảng thiếu cột {}", missing.join(", "));
        notes.say(Code::ColumnMissing, desk.book.place(grid.page), message);
    }
    for (column, col) in &grid.doubled {
        let cells = [grid.columns[column], *col].map(|col| CellRef::new(grid.head, col));
        let named = cells.map(|at| {
            let label = grid.page.cells.get(&at).map(shown).unwrap_or_default();
            format!("«{label}» ở ô {at}")
        });
        let message = format!("Bảng có hai cột {}: {}", column.label(), named.join(" và "));
        notes.say(Code::ColumnMissing, desk.place(cells[1]), message);
    }
    missing.is_empty() && grid.doubled.is_empty()
}

/// Whether no score and no figure that is the unit's to give is given, beside
/// its cell or in it.
pub(super) fn is_blank(desk: &Desk<'_>) -> bool {
    // A computed cell of ours is no answer; any other formula is one.
    let is_filled = |item: &Item, row: u32, column: Column| {
        let cell = desk.grid.at(row, column).and_then(|at| desk.grid.page.cells.get(&at));
        let is_computed = column == Column::Score && desk.has_figures(item);
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
    let set = desk.round.set(desk.unit);
    let claimed = set.items().filter(|item| {
        item.origin != Origin::Survey
            && desk.round.exemptions.get(&desk.unit.id, item.code).is_none()
    });
    // Where the round takes every item off, there is nothing to fill in.
    let mut claimed = claimed.peekable();
    let is_answered = claimed.peek().is_none();
    let is_written = claimed.any(|item| {
        let mut rows = desk.grid.rows.get(&item.code).into_iter().flatten().copied();
        rows.any(|row| {
            given.iter().any(|column| is_filled(item, row, *column))
                || desk.misplaced(item, row).is_some()
        })
    });
    let is_loose = desk.grid.loose.iter().chain(&desk.grid.mangled).any(|row| {
        let at = desk.grid.at(*row, Column::Score);
        at.is_some_and(|at| matches!(told(desk.grid.page, at), Told::Number(_)))
    });
    !is_answered && !is_written && !is_loose
}

/// How much the table is a form of the unit: by how many items of its set have
/// a row, and a score or a figure in it.
pub(super) fn likeness(desk: &Desk<'_>) -> Likeness {
    let answered = [Column::Score, Column::Numerator, Column::Count, Column::Day];
    let is_claimed =
        |row: u32| answered.iter().any(|column| !desk.grid.shown(row, *column).is_empty());
    let items = || desk.round.set(desk.unit).items().filter(|it| it.origin != Origin::Survey);
    let is_most = |count: usize| items().count() < 2 * count;
    let coded: Vec<u32> = items().filter_map(|item| desk.grid.row(item.code)).collect();
    match (desk.is_issued, is_most(coded.len())) {
        (true, true) => Likeness::Issued,
        (false, true) if is_most(coded.iter().filter(|row| is_claimed(**row)).count()) => {
            Likeness::Drawn
        }
        _ => Likeness::Alike,
    }
}

/// Whether the table follows the unit's criteria set: most of its codes do.
pub(super) fn check_set(desk: &Desk<'_>, notes: &mut Notes<'_>) -> bool {
    let set = desk.round.set(desk.unit);
    let is_known = |code: &ItemCode| set.nodes.iter().any(|node| node.code() == *code);
    let codes = desk.grid.rows.keys();
    let is_foreign = |code: &&ItemCode| !is_known(code) && !desk.edition.is_dropped(**code);
    let unknown = codes.filter(is_foreign).count();
    let is_other = desk.grid.rows.len() < 2 * unknown;
    if is_other {
        let message =
            format!("{unknown} mã không có trong bộ chỉ số «{}» của {}", set.id, desk.unit.name);
        notes.say(Code::FormOtherSet, desk.book.place(desk.grid.page), message);
    }
    !is_other
}

/// Says which codes are lost, doubled, unknown or mangled, and which headings
/// had their maximum changed.
pub(super) fn check_codes(desk: &Desk<'_>, notes: &mut Notes<'_>) {
    let set = desk.round.set(desk.unit);
    let grid = desk.grid;
    let known: BTreeMap<ItemCode, &Node> =
        set.nodes.iter().map(|node| (node.code(), node)).collect();
    let unknown: Vec<(ItemCode, u32)> = grid
        .rows
        .iter()
        .filter(|(code, _)| !known.contains_key(code) && !desk.edition.is_dropped(**code))
        .flat_map(|(code, rows)| rows.iter().map(|row| (*code, *row)))
        .collect();
    for (code, row) in unknown {
        let message = format!("{code} – Mã không có trong bộ chỉ số");
        notes.say(Code::ItemUnknown, desk.code_place(row), message);
    }
    for row in &grid.mangled {
        let found = grid.shown(*row, Column::Code);
        let message = format!("Ô mã ghi «{found}», không chắc là mã nào");
        notes.say(Code::CodeMangled, desk.code_place(*row), message);
    }
    for (code, rows) in
        grid.rows.iter().filter(|(code, rows)| 1 < rows.len() && known.contains_key(code))
    {
        let numbers: Vec<String> = rows.iter().map(|row| (row + 1).to_string()).collect();
        let message = format!("{code} – Mã có ở {} dòng: {}", rows.len(), numbers.join(", "));
        notes.say(Code::ItemRepeated, desk.code_place(rows[1]), message);
    }
    say_lost(desk, notes);
    for node in &set.nodes {
        if let (Node::Heading(heading), Some(row)) = (node, grid.row(node.code()))
            && !desk.edition.is_changed(heading.code)
        {
            desk.max_agrees(heading.code, heading.max, row, notes);
        }
    }
}

/// One finding for every row that is gone, unless as many rows have a mangled
/// code: those are the rows.
fn say_lost(desk: &Desk<'_>, notes: &mut Notes<'_>) {
    let lost: Vec<&Item> = desk.lost().collect();
    if lost.is_empty() || lost.len() <= desk.grid.mangled.len() {
        return;
    }
    let codes: Vec<String> = lost.iter().map(|item| item.code.to_string()).collect();
    let orphan = desk.orphans.first();
    let found = orphan.map(|row| desk.grid.shown(*row, Column::Code));
    let found = found.filter(|found| !found.is_empty());
    let found = found.map(|found| format!("; ô mã ghi «{found}»")).unwrap_or_default();
    let message = format!("Không thấy dòng có mã {}{found}", codes.join(", "));
    let place = match orphan {
        Some(row) => desk.code_place(*row),
        None => desk.book.place(desk.grid.page),
    };
    notes.say(Code::ItemLost, place, message);
}

/// Says that the form was issued from an earlier state of the set, and which
/// items it therefore does not answer.
pub(super) fn check_edition(desk: &Desk<'_>, notes: &mut Notes<'_>) {
    if !desk.edition.is_older {
        return;
    }
    let items = desk.round.set(desk.unit).items();
    let unanswered: Vec<&Item> = items.filter(|item| desk.is_unanswered(item)).collect();
    if unanswered.is_empty() {
        let message = "Phiếu phát trước khi bộ chỉ số được sửa; các dòng đơn vị chấm không đổi";
        notes.say(Code::FormOlderSet, desk.book.place(desk.grid.page), message);
        return;
    }
    let named: Vec<String> = unanswered
        .iter()
        .map(|item| match desk.grid.row(item.code) {
            Some(row) => format!("{} ({})", item.code, desk.code_place(row).spot()),
            None => format!("{} (chưa có dòng)", item.code),
        })
        .collect();
    let first = unanswered.iter().find_map(|item| desk.grid.row(item.code));
    let place = first.map_or_else(|| desk.book.place(desk.grid.page), |row| desk.code_place(row));
    let message = format!(
        "Bộ chỉ số đã sửa {} tiêu chí sau khi phát phiếu này: {}",
        named.len(),
        named.join(", ")
    );
    notes.say(Code::FormOtherSet, place, message);
}

/// A survey item is not the unit's to score.
pub(super) fn check_survey(desk: &Desk<'_>, item: &Item, row: u32, notes: &mut Notes<'_>) {
    desk.max_agrees(item.code, item.max, row, notes);
    let Some(at) = desk.grid.at(row, Column::Score) else { return };
    let found = match notes.told(desk.grid.page, at) {
        Told::Number(number) => number.to_string(),
        Told::Unclear(Unclear::NoValue, _) | Told::Blank | Told::NotApplicable => return,
        Told::Unclear(_, shown) => format!("«{shown}»"),
    };
    let message = format!("{} – Điểm lấy từ khảo sát, không tự chấm: {found}", item.code);
    notes.say(Code::ScoreForSurvey, desk.place(at), message);
}

/// Typed sums that are not the sum of what stands under them. A formula's own
/// result is not held against the unit: programs store old ones.
pub(super) fn check_sums(
    desk: &Desk<'_>,
    claims: &BTreeMap<ItemCode, Claim>,
    notes: &mut Notes<'_>,
) {
    if desk.edition.is_older {
        // What was summed up is not what stands there now.
        return;
    }
    let set = desk.round.set(desk.unit);
    let headings = set.nodes.iter().filter_map(|node| match node {
        Node::Heading(Heading { code, .. }) => Some((desk.grid.row(*code)?, Some(*code))),
        Node::Item(_) => None,
    });
    let total = desk.grid.total.map(|row| (row, None));
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
        let Some(at) = desk.grid.at(row, Column::Score).filter(|_| is_certain) else { continue };
        let is_typed = desk.grid.page.cells.get(&at).is_some_and(|cell| !cell.is_formula);
        let Told::Number(typed) = notes.told(desk.grid.page, at) else { continue };
        if is_typed && typed.points() != sum {
            let name = heading.map_or_else(|| "Tổng cộng".to_owned(), |code| code.to_string());
            let message = format!("{name} – Gõ tổng {typed}, cộng từng dòng được {sum}");
            notes.say(Code::TotalOvertyped, desk.place(at), message);
        }
    }
}

/// Loose rows that carry the title of an item whose code is nowhere or, where
/// the title is gone as well, its maximum points.
pub(super) fn orphans(desk: &Desk<'_>) -> Vec<u32> {
    let lost: Vec<(String, Points)> =
        desk.lost().map(|item| (text::key(&item.title), item.max)).collect();
    let max = |row| match told(desk.grid.page, desk.grid.at(row, Column::Max)?) {
        Told::Number(max) => Some(max.points()),
        _ => None,
    };
    let is_orphan = |row: &u32| {
        let found = text::key(&desk.grid.shown(*row, Column::Title));
        if found.is_empty() {
            max(*row).is_some_and(|max| lost.iter().any(|(_, lost)| *lost == max))
        } else {
            lost.iter().any(|(title, _)| found.starts_with(title.as_str()))
        }
    };
    let loose = desk.grid.loose.iter().copied();
    if lost.is_empty() { Vec::new() } else { loose.filter(is_orphan).collect() }
}

/// Loose rows that carry the title of a heading whose code is nowhere.
pub(super) fn headings(desk: &Desk<'_>) -> Vec<u32> {
    let nodes = desk.round.set(desk.unit).nodes.iter();
    let lost = nodes.filter_map(|node| match node {
        Node::Heading(heading) if !desk.grid.rows.contains_key(&heading.code) => Some(heading),
        Node::Heading(_) | Node::Item(_) => None,
    });
    let titles: Vec<String> = lost.map(|heading| text::key(&heading.title)).collect();
    let is_heading = |row: &u32| titles.contains(&text::key(&desk.grid.shown(*row, Column::Title)));
    let loose = desk.grid.loose.iter().copied();
    if titles.is_empty() { Vec::new() } else { loose.filter(is_heading).collect() }
}
