//! Binary workbooks (.xlsb): the records of their parts, as far as they say
//! which cells there are, how they are dressed and what is pinned to them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::beside::{Beside, Dresses, Walked, dressed};
use super::compound::{long, short};
use crate::book::RawValue;
use crate::excel::archive::Archive;
use crate::excel::gate::{Fault, Gated, ceiling};
use crate::excel::package::{relations_of, resolve};
use crate::excel::styles::has_percent;
use crate::finding::CellRef;
use crate::text;

/// The part that makes an archive a binary workbook.
pub(super) const WORKBOOK: &str = "xl/workbook.bin";
const FOLDER: &str = "xl";
const LINKS: &str = "xl/_rels/workbook.bin.rels";
/// Where calamine looks for the styles and the texts.
const STYLES: &str = "xl/styles.bin";
const STRINGS: &str = "xl/sharedStrings.bin";

/// The kinds of records that are looked at (MS-XLSB 2.3.2).
mod kind {
    pub(super) const ROW: u32 = 0x00;
    pub(super) const BLANK: u32 = 0x01;
    pub(super) const NUMBER: u32 = 0x02;
    pub(super) const ERROR: u32 = 0x03;
    pub(super) const BOOL: u32 = 0x04;
    pub(super) const LONG_NUMBER: u32 = 0x05;
    pub(super) const LETTERS: u32 = 0x06;
    pub(super) const TEXT: u32 = 0x07;
    pub(super) const FORMULA: u32 = 0x08;
    pub(super) const FORMULA_OF_NUMBER: u32 = 0x09;
    pub(super) const FORMULA_OF_ERROR: u32 = 0x0B;
    pub(super) const SHORT_BLANK: u32 = 0x0C;
    pub(super) const SHORT_TEXT: u32 = 0x12;
    pub(super) const STRING: u32 = 0x13;
    pub(super) const FONT: u32 = 0x2B;
    pub(super) const NUMBER_FORMAT: u32 = 0x2C;
    pub(super) const FORMAT_OF_CELL: u32 = 0x2F;
    pub(super) const RICH_TEXT: u32 = 0x3E;
    pub(super) const END_OF_CELLS: u32 = 0x92;
    pub(super) const SHEET: u32 = 0x9C;
    pub(super) const BEGIN_FORMATS_OF_CELLS: u32 = 0x269;
    pub(super) const END_FORMATS_OF_CELLS: u32 = 0x26A;
    pub(super) const REMARK: u32 = 0x27B;
    pub(super) const WORDS_OF_REMARK: u32 = 0x27D;
}

/// What the walk finds, and the parts for calamine.
pub(super) fn walk(archive: &mut Archive) -> Gated<(Walked, BTreeMap<String, Vec<u8>>)> {
    let mut parts = BTreeMap::new();
    let mut walked = Walked::new(archive.any(|name| name.ends_with("vbaproject.bin")));
    let mut dresses = Dresses::default();
    if archive.holds(STYLES) {
        let bytes = archive.bytes(STYLES, ceiling::TABLE)?;
        read_styles(&bytes, &mut dresses)?;
        parts.insert(STYLES.to_owned(), bytes);
    }
    let mut strings = Vec::new();
    if archive.holds(STRINGS) {
        let bytes = archive.bytes(STRINGS, ceiling::TABLE)?;
        for (kind, data) in records(&bytes)? {
            if kind == kind::STRING {
                strings.push(fonts_of(data)?.into_iter().any(|font| dresses.font(font).is_struck));
            }
        }
        parts.insert(STRINGS.to_owned(), bytes);
    }
    let links = relations_of(archive, WORKBOOK)?;
    // calamine takes every target as one below the workbook's folder.
    let mut list = String::from("<Relationships>");
    for (id, link) in &links {
        let target = resolve(FOLDER, &link.target);
        let target = target.strip_prefix("xl/").unwrap_or_default();
        let [id, target] = [id, target].map(quick_xml::escape::escape);
        let _ = write!(list, "<Relationship Id=\"{id}\" Target=\"{target}\"/>");
    }
    parts.insert(LINKS.to_owned(), (list + "</Relationships>").into_bytes());
    let workbook = archive.bytes(WORKBOOK, ceiling::WORKBOOK)?;
    for (kind, data) in records(&workbook)? {
        if kind != kind::SHEET {
            continue;
        }
        let (id, used) = letters(data, 8)?;
        let (name, _) = letters(data, 8 + used)?;
        // Old programs leave the module of a macro as a sheet without a part.
        let Some(link) = links.get(&id) else { continue };
        walked.has_macro |= matches!(link.kind.as_str(), "xlMacrosheet" | "xlIntlMacrosheet");
        if link.kind != "worksheet" {
            continue;
        }
        let part = resolve(FOLDER, &link.target);
        let bytes = archive.bytes(&part, ceiling::SHEET)?;
        walked.begin(name, long(data, 0) != 0)?;
        let full = walk_sheet(&bytes, &dresses, &strings, &mut walked)?;
        read_remarks(archive, &part, &mut walked)?;
        if parts.insert(part, full).is_some() {
            return Err(Fault::suspicious("Hai trang tính dùng chung một nội dung."));
        }
    }
    parts.insert(WORKBOOK.to_owned(), workbook);
    Ok((walked, parts))
}

