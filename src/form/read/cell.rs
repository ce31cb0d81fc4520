//! One cell of a form → what the person meant by it, and what had to be done to
//! understand it.

use std::sync::LazyLock;

use crate::book::{Book, Page, RawCell, RawValue};
use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{CellRef, Findings, Said};
use crate::form::layout;
use crate::points::Quantity;
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

/// The text of a cell, in clean Unicode; empty when there is none.
pub(super) fn text(book: &Book, page: &Page, at: CellRef, findings: &mut Findings) -> String {
    let Some(cell) = page.cells.get(&at) else { return String::new() };
    let mut say = |said: Said| findings.say(book.cell_place(page, at), said);
    if matches!(cell.value, RawValue::Missing) {
        say(said::FormulaInText {}.into());
        return String::new();
    }
    let shown = shown(cell);
    if shown.is_empty() {
        return shown;
    }
    if let RawValue::Text(raw) = &cell.value {
        if is_legacy(cell, raw) {
            say(said::TextLegacy {}.into());
        }
        if text::has_hidden(raw) {
            say(said::TextCleaned {}.into());
        }
    }
    if cell.is_formula {
        say(said::FormulaInText {}.into());
    }
    shown
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

/// The day in a cell of a form: a date of Excel's, one typed in any usual way,
/// or the bare number that a program without date formats leaves of a date.
pub(super) fn day_in(cell: &RawCell, year: i16) -> Option<Day> {
    if let RawValue::Number(serial) = cell.value {
        let (first, last) = layout::days(year);
        let day = Quantity::from_cell(serial.floor()).and_then(Quantity::to_whole);
        return day.and_then(Day::from_serial).filter(|day| first <= *day && *day <= last);
    }
    table::cell_day(cell).or_else(|| formal_day(&shown(cell)))
}

/// `ngày 05 tháng 12 năm 2019`.
pub(super) fn formal_day(text: &str) -> Option<Day> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let numbers: Vec<&str> = numbers.collect();
    let is_formal = ["ngày", "tháng", "năm"].iter().all(|word| text.to_lowercase().contains(word));
    let [day, month, year] = numbers.as_slice() else { return None };
    Day::parse(&format!("{day}/{month}/{year}")).filter(|_| is_formal)
}
