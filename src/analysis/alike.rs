//! From score cards to the item that each item repeats (trùng lặp): the one it
//! moves most with.

use crate::points::{Points, Quantity};
use crate::round::criteria::{Item, ItemCode};
use crate::score::ScoreCard;

/// Decimals of a correlation.
pub(super) const CORRELATION_PLACES: u32 = 2;

/// Fewer units than this say nothing about two items.
const FEWEST_UNITS: f64 = 3.0;

/// A variance below this is that of rounding: the items do not vary.
const NO_VARIANCE: f64 = 1e-9;

/// A correlation below this is float dust: the items have nothing in common.
const NOTHING: f64 = 1e-9;

/// For each item the other one of the highest correlation above nothing, over
/// the units that have points for both; the first of equal ones.
pub(super) fn closest(items: &[&Item], cards: &[&ScoreCard]) -> Vec<Option<(ItemCode, Quantity)>> {
    let column = |item: &&Item| -> Vec<Option<f64>> {
        let points = |card: &&ScoreCard| card.items.get(&item.code)?.points;
        cards.iter().map(|card| points(card).map(Points::to_cell)).collect()
    };
    let columns: Vec<Vec<Option<f64>>> = items.iter().map(column).collect();
    let mut best: Vec<Option<(usize, f64)>> = vec![None; items.len()];
    for one in 0..items.len() {
        for other in one + 1..items.len() {
            let Some(r) = correlation(&columns[one], &columns[other]) else { continue };
            for (own, with) in [(one, other), (other, one)] {
                if NOTHING < r && best[own].is_none_or(|(_, most)| most < r) {
                    best[own] = Some((with, r));
                }
            }
        }
    }
    let rounded = |r: f64| {
        let exact = Quantity::from_cell(r)?;
        Some(exact.points().rounded(CORRELATION_PLACES).quantity())
    };
    let told = |(with, r): (usize, f64)| Some((items[with].code, rounded(r)?));
    best.into_iter().map(|it| it.and_then(told)).collect()
}

/// Pearson's, of the places where both have a number.
fn correlation(xs: &[Option<f64>], ys: &[Option<f64>]) -> Option<f64> {
    let (mut n, mut x1, mut y1, mut x2, mut y2, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, y) in xs.iter().zip(ys).filter_map(|(x, y)| Some(((*x)?, (*y)?))) {
        n += 1.0;
        x1 += x;
        y1 += y;
        x2 += x * x;
        y2 += y * y;
        xy += x * y;
    }
    let (of_x, of_y) = (n * x2 - x1 * x1, n * y2 - y1 * y1);
    let varies = FEWEST_UNITS <= n && NO_VARIANCE < of_x && NO_VARIANCE < of_y;
    varies.then(|| (n * xy - x1 * y1) / (of_x.sqrt() * of_y.sqrt()))
}
