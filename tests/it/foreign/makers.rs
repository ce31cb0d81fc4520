//! The same cells in the formats that are not ours, with no more around them
//! than their readers ask for.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use cchc::book::{Book, Page, RawCell, RawValue};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    text.replace('\n', "</text:p><text:p>")
}

/// An .ods of these sheets, in the words of its content.
pub(crate) fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>\
         <style:style style:name=\"an\" style:family=\"table\">\
         <style:table-properties table:display=\"false\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

pub(crate) fn ods(book: &Book) -> Vec<u8> {
    let mut tables = String::new();
    for page in &book.pages {
        let style = if page.is_hidden { " table:style-name=\"an\"" } else { "" };
        let _ = write!(tables, "<table:table table:name=\"{}\"{style}>", page.name);
        let mut row = 0;
        for at in page.rows() {
            let empty = "<table:table-row><table:table-cell/></table:table-row>";
            (row..at).for_each(|_| tables.push_str(empty));
            row = at + 1;
            tables.push_str("<table:table-row>");
            let mut col = 0;
            for (at, cell) in page.row(at) {
                (col..at).for_each(|_| tables.push_str("<table:table-cell/>"));
                col = at + 1;
                tables.push_str(&ods_cell(cell));
            }
            tables.push_str("</table:table-row>");
        }
        tables.push_str("</table:table>");
    }
    ods_of(&tables)
}

