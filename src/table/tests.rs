use super::*;
use crate::finding;

const COLUMNS: &[Column] =
    &[Column::needed("Mã"), Column::needed("Điểm"), Column::optional("Ngày")];

/// A page from lines of `cell | cell`: `#` begins a number, `@` a date.
fn book(text: &str) -> Book {
    let mut page = Page { name: "Bảng".to_owned(), ..Page::default() };
    for (row, line) in (0..).zip(text.lines()) {
        for (col, cell) in (0..).zip(line.split('|').map(str::trim)) {
            let value = match (cell.strip_prefix('#'), cell.strip_prefix('@')) {
                (Some(number), _) => RawValue::Number(number.parse().unwrap()),
                (_, Some(date)) => RawValue::Date(date.parse().unwrap()),
                _ => RawValue::Text(cell.to_owned()),
            };
            if !cell.is_empty() {
                page.cells.insert(CellRef { row, col }, RawCell::plain(value));
            }
        }
    }
    Book { file: "a.xlsx".to_owned(), pages: vec![page], ..Book::default() }
}

fn said(findings: &[crate::finding::Finding]) -> Vec<String> {
    let said = |it: &finding::Finding| {
        format!("{} {} {}", it.code.info().id, it.place.spot(), it.message())
    };
    findings.iter().map(said).collect()
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

#[test]
fn a_sheet_that_is_not_taken_is_said() {
    let mut book = book("Mã | Điểm\n1 | 2");
    let copy = Page { name: "Bảng (2)".to_owned(), ..book.pages[0].clone() };
    let notes = super::tests::book("Ghi nhớ").pages.remove(0);
    book.pages.extend([copy, Page { name: "Sổ tay".to_owned(), ..notes }]);
    book.pages[0].is_hidden = true;
    let mut findings = Findings::default();
    let mut sheets = sheets::Sheets::of(&book);
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
