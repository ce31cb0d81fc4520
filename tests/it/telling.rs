//! The awards workbook and the feedback to one unit, as text.

use std::collections::BTreeMap;

use cchc::finding::{CellRef, Code, Finding, Place, form};
use cchc::report::{Edition, LIMITS};
use cchc::report::{awards, feedback};
use cchc::round::settings::TieAtCut;
use cchc::sheet::{Level, Sheet, Value, Workbook};

use crate::small::{Small, id, rule};

/// Three units, two of them equal; everyone nominates two persons.
const EDITION: Edition = Edition {
    inputs: &[],
    program: "cchc",
    seal: "3F2A-91BC-07DE",
    items: &BTreeMap::new(),
    examined: None,
    amendment: None,
    areas: &[],
    shortfalls: &[],
    oddities: None,
    limits: LIMITS,
};

fn tied(tie: TieAtCut) -> Small {
    let mut small = Small::new().item("1.1", "100");
    for (unit, points) in [("A", "95"), ("B", "90"), ("C", "90"), ("D", "50")] {
        small = small
            .scored(unit, &[("1.1", points)])
            .nominates(unit, &[&format!("An {unit}"), &format!("Bình {unit}")]);
        small = small.appraised(unit, &[("1.1", points)]);
    }
    let mut collectives = rule(2, "0.6");
    collectives.tie = tie;
    small.exclude("D", None, "đang bị kỷ luật").awards(vec![collectives], vec![rule(1, "0.3")])
}

fn value(cell: &Value) -> String {
    match cell {
        Value::Blank => String::new(),
        Value::Text(text) => text.clone(),
        Value::Whole(number) | Value::Money(number) => number.to_string(),
        Value::Points(points) => points.fixed(2),
        Value::Percent(percent) => percent.fixed(2),
        Value::Quantity(quantity) | Value::Decimal(quantity, _) => quantity.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Formula(_, result) => value(result),
    }
}

/// The rows of a sheet that hold anything, `a | b`.
fn lines(sheet: &Sheet) -> Vec<String> {
    let texts = sheet.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| value(&cell.value));
        cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ")
    });
    texts.filter(|line| !line.is_empty()).collect()
}

fn has(workbook: &Workbook, sheet: usize, part: &str) -> bool {
    lines(&workbook.sheets[sheet]).iter().any(|line| line.contains(part))
}

fn awards_of(small: &Small) -> Workbook {
    awards::workbook(&small.round, &small.tally(), &EDITION).unwrap()
}

#[test]
fn a_round_without_award_rules_has_no_awards_workbook() {
    let small = Small::new().item("1.1", "100").scored("A", &[("1.1", "95")]);
    assert!(awards::workbook(&small.round, &small.tally(), &EDITION).is_none());
}

#[test]
fn the_lists_add_up_and_say_the_sum_in_words() {
    let workbook = awards_of(&tied(TieAtCut::All));
    assert!(has(&workbook, 0, "Tổng cộng: 3 tập thể | 2700000"));
    assert!(has(&workbook, 0, "Bằng chữ: Hai triệu bảy trăm nghìn đồng."));
    assert!(has(&workbook, 1, "1 | An A | A |"));
    assert!(has(&workbook, 1, "Tổng cộng: 1 cá nhân | 450000"));
    assert!(has(&workbook, 2, "Tổng cộng | 3150000"));
}

#[test]
fn a_tie_is_told_with_its_ruling_and_who_lost_by_it() {
    let all = awards_of(&tied(TieAtCut::All));
    assert!(has(&all, 0, "Đồng hạng ở suất cuối"));
    assert!(has(&all, 2, "tập thể B; C: còn 1 suất, lấy hết"));
    let council = awards_of(&tied(TieAtCut::Council));
    assert!(has(&council, 0, "Tổng cộng: 1 tập thể | 900000"));
    assert!(has(&council, 2, "trình người có thẩm quyền quyết định"));
    assert!(has(&council, 3, "B | Khối | 2 | 90,00 | Đồng hạng ở suất cuối"));
    assert!(has(&council, 3, "Thuộc danh sách không xét khen: đang bị kỷ luật"));
}

