//! `cchc summary`: what a clerk slips into the files of years and of the summary
//! is said; nothing is mapped, joined or left out by guess.

use std::fs;

use cchc::cli::Outcome;

use crate::history::{AWARDS, Archive, SETTINGS, UNITS, Y2018};

#[test]
fn contents_are_matched_by_the_names_of_areas_never_by_number_alone() {
    // One number, another area.
    let other = Y2018.replace("1 Thể chế", "1 Thủ tục").replace("2 Thủ tục", "2 Công khai");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &other)]);
    let said = archive.summary().said;
    let first = "[L026] [[bo-chi-so]] cu: lĩnh vực 1 là «Thể chế», còn 2018/ket-qua.xlsx ghi «Thủ \
                 tục»; có phải «2 Thủ tục»?";
    assert!(said.contains(first) && said.contains("lĩnh vực 2 là «Thủ tục», còn"), "{said}");
    // A name of the content itself, or one that the settings know, will do.
    let known = Y2018.replace("1 Thể chế", "1. Cải cách thể chế").replace("2 Thủ tục", "2 TTHC");
    let archive = Archive::new()
        .book("2018/ket-qua.xlsx", &[("Kết quả", &known)])
        .setting("ten = \"Thủ tục\", noi", "ten = \"Thủ tục\", ten-khac = [\"TTHC\"], noi");
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    // No names: asked, and confirmed by the set's own id.
    let bare = Y2018.replace("1 Thể chế", "1").replace("2 Thủ tục", "2");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &bare)]);
    let words = "2018/ket-qua.xlsx không ghi tên lĩnh vực; [[bo-chi-so]] cu quy đổi theo số: 1 = «Thể \
                 chế», 2 = «Thủ tục»";
    archive.is_refused_again("tong-ket.toml: dòng", "L027", words);
    let told = archive.setting("ma = \"thu\"", "ma = \"thu\"\nxac-nhan = [\"cu\"]").summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    // Items only, and the names above the table.
    let names = "Năm\t2018\nLĩnh vực 1\tThể chế\nLĩnh vực xa 2\tThủ tục\n";
    let above = bare.replace("Năm\t2018\n", names);
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &above)]);
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let text = fs::read_to_string(archive.dir.path().join("ket-qua/lich-su/2018.csv")).unwrap();
    assert!(text.starts_with("Năm,2018,Lĩnh vực xa 2,Thủ tục,Lĩnh vực 1,Thể chế\nSố đơn vị,3\n"));
}

#[test]
fn an_area_under_the_name_of_another_content_is_a_contradiction() {
    let archive = Archive::new()
        .setting("ten = \"Thể chế\", noi", "ten = \"Cải cách thủ tục hành chính\", noi");
    let words =
        "«Cải cách thủ tục hành chính» là tên của nội dung thu-tuc, đang quy đổi về the-che";
    archive.is_refused("tong-ket.toml: dòng", "L014", words);
}

#[test]
fn a_record_of_a_round_names_its_areas() {
    let text = fs::read_to_string("samples/ha-long-2011-2020/2019/ket-qua.json").unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let own = |bloc: &str| {
        let areas = record["linh-vuc"].as_array().unwrap().iter();
        let area = areas.filter(|it| it["khoi"] == bloc).nth(1).unwrap();
        area["ten"].as_str().unwrap().to_owned()
    };
    assert_eq!(own("phong-ban"), "Tham mưu xây dựng và thực hiện thể chế");
}

/// The settings with rules on awards that nothing is wrong with.
fn rules() -> Archive {
    let people = "Mã đơn vị\tHọ và tên\tChức vụ\tThành tích\nX-A\tVũ Bình\t\tTham mưu tốt\n";
    Archive::new()
        .file("tong-ket.toml", (SETTINGS.to_owned() + AWARDS).as_bytes())
        .book("khen-thuong.xlsx", &[("Đề nghị", people)])
}

