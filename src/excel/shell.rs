//! A workbook → every part of its package as the library writes it, the pages
//! still without rows: styles, theme, charts, notes, rules, print settings.

use std::collections::BTreeMap;
use std::io::{self, Cursor};
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rust_xlsxwriter::{DocProperties, XlsxError};
use zip::ZipArchive;

use super::cells;
use super::library::{self, column};
use super::look::{self, Looks};
use super::pack::{Piece, pack};
use super::page;
use crate::finding::{CellRef, column_name};
use crate::sheet::{Chart, Range, Row, Sheet, SheetOf, State, Workbook, WorkbookOf};

/// The default row, in pixels: one line of the default font.
const ROW_PIXELS: u32 = 21;

/// The default column, in pixels, which tells the library the default font's
/// digit width.
const COLUMN_PIXELS: u32 = 72;

/// What stands for the title in a shell that many workbooks have.
const TITLE: &str = "\u{e000}";

/// The last row of a filter on the first sheet in such a shell; one more on each
/// further sheet. No other row has such a number.
const FILTER: u32 = 1_000_000;

/// What the library makes of a workbook.
pub(super) struct Shell {
    pub(super) parts: Vec<Part>,
    /// Those of the formats, in their order.
    numbers: Vec<u32>,
}

/// A part of the package.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) text: String,
    packed: OnceLock<Piece>,
}

impl Part {
    /// As it is, packed when it is first asked for.
    pub(super) fn packed(&self) -> &Piece {
        self.packed.get_or_init(|| pack(self.text.as_bytes()))
    }

    /// The number of the page that it is, from 0.
    pub(super) fn page(&self) -> Option<usize> {
        let number = self.name.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?;
        number.parse::<usize>().ok()?.checked_sub(1)
    }

    /// Whether workbooks that share a shell have it each in its own way.
    pub(super) fn is_own(&self) -> bool {
        ["docProps/core.xml", "xl/workbook.xml"].contains(&self.name.as_str())
    }

    /// Its text in a workbook that may share it with others.
    pub(super) fn text_in(&self, workbook: &WorkbookOf) -> String {
        let mut title = Vec::new();
        cells::escape(&mut title, &workbook.title);
        let mut text = self.text.replace(TITLE, &String::from_utf8_lossy(&title));
        for (stands, sheet) in (FILTER + 1..).zip(&workbook.sheets) {
            let Some((_, last)) = sheet.filter else { continue };
            let col = column_name(last.col);
            for before in [format!(":{col}"), format!(":${col}$")] {
                let ends = |row: u32| format!("{before}{row}");
                text = text.replace(&ends(stands), &ends(last.row + 1));
            }
        }
        text
    }
}

impl Shell {
    /// What the library makes of all of a workbook but its rows. Of workbooks
    /// that differ only in rows, titles, footers and where filters end it is
    /// made once.
    pub(super) fn of(workbook: &WorkbookOf, looks: &mut Looks) -> Result<Arc<Shell>, XlsxError> {
        /// As many as a round has kinds of workbooks, and more; so that no run
        /// gathers memory.
        const MOST: usize = 100;
        static MADE: Mutex<BTreeMap<String, Arc<Shell>>> = Mutex::new(BTreeMap::new());
        let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let shell = if workbook.sheets.iter().all(is_free_of_rows) {
            let bare = bare(workbook);
            let kind = format!("{bare:?} {:?}", looks.used());
            let known = made().get(&kind).cloned();
            known.map_or_else(
                || -> Result<Arc<Shell>, XlsxError> {
                    let shell = Arc::new(Shell::made(&bare, looks)?);
                    let mut made = made();
                    if made.len() < MOST {
                        made.insert(kind, Arc::clone(&shell));
                    }
                    Ok(shell)
                },
                Ok,
            )?
        } else {
            Arc::new(Shell::made(workbook, looks)?)
        };
        looks.set_numbers(&shell.numbers);
        Ok(shell)
    }

    /// The library also gives the formats their numbers: each of them is the
    /// look of a cell in a row that nobody will see.
    fn made(workbook: &WorkbookOf, looks: &Looks) -> Result<Shell, XlsxError> {
        let mut file = begin(workbook)?;
        let drawn = workbook.sheets.iter().flat_map(|sheet| &sheet.charts).flat_map(ranges);
        let mut row = 0;
        for range in drawn {
            row = row.max(range.last.row + 1);
            draw_from(&mut file, workbook, range)?;
        }
        let page = file.worksheet_from_index(0)?;
        for (at, look) in (1..).zip(looks.formats()) {
            page.write_blank(row, at, &look)?;
        }
        // A text, so that there is a part of texts.
        page.write_string(row, 0, "→")?;
        let mut bytes = Vec::new();
        unless_refused(|| file.save_to_writer(&mut bytes))?;
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut parts = Vec::new();
        for at in 0..archive.len() {
            let part = archive.by_index(at)?;
            let name = part.name()?.into_owned();
            parts.push(Part { name, text: io::read_to_string(part)?, packed: OnceLock::new() });
        }
        let first = parts.iter().find(|part| part.page() == Some(0)).expect("a first page");
        // Rows below it may have heights.
        let begins = format!("<row r=\"{}\"", row + 1);
        let (_, rest) = first.text.split_once(&begins).expect("the row of the formats");
        let (looks, _) = rest.split_once("</row>").expect("a row ends");
        let looks = looks.split("\" s=\"").skip(1);
        let numbers = looks.map_while(|it| it.split('"').next()?.parse().ok());
        let numbers = numbers.collect();
        Ok(Shell { parts, numbers })
    }
}

