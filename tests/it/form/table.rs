//! What units do to the table.

use cchc::book::{RawCell, RawValue};
use cchc::finding::CellRef;
use cchc::form::Claimed;
use cchc::form::layout::{self, Column};
use cchc::points::Points;

use super::invented;
use super::sent::{Sent, cell, text};

/// The points of the good form, wherever its cells went.
#[track_caller]
fn unharmed(sent: &Sent) {
    assert_eq!(sent.codes(), [""; 0]);
    let (moved, good) = (sent.form(), Sent::good().form());
    let scores = |form: &cchc::form::Form| {
        form.claims.values().map(|claim| claim.score).collect::<Vec<Claimed>>()
    };
    assert_eq!(scores(&moved), scores(&good));
}

#[test]
fn rows_and_columns_may_move_as_long_as_codes_and_labels_stay() {
    let down = |at: CellRef| Some(CellRef::new(at.row + 3, at.col));
    unharmed(&Sent::good().moved(down));
    let right = |at: CellRef| Some(CellRef::new(at.row, at.col + 2));
    unharmed(&Sent::good().moved(right));
    let score = Column::Score.printed();
    let widened = move |at: CellRef| {
        Some(CellRef::new(at.row, if score <= at.col { at.col + 1 } else { at.col }))
    };
    unharmed(&Sent::good().moved(widened));
    let row = Sent::good().row("1.2");
    let inserted = move |at: CellRef| {
        Some(CellRef::new(if row <= at.row { at.row + 1 } else { at.row }, at.col))
    };
    unharmed(&Sent::good().moved(inserted));
    let (here, there) = (Sent::good().row("1.2"), Sent::good().row("2.5"));
    let swapped = move |at: CellRef| {
        let row = match at.row {
            row if row == here => there,
            row if row == there => here,
            row => row,
        };
        Some(CellRef::new(row, at.col))
    };
    unharmed(&Sent::good().moved(swapped));
}

#[test]
fn sheets_may_be_swapped_renamed_and_joined_by_others() {
    let mut sent = Sent::good();
    sent.page(layout::SCORES).name = "Bang tinh 1".to_owned();
    sent.book.pages.reverse();
    sent.book.pages.insert(0, cchc::book::Page::default());
    unharmed(&sent);
}

#[test]
fn labels_may_be_in_capitals_or_decomposed() {
    let mut sent = Sent::good();
    for cell in sent.scores().cells.values_mut() {
        if let RawValue::Text(label) = &mut cell.value {
            let known = Column::ALL.iter().any(|column| column.label() == label);
            *label = if known { label.to_uppercase() } else { label.replace('ò', "o\u{300}") };
        }
    }
    unharmed(&sent);
}

/// The form with another heading of a column.
fn headed(sent: Sent, column: Column, heading: &str) -> Sent {
    let mut sent = sent;
    let labels = sent.scores().cells.iter();
    let is_label = |cell: &RawCell| cell.value == text(column.label());
    let at = labels.filter(|(_, cell)| is_label(cell)).map(|(at, _)| *at).next().unwrap();
    sent.put(at, RawCell::plain(text(heading)))
}

