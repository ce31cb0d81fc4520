//! How firm a decision must be to be called so, and what is uncertain in the
//! points (`[do-vung]`).

use crate::points::Quantity;

/// The round's own words on how firm its decisions are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmness {
    /// By the gap of two indices, in percentage points.
    pub gap: Thresholds,
    /// A survey result of fewer answers than this is marked.
    pub few_answers: i64,
    /// Two items are near duplicates from this correlation on, 0 to 1.
    pub duplicate_from: Option<Quantity>,
    /// What makes a claim or a change odd, if anything is looked for.
    pub odd: Option<Odd>,
    /// `None`: nothing is simulated.
    pub draws: Option<Draws>,
}

/// Where *chắc chắn*, *sát nút* and *không phân biệt được* begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// *Chắc chắn* from here on.
    pub certain: Quantity,
    /// *Không phân biệt được* below this; *sát nút* in between.
    pub told_apart: Quantity,
}

/// What is worth a second look in what units sent (bất thường).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Two units share the same words at this many items or more.
    pub same_texts: i64,
    /// Words shorter than this many characters are alike by chance.
    pub text_length: i64,
    /// An index moved this many percentage points further than the median of
    /// its bloc, against last round.
    pub jump: Quantity,
    /// An area stands this many percentage points away from the unit's own
    /// index, once the bloc's means of both are taken off.
    pub stray_area: Quantity,
}

/// A simulation (mô phỏng): what is uncertain, and how often it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draws {
    pub count: u32,
    /// The same seed gives the same draws.
    pub seed: u64,
    /// By the share of draws in which a decision stays, in percent.
    pub stays: Thresholds,
    pub judged: Option<Judged>,
    /// Whether survey results vary as samples of their size do.
    pub survey: bool,
    /// How far the weight of an item may lie from the set's, in percent.
    pub weights: Quantity,
}

/// How far apart two appraisers may lie at an item whose points are a matter
/// of judgement: yes or no, levels, parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The chance, in percent, that another appraiser grants something else.
    pub chance: Quantity,
    /// The most steps between the possible scores that this is off.
    pub steps: u32,
}