/// Says, and sums up all the same: a line of this code with these words.
#[track_caller]
fn says(archive: &Archive, line: &str) {
    let linted = archive.told("lint");
    assert!(linted.said.contains(line), "lint – {line}:\n{}", linted.said);
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Flawed, "{}", told.said);
    assert!(told.said.contains(line), "{line}:\n{}", told.said);
}

#[test]
fn a_condition_that_no_unit_can_meet_is_named_at_its_line() {
    let archive = rules().setting("so-nam-xep-hang = 3", "so-nam-xep-hang = 8");
    let text = fs::read_to_string(archive.dir.path().join("tong-ket.toml")).unwrap();
    let line = 1 + text.lines().position(|it| it == "so-nam-xep-hang = 8").unwrap();
    says(&archive, &format!("tong-ket.toml: dòng {line} [L025] Giấy khen: đòi 8 năm, chỉ có kết"));
    let archive = Archive::new().setting("so-nam-yeu = 2", "so-nam-yeu = 3");
    says(
        &archive,
        "dòng 14 [L025] đòi 3 năm, nhiều nhất chỉ có 2 năm cùng bộ chỉ số và có kết quả",
    );
}

#[test]
fn what_the_template_left_is_said_wherever_it_stands() {
    let archive = rules()
        .setting("dia-danh = \"Hạ Long\"", "dia-danh = \"…\"")
        .setting("can-cu = \"Quyết định số 2\"", "can-cu = \"Quyết định số …/QĐ-UBND\"");
    says(
        &archive,
        "[T007] dia-danh: còn dấu … của mẫu; các khóa còn dấu này: dia-danh, [[bo-chi-so]] thứ 1 can-cu",
    );
    let archive = rules().setting("ngay-tong-ket = 2021-03-15", "ngay-tong-ket = 2021-12-31");
    says(&archive, "[T007] ngay-tong-ket: 31/12/2021 là ngày mẫu, chưa sửa");
    let archive =
        rules().setting("ten = \"Giấy khen\"", "ten = \"Giấy khen của Chủ tịch UBND tỉnh\"");
    says(
        &archive,
        "[T007] [[khen-thuong.tap-the]] thứ 1 ten: «Giấy khen của Chủ tịch UBND tỉnh» là của cấp tỉnh",
    );
}

#[test]
fn numbers_and_days_of_a_summary_are_judged_where_they_are_typed() {
    for (from, to, line) in [
        ("yeu-duoi = 70", "yeu-duoi = 0.7", "[T131] [nguong] yeu-duoi"),
        ("yeu-duoi = 70", "yeu-duoi = 700", "[T130] [nguong] yeu-duoi"),
        ("giu-tu = 90", "giu-tu = 900", "[T130] [nguong] giu-tu"),
        ("2021-03-15", "2012-03-15", "[T140] ngay-tong-ket: 15/03/2012 không thuộc các năm 2021"),
        ("2021-03-15", "2121-03-15", "[T140] ngay-tong-ket"),
    ] {
        let archive = Archive::new().setting(from, to);
        let told = archive.summary();
        assert!(told.outcome != Outcome::Clean && told.said.contains(line), "{to}: {}", told.said);
    }
    for (from, to, line) in [
        ("muc = 1490000", "muc = 1490", "[T130] [[khen-thuong.luong-co-so]] thứ 1 muc"),
        ("he-so = 0.6", "he-so = 60", "[T130] [[khen-thuong.tap-the]] thứ 1 he-so"),
        ("tu = 2019-07-01", "tu = 2009-07-01", "thứ 1 tu: ngày 01/07/2009 khác năm của Nghị định"),
        ("so-nam-dat = 2", "trung-binh-toi-thieu = 0.8\nso-nam-dat = 2", "[T131]"),
        ("so-nam-dat = 2", "muc-tang-toi-thieu = 500\nso-nam-dat = 2", "[T130]"),
    ] {
        let told = rules().setting(from, to).summary();
        assert!(told.outcome != Outcome::Clean && told.said.contains(line), "{to}: {}", told.said);
    }
}

