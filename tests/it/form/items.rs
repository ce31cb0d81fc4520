//! One cell of one item at a time.

use cchc::book::{RawCell, RawValue};
use cchc::finding::CellRef;
use cchc::form::layout::{self, Column};
use cchc::form::{Claimed, NotApplicable};
use cchc::points::Points;
use cchc::text::legacy::Encoding;

use super::invented;
use super::sent::{Sent, text};

/// A score of item 1.2 (có/không, 0,5 điểm), typed as `value`.
#[track_caller]
fn score(value: RawValue, expected: &str) {
    Sent::good().score("1.2", value).only(expected);
}

/// A score that is accepted, and the codes of what is said about it.
#[track_caller]
fn taken(code: &str, value: RawValue, points: Points, codes: &[&str]) {
    let sent = Sent::good().score(code, value);
    assert_eq!(sent.claimed(code), Claimed::Points(points));
    assert_eq!(sent.codes(), codes);
}

#[test]
fn numbers_typed_as_text_are_understood_with_a_note() {
    let (half, three) = (Points::scaled(5, 1), Points::scaled(75, 2));
    taken("1.2", text("0,5"), half, &["P060"]);
    taken("1.2", text("0.5"), half, &["P060"]);
    taken("1.2", text("\u{a0}0,5\u{a0}"), half, &["P060"]);
    taken("1.2", text("０，５"), half, &["P060"]);
    taken("1.2", text("½"), half, &["P060"]);
    taken("1.2", text("'0,5"), half, &["P060"]);
    taken("1.2", RawValue::Number(0.5 + 4e-17), half, &[]);
    taken("1.1.2", RawValue::Number(0.1 + 0.65), three, &[]);
}

#[test]
fn a_note_about_a_habit_is_made_once_a_form() {
    let sent = Sent::good().score("1.2", text("0,5")).score("1.1.2", text("0,75"));
    let said = sent.said();
    assert_eq!(said, ["P060 H14 Số gõ dạng chữ: 2 ô"]);
}

#[test]
fn a_score_that_is_not_certain_is_refused_in_its_cell() {
    score(
        text("chín"),
        "P051 H16 1.2 – Điểm không phải là số: «chín» (các mức: có (0,5); không (0))",
    );
    score(text("95%"), "P051 H16 1.2 – Điểm không phải là số: «95%»");
    score(text("1-2"), "P051 H16 1.2 – Điểm không phải là số: «1-2»");
    score(text("-"), "P051 H16 1.2 – Điểm không phải là số: «-»");
    score(text("x"), "P051 H16 1.2 – Điểm không phải là số: «x» (các mức: có (0,5); không (0))");
    score(
        RawValue::Bool(true),
        "P051 H16 1.2 – Điểm không phải là số: «TRUE» (các mức: có (0,5); không (0))",
    );
    score(RawValue::Date(43_586.0), "P051 H16 1.2 – Điểm đã bị Excel đổi thành ngày: «01/05/2019»");
    score(text("1.234"), "P059 H16 1.2 – Điểm có thể hiểu hai cách: «1.234»");
    score(RawValue::Error("#REF!".to_owned()), "P057 H16 1.2 – Ô điểm báo lỗi: «#REF!»");
    score(RawValue::Missing, "P058 H16 1.2 – Công thức chưa có kết quả");
    score(text(" "), "P050 H16 1.2 – Chưa tự chấm điểm");
    score(RawValue::Number(0.75), "P052 H16 1.2 – Điểm nằm ngoài thang điểm: 0,75 (tối đa 0,5)");
    score(RawValue::Number(-0.5), "P052 H16 1.2 – Điểm nằm ngoài thang điểm: -0,5 (tối đa 0,5)");
    score(
        RawValue::Number(0.25),
        "P053 H16 1.2 – Điểm không phải một trong các mức: 0,25 (các mức: 0; 0,5)",
    );
    score(RawValue::Number(1e308), "P051 H16 1.2 – Điểm không phải là số: «1e308»");
    Sent::good().emptied("1.2", Column::Score).only("P050 H16 1.2 – Chưa tự chấm điểm");
}

