//! Results held against their inputs, and workbooks against the published ones.

use std::ffi::OsString;
use std::fs;
use std::io::{Cursor, Read, Write};

use cchc::cli::Outcome;

use crate::office::{Office, Report};

pub(crate) fn published() -> Office {
    let office = Office::busy().agreed();
    let office = office.survey(&[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)]);
    assert_eq!(office.run().outcome, Outcome::Clean);
    office
}

/// A workbook that somebody holds, against the office's results.
pub(crate) fn held(office: &Office, bytes: &[u8], name: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    let words = ["verify".into(), file.into(), "--voi".into(), office.path("").into()];
    office.say(words.to_vec())
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// The parts of a workbook by name.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

pub(crate) fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The workbook with the stored number of one cell changed, and the cell.
fn tampered(parts: &[(String, Vec<u8>)], dice: &mut Dice) -> (Vec<u8>, String) {
    let mut parts = parts.to_vec();
    let sheets: Vec<usize> = (0..parts.len())
        .filter(|at| parts[*at].0.starts_with("xl/worksheets/sheet"))
        .filter(|at| String::from_utf8_lossy(&parts[*at].1).contains("<v>"))
        .collect();
    let sheet = sheets[dice.below(sheets.len())];
    let text = String::from_utf8(parts[sheet].1.clone()).unwrap();
    let values: Vec<usize> = text.match_indices("<v>").map(|(at, _)| at).collect();
    let at = values[dice.below(values.len())];
    let cell = text[..at].rfind("<c r=\"").unwrap() + 6;
    let name = text[cell..].split('"').next().unwrap().to_owned();
    let end = at + text[at..].find("</v>").unwrap();
    let old = &text[at + 3..end];
    // Another shared string, another number, another stored text.
    let new = match old.parse::<i64>() {
        Ok(0) => "1".to_owned(),
        Ok(number) => (number - 1).to_string(),
        Err(_) => format!("1{old}"),
    };
    parts[sheet].1 = format!("{}<v>{new}{}", &text[..at], &text[end..]).into_bytes();
    (packed(&parts), name)
}

#[test]
fn results_are_what_their_inputs_come_to() {
    let office = published();
    let before = office.results();
    let report = office.tell(&["verify"]);

    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    let seal = report.record()["ma-xac-thuc"].as_str().unwrap().to_owned();
    let expected = format!(
        "Khớp: tính lại từ 11 tệp đầu vào ra đúng kết quả đã ghi; 16 tệp kết quả còn nguyên. Mã \
         xác thực {seal}. Mã này phải giống mã in trên bản đã ký.\n"
    );
    assert_eq!(report.said, expected);
    assert_eq!(office.results(), before);
}

#[test]
fn the_manifest_names_every_file_and_the_code_stands_on_every_page() {
    let report = published().run();
    let record = report.record();
    let files = |key: &str| -> Vec<String> {
        let all = record[key].as_array().unwrap().iter();
        all.map(|it| it["tep"].as_str().unwrap().to_owned()).collect()
    };
    for file in ["ky.toml", "don-vi.xlsx", "bo-chi-so/phong-ban.xlsx", "nop/P-HT.xlsx"] {
        assert!(files("dau-vao").contains(&file.to_owned()), "{file}");
    }
    for file in ["tham-dinh/tham-dinh-phong-ban.xlsx", "khao-sat/khao-sat.xlsx"] {
        assert!(files("dau-vao").contains(&file.to_owned()), "{file}");
    }
    let (books, data): (Vec<String>, Vec<String>) =
        files("dau-ra").into_iter().partition(|it| !it.contains('/'));
    assert_eq!(books, ["Khen-thuong-2019.xlsx", "Tong-hop-2019.xlsx"]);
    assert!(data.iter().all(|it| it.starts_with("du-lieu/")), "{data:?}");

    let seal = record["ma-xac-thuc"].as_str().unwrap();
    for file in books {
        for (name, content) in parts(report.file(&file)) {
            let text = String::from_utf8_lossy(&content);
            let is_visible = name.starts_with("xl/worksheets/sheet");
            assert!(!is_visible || text.contains(seal), "{file} {name}");
        }
    }
    assert!(report.sheet("Khen-thuong-2019.xlsx", "Tập thể").contains(seal));
}

#[test]
fn the_code_follows_from_inputs_and_results_alone() {
    let seal = |report: &Report| report.record()["ma-xac-thuc"].as_str().unwrap().to_owned();
    let office = published();
    let first = seal(&office.run());
    assert_eq!(seal(&office.run()), first);
    let office = office.setting("diem-thuong-toi-da = 2", "diem-thuong-toi-da = 3");
    assert_ne!(seal(&office.run()), first);
}

#[test]
fn any_changed_cell_of_a_published_workbook_is_named() {
    let office = published();
    let mut dice = Dice(2019);
    for file in ["Tong-hop-2019.xlsx", "Khen-thuong-2019.xlsx"] {
        let original = parts(office.run().file(file));
        for _ in 0..25 {
            let (bytes, cell) = tampered(&original, &mut dice);
            let report = held(&office, &bytes, file);
            assert_eq!(report.outcome, Outcome::Flawed, "{cell}: {}", report.said);
            assert!(report.said.contains(&format!("!{cell}: bản công bố ")), "{}", report.said);
            assert!(report.said.ends_with("KHÔNG KHỚP: 1 khác biệt.\n"), "{}", report.said);
        }
    }
}

#[test]
fn a_workbook_is_known_whatever_it_is_called_and_however_it_was_saved() {
    let office = published();
    let bytes = office.run().file("Tong-hop-2019.xlsx").to_owned();
    let report = held(&office, &bytes, "gui-lai.xlsx");
    assert_eq!(report.outcome, Outcome::Clean);
    assert!(report.said.starts_with("Đúng là bản công bố: Tong-hop-2019.xlsx, từng byte;"));

    let mut reordered = parts(&bytes);
    reordered[2..].reverse();
    let report = held(&office, &packed(&reordered), "gui-lai.xlsx");
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    let expected = "Tong-hop-2019.xlsx: từng phần trong tệp đúng như bản công bố, chỉ cách nén";
    assert!(report.said.starts_with(expected), "{}", report.said);

    let report =
        office.say(vec!["verify".into(), office.path("ket-qua/Tong-hop-2019.xlsx").into()]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
}

#[test]
fn any_changed_byte_of_an_input_names_the_file() {
    let office = published();
    let mut dice = Dice(7);
    for input in office.run().record()["dau-vao"].as_array().unwrap() {
        let name = input["tep"].as_str().unwrap();
        let original = fs::read(office.path(name)).unwrap();
        let mut bytes = original.clone();
        let at = dice.below(bytes.len());
        bytes[at] ^= 1;
        fs::write(office.path(name), &bytes).unwrap();
        let report = office.tell(&["verify"]);
        assert_ne!(report.outcome, Outcome::Clean, "{name} {at}");
        let expected = format!("Tệp đầu vào – {name}: không còn như lúc chạy");
        assert!(report.said.contains(&expected), "{name}: {}", report.said);
        fs::write(office.path(name), &original).unwrap();
    }
    assert_eq!(office.tell(&["verify"]).outcome, Outcome::Clean);
}

#[test]
fn a_changed_setting_or_score_is_told_with_what_follows_from_it() {
    let office = published().setting("tu = 90 }", "tu = 99 }");
    let office = office
        .setting("{ ten = \"Tốt\", tu = 80, duoi = 90 }", "{ ten = \"Tốt\", tu = 80, duoi = 99 }");
    let office = office.form("nop/X-QL.xlsx", "X-QL", &crate::office::honest(10));
    let report = office.tell(&["doi-chieu"]);
    assert_eq!(report.outcome, Outcome::Flawed);
    insta::assert_snapshot!(report.said, @"
Tệp đầu vào – ky.toml: không còn như lúc chạy
Tệp đầu vào – nop/X-QL.xlsx: không còn như lúc chạy
Kết quả – Phòng Nội vụ (PB-NV): xếp loại Xuất sắc → Tốt
Kết quả – UBND xã Quảng La (X-QL), mục 1.2: Điểm được tính 3,20 → 4,00
Kết quả – UBND xã Quảng La (X-QL), mục 1.2: Điểm thẩm định 3,20 → –
Kết quả – UBND xã Quảng La (X-QL), mục 1.2: Điểm tự chấm 3,20 → 4,00
Kết quả – UBND xã Quảng La (X-QL): chỉ số 86,00 → 94,00
Kết quả – UBND xã Quảng La (X-QL): xếp loại Tốt → Xuất sắc
Kết quả – Trạng thái: chính thức → tạm tính
Kết quả – Trung bình Khối UBND phường, xã: 92,00 → 96,00
Kết quả – Phiếu không còn như cũ: nop/X-QL.xlsx
Kết quả – Phiếu mới: nop/X-QL.xlsx
Kết quả – Phát hiện mới: X-QL – dòng trong bảng khác phiếu hiện tại: 1.2 (tử số, điểm tự chấm)
KHÔNG KHỚP: 13 khác biệt.
");
}

#[test]
fn a_workbook_in_the_results_that_was_touched_is_named_to_the_cell() {
    let office = published();
    let name = "ket-qua/Tong-hop-2019.xlsx";
    let (bytes, cell) = tampered(&parts(&fs::read(office.path(name)).unwrap()), &mut Dice(5));
    let office = office.file(name, &bytes).file("ket-qua/phan-hoi/PB-NV.xlsx", b"?");
    let report = office.tell(&["verify"]);
    assert_eq!(report.outcome, Outcome::Flawed, "{}", report.said);
    assert!(report.said.contains(&format!("!{cell}: bản công bố")), "{}", report.said);
    assert!(report.said.contains("phan-hoi/PB-NV.xlsx: không có trong kết quả đã ghi"));
}

#[test]
fn what_cannot_be_compared_is_said_and_nothing_is_written() {
    let office = published();
    let record = fs::read_to_string(office.path("ket-qua/ket-qua.json")).unwrap();
    let check = |text: &str, expected: &str| {
        fs::write(office.path("ket-qua/ket-qua.json"), text).unwrap();
        let before = office.results();
        let report = office.tell(&["verify"]);
        assert_eq!(report.outcome, Outcome::Failed, "{}", report.said);
        assert!(report.said.contains(expected), "{}", report.said);
        assert_eq!(office.results(), before);
    };
    let version = concat!("cchc ", env!("CARGO_PKG_VERSION"));
    check(
        &record.replacen("\"98.00\"", "\"98.01\"", 1),
        "ket-qua.json đã bị sửa: mã xác thực ghi là",
    );
    check(&record.replace(version, "cchc 9.9.9"), "kết quả do cchc 9.9.9 ghi");
    check(&record[..record.len() / 2], "Không đúng dạng ket-qua.json");
    fs::write(office.path("ket-qua/ket-qua.json"), &record).unwrap();
    fs::remove_file(office.path("nop/P-HT.xlsx")).unwrap();
    let report = office.tell(&["verify"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("thiếu tệp đầu vào: nop/P-HT.xlsx"), "{}", report.said);
    let report = Office::busy().tell(&["verify"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("hãy chạy cchc run trước"), "{}", report.said);
}

#[test]
fn an_altered_list_of_outputs_is_seen() {
    let office = published();
    let record = office.run().record();
    let digest = record["dau-ra"][0]["sha256"].as_str().unwrap().to_owned();
    let text = fs::read_to_string(office.path("ket-qua/ket-qua.json")).unwrap();
    let office =
        office.file("ket-qua/ket-qua.json", text.replace(&digest, &"0".repeat(64)).as_bytes());
    let report = office.tell(&["verify"]);
    assert_eq!(report.outcome, Outcome::Flawed, "{}", report.said);
    assert!(report.said.contains("mã băm của Khen-thuong-2019.xlsx đã bị sửa"), "{}", report.said);
}

#[test]
fn a_workbook_without_its_results_cannot_be_judged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let office = published();
    fs::copy(office.path("ket-qua/Tong-hop-2019.xlsx"), &file).unwrap();
    let words: Vec<OsString> = vec!["verify".into(), file.into()];
    let report = office.say(words);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("thêm --voi"), "{}", report.said);
}
