//! Why points changed after publication (thay đổi so với bản công bố).

use std::collections::BTreeMap;

use crate::finding::Place;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;

/// The reason of one change.
#[derive(Clone, Debug)]
pub struct Revision {
    pub unit: UnitId,
    /// `None` for everything of the unit that has no line of its own.
    pub item: Option<ItemCode>,
    /// A code of the round's closed list.
    pub code: String,
    /// In words; may be empty.
    pub note: String,
    pub place: Place,
}

/// Every change that the secretariat accounts for.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    /// The closed list of reasons: code and meaning.
    pub reasons: BTreeMap<String, String>,
    pub lines: Vec<Revision>,
}

impl Revisions {
    /// The line that accounts for a change: the item's own, or else the
    /// unit's.
    pub fn of(&self, unit: &str, item: Option<ItemCode>) -> Option<&Revision> {
        let own = || self.lines.iter().filter(|line| line.unit.0 == unit);
        let exact = own().find(|line| line.item == item);
        exact.or_else(|| own().find(|line| line.item.is_none()))
    }

    /// The lines that account for none of these changes, each of a unit and an
    /// item, if it is one's.
    pub fn idle<'a>(
        &'a self,
        changes: &[(&str, Option<ItemCode>)],
    ) -> impl Iterator<Item = &'a Revision> {
        let used = changes.iter().filter_map(|(unit, item)| self.of(unit, *item));
        let used: Vec<&Place> = used.map(|line| &line.place).collect();
        self.lines.iter().filter(move |line| !used.contains(&&line.place))
    }

    /// What a code of the list means.
    pub fn meaning(&self, code: &str) -> &str {
        self.reasons.get(code).map_or("", String::as_str)
    }
}