#[test]
fn a_score_beside_or_below_its_cell_is_pointed_at() {
    let beside = Sent::good().emptied("1.2", Column::Score);
    beside
        .clone()
        .typed("1.2", Column::Day, RawValue::Number(0.5))
        .only("P061 G16 1.2 – Điểm ghi ở ô này (0,5), ô điểm để trống");
    beside
        .typed("1.2", Column::Evidence, text("0,5"))
        .only("P061 I16 1.2 – Điểm ghi ở ô này (0,5), ô điểm để trống");
    // Twelve is no score of this line but the number of a document.
    Sent::good()
        .emptied("1.2", Column::Score)
        .typed("1.2", Column::Evidence, text("12"))
        .only("P050 H16 1.2 – Chưa tự chấm điểm");
}

#[test]
fn a_score_on_a_row_put_in_below_a_computed_one_is_not_dropped_in_silence() {
    let row = Sent::good().row("1.1.3") + 1;
    let below = |at: CellRef| CellRef::new(at.row + u32::from(row <= at.row), at.col);
    let sent = Sent::good().moved(|at| Some(below(at)));
    let sent = sent.put(CellRef::new(row, 1), RawCell::plain(text("Việc làm thêm")));
    let sent =
        sent.put(CellRef::new(row, Column::Score.printed()), RawCell::plain(RawValue::Number(0.5)));
    let sent =
        sent.only("P061 H16 1.1.3 – Tính từ số liệu được 1,8, dòng dưới không có mã lại ghi 0,5");
    assert_eq!(sent.claimed("1.1.3"), Claimed::Faulty);
}

#[test]
fn many_blanks_have_one_cause() {
    let mut sent = Sent::good();
    for code in ["1.1.1", "1.1.3", "1.3", "1.10", "2.2", "2.3", "2.4", "2.5", "2.7"] {
        for column in [Column::Numerator, Column::Denominator, Column::Count, Column::Day] {
            sent = sent.emptied(code, column);
        }
    }
    let said = sent.said();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("P070 G13 9 dòng chưa ghi đủ số liệu: 1.1.1 (G13), 1.1.3 (D15)"));
}

#[test]
fn an_item_of_the_legal_list_takes_no_score_and_no_other_item_is_exempt() {
    let listed = Claimed::NotApplicable(NotApplicable::Listed);
    assert_eq!(Sent::good().claimed("2.1"), listed);
    assert_eq!(Sent::good().score("2.1", text("Không áp dụng")).claimed("2.1"), listed);
    Sent::good()
        .score("2.1", RawValue::Number(2.0))
        .only("P082 H20 2.1 – Đơn vị được không áp dụng tiêu chí này nhưng vẫn ghi 2");
    Sent::good()
        .typed("2.1", Column::Numerator, RawValue::Number(3.0))
        .only("P082 D20 2.1 – Đơn vị được không áp dụng tiêu chí này nhưng vẫn ghi 3");
    Sent::good().score("2.6", text("KAD")).only(
        "P081 H25 2.6 – Ghi «KAD» (không áp dụng), mà đơn vị không có trong danh sách không áp dụng",
    );
    Sent::good()
        .score("1.2", text("n/a"))
        .only("P081 H16 1.2 – Ghi «n/a» (không áp dụng), mà tiêu chí này áp dụng cho mọi đơn vị");
}

#[test]
fn figures_decide_and_a_claim_that_differs_is_said() {
    let sent = Sent::good().score("1.1.3", RawValue::Number(2.0));
    let sent = sent.only("P056 H15 1.1.3 – Ghi 2, tính từ số liệu được 1,8");
    assert_eq!(sent.claimed("1.1.3"), Claimed::Points(Points::scaled(18, 1)));
    let nothing = Sent::good()
        .typed("2.2", Column::Numerator, RawValue::Number(0.0))
        .typed("2.2", Column::Denominator, RawValue::Number(0.0))
        .score("2.2", text("KAD"));
    assert_eq!(nothing.codes(), [""; 0]);
    assert_eq!(nothing.claimed("2.2"), Claimed::NotApplicable(NotApplicable::NothingArose));
}

