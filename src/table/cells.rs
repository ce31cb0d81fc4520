//! What a cell shows, and the number or the day in it.

use crate::book::{RawCell, RawValue};
use crate::day::Day;
use crate::points::Quantity;
use crate::text::{self, NotNumber, legacy};

pub(super) fn number_of(cell: &RawCell) -> Result<Quantity, NotNumber> {
    match &cell.value {
        RawValue::Number(value) => Quantity::from_cell(*value).ok_or(NotNumber::Word),
        RawValue::Text(_) => text::number(&shown(cell)),
        _ => Err(NotNumber::Word),
    }
}

/// What a cell shows, cleaned: numbers with a decimal comma, dates as
/// `31/01/2019`.
pub fn shown(cell: &RawCell) -> String {
    match &cell.value {
        RawValue::Text(text) => match cell.encoding {
            Some(encoding) => text::clean(&legacy::decode(text, encoding)),
            None => text::clean(text),
        },
        RawValue::Number(value) => {
            Quantity::from_cell(*value).map_or_else(|| value.to_string(), |it| it.to_string())
        }
        RawValue::Date(serial) => {
            cell_day(cell).map_or_else(|| serial.to_string(), |day| day.to_string())
        }
        RawValue::Bool(true) => "TRUE".to_owned(),
        RawValue::Bool(false) => "FALSE".to_owned(),
        RawValue::Error(error) => error.clone(),
        RawValue::Missing => "chưa có kết quả".to_owned(),
    }
}

/// The day in a cell: an Excel date without its time, or a typed one.
pub fn cell_day(cell: &RawCell) -> Option<Day> {
    match &cell.value {
        RawValue::Date(serial) => {
            let whole = Quantity::from_cell(serial.floor())?.to_whole()?;
            Day::from_serial(whole)
        }
        RawValue::Text(text) => Day::parse(&text::clean(text)),
        _ => None,
    }
}
