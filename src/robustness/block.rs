//! One bloc in as many draws at once as there are lanes: every unit's sums, what
//! it is compared by, and its band.

use std::collections::BTreeMap;

use crate::robustness::luck::{Luck, Randoms};
use crate::robustness::model::{Edge, LANES, Lanes, Model};
use crate::round::criteria::ItemCode;
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

impl<'a> Ruler<'a> {
    pub(super) fn of(scoring: &'a Scoring) -> Ruler<'a> {
        Ruler { scoring, shown: f64::from(10_u32.pow(scoring.index_places)) }
    }

    /// What an index is compared by.
    fn key(self, sums: Sums) -> f64 {
        match self.scoring.compare {
            // A unit without an index is behind every other one.
            _ if sums.possible <= 0.0 => f64::NEG_INFINITY,
            Compare::Exact => sums.total / sums.possible,
            Compare::Shown => self.shown(sums),
        }
    }

    /// The index as shown, in its last decimal; half away from zero.
    fn shown(self, sums: Sums) -> f64 {
        (sums.total * 100.0 * self.shown / sums.possible).round()
    }

    /// Whether an index is at least a percentage.
    pub(super) fn reaches(self, sums: Sums, edge: Edge) -> bool {
        match self.scoring.compare {
            _ if sums.possible <= 0.0 => false,
            Compare::Exact => edge.above * sums.possible <= sums.total * 100.0 * edge.below,
            Compare::Shown => edge.above * self.shown <= self.shown(sums) * edge.below,
        }
    }
}

/// A bloc in the draws that are made at once. Reused from draws to draws.
#[derive(Clone, Debug)]
pub(super) struct Block<'a> {
    pub(super) model: &'a Model,
    pub(super) ruler: Ruler<'a>,
    /// `None`: every unit has its own points.
    luck: Option<&'a Luck>,
    /// Of each item of each set.
    pub(super) weights: Vec<Vec<Lanes>>,
    /// Of one unit's items, while they are added up.
    points: Vec<Lanes>,
    /// By unit: what is drawn of its points begins here.
    starts: Vec<Randoms>,
    /// By frame.
    possible: Vec<Lanes>,
    /// By unit.
    totals: Vec<Lanes>,
    keys: Vec<Lanes>,
    bands: Vec<[u32; LANES]>,
    /// What tied units are told apart by, as far as somebody asked.
    tie_keys: BTreeMap<usize, Vec<Lanes>>,
}

