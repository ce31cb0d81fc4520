//! Small slips of clerks that once went through: whatever is not read, not meant
//! or not certain is said where it stands.

use std::fs;

use cchc::excel;
use cchc::finding::Findings;
use cchc::handout::blank_form::{Answers, Nomination};
use cchc::handout::round_books;
use cchc::sheet::{Cell, Level, Value, Workbook};
use cchc::survey::layout;

use super::history::{Archive, UNITS, Y2018};
use super::office::{Office, Report, honest};
use super::pages::{book, page, said};
use super::small::Small;

#[track_caller]
fn says(report: &Report, words: &str) {
    assert!(report.said.contains(words), "no «{words}» in:\n{}", report.said);
}

#[test]
fn a_file_that_no_folder_of_the_round_reads_is_said() {
    let office = Office::busy();
    let set = fs::read(office.path("bo-chi-so/phong-ban.xlsx")).unwrap();
    let report = office
        .file("tham-dinh/tham-dinh-phong-ban.xlsm", &set)
        .file("khao-sat/2019/khao-sat.ods", b"PK")
        .file("khao-sat/ghi-chu.pdf", b"%PDF")
        .run();
    says(
        &report,
        "tham-dinh/tham-dinh-phong-ban.xlsm [T111] Không được đọc: ở thư mục này chỉ đọc",
    );
    says(&report, "khao-sat/2019/khao-sat.ods [T111]");
    assert!(!report.said.contains("ghi-chu.pdf"), "{}", report.said);
}

#[test]
fn last_rounds_record_under_another_name_is_no_missing_record() {
    for name in ["ky-truoc/ket-qua-2018.json", "ky-truoc/2018/ket-qua.json"] {
        let report = Office::busy().file(name, b"{}").run();
        says(&report, &format!("{name} [T110] Không được đọc; có phải «ket-qua.json»?"));
    }
    let report = Office::busy().file("ky-truoc/Tong-hop-2018.xlsx", b"PK").run();
    says(&report, "ky-truoc/Tong-hop-2018.xlsx [T111]");
}

#[test]
fn two_files_of_one_set_are_named() {
    let office = Office::busy();
    let set = fs::read(office.path("bo-chi-so/phong-ban.xlsx")).unwrap();
    let report = office.file("bo-chi-so/cu/phong-ban.xlsx", &set).run();
    says(
        &report,
        "bo-chi-so/phong-ban.xlsx [T110] Bộ chỉ số «phong-ban» cũng có ở bo-chi-so/cu/phong-ban.xlsx",
    );
}

#[test]
fn a_round_or_a_set_of_another_year_by_its_title_is_asked() {
    let report = Office::busy()
        .setting("cải cách hành chính năm 2019\"", "cải cách hành chính 2018\"")
        .run();
    says(&report, "ten: ghi năm 2018, còn năm được đánh giá là 2019");
}

fn nominating(name: &str, achievement: &str) -> Answers {
    let person = Nomination {
        name: name.to_owned(),
        post: "Chuyên viên".to_owned(),
        achievement: achievement.to_owned(),
        ..Nomination::default()
    };
    Answers { individuals: vec![person], ..honest(9) }
}

const WELL: &str = "Hoàn thành xuất sắc";

#[test]
fn nobody_is_commended_who_is_not_one_person_or_no_longer_proposed() {
    let check = |name: &str, achievement: &str, words: &str| {
        let answers = nominating(name, achievement);
        let report = Office::new().form("nop/PB-NV.xlsx", "PB-NV", &answers).run();
        says(&report, &format!("[P100] {words}"));
        assert!(!report.record()["khen-thuong"]["ca-nhan"].to_string().contains("ho-ten"));
    };
    check("Lê An\tTrần Bình", WELL, "«Lê An Trần Bình»: nhiều người trong một dòng");
    check("Lê Thị An Trần Văn Bình", WELL, "«Lê Thị An Trần Văn Bình»: nhiều người");
    check("như trên", WELL, "«như trên»: họ và tên chưa đủ");
    check("Lê Thị An", "Xin rút đề nghị", "«Lê Thị An»: dòng ghi «Xin rút đề nghị»");
}

fn edited(edit: impl FnOnce(&mut Workbook)) -> Report {
    Office::new().edited("nop/PB-NV.xlsx", "PB-NV", &nominating("Lê Thị An", "Tốt"), edit).run()
}

/// Writes a text right of the last cell of the row that holds this one.
fn beside(workbook: &mut Workbook, sheet: usize, holds: &str) {
    let is_held = |it: &Cell| matches!(&it.value, Value::Text(text) if text == holds);
    let rows = &mut workbook.sheets[sheet].rows;
    let row = rows.iter_mut().find(|row| row.cells.iter().any(is_held)).unwrap();
    row.cells.resize_with(14, || Cell::text("", Level::Plain));
    row.cells[13] = Cell::text("xin rút", Level::Plain);
}

