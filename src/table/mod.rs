//! Tables that a clerk writes: a page and the columns it should have → rows of
//! cells with their places, and what is wrong with the table itself.
//!
//! A table is found by its header labels, wherever it stands on the page. What
//! else stands there is told by [`around`], and other sheets by [`sheets`]. What
//! a cell means is for the caller to say: each accessor reads one kind of value
//! and pushes a finding when the cell holds another.

mod cells;
mod column;
mod around;
pub mod sheets;

use crate::book::{Book, Page, RawCell, RawValue};
use crate::day::Day;
use crate::finding::{CellRef, Findings, Place, Said, cell};
use crate::points::Quantity;
use crate::text::{self, NotNumber};

pub use cells::{cell_day, shown};
pub use column::{Codes, Column, ROUND};

use cells::number_of;
use column::head_row;

/// A table found on a page.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    book: &'a Book,
    page: &'a Page,
    codes: Codes,
    /// The zero-based row of the header.
    head: u32,
    /// The label and the zero-based column of each column that is there.
    columns: Vec<(&'static str, u32)>,
}

/// A row of a table that holds anything.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    table: &'a Table<'a>,
    /// Zero-based, on the page.
    pub row: u32,
}

impl<'a> Table<'a> {
    /// Finds the table with these columns, or says what is missing and gives
    /// `None`.
    pub fn find(
        book: &'a Book,
        page: &'a Page,
        columns: &[Column],
        codes: Codes,
        findings: &mut Findings,
    ) -> Option<Table<'a>> {
        let Some(head) = head_row(page, columns) else {
            let labels: Vec<&str> = columns.iter().map(|it| it.label).collect();
            let said = Said::from(cell::HeadMissing { labels });
            findings.say(book.place(page), said.under(codes.missing));
            return None;
        };
        let mut table = Table { book, page, codes, head, columns: Vec::new() };
        let mut is_sound = true;
        let mut meant = Vec::new();
        for (col, cell) in page.row(head) {
            let label = shown(cell);
            let known = columns.iter().find(|it| text::key(it.label) == text::key(&label));
            let said = match known {
                Some(known) if table.column(known.label).is_none() => {
                    table.columns.push((known.label, col));
                    continue;
                }
                Some(known) => Said::from(cell::ColumnTwice { label: known.label }),
                None if text::key(&label).is_empty() => continue,
                None => {
                    let absent = columns.iter().map(|it| it.label);
                    let near = text::nearest(&label, absent);
                    meant.extend(near);
                    cell::ColumnUnknown { label: &label, near }.into()
                }
            };
            if let Some(code) = codes.unknown {
                is_sound = false;
                let place = book.cell_place(page, CellRef::new(head, col));
                findings.say(place, said.under(code));
            }
        }
        let is_said = |label| codes.unknown.is_some() && meant.contains(&label);
        for Column { label, .. } in columns.iter().filter(|it| it.is_needed) {
            if table.column(label).is_none() && !is_said(*label) {
                is_sound = false;
                let place = book.cell_place(page, CellRef::new(head, 0));
                findings.say(
                    place,
                    Said::from(cell::ColumnMissing { label: *label }).under(codes.missing),
                );
            }
        }
        let rest = around::Rest { book, page, head, columns: &table.columns };
        // What is wrong with the columns explains what else is left.
        is_sound = is_sound && rest.say(columns, codes, findings);
        is_sound.then_some(table)
    }

    /// The rows below the header that hold anything in a column of the table.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let below = self.page.rows().filter(|row| self.head < *row);
        below.map(|row| Line { table: self, row }).filter(Line::holds_anything)
    }

    /// The zero-based row of the header.
    pub fn head(&self) -> u32 {
        self.head
    }

    /// The page the table is on.
    pub fn place(&self) -> Place {
        self.book.place(self.page)
    }

    /// Whether the table has this column.
    pub fn has(&self, label: &str) -> bool {
        self.column(label).is_some()
    }

    /// Labelled columns that are none of the table's, with their labels.
    pub fn others(&self) -> Vec<(u32, String)> {
        let is_other = |(col, _): &(u32, _)| self.columns.iter().all(|(_, own)| own != col);
        let labels = self.page.row(self.head).map(|(col, cell)| (col, shown(cell)));
        labels.filter(is_other).filter(|(_, label)| !label.is_empty()).collect()
    }

    /// Where the header of a column is.
    pub fn head_place(&self, col: u32) -> Place {
        self.book.cell_place(self.page, CellRef { row: self.head, col })
    }

    fn column(&self, label: &str) -> Option<u32> {
        self.columns.iter().find(|(own, _)| *own == label).map(|(_, col)| *col)
    }
}

