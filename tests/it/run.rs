//! The whole program on a small round, as a clerk would use it.

use std::fs;
use std::io::Cursor;

use cchc::cli::Outcome;
use cchc::excel;
use cchc::handout::round_books;
use cchc::sheet::{Cell, Level, Value};

use crate::office::{Office, SET, honest};

#[test]
fn a_round_is_held_from_forms_to_awards() {
    let office =
        Office::busy().agreed().survey(&[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)]);
    let report = office.run();

    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert_eq!(report.record()["trang-thai"], "chinh-thuc");
    let bloc = &report.record()["khoi"][1]["xep-hang"];
    assert_eq!(bloc[0]["don-vi"], "P-HT");
    // 2 + 10/10 × 4 + 95 % × 4 = 9.80 of 10.
    assert_eq!(bloc[0]["chi-so"], "98.00");
    assert_eq!(bloc[0]["xep-loai"], "Xuất sắc");
    // 2 + 8/10 × 4 + 85 % × 4 = 8.60 of 10.
    assert_eq!(bloc[1]["tong"], "8.60");
    assert_eq!(report.record()["khen-thuong"]["tap-the"].as_array().unwrap().len(), 4);
}

#[test]
fn without_appraisal_and_survey_the_result_says_so_on_every_sheet() {
    let report = Office::busy().run();

    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert_eq!(report.record()["trang-thai"], "tam-tinh");
    assert!(report.said.contains("TẠM TÍNH"), "{}", report.said);
    let first = &report.record()["khoi"][0]["xep-hang"][0];
    // Restated on the points that are not the survey's: (2 + 3.6) of 6.
    assert_eq!((&first["tong"], &first["toi-da"]), (&"5.60".into(), &"6.00".into()));
    assert_eq!(first["chi-so"], "93.33");
    let bytes = report.file("Tong-hop-2019.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).unwrap();
    for name in calamine::Reader::sheet_names(&book) {
        let range = calamine::Reader::worksheet_range(&mut book, &name).unwrap();
        let is_said = range.used_cells().any(|(_, _, cell)| {
            let text = cell.to_string().to_lowercase();
            text.contains("tạm tính") && text.contains("khảo sát")
        });
        assert!(is_said, "{name} does not say what is missing");
    }
}

#[test]
fn each_bad_file_gets_its_finding_and_the_others_go_on() {
    let good = Office::busy().run().record();
    let report = Office::busy()
        .file("nop/hong.xlsx", b"not a workbook")
        .file("nop/rong.xlsx", b"")
        .file("nop/~$PB-NV.xlsx", b"left by Excel")
        .file("nop/kem/BAO-CAO.PDF", b"%PDF-1.4")
        .file("nop/cu.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old")
        .run();

    assert_eq!(report.outcome, Outcome::Flawed);
    assert_eq!(report.record()["khoi"], good["khoi"]);
    assert_eq!(report.record()["phieu"].as_array().unwrap().len(), 9);
    let said: Vec<(String, String)> = report.record()["phat-hien"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["ma"].as_str().unwrap().into(), it["tep"].as_str().unwrap().into()))
        .filter(|(_, file): &(String, String)| file.starts_with("nop/"))
        .collect();
    let expected = [
        ("P005", "nop/cu.xls"),
        ("P004", "nop/hong.xlsx"),
        ("P010", "nop/kem/BAO-CAO.PDF"),
        ("P005", "nop/rong.xlsx"),
        ("P010", "nop/~$PB-NV.xlsx"),
    ];
    let expected = expected.map(|(code, file)| (code.to_owned(), file.to_owned()));
    assert_eq!(said, expected);
}

