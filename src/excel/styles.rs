//! The styles of a workbook → the little of them that changes a cell's meaning:
//! which formats are dates, and which fonts are of before Unicode.
//!
//! Forms copied from form to form gather thousands of stray styles; calamine
//! would build each of them, so it is given only what tells a date.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::gate::{Fault, Gated, ceiling};
use super::package::{attribute, elements};
use super::sheet::{local_name, tag};
use crate::text::legacy::Encoding;

/// The styles that matter, by index of cell format.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// A styles part that says of each cell format only whether it is a date.
    pub(super) xml: String,
    /// The encoding each cell format's font implies; empty when none does.
    pub(super) encodings: Vec<Option<Encoding>>,
}

/// The formats built into Excel that show a date or a time; the first and last
/// of each run.
const DATES: &[(u32, u32)] = &[(14, 22), (27, 36), (45, 47), (50, 58)];

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
        if may_be_date && code.len() < 1000 {
            let code = quick_xml::escape::escape(code.as_str());
            let _ = write!(reduced, "<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        }
        custom.insert(id, may_be_date);
    }
    reduced.push_str("</numFmts><cellXfs>");
    let fonts = legacy_fonts(xml)?;
    let mut encodings = Vec::new();
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
        if !fonts.is_empty() {
            let font = number(tag, " fontId=").and_then(|it| usize::try_from(it).ok());
            encodings.push(font.and_then(|it| fonts.get(it).copied()).flatten());
        }
    }
    if ceiling::FORMATS < count {
        return Err(Fault::too_large(format!("Sổ làm việc có {count} định dạng ô.")));
    }
    reduced.push_str("</cellXfs></styleSheet>");
    Ok(Styles { xml: reduced, encodings })
}

/// The number in an attribute of a tag.
fn number(tag: &str, attribute: &str) -> Option<u32> {
    let (_, value) = tag.split_once(attribute)?;
    value.get(1..)?.split(['"', '\'']).next()?.parse().ok()
}

fn is_date(format: u32, custom: &BTreeMap<u32, bool>) -> bool {
    let built_in = || DATES.iter().any(|(first, last)| (*first..=*last).contains(&format));
    custom.get(&format).copied().unwrap_or_else(built_in)
}

/// What each font's name implies; empty when no font is of before Unicode.
fn legacy_fonts(xml: &str) -> Gated<Vec<Option<Encoding>>> {
    let mut fonts = Vec::new();
    let xml = section(xml, "fonts");
    if ![".Vn", ".VN", ".vn", "VNI", "Vni", "vni"].iter().any(|word| xml.contains(word)) {
        return Ok(fonts);
    }
    for element in elements(xml) {
        let element = element?;
        match element.local_name().as_ref() {
            "font" => fonts.push(None),
            "name" => {
                let encoding = attribute(&element, "val").and_then(|name| Encoding::of_font(&name));
                if let Some(font) = fonts.last_mut() {
                    *font = encoding;
                }
            }
            _ => {}
        }
    }
    if fonts.iter().all(Option::is_none) {
        fonts.clear();
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
        assert_eq!(styles.encodings, expected);
        assert!(
            reduce(&xml.replace(".VnTimeH", "Arial").replace("VNI-Times", "Arial"), 4)
                .unwrap()
                .encodings
                .is_empty()
        );
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