#[test]
fn the_headings_of_a_drawn_form_are_known_by_their_words() {
    let drawn = || Sent::good().without_identity();
    for score in ["Tự đánh giá", "Kết quả tự chấm", "Điểm tự chấm của đơn vị", "ĐƠN VỊ TỰ CHẤM"]
    {
        for max in ["Điểm tối đa theo quy định", "Mức điểm", "Điểm chuẩn (thang điểm 100)"]
        {
            let sent = headed(headed(drawn(), Column::Score, score), Column::Max, max);
            assert_eq!(sent.codes(), ["P030"], "{score}, {max}");
            assert_eq!(sent.claimed("1.2"), Sent::good().claimed("1.2"));
        }
    }
    let asked = |heading: &str, said: &str| {
        let found = headed(drawn(), Column::Score, heading).said();
        assert!(found.iter().any(|it| it.ends_with(said)), "{found:#?}");
    };
    // The words of two columns, and words of another thing, are no score's.
    asked(
        "Điểm tự chấm, điểm tối đa",
        "Bảng thiếu cột «Điểm tự chấm»; ô này ghi \
        «Điểm tự chấm, điểm tối đa», gần nhất là «Điểm tự chấm»",
    );
    asked("Điểm từ chấn", "ô này ghi «Điểm từ chấn», gần nhất là «Điểm tự chấm»");
    asked("Căn cứ để tự đánh giá", "ô này ghi «Căn cứ để tự đánh giá», gần nhất là «Điểm tự chấm»");
    asked("Kết quả", "Bảng thiếu cột «Điểm tự chấm»");
    asked("Điểm đạt", "ô này ghi «Điểm đạt», gần nhất là «Điểm tự chấm»");
    asked("Điểm thẩm định", "Bảng thiếu cột «Điểm tự chấm»");
    let dated = "Điểm tự chấm năm 2018";
    asked(dated, &format!("ô này ghi «{dated}», gần nhất là «Điểm tự chấm»"));
    asked("Tự chấm năm ngoái", "ô này ghi «Tự chấm năm ngoái», gần nhất là «Điểm tự chấm»");
    // Of two candidates none is chosen.
    let two = headed(drawn(), Column::Score, "Kết quả tự chấm");
    let two = headed(two, Column::Explanation, "Tự đánh giá của đơn vị");
    let found = two.said();
    let said = "Bảng có hai cột Điểm tự chấm: «Kết quả tự chấm» ở ô";
    assert!(found.iter().any(|it| it.contains(said)), "{found:#?}");
    assert!(two.read().form.is_none());
}

/// Hà Tu's form as drawn, without its columns of figures.
fn plain() -> Sent {
    let figures = [Column::Numerator, Column::Denominator, Column::Count, Column::Day];
    let figures = figures.map(Column::printed);
    let sent = Sent::good().without_identity();
    sent.moved(|at| (at.row < 9 || !figures.contains(&at.col)).then_some(at))
}

/// The same with so many rows put in above this one.
fn lower(sent: Sent, from: u32, by: u32) -> Sent {
    sent.moved(|at| Some(CellRef::new(if from <= at.row { at.row + by } else { at.row }, at.col)))
}

#[test]
fn other_columns_of_a_drawn_form_are_known_by_their_words_too() {
    let proved = |evidence: &str, explanation: &str| {
        let sent = headed(plain(), Column::Explanation, explanation);
        let sent = headed(sent, Column::Evidence, evidence);
        assert_eq!(sent.codes(), ["P030"], "{evidence}, {explanation}");
        sent.evidence("1.1.1")
    };
    let expected = proved("Tài liệu kiểm chứng", "Giải trình");
    for evidence in ["Tài liệu/minh chứng kèm theo", "Link minh chứng", "Văn bản kiểm chứng"]
    {
        assert_eq!(proved(evidence, "Ghi chú của đơn vị"), expected, "{evidence}");
    }
    let sent = headed(plain(), Column::Code, "Mã số tiêu chí thành phần");
    let sent = headed(sent, Column::Title, "Nội dung, tiêu chí đánh giá");
    assert_eq!(sent.codes(), ["P030"]);
    // What the appraisers say is no answer of the unit.
    let sent = headed(plain(), Column::Evidence, "Ghi chú của hội đồng thẩm định");
    assert!(!sent.read().form.unwrap().columns.contains_key(&Column::Evidence));
}

#[test]
fn codes_are_known_by_their_looks_where_no_heading_or_two_are_over_them() {
    assert_eq!(headed(plain(), Column::Code, "").codes(), ["P030"]);
    // STT counts the lines, Mã holds the codes.
    let mut sent = plain().moved(|at| Some(CellRef::new(at.row, at.col + 1)));
    sent = headed(sent, Column::Code, "Mã");
    sent = sent.put(CellRef::new(9, 0), RawCell::plain(text("STT")));
    for row in 10..30 {
        let number = RawValue::Number(f64::from(row - 9));
        sent = sent.put(CellRef::new(row, 0), RawCell::plain(number));
    }
    assert_eq!(sent.codes(), ["P030"]);
    assert_eq!(sent.claimed("1.3"), plain().claimed("1.3"));
}