#[test]
fn a_file_that_can_only_be_refused_still_answers_its_unit() {
    let last_year = |workbook: &mut cchc::sheet::Workbook| {
        let rows = workbook.sheets.iter_mut().flat_map(|it| &mut it.rows);
        for cell in rows.flat_map(|it| &mut it.cells) {
            if let Value::Text(text) = &mut cell.value {
                *text = text.replace("2019", "2018");
            }
        }
    };
    let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old";
    let report = Office::new()
        .file("nop/UBND phuong Ha Tu 2019.xls", old)
        .file("nop/Xã Quảng La/phieu.xls", old)
        .file("nop/khong ro.xls", old)
        .edited("nop/gui lai.xlsx", "PB-TP", &honest(90), last_year)
        .form("nop/PB-NV.xlsx", "PB-NV", &honest(90))
        .run();
    let findings = report.record()["phat-hien"].clone();
    let silent = findings.as_array().unwrap().iter().filter(|it| it["ma"] == "K001");
    let said: Vec<&str> = silent.map(|it| it["noi-dung"].as_str().unwrap()).collect();
    let refused = "chưa nộp phiếu đọc được; theo tên gọi, có lẽ đã gửi tệp không đọc được";
    for (unit, file) in [
        ("Phòng Tư pháp (PB-TP)", "nop/gui lai.xlsx"),
        ("UBND phường Hà Tu (P-HT)", "nop/UBND phuong Ha Tu 2019.xls"),
        ("UBND xã Quảng La (X-QL)", "nop/Xã Quảng La/phieu.xls"),
    ] {
        assert!(said.contains(&&*format!("{unit} {refused}: {file}")), "{unit}: {said:#?}");
    }
    for (unit, code) in [("P-HT", "P005"), ("X-QL", "P005"), ("PB-TP", "P021")] {
        let letter = report.sheet(&format!("phan-hoi/{unit}.xlsx"), "Cần sửa");
        assert!(letter.contains(code), "{unit}: {letter}");
        assert!(!letter.contains("khong ro"), "{letter}");
        assert!(letter.contains("chỉ đoán là của đơn vị theo tên tệp"), "{letter}");
    }
    let told = "Đã gửi tệp không đọc được, chưa có phiếu được tính: nop/UBND phuong Ha Tu 2019.xls";
    assert!(report.sheet("Tong-hop-2019.xlsx", "Xếp hạng UBND phường, xã").contains(told));
    assert!(report.record()["khoi"].to_string().contains(told));
    // It answers, and is no form: nothing is counted or set aside for it.
    for file in report.record()["phieu"].as_array().unwrap() {
        let is_sound = file["tep"] == "nop/PB-NV.xlsx";
        assert_eq!(file.get("don-vi").is_some_and(|it| !it.is_null()), is_sound, "{file}");
    }
}

#[test]
fn a_workbook_with_macros_counts_and_is_said() {
    let mut office = Office::busy();
    let files = ["nop/PB-NV.xlsx", "don-vi.xlsx"];
    for file in files {
        let sound = fs::read(office.path(file)).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(sound)).unwrap();
        let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in 0..archive.len() {
            copy.raw_copy_file(archive.by_index_raw(part).unwrap()).unwrap();
        }
        let options = zip::write::SimpleFileOptions::default();
        copy.start_file("xl/vbaProject.bin", options).unwrap();
        office = office.file(file, &copy.finish().unwrap().into_inner());
    }
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    let said = report.codes().into_iter().filter(|it| it == "P012").count();
    assert_eq!(said, files.len(), "{}", report.record()["phat-hien"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_inside_the_round_only() {
    use std::os::unix::fs::symlink;
    let office = Office::busy();
    let outside = tempfile::tempdir().unwrap();
    fs::rename(office.path("nop/PB-NV.xlsx"), office.path("PB-NV.xlsx")).unwrap();
    fs::rename(office.path("nop/PB-TP.xlsx"), outside.path().join("a.xlsx")).unwrap();
    symlink(office.path("PB-NV.xlsx"), office.path("nop/trong.xlsx")).unwrap();
    symlink(outside.path().join("a.xlsx"), office.path("nop/ngoai.xlsx")).unwrap();
    symlink(outside.path(), office.path("nop/thu-muc")).unwrap();
    symlink(office.path("khong-co"), office.path("nop/hong.xlsx")).unwrap();
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Flawed);
    let aside: Vec<&str> = report
        .said
        .lines()
        .filter_map(|line| line.strip_prefix("nop/").filter(|line| line.contains("[P009]")))
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(aside, ["hong.xlsx", "ngoai.xlsx", "thu-muc"]);
    assert_eq!(report.record()["khoi"][0]["xep-hang"][0]["don-vi"], "PB-NV");
}

#[test]
fn last_rounds_results_that_cannot_be_read_stop_the_run() {
    let report = Office::busy().file("ky-truoc/ket-qua.json", b"{ broken").run();
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("ky-truoc/ket-qua.json [T060]"), "{}", report.said);
    let report = Office::busy().file("ky-truoc/ket-qua.json", b"{\"ky\": \"n\xe3m\"}").run();
    assert!(report.said.contains("ky-truoc/ket-qua.json [T060] Tệp không phải"), "{}", report.said);
}

