//! The least that any program must do with the same bytes.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use calamine::{Data, DataRef, Reader, Xlsx};
use quick_xml::events::Event;
use rayon::prelude::*;
use rust_xlsxwriter::Workbook;

/// Sheets of cells that a run wrote.
pub(super) type Cells = Vec<Vec<(u32, u32, Data)>>;

/// Reads and gathers every form of a round with one thread, as `run` does.
pub(super) fn read(round: &Path) {
    use cchc::batch::{Folder, intake, with_threads};
    let folder = Folder::open(round).unwrap();
    let loaded = intake::load(&folder).unwrap();
    let readings = with_threads(1, || intake::forms(&folder, &loaded.round, &|| ()).unwrap());
    assert!(!cchc::form::gather(readings, &loaded.round).forms.is_empty());
}

/// Inflates and tokenises every XML part of every workbook below a folder.
pub(super) fn tokenise(folder: &Path, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let files = workbooks(folder);
    let events: u64 = pool.install(|| files.par_iter().map(|path| events(path)).sum());
    assert!(0 < events);
}

fn events(path: &Path) -> u64 {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let mut count = 0;
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_reader(text.as_slice());
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                _ => count += 1,
            }
        }
    }
    count
}

/// Every cell of every workbook that a run wrote.
pub(super) fn cells(results: &Path) -> Cells {
    let mut sheets = Vec::new();
    for path in workbooks(results) {
        let mut book = Xlsx::new(Cursor::new(fs::read(path).unwrap())).unwrap();
        for name in book.sheet_names() {
            let mut cells = Vec::new();
            let mut reader = book.worksheet_cells_reader(&name).unwrap();
            while let Some(cell) = reader.next_cell().unwrap() {
                let (row, col) = cell.get_position();
                let value = match cell.get_value() {
                    DataRef::SharedString(text) => Data::String((*text).to_owned()),
                    other => Data::from(other.clone()),
                };
                cells.push((row, col, value));
            }
            sheets.push(cells);
        }
    }
    sheets
}

/// Writes those cells, plainly, into one workbook.
pub(super) fn write(sheets: &Cells) {
    let mut workbook = Workbook::new();
    for cells in sheets {
        let page = workbook.add_worksheet();
        for (row, col, value) in cells {
            let col = u16::try_from(*col).unwrap();
            match value {
                Data::Float(number) => page.write_number(*row, col, *number).unwrap(),
                Data::String(text) => page.write_string(*row, col, text).unwrap(),
                _ => page,
            };
        }
    }
    assert!(!workbook.save_to_buffer().unwrap().is_empty());
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(workbooks(&path));
        } else if path.extension().is_some_and(|it| it == "xlsx") {
            files.push(path);
        }
    }
    files.sort();
    files
}
