//! The styles of a workbook → the little of them that changes a cell's meaning:
//! which formats are dates or percentages, which fonts are of before Unicode,
//! and which draw a line through what they show.
//!
//! Forms copied from form to form gather thousands of stray styles: only those
//! that cells use are looked at.

use std::collections::BTreeMap;

use super::gate::{Fault, Gated, ceiling};
use super::markup::{Markup, Piece};
use super::package::{attribute, elements, malformed};
use super::strings::is_on;
use crate::text::legacy::Encoding;

/// What a cell format says of a cell beside its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) encoding: Option<Encoding>,
    pub(super) is_struck: bool,
    pub(super) is_percent: bool,
    pub(super) is_date: bool,
}

/// What a number format makes of a number.
#[derive(Clone, Copy)]
struct Shows {
    is_date: bool,
    is_percent: bool,
}

/// The formats built into Excel that show a date or a time; the first and last
/// of each run.
const DATES: &[(u32, u32)] = &[(14, 22), (27, 36), (45, 47), (50, 58)];

/// The formats built into Excel that show a percentage.
pub(super) const PERCENTS: &[u32] = &[9, 10];

/// What each cell format says of its cells; empty when none says anything. Of
/// the cell formats, only the first `used` are looked at.
pub(super) fn marks(xml: &str, used: usize) -> Gated<Vec<Mark>> {
    /// Longer than any code of a number format.
    const MOST: usize = 1000;
    let mut custom = BTreeMap::new();
    for element in elements(section(xml, "numFmts")) {
        let element = element?;
        let (id, code) = (attribute(&element, "numFmtId"), attribute(&element, "formatCode"));
        let (Some(id), Some(code)) = (id.and_then(|id| id.parse::<u32>().ok()), code) else {
            continue;
        };
        let is_date = if code.len() < MOST { has_date(&code) } else { built_in(id).is_date };
        custom.insert(id, Shows { is_date, is_percent: has_percent(&code) });
    }
    let fonts = telling_fonts(xml)?;
    let mut marks = Vec::new();
    let mut count = 0;
    let mut formats = Markup::of(start_of(xml, "cellXfs"));
    loop {
        let tag = match formats.next().map_err(|error| malformed(&error))? {
            Piece::Open(tag) if tag.name == "xf" => tag,
            Piece::Close("cellXfs") | Piece::End => break,
            _ => continue,
        };
        count += 1;
        if used < count {
            break;
        }
        let numbers = tag.values(["numFmtId", "fontId"]).unwrap_or_default();
        let [format, font] = numbers.map(|it| it?.parse::<u32>().ok());
        let format = format.unwrap_or(0);
        let font = font.and_then(|it| fonts.get(usize::try_from(it).ok()?).copied());
        let Shows { is_date, is_percent } =
            custom.get(&format).copied().unwrap_or_else(|| built_in(format));
        marks.push(Mark { is_percent, is_date, ..font.unwrap_or_default() });
    }
    if marks.iter().all(|mark| *mark == Mark::default()) {
        marks.clear();
    }
    if ceiling::FORMATS < count {
        return Err(Fault::too_large(format!("Sổ làm việc có {count} định dạng ô.")));
    }
    Ok(marks)
}

fn built_in(format: u32) -> Shows {
    let is_date = DATES.iter().any(|(first, last)| (*first..=*last).contains(&format));
    Shows { is_date, is_percent: PERCENTS.contains(&format) }
}

/// Whether the first section of a format code shows a date, a time, or how long
/// something took: a letter of these that is neither quoted nor escaped, nor in
/// brackets among others.
fn has_date(code: &str) -> bool {
    let (mut is_escaped, mut is_quoted, mut is_halved) = (false, false, false);
    let mut brackets: u8 = 0;
    let (mut is_length, mut before) = (false, ' ');
    for letter in code.chars() {
        match letter.to_ascii_lowercase() {
            _ if is_escaped => is_escaped = false,
            '_' | '\\' | '*' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            ';' => return false,
            '[' => brackets = brackets.saturating_add(1),
            ']' if brackets == 1 && is_length => return true,
            ']' => brackets = brackets.saturating_sub(1),
            // From here on may follow `AM/PM`.
            'a' if brackets == 0 && !is_halved => is_halved = true,
            'p' | 'm' | '/' if brackets == 0 && is_halved => return true,
            'd' | 'm' | 'h' | 'y' | 's' if brackets == 0 && !is_halved => return true,
            other if is_length && other == before.to_ascii_lowercase() => {}
            other => is_length = before == '[' && matches!(other, 'm' | 'h' | 's'),
        }
        before = letter;
    }
    false
}

/// Whether a format code has a % that is neither quoted nor escaped.
pub(super) fn has_percent(code: &str) -> bool {
    let mut is_quoted = false;
    let mut is_escaped = false;
    code.chars().any(|letter| {
        let is_plain = !is_quoted && !is_escaped;
        is_escaped = is_plain && letter == '\\';
        is_quoted ^= letter == '"' && (is_plain || is_quoted);
        is_plain && letter == '%'
    })
}

