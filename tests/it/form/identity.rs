//! Whose form it is.

use cchc::book::{Page, RawCell, RawValue};
use cchc::finding::{CellRef, Code};
use cchc::form::layout::{self, Column, Key};
use cchc::round::register::Register;
use cchc::round::settings::Yearless;

use super::sent::{Sent, cell, text};

/// The cell of the unit's name.
const NAME: &str = "C7";

pub(super) fn hidden(mut sent: Sent, key: Key, value: &str) -> Sent {
    let row = Key::ALL.iter().position(|it| *it == key).unwrap();
    let at = CellRef::new(u32::try_from(row).unwrap(), 1);
    sent.page(layout::IDENTITY).cells.insert(at, RawCell::plain(text(value)));
    sent
}

fn named(sent: Sent, name: &str) -> Sent {
    sent.put(cell(NAME), RawCell::plain(text(name)))
}

#[test]
fn the_hidden_sheet_says_whose_form_it_is() {
    hidden(Sent::good(), Key::Round, "cchc-2018")
        .only("P021 Phiếu của kỳ cchc-2018 (năm 2019), không phải kỳ cchc-2019 (năm 2019)");
    hidden(Sent::good(), Key::Unit, "PX-XX")
        .only("P023 Phiếu phát cho mã đơn vị «PX-XX», không có trong danh sách");
    let sent = hidden(Sent::good(), Key::Version, "99");
    let sent = sent.only("P022 Phiếu theo mẫu «99», chương trình này chưa đọc được mẫu đó");
    assert_eq!(sent.read().unit.unwrap().0, "PX-HT");
}

#[test]
fn a_form_of_last_year_is_known_by_its_title_too() {
    let title = RawCell::plain(text("PHIẾU TỰ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2018"));
    let sent = Sent::good().put(cell("A5"), title);
    let sent = sent.only("P021 A5 Đầu phiếu ghi năm 2018, kỳ này là năm 2019");
    assert!(sent.read().unit.is_none());
}

#[test]
fn one_name_has_many_spellings() {
    for name in [
        "P. Hà Tu",
        "Phường Hà Tu",
        "UBND  phường Hà Tu\u{a0}",
        "ỦY BAN NHÂN DÂN PHƯỜNG HÀ TU",
        "UBND phu\u{31b}o\u{300}\u{31b}ng Ha\u{300} Tu",
        "Phường Hà Tu cũ",
    ] {
        assert_eq!(named(Sent::good(), name).codes(), [""; 0], "{name}");
    }
    let other = Sent::with("PX-HB", "nop/a.xlsx", &super::invented::answers());
    assert_eq!(named(other, "UBND xã Hoà Bình").codes(), [""; 0]);
}

#[test]
fn another_name_than_the_unit_it_was_issued_to_is_not_believed() {
    let sent = named(Sent::good(), "UBND xã Hòa Bình");
    let sent = sent.only(
        "P028 C7 Phiếu phát cho UBND phường Hà Tu nhưng ghi tên đơn vị là «UBND xã Hòa Bình»",
    );
    assert!(sent.read().unit.is_none() && sent.read().form.is_none());
    let unknown = named(Sent::good(), "Phường Không Có");
    assert_eq!(unknown.codes(), ["P028"]);
    assert_eq!(unknown.read().unit.unwrap().0, "PX-HT");
    assert_eq!(named(Sent::good(), " ").codes(), ["P034"]);
}

#[test]
fn a_name_in_an_old_encoding_or_with_hidden_characters_is_said() {
    let tcvn3 = named(Sent::good(), "UBND ph\u{ad}êng Hµ Tu");
    tcvn3.only("P095 C7 Chữ gõ bằng phông cũ: 1 ô");
    let hidden = named(Sent::good(), "UBND\u{200b} phường Hà Tu\u{202c}");
    hidden.only("P096 C7 Chữ có ký tự ẩn: 1 ô");
}

#[test]
fn a_form_without_identity_is_known_by_its_head() {
    let sent = Sent::good().without_identity();
    let sent = sent.only("P030 C7 Nhận là phiếu của UBND phường Hà Tu theo tên ghi ở đầu phiếu");
    assert!(sent.read().form.is_some());
    named(Sent::good().without_identity(), "Phường Hà Tư").only(
        "P023 C7 Không có đơn vị «Phường Hà Tư» trong danh sách; gần nhất là «UBND phường Hà Tu»",
    );
    let twins = Sent::good().without_identity().when(|round| {
        let mut units = round.register.units.clone();
        units[2].name = "UBND phường Thống Nhất".to_owned();
        units[3].name = "UBND xã Thống Nhất".to_owned();
        round.register = Register::of(units);
    });
    named(twins, "Thống Nhất")
        .only("P024 C7 Tên «Thống Nhất» có thể là: UBND phường Thống Nhất; UBND xã Thống Nhất");
    let undated = Sent::good().without_identity();
    let undated = undated.put(cell("A5"), RawCell::plain(text("PHIẾU TỰ CHẤM ĐIỂM NĂM 2018")));
    undated.only("P021 A5 Đầu phiếu ghi năm 2018, kỳ này là năm 2019");
}