#[test]
fn computed_cells_without_a_stored_result_are_computed_again() {
    #[track_caller]
    fn check(stored: &RawValue) {
        let mut sent = Sent::good();
        for cell in sent.scores().cells.values_mut().filter(|cell| cell.is_formula) {
            cell.value = stored.clone();
        }
        assert_eq!(sent.codes(), [""; 0]);
        assert_eq!(sent.claimed("1.1.3"), Claimed::Points(Points::scaled(18, 1)));
    }
    check(&RawValue::Missing);
    check(&RawValue::Number(0.0));
}

#[test]
fn figures_that_are_not_certain_are_refused_in_their_cell() {
    let good = Sent::good;
    good().emptied("1.1.3", Column::Denominator).only("P070 E15 1.1.3 – Chưa ghi số liệu: Mẫu số");
    good()
        .emptied("1.3", Column::Count)
        .typed("1.3", Column::Numerator, RawValue::Number(2.0))
        .only("P070 F17 1.3 – Chưa ghi số liệu: Số lượng; ô D17 có 2");
    good()
        .typed("1.1.3", Column::Numerator, text("chín"))
        .only("P071 D15 1.1.3 – Tử số không phải là số: «chín»");
    good()
        .typed("1.1.3", Column::Denominator, text("1.234"))
        .only("P059 E15 1.1.3 – Mẫu số có thể hiểu hai cách: «1.234»");
    good()
        .typed("1.1.3", Column::Denominator, RawValue::Missing)
        .only("P058 E15 1.1.3 – Mẫu số: công thức chưa có kết quả");
    good()
        .typed("1.1.1", Column::Day, text("hôm qua"))
        .only("P071 G13 1.1.1 – Ngày không hợp lệ: «hôm qua»");
    good()
        .typed("1.1.3", Column::Numerator, RawValue::Date(43_586.0))
        .only("P071 D15 1.1.3 – Tử số đã bị Excel đổi thành ngày: «01/05/2019»");
    good()
        .typed("1.1.3", Column::Numerator, RawValue::Number(11.0))
        .only("P072 D15 1.1.3 – Tử số 11 lớn hơn mẫu số 10");
    good()
        .typed("2.3", Column::Denominator, RawValue::Number(0.0))
        .only("P072 D22 2.3 – Tử số 120 lớn hơn mẫu số 0");
    good()
        .typed("1.3", Column::Count, RawValue::Number(1.5))
        .only("P072 F17 1.3 – Số lượng phải là số nguyên: 1,5");
    good()
        .typed("1.3", Column::Count, RawValue::Number(-1.0))
        .only("P072 F17 1.3 – Số lượng không thể âm: -1");
    good()
        .typed("1.1.1", Column::Day, text("20/01/1919"))
        .only("P072 G13 1.1.1 – Ngày 20/01/1919 nằm ngoài khoảng 01/01/2018 đến 31/12/2020");
}

#[test]
fn days_are_read_as_people_and_programs_write_them() {
    for value in [
        text("20/1/2019"),
        text("2019-01-20"),
        text("ngày 20 tháng 01 năm 2019"),
        RawValue::Date(43_485.0),
        RawValue::Date(43_485.75),
        RawValue::Number(43_485.0),
    ] {
        let sent = Sent::good().typed("1.1.1", Column::Day, value.clone());
        assert_eq!(sent.codes(), [""; 0], "{value:?}");
        let figures = sent.form().claims.get(invented::code("1.1.1")).unwrap().figures;
        assert_eq!(figures.and_then(|it| it.day), Some(invented::day("20/01/2019")));
    }
}

#[test]
fn evidence_is_asked_for_where_points_are_claimed() {
    let bare = Sent::good().emptied("1.2", Column::Evidence);
    bare.clone().only("P080 I16 1.2 – Chưa ghi tài liệu kiểm chứng hoặc giải trình");
    let dashed = bare.clone().typed("1.2", Column::Evidence, text("–"));
    let dashed = dashed.typed("1.2", Column::Explanation, text("."));
    dashed.only("P080 I16 1.2 – Chưa ghi tài liệu kiểm chứng hoặc giải trình");
    let explained = bare.clone().typed("1.2", Column::Explanation, text("văn bản mật"));
    assert_eq!(explained.codes(), [""; 0]);
    assert_eq!(bare.score("1.2", RawValue::Number(0.0)).codes(), [""; 0]);
    assert_eq!(Sent::good().emptied("1.3", Column::Evidence).codes(), [""; 0]);
}

