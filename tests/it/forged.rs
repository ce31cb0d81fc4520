//! Forged publications: a workbook whose digest was mended with it, and whatever
//! was put into, around or in the place of an archive.

use std::fs;

use cchc::cli::Outcome;
use cchc::digest;

use crate::office::{Office, Report};
use crate::verify::{packed, parts, published};

const ARCHIVE: &str = "cong-bo/cong-bo-2019.zip";
const FILE: &str = "Tong-hop-2019.xlsx";

fn frozen() -> Office {
    let office = published();
    assert_eq!(office.tell(&["freeze"]).outcome, Outcome::Clean);
    office
}

/// A workbook that shows another index.
fn forged(bytes: &[u8]) -> Vec<u8> {
    let mut parts = parts(bytes);
    let sheet = parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet2.xml").unwrap();
    let text = String::from_utf8(sheet.1.clone()).unwrap();
    sheet.1 = text.replacen("<v>92</v>", "<v>99</v>", 1).into_bytes();
    packed(&parts)
}

/// The archive with its entries changed.
fn repacked(office: &Office, change: impl Fn(&mut Vec<(String, Vec<u8>)>)) -> Report {
    let mut entries = parts(&fs::read(office.path(ARCHIVE)).unwrap());
    change(&mut entries);
    let office = Office::new().file(ARCHIVE, &packed(&entries));
    office.say(vec!["verify".into(), office.path(ARCHIVE).into()])
}

#[test]
fn a_workbook_whose_digest_was_mended_is_not_the_published_one() {
    let office = frozen();
    let record = fs::read_to_string(office.path("ket-qua/ket-qua.json")).unwrap();
    let original = fs::read(office.path("ket-qua/Tong-hop-2019.xlsx")).unwrap();
    let bytes = forged(&original);
    let mended = record.replace(&digest::sha256(&original), &digest::sha256(&bytes));
    assert_ne!(mended, record);

    let report = repacked(&office, |entries| {
        for (name, content) in entries {
            match name.as_str() {
                "ket-qua/Tong-hop-2019.xlsx" => content.clone_from(&bytes),
                "ket-qua/ket-qua.json" => *content = mended.clone().into_bytes(),
                _ => {}
            }
        }
    });
    assert_eq!(report.outcome, Outcome::Flawed, "{}", report.said);
    assert!(report.said.contains("!J5: bản công bố «92», tệp này «99»"), "{}", report.said);

    let office = office
        .file("ket-qua/ket-qua.json", mended.as_bytes())
        .file("ket-qua/Tong-hop-2019.xlsx", &bytes);
    let report =
        office.say(vec!["verify".into(), office.path("ket-qua/Tong-hop-2019.xlsx").into()]);
    assert_eq!(report.outcome, Outcome::Flawed, "{}", report.said);
    assert!(!report.said.contains("Đúng là bản công bố"), "{}", report.said);
    assert!(report.said.contains(&format!("mã băm của {FILE} đã bị sửa")), "{}", report.said);
    assert!(report.said.contains("!J5: bản công bố «92», tệp này «99»"), "{}", report.said);
}

#[test]
fn whatever_was_put_into_an_archive_or_around_it_is_named() {
    let office = frozen();
    let check = |report: Report, named: &str| {
        assert_eq!(report.outcome, Outcome::Flawed, "{named}: {}", report.said);
        assert!(report.said.contains(named), "{named}: {}", report.said);
    };
    let extra = repacked(&office, |it| it.push(("ghi-chu.txt".to_owned(), b"x".to_vec())));
    check(extra, "Gói công bố – có thêm ghi-chu.txt");
    let note = repacked(&office, |it| {
        let note = it.iter_mut().find(|(name, _)| name == "cong-bo.txt").unwrap();
        note.1.extend(b"x");
    });
    check(note, "Gói công bố – cong-bo.txt: nội dung đã bị sửa");
    let key = repacked(&office, |it| {
        let record = it.iter_mut().find(|(name, _)| name.ends_with("ket-qua.json")).unwrap();
        let text = String::from_utf8(record.1.clone()).unwrap();
        record.1 = text.replacen("\"ky\": {", "\"ky\": {\n\"ghi-chu\": 1,", 1).into_bytes();
    });
    check(key, "ket-qua.json – có mục lạ «ky.ghi-chu»");
    let mut bytes = fs::read(office.path(ARCHIVE)).unwrap();
    bytes.splice(0..0, *b"x");
    let office = office.file(ARCHIVE, &bytes);
    let report = office.say(vec!["verify".into(), office.path(ARCHIVE).into()]);
    assert_ne!(report.outcome, Outcome::Clean, "{}", report.said);
}

#[test]
fn a_publication_that_is_gone_renamed_or_another_is_named() {
    let check = |office: &Office, named: &str| {
        let report = office.tell(&["verify"]);
        assert_eq!(report.outcome, Outcome::Flawed, "{named}: {}", report.said);
        assert!(report.said.contains(named), "{named}: {}", report.said);
    };
    let office = frozen();
    assert_eq!(office.tell(&["verify"]).outcome, Outcome::Clean);
    fs::rename(office.path(ARCHIVE), office.path("cong-bo/ban-1.zip")).unwrap();
    check(&office, "cong-bo/ban-1.zip: không mang tên của bản công bố nào");
    check(&office, "cong-bo/cong-bo-2019.zip: đã công bố theo nhật ký, nay không còn");
    let second = office.path("cong-bo/cong-bo-2019-lan-2.zip");
    fs::rename(office.path("cong-bo/ban-1.zip"), second).unwrap();
    check(&office, "ở chỗ của cong-bo/cong-bo-2019.zip, bị đổi tên hoặc thiếu");
    let other = published().setting("diem-thuong-toi-da = 2", "diem-thuong-toi-da = 3");
    assert_eq!(other.run().outcome, Outcome::Clean);
    assert_eq!(other.tell(&["freeze"]).outcome, Outcome::Clean);
    fs::remove_file(office.path("cong-bo/cong-bo-2019-lan-2.zip")).unwrap();
    let office = office.file(ARCHIVE, &fs::read(other.path(ARCHIVE)).unwrap());
    check(&office, "cong-bo/cong-bo-2019.zip: không còn như lúc công bố");
    check(&office, "cong-bo/cong-bo-2019.zip: công bố kết quả khác, mã xác thực");
}
