//! One stretch of draws: every uncertain number is drawn anew, everything is
//! decided again, and what came out is counted.

use std::ops::Range;

use crate::robustness::Study;
use crate::robustness::model::{Edge, Model, float};
use crate::robustness::order::{Field, Ruler};
use crate::robustness::random::Random;
use crate::round::firmness::Draws;

/// What came out of some draws. Counts only, so that they can be added up in
/// any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub(super) draws: u32,
    /// By bloc and unit.
    pub(super) units: Vec<Vec<UnitCounts>>,
    /// How often each decision stayed as it is.
    pub(super) stays: Vec<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UnitCounts {
    pub(super) ranks: Ranks,
    pub(super) first: u32,
    pub(super) awarded: u32,
    /// In the band it has.
    pub(super) in_band: u32,
}

/// How often each rank came out. Ranks lie close together, so only the stretch
/// that was met is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranks {
    from: u32,
    counts: Vec<u32>,
}

/// What a decision asks of a draw.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Whether a unit of a bloc is still ahead of another, or equal as it is.
    Ahead { bloc: usize, unit: usize, other: usize, is_tied: bool },
    /// Whether a unit still reaches, or misses, an index.
    Reaches { bloc: usize, unit: usize, edge: Edge, is_reached: bool },
}

impl Study<'_> {
    /// Makes some of the draws. The same numbers always make the same draws,
    /// whoever makes them.
    pub fn draw(&self, numbers: Range<u32>) -> Counts {
        let Some(draws) = self.draws else { return Counts::default() };
        let ruler = Ruler::of(&self.round.settings.scoring);
        let mut counts = self.nothing();
        let mut fields: Vec<Field> = vec![Field::default(); self.models.len()];
        let own = |model: &Model| model.units.iter().map(|it| it.points.clone()).collect();
        let mut points: Vec<Vec<Vec<f64>>> = self.models.iter().map(own).collect();
        let ones = |model: &Model| model.sets.iter().map(|it| vec![1.0; it.items.len()]).collect();
        let mut weights: Vec<Vec<Vec<f64>>> = self.models.iter().map(ones).collect();
        for number in numbers {
            let mut random = Random::of_draw(draws.seed, number);
            for (at, model) in self.models.iter().enumerate() {
                draw_weights(draws, &mut random, &mut weights[at]);
                draw_points(draws, &mut random, model, &mut points[at]);
                fields[at].decide(model, ruler, &points[at], &weights[at]);
            }
            self.count(&fields, ruler, &mut counts);
        }
        counts
    }

    /// No draws yet.
    pub(super) fn nothing(&self) -> Counts {
        let units = |model: &Model| vec![UnitCounts::default(); model.units.len()];
        Counts {
            draws: 0,
            units: self.models.iter().map(units).collect(),
            stays: vec![0; self.questions.len()],
        }
    }

    fn count(&self, fields: &[Field], ruler: Ruler, counts: &mut Counts) {
        counts.draws += 1;
        let won = self.prizes.as_ref().map(|prizes| prizes.give(fields, ruler));
        for (at, (field, units)) in fields.iter().zip(&mut counts.units).enumerate() {
            for (unit, counts) in units.iter_mut().enumerate() {
                let rank = field.ranks[unit];
                counts.ranks.add(rank, 1);
                counts.first += u32::from(rank == 1);
                counts.awarded += u32::from(won.as_ref().is_some_and(|won| won[at][unit]));
                counts.in_band += u32::from(field.bands[unit] == self.bands[at][unit]);
            }
        }
        for (question, stays) in self.questions.iter().zip(&mut counts.stays) {
            let holds = match *question {
                Question::Ahead { bloc, unit, other, is_tied } => {
                    let (unit, other) = (fields[bloc].ranks[unit], fields[bloc].ranks[other]);
                    unit < other || (is_tied && unit == other)
                }
                Question::Reaches { bloc, unit, edge, is_reached } => {
                    ruler.reaches(fields[bloc].sums[unit], edge) == is_reached
                }
            };
            *stays += u32::from(holds);
        }
    }
}

