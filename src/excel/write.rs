//! Sheets of typed cells → the bytes of an .xlsx workbook.
//!
//! The same workbook always gives the same bytes. Formulas are only those the
//! reports make, each with its stored value; every text is written as text.

use std::io::Write;

use rust_xlsxwriter::XlsxError;

use super::cells;
use super::look::Looks;
use super::pack::{Package, pack};
use super::rows;
use super::shell::Shell;
use super::texts::Texts;
use crate::sheet::{SheetOf, WorkbookOf};

/// A workbook as the bytes of an .xlsx file.
pub fn write(workbook: &WorkbookOf) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = Vec::new();
    write_to(workbook, &mut bytes)?;
    Ok(bytes)
}

/// The same, written where it belongs instead of held in memory.
pub fn write_to(workbook: &WorkbookOf, out: impl Write) -> Result<(), XlsxError> {
    let mut looks = Looks::new(workbook.places, workbook.index_places);
    let mut texts = Texts::default();
    if workbook.sheets.iter().any(|sheet| sheet.body.is_some()) {
        // The rows of a body are seen only while they are written.
        looks.use_every();
    }
    let sheets = workbook.sheets.iter();
    let numbers: Vec<Vec<u32>> = sheets.map(|it| survey(it, &mut looks, &mut texts)).collect();
    let shell = Shell::of(workbook, &mut looks)?;
    let mut package = Package::new(out);
    for it in &shell.parts {
        if let Some(at) = it.page() {
            let mut part = package.begin(&it.name)?;
            let (bare, sheet) = (it.text_in(workbook), &workbook.sheets[at]);
            rows::write(&mut part, &bare, sheet, &looks, &numbers[at])?;
            part.end()?;
        } else if it.name == "xl/sharedStrings.xml" {
            let uses = numbers.iter().map(Vec::len).sum();
            package.put(&it.name, &pack(&listed(&texts, uses)))?;
        } else if it.is_own() {
            package.put(&it.name, &pack(it.text_in(workbook).as_bytes()))?;
        } else {
            package.put(&it.name, it.packed())?;
        }
    }
    Ok(package.finish()?)
}

/// Notes the formats and texts of all cells outside the body; gives the numbers
/// of the texts in the order of the cells.
fn survey<'a>(sheet: &'a SheetOf, looks: &mut Looks, texts: &mut Texts<'a>) -> Vec<u32> {
    let mut numbers = Vec::new();
    for (_, cell) in sheet.rows.iter().chain(&sheet.foot).flat_map(cells::shown) {
        looks.use_for(&cell.value, cell.role);
        numbers.extend(cells::text(&cell.value).map(|text| texts.number(text)));
    }
    numbers
}

/// The part of texts that cells name by number, `uses` times in all.
fn listed(texts: &Texts, uses: usize) -> Vec<u8> {
    const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"{SPACE}\" \
         count=\"{uses}\" uniqueCount=\"{}\">",
        texts.all.len()
    );
    let mut xml = head.into_bytes();
    for text in &texts.all {
        xml.extend(b"<si>");
        cells::push_text(&mut xml, text);
        xml.extend(b"</si>");
    }
    xml.extend(b"</sst>");
    xml
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
    use crate::sheet::State;
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
    fn the_same_workbook_gives_the_same_bytes() {
        assert_eq!(write(&everything()).unwrap(), write(&everything()).unwrap());
    }

    /// Two pages with long bodies that show every kind of value in every role.
    fn long() -> WorkbookOf<'static> {
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
        let row = move |at: usize| {
            let cell = |role: Role| Cell::new(values[at % values.len()].clone(), role);
            Row::new(Role::all().map(cell).collect())
        };
        let mut there = Sheet::named("Đi");
        let mut back = Sheet::named("Về");
        there.push(Row::head(["Bảng"])).push_body(1_000, row.clone());
        back.push_body(2_000, move |at| row(2_000 - at)).push(Row::head(["Hết"]));
        Workbook { sheets: vec![there, back], ..everything() }
    }

    #[test]
    fn long_pages_give_the_same_bytes_with_any_number_of_threads() {
        let workbook = long();
        let alone = write(&workbook).unwrap();
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert!(pool.install(|| write(&workbook).unwrap()) == alone, "{threads} threads");
        }
        let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(alone)).unwrap();
        let page = book.worksheet_range("Về").unwrap();
        assert_eq!(page.end(), Some((2_000, u32::try_from(Role::all().count()).unwrap() - 1)));
        assert_eq!(page.get_value((1_999, 0)), Some(&Data::String("Hà Tu".to_owned())));
        assert_eq!(page.get_value((2_000, 0)), Some(&Data::String("Hết".to_owned())));
    }

    #[test]
    fn a_chart_above_the_last_rows_leaves_every_cell_its_format() {
        let mut workbook = everything();
        workbook.sheets.remove(0);
        (0..9).for_each(|_| _ = workbook.sheets[0].push(Row::head(["Dưới biểu đồ"])));
        write(&workbook).unwrap();
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