#[test]
fn what_lies_beside_a_year_and_is_not_read_is_said() {
    let made = Archive::new();
    let y2018 = fs::read(made.dir.path().join("2018/ket-qua.xlsx")).unwrap();
    for (name, place, code) in [
        ("2018/ket-qua (1).xlsx", "2018/ket-qua (1).xlsx", "T110"),
        ("2018/Kết quả 2018.xlsx", "2018/Kết quả 2018.xlsx", "T110"),
        ("2018/ket-qua - Copy.xlsx", "2018/ket-qua - Copy.xlsx", "T110"),
        ("2018/ban cuoi/ket-qua.json", "2018/ban cuoi/ket-qua.json", "T110"),
        ("2018/Danh sách.xlsx", "2018/Danh sách.xlsx", "T111"),
        ("năm 2018/ket-qua.xlsx", "năm 2018/", "T110"),
        ("Kết quả 2018/so lieu.csv", "Kết quả 2018/", "T110"),
        ("2018 - Copy/ket-qua.xlsx", "2018 - Copy/", "L002"),
        ("2018.json", "2018.json", "T111"),
    ] {
        let told = Archive::new().file(name, &y2018).summary();
        let line = told.said.lines().find(|it| it.starts_with(&format!("{place} [{code}]")));
        assert!(line.is_some(), "{name}:\n{}", told.said);
        let expected = if code == "T111" { Outcome::Flawed } else { Outcome::Failed };
        assert_eq!(told.outcome, expected, "{}", told.said);
    }
    // The folder of a round may hold everything that a round has.
    let round = Archive::new()
        .file("2018/ky.toml", b"")
        .file("2018/don-vi.xlsx", b"")
        .file("2018/nop/phieu.xlsx", b"")
        .file("2018/mau/phieu.xlsx", b"");
    assert_eq!(round.summary().outcome, Outcome::Clean);
}

#[test]
fn two_files_of_one_year_are_one_only_when_they_say_the_same_and_that_is_said() {
    let csv = Y2018.replace('\t', ";").replace('\n', "\r\n");
    let archive = Archive::new().file("2018/ket-qua.csv", csv.as_bytes());
    let told = archive.summary();
    let says = "2018/ket-qua.csv [L028] Cùng kết quả với 2018/ket-qua.xlsx; số liệu lấy từ";
    let record = told.record["phat-hien"].to_string();
    assert!(told.outcome == Outcome::Clean && record.contains("L028"), "{says}: {record}");
    // The same index, another way to it.
    let moved = csv.replace(";40;50", ";39;51");
    archive.file("2018/ket-qua.csv", moved.as_bytes()).is_refused_again(
        "2018/ket-qua.csv: ket-qua.csv!A3",
        "L005",
        "X-A: tệp này ghi lĩnh vực 1: 39/40 điểm, còn 2018/ket-qua.xlsx ghi lĩnh vực 1: 40/40 điểm",
    );
}

#[test]
fn what_a_year_or_the_nominations_hold_beside_their_tables_is_said() {
    let copy = Y2018.replace("\t40\t50", "\t30\t50");
    let sheets = [("Kết quả", Y2018), ("Kết quả (2)", copy.as_str())];
    let archive = Archive::new().book("2018/ket-qua.xlsx", &sheets);
    archive.is_refused("2018/ket-qua.xlsx: Kết quả (2)", "T100", "Kết quả");
    let other = [("Kết quả", Y2018), ("Ghi chú", "X-A\tđã sửa\n")];
    says(&Archive::new().book("2018/ket-qua.xlsx", &other), "2018/ket-qua.xlsx: Ghi chú [T101]");
    let beside = Y2018.replace(
        "X-B\tUBND xã Bình\txa\t80\tTốt\t2\t\t20\t60",
        "X-B\tUBND xã Bình\txa\t80\tTốt\t2\t\t20\t60\t\t95",
    );
    says(&Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &beside)]), "Kết quả!K4 [T106]");
    let twice = Y2018.replace("\tXếp loại", "\tXếp loại\tXếp loại mới");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &twice)]);
    assert_eq!(archive.summary().outcome, Outcome::Failed);
    let people = "Mã đơn vị\tHọ và tên\tThành tích\nX-A\tVũ Bình\tTham mưu tốt\n";
    let archive = rules().book("khen-thuong.xlsx", &[("Đề nghị KT", people)]);
    archive.is_refused("khen-thuong.xlsx: Đề nghị KT", "T100", "Đề nghị");
}

