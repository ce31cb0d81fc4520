//! Several years summed up (tổng kết): the results of each year, the register
//! of units of all times and the settings → one [`History`].
//!
//! Units are joined by id through the genealogy, never by name; criteria sets
//! are compared by contents through the crosswalk; and every move in rank is
//! taken apart into parts that add up to it. Pure, as everything on this floor.

pub mod period;
pub mod members;
pub mod genealogy;
pub mod nominations;
pub mod read_period;
mod read_period_awards;
pub mod year;
mod check;
pub mod csv;
pub mod moves;
pub mod contents;
pub mod read_year;
pub mod series;
pub mod award;
pub mod migration;
pub mod summary;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Book;
use crate::finding::{Checked, Code, Finding, Findings, Place};

use check::Against;
use genealogy::Genealogy;
use members::Members;
use nominations::Nominations;
use period::Period;
use year::Year;

/// The names of the files in a summary's folder.
pub const SETTINGS: &str = "tong-ket.toml";
pub const REGISTER: &str = "don-vi.xlsx";

/// A span of years, checked: whoever holds it may trust that every year of the
/// span has results or a reason why not, every unit of a year exists and is
/// there once, and every area has its content.
#[derive(Clone, Debug)]
pub struct History {
    pub period: Period,
    pub members: Members,
    pub genealogy: Genealogy,
    /// The years that have results, ascending.
    pub years: BTreeMap<i16, Year>,
    pub nominations: Nominations,
}

impl History {
    /// What a line is called: the last name of its unit.
    pub fn name(&self, line: usize) -> &str {
        let id = self.genealogy.lines[line].id();
        self.members.get(id).map_or(&id.0, |it| &it.name)
    }
}

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
    let period = read_period::read(SETTINGS, settings, &mut findings);
    let members = members::read(register, period.as_ref(), &mut findings);
    let genealogy = genealogy::trace(&members, &mut findings);
    let nominations = nominations
        .map(|book| nominations::read(book, &members, &mut findings))
        .unwrap_or_default();
    // Years are held against nothing that is itself wrong.
    let is_sound = !findings
        .iter()
        .any(|it| it.is_error() && (it.place.file == SETTINGS || it.place.file == register.file));
    let Some(period) = period.filter(|_| is_sound) else {
        findings.sort();
        return Checked::new(None, findings);
    };
    let years = years(&period, folders, &mut findings);
    let against = Against { period: &period, members: &members, genealogy: &genealogy };
    for year in years.values() {
        against.year(year, &mut findings);
    }
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
    let mut said = BTreeSet::new();
    for (year, mut folders) in by_year {
        let names: Vec<String> = folders.iter().map(|it| format!("{}/", it.name)).collect();
        let mut say = |code, file: &str, message| {
            findings.push(Finding::new(code, Place::file(file), message));
        };
        if !period.years().contains(&year) {
            let message = format!("Năm {year} ngoài giai đoạn {}–{}", period.from, period.to);
            say(Code::YearOutside, &names[0], message);
            continue;
        }
        if 1 < folders.len() {
            let message = format!("Năm {year} có {} thư mục: {}", names.len(), names.join(", "));
            say(Code::YearRepeated, &names[1], message);
            said.insert(year);
            continue;
        }
        let Some(folder) = folders.pop() else { continue };
        let foreign: Vec<&Year> = folder.files.iter().filter(|it| it.year != year).collect();
        for file in &foreign {
            let message = format!("Tệp ghi năm {}, nằm trong thư mục năm {year}", file.year);
            say(Code::YearForeign, &file.file, message);
        }
        if !foreign.is_empty() || folder.is_broken {
            said.insert(year);
            continue;
        }
        let missing = period.note(year).and_then(|note| note.missing.as_deref());
        if let (Some(why), Some(file)) = (missing, folder.files.first()) {
            let message = format!("năm {year} được ghi là thiếu ({why}) mà vẫn có {}", file.file);
            let message = format!("[[nam]] {message}");
            say(Code::SettingInvalid, SETTINGS, message);
        }
        years.extend(check::agreed(folder.files, findings).map(|agreed| (year, agreed)));
    }
    for year in period.years() {
        let is_declared = period.note(year).is_some_and(|note| note.missing.is_some());
        if !years.contains_key(&year) && !is_declared && !said.contains(&year) {
            let message =
                format!("Chưa có kết quả năm {year} (ket-qua.json, ket-qua.xlsx hoặc ket-qua.csv)");
            let place = Place::file(format!("{year}/"));
            findings.push(Finding::new(Code::YearMissing, place, message));
        }
    }
    years
}
