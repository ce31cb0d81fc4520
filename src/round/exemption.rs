//! The legal list of items that do not apply to a unit (không áp dụng).

use std::collections::BTreeMap;

use crate::finding::Place;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;

/// Why an item does not apply to a unit.
#[derive(Clone, Debug)]
pub struct Exemption {
    pub reason: String,
    /// The legal basis, as it is cited.
    pub source: String,
    pub place: Place,
}

/// The legal list: by unit and item.
#[derive(Clone, Debug, Default)]
pub struct Exemptions(pub BTreeMap<(UnitId, ItemCode), Exemption>);

impl Exemptions {
    pub fn get(&self, unit: &UnitId, item: ItemCode) -> Option<&Exemption> {
        self.0.get(&(unit.clone(), item))
    }
}
