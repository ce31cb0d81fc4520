//! What the reader of appraisal workbooks makes of what appraisers do.

use cchc::appraisal;
use cchc::appraisal::AdjustmentKind::{Bonus, Penalty};
use cchc::appraisal::Appraisal;
use cchc::appraisal::layout;
use cchc::book::{Book, RawValue};
use cchc::excel;
use cchc::finding::Findings;
use cchc::handout;
use cchc::round::criteria::Origin;
use cchc::round::rule::Rule;
use cchc::round::settings::BlankAppraisal;
use cchc::score::Lack;
use cchc::sheet::{Cell, Level, Role, Sheet, Value, Workbook};

use crate::pages::{book, page, said};
use crate::small::{Small, code, edit_claim, id, pts};

const HEAD: &str = "Mã đơn vị | Mã | Điểm tự chấm | Điểm thẩm định | Lý do";
const ADJUSTED: &str = "Mã đơn vị | Loại | Điểm | Lý do | Căn cứ";

/// An item of 2 points, yes or no; one of 3, a quarter each; one for the
/// survey. A claims 2 and 1.5, B claims 0 and that nothing arose.
fn small() -> Small {
    Small::new()
        .item("1.1", "2")
        .node("1.2", "3", Origin::Appraised, Rule::PerItem { each: pts("0.25") })
        .survey_item("2.1", "5")
        .scored("A", &[("1.1", "2"), ("1.2", "1.5")])
        .scored("B", &[("1.1", "0"), ("1.2", "0/0")])
        .unit("C")
}

fn workbook(file: &str, rows: &str, adjusted: &str) -> Book {
    let identity = page(IDENTITY, "mau-tham-dinh | 1\nky | cchc-2019\nkhoi | khoi");
    let scores = page(layout::SCORES, &format!("BẢNG THẨM ĐỊNH\n{HEAD}\n{rows}"));
    let adjusted = page(layout::ADJUSTMENTS, &format!("{ADJUSTED}\n{adjusted}"));
    book(file, vec![scores, adjusted, identity])
}

const IDENTITY: &str = "_cchc";

/// Everything appraised as claimed.
const AGREED: &str = "A | 1.1 | #2 | #2 |\nA | 1.2 | #1.5 | #1.5 |\nB | 1.1 | #0 | #0 |";

fn read(small: &Small, books: &[Book]) -> (Appraisal, Findings) {
    let (appraisal, findings) = read_any(small, books);
    (appraisal.unwrap_or_default(), findings)
}

fn read_any(small: &Small, books: &[Book]) -> (Option<Appraisal>, Findings) {
    let mut findings = Findings::default();
    let appraisal = appraisal::read(books, &small.round, &small.intake, &mut findings);
    findings.sort();
    (appraisal, findings)
}

#[track_caller]
fn check(rows: &str, expected: &[&str]) {
    let (_, findings) = read(&small(), &[workbook("a.xlsx", rows, "")]);
    assert_eq!(said(&findings), expected, "{rows}");
}

/// The agreed rows with A's first row replaced.
#[track_caller]
fn check_first(row: &str, expected: &[&str]) {
    let rest = AGREED.split_once('\n').unwrap().1;
    check(&format!("{row}\n{rest}"), expected);
}

#[test]
fn a_finished_workbook_has_a_score_for_every_item_and_no_findings() {
    let adjusted = "A | thưởng | 0,5 | Có sáng kiến | QĐ 7\nB | Trừ | #1 | Chậm báo cáo | CV 3";
    let (appraisal, findings) = read(&small(), &[workbook("a.xlsx", AGREED, adjusted)]);
    assert_eq!(findings, []);
    let rows: Vec<_> = appraisal.rows.keys().map(|(unit, item)| format!("{unit} {item}")).collect();
    assert_eq!(rows, ["A 1.1", "A 1.2", "B 1.1"]);
    assert_eq!(appraisal.scores.len(), 3);
    assert_eq!(appraisal.scores[&(id("A"), code("1.2"))].points, pts("1.5"));
    let kinds: Vec<_> = appraisal.adjustments.iter().map(|it| (it.kind, it.points)).collect();
    assert_eq!(kinds, [(Bonus, pts("0.5")), (Penalty, pts("1"))]);
    assert!(read_any(&small(), &[]).0.is_none());
}