#[test]
fn folders_beside_those_that_are_read_are_said() {
    for (name, code) in [
        ("nop bo sung/PB-NV.xlsx", "nop bo sung [T111]"),
        ("bo-chi-so-bo-sung/so.xlsx", "bo-chi-so-bo-sung [T111]"),
        ("ky-truocs/ket-qua.json", "ky-truocs [T110]"),
    ] {
        let said = Office::busy().file(name, b"").run().said;
        assert!(said.contains(code), "{name}: {said}");
    }
    let kept = Office::busy().file("tai-lieu/Quy chế.docx", b"").run().said;
    assert!(!kept.contains("tai-lieu"), "{kept}");
}

#[test]
fn last_rounds_results_that_were_edited_are_said() {
    let office = Office::busy();
    let record = String::from_utf8(office.run().file("ket-qua.json").to_owned()).unwrap();
    // The record of 2019 beside the round of the next year.
    let next = |text: &str| {
        let office = Office::busy().file("ky-truoc/ket-qua.json", text.as_bytes());
        let settings = std::fs::read_to_string(office.path("ky.toml")).unwrap();
        office.file("ky.toml", settings.replace("nam = 2019", "nam = 2020").as_bytes()).run().said
    };
    assert!(!next(&record).contains("Mã xác thực ghi trong tệp"), "{}", next(&record));
    let edited = record.replacen("\"chi-so\": \"9", "\"chi-so\": \"8", 1);
    assert_ne!(record, edited);
    let said = next(&edited);
    assert!(said.contains("ky-truoc/ket-qua.json [K050] Mã xác thực ghi trong tệp"), "{said}");
}

#[test]
fn nobody_disappears() {
    let report = Office::new()
        .form("nop/a.xlsx", "PB-NV", &honest(9))
        .form("nop/b.xlsx", "P-HT", &honest(10))
        .form("nop/c.xlsx", "P-HT", &honest(9))
        .run();

    assert_eq!(report.outcome, Outcome::Flawed);
    let record = report.record();
    let reasons = |bloc: usize| -> Vec<(String, String)> {
        let unranked = record["khoi"][bloc]["khong-xep-hang"].as_array().unwrap();
        let word = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap().to_owned();
        unranked.iter().map(|it| (word(it, "don-vi"), word(it, "ly-do"))).collect()
    };
    assert_eq!(reasons(0), [("PB-TP".to_owned(), "chua-nop".to_owned())]);
    let expected = [("P-HT", "gat-ra"), ("X-QL", "chua-nop")];
    assert_eq!(reasons(1), expected.map(|(unit, why)| (unit.to_owned(), why.to_owned())));
    assert_eq!(report.codes().iter().filter(|code| *code == "P025").count(), 2);
}

