//! The folder of a summary: a path → settings, register, nominations and the
//! files of every year, read in parallel.

use rayon::prelude::*;

use crate::batch::folder::{Folder, Named, stray};
use crate::batch::left;
use crate::batch::own::OwnFiles;
use crate::failure::Failure;
use crate::finding::{Code, Finding, Findings};
use crate::history::year::Year;
use crate::history::{self, History, REGISTER, SETTINGS, YearFolder, nominations, read_year};
use crate::record::{self, Input};

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
    left::SUMMARY.say_rest(folder.root(), &mut own.findings);
    let settings = own.text(&folder.named(SETTINGS), Code::SettingsSyntax);
    let register = own.book(&folder.named(REGISTER));
    let (Some(settings), Some(register)) = (settings, register) else {
        return Err(Failure::Summary(own.findings));
    };
    let nominations = Some(folder.named(nominations::FILE)).filter(|it| it.path.exists());
    let nominations = nominations.and_then(|it| own.book(&it));
    let mut folders = folder.years()?;
    let files: Vec<(usize, Named)> = folders
        .iter()
        .enumerate()
        .flat_map(|(at, (name, _))| {
            PLACES.map(|place| (at, folder.named(&format!("{name}/{place}"))))
        })
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
    fn years(&self) -> Result<Vec<(String, i16)>, Failure> {
        let failure = |source| Failure::Read { path: self.root().to_owned(), source };
        let mut years = Vec::new();
        for entry in std::fs::read_dir(self.root()).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let digits = name.get(..4).filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
            let follows = name.get(4..).and_then(|rest| rest.chars().next());
            let year = digits.and_then(|it| it.parse().ok());
            let is_year = entry.path().is_dir()
                && !follows.is_some_and(|it| it.is_ascii_digit())
                && stray(&name).is_none();
            years.extend(year.filter(|_| is_year).map(|year| (name, year)));
        }
        years.sort();
        Ok(years)
    }
}