#[test]
fn a_name_without_marks_or_in_a_lost_font_gets_the_right_suggestion() {
    let near = "gần nhất là «UBND phường Hà Tu»";
    let only = |name: &str, said: &str| {
        let found = named(Sent::good().without_identity(), name).said();
        assert_eq!(found.first(), Some(&format!("P023 C7 {said}")), "{found:#?}");
    };
    let plain = "UBND phuong Ha Tu";
    only(plain, &format!("Không có đơn vị «{plain}» trong danh sách; {near}"));
    let lost = "Tên đơn vị gõ bằng phông cũ đã mất:";
    let shown = "UBND phêng Hµ Tu";
    only(
        "UBND ph\u{ad}êng Hµ Tu",
        &format!("{lost} «{shown}», có lẽ là «UBND phường Hà Tu»; {near}"),
    );
    let vni = "UBND phöôøng Haø Tu";
    only(vni, &format!("{lost} «{vni}», có lẽ là «UBND phường Hà Tu»; {near}"));
    let none = "tên có vẻ gõ bằng phông cũ (TCVN3, VNI) đã mất";
    let far = "Ph\u{f8}ng Tµi chÝnh - KÕ ho¹ch";
    only(far, &format!("Không có đơn vị «{far}» trong danh sách; {none}"));
}

#[test]
fn a_unit_without_a_label_is_known_wherever_the_head_names_it() {
    let title = "BẢNG TỰ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2019";
    let headed = |texts: &[(&str, &str)]| {
        let mut sent = Sent::good().without_identity().moved(|at| (4 < at.row).then_some(at));
        for at in ["A7", "C7"] {
            sent.scores().cells.remove(&cell(at));
        }
        let put =
            |sent: Sent, (at, it): &(&str, &str)| sent.put(cell(at), RawCell::plain(text(it)));
        let sent = texts.iter().fold(put(sent, &("A5", title)), put);
        let reading = sent.read();
        let spot = reading.findings.iter().find(|it| it.code == Code::IdentityFromHead);
        assert_eq!(reading.unit.map(|unit| unit.0), spot.map(|_| "PX-HT".to_owned()));
        spot.map(|finding| finding.place.spot())
    };
    let found = |spot: &str| Some(spot.to_owned());
    assert_eq!(
        headed(&[("A1", "UBND THÀNH PHỐ HẠ LONG"), ("A2", "UBND PHƯỜNG HÀ TU")]),
        found("A2")
    );
    assert_eq!(headed(&[("A5", &format!("{title} CỦA UBND PHƯỜNG HÀ TU"))]), found("A5"));
    let annex = "(Kèm theo Báo cáo số 12/BC-UBND ngày 05/12/2019 của UBND phường Hà Tu)";
    assert_eq!(headed(&[("A6", annex)]), found("A6"));
    assert_eq!(headed(&[("A2", "UBND PHƯỜNG HÀ TU"), ("A7", "Đơn vị: ………")]), found("A2"));
    assert_eq!(headed(&[("A2", "UBND PHƯỜNG HÀ TU"), ("A3", "UBND XÃ HÒA BÌNH")]), None);
    assert_eq!(headed(&[("A6", "(Kèm theo Công văn số 5 của UBND phường Hà Tu)")]), None);
}

#[test]
fn a_form_of_the_usual_layout_is_read_without_columns_of_figures() {
    let figures = [Column::Numerator, Column::Denominator, Column::Count, Column::Day];
    let figures = figures.map(Column::printed);
    let sent = Sent::good()
        .without_identity()
        .moved(|at| (at.row < 9 || !figures.contains(&at.col)).then_some(at));
    assert_eq!(sent.codes(), ["P030"]);
    assert_eq!(sent.claimed("1.1.3"), super::invented::claimed("1.8"));
    let odd = sent.score("1.3", RawValue::Number(0.7));
    assert_eq!(odd.codes(), ["P030", "P053"]);
    let fine = odd.score("1.3", RawValue::Number(1.0)).score("1.1.3", RawValue::Number(1.234));
    assert_eq!(fine.codes(), ["P030", "P054"]);
}