#[test]
fn a_line_of_bonus_or_penalty_set_aside_keeps_its_unit_provisional() {
    let adjusted = "A | trừ | #1 | | CV 3";
    let (appraisal, findings) = read(&small(), &[workbook("a.xlsx", AGREED, adjusted)]);
    assert_eq!(said(&findings).len(), 1);
    assert!(appraisal.doubtful.contains(&id("A")) && !appraisal.is_doubtful);
    let adjusted = "Q | trừ | #1 | Chậm | CV 3";
    let (appraisal, _) = read(&small(), &[workbook("a.xlsx", AGREED, adjusted)]);
    assert!(appraisal.doubtful.is_empty() && appraisal.is_doubtful);
}

#[test]
fn a_row_that_says_two_units_gives_points_to_neither() {
    let rows = "A | B | 1.1 | #2 | #2 |";
    let mut book = workbook("a.xlsx", "", "");
    let head = "Mã đơn vị | Đơn vị | Mã | Điểm tự chấm | Điểm thẩm định | Lý do";
    book.pages[0] = page(layout::SCORES, &format!("BẢNG THẨM ĐỊNH\n{head}\n{rows}"));
    let (appraisal, findings) = read(&small(), &[book]);
    assert!(appraisal.scores.is_empty());
    assert!(findings.iter().any(|it| it.code.info().id == "D020"));
}

#[test]
fn a_workbook_of_something_else_is_refused_whole() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut Book), expected: &str) {
        let mut book = workbook("a.xlsx", AGREED, "");
        change(&mut book);
        let (appraisal, findings) = read_any(&small(), &[book]);
        assert!(appraisal.is_none());
        assert_eq!(said(&findings), [expected]);
    }
    let identity = |text: &'static str| move |book: &mut Book| book.pages[2] = page(IDENTITY, text);
    check(|book| book.pages.truncate(2), "D001  Tệp không có dấu nhận diện của bảng thẩm định");
    check(
        identity("mau-tham-dinh | 1\nky | cchc-2018\nkhoi | khoi"),
        "D001  Bảng thẩm định của kỳ cchc-2018, không phải kỳ cchc-2019",
    );
    check(
        identity("mau-tham-dinh | 1\nky | cchc-2019\nkhoi | xa"),
        "D001  Khối của bảng thẩm định không có trong ky.toml: xa",
    );
    check(
        identity("mau-tham-dinh | 2\nky | cchc-2019\nkhoi | khoi"),
        "D001  Bảng thẩm định theo phiên bản mẫu khác: 2",
    );
    check(
        |book| book.pages[0] = page(layout::SCORES, "Mã đơn vị | Mã | Điểm tự chấm | Lý do"),
        "D001 A1 Thiếu cột «Điểm thẩm định»",
    );
    let twice = "Mã đơn vị | Mã | Điểm tự chấm | Điểm thẩm định | Lý do | Điểm thẩm định";
    check(
        |book| book.pages[0] = page(layout::SCORES, twice),
        "D001 F1 Cột «Điểm thẩm định» xuất hiện hai lần",
    );
    check(|book| drop(book.pages.remove(1)), "D001  Thiếu trang «Thưởng, trừ điểm»");
}

#[test]
fn a_renamed_sheet_is_found_by_its_table() {
    let mut book = workbook("a.xlsx", AGREED, "");
    book.pages[0].name = "Sheet1".to_owned();
    assert_eq!(read(&small(), &[book]).1, []);
}

#[test]
fn an_overwritten_column_of_ids_is_one_finding() {
    let rows = "X | 1.1 | | #1 |\nX | 1.2 | | #1 |";
    let lost = [
        "D002 A3 Mã đơn vị không có trong don-vi.xlsx: X (2 dòng)",
        "D010  A (A) – không có dòng nào trong bảng thẩm định; \
         chạy lại cchc appraise để lập bảng bổ sung",
        "D010  B (B) – không có dòng nào trong bảng thẩm định; \
         chạy lại cchc appraise để lập bảng bổ sung",
    ];
    let (_, findings) = read(&small(), &[workbook("a.xlsx", rows, "")]);
    let mut said = said(&findings);
    said.sort();
    assert_eq!(said, lost);
}

