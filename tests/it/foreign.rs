//! Forms in .xls, .xlsb and .ods: scored as their .xlsx twins, refused for what
//! an .xlsx is refused for, and never the end of the run.

pub(crate) mod makers;

use std::env;
use std::fs;
use std::path::PathBuf;

use cchc::batch::child;
use cchc::batch::folder::Named;
use cchc::book::{Book, RawValue};
use cchc::cli::Outcome;
use cchc::excel::{self, Foreign, Opened};
use cchc::finding::{CellRef, Finding};

use crate::damage::{Random, damage};
use crate::office::Office;
use makers::{begin, binary, compound, counted, old_cell, record, stream_of, xlsb_of, zipped};

/// A file of any format, read as a run reads it.
fn read(bytes: &[u8]) -> Result<Opened, Finding> {
    let named = Named { name: "nop/a".to_owned(), path: PathBuf::new() };
    excel::read(&named.name, bytes).or_else(|refused| match excel::foreign(refused.code, bytes) {
        Some(kind) => child::read(kind, &[], &named, bytes),
        None => Err(refused),
    })
}

fn sample(ending: &str) -> Vec<u8> {
    fs::read(format!("tests/it/foreign/khac-thuong.{ending}")).unwrap()
}

/// What the sample says of each cell, without the times of day, which .ods keeps
/// to other digits.
fn said(book: &Book) -> Vec<(String, String)> {
    let pages = book.pages.iter();
    let cells = pages.flat_map(|page| {
        let cells = page.cells.iter().map(|(at, cell)| {
            let mut cell = cell.clone();
            if let RawValue::Date(serial) = &mut cell.value {
                *serial = serial.floor();
            }
            (format!("{} {at}", page.name), format!("{cell:?}"))
        });
        let remarks = page.remarks.iter();
        let remarks =
            remarks.map(|(at, words)| (format!("{} {at}: ghi chú", page.name), words.clone()));
        let is_hidden = (page.name.clone(), page.is_hidden.to_string());
        cells.chain(remarks).chain([is_hidden]).collect::<Vec<_>>()
    });
    cells.collect()
}

#[test]
fn what_libreoffice_saves_says_the_same_in_every_format() {
    let twin = read(&sample("xlsx")).unwrap();
    assert!(twin.notes.is_empty());
    let struck = said(&twin.book).into_iter().filter(|(_, cell)| cell.contains("is_struck: true"));
    assert_eq!(struck.count(), 3);
    for ending in ["xls", "ods"] {
        let opened = read(&sample(ending)).unwrap();
        for (one, other) in said(&twin.book).iter().zip(&said(&opened.book)) {
            assert_eq!(one, other, "{ending}");
        }
        assert_eq!(said(&twin.book).len(), said(&opened.book).len(), "{ending}");
        let notes: Vec<&str> = opened.notes.iter().map(|it| it.code.info().id).collect();
        assert_eq!(notes, ["P013"]);
        assert_eq!(opened.notes[0].message(), format!("Nhận tệp .{ending}; nên gửi .xlsx"));
    }
}

#[test]
fn a_binary_workbook_says_the_same_but_for_what_its_writer_left_out() {
    let twin = read(&sample("xlsx")).unwrap().book;
    let opened = read(&sample("xlsb")).unwrap().book;
    for (one, other) in twin.pages.iter().zip(&opened.pages) {
        assert_eq!((&one.name, one.is_hidden), (&other.name, other.is_hidden));
        assert_eq!(one.remarks, other.remarks);
        assert_eq!(one.cells.len(), other.cells.len());
        for ((at, cell), (other_at, other)) in one.cells.iter().zip(&other.cells) {
            assert_eq!(
                (at, &cell.value, cell.is_percent),
                (other_at, &other.value, other.is_percent)
            );
        }
    }
}

/// A busy office with some of its forms in formats that are not ours.
fn mixed() -> Office {
    type Make = fn(&Book) -> Vec<u8>;
    let makes: [(&str, &str, Make); 3] = [
        ("PB-NV", "xls", makers::xls),
        ("PB-TP", "ods", makers::ods),
        ("X-QL", "xlsb", makers::xlsb),
    ];
    makes.into_iter().fold(Office::busy(), |office, (unit, ending, make)| {
        let path = office.path(&format!("nop/{unit}.xlsx"));
        let book = excel::read("nop/a.xlsx", &fs::read(&path).unwrap()).unwrap().book;
        fs::remove_file(path).unwrap();
        office.file(&format!("nop/{unit}.{ending}"), &make(&book))
    })
}