fn ods_cell(cell: &RawCell) -> String {
    let formula = if cell.is_formula { " table:formula=\"of:=1+1\"" } else { "" };
    let kind = if cell.is_percent { "percentage" } else { "float" };
    let (kind, value, text) = match &cell.value {
        RawValue::Number(value) => (kind, format!(" office:value=\"{value}\""), value.to_string()),
        RawValue::Date(serial) => {
            let days = format!("{serial}").parse().unwrap();
            let day = cchc::day::Day::from_serial(days).unwrap();
            let (year, month, day) = day.parts();
            let day = format!("{year:04}-{month:02}-{day:02}");
            ("date", format!(" office:date-value=\"{day}\""), day)
        }
        RawValue::Text(text) => ("string", String::new(), escaped(text)),
        RawValue::Bool(value) => {
            ("boolean", format!(" office:boolean-value=\"{value}\""), String::new())
        }
        RawValue::Error(word) => ("string", " calcext:value-type=\"error\"".into(), word.clone()),
        RawValue::Missing => return format!("<table:table-cell{formula}/>"),
    };
    format!(
        "<table:table-cell{formula} office:value-type=\"{kind}\"{value}><text:p>{text}</text:p>\
         </table:table-cell>"
    )
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A record of an old workbook.
pub(crate) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// The record that a stream or a sheet begins with, in the version of Excel.
pub(crate) fn begin(version: u16, sort: u16) -> Vec<u8> {
    let words = [version, sort, 0x1CC, 1996, 0x41, 0, 6, 0];
    record(0x809, &words.map(u16::to_le_bytes).concat())
}

/// The stream of an old workbook of these sheets, given as records; `globals`
/// stand before the list of sheets. Cell format 1 is of days, 2 of percentages.
pub(crate) fn stream_of(globals: &[u8], sheets: &[(&str, bool, Vec<u8>)]) -> Vec<u8> {
    let formats: Vec<u8> = [0_u16, 14, 10]
        .iter()
        .flat_map(|format| {
            let mut data = vec![0; 20];
            data[2..4].copy_from_slice(&format.to_le_bytes());
            record(0xE0, &data)
        })
        .collect();
    let head = [&begin(0x600, 5), globals, &formats].concat();
    let tab = |start: usize, name: &str, is_hidden: bool| {
        let start = u32::try_from(start).unwrap().to_le_bytes();
        let length = u8::try_from(name.encode_utf16().count()).unwrap();
        record(0x85, &[&start[..], &[u8::from(is_hidden), 0, length, 1], &wide(name)].concat())
    };
    let tabs: usize = sheets.iter().map(|(name, hidden, _)| tab(0, name, *hidden).len()).sum();
    let mut start = head.len() + tabs + 4;
    let mut listed = Vec::new();
    let mut bodies = Vec::new();
    for (name, is_hidden, body) in sheets {
        listed.extend(tab(start, name, *is_hidden));
        let body = [&begin(0x600, 0x10)[..], body, &record(0x0A, &[])].concat();
        start += body.len();
        bodies.extend(body);
    }
    [head, listed, record(0x0A, &[]), bodies].concat()
}

/// The compound file of one stream.
pub(crate) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut stream = stream.to_vec();
    let size = stream.len().max(4096);
    stream.resize(size.next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    let parts = (sectors + 1).div_ceil(127);
    let mut table: Vec<u32> = vec![0xFFFF_FFFD; parts as usize];
    table.push(0xFFFF_FFFE);
    table.extend((1..sectors).map(|it| parts + 1 + it));
    table.push(0xFFFF_FFFE);
    table.resize(parts as usize * 128, u32::MAX);
    let longs =
        |numbers: &[u32]| -> Vec<u8> { numbers.iter().flat_map(|it| it.to_le_bytes()).collect() };
    let mut head = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    head.resize(24, 0);
    head.extend([0x3E, 3, 0xFFFE, 9, 6_u16].map(u16::to_le_bytes).concat());
    head.resize(40, 0);
    head.extend(longs(&[0, parts, parts, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0]));
    head.extend(longs(&(0..parts).collect::<Vec<u32>>()));
    head.resize(512, 0xFF);
    let entry = |name: &str, kind: u8, child: u32, start: u32, size: u32| {
        let mut entry = wide(name);
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(longs(&[u32::MAX, u32::MAX, child]));
        entry.resize(116, 0);
        entry.extend(longs(&[start, size, 0]));
        entry
    };
    let size = u32::try_from(size).unwrap();
    let mut directory = entry("Root Entry", 5, 1, 0xFFFF_FFFE, 0);
    directory.extend(entry(name, 2, u32::MAX, parts + 1, size));
    directory.resize(512, 0);
    [head, longs(&table), directory, stream].concat()
}

pub(crate) fn xls(book: &Book) -> Vec<u8> {
    let sheets =
        book.pages.iter().map(|page| (page.name.as_str(), page.is_hidden, old_cells(page)));
    compound("Workbook", &stream_of(&[], &sheets.collect::<Vec<_>>()))
}

/// A cell of an old workbook: where it is, its cell format, its value.
pub(crate) fn old_cell(kind: u16, row: u32, col: u32, format: u16, value: &[u8]) -> Vec<u8> {
    let at = [row, col].map(|it| u16::try_from(it).unwrap());
    let head = [at[0], at[1], format].map(u16::to_le_bytes).concat();
    record(kind, &[&head, value].concat())
}

fn old_cells(page: &Page) -> Vec<u8> {
    let mut records = Vec::new();
    for (at, cell) in &page.cells {
        let format = match cell.value {
            RawValue::Date(_) => 1,
            _ if cell.is_percent => 2,
            _ => 0,
        };
        let put = |kind, value: &[u8]| old_cell(kind, at.row, at.col, format, value);
        let formula = |result: [u8; 8]| put(0x06, &[&result[..], &[0; 8]].concat());
        let text = |text: &str| {
            let length = u16::try_from(text.encode_utf16().count()).unwrap();
            [&length.to_le_bytes()[..], &[1], &wide(text)].concat()
        };
        let errors =
            [("#NULL!", 0), ("#DIV/0!", 7), ("#REF!", 0x17), ("#NAME?", 0x1D), ("#N/A", 0x2A)];
        records.extend(match &cell.value {
            RawValue::Number(value) | RawValue::Date(value) if cell.is_formula => {
                formula(value.to_le_bytes())
            }
            RawValue::Number(value) | RawValue::Date(value) => put(0x203, &value.to_le_bytes()),
            RawValue::Text(words) if cell.is_formula => {
                let result = formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
                [result, record(0x207, &text(words))].concat()
            }
            RawValue::Text(words) => put(0x204, &text(words)),
            RawValue::Bool(value) => put(0x205, &[u8::from(*value), 0]),
            RawValue::Error(word) => {
                let number = errors.iter().find(|(known, _)| known == word).unwrap().1;
                put(0x205, &[number, 1])
            }
            RawValue::Missing => formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        });
    }
    records
}

/// A record of a binary workbook.
pub(crate) fn binary(kind: u32, data: &[u8]) -> Vec<u8> {
    let mut record = Vec::new();
    for mut number in [kind, u32::try_from(data.len()).unwrap()] {
        while 0x7F < number {
            record.push(u8::try_from(number & 0x7F).unwrap() | 0x80);
            number >>= 7;
        }
        record.push(u8::try_from(number).unwrap());
    }
    [&record[..], data].concat()
}

/// A text of a binary workbook.
pub(crate) fn counted(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.encode_utf16().count()).unwrap();
    [&length.to_le_bytes()[..], &wide(text)].concat()
}

