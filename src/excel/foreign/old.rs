//! Old workbooks (.xls of Excel 97 to 2003): the records of the stream, as far
//! as they say which cells there are, how they are dressed and what is pinned to
//! them.

use std::collections::BTreeMap;

use super::beside::{Beside, Dresses, Walked, dressed};
use super::compound::{Compound, long, short, wrapped};
use crate::excel::gate::{Fault, Gated};
use crate::excel::styles::{Mark, has_percent};
use crate::finding::{CellRef, Code};
use crate::text;

/// The kinds of records that are looked at (MS-XLS 2.3).
mod kind {
    pub(super) const FORMULA: u16 = 0x06;
    pub(super) const END: u16 = 0x0A;
    pub(super) const NOTE: u16 = 0x1C;
    pub(super) const PASSWORD: u16 = 0x2F;
    pub(super) const FONT: u16 = 0x31;
    pub(super) const CONTINUE: u16 = 0x3C;
    pub(super) const OBJECT: u16 = 0x5D;
    pub(super) const SHEET: u16 = 0x85;
    pub(super) const NUMBERS: u16 = 0xBD;
    pub(super) const RICH_LABEL: u16 = 0xD6;
    pub(super) const FORMAT_OF_CELL: u16 = 0xE0;
    pub(super) const STRINGS: u16 = 0xFC;
    pub(super) const STRING: u16 = 0xFD;
    pub(super) const TEXT_OF_OBJECT: u16 = 0x1B6;
    pub(super) const DIMENSIONS: u16 = 0x200;
    pub(super) const NUMBER: u16 = 0x203;
    pub(super) const LABEL: u16 = 0x204;
    pub(super) const RESULT: u16 = 0x207;
    pub(super) const BOOL_OR_ERROR: u16 = 0x205;
    pub(super) const SHORT_NUMBER: u16 = 0x27E;
    pub(super) const NUMBER_FORMAT: u16 = 0x41E;
    pub(super) const BEGIN: u16 = 0x809;
}

/// What the walk finds, and the workbook alone in a file of its own, for calamine.
pub(super) fn walk(bytes: &[u8]) -> Gated<(Walked, Vec<u8>)> {
    let file = Compound::open(bytes)?;
    let Some(mut stream) = file.stream("Workbook")? else {
        return Err(too_old());
    };
    let mut globals = Globals::default();
    let mut walked = Walked::new(file.holds("_VBA_PROJECT_CUR"));
    let mut dimensions = Vec::new();
    globals.read(&stream)?;
    let strings = globals.struck_strings();
    for Tab { start, sort, is_hidden, name } in std::mem::take(&mut globals.tabs) {
        walked.has_macro |= sort == Tab::MACRO;
        if sort == Tab::WORKSHEET {
            walked.begin(name, is_hidden)?;
            let sheet = stream.get(start..).ok_or_else(cut)?;
            globals.walk_sheet(sheet, &strings, &mut walked, |at| dimensions.push(start + at))?;
        }
    }
    if walked.sheets.is_empty() {
        return Err(Fault::damaged("Sổ làm việc không có trang tính nào."));
    }
    walked.check_extents()?;
    // calamine reserves room for as many cells as a sheet declares.
    for at in dimensions {
        let length = usize::from(short(&stream, at - 2).unwrap_or(0)).min(stream.len() - at);
        stream[at..at + length].fill(0);
    }
    Ok((walked, wrapped(stream)))
}

fn too_old() -> Fault {
    Fault::new(Code::FileOldFormat, "Tệp được lưu ở định dạng Excel 5.0/95 hoặc cũ hơn (.xls).")
}

fn cut() -> Fault {
    Fault::damaged("Nội dung sổ làm việc .xls bị hỏng hoặc bị cắt cụt.")
}

/// One record, and where its data begin.
#[derive(Clone, Copy)]
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    at: usize,
}

impl Record<'_> {
    fn short(&self, at: usize) -> Gated<u16> {
        short(self.data, at).ok_or_else(cut)
    }

    fn index(&self, at: usize) -> Gated<usize> {
        self.short(at).map(usize::from)
    }
}

/// The records of a stream or a part of one, up to the end of what it begins;
/// what is embedded between is left out.
fn records(stream: &[u8]) -> Gated<Vec<Record<'_>>> {
    let mut records = Vec::new();
    let (mut at, mut depth) = (0, 0_u32);
    loop {
        let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) else {
            return Err(cut());
        };
        let data = stream.get(at + 4..at + 4 + usize::from(length)).ok_or_else(cut)?;
        let record = Record { kind, data, at: at + 4 };
        match kind {
            kind::BEGIN => depth += 1,
            _ if depth == 0 => return Err(cut()),
            kind::END => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(records);
        }
        if depth == 1 {
            records.push(record);
        }
        at += 4 + usize::from(length);
    }
}

