//! What the appraisers granted: scores, bonuses and penalties.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Place;
use crate::points::Points;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;

/// Everything the appraisal workbooks say.
#[derive(Clone, Debug, Default)]
pub struct Appraisal {
    /// Units with a form and a row in a workbook that came back: a unit that is
    /// not here was not appraised at all.
    pub units: Vec<UnitId>,
    /// Where the round takes a blank for agreement, the agreed scores are here
    /// too.
    pub scores: BTreeMap<(UnitId, ItemCode), Appraised>,
    /// Items that two rows grant different points: none is in force.
    pub contested: BTreeMap<(UnitId, ItemCode), [Place; 2]>,
    pub adjustments: Vec<Adjustment>,
    /// Units with a line of bonus or penalty that was set aside as faulty.
    pub doubtful: BTreeSet<UnitId>,
    /// Such a line does not say whose it is.
    pub is_doubtful: bool,
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
