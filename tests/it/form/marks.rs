//! A level chosen by a mark, or by its name.

use cchc::book::RawCell;
use cchc::finding::CellRef;
use cchc::form::layout::Column;
use cchc::round::criteria::Node;
use cchc::round::rule::Rule;

use super::invented;
use super::sent::{Sent, text};

/// Hà Tu's form with rows below an item, each with a title and what stands in
/// its score cell.
fn with_rows(code: &str, rows: &[(&str, &str)]) -> Sent {
    let row = Sent::good().row(code);
    let by = u32::try_from(rows.len()).unwrap();
    let sent = Sent::good().moved(move |at| {
        Some(CellRef::new(if row < at.row { at.row + by } else { at.row }, at.col))
    });
    (row + 1..).zip(rows).fold(sent, |sent, (row, (title, score))| {
        let put = |sent: Sent, column: Column, it: &str| match it {
            "" => sent,
            it => sent.put(CellRef::new(row, column.printed()), RawCell::plain(text(it))),
        };
        put(put(sent, Column::Title, title), Column::Score, score)
    })
}

#[test]
fn a_mark_on_the_row_of_a_level_chooses_it() {
    let levels = ["- Đủ: 1,5 điểm", "- Thiếu 1 yếu tố: 0,75 điểm", "- Thiếu từ 2: 0 điểm"];
    let marked = |marks: [&str; 3], own: &str| {
        let rows: Vec<(&str, &str)> = levels.into_iter().zip(marks).collect();
        let sent = with_rows("1.1.2", &rows);
        match own {
            "" => sent.emptied("1.1.2", Column::Score),
            own => sent.score("1.1.2", text(own)),
        }
    };
    for mark in ["x", "X", "×", "✓", "✔", "v"] {
        let sent = marked(["", mark, ""], "");
        let sent = sent.only("P063 H16 1.1.2 – Đánh dấu ở dòng mức, hiểu là 0,75");
        assert_eq!(sent.claimed("1.1.2"), invented::claimed("0.75"));
    }
    marked(["x", "", "x"], "").only("P062 H17 1.1.2 – Đánh dấu ở nhiều mức: H15, H17");
    marked(["", "", ""], "")
        .only("P050 H14 1.1.2 – Chưa tự chấm điểm, chưa đánh dấu mức nào: H15, H16, H17");
    let two = marked(["x", "", ""], "0,75");
    assert_eq!(two.said()[1], "P061 H15 1.1.2 – Ghi 0,75, dấu ở dòng dưới lại chọn mức khác");
    let agreed = marked(["", "x", ""], "0,75");
    assert_eq!(agreed.claimed("1.1.2"), invented::claimed("0.75"));
    with_rows("1.1.2", &[("Hoàn thành tốt", "x")])
        .emptied("1.1.2", Column::Score)
        .only("P062 H15 1.1.2 – Không rõ dòng được đánh dấu là mức nào: «Hoàn thành tốt»");
    // A title that contradicts the points beside it names no level.
    with_rows("1.1.2", &[("Đủ: 0,75 điểm", "x")])
        .emptied("1.1.2", Column::Score)
        .only("P062 H15 1.1.2 – Không rõ dòng được đánh dấu là mức nào: «Đủ: 0,75 điểm»");
    // Independent parts are added up.
    with_rows("2.6", &[("Dự toán", "x"), ("Quyết toán", ""), ("Tài sản", "x")])
        .emptied("2.6", Column::Score)
        .only("P063 H26 2.6 – Đánh dấu ở dòng mức, hiểu là 1");
}

#[test]
fn a_mark_in_a_column_that_is_not_read_is_pointed_at() {
    let sent = Sent::good().without_identity().emptied("1.2", Column::Score);
    let (head, row) = (sent.row("1") - 1, sent.row("1.2"));
    let sent = sent.put(CellRef::new(head, 10), RawCell::plain(text("Không áp dụng")));
    let sent = sent.put(CellRef::new(row, 10), RawCell::plain(text("x")));
    assert_eq!(sent.said()[1], "P061 K16 1.2 – Dấu ghi ở ô này, ô điểm để trống");
}

#[test]
fn the_name_of_one_level_stands_for_its_points() {
    let typed = |code: &str, words: &str| Sent::good().score(code, text(words));
    for (code, words, points) in [
        ("1.1.2", "Thiếu 1 yếu tố", "0.75"),
        ("1.1.2", "ĐỦ", "1.5"),
        ("1.2", "Có", "0.5"),
        ("1.2", "Không", "0"),
    ] {
        let sent = typed(code, words);
        assert_eq!(sent.codes(), ["P063"], "{words}");
        assert_eq!(sent.claimed(code), invented::claimed(points));
    }
    typed("1.1.2", "Có").only(
        "P051 H14 1.1.2 – Điểm không phải là số: «Có» \
        (các mức: đủ (1,5); thiếu 1 yếu tố (0,75); thiếu từ 2 (0))",
    );
    typed("2.6", "Có").only("P051 H25 2.6 – Điểm không phải là số: «Có»");
    let twice = typed("1.1.2", "đủ").when(|round| {
        for node in &mut round.sets.values_mut().next().unwrap().nodes {
            if let Node::Item(item) = node
                && let Rule::Levels(levels) = &mut item.rule
            {
                levels[2].label = "Đủ".to_owned();
            }
        }
    });
    assert_eq!(twice.codes(), ["P051"]);
}
