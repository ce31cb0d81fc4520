//! Rows of cells → the text of a page's rows.

use std::io::Write as _;

use rust_xlsxwriter::XlsxError;

use super::gate::ceiling;
use super::library::cut;
use super::look::Looks;
use super::strings::code;
use crate::finding::column_name;
use crate::points::Quantity;
use crate::sheet::{Cell, Row, Value};

/// The most UTF-16 units a cell may hold.
const CELL_MAX: usize = 32_767;

/// The height of a row that has none of its own, in points.
const ROW_HEIGHT: f64 = 15.75;

/// Rows as text, one after another.
pub(super) struct Lines<'a> {
    looks: &'a Looks,
    /// The number of the next row, from 0.
    next: u32,
    /// The letters of the columns that were met.
    columns: Vec<String>,
    pub(super) xml: Vec<u8>,
    pub(super) merges: Merges,
}

/// Blocks of cells that are one, as text.
#[derive(Default)]
pub(super) struct Merges {
    pub(super) count: usize,
    pub(super) xml: Vec<u8>,
}

impl Merges {
    pub(super) fn append(&mut self, more: &Merges) {
        self.count += more.count;
        self.xml.extend(&more.xml);
    }
}

impl<'a> Lines<'a> {
    /// Begins with the row of this number.
    pub(super) fn new(looks: &'a Looks, next: u32) -> Lines<'a> {
        Lines { looks, next, columns: Vec::new(), xml: Vec::new(), merges: Merges::default() }
    }

    /// Writes the next row; `number` knows the texts that all of the workbook
    /// shares, the others stand in their cells.
    pub(super) fn push(
        &mut self,
        row: &Row,
        height: f64,
        mut number: impl FnMut(&str) -> Option<u32>,
    ) -> Result<(), XlsxError> {
        if ceiling::ROWS <= self.next {
            return Err(XlsxError::RowColumnLimitError);
        }
        self.next += 1;
        let mut row_digits = [0; 10];
        let row_digits = digits(&mut row_digits, self.next);
        self.xml.extend(b"<row r=\"");
        self.xml.extend(row_digits);
        if (height - ROW_HEIGHT).abs() < 0.01 {
            self.xml.extend(b"\">");
        } else {
            write!(self.xml, "\" ht=\"{height}\" customHeight=\"1\">")?;
        }
        for (col, cell) in shown(row) {
            let look = self.looks.number(&cell.value, cell.role);
            let span = cell.span.max(1);
            if ceiling::COLUMNS < col + span {
                return Err(XlsxError::RowColumnLimitError);
            }
            self.begin(col, row_digits, look);
            self.value(&cell.value, &mut number);
            for covered in col + 1..col + span {
                self.begin(covered, row_digits, look);
                self.xml.extend(b"/>");
            }
            if 1 < span || 1 < cell.span_rows {
                let (first, last) = (column_name(col), column_name(col + span - 1));
                let bottom = self.next + cell.span_rows.max(1) - 1;
                self.merges.count += 1;
                let merge = format!("<mergeCell ref=\"{first}{}:{last}{bottom}\"/>", self.next);
                self.merges.xml.extend(merge.as_bytes());
            }
        }
        self.xml.extend(b"</row>");
        Ok(())
    }

    /// The tag of a cell, still open.
    fn begin(&mut self, col: u32, row_digits: &[u8], look: u32) {
        let at = col as usize;
        let met = u32::try_from(self.columns.len()).unwrap_or(col);
        self.columns.extend((met..=col).map(column_name));
        self.xml.extend(b"<c r=\"");
        self.xml.extend(self.columns[at].as_bytes());
        self.xml.extend(row_digits);
        self.xml.extend(b"\" s=\"");
        self.xml.extend(digits(&mut [0; 10], look));
        self.xml.push(b'"');
    }

    /// What a cell holds, and its end.
    fn value(&mut self, value: &Value, number: &mut impl FnMut(&str) -> Option<u32>) {
        let xml = &mut self.xml;
        match value {
            Value::Blank => xml.extend(b"/>"),
            Value::Text(_) => match text(value).map(|text| (text, number(text))) {
                None => xml.extend(b"/>"),
                Some((_, Some(number))) => {
                    xml.extend(b" t=\"s\"><v>");
                    xml.extend(digits(&mut [0; 10], number));
                    xml.extend(b"</v></c>");
                }
                Some((text, None)) => {
                    xml.extend(b" t=\"inlineStr\"><is>");
                    push_text(xml, text);
                    xml.extend(b"</is></c>");
                }
            },
            Value::Formula(formula, result) => {
                let result = settled(result);
                let is_text = matches!(result, Value::Text(_) | Value::Blank);
                xml.extend(if is_text { &b" t=\"str\"><f>"[..] } else { b"><f>" });
                escape(xml, formula);
                xml.extend(b"</f><v>");
                match result {
                    Value::Text(text) => escape(xml, cut(text, CELL_MAX)),
                    result => push_number(xml, result),
                }
                xml.extend(b"</v></c>");
            }
            value => {
                xml.extend(b"><v>");
                push_number(xml, value);
                xml.extend(b"</v></c>");
            }
        }
    }
}

/// The cells of a row that no other covers, with their columns.
pub(super) fn shown(row: &Row) -> impl Iterator<Item = (u32, &Cell)> {
    let mut covered = 0;
    (0..).zip(&row.cells).filter(move |(at, cell)| {
        let is_shown = covered <= *at;
        if is_shown {
            covered = at + cell.span.max(1);
        }
        is_shown
    })
}

/// The text that a cell holds; `None` of blanks, numbers and formulas.
pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(cut(text, CELL_MAX)).filter(|it| !it.is_empty()),
        _ => None,
    }
}