#[test]
fn a_score_on_the_row_of_a_level_is_pointed_at() {
    let row = Sent::good().row("1.1.2");
    let sent = Sent::good().without_identity().moved(move |at| {
        Some(CellRef::new(if row < at.row { at.row + 2 } else { at.row }, at.col))
    });
    let level = |row: u32, words: &str| (CellRef::new(row, 1), RawCell::plain(text(words)));
    let (first, second) = (level(row + 1, "đủ: 1,5"), level(row + 2, "thiếu 1 yếu tố: 0,75"));
    let sent = sent.put(first.0, first.1).put(second.0, second.1);
    assert_eq!(sent.codes(), ["P030"]);
    let at = CellRef::new(row + 2, Column::Score.printed());
    let sent = sent.put(at, RawCell::plain(RawValue::Number(0.75)));
    assert_eq!(sent.codes(), ["P030"]);
    let moved = sent.clone().emptied("1.1.2", Column::Score);
    assert_eq!(moved.said()[1], "P061 H16 1.1.2 – Điểm ghi ở ô này (0,75), ô điểm để trống");
    let other = sent.put(at, RawCell::plain(RawValue::Number(1.5)));
    assert_eq!(other.said()[1], "P061 H16 1.1.2 – Ghi 0,75, dòng dưới không có mã lại ghi 1,5");
}

/// Hà Tu's form in the usual layout: no identity, no figures, and the columns
/// that appraisers fill in.
fn usual() -> Sent {
    let figures = [Column::Numerator, Column::Denominator, Column::Count, Column::Day];
    let figures = figures.map(Column::printed);
    let sent = Sent::good().without_identity();
    let head = cell(TABLE).row;
    let sent = sent.moved(|at| (at.row < head || !figures.contains(&at.col)).then_some(at));
    let label = |label: &str| RawCell::plain(text(label));
    sent.put(CellRef::new(head, APPRAISED), label("Điểm thẩm định"))
}

/// The first cell of the table's head.
const TABLE: &str = "A10";
/// The column of the appraisers.
const APPRAISED: u32 = 10;

#[test]
fn scores_in_a_column_that_is_not_the_units_are_pointed_at_once() {
    let score = Column::Score.printed();
    let mut sent = usual();
    let head = cell(TABLE).row;
    let to = |at: CellRef| CellRef::new(at.row, if at.col == score { APPRAISED } else { at.col });
    sent = sent.moved(|at| Some(if head < at.row { to(at) } else { at }));
    for cell in sent.scores().cells.values_mut() {
        cell.is_formula = false;
    }
    let said = sent.said();
    assert_eq!(said.len(), 2, "{said:#?}");
    let all = "P061 K13 12 dòng ghi điểm ngoài ô điểm: 1.1.1 (K13), 1.1.2 (K14), 1.1.3 (K15)";
    assert!(said[1].starts_with(all), "{said:#?}");
}

#[test]
fn an_area_in_roman_digits_is_no_level_of_the_item_above() {
    let sent = usual();
    let row = sent.row("2");
    let at = |col: Column| CellRef::new(row, col.printed());
    let sent = sent
        .put(at(Column::Code), RawCell::plain(text("II")))
        .put(at(Column::Score), RawCell::plain(RawValue::Number(6.25)));
    assert_eq!(sent.codes(), ["P030"]);
}

#[test]
fn a_level_numbered_as_a_line_is_a_level() {
    let row = Sent::good().row("1.1.2");
    let sent = usual().moved(move |at| {
        Some(CellRef::new(if row < at.row { at.row + 1 } else { at.row }, at.col))
    });
    let numbered = sent.put(CellRef::new(row + 1, 0), RawCell::plain(text("1.1.2.1")));
    assert_eq!(numbered.codes(), ["P030"]);
}

#[test]
fn what_is_no_form_is_said_to_be_none() {
    let mut sent = Sent::good().without_identity();
    sent.book.pages = vec![Page { name: "Sheet1".to_owned(), ..Page::default() }];
    sent.only("P020 Không thấy bảng tự chấm điểm và thông tin của phiếu");
    let mut bare = Sent::good();
    bare.scores().cells.clear();
    let bare = bare.only("P045 Không thấy dòng đầu bảng tự chấm điểm");
    assert_eq!(bare.read().unit.unwrap().0, "PX-HT");
}

