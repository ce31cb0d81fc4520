//! The styles of a workbook → the little of them that changes a cell's meaning:
//! which formats are dates or percentages, which fonts are of before Unicode,
//! and which draw a line through what they show.
//!
//! Forms copied from form to form gather thousands of stray styles; calamine
//! would build each of them, so it is given only what tells a date.

use std::collections::BTreeMap;
use std::fmt::Write;

use quick_xml::events::BytesStart;

use super::gate::{Fault, Gated, ceiling};
use super::package::{attribute, elements};
use super::sheet::{local_name, tag};
use crate::text::legacy::Encoding;

/// The styles that matter, by index of cell format.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// A styles part that says of each cell format only whether it is a date.
    pub(super) xml: String,
    /// What each cell format says of its cells; empty when none says anything.
    pub(super) marks: Vec<Mark>,
}

/// What a cell format says of a cell beside its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) encoding: Option<Encoding>,
    pub(super) is_struck: bool,
    pub(super) is_percent: bool,
}

/// What the code of a number format makes of a number.
#[derive(Clone, Copy, Default)]
struct Shows {
    may_be_date: bool,
    is_percent: bool,
}

/// The formats built into Excel that show a date or a time; the first and last
/// of each run.
const DATES: &[(u32, u32)] = &[(14, 22), (27, 36), (45, 47), (50, 58)];

/// The formats built into Excel that show a percentage.
const PERCENTS: &[u32] = &[9, 10];

/// Of the cell formats, only the first `used` are looked at.
pub(super) fn reduce(xml: &str, used: usize) -> Gated<Styles> {
    let mut custom = BTreeMap::new();
    let mut reduced = String::from("<styleSheet><numFmts>");
    for element in elements(section(xml, "numFmts")) {
        let element = element?;
        let (id, code) = (attribute(&element, "numFmtId"), attribute(&element, "formatCode"));
        let (Some(id), Some(code)) = (id.and_then(|id| id.parse::<u32>().ok()), code) else {
            continue;
        };
        let may_be_date = code.bytes().any(|byte| b"dmyhsDMYHS".contains(&byte));
        let is_percent = has_percent(&code);
        if may_be_date && code.len() < 1000 {
            let code = quick_xml::escape::escape(code.as_str());
            let _ = write!(reduced, "<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        }
        custom.insert(id, Shows { may_be_date, is_percent });
    }
    reduced.push_str("</numFmts><cellXfs>");
    let fonts = telling_fonts(xml)?;
    let mut marks = Vec::new();
    let mut count = 0;
    // By hand: there may be thousands.
    let formats = start_of(xml, "cellXfs");
    for (at, _) in formats.match_indices('<') {
        let tag = tag(&formats[at + 1..]);
        match local_name(tag.trim_start_matches('/')) {
            "cellXfs" if tag.starts_with('/') => break,
            "xf" if !tag.starts_with('/') => {}
            _ => continue,
        }
        count += 1;
        if used < count {
            break;
        }
        let format = number(tag, " numFmtId=").unwrap_or(0);
        if is_date(format, &custom) {
            let _ = write!(reduced, "<xf numFmtId=\"{format}\"/>");
        } else {
            reduced.push_str("<xf/>");
        }
        let font = number(tag, " fontId=").and_then(|it| usize::try_from(it).ok());
        let font = font.and_then(|it| fonts.get(it).copied()).unwrap_or_default();
        marks.push(Mark { is_percent: is_percent(format, &custom), ..font });
    }
    if marks.iter().all(|mark| *mark == Mark::default()) {
        marks.clear();
    }
    if ceiling::FORMATS < count {
        return Err(Fault::too_large(format!("Sổ làm việc có {count} định dạng ô.")));
    }
    reduced.push_str("</cellXfs></styleSheet>");
    Ok(Styles { xml: reduced, marks })
}

/// The number in an attribute of a tag.
fn number(tag: &str, attribute: &str) -> Option<u32> {
    let (_, value) = tag.split_once(attribute)?;
    value.get(1..)?.split(['"', '\'']).next()?.parse().ok()
}

fn is_date(format: u32, custom: &BTreeMap<u32, Shows>) -> bool {
    let built_in = || DATES.iter().any(|(first, last)| (*first..=*last).contains(&format));
    custom.get(&format).map_or_else(built_in, |shows| shows.may_be_date)
}

fn is_percent(format: u32, custom: &BTreeMap<u32, Shows>) -> bool {
    custom.get(&format).map_or(PERCENTS.contains(&format), |shows| shows.is_percent)
}

/// Whether a format code has a % that is neither quoted nor escaped.
fn has_percent(code: &str) -> bool {
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
            ("strike", Some(font)) => font.is_struck = is_on(&element),
            _ => {}
        }
    }
    Ok(fonts)
}

/// Whether an element such as `<strike/>` switches its property on.
pub(super) fn is_on(element: &BytesStart) -> bool {
    let value = attribute(element, "val");
    !value.is_some_and(|value| matches!(value.as_str(), "0" | "false"))
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
    fn only_dates_and_old_fonts_are_left_of_the_styles() {
        let xml = "<styleSheet><numFmts count='2'><numFmt numFmtId='164' formatCode='0.00'/>\
            <numFmt numFmtId='165' formatCode='dd/mm/yyyy'/></numFmts>\
            <fonts><font><name val='Times New Roman'/></font><font><name val='.VnTimeH'/></font>\
            <font><name val='VNI-Times'/></font></fonts>\
            <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>\
            <cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='164' fontId='1'/>\
            <xf numFmtId='165' fontId='2'><alignment/></xf><xf numFmtId='14'/></cellXfs>\
            </styleSheet>";
        let styles = reduce(xml, usize::MAX).unwrap();
        assert!(
            styles.xml.ends_with(
                "<cellXfs><xf/><xf/><xf numFmtId=\"165\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
            "{}",
            styles.xml
        );
        assert!(!styles.xml.contains("0.00"));
        assert!(
            reduce(xml, 2).unwrap().xml.ends_with("<cellXfs><xf/><xf/></cellXfs></styleSheet>")
        );
        let expected = [None, Some(Encoding::Tcvn3Upper), Some(Encoding::Vni), None];
        let expected = expected.map(|encoding| Mark { encoding, ..Mark::default() });
        assert_eq!(styles.marks, expected);
        let usual = xml.replace(".VnTimeH", "Arial").replace("VNI-Times", "Arial");
        assert!(reduce(&usual, 4).unwrap().marks.is_empty());
    }

    #[test]
    fn lines_through_values_and_percentages_are_marked() {
        let xml = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.0%'/>\
            <numFmt numFmtId='165' formatCode='0\"%\"'/></numFmts>\
            <fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>\
            <cellXfs><xf/><xf fontId='1'/><xf fontId='2'/><xf numFmtId='9'/>\
            <xf numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>";
        let marks = reduce(xml, usize::MAX).unwrap().marks;
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