#[test]
fn forms_sent_out_before_the_set_was_mended_still_count() {
    let mended = |from: &str, to: &str| {
        assert!(SET.contains(from));
        let set = round_books::criteria(&SET.replacen(from, to, 1), 2019);
        let office = Office::busy().file("bo-chi-so/phuong-xa.xlsx", &excel::write(&set).unwrap());
        office.run()
    };
    let before = Office::busy().run().record();
    let comma = mended("Nhiệm vụ hoàn thành", "Nhiệm vụ, hoàn thành");
    assert_eq!(comma.outcome, Outcome::Clean, "{}", comma.said);
    assert_eq!(comma.codes().iter().filter(|code| *code == "P035").count(), 2);
    let ranks = |record: &serde_json::Value| {
        let places = record["khoi"][1]["xep-hang"].as_array().unwrap().iter();
        places.map(|it| (it["don-vi"].clone(), it["tong"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(ranks(&comma.record()), ranks(&before));

    let floor = mended("sàn = 50%", "sàn = 90%");
    assert_eq!(floor.outcome, Outcome::Clean, "{}", floor.said);
    let notes = floor.record()["phat-hien"].to_string();
    assert!(notes.contains("không phải điền lại: 1.2: 3,2 → 0"), "{notes}");

    let other = mended("Nhiệm vụ hoàn thành", "Nhiệm vụ tồn đọng");
    assert_eq!(other.outcome, Outcome::Flawed);
    assert!(
        other.said.contains("Bộ chỉ số đã sửa 1 tiêu chí sau khi phát phiếu này: 1.2 (A13)"),
        "{}",
        other.said
    );
    assert_eq!(other.record()["khoi"][0]["xep-hang"], before["khoi"][0]["xep-hang"]);
}

#[test]
fn text_of_a_form_never_becomes_a_formula() {
    let report = Office::busy()
        .edited("nop/PB-NV.xlsx", "PB-NV", &honest(9), |workbook| {
            for row in &mut workbook.sheets[0].rows {
                if let Some(cell) = row.cells.get_mut(9)
                    && cell.role == Level::Input.left()
                {
                    let link = "=HYPERLINK(\"http://x\",\"bấm\")".to_owned();
                    *cell = Cell::new(Value::Text(link), Level::Input.left());
                }
            }
        })
        .run();

    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    for bytes in report.results.values() {
        let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { continue };
        for number in 0..archive.len() {
            let mut text = String::new();
            let mut part = archive.by_index(number).unwrap();
            if std::io::Read::read_to_string(&mut part, &mut text).is_ok() {
                assert!(!text.contains("<f>HYPERLINK"), "a formula came through");
                // Our own links lead to cells of the workbook, never out of it.
                assert!(!text.contains("TargetMode=\"External\""), "a link came through");
                let mut links = text.split("<hyperlink ").skip(1);
                assert!(links.all(|link| link.contains("location=\"'Nguồn điểm'!")), "a link");
            }
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes_for_any_number_of_threads() {
    let office = Office::busy();
    let one = office.tell(&["run", "--luong", "1"]);
    let first = office.results();
    for threads in ["2", "8"] {
        office.tell(&["run", "--luong", threads]);
        assert_eq!(office.results(), first, "{threads} threads");
    }
    assert_eq!(one.outcome, Outcome::Clean);
}

#[test]
fn a_round_with_a_mistake_of_its_own_changes_nothing() {
    let office = Office::busy();
    office.run();
    let before = office.results();
    let office = office.setting("so-sanh = \"chinh-xac\"", "so-sanhh = \"chinh-xac\"");
    let report = office.run();

    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("ky.toml: dòng"), "{}", report.said);
    assert!(report.said.contains("có phải «so-sanh»?"), "{}", report.said);
    assert_eq!(office.results(), before);
}

#[test]
fn what_is_missing_is_named_before_anything_is_done() {
    let office = Office::busy();
    fs::remove_file(office.path("don-vi.xlsx")).unwrap();
    let report = office.file("bo-chi-so/phong-ban.xlsx", b"broken").run();

    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("don-vi.xlsx [T001]"), "{}", report.said);
    assert!(report.said.contains("bo-chi-so/phong-ban.xlsx [T002]"), "{}", report.said);
    let nowhere = Office::new().tell(&["run", "khong/co", "x"]);
    assert_eq!(nowhere.outcome, Outcome::Failed);
}

#[test]
fn an_unreadable_set_is_one_finding() {
    let report = Office::new().file("bo-chi-so/phong-ban.xlsx", b"broken").run();
    assert_eq!(report.said.matches("phong-ban").count(), 1, "{}", report.said);
}

#[test]
fn two_runs_at_once_do_not_meet() {
    let office = Office::busy();
    let lock = cchc::batch::lock::take(&office.path(".")).unwrap();
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("một lượt chạy khác"), "{}", report.said);
    drop(lock);
    assert_eq!(office.run().outcome, Outcome::Clean);
}

#[test]
fn check_writes_the_feedback_and_nothing_else() {
    let office = Office::busy().form("nop/PB-TP.xlsx", "PB-TP", &honest(12));
    let report = office.tell(&["check"]);

    assert_eq!(report.outcome, Outcome::Flawed);
    assert!(report.results.keys().all(|name| name.starts_with("phan-hoi/")));
    let told = report.sheet("phan-hoi/PB-TP.xlsx", "Cần sửa");
    assert!(told.contains("P072"), "{told}");
}

#[test]
fn an_appraisal_in_progress_is_never_written_over() {
    let office = Office::busy();
    assert_eq!(office.tell(&["appraise"]).outcome, Outcome::Clean);
    let table = fs::read(office.path("tham-dinh/tham-dinh-phong-ban.xlsx")).unwrap();
    let again = office.tell(&["appraise"]);
    assert_eq!(again.outcome, Outcome::Clean);
    assert_eq!(again.said.matches("giữ nguyên, bảng đã có không thiếu dòng nào").count(), 2);
    assert_eq!(fs::read(office.path("tham-dinh/tham-dinh-phong-ban.xlsx")).unwrap(), table);
    assert_eq!(fs::read_dir(office.path("tham-dinh")).unwrap().count(), 2);
}

#[test]
fn a_bloc_without_an_appraisal_workbook_gets_one_and_the_others_keep_theirs() {
    let office = Office::busy();
    assert_eq!(office.tell(&["appraise"]).outcome, Outcome::Clean);
    let [begun, lost] =
        ["phong-ban", "phuong-xa"].map(|it| office.path(&format!("tham-dinh/tham-dinh-{it}.xlsx")));
    // What a kill between the two leaves, and one in the middle of the second.
    let whole = fs::read(&lost).unwrap();
    fs::remove_file(&lost).unwrap();
    fs::write(lost.with_file_name("tham-dinh-phuong-xa.xlsx.~cchc-dang-ghi"), &whole[..100])
        .unwrap();
    fs::write(&begun, "đang thẩm định").unwrap();

    let again = office.tell(&["appraise"]);
    assert_eq!(again.outcome, Outcome::Flawed, "{}", again.said);
    assert!(again.said.contains("[T002]"), "{}", again.said);
    assert!(again.said.contains("chưa lập thêm, sửa các lỗi trên"), "{}", again.said);
    assert_eq!(fs::read(&lost).unwrap(), whole);
    assert_eq!(fs::read_to_string(&begun).unwrap(), "đang thẩm định");
    assert_eq!(fs::read_dir(office.path("tham-dinh")).unwrap().count(), 2);
}

#[test]
fn what_is_not_ours_in_the_results_stays() {
    let office = Office::busy();
    office.run();
    fs::write(office.path("ket-qua/ghi-chu.txt"), "của tổ thư ký").unwrap();
    office.run();
    assert_eq!(fs::read_to_string(office.path("ket-qua/ghi-chu.txt")).unwrap(), "của tổ thư ký");
}

#[test]
fn the_log_keeps_every_run_for_notepad() {
    let office = Office::busy();
    office.run();
    let report = office.run();
    let log = report.log();
    assert!(log.starts_with('\u{feff}'));
    assert_eq!(log.matches("== ").count(), 2);
    assert!(log.contains("Đã đọc 4 tệp: 4 phiếu được tính"));
    assert_eq!(log.matches('\n').count(), log.matches("\r\n").count());
}

#[test]
fn a_new_round_is_ready_for_its_first_check() {
    let dir = tempfile::tempdir().unwrap();
    let round = dir.path().join("ky-2026");
    let tell = |words: &[&str]| {
        let mut said = Vec::new();
        let words = words.iter().map(std::ffi::OsString::from).collect();
        let mut console = cchc::cli::console::Console::new(&mut said, false, false);
        (cchc::cli::run(words, &mut console), String::from_utf8(said).unwrap())
    };
    let folder = round.to_str().unwrap();
    assert_eq!(tell(&["init", folder, "--year", "2026"]).0, Outcome::Clean);
    let (outcome, said) = tell(&["lint", folder]);
    assert_eq!(outcome, Outcome::Clean, "{said}");
    // The template as it is must not go out to the units unnoticed.
    let unfilled = ["ky.toml: dòng 7 [T007]", "phong-ban.xlsx: Bộ chỉ số!C2 [T007]"];
    assert!(unfilled.iter().all(|it| said.contains(it)), "{said}");
    assert_eq!(tell(&["forms", folder]).0, Outcome::Clean);
    assert!(round.join("mau/khao-sat.xlsx").exists());
    assert_eq!(tell(&["init", folder, "--year", "2026"]).0, Outcome::Failed);
}

#[test]
fn blanks_that_somebody_filled_are_kept_and_new_ones_go_beside() {
    let office = Office::new();
    assert_eq!(office.tell(&["forms"]).outcome, Outcome::Clean);
    let blank = fs::read(office.path("mau/PB-TP.xlsx")).unwrap();
    let office = office.form("mau/PB-NV.xlsx", "PB-NV", &honest(9)).survey(&[("PB-NV", 90)]);
    let names =
        [("mau/PB-NV.xlsx", "mau/PB-NV.xlsx"), ("khao-sat/khao-sat.xlsx", "mau/khao-sat.xlsx")];
    let filled = names.map(|(from, to)| {
        let bytes = fs::read(office.path(from)).unwrap();
        fs::write(office.path(to), &bytes).unwrap();
        (to, bytes)
    });
    fs::write(office.path("mau/Bản của tôi.xlsx"), "của tôi").unwrap();
    // What was only handed out under an older criteria set is replaced.
    let set = round_books::criteria(&SET.replace("Kế hoạch", "Kế hoạch năm"), 2019);
    let office = office.file("bo-chi-so/phong-ban.xlsx", &excel::write(&set).unwrap());
    for _ in 0..2 {
        let said = office.tell(&["forms"]).said;
        for (name, bytes) in &filled {
            assert_eq!(&fs::read(office.path(name)).unwrap(), bytes, "{name}");
            let name = name.trim_start_matches("mau/");
            let beside = format!("{}-moi.xlsx", name.trim_end_matches(".xlsx"));
            assert!(said.contains(&format!("{name} không còn như lúc tạo")), "{said}");
            assert!(said.contains(&beside) && office.path(&format!("mau/{beside}")).exists());
        }
        assert!(office.path("mau/Bản của tôi.xlsx").exists());
        assert!(!office.path("mau/PB-TP-moi.xlsx").exists());
        assert!(!office.path("mau/PB-NV-moi-2.xlsx").exists());
        assert_ne!(fs::read(office.path("mau/PB-TP.xlsx")).unwrap(), blank);
    }
}