#[test]
fn a_form_of_another_set_is_not_read_line_by_line() {
    let sent = Sent::good().without_identity().when(|round| {
        let set = round.sets.values_mut().next().unwrap();
        set.nodes.retain(|node| node.code().area() == super::invented::code("3"));
    });
    assert_eq!(sent.codes(), ["P022", "P030"]);
}

#[test]
fn late_undated_and_exempt_forms_are_warned_of() {
    let dated = |value: RawValue| Sent::good().put(cell("C8"), RawCell::plain(value));
    dated(text("16/12/2019")).only("P031 C8 Phiếu lập ngày 16/12/2019, hạn nộp là 15/12/2019");
    dated(text("cuối năm")).only("P032 C8 Ngày lập phiếu không hợp lệ: «cuối năm»");
    dated(text("")).only("P032 C8 Chưa ghi ngày lập phiếu");
    // Typed from habit in the first days of a year: not a form sent in time.
    let before = dated(RawValue::Date(43_440.0));
    let before =
        before.only("P032 C8 Ngày lập phiếu 06/12/2018 nằm ngoài khoảng 01/01/2019 đến 31/12/2020");
    assert_eq!(before.form().dated, None);
    assert_eq!(dated(text("ngày 5 tháng 12 năm 2019")).codes(), [""; 0]);
    dated(text("15/01/2019")).only("P115 C8 Phiếu lập ngày 15/01/2019, hạn nộp là 15/12/2019");
    // With the time of day, as programs that know no dates leave it.
    let afternoon = dated(RawValue::Number(43_814.75));
    assert_eq!(afternoon.codes(), [""; 0]);
    let exempt = Sent::with("PX-TC", "nop/a.xlsx", &super::invented::answers());
    exempt.only("P033 UBND phường Tuần Châu được miễn đánh giá kỳ này");
    assert_eq!(Sent::blank().codes(), ["P029"]);
}

#[test]
fn last_years_form_is_known_whatever_its_title_is_called() {
    let titled = |title: &str| {
        let title = RawCell::plain(text(title));
        Sent::good().moved(|at| (at != cell("A5")).then_some(at)).put(cell("A5"), title).codes()
    };
    for title in ["BẢNG TỰ ĐÁNH GIÁ, CHẤM ĐIỂM NĂM 2018", "BIỂU CHẤM ĐIỂM CCHC NĂM 2018"]
    {
        assert_eq!(titled(title), ["P021"], "{title}");
    }
    assert_eq!(titled("Hướng dẫn chấm điểm theo Quyết định năm 2018"), [""; 0]);
}

/// A drawn form with these texts in its head in place of its title, under this
/// name of its sheet.
fn drawn(texts: &[(&str, &str)], sheet: &str) -> Sent {
    let mut sent = Sent::good().without_identity();
    for at in ["E4", "A5", "A8", "C8"] {
        sent.scores().cells.remove(&cell(at));
    }
    for (at, it) in texts {
        let value = it.parse().map_or_else(|_| text(it), RawValue::Number);
        sent = sent.put(cell(at), RawCell::plain(value));
    }
    sheet.clone_into(&mut sent.scores().name);
    sent
}

const SCORED: &str = "BẢNG TỰ CHẤM ĐIỂM";

