//! What the fuzz targets share: the sample round, in memory, to read forms against,
//! and a sound workbook with room for one part that is not.

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use cchc::book::Book;
use cchc::excel;
use cchc::round::{self, Round, RoundBooks};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const SETTINGS: &str = include_str!("../samples/ha-long-2019/ky.toml");

macro_rules! book {
    ($name:literal) => {
        book($name, include_bytes!(concat!("../samples/ha-long-2019/", $name)))
    };
}

pub static BOOKS: LazyLock<RoundBooks> = LazyLock::new(|| RoundBooks {
    register: book!("don-vi.xlsx"),
    sets: vec![book!("bo-chi-so/phong-ban.xlsx"), book!("bo-chi-so/phuong-xa.xlsx")],
    exemptions: Some(book!("khong-ap-dung.xlsx")),
    ..RoundBooks::default()
});

pub static ROUND: LazyLock<Round> = LazyLock::new(|| {
    let checked = round::read("ky.toml", SETTINGS, BOOKS.clone());
    checked.value().expect("the sample is sound").clone()
});

fn book(name: &str, bytes: &[u8]) -> Book {
    excel::read(name, bytes).expect("the sample is sound").book
}

/// The parts of a small sound workbook.
const PARTS: [(&str, &str); 6] = [
    ("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
    ("xl/sharedStrings.xml", "<sst><si><t>1.1.1</t></si></sst>"),
    ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
    ("xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" r:id=\"a\"/></sheets></workbook>"),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"b\" Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"c\" Type=\"/styles\" Target=\"styles.xml\"/></Relationships>",
    ),
    (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>",
    ),
];

/// A workbook with `rest` in place of one of the [`PARTS`], which `choice` says.
pub fn packed(choice: u8, rest: &[u8]) -> Vec<u8> {
    let chosen = usize::from(choice) % PARTS.len();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, text)) in PARTS.iter().enumerate() {
        let part = if index == chosen { rest } else { text.as_bytes() };
        zip.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        zip.write_all(part).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
