//! A page without its rows → the part of the package with them. The rows of a
//! long body are made, measured and packed in blocks, by whichever threads are
//! free, and put together in their order.

use std::io::Write;

use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;

use super::cells::{self, Lines, Merges};
use super::height;
use super::look::Looks;
use super::pack::{Part, Piece, pack};
use super::paper;
use crate::finding::column_name;
use crate::sheet::{Body, Link, SheetOf};

/// Cells of a body that are made at once.
const BLOCK: usize = 4096;

/// The end of a page.
const CLOSING: &str = "</worksheet>";

/// Text of a page that waits to be packed, in bytes.
const WAITING: usize = 1 << 18;

/// Writes the page that `bare` is without rows; `texts` are the numbers of the
/// texts outside the body, in order.
pub(super) fn write(
    part: &mut Part<impl Write>,
    bare: &str,
    sheet: &SheetOf,
    looks: &Looks,
    texts: &[u32],
) -> Result<(), XlsxError> {
    let (head, tail) = around_rows(bare);
    let mut texts = texts.iter().copied();
    let mut lines = Lines::new(looks, 0);
    lines.xml.extend(sized(head, sheet).as_bytes());
    lines.xml.extend(b"<sheetData>");
    for (row, height) in sheet.rows.iter().zip(height::of_rows(sheet)) {
        lines.push(row, height, |_| texts.next())?;
        if WAITING < lines.xml.len() {
            part.add(&pack(&lines.xml))?;
            lines.xml.clear();
        }
    }
    if let Some(body) = sheet.body.as_ref().filter(|body| 0 < body.count) {
        part.add(&pack(&lines.xml))?;
        let mut merges = std::mem::take(&mut lines.merges);
        write_body(part, sheet, body, looks, &mut merges)?;
        let foot = sheet.next_row() - rows(sheet.foot.len());
        lines = Lines::new(looks, foot);
        lines.merges = merges;
    }
    for row in &sheet.foot {
        lines.push(row, height::of_row(sheet, row), |_| texts.next())?;
    }
    lines.xml.extend(b"</sheetData>");
    close(&mut lines, tail, sheet);
    part.add(&pack(&lines.xml))?;
    Ok(())
}

/// Writes the rows of a body; the blocks that its cells make go to `merges`.
fn write_body(
    part: &mut Part<impl Write>,
    sheet: &SheetOf,
    body: &Body,
    looks: &Looks,
    merges: &mut Merges,
) -> Result<(), XlsxError> {
    let each = (BLOCK / body.row(0).cells.len().max(1)).max(1);
    let firsts: Vec<usize> = (0..body.count).step_by(each).collect();
    let block = |first: &usize| -> Result<(Piece, Merges), XlsxError> {
        let mut lines = Lines::new(looks, rows(sheet.rows.len() + first));
        for at in *first..body.count.min(first + each) {
            let row = body.row(at);
            lines.push(&row, height::of_row(sheet, &row), |_| None)?;
        }
        Ok((pack(&lines.xml), lines.merges))
    };
    // As many as keep every thread at work, so that few wait in memory.
    for some in firsts.chunks(4 * rayon::current_num_threads()) {
        for made in some.par_iter().map(block).collect::<Vec<_>>() {
            let (piece, own) = made?;
            part.add(&piece)?;
            merges.append(&own);
        }
    }
    Ok(())
}

fn rows(count: usize) -> u32 {
    u32::try_from(count).expect("a sheet has fewer rows than 2^32")
}

/// What stands before and after the rows, of a page that has none or a few.
pub(super) fn around_rows(page: &str) -> (&str, &str) {
    let (head, rest) = page.split_once("<sheetData").expect("a page has room for rows");
    (head, rest.split_once("</sheetData>").map_or_else(|| &rest["/>".len()..], |(_, it)| it))
}

/// The head with the block that the cells take.
fn sized(head: &str, sheet: &SheetOf) -> String {
    const SIZE: &str = "<dimension ref=\"";
    let body = sheet.body.as_ref().filter(|body| 0 < body.count).map(|body| body.row(0));
    let all = sheet.rows.iter().chain(&body).chain(&sheet.foot);
    let widest = all.map(|row| cells::shown(row).map(|(at, it)| at + it.span.max(1)).last());
    let widest = widest.max().flatten().unwrap_or(1);
    let all = format!("A1:{}{}", column_name(widest - 1), sheet.next_row().max(1));
    let (before, after) = head.split_once(SIZE).expect("a page has a size");
    let (_, after) = after.split_once('"').expect("an attribute ends");
    format!("{before}{SIZE}{all}\"{after}")
}

/// Adds what stands after the rows: what the library wrote of it, and among
/// that, in the format's order, what follows from rows and the footer.
fn close(page: &mut Lines, tail: &str, sheet: &SheetOf) {
    let (xml, merges) = (&mut page.xml, &page.merges);
    let mut rest = tail;
    let mut copy_to = |xml: &mut Vec<u8>, next: &[&str]| {
        let at = next.iter().filter_map(|it| rest.find(it)).min().expect("a page ends");
        xml.extend(&rest.as_bytes()[..at]);
        rest = &rest[at..];
    };
    copy_to(xml, &["<conditionalFormatting", "<dataValidations", "<printOptions"]);
    if 0 < merges.count {
        xml.extend(format!("<mergeCells count=\"{}\">", merges.count).as_bytes());
        xml.extend(&merges.xml);
        xml.extend(b"</mergeCells>");
    }
    copy_to(xml, &["<printOptions"]);
    if !sheet.links.is_empty() {
        let mut in_order: Vec<&Link> = sheet.links.iter().collect();
        in_order.sort_by_key(|it| it.at);
        xml.extend(b"<hyperlinks>");
        for Link { at, sheet, to } in in_order {
            let mut name = Vec::new();
            cells::escape(&mut name, &sheet.replace('\'', "''"));
            let name = String::from_utf8_lossy(&name).replace('"', "&quot;");
            let tag = format!("<hyperlink ref=\"{at}\" location=\"'{name}'!{to}\" display=\"→\"/>");
            xml.extend(tag.as_bytes());
        }
        xml.extend(b"</hyperlinks>");
    }
    copy_to(xml, &["<rowBreaks", "<colBreaks", "<drawing", "<legacyDrawing", "<extLst", CLOSING]);
    xml.extend(b"<headerFooter><oddFooter>");
    cells::escape(xml, &paper::footer(sheet));
    xml.extend(b"</oddFooter></headerFooter>");
    copy_to(xml, &["<drawing", "<legacyDrawing", "<extLst", CLOSING]);
    // Codes such as 1.2 are text on purpose; no green corners over them.
    let widest = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if let Some(last) = rows(widest).checked_sub(1) {
        let all = format!("A1:{}{}", column_name(last), sheet.next_row());
        let tag = format!(
            "<ignoredErrors><ignoredError sqref=\"{all}\" numberStoredAsText=\"1\"/></ignoredErrors>"
        );
        xml.extend(tag.as_bytes());
    }
    xml.extend(rest.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_of_a_page_is_its_rows() {
        assert_eq!(around_rows("a<sheetData/>b"), ("a", "b"));
        assert_eq!(around_rows("a<sheetData><row/></sheetData>b"), ("a", "b"));
    }
}