/// A file of awards with these rows below the heads of its sheets.
fn awarding(nominated: &str, excluded: &str, commended: &str) -> Archive {
    let with = |head: &str, rows: &str| format!("{head}\n{rows}");
    let nominated = with("Mã đơn vị\tHọ và tên\tChức vụ\tThành tích", nominated);
    let excluded = with("Mã đơn vị\tHọ và tên\tLý do\tCăn cứ", excluded);
    let head = "Mã đơn vị\tHọ và tên\tNăm\tHình thức khen\tThành tích";
    let commended = with(head, commended);
    let sheets = [("Đề nghị", nominated), ("Không xét khen", excluded), ("Đã khen", commended)];
    let sheets: Vec<(&str, &str)> = sheets.iter().map(|it| (it.0, it.1.as_str())).collect();
    rules().book("khen-thuong.xlsx", &sheets)
}

#[test]
fn one_person_is_one_however_the_name_is_written() {
    let archive = awarding(
        "X-B\tĐ/c Vũ  Bình – Phó phòng\t\tTham mưu tốt",
        "X-B\tÔng VŨ BÌNH\tKỷ luật\t",
        "",
    );
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let passed = told.record["khen-thuong"]["khong-de-nghi"].as_array().unwrap();
    let person = passed.iter().find(|it| it["ho-ten"].is_string()).unwrap();
    assert_eq!(person["ly-do"], "loai-tru");
}

#[test]
fn a_name_in_two_units_is_asked_and_nobody_is_commended_meanwhile() {
    let two = "X-A\tVũ Bình\t\tTham mưu tốt\nX-B\tVũ Bình\t\tTham mưu tốt";
    let archive = awarding(two, "", "");
    says(&archive, "Đề nghị!A2 [L029] X-A: Vũ Bình cũng được X-B đề nghị");
    let told = archive.summary();
    assert_eq!(told.record["khen-thuong"]["ca-nhan"].as_array().unwrap().len(), 0);
    let archive = archive.setting("ma = \"thu\"", "ma = \"thu\"\nxac-nhan = [\"Vũ Bình\"]");
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    assert_eq!(told.record["khen-thuong"]["ca-nhan"].as_array().unwrap().len(), 1);
    let elsewhere = awarding("X-B\tVũ Bình\t\tTham mưu tốt", "X-A\tVũ Bình\tKỷ luật\t", "");
    says(&elsewhere, "[L029] X-B: người tên Vũ Bình của X-A thuộc danh sách không xét khen");
}