#[test]
fn a_round_of_mixed_formats_comes_out_as_one_of_xlsx() {
    let percents = [("PB-NV", 90), ("PB-TP", 85), ("P-HT", 80), ("X-QL", 95)];
    let twin = Office::busy().agreed().survey(&percents).run();
    let office = mixed().agreed().survey(&percents);
    let report = office.run();
    assert_eq!((twin.outcome, report.outcome), (Outcome::Clean, Outcome::Clean), "{}", report.said);
    for part in ["khoi", "khen-thuong"] {
        let files = [(".xls\"", ".xlsx\""), (".ods\"", ".xlsx\""), (".xlsb\"", ".xlsx\"")];
        let told = report.record()[part].to_string();
        let told = files.iter().fold(told, |told, (from, to)| told.replace(from, to));
        assert_eq!(told, twin.record()[part].to_string(), "{part}");
    }
    assert_eq!(report.codes().iter().filter(|code| *code == "P013").count(), 3);
    let checked = office.tell(&["check"]);
    assert!(checked.said.contains("nop/PB-NV.xls"), "{}", checked.said);
    let traced = office.say(["trace".into(), office.path("").into(), "PB-NV".into()].into());
    assert!(traced.said.contains("nop/PB-NV.xls"), "{}", traced.said);
    assert_eq!(office.tell(&["freeze"]).outcome, Outcome::Clean);
    let archive = office.path("cong-bo/cong-bo-2019.zip");
    assert_eq!(office.say(vec!["verify".into(), archive.into()]).outcome, Outcome::Clean);
}

#[test]
fn a_percentage_typed_for_points_is_asked_about_in_every_format() {
    for (ending, make) in
        [("xls", makers::xls as fn(&Book) -> Vec<u8>), ("ods", makers::ods), ("xlsb", makers::xlsb)]
    {
        let office = Office::busy();
        let path = office.path("nop/PB-NV.xlsx");
        let mut book = excel::read("nop/a.xlsx", &fs::read(&path).unwrap()).unwrap().book;
        let page = book.pages.iter_mut().find(|page| page.name == "Phiếu tự chấm").unwrap();
        let is_points = |value: &RawValue| *value == RawValue::Number(2.0);
        let typed =
            page.cells.values_mut().filter(|cell| is_points(&cell.value) && !cell.is_formula);
        let cell = typed.last().unwrap();
        (cell.value, cell.is_percent) = (RawValue::Number(0.85), true);
        fs::remove_file(path).unwrap();
        let report = office.file(&format!("nop/PB-NV.{ending}"), &make(&book)).run();
        assert!(report.said.contains("85 %"), "{ending}: {}", report.said);
        assert!(report.codes().contains(&"P051".to_owned()), "{ending}: {:?}", report.codes());
    }
}

#[track_caller]
fn refused(bytes: &[u8], code: &str, word: &str) {
    let finding = read(bytes).map(|opened| opened.book).unwrap_err();
    assert_eq!(finding.code.info().id, code, "{finding}");
    assert!(finding.message().contains(word), "{finding}");
}

fn number(row: u32, col: u32, format: u16) -> Vec<u8> {
    old_cell(0x203, row, col, format, &7_f64.to_le_bytes())
}

