//! What the reader of survey results makes of what comes back.

use cchc::book::Book;
use cchc::excel;
use cchc::finding::Findings;
use cchc::handout;
use cchc::points::Quantity;
use cchc::sheet::{Level, Value, Workbook};
use cchc::survey;
use cchc::survey::{Survey, layout};

use crate::pages::{book, page, said};
use crate::small::{Small, code, id, q};

const HEAD: &str = "Mã đơn vị | Mã | Tỷ lệ hài lòng (%) | Số phiếu trả lời";

/// Two survey items; A and B have forms, C has none.
fn small() -> Small {
    Small::new()
        .item("1.1", "2")
        .survey_item("2.1", "5")
        .survey_item("2.2", "5")
        .scored("A", &[("1.1", "2")])
        .scored("B", &[("1.1", "2")])
        .unit("C")
}

fn workbook(file: &str, rows: &str) -> Book {
    book(file, vec![page(layout::SHEET, &format!("KHẢO SÁT\n{HEAD}\n{rows}"))])
}

const FULL: &str =
    "A | 2.1 | 92,5 | #100\nA | 2.2 | #80 | 100\nB | 2.1 | #0 | #99\nB | 2.2 | #100 | #99";

fn read(books: &[Book]) -> (Option<Survey>, Findings) {
    let small = small();
    let mut findings = Findings::default();
    let survey = survey::read(books, &small.round, &small.intake, &mut findings);
    findings.sort();
    (survey, findings)
}

#[track_caller]
fn check(rows: &str, expected: &[&str]) {
    let (_, findings) = read(&[workbook("a.xlsx", rows)]);
    assert_eq!(said(&findings), expected, "{rows}");
}

/// The full table with A's first row replaced.
#[track_caller]
fn check_first(row: &str, expected: &[&str]) {
    check(&format!("{row}\n{}", FULL.split_once('\n').unwrap().1), expected);
}

#[test]
fn a_full_table_has_every_answer_and_no_findings() {
    let (survey, findings) = read(&[workbook("a.xlsx", FULL)]);
    assert_eq!(findings, []);
    let answers = survey.unwrap().answers;
    assert_eq!(answers.len(), 4);
    let answer = &answers[&(id("A"), code("2.1"))];
    assert_eq!((answer.percent, answer.count), (q("92.5"), 100));
    assert!(read(&[]).0.is_none());
}

#[test]
fn another_table_or_another_round_is_refused() {
    let other = book("a.xlsx", vec![page("Khảo sát", "Mã đơn vị | Mã | Số phiếu trả lời")]);
    let (survey, findings) = read(&[other]);
    assert!(survey.is_none());
    assert_eq!(said(&findings), ["S001 A1 Thiếu cột «Tỷ lệ hài lòng (%)»"]);

    let mut old = workbook("a.xlsx", FULL);
    old.pages.push(page("_cchc", "mau-khao-sat | 1\nky | cchc-2018"));
    let (survey, findings) = read(&[old]);
    assert!(survey.is_none());
    let message = "S001  Bảng khảo sát của kỳ cchc-2018, không phải kỳ cchc-2019";
    assert_eq!(said(&findings), [message]);

    let other = book("a.xlsx", vec![page("Trang1", "Báo cáo")]);
    assert_eq!(said(&read(&[other]).1), ["S001  Thiếu trang «Khảo sát»"]);
}

#[test]
fn strange_units_and_items_are_named_once() {
    let with = |row: &str| format!("{FULL}\n{row}");
    check(
        &with("X | 2.1 | #90 | #9\nX | 2.2 | #90 | #9"),
        &["S002 A7 Mã đơn vị không có trong don-vi.xlsx: X (2 dòng)"],
    );
    check(&with("A | 2.9 | #90 | #9"), &["S003 B7 Bộ chỉ số không có tiêu chí 2.9"]);
    check(&with("A | 1.1 | #90 | #9"), &["S003 B7 1.1 không phải tiêu chí khảo sát"]);
    check(&with("A | #2.1 | #90 | #9"), &["S003 B7 Mã bị đổi thành số: 2,1"]);
    check(&with("X | 2.1 | |\nNgười tổng hợp | | |\nC | 2.1 | #90 | #9"), &[]);
}