impl<'a> Block<'a> {
    /// Every item has its own weight.
    pub(super) fn of(model: &'a Model, ruler: Ruler<'a>, luck: Option<&'a Luck>) -> Block<'a> {
        let ones = model.sets.iter().map(|it| vec![[1.0; LANES]; it.items.len()]);
        Block {
            model,
            ruler,
            luck,
            weights: ones.collect(),
            points: Vec::new(),
            starts: Vec::new(),
            possible: Vec::new(),
            totals: Vec::new(),
            keys: Vec::new(),
            bands: Vec::new(),
            tie_keys: BTreeMap::new(),
        }
    }

    /// Draws what is uncertain and adds everything up.
    pub(super) fn draw(&mut self, randoms: &mut Randoms) {
        if let Some(luck) = self.luck {
            luck.weights(randoms, &mut self.weights);
        }
        self.possible.clear();
        for frame in &self.model.frames {
            let mut possible = [0.0; LANES];
            for (max, weights) in frame.max.iter().zip(&self.weights[frame.set]) {
                add(&mut possible, &[*max; LANES], weights);
            }
            self.possible.push(possible);
        }
        self.starts.clear();
        self.totals.clear();
        self.keys.clear();
        self.bands.clear();
        self.tie_keys.clear();
        for (at, unit) in self.model.units.iter().enumerate() {
            self.starts.push(randoms.clone());
            self.draw_points(at, randoms);
            let mut totals = [unit.bonus - unit.penalty; LANES];
            for (points, weights) in self.points.iter().zip(&self.weights[self.set(at)]) {
                add(&mut totals, points, weights);
            }
            self.totals.push(totals);
            let sums: [Sums; LANES] = std::array::from_fn(|lane| self.sums(at, lane));
            let mut keys = [0.0; LANES];
            for (key, sums) in keys.iter_mut().zip(sums) {
                *key = self.ruler.key(sums);
            }
            self.keys.push(keys);
            // Edges descend: who reaches one reaches all that follow.
            let mut bands = [0; LANES];
            for edge in &self.model.edges {
                for (band, sums) in bands.iter_mut().zip(sums) {
                    *band += u32::from(!self.ruler.reaches(sums, *edge));
                }
            }
            self.bands.push(bands);
        }
    }

    /// The points of one unit's items.
    fn draw_points(&mut self, at: usize, randoms: &mut Randoms) {
        let unit = &self.model.units[at];
        self.points.clear();
        self.points.extend(unit.points.iter().map(|it| [*it; LANES]));
        if let Some(luck) = self.luck {
            luck.points(unit, randoms, &mut self.points);
        }
    }

    fn set(&self, unit: usize) -> usize {
        self.model.frames[self.model.units[unit].frame].set
    }

    pub(super) fn sums(&self, unit: usize, lane: usize) -> Sums {
        let possible = self.possible[self.model.units[unit].frame][lane];
        Sums { total: self.totals[unit][lane], possible }
    }

    /// What a unit's index is compared by.
    pub(super) fn key(&self, unit: usize, lane: usize) -> f64 {
        self.keys[unit][lane]
    }

    pub(super) fn band(&self, unit: usize, lane: usize) -> usize {
        self.bands[unit][lane] as usize
    }

    /// What a unit is told apart by from others of the same index. Few are
    /// asked, so its points are drawn again.
    pub(super) fn tie_keys(&mut self, unit: usize, lane: usize) -> Vec<f64> {
        if !self.tie_keys.contains_key(&unit) {
            let mut randoms = self.starts[unit].clone();
            self.draw_points(unit, &mut randoms);
            let keys = self.model.tie_breaks.iter().map(|by| self.tie_key(unit, *by));
            self.tie_keys.insert(unit, keys.collect());
        }
        self.tie_keys[&unit].iter().map(|key| key[lane]).collect()
    }

    fn tie_key(&self, at: usize, by: TieBreak) -> Lanes {
        let unit = &self.model.units[at];
        let set = self.set(at);
        let (max, weights) = (&self.model.frames[unit.frame].max, &self.weights[set]);
        let share = |holds: &dyn Fn((ItemCode, bool)) -> bool| -> Lanes {
            let (mut totals, mut possible) = ([0.0; LANES], [0.0; LANES]);
            for (item, of_item) in self.model.sets[set].items.iter().enumerate() {
                if holds(*of_item) {
                    add(&mut totals, &self.points[item], &weights[item]);
                    add(&mut possible, &[max[item]; LANES], &weights[item]);
                }
            }
            // Nothing possible counts less than no points.
            let share =
                |lane| if possible[lane] <= 0.0 { -1.0 } else { totals[lane] / possible[lane] };
            std::array::from_fn(share)
        };
        match by {
            TieBreak::Appraised => share(&|(_, is_surveyed)| !is_surveyed),
            TieBreak::Survey => share(&|(_, is_surveyed)| is_surveyed && unit.has_survey),
            TieBreak::Penalty => [-unit.penalty; LANES],
            TieBreak::Area(area) => share(&|(code, _)| code.area() == area),
        }
    }
}

/// Adds the weighted points of one item.
fn add(sums: &mut Lanes, points: &Lanes, weights: &Lanes) {
    for lane in 0..LANES {
        sums[lane] += points[lane] * weights[lane];
    }
}