#[test]
fn what_stands_beside_the_tables_of_a_form_is_said() {
    says(&edited(|it| beside(it, 0, "1.1")), "[P116] 1 ô bên phải bảng không được đọc: N");
    says(&edited(|it| beside(it, 1, "Lê Thị An")), "[P116] 1 ô bên phải bảng không được đọc: N");
    says(&edited(|it| drop(it.sheets.remove(1))), "[P119]");
    let sound = edited(|_| {});
    assert!(!sound.said.contains("[P116]") && !sound.said.contains("[P119]"), "{}", sound.said);
}

#[test]
fn a_row_that_takes_itself_back_is_asked() {
    let units = "Mã đơn vị\tTên đơn vị\tTên khác\tKhối\tBộ chỉ số\tNgười đứng đầu\tChức vụ\t\
        Từ ngày\tĐến ngày\tĐơn vị tiền thân\tMiễn đánh giá\n\
        PB-NV\tPhòng Nội vụ\t\tphong-ban\t\t\t\t\t\t\tvẫn đánh giá bình thường\n\
        PB-TP\tPhòng Tư pháp\t\tphong-ban\n\
        P-HT\tUBND phường Hà Tu\tP. Hà Tu\tphuong-xa\n\
        X-QL\tUBND xã Quảng La\t\tphuong-xa\n";
    let nobody = "Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n\
        PB-TP\tcả đơn vị\tĐã hết thời hạn kỷ luật\tQĐ 1\n";
    let register = |units: &str| {
        excel::write(&round_books::register(units, nobody, super::office::NAMESAKES, 2019)).unwrap()
    };
    let report = Office::busy().file("don-vi.xlsx", &register(units)).run();
    says(&report, "Đơn vị!K2 [T123] Ô Miễn đánh giá ghi «vẫn đánh giá bình thường»");
    says(&report, "Không xét khen!C2 [T123] Ô Lý do ghi «Đã hết thời hạn kỷ luật»");
    let number = units.replace("vẫn đánh giá bình thường", "0,5");
    let report = Office::busy().file("don-vi.xlsx", &register(&number)).run();
    says(&report, "Đơn vị!K2 [T122] Ô Miễn đánh giá chỉ ghi «0,5»");
}

fn survey(rows: &str) -> Vec<String> {
    let small = Small::new()
        .item("1.1", "2")
        .survey_item("2.1", "5")
        .survey_item("2.2", "5")
        .scored("A", &[("1.1", "2")]);
    let book = book("a.xlsx", vec![page(layout::SHEET, rows)]);
    let mut findings = Findings::default();
    cchc::survey::read(&[book], &small.round, &small.intake, &mut findings);
    said(&findings)
}

#[test]
fn a_survey_of_another_year_is_asked() {
    const TABLE: &str = "Mã đơn vị | Mã | Tỷ lệ hài lòng (%) | Số phiếu trả lời\n\
        A | 2.1 | #92 | #100\nA | 2.2 | #80 | #100";
    let year = Small::new().round.settings.year;
    assert_eq!(survey(&format!("KHẢO SÁT NĂM {year}\n{TABLE}")), [""; 0]);
    let last = year - 1;
    assert_eq!(
        survey(&format!("KHẢO SÁT NĂM {last}\n{TABLE}")),
        [format!("T140 A1 «KHẢO SÁT NĂM {last}» ghi năm {last}, còn năm được đánh giá là {year}")]
    );
}

#[test]
fn a_code_beside_another_items_title_is_no_result() {
    let rows = |title: &str| {
        survey(&format!(
            "Mã đơn vị | Mã | Nội dung | Tỷ lệ hài lòng (%) | Số phiếu trả lời\n\
             A | 2.1 | {title} | #92 | #100\nA | 2.2 | Tiêu chí 2.2 | #80 | #100"
        ))
    };
    assert_eq!(rows("Tiêu chí 2.1"), [""; 0]);
    assert_eq!(rows("Lời khác"), [""; 0]);
    let said = rows("Tiêu chí 2.2");
    let words = "Mã 2.1 đứng cạnh nội dung «Tiêu chí 2.2» của tiêu chí 2.2";
    assert!(said.iter().any(|it| it.starts_with("S003 B2") && it.ends_with(words)), "{said:?}");
}

