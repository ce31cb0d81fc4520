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

/// Two items move alike: how much, over how many units, and between what the
/// correlation lies with a confidence of 99 % (R. A. Fisher, *On the probable
/// error of a coefficient of correlation*, Metron 1, 1921). Not 95 %, for it is
/// the closest of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    pub item: ItemCode,
    pub correlation: Quantity,
    pub units: usize,
    pub least: Quantity,
    pub most: Quantity,
}

/// Deviations from the middle within which a normal number lies in 99 %.
const DEVIATIONS: f64 = 2.576;

impl Alike {
    /// Whether enough units say that the correlation is at least `least`.
    /// Fewer than some thirty agree by chance, whatever their correlation.
    pub(super) fn surely_reaches(&self, least: Quantity) -> bool {
        const ENOUGH_UNITS: usize = 30;
        ENOUGH_UNITS <= self.units && least <= self.least
    }

    fn of(item: ItemCode, r: f64, n: f64) -> Option<Alike> {
        let rounded = |r: f64| {
            let exact = Quantity::from_cell(r)?;
            Some(exact.points().rounded(CORRELATION_PLACES).quantity())
        };
        // Fisher's tanh(artanh r ± z/√(n−3)), by the theorem of addition.
        let [least, most] = [-1.0, 1.0].map(|side| {
            let by = if 3.0 < n { tanh(DEVIATIONS / (n - 3.0).sqrt()) } else { 1.0 };
            if r < 1.0 { (r + side * by) / (1.0 + side * r * by) } else { 1.0 }
        });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let units = n as usize;
        let (least, most) = (rounded(least)?, rounded(most)?);
        Some(Alike { item, correlation: rounded(r)?, units, least, most })
    }
}

/// The hyperbolic tangent of 0 to 3 by Lambert's continued fraction, which has
/// the same last digit on every machine.
fn tanh(x: f64) -> f64 {
    x / (1..12).rev().fold(23.0, |rest, at| f64::from(2 * at - 1) + x * x / rest)
}

/// For each item the other one of the highest correlation above nothing, over
/// the units that have points for both; the first of equal ones.
pub(super) fn closest(items: &[&Item], cards: &[&ScoreCard]) -> Vec<Option<Alike>> {
    let column = |item: &&Item| -> Vec<Option<f64>> {
        let points = |card: &&ScoreCard| card.items.get(item.code)?.points;
        cards.iter().map(|card| points(card).map(Points::to_cell)).collect()
    };
    let columns: Vec<Vec<Option<f64>>> = items.iter().map(column).collect();
    let mut best: Vec<Option<(usize, f64, f64)>> = vec![None; items.len()];
    for one in 0..items.len() {
        for other in one + 1..items.len() {
            let Some((r, n)) = correlation(&columns[one], &columns[other]) else { continue };
            for (own, with) in [(one, other), (other, one)] {
                if NOTHING < r && best[own].is_none_or(|(_, most, _)| most < r) {
                    best[own] = Some((with, r, n));
                }
            }
        }
    }
    let told = |(with, r, n): (usize, f64, f64)| Alike::of(items[with].code, r, n);
    best.into_iter().map(|it| it.and_then(told)).collect()
}

/// Pearson's, of the places where both have a number, and how many they are.
fn correlation(xs: &[Option<f64>], ys: &[Option<f64>]) -> Option<(f64, f64)> {
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
    varies.then(|| ((n * xy - x1 * y1) / (of_x.sqrt() * of_y.sqrt()), n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_fishers() {
        #[track_caller]
        fn check(r: f64, units: f64, expected: [i64; 2]) {
            let alike = Alike::of("1.1".parse().unwrap(), r, units).unwrap();
            assert_eq!([alike.least, alike.most], expected.map(|it| Quantity::scaled(it, 2)));
        }
        // Computed with numpy: tanh(arctanh(r) ± 2.576 ÷ √(n − 3)).
        check(0.95, 12.0, [75, 99]);
        check(0.95, 33.0, [88, 98]);
        check(0.5, 103.0, [28, 67]);
        check(1.0, 4.0, [100, 100]);
        check(0.9, 3.0, [-100, 100]);
    }

    #[test]
    fn few_units_never_say_that_two_items_are_one() {
        let of = |units| Alike::of("1.1".parse().unwrap(), 1.0, units).unwrap();
        assert!(!of(12.0).surely_reaches(Quantity::scaled(9, 1)));
        assert!(of(33.0).surely_reaches(Quantity::scaled(9, 1)));
    }
}
