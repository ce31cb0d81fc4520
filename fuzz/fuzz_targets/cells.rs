//! A whole round in memory: filled forms with cells changed at random, read,
//! put together, scored, ranked, awarded and recorded.

#![no_main]

use std::sync::LazyLock;

use cchc::book::{Book, RawCell, RawValue};
use cchc::excel;
use cchc::finding::{CellRef, Findings};
use cchc::form;
use cchc::record;
use cchc::handout;
use cchc::tally;
use cchc_fuzz::ROUND;
use libfuzzer_sys::fuzz_target;

/// How many forms one round holds; more would only be slower.
const FORMS: usize = 4;

static BLANKS: LazyLock<Vec<Book>> = LazyLock::new(|| {
    let units = ROUND.register.units.iter().take(FORMS);
    let blanks = units.map(|unit| {
        let name = format!("nop/{}.xlsx", unit.id);
        let bytes = excel::write(&handout::blank_form::workbook(&ROUND, unit)).expect("in memory");
        excel::read(&name, &bytes).expect("our own form").book
    });
    blanks.collect()
});

fuzz_target!(init: { LazyLock::force(&BLANKS); }, |data: &[u8]| {
    let mut books = BLANKS.clone();
    for change in data.chunks(8) {
        let [book, page, row, col, kind, value @ ..] = change else { continue };
        let book = &mut books[usize::from(*book) % FORMS];
        let page = usize::from(*page) % book.pages.len();
        let at = CellRef { row: u32::from(*row), col: u32::from(*col) % 16 };
        let cells = &mut book.pages[page].cells;
        match value_of(*kind, value) {
            Some(value) => drop(cells.insert(at, RawCell::plain(value))),
            None => drop(cells.remove(&at)),
        }
    }
    let readings = books.iter().map(|book| form::read(book, &ROUND)).collect();
    let intake = form::gather(readings, &ROUND);
    assert_eq!(intake.receipts.len(), FORMS);
    let tally = tally::tally(&ROUND, intake, None, None, None, Findings::default());
    record::of(&ROUND, &tally, &[], "cchc").begin_json(std::io::sink()).unwrap();
});

fn value_of(kind: u8, value: &[u8]) -> Option<RawValue> {
    let number = value.iter().fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte));
    let text = String::from_utf8_lossy(value).into_owned();
    Some(match kind % 8 {
        0 => RawValue::Number(number / 1000.0),
        1 => RawValue::Number(number - 10.0),
        2 => RawValue::Text(text),
        3 => RawValue::Text(format!("{:.2}", number / 100.0)),
        4 => RawValue::Bool(number > 1.0),
        5 => RawValue::Date(number),
        6 => RawValue::Missing,
        _ => return None,
    })
}