impl<'a> Line<'a> {
    /// The cell as found, if it shows anything.
    pub fn cell(&self, label: &str) -> Option<&'a RawCell> {
        let cell = self.table.page.get(self.row, self.table.column(label)?)?;
        (!shown(cell).is_empty()).then_some(cell)
    }

    /// Where a cell of this row is; the row's first cell when the table lacks
    /// the column.
    pub fn place(&self, label: &str) -> Place {
        let first = self.table.columns.first().map_or(0, |(_, col)| *col);
        let col = self.table.column(label).unwrap_or(first);
        self.table.book.cell_place(self.table.page, CellRef::new(self.row, col))
    }

    pub fn is_blank(&self, label: &str) -> bool {
        self.cell(label).is_none()
    }

    /// The cleaned text of a cell, empty when it is blank. A number or a date
    /// is taken as it is shown.
    pub fn text(&self, label: &str, findings: &mut Findings) -> String {
        match self.cell(label).map(|cell| (&cell.value, shown(cell))) {
            None => String::new(),
            Some((RawValue::Error(_) | RawValue::Missing, found)) => {
                self.refuse(label, cell::BrokenFormula { label, found }, findings);
                String::new()
            }
            Some((_, found)) => found,
        }
    }

    /// The text of a cell that must not be blank.
    pub fn needed_text(&self, label: &str, findings: &mut Findings) -> Option<String> {
        if self.is_blank(label) {
            self.lack(label, findings);
        }
        let text = Some(self.text(label, findings)).filter(|text| !text.is_empty())?;
        if text::is_empty_answer(&text) {
            findings.say(self.place(label), cell::EmptyAnswer { label, found: &text });
            return None;
        }
        Some(text)
    }

    /// The text of a cell that may be blank; an answer that says that there is
    /// nothing is none, and is said.
    pub fn answer(&self, label: &str, findings: &mut Findings) -> Option<String> {
        let text = Some(self.text(label, findings)).filter(|text| !text.is_empty())?;
        if text::is_empty_answer(&text) {
            findings.say(self.place(label), cell::AnswerNone { label, found: &text });
            return None;
        }
        self.more_than_yes(label, text, findings)
    }

    /// A reason that must be there: neither a denial nor a word that merely agrees.
    pub fn reason(&self, label: &str, findings: &mut Findings) -> Option<String> {
        let text = self.needed_text(label, findings)?;
        self.more_than_yes(label, text, findings)
    }

    fn more_than_yes(&self, label: &str, text: String, findings: &mut Findings) -> Option<String> {
        if text::is_bare_yes(&text) {
            findings.say(self.place(label), cell::BareAnswer { label, found: &text });
            return None;
        }
        Some(text)
    }

    /// The parts of a cell's text between semicolons.
    pub fn list(&self, label: &str, findings: &mut Findings) -> Vec<String> {
        let text = self.text(label, findings);
        text.split(';').map(text::clean).filter(|part| !part.is_empty()).collect()
    }

    /// A code (mã). Excel keeps `1.10` and `1.2` only in a text cell, so a
    /// fraction or a date is refused; a whole number cannot have been anything
    /// else and is taken.
    pub fn code(&self, label: &str, findings: &mut Findings) -> Option<String> {
        let cell = self.cell(label)?;
        let became = match &cell.value {
            RawValue::Number(value) => match Quantity::from_cell(*value) {
                Some(number) if number.is_whole() => return Some(number.to_string()),
                _ => "số",
            },
            RawValue::Date(_) => "ngày",
            _ => return Some(self.text(label, findings)).filter(|text| !text.is_empty()),
        };
        let said = Said::from(cell::CodeBecame { label, became, found: shown(cell) });
        findings.say(self.place(label), said.under(self.table.codes.mangled));
        None
    }

    /// A number, as Excel stores it or as people type it.
    pub fn number(&self, label: &str, findings: &mut Findings) -> Option<Quantity> {
        let cell = self.cell(label)?;
        match number_of(cell) {
            // In a table of ours every number has one unit, and none is a part of 1.
            Ok(number) if cell.is_percent && self.table.codes.unknown.is_some() => {
                findings.say(self.place(label), cell::PercentCell { label, found: &number });
                return None;
            }
            Ok(number) => return Some(number),
            Err(_) if matches!(cell.value, RawValue::Missing) => {
                self.refuse(label, cell::WithoutValue { label }, findings);
            }
            Err(NotNumber::Word) => {
                self.refuse(label, cell::NotANumber { label, found: shown(cell) }, findings);
            }
            Err(NotNumber::Ambiguous { grouped, decimal }) => {
                let found = shown(cell);
                self.refuse(label, cell::TwoWays { label, grouped, decimal, found }, findings);
            }
        }
        None
    }

    /// A number in a column that is none of the table's.
    pub fn number_at(&self, col: u32, findings: &mut Findings) -> Option<Quantity> {
        let is_blank = |cell: &RawCell| match &cell.value {
            RawValue::Text(text) => text::is_blank(text),
            _ => false,
        };
        let cell = self.table.page.get(self.row, col).filter(|cell| !is_blank(cell))?;
        let number = number_of(cell).ok();
        if number.is_none() {
            let at = CellRef { row: self.row, col };
            let place = self.table.book.cell_place(self.table.page, at);
            let said = Said::from(cell::NotANumberHere { found: shown(cell) });
            findings.say(place, said.under(self.table.codes.invalid));
        }
        number
    }

    pub fn needed_number(&self, label: &str, findings: &mut Findings) -> Option<Quantity> {
        if self.is_blank(label) {
            self.lack(label, findings);
        }
        self.number(label, findings)
    }

    /// A whole number, not negative.
    pub fn whole(&self, label: &str, findings: &mut Findings) -> Option<i64> {
        let number = self.number(label, findings)?;
        let whole = number.to_whole().filter(|whole| 0 <= *whole);
        if whole.is_none() {
            self.refuse(label, cell::NotWhole { label, found: &number }, findings);
        }
        whole
    }

    /// A day, as Excel stores it or as people type it.
    pub fn day(&self, label: &str, findings: &mut Findings) -> Option<Day> {
        let cell = self.cell(label)?;
        let day = cell_day(cell);
        if day.is_none() {
            self.refuse(label, cell::NotADay { label, found: shown(cell) }, findings);
        }
        day
    }

    /// One of several words, or `None` when the cell is blank or holds another.
    pub fn choice<T: Copy>(
        &self,
        label: &str,
        words: &[(&'static str, T)],
        findings: &mut Findings,
    ) -> Option<T> {
        let found = self.text(label, findings);
        let known = words.iter().find(|(word, _)| text::key(word) == text::key(&found));
        if known.is_none() && !found.is_empty() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.refuse(label, cell::NotAChoice { label, words, found }, findings);
        }
        known.map(|(_, value)| *value)
    }

    /// Says that a cell's value is not what its column holds.
    pub fn refuse(&self, label: &str, said: impl Into<Said>, findings: &mut Findings) {
        findings.say(self.place(label), said.into().under(self.table.codes.invalid));
    }

    fn lack(&self, label: &str, findings: &mut Findings) {
        self.refuse(label, cell::Blank { label }, findings);
    }

    fn holds_anything(&self) -> bool {
        self.table.columns.iter().any(|(label, _)| self.cell(label).is_some())
    }
}

/// «; có phải là «…»?» after what is not known, when something is near.
pub fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!("; có phải «{near}»?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
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
        let table =
            Table::find(&book, &book.pages[0], &COLUMNS[..2], codes, &mut findings).unwrap();
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
}
