//! What the appraisers granted: scores, bonuses and penalties.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Place;
use crate::points::Points;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;
use crate::round::settings::BlocId;

/// Everything the appraisal workbooks say.
#[derive(Clone, Debug, Default)]
pub struct Appraisal {
    /// Every row of a form that counts, and what the form sent since says
    /// otherwise than the latest table.
    pub rows: BTreeMap<Key, Option<Change>>,
    /// Where the round takes a blank for agreement, the agreed scores are here
    /// too.
    pub scores: BTreeMap<Key, Appraised>,
    /// Items that were looked at and have no score in force.
    pub unsettled: BTreeMap<Key, Unsettled>,
    /// Rows whose blank score was taken for agreement.
    pub agreed: usize,
    /// Rows whose blank score was taken for none yet.
    pub blank: usize,
    /// How many supplements the tables of each bloc have.
    pub supplements: BTreeMap<BlocId, u32>,
    pub adjustments: Vec<Adjustment>,
    /// Units with a line of bonus or penalty that was set aside as faulty.
    pub doubtful: BTreeSet<UnitId>,
    /// Such a line does not say whose it is.
    pub is_doubtful: bool,
}

/// The row of an item of a unit.
pub type Key = (UnitId, ItemCode);

/// What a form sent again has changed in a row.
#[derive(Clone, Debug)]
pub struct Change {
    /// The columns, as words.
    pub columns: String,
    /// What was granted for the row as it was.
    pub granted: Option<Points>,
}

/// Why an item that was looked at has no score in force.
#[derive(Clone, Debug)]
pub enum Unsettled {
    /// Two rows grant different points.
    Contested([Place; 2]),
    /// The form was sent again, and the item is to be appraised again.
    Again(Place),
}

/// One appraised score (điểm thẩm định).
#[derive(Clone, Debug)]
pub struct Appraised {
    pub points: Points,
    pub reason: String,
    pub place: Place,
}

/// A bonus (điểm thưởng) or a penalty (điểm trừ), outside the set's total.
#[derive(Clone, Debug)]
pub struct Adjustment {
    pub unit: UnitId,
    pub kind: AdjustmentKind,
    /// Above zero for both kinds.
    pub points: Points,
    pub reason: String,
    pub source: String,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdjustmentKind {
    Bonus,
    Penalty,
}