#[test]
fn a_header_of_two_rows_and_a_row_that_numbers_the_columns_are_no_lines() {
    let mut sent = lower(plain(), 10, 2);
    let put = |sent: Sent, row: u32, col: u32, label: &str| {
        sent.put(CellRef::new(row, col), RawCell::plain(text(label)))
    };
    let (max, score) = (Column::Max.printed(), Column::Score.printed());
    for col in [max, score, Column::Evidence.printed(), Column::Explanation.printed()] {
        sent.scores().cells.remove(&CellRef::new(9, col));
    }
    sent = put(put(put(sent, 9, max, "Điểm"), 10, max, "chuẩn"), 10, score, "Tự chấm");
    for (number, col) in [(1, 0), (2, 1), (3, max), (4, score)] {
        sent = put(sent, 11, col, &format!("({number})"));
    }
    assert_eq!(sent.codes(), ["P030", "P080", "P080"], "{:#?}", sent.said());
    assert_eq!(sent.claimed("1.3"), plain().claimed("1.3"));
    let counted = lower(plain(), 10, 1);
    let counted = [0, 1, max, score].iter().zip(1..).fold(counted, |sent, (col, number)| {
        let number = RawValue::Number(f64::from(number));
        sent.put(CellRef::new(10, *col), RawCell::plain(number))
    });
    assert_eq!(counted.codes(), ["P030"], "{:#?}", counted.said());
}

#[test]
fn a_round_names_headings_of_its_own() {
    let sent = headed(plain(), Column::Score, "Kết quả của xã");
    let missing = "P045 Bảng thiếu cột «Điểm tự chấm»";
    assert!(sent.said().iter().any(|it| it == missing), "{:#?}", sent.said());
    let named = sent.when(|round| {
        round.settings.intake.headings.name("KẾT QUẢ CỦA XÃ", Column::Score).unwrap();
    });
    assert_eq!(named.codes(), ["P030"]);
    assert_eq!(named.claimed("1.3"), plain().claimed("1.3"));
}

#[test]
fn a_lost_row_is_one_finding_and_its_neighbours_keep_their_scores() {
    let row = Sent::good().row("1.1.2");
    let deleted = move |at: CellRef| match at.row {
        here if here == row => None,
        below if row < below => Some(CellRef::new(below - 1, at.col)),
        above => Some(CellRef::new(above, at.col)),
    };
    let sent = Sent::good().moved(deleted).only("P040 Không thấy dòng có mã 1.1.2");
    assert_eq!(sent.claimed("1.1.2"), Claimed::Faulty);
    assert_eq!(sent.claimed("1.1.3"), Claimed::Points(Points::scaled(18, 1)));
    Sent::good().emptied("1.1.2", Column::Code).only("P040 A14 Không thấy dòng có mã 1.1.2");
    Sent::good()
        .typed("1.1.2", Column::Code, text("Mục 1.1.2"))
        .only("P040 A14 Không thấy dòng có mã 1.1.2; ô mã ghi «Mục 1.1.2»");
    // Without its title too, it is no row of the computed item above.
    let bare = Sent::good().emptied("1.2", Column::Title).emptied("1.2", Column::Code);
    let sent = bare.only("P040 A16 Không thấy dòng có mã 1.2");
    assert_eq!(sent.claimed("1.1.3"), Claimed::Points(Points::scaled(18, 1)));
}

#[test]
fn a_code_that_excel_changed_is_known_by_its_title() {
    #[track_caller]
    fn check(code: &str, value: RawValue, said: &str) {
        let sent = Sent::good().typed(code, Column::Code, value);
        let sent = sent.only(&format!("P048 {said}, nhận theo tên tiêu chí"));
        assert_eq!(sent.claimed(code), Sent::good().claimed(code));
    }
    check("1.10", RawValue::Number(1.1), "A18 1.10 – Ô mã ghi «1,1»");
    check("1.10", RawValue::Date(43_739.0), "A18 1.10 – Ô mã ghi «01/10/2019»");
    check("1.10", text("1,10"), "A18 1.10 – Ô mã ghi «1,10»");
    check("1.1.2", RawValue::Date(37_257.0), "A14 1.1.2 – Ô mã ghi «01/01/2002»");
    let mut all = Sent::good();
    for code in ["1.1", "1.2", "1.3", "1.10", "2.1", "2.2"] {
        all = all.typed(code, Column::Code, RawValue::Number(code.parse().unwrap()));
    }
    all.only(
        "P048 A12 6 ô mã bị đổi, nhận theo tên tiêu chí: 1.1 (A12), 1.2 (A16), 1.3 (A17), \
         1.10 (A18), 2.1 (A20), 2.2 (A21)",
    );
}

