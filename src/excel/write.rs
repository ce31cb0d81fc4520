//! Sheets of typed cells → the bytes of an .xlsx workbook.
//!
//! The same workbook always gives the same bytes. Formulas are only those the
//! reports make, each with its stored value; every text is written as text.

use std::io;
use std::io::Write;
use std::panic;
use std::panic::AssertUnwindSafe;

use rayon::prelude::*;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::XlsxError;

use super::library;
use super::look;
use super::look::Looks;
use super::page;
use crate::sheet::SheetOf;
use crate::sheet::State;
use crate::sheet::WorkbookOf;

/// Cells of a sheet that may wait in memory; the rows of a larger one are kept on
/// disk until the file is put together.
const LARGE: usize = 20_000;

/// How hard a file is packed, of 9; as hard as Excel packs its own.
const COMPRESSION: u8 = 3;

/// The default row, in pixels: one line of the default font.
const ROW_PIXELS: u32 = 21;

/// The default column, in pixels, which tells the library the default font's
/// digit width.
const COLUMN_PIXELS: u32 = 72;

/// A workbook as the bytes of an .xlsx file.
pub fn write(workbook: &WorkbookOf) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = Vec::new();
    write_to(workbook, &mut bytes)?;
    Ok(bytes)
}

/// The same, written where it belongs instead of held in memory.
pub fn write_to(workbook: &WorkbookOf, out: impl Write + Send) -> Result<(), XlsxError> {
    let mut file = rust_xlsxwriter::Workbook::new();
    file.set_default_format(&look::default(), ROW_PIXELS, COLUMN_PIXELS)?;
    let mut properties = DocProperties::new()
        .set_title(&workbook.title)
        .set_creation_datetime(&library::moment(workbook.dated)?);
    for (name, value) in &workbook.properties {
        properties = properties.set_custom_property(name, value.as_str());
    }
    file.set_properties(&properties);
    file.set_zip_compression_level(COMPRESSION);
    let sizes: Vec<usize> = workbook.sheets.iter().map(size).collect();
    add_pages(&mut file, workbook, &sizes)?;
    let sheets = workbook.sheets.par_iter().zip(sizes);
    let filled = file.worksheets_mut().par_iter_mut().zip(sheets).map(|(page, (sheet, size))| {
        let mut looks = Looks::new(workbook.places, workbook.index_places);
        page::fill(page, sheet, LARGE < size, &mut looks)
    });
    // All of them, so that of several failures the first is told.
    filled.collect::<Vec<_>>().into_iter().collect::<Result<(), _>>()?;
    unless_refused(|| file.save_to_writer(out))
}

/// One page for each sheet of so many cells, still empty.
///
/// Large pages number their formats and texts as they come, in tables that they
/// share. So that they can be filled at once and the bytes stay the same, every
/// format gets its number beforehand, and only the largest page, which repeats
/// the most, uses the table of texts; in the others texts stand in their cells.
fn add_pages(
    file: &mut rust_xlsxwriter::Workbook,
    workbook: &WorkbookOf,
    sizes: &[usize],
) -> Result<(), XlsxError> {
    let largest = sizes.iter().copied().filter(|size| LARGE < *size).max();
    if largest.is_some() {
        for look in Looks::every() {
            file.register_format(&look);
        }
    }
    let first = workbook.sheets.iter().position(|sheet| sheet.state == State::Visible);
    let largest = largest.and_then(|most| sizes.iter().position(|size| *size == most));
    for (at, (sheet, size)) in workbook.sheets.iter().zip(sizes).enumerate() {
        let page = if largest == Some(at) {
            file.add_worksheet_with_low_memory()?
        } else if LARGE < *size {
            file.add_worksheet_with_constant_memory()?
        } else {
            file.add_worksheet()
        };
        // Without it, a formula that gives empty text would be stored as 0.
        page.set_formula_result_default("");
        page.set_name(&sheet.name)?;
        match sheet.state {
            State::VeryHidden => _ = page.set_very_hidden(true),
            State::Visible if first == Some(at) => _ = page.set_active(true).set_first_tab(true),
            State::Visible => {}
        }
    }
    Ok(())
}

