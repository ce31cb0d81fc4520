//! What a table says of itself, whoever reads it: laws A to G on tables that are
//! read nowhere else.

use cchc::book::{Book, Page};
use cchc::finding::{CellRef, Findings};
use cchc::points::Quantity;
use cchc::table::sheets::Sheets;
use cchc::table::{ApprovalColumns, Codes, Column, Line, ROUND, Table, Whom};

use super::pages::{self, page, said};

const COLUMNS: &[Column] =
    &[Column::needed("Mã"), Column::needed("Điểm"), Column::optional("Ngày")];

fn book(text: &str) -> Book {
    pages::book("a.xlsx", vec![page("Bảng", text)])
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let book = book(text);
    let mut findings = Findings::default();
    let table = Table::find(&book, &book.pages[0], COLUMNS, ROUND, &mut findings);
    for line in table.iter().flat_map(Table::lines) {
        line.code("Mã", &mut findings);
        line.needed_number("Điểm", &mut findings);
        line.day("Ngày", &mut findings);
    }
    assert_eq!(said(&findings), expected);
}

#[test]
fn a_table_is_found_by_its_labels_wherever_it_stands() {
    let book = book("Bộ chỉ số\n\n | ĐIỂM | | mã : | \n\n | #1.5 | | 1.10\n | | y | ");
    let mut findings = Findings::default();
    let table = Table::find(&book, &book.pages[0], COLUMNS, ROUND, &mut findings).unwrap();
    let lines: Vec<Line> = table.lines().collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].code("Mã", &mut findings).as_deref(), Some("1.10"));
    assert_eq!(lines[0].number("Điểm", &mut findings), Some(Quantity::scaled(15, 1)));
    assert_eq!(lines[0].place("Điểm").to_string(), "a.xlsx: Bảng!B5");
    assert_eq!(*findings, []);
}

#[test]
fn columns_that_are_missing_or_strange_are_said_once() {
    check("Điểm | Ngày", &["T020 A1 Thiếu cột «Mã»"]);
    check("Mã | Điểm | Ngay", &["T021 C1 Cột «Ngay» không có trong mẫu; có phải «Ngày»?"]);
    check("Mã | Ngày | Điêm", &["T021 C1 Cột «Điêm» không có trong mẫu; có phải «Điểm»?"]);
    check("Mã | Điểm | Mã", &["T021 C1 Cột «Mã» xuất hiện hai lần"]);
    check("Mã\n1", &["T020  Không thấy dòng đầu bảng có các cột Mã, Điểm, Ngày"]);
}

/// What every table says without a line of its own: the table of these tests
/// is read nowhere else.
#[test]
fn whatever_is_not_read_is_said_of_any_table() {
    check("Mã | Điểm\n1 | 2 | x", &["T106 C2 1 ô ngoài các cột của bảng không được đọc: C2"]);
    check("Mã | Điểm\n1 | 2\n\n | | Người lập", &[]);
    check(
        "Mã | Điểm\n1 | 2\n\nMã | Điểm\n2 | 3",
        &["T103 A4 Dưới bảng (dòng đầu bảng 1) còn một dòng đầu bảng giống thế"],
    );
    let mut book = book("Mã | Điểm\n1 | 2\n3 | #4");
    let cells = &mut book.pages[0].cells;
    cells.get_mut(&CellRef::new(1, 1)).unwrap().is_struck = true;
    cells.get_mut(&CellRef::new(2, 1)).unwrap().is_percent = true;
    book.pages[0].remarks.insert(CellRef::new(2, 0), "Không tính dòng này".to_owned());
    let mut findings = Findings::default();
    let table = Table::find(&book, &book.pages[0], COLUMNS, ROUND, &mut findings);
    assert!(table.is_none());
    assert_eq!(
        said(&findings),
        [
            "T105 B2 Ô bị gạch ngang: «2»",
            "T107 A3 1 ghi chú gắn vào ô của bảng không được đọc: A3 «Không tính dòng này»",
        ]
    );
    book.pages[0].cells.get_mut(&CellRef::new(1, 1)).unwrap().is_struck = false;
    book.pages[0].remarks.clear();
    let mut findings = Findings::default();
    let table = Table::find(&book, &book.pages[0], COLUMNS, ROUND, &mut findings).unwrap();
    for line in table.lines() {
        line.number("Điểm", &mut findings);
    }
    assert_eq!(said(&findings), ["T108 B3 Điểm ở dạng phần trăm, giá trị trong ô là 4"]);
}