/// Whether nothing that the library writes of a sheet follows from its rows.
fn is_free_of_rows(sheet: &SheetOf) -> bool {
    let is_free = |row: &Row| !row.breaks && row.cells.iter().all(|cell| cell.note.is_none());
    // Where the pages of a dense sheet end follows from every row.
    !sheet.is_dense() && sheet.charts.is_empty() && sheet.rows.iter().all(is_free)
}

/// A workbook without what differs from one workbook of its kind to another.
fn bare(workbook: &WorkbookOf) -> Workbook {
    let sheet = |(at, sheet): (u32, &SheetOf)| Sheet {
        name: sheet.name.clone(),
        widths: sheet.widths.clone(),
        is_portrait: sheet.is_portrait,
        repeat: sheet.repeat,
        repeat_columns: sheet.repeat_columns,
        column_breaks: sheet.column_breaks.clone(),
        prints_to: sheet.prints_to,
        freeze: sheet.freeze,
        is_protected: sheet.is_protected,
        state: sheet.state,
        validations: sheet.validations.clone(),
        heats: sheet.heats.clone(),
        marks: sheet.marks.clone(),
        sparklines: sheet.sparklines.clone(),
        filter: sheet.filter.map(|(first, last)| (first, CellRef { row: FILTER + at, ..last })),
        is_highlighted: sheet.is_highlighted,
        density: sheet.density,
        // Named one by one, so that no new part of a sheet is forgotten.
        rows: Vec::new(),
        body: None,
        foot: Vec::new(),
        charts: Vec::new(),
        links: Vec::new(),
        footer: String::new(),
        seal: String::new(),
    };
    Workbook {
        title: TITLE.to_owned(),
        dated: workbook.dated,
        places: workbook.places,
        index_places: workbook.index_places,
        sheets: (0..).zip(&workbook.sheets).map(sheet).collect(),
        properties: workbook.properties.clone(),
    }
}

/// What a chart draws.
fn ranges(chart: &Chart) -> impl Iterator<Item = &Range> {
    chart.series.iter().flat_map(|series| {
        let whiskers = series.whiskers.iter().flat_map(|(above, below)| [above, below]);
        [&series.categories, &series.values].into_iter().chain(whiskers)
    })
}

/// A workbook of the library's without rows.
fn begin(workbook: &WorkbookOf) -> Result<rust_xlsxwriter::Workbook, XlsxError> {
    let mut file = rust_xlsxwriter::Workbook::new();
    file.set_default_format(&look::default(), ROW_PIXELS, COLUMN_PIXELS)?;
    let mut properties = DocProperties::new()
        .set_title(&workbook.title)
        .set_creation_datetime(&library::moment(workbook.dated)?);
    for (name, value) in &workbook.properties {
        properties = properties.set_custom_property(name, value.as_str());
    }
    file.set_properties(&properties);
    // Its parts are only taken out again; the library knows no lower level.
    file.set_zip_compression_level(1);
    let first = workbook.sheets.iter().position(|sheet| sheet.state == State::Visible);
    for (at, sheet) in workbook.sheets.iter().enumerate() {
        let page = file.add_worksheet();
        page.set_name(&sheet.name)?;
        match sheet.state {
            State::VeryHidden => _ = page.set_very_hidden(true),
            State::Visible if first == Some(at) => _ = page.set_active(true).set_first_tab(true),
            State::Visible => {}
        }
        page::fill(page, sheet)?;
    }
    Ok(file)
}

/// Writes the numbers and texts of a range, which a chart keeps a copy of.
fn draw_from(
    file: &mut rust_xlsxwriter::Workbook,
    workbook: &WorkbookOf,
    range: &Range,
) -> Result<(), XlsxError> {
    let Some(at) = workbook.sheets.iter().position(|it| it.name == range.sheet) else {
        return Ok(());
    };
    let page = file.worksheet_from_index(at)?;
    for row_number in range.first.row..=range.last.row {
        let Some(row) = workbook.sheets[at].row(row_number) else { continue };
        for col in range.first.col..=range.last.col {
            let cell = usize::try_from(col).ok().and_then(|it| row.cells.get(it));
            let Some(cell) = cell else { continue };
            let (value, col) = (&cell.value, column(col)?);
            if let Some(text) = cells::text(value) {
                page.write_string(row_number, col, text)?;
            } else if let Some(number) = cells::number(value) {
                page.write_number(row_number, col, number.to_cell())?;
            } else {
                // Neither is copied, but counted.
                page.write_boolean(row_number, col, false)?;
            }
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