#[test]
fn a_survey_item_is_not_the_units_to_score() {
    Sent::good()
        .score("3.1", RawValue::Number(4.0))
        .only("P055 H28 3.1 – Điểm lấy từ khảo sát, không tự chấm: 4");
}

#[test]
fn texts_are_rescued_with_one_note_a_form() {
    let mut old = RawCell::plain(text("KÕ ho¹ch sè 5"));
    old.encoding = Some(Encoding::Tcvn3);
    let at = Sent::good().at("1.2", Column::Evidence);
    let sent = Sent::good().put(at, old).only("P095 I16 Chữ gõ bằng phông cũ: 1 ô");
    assert_eq!(sent.evidence("1.2"), "Kế hoạch số 5");

    let mut unicode = RawCell::plain(text("Kế hoạch số 5"));
    unicode.encoding = Some(Encoding::Tcvn3);
    assert_eq!(Sent::good().put(at, unicode).codes(), [""; 0]);

    let hidden = text("Kế hoạch\u{202e} số\u{200b} 5");
    let sent = Sent::good().typed("1.2", Column::Evidence, hidden);
    let sent = sent.only("P096 I16 Chữ có ký tự ẩn: 1 ô");
    assert_eq!(sent.evidence("1.2"), "Kế hoạch số 5");

    let formula = RawCell { is_formula: true, ..RawCell::plain(text("Báo cáo số 5")) };
    Sent::good().put(at, formula).only("P094 I16 Ô chữ chứa công thức: 1 ô");

    let evil = text("=HYPERLINK(\"http://x\",\"y\")");
    let sent = Sent::good().typed("1.2", Column::Explanation, evil);
    assert_eq!(sent.codes(), [""; 0]);
}

#[test]
fn a_percent_cell_is_no_count_and_no_score() {
    let percent =
        |value: f64| RawCell { is_percent: true, ..RawCell::plain(RawValue::Number(value)) };
    let good = Sent::good();
    let at = |code: &str, column| good.at(code, column);
    let (done, score) = (at("1.1.3", Column::Numerator), at("1.2", Column::Score));
    let sent = Sent::good().put(done, percent(0.95));
    let sent = sent.only(&format!("P071 {done} 1.1.3 – Tử số không phải là số: «95 %»"));
    assert_eq!(sent.claimed("1.1.3"), Claimed::Faulty);
    Sent::good()
        .put(score, percent(0.5))
        .only(&format!("P051 {score} 1.2 – Điểm không phải là số: «50 %»"));
}

#[test]
fn a_line_through_a_cell_that_counts_is_an_error_there() {
    let mut sent = Sent::good();
    let at = sent.at("1.2", Column::Score);
    sent.scores().cells.get_mut(&at).unwrap().is_struck = true;
    let sent = sent.only(&format!("P113 {at} 1.2 – Ô bị gạch ngang: «0,5»"));
    assert_eq!(sent.claimed("1.2"), Claimed::Faulty);
    let mut sent = Sent::good();
    let page = sent.page(layout::NOMINATIONS);
    page.cells.values_mut().next().unwrap().is_struck = true;
    assert_eq!(sent.codes(), ["P113"]);
}

#[test]
fn remarks_are_told_once_with_their_words() {
    let mut sent = Sent::good();
    for (code, words) in [("1.2", "Không tính dòng này"), ("1.3", "Sửa thành 4")] {
        let at = sent.at(code, Column::Score);
        sent.scores().remarks.insert(at, words.to_owned());
    }
    let [first, second] = ["1.2", "1.3"].map(|code| sent.at(code, Column::Score));
    sent.only(&format!(
        "P114 {first} Trang phiếu có 2 ghi chú gắn vào ô: {first} «Không tính dòng này», \
         {second} «Sửa thành 4»"
    ));
}

#[test]
fn an_empty_or_a_bare_answer_is_no_evidence() {
    for words in ["Không", "-", "x", "có", "ok"] {
        let sent = Sent::good().emptied("1.2", Column::Explanation);
        let sent = sent.typed("1.2", Column::Evidence, text(words));
        assert_eq!(sent.codes(), ["P080"], "{words}");
    }
}

