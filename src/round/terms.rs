//! What the settings ask of every other file, and the odd values that somebody
//! looked at and confirmed (`xac-nhan`).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;

use crate::day::Day;
use crate::finding::{Findings, Place, Said, round, setting};
use crate::text;

/// The keys of the list: of settings, of items, of units. Whatever is doubted is
/// noted, so that a key that confirms nothing is said.
#[derive(Debug, Default)]
pub(crate) struct Confirmed {
    keys: Vec<String>,
    /// The line of the list.
    line: usize,
    doubted: RefCell<BTreeSet<String>>,
}

/// The keys about what units, appraisers and surveys send in: `P-HT 1.2`. Who
/// reads that says its doubts with the key that confirms them.
#[derive(Clone, Debug, Default)]
pub struct Assent {
    keys: Vec<String>,
    file: String,
    /// The line of the list.
    line: usize,
}

/// What the settings ask of every table, when they could be read.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    /// The year assessed.
    pub(super) year: i16,
    /// Decimals of points.
    pub(super) places: u32,
    /// The day of the decision on awards.
    pub(super) decided: Option<Day>,
    pub(super) confirmed: &'a Confirmed,
}

impl Confirmed {
    /// The keys of a list on this line.
    pub(super) fn list(keys: Vec<String>, line: usize) -> Confirmed {
        Confirmed { keys, line, doubted: RefCell::default() }
    }

    /// Whether somebody looked at what this key stands for.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|it| it == key)
    }

    /// Says that something is odd, unless its key is confirmed. Such bounds are
    /// no law: they are what people have seen.
    pub(crate) fn doubt(&self, key: &str, place: Place, said: Said, findings: &mut Findings) {
        self.doubted.borrow_mut().insert(key.to_owned());
        if !self.has(key) {
            findings.say(place, said);
        }
    }

    /// Takes out the keys about what is sent in, which have two words.
    pub(super) fn take_assent(&mut self, file: &str) -> Assent {
        let sent = self.keys.extract_if(.., |key| key.contains(' ')).collect();
        Assent { keys: sent, file: file.to_owned(), line: self.line }
    }

    /// Says which keys confirm nothing, once everything is read.
    pub(crate) fn close(self, file: &str, findings: &mut Findings) {
        let Confirmed { keys, line, doubted } = self;
        Assent { keys, file: file.to_owned(), line }.settle_all(doubted.into_inner(), findings);
    }
}

impl Assent {
    /// The key of what a unit says of an item.
    pub(crate) fn key(unit: impl Display, of: impl Display) -> String {
        format!("{unit} {of}")
    }

    /// Whether somebody looked at what this key stands for.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|it| it == key)
    }

    /// Takes back the doubts that are confirmed.
    pub(crate) fn settle(&self, findings: &mut Findings) {
        findings.retain(|it| it.doubt().is_none_or(|key| !self.has(key)));
    }

    /// The same, once everything is read: says which keys confirm nothing.
    pub(crate) fn close(&self, findings: &mut Findings) {
        self.settle_all(BTreeSet::new(), findings);
    }

    /// The same, where this was doubted besides.
    fn settle_all(&self, mut doubted: BTreeSet<String>, findings: &mut Findings) {
        doubted.extend(findings.iter().filter_map(|it| it.doubt().map(str::to_owned)));
        self.settle(findings);
        for found in self.keys.iter().filter(|key| !doubted.contains(*key)) {
            let open = doubted.iter().filter(|it| !self.has(it)).map(String::as_str);
            let said = setting::ConfirmsNothing { found, near: text::nearest(found, open) };
            findings.say(Place::line(&*self.file, self.line), said);
        }
    }
}

impl Terms<'_> {
    /// Doubts a day of a unit outside the years that it can belong to.
    pub(super) fn doubt_year(
        &self,
        unit: &str,
        place: Place,
        day: Day,
        years: RangeInclusive<i16>,
        findings: &mut Findings,
    ) {
        if !years.contains(&day.year()) {
            let said = Said::from(round::FarDay { day, from: *years.start(), to: *years.end() });
            self.confirmed.doubt(unit, place, said, findings);
        }
    }
}