#[test]
fn figures_of_a_summary_are_judged_beside_those_of_other_years() {
    let city = |rows: &[(i16, &str, &str)]| {
        let section = |(year, index, rank): &(i16, &str, &str)| {
            format!(
                "[[thanh-pho]]\nnam = {year}\nchi-so = {index}\nhang = {rank}\nnguon = \"QĐ\"\n"
            )
        };
        let text: String = rows.iter().map(section).collect();
        Archive::new().setting("[[bo-chi-so]]", &format!("{text}[[bo-chi-so]]")).summary()
    };
    let sound = city(&[(2018, "71.4", "9"), (2019, "74.85", "8"), (2020, "78", "7")]);
    assert!(!sound.said.contains("[T130]"), "{}", sound.said);
    let far = city(&[(2018, "17.4", "90"), (2019, "74.85", "8"), (2020, "78", "7")]);
    let words = "chi-so: 17,4 khác xa các năm bên cạnh (năm 2019: 74,85, năm 2020: 78)";
    assert!(far.said.contains(words), "{}", far.said);
    assert!(far.said.contains("hang: 90 khác xa các năm bên cạnh"), "{}", far.said);
    let nought = city(&[(2018, "71.4", "0")]);
    assert!(nought.said.contains("hang: cần số nguyên từ 1"), "{}", nought.said);
}

#[test]
fn an_indicator_lacks_no_year_in_silence() {
    let indicator = |values: &[(i16, i64)]| {
        let value = |(year, value): &(i16, i64)| format!("{{ nam = {year}, gia-tri = {value} }},");
        let values: String = values.iter().map(value).collect();
        let text = format!(
            "[[chi-tieu]]\nten = \"Văn bản\"\ndon-vi-tinh = \"văn bản\"\nchieu = \"tang\"\n\
             tinh = \"cong-don\"\nnguon = \"QĐ\"\nso-lieu = [{values}]\n"
        );
        Archive::new().setting("[[bo-chi-so]]", &format!("{text}[[bo-chi-so]]")).summary().said
    };
    let sound = indicator(&[(2018, 40), (2019, 42), (2020, 46)]);
    assert!(!sound.contains("[T130]"), "{sound}");
    let gap = indicator(&[(2018, 40), (2020, 46)]);
    assert!(gap.contains("so-lieu: thiếu số liệu năm 2019"), "{gap}");
    let slip = indicator(&[(2018, 40), (2019, 420), (2020, 42)]);
    assert!(slip.contains("gia-tri: 420 khác xa các năm bên cạnh"), "{slip}");
}

#[test]
fn a_unit_that_ends_on_the_day_of_the_first_year_is_told_to_end() {
    let units = UNITS.replace("UBND xã Chi\t\txa\t\t\t", "UBND xã Chi\t\txa\t\t31/12/2018\t");
    let less = |year: &str| {
        let text = Y2018.replace("2018", year);
        let lines: Vec<&str> = text.lines().filter(|it| !it.starts_with("X-C")).collect();
        lines.join("\n")
    };
    let (y2019, y2020) = (less("2019"), less("2020"));
    let y2020 = y2020.replace("1 Thể chế", "1 Thủ tục").replace("2 Thủ tục", "2 Thể chế");
    let told = Archive::new()
        .without("2020")
        .book("don-vi.xlsx", &[("Đơn vị", &units)])
        .book("2019/ket-qua.xlsx", &[("Kết quả", &y2019)])
        .book("2020/ket-qua.xlsx", &[("Kết quả", &y2020)])
        .summary();
    assert!(told.record["phat-hien"].to_string().contains("L031"), "{}", told.said);
}

#[test]
fn a_bloc_that_no_year_knows_a_unit_in_is_said() {
    let told = Archive::new()
        .setting(
            "[[noi-dung]]",
            "[[khoi]]\nma = \"phuong\"\nten = \"Phường\"\nxep-loai = [\"Tốt\"]\n[[noi-dung]]",
        )
        .setting("khoi = [\"xa\"]\ntu-nam = 2018", "khoi = [\"xa\", \"phuong\"]\ntu-nam = 2018")
        .setting("khoi = [\"xa\"]\ntu-nam = 2020", "khoi = [\"xa\", \"phuong\"]\ntu-nam = 2020")
        .book(
            "don-vi.xlsx",
            &[("Đơn vị", &UNITS.replace("UBND xã Chi\t\txa", "UBND xã Chi\t\tphuong"))],
        )
        .summary();
    let words = "[L030] X-C ghi khối phuong, mà kết quả các năm đều ghi khối xa";
    assert!(told.said.contains(words), "{}", told.said);
}

#[test]
fn an_earlier_award_of_no_year_is_asked() {
    let check = |year: &str, is_said: bool| {
        let rows = format!(
            "Mã đơn vị\tHọ và tên\tNăm\tHình thức khen\tThành tích\tCăn cứ\n\
             X-A\tcả đơn vị\t{year}\tGiấy khen\tDẫn đầu khối\tQĐ 1\n"
        );
        let told = Archive::new().book("khen-thuong.xlsx", &[("Đã khen", &rows)]).summary();
        assert_eq!(told.said.contains("[T140] năm khen"), is_said, "{year}: {}", told.said);
    };
    check("2018", false);
    check("năm 2018", false);
    check("2028", true);
    check("18", true);
}
