//! Rules set aside for one unit (miễn trừ quy định): who asked, who approved,
//! why and when.

use crate::day::Day;
use crate::finding::{Place, Waived};
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;

/// A rule that may be set aside. A list that only the program extends: what is
/// not on it holds for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waivable {
    /// The form was made out after the deadline, or has no day.
    Late,
    /// A claim without evidence or explanation.
    Evidence,
    /// The least share of the set that must apply to a ranked unit.
    Share,
    /// A form with an error is set aside.
    Faulty,
}

/// The words of the column *Quy định*.
pub const WORDS: &[(&str, Waivable)] = &[
    ("nộp muộn", Waivable::Late),
    ("thiếu kiểm chứng", Waivable::Evidence),
    ("tỷ lệ áp dụng tối thiểu", Waivable::Share),
    ("phiếu có lỗi", Waivable::Faulty),
];

/// One rule, set aside for one unit.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub unit: UnitId,
    pub rule: Waivable,
    /// For [`Waivable::Evidence`] only; `None` for every item.
    pub item: Option<ItemCode>,
    pub requester: String,
    pub approver: String,
    pub dated: Day,
    pub reason: String,
    pub place: Place,
}

/// Every waiver of the round, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Waivers(pub Vec<Waiver>);

impl Waivers {
    /// What sets `rule` aside for a unit, for an item where it is one's.
    pub fn find(&self, unit: &UnitId, rule: Waivable, item: Option<ItemCode>) -> Option<&Waiver> {
        let is_it = |waiver: &&Waiver| {
            let is_wide = waiver.item.is_none() || waiver.item == item;
            waiver.unit == *unit && waiver.rule == rule && is_wide
        };
        self.0.iter().find(is_it)
    }
}

impl Waivable {
    /// The word of the column *Quy định*.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(_, rule)| *rule == self).map_or("", |(word, _)| word)
    }
}

/// What a finding tells of the waiver that turned it into a note.
impl From<&Waiver> for Waived {
    fn from(waiver: &Waiver) -> Waived {
        let Waiver { approver, dated, place, .. } = waiver;
        Waived { approver: approver.clone(), dated: *dated, place: place.clone() }
    }
}
