//! The text of the settings, the register and the folders of the years → a
//! [`History`], or everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Book;
use crate::finding::history as said;
use crate::finding::{Checked, Findings, Place};
use crate::history::check::{self, Against};
use crate::history::nominations::Among;
use crate::history::period::Period;
use crate::history::year::Year;
use crate::history::{History, SETTINGS, genealogy, lives, members, nominations, read_period};

/// A year's folder, as found: its name, and what its files say.
#[derive(Clone, Debug, Default)]
pub struct YearFolder {
    pub name: String,
    pub year: i16,
    pub files: Vec<Year>,
    /// Some file could not be read, which is said already.
    pub is_broken: bool,
}

/// Reads a history from the text of its settings, its register and the folders
/// of its years, and says everything that is wrong with them at once.
pub fn read(
    settings: &str,
    register: &Book,
    nominations: Option<&Book>,
    folders: Vec<YearFolder>,
    mut findings: Findings,
) -> Checked<History> {
    let settings = read_period::read(SETTINGS, settings, &mut findings);
    let period = settings.as_ref().map(|it| &it.0);
    let members = members::read(register, period, &mut findings);
    let genealogy = genealogy::trace(&members, &mut findings);
    let confirmed = settings.as_ref().map(|it| &it.1);
    let among = Among { members: &members, genealogy: &genealogy, confirmed, period };
    let nominations =
        nominations.map(|book| nominations::read(book, among, &mut findings)).unwrap_or_default();
    // Years are held against nothing that is itself wrong.
    let is_sound = !findings
        .iter()
        .any(|it| it.is_error() && (it.place.file == SETTINGS || it.place.file == register.file));
    let Some((period, confirmed)) = settings.filter(|_| is_sound) else {
        findings.sort();
        return Checked::new(None, findings);
    };
    let years = years(&period, folders, &mut findings);
    let against = Against {
        period: &period,
        members: &members,
        genealogy: &genealogy,
        confirmed: &confirmed,
    };
    for year in years.values() {
        against.year(year, &mut findings);
    }
    check::unmet(&period, &years, &mut findings);
    check::blocs(&members, &years, &mut findings);
    lives::check(&period, &members, &confirmed, &mut findings);
    confirmed.close(SETTINGS, &mut findings);
    findings.sort_and_dedup();
    Checked::new(Some(History { period, members, genealogy, years, nominations }), findings)
}

/// One source for each year of the span.
fn years(
    period: &Period,
    folders: Vec<YearFolder>,
    findings: &mut Findings,
) -> BTreeMap<i16, Year> {
    let mut by_year: BTreeMap<i16, Vec<YearFolder>> = BTreeMap::new();
    for folder in folders {
        by_year.entry(folder.year).or_default().push(folder);
    }
    let mut years = BTreeMap::new();
    // Years of which enough is said, so that they are not called missing too.
    let mut told = BTreeSet::new();
    for (year, mut folders) in by_year {
        let names: Vec<String> = folders.iter().map(|it| format!("{}/", it.name)).collect();
        if !period.years().contains(&year) {
            let Period { from, to, .. } = *period;
            findings.say(Place::file(&names[0]), said::YearOutside { year, from, to });
            continue;
        }
        if 1 < folders.len() {
            let (place, count) = (Place::file(&names[1]), names.len());
            findings.say(place, said::YearRepeated { year, count, folders: names });
            told.insert(year);
            continue;
        }
        let Some(folder) = folders.pop() else { continue };
        if folder.name != year.to_string() {
            findings.say(Place::file(&names[0]), said::YearFolderNamed { year });
        }
        let foreign: Vec<&Year> = folder.files.iter().filter(|it| it.year != year).collect();
        for file in &foreign {
            findings.say(Place::file(&file.file), said::YearForeign { found: file.year, year });
        }
        if !foreign.is_empty() || folder.is_broken {
            told.insert(year);
            continue;
        }
        let missing = period.note(year).and_then(|note| note.missing.as_deref());
        if let (Some(why), Some(file)) = (missing, folder.files.first()) {
            let said = said::MissingButThere { year, why, file: &file.file };
            findings.say(Place::file(SETTINGS), said);
        }
        years.extend(check::agreed(folder.files, findings).map(|agreed| (year, agreed)));
    }
    for year in period.years() {
        let is_declared = period.note(year).is_some_and(|note| note.missing.is_some());
        if !years.contains_key(&year) && !is_declared && !told.contains(&year) {
            findings.say(Place::file(format!("{year}/")), said::YearMissing { year });
        }
    }
    years
}
