//! Letters speak to units: nothing is asked of them that only the secretariat
//! can do, and nothing is named that they have not.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader, Xlsx};
use cchc::appraisal::layout::{AGAIN, REVIEW};
use cchc::cli::{self, console::Console};
use cchc::day::Day;
use cchc::finding::Code;
use cchc::handout::blank_form::Nomination;

use crate::office::{Office, honest};
use crate::samples::copy;

/// What only the secretariat has, or is told to do.
const NOT_FOR_UNITS: &[&str] = &[
    ".toml",
    "don-vi.xlsx",
    "khong-ap-dung",
    "mien-tru",
    "thay-doi",
    "nop/",
    "tham-dinh",
    "khao-sat",
    "ket-qua",
    "cchc ",
    "xac-nhan",
    "chạy lại",
    "tệp thiết lập",
    "thư mục của kỳ",
    "Hỏi ",
    "hỏi lại đơn vị",
    "Đôn đốc",
    "trang Tổng quan",
    "trang Nhật ký",
    "trang Lỗi phiếu",
    "trang Chênh lệch",
    "trang Chi tiết",
    "trang Nguồn điểm",
    "Xóa tệp",
];

#[track_caller]
fn speaks_to_units(text: &str, whose: &str) {
    let found: Vec<&&str> = NOT_FOR_UNITS.iter().filter(|it| text.contains(**it)).collect();
    assert!(found.is_empty(), "{whose}: {found:?} in «{text}»");
}

#[test]
fn every_remedy_that_a_unit_may_read_is_for_units() {
    let of_result = [Code::ShareTooSmall, Code::RuleWaived, Code::PersonTwice];
    for code in Code::ALL {
        let info = code.info();
        let is_told = info.id.starts_with('P') || of_result.contains(code);
        let to_unit = info.to_unit.unwrap_or(info.help);
        if is_told {
            speaks_to_units(to_unit, info.id);
        }
    }
}

/// Every text of every sheet.
fn all_words(book: &[u8]) -> Vec<String> {
    let mut book = Xlsx::new(Cursor::new(book)).unwrap();
    let names = book.sheet_names();
    let sheets = names.iter().map(|name| book.worksheet_range(name).unwrap());
    sheets.flat_map(|it| it.cells().map(|cell| cell.2.to_string()).collect::<Vec<_>>()).collect()
}

fn check_all(results: &BTreeMap<String, Vec<u8>>, least: usize) {
    let letters = results.iter().filter(|(name, _)| name.starts_with("phan-hoi/"));
    let letters: Vec<_> = letters.collect();
    assert!(least <= letters.len(), "{}", letters.len());
    for (name, book) in letters {
        for words in all_words(book) {
            speaks_to_units(&words, name);
        }
    }
}

#[test]
fn letters_of_the_sample_of_errors_speak_to_units() {
    let made = tempfile::tempdir().unwrap();
    copy(Path::new("samples/phieu-loi"), made.path());
    let words = ["check".into(), made.path().as_os_str().to_owned()];
    cli::run(words.map(OsString::from).to_vec(), &mut Console::new(&mut Vec::new(), false, false));
    let folder = made.path().join("ket-qua/phan-hoi");
    let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let letters = files.map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (format!("phan-hoi/{name}"), std::fs::read(path).unwrap())
    });
    check_all(&letters.collect(), 20);
}

#[test]
fn letters_of_a_round_with_every_trouble_speak_to_units() {
    let mut late = honest(10);
    late.dated = Day::new(2019, 12, 20);
    late.individuals
        .push(Nomination { name: "Trưởng phòng".to_owned(), ..Nomination::default() });
    let mut other = honest(7);
    other.items.values_mut().for_each(|it| it.evidence = "Công văn số 7".to_owned());
    let office = Office::busy()
        .setting("phan-hoi = \"don-vi-co-phat-hien\"", "phan-hoi = \"moi-don-vi\"")
        .setting("\"rut-gon\"", "\"day-du\"")
        .form("nop/P-HT.xlsx", "P-HT", &late)
        .form("nop/X-QL lan 1.xlsx", "X-QL", &honest(6))
        .file("nop/PB-TP cu.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old")
        .appraised("tham-dinh/a.xlsx", &[("PB-NV", "1.1", 2, ""), ("PB-TP", "1.1", 2, "")])
        .appraised("tham-dinh/b.xlsx", &[("PB-NV", "1.1", 1, "Thiếu phụ lục")])
        .form("nop/PB-TP.xlsx", "PB-TP", &other);
    office.tell(&["appraise"]);
    let office = office.supplemented(1, &[("PB-TP", "1.1", REVIEW, AGAIN)]);
    check_all(&office.run().results, 4);
}

#[test]
fn many_forms_that_are_one_are_one_question_for_the_secretariat() {
    let mut same = honest(9);
    same.items.values_mut().for_each(|it| it.evidence = "Công văn số 7".to_owned());
    let units = ["PB-NV", "PB-TP", "P-HT", "X-QL"];
    let send = |office: Office, unit: &&str| office.form(&format!("nop/{unit}.xlsx"), unit, &same);
    let report = units.iter().fold(Office::new(), send).run();
    assert_eq!(report.said.matches("[P112]").count(), 1, "{}", report.said);
    assert!(report.said.contains("của 4 phiếu giống hệt nhau: "), "{}", report.said);
    for unit in units {
        assert!(report.said.contains(&format!("(nop/{unit}.xlsx)")), "{}", report.said);
        let letter = report.results.get(&format!("phan-hoi/{unit}.xlsx"));
        assert!(letter.is_none_or(|it| !all_words(it).concat().contains("P112")));
    }
}

#[test]
fn check_shows_its_notes_and_writes_its_log() {
    let office = Office::busy();
    let copied = std::fs::read(office.path("nop/P-HT.xlsx")).unwrap();
    let office = office.file("nop/ban sao.xlsx", &copied);
    let report = office.tell(&["check"]);
    assert!(report.said.contains("[P026]"), "{}", report.said);
    assert!(report.log().contains("[P026]"), "{}", report.log());
    assert!(!office.run().said.contains("[P026]"));
}

#[test]
fn a_file_that_cannot_be_read_is_not_to_be_mended_in_its_cells() {
    let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old";
    let report = Office::busy()
        .file("nop/moi/P-HT.xls", old)
        .file("nop/X-QL.xlsx", old)
        .form("nop/lai/PB-NV.xlsx", "PB-NV", &honest(9))
        .form("nop/lai/PB-TP.xlsx", "PB-TP", &honest(6))
        .run();
    let letter = |unit: &str| all_words(&report.results[&format!("phan-hoi/{unit}.xlsx")]).concat();
    for (unit, told) in [
        (
            "X-QL",
            "chưa được tính. Có 1 lỗi cần sửa, nêu ở bảng dưới đây. Đề nghị đơn vị làm theo cột Cách sửa",
        ),
        ("P-HT", "phiếu của đơn vị đã được tính. Có 1 lỗi ở tệp khác đã gửi"),
        ("PB-NV", "Giống hệt PB-NV.xlsx"),
        ("PB-TP", "nộp 2 phiếu khác nhau: PB-TP.xlsx; PB-TP.xlsx"),
    ] {
        let words = letter(unit);
        assert!(words.contains(told), "{unit}: {words}");
        assert!(!words.contains("sửa ngay trên phiếu"), "{unit}: {words}");
    }
}
