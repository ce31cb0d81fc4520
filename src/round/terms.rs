//! What the settings ask of every other file, and the odd values that somebody
//! looked at and confirmed (`xac-nhan`).

use std::cell::RefCell;
use std::collections::BTreeSet;
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

    /// Says which keys confirm nothing, once everything is read.
    pub(crate) fn close(self, file: &str, findings: &mut Findings) {
        let doubted = self.doubted.into_inner();
        for found in self.keys.iter().filter(|key| !doubted.contains(*key)) {
            let open = doubted.iter().filter(|it| !self.keys.contains(it)).map(String::as_str);
            let said = setting::ConfirmsNothing { found, near: text::nearest(found, open) };
            findings.say(Place::line(file, self.line), said);
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
