//! Whether this machine will do: what is said of a folder, and that nothing is
//! left in it.

use std::fs;

use cchc::cli::Outcome;

use crate::office::Office;

#[test]
fn a_folder_of_a_round_is_judged_and_left_as_it_was() {
    let office = Office::new().file(".cchc-thu-may/cu/tep.txt", b"of a killed trial");
    let before = |office: &Office| {
        let entries = fs::read_dir(office.path(".")).unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|it| it != ".cchc-thu-may").collect();
        names.sort();
        names
    };
    let names = before(&office);
    for command in ["doctor", "kiem-tra-may"] {
        let report = office.tell(&[command]);
        // The machine the tests run on may have its notes.
        assert_ne!(report.outcome, Outcome::Failed, "{}", report.said);
        let rights = "đạt        Quyền trong thư mục: ghi, đọc, đổi tên, xóa được trong KỲ\n";
        assert!(report.said.contains(rights), "{}", report.said);
        for topic in
            ["Chương trình: phiên bản ", "Đường dẫn dài: ", "Tên tệp: tiếng Việt giữ nguyên"]
        {
            assert!(report.said.contains(topic), "no {topic}: {}", report.said);
        }
        let is_noted = report.said.contains("lưu ý      ");
        assert_eq!(report.outcome == Outcome::Flawed, is_noted, "{}", report.said);
        assert!(!office.path(".cchc-thu-may").exists());
        assert_eq!(before(&office), names);
    }
}

#[test]
fn a_synced_folder_is_noted_with_what_to_do() {
    let office = Office::new().file("OneDrive - Sở Nội vụ/ky/ky.toml", b"");
    let folder = office.path("OneDrive - Sở Nội vụ/ky");
    let report = office.say(vec!["doctor".into(), folder.into_os_string()]);
    assert_eq!(report.outcome, Outcome::Flawed, "{}", report.said);
    let said =
        "lưu ý      Đồng bộ đám mây: thư mục do OneDrive đồng bộ\n           → Tạm dừng đồng bộ";
    assert!(report.said.contains(said), "{}", report.said);
}

#[test]
fn a_folder_that_is_none_is_a_failure() {
    let office = Office::new();
    let report = office.say(vec!["doctor".into(), office.path("khong-co").into_os_string()]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("không có thư mục KỲ"), "{}", report.said);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_refuses_writing_will_not_do() {
    // Nobody, the superuser included, makes folders there.
    let report = Office::new().say(vec!["doctor".into(), "/proc".into()]);
    assert_eq!(report.outcome, Outcome::Failed, "{}", report.said);
    let said = "không đạt  Quyền trong thư mục: không tạo thư mục được trong /proc: ";
    assert!(report.said.contains(said), "{}", report.said);
    assert!(report.said.contains("cần xử lý trước"), "{}", report.said);
}
