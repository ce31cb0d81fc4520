//! Results as they lie on the disk: a folder → its record, the digests of its
//! files, and a workbook in it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::batch::patience;
use crate::batch::save::Draft;
use crate::batch::source;
use crate::batch::swap;
use crate::compare::Shown;
use crate::digest;
use crate::excel;
use crate::failure::Failure;
use crate::record::{self, RECORD_FILE, Record};
use crate::report;

/// The most lines of a text that are told to differ.
const MOST_LINES: usize = 1_000;
/// How far above a workbook its results are looked for.
const ABOVE: usize = 3;

/// The text of the record in a folder of results.
pub fn text(results: &Path) -> Result<String, Failure> {
    let path = results.join(RECORD_FILE);
    if !path.is_file() {
        return Err(Failure::Unscored { path });
    }
    patience::text(&path).map_err(|source| Failure::Read { path, source })
}

/// The record in a folder of results.
pub fn record(results: &Path) -> Result<Record, Failure> {
    let path = results.join(RECORD_FILE);
    record::read(&text(results)?)
        .map_err(|why| Failure::Unverifiable(format!("{}: {why}", path.display())))
}

/// The digest of a file; `None` when it is not there.
pub fn sha256(path: &Path) -> Result<Option<String>, Failure> {
    if !path.is_file() {
        return Ok(None);
    }
    let read = patience::open(path).and_then(digest::sha256_of);
    read.map(Some).map_err(|source| Failure::Read { path: path.to_owned(), source })
}

/// What a workbook shows.
pub fn shown(path: &Path) -> Result<Shown, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let root = path.parent().unwrap_or(Path::new("."));
    let opened = source::read(root, path, &name).and_then(|bytes| excel::shown(&name, &bytes));
    let refused = |message: &str| Failure::Unverifiable(format!("{}: {message}", path.display()));
    opened.map_err(|finding| refused(finding.message()))
}

/// The folder of results that a workbook belongs to: beside it, or above.
pub fn around(file: &Path) -> Option<PathBuf> {
    let file = dunce::canonicalize(file).ok()?;
    let above = file.ancestors().skip(1).take(ABOVE);
    let beside = |folder: &Path| swap::present(&folder.join("ket-qua"));
    let places = above.flat_map(|folder| [folder.to_owned(), beside(folder)]);
    places.into_iter().find(|folder| folder.join(RECORD_FILE).is_file())
}

/// The workbooks and the tables of data in a folder of results, by their path
/// below it; those of other people too.
pub fn files(results: &Path) -> Vec<String> {
    let letters = format!("{}/", report::feedback::FOLDER);
    let data = format!("{}/", report::FOLDER);
    let mut names = Vec::new();
    for (below, ending) in [("", ".xlsx"), (&letters, ".xlsx"), (&data, ".csv")] {
        let entries = fs::read_dir(results.join(below)).into_iter().flatten().flatten();
        let files = entries.filter(|entry| entry.path().is_file());
        let files = files.map(|entry| format!("{below}{}", entry.file_name().to_string_lossy()));
        names.extend(files.filter(|name| name.to_lowercase().ends_with(ending)));
    }
    names.sort();
    names
}

/// Where the lines of a text are not those of the published one; the first few
/// are told.
pub fn lines_apart(published: &Path, held: &Path) -> Result<Vec<String>, Failure> {
    let lines = |path: &Path| -> Result<_, Failure> {
        let read = |source| Failure::Read { path: path.to_owned(), source };
        Ok(BufReader::new(patience::open(path).map_err(read)?).split(b'\n'))
    };
    let (mut published, mut held) = (lines(published)?, lines(held)?);
    let mut apart = Vec::new();
    for number in 1.. {
        let [then, now] = [published.next(), held.next()]
            .map(|line| line.map(|it| it.map_or_else(|_| "?".to_owned(), |it| told(&it))));
        match (then, now) {
            (None, None) => break,
            (then, now) if then == now => {}
            _ if apart.len() == MOST_LINES => {
                apart.push("còn dòng khác nữa".to_owned());
                break;
            }
            (Some(then), Some(now)) => {
                apart.push(format!("dòng {number}: bản công bố «{then}», tệp này «{now}»"));
            }
            (Some(then), None) => apart.push(format!("dòng {number}: thiếu «{then}»")),
            (None, Some(now)) => apart.push(format!("dòng {number}: thêm «{now}»")),
        }
    }
    if apart.is_empty() {
        apart.push("các dòng như nhau, cách kết thúc dòng cuối khác".to_owned());
    }
    Ok(apart)
}

fn told(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim_start_matches('\u{feff}').to_owned()
}

/// Results made again, away from everything; gone when dropped.
pub struct Remade {
    folder: TempDir,
}

impl Remade {
    /// What `write` puts into new results.
    pub fn of(write: impl FnOnce(&Draft) -> Result<(), Failure>) -> Result<Remade, Failure> {
        let folder = tempfile::tempdir();
        let path = std::env::temp_dir();
        let remade = Remade { folder: folder.map_err(|source| Failure::Write { path, source })? };
        let draft = Draft::begin(&remade.path())?;
        write(&draft)?;
        draft.place(|_| false)?;
        Ok(remade)
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("ket-qua")
    }
}

impl Drop for Remade {
    fn drop(&mut self) {
        // The folder itself goes without patience.
        let _ = patience::remove_folder(&self.path());
    }
}
