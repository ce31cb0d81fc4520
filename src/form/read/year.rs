//! Of which year a form is: what its head, its sheet and its own date say.

use std::sync::LazyLock;

use super::cell::{day_in, formal_day, shown};
use super::grid::Grid;
use crate::book::{Book, Page, RawCell};
use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{CellRef, Place, Said};
use crate::form::layout;
use crate::round::settings::Settings;
use crate::text::{self, Words};

/// Something on a form that says of which year it is.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) place: Place,
    /// Where it stands and what stands there.
    told: String,
    says: Says,
    /// It stands in a text about self-scoring.
    pub(super) is_title: bool,
}

#[derive(Clone, Copy, Debug)]
enum Says {
    Head(i16),
    Sheet(i16),
    /// The form was made out on this day.
    Dated(Day),
}

/// What scoring is called.
const SCORING: [&str; 4] = ["tự chấm", "tự đánh giá", "tự cho điểm", "chấm điểm"];

/// Words before a number that alone is a year.
const LABELLING: [&str; 2] = ["năm", "kỳ"];

/// Labels of the day on which a form was made out.
const DATING: [&str; 6] =
    [layout::DATED, "Ngày lập", "Ngày lập biểu", "Ngày báo cáo", "Ngày tự chấm", "Ngày chấm điểm"];

/// Longer texts than this, in bytes, are none of them.
const DATING_MAX: usize = 60;

/// A form made out so many days from when it is due is another year's.
const HALF_A_YEAR: i64 = 183;

static DATING_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| DATING.iter().copied().map(text::key).collect());
static SCORING_WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(&SCORING));
static LABELLING_WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(&LABELLING));

/// The years that a text of the head speaks of as its own, in order.
pub(super) fn in_head(book: &Book, grid: &Grid<'_>, at: CellRef, text: &str) -> Vec<Mention> {
    let mut years = text::years_in(text);
    // Four digits may be any number.
    if text.len() == 4 && !is_labelled(grid.page, at) {
        years.clear();
    }
    let mention = |year| Mention {
        place: book.cell_place(grid.page, at),
        told: format!("ô {at} ghi «{text}»"),
        says: Says::Head(year),
        is_title: SCORING_WORDS.are_in(text),
    };
    years.into_iter().map(mention).collect()
}

/// The years that the name of the sheet and the form's own date speak of.
pub(super) fn beside_head(book: &Book, grid: &Grid<'_>, year: i16) -> Vec<Mention> {
    let name = &grid.page.name;
    let is_title = false;
    let of_sheet = |year| Mention {
        place: book.place(grid.page),
        told: format!("trang có tên «{name}»"),
        says: Says::Sheet(year),
        is_title,
    };
    let mut mentions: Vec<Mention> = text::years_in(name).into_iter().map(of_sheet).collect();
    let (place, day) = dated(book, grid, year);
    mentions.extend(day.ok().map(|day| Mention {
        told: format!("{} ghi ngày lập phiếu {day}", place.spot()),
        place,
        says: Says::Dated(day),
        is_title,
    }));
    mentions
}

impl Mention {
    /// Whether it speaks of the round's year. A form may be made out in the
    /// first weeks of the next one.
    pub(super) fn is_of(&self, settings: &Settings) -> bool {
        match self.says {
            Says::Head(year) | Says::Sheet(year) => year == settings.year,
            Says::Dated(day) => settings.intake.deadline.days_since(day).abs() <= HALF_A_YEAR,
        }
    }

    pub(super) fn is_date(&self) -> bool {
        matches!(self.says, Says::Dated(_))
    }

    /// That the form is another year's.
    pub(super) fn refusal(&self, settings: &Settings) -> Said {
        let year = settings.year;
        match self.says {
            Says::Head(found) => said::HeadOfOtherYear { found, year }.into(),
            Says::Sheet(found) => said::SheetOfOtherYear { found, year }.into(),
            Says::Dated(dated) => {
                let deadline = settings.intake.deadline;
                said::DatedInOtherYear { dated, year, deadline }.into()
            }
        }
    }