/// The library begins a thread for each sheet and panics where the machine
/// grants none: a refusal like that of a full disk, not a bug.
fn unless_refused(save: impl FnOnce() -> Result<(), XlsxError>) -> Result<(), XlsxError> {
    panic::catch_unwind(AssertUnwindSafe(save)).unwrap_or_else(|why| {
        let said = why.downcast_ref::<String>().map_or("", String::as_str);
        if said.starts_with("failed to spawn thread") {
            return Err(XlsxError::IoError(io::ErrorKind::OutOfMemory.into()));
        }
        panic::resume_unwind(why)
    })
}

/// About how many cells a sheet has.
fn size(sheet: &SheetOf) -> usize {
    let held = sheet.rows.iter().chain(&sheet.foot).map(|row| row.cells.len()).sum::<usize>();
    let made = sheet.body.as_ref().filter(|body| 0 < body.count);
    held + made.map_or(0, |body| body.count * body.row(0).cells.len())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    use calamine::Data;
    use calamine::Reader;

    use crate::day::Day;
    use crate::finding::CellRef;
    use crate::points::Points;
    use crate::points::Quantity;
    use crate::sheet::Allow;
    use crate::sheet::Cell;
    use crate::sheet::Chart;
    use crate::sheet::ChartKind;
    use crate::sheet::Heat;
    use crate::sheet::Level;
    use crate::sheet::Mark;
    use crate::sheet::Role;
    use crate::sheet::Row;
    use crate::sheet::Series;
    use crate::sheet::Sheet;
    use crate::sheet::Validation;
    use crate::sheet::Value;
    use crate::sheet::Workbook;

    /// A workbook that says everything the model can say.
    fn everything() -> Workbook {
        let mut sheet = Sheet { widths: vec![8.0, 40.0, 12.0], ..Sheet::named("Xếp hạng [1]") };
        sheet.push(Row::banner("KẾT QUẢ", Level::Title, 3));
        sheet.push(Row::head(["STT", "Đơn vị", "Điểm"]));
        for (number, name) in (1..).zip(["=1+1", "Phòng Nội vụ", "@Hà Tu"]) {
            sheet.push(Row::new(vec![
                Cell::text(format!("1.{number}"), Level::Body.center()),
                Cell::text(name, Level::Body.left()).with_note("Nộp ngày 05/12/2019"),
                Cell::new(Value::Points(Points::scaled(925 + number, 2)), Level::Body.right()),
            ]));
        }
        let sum = Value::Points(Points::scaled(2781, 2));
        sheet.push(Row::new(vec![
            Cell::text("Tổng cộng", Level::Total.left()).spanning(2),
            Cell::blank(Level::Total.left()),
            Cell::formula("SUM(C3:C5)", sum, Level::Total.right()),
        ]));
        let (first, last) = (CellRef::new(2, 2), CellRef::new(4, 2));
        let values = sheet.range(first, last);
        sheet.heats.push(Heat { first, last });
        sheet.marks.push(Mark { first, last, formula: "C3>9".to_owned(), level: Level::Bad });
        sheet.validations.push(Validation {
            first,
            last,
            ask: Allow::OneOf(values.clone())
                .or("Chọn một mức.")
                .prompting("Điểm ".repeat(20), "Chọn một mức. ".repeat(40)),
        });
        sheet.charts.push(Chart {
            kind: ChartKind::Bar,
            title: "Điểm".to_owned(),
            description: "Điểm của ba đơn vị".to_owned(),
            x_title: "Điểm".to_owned(),
            y_title: String::new(),
            series: vec![Series {
                name: "Điểm".to_owned(),
                categories: sheet.range(CellRef::new(2, 1), CellRef::new(4, 1)),
                values,
                has_labels: true,
                whiskers: None,
            }],
            at: CellRef::new(7, 0),
            width: 500,
            height: 300,
            y_min: None,
            y_max: None,
        });
        sheet.is_protected = true;
        sheet.repeat = Some((1, 1));
        sheet.freeze = Some(CellRef::new(2, 0));
        sheet.filter = Some((CellRef::new(1, 0), CellRef::new(4, 2)));
        sheet.footer = "Nội vụ & Tư pháp".to_owned();
        let hidden = Sheet { state: State::VeryHidden, ..Sheet::named("_cchc") };
        Workbook {
            title: "Tổng hợp".to_owned(),
            dated: Day::new(2019, 12, 31).unwrap(),
            places: 2,
            index_places: 2,
            sheets: vec![hidden, sheet],
            properties: vec![("cchc-ky".to_owned(), "2019".to_owned())],
        }
    }

    #[test]
    fn a_thread_that_the_machine_refuses_is_a_failure_and_a_bug_stays_one() {
        let begin = || std::thread::Builder::new().stack_size(1 << 62).spawn(|| ());
        let refused = unless_refused(|| {
            let _thread = begin().expect("failed to spawn thread");
            Ok(())
        });
        let why = refused.unwrap_err().to_string();
        assert!(why.contains("memory"), "{why}");
        let bug = || unless_refused(|| panic!("a bug"));
        assert!(panic::catch_unwind(bug).is_err());
    }

    #[test]
    fn the_same_workbook_gives_the_same_bytes() {
        assert_eq!(write(&everything()).unwrap(), write(&everything()).unwrap());
    }

    /// Two large pages that show every kind of value in every role, each in an
    /// order of its own.
    fn large() -> Workbook {
        let values = [
            Value::Blank,
            Value::Text("Hà Tu".to_owned()),
            Value::Text("=1".to_owned()),
            Value::Whole(7),
            Value::Points(Points::scaled(925, 2)),
            Value::Quantity(Quantity::scaled(123_456_789, 9)),
            Value::Decimal(Quantity::whole(1), 28),
            Value::Day(Day::new(2019, 12, 31).unwrap()),
        ];
        let row = |at: usize| {
            let cell = |role: Role| Cell::new(values[at % values.len()].clone(), role);
            Row::new(Role::all().map(cell).collect())
        };
        let count = LARGE / Role::all().count() + values.len();
        let mut there = Sheet::named("Đi");
        let mut back = Sheet::named("Về");
        (0..count).for_each(|at| _ = there.push(row(at)));
        (0..count).rev().for_each(|at| _ = back.push(row(at)));
        Workbook { sheets: vec![there, back], ..everything() }
    }

    #[test]
    fn large_pages_give_the_same_bytes_with_any_number_of_threads() {
        let workbook = large();
        assert!(workbook.sheets.iter().all(|sheet| LARGE < size(sheet)));
        let alone = write(&workbook).unwrap();
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert!(pool.install(|| write(&workbook).unwrap()) == alone, "{threads} threads");
        }
    }

    #[test]
    fn no_page_has_a_format_that_was_not_numbered_beforehand() {
        let mut file = rust_xlsxwriter::Workbook::new();
        file.set_default_format(&look::default(), ROW_PIXELS, COLUMN_PIXELS).unwrap();
        for look in Looks::every() {
            file.register_format(&look);
        }
        file.add_worksheet();
        let count = |bytes: Vec<u8>| {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let styles = io::read_to_string(archive.by_name("xl/styles.xml").unwrap()).unwrap();
            let (_, rest) = styles.split_once("<cellXfs count=\"").unwrap();
            rest.split_once('"').unwrap().0.parse::<usize>().unwrap()
        };
        let known = count(file.save_to_buffer().unwrap());
        assert!(Role::all().count() < known);
        assert_eq!(count(write(&large()).unwrap()), known);
    }

    #[test]
    fn what_is_written_is_read_back_and_text_is_never_a_formula() {
        let bytes = write(&everything()).unwrap();
        let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
        let page = book.worksheet_range("Xếp hạng 1").unwrap();
        let cell = |row, col| page.get_value((row, col)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(2, 0), Data::String("1.1".to_owned()));
        assert_eq!(cell(2, 1), Data::String("=1+1".to_owned()));
        assert_eq!(cell(2, 2), Data::Float(9.26));
        assert_eq!(cell(5, 2), Data::Float(27.81));
        let formulas = book.worksheet_formula("Xếp hạng 1").unwrap();
        let written: Vec<&String> = formulas.cells().map(|(.., it)| it).collect();
        assert_eq!(written, ["SUM(C3:C5)"]);
    }
}