/// A sheet, as the beginning of the workbook lists it.
#[derive(Default)]
struct Tab {
    start: usize,
    sort: u8,
    is_hidden: bool,
    name: String,
}

impl Tab {
    const WORKSHEET: u8 = 0;
    const MACRO: u8 = 1;
}

/// What the beginning of the workbook says for all sheets.
#[derive(Default)]
struct Globals {
    tabs: Vec<Tab>,
    dresses: Dresses,
    /// The fonts that the runs of each shared text are set in.
    runs: Vec<Vec<usize>>,
}

impl Globals {
    fn read(&mut self, stream: &[u8]) -> Gated<()> {
        /// The version that every Excel since 97 writes.
        const VERSION: u16 = 0x600;
        let records = records(stream)?;
        if records[0].short(0)? != VERSION {
            return Err(too_old());
        }
        for (index, record) in records.iter().enumerate() {
            let data = record.data;
            match record.kind {
                kind::PASSWORD => {
                    let message = "Tệp được bảo vệ bằng mật khẩu nên không đọc được.";
                    return Err(Fault::new(Code::FileEncrypted, message));
                }
                kind::FONT => {
                    let length = usize::from(*data.get(14).ok_or_else(cut)?);
                    let name = letters(data.get(15..).unwrap_or_default(), length)?;
                    let is_struck = record.short(2)? & 8 != 0;
                    // There is no font of number 4.
                    if self.dresses.fonts.len() == 4 {
                        self.dresses.fonts.push(Mark::default());
                    }
                    self.dresses.fonts.push(dressed(&name, is_struck));
                }
                kind::NUMBER_FORMAT => {
                    let length = record.index(2)?;
                    let code = letters(&data[4..], length)?;
                    self.dresses.formats.insert(record.short(0)?, has_percent(&code));
                }
                kind::FORMAT_OF_CELL => {
                    self.dresses.cells.push((record.index(0)?, record.short(2)?));
                }
                kind::SHEET => {
                    let [.., state, sort, length] = data.get(..7).ok_or_else(cut)? else {
                        return Err(cut());
                    };
                    let name = letters(&data[7..], usize::from(*length))?;
                    self.tabs.push(Tab {
                        start: long(data, 0) as usize,
                        sort: *sort,
                        is_hidden: state & 3 != 0,
                        name: name.replace('\0', ""),
                    });
                }
                kind::STRINGS => {
                    let more = records[index + 1..].iter();
                    let more = more.take_while(|it| it.kind == kind::CONTINUE).map(|it| it.data);
                    self.runs = runs(std::iter::once(data).chain(more).collect())?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Of each shared text, whether a part is struck through.
    fn struck_strings(&self) -> Vec<bool> {
        let is_struck =
            |fonts: &Vec<usize>| fonts.iter().any(|font| self.dresses.font(*font).is_struck);
        self.runs.iter().map(is_struck).collect()
    }

    /// The cells of one sheet and what is pinned to them; `declares` is told
    /// where the sheet says how large it is.
    fn walk_sheet(
        &self,
        stream: &[u8],
        strings: &[bool],
        walked: &mut Walked,
        mut declares: impl FnMut(usize),
    ) -> Gated<()> {
        let records = records(stream)?;
        let mut notes = Vec::new();
        let mut words = BTreeMap::new();
        let mut object = 0;
        for (index, record) in records.iter().enumerate() {
            let cell = |col: u16| -> Gated<CellRef> {
                Ok(CellRef::new(record.short(0)?.into(), col.into()))
            };
            match record.kind {
                kind::DIMENSIONS => declares(record.at),
                // What goes on in a further record calamine would cut.
                kind::RESULT => check_whole(record.data)?,
                kind::LABEL => {
                    let mark = self.dresses.mark(record.index(4)?);
                    check_whole(&record.data[6..])?;
                    walked.add(cell(record.short(2)?)?, Beside { mark, ..Beside::default() })?;
                }
                kind::NUMBER | kind::BOOL_OR_ERROR | kind::SHORT_NUMBER => {
                    let mark = self.dresses.mark(record.index(4)?);
                    walked.add(cell(record.short(2)?)?, Beside { mark, ..Beside::default() })?;
                }
                kind::FORMULA => {
                    let mark = self.dresses.mark(record.index(4)?);
                    let beside = Beside { mark, is_formula: true, instead: None };
                    walked.add(cell(record.short(2)?)?, beside)?;
                }
                kind::STRING => {
                    let mut mark = self.dresses.mark(record.index(4)?);
                    let text = long(record.data, 6) as usize;
                    mark.is_struck |= *strings.get(text).ok_or_else(cut)?;
                    walked.add(cell(record.short(2)?)?, Beside { mark, ..Beside::default() })?;
                }
                kind::RICH_LABEL => {
                    return Err(Fault::new(
                        Code::FileUnreadable,
                        "Tệp chứa chữ theo cách ghi của Excel 5.0/95.",
                    ));
                }
                kind::NUMBERS => {
                    let first = record.short(2)?;
                    let count = record.data.len().saturating_sub(6) / 6;
                    for (col, number) in (first..).zip(0..count) {
                        let mark = self.dresses.mark(record.index(4 + 6 * number)?);
                        walked.add(cell(col)?, Beside { mark, ..Beside::default() })?;
                    }
                }
                kind::NOTE => notes.push((cell(record.short(2)?)?, record.index(6)?)),
                kind::OBJECT => object = record.index(6)?,
                kind::TEXT_OF_OBJECT => {
                    let length = record.index(10)?;
                    let rest = records[index + 1..].iter();
                    let rest = rest.take_while(|it| it.kind == kind::CONTINUE).map(|it| it.data);
                    words.insert(object, Pieces::of(rest.collect()).letters(length)?);
                }
                _ => {}
            }
        }
        let sheet = walked.sheets.last_mut().expect("a sheet was begun");
        for (at, object) in notes {
            let said = words.remove(&object).unwrap_or_default();
            if !text::is_blank(&said) {
                sheet.remarks.insert(at, said);
            }
        }
        Ok(())
    }
}

/// Refuses a text that is longer than its record.
fn check_whole(data: &[u8]) -> Gated<()> {
    let length = short(data, 0).ok_or_else(cut)?;
    letters(data.get(2..).unwrap_or_default(), length.into()).map(drop)
}

/// The letters of a text that says first how wide each is.
fn letters(data: &[u8], length: usize) -> Gated<String> {
    Pieces::of(vec![data]).letters(length)
}

/// Data that go on in further records.
struct Pieces<'a> {
    now: &'a [u8],
    rest: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    fn of(pieces: Vec<&'a [u8]>) -> Pieces<'a> {
        Pieces { now: &[], rest: pieces.into_iter() }
    }

    /// Goes on to the next piece where this one is used up; whether there is one.
    fn has_more(&mut self) -> bool {
        while self.now.is_empty() {
            let Some(next) = self.rest.next() else { return false };
            self.now = next;
        }
        true
    }

    fn take(&mut self, most: usize) -> Gated<&'a [u8]> {
        if 0 < most && !self.has_more() {
            return Err(cut());
        }
        let (taken, now) = self.now.split_at(most.min(self.now.len()));
        self.now = now;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Gated<usize> {
        let mut number = 0;
        for place in 0..bytes {
            number |= usize::from(self.take(1)?[0]) << (8 * place);
        }
        Ok(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Gated<()> {
        while 0 < bytes {
            bytes -= self.take(bytes)?.len();
        }
        Ok(())
    }

    /// As many letters, after a byte that says how wide they are; a further
    /// record says so anew.
    fn letters(&mut self, length: usize) -> Gated<String> {
        if length == 0 {
            return Ok(String::new());
        }
        let is_wide = self.number(1)? & 1 != 0;
        self.letters_as(is_wide, length)
    }

    fn letters_as(&mut self, mut is_wide: bool, length: usize) -> Gated<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.now.is_empty() {
                is_wide = self.number(1)? & 1 != 0;
            }
            let width = if is_wide { 2 } else { 1 };
            let taken = self.take((length - units.len()) * width)?;
            if taken.len() < width {
                return Err(cut());
            }
            let unit = |it: &[u8]| it.iter().rev().fold(0, |sum, byte| sum << 8 | u16::from(*byte));
            units.extend(taken.chunks(width).map(unit));
        }
        Ok(char::decode_utf16(units).map(|it| it.unwrap_or('\u{FFFD}')).collect())
    }
}

/// The fonts that each text of the table of strings is set in beside its cell's.
fn runs(pieces: Vec<&[u8]>) -> Gated<Vec<Vec<usize>>> {
    const IS_WIDE: usize = 1;
    const HAS_MORE: usize = 4;
    const HAS_RUNS: usize = 8;
    let mut pieces = Pieces::of(pieces);
    pieces.skip(8)?;
    let mut runs = Vec::new();
    while pieces.has_more() {
        let length = pieces.number(2)?;
        let flags = pieces.number(1)?;
        let count = if flags & HAS_RUNS == 0 { 0 } else { pieces.number(2)? };
        let more = if flags & HAS_MORE == 0 { 0 } else { pieces.number(4)? };
        if 0 < length {
            pieces.letters_as(flags & IS_WIDE != 0, length)?;
        }
        let mut fonts = Vec::new();
        for _ in 0..count {
            pieces.skip(2)?;
            fonts.push(pieces.number(2)?);
        }
        pieces.skip(more)?;
        runs.push(fonts);
    }
    Ok(runs)
}
