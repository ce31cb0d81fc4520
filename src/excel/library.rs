//! Values as the library of the writer takes them.

use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::XlsxError;

use crate::day::Day;

/// The text without what lies beyond `units` UTF-16 units; no character is cut
/// in two.
pub(super) fn cut(text: &str, units: usize) -> &str {
    // No text has more units than bytes.
    if text.len() <= units {
        return text;
    }
    let mut used = 0;
    let end = text.char_indices().find(|(_, letter)| {
        used += letter.len_utf16();
        units < used
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// A column number of the library's type.
pub(super) fn column(number: u32) -> Result<u16, XlsxError> {
    u16::try_from(number).map_err(|_| XlsxError::RowColumnLimitError)
}

/// The start of a day.
pub(super) fn moment(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = day.parts();
    let part = |it: i8| u8::try_from(it).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), part(month), part(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        #[track_caller]
        fn check(text: &str, units: usize, expected: &str) {
            assert_eq!(cut(text, units), expected);
        }
        check("Điểm", 10, "Điểm");
        check("Điểm", 4, "Điểm");
        check("Điểm", 3, "Điể");
        check("a😀b", 2, "a");
        check("a😀b", 3, "a😀");
    }
}