/// The number a cell holds; `None` of blanks, texts and formulas.
pub(super) fn number(value: &Value) -> Option<Quantity> {
    match value {
        Value::Blank | Value::Text(_) | Value::Formula(..) => None,
        Value::Whole(number) | Value::Money(number) => Some(Quantity::whole(*number)),
        Value::Points(points) => Some(points.quantity()),
        Value::Percent(percent) => Some(percent.quantity()),
        Value::Quantity(quantity) | Value::Decimal(quantity, _) => Some(*quantity),
        Value::Day(day) => Some(Quantity::whole(day.serial())),
    }
}

/// What a formula comes to.
fn settled(result: &Value) -> &Value {
    match result {
        Value::Formula(_, result) => settled(result),
        result => result,
    }
}

/// A text with its tag.
pub(super) fn push_text(xml: &mut Vec<u8>, text: &str) {
    let edge = ['\t', '\n', ' '];
    let is_kept = text.starts_with(edge) || text.ends_with(edge);
    xml.extend(if is_kept { &b"<t xml:space=\"preserve\">"[..] } else { b"<t>" });
    escape(xml, text);
    xml.extend(b"</t>");
}

fn push_number(xml: &mut Vec<u8>, value: &Value) {
    let written = match (value, number(value)) {
        (Value::Whole(number) | Value::Money(number), _) => write!(xml, "{number}"),
        (_, Some(number)) => write!(xml, "{}", number.to_cell()),
        (_, None) => Ok(()),
    };
    written.expect("memory takes every byte");
}

/// Writes a text as the content of a tag.
pub(super) fn escape(xml: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let told = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            // What looks like the code of a character is no code.
            b'_' if code(&text[at..]).is_some() => "_x005F_",
            // The two that Unicode has and XML has not: U+FFFE and U+FFFF.
            0xEF if bytes[at..].starts_with(b"\xEF\xBF\xBE") => "_xFFFE_",
            0xEF if bytes[at..].starts_with(b"\xEF\xBF\xBF") => "_xFFFF_",
            0..=8 | 11..=31 => "",
            _ => continue,
        };
        xml.extend(&bytes[from..at]);
        match told {
            "" => write!(xml, "_x{byte:04X}_").expect("memory takes every byte"),
            told => xml.extend(told.as_bytes()),
        }
        from = at + if *byte == 0xEF { 3 } else { 1 };
    }
    xml.extend(&bytes[from..]);
}

/// The digits of a number, at the end of `room`.
fn digits(room: &mut [u8; 10], mut number: u32) -> &[u8] {
    let mut at = room.len();
    loop {
        at -= 1;
        room[at] = b'0' + u8::try_from(number % 10).expect("a digit");
        number /= 10;
        if number == 0 {
            return &room[at..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_spelt_as_excel_spells_it() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let mut xml = Vec::new();
            push_text(&mut xml, text);
            assert_eq!(String::from_utf8(xml).unwrap(), expected);
        }
        check("a <b> & \"c\"\n", "<t xml:space=\"preserve\">a &lt;b&gt; &amp; \"c\"\n</t>");
        check("\u{1}\u{b}\u{1f}\t.", "<t>_x0001__x000B__x001F_\t.</t>");
        check("_x0041_ _x004_ _xa", "<t>_x005F_x0041_ _x004_ _xa</t>");
        check("đ\u{ffff}\u{fffe}\u{fffd}", "<t>đ_xFFFF__xFFFE_\u{fffd}</t>");
    }

    #[test]
    fn digits_are_those_of_the_number() {
        for number in [0, 7, 10, 4_294_967_295] {
            assert_eq!(digits(&mut [0; 10], number), number.to_string().as_bytes());
        }
    }
}
