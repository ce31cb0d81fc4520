//! What is pinned to or drawn over the cells of a sheet, beside their values:
//! remarks, and texts of which a part is struck through.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::archive::Archive;
use super::gate::{Gated, ceiling};
use super::package::attribute;
use super::plain::plain;
use super::styles::is_on;
use crate::finding::CellRef;
use crate::text;

/// The remarks of a sheet whose remark parts are these, the newer kind first: a
/// newer one repeats what an older one says.
pub(super) fn remarks(archive: &mut Archive, parts: &[String]) -> Gated<BTreeMap<CellRef, String>> {
    let mut remarks = BTreeMap::new();
    for part in parts {
        let xml = plain(archive.text(part, ceiling::TABLE)?);
        for (at, said) in remarks_in(&xml) {
            remarks.entry(at).or_insert(said);
        }
    }
    Ok(remarks)
}

fn remarks_in(xml: &str) -> Vec<(CellRef, String)> {
    let mut remarks: Vec<(CellRef, String)> = Vec::new();
    let mut is_text = false;
    walk(xml, |piece| match piece {
        Piece::Open(element) => match element.local_name().as_ref() {
            "comment" | "threadedComment" => {
                let at = attribute(element, "ref").as_deref().and_then(CellRef::parse);
                remarks.push((at.unwrap_or(CellRef::new(0, 0)), String::new()));
            }
            // The newer kind holds its words in `text`, the older in runs of `t`.
            "t" | "text" => is_text = true,
            _ => is_text = false,
        },
        Piece::Close(name) => is_text &= !matches!(name, "t" | "text"),
        Piece::Text(words) => {
            if let Some((_, said)) = remarks.last_mut().filter(|_| is_text) {
                said.push_str(words);
            }
        }
    });
    remarks.retain(|(_, said)| !text::is_blank(said));
    remarks
}

/// The texts, of a table of strings or of a sheet, in which some run is struck
/// through.
pub(super) fn struck_texts(xml: &str) -> BTreeSet<String> {
    let mut struck = BTreeSet::new();
    if memmem::find(xml.as_bytes(), b"strike").is_none() {
        return struck;
    }
    let (mut text, mut is_struck, mut is_text) = (String::new(), false, false);
    walk(xml, |piece| match piece {
        Piece::Open(element) => match element.local_name().as_ref() {
            "si" | "is" => (text, is_struck) = (String::new(), false),
            "t" => is_text = true,
            "strike" => is_struck |= is_on(element),
            _ => {}
        },
        Piece::Close("t") => is_text = false,
        Piece::Close("si" | "is") if is_struck => _ = struck.insert(std::mem::take(&mut text)),
        Piece::Text(words) if is_text => text.push_str(words),
        Piece::Close(_) | Piece::Text(_) => {}
    });
    struck
}

/// A tag or a stretch of text.
enum Piece<'a> {
    Open(&'a BytesStart<'a>),
    /// The name of what ends.
    Close(&'a str),
    Text(&'a str),
}

/// Hands over every piece of a part, as far as it can be parsed.
fn walk(xml: &str, mut take: impl FnMut(Piece)) {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match &event {
            Event::Eof => return,
            Event::Start(element) => take(Piece::Open(element)),
            Event::Empty(element) => {
                take(Piece::Open(element));
                take(Piece::Close(element.local_name().as_ref()));
            }
            Event::End(element) => take(Piece::Close(element.local_name().as_ref())),
            Event::Text(words) => take(Piece::Text(&words.xml10_content())),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_xml_entity(name).map(str::to_owned);
                let letter = || name.resolve_char_ref().ok().flatten().map(String::from);
                take(Piece::Text(&known.or_else(letter).unwrap_or_default()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_read_with_their_cells() {
        let old = "<comments><authors/><commentList><comment ref=\"D7\" authorId=\"0\"><text>\
            <r><rPr><b/></rPr><t>Lan:</t></r><r><t> 2 &amp; 3</t></r></text></comment>\
            <comment ref=\"D8\"><text><t> </t></text></comment></commentList></comments>";
        assert_eq!(remarks_in(old), [(CellRef::new(6, 3), "Lan: 2 & 3".to_owned())]);
        let new = "<ThreadedComments><threadedComment ref=\"B2\" dT=\"x\"><text>đúng là 4</text>\
            </threadedComment></ThreadedComments>";
        assert_eq!(remarks_in(new), [(CellRef::new(1, 1), "đúng là 4".to_owned())]);
    }

    #[test]
    fn a_text_with_a_struck_run_is_known_by_its_words() {
        let xml = "<sst><si><t>Hà Tu</t></si><si><r><rPr><strike/></rPr><t>Hà</t></r>\
            <r><t> Lầm</t></r></si><si><r><rPr><strike val=\"0\"/></rPr><t>Hà</t></r></si></sst>";
        assert_eq!(struck_texts(xml), BTreeSet::from(["Hà Lầm".to_owned()]));
    }
}
