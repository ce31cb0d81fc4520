//! What the cells of a workbook hold, to our reader and to calamine. Fuzzing
//! (`fuzz/fuzz_targets/judge.rs`) compares them too.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{DataRef, Reader, SheetType, Xlsx};
use cchc::book::RawValue;
use cchc::excel;

/// What cells hold: by sheet, row and column; whether it is a formula's result.
pub(crate) type Told = BTreeMap<(String, u32, u32), (String, bool)>;

/// A cell that the two tell otherwise, if there is one.
pub(crate) fn difference(ours: &Told, theirs: Option<&Told>) -> Option<String> {
    let Some(theirs) = theirs else { return Some("calamine reads nothing".to_owned()) };
    let differs = |cell: &&(String, u32, u32)| ours.get(*cell) != theirs.get(*cell);
    let cell = ours.keys().chain(theirs.keys()).find(differs)?;
    Some(format!("{cell:?} is {:?} to us, {:?} to it", ours.get(cell), theirs.get(cell)))
}

/// As we read it; `None` of a file that we refuse.
pub(crate) fn by_us(bytes: &[u8]) -> Option<Told> {
    let book = excel::read("a.xlsx", bytes).ok()?.book;
    let mut told = Told::new();
    for page in &book.pages {
        for (at, cell) in &page.cells {
            let value = match &cell.value {
                RawValue::Number(number) => number.to_string(),
                RawValue::Text(text) => format!("'{text}'"),
                RawValue::Bool(is_true) => is_true.to_string(),
                RawValue::Date(serial) => format!("day {serial}"),
                RawValue::Error(word) if word.starts_with('#') => word.clone(),
                RawValue::Error(word) => format!("#{word}"),
                RawValue::Missing => "none".to_owned(),
            };
            told.insert((page.name.clone(), at.row, at.col), (value, cell.is_formula));
        }
    }
    Some(told)
}

/// As calamine reads it; `None` where it cannot.
pub(crate) fn by_calamine(bytes: &[u8]) -> Option<Told> {
    let bytes = bytes.to_vec();
    catch_unwind(move || {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
        let shift = if book.has_1904_epoch() { 1462.0 } else { 0.0 };
        let sheets = book.sheets_metadata().to_vec();
        let mut told = Told::new();
        for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
            let mut cells = book.worksheet_cells_reader(&sheet.name).ok()?;
            while let Some(cell) = cells.next_cell_with_formula_metadata().ok()? {
                let is_formula = cell.formula.is_some();
                if let Some(value) = shown(&cell.value, is_formula, shift) {
                    let at = (sheet.name.clone(), cell.pos.0, cell.pos.1);
                    told.insert(at, (value, is_formula));
                }
            }
        }
        Some(told)
    })
    .ok()
    .flatten()
}

fn shown(value: &DataRef, is_formula: bool, shift: f64) -> Option<String> {
    let number = |number: f64, word: &str| {
        if number.is_finite() { format!("{word}{number}") } else { format!("#{number}") }
    };
    let text = |text: &str| (!cchc::text::is_blank(text)).then(|| format!("'{text}'"));
    match value {
        DataRef::Empty => is_formula.then(|| "none".to_owned()),
        DataRef::Int(value) => Some(value.to_string()),
        DataRef::Float(value) => Some(number(*value, "")),
        DataRef::DateTime(value) => Some(number(value.as_f64() + shift, "day ")),
        DataRef::Bool(value) => Some(value.to_string()),
        DataRef::Error(error) => Some(error.to_string()),
        DataRef::DateTimeIso(iso) => {
            let day = iso.get(..10).and_then(cchc::day::Day::parse);
            day.map(|day| format!("day {}", day.serial())).or_else(|| text(iso))
        }
        DataRef::String(words) | DataRef::DurationIso(words) => text(words),
        DataRef::SharedString(words) => text(words),
    }
}
