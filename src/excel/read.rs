//! Reads a workbook: bytes → a [`Book`] of cells exactly as found, or the one
//! finding that says why there is none.
//!
//! Everything is bounded by counts, never by a clock: the same bytes give the
//! same answer on a slow machine and on a fast one.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::DataRef;
use calamine::Reader;
use calamine::Xlsx;
use calamine::XlsxError;

use super::archive::Archive;
use super::gate::{Fault, Gated, admit, ceiling};
use super::package::Package;
use super::package::short;
use super::remarks;
use super::repack::repack;
use super::styles::Mark;
use crate::book::{Book, Page, RawCell, RawValue};
use crate::day::Day;
use crate::digest;
use crate::finding::form::HasMacro;
use crate::finding::{CellRef, Code, Finding, Findings, Place};
use crate::text;

/// A workbook that was read, and what was noticed of the file itself.
#[derive(Clone, Debug)]
pub struct Opened {
    pub book: Book,
    /// Never errors.
    pub notes: Findings,
}

/// What the workbook in `bytes` says; `file` is its path inside the round's
/// folder. A file that is not a sound .xlsx gives one finding of severity error.
pub fn read(file: &str, bytes: &[u8]) -> Result<Opened, Finding> {
    read_but(&[], file, bytes)
}

/// The same without the sheets of these names, which are not even unpacked: a
/// form is carried by pages of which nothing is ever taken.
pub fn read_but(unread: &[&str], file: &str, bytes: &[u8]) -> Result<Opened, Finding> {
    open(unread, file, bytes).map_err(|refusal| match refusal {
        Refusal::File(fault) => fault.at(Place::file(file)),
        Refusal::Cell(sheet, at, fault) => fault.at(Place::cell(file, sheet, at)),
    })
}

enum Refusal {
    File(Fault),
    Cell(String, CellRef, Fault),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal::File(fault)
    }
}

fn open(unread: &[&str], file: &str, bytes: &[u8]) -> Result<Opened, Refusal> {
    admit(bytes)?;
    let mut archive = Archive::open(bytes)?;
    let mut package = Package::open(&mut archive)?;
    package.sheets.retain(|sheet| !unread.contains(&sheet.name.as_str()));
    let repacked = repack(&mut archive, &package)?;
    let mut reader: Xlsx<_> =
        Xlsx::new(Cursor::new(&*repacked.bytes)).map_err(|error| unreadable(None, &error))?;
    let mut budget = Budget::default();
    let mut pages = Vec::with_capacity(package.sheets.len());
    for (index, sheet) in package.sheets.iter().enumerate() {
        let mut cells = sheet_cells(&mut reader, index, &sheet.name, &package, &mut budget)?;
        if !repacked.marks.is_empty() {
            mark(&mut reader, index, &sheet.name, &repacked.marks, &mut cells)?;
        }
        let mut cells: BTreeMap<CellRef, RawCell> = cells.into_iter().collect();
        repacked.restore(index, &mut cells);
        let remarks = remarks::remarks(&mut archive, &sheet.remarks)?;
        pages.push(Page { name: sheet.name.clone(), is_hidden: sheet.is_hidden, cells, remarks });
    }
    let book = Book { file: file.to_owned(), sha256: digest::sha256(bytes), pages };
    let mut notes = Findings::default();
    if package.has_macro {
        notes.say(Place::file(file), HasMacro {});
    }
    Ok(Opened { book, notes })
}

/// What all sheets of one file have used up.
#[derive(Default)]
struct Budget {
    cells: usize,
    filled: usize,
    text: usize,
}

type Cells = Vec<(CellRef, RawCell)>;

/// The cells of one sheet that hold anything, in row order.
fn sheet_cells(
    reader: &mut Xlsx<Cursor<&[u8]>>,
    index: usize,
    sheet: &str,
    package: &Package,
    budget: &mut Budget,
) -> Result<Cells, Refusal> {
    let fails = |error: XlsxError| unreadable(Some(sheet), &error);
    let mut stream = reader.worksheet_cells_reader(&index.to_string()).map_err(fails)?;
    let mut cells = Vec::new();
    let mut seen = Vec::new();
    while let Some(record) = stream.next_cell_with_formula_metadata().map_err(fails)? {
        let at = CellRef { row: record.pos.0, col: record.pos.1 };
        if ceiling::ROWS <= at.row || ceiling::COLUMNS <= at.col {
            let message = format!("Trang «{}» có ô ngoài lưới Excel.", short(sheet));
            return Err(Fault::suspicious(message).into());
        }
        seen.push(at);
        budget.cells += 1;
        let is_formula = record.formula.is_some();
        if let Some(value) = value_of(record.value, is_formula, package.is_1904) {
            budget.spend(&value).map_err(|fault| Refusal::Cell(sheet.to_owned(), at, fault))?;
            cells.push((at, RawCell { is_formula, ..RawCell::plain(value) }));
        } else if ceiling::CELLS < budget.cells {
            let message = format!("Tệp có hơn {} ô.", ceiling::CELLS);
            return Err(Fault::too_large(message).into());
        }
    }
    if !seen.is_sorted() {
        seen.sort_unstable();
        cells.sort_unstable_by_key(|(at, _)| *at);
    }
    if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
        let fault = Fault::suspicious("Ô này được ghi hai lần trong tệp.");
        return Err(Refusal::Cell(sheet.to_owned(), twice[0], fault));
    }
    Ok(cells)
}

