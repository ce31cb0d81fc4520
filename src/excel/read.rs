//! Reads a workbook: bytes → a [`Book`] of cells exactly as found, or the one
//! finding that says why there is none.
//!
//! Everything is bounded by counts, never by a clock: the same bytes give the
//! same answer on a slow machine and on a fast one.

use super::archive::Archive;
use super::gate::{Gated, admit, ceiling};
use super::package::Package;
use super::plain::plain;
use super::remarks;
use super::sheet::{Budget, Found, Refusal, cells_of};
use super::strings::Strings;
use super::styles;
use super::styles::Mark;
use crate::book::{Book, Page, RawCell, RawValue};
use crate::digest;
use crate::finding::form::HasMacro;
use crate::finding::{CellRef, Finding, Findings, Place};

/// A workbook that was read, and what was noticed of the file itself.
#[derive(Clone, Debug)]
pub struct Opened {
    pub book: Book,
    /// Never errors.
    pub notes: Findings,
}

/// What the workbook in `bytes` says, one of the round's own; `file` is its path
/// inside the round's folder. A file that is not a sound .xlsx gives one finding
/// of severity error.
pub fn read(file: &str, bytes: &[u8]) -> Result<Opened, Finding> {
    told(open(&[], ceiling::OWN_FILLED, file, bytes), file)
}

/// The same of a form, which holds less, without the sheets of these names, which
/// are not even unpacked: it is carried by pages of which nothing is ever taken.
pub fn read_but(unread: &[&str], file: &str, bytes: &[u8]) -> Result<Opened, Finding> {
    told(open(unread, ceiling::FILLED, file, bytes), file)
}

fn told(opened: Result<Opened, Refusal>, file: &str) -> Result<Opened, Finding> {
    opened.map_err(|refusal| match refusal {
        Refusal::File(fault) => fault.at(Place::file(file)),
        Refusal::Cell(sheet, at, fault) => fault.at(Place::cell(file, sheet, at)),
    })
}

fn open(unread: &[&str], most_filled: usize, file: &str, bytes: &[u8]) -> Result<Opened, Refusal> {
    admit(bytes)?;
    let mut archive = Archive::open(bytes)?;
    let mut package = Package::open(&mut archive)?;
    package.sheets.retain(|sheet| !unread.contains(&sheet.name.as_str()));
    let unpacked = package.sheets.iter().map(|sheet| archive.text(&sheet.part, ceiling::SHEET));
    let unpacked: Vec<String> = unpacked.collect::<Gated<_>>()?;
    let strings = Strings::read(&mut archive, package.strings.as_deref())?;
    let mut budget = Budget::new(most_filled);
    let mut formats = 0;
    let mut filled = Vec::with_capacity(package.sheets.len());
    for (sheet, xml) in package.sheets.iter().zip(unpacked) {
        let cells = cells_of(&sheet.name, &plain(xml), &strings, &mut budget)?;
        formats = formats.max(cells.formats);
        filled.push(cells.filled);
    }
    let marks = match &package.styles {
        Some(part) => styles::marks(&plain(archive.text(part, ceiling::TABLE)?), formats)?,
        None => Vec::new(),
    };
    let mut pages = Vec::with_capacity(package.sheets.len());
    for (sheet, found) in package.sheets.iter().zip(filled) {
        let dressed = |found| dressed(found, &marks, package.is_1904);
        let cells = found.into_iter().map(dressed).collect();
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

/// A cell with what its format says of it.
fn dressed(found: Found, marks: &[Mark], is_1904: bool) -> (CellRef, RawCell) {
    /// Days from Excel's day 0 to the day 0 of the 1904 system.
    const MACINTOSH: f64 = 1462.0;
    let Found { at, mut cell, format } = found;
    if let Some(mark) = marks.get(format.unwrap_or(0)) {
        cell.is_struck |= mark.is_struck;
        match cell.value {
            // A cell that names no format shows a number as it stands.
            RawValue::Number(number) if mark.is_date && format.is_some() => {
                cell.value = RawValue::Date(number + if is_1904 { MACINTOSH } else { 0.0 });
            }
            RawValue::Number(_) => cell.is_percent = mark.is_percent,
            RawValue::Text(_) => cell.encoding = mark.encoding,
            _ => {}
        }
    }
    (at, cell)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook, Worksheet};

    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::finding::Code;
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
        let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names.iter().chain(&parts).chain(&["xl/sharedStrings.xml"]) {
            let Ok(mut text) = archive.text(name, ceiling::SHEET) else { continue };
            if *name == part {
                assert!(text.contains(from), "{text}");
                text = text.replacen(from, to, 1);
            }
            packed.start_file(*name, SimpleFileOptions::default()).unwrap();
            packed.write_all(text.as_bytes()).unwrap();
        }
        packed.finish().unwrap().into_inner()
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
