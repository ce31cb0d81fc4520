//! Supplements of appraisal tables: late forms, forms sent again, nothing asked
//! twice.

use std::fs;

use cchc::appraisal::layout::{AGAIN, KEEP, REASON, REVIEW, SCORE};
use cchc::cli::Outcome;
use cchc::points::Quantity;

use crate::office::{Office, Report, honest};

const FIRST: &str = "tham-dinh/tham-dinh-phong-ban.xlsx";
const ADDED: &str = "tham-dinh/tham-dinh-phong-ban-bo-sung-1.xlsx";

/// The first two departments appraised as they claimed.
fn appraised() -> Office {
    let office = Office::busy()
        .setting("phan-hoi = \"don-vi-co-phat-hien\"", "phan-hoi = \"moi-don-vi\"")
        .survey(&[("PB-NV", 80), ("PB-TP", 80), ("P-HT", 80), ("X-QL", 80)]);
    let granted = [("PB-NV", "1.1", 2, ""), ("PB-TP", "1.1", 2, "")];
    office.appraised(FIRST, &granted)
}

/// The form of Phòng Nội vụ again, with `tens` of ten tasks done and other
/// evidence.
fn sent_again(office: Office, tens: i64) -> Office {
    let mut again = honest(9);
    for (item, answer) in &mut again.items {
        if item.to_string() == "1.1" {
            answer.evidence = format!("Quyết định số {tens}/QĐ");
        } else {
            answer.figures.numerator = Some(Quantity::whole(9 * tens));
            answer.figures.denominator = Some(Quantity::whole(10 * tens));
        }
    }
    office.form("nop/PB-NV.xlsx", "PB-NV", &again)
}

#[track_caller]
fn says(report: &Report, words: &str) {
    assert!(report.said.contains(words), "{words}\n{}", report.said);
}

#[test]
fn a_changed_row_is_laid_before_the_appraiser_who_may_keep_what_was_granted() {
    let office = sent_again(appraised(), 2);
    let table = fs::read(office.path(FIRST)).unwrap();
    says(&office.run(), "[D014] PB-NV – dòng trong bảng khác phiếu hiện tại: 1.1 (tài liệu");
    office.tell(&["appraise"]);
    assert_eq!(fs::read(office.path(FIRST)).unwrap(), table);

    // Nothing is decided yet, and the question is asked where it can be answered.
    let office = office.supplemented(1, &[]);
    let report = office.run();
    says(&report, "bo-sung-1.xlsx: Thẩm định!P");
    says(&report, "[D014]");
    let again = office.tell(&["appraise"]);
    assert_eq!(again.said.matches("không thiếu dòng nào").count(), 2, "{}", again.said);

    let office = sent_again(appraised(), 2);
    office.tell(&["appraise"]);
    let kept = [("PB-NV", "1.1", REVIEW, KEEP), ("PB-NV", "1.2", SCORE, "3,6")];
    let office = office.supplemented(1, &kept);
    let report = office.run();
    assert!(!report.codes().contains(&"D014".to_owned()), "{}", report.said);
    let kept = "PB-NV – giữ điểm đã thẩm định của dòng đã đổi: 1.1 (tài liệu kiểm chứng)";
    assert!(report.record()["phat-hien"].to_string().contains(kept));
    assert!(report.codes().contains(&"D022".to_owned()));
    let trace = office.tell(&["trace", "PB-NV", "1.1"]).said;
    assert!(trace.contains("Thẩm định!M"), "{trace}");

    // Another change asks again, of the edition that it makes.
    let office = sent_again(office, 3);
    says(&office.run(), "[D014] PB-NV – dòng trong bảng khác phiếu hiện tại: 1.1");
    office.tell(&["appraise"]);
    let office = office.supplemented(2, &[("PB-NV", "1.1", REVIEW, KEEP)]);
    let again = office.run();
    says(&again, "[D014] PB-NV – dòng trong bảng khác phiếu hiện tại: 1.2 (tử số, mẫu số)");
}

#[test]
fn what_blank_meant_is_counted() {
    let told = |office: &Office| {
        let book = "Tong-hop-2019.xlsx";
        let report = office.run();
        let [first, log] = ["Tổng quan", "Nhật ký"].map(|name| report.sheet(book, name));
        let lines = |sheet: &str| -> Vec<String> {
            let told = sheet.lines().filter_map(|it| it.split_once("Để trống | "));
            told.map(|(_, said)| said.trim_end_matches([' ', '|']).to_owned()).collect()
        };
        assert_eq!(lines(&first), lines(&log));
        lines(&first)
    };
    let bare = "4 dòng trên phiếu không ghi tài liệu kiểm chứng, giải trình, ở mục không bắt buộc";
    assert_eq!(told(&Office::busy()), [bare]);
    let office = Office::busy().agreed();
    let agreed = "8 dòng có ô điểm thẩm định để trống, hiểu là đồng ý với điểm tự chấm";
    assert_eq!(told(&office), [agreed, bare]);
    let office = office.setting("\"dong-y\"", "\"chua-tham-dinh\"");
    let blank = "8 dòng có ô điểm thẩm định để trống, hiểu là chưa thẩm định";
    assert_eq!(told(&office), [blank, bare]);
    let set = crate::office::SET.replace("\tbắt buộc\tkhông\t", "\t\t\t");
    let set = cchc::excel::write(&cchc::handout::round_books::criteria(&set, 2019)).unwrap();
    let office = office.file("bo-chi-so/phong-ban.xlsx", &set);
    let said = told(&office);
    assert_eq!(said[2], "1 mục của bộ chỉ số có ô Kiểm chứng để trống, hiểu là không bắt buộc");
    assert_eq!(said[3], "1 mục của bộ chỉ số có ô Không áp dụng để trống, hiểu là không được");
}