#[test]
fn a_near_label_and_an_empty_answer_are_said() {
    let book = book("Mã | Điểm | Ngay\n- | không");
    let mut findings = Findings::default();
    let codes = Codes { unknown: None, ..ROUND };
    assert!(Table::find(&book, &book.pages[0], COLUMNS, codes, &mut findings).is_none());
    let table = Table::find(&book, &book.pages[0], &COLUMNS[..2], codes, &mut findings).unwrap();
    for line in table.lines() {
        assert_eq!(line.needed_text("Mã", &mut findings), None);
        assert_eq!(line.answer("Điểm", &mut findings), None);
    }
    assert_eq!(
        said(&findings),
        [
            "T104 C1 Cột «Ngay» không được đọc; có phải «Ngày»?",
            "T120 A2 Ô Mã chỉ ghi «-»",
            "T121 B2 Ô Điểm ghi «không», được hiểu là để trống",
        ]
    );
}

/// Laws B to D of a table that is read nowhere else: a reason that gives none,
/// a number and a day that cannot be understood for certain.
#[test]
fn a_cell_that_says_nothing_or_two_things_is_said_of_any_table() {
    let book = book("Mã | Điểm | Ngày\nok | 1.234 | 31/02/2019\nx | #0.5 | @43497.7\n | 5");
    let mut findings = Findings::default();
    let table = Table::find(&book, &book.pages[0], COLUMNS, ROUND, &mut findings).unwrap();
    for line in table.lines() {
        assert_eq!(line.reason("Mã", &mut findings), None);
        line.number("Điểm", &mut findings);
        line.day("Ngày", &mut findings);
    }
    assert_eq!(
        said(&findings),
        [
            "T122 A2 Ô Mã chỉ ghi «ok», chưa nói điều gì",
            "T022 B2 Điểm có thể là 1234 hoặc 1,234: 1.234",
            "T022 C2 Ngày không phải là ngày: 31/02/2019",
            "T122 A3 Ô Mã chỉ ghi «x», chưa nói điều gì",
            "T022 A4 Ô Mã bỏ trống",
        ]
    );
}

/// Laws E to G of a table that is read nowhere else: an approval that approves
/// nothing, a name of nobody, a blank beside words.
#[test]
fn who_is_meant_and_who_approved_is_certain_in_any_table() {
    let columns = &["Ai", "Duyệt", "Ngày", "Điểm", "Ý kiến"].map(Column::optional);
    let approval = ApprovalColumns { requester: "Ai", approver: "Duyệt", day: "Ngày" };
    let rows = [
        "Nguyễn Văn An | Lê Thị Bình | 31/01/2019 | 2 | đề nghị 0 điểm",
        "Ông Nguyễn Văn An | Nguyễn Văn An | 31/01/2009 | | đề nghị 0 điểm",
        "Cả đơn vị | không duyệt | | | -",
        "An, Bình | - | 31/01/2019 | | ",
        " | có | | 1",
        "Nguyễn Văn An và Lê Thị Bình | Chủ tịch | 31/01/2019",
    ];
    let book = book(&format!("Ai | Duyệt | Ngày | Điểm | Ý kiến\n{}", rows.join("\n")));
    let mut findings = Findings::default();
    let table = Table::find(&book, &book.pages[0], columns, ROUND, &mut findings).unwrap();
    let mut told = Vec::new();
    for line in table.lines() {
        let whom = line.whom("Ai", &mut findings).map(Whom::into_person);
        let is_approved = line.approval(approval, &mut findings).is_some();
        told.push((whom, is_approved, line.words_for_blank("Điểm", "Ý kiến")));
    }
    let person = |name: &str| Some(Some(name.to_owned()));
    assert_eq!(
        told,
        [
            (person("Nguyễn Văn An"), true, None),
            (person("Ông Nguyễn Văn An"), false, Some("đề nghị 0 điểm".to_owned())),
            (Some(None), false, None),
            (None, false, None),
            (Some(None), false, None),
            (None, true, None),
        ]
    );
    findings.sort_by_place();
    assert_eq!(
        said(&findings),
        [
            "T022 B3 Người phê duyệt chính là người đề nghị: «Nguyễn Văn An»",
            "T022 B4 Không phải phê duyệt: «không duyệt»",
            "T022 C4 Chưa ghi ngày phê duyệt",
            "T022 A5 Ai không phải của một người: «An, Bình»",
            "T120 B5 Ô Duyệt chỉ ghi «-»",
            "T022 A6 Ô Ai bỏ trống",
            "T054 A6 Ô Ai để trống: dòng được hiểu là của cả đơn vị; đúng thế thì ghi «cả đơn vị»",
            "T122 B6 Ô Duyệt chỉ ghi «có», chưa nói điều gì",
            "T022 C6 Chưa ghi ngày phê duyệt",
            "T022 A7 Ai không phải của một người: «Nguyễn Văn An và Lê Thị Bình»",
        ]
    );
}