#[test]
fn a_result_out_of_bounds_is_one_finding_and_not_also_missing() {
    check_first(
        "A | 2.1 | #120 | #100",
        &["S004 C3 A, 2.1 – Tỷ lệ hài lòng (%) không nằm trong khoảng 0 đến 100: 120"],
    );
    check_first(
        "A | 2.1 | 92,5% | #0",
        &["S004 C3 A, 2.1 – Tỷ lệ hài lòng (%) không phải là số: 92,5%; \
           Số phiếu trả lời không phải là số nguyên lớn hơn 0: 0"],
    );
    check_first("A | 2.1 | #90 |", &["S004 D3 A, 2.1 – Ô Số phiếu trả lời bỏ trống"]);
}

#[test]
fn far_more_answers_than_elsewhere_are_doubted() {
    let rows =
        |last: &str| format!("A | 2.1 | #90 | #66\nA | 2.2 | #80 | #60\nB | 2.1 | #85 | {last}");
    check(&rows("#600"), &["S005  B (B) – thiếu kết quả: 2.2"]);
    let said = "T130 C5 6600 phiếu trả lời, gấp hơn mười lần số thường gặp (66)";
    check(&rows("#6600"), &["S005  B (B) – thiếu kết quả: 2.2", said]);
}

#[test]
fn a_column_of_fractions_is_not_taken_for_percent() {
    let rows = "A | 2.1 | #0.925 | #9\nA | 2.2 | #1 | #9\nB | 2.1 | #0 | #9\nB | 2.2 | #0.5 | #9";
    let (survey, findings) = read(&[workbook("a.xlsx", rows)]);
    assert!(survey.unwrap().answers.is_empty());
    let message = "S004 C3 Tỷ lệ hài lòng đều không quá 1, như 0,925: cột này ghi theo phần trăm, \
                   ví dụ 92,5";
    assert_eq!(said(&findings), [message]);
}

#[test]
fn fractions_among_percentages_are_not_taken_for_percent() {
    check(
        "A | 2.1 | #0.925 | #9\nA | 2.2 | #80 | #9\nB | 2.1 | #0 | #9\nB | 2.2 | #85 | #9",
        &["S004 C3 Tỷ lệ hài lòng ghi 0,925: cột này ghi theo phần trăm, ví dụ 92,5"],
    );
    let rows = "A | 2.1 | #0.925 | #9\nA | 2.2 | #1 | #9\nB | 2.1 | #0 | #9\nB | 2.2 | #85 | #9";
    let (survey, findings) = read(&[workbook("a.xlsx", rows)]);
    assert_eq!(survey.unwrap().answers.len(), 2);
    let message = "S004 C3 Tỷ lệ hài lòng không quá 1 ở 2 ô (C3, C4), như 0,925: cột này ghi theo \
                   phần trăm, ví dụ 92,5";
    assert_eq!(said(&findings), [message]);
}

