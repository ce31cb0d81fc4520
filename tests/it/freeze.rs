//! Publication: the archive, and what may change after it.

use std::fs;

use cchc::cli::Outcome;
use cchc::excel;
use cchc::handout::round_books;

use crate::office::{Office, honest};

const REASONS: &str = include_str!("../../templates/ma-ly-do.tsv");
const ARCHIVE: &str = "cong-bo/cong-bo-2019.zip";

fn judged() -> Office {
    Office::busy().agreed().survey(&[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)])
}

fn frozen() -> Office {
    let office = judged();
    assert_eq!(office.run().outcome, Outcome::Clean);
    let report = office.tell(&["freeze"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    office
}

/// Changes after publication, a line each, accounted for.
fn accounted(office: Office, lines: &str) -> Office {
    let changes = format!("Mã đơn vị\tMã tiêu chí\tMã lý do\tDiễn giải\n{lines}");
    let book = round_books::revisions(&changes, REASONS, 2019);
    office.file("thay-doi.xlsx", &excel::write(&book).unwrap())
}

/// A survey result that was typed wrong, mended.
fn resurveyed(office: Office) -> Office {
    office.survey(&[("PB-NV", 70), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)])
}

#[test]
fn an_archive_is_verified_on_another_machine() {
    let office = frozen();
    let elsewhere = tempfile::tempdir().unwrap();
    let archive = elsewhere.path().join("nhan-duoc.zip");
    fs::copy(office.path(ARCHIVE), &archive).unwrap();
    let record = office.run().record();
    let workbook = elsewhere.path().join("Tong-hop-2019.xlsx");
    fs::copy(office.path("ket-qua/Tong-hop-2019.xlsx"), &workbook).unwrap();
    drop(office);

    let there = Office::new();
    let report = there.say(vec!["verify".into(), archive.clone().into()]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(report.said.contains(record["ma-xac-thuc"].as_str().unwrap()), "{}", report.said);
    let words = ["verify".into(), workbook.into(), "--voi".into(), archive.into()];
    let report = there.say(words.to_vec());
    assert!(report.said.starts_with("Đúng là bản công bố: Tong-hop-2019.xlsx"), "{}", report.said);
}

#[test]
fn a_published_result_is_written_again_as_long_as_it_is_the_same() {
    let office = frozen();
    let before = office.results();
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert_eq!(report.results, before);
    let report = office.tell(&["cong-bo"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("kết quả này đã công bố: cong-bo/cong-bo-2019.zip"));
}

#[test]
fn a_provisional_result_is_published_only_for_a_reason() {
    let office = Office::busy();
    office.run();
    let report = office.tell(&["freeze"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("thiếu điểm thẩm định; kết quả khảo sát"), "{}", report.said);
    assert!(!office.path("cong-bo").exists());
    for no_reason in ["không", "có", "0", "2019", " "] {
        let report = office.tell(&["freeze", "--con-thieu", no_reason]);
        assert_eq!(report.outcome, Outcome::Failed, "{no_reason}: {}", report.said);
    }
    let report = office.tell(&["freeze", "--con-thieu", "Không tổ chức khảo sát năm 2019"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
}

#[test]
fn results_without_a_form_that_counts_are_not_published() {
    let office = Office::new();
    office.run();
    let report = office.tell(&["freeze", "--con-thieu", "Chưa có phiếu nào"]);
    assert_eq!(report.outcome, Outcome::Failed, "{}", report.said);
    assert!(report.said.contains("không tính phiếu nào"), "{}", report.said);
    assert!(!office.path("cong-bo").exists());
}

#[test]
fn results_that_are_not_what_the_inputs_come_to_are_not_published() {
    let office = judged();
    assert_eq!(office.tell(&["freeze"]).outcome, Outcome::Failed);
    office.run();
    let office = resurveyed(office);
    let report = office.tell(&["freeze"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("không khớp với đầu vào; chạy lại cchc run"), "{}", report.said);
    assert!(!office.path("cong-bo").exists());
}

#[test]
fn after_publication_a_change_needs_a_reason_and_each_point_a_code() {
    let office = resurveyed(frozen());
    let before = office.results();
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.results, before);
    insta::assert_snapshot!(report.said, @r#"
Chỉ số cải cách hành chính năm 2019 (cchc-2019)
Đã đọc 4 tệp: 4 phiếu được tính, 0 tạm tính, 0 gạt ra, 0 trùng hoặc được thay, 0 bỏ qua (0 lỗi, 0 cảnh báo, 4 ghi chú).
  Khối phòng, ban chuyên môn: xếp hạng 2/2 đơn vị; đứng đầu: Phòng Nội vụ (84,00 %)
  Khối UBND phường, xã: xếp hạng 2/2 đơn vị; đứng đầu: UBND phường Hà Tu (98,00 %)
  Đề nghị khen thưởng: 4 tập thể, 0 cá nhân
Thay đổi so với bản công bố cong-bo/cong-bo-2019.zip:
  Phòng Nội vụ (PB-NV), mục 2.1: Điểm được tính 3,60 → 2,80
  Phòng Nội vụ (PB-NV), mục 2.1: Tỷ lệ hài lòng 90,00 → 70,00
  Phòng Nội vụ (PB-NV): chỉ số 92,00 → 84,00
  Phòng Nội vụ (PB-NV): xếp loại Xuất sắc → Tốt
Lỗi: kỳ đã công bố (cong-bo/cong-bo-2019.zip) và kết quả nay đã khác, chưa ghi gì; nếu đúng là phải sửa, ghi lý do: cchc run --ly-do "…", và mã lý do của từng điểm thay đổi vào thay-doi.xlsx
"#);

    let report = office.tell(&["run", "--ly-do", "Sửa lỗi nhập liệu khảo sát"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.results, before);
    let said = "thay-doi.xlsx [K010] PB-NV, 2.1 – Điểm được tính: bản công bố 3,60, nay 2,80";
    assert!(report.said.contains(said), "{}", report.said);
}

#[test]
fn a_line_that_accounts_for_no_change_is_said_with_the_nearest_change() {
    let office = accounted(resurveyed(frozen()), "PB-NV\t2.1\tNL\t\nPB-TP\t2.1\tNL\tNhầm đơn vị\n");
    let report = office.tell(&["run", "--ly-do", "Sửa lỗi nhập liệu khảo sát"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    let said = "thay-doi.xlsx: Thay đổi!A3 [T083] PB-TP, 2.1: không có điểm nào đổi như vậy so với \
                bản công bố; có phải «PB-NV, 2.1»?";
    assert!(report.said.contains(said), "{}", report.said);
    let early = accounted(judged(), "PB-NV\t2.1\tNL\t\n").run();
    assert!(early.said.contains("[T083] PB-NV, 2.1"), "{}", early.said);
}

#[test]
fn the_number_and_the_day_of_the_decision_are_filled_in_without_a_reason() {
    let office = frozen()
        .setting("so-quyet-dinh = \"\"", "so-quyet-dinh = \"1234/QĐ-UBND\"")
        .setting("ngay-quyet-dinh = 2020-06-18", "ngay-quyet-dinh = 2020-06-20");
    for _ in 0..2 {
        let report = office.run();
        assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
        assert!(report.record()["thay-doi"].is_null());
    }
    let report = office.tell(&["verify"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    let archive = office.path(ARCHIVE);
    let report = office.say(vec!["verify".into(), archive.into()]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);

    // Another salary is another result, and so is another setting.
    let office = office.setting("ngay-quyet-dinh = 2020-06-20", "ngay-quyet-dinh = 2018-12-31");
    assert_eq!(office.run().outcome, Outcome::Failed);
    let office = office.setting("ngay-quyet-dinh = 2018-12-31", "ngay-quyet-dinh = 2020-06-20");
    let office = office.setting("dia-danh = \"Mẫu\"", "dia-danh = \"Nơi khác\"");
    assert_eq!(office.run().outcome, Outcome::Failed);
}

#[test]
fn a_reasoned_change_is_shown_with_what_followed_and_can_be_published_again() {
    let office = resurveyed(frozen());
    let office = accounted(office, "PB-NV\t2.1\tNL\tNhập nhầm 70 thành 90\n");
    let report = office.tell(&["run", "--ly-do", "Sửa lỗi nhập liệu khảo sát"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    let sheet = report.sheet("Tong-hop-2019.xlsx", "Thay đổi so với bản công bố");
    let code = report.record()["thay-doi"]["ma-xac-thuc-cu"].as_str().unwrap().to_owned();
    let sheet = sheet.replace(&code, "3F2A-91BC-07DE");
    insta::assert_snapshot!(sheet, @"
THAY ĐỔI SO VỚI BẢN CÔNG BỐ
Chỉ số cải cách hành chính năm 2019
Bản công bố: cong-bo/cong-bo-2019.zip, mã xác thực 3F2A-91BC-07DE. Lý do chấm lại: Sửa lỗi nhập liệu khảo sát
1. Điểm thay đổi
STT | Đơn vị | Mã | Nội dung | Bản công bố | Nay | Mã lý do | Lý do | Diễn giải
1 | Phòng Nội vụ | 2.1 | Điểm được tính | 3,60 | 2,80 | NL | Sửa lỗi nhập liệu | Nhập nhầm 70 thành 90
2. Hệ quả đối với hạng, chỉ số, xếp loại, khen thưởng
STT | Đơn vị |  | Nội dung | Bản công bố | Nay
1 | Phòng Nội vụ |  | Chỉ số (%) | 92,00 | 84,00
 |  |  | Xếp loại | Xuất sắc | Tốt
");
    let changes = &report.record()["thay-doi"];
    assert_eq!(changes["so-voi"]["tep"], ARCHIVE);
    assert_eq!(changes["diem"][0]["ma-ly-do"], "NL");
    let data = String::from_utf8(report.file("du-lieu/thay-doi.csv").to_vec()).unwrap();
    let told = "PB-NV,Phòng Nội vụ,2.1,Điểm được tính,\"3,60\",\"2,80\",NL,Sửa lỗi nhập liệu,";
    assert_eq!(data.lines().nth(1), Some(&*format!("{told}Nhập nhầm 70 thành 90")));

    // The reason stands in the results: it is not asked for again.
    let again = office.run();
    assert_eq!(again.outcome, Outcome::Clean, "{}", again.said);
    assert_eq!(again.results, report.results);
    assert_eq!(office.tell(&["verify"]).outcome, Outcome::Clean);

    let second = office.tell(&["freeze"]);
    assert_eq!(second.outcome, Outcome::Clean, "{}", second.said);
    let words = vec!["verify".into(), office.path("cong-bo/cong-bo-2019-lan-2.zip").into()];
    let verified = office.say(words);
    assert_eq!(verified.outcome, Outcome::Clean, "{}", verified.said);
    let again = office.run();
    assert_eq!(again.outcome, Outcome::Clean, "{}", again.said);
    assert_eq!(again.results, report.results);
}

#[test]
fn a_changed_setting_is_named_by_its_line() {
    let office = frozen().setting("diem-tru-toi-da = 5", "diem-tru-toi-da = 4");
    let report = office.tell(&["verify"]);
    assert_eq!(report.outcome, Outcome::Flawed);
    for expected in [
        "Tệp đầu vào – ky.toml: không còn như lúc chạy",
        " nay là «diem-tru-toi-da = 4»",
        " trước là «diem-tru-toi-da = 5»",
    ] {
        assert!(report.said.contains(expected), "{}", report.said);
    }
}

#[test]
fn a_check_after_publication_leaves_what_was_published() {
    let office = frozen().form("nop/PB-NV.xlsx", "PB-NV", &honest(11));
    let before = office.results();
    let report = office.tell(&["check"]);
    assert_eq!(report.outcome, Outcome::Flawed, "{}", report.said);
    assert!(report.said.contains("Kỳ đã công bố (cong-bo/cong-bo-2019.zip)"), "{}", report.said);
    assert_eq!(report.results, before);
}

#[test]
fn an_archive_that_is_cut_or_altered_is_refused_and_nothing_is_written() {
    let office = resurveyed(frozen());
    let archive = fs::read(office.path(ARCHIVE)).unwrap();
    let before = office.results();
    let office = office.file(ARCHIVE, &archive[..archive.len() / 2]);
    let verify = || office.say(vec!["verify".into(), office.path(ARCHIVE).into()]);
    for report in [verify(), office.tell(&["run", "--ly-do", "x"])] {
        assert_eq!(report.outcome, Outcome::Failed);
        assert!(report.said.contains("tệp nén bị hỏng hoặc bị cắt"), "{}", report.said);
        assert_eq!(report.results, before);
    }
    let mut altered = archive.clone();
    let at = altered.len() / 2;
    altered[at] ^= 1;
    fs::write(office.path(ARCHIVE), &altered).unwrap();
    assert_ne!(verify().outcome, Outcome::Clean);
}

#[test]
fn a_line_that_accounts_for_nothing_known_is_said() {
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let report = accounted(Office::busy(), line).tell(&["lint"]);
        assert_eq!(report.outcome, Outcome::Failed, "{}", report.said);
        assert!(report.said.contains(expected), "{}", report.said);
    }
    check("PB-NX\t\tNL\t", "Thay đổi!A2 [T080] Mã đơn vị không có trong danh sách: «PB-NX»");
    check("PB-NV\t9.9\tNL\t", "Thay đổi!B2 [T080] PB-NV: bộ chỉ số phong-ban không có tiêu chí");
    check(
        "PB-NV\t1.1\tNN\t",
        "Thay đổi!C2 [T080] PB-NV: mã lý do không có ở trang «Mã lý do»: «NN»",
    );
}

#[test]
fn a_form_that_is_gone_after_publication_is_said_once_and_one_line_accounts_for_it() {
    let why = ["run", "--ly-do", "Rút phiếu của Phòng Nội vụ"];
    let office = frozen();
    fs::remove_file(office.path("nop/PB-NV.xlsx")).unwrap();
    let report = office.tell(&why);
    assert_eq!(report.outcome, Outcome::Failed);
    let told: Vec<&str> = report.said.lines().filter(|it| it.contains("[K010]")).collect();
    let [told] = told.as_slice() else { panic!("{}", report.said) };
    assert!(told.contains("PB-NV (Phòng Nội vụ): không còn phiếu được tính, cả "), "{told}");
    assert!(told.contains("để trống mã tiêu chí là đủ"), "{told}");
    let report = accounted(office, "PB-NV\t\tNL\t\n").tell(&why);
    assert_ne!(report.outcome, Outcome::Failed, "{}", report.said);
    assert!(!report.said.contains("[K010]"), "{}", report.said);
}