impl Budget {
    fn spend(&mut self, value: &RawValue) -> Gated<()> {
        self.filled += 1;
        if ceiling::FILLED < self.filled || ceiling::CELLS < self.cells {
            return Err(Fault::too_large(format!("Tệp có hơn {} ô đã điền.", ceiling::FILLED)));
        }
        let RawValue::Text(text) = value else { return Ok(()) };
        self.text += text.len();
        if ceiling::TEXT < text.len() {
            let message = format!("Ô chứa {} kB chữ.", text.len() / 1000);
            return Err(Fault::too_large(message));
        }
        if ceiling::TEXTS < self.text {
            return Err(Fault::too_large("Tệp chứa quá nhiều chữ."));
        }
        Ok(())
    }
}

/// What a cell holds, or `None` for nothing but blanks.
fn value_of(data: DataRef, is_formula: bool, is_1904: bool) -> Option<RawValue> {
    /// Days from Excel's day 0 to the day 0 of the 1904 system.
    const MACINTOSH: f64 = 1462.0;
    let number = |value: f64, as_value: fn(f64) -> RawValue| {
        if value.is_finite() { as_value(value) } else { RawValue::Error(value.to_string()) }
    };
    Some(match data {
        DataRef::Empty => return is_formula.then_some(RawValue::Missing),
        #[expect(clippy::cast_precision_loss, reason = "calamine makes none of .xlsx cells")]
        DataRef::Int(value) => RawValue::Number(value as f64),
        DataRef::Float(value) => number(value, RawValue::Number),
        DataRef::DateTime(value) => {
            let shift = if is_1904 { MACINTOSH } else { 0.0 };
            number(value.as_f64() + shift, RawValue::Date)
        }
        DataRef::Bool(value) => RawValue::Bool(value),
        DataRef::Error(error) => RawValue::Error(error.to_string()),
        DataRef::DateTimeIso(text) => {
            iso_serial(&text).map_or(RawValue::Text(text), RawValue::Date)
        }
        DataRef::SharedString(text) if !text::is_blank(text) => RawValue::Text(text.to_owned()),
        DataRef::String(text) | DataRef::DurationIso(text) if !text::is_blank(&text) => {
            RawValue::Text(text)
        }
        DataRef::SharedString(_) | DataRef::String(_) | DataRef::DurationIso(_) => return None,
    })
}

/// The serial of `2019-01-31` or `2019-01-31T…`; the time of day is dropped.
fn iso_serial(text: &str) -> Option<f64> {
    let day = Day::parse(text.get(..10)?)?;
    i32::try_from(day.serial()).ok().map(f64::from)
}

/// A second walk over the sheet, for the formats of its cells; only files with
/// a format that says something pay for it.
fn mark(
    reader: &mut Xlsx<Cursor<&[u8]>>,
    index: usize,
    sheet: &str,
    marks: &[Mark],
    cells: &mut Cells,
) -> Gated<()> {
    let fails = |error: XlsxError| unreadable(Some(sheet), &error);
    let mut stream = reader.worksheet_cells_reader(&index.to_string()).map_err(fails)?;
    while let Some((cell, style)) = stream.next_cell_with_style_id().map_err(fails)? {
        let (row, col) = cell.get_position();
        let Some(mark) = marks.get(style).filter(|mark| **mark != Mark::default()) else {
            continue;
        };
        let at = CellRef { row, col };
        if let Ok(found) = cells.binary_search_by_key(&at, |(at, _)| *at) {
            let cell = &mut cells[found].1;
            cell.is_struck = mark.is_struck;
            cell.is_percent = mark.is_percent && matches!(cell.value, RawValue::Number(_));
            cell.encoding = mark.encoding.filter(|_| matches!(cell.value, RawValue::Text(_)));
        }
    }
    Ok(())
}