#[test]
fn a_changed_code_beside_another_title_is_never_guessed() {
    let mangled = |value: RawValue| {
        let renamed = Sent::good().typed("1.10", Column::Title, text("Nộp phiếu đúng hạn"));
        renamed.typed("1.10", Column::Code, value)
    };
    let sent = mangled(RawValue::Number(1.1));
    let sent = sent.only("P044 A18 Ô mã ghi «1,1», không chắc là mã nào");
    assert_eq!(sent.claimed("1.10"), Claimed::Faulty);
    mangled(text("1,10")).only("P044 A18 Ô mã ghi «1,10», không chắc là mã nào");
    // The title alone is not enough either.
    let other = |value| Sent::good().typed("1.10", Column::Code, value);
    other(RawValue::Number(4.099_999_999_999_999))
        .only("P044 A18 Ô mã ghi «4,1», không chắc là mã nào");
    other(RawValue::Date(43_467.0)).only("P044 A18 Ô mã ghi «02/01/2019», không chắc là mã nào");
    let mut all = Sent::good();
    for code in ["1.1", "1.2", "1.3", "1.10", "2.1", "2.2"] {
        all = all.typed(code, Column::Code, RawValue::Number(code.parse::<f64>().unwrap() + 0.05));
    }
    let said = all.said();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].starts_with("P044 A12 6 ô mã không chắc là mã nào: «1,15» (A12), "));
}

#[test]
fn a_code_may_be_typed_otherwise() {
    let spaced = Sent::good().typed("1.10", Column::Code, text("\u{a0}1.10. "));
    unharmed(&spaced);
    let area = Sent::good().typed("1", Column::Code, RawValue::Number(1.0));
    unharmed(&area);
}

#[test]
fn a_code_that_is_twice_or_unknown_is_named() {
    let twice = Sent::good().typed("1.3", Column::Code, text("1.2"));
    assert_eq!(
        twice.said(),
        ["P040 Không thấy dòng có mã 1.3", "P041 A17 1.2 – Mã có ở 2 dòng: 16, 17"]
    );
    assert_eq!(twice.claimed("1.2"), Claimed::Faulty);
    let extra = CellRef::new(Sent::good().row("3.2") + 20, 0);
    Sent::good()
        .put(extra, RawCell::plain(text("9.9")))
        .only("P042 A49 9.9 – Mã không có trong bộ chỉ số");
}

#[test]
fn a_table_that_stands_twice_on_its_page_is_one_finding() {
    let mut sent = Sent::good();
    let page = sent.scores();
    let below = page.cells.keys().last().unwrap().row + 2;
    let copy: Vec<_> = page.cells.iter().map(|(at, cell)| (*at, cell.clone())).collect();
    let at = |at: CellRef| CellRef::new(at.row + below, at.col);
    page.cells.extend(copy.into_iter().map(|(from, cell)| (at(from), cell)));
    let said = sent.said();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].starts_with("P041 A47 19 mã có nhiều dòng: 1 (A47)"), "{said:#?}");
}

#[test]
fn a_changed_maximum_is_refused() {
    Sent::good()
        .typed("1.2", Column::Max, RawValue::Number(5.0))
        .score("1.2", RawValue::Number(5.0))
        .only("P043 C16 1.2 – Điểm tối đa ghi 5, bộ chỉ số là 0,5");
    Sent::good()
        .typed("2", Column::Max, RawValue::Number(10.05))
        .only("P043 C19 2 – Điểm tối đa ghi 10,05, bộ chỉ số là 10,5");
}

