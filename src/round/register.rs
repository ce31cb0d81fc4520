//! The register of units (danh sách đơn vị).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::day::Day;
use crate::finding;
use crate::finding::{Place, Said, round as said};
use crate::round::criteria::SetId;
use crate::round::settings::BlocId;
use crate::text;

/// What the blank for survey results is called among the blanks of units.
pub const SURVEY_BLANK: &str = "khao-sat";

/// A unit's lasting id (mã đơn vị): ASCII, upper case, never its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub String);

/// A department or a ward/commune (đơn vị).
#[derive(Clone, Debug)]
pub struct Unit {
    pub id: UnitId,
    pub name: String,
    /// Other spellings and earlier names that forms may carry.
    pub other_names: Vec<String>,
    pub bloc: BlocId,
    pub set: SetId,
    /// The head of the unit, who signs the form.
    pub head: String,
    /// The head's post (chức vụ).
    pub post: String,
    pub since: Option<Day>,
    pub until: Option<Day>,
    pub predecessors: Vec<UnitId>,
    /// Why the unit is exempt from the whole round, if it is.
    pub exempt: Option<String>,
}

/// Every unit of the round, in the order of the register.
#[derive(Clone, Debug, Default)]
pub struct Register {
    pub units: Vec<Unit>,
    /// Units of other times, kept for what became of them: not part of the
    /// round.
    pub others: Vec<Unit>,
    /// Who may not be commended this year, and why.
    pub exclusions: Vec<Exclusion>,
    /// What the secretariat knows of persons of one name.
    pub namesakes: Vec<Namesakes>,
    /// Where each of `units` stands among them.
    positions: BTreeMap<UnitId, usize>,
    /// Which of `units` have a name with this name proper.
    by_name: BTreeMap<String, BTreeSet<usize>>,
}

/// A unit or a person who is not considered for an award.
#[derive(Clone, Debug)]
pub struct Exclusion {
    pub unit: UnitId,
    /// A person of the unit; `None` excludes the unit and everyone in it.
    pub person: Option<String>,
    pub reason: String,
    pub source: String,
    pub place: Place,
}

/// What the secretariat found out of persons of one name in several units, or of
/// two names that are nearly one.
#[derive(Clone, Debug)]
pub struct Namesakes {
    pub names: Vec<String>,
    pub units: Vec<UnitId>,
    /// They are one person; otherwise each is another.
    pub are_one: bool,
    pub place: Place,
}

impl Exclusion {
    /// Whether it names a person, however the name is written.
    pub fn names(&self, person: &str) -> bool {
        let key = self.person.as_deref().map(text::person_key);
        key.is_some_and(|key| key == text::person_key(person))
    }
}

impl UnitId {
    /// The id in upper case, or `None` when it holds anything but ASCII
    /// letters, digits, `-` and `_`, or cannot be the name of a file.
    pub fn parse(found: &str) -> Option<UnitId> {
        let id = text::clean(found).to_ascii_uppercase();
        (text::file_name(&id) == id).then_some(UnitId(id))
    }
}

impl Unit {
    /// Whether the unit exists on `day`; its last day counts.
    pub fn exists_on(&self, day: Day) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Unit {
    /// Whether a name may be this unit's, by the name or another one of it.
    pub fn is_named(&self, name: &str) -> bool {
        text::unit_key(name).fits_any(self.names())
    }

    /// Refuses a name that stands beside this unit's id and is not its own: a
    /// sorted or shifted column must not move anything to another unit.
    pub fn confirmed_by(&self, name: &str) -> Result<(), Said> {
        let said = || said::TwoUnits { unit: &self.id, own: &self.name, name };
        (text::is_blank(name) || self.is_named(name)).then_some(()).ok_or_else(|| said().into())
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        [&self.name].into_iter().chain(&self.other_names)
    }
}

impl Register {
    /// The register of these units, each with an id of its own, in this order.
    pub fn of(units: Vec<Unit>) -> Register {
        let mut register = Register::default();
        for unit in units {
            register.push(unit);
        }
        register
    }

    /// Adds a unit at the end.
    pub fn push(&mut self, unit: Unit) {
        let at = self.units.len();
        self.positions.insert(unit.id.clone(), at);
        for name in unit.names() {
            self.by_name.entry(text::unit_key(name).proper().to_owned()).or_default().insert(at);
        }
        self.units.push(unit);
    }

    /// The register of a round that ranks whoever exists on `day`: others step
    /// aside.
    pub fn on(self, day: Day) -> Register {
        if self.units.iter().all(|unit| unit.exists_on(day)) {
            return self;
        }
        let (units, gone): (_, Vec<Unit>) =
            self.units.into_iter().partition(|unit| unit.exists_on(day));
        let others = self.others.into_iter().chain(gone).collect();
        Register {
            others,
            exclusions: self.exclusions,
            namesakes: self.namesakes,
            ..Register::of(units)
        }
    }

    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.position(id).map(|at| &self.units[at])
    }

