//! One step of the way, and what it came to.

use crate::finding::Place;
use crate::points::{Percent, Points};
use crate::round;
use crate::round::settings::Scoring;
use crate::words::money;

/// Who reads the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Secretariat,
    /// It has no file but what it sent.
    Unit,
}

/// One step on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done, in a few words.
    pub what: &'static str,
    /// From what, and by which rule.
    pub how: String,
    pub result: Outcome,
    /// Who decided.
    pub by: &'static str,
    /// Where what was read stands; `None` when nothing was read for it.
    pub place: Option<Place>,
    /// The rule's citation; empty where the step applies none.
    pub source: String,
}

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Nothing,
    Points(Points),
    Percent(Percent),
    Rank(u32),
    /// In đồng.
    Money(i64),
    Words(String),
}

/// The steps that one number is made by.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// `1.2 Nhiệm vụ hoàn thành (tối đa 4 điểm)`.
    pub heading: String,
    pub steps: Vec<Step>,
}

impl Step {
    /// A step of the program itself, which reads nothing.
    pub(super) fn computed(what: &'static str, how: String, result: Outcome) -> Step {
        Step { what, how, result, by: "chương trình", place: None, source: String::new() }
    }
}

impl Outcome {
    /// As people read it; empty for nothing.
    pub fn told(&self, scoring: &Scoring) -> String {
        match self {
            Outcome::Nothing => String::new(),
            Outcome::Points(points) => points.fixed(scoring.places),
            Outcome::Percent(percent) => percent.fixed(scoring.index_places),
            Outcome::Rank(rank) => rank.to_string(),
            Outcome::Money(amount) => money::dong(*amount),
            Outcome::Words(words) => words.clone(),
        }
    }
}

/// The settings of the round.
pub(super) fn settings_place() -> Place {
    Place::file(round::SETTINGS)
}
