//! What was decided by an index, how firmly, and what would turn it.

use crate::points::{Percent, Points, Quantity};
use crate::round::criteria::ItemCode;
use crate::round::firmness::Thresholds;
use crate::round::register::UnitId;
use crate::round::settings::BlocId;

/// Decimals of a gap in percentage points.
pub const GAP_PLACES: u32 = 4;

/// The most decisions told of one bloc. The nearest ones are kept.
pub const MOST_DECISIONS: usize = 100;

/// The decisions of every bloc, in the order of the settings.
#[derive(Clone, Debug, Default)]
pub struct Margins {
    /// By bloc; first places, then awards, bands and pairs, nearest first.
    pub decisions: Vec<Decision>,
    /// How many close decisions of a bloc are not told.
    pub omitted: Vec<(BlocId, usize)>,
}

/// One thing that was decided by an index.
#[derive(Clone, Debug)]
pub struct Decision {
    pub bloc: BlocId,
    pub kind: Kind,
    /// The unit ahead, or the one beside an edge.
    pub unit: UnitId,
    pub against: Against,
    /// How far the unit is ahead of the other, or from the edge, in percentage
    /// points with [`GAP_PLACES`] decimals; never negative.
    pub gap: Percent,
    pub firm: Firm,
    /// `None` when no change of at most [`crate::margin::MOST_ITEMS`] items turns it.
    pub reversal: Option<Reversal>,
    pub rests_on: Vec<Rest>,
}

/// What is decided, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Who leads the bloc.
    First,
    /// Who is still awarded by a rule on collectives, by its place in the
    /// settings.
    Award(usize),
    /// Whether a unit reaches a band, by its place in the bloc's list.
    Band(usize),
    /// Which of two neighbours is ahead.
    Pair,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    Unit(UnitId),
    /// An index in percent, which the unit reaches or not.
    Edge {
        at: Quantity,
        is_reached: bool,
    },
}

/// How firm a decision is, by the thresholds of the round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firm {
    /// Không phân biệt được.
    Indistinct,
    /// Sát nút.
    Close,
    /// Chắc chắn.
    Certain,
}

/// The fewest item scores, and of those the fewest points, whose change turns a
/// decision. Two units are turned when the second stands ahead the way this
/// round ranks: by its index or, of equal indices, by the tie-breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    pub changes: Vec<Change>,
    /// The sum of the changes.
    pub points: Points,
}

/// One item score that would have to be another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub unit: UnitId,
    pub item: ItemCode,
    pub from: Points,
    pub to: Points,
    pub marks: Vec<Mark>,
}

/// Why the points of an item are open to dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The appraisers granted something else than was claimed.
    Appraised,
    /// Claimed without evidence or explanation.
    NoEvidence,
    /// From a survey with few answers.
    FewAnswers,
}

/// What a whole decision rests on: without it, it would have gone the other way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rest {
    /// The bonus and penalty points.
    Bonus,
    /// The denominator without what does not apply.
    NotApplicable,
    /// The tie-breaks: the indices are equal.
    TieBreak,
}

impl Firm {
    /// By a gap or by a share of draws.
    pub fn of(measured: Percent, thresholds: Thresholds) -> Firm {
        if measured < thresholds.told_apart.percent() {
            Firm::Indistinct
        } else if measured < thresholds.certain.percent() {
            Firm::Close
        } else {
            Firm::Certain
        }
    }
}
