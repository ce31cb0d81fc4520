//! File bytes → book → form. The first byte says where the others go: into the
//! archive itself, or into one part of a sound one, past the checksums.

#![no_main]

use std::io::Cursor;
use std::io::Write;
use std::sync::LazyLock;

use cchc::excel;
use cchc::form;
use cchc_fuzz::ROUND;
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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
        "<Relationships><Relationship Id=\"a\" Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>",
    ),
];

fuzz_target!(init: { LazyLock::force(&ROUND); }, |data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    // `P` begins a file as it is.
    let bytes = if *choice == b'P' { data.to_vec() } else { packed(*choice, rest) };
    if let Ok(opened) = excel::read("nop/a.xlsx", &bytes) {
        let reading = form::read(&opened.book, &ROUND);
        assert!(reading.form.is_some() || !reading.findings.is_empty());
    }
});

fn packed(choice: u8, rest: &[u8]) -> Vec<u8> {
    let chosen = usize::from(choice) % PARTS.len();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, text)) in PARTS.iter().enumerate() {
        let part = if index == chosen { rest } else { text.as_bytes() };
        zip.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        zip.write_all(part).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