#[test]
fn rows_of_the_nominations_without_effect_are_said_with_the_nearest() {
    let one = "X-B\tVũ Bình\t\tTham mưu tốt";
    let excluded = awarding(one, "X-B\tVũ Bính\tKỷ luật\t", "");
    says(&excluded, "[L030] không ai tên «Vũ Bính» được đề nghị; có phải «Vũ Bình»?");
    let whole = awarding(one, "X-B\t\tKỷ luật\t", "");
    says(&whole, "[T054] Ô Họ và tên để trống: dòng được hiểu là của cả đơn vị");
    let commended = awarding(one, "", "X-B\tVũ Bính\t2019\tBằng khen\tTham mưu tốt");
    says(&commended, "[L030] không ai tên «Vũ Bính» được đề nghị; có phải «Vũ Bình»?");
    let otherwise = awarding(one, "", "X-B\tVũ Bình\t2019\tBằng khen\tTham mưu tót");
    says(
        &otherwise,
        "[L030] Vũ Bình: thành tích đã khen khác thành tích được đề nghị nên không loại",
    );
    let units = UNITS.to_owned() + "X-D\tUBND xã Đông\t\txa\t\t01/06/2010\t\n";
    let gone =
        awarding("X-D\tVũ Bình\t\tTham mưu tốt", "", "").book("don-vi.xlsx", &[("Đơn vị", &units)]);
    let told = gone.summary();
    for line in [
        "[L030] Vũ Bình: đơn vị không có kết quả năm nào trong giai đoạn",
        "don-vi.xlsx: Đơn vị!A5 [L030] X-D (UBND xã Đông) không hoạt động vào ngày chốt của năm nào",
    ] {
        assert!(told.said.contains(line), "{line}\n{}", told.said);
    }
    let book = fs::read(gone.dir.path().join("khen-thuong.xlsx")).unwrap();
    let no_rules = Archive::new().file("khen-thuong.xlsx", &book);
    let no_rules = no_rules.book("don-vi.xlsx", &[("Đơn vị", &units)]);
    says(&no_rules, "[L030] 1 dòng đề nghị mà tong-ket.toml không có [khen-thuong]: không xét ai");
}

#[test]
fn events_are_held_against_the_lives_of_their_units() {
    let units = UNITS
        .replace("X-C\tUBND xã Chi\t\txa\t\t\t", "X-C\tUBND xã Chi\t\txa\t\t30/06/2019\t")
        + "X-D\tUBND xã Chi mới\t\txa\t01/07/2019\t\t\n";
    let rename = |day: &str| {
        format!("Ngày\tLoại biến động\tMã đơn vị trước\tMã đơn vị sau\n{day}\tđổi tên\tX-C\tX-D\n")
    };
    let renamed = |it: &str| it.replace("X-C\tUBND xã Chi", "X-D\tUBND xã Chi mới");
    let csv = |archive: &Archive| {
        let text = fs::read_to_string(archive.dir.path().join("2020/ket-qua.csv")).unwrap();
        text.replace("X-C;UBND xã Chi", "X-D;UBND xã Chi mới")
    };
    let archive = |events: &[(&str, &str)]| {
        let archive = Archive::new().book("don-vi.xlsx", events);
        let text = csv(&archive);
        archive
            .book("2019/ket-qua.xlsx", &[("Kết quả", &renamed(&Y2018.replace("2018", "2019")))])
            .file("2020/ket-qua.csv", text.as_bytes())
    };
    let sound = rename("01/07/2019");
    let told = archive(&[("Đơn vị", &units), ("Biến động", &sound)]).summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let far = rename("01/07/1919");
    let far = archive(&[("Đơn vị", &units), ("Biến động", &far)]);
    says(
        &far,
        "Biến động!A2 [T140] biến động ngày 01/07/1919, còn danh sách ghi X-D ngày 01/07/2019",
    );
    let untold = archive(&[("Đơn vị", &units)]).summary();
    let found = untold.record["phat-hien"].to_string();
    assert!(found.contains("L031"), "{found}");
    assert!(
        found.contains("X-D (UBND xã Chi mới) có từ ngày 01/07/2019, không biến động nào"),
        "{found}"
    );
    let other = units.replace("01/07/2019\t\t", "01/07/2019\t\tX-A");
    let other = archive(&[("Đơn vị", &other), ("Biến động", &sound)]);
    other.is_refused(
        "don-vi.xlsx: Đơn vị!G5",
        "T045",
        "X-A là tiền thân của X-D, mà trang Biến động",
    );
}

