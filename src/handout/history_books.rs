//! What a new summary begins with beside its settings: the blank workbooks that
//! are filled in for years from before the program.

use crate::day::Day;
use crate::history::members::{self, KINDS};
use crate::history::nominations;
use crate::history::read_year::{self, COUNT, YEAR};
use crate::round::read_register::{COLUMNS, EXCLUSION_COLUMNS, EXCLUSIONS, UNITS};
use crate::sheet::table::{self, Entry, Table};
use crate::sheet::{Allow, Cell, Level, Row, Sheet, State, Validation, Value, Workbook};
use crate::table::Column;

/// Rows left open for filling in.
const OPEN: usize = 60;

/// Every workbook of a new summary, by its path.
pub fn books(from: i16, to: i16) -> Vec<(String, Workbook)> {
    let mut books = vec![
        (crate::history::REGISTER.to_owned(), register(to)),
        (nominations::FILE.to_owned(), nominated(to)),
    ];
    books.extend((from..=to).map(|year| (format!("{year}/ket-qua.xlsx"), blank_year(year))));
    books
}

fn book(title: &str, year: i16, sheets: Vec<Sheet>) -> Workbook {
    Workbook {
        title: title.to_owned(),
        dated: Day::new(year, 12, 31).expect("a year of the command line has a last day"),
        places: 2,
        index_places: 2,
        sheets,
        properties: Vec::new(),
    }
}

/// A table that is filled in by hand.
fn open(columns: &[Column]) -> Table<'_, ()> {
    let width = |label: &str| if label.contains("Tên") { 36.0 } else { 20.0 };
    let column = |it: &Column| table::Column::words(it.label, width(it.label), |()| Entry::blank());
    Table::new(columns.iter().map(column).collect()).levels(|()| Level::Input)
}

fn blank(name: &str, columns: &[Column]) -> Sheet {
    let table = open(columns);
    let mut sheet = Sheet { widths: table.widths(), ..Sheet::named(name) };
    table.write(&mut sheet, &[(); OPEN]);
    sheet
}

fn register(year: i16) -> Workbook {
    let is_used = |column: &&Column| !members::UNUSED.contains(&column.label);
    let columns: Vec<Column> = COLUMNS.iter().filter(is_used).copied().collect();
    let units = blank(UNITS, &columns);
    let mut events = blank(members::EVENTS, members::EVENT_COLUMNS);
    let words: Vec<&str> = KINDS.iter().map(|it| it.0).collect();
    let mut lists = Sheet { state: State::VeryHidden, ..Sheet::named("Danh mục") };
    for word in &words {
        lists.push(Row::new(vec![Cell::text(*word, Level::Plain)]));
    }
    let last = lists.next_row() - 1;
    let at = crate::finding::CellRef::new;
    let kinds = lists.range(at(0, 0), at(last, 0));
    events.validations.push(Validation {
        first: at(1, 1),
        last: at(events.next_row() - 1, 1),
        ask: Allow::OneOf(kinds)
            .or("Chọn một loại trong danh sách.")
            .prompting("Loại biến động", format!("Chọn một loại: {}.", words.join(", "))),
    });
    book("Danh sách đơn vị qua các năm", year, vec![units, events, lists])
}

fn nominated(year: i16) -> Workbook {
    let sheets = vec![
        blank(nominations::NOMINATED, nominations::NOMINATED_COLUMNS),
        blank(EXCLUSIONS, EXCLUSION_COLUMNS),
        blank(nominations::COMMENDED, nominations::COMMENDED_COLUMNS),
    ];
    book("Đề nghị khen thưởng giai đoạn", year, sheets)
}

/// The workbook of a year from before the program.
fn blank_year(year: i16) -> Workbook {
    let widths = vec![16.0, 40.0, 16.0, 12.0, 14.0, 11.0, 30.0, 10.0, 10.0];
    let mut sheet = Sheet { widths, ..Sheet::named("Kết quả") };
    sheet.push(Row::banner("KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG CẢI CÁCH HÀNH CHÍNH", Level::Title, 7));
    sheet.push(Row::new(vec![
        Cell::text(YEAR, Level::Strong),
        Cell::new(Value::Whole(year.into()), Level::Input.center()),
    ]));
    sheet
        .push(Row::new(vec![Cell::text(COUNT, Level::Strong), Cell::blank(Level::Input.center())]));
    let remark = "Số đơn vị: số dòng trong bảng, có thể để trống. Sau các cột có sẵn có thể thêm cột \
                  điểm từng lĩnh vực hoặc từng mục, đầu cột ghi mã và điểm tối đa, ví dụ 1 Cải cách thể chế \
                  (10) hoặc 1.2 (1,5); cột điểm tự chấm ghi 1.2 tự chấm. Tên lĩnh vực cũng có thể ghi \
                  phía trên bảng: ô Lĩnh vực 1, tên ở ô bên phải.";
    sheet.push(Row::banner(remark, Level::Remark, 7));
    open(read_year::COLUMNS).write(&mut sheet, &[(); OPEN]);
    book(&format!("Kết quả năm {year}"), year, vec![sheet])
}