fn cut() -> Fault {
    Fault::damaged("Nội dung sổ làm việc .xlsb bị hỏng hoặc bị cắt cụt.")
}

/// The kinds and the data of the records of a part.
fn records(bytes: &[u8]) -> Gated<Vec<(u32, &[u8])>> {
    /// The number at a place, of at most so many bytes of seven bits, and the place
    /// after it.
    fn number(bytes: &[u8], at: usize, most: usize) -> Gated<(u32, usize)> {
        let mut number = 0;
        for place in 0..most {
            let byte = u32::from(*bytes.get(at + place).ok_or_else(cut)?);
            number |= (byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                return Ok((number, at + place + 1));
            }
        }
        Ok((number, at + most))
    }
    let mut records = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (kind, next) = number(bytes, at, 2)?;
        let (length, next) = number(bytes, next, 4)?;
        let end = next.saturating_add(length as usize);
        records.push((kind, bytes.get(next..end).ok_or_else(cut)?));
        at = end;
    }
    Ok(records)
}

/// The text at a place, and how many bytes it takes.
fn letters(data: &[u8], at: usize) -> Gated<(String, usize)> {
    let length = long(data, at) as usize;
    let end = length.checked_mul(2).and_then(|bytes| bytes.checked_add(at + 4));
    let bytes = end.and_then(|end| data.get(at + 4..end)).ok_or_else(cut)?;
    let units = bytes.chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]]));
    let text = char::decode_utf16(units).map(|it| it.unwrap_or('\u{FFFD}')).collect();
    Ok((text, 4 + bytes.len()))
}

/// The fonts of the runs of a text of the table.
fn fonts_of(data: &[u8]) -> Gated<Vec<usize>> {
    let is_rich = data.first().is_some_and(|flags| flags & 1 != 0);
    if !is_rich {
        return Ok(Vec::new());
    }
    let (_, used) = letters(data, 1)?;
    let runs = data.get(1 + used + 4..).unwrap_or_default().chunks_exact(4);
    let runs = runs.take(long(data, 1 + used) as usize);
    Ok(runs.map(|run| usize::from(u16::from_le_bytes([run[2], run[3]]))).collect())
}