#[test]
fn points_that_do_not_come_to_the_index_are_said() {
    let slip = Y2018.replace("\t30\t40", "\t3\t40");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &slip)]);
    let line = "Kết quả!A5 [L033] Khối xã: cộng điểm lĩnh vực không ra chỉ số ở 1/3 đơn vị: X-C (43, ghi 70)";
    says(&archive, line);
    let told = archive.setting("ma = \"thu\"", "ma = \"thu\"\nxac-nhan = [\"2018\"]").summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let top = Y2018.replace("2 Thủ tục (60)", "2 Thủ tục (600)");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &top)]);
    says(&archive, "không ra chỉ số ở 3/3 đơn vị");
    // A bonus is in no area.
    let bonus = Y2018.replace("không xếp hạng\t1", "không xếp hạng\tĐiểm thưởng, trừ\t1");
    let bonus = bonus.replace("1\t\t40\t50", "1\t\t5\t40\t45").replace("2\t\t20", "2\t\t\t20");
    let bonus = bonus.replace("3\t\t30", "3\t\t\t30");
    let told = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &bonus)]).summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
}

#[test]
fn a_penalty_beyond_all_points_goes_through_the_years() {
    let penalty = Y2018.replace("không xếp hạng\t1", "không xếp hạng\tĐiểm thưởng, trừ\t1");
    let penalty = penalty.replace("1\t\t40\t50", "1\t\t\t40\t50").replace("2\t\t20", "2\t\t\t20");
    let penalty = penalty.replace("70\tKhá\t3\t\t30\t40", "-2,5\tKhá\t3\t\t-6,5\t2\t2");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &penalty)]);
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let unit = &told.record["don-vi"][2];
    // −2,5, 70 and 60.
    assert_eq!((&unit["trung-binh"], &unit["tang"]), (&"42.50".into(), &"62.50".into()));
    // The form of the history says the same again.
    let csv = fs::read(archive.dir.path().join("ket-qua/lich-su/2018.csv")).unwrap();
    assert!(String::from_utf8_lossy(&csv).contains("X-C,UBND xã Chi,xa,-2.50,Khá,3,,-6.5,2,2"));
    let mut again = archive.without("2018").file("2018/ket-qua.csv", &csv).summary();
    let mut first = told;
    for told in [&mut first, &mut again] {
        told.record.as_object_mut().unwrap().remove("dau-vao");
    }
    assert!(first.record == again.record);
    // Without the penalty it is a slip.
    let slip = Y2018.replace("70\tKhá", "-2,5\tKhá");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &slip)]);
    let said = archive.summary().said;
    assert!(said.contains("[L010] X-C: chỉ số -2,5, cần từ 0 đến 100"), "{said}");
}

#[test]
fn an_id_given_out_again_is_never_joined_in_silence() {
    let other = Y2018.replace("UBND xã Chi", "Trung tâm Văn hóa");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &other)]);
    let words =
        "X-C: tệp ghi «Trung tâm Văn hóa», danh sách ghi «UBND xã Chi»; mã dùng lại cho đơn vị";
    archive.is_refused("2018/ket-qua.xlsx: Kết quả!A5", "L032", words);
    let units = UNITS.replace("UBND xã Chi\t\t", "UBND xã Chi\tTrung tâm Văn hóa\t");
    let told = archive.book("don-vi.xlsx", &[("Đơn vị", &units)]).summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    // The name of a unit of another time.
    let gone = UNITS.to_owned() + "X-D\tUBND xã Đông\t\txa\t\t31/12/2017\t\n";
    let archive = Archive::new()
        .book("don-vi.xlsx", &[("Đơn vị", &gone)])
        .book("2018/ket-qua.xlsx", &[("Kết quả", &Y2018.replace("UBND xã Chi", "UBND xã Đông"))]);
    let said = archive.summary().said;
    assert!(
        said.contains("[L021] mã X-C là của «UBND xã Chi», tên «UBND xã Đông» là của X-D"),
        "{said}"
    );
}

#[test]
fn a_folder_that_is_not_named_after_its_year_alone_is_said() {
    let archive =
        Archive::new().without("2018").book("2018 cuoi/ket-qua.xlsx", &[("Kết quả", Y2018)]);
    says(&archive, "2018 cuoi/ [L034] Thư mục được đọc là kết quả năm 2018");
}