#[test]
fn a_provisional_result_says_so_on_every_sheet() {
    let is_alarmed = |sheet: &Sheet| {
        sheet.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.role.level == Level::Alarm)
    };
    let sound = tied(TieAtCut::All);
    assert!(!awards_of(&sound).sheets.iter().any(is_alarmed));
    let small = sound.scored("E", &[("1.1", "10")]);
    assert!(awards_of(&small).sheets.iter().all(is_alarmed));
}

/// A unit with these findings on its form.
fn noticed(codes: &[Code]) -> Small {
    let small = Small::new().item("1.1", "100").scored("A", &[("1.1", "95")]).unit("B");
    small.with(|small| {
        let place = |row| Place::cell("nop/A.xlsx", "Phiếu tự chấm", CellRef::new(row, 7));
        let about = |row| Finding::of(place(row), form::TableAbsent {});
        let findings = (1..).zip(codes);
        small.intake.findings = findings.map(|(row, code)| about(row).under(*code)).collect();
    })
}

#[test]
fn a_unit_hears_the_gravest_first_and_only_of_its_own_files() {
    let small = noticed(&[Code::TextCleaned, Code::EvidenceMissing, Code::ScoreOutOfRange]);
    let tally = small.tally();
    let noticed = tally.findings_by_unit();
    assert_eq!(noticed.keys().collect::<Vec<_>>(), [&&id("A")]);
    let unit = |name: &str| small.round.register.unit(&id(name)).unwrap();
    assert!(feedback::workbook(&small.round, unit("B"), &tally, &[]).is_none());
    let workbook = feedback::workbook(&small.round, unit("A"), &tally, &noticed[&id("A")]).unwrap();
    let codes: Vec<String> = lines(&workbook.sheets[0])
        .iter()
        .filter_map(|line| line.rsplit_once(" | P").map(|(_, code)| code.to_owned()))
        .collect();
    assert_eq!(codes, ["052", "080", "096"]);
    assert!(has(&workbook, 1, "1.1 | Tiêu chí 1.1 | 100,00 | 95,00"));
    assert!(has(&workbook, 1, "Chỉ số (%) | 95,00"));
    assert!(has(&workbook, 2, "Cộng | 5,00"));
    cchc::excel::write(&workbook).unwrap();
}

#[test]
fn a_letter_tells_the_way_of_what_lost_points_unless_all_is_asked_for() {
    let small = Small::new().item("1.1", "50").item("1.2", "30").item("2.1", "20");
    let mut small = small.scored("A", &[("1.1", "50"), ("1.2", "25"), ("2.1", "20")]);
    let headings = |small: &Small| -> Vec<String> {
        let finding = Finding::of(Place::file("nop/A.xlsx"), form::TableAbsent {});
        let unit = &small.round.register.units[0];
        let book = feedback::workbook(&small.round, unit, &small.tally(), &[&finding]).unwrap();
        let told = lines(book.sheets.last().unwrap());
        told.into_iter().filter(|it| it.contains("(tối đa")).collect()
    };
    let short = headings(&small);
    assert_eq!(short.len(), 3, "an item and two areas: {short:?}");
    assert!(short[0].starts_with("1.2 "));
    small.round.settings.is_way_whole = true;
    assert_eq!(headings(&small).len(), 5, "three items and two areas");
}

#[test]
fn a_unit_with_nothing_noticed_gets_no_letter() {
    let small = noticed(&[]);
    let unit = &small.round.register.units[0];
    assert!(small.tally().findings_by_unit().is_empty());
    assert!(feedback::workbook(&small.round, unit, &small.tally(), &[]).is_none());
}