#[test]
fn a_unit_without_a_form_is_named_once_and_not_counted() {
    let rows = format!("{AGREED}\nC | 1.1 | | #1 |\nC | 1.2 | | #1 |");
    check(&rows, &["D003 A6 C (C) – có điểm trong bảng thẩm định, không có phiếu"]);
}

#[test]
fn a_strange_item_is_named_and_a_note_under_the_table_is_not() {
    let with = |row: &str| format!("{AGREED}\n{row}");
    check(&with("A | 1.9 | | #1 |"), &["D004 B6 Bộ chỉ số không có tiêu chí 1.9"]);
    check(&with("A | #1.1 | | #1 |"), &["D004 B6 Mã bị đổi thành số: 1,1"]);
    check(
        &with("A | 2.1 | | #1 |"),
        &["D004 B6 2.1 lấy điểm từ kết quả khảo sát, không thẩm định"],
    );
    check(&with("Người thẩm định | | | |\nA | 2.1 | | |"), &[]);
    check(&with("A | | | #1 |"), &["D004 B6 Ô mã tiêu chí bỏ trống"]);
}

#[test]
fn one_score_one_verdict() {
    let number = "D005 D3 A, 1.1 – Điểm thẩm định không phải là số: đạt";
    check_first("A | 1.1 | #2 | đạt |", &[number]);
    check_first("A | 1.1 | #2 | #2.5 |", &["D006 D3 A, 1.1 – điểm thẩm định 2,5 (tối đa 2)"]);
    check_first("A | 1.1 | #2 | -1 |", &["D006 D3 A, 1.1 – điểm thẩm định -1 (tối đa 2)"]);
    check_first("A | 1.1 | #2 | #1 | x", &["D007 D3 A, 1.1 – điểm thẩm định 1 (các mức: 0; 2)"]);
    check_first("A | 1.1 | #2 | #0 |", &["D008 E3 A, 1.1 – điểm thẩm định 0 (tự chấm 2)"]);
    check_first("A | 1.1 | #2 | #0 | Không có kế hoạch", &[]);
    let fine = format!("{AGREED}\nA | 1.2 | #1.5 | 1,375 | x");
    let fine = fine.replace("A | 1.2 | #1.5 | #1.5 |\n", "");
    check(&fine, &["D015 D5 A, 1.2 – điểm thẩm định 1,375 (nhiều nhất 2 số lẻ)"]);
}

#[test]
fn a_score_with_an_error_leaves_the_claim_provisional() {
    let rows = AGREED.replace("A | 1.1 | #2 | #2 |", "A | 1.1 | #2 | #5 |");
    let small = small();
    let (appraisal, _) = read(&small, &[workbook("a.xlsx", &rows, "")]);
    assert_eq!(appraisal.scores.get(&(id("A"), code("1.1"))).map(|it| it.points), None);
    let small = small.with(|it| it.appraisal = Some(appraisal));
    assert_eq!(small.card("A").lacks, [Lack::Appraisal, Lack::Survey]);
}

#[test]
fn two_appraisers_may_share_a_workbook_but_not_disagree() {
    let half = AGREED.replace("A | 1.2 | #1.5 | #1.5 |", "A | 1.2 | #1.5 | |");
    let books = |second: &str| [workbook("a.xlsx", &half, ""), workbook("b.xlsx", second, "")];
    assert_eq!(read(&small(), &books(AGREED)).1, []);

    let other = AGREED.replace("A | 1.1 | #2 | #2 |", "A | 1.1 | #2 | #0 | Không có");
    let (appraisal, findings) = read(&small(), &books(&other));
    assert_eq!(said(&findings), ["D009 D3 A – 1.1 được ghi khác nhau, xem a.xlsx: Thẩm định!D3"],);
    assert!(!appraisal.scores.contains_key(&(id("A"), code("1.1"))));
}