#[test]
fn a_sheet_that_is_not_taken_is_said() {
    let mut book = book("Mã | Điểm\n1 | 2");
    let copy = Page { name: "Bảng (2)".to_owned(), ..book.pages[0].clone() };
    book.pages.extend([copy, page("Sổ tay", "Ghi nhớ")]);
    book.pages[0].is_hidden = true;
    let mut findings = Findings::default();
    let mut sheets = Sheets::of(&book);
    assert!(sheets.named("Bảng", COLUMNS).is_some_and(|page| page.is_hidden));
    sheets.close(&mut findings);
    assert_eq!(
        said(&findings),
        [
            "T100  Trang có bảng giống trang «Bảng» nhưng không được đọc",
            "T101  Trang có 1 ô có nội dung, không được đọc",
            "T102  Bảng được đọc từ trang đang ẩn",
        ]
    );
}

#[test]
fn a_contact_list_is_no_copy_of_the_table() {
    const REGISTER: &[Column] =
        &[Column::needed("Mã"), Column::needed("Tên đơn vị"), Column::needed("Khối")];
    let mut book = book("Mã | Tên đơn vị | Khối\n1 | 2 | 3");
    for (name, head) in [
        ("Danh bạ", "Mã | Tên đơn vị | Điện thoại | Người phụ trách"),
        ("Bản cũ", "Mã | Tên đơn vị | Khôi"),
    ] {
        let page = self::book(&format!("{head}\n1 | 2 | 3")).pages.remove(0);
        book.pages.push(Page { name: name.to_owned(), ..page });
    }
    let mut findings = Findings::default();
    let mut sheets = Sheets::of(&book);
    sheets.named("Bảng", REGISTER);
    sheets.close(&mut findings);
    assert_eq!(
        said(&findings),
        [
            "T101  Trang có 7 ô có nội dung, không được đọc",
            "T100  Trang có bảng giống trang «Bảng» nhưng không được đọc",
        ]
    );
}

#[test]
fn a_cell_of_another_kind_is_refused_with_what_was_found() {
    let with = |row: &str| format!("Mã | Điểm | Ngày\n{row}");
    check(&with("1.1 | 1,5 | 31/01/2019"), &[]);
    check(&with("#3 | #2 | @43496"), &[]);
    check(&with("#4.1 | #2"), &["T023 A2 Mã bị đổi thành số: 4,1"]);
    check(&with("@43497 | #2"), &["T023 A2 Mã bị đổi thành ngày: 01/02/2019"]);
    check(&with("1 | chín"), &["T022 B2 Điểm không phải là số: chín"]);
    check(&with("1 | 1.234"), &["T022 B2 Điểm có thể là 1234 hoặc 1,234: 1.234"]);
    check(&with("1 | "), &["T022 B2 Ô Điểm bỏ trống"]);
    check(&with("1 | 2 | hôm qua"), &["T022 C2 Ngày không phải là ngày: hôm qua"]);
}