    /// Every unit, those of other times last.
    pub fn of_all_times(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().chain(&self.others)
    }

    /// The name of a unit of any time, or its id.
    pub fn name<'a>(&'a self, id: &'a UnitId) -> &'a str {
        let other = || self.others.iter().find(|unit| unit.id == *id);
        self.unit(id).or_else(other).map_or(&id.0, |unit| &unit.name)
    }

    /// The units that a unit became, or became part of.
    pub fn heirs(&self, id: &UnitId) -> impl Iterator<Item = &Unit> {
        self.of_all_times().filter(|unit| unit.predecessors.contains(id))
    }

    /// The units whose name this may be, in order.
    pub fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Unit> + use<'a> {
        let key = text::unit_key(name);
        let units = self.by_name.get(key.proper()).into_iter().flatten().map(|at| &self.units[*at]);
        units.filter(move |unit| key.fits_any(unit.names()))
    }

    /// The id that may have been meant where `found` stands: the nearest one, or
    /// that of the only unit of this name.
    pub fn meant(&self, found: &str) -> Option<&str> {
        let ids = || self.units.iter().map(|unit| unit.id.0.as_str());
        let mut named = self.named(found);
        let only = named.next().filter(|_| named.next().is_none());
        text::nearest(found, ids()).or_else(|| only.map(|unit| unit.id.0.as_str()))
    }

    /// The unit whose a file seems to be by its name, or else by the nearest
    /// folder that tells one. Only for asking: nothing counts for it.
    pub fn told_by_path<'a>(&'a self, path: &str) -> Option<&'a Unit> {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        stem.rsplit('/').find_map(|part| {
            let told = |unit: &'a Unit| {
                let by_name = unit.names().filter_map(|name| text::told_within(part, name)).max();
                // An id is nobody else's, but a short one may be any word.
                let id = unit.id.0.as_str();
                let is_told = if is_telling(id) {
                    text::has_words(part, id)
                } else {
                    text::key(part) == text::key(id)
                };
                let by_id = is_told.then_some(usize::MAX);
                Some((by_name.max(by_id)?, unit))
            };
            let all: Vec<(usize, &Unit)> = self.units.iter().filter_map(told).collect();
            let most = all.iter().map(|(words, _)| *words).max()?;
            let mut best = all.iter().filter(|(words, _)| *words == most).map(|(_, unit)| *unit);
            best.next().filter(|_| best.next().is_none())
        })
    }

    /// What is known of two persons of these names and units, if somebody has said
    /// whether they are one.
    pub fn ruling(&self, names: [&str; 2], units: [&UnitId; 2]) -> Option<&Namesakes> {
        let keys = names.map(text::person_key);
        self.namesakes.iter().find(|it| {
            let known: Vec<String> = it.names.iter().map(|name| text::person_key(name)).collect();
            keys.iter().all(|key| known.contains(key))
                && units.iter().all(|unit| it.units.contains(unit))
        })
    }

    /// The place of a unit in the register, for sorting.
    pub fn position(&self, id: &UnitId) -> Option<usize> {
        self.positions.get(id).copied()
    }
}

impl From<&UnitId> for finding::Unit {
    fn from(id: &UnitId) -> finding::Unit {
        finding::Unit(id.0.clone())
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an id among other words can be nothing but the id: it has two parts,
/// or a digit beside letters, and is no mere initial.
fn is_telling(id: &str) -> bool {
    let has_parts =
        1 < text::key(id).split(' ').count() || id.contains(|c: char| c.is_ascii_digit());
    has_parts && 3 <= text::letters(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_in_the_rounds_of_its_own_time() {
        let day = |text| Day::parse(text);
        let unit = |id: &str, since, until| Unit {
            id: UnitId(id.to_owned()),
            name: id.to_owned(),
            other_names: Vec::new(),
            bloc: BlocId("phuong-xa".to_owned()),
            set: SetId("phuong-xa".to_owned()),
            head: String::new(),
            post: String::new(),
            since,
            until,
            predecessors: Vec::new(),
            exempt: None,
        };
        let units = vec![
            unit("X-CU", None, day("31/12/2019")),
            unit("X-MOI", day("01/01/2020"), None),
            unit("P-HT", None, None),
        ];
        let mut register = Register::of(units);
        register.namesakes.push(Namesakes {
            names: vec!["Vũ An".to_owned()],
            units: vec![UnitId("X-CU".to_owned()), UnitId("P-HT".to_owned())],
            are_one: true,
            place: Place::file("don-vi.xlsx"),
        });
        let ids = |register: &Register| -> Vec<String> {
            register.units.iter().map(|unit| unit.id.to_string()).collect()
        };
        let of_2019 = register.clone().on(day("31/12/2019").unwrap());
        assert_eq!(ids(&of_2019), ["X-CU", "P-HT"]);
        assert_eq!((of_2019.others.len(), of_2019.namesakes.len()), (1, 1));
        assert_eq!(ids(&register.on(day("15/12/2020").unwrap())), ["X-MOI", "P-HT"]);
    }
}
