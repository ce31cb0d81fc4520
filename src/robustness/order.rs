//! From points in steps to ranks, bands and awards, the way the round decides.

use std::cmp::Ordering;

use crate::rank::numbers;
use crate::robustness::model::{Edge, Model, UnitModel};
use crate::round::settings::{Compare, Scoring, TieBreak};

/// What of the settings decides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruler<'a> {
    pub(super) scoring: &'a Scoring,
    /// 10^the decimals of a shown index.
    pub(super) shown: f64,
}

/// One unit's sums in one draw.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) total: f64,
    pub(super) possible: f64,
}

/// A bloc in one draw. Reused from draw to draw.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub(super) sums: Vec<Sums>,
    /// The units with what their index is compared by, best first.
    sorted: Vec<(f64, usize)>,
    /// Whether each unit but the first equals the one before it.
    ties: Vec<bool>,
    /// Best first.
    pub(super) order: Vec<usize>,
    /// By unit.
    pub(super) ranks: Vec<u32>,
    pub(super) bands: Vec<usize>,
}

impl<'a> Ruler<'a> {
    pub(super) fn of(scoring: &'a Scoring) -> Ruler<'a> {
        Ruler { scoring, shown: f64::from(10_u32.pow(scoring.index_places)) }
    }

    /// What an index is compared by.
    fn key(&self, sums: Sums) -> f64 {
        match self.scoring.compare {
            // A unit without an index is behind every other one.
            _ if sums.possible <= 0.0 => f64::NEG_INFINITY,
            Compare::Exact => sums.total / sums.possible,
            Compare::Shown => self.shown(sums),
        }
    }

    /// The index as shown, in its last decimal; half away from zero.
    fn shown(&self, sums: Sums) -> f64 {
        (sums.total * 100.0 * self.shown / sums.possible).round()
    }

    /// Whether an index is at least a percentage.
    pub(super) fn reaches(&self, sums: Sums, edge: Edge) -> bool {
        match self.scoring.compare {
            _ if sums.possible <= 0.0 => false,
            Compare::Exact => edge.above * sums.possible <= sums.total * 100.0 * edge.below,
            Compare::Shown => edge.above * self.shown <= self.shown(sums) * edge.below,
        }
    }
}

impl Field {
    /// Sums, ranks and bands of every unit. `points` gives the points of a
    /// unit's items and `weights` the weight of each item of a set.
    pub(super) fn decide(
        &mut self,
        model: &Model,
        ruler: Ruler,
        points: &[Vec<f64>],
        weights: &[Vec<f64>],
    ) {
        self.sums.clear();
        self.sorted.clear();
        self.bands.clear();
        for (at, (unit, points)) in model.units.iter().zip(points).enumerate() {
            let sums = unit.sums(points, &weights[unit.set]);
            self.sums.push(sums);
            self.sorted.push((ruler.key(sums), at));
            let band = model.edges.iter().position(|edge| ruler.reaches(sums, *edge));
            self.bands.push(band.unwrap_or(model.edges.len()));
        }
        self.sorted.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.break_ties(model, points, weights);
        self.ranks.clear();
        self.ranks.resize(self.order.len(), 0);
        let numbers = numbers(ruler.scoring.numbering, self.ties.iter().copied());
        for (unit, rank) in self.order.iter().zip(numbers) {
            self.ranks[*unit] = rank;
        }
    }

    /// Only units of one index need the tie-breaks, and few are.
    fn break_ties(&mut self, model: &Model, points: &[Vec<f64>], weights: &[Vec<f64>]) {
        let Field { sorted, ties, order, .. } = self;
        ties.clear();
        order.clear();
        for group in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
            if !order.is_empty() {
                ties.push(false);
            }
            if let [(_, alone)] = group {
                order.push(*alone);
                continue;
            }
            let keys = |unit: usize| -> Vec<f64> {
                let (model_of, weights) = (&model.units[unit], &weights[model.units[unit].set]);
                let key = |it: &TieBreak| model_of.tie_key(*it, model, &points[unit], weights);
                model.tie_breaks.iter().map(key).collect()
            };
            let mut group: Vec<(Vec<f64>, usize)> =
                group.iter().map(|(_, unit)| (keys(*unit), *unit)).collect();
            // Stable: equal units stay in the order of the ranking.
            group.sort_by(|a, b| compared(&a.0, &b.0));
            ties.extend(group.windows(2).map(|pair| compared(&pair[0].0, &pair[1].0).is_eq()));
            order.extend(group.into_iter().map(|(_, unit)| unit));
        }
    }
}

/// The better one first, by the first key that differs.
fn compared(a: &[f64], b: &[f64]) -> Ordering {
    let orders = a.iter().zip(b).map(|(a, b)| b.total_cmp(a));
    orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

impl UnitModel {
    fn sums(&self, points: &[f64], weights: &[f64]) -> Sums {
        let (mut total, mut possible) = (self.bonus - self.penalty, 0.0);
        for ((points, max), weight) in points.iter().zip(&self.max).zip(weights) {
            total += points * weight;
            possible += max * weight;
        }
        Sums { total, possible }
    }

    fn tie_key(&self, by: TieBreak, model: &Model, points: &[f64], weights: &[f64]) -> f64 {
        let items = &model.sets[self.set].items;
        let of_items = |holds: &dyn Fn(usize) -> bool| -> Sums {
            let mut sums = Sums::default();
            for at in (0..items.len()).filter(|at| holds(*at)) {
                sums.total += points[at] * weights[at];
                sums.possible += self.max[at] * weights[at];
            }
            sums
        };
        match by {
            TieBreak::Appraised => share(of_items(&|at| !items[at].1)),
            TieBreak::Survey if !self.has_survey => share(Sums::default()),
            TieBreak::Survey => share(of_items(&|at| items[at].1)),
            TieBreak::Penalty => -self.penalty,
            TieBreak::Area(area) => share(of_items(&|at| items[at].0.area() == area)),
        }
    }
}

/// Points out of those possible; nothing possible counts less than no points.
fn share(sums: Sums) -> f64 {
    if sums.possible <= 0.0 { -1.0 } else { sums.total / sums.possible }
}
