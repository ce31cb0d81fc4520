//! A level that is chosen by a mark on its row, or by its name in place of
//! points.

use super::cell::{Told, shown, told};
use super::sheet::{Row, Sheet};
use crate::finding::CellRef;
use crate::form::layout::Column;
use crate::points::{Points, Quantity};
use crate::round::criteria::Item;
use crate::round::rule::{Level, Rule};
use crate::text;

/// What people put on the row that they choose.
const MARKS: [&str; 8] = ["x", "×", "✕", "v", "✓", "✔", "√", "☑"];

/// A mark on the row of a level.
pub(super) struct Mark {
    pub(super) at: CellRef,
    /// The points of the level, if it is certain which one it is.
    pub(super) points: Option<Points>,
}

/// The points of the one level of the item that bears this name.
pub(super) fn named(item: &Item, name: &str) -> Option<Points> {
    let name = text::key(name);
    let levels = item.rule.named_levels(item.max);
    let mut levels = levels.iter().filter(|it| text::key(&it.label) == name);
    levels.next().filter(|_| levels.next().is_none()).map(|it| it.points)
}

/// The marks in the score cells of the rows below an item's.
pub(super) fn marks(of: Row<'_>) -> Vec<Mark> {
    let grid = of.sheet.grid;
    let Some(col) = grid.columns.get(&Column::Score).copied() else { return Vec::new() };
    let mark = |row: u32| Mark { at: CellRef::new(row, col), points: level_on(of, row) };
    of.below().filter(|row| is_marked(of.sheet, CellRef::new(*row, col))).map(mark).collect()
}

/// A mark on an item's row or below it in a column that is not read.
pub(super) fn mark_beside(of: Row<'_>) -> Option<CellRef> {
    let grid = of.sheet.grid;
    let is_read = |col: u32| grid.columns.values().any(|it| *it == col);
    let mut cells = std::iter::once(of.number).chain(of.below()).flat_map(|row| {
        let cols = grid.page.row(row).filter(move |(col, _)| !is_read(*col));
        cols.map(move |(col, _)| CellRef::new(row, col))
    });
    cells.find(|at| is_marked(of.sheet, *at))
}

/// The score cells of the rows below an item's that name its levels.
pub(super) fn level_cells(of: Row<'_>) -> Vec<CellRef> {
    let rows = of.below().filter(|row| level_on(of, *row).is_some());
    rows.filter_map(|row| of.sheet.grid.at(row, Column::Score)).collect()
}

/// Whether a cell holds nothing but a mark.
pub(super) fn is_marked(sheet: &Sheet<'_>, at: CellRef) -> bool {
    let found = sheet.grid.page.cells.get(&at).map(shown).unwrap_or_default();
    MARKS.contains(&found.to_lowercase().as_str())
}

/// The points of the level that a row is: by its title, and by the points that
/// stand in it, where it has any.
fn level_on(of: Row<'_>, row: u32) -> Option<Points> {
    let Row { sheet, item, .. } = of;
    let title = sheet.grid.shown(row, Column::Title);
    let levels = match &item.rule {
        Rule::Parts(parts) => parts.clone(),
        rule => rule.named_levels(item.max),
    };
    let by_name = by_title(&levels, &title);
    let is_possible = |points: &Points| match item.rule.choices(item.max) {
        Some(choices) => choices.contains(points),
        None => Points::ZERO <= *points && *points <= item.max,
    };
    let printed = sheet.grid.at(row, Column::Max).map(|at| told(sheet.grid.page, at));
    let by_points = match printed {
        Some(Told::Number(number)) => Some(number.points()),
        _ => points_behind(&title),
    };
    let by_points = by_points.filter(is_possible);
    match (by_name, by_points) {
        (Some(named), Some(printed)) => (named == printed).then_some(named),
        (named, printed) => named.or(printed),
    }
}

/// The points of the level whose name a title begins with; of several the one
/// of the longest.
fn by_title(levels: &[Level], title: &str) -> Option<Points> {
    let title = format!("{} ", text::key(title));
    let keys = levels.iter().map(|it| (format!("{} ", text::key(&it.label)), it.points));
    let found: Vec<(String, Points)> = keys.filter(|(key, _)| title.starts_with(key)).collect();
    let longest = found.iter().map(|(key, _)| key.len()).max()?;
    let mut longest = found.iter().filter(|(key, _)| key.len() == longest);
    longest.next().filter(|_| longest.next().is_none()).map(|(_, points)| *points)
}

/// `Đúng hạn: 1,5 điểm`: the points at the end of a title.
fn points_behind(title: &str) -> Option<Points> {
    let (_, behind) = title.rsplit_once([':', '='])?;
    let number = behind.trim_end_matches(|c: char| !c.is_ascii_digit());
    text::number(number.trim()).ok().map(Quantity::points)
}