#[test]
fn the_year_of_a_drawn_form_is_read_wherever_it_is_written() {
    let of = |year: &str| {
        let titled = |title: &str| vec![("A5", title.replace("2019", year))];
        let labelled = |rest: &[(&'static str, &str)]| {
            let rest = rest.iter().map(|(at, it)| (*at, it.replace("2019", year)));
            std::iter::once(("A5", SCORED.to_owned())).chain(rest).collect::<Vec<_>>()
        };
        let heads = [
            titled("PHIẾU TỰ ĐÁNH GIÁ NĂM 2019"),
            titled("BIỂU CHẤM ĐIỂM CCHC (2019)"),
            titled("KẾT QUẢ TỰ CHẤM ĐIỂM THỰC HIỆN KẾ HOẠCH CCHC NĂM 2019"),
            titled("BẢNG ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2019 (so với năm 2017)"),
            titled("TỰ CHẤM ĐIỂM NĂM 2019 THEO KẾ HOẠCH GIAI ĐOẠN 2016–2020"),
            labelled(&[("A6", "CẢI CÁCH HÀNH CHÍNH NĂM 2019")]),
            labelled(&[("A6", "(2019)")]),
            labelled(&[("A6", "Năm đánh giá: 2019")]),
            labelled(&[("A6", "Năm đánh giá"), ("C6", "2019")]),
            labelled(&[("C5", "Năm đánh giá"), ("C6", "2019")]),
            labelled(&[("A6", "(Theo Thông tư số 05/2014/TT-BNV)"), ("B6", "Năm 2019")]),
            labelled(&[
                ("A4", "Ban hành kèm theo Quyết định số 9 ngày 5 tháng 3 năm 2017"),
                ("B6", "Năm 2019"),
            ]),
        ];
        let heads = heads.map(|head| {
            let head: Vec<(&str, &str)> = head.iter().map(|(at, it)| (*at, it.as_str())).collect();
            (head[head.len() - 1].1.to_owned(), drawn(&head, "Trang 1").codes())
        });
        let sheets = ["Năm 2019", "CCHC 2019", "2019", "CCHC2019"].map(|name| {
            let name = name.replace("2019", year);
            (name.clone(), drawn(&[("A5", SCORED)], &name).codes())
        });
        heads.into_iter().chain(sheets).collect::<Vec<_>>()
    };
    for (head, codes) in of("2019") {
        assert_eq!(codes, ["P030", "P032"], "{head}");
    }
    for (head, codes) in of("2018") {
        assert_eq!(codes, ["P021"], "{head}");
    }
}

#[test]
fn the_date_of_a_drawn_form_tells_its_year_too() {
    let dated = |at: &str, words: &str| drawn(&[("A5", SCORED), (at, words)], "Trang 1").codes();
    for words in [
        "Hạ Long, ngày 5 tháng 12 năm 2019",
        "Ngày lập: 05/12/2019",
        "Ngày lập 05/12/2019",
        "Ngày lập biểu: ngày 05 tháng 12 năm 2019",
    ] {
        assert_eq!(dated("A6", words), ["P030"], "{words}");
        let (last, early) = (words.replace("2019", "2018"), words.replace("12", "01"));
        assert_eq!(dated("A6", &last), ["P021"], "{last}");
        let january = early.replace("2019", "2020");
        assert_eq!(dated("A6", &january), ["P031", "P030"], "{january}");
    }
    assert_eq!(dated("F60", "Hạ Long, ngày 5 tháng 12 năm 2019"), ["P030"]);
    assert_eq!(dated("A6", "Căn cứ Quyết định ngày 5 tháng 12 năm 2019"), ["P021"]);
    let titled =
        drawn(&[("A5", "TỰ CHẤM ĐIỂM NĂM 2019"), ("A6", "Ngày lập 15/01/2020")], "Trang 1");
    assert_eq!(titled.codes(), ["P031", "P030"]);
}

#[test]
fn where_a_drawn_form_says_two_years_or_none_nobody_chooses() {
    let title = "TỰ CHẤM ĐIỂM NĂM 2019";
    let label = [("A5", title), ("A6", "Năm đánh giá"), ("C6", "2018")];
    drawn(&label, "Trang 1").only(
        "P036 C6 Phiếu ghi hai năm khác nhau: ô A5 ghi «TỰ CHẤM ĐIỂM NĂM 2019», \
        còn ô C6 ghi «2018»; kỳ này là năm 2019",
    );
    drawn(&[("A5", title)], "CCHC 2018").only(
        "P036 Phiếu ghi hai năm khác nhau: ô A5 ghi «TỰ CHẤM ĐIỂM NĂM 2019», \
        còn trang có tên «CCHC 2018»; kỳ này là năm 2019",
    );
    drawn(&[("A5", title), ("A6", "Ngày lập: 05/12/2018")], "Trang 1").only(
        "P036 A6 Phiếu ghi hai năm khác nhau: ô A5 ghi «TỰ CHẤM ĐIỂM NĂM 2019», \
        còn A6 ghi ngày lập phiếu 05/12/2018; kỳ này là năm 2019",
    );
    let none = || drawn(&[("A5", SCORED)], "Trang 1");
    none().only("P021 Phiếu không ghi năm đánh giá, kỳ này là năm 2019");
    drawn(&[("A5", "TỰ CHẤM ĐIỂM GIAI ĐOẠN 2019–2021")], "Trang 1").only(
        "P021 A5 Phiếu không ghi năm đánh giá; năm trong «TỰ CHẤM ĐIỂM GIAI ĐOẠN 2019–2021» \
        là của văn bản hoặc giai đoạn khác, kỳ này là năm 2019",
    );
    let taken = none().when(|round| round.settings.intake.yearless = Yearless::Counts);
    let said = taken.said();
    assert!(said.contains(
        &"P037 Phiếu tự kẻ không ghi năm đánh giá, được nhận là phiếu năm 2019".to_owned()
    ));
    assert!(taken.read().form.is_some());
}
