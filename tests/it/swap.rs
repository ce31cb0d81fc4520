//! Results while they change places, names that another system does not take, and
//! the log of a run that failed.

use std::fs;

use cchc::cli::Outcome;

use crate::history::sample;
use crate::office::Office;

fn judged() -> Office {
    let percents = [("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)];
    let office = Office::busy().agreed().survey(&percents);
    assert_eq!(office.run().outcome, Outcome::Clean);
    office
}

/// Stops between the two renames: the old results away, the new ones not there.
fn stop(office: &Office) {
    fs::rename(office.path("ket-qua"), office.path("ket-qua.~cchc-cu")).unwrap();
}

#[test]
fn every_command_that_reads_results_finds_them_between_two_renames() {
    let office = judged();
    let sound = office.tell(&["verify"]);
    let results = office.results();
    stop(&office);
    let again = office.tell(&["verify"]);
    assert_eq!((again.outcome, &again.said), (Outcome::Clean, &sound.said));
    // Nothing was written to find them.
    assert!(!office.path("ket-qua").exists());
    let held = office.path("ket-qua.~cchc-cu/Tong-hop-2019.xlsx");
    let said = office.say(vec!["verify".into(), held.into()]).said;
    assert!(said.starts_with("Đúng là bản công bố: Tong-hop-2019.xlsx"), "{said}");
    // Deep enough to be nobody's table.
    let copy = office.path("gui/di/Tong-hop-2019.xlsx");
    fs::create_dir_all(copy.parent().unwrap()).unwrap();
    fs::copy(office.path("ket-qua.~cchc-cu/Tong-hop-2019.xlsx"), &copy).unwrap();
    let said = office.say(vec!["verify".into(), copy.clone().into()]).said;
    assert!(said.starts_with("Đúng là bản công bố: Tong-hop-2019.xlsx"), "{said}");

    for words in [["check"], ["run"], ["freeze"]] {
        let report = office.tell(&words);
        assert_eq!(report.outcome, Outcome::Clean, "{words:?}: {}", report.said);
        assert!(report.results.keys().eq(results.keys()), "{words:?}");
        assert!(!office.path("ket-qua.~cchc-cu").exists(), "{words:?}");
        stop(&office);
    }
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(report.results == results);
    assert!(report.log().contains("Đã công bố: "), "the log of earlier runs is lost");
}

/// A run that was killed while it replaced entry by entry, since somebody held the
/// folder: the record is in one place, the summary still in the other.
#[test]
fn results_that_are_in_two_places_are_put_together_before_they_are_read() {
    let office = judged();
    let before = office.results();
    let office = office
        .file(
            "ket-qua.~cchc-cu/.dang-thay",
            b"ket-qua.~cchc-dang-ghi\nTong-hop-2019.xlsx\nket-qua.json\n.\n",
        )
        .file("ket-qua.~cchc-dang-ghi/Tong-hop-2019.xlsx", b"new");
    fs::rename(office.path("ket-qua/ket-qua.json"), office.path("ket-qua.~cchc-cu/ket-qua.json"))
        .unwrap();
    let office = office.file("ket-qua/ket-qua.json", b"{}");
    let report = office.tell(&["verify"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(report.results == before);
    assert!(!office.path("ket-qua.~cchc-cu").exists());
}

#[test]
fn what_a_check_that_was_killed_left_of_its_letters_goes_with_the_old_results() {
    let office = judged().file("ket-qua/phan-hoi.~cchc-cu/PB-NV.xlsx", b"old");
    let office = office.file("ket-qua/so-sach.cu", b"somebody's");
    let report = office.run();
    assert!(!report.results.contains_key("phan-hoi.~cchc-cu/PB-NV.xlsx"));
    assert!(report.results.contains_key("so-sach.cu"));
}

#[test]
fn what_was_done_is_done_whoever_has_the_log_open() {
    let office = judged();
    fs::remove_file(office.path("ket-qua/nhat-ky.txt")).unwrap();
    // Nothing can be written in its place.
    let office = office.file("ket-qua/nhat-ky.txt/giu", b"");
    let report = office.tell(&["freeze"]);
    assert_eq!(report.outcome, Outcome::Flawed, "{}", report.said);
    assert!(report.said.contains("Đã công bố: ") && report.said.contains("nhat-ky.txt"));
    assert!(office.path("cong-bo/cong-bo-2019.zip").exists());
    assert_eq!(office.tell(&["check"]).outcome, Outcome::Flawed);
}

#[test]
fn a_summary_finds_the_results_of_a_year_between_two_renames() {
    let archive = sample("ha-long-2025-2026");
    let mut sound = archive.summary();
    let year = archive.dir.path().join("2026");
    fs::create_dir(year.join("ket-qua.~cchc-cu")).unwrap();
    fs::rename(year.join("ket-qua.json"), year.join("ket-qua.~cchc-cu/ket-qua.json")).unwrap();
    let mut again = archive.summary();
    assert_eq!(again.outcome, sound.outcome, "{}", again.said);
    for told in [&mut sound, &mut again] {
        told.record.as_object_mut().unwrap().remove("dau-vao");
    }
    assert_eq!(again.record["dong-ho"], sound.record["dong-ho"]);
    assert!(again.record.as_object().unwrap().keys().eq(sound.record.as_object().unwrap().keys()));
}

#[test]
fn an_old_folder_that_nobody_lets_go_of_blocks_no_run() {
    let office = judged();
    let before = office.results();
    // Nothing here can be removed as a folder is, as if somebody held it.
    fs::write(office.path("ket-qua.~cchc-cu"), "").unwrap();
    fs::create_dir(office.path("ket-qua.~cchc-dang-ghi-2")).unwrap();
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(report.results == before);
}

#[test]
fn what_somebody_named_like_an_old_or_unfinished_folder_stays() {
    let names =
        ["ket-qua.cu/ghi-chu.docx", "ket-qua.cu-2", "ket-qua.dang-ghi/ghi-chu.docx", "mau.cu"];
    let office = names.iter().fold(judged(), |office, name| office.file(name, b"mine"));
    for command in ["run", "check", "forms", "freeze"] {
        let report = office.tell(&[command]);
        assert_ne!(report.outcome, Outcome::Failed, "{command}: {}", report.said);
        for name in names {
            assert_eq!(fs::read(office.path(name)).unwrap(), b"mine", "{command}: {name}");
        }
    }
}

#[test]
fn a_file_in_the_place_of_the_results_is_refused_and_stays() {
    let office = Office::busy().file("ket-qua", b"mine");
    let refused = office.tell(&["run"]);
    assert_eq!(refused.outcome, Outcome::Failed);
    assert!(
        refused.said.contains("ket-qua là một tệp, không phải thư mục của chương trình; hãy đổi")
    );
    assert_eq!(fs::read(office.path("ket-qua")).unwrap(), b"mine");
}

#[test]
fn a_file_that_excel_leaves_beside_an_open_one_stays_with_excel() {
    let office = judged();
    fs::write(office.path("ket-qua/~$Tong-hop-2019.xlsx"), "ai đó").unwrap();
    fs::write(office.path("ket-qua/ghi-chu.txt"), "của tổ thư ký").unwrap();
    let report = office.run();
    assert!(report.results.contains_key("ghi-chu.txt"));
    assert!(!report.results.contains_key("~$Tong-hop-2019.xlsx"));
}

#[cfg(unix)]
#[test]
fn names_that_windows_does_not_take_are_said_by_a_run_and_refused_by_a_publication() {
    let office = judged();
    let form = fs::read(office.path("nop/PB-NV.xlsx")).unwrap();
    fs::remove_file(office.path("nop/PB-NV.xlsx")).unwrap();
    let office = office.file("nop/con/PB-NV.xlsx", &form);
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    let told = "nop/con/PB-NV.xlsx [P014] Không dùng được tên «con»: Windows dành tên này";
    assert!(report.said.contains(told), "{}", report.said);
    let refused = office.tell(&["freeze"]);
    assert_eq!(refused.outcome, Outcome::Failed);
    assert!(refused.said.contains("chưa công bố; đổi tên"), "{}", refused.said);
    assert!(!office.path("cong-bo").exists());

    fs::rename(office.path("nop/con"), office.path("nop/kem")).unwrap();
    let office = office.file("nop/KEM/pb-nv.XLSX", &form);
    let report = office.run();
    let told = "nop/kem/PB-NV.xlsx [P014] Chỉ khác nop/KEM/pb-nv.XLSX ở chữ hoa, chữ thường";
    assert!(report.said.contains(told), "{}", report.said);
    assert_eq!(office.tell(&["freeze"]).outcome, Outcome::Failed);
    fs::remove_dir_all(office.path("nop/KEM")).unwrap();
    office.run();
    assert_eq!(office.tell(&["freeze"]).outcome, Outcome::Clean);
}

#[test]
fn a_run_that_failed_leaves_a_log_where_it_is_found() {
    let office = Office::busy().setting("so-sanh = \"chinh-xac\"", "so-sanhh = \"chinh-xac\"");
    assert_eq!(office.run().outcome, Outcome::Failed);
    let log = fs::read_to_string(office.path("nhat-ky.txt")).unwrap();
    assert!(log.contains("có phải «so-sanh»?") && log.contains("Lỗi: tệp của kỳ có lỗi"), "{log}");
    assert!(!office.path("ket-qua").exists());
    // Beside the results as soon as there are any.
    let office = office.setting("so-sanhh", "so-sanh");
    assert_eq!(office.run().outcome, Outcome::Clean);
    let office = office.setting("so-sanh =", "so-sanhh =");
    let report = office.run();
    assert!(report.log().contains("có phải «so-sanh»?"), "{}", report.log());
    assert_eq!(report.log().matches("== ").count(), 2);
    // A folder that is no round's is left alone.
    let elsewhere = tempfile::tempdir().unwrap();
    office.say(vec!["run".into(), elsewhere.path().into()]);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn a_path_of_any_length_is_written_to() {
    let dir = tempfile::tempdir().unwrap();
    let long = "Thư mục có tên rất dài của một văn phòng ".repeat(2);
    let below = (0..4).fold(dir.path().to_owned(), |path, _| path.join(long.trim_end()));
    let round = below.join("ky");
    let office = Office::new();
    let say = |words: &[&str]| {
        let words = words.iter().map(std::ffi::OsString::from);
        office.say(words.collect())
    };
    let folder = round.to_str().unwrap();
    assert!(260 < folder.encode_utf16().count());
    let report = say(&["init", folder, "--year", "2026"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(!report.said.contains(r"\\?\"), "{}", report.said);
    assert_eq!(say(&["forms", folder]).outcome, Outcome::Clean);
    let report = say(&["appraise", folder]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(round.join("tham-dinh/tham-dinh-phong-ban.xlsx").exists());
    // A blank round has nothing to publish; one with forms, in its place, has.
    std::fs::remove_dir_all(&round).unwrap();
    let busy = Office::busy();
    for part in ["", "bo-chi-so", "nop"] {
        std::fs::create_dir_all(round.join(part)).unwrap();
        let files = std::fs::read_dir(busy.path(part)).unwrap().map(Result::unwrap);
        for file in files.filter(|it| it.path().is_file()) {
            std::fs::copy(file.path(), round.join(part).join(file.file_name())).unwrap();
        }
    }
    assert_ne!(say(&["run", folder]).outcome, Outcome::Failed);
    let lacking = ["freeze", folder, "--con-thieu", "Chưa đủ phiếu của các đơn vị"];
    let report = say(&lacking);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(round.join("cong-bo/cong-bo-2019.zip").exists());
}

#[test]
fn ids_of_units_that_no_file_can_have_are_refused_with_the_reason() {
    use cchc::excel;
    use cchc::handout::round_books;
    let units = "ĐƠN VỊ\nMã đơn vị\tTên đơn vị\tTên khác\tKhối\n\
                 COM1\tPhòng Nội vụ\t\tphong-ban\n\
                 KHAO-SAT\tPhòng Tư pháp\t\tphong-ban\n\
                 P-HT\tUBND phường Hà Tu\t\tphuong-xa\n";
    let none = ["Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n", crate::office::NAMESAKES];
    let book = round_books::register(units, none[0], none[1], 2019);
    let report = Office::new().file("don-vi.xlsx", &excel::write(&book).unwrap()).run();
    assert_eq!(report.outcome, Outcome::Failed);
    for told in [
        "[T044] Mã đơn vị «COM1» (Phòng Nội vụ) không đặt tên tệp được: Windows dành tên này",
        "[T044] Mã KHAO-SAT trùng tên tệp khao-sat.xlsx",
    ] {
        assert!(report.said.contains(told), "{}", report.said);
    }
}
