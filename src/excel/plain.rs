//! A part's XML as some program spelled it → the same in the plain spelling that
//! calamine reads rightly.
//!
//! Comments between elements, CDATA sections, UTF-16 and words for errors newer
//! than the parser are all allowed; none of them changes what a cell says.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem;

use super::sheet::{local_name, tag};
use crate::finding::CellRef;

/// What stands for every word for an error that calamine does not know.
const STAND_IN: &str = "#N/A";

/// The words for errors that calamine knows.
const KNOWN: &[&str] = &["#DIV/0!", STAND_IN, "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// The part without comments between its elements, and with what CDATA sections
/// hold written as text. A mark in the middle of a text stays where it is: only
/// whoever wants two readers to see two values puts one there.
pub(super) fn plain(xml: String) -> String {
    let xml = undeclared(xml);
    if memmem::find(xml.as_bytes(), b"<!").is_none() {
        return xml;
    }
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml.as_str();
    while let Some(at) = rest.find("<!") {
        out.push_str(&rest[..at]);
        let mark = &rest[at..];
        let (open, close) =
            if mark.starts_with("<![CDATA[") { ("<![CDATA[", "]]>") } else { ("<!--", "-->") };
        let whole = mark.strip_prefix(open).and_then(|inner| inner.split_once(close));
        let Some((inner, after)) = whole else {
            out.push_str(mark);
            return out;
        };
        let is_between = out.trim_end().ends_with('>') && after.trim_start().starts_with('<');
        if close == "]]>" {
            out.push_str(&quick_xml::escape::escape(inner));
        } else if !is_between && !out.trim_end().is_empty() {
            out.push_str(&mark[..mark.len() - after.len()]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Without a declaration that names UTF-16: the text is decoded by now.
fn undeclared(xml: String) -> String {
    let start = xml.trim_start_matches('\u{feff}');
    let head = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    match head {
        Some((head, body)) if head.to_ascii_lowercase().contains("utf-16") => body.to_owned(),
        _ => xml,
    }
}

/// The cells of a sheet with [`STAND_IN`] for each unknown word for an error,
/// and those words.
pub(super) fn known_errors(cells: &str) -> (Cow<'_, str>, BTreeMap<CellRef, String>) {
    let mut words = BTreeMap::new();
    let mut out = String::new();
    let mut copied = 0;
    let hits = memmem::find_iter(cells.as_bytes(), b" t=\"e\"");
    for hit in hits.chain(memmem::find_iter(cells.as_bytes(), b" t='e'")) {
        let Some(word) = error_word(cells, hit).filter(|it| !KNOWN.contains(&it.word)) else {
            continue;
        };
        // Both spellings in one sheet: the second is looked at on its own.
        if word.at < copied {
            continue;
        }
        out.push_str(&cells[copied..word.at]);
        out.push_str(STAND_IN);
        copied = word.at + word.word.len();
        words.extend(word.cell.map(|cell| (cell, word.word.to_owned())));
    }
    if copied == 0 {
        return (Cow::Borrowed(cells), words);
    }
    out.push_str(&cells[copied..]);
    (Cow::Owned(out), words)
}

/// The word of an error cell, and where it begins.
struct ErrorWord<'a> {
    cell: Option<CellRef>,
    at: usize,
    word: &'a str,
}

/// The word of the error cell in whose tag `hit` lies.
fn error_word(cells: &str, hit: usize) -> Option<ErrorWord<'_>> {
    let open = cells[..hit].rfind('<')? + 1;
    let head = tag(&cells[open..]);
    if local_name(head) != "c" || head.ends_with('/') {
        return None;
    }
    let body = open + head.len() + 1;
    let end = body + cells[body..].find("c>")?;
    let at = body + cells[body..end].find("v>")? + 2;
    let word = cells[at..].split('<').next().filter(|word| word.starts_with('#'))?;
    let address =
        head.split_once(" r=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    Some(ErrorWord { cell: address.and_then(CellRef::parse), at, word })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_meaning_has_one_spelling() {
        #[track_caller]
        fn check(xml: &str, expected: &str) {
            assert_eq!(plain(xml.to_owned()), expected);
        }
        check("<a><b/></a>", "<a><b/></a>");
        check("<a><!-- x --> <b/><!--y--></a>", "<a> <b/></a>");
        check("<t><![CDATA[Hà < Tu & ]]></t>", "<t>Hà &lt; Tu &amp; </t>");
        check("<v>1<![CDATA[0]]></v>", "<v>10</v>");
        check("<v>1<!-- -->0</v>", "<v>1<!-- -->0</v>");
        check("<!-- by a library --><a/>", "<a/>");
        check("<?xml version='1.0' encoding='UTF-16'?><a/>", "<a/>");
        check("<a><!-- open", "<a><!-- open");
    }

    #[test]
    fn an_error_of_a_newer_program_is_an_error_and_keeps_its_word() {
        let cells = "<row><c r=\"B2\" t=\"e\"><f>A1#</f><v>#SPILL!</v></c>\
                     <c r=\"C2\" t=\"e\"><v>#REF!</v></c><c r=\"D2\"><v>1</v></c></row>";
        let (xml, words) = known_errors(cells);
        assert_eq!(xml, cells.replace("#SPILL!", "#N/A"));
        assert_eq!(words, BTreeMap::from([(CellRef::new(1, 1), "#SPILL!".to_owned())]));
        let (same, none) = known_errors("<row><c r=\"C2\" t=\"e\"><v>#REF!</v></c></row>");
        assert!(matches!(same, Cow::Borrowed(_)) && none.is_empty());
    }
}
