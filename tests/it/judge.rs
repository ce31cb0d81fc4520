//! calamine judges our reader: the same cells of every workbook that is read,
//! and of what is spelled oddly a table of what each sees, and why.
//!
//! ```text
//! CCHC_JUDGE=FOLDER cargo test --release --test it judge   # of every workbook below it, too
//! ```

use std::env;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::damage;
use crate::judged::{Told, by_calamine, by_us, difference};

/// Attacks that we read and calamine does not, and why.
const FILES: &[(&str, &str)] = &[
    ("dim_garbage.xlsx", "what a sheet says of its dimensions is never looked at"),
    ("dim_reversed.xlsx", "what a sheet says of its dimensions is never looked at"),
    ("formula_error_unknown.xlsx", "an error of a newer Excel"),
    ("state_unknown.xlsx", "a sheet whose state is unknown is not hidden"),
    ("xml_utf16_bom.xlsx", "parts may be in UTF-16"),
];

#[test]
fn every_workbook_is_read_as_calamine_reads_it() {
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judge");
    let _ = fs::remove_dir_all(&made);
    written_by_the_program(&made);
    let more = env::var("CCHC_JUDGE").ok();
    let folders = [Path::new("samples"), &made].into_iter().chain(more.as_deref().map(Path::new));
    let mut read = 0;
    let mut differing = Vec::new();
    for path in folders.flat_map(damage::workbooks) {
        let bytes = fs::read(&path).unwrap();
        let Some(ours) = by_us(&bytes) else { continue };
        read += 1;
        let told = difference(&ours, by_calamine(&bytes).as_ref());
        let shown = path.to_string_lossy().into_owned();
        let is_known = FILES.iter().any(|(file, _)| shown.ends_with(file));
        differing.extend(told.filter(|_| !is_known).map(|told| format!("{shown}: {told}")));
    }
    assert!(differing.is_empty(), "{differing:#?}");
    assert!(150 < read, "{read}");
}

#[test]
fn a_damaged_copy_that_is_read_is_read_as_calamine_reads_it() {
    let originals = damage::workbooks(Path::new("samples"));
    let mut random = damage::Random(damage::SEED + 1);
    let mut read = 0;
    for copy in 0..200 {
        let bytes = fs::read(&originals[copy % originals.len()]).unwrap();
        let (how, damaged) = damage::damage(&mut random, &bytes);
        if let Some(ours) = by_us(&damaged) {
            let told = difference(&ours, by_calamine(&damaged).as_ref());
            assert_eq!(told, None, "copy {copy}: {how}");
            read += 1;
        }
    }
    assert!(0 < read);
}

