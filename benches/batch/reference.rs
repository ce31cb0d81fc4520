//! The least that any program must do with the same bytes.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use quick_xml::events::Event;
use rayon::prelude::*;

/// Reads and gathers every form of a round with one thread, as `run` does.
pub(super) fn read(round: &Path) {
    use cchc::batch::{Folder, intake, with_threads};
    let folder = Folder::open(round).unwrap();
    let loaded = intake::load(&folder).unwrap();
    let files = folder.forms().unwrap();
    let readings = with_threads(1, || intake::forms(&folder, files, &loaded.round, &|| ()));
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
