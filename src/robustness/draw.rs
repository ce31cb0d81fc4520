//! One stretch of draws: every uncertain number is drawn anew, everything is
//! decided again, and what came out is counted.

use std::ops::Range;

use crate::robustness::counts::Counts;
use crate::robustness::model::{Model, float};
use crate::robustness::order::{Field, Ruler};
use crate::robustness::random::Random;
use crate::robustness::study::{Question, Study};
use crate::round::firmness::Draws;

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
                points[judged.item] = judged.ladder[judged.deviant(random.below(2 * most), most)];
            }
        }
        for surveyed in &unit.surveyed {
            points[surveyed.item] = surveyed.worth.of(surveyed.percent(random.normal()));
        }
    }
}