    /// That it does not agree with one that speaks of the round's year.
    pub(super) fn against(&self, own: &Mention, settings: &Settings) -> Said {
        let (own, other) = (&own.told, &self.told);
        said::YearsDiffer { own, other, year: settings.year }.into()
    }
}

/// Whether a number that stands alone has a label left of it or above it that
/// speaks of a year.
fn is_labelled(page: &Page, at: CellRef) -> bool {
    let left = page.row(at.row).filter(|(col, _)| *col < at.col);
    let left = left.filter(|(_, cell)| !shown(cell).is_empty()).last().map(|(_, cell)| cell);
    let above = at.row.checked_sub(1).and_then(|row| page.get(row, at.col));
    left.into_iter().chain(above).map(shown).any(|label| {
        let is_label = LABELLING_WORDS.are_in(&label) || SCORING_WORDS.are_in(&label);
        is_label && !text::quotes(&label)
    })
}

/// Where the day of the form is written, and the day, or what stands there
/// instead. A form without the label, or with nothing beside it, may have a
/// dateline, above its table or at its foot.
pub(super) fn dated(book: &Book, grid: &Grid<'_>, year: i16) -> (Place, Result<Day, String>) {
    let page = grid.page;
    let blank = Err(String::new());
    let label = labelled(grid, year);
    // A computed dateline repeats what stands beside the label.
    let is_needed = |is_computed: bool| match &label {
        Some((_, found)) => !is_computed && *found == blank,
        None => true,
    };
    let line = dateline(grid).filter(|(_, is_computed, _)| is_needed(*is_computed));
    match line.map(|(at, _, day)| (at, Ok(day))).or_else(|| label.clone()) {
        Some((at, day)) => (book.cell_place(page, at), day),
        None => (book.place(page), blank),
    }
}

/// The cell of the day beside its label, behind or below it, and what it says.
fn labelled(grid: &Grid<'_>, year: i16) -> Option<(CellRef, Result<Day, String>)> {
    let page = grid.page;
    let mut above = page.cells.range(..CellRef::new(grid.head, 0));
    let (label, behind) = above.find_map(|(at, cell)| {
        let text = shown(cell);
        let end = text.find(|c: char| c == ':' || c.is_ascii_digit()).unwrap_or(text.len());
        let is_label = end <= DATING_MAX && DATING_KEYS.contains(&text::key(&text[..end]));
        is_label.then(|| (*at, text[end..].trim_start_matches([':', ' ']).to_owned()))
    })?;
    if !behind.is_empty() {
        let day = Day::parse(&behind).or_else(|| formal_day(&behind));
        return Some((label, day.ok_or(behind)));
    }
    let beside = page.row(label.row).find(|(col, _)| label.col < *col);
    let beside = beside.map(|(col, cell)| (CellRef::new(label.row, col), cell));
    let below = CellRef::new(label.row + 1, label.col);
    let is_day = |cell: &&RawCell| day_in(cell, year).is_some();
    let below = page.cells.get(&below).filter(is_day).map(|cell| (below, cell));
    Some(match beside.or(below) {
        Some((at, cell)) => (at, day_in(cell, year).ok_or_else(|| shown(cell))),
        None => (CellRef::new(label.row, label.col + 1), Err(String::new())),
    })
}

/// `Hạ Long, ngày 5 tháng 12 năm 2019`: the first text that is nothing but a
/// dateline, whether it is computed, and its day.
fn dateline(grid: &Grid<'_>) -> Option<(CellRef, bool, Day)> {
    let cells = &grid.page.cells;
    let foot = grid.rows.values().flatten().chain(&grid.total).max().copied();
    let foot = CellRef::new(foot.unwrap_or(grid.head) + 1, 0);
    let mut outside = cells.range(..CellRef::new(grid.head, 0)).chain(cells.range(foot..));
    outside.find_map(|(at, cell)| {
        let text = shown(cell);
        // Day and year at least.
        text.contains(|c: char| c.is_ascii_digit()).then_some(())?;
        let place = text.get(..text.to_lowercase().find("ngày")?)?.trim_end();
        let is_place = place.is_empty() || place.ends_with(',') && !text::quotes(place);
        formal_day(&text).filter(|_| is_place).map(|day| (*at, cell.is_formula, day))
    })
}