#[test]
fn a_copy_counts_once() {
    let adjusted = "A | thưởng | #0.5 | Có sáng kiến | QĐ 7";
    let copy = [workbook("a.xlsx", AGREED, adjusted), workbook("b.xlsx", AGREED, adjusted)];
    let (appraisal, findings) = read(&small(), &copy);
    assert_eq!(said(&findings), ["D016  Tệp giống hệt a.xlsx"]);
    assert_eq!(appraisal.adjustments.len(), 1);

    let edited = [copy[0].clone(), workbook("b.xlsx", &format!("{AGREED}\n\nGhi chú"), adjusted)];
    let (appraisal, findings) = read(&small(), &edited);
    let same = "D011 C2 A: dòng giống hệt a.xlsx: Thưởng, trừ điểm!C2";
    assert_eq!(said(&findings), [same]);
    assert_eq!(appraisal.adjustments.len(), 1);
}

#[test]
fn the_same_bonus_in_another_spelling_is_one_or_a_question() {
    let read = |one: &str, other: &str| {
        let books = [workbook("a.xlsx", AGREED, one), workbook("b.xlsx", AGREED, other)];
        let (appraisal, findings) = read(&small(), &books);
        let codes: Vec<&str> = findings.iter().map(|it| it.code.info().id).collect();
        (codes.join(" "), appraisal.adjustments.len(), appraisal.doubtful.contains(&id("A")))
    };
    let first = "A | thưởng | 0,5 | Có sáng kiến cấp tỉnh | QĐ 7";
    let check = |other: &str, expected: (&str, usize, bool)| {
        let (codes, count, doubt) = read(first, other);
        assert_eq!((codes.as_str(), count, doubt), expected, "{other}");
    };
    check("A | Thưởng | #0.5 | có  sáng kiến cấp tỉnh | qđ 7", ("D011", 1, false));
    check("A | thưởng | 0,5 | Co sang kien cap tinh | QĐ 7", ("D023", 1, true));
    check("A | thưởng | 0,5 | Có sáng kiến | Quyết định số 7", ("D023", 1, true));
    check("A | thưởng | 0,5 | Có sáng kiến cấp tỉn | ", ("D023", 1, true));
    check("A | thưởng | 1 | Có sáng kiến cấp tỉnh | QĐ 7", ("D023", 1, true));
    // Another decision, another thing, another kind, another unit.
    check("A | thưởng | 0,5 | Có sáng kiến cấp tỉnh | QĐ 8", ("", 2, false));
    check("A | thưởng | 0,5 | Đứng đầu khối thi đua | QĐ 7", ("", 2, false));
    check("A | trừ | 0,5 | Có sáng kiến cấp tỉnh | QĐ 7", ("", 2, false));
    check("B | thưởng | 0,5 | Có sáng kiến cấp tỉnh | QĐ 7", ("", 2, false));
}

#[test]
fn a_unit_not_appraised_yet_is_one_finding() {
    let blank = AGREED.replace("#2 | #2 |", "#2 | |").replace("#1.5 | #1.5 |", "#1.5 | |");
    check(&blank, &["D010 D3 A (A) – chưa có điểm thẩm định nào (2 tiêu chí)"]);
    let half = AGREED.replace("#1.5 | #1.5 |", "#1.5 | |");
    check(&half, &["D010 D4 A (A) – chưa thẩm định 1 tiêu chí: 1.2"]);
    let lost = AGREED.replace("A | 1.2 | #1.5 | #1.5 |\n", "");
    check(&lost, &["D010  A (A) – chưa thẩm định 1 tiêu chí: 1.2"]);
}