#[test]
fn a_row_to_be_appraised_again_has_no_score_in_force() {
    let office = sent_again(appraised(), 2);
    office.tell(&["appraise"]);
    let again = [("PB-NV", "1.1", REVIEW, AGAIN), ("PB-NV", "1.2", REVIEW, AGAIN)];
    let office = office.supplemented(1, &again);
    let report = office.run();
    says(
        &report,
        "Phòng Nội vụ (PB-NV) – chưa thẩm định lại 2 tiêu chí theo phiếu gửi lại: 1.1, 1.2",
    );
    let why = "chờ thẩm định lại theo phiếu gửi lại: ";
    says(&office.tell(&["trace", "PB-NV", "1.1"]), why);
    assert!(report.sheet("Tong-hop-2019.xlsx", "Chi tiết phòng, ban chuyên môn").contains(why));
    let card = report.sheet("phan-hoi/PB-NV.xlsx", "Bảng điểm");
    assert!(card.contains("Tự chấm (chờ thẩm định lại)"), "{card}");
    assert!(card.contains("Chờ thẩm định lại theo phiếu gửi lại"), "{card}");
    let lower = [("PB-NV", "1.1", SCORE, "1"), ("PB-NV", "1.1", REASON, "Kế hoạch ban hành muộn")];
    let office = sent_again(appraised(), 2);
    office.tell(&["appraise"]);
    let report = office.supplemented(1, &lower).run();
    let card = report.sheet("phan-hoi/PB-NV.xlsx", "Bảng điểm");
    assert!(card.contains("Thẩm định | Kế hoạch ban hành muộn"), "{card}");
}

#[test]
fn what_a_supplement_changes_silently_elsewhere_is_contested() {
    let office = sent_again(appraised(), 2);
    office.tell(&["appraise"]);
    let office = office.supplemented(1, &[("PB-NV", "1.1", REVIEW, KEEP)]);
    // The first table says something else now than when the supplement was made.
    let first =
        appraised().appraised(FIRST, &[("PB-NV", "1.1", 1, "Muộn"), ("PB-TP", "1.1", 2, "")]);
    let office = office.file(FIRST, &fs::read(first.path(FIRST)).unwrap());
    says(&office.run(), "[D009]");

    // Kept, and another score beside it.
    let office = sent_again(appraised(), 2);
    office.tell(&["appraise"]);
    let both = [
        ("PB-NV", "1.1", REVIEW, KEEP),
        ("PB-NV", "1.1", SCORE, "1"),
        ("PB-NV", "1.1", REASON, "Muộn"),
    ];
    let office = office.supplemented(1, &both);
    says(&office.run(), "[D009]");

    // Without the table that granted it, nothing can be kept.
    let office = sent_again(appraised(), 2);
    office.tell(&["appraise"]);
    let office = office.supplemented(1, &[("PB-NV", "1.1", REVIEW, KEEP)]);
    fs::remove_file(office.path(FIRST)).unwrap();
    says(
        &office.run(),
        "[D021] PB-NV, 1.1 – Xem lại ghi «giữ điểm đã thẩm định» mà không bảng nào",
    );

    let office = sent_again(appraised(), 2);
    office.tell(&["appraise"]);
    let office = office.supplemented(1, &[("PB-NV", "1.1", REVIEW, "để sau")]);
    says(&office.run(), "[D021]");
}

#[test]
fn a_late_form_is_added_and_what_was_filled_is_not_asked_again() {
    let office = Office::new().form("nop/PB-NV.xlsx", "PB-NV", &honest(9));
    let office = office.appraised(FIRST, &[("PB-NV", "1.1", 2, ""), ("PB-NV", "1.2", 3, "Thiếu")]);
    let office = office.form("nop/PB-TP.xlsx", "PB-TP", &honest(7));
    says(&office.run(), "(PB-TP) – không có dòng nào trong bảng thẩm định");
    let told = office.tell(&["appraise"]);
    says(&told, "tham-dinh-phong-ban-bo-sung-1.xlsx");
    assert_eq!(told.outcome, Outcome::Clean);
    let added = office.shown(ADDED, "Thẩm định");
    assert!(added.contains("PB-TP | Phòng Tư pháp | 1.1"), "{added}");
    assert!(!added.contains("PB-NV"), "{added}");
    let late = [("PB-TP", "1.1", SCORE, "2"), ("PB-TP", "1.2", SCORE, "2,8")];
    let office = office.supplemented(1, &late);
    let codes = office.run().codes();
    assert!(!codes.iter().any(|it| it.starts_with('D')), "{codes:?}");
}
