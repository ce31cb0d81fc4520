//! What the secretariat decides: the round (kỳ đánh giá), its settings, its
//! criteria sets, its register of units, and its lists of exemptions, waivers
//! and revisions.
//!
//! Turns the round's own files (one TOML text and several `Book`s) into a
//! `Checked<Round>`. Whoever holds a [`Round`] may trust that ids are unique,
//! children sum to parents, rules reach exactly their maximum, bands have no
//! holes, and every unit has one bloc and one criteria set.

pub mod terms;
pub mod firmness;
pub mod parameters;
pub mod rule;
pub mod heading;
pub mod criteria;
pub mod rule_forms;
mod rule_words;
pub(crate) mod section;
pub mod settings;
pub(crate) mod read_awards;
pub mod register;
pub mod exemption;
pub mod read_register;
pub mod read_exemptions;
pub mod revision;
pub mod read_revisions;
mod tiling;
pub(crate) mod read_scoring;
mod read_firmness;
mod read_settings;
mod lint;
mod steps;
mod doubts;
pub mod read_rule;
pub mod read_criteria;
pub mod waiver;
pub mod read_waivers;

use std::collections::BTreeMap;

use crate::book::Book;
use crate::day::Day;
use crate::finding::{self, Checked, Findings, Place};

use criteria::{CriteriaSet, SetId};
pub use read_firmness::ALL as ALL_SCENARIOS;

use exemption::Exemptions;
use register::{Register, Unit, UnitId};
use revision::Revisions;
use settings::{Bloc, Settings};
use terms::{Assent, Terms};
use waiver::{Waivable, Waivers};

/// The file of the settings.
pub const SETTINGS: &str = "ky.toml";

/// One year's evaluation, with its rules.
#[derive(Clone, Debug)]
pub struct Round {
    pub settings: Settings,
    pub sets: BTreeMap<SetId, CriteriaSet>,
    pub register: Register,
    pub exemptions: Exemptions,
    /// Why points changed after publication.
    pub revisions: Revisions,
    /// Rules set aside for single units.
    pub waivers: Waivers,
    /// What was confirmed of that which is sent in.
    pub assent: Assent,
}

/// The workbooks of a round, as found.
#[derive(Clone, Debug, Default)]
pub struct RoundBooks {
    pub register: Book,
    /// One for each criteria set, named after it.
    pub sets: Vec<Book>,
    /// The files of sets that could not be read: said already, so the bloc that
    /// names them is not blamed too.
    pub unread: Vec<String>,
    pub exemptions: Option<Book>,
    pub revisions: Option<Book>,
    pub waivers: Option<Book>,
}

/// Reads a round from the name and the text of its settings and from its
/// workbooks, and says everything that is wrong with them at once.
pub fn read(file: &str, text: &str, books: RoundBooks) -> Checked<Round> {
    let RoundBooks { register, sets: set_books, unread, exemptions, revisions, waivers } = books;
    let mut findings = Findings::default();
    let settings = read_settings::read(file, text, &mut findings);
    let terms = settings.as_ref().map(|(settings, lines)| Terms {
        year: settings.year,
        places: settings.scoring.places,
        decided: settings.awards.as_ref().map(|awards| awards.decided),
        confirmed: &lines.confirmed,
    });
    let mut sets = BTreeMap::new();
    // Sets with an error are left out of the checks across files.
    let mut sound = BTreeMap::new();
    let mut set_ids: Vec<SetId> = unread.iter().map(|file| read_criteria::set_id(file)).collect();
    let mut set_files: BTreeMap<String, String> = BTreeMap::new();
    for book in set_books {
        let mut own = Findings::default();
        let set = read_criteria::read(&book, terms, &mut own);
        let id = read_criteria::set_id(&book.file);
        if let Some(other) = set_files.insert(id.0.clone(), book.file.clone()) {
            let said = finding::round::SetTwice { set: &id.0, other };
            own.say(Place::file(&book.file), said);
        }
        set_ids.push(id);
        let is_sound = !own.has_error();
        findings.extend(own);
        let Some(set) = set else { continue };
        if is_sound {
            sound.insert(set.id.clone(), set.clone());
        }
        sets.insert(set.id.clone(), set);
    }
    let blocs = settings.as_ref().map_or(&[][..], |(settings, _)| &settings.blocs);
    let register = read_register::read(&register, blocs, terms, &mut findings);
    // Without a register every unit that they name would be blamed.
    let is_listed = !register.units.is_empty();
    let exemptions = exemptions
        .filter(|_| is_listed)
        .map(|book| read_exemptions::read(&book, &register, &sound, &mut findings))
        .unwrap_or_default();
    let waivers = waivers
        .filter(|_| is_listed)
        .map(|book| read_waivers::read(&book, &register, &sound, terms, &mut findings))
        .unwrap_or_default();
    let revisions = revisions
        .filter(|_| is_listed)
        .map(|book| read_revisions::read(&book, &register, &sound, &mut findings))
        .unwrap_or_default();
    if let Some((settings, lines)) = &settings {
        let others = lint::Others { set_ids: &set_ids, sound: &sound, register: &register };
        lint::check(file, settings, lines, &others, &mut findings);
    }
    let round = settings.map(|(settings, mut lines)| {
        let assent = lines.confirmed.take_assent(file);
        lines.confirmed.close(file, &mut findings);
        let register = register.on(settings.intake.counted_on);
        Round { settings, sets, register, exemptions, revisions, waivers, assent }
    });
    findings.sort();
    Checked::new(round, findings)
}

impl Round {
    /// The criteria set a unit is scored on.
    pub fn set(&self, unit: &Unit) -> &CriteriaSet {
        &self.sets[&unit.set]
    }

    /// Whether a form of this day is late, or without a day, and nothing
    /// excuses it.
    pub fn is_late(&self, unit: &UnitId, dated: Option<Day>) -> bool {
        let is_after = dated.is_none_or(|day| self.settings.intake.deadline < day);
        is_after && self.waivers.find(unit, Waivable::Late, None).is_none()
    }

    /// The bloc a unit is ranked in.
    pub fn bloc(&self, unit: &Unit) -> &Bloc {
        let bloc = self.settings.blocs.iter().find(|bloc| bloc.id == unit.bloc);
        bloc.expect("a checked register names only blocs of the settings")
    }

    /// The units of a bloc, in register order.
    pub fn units<'a>(&'a self, bloc: &'a Bloc) -> impl Iterator<Item = &'a Unit> {
        self.register.units.iter().filter(move |unit| unit.bloc == bloc.id)
    }
}