/// What each font says of the cells set in it; empty when none says anything.
fn telling_fonts(xml: &str) -> Gated<Vec<Mark>> {
    let mut fonts: Vec<Mark> = Vec::new();
    let xml = section(xml, "fonts");
    let words = [".Vn", ".VN", ".vn", "VNI", "Vni", "vni", "strike"];
    if !words.iter().any(|word| xml.contains(word)) {
        return Ok(fonts);
    }
    for element in elements(xml) {
        let element = element?;
        match (element.local_name().as_ref(), fonts.last_mut()) {
            ("font", _) => fonts.push(Mark::default()),
            ("name", Some(font)) => {
                font.encoding = attribute(&element, "val").and_then(|it| Encoding::of_font(&it));
            }
            ("strike", Some(font)) => font.is_struck = is_on(attribute(&element, "val").as_deref()),
            _ => {}
        }
    }
    Ok(fonts)
}

/// The part of `xml` from the first tag `name` to before its closing tag, found
/// without parsing what lies before; empty when there is none.
fn section<'a>(xml: &'a str, name: &str) -> &'a str {
    let from = start_of(xml, name);
    let close = tags(from, name).find(|(_, is_closing)| *is_closing);
    close.map_or("", |(open, _)| &from[..open])
}

/// All of `xml` from the first tag `name`; empty when there is none.
fn start_of<'a>(xml: &'a str, name: &str) -> &'a str {
    let open = tags(xml, name).find(|(_, is_closing)| !is_closing);
    open.map_or("", |(open, _)| &xml[open..])
}

/// Where the tags `name` lie, and whether each is a closing one.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = (usize, bool)> + 'a {
    xml.match_indices(name).filter_map(move |(at, _)| {
        let open = xml[..at].rfind('<')?;
        let prefix = xml[open + 1..at].trim_end_matches(':');
        let is_word = prefix.chars().all(|letter| letter == '/' || letter.is_alphanumeric());
        let next = xml[at + name.len()..].chars().next()?;
        let is_whole = next == '>' || next == '/' || next.is_whitespace();
        (is_word && is_whole).then_some((open, prefix.starts_with('/')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_old_fonts_are_known_by_format() {
        let xml = "<styleSheet><numFmts count='2'><numFmt numFmtId='164' formatCode='0.00'/>\
            <numFmt numFmtId='165' formatCode='dd/mm/yyyy'/></numFmts>\
            <fonts><font><name val='Times New Roman'/></font><font><name val='.VnTimeH'/></font>\
            <font><name val='VNI-Times'/></font></fonts>\
            <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>\
            <cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='164' fontId='1'/>\
            <xf numFmtId='165' fontId='2'><alignment/></xf><xf numFmtId='14'/></cellXfs>\
            </styleSheet>";
        let of = |xml: &str, used| marks(xml, used).unwrap();
        let dates: Vec<bool> = of(xml, usize::MAX).iter().map(|it| it.is_date).collect();
        assert_eq!(dates, [false, false, true, true]);
        assert_eq!(of(xml, 2).len(), 2);
        let encodings: Vec<_> = of(xml, usize::MAX).iter().map(|it| it.encoding).collect();
        assert_eq!(encodings, [None, Some(Encoding::Tcvn3Upper), Some(Encoding::Vni), None]);
        let usual = xml.replace(".VnTimeH", "Arial").replace("VNI-Times", "Arial");
        assert!(of(&usual, 2).is_empty());
    }

    #[test]
    fn dates_are_known_by_their_codes() {
        #[track_caller]
        fn check(code: &str, expected: bool) {
            assert_eq!(has_date(code), expected, "{code}");
        }
        for code in
            ["DD/MM/YY", "H:MM:SS;@", "m\"M\"d\"D\";@", "[h]:mm:ss", "[$-404]e\"x\"m", "[mm]"]
        {
            check(code, true);
        }
        for code in
            ["[Blue]\\+[h]:mm;[Red]0", "[>=100][Magenta][s].00", "ha/p\\\\m", "*-yyyy-mm-dd"]
        {
            check(code, true);
        }
        for code in ["0.00", "#,##0\\ [$\\u20bd-46D]", "\"Y: \"0\"m\";\"Y: \"0\"m\"", "\\Y000000"] {
            check(code, false);
        }
        for code in ["[>=100][Magenta]General", "#,##0*y", "0_M;yyyy", "#,##0\" YMD\"", "[Red]0"] {
            check(code, false);
        }
    }

    #[test]
    fn lines_through_values_and_percentages_are_marked() {
        let xml = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.0%'/>\
            <numFmt numFmtId='165' formatCode='0\"%\"'/></numFmts>\
            <fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>\
            <cellXfs><xf/><xf fontId='1'/><xf fontId='2'/><xf numFmtId='9'/>\
            <xf numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>";
        let marks = marks(xml, usize::MAX).unwrap();
        let struck: Vec<bool> = marks.iter().map(|it| it.is_struck).collect();
        let percent: Vec<bool> = marks.iter().map(|it| it.is_percent).collect();
        assert_eq!(struck, [false, true, false, false, false, false]);
        assert_eq!(percent, [false, false, false, true, true, false]);
        assert!(has_percent("0\\\\%") && !has_percent("0\\%") && !has_percent("0"));
    }

    #[test]
    fn sections_are_found_by_tag() {
        #[track_caller]
        fn check(xml: &str, expected: &str) {
            assert_eq!(section(xml, "fonts"), expected);
        }
        check("<a><fonts x='1'><font/></fonts></a>", "<fonts x='1'><font/>");
        check("<a><x:fonts><x:font/></x:fonts></a>", "<x:fonts><x:font/>");
        check("<a><b v='fonts'/></a>", "");
        check("<a><fonts/></a>", "");
    }
}