/// Cells as programs and people spell them, and what each reader sees; `-` when
/// the file is refused.
const SPELLINGS: &[(&str, &str, &str, &str)] = &[
    // Alike.
    ("<c r='A1' t='n'><v>1.50</v></c>", "1.5", "1.5", ""),
    ("<c r='A1'><v>-1e-3</v></c>", "-0.001", "-0.001", ""),
    ("<c><v>1 1</v></c>", "'1 1'", "'1 1'", ""),
    ("<x:c r = 'A1' ><x:v >7</x:v ></x:c>", "7", "7", ""),
    ("<c r='A1' x='>'><v>7</v></c>", "7", "7", ""),
    ("<c t='s'><v>0</v></c>", "'một'", "'một'", ""),
    ("<c t='s'><v>1</v></c>", "'hai ba'", "'hai ba'", ""),
    ("<c t='s'><v>00</v></c>", "'một'", "'một'", ""),
    ("<c t='s'><v>9</v></c>", "-", "-", ""),
    ("<c t='str'><f>A2</f><v>a&amp;&#98;</v></c>", "=> 'a&b'", "=> 'a&b'", ""),
    ("<c t='str'><f>\"\"</f><v></v></c>", "", "", ""),
    ("<c t='str'><v>a_x000D_\r\nb</v></c>", "'a\r\nb'", "'a\r\nb'", ""),
    ("<c><f>1/0</f></c>", "=> none", "=> none", ""),
    ("<c t='s'><f>1/0</f><v/></c>", "=> none", "=> none", ""),
    ("<c><f t='shared' si='0' ref='A1:B2'>A2</f><v>2</v></c>", "=> 2", "=> 2", ""),
    ("<c><f t='shared' si='0'/><v>2</v></c>", "=> 2", "=> 2", ""),
    ("<c><f t='shared'/><v>2</v></c>", "-", "-", ""),
    ("<c t='inlineStr'><is><t> a </t></is></c>", "'a'", "'a'", ""),
    ("<c t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r></is></c>", "'ab'", "'ab'", ""),
    ("<c t='inlineStr'><is><t>a</t><rPh><t>b</t></rPh></is></c>", "'a'", "'a'", ""),
    ("<c t='inlineStr'><is><t>a</t></is><v>b</v></c>", "", "", ""),
    ("<c t='inlineStr'><is><t><![CDATA[a<b]]></t></is></c>", "'a<b'", "'a<b'", ""),
    ("<c t='b'><v>1</v></c>", "true", "true", ""),
    ("<c t='b'><v> FALSE </v></c>", "false", "false", ""),
    ("<c t='b'><v> </v></c>", "", "", ""),
    ("<c t='b'><v>2</v></c>", "-", "-", ""),
    ("<c t='e'><v>#REF!</v></c>", "#REF!", "#REF!", ""),
    ("<c t='e'><v>Err:502</v></c>", "-", "-", ""),
    ("<c t='d'><v>2019-01-31T08:00</v></c>", "day 43496", "day 43496", ""),
    ("<c t='d'><v>nay</v></c>", "'nay'", "'nay'", ""),
    ("<c s='1'><v>43496.5</v></c>", "day 43496.5", "day 43496.5", ""),
    ("<c s='2'><v>0.5</v></c>", "0.5", "0.5", ""),
    ("<c s='77'><v>0.5</v></c>", "0.5", "0.5", ""),
    ("<c t='z'><v>1</v></c>", "-", "-", ""),
    ("<c t='z'/>", "", "", ""),
    ("<c t='n'><v>mười</v></c>", "-", "-", ""),
    ("<c><v>NaN</v></c>", "#NaN", "#NaN", ""),
    ("<c><extLst/></c>", "-", "-", ""),
    ("<c r=A1><v>1</v></c>", "-", "-", ""),
    ("<c r='1A'><v>1</v></c>", "-", "-", ""),
    ("<c r='A'><v>1</v></c>", "-", "-", ""),
    ("<c><v>1</v>", "-", "-", ""),
    ("<c t='str'><v>a & b</v></c>", "-", "-", ""),
    ("<c t='str'><v>&khong;</v></c>", "-", "-", ""),
    ("</row></row><c><v>1</v></c>", "-", "-", ""),
    ("<!-- ghi chú --><c><v>1</v></c>", "1", "1", ""),
    // Read by us alone.
    ("<c t='e'><v>#SPILL!</v></c>", "#SPILL!", "-", "an error of a newer Excel"),
    ("<c><v><![CDATA[1]]></v></c>", "1", "", "a section of a text is text"),
    ("<c t='b'><v>&#49;</v></c>", "true", "", "a reference is what it stands for"),
    // Refused by us: two readers would see two things, or one sees what is not there.
    ("<c><v>1&#48;</v></c>", "-", "1", "calamine takes the digits before the reference"),
    ("<c><v>1<!-- -->0</v></c>", "-", "1", "calamine takes the digits before the comment"),
    ("<c t='str'><v>1<!-- -->0</v></c>", "-", "'10'", "nobody writes such a cell"),
    ("<c t='inlineStr'><is><t>a<!-- -->b</t></is></c>", "-", "'ab'", "nobody writes such a cell"),
    ("<?x y?><c><v>1</v></c>", "-", "1", "nobody writes one among cells"),
    ("<c t='s'><v>-1</v></c>", "-", "'một'", "calamine takes index 0 for one it cannot read"),
    ("<c t='s'><v>1x</v></c>", "-", "'một'", "calamine takes index 0 for one it cannot read"),
    ("<c><v>1</v><v>2</v></c>", "-", "2", "a cell has one value"),
    ("<c r='A1'><v>1</v></c><c r='A1'><v>2</v></c>", "-", "2", "a cell stands once"),
    ("<v>1</v>", "-", "", "a value without a cell"),
    ("<c r='XFE1'><v>1</v></c>", "-", "1", "beyond the grid"),
    ("<c r='A1048577'><v>1</v></c>", "-", "1", "beyond the grid"),
    ("<c><v>1</x></v></c>", "-", "1", "calamine compares no names of tags"),
];

#[test]
fn odd_spellings_are_read_alike_or_for_a_stated_reason() {
    for (cells, expected_of_us, expected_of_calamine, why) in SPELLINGS {
        let bytes = workbook(cells);
        let shown = |told: Option<Told>| match told {
            None => "-".to_owned(),
            Some(told) => {
                let last = told.into_values().next_back();
                last.map_or_else(String::new, |(value, is_formula)| {
                    if is_formula { format!("=> {value}") } else { value }
                })
            }
        };
        let (ours, theirs) = (shown(by_us(&bytes)), shown(by_calamine(&bytes)));
        assert_eq!((&*ours, &*theirs), (*expected_of_us, *expected_of_calamine), "{cells}");
        assert_eq!(ours == theirs, why.is_empty(), "{cells}: {why}");
    }
}

/// A workbook whose only sheet has one row of these cells.
fn workbook(cells: &str) -> Vec<u8> {
    let strings = "<sst uniqueCount='2'><si><t>một</t></si><si><r><t>hai</t></r>\
                   <r><t xml:space='preserve'> ba</t></r></si></sst>";
    let parts = [
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='a' Type='/relationships/officeDocument' \
             Target='xl/workbook.xml'/></Relationships>"
                .to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='a' Type='/worksheet' Target='1.xml'/>\
             <Relationship Id='b' Type='/sharedStrings' Target='sharedStrings.xml'/>\
             <Relationship Id='c' Type='/styles' Target='styles.xml'/></Relationships>"
                .to_owned(),
        ),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name='A' r:id='a'/></sheets></workbook>".to_owned(),
        ),
        ("xl/sharedStrings.xml", strings.to_owned()),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='165' formatCode='dd/mm'/></numFmts>\
             <cellXfs><xf/><xf numFmtId='165'/><xf numFmtId='9'/></cellXfs></styleSheet>"
                .to_owned(),
        ),
        ("xl/1.xml", format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>")),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in &parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The workbooks that runs of the samples write: results, letters, lists.
fn written_by_the_program(folder: &Path) {
    for sample in ["ha-long-2019", "phieu-loi"] {
        let round = folder.join(sample);
        crate::samples::copy(&Path::new("samples").join(sample), &round);
        crate::samples::run(&round);
    }
}
