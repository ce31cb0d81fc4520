//! Who is who: nominations, exclusions and namesakes. Nobody is commended of
//! whom it is not certain who is meant.

use cchc::excel;
use cchc::handout::blank_form::{Answers, Nomination};
use cchc::handout::round_books;
use cchc::sheet::Value;

use super::office::{NAMESAKES, Office, Report, honest};

const AWARDS: &str = include_str!("../../templates/ky.toml");

const UNITS: &str = "\
Mã đơn vị\tTên đơn vị\tTên khác\tKhối
PB-NV\tPhòng Nội vụ\t\tphong-ban
PB-TP\tPhòng Tư pháp\t\tphong-ban
P-HT\tUBND phường Hà Tu\tP. Hà Tu\tphuong-xa
X-QL\tUBND xã Quảng La\t\tphuong-xa
";

fn person(name: &str) -> Nomination {
    Nomination {
        name: name.to_owned(),
        post: "Chuyên viên".to_owned(),
        achievement: "Hoàn thành xuất sắc nhiệm vụ".to_owned(),
        ..Nomination::default()
    }
}

fn nominating(names: &[&str]) -> Answers {
    let individuals = names.iter().map(|it| person(it)).collect();
    Answers { individuals, ..honest(9) }
}

/// Forms of two units with these persons, and these exclusions.
fn office(of_nv: &[&str], of_tp: &[&str], excluded: &str) -> Office {
    ruled(of_nv, of_tp, excluded, "")
}

/// The same, with what is known of who is who.
fn ruled(of_nv: &[&str], of_tp: &[&str], excluded: &str, rulings: &str) -> Office {
    let exclusions = format!("Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n{excluded}");
    let namesakes = format!("{NAMESAKES}{rulings}");
    let register = round_books::register(UNITS, &exclusions, &namesakes, 2019);
    let register = excel::write(&register).unwrap();
    assert!(AWARDS.contains("[[khen-thuong.ca-nhan]]"), "the template commends persons");
    Office::new()
        .form("nop/PB-NV.xlsx", "PB-NV", &nominating(of_nv))
        .form("nop/PB-TP.xlsx", "PB-TP", &nominating(of_tp))
        .file("don-vi.xlsx", &register)
}

