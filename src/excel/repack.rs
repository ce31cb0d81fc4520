//! The parts of a workbook that hold cells → a plain workbook of ours for
//! calamine, and what of theirs it does not carry.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::archive::Archive;
use super::gate::{Fault, Gated, ceiling};
use super::package::Package;
use super::plain::{known_errors, plain};
use super::remarks;
use super::sheet::cells_of;
use super::styles;
use super::styles::Mark;
use crate::book::{RawCell, RawValue};
use crate::finding::CellRef;

/// A workbook of ours around the same cells, not compressed: sheets named by
/// number, and of the styles only what tells a date; and what it leaves out.
#[derive(Default)]
pub(super) struct Repacked {
    pub(super) bytes: Vec<u8>,
    /// What each cell format says; empty when none says anything.
    pub(super) marks: Vec<Mark>,
    /// Texts of which a part is struck through.
    struck: BTreeSet<String>,
    /// The words for errors that calamine does not know, by sheet.
    errors: Vec<BTreeMap<CellRef, String>>,
}

pub(super) fn repack(archive: &mut Archive, package: &Package) -> Gated<Repacked> {
    let mut parts = Parts::begin();
    let mut repacked = Repacked::default();
    let mut sheets = String::from("<workbook><sheets>");
    let mut links = String::from("<Relationships>");
    let mut used = 0;
    for (index, sheet) in package.sheets.iter().enumerate() {
        let xml = plain(archive.text(&sheet.part, ceiling::SHEET)?);
        let cells = cells_of(&sheet.name, &xml)?;
        used = used.max(cells.formats);
        let (xml, errors) = known_errors(cells.xml);
        repacked.errors.push(errors);
        repacked.struck.append(&mut remarks::struck_texts(&xml));
        parts.add(&format!("xl/{index}.xml"), &xml)?;
        let _ = write!(sheets, "<sheet name=\"{index}\" id=\"{index}\"/>");
        let _ = write!(
            links,
            "<Relationship Id=\"{index}\" Type=\"/worksheet\" Target=\"{index}.xml\"/>"
        );
    }
    if let Some(part) = &package.strings {
        let xml = plain(archive.text(part, ceiling::TABLE)?);
        check_count(&xml)?;
        repacked.struck.append(&mut remarks::struck_texts(&xml));
        parts.add("xl/sharedStrings.xml", &xml)?;
    }
    if let Some(part) = &package.styles {
        let reduced = styles::reduce(&plain(archive.text(part, ceiling::TABLE)?), used)?;
        parts.add("xl/styles.xml", &reduced.xml)?;
        repacked.marks = reduced.marks;
    }
    parts.add("xl/workbook.xml", &(sheets + "</sheets></workbook>"))?;
    parts.add("xl/_rels/workbook.xml.rels", &(links + "</Relationships>"))?;
    parts.add(
        "_rels/.rels",
        "<Relationships><Relationship Id=\"1\" Type=\"/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
    )?;
    repacked.bytes = parts.finish()?;
    Ok(repacked)
}

impl Repacked {
    /// Gives the cells of a sheet back what calamine could not be given.
    pub(super) fn restore(&self, index: usize, cells: &mut BTreeMap<CellRef, RawCell>) {
        for (at, word) in &self.errors[index] {
            if let Some(cell) = cells.get_mut(at) {
                cell.value = RawValue::Error(word.clone());
            }
        }
        if self.struck.is_empty() {
            return;
        }
        for cell in cells.values_mut() {
            let is_struck =
                matches!(&cell.value, RawValue::Text(text) if self.struck.contains(text));
            cell.is_struck |= is_struck;
        }
    }
}

/// The parts of a workbook of ours, not compressed.
pub(super) struct Parts(ZipWriter<Cursor<Vec<u8>>>);

impl Parts {
    pub(super) fn begin() -> Parts {
        Parts(ZipWriter::new(Cursor::new(Vec::new())))
    }

    pub(super) fn add(&mut self, name: &str, text: &str) -> Gated<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let written = self.0.start_file(name, options).map_err(std::io::Error::from);
        written.and_then(|()| self.0.write_all(text.as_bytes())).map_err(|error| {
            Fault::too_large(format!(
                "Không xếp lại được nội dung tệp (chi tiết kỹ thuật: {error})."
            ))
        })
    }

    pub(super) fn finish(self) -> Gated<Vec<u8>> {
        self.0.finish().map(Cursor::into_inner).map_err(|error| {
            Fault::too_large(format!(
                "Không xếp lại được nội dung tệp (chi tiết kỹ thuật: {error})."
            ))
        })
    }
}

/// calamine reserves room for as many strings as the table declares.
fn check_count(strings: &str) -> Gated<()> {
    /// `<si/>`, the shortest string.
    const SHORTEST: usize = 5;
    let head = strings.split_once("sst").map_or("", |(_, rest)| rest);
    let head = head.split_once('>').map_or(head, |(head, _)| head);
    let declared = head.split_once("uniqueCount").map(|(_, rest)| rest);
    let declared = declared.map(|rest| rest.trim_start_matches(|it: char| !it.is_ascii_digit()));
    let digits = declared.and_then(|rest| rest.split(|it: char| !it.is_ascii_digit()).next());
    let is_believable = digits.is_none_or(|digits| {
        digits.is_empty() || digits.parse().is_ok_and(|it: usize| it <= strings.len() / SHORTEST)
    });
    is_believable.then_some(()).ok_or_else(|| {
        let declared = digits.unwrap_or_default();
        Fault::suspicious(format!("Bảng chuỗi khai {declared} chuỗi, nhiều hơn độ dài của nó."))
    })
}