fn unreadable(sheet: Option<&str>, error: &XlsxError) -> Fault {
    let whose = sheet.map_or("Sổ làm việc".to_owned(), |it| format!("Trang «{}»", short(it)));
    let message = format!("{whose} có nội dung không đọc được (chi tiết kỹ thuật: {error}).");
    Fault::new(Code::FileUnreadable, message)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook, Worksheet};

    use super::super::repack::Parts;
    use super::*;
    use crate::text::legacy::Encoding;

    fn workbook(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        workbook.save_to_buffer().unwrap()
    }

    fn page_of(bytes: &[u8]) -> Page {
        let mut opened = read("nop/A.xlsx", bytes).unwrap();
        assert_eq!(opened.book.file, "nop/A.xlsx");
        assert_eq!(opened.book.sha256.len(), 64);
        opened.book.pages.remove(0)
    }

    /// The same workbook with `from` replaced by `to` in one of its parts.
    fn patched(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
        let mut archive = Archive::open(bytes).unwrap();
        let names = ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"];
        let parts = ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"];
        let mut packed = Parts::begin();
        for name in names.iter().chain(&parts).chain(&["xl/sharedStrings.xml"]) {
            let Ok(mut text) = archive.text(name, ceiling::SHEET) else { continue };
            if *name == part {
                assert!(text.contains(from), "{text}");
                text = text.replacen(from, to, 1);
            }
            packed.add(name, &text).unwrap();
        }
        packed.finish().unwrap()
    }

    #[test]
    fn cells_are_read_exactly_as_found() {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let bytes = workbook(|sheet| {
            sheet.set_name("Phiếu tự chấm").unwrap();
            sheet.write(0, 0, " 1.1.1\u{a0}").unwrap();
            sheet.write(0, 1, 1.5).unwrap();
            sheet.write(0, 2, true).unwrap();
            let day = ExcelDateTime::from_ymd(2019, 1, 31).unwrap();
            sheet.write_with_format(0, 3, &day, &date).unwrap();
            sheet.write(1, 0, Formula::new("=B1*2").set_result("3")).unwrap();
            sheet.write(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
            sheet.write(1, 2, " \u{a0}\u{200b}").unwrap();
            sheet.write_blank(1, 3, &date).unwrap();
        });
        let page = page_of(&bytes);
        assert_eq!(page.name, "Phiếu tự chấm");
        assert!(!page.is_hidden);
        let check = |row, col, value: RawValue, is_formula| {
            let expected = RawCell { is_formula, ..RawCell::plain(value) };
            assert_eq!(page.get(row, col), Some(&expected));
        };
        check(0, 0, RawValue::Text(" 1.1.1\u{a0}".into()), false);
        check(0, 1, RawValue::Number(1.5), false);
        check(0, 2, RawValue::Bool(true), false);
        check(0, 3, RawValue::Date(43_496.0), false);
        check(1, 0, RawValue::Number(3.0), true);
        check(1, 1, RawValue::Error("#DIV/0!".into()), true);
        assert_eq!(page.cells.len(), 6);
    }

    #[test]
    fn a_formula_without_a_stored_result_is_missing_not_absent() {
        let bytes = workbook(|sheet| {
            sheet.write(0, 0, Formula::new("=1+1").set_result("2")).unwrap();
        });
        for without in ["", "<v/>", "<v></v>"] {
            let bytes = patched(&bytes, "xl/worksheets/sheet1.xml", "<v>2</v>", without);
            let missing = RawCell { is_formula: true, ..RawCell::plain(RawValue::Missing) };
            assert_eq!(page_of(&bytes).get(0, 0), Some(&missing));
        }
    }

    #[test]
    fn dates_of_the_macintosh_are_moved_to_the_1900_system() {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let bytes = workbook(|sheet| {
            sheet.write_with_format(0, 0, 42_034.0, &date).unwrap();
        });
        let bytes =
            patched(&bytes, "xl/workbook.xml", "<workbookPr ", "<workbookPr date1904=\"1\" ");
        let date = page_of(&bytes).get(0, 0).unwrap().value.clone();
        assert_eq!(date, RawValue::Date(43_496.0));
    }

    #[test]
    fn a_font_of_before_unicode_marks_the_text_under_it() {
        let old = Format::new().set_font_name(".VnTime");
        let bytes = workbook(|sheet| {
            sheet.write_with_format(0, 0, "§¬n vÞ", &old).unwrap();
            sheet.write_with_format(0, 1, 2.0, &old).unwrap();
            sheet.write(0, 2, "Đơn vị").unwrap();
        });
        let page = page_of(&bytes);
        assert_eq!(page.get(0, 0).unwrap().encoding, Some(Encoding::Tcvn3));
        assert_eq!(page.get(0, 1).unwrap().encoding, None);
        assert_eq!(page.get(0, 2).unwrap().encoding, None);
    }

    #[test]
    fn what_is_struck_shown_in_percent_or_remarked_on_is_seen() {
        let struck = Format::new().set_font_strikethrough();
        let percent = Format::new().set_num_format("0.00%");
        let bytes = workbook(|sheet| {
            sheet.write_with_format(0, 0, "Phòng Nội vụ", &struck).unwrap();
            sheet.write_with_format(0, 1, 0.95, &percent).unwrap();
            sheet.write_rich_string(0, 2, &[(&Format::new(), "Hà "), (&struck, "Lầm")]).unwrap();
            sheet.write(0, 3, 2).unwrap();
            sheet.insert_note(0, 3, &Note::new("đúng là 3")).unwrap();
        });
        let page = page_of(&bytes);
        let seen = (0..4).map(|col| page.get(0, col).map(|it| (it.is_struck, it.is_percent)));
        let expected = [(true, false), (false, true), (true, false), (false, false)];
        assert_eq!(seen.collect::<Vec<_>>(), expected.map(Some));
        assert_eq!(page.remarks.keys().collect::<Vec<_>>(), [&CellRef::new(0, 3)]);
        assert!(page.remarks[&CellRef::new(0, 3)].ends_with("đúng là 3"));
    }

    #[test]
    fn hidden_sheets_are_read_and_told_apart() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "a").unwrap();
        workbook.add_worksheet().set_very_hidden(true).write(0, 0, "b").unwrap();
        let opened = read("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
        let hidden: Vec<bool> = opened.book.pages.iter().map(|page| page.is_hidden).collect();
        assert_eq!(hidden, [false, true]);
        assert!(opened.notes.is_empty());
    }

    #[test]
    fn a_sheet_that_is_not_asked_for_is_not_even_unpacked() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().set_name("Phiếu").unwrap().write(0, 0, "a").unwrap();
        workbook.add_worksheet().set_name("Hướng dẫn").unwrap().write(0, 0, "b").unwrap();
        // Only the first sheet's part is packed again.
        let whole = workbook.save_to_buffer().unwrap();
        let bytes = patched(&whole, "xl/worksheets/sheet1.xml", "A1", "A1");
        assert_eq!(read("a.xlsx", &bytes).unwrap_err().code, Code::FileDamaged);
        let opened = read_but(&["Hướng dẫn"], "a.xlsx", &bytes).unwrap();
        let names: Vec<&str> = opened.book.pages.iter().map(|page| page.name.as_str()).collect();
        assert_eq!(names, ["Phiếu"]);
    }

    #[test]
    fn forged_parts_are_refused_by_code_and_place() {
        let bytes = workbook(|sheet| {
            sheet.write(0, 0, "một").unwrap();
            sheet.write(6, 3, 0.25).unwrap();
        });
        let sheet = "xl/worksheets/sheet1.xml";
        let check = |part: &str, from: &str, to: &str, code: Code, spot: &str| {
            let finding = read("a.xlsx", &patched(&bytes, part, from, to)).unwrap_err();
            assert_eq!((finding.code, finding.place.spot().as_str()), (code, spot), "{finding}");
        };
        let twice = "<v>0.25</v></c><c r=\"D7\"><v>1</v></c>";
        check(sheet, "<v>0.25</v></c>", twice, Code::FileSuspicious, "D7");
        check(sheet, "r=\"D7\"", "r=\"D4294967303\"", Code::FileSuspicious, "");
        check(sheet, "r=\"D7\"", "r=\"XFE7\"", Code::FileSuspicious, "");
        check(sheet, "<v>0</v>", "<v>-1</v>", Code::FileSuspicious, "");
        check(sheet, "<v>0</v>", "<v>7</v>", Code::FileUnreadable, "");
        check(sheet, "</sheetData>", "", Code::FileDamaged, "");
        let strings = "xl/sharedStrings.xml";
        check(strings, "uniqueCount=\"1\"", "uniqueCount=\"1000000000\"", Code::FileSuspicious, "");
        let long = "x".repeat(ceiling::TEXT + 1);
        check(strings, "một", &long, Code::FileTooLarge, "A1");
        check("_rels/.rels", "xl/workbook.xml", "xl/elsewhere.xml", Code::FileDamaged, "");
    }

    #[test]
    fn numbers_that_are_none_are_errors() {
        let bytes = workbook(|sheet| {
            sheet.write(0, 0, 0.25).unwrap();
        });
        for (value, shown) in [("NaN", "NaN"), ("1e999", "inf"), ("-inf", "-inf")] {
            let bytes = patched(&bytes, "xl/worksheets/sheet1.xml", "0.25", value);
            let found = page_of(&bytes).get(0, 0).unwrap().value.clone();
            assert_eq!(found, RawValue::Error(shown.into()));
        }
    }
}