fn commended(report: &Report) -> Vec<String> {
    let record = report.record();
    let persons = record["khen-thuong"]["ca-nhan"].as_array().cloned().unwrap_or_default();
    persons.iter().map(|it| it["ho-ten"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_exclusion_holds_however_the_name_is_written() {
    let excluded =
        "PB-NV\tNguyễn Văn An\tĐang bị kỷ luật\tQĐ 1\nPB-TP\tÔng Lê Bình Minh\tKỷ luật\tQĐ 2";
    let report = office(&["Ông Nguyễn Văn An – Phó phòng"], &["lê  bình minh"], excluded).run();
    assert_eq!(commended(&report), [""; 0], "{}", report.said);
    assert!(!report.codes().contains(&"K021".to_owned()), "{}", report.said);
}

#[test]
fn an_exclusion_that_matches_nobody_names_the_nearest() {
    let report = office(&["Nguyễn Văn An"], &[], "PB-NV\tNguyễn Văn Ân\tKỷ luật\tQĐ 1").run();
    assert!(
        report.said.contains(
            "[K021] PB-NV: không ai tên «Nguyễn Văn Ân» được đề nghị; có phải «Nguyễn Văn An»?"
        ),
        "{}",
        report.said
    );
}

/// Who is declined, with the words of the reason.
fn declined(report: &Report) -> Vec<(String, String)> {
    let record = report.record();
    let all = record["khen-thuong"]["khong-xet"].as_array().cloned().unwrap_or_default();
    let text = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let all = all.iter().map(|it| (text(it, "ho-ten"), text(it, "ly-do")));
    all.filter(|(person, _)| !person.is_empty()).collect()
}

#[test]
fn whoever_is_nearly_excluded_waits_for_an_answer() {
    for person in ["Nguyen Van An", "Nguyễn Văn Ân", "NguyễnVăn An", "N V An", "Nguyễn An"]
    {
        let excluded = format!("PB-NV\t{person}\tKỷ luật\tQĐ 1");
        let ruled =
            |ruling: &str| ruled(&["Nguyễn Văn An", "Lê Bình"], &[], &excluded, ruling).run();
        let waiting = ruled("");
        assert_eq!(commended(&waiting), ["Lê Bình"], "{person}: {}", waiting.said);
        let an = |reason: &str| [("Nguyễn Văn An".to_owned(), reason.to_owned())];
        assert_eq!(declined(&waiting), an("chua-ro"), "{person}");
        assert!(
            waiting.said.contains(&format!(
                "[K021] PB-NV: không ai tên «{person}» được đề nghị; có phải «Nguyễn Văn An»? \
                 Chưa trả lời thì chưa xét khen: Nguyễn Văn An (Phòng Nội vụ)"
            )),
            "{}",
            waiting.said
        );
        let basis = waiting.sheet("Khen-thuong-2019.xlsx", "Không xét");
        assert!(basis.contains(&format!("Có thể là «{person}»")), "{basis}");

        let other = ruled(&format!("Nguyễn Văn An; {person}\tPB-NV\tngười khác"));
        assert_eq!(commended(&other), ["Nguyễn Văn An"], "{person}: {}", other.said);
        let same = ruled(&format!("Nguyễn Văn An; {person}\tPB-NV\tcùng người"));
        assert_eq!(declined(&same), an("loai-tru"), "{person}: {}", same.said);
        for report in [other, same] {
            let codes = report.codes();
            assert!(!codes.iter().any(|it| it == "K021" || it == "K024"), "{}", report.said);
        }
    }
}

#[test]
fn an_exclusion_of_one_unit_may_be_of_a_like_name_in_another_only_without_one_of_its_own() {
    let excluded = "PB-NV\tNguyen Van An\tKỷ luật\tQĐ 1";
    let elsewhere = office(&["Lê Bình"], &["Nguyễn Văn An"], excluded).run();
    assert_eq!(commended(&elsewhere), ["Lê Bình"], "{}", elsewhere.said);
    let own = office(&["Nguyễn Văn An"], &["Nguyễn Văn Ân"], excluded).run();
    assert_eq!(commended(&own), ["Nguyễn Văn Ân"], "{}", own.said);
    let nobody = office(&["Trần Thu Hà"], &[], excluded).run();
    assert_eq!(commended(&nobody), ["Trần Thu Hà"], "{}", nobody.said);
}

#[test]
fn one_name_with_and_without_marks_in_a_unit_is_asked_about() {
    let names = ["Nguyễn Văn An", "Nguyen Van An"];
    let two =
        |ruling: &str| ruled(&names, &[], "", ruling).setting("moi-don-vi = 1 ", "moi-don-vi = 2 ");
    let asked = two("").run();
    assert_eq!(commended(&asked), [""; 0]);
    let said = "[K020] Phòng Nội vụ đề nghị cả «Nguyen Van An»; có phải «Nguyễn Văn An»?";
    assert!(asked.said.contains(said), "{}", asked.said);
    let one = two("Nguyễn Văn An; Nguyen Van An\tPB-NV\tcùng người").run();
    assert_eq!(commended(&one), ["Nguyễn Văn An"], "{}", one.said);
    let others = two("Nguyễn Văn An; Nguyen Van An\tPB-NV\tngười khác").run();
    assert_eq!(commended(&others), names, "{}", others.said);
}

#[test]
fn a_ruling_that_answers_nothing_is_said() {
    let ruling = "Nguyễn Văn An\tPB-NV; PB-TP\tcùng người";
    let report = ruled(&["Lê Bình"], &[], "", ruling).run();
    assert!(report.said.contains("[K024] Trùng tên Nguyễn Văn An: "), "{}", report.said);
}

#[test]
fn one_name_in_two_units_is_asked_about_and_nobody_is_commended_meanwhile() {
    let report = office(&["Nguyễn Văn An"], &["Bà Nguyễn Văn An"], "").run();
    assert_eq!(commended(&report), [""; 0]);
    assert_eq!(report.codes().iter().filter(|it| *it == "K020").count(), 2, "{}", report.said);
}

#[test]
fn an_excluded_name_nominated_by_another_unit_is_asked_about() {
    let report = office(&[], &["Nguyễn Văn An"], "PB-NV\tNguyễn Văn An\tKỷ luật\tQĐ 1").run();
    assert_eq!(commended(&report), [""; 0]);
    assert!(
        report.said.contains("[K020] Nguyễn Văn An được Phòng Tư pháp đề nghị"),
        "{}",
        report.said
    );
}

#[test]
fn what_says_no_is_no_nomination() {
    for no in ["Không", "không đề nghị", "-", "0", "n/a", "chưa có"] {
        let report = office(&[no], &[], "").run();
        assert_eq!(commended(&report), [""; 0], "{no}: {}", report.said);
    }
}

#[test]
fn who_is_not_certain_is_never_commended() {
    for name in [
        "Phòng Nội vụ",
        "Trưởng phòng",
        "N.V. An",
        "An",
        "Nguyễn Văn An và Lê Thị Bình",
        "Nguyễn Văn An\nLê Thị Bình",
    ] {
        let report = office(&[name], &[], "").run();
        assert_eq!(commended(&report), [""; 0], "{name}");
        assert!(report.codes().contains(&"P100".to_owned()), "{name}: {}", report.said);
    }
}

#[test]
fn a_word_in_place_of_a_person_does_not_exclude_the_whole_unit() {
    let report = office(&[], &[], "PB-NV\tkhông\tKỷ luật\tQĐ 1").run();
    assert!(
        report.said.contains("[T022] Họ và tên không phải của một người: «không»"),
        "{}",
        report.said
    );
}

#[test]
fn a_table_of_nominations_that_is_not_understood_is_an_error() {
    let rename = |workbook: &mut cchc::sheet::Workbook, from: &str, to: &str| {
        let rows = workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.rows);
        for cell in rows.flat_map(|row| &mut row.cells) {
            if cell.value == Value::Text(from.to_owned()) {
                cell.value = Value::Text(to.to_owned());
            }
        }
    };
    let with = |label: &str| {
        Office::new().edited("nop/PB-NV.xlsx", "PB-NV", &nominating(&["Nguyễn Văn An"]), |book| {
            rename(book, "Họ và tên", label);
        })
    };
    assert_eq!(commended(&with("Họ tên").run()), ["Nguyễn Văn An"]);
    let office = Office::new();
    let twofold =
        office.edited("nop/PB-NV.xlsx", "PB-NV", &nominating(&["Nguyễn Văn An"]), |book| {
            rename(book, "Năm", "Họ tên");
        });
    for strange in [with("Ai").run(), twofold.run()] {
        assert!(strange.codes().contains(&"P101".to_owned()), "{}", strange.said);
        assert_eq!(commended(&strange), [""; 0]);
    }
}
