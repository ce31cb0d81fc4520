//! Scenarios (kịch bản): what the round would come to under other rules.

use crate::points::Quantity;
use crate::round::criteria::ItemCode;
use crate::round::settings::{Compare, Numbering, TieBreak};

/// One scenario; what is `None`, `false` or empty stays as the round has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// ASCII, for the command line.
    pub id: String,
    pub title: String,
    pub without_bonus: bool,
    pub without_penalty: bool,
    /// Index = total ÷ the whole set, whether or not all of it applies.
    pub plain: bool,
    /// What the survey items of a set make up of it together, in percent.
    pub survey_share: Option<Quantity>,
    pub compare: Option<Compare>,
    pub numbering: Option<Numbering>,
    pub tie_breaks: Option<Vec<TieBreak>>,
    /// Areas, criteria or items that count nothing.
    pub without: Vec<ItemCode>,
}

impl Scenario {
    /// Whether an item counts.
    pub fn counts(&self, item: ItemCode) -> bool {
        !self.without.iter().any(|code| item.is_within(*code))
    }
}
