//! The drop folder: one look at it (`cchc watch --mot-lan`), again and again.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use cchc::arrival::Count;
use cchc::batch::watch::Watch;
use cchc::batch::{Folder, lock};
use cchc::cli::Outcome;
use cchc::cli::console::Console;
use cchc::evaluation::desk::Desk;
use cchc::handout::blank_form::Answers;

use crate::office::{Office, Report, honest};

const PAGE: &str = "theo-doi/tinh-hinh.html";

fn look(office: &Office) -> Report {
    office.tell(&["theo-doi", "--mot-lan"])
}

/// What was said of files, without the time it was said at.
fn lines(report: &Report) -> Vec<&str> {
    let lines = report.said.lines().filter(|line| line.starts_with(|it: char| it.is_ascii_digit()));
    lines.filter_map(|line| Some(line.split_once(' ')?.1)).collect()
}

/// More points for the plan than there are.
fn faulty() -> Answers {
    let mut answers = honest(8);
    let plan = answers.items.values_mut().next().unwrap();
    plan.score = Some(cchc::points::Points::scaled(25, 1));
    answers
}

fn letters(report: &Report) -> BTreeMap<&String, &Vec<u8>> {
    report.results.iter().filter(|it| it.0.starts_with("phan-hoi/")).collect()
}

#[test]
fn each_form_is_answered_once_and_as_check_does() {
    let office = Office::new()
        .form("nop/PB-NV.xlsx", "PB-NV", &honest(9))
        .form("nop/PB-TP.xlsx", "PB-TP", &faulty())
        .file("nop/~$PB-TP.xlsx", b"khoa")
        .file("nop/X-QL.xlsx.crdownload", b"PK")
        .file("nop/la.xlsx", b"PK");
    let first = look(&office);
    assert_eq!(first.outcome, Outcome::Flawed, "{}", first.said);
    let said = lines(&first);
    let [sound, flawed, foreign, sum] = said.as_slice() else { panic!("{}", first.said) };
    assert!(foreign.starts_with("nop/la.xlsx: gạt ra (1 lỗi"), "{foreign}");
    assert!(sound.starts_with("nop/PB-NV.xlsx: Phòng Nội vụ – được tính (0 lỗi"), "{sound}");
    assert!(flawed.starts_with("nop/PB-TP.xlsx: Phòng Tư pháp – gạt ra (1 lỗi"), "{flawed}");
    assert_eq!(
        *sum,
        "Đã nộp 2/4 đơn vị: 1 hợp lệ, 0 tạm tính, 1 chưa được tính vì còn lỗi; 2 chưa nộp (phản \
         hồi cho 1 đơn vị)."
    );
    assert!(first.log().contains("Đã nộp 2/4 đơn vị"), "{}", first.log());
    assert!(!first.results.contains_key("ket-qua.json"), "it scored");
    // Nothing is new, also for another process.
    assert_eq!(lines(&look(&office)), [*sum]);
    // The letters are those that `check` writes.
    let checked = office.tell(&["check"]);
    assert_eq!(letters(&checked), letters(&first));
    assert!(!letters(&first).is_empty());
}

#[test]
fn a_version_that_replaces_another_is_answered_and_what_goes_is_said() {
    let office = Office::busy();
    assert_eq!(look(&office).outcome, Outcome::Clean);
    let office = office.form("nop/PB-TP.xlsx", "PB-TP", &faulty());
    fs::remove_file(office.path("nop/X-QL.xlsx")).unwrap();
    let second = look(&office);
    let said = lines(&second);
    assert!(said[0].starts_with("nop/PB-TP.xlsx: Phòng Tư pháp – gạt ra"), "{said:?}");
    assert_eq!(said[1], "nop/X-QL.xlsx: không còn trong thư mục");
    assert!(said[2].starts_with("Đã nộp 3/4 đơn vị: 2 hợp lệ"), "{said:?}");
    assert_eq!(said.len(), 3);
    // A second form of the same unit sets both aside.
    let office = office.form("nop/PB-NV lan 2.xlsx", "PB-NV", &honest(3));
    let third = look(&office);
    let said = lines(&third);
    assert!(said[0].starts_with("nop/PB-NV lan 2.xlsx: Phòng Nội vụ – gạt ra"), "{said:?}");
    assert!(said[1].starts_with("Đã nộp 3/4 đơn vị: 1 hợp lệ"), "{said:?}");
}