#[test]
fn an_old_workbook_is_refused_for_what_it_is() {
    let sheets = |body: &[u8]| stream_of(&[], &[("Trang", false, body.to_vec())]);
    let sound = compound("Workbook", &sheets(&number(0, 0, 0)));
    assert_eq!(read(&sound).unwrap().book.pages[0].cells.len(), 1);
    let locked = stream_of(&record(0x2F, &[1, 0, 1, 0]), &[("Trang", false, Vec::new())]);
    refused(&compound("Workbook", &locked), "P002", "mật khẩu");
    let old = [begin(0x500, 5), record(0x0A, &[])].concat();
    refused(&compound("Workbook", &old), "P003", "Excel 5.0/95");
    refused(&compound("Book", &old), "P003", "Excel 5.0/95");
    let cut = sheets(&number(0, 0, 0));
    refused(&compound("Workbook", &cut[..cut.len() - 6]), "P005", "cắt cụt");
    refused(&sound[..sound.len() / 2], "P005", "hỏng");
    let twice = [number(3, 3, 0), number(3, 3, 0)].concat();
    refused(&compound("Workbook", &sheets(&twice)), "P007", "D4");
    let far = [number(0, 0, 0), number(65_535, 255, 0)].concat();
    refused(&compound("Workbook", &sheets(&far)), "P006", "xa");
    let one = ("Trang", false, Vec::new());
    let same = stream_of(&[], &[one.clone(), one]);
    refused(&compound("Workbook", &same), "P007", "cùng tên");
    // As many cells declared as the format can name, and one of them there.
    let declared = record(0x200, &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
    let declared = compound("Workbook", &sheets(&[declared, number(0, 0, 0)].concat()));
    assert_eq!(read(&declared).unwrap().book.pages[0].cells.len(), 1);
}

#[test]
fn a_large_old_workbook_is_read_whole() {
    let words = "mười chữ và hơn thế nữa, ở một ô của bảng";
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(wide.len() / 2).unwrap().to_le_bytes();
    let text = [&length[..], &[1], &wide].concat();
    let cells = (0..60_000).flat_map(|row| old_cell(0x204, row, 1, 0, &text));
    let stream = stream_of(&[], &[("Trang", false, cells.collect())]);
    assert!(5 << 20 < stream.len());
    let page = read(&compound("Workbook", &stream)).unwrap().book.pages.remove(0);
    assert_eq!(page.cells.len(), 60_000);
    assert_eq!(page.get(59_999, 1).unwrap().value, RawValue::Text(words.to_owned()));
}

#[test]
fn macros_and_remarks_of_an_old_workbook_are_told() {
    // A remark is pinned to a cell by the number of an object that holds its words.
    let words = [&[0_u8][..], b"xem lai"].concat();
    let length = 7_u16.to_le_bytes();
    let body = [
        number(0, 0, 2),
        record(0x5D, &[0x15, 0, 0x12, 0, 0x19, 0, 9, 0]),
        record(0x1B6, &[&[0; 10][..], &length, &[0; 6]].concat()),
        record(0x3C, &words),
        record(0x1C, &[0, 0, 0, 0, 0, 0, 9, 0]),
    ];
    let stream = stream_of(&[], &[("Trang", true, body.concat())]);
    let opened = read(&compound("Workbook", &stream)).unwrap();
    let page = &opened.book.pages[0];
    assert!(page.is_hidden && page.get(0, 0).unwrap().is_percent);
    assert_eq!(page.remarks[&CellRef::new(0, 0)], "xem lai");
    let mut file = compound("Workbook", &stream);
    // A folder of macros takes the third place of the directory.
    let at = file.windows(4).position(|it| it == b"W\0o\0").unwrap() + 128;
    let name: Vec<u8> = "_VBA_PROJECT_CUR".encode_utf16().flat_map(u16::to_le_bytes).collect();
    file[at..at + name.len()].copy_from_slice(&name);
    file[at + 64] = 34;
    let notes = read(&file).unwrap().notes;
    let notes: Vec<&str> = notes.iter().map(|it| it.code.info().id).collect();
    assert_eq!(notes, ["P013", "P012"]);
}

#[test]
fn an_ods_is_refused_for_what_it_is() {
    let table =
        |rows: &str| makers::ods_of(&format!("<table:table table:name=\"T\">{rows}</table:table>"));
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"7\"/>";
    let row = |more: &str, cells: &str| format!("<table:table-row{more}>{cells}</table:table-row>");
    assert_eq!(read(&table(&row("", cell))).unwrap().book.pages[0].cells.len(), 1);
    let pretty = "\n <table:table-row>\n  <table:table-cell office:value-type=\"string\">\n   \
        <text:p>một <text:span>hai</text:span> <text:span>ba</text:span></text:p>\n  \
        </table:table-cell>\n </table:table-row>\n";
    let page = read(&table(pretty)).unwrap().book.pages.remove(0);
    assert_eq!(page.get(0, 0).unwrap().value, RawValue::Text("một hai ba".to_owned()));
    let mimetype: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let locked: &[u8] = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/>\
        </manifest:file-entry></manifest:manifest>";
    let parts =
        [("mimetype", mimetype), ("META-INF/manifest.xml", locked), ("content.xml", b"\x9A")];
    refused(&zipped(&parts), "P002", "mật khẩu");
    let many = row(" table:number-rows-repeated=\"1048576\"", cell);
    refused(&table(&many), "P006", "ô đã điền");
    let far = [
        row(
            " table:number-rows-repeated=\"1000000\"",
            cell.replace("office:value-type=\"float\" office:value=\"7\"", "").as_str(),
        ),
        row("", &format!("<table:table-cell table:number-columns-repeated=\"16000\"/>{cell}")),
    ];
    refused(&table(&(row("", cell) + &far.concat())), "P006", "xa");
    refused(
        &table(&row("", "<table:table-cell office:value-type=\"float\" office:value=\"x\"/>")),
        "P001",
        "không đọc được",
    );
    refused(&table("<table:table-row>"), "P005", "hỏng");
    // One reader knows the name under another prefix, and the other does not.
    let other = row("", "<table:table-cell office:value-type=\"float\" x:value=\"9\"/>");
    refused(&table(&other), "P001", "hai cách");
    let text: &[u8] = b"application/vnd.oasis.opendocument.text";
    let parts = [("mimetype", text), ("META-INF/manifest.xml", b"<a/>"), ("content.xml", b"<a/>")];
    refused(&zipped(&parts), "P004", "LibreOffice");
}

#[test]
fn every_cell_of_a_binary_workbook_is_read_or_the_file_is_not() {
    let row = binary(0x00, &[0; 17]);
    let head = |col: u32, format: u32| [col.to_le_bytes(), format.to_le_bytes()].concat();
    let style = |format: u32| format.to_le_bytes().to_vec();
    // Percentages, one with its column and one that follows it; letters in runs.
    let long = binary(0x05, &[head(2, 2), 0.85_f64.to_le_bytes().to_vec()].concat());
    let short = binary(0x10, &[style(2), 0.5_f64.to_le_bytes().to_vec()].concat());
    let rich = [head(9, 0), vec![1], counted("Hà Lầm"), vec![1, 0, 0, 0, 3, 0, 0, 0]].concat();
    let broken = binary(0x0B, &[head(10, 0), vec![0x17, 0, 0, 0, 0, 0, 0]].concat());
    let rows = [row.clone(), long.clone(), short, binary(0x3E, &rich), broken].concat();
    let opened = read(&xlsb_of(&[("Trang", false, rows)])).unwrap().book;
    let page = &opened.pages[0];
    let value = |col| page.get(0, col).unwrap().value.clone();
    assert_eq!([value(2), value(3)], [RawValue::Number(0.85), RawValue::Number(0.5)]);
    assert!(page.get(0, 2).unwrap().is_percent && page.get(0, 3).unwrap().is_percent);
    assert_eq!(value(9), RawValue::Text("Hà Lầm".to_owned()));
    assert_eq!(
        (value(10), page.get(0, 10).unwrap().is_formula),
        (RawValue::Error("#REF!".into()), true)
    );
    assert_eq!(page.cells.len(), 4);

    let sheet = |rows: Vec<u8>| xlsb_of(&[("Trang", false, rows)]);
    refused(&sheet([row.clone(), long.clone(), long].concat()), "P007", "hai lần");
    let past = binary(0x07, &[head(0, 0), vec![9, 0, 0, 0]].concat());
    refused(&sheet([row.clone(), past].concat()), "P005", "hỏng");
    refused(&sheet([row, binary(0x05, &head(0, 0))].concat()), "P005", "hỏng");
}

#[test]
fn a_reader_that_is_lost_is_a_finding_with_a_way_out() {
    // calamine stops over a sheet that no relation leads to.
    let lost = [
        binary(0x83, &[]),
        binary(0x9C, &[&[0; 4][..], &[1, 0, 0, 0], &counted("r9"), &counted("Lạc")].concat()),
        binary(0x90, &[]),
        binary(0x84, &[]),
    ];
    let links: &[u8] = b"<Relationships/>";
    let parts = [("xl/workbook.bin", &*lost.concat()), ("xl/_rels/workbook.bin.rels", links)];
    refused(&zipped(&parts), "P004", "dừng giữa chừng");
    for answer in [&b""[..], b"running 0 tests", b"cchc: trang va o, 1\n"] {
        assert!(excel::opened(Foreign::Xls, &[], "nop/a.xls", b"", answer).is_none());
    }
    let finding = Foreign::Xls.unanswered("nop/a.xls", "bộ đọc dừng");
    assert_eq!(finding.code.info().id, "P003");
    assert_eq!(finding.message(), "Tệp .xls không đọc được: bộ đọc dừng.");
}

#[test]
fn a_damaged_copy_never_hurts_the_run() {
    let copies = env::var("CCHC_DAMAGE").map_or(40, |count| count.parse().unwrap());
    let mut random = Random(20_261_127);
    for ending in ["xls", "ods", "xlsb"] {
        let whole = sample(ending);
        let sound = said(&read(&whole).unwrap().book);
        let mut refused = 0;
        for copy in 0..copies {
            let (how, damaged) = damage(&mut random, &whole);
            match read(&damaged) {
                Err(finding) => {
                    assert!(finding.is_error());
                    refused += 1;
                }
                // An old workbook has no checksums: a changed digit is another.
                Ok(opened) if ending != "xls" => {
                    assert_eq!(said(&opened.book), sound, "copy {copy} of .{ending}: {how}");
                }
                Ok(_) => {}
            }
        }
        assert!(copies / 10 < refused, "only {refused} of .{ending} refused");
    }
}
