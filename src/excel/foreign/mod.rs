//! Forms in a format that is not ours: .xls, .xlsb and .ods → the same pages of
//! cells that an .xlsx gives.
//!
//! calamine reads them, and may be made to stop, to run for ever or to take all
//! memory; so [`answer`] is called in a process of its own (`batch::child`),
//! which sends bytes that [`opened`] reads with as little trust as a file. Before
//! calamine sees anything, our own walk finds the cells and bounds them, and
//! keeps what calamine does not tell: percentages, lines through values, fonts of
//! before Unicode, remarks.

mod beside;
mod compound;
mod old;
mod binary;
mod open_document;
mod wire;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Cursor;
use std::io::Write as _;

use calamine::Ods;
use calamine::Reader;
use calamine::Xls;
use calamine::Xlsb;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use beside::Walked;
use wire::Pages;

use super::archive::Archive;
use super::gate::{Fault, Gated, OLE};
use super::read::Opened;
use crate::book::Book;
use crate::digest;
use crate::finding::form::{Faulty, HasMacro, TakenForeign};
use crate::finding::{Code, Finding, Findings, Place, Said};

/// A format that is not ours and is read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    Xls,
    Xlsb,
    Ods,
}

/// Which of them the bytes are that were refused under a code.
pub fn foreign(refused: Code, bytes: &[u8]) -> Option<Foreign> {
    match refused {
        Code::FileOldFormat if bytes.starts_with(OLE) => Some(Foreign::Xls),
        Code::FileOtherFormat => {
            let mut archive = Archive::open(bytes).ok()?;
            if archive.holds(binary::WORKBOOK) {
                return Some(Foreign::Xlsb);
            }
            let kind = archive.holds(open_document::CONTENT).then_some("mimetype")?;
            let kind = archive.bytes(kind, 4 * open_document::KIND.len() as u64).ok()?;
            (kind == open_document::KIND).then_some(Foreign::Ods)
        }
        _ => None,
    }
}

impl Foreign {
    /// How its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Foreign::Xls => ".xls",
            Foreign::Xlsb => ".xlsb",
            Foreign::Ods => ".ods",
        }
    }

    /// Why a file is refused whose reader gave no answer.
    pub fn unanswered(self, file: &str, why: &str) -> Finding {
        let code = match self {
            Foreign::Xls => Code::FileOldFormat,
            Foreign::Xlsb | Foreign::Ods => Code::FileOtherFormat,
        };
        let fault = format!("Tệp {} không đọc được: {why}.", self.ending());
        Finding::of(Place::file(file), Said::from(Faulty { fault }).under(code))
    }
}

/// What a foreign file says, in the bytes of an answer: for a process that may
/// be lost over it.
pub fn answer(bytes: &[u8]) -> Vec<u8> {
    let code = if bytes.starts_with(OLE) { Code::FileOldFormat } else { Code::FileOtherFormat };
    wire::written(&match foreign(code, bytes) {
        Some(Foreign::Xls) => old::walk(bytes).and_then(|(walked, workbook)| {
            let reader = Xls::new(Cursor::new(&*workbook)).map_err(|error| unreadable(&error))?;
            let is_1904 = reader.has_1904_epoch();
            pages(reader, is_1904, walked)
        }),
        Some(Foreign::Xlsb) => packed(bytes, binary::walk).and_then(|(walked, workbook)| {
            let reader = Xlsb::new(Cursor::new(&*workbook)).map_err(|error| unreadable(&error))?;
            let is_1904 = reader.has_1904_epoch();
            pages(reader, is_1904, walked)
        }),
        Some(Foreign::Ods) => packed(bytes, open_document::walk).and_then(|(walked, workbook)| {
            let reader = Ods::new(Cursor::new(&*workbook)).map_err(|error| unreadable(&error))?;
            pages(reader, false, walked)
        }),
        None => Err(Fault::new(Code::FileOtherFormat, "Tệp không phải .xls, .xlsb hay .ods.")),
    })
}

/// What an answer says of `file`, without the sheets of the names `unread`; `None`
/// when it is no answer.
pub fn opened(
    kind: Foreign,
    unread: &[&str],
    file: &str,
    bytes: &[u8],
    answer: &[u8],
) -> Option<Result<Opened, Finding>> {
    let answer = wire::read(answer)?.map_err(|fault| fault.at(Place::file(file)));
    Some(answer.map(|Pages { has_macro, mut pages }| {
        pages.retain(|page| !unread.contains(&page.name.as_str()));
        let book = Book { file: file.to_owned(), sha256: digest::sha256(bytes), pages };
        let mut notes = Findings::default();
        notes.say(Place::file(file), TakenForeign { kind: kind.ending() });
        if has_macro {
            notes.say(Place::file(file), HasMacro {});
        }
        Opened { book, notes }
    }))
}

fn unreadable(error: &impl Display) -> Fault {
    let message = format!("Sổ làm việc có nội dung không đọc được (chi tiết kỹ thuật: {error}).");
    Fault::new(Code::FileUnreadable, message)
}

/// The values of every sheet, laid beside what the walk found.
fn pages<'a, R: Reader<Cursor<&'a [u8]>>>(
    mut reader: R,
    is_1904: bool,
    walked: Walked,
) -> Gated<Pages>
where
    R::Error: Display,
{
    let mut pages = Pages { has_macro: walked.has_macro, pages: Vec::new() };
    for sheet in walked.sheets {
        let values = reader.worksheet_range(&sheet.name).map_err(|error| unreadable(&error))?;
        pages.pages.push(sheet.with(&values, is_1904)?);
    }
    Ok(pages)
}

/// What a walk found in an archive, and an archive of ours of the parts it took:
/// calamine opens nothing whose checksum was not compared.
fn packed(
    bytes: &[u8],
    walk: impl Fn(&mut Archive) -> Gated<(Walked, BTreeMap<String, Vec<u8>>)>,
) -> Gated<(Walked, Vec<u8>)> {
    let (walked, parts) = walk(&mut Archive::open(bytes)?)?;
    walked.check_extents()?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let fails = |error: std::io::Error| {
        Fault::too_large(format!("Không xếp lại được nội dung tệp (chi tiết kỹ thuật: {error})."))
    };
    for (name, bytes) in parts {
        zip.start_file(name, options).map_err(|error| fails(error.into()))?;
        zip.write_all(&bytes).map_err(fails)?;
    }
    let packed = zip.finish().map_err(|error| fails(error.into()))?;
    Ok((walked, packed.into_inner()))
}