#[test]
fn the_page_names_everybody_and_the_workbook_says_the_same() {
    let office = Office::new()
        .setting("Khối phòng, ban chuyên môn", "Phòng <ban> & khối")
        .form("nop/PB-NV.xlsx", "PB-NV", &honest(9))
        .form("nop/PB-TP.xlsx", "PB-TP", &faulty());
    look(&office);
    let page = fs::read_to_string(office.path(PAGE)).unwrap();
    for told in [
        "<html lang=\"vi\">",
        "default-src 'none'",
        "Phòng &lt;ban&gt; &amp;",
        "✓ Hợp lệ (1)",
        "✗ Phòng Tư pháp: Chưa được tính, còn lỗi",
        "○ Chưa nộp (2)",
        "UBND xã Quảng La",
        "Hạn nộp ",
    ] {
        assert!(page.contains(told), "no {told} in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("<ban>"));
    let units = office.shown("theo-doi/tinh-hinh.xlsx", "Đơn vị");
    for (unit, state) in [("Phòng Nội vụ", "Hợp lệ"), ("UBND xã Quảng La", "Chưa nộp")]
    {
        let line = units.lines().find(|line| line.contains(unit)).unwrap_or_default();
        assert!(line.contains(state), "{line}");
    }
    let mend = office.shown("theo-doi/tinh-hinh.xlsx", "Cần sửa");
    assert!(mend.contains("Phòng Tư pháp | Lỗi | PB-TP.xlsx"), "{mend}");
    // What watching leaves is nothing that the round's other commands stumble over.
    let report = office.run();
    assert!(!report.said.contains("theo-doi"), "{}", report.said);
}

#[test]
fn it_scores_only_when_asked_and_never_writes_letters_after_publication() {
    let office =
        Office::busy().agreed().survey(&[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 70), ("X-QL", 60)]);
    let scored = office.tell(&["watch", "--mot-lan", "--cham"]);
    assert_eq!(scored.outcome, Outcome::Clean, "{}", scored.said);
    assert!(scored.results.contains_key("ket-qua.json"), "{}", scored.said);
    assert_ne!(office.tell(&["freeze"]).outcome, Outcome::Failed);
    let before = letters(&scored).len();
    let office = office.form("nop/PB-TP.xlsx", "PB-TP", &faulty());
    let after = look(&office);
    assert!(after.said.contains("kỳ đã công bố, không ghi lại phản hồi"), "{}", after.said);
    assert_eq!(letters(&after).len(), before);
}

#[test]
fn a_round_with_mistakes_is_refused_as_by_check() {
    let office = Office::busy().file("don-vi.xlsx", b"");
    let report = look(&office);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("don-vi.xlsx"), "{}", report.said);
    assert!(!office.path(PAGE).exists());
}

#[test]
fn a_second_watcher_of_a_folder_is_refused_and_a_round_under_work_is_said() {
    let office = Office::busy();
    let watched = lock::take_of(&office.path("."), lock::WATCH_FILE).unwrap();
    let report = look(&office);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("đã có một cửa sổ đang theo dõi KỲ"), "{}", report.said);
    drop(watched);
    let busy = lock::take(&office.path(".")).unwrap();
    let report = look(&office);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("một lượt chạy khác đang làm việc"), "{}", report.said);
    drop(busy);
    assert_eq!(look(&office).outcome, Outcome::Clean);
}

#[test]
fn a_folder_that_is_no_round_is_refused_and_left_as_it_is() {
    let office = Office::busy();
    let outside = tempfile::tempdir().unwrap();
    let watch =
        |folder: &std::path::Path| office.say(vec!["watch".into(), folder.as_os_str().to_owned()]);
    let report = watch(outside.path());
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("không phải thư mục của kỳ nào"), "{}", report.said);
    assert!(report.said.contains("hãy chạy lại với thư mục có tệp ky.toml"), "{}", report.said);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    // The round that is perhaps meant is named: one in it, or the one it is in.
    let inside = outside.path().join("ky-2019");
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join("ky.toml"), "").unwrap();
    let report = watch(outside.path());
    assert!(report.said.contains("hãy chạy lại với «"), "{}", report.said);
    assert!(report.said.contains("ky-2019»"), "{}", report.said);
    fs::create_dir(inside.join("nop")).unwrap();
    let report = watch(&inside.join("nop"));
    assert!(report.said.contains("ky-2019»"), "{}", report.said);
    assert_eq!(fs::read_dir(inside.join("nop")).unwrap().count(), 0);
}

#[test]
fn what_is_said_of_two_forms_is_told_once_and_what_no_letter_tells_stands_on_the_page() {
    let mut copied = honest(7);
    copied.items.values_mut().for_each(|it| it.evidence = "Báo cáo số 12/BC".to_owned());
    let office = Office::new()
        .form("nop/PB-NV.xlsx", "PB-NV", &honest(9))
        .form("nop/PB-NV lan 2.xlsx", "PB-NV", &honest(3))
        .form("nop/P-HT.xlsx", "P-HT", &copied)
        .form("nop/X-QL.xlsx", "X-QL", &copied);
    look(&office);
    let page = fs::read_to_string(office.path(PAGE)).unwrap();
    assert_eq!(page.matches("nộp 2 phiếu khác nhau").count(), 1, "{page}");
    let units = office.shown("theo-doi/tinh-hinh.xlsx", "Đơn vị");
    let line = units.lines().find(|line| line.contains("Phòng Nội vụ")).unwrap_or_default();
    assert!(line.contains("| 1 |"), "{units}");
    assert_eq!(page.matches("1 chỗ – Mọi điểm, số liệu và tài liệu").count(), 2, "{page}");
    assert!(page.contains("giống hệt phiếu của UBND xã Quảng La"), "{page}");
}

#[test]
fn a_broken_file_of_a_known_unit_is_received_while_it_is_given_time() {
    let office = Office::new()
        .form("nop/PB-NV.xlsx", "PB-NV", &honest(9))
        .file("nop/Phòng Tư pháp.xlsx", b"PK");
    let folder = Folder::open(&office.path(".")).unwrap();
    let (mut watch, mut desk) = (Watch::begin(&folder), Desk::open(&folder, false));
    let mut said = Vec::new();
    let console = Console::new(&mut said, false, false);
    let count = loop {
        let looks = watch.look().unwrap();
        if let Some(told) = desk.take(looks, &watch, &console).unwrap() {
            break told.count;
        }
        watch.wait(desk.next(), Duration::ZERO);
    };
    let expected =
        Count { expected: 4, sound: 1, provisional: 0, flawed: 0, awaited: 1, missing: 2 };
    assert_eq!(count, expected);
    let page = fs::read_to_string(office.path(PAGE)).unwrap();
    assert!(page.contains("Đã nộp 2/4 đơn vị: 1 hợp lệ"), "{page}");
    assert!(page.contains("còn lỗi; 1 đang xem; 2 chưa nộp"), "{page}");
    assert!(page.contains("Đã nhận, đang xem (1)"), "{page}");
}
