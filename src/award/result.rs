//! What the award rules come to: who is proposed, who is not, and the ties.

use crate::award::reason::DeclineReason;
use crate::form::Nominee;
use crate::points::Percent;
use crate::round::register::UnitId;
use crate::round::settings::Recipients;

/// What the round's award rules come to.
#[derive(Clone, Debug, Default)]
pub struct Awards {
    /// Collectives and individuals proposed, in the order of the rules, then
    /// blocs, then ranks.
    pub collectives: Vec<Award>,
    pub individuals: Vec<Award>,
    /// Everyone who was considered or nominated and gets nothing: collectives,
    /// then persons, by bloc and rank.
    pub declined: Vec<Declined>,
    /// Ties across a last place, and how the round rules them.
    pub ties: Vec<TieNote>,
    /// Base salary taken, in đồng, with the citation of the settings.
    pub salary: Option<(i64, String)>,
}

/// One proposed award.
#[derive(Clone, Debug)]
pub struct Award {
    pub unit: UnitId,
    /// The unit itself, or a person of it; the nomination where there is one.
    pub nominee: Option<Nominee>,
    /// The place of the rule in the settings.
    pub rule: usize,
    pub rank: u32,
    pub index: Percent,
    /// In đồng.
    pub amount: i64,
    /// How far the index is above the best candidate left out of the same
    /// bloc and rule, in percentage points; `None` when nobody was left out.
    pub margin: Option<Percent>,
}

/// A unit or a person not proposed.
#[derive(Clone, Debug)]
pub struct Declined {
    pub unit: UnitId,
    /// `None` for the unit itself.
    pub person: Option<String>,
    /// Where several rules declined, the reason that came nearest to a place.
    pub reason: DeclineReason,
}

/// A tie across a last place.
#[derive(Clone, Debug)]
pub struct TieNote {
    pub recipients: Recipients,
    pub rule: usize,
    pub units: Vec<UnitId>,
    /// How many places were left for them.
    pub places: usize,
}
