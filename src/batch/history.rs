//! The folder of a summary: a path → settings, register, nominations and the
//! files of every year, read in parallel.

use rayon::prelude::*;

use crate::batch::folder::{Folder, Named, stray};
use crate::batch::intake;
use crate::batch::left;
use crate::failure::Failure;
use crate::finding::history as said;
use crate::finding::{Code, Finding, Findings, Place};
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
    let mut inputs = Vec::new();
    let mut findings = Findings::default();
    left::SUMMARY.say_rest(folder.root(), &mut findings);
    let settings = intake::read_own(folder, &folder.named(SETTINGS), &mut inputs);
    let settings = settings.and_then(|bytes| {
        String::from_utf8(bytes).map_err(|_| Finding::of(Place::file(SETTINGS), said::NotUtf8 {}))
    });
    let settings = settings.map_err(|finding| findings.push(finding)).ok();
    let register = intake::own_book(folder, &folder.named(REGISTER), &mut inputs);
    let register = register.map_err(|finding| findings.push(finding)).ok();
    let (Some(settings), Some(register)) = (settings, register) else {
        return Err(Failure::Summary(findings));
    };
    let nominations = folder.named(nominations::FILE);
    let nominations = nominations
        .path
        .exists()
        .then(|| intake::own_book(folder, &nominations, &mut inputs))
        .and_then(|book| book.map_err(|finding| findings.push(finding)).ok());
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
        let mut own = Findings::default();
        let mut inputs = Vec::new();
        let year = year(folder, named, &mut own, &mut inputs);
        (*at, year, own, inputs)
    };
    let read: Vec<_> = files.par_iter().map(read_one).collect();
    let mut years: Vec<YearFolder> = folders
        .drain(..)
        .map(|(name, year)| YearFolder { name, year, ..YearFolder::default() })
        .collect();
    for (at, year, own, more) in read {
        years[at].is_broken |= own.iter().any(Finding::is_error);
        years[at].files.extend(year);
        findings.extend(own);
        inputs.extend(more);
    }
    let (history, findings) =
        history::read(&settings, &register, nominations.as_ref(), years, findings).into_parts();
    match history {
        Some(history) => Ok(Loaded { history, findings, inputs }),
        None => Err(Failure::Summary(findings)),
    }
}

/// One file of a year, whatever kind it is.
fn year(
    folder: &Folder,
    named: &Named,
    findings: &mut Findings,
    inputs: &mut Vec<Input>,
) -> Option<Year> {
    let unreadable = |it: Finding| it.under(Code::YearUnreadable);
    let kind = named.path.extension().map(std::ffi::OsStr::to_ascii_lowercase).unwrap_or_default();
    if kind == "xlsx" {
        let book = intake::own_book(folder, named, inputs).map_err(unreadable);
        return book
            .map_err(|it| findings.push(it))
            .ok()
            .and_then(|it| read_year::read(&it, false, findings));
    }
    let bytes = intake::read_own(folder, named, inputs).map_err(|it| findings.push(it)).ok()?;
    if kind == "json" {
        return record::past_year(&named.name, &String::from_utf8_lossy(&bytes), findings);
    }
    let csv = history::csv::read(&named.name, &bytes, findings)?;
    read_year::read(&csv.book, csv.may_be_cut, findings)
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