fn read_styles(bytes: &[u8], dresses: &mut Dresses) -> Gated<()> {
    let mut is_of_cells = false;
    for (kind, data) in records(bytes)? {
        match kind {
            kind::FONT => {
                let (name, _) = letters(data, 21)?;
                let is_struck = short(data, 2).ok_or_else(cut)? & 8 != 0;
                dresses.fonts.push(dressed(&name, is_struck));
            }
            kind::NUMBER_FORMAT => {
                let number = short(data, 0).ok_or_else(cut)?;
                dresses.formats.insert(number, has_percent(&letters(data, 2)?.0));
            }
            kind::BEGIN_FORMATS_OF_CELLS => is_of_cells = true,
            kind::END_FORMATS_OF_CELLS => is_of_cells = false,
            kind::FORMAT_OF_CELL if is_of_cells => {
                let (Some(number), Some(font)) = (short(data, 2), short(data, 4)) else {
                    return Err(cut());
                };
                dresses.cells.push((font.into(), number));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Adds the cells of a sheet, and gives its part with each cell written out in
/// full: calamine passes over what follows the cell before without a column, and
/// over text in runs.
fn walk_sheet(
    bytes: &[u8],
    dresses: &Dresses,
    strings: &[bool],
    walked: &mut Walked,
) -> Gated<Vec<u8>> {
    let mut full = Vec::with_capacity(bytes.len());
    let (mut row, mut next) = (0, 0_u32);
    for (mut kind, data) in records(bytes)? {
        let mut data = Cow::Borrowed(data);
        let mut is_struck = false;
        match kind {
            kind::ROW => (row, next) = (long(&data, 0), 0),
            kind::END_OF_CELLS => {
                push(&mut full, kind, &data);
                return Ok(full);
            }
            kind::SHORT_BLANK..=kind::SHORT_TEXT => {
                kind -= kind::SHORT_BLANK - kind::BLANK;
                data = [&next.to_le_bytes()[..], &data].concat().into();
            }
            kind::RICH_TEXT => {
                let fonts = fonts_of(data.get(8..).ok_or_else(cut)?)?;
                is_struck = fonts.into_iter().any(|font| dresses.font(font).is_struck);
                let (_, used) = letters(&data, 9)?;
                kind = kind::LETTERS;
                data = [&data[..8], &data[9..9 + used]].concat().into();
            }
            _ => {}
        }
        if (kind::BLANK..=kind::FORMULA_OF_ERROR).contains(&kind) {
            let least = match kind {
                kind::BLANK => 8,
                kind::LONG_NUMBER => 16,
                kind::FORMULA_OF_NUMBER => 18,
                kind::ERROR | kind::BOOL => 9,
                _ => 12,
            };
            if data.len() < least {
                return Err(cut());
            }
            next = long(&data, 0).saturating_add(1);
        }
        push(&mut full, kind, &data);
        if !(kind::NUMBER..=kind::FORMULA_OF_ERROR).contains(&kind) {
            continue;
        }
        let mut mark = dresses.mark((long(&data, 4) & 0xFF_FFFF) as usize);
        mark.is_struck |= is_struck;
        if kind == kind::TEXT {
            let text = long(&data, 8) as usize;
            mark.is_struck |= *strings.get(text).ok_or_else(cut)?;
        }
        let error = matches!(kind, kind::ERROR | kind::FORMULA_OF_ERROR);
        let error = error.then(|| error_of(data[8])).transpose()?;
        let instead = error.map(RawValue::Error);
        let cell = Beside { is_formula: kind::FORMULA <= kind, mark, instead };
        walked.add(CellRef::new(row, long(&data, 0)), cell)?;
    }
    Err(cut())
}

/// Adds a record to a part.
fn push(part: &mut Vec<u8>, kind: u32, data: &[u8]) {
    let length = u32::try_from(data.len()).expect("below the ceiling of a part");
    for mut number in [kind, length] {
        while 0x7F < number {
            part.push(u8::try_from(number & 0x7F).unwrap_or_default() | 0x80);
            number >>= 7;
        }
        part.push(u8::try_from(number).unwrap_or_default());
    }
    part.extend(data);
}

/// The word for an error, by its number.
fn error_of(number: u8) -> Gated<String> {
    let word = match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => return Err(cut()),
    };
    Ok(word.to_owned())
}

/// The remarks pinned to the cells of the sheet walked last.
fn read_remarks(archive: &mut Archive, sheet: &str, walked: &mut Walked) -> Gated<()> {
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let links = relations_of(archive, sheet)?;
    let links = links.values().filter(|it| it.kind == "comments" && !it.is_external);
    let sheet = walked.sheets.last_mut().expect("a sheet was begun");
    for part in links.map(|link| resolve(folder, &link.target)) {
        if !archive.holds(&part) {
            continue;
        }
        let mut at = CellRef::new(0, 0);
        let bytes = archive.bytes(&part, ceiling::TABLE)?;
        for (kind, data) in records(&bytes)? {
            match kind {
                kind::REMARK => at = CellRef::new(long(data, 4), long(data, 12)),
                kind::WORDS_OF_REMARK => {
                    let (words, _) = letters(data, 1)?;
                    if !text::is_blank(&words) {
                        sheet.remarks.insert(at, words);
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}