#[test]
fn what_says_nothing_and_days_that_do_not_fit_each_other_are_said() {
    for (from, to) in [
        ("dia-danh = \"Hạ Long\"", "dia-danh = \"-\""),
        ("ten = \"Cải cách thể chế\"", "ten = \"không\""),
        ("ma = \"thu\"", "ma = \"không\""),
    ] {
        let told = Archive::new().setting(from, to).summary();
        let is_said = told.said.contains("không được để trống");
        assert!(told.outcome == Outcome::Failed && is_said, "{to}: {}", told.said);
    }
    for (from, to, line) in [
        (
            "ngay-quyet-dinh = 2021-03-15",
            "ngay-quyet-dinh = 2022-03-15",
            "cách ngày tổng kết 15/03/2021 hơn nửa",
        ),
        ("so-nam-dat = 2", "muc-tang-toi-thieu = 0.01\nso-nam-dat = 2", "[T130]"),
    ] {
        says(&rules().setting(from, to), line);
    }
    let bare = rules().setting("can-cu = \"Nghị định số 38/2019/NĐ-CP\"", "can-cu = \"Nghị định\"");
    let line = "[T140] [[khen-thuong.luong-co-so]] thứ 1 tu: không đối chiếu được ngày 01/07/2019: căn cứ \
                «Nghị định» không ghi năm";
    says(&bare, line);
    let units = UNITS.replace("X-C\tUBND xã Chi\t\txa\t\t", "X-C\tUBND xã Chi\t\txa\t\t30/06/2115");
    let far = Archive::new().book("don-vi.xlsx", &[("Đơn vị", &units)]);
    says(
        &far,
        "don-vi.xlsx: Đơn vị!A4 [T140] X-C: ngày 30/06/2115 ở xa sau giai đoạn (đến năm 2020)",
    );
    let claims = Y2018.replace("2 Thủ tục (60)", "2 Thủ tục (60)\t2 tự chấm");
    let claims = claims.replace("40\t50", "40\t50\t0,5").replace("20\t60", "20\t60\t60");
    let claims = claims.replace("30\t40", "30\t40\t40");
    let claims = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &claims)]);
    says(&claims, "Kết quả!A3 [T130] X-A, mục 2: tự chấm 0,5, chưa bằng một phần mười của 50 điểm");
    let claims = claims.setting("ma = \"thu\"", "ma = \"thu\"\nxac-nhan = [\"X-A 2\", \"X-B 2\"]");
    let told = claims.summary().said;
    assert!(!told.contains("T130"), "{told}");
    assert!(told.contains("[T132] xac-nhan: «X-B 2» không xác nhận điều gì"), "{told}");
}

#[test]
fn columns_of_words_that_changed_places_are_known_by_what_they_hold() {
    let row = "X-B\tVũ Bình\t2020\tTham mưu tốt\tBằng khen của Chủ tịch UBND tỉnh";
    says(
        &awarding("X-B\tĐỗ Chi\t\tTham mưu tốt", "", row),
        "Đã khen!D2 [T109] 1 dòng có ô Hình thức khen ghi «Tham mưu tốt», ô Thành tích ghi «Bằng khen \
         của Chủ tịch UBND tỉnh»; có phải đổi chỗ?",
    );
    let rows = "X-A\t\tQĐ 5/QĐ-UBND\tBị kỷ luật\nX-B\tLê Thu\tQuyết định số 6\tBị khiếu nại";
    says(
        &awarding("X-B\tĐỗ Chi\t\tTham mưu tốt", rows, ""),
        "Không xét khen!D1 [T109] 2 dòng có ô Căn cứ ghi «Bị kỷ luật», ô Lý do ghi «QĐ 5/QĐ-UBND»",
    );
    let sound = "X-B\tVũ Bình\t2020\tGiấy khen\tTham mưu tốt";
    let rows =
        "X-A\t\tBị kỷ luật theo Quyết định số 5\tKết luận thanh tra\nX-B\tLê Thu\tBị khiếu nại\t";
    let told = awarding("X-B\tĐỗ Chi\t\tTham mưu tốt", rows, sound).summary();
    assert!(!told.said.contains("T109"), "{}", told.said);
}