#[test]
fn a_blank_is_agreement_where_the_round_says_so() {
    let blank = AGREED.replace("#2 | #2 |", "#2 | |").replace("#1.5 | #1.5 |", "#1.5 | |");
    let small = small().scoring(|it| it.blank_appraisal = BlankAppraisal::Agrees);
    let (appraisal, findings) = read(&small, &[workbook("a.xlsx", &blank, "")]);
    assert_eq!(findings, []);
    assert_eq!(appraisal.scores[&(id("A"), code("1.2"))].points, pts("1.5"));

    // Words beside a blank are a question, unless they agree.
    let worded = blank.replace("A | 1.1 | #2 | |", "A | 1.1 | #2 | | đề nghị 0 điểm");
    let (appraisal, findings) = read(&small, &[workbook("a.xlsx", &worded, "")]);
    let unclear = "D021 D3 A, 1.1 – ô điểm để trống (nghĩa là đồng ý) mà ghi «đề nghị 0 điểm»";
    assert_eq!(said(&findings), [unclear]);
    assert!(!appraisal.scores.contains_key(&(id("A"), code("1.1"))));
    let agreed = blank.replace("A | 1.1 | #2 | |", "A | 1.1 | #2 | | đồng ý");
    assert_eq!(read(&small, &[workbook("a.xlsx", &agreed, "")]).1, []);

    // What was agreed to is what was seen; an error is never agreement.
    let seen = blank.replace("A | 1.1 | #2 | |", "A | 1.1 | #0 | |");
    let (appraisal, findings) = read(&small, &[workbook("a.xlsx", &seen, "")]);
    let outdated = "D014 C3 A – dòng trong bảng khác phiếu hiện tại: 1.1 (điểm tự chấm)";
    assert_eq!(said(&findings), [outdated]);
    assert!(!appraisal.scores.contains_key(&(id("A"), code("1.1"))));
    let wrong = blank.replace("A | 1.1 | #2 | |", "A | 1.1 | #2 | đạt |");
    let (appraisal, _) = read(&small, &[workbook("a.xlsx", &wrong, "")]);
    assert!(!appraisal.scores.contains_key(&(id("A"), code("1.1"))));
}

#[test]
fn an_adjustment_says_everything_wrong_with_it_in_one_finding() {
    #[track_caller]
    fn check(row: &str, expected: &[&str]) {
        let (_, findings) = read(&small(), &[workbook("a.xlsx", AGREED, row)]);
        assert_eq!(said(&findings), expected);
    }
    check("A | thưởng | 0,5 | | ", &["D011 D2 Ô Lý do bỏ trống"]);
    check("A | thưởng | 0,05 | Sáng kiến |", &["T130 C2 0,05 điểm thưởng, trừ ít khác thường"]);
    check("A | thưởng | 0,5 | - |", &["T120 D2 Ô Lý do chỉ ghi «-»"]);
    check(
        "A | thưởng | 0,5 | Sáng kiến | có",
        &["T122 E2 Ô Căn cứ chỉ ghi «có», chưa nói điều gì"],
    );
    check(
        "X | cộng | 0 | Sáng kiến |",
        &["D011 A2 Mã đơn vị không có trong don-vi.xlsx: X; Loại không phải một trong các từ \
           thưởng, trừ: cộng; Điểm phải lớn hơn 0, nhiều nhất 2 số lẻ: 0"],
    );
    check("A | trừ | -1 | Chậm |", &["D011 C2 Điểm phải lớn hơn 0, nhiều nhất 2 số lẻ: -1"]);
    check("A | trừ | một | Chậm |", &["D011 C2 Điểm không phải là số: một"]);
    check("Người lập bảng | | | |", &[]);
    check("A | | | |", &[]);
    check(" | | | Ghi chú: đã đối chiếu |", &[]);
    check("A | | | Sáng kiến |", &["D011 B2 Chưa ghi loại; Ô Điểm bỏ trống"]);
}

#[test]
fn a_sum_above_the_cap_is_said() {
    let told = |second: &str| {
        let adjusted =
            format!("A | thưởng | #1.5 | Một | QĐ 7\nA | thưởng | #{second} | Hai | QĐ 8");
        let small = small();
        let (appraisal, _) = read(&small, &[workbook("a.xlsx", AGREED, &adjusted)]);
        said(&small.with(|it| it.appraisal = Some(appraisal)).tally().findings)
    };
    assert!(told("1").contains(&"D012 C3 A: tổng điểm thưởng 2,5 vượt mức tối đa 2".into()));
    assert!(!told("0.5").iter().any(|it| it.starts_with("D012")));
}

#[test]
fn an_item_that_does_not_apply_is_not_appraised() {
    let with = |score: &str| format!("{AGREED}\nB | 1.2 | KAD | {score} |");
    check(&with("#1"), &["D013 D6 B, 1.2 – không áp dụng, điểm: 1"]);
    check(&with("KAD"), &[]);
    check(&with(""), &[]);
}

