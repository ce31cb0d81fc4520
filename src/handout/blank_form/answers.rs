//! What a unit writes on its form.

use std::collections::BTreeMap;

use crate::day::Day;
use crate::points::Points;
use crate::round::criteria::ItemCode;
use crate::round::rule::Figures;
use crate::sheet::Level;
use crate::sheet::table::Entry;

/// What a unit writes on its form.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The day the form was made out (ngày lập phiếu).
    pub dated: Option<Day>,
    pub items: BTreeMap<ItemCode, Answer>,
    pub collectives: Vec<Nomination>,
    pub individuals: Vec<Nomination>,
}

/// What a unit writes in the row of one item.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Chosen by the unit. Items with figures have a formula instead.
    pub score: Option<Points>,
    pub figures: Figures,
    pub evidence: String,
    pub explanation: String,
}

impl Answer {
    /// Nothing written.
    pub(super) const BLANK: Answer = Answer {
        score: None,
        figures: Figures { numerator: None, denominator: None, count: None, day: None },
        evidence: String::new(),
        explanation: String::new(),
    };
}

/// One row of the sheet of nominations.
#[derive(Clone, Debug, Default)]
pub struct Nomination {
    pub name: String,
    /// Empty for collectives.
    pub post: String,
    pub achievement: String,
    pub years: String,
}

/// A cell to write text in, with what is already known.
pub(super) fn written(text: &str) -> Entry {
    Entry::from(Some(text).filter(|it| !it.is_empty())).at(Level::Input)
}