/// A binary workbook of these sheets, given as the records of their rows.
pub(crate) fn xlsb_of(sheets: &[(&str, bool, Vec<u8>)]) -> Vec<u8> {
    let mut tabs = Vec::new();
    let mut links = String::from("<Relationships>");
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for (number, (name, is_hidden, rows)) in sheets.iter().enumerate() {
        let (id, part) = (format!("r{number}"), format!("worksheets/sheet{number}.bin"));
        let state = u32::from(*is_hidden).to_le_bytes();
        let data = [&state[..], &[1, 0, 0, 0], &counted(&id), &counted(name)].concat();
        tabs.extend(binary(0x9C, &data));
        let _ = write!(
            links,
            "<Relationship Id=\"{id}\" Type=\"http://x/relationships/worksheet\" Target=\"/xl/{part}\"/>"
        );
        let body = [binary(0x94, &[0; 16]), binary(0x91, &[]), rows.clone(), binary(0x92, &[])];
        parts.push((format!("xl/{part}"), body.concat()));
    }
    let styles = [0_u16, 14, 10].map(|format| {
        let mut data = vec![0; 16];
        data[2..4].copy_from_slice(&format.to_le_bytes());
        binary(0x2F, &data)
    });
    let styles =
        [binary(0x269, &3_u32.to_le_bytes()), styles.concat(), binary(0x26A, &[])].concat();
    let workbook =
        [binary(0x83, &[]), tabs, binary(0x90, &[]), binary(0x9D, &[]), binary(0x84, &[])];
    parts.push(("xl/workbook.bin".into(), workbook.concat()));
    parts.push(("xl/styles.bin".into(), styles));
    parts.push(("xl/_rels/workbook.bin.rels".into(), (links + "</Relationships>").into()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, it)| (&**name, &**it)).collect();
    zipped(&parts)
}

pub(crate) fn xlsb(book: &Book) -> Vec<u8> {
    let sheets = book.pages.iter().map(|page| (page.name.as_str(), page.is_hidden, rows(page)));
    xlsb_of(&sheets.collect::<Vec<_>>())
}

fn rows(page: &Page) -> Vec<u8> {
    let mut records = Vec::new();
    for row in page.rows() {
        records.extend(binary(0x00, &[&row.to_le_bytes()[..], &[0; 13]].concat()));
        for (col, cell) in page.row(row) {
            let format: u32 = match cell.value {
                RawValue::Date(_) => 1,
                _ if cell.is_percent => 2,
                _ => 0,
            };
            let (kind, value) = match &cell.value {
                RawValue::Number(value) | RawValue::Date(value) => {
                    (5, value.to_le_bytes().to_vec())
                }
                RawValue::Text(text) => (6, counted(text)),
                RawValue::Bool(value) => (4, vec![u8::from(*value)]),
                RawValue::Error(_) => (3, vec![0x17]),
                RawValue::Missing => panic!("a binary workbook keeps every result"),
            };
            // A formula follows its result: flags, its length and it.
            let (kind, formula) = match kind {
                6 if cell.is_formula => (8, [0; 10].as_slice()),
                3..=5 if cell.is_formula => (14 - kind, [0; 10].as_slice()),
                _ => (kind, [].as_slice()),
            };
            let head = [col.to_le_bytes(), format.to_le_bytes()].concat();
            records.extend(binary(kind, &[&head, &value, formula].concat()));
        }
    }
    records
}