impl Counts {
    /// Takes in what other draws came to.
    pub fn add(&mut self, other: &Counts) {
        self.draws += other.draws;
        for (mine, others) in self.units.iter_mut().zip(&other.units) {
            for (mine, other) in mine.iter_mut().zip(others) {
                for (rank, count) in (other.ranks.from..).zip(&other.ranks.counts) {
                    mine.ranks.add(rank, *count);
                }
                mine.first += other.first;
                mine.awarded += other.awarded;
                mine.in_band += other.in_band;
            }
        }
        for (mine, other) in self.stays.iter_mut().zip(&other.stays) {
            *mine += other;
        }
    }
}

impl Ranks {
    fn add(&mut self, rank: u32, count: u32) {
        if self.counts.is_empty() {
            self.from = rank;
        }
        if rank < self.from {
            let more = (self.from - rank) as usize;
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.from = rank;
        }
        let at = (rank - self.from) as usize;
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += count;
    }

    /// The least rank that at least `percent` % of all draws did not exceed.
    pub(super) fn quantile(&self, percent: u64) -> u32 {
        let all: u64 = self.counts.iter().map(|it| u64::from(*it)).sum();
        let mut sum = 0;
        let ranks = (self.from..).zip(&self.counts);
        let reached = ranks.into_iter().find(|(_, count)| {
            sum += u64::from(**count);
            all * percent <= sum * 100
        });
        reached.map_or(self.from, |(rank, _)| rank)
    }
}

/// The weight of each item of a set lies evenly around its own.
fn draw_weights(draws: &Draws, random: &mut Random, weights: &mut [Vec<f64>]) {
    let most = draws.weights.to_cell() / 100.0;
    if most == 0.0 {
        return;
    }
    for weight in weights.iter_mut().flatten() {
        *weight = 1.0 + most * (2.0 * random.unit() - 1.0);
    }
}

fn draw_points(draws: &Draws, random: &mut Random, model: &Model, points: &mut [Vec<f64>]) {
    /// What one part of a random number can be.
    const LANE: f64 = 65_536.0;
    let judged = draws.judged;
    let chance = judged.map_or(0.0, |it| (it.chance.to_cell() / 100.0 * LANE).round());
    let most = judged.map_or(1, |it| it.steps);
    for (unit, points) in model.units.iter().zip(points) {
        points.copy_from_slice(&unit.points);
        let mut bits = 0;
        for (turn, judged) in unit.judged.iter().enumerate() {
            if turn.is_multiple_of(4) {
                bits = random.next();
            }
            let lane = bits & 0xFFFF;
            bits >>= 16;
            if float(i64::try_from(lane).unwrap_or_default()) < chance {
                let by = 1 + random.below(2 * most);
                let (is_up, steps) = (most < by, if most < by { by - most } else { by });
                let steps = steps as usize;
                let last = judged.ladder.len() - 1;
                let now = judged.now;
                let to = if is_up { (now + steps).min(last) } else { now.saturating_sub(steps) };
                if to != now {
                    points[judged.item] = judged.ladder[to];
                }
            }
        }
        for surveyed in &unit.surveyed {
            let percent = surveyed.percent + surveyed.error * random.normal();
            points[surveyed.item] = surveyed.worth.of(percent.clamp(0.0, 100.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_counted_wherever_they_fall() {
        let mut ranks = Ranks::default();
        for (rank, count) in [(7, 1), (5, 2), (9, 90), (5, 2), (12, 5)] {
            ranks.add(rank, count);
        }
        assert_eq!((ranks.quantile(0), ranks.quantile(4), ranks.quantile(5)), (5, 5, 7));
        assert_eq!((ranks.quantile(50), ranks.quantile(95), ranks.quantile(96)), (9, 9, 12));
    }
}