#[test]
fn means_of_a_scale_are_not_taken_for_percent() {
    let rows =
        "A | 2.1 | 4,2 | #100\nA | 2.2 | #80 | 100\nB | 2.1 | #3.9 | #99\nB | 2.2 | #3 | #99";
    let (survey, findings) = read(&[workbook("a.xlsx", rows)]);
    let expected = [
        "S004 C3 2.1 – tỷ lệ hài lòng cao nhất là 4,2: có vẻ là điểm trung bình trên thang 5, \
         không phải phần trăm",
        "S007 C6 B, 2.2 – tỷ lệ hài lòng 3 %: có phải điểm trung bình trên thang 5?",
    ];
    assert_eq!(said(&findings), expected);
    let answers = survey.unwrap().answers;
    assert_eq!(
        answers.keys().cloned().collect::<Vec<_>>(),
        [(id("A"), code("2.2")), (id("B"), code("2.2")),]
    );
    let ten = "A | 2.1 | 8,5 | #100\nB | 2.1 | #7.9 | #99";
    assert!(said(&read(&[workbook("a.xlsx", ten)]).1).concat().contains("trên thang 10"));
    let tenth =
        "A | 2.1 | 94,3 | #64\nA | 2.2 | #80 | 64\nB | 2.1 | 9,43 | #64\nB | 2.2 | #80 | 64";
    assert_eq!(
        said(&read(&[workbook("a.xlsx", tenth)]).1),
        ["S007 C5 B, 2.1 – tỷ lệ hài lòng 9,43 %: có phải điểm trung bình trên thang 10?"]
    );
}

#[test]
fn missing_results_are_one_finding_a_unit_or_one_for_an_empty_table() {
    let half = FULL.rsplit_once("\nB | 2.1").unwrap().0;
    check(half, &["S005  B (B) – thiếu kết quả: 2.1, 2.2"]);
    check("A | 2.1 | |\nB | 2.1 | |", &["S005  Bảng khảo sát chưa có kết quả nào"]);
}

#[test]
fn results_that_differ_are_not_chosen_between() {
    let same = format!("{FULL}\nA | 2.1 | #92.5 | #100");
    check(&same, &[]);
    let other = format!("{FULL}\nA | 2.1 | #50 | #100\nA | 2.2 | #50 | #100");
    let (survey, findings) = read(&[workbook("a.xlsx", &other)]);
    let message = "S006 C7 A – 2.1, 2.2 được ghi khác nhau, xem a.xlsx: Khảo sát!C3";
    assert_eq!(said(&findings), [message]);
    assert_eq!(survey.unwrap().answers.len(), 2);
}

#[test]
fn a_result_once_in_doubt_is_not_settled_by_a_later_row() {
    #[track_caller]
    fn check(rows: &str) {
        let (survey, findings) = read(&[workbook("a.xlsx", rows)]);
        assert_eq!(findings.len(), 1, "{:?}", said(&findings));
        let answers = survey.unwrap().answers;
        assert!(!answers.contains_key(&(id("A"), code("2.1"))), "{rows}");
        assert_eq!(answers.len(), 3);
    }
    check(&format!("{FULL}\nA | 2.1 | #50 | #100\nA | 2.1 | 92,5 | #100"));
    check(&format!("A | 2.1 | #120 | #100\n{FULL}"));
}

/// What comes back of the table that `fill` fills in.
fn returned(fill: impl FnOnce(&mut Workbook)) -> Book {
    let mut workbook = handout::survey_form::workbook(&small().round);
    fill(&mut workbook);
    let bytes = excel::write(&workbook).unwrap();
    excel::read("khao-sat/khao-sat.xlsx", &bytes).unwrap().book
}

#[test]
fn a_blank_table_read_back_lacks_only_its_results() {
    let (survey, findings) = read(&[returned(|_| ())]);
    assert!(survey.unwrap().answers.is_empty());
    assert_eq!(said(&findings), ["S005  Bảng khảo sát chưa có kết quả nào"]);
}

#[test]
fn a_filled_table_reads_as_it_was_filled() {
    let (survey, findings) = read(&[returned(|workbook| {
        let cells = workbook.sheets[0].rows.iter_mut().flat_map(|row| &mut row.cells);
        let inputs = cells.filter(|cell| cell.role == Level::Input.right());
        for (number, cell) in (60..).zip(inputs) {
            cell.value = Value::Quantity(Quantity::whole(number));
        }
    })]);
    assert_eq!(findings, []);
    let answers = survey.unwrap().answers;
    assert_eq!(answers.len(), 6);
    let answer = &answers[&(id("A"), code("2.2"))];
    assert_eq!((answer.percent, answer.count), (q("62"), 63));
}
