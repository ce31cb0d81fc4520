//! From what indices are compared by to the ranks of one draw, the way the round
//! decides.

use std::cmp::Ordering;

use crate::rank::numbers;
use crate::robustness::block::{Block, Sums};

/// A bloc in one draw. Reused from draw to draw.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub(super) sums: Vec<Sums>,
    /// What each unit is compared by and the unit, best first.
    sorted: Vec<u128>,
    /// Whether each unit but the first equals the one before it.
    ties: Vec<bool>,
    /// Best first.
    pub(super) order: Vec<usize>,
    /// By unit.
    pub(super) ranks: Vec<u32>,
    pub(super) bands: Vec<usize>,
}

impl Field {
    /// Sums, ranks and bands of every unit in one of the draws.
    pub(super) fn decide(&mut self, block: &mut Block, lane: usize) {
        let units = 0..block.model.units.len();
        self.sums.clear();
        self.sums.extend(units.clone().map(|unit| block.sums(unit, lane)));
        self.bands.clear();
        self.bands.extend(units.clone().map(|unit| block.band(unit, lane)));
        self.sorted.clear();
        self.sorted.extend(units.map(|unit| place(block.key(unit, lane), unit)));
        self.sorted.sort_unstable();
        self.break_ties(block, lane);
        self.ranks.clear();
        self.ranks.resize(self.order.len(), 0);
        let numbers = numbers(block.ruler.scoring.numbering, self.ties.iter().copied());
        for (unit, rank) in self.order.iter().zip(numbers) {
            self.ranks[*unit] = rank;
        }
    }

    /// Only units of one index need the tie-breaks, and few are.
    fn break_ties(&mut self, block: &mut Block, lane: usize) {
        let Field { sorted, ties, order, .. } = self;
        ties.clear();
        order.clear();
        for group in sorted.chunk_by(|a, b| a >> UNIT_BITS == b >> UNIT_BITS) {
            if !order.is_empty() {
                ties.push(false);
            }
            if let [alone] = group {
                order.push(unit_of(*alone));
                continue;
            }
            let keyed = group.iter().map(|it| unit_of(*it));
            let mut group: Vec<(Vec<f64>, usize)> =
                keyed.map(|unit| (block.tie_keys(unit, lane), unit)).collect();
            // Stable: equal units stay in the order of the ranking.
            group.sort_by(|a, b| compared(&a.0, &b.0));
            ties.extend(group.windows(2).map(|pair| compared(&pair[0].0, &pair[1].0).is_eq()));
            order.extend(group.into_iter().map(|(_, unit)| unit));
        }
    }
}

const UNIT_BITS: u32 = 64;

/// A whole number that is smaller the better a unit's key is, and then the
/// earlier the unit, so that sorting compares nothing else.
fn place(key: f64, unit: usize) -> u128 {
    let bits = key.to_bits();
    // Floats are in the order of their bits once negative ones are turned over.
    let ascending = if key.is_sign_negative() { !bits } else { bits | 1 << 63 };
    u128::from(!ascending) << UNIT_BITS | unit as u128
}

fn unit_of(place: u128) -> usize {
    usize::try_from(place & u128::from(u64::MAX)).expect("made of a place in a list")
}

/// The better one first, by the first key that differs.
fn compared(a: &[f64], b: &[f64]) -> Ordering {
    let orders = a.iter().zip(b).map(|(a, b)| b.total_cmp(a));
    orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_order_of_keys_and_then_of_units() {
        let keys = [7.5, 1.0, 0.1, 0.0, -0.0, -3.0, f64::NEG_INFINITY];
        let places: Vec<u128> =
            keys.iter().flat_map(|key| [1, 2].map(|it| place(*key, it))).collect();
        assert!(places.is_sorted_by(|a, b| a < b));
        assert_eq!(unit_of(place(-0.5, 3_321)), 3_321);
    }
}
