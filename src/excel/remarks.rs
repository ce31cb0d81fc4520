//! The remarks that are pinned to the cells of a sheet.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::gate::{Gated, ceiling};
use super::markup::{Markup, Piece, said};
use super::plain::plain;
use crate::finding::CellRef;
use crate::text;

/// The remarks of a sheet whose remark parts are these, the newer kind first: a
/// newer one repeats what an older one says.
pub(super) fn remarks(archive: &mut Archive, parts: &[String]) -> Gated<BTreeMap<CellRef, String>> {
    let mut remarks = BTreeMap::new();
    for part in parts {
        let xml = plain(archive.text(part, ceiling::TABLE)?);
        for (at, told) in remarks_in(&xml) {
            remarks.entry(at).or_insert(told);
        }
    }
    Ok(remarks)
}

fn remarks_in(xml: &str) -> Vec<(CellRef, String)> {
    let mut remarks: Vec<(CellRef, String)> = Vec::new();
    let mut is_text = false;
    let mut markup = Markup::of(xml);
    // As far as it can be parsed.
    while let Ok(piece) = markup.next() {
        match piece {
            Piece::Open(tag) => match tag.name {
                "comment" | "threadedComment" => {
                    let at = tag.value("ref").and_then(CellRef::parse);
                    remarks.push((at.unwrap_or(CellRef::new(0, 0)), String::new()));
                }
                // The newer kind holds its words in `text`, the older in runs of `t`.
                name => is_text = matches!(name, "t" | "text"),
            },
            Piece::Close(name) => is_text &= !matches!(name, "t" | "text"),
            Piece::Text(words) => {
                if let Some((_, told)) = remarks.last_mut().filter(|_| is_text) {
                    told.push_str(&said(words).unwrap_or(words.into()));
                }
            }
            Piece::Mark => {}
            Piece::End => break,
        }
    }
    remarks.retain(|(_, told)| !text::is_blank(told));
    remarks
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
}