#[test]
fn a_form_that_changed_since_is_one_finding_a_unit() {
    let rows = "A | 1.1 | #0 | #2 |\nA | 1.2 | KAD | #1.5 |\nB | 1.1 | #0 | #0 |";
    check(
        rows,
        &[
            "D014 C3 A – dòng trong bảng khác phiếu hiện tại: 1.1 (điểm tự chấm), 1.2 (điểm tự chấm)",
        ],
    );
}

/// What comes back of a workbook that `fill` fills in.
fn returned(small: &Small, fill: impl FnOnce(&mut Workbook)) -> Book {
    let bloc = &small.round.settings.blocs[0];
    let mut workbook = handout::appraisal_form::workbook(&small.round, bloc, &small.intake);
    fill(&mut workbook);
    let bytes = excel::write(&workbook).unwrap();
    excel::read("tham-dinh/tham-dinh-khoi.xlsx", &bytes).unwrap().book
}

/// The cells of one role on a sheet, row by row.
fn cells_of(sheet: &mut Sheet, role: Role) -> impl Iterator<Item = &mut Cell> {
    let cells = sheet.rows.iter_mut().flat_map(|row| &mut row.cells);
    cells.filter(move |cell| cell.role == role)
}

#[test]
fn a_blank_workbook_read_back_lacks_only_its_scores() {
    let small = small();
    let book = returned(&small, |_| ());
    let lacking = |at: &str, unit: &str, items: u32| {
        format!("D010 {at} {unit} ({unit}) – chưa có điểm thẩm định nào ({items} tiêu chí)")
    };
    let (appraisal, findings) = read(&small, &[book]);
    let spots: Vec<String> = findings.iter().map(|it| it.place.spot()).collect();
    assert_eq!(said(&findings), [lacking(&spots[0], "A", 2), lacking(&spots[1], "B", 1)]);
    assert!(appraisal.scores.is_empty() && appraisal.adjustments.is_empty());

    let agrees = small.scoring(|it| it.blank_appraisal = BlankAppraisal::Agrees);
    let (appraisal, findings) = read(&agrees, &[returned(&agrees, |_| ())]);
    assert_eq!(findings, []);
    assert_eq!(appraisal.scores.len(), 3);
}

#[test]
fn a_filled_workbook_reads_as_it_was_filled() {
    let claimed = ["2", "1.25", "0"];
    let (appraisal, findings) = read(
        &small(),
        &[returned(&small(), |workbook| {
            for (cell, points) in
                cells_of(&mut workbook.sheets[0], Level::Input.right()).zip(claimed)
            {
                cell.value = Value::Points(pts(points));
            }
            for cell in cells_of(&mut workbook.sheets[0], Level::Input.left()) {
                cell.value = Value::Text("=Thiếu văn bản".to_owned());
            }
        })],
    );
    assert_eq!(findings, []);
    let scores: Vec<_> = appraisal.scores.values().map(|it| it.points).collect();
    assert_eq!(scores, claimed.map(pts));
    assert_eq!(appraisal.scores[&(id("A"), code("1.2"))].reason, "=Thiếu văn bản");
}

#[test]
fn text_from_a_form_stays_text() {
    let small = small().edit_form("A", |form| {
        edit_claim(form, "1.1", |it| it.evidence = "=HYPERLINK(\"x\")".into());
    });
    let book = returned(&small, |_| ());
    let cells = book.pages[0].cells.values();
    let evidence: Vec<_> =
        cells.filter(|it| it.value == RawValue::Text("=HYPERLINK(\"x\")".to_owned())).collect();
    assert_eq!(evidence.len(), 1);
    assert!(!evidence[0].is_formula);
}

#[test]
fn a_bloc_without_forms_has_a_workbook_that_says_so() {
    let small = Small::new().item("1.1", "2").unit("A");
    let book = returned(&small, |_| ());
    let text = RawValue::Text("Chưa có phiếu nào của khối được tính".to_owned());
    assert!(book.pages[0].cells.values().any(|cell| cell.value == text));
    assert_eq!(read(&small, &[book]).1, []);
}
