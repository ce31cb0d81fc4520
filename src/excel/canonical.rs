//! A cell or a string as nearly every program spells it → its parts.
//!
//! Most of a workbook is spelled in one way. What is spelled in another, or what
//! more has to be looked at, is left to [`super::markup`], which knows all ways;
//! where both read, they read the same.

/// A cell of one value, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainCell<'a> {
    /// Zero-based, and both within seven digits and three letters.
    pub(super) row: u32,
    pub(super) col: u32,
    pub(super) format: Option<usize>,
    pub(super) kind: Option<&'a str>,
    pub(super) is_formula: bool,
    /// As it stands: neither blank nor with a reference in it.
    pub(super) value: Option<&'a str>,
}

/// The cell at the start of `xml`, and what follows it.
pub(super) fn cell(xml: &str) -> Option<(PlainCell<'_>, &str)> {
    let (col, rest) = letters(xml.strip_prefix("<c r=\"")?)?;
    let (row, rest) = digits(rest, 7)?;
    let mut rest = rest.strip_prefix('"')?;
    let mut format = None;
    if let Some(of_format) = rest.strip_prefix(" s=\"") {
        let (number, after) = digits(of_format, 6)?;
        format = Some(number as usize);
        rest = after.strip_prefix('"')?;
    }
    let mut kind = None;
    if let Some(of_kind) = rest.strip_prefix(" t=\"") {
        let length = of_kind.bytes().take(4).position(|byte| byte == b'"')?;
        kind = Some(&of_kind[..length]);
        rest = &of_kind[length + 1..];
    }
    let (row, col) = (row.checked_sub(1)?, col.checked_sub(1)?);
    let empty = PlainCell { row, col, format, kind, is_formula: false, value: None };
    if let Some(after) = rest.strip_prefix("/>") {
        return Some((empty, after));
    }
    let mut rest = rest.strip_prefix('>')?;
    let mut is_formula = false;
    if let Some(formula) = rest.strip_prefix("<f>") {
        rest = text(formula)?.1.strip_prefix("</f>")?;
        is_formula = true;
    }
    let (value, after) = text(rest.strip_prefix("<v>")?)?;
    let value = Some(value).filter(|it| !it.is_empty())?;
    let after = after.strip_prefix("</v></c>")?;
    Some((PlainCell { is_formula, value: Some(value), ..empty }, after))
}

/// The words of the string at the start of `xml`, and what follows it. Blanks at
/// either end are part of them only where that is said.
pub(super) fn string(xml: &str) -> Option<(&str, &str)> {
    let rest = xml.strip_prefix("<si><t")?;
    let (is_kept, rest) = match rest.strip_prefix('>') {
        Some(rest) => (false, rest),
        None => (true, rest.strip_prefix(" xml:space=\"preserve\">")?),
    };
    let (words, rest) = text(rest)?;
    let rest = rest.strip_prefix("</t></si>")?;
    let is_trimmed = is_kept || !words.starts_with(BLANK) && !words.ends_with(BLANK);
    // `_x000D_` stands for a character.
    let is_spelled_out = memchr::memmem::find(words.as_bytes(), b"_x").is_none();
    (is_trimmed && is_spelled_out).then_some((words, rest))
}

const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// The text up to the next tag, if it says what it looks like.
fn text(xml: &str) -> Option<(&str, &str)> {
    let end = memchr::memchr3(b'<', b'&', b'\r', xml.as_bytes())?;
    (xml.as_bytes()[end] == b'<').then(|| xml.split_at(end))
}

/// The number of a column, from one, of at most three capital letters.
fn letters(xml: &str) -> Option<(u32, &str)> {
    let length = xml.bytes().take(4).take_while(u8::is_ascii_uppercase).count();
    let (letters, rest) = xml.split_at(length);
    let number = letters.bytes().fold(0, |number, it| number * 26 + u32::from(it - b'A' + 1));
    (0 < length && length < 4).then_some((number, rest))
}

/// A number of at most so many digits.
fn digits(xml: &str, most: usize) -> Option<(u32, &str)> {
    let length = xml.bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = xml.split_at(length);
    let number = digits.bytes().fold(0, |number, it| number * 10 + u32::from(it - b'0'));
    (0 < length && length <= most).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_as_usual_is_taken_apart() {
        #[track_caller]
        fn check(xml: &str, at: (u32, u32), format: Option<usize>, kind: &str, value: &str) {
            let (cell, rest) = cell(xml).unwrap();
            assert_eq!(((cell.row, cell.col), cell.format), (at, format), "{xml}");
            assert_eq!((cell.kind.unwrap_or(""), cell.value.unwrap_or("")), (kind, value), "{xml}");
            assert_eq!((cell.is_formula, rest), (xml.contains("<f>"), "<c"), "{xml}");
        }
        check("<c r=\"A1\"/><c", (0, 0), None, "", "");
        check("<c r=\"D7\" s=\"12\"/><c", (6, 3), Some(12), "", "");
        check(
            "<c r=\"XFD1048576\" s=\"0\"><v>0.5</v></c><c",
            (1_048_575, 16_383),
            Some(0),
            "",
            "0.5",
        );
        check("<c r=\"AA10\" t=\"s\"><v>3</v></c><c", (9, 26), None, "s", "3");
        check(
            "<c r=\"B2\" s=\"1\" t=\"str\"><f>A1</f><v>Hà</v></c><c",
            (1, 1),
            Some(1),
            "str",
            "Hà",
        );
    }

    #[test]
    fn what_is_spelled_otherwise_is_left() {
        for xml in [
            "<c r='A1'/>",
            "<c r=\"a1\"/>",
            "<c r=\"A0\"/>",
            "<c r=\"AAAA1\"/>",
            "<c r=\"A12345678\"/>",
            "<c s=\"1\" r=\"A1\"/>",
            "<c r=\"A1\" s=\"1\" cm=\"1\"/>",
            "<c r=\"A1\"></c>",
            "<c r=\"A1\"><v/></c>",
            "<c r=\"A1\"><v></v></c>",
            "<c r=\"A1\"><v>1</v><v>2</v></c>",
            "<c r=\"A1\"><v>&#49;</v></c>",
            "<c r=\"A1\"><v>1\r</v></c>",
            "<c r=\"A1\"><v>1<!-- --></v></c>",
            "<c r=\"A1\"><f>A2&amp;A3</f><v>1</v></c>",
            "<c r=\"A1\"><f t=\"shared\" si=\"0\"/><v>1</v></c>",
            "<c r=\"A1\"><f>A2</f></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>",
            "<c r=\"A1\"><v>1",
        ] {
            assert_eq!(cell(xml), None, "{xml}");
        }
    }

    #[test]
    fn strings_of_one_piece_are_taken_and_others_left() {
        let told = |xml| string(xml).map(|(words, rest)| (words.to_owned(), rest.to_owned()));
        let some = |words: &str| Some((words.to_owned(), "<si>".to_owned()));
        assert_eq!(told("<si><t>Hà Lầm</t></si><si>"), some("Hà Lầm"));
        assert_eq!(told("<si><t></t></si><si>"), some(""));
        assert_eq!(told("<si><t xml:space=\"preserve\"> Hà </t></si><si>"), some(" Hà "));
        for xml in [
            "<si><t/></si>",
            "<si><t> Hà</t></si>",
            "<si><t>a &lt; b</t></si>",
            "<si><t>a_x000D_</t></si>",
            "<si><r><t>a</t></r></si>",
            "<si><t>a</t><rPh/></si>",
            "<si><t>a",
        ] {
            assert_eq!(told(xml), None, "{xml}");
        }
    }
}
