//! Awards (khen thưởng): who is proposed, by which rule, for how much, and who
//! is not and why.
//!
//! Units and persons go through the same hands: everyone is a candidate, each
//! rule asks its gates, and the places go out by rank. A candidate outside the
//! gates takes no place, so a tie is only ever between those who could win.

mod candidate;
pub mod money;
mod places;

use crate::finding::Finding;
use crate::form::{Intake, Nominee};
use crate::points::Percent;
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::register::UnitId;
use crate::round::settings::{AwardRules, BaseSalary};

pub use money::{money, rounded};

use candidate::candidates;
use places::Desk;

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

/// Why somebody gets nothing, in order of nearness to a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeclineReason {
    Unranked,
    /// The register's list of exclusions, with its reason.
    Excluded(String),
    RankTooLow,
    IndexTooLow,
    BandTooLow,
    Late,
    NotNominated,
    /// The quota of the rule was full, or no rule is for the bloc.
    QuotaFull,
    /// The unit's own quota of persons was full.
    UnitQuotaFull,
    /// Equal across the last place and the round takes none of them.
    TiedOut,
    /// Equal across the last place; the council decides.
    AwaitsCouncil,
}

/// A tie across a last place.
#[derive(Clone, Debug)]
pub struct TieNote {
    pub is_individual: bool,
    pub rule: usize,
    pub units: Vec<UnitId>,
    /// How many places were left for them.
    pub places: usize,
}

/// Applies the rules in order; `rankings` has one for each bloc, in the order
/// of the settings.
pub fn award(
    rules: &AwardRules,
    round: &Round,
    rankings: &[Ranking],
    intake: &Intake,
) -> (Awards, Vec<Finding>) {
    let in_force = BaseSalary::on(rules.decided, &rules.salaries);
    let salary = in_force.map(|salary| (salary.amount, salary.source.clone()));
    let mut desk = Desk { rules, round, salary, findings: Vec::new(), ties: Vec::new() };
    let candidates = candidates(round, rankings, intake);
    let (persons, units): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|it| it.is_individual);

    let (collectives, mut declined) = desk.allot(false, units);
    let (individuals, others) = desk.allot(true, persons);
    declined.extend(others);
    let Desk { salary, findings, ties, .. } = desk;
    (Awards { collectives, individuals, declined, ties, salary }, findings)
}