#[test]
fn a_missing_column_is_one_finding_and_never_read_as_blanks() {
    for column in Column::ALL {
        let gone = column.printed();
        let without = move |at: CellRef| (at.row < 9 || at.col != gone).then_some(at);
        let sent = Sent::good().moved(without);
        let expected = format!("P045 Bảng thiếu cột «{}»", column.label());
        let said = sent.said();
        assert_eq!(said[0], expected);
        assert!(said.len() == 1 || column == Column::Code, "{said:?}");
        assert!(sent.read().form.is_none());
        assert!(sent.read().unit.is_some());
    }
}

#[test]
fn the_formulas_that_a_deleted_column_broke_are_not_said_too() {
    let gone = Column::Count.printed();
    let sent = Sent::good().score("1.3", RawValue::Error("#REF!".to_owned()));
    let left = move |at: CellRef| {
        let col = if gone < at.col { at.col - 1 } else { at.col };
        let is_lost = at.row >= 9 && at.col == gone;
        (!is_lost).then(|| CellRef::new(at.row, if at.row < 9 { at.col } else { col }))
    };
    sent.moved(left).only("P045 Bảng thiếu cột «Số lượng»");
}

#[test]
fn a_column_of_remarks_is_no_second_explanation_and_a_real_double_is_shown() {
    let beside = |sent: &Sent| CellRef::new(sent.row("1") - 1, 10);
    let sent = Sent::good();
    let head = beside(&sent);
    let remarked = sent.clone().put(head, RawCell::plain(text("Ghi chú")));
    unharmed(&remarked.put(CellRef::new(head.row + 3, 10), RawCell::plain(text("nháp"))));
    let twice = sent.put(head, RawCell::plain(text("Tự chấm")));
    let twice = twice
        .only("P045 K10 Bảng có hai cột Điểm tự chấm: «Điểm tự chấm» ở ô H10 và «Tự chấm» ở ô K10");
    assert!(twice.read().form.is_none());
}

#[test]
fn typed_sums_are_compared_and_formulas_are_not() {
    Sent::good()
        .typed("1", Column::Score, RawValue::Number(8.0))
        .only("P090 H11 1 – Gõ tổng 8, cộng từng dòng được 6,55");
    let total = cell("H30");
    Sent::good()
        .put(total, RawCell::plain(RawValue::Number(24.5)))
        .only("P090 H30 Tổng cộng – Gõ tổng 24,5, cộng từng dòng được 12,8");
    unharmed(&Sent::good().put(total, RawCell::plain(RawValue::Number(12.8))));
    let stale = RawCell { is_formula: true, ..RawCell::plain(RawValue::Number(0.0)) };
    unharmed(&Sent::good().put(total, stale));
}

#[test]
fn a_hidden_or_doubled_form_is_said() {
    let mut hidden = Sent::good();
    hidden.scores().is_hidden = true;
    assert_eq!(hidden.codes(), ["P046"]);
    let mut twice = Sent::good();
    let mut copy = twice.scores().clone();
    copy.name = "Phiếu (2)".to_owned();
    twice.book.pages.push(copy);
    let twice = twice.only("P047 Bảng tự chấm có ở 2 trang: Phiếu tự chấm; Phiếu (2)");
    assert!(twice.read().form.is_none() && twice.read().unit.is_some());
}

#[test]
fn nominations_lack_what_they_lack() {
    let answers = |change: &dyn Fn(&mut cchc::handout::blank_form::Answers)| {
        let mut answers = invented::answers();
        change(&mut answers);
        Sent::with("PX-HT", "nop/ha-tu.xlsx", &answers)
    };
    answers(&|it| it.individuals[0].post.clear()).only("P097 B11 Nguyễn Văn An – Chưa ghi chức vụ");
    answers(&|it| it.collectives[0].achievement.clear())
        .only("P097 B7 Tập thể đơn vị – Chưa ghi thành tích");
    answers(&|it| it.individuals[0].name.clear())
        .only("P097 B11 Dòng đề nghị khen thưởng không ghi tên");
    let twice = answers(&|it| it.individuals.push(it.individuals[0].clone()));
    let twice = twice.only("P098 B12 Nguyễn Văn An được đề nghị nhiều lần");
    assert_eq!(twice.form().individuals.len(), 1);
    let none = answers(&|it| {
        it.individuals.clear();
        it.collectives.clear();
    });
    unharmed(&none);
    assert!(none.form().collectives.is_empty());
}
