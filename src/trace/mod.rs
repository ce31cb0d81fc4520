//! The way of a number (đường đi của điểm): a unit of a round and its tally →
//! the steps from a cell of a file to points, sums, index, rank, band and award.
//!
//! Nothing is decided here; every step repeats what a judgement came to, beside
//! the rule it applied and the place it read.

mod step;
mod way;
mod item;
mod total;

use std::collections::BTreeSet;

use crate::finding::Place;
use crate::round::Round;
use crate::round::criteria::{ItemCode, Node};
use crate::round::register::Unit;
use crate::tally::Tally;
use crate::trace::way::Way;

pub use item::source;
pub use step::{Outcome, Part, Reader, Step};

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    Everything,
    /// What is at or under this code, and its area.
    Under(ItemCode),
    /// These items, and every area.
    Items(&'a BTreeSet<ItemCode>),
}

impl Asked<'_> {
    fn has_item(self, code: ItemCode) -> bool {
        match self {
            Asked::Everything => true,
            Asked::Under(only) => code.is_within(only),
            Asked::Items(items) => items.contains(&code),
        }
    }

    fn has_area(self, area: ItemCode) -> bool {
        !matches!(self, Asked::Under(only) if only.area() != area)
    }
}

/// Every part of a unit's result, in the order of its set: its items, its
/// areas, then what they add up to.
pub fn unit(round: &Round, tally: &Tally, unit: &Unit, asked: Asked, reader: Reader) -> Vec<Part> {
    let way = Way::new(round, tally, unit, reader);
    let set = round.set(unit);
    let mut parts = Vec::new();
    if let Some(card) = way.card() {
        let items = set.items().filter(|item| asked.has_item(item.code));
        parts.extend(items.map(|it| way.item(it, card)));
        let areas = set.areas().filter_map(|node| match node {
            Node::Heading(area) => Some(area),
            Node::Item(_) => None,
        });
        parts.extend(
            areas.filter(|area| asked.has_area(area.code)).map(|area| way.area(area, card)),
        );
    }
    parts.push(way.waivers());
    parts.push(way.total());
    parts.push(way.place());
    parts.extend(way.awards());
    parts.retain(|part| !part.steps.is_empty());
    if reader == Reader::Unit {
        let senders = tally.senders();
        let is_own = |place: &Place| senders.get(place.file.as_str()) == Some(&&unit.id);
        for step in parts.iter_mut().flat_map(|part| &mut part.steps) {
            step.place = step.place.take().filter(is_own);
        }
    }
    parts
}
