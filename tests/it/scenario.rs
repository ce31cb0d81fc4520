//! Scenarios: who would move under other rules.

use cchc::appraisal::AdjustmentKind::Bonus;
use cchc::cli::Outcome;
use cchc::round::settings::Compare;
use cchc::round::settings::Scenario;
use cchc::scenario::{Place, plain, play};

use crate::office::Office;
use crate::small::{Small, code, q, rule};

fn none() -> Scenario {
    Scenario { plain: false, ..plain() }
}

/// `A 1>2 90,00>88,00`, a star for an award.
fn told(small: &Small, scenario: &Scenario) -> Vec<String> {
    let side = |place: Option<Place>| {
        place.map_or(("–".to_owned(), "–".to_owned()), |it| {
            let star = if it.is_awarded { "*" } else { "" };
            (format!("{}{star}", it.rank), it.index.fixed(2))
        })
    };
    let moves = play(&small.round, &small.tally(), scenario).remove(0).moves;
    let line = |it: &cchc::scenario::Move| {
        let ((now, index), (then, other)) = (side(it.now), side(it.then));
        format!("{} {now}>{then} {index}>{other}", it.unit)
    };
    moves.iter().map(line).collect()
}

fn small() -> Small {
    Small::new()
        .item("1.1", "40")
        .item("1.2", "40")
        .survey_item("2.1", "20")
        .scored("A", &[("1.1", "40"), ("1.2", "KAD")])
        .scored("B", &[("1.1", "38"), ("1.2", "38")])
        .answer("A", "2.1", "50")
        .answer("B", "2.1", "20")
        .adjusted("A", Bonus, "1")
        .awards(vec![rule(1, "0.6")], Vec::new())
        .scoring(|it| it.assessed_min = q("0"))
}

#[track_caller]
fn check(small: &Small, scenario: &Scenario, expected: [&str; 2]) {
    assert_eq!(told(small, scenario), expected);
}

#[test]
fn each_change_moves_who_it_should() {
    // Now: A (40 + 10 + 1) ÷ 60, B (76 + 4) ÷ 100.
    let small = small();
    check(&small, &none(), ["A 1*>1* 85,00>85,00", "B 2>2 80,00>80,00"]);
    let scenario = Scenario { without_bonus: true, ..none() };
    check(&small, &scenario, ["A 1*>1* 85,00>83,33", "B 2>2 80,00>80,00"]);
    check(&small, &plain(), ["A 1*>2 85,00>51,00", "B 2>1* 80,00>80,00"]);
    // A ((40 × 50/80) + (10 × 50/20) + 1) ÷ (25 + 50), B (76 × 50/80 + 4 × 50/20) ÷ 100.
    let scenario = Scenario { survey_share: Some(q("50")), ..none() };
    check(&small, &scenario, ["A 1*>1* 85,00>68,00", "B 2>2 80,00>57,50"]);
    let scenario = Scenario { survey_share: Some(q("0")), ..none() };
    check(&small, &scenario, ["A 1*>1* 85,00>102,00", "B 2>2 80,00>95,00"]);
    let scenario = Scenario { without: vec![code("2")], ..none() };
    check(&small, &scenario, ["A 1*>1* 85,00>102,50", "B 2>2 80,00>95,00"]);
    let scenario = Scenario { without: vec![code("1.1"), code("2.1")], ..none() };
    check(&small, &scenario, ["A 1*>– 85,00>–", "B 2>1* 80,00>95,00"]);
    let shown = small.scoring(|it| it.index_places = 0);
    let scenario = Scenario { compare: Some(Compare::Shown), ..none() };
    check(&shown, &scenario, ["A 1*>1* 85,00>85,00", "B 2>2 80,00>80,00"]);
}

#[test]
fn equal_indices_stay_equal_when_shares_change() {
    let small = Small::new()
        .item("1.1", "70")
        .survey_item("2.1", "30")
        .scored("A", &[("1.1", "55.55")])
        .scored("B", &[("1.1", "55.55")])
        .answer("A", "2.1", "77")
        .answer("B", "2.1", "77");
    let scenario = Scenario { survey_share: Some(q("33.3")), ..none() };
    assert_eq!(told(&small, &scenario), ["A 1>1 78,65>78,57", "B 1>1 78,65>78,57"]);
}

#[test]
fn scenarios_are_written_apart_and_never_touch_the_results() {
    let office = Office::busy()
        .survey(&[("PB-NV", 60), ("PB-TP", 95), ("P-HT", 95), ("X-QL", 85)])
        .firm()
        .setting("bo = [\"8\"]", "bo = [\"2\"]");
    let before = office.run().results;
    let report = office.tell(&["run", "--kich-ban", "khac", "--kich-ban", "khong-thuong-tru"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(report.said.contains("Đã ghi 2 kịch bản vào"), "{}", report.said);
    assert!(report.results == before, "the results were touched");
    let bytes = std::fs::read(office.path("kich-ban/Kich-ban-2019.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).unwrap();
    let names = calamine::Reader::sheet_names(&book);
    assert_eq!(names, ["Kịch bản 1 khong-thuong-tru", "Kịch bản 2 khac"]);
    for name in names {
        let range = calamine::Reader::worksheet_range(&mut book, &name).unwrap();
        let is_said = |text: &str| range.used_cells().any(|cell| cell.2.to_string().contains(text));
        assert!(is_said("KHÔNG PHẢI KẾT QUẢ") && is_said("heo kịch bản này"), "{name}");
    }
    office.tell(&["run", "--kich-ban", "all"]);
    assert!(office.results() == before, "the results were touched");
}

#[test]
fn a_scenario_that_is_not_there_is_named_and_nothing_is_done() {
    let office = Office::busy().firm().setting("bo = [\"8\"]", "bo = [\"2\"]");
    let report = office.tell(&["run", "--kich-ban", "khacc"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(
        report.said,
        "Lỗi: không có kịch bản «khacc»; có phải «khac»?\nky.toml có: khong-thuong-tru, khac.\n"
    );
    let report = Office::busy().tell(&["run", "--kich-ban", "khac"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("ky.toml chưa khai kịch bản nào"), "{}", report.said);
    assert!(!office.path("kich-ban").exists() && report.results.is_empty());
}
