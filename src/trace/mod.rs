//! The way of a number (đường đi của điểm): a unit of a round and its tally →
//! the steps from a cell of a file to points, sums, index, rank, band and award.
//!
//! Nothing is decided here; every step repeats what a judgement came to, beside
//! the rule it applied and the place it read.

mod step;
mod way;
mod item;
mod total;

use crate::round::Round;
use crate::round::criteria::{Heading, ItemCode, Node};
use crate::round::register::Unit;
use crate::tally::Tally;
use crate::trace::way::Way;

pub use item::source;
pub use step::{Outcome, Part, Step};

/// Every part of a unit's result, in the order of its set: its items, its
/// areas, then what they add up to. With `only`, of the items those at or under
/// that code, and of the areas theirs.
pub fn unit(round: &Round, tally: &Tally, unit: &Unit, only: Option<ItemCode>) -> Vec<Part> {
    let way = Way::new(round, tally, unit);
    let set = round.set(unit);
    let mut parts = Vec::new();
    if let Some(card) = way.card {
        let is_asked = |code: ItemCode| only.is_none_or(|only| code.is_within(only));
        parts.extend(set.items().filter(|item| is_asked(item.code)).map(|it| way.item(it, card)));
        let areas = set.areas().filter_map(|node| match node {
            Node::Heading(area) => Some(area),
            Node::Item(_) => None,
        });
        let is_above = |area: &&Heading| only.is_none_or(|only| only.area() == area.code);
        parts.extend(areas.filter(is_above).map(|area| way.area(area, card)));
    }
    parts.push(way.waivers());
    parts.push(way.total());
    parts.push(way.place());
    parts.extend(way.awards());
    parts.retain(|part| !part.steps.is_empty());
    parts
}
