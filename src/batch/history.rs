//! The folder of a summary: a path → settings, register, nominations and the
//! files of every year, read in parallel.

use rayon::prelude::*;

use crate::batch::folder::{Folder, Named, stray};
use crate::batch::left::{self, Known};
use crate::batch::own::OwnFiles;
use crate::batch::swap;
use crate::failure::Failure;
use crate::finding::{Code, Finding, Findings, Place, round as said};
use crate::history::year::Year;
use crate::history::{self, History, REGISTER, SETTINGS, YearFolder, nominations, read_year};
use crate::record::{self, Input};
use crate::round;

/// A history, and the files it was made of.
pub struct Loaded {
    pub history: History,
    /// Warnings and notes; an error would have refused the summary.
    pub findings: Findings,
    pub inputs: Vec<Input>,
}

/// Where a year's results may lie in its folder: put there by themselves, or
/// with the round that they are the results of.
const PLACES: [&str; 4] = ["ket-qua.json", "ket-qua/ket-qua.json", "ket-qua.xlsx", "ket-qua.csv"];

/// Reads a summary's folder. `Err(Failure::Summary)` holds everything that is
/// wrong with it.
pub fn load(folder: &Folder) -> Result<Loaded, Failure> {
    let mut own = OwnFiles::of(folder.root(), Code::RoundFileUnreadable);
    left::SUMMARY.say_rest(folder.root(), "", &mut own.findings);
    let settings = own.text(&folder.named(SETTINGS), Code::SettingsSyntax);
    let register = own.book(&folder.named(REGISTER));
    let (Some(settings), Some(register)) = (settings, register) else {
        return Err(Failure::Summary(own.findings));
    };
    let nominations = Some(folder.named(nominations::FILE)).filter(|it| it.path.exists());
    let nominations = nominations.and_then(|it| own.book(&it));
    let mut folders = folder.years(&mut own.findings)?;
    for (name, _) in &folders {
        say_rest(folder, name, &mut own.findings);
    }
    let files: Vec<(usize, Named)> = folders
        .iter()
        .enumerate()
        .flat_map(|(at, (name, _))| PLACES.map(|place| (at, found(folder, name, place))))
        .filter(|(_, named)| named.path.exists())
        .collect();
    let read_one = |(at, named): &(usize, Named)| {
        let mut own = OwnFiles::of(folder.root(), Code::YearUnreadable);
        (*at, year(named, &mut own), own)
    };
    let read: Vec<_> = files.par_iter().map(read_one).collect();
    let mut years: Vec<YearFolder> = folders
        .drain(..)
        .map(|(name, year)| YearFolder { name, year, ..YearFolder::default() })
        .collect();
    for (at, year, apart) in read {
        years[at].is_broken |= apart.findings.iter().any(Finding::is_error);
        years[at].files.extend(year);
        own.append(apart);
    }
    let OwnFiles { inputs, findings, .. } = own;
    let (history, findings) =
        history::read(&settings, &register, nominations.as_ref(), years, findings).into_parts();
    match history {
        Some(history) => Ok(Loaded { history, findings, inputs }),
        None => Err(Failure::Summary(findings)),
    }
}

/// A file of a year, also where a run is just putting new results in place of
/// those that hold it.
fn found(folder: &Folder, year: &str, place: &str) -> Named {
    let Some((results, file)) = place.split_once('/') else {
        return folder.named(&format!("{year}/{place}"));
    };
    let root = folder.root().join(year);
    let present = swap::found(&root, &root.join(results));
    let results = present.file_name().unwrap_or_default().to_string_lossy().into_owned();
    folder.named(&format!("{year}/{results}/{file}"))
}

/// Says what in the folder of a year is not read. It may be a round's own.
fn say_rest(folder: &Folder, year: &str, findings: &mut Findings) {
    let (root, way) = (folder.root().join(year), format!("{year}/"));
    let (mut files, mut folders) = (left::YEAR.files.to_vec(), left::YEAR.folders.to_vec());
    if root.join(round::SETTINGS).exists() {
        files.extend(left::ROUND.files);
        folders.extend(left::ROUND.folders);
    }
    Known { files: &files, folders: &folders }.say_rest(&root, &way, findings);
}

/// One file of a year, whatever kind it is.
fn year(named: &Named, own: &mut OwnFiles) -> Option<Year> {
    let kind = named.path.extension().map(std::ffi::OsStr::to_ascii_lowercase).unwrap_or_default();
    if kind == "xlsx" {
        let book = own.book(named)?;
        return read_year::read(&book, false, &mut own.findings);
    }
    if kind == "json" {
        let text = own.text(named, Code::YearUnreadable)?;
        return record::past_year(&named.name, &text, &mut own.findings);
    }
    let bytes = own.bytes(named)?;
    let csv = history::csv::read(&named.name, &bytes, &mut own.findings)?;
    read_year::read(&csv.book, csv.may_be_cut, &mut own.findings)
}

impl Folder {
    /// The folders of years, by name: those whose names begin with four digits.
    /// Another folder that holds results and has a year in its name is said.
    fn years(&self, findings: &mut Findings) -> Result<Vec<(String, i16)>, Failure> {
        let failure = |source| Failure::Read { path: self.root().to_owned(), source };
        let mut years = Vec::new();
        for entry in std::fs::read_dir(self.root()).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !entry.path().is_dir() || stray(&name).is_some() {
                continue;
            }
            let mut numbers = name.split(|it: char| !it.is_ascii_digit());
            let is_year = |it: &&str| it.len() == 4;
            if let Some(year) = numbers.next().filter(is_year).and_then(|it| it.parse().ok()) {
                years.push((name, year));
            } else if let Some(found) = numbers.find(is_year)
                && left::holds_table(&entry.path())
            {
                let said = said::FileLike { known: format!("{found}/") };
                findings.say(Place::file(format!("{name}/")), said);
            }
        }
        years.sort();
        Ok(years)
    }
}