#[test]
fn what_stands_beside_the_table_and_is_not_read_is_said() {
    let mut sent = Sent::good();
    let extra = crate::pages::page("Sheet3", "STT | Điểm tự chấm\n1.2 | #5");
    sent.book.pages.push(extra);
    let sent = sent.only("P116 Trang có 4 ô có nội dung, không được đọc");
    // A second heading of one meaning, right of the table.
    let count = Column::Count.printed();
    let (head, last) = (sent.row("1") - 1, Column::ALL.map(Column::printed).into_iter().max());
    let beside = CellRef::new(head, last.unwrap() + 1);
    let label = text(&format!("{} 2", Column::Count.label()));
    assert!(count < beside.col);
    Sent::good().put(beside, RawCell::plain(label)).only(&format!(
        "P116 {beside} Cột «Số lượng 2» không được đọc; cột được đọc là «Số lượng»"
    ));
    let mut sent = Sent::good();
    let page = sent.page(layout::NOMINATIONS);
    let at = *page.cells.keys().next().unwrap();
    page.remarks.insert(at, "Bỏ người này".to_owned());
    let sent =
        sent.only(&format!("P114 {at} Trang phiếu có 1 ghi chú gắn vào ô: {at} «Bỏ người này»"));
    let mut twin = sent.book.page(layout::NOMINATIONS).unwrap().clone();
    twin.name = "Đề nghị khen thưởng (2)".to_owned();
    twin.remarks.clear();
    let mut sent = Sent::good();
    sent.page(layout::NOMINATIONS).is_hidden = true;
    sent.book.pages.push(twin);
    let said = sent.said();
    let is_said = |text: &str| said.iter().any(|it| it.contains(text));
    assert!(is_said("Trang «Đề nghị khen thưởng» bị ẩn"), "{said:?}");
    assert!(is_said("cũng có bảng đề nghị khen thưởng; cả hai trang được đọc"), "{said:?}");
}

#[test]
fn a_share_in_place_of_the_number_done_is_asked_about() {
    let done =
        |number: f64| Sent::good().typed("1.1.3", Column::Numerator, RawValue::Number(number));
    let said = done(0.9).said();
    let asked = "P117 D15 1.1.3 – Đã làm 0,9 trên 10; có phải ghi tỷ lệ thay cho số đã làm?";
    assert!(said.iter().any(|it| it == asked), "{said:?}");
    for number in [0.0, 1.0, 2.5] {
        assert!(!done(number).codes().contains(&"P117"), "{number}");
    }
}

#[test]
fn a_day_half_a_year_before_it_was_due_is_asked_about() {
    let on = |day: &str| RawValue::Text(day.to_owned());
    let at = Sent::good().at("1.1.1", Column::Day);
    assert_eq!(Sent::good().typed("1.1.1", Column::Day, on("20/12/2018")).codes(), [""; 0]);
    Sent::good().typed("1.1.1", Column::Day, on("20/01/2018")).only(&format!(
        "P115 {at} 1.1.1 – Ngày 20/01/2018 cách hạn 31/01/2019 hơn nửa năm; có phải gõ nhầm năm?"
    ));
}

#[test]
fn a_count_many_times_what_is_enough_is_asked_about() {
    #[track_caller]
    fn check(said: &[String], item: &str, found: i64, enough: i64) {
        let told = format!(
            "{item} – Số lượng {found}, từ {enough} trở lên đã không đổi điểm; có phải gõ thừa chữ số?"
        );
        assert!(said.iter().any(|it| it.starts_with("P118") && it.ends_with(&told)), "{said:?}");
    }
    let counted = |code: &str, number: f64| {
        Sent::good().typed(code, Column::Count, RawValue::Number(number)).said()
    };
    check(&counted("2.7", 200.0), "2.7", 200, 2);
    check(&counted("2.7", 20.0), "2.7", 20, 2);
    check(&counted("1.3", 300.0), "1.3", 300, 3);
    check(&counted("2.5", 100.0), "2.5", 100, 4);
    check(&counted("2.5", 20.0), "2.5", 20, 4);
    for (code, number) in [("2.7", 10.0), ("1.3", 11.0), ("2.5", 12.0)] {
        assert!(!counted(code, number).iter().any(|it| it.starts_with("P118")), "{code}");
    }
}
