//! One cell of a form → what the person meant by it, and what had to be done to
//! understand it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::book::{Book, Page, RawCell, RawValue};
use crate::finding::{CellRef, Code, Finding, Findings, Many, Place};
use crate::form::layout;
use crate::points::Quantity;
use crate::round::waiver::Waiver;
use crate::table;
use crate::text::legacy;
use crate::text::{self, NotNumber};

/// What a cell for a number says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Told {
    Blank,
    Number(Quantity),
    /// KAD, or its meaning in other words.
    NotApplicable,
    /// Nothing certain: why, and what the cell shows.
    Unclear(Unclear, String),
}

/// Why a cell is not certain to say a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unclear {
    /// Words, a truth value, or a number beyond all bounds.
    NotANumber,
    /// `1.5` typed where Excel expects a comma becomes the first of May.
    IsDate,
    /// `1.234`: grouped by thousands, or a decimal point.
    TwoWays,
    /// An error value of Excel's.
    IsError,
    /// A formula whose result was never stored.
    NoValue,
}

/// Everything noticed while a form is read.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    book: &'a Book,
    pub(super) findings: Findings,
    /// Habits worth one note a form: where they were met first, and how often.
    habits: BTreeMap<Code, (Place, usize)>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(book: &'a Book) -> Notes<'a> {
        Notes { book, findings: Findings::default(), habits: BTreeMap::new() }
    }

    pub(super) fn say(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.findings.push(Finding::new(code, place, message));
    }

    /// The same, as a note where a waiver sets the rule aside.
    pub(super) fn say_or_waive(
        &mut self,
        code: Code,
        waiver: Option<&Waiver>,
        place: Place,
        message: String,
    ) {
        let said = Finding::new(code, place.clone(), message).into_said();
        self.findings.say(place, said.waived_if(waiver));
    }

    /// The findings, with one for each habit.
    pub(super) fn into_findings(self) -> Findings {
        let habits = self.habits.into_iter().filter_map(|(code, (place, count))| {
            let Many::Counted(what) = code.info().many else { return None };
            Some(Finding::new(code, place, format!("{what}: {count} ô")))
        });
        self.findings.into_iter().chain(habits).collect()
    }

    /// The text of a cell, in clean Unicode; empty when there is none.
    pub(super) fn text(&mut self, page: &Page, at: CellRef) -> String {
        let Some(cell) = page.cells.get(&at) else { return String::new() };
        let place = self.book.cell_place(page, at);
        if matches!(cell.value, RawValue::Missing) {
            self.habit(Code::FormulaInText, place);
            return String::new();
        }
        let shown = shown(cell);
        if shown.is_empty() {
            return shown;
        }
        if let RawValue::Text(raw) = &cell.value {
            if is_legacy(cell, raw) {
                self.habit(Code::TextLegacy, place.clone());
            }
            if text::has_hidden(raw) {
                self.habit(Code::TextCleaned, place.clone());
            }
        }
        if cell.is_formula {
            self.habit(Code::FormulaInText, place);
        }
        shown
    }

    /// What a cell for a number says.
    pub(super) fn told(&mut self, page: &Page, at: CellRef) -> Told {
        let told = told(page, at);
        let is_text = |cell: &RawCell| matches!(cell.value, RawValue::Text(_));
        if matches!(told, Told::Number(_)) && page.cells.get(&at).is_some_and(is_text) {
            self.habit(Code::NumberAsText, self.book.cell_place(page, at));
        }
        told
    }

    /// Notes a habit met in a cell.
    pub(super) fn habit(&mut self, code: Code, place: Place) {
        self.habits.entry(code).or_insert((place, 0)).1 += 1;
    }
}

/// What a cell for a number says, without a note of how it says it: for looking
/// into cells that nothing is taken from.
pub(super) fn told(page: &Page, at: CellRef) -> Told {
    let Some(cell) = page.cells.get(&at) else { return Told::Blank };
    let unclear = |why| Told::Unclear(why, shown(cell));
    match &cell.value {
        // 95 % is neither a count nor points, and nought is nought in any unit.
        RawValue::Number(value) if cell.is_percent && *value != 0.0 => unclear(Unclear::NotANumber),
        RawValue::Number(value) => {
            Quantity::from_cell(*value).map_or_else(|| unclear(Unclear::NotANumber), Told::Number)
        }
        RawValue::Text(_) => {
            let shown = shown(cell);
            match text::number(&shown) {
                _ if shown.is_empty() => Told::Blank,
                Ok(number) => Told::Number(number),
                Err(_) if is_not_applicable(&shown) => Told::NotApplicable,
                Err(NotNumber::Word) => Told::Unclear(Unclear::NotANumber, shown),
                Err(NotNumber::Ambiguous { .. }) => Told::Unclear(Unclear::TwoWays, shown),
            }
        }
        RawValue::Bool(_) => unclear(Unclear::NotANumber),
        RawValue::Date(_) => unclear(Unclear::IsDate),
        RawValue::Error(_) => unclear(Unclear::IsError),
        RawValue::Missing => unclear(Unclear::NoValue),
    }
}

/// What a cell shows, in clean Unicode.
pub(super) fn shown(cell: &RawCell) -> String {
    match &cell.value {
        RawValue::Text(raw) if !is_legacy(cell, raw) => text::clean(raw),
        // Beyond every figure anybody counts: 1e308, not three hundred zeros.
        RawValue::Number(value) if Quantity::from_cell(*value).is_none() => format!("{value:e}"),
        RawValue::Number(value) if cell.is_percent => {
            let percent = Quantity::from_cell(*value * 100.0);
            percent.map_or_else(|| table::shown(cell), |percent| format!("{percent} %"))
        }
        _ => table::shown(cell),
    }
}

/// Whether the font implies an old encoding and the text is in it. Letters
/// that only Unicode has prove that the font alone was changed.
fn is_legacy(cell: &RawCell, raw: &str) -> bool {
    let is_unicode = raw.chars().any(|c| ('\u{100}'..='\u{1eff}').contains(&c));
    cell.encoding.is_some_and(|encoding| !is_unicode && legacy::decode(raw, encoding) != raw)
}

fn is_not_applicable(shown: &str) -> bool {
    static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let known = layout::NOT_APPLICABLE_TOO.iter().chain([&layout::NOT_APPLICABLE]);
        known.map(|words| text::key(words)).collect()
    });
    KEYS.contains(&text::key(shown))
}
