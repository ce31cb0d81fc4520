//! From points in steps to ranks, bands and awards, the way the round decides.

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
    /// For each unit what it is ranked by, the index first; higher is better.
    keys: Vec<f64>,
    width: usize,
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
    /// unit's items and `weights` the weight of each item of a set, where they
    /// are not all one.
    pub(super) fn decide(
        &mut self,
        model: &Model,
        ruler: Ruler,
        points: &[Vec<f64>],
        weights: &[Vec<f64>],
    ) {
        self.width = 1 + model.tie_breaks.len();
        self.sums.clear();
        self.keys.clear();
        self.bands.clear();
        for (unit, points) in model.units.iter().zip(points) {
            let sums = unit.sums(points, &weights[unit.set]);
            self.sums.push(sums);
            self.keys.push(ruler.key(sums));
            for tie_break in &model.tie_breaks {
                self.keys.push(unit.tie_key(*tie_break, model, points, &weights[unit.set]));
            }
            let band = model.edges.iter().position(|edge| ruler.reaches(sums, *edge));
            self.bands.push(band.unwrap_or(model.edges.len()));
        }
        self.sort(ruler);
    }

    fn sort(&mut self, ruler: Ruler) {
        let Field { keys, width, order, ranks, sums, .. } = self;
        let keys_of = |unit: usize| &keys[unit * *width..(unit + 1) * *width];
        let compare = |a: &usize, b: &usize| {
            let pairs = keys_of(*b).iter().zip(keys_of(*a));
            pairs.map(|(b, a)| b.total_cmp(a)).find(|it| it.is_ne())
        };
        order.clear();
        order.extend(0..sums.len());
        order.sort_by(|a, b| compare(a, b).unwrap_or(std::cmp::Ordering::Equal));
        ranks.clear();
        ranks.resize(order.len(), 0);
        let ties = order.windows(2).map(|pair| compare(&pair[0], &pair[1]).is_none());
        for (unit, rank) in order.iter().zip(numbers(ruler.scoring.numbering, ties)) {
            ranks[*unit] = rank;
        }
    }
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
            TieBreak::Appraised => of_items(&|at| !items[at].1).total,
            // Nothing counts less than no points.
            TieBreak::Survey if !self.has_survey => -1.0,
            TieBreak::Survey => of_items(&|at| items[at].1).total,
            TieBreak::Penalty => -self.penalty,
            TieBreak::Area(area) => {
                let sums = of_items(&|at| items[at].0.area() == area);
                if sums.possible <= 0.0 { -1.0 } else { sums.total / sums.possible }
            }
        }
    }
}
