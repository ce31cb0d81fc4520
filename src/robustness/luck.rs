//! What is uncertain, drawn anew: the weights of items and the points of units,
//! in as many draws at once as there are lanes.

use crate::robustness::model::{LANES, Lanes, UnitModel};
use crate::robustness::random::{Random, below};
use crate::round::firmness::Draws;

/// The streams of the draws that are made at once.
pub(super) type Randoms = [Random; LANES];

/// How much is uncertain.
#[derive(Clone, Debug)]
pub(super) struct Luck {
    /// A judged item deviates where its part of a random number is below this.
    chance: u64,
    /// The most steps of a deviation.
    most: u32,
    /// How far a weight may lie from its own.
    weights: f64,
}

/// Judged items that one random number decides about, each by some of its bits.
const PARTS: usize = 4;
const PART_BITS: u32 = 16;
const PART_MASK: u64 = (1 << PART_BITS) - 1;
/// Judged items of a unit that are looked at together; whole numbers' worth.
const PIECE: usize = 16 * PARTS;

impl Luck {
    pub(super) fn of(draws: &Draws) -> Luck {
        let part = f64::from(1_u32 << PART_BITS);
        let chance = draws.judged.map_or(0.0, |it| (it.chance.to_cell() / 100.0 * part).round());
        Luck {
            #[expect(clippy::cast_possible_truncation, reason = "a share of a part")]
            #[expect(clippy::cast_sign_loss, reason = "a share of a part")]
            chance: chance as u64,
            most: draws.judged.map_or(1, |it| it.steps),
            weights: draws.weights.to_cell() / 100.0,
        }
    }

    /// The weight of each item of a set lies evenly around its own.
    pub(super) fn weights(&self, randoms: &mut Randoms, weights: &mut [Vec<Lanes>]) {
        if self.weights == 0.0 {
            return;
        }
        for weight in weights.iter_mut().flatten() {
            for (weight, random) in weight.iter_mut().zip(&mut *randoms) {
                *weight = 1.0 + self.weights * (2.0 * random.unit() - 1.0);
            }
        }
    }

    /// The points of one unit, which are its own to begin with.
    pub(super) fn points(&self, unit: &UnitModel, randoms: &mut Randoms, points: &mut [Lanes]) {
        self.judge(unit, randoms, points);
        for surveyed in &unit.surveyed {
            let mut deviations = [0.0; LANES];
            for (deviation, random) in deviations.iter_mut().zip(&mut *randoms) {
                *deviation = random.normal();
            }
            points[surveyed.item] = surveyed.earned(&deviations);
        }
    }

    /// A random number says of each four judged items which deviate; for each of
    /// these another one follows, which says how.
    fn judge(&self, unit: &UnitModel, randoms: &mut Randoms, points: &mut [Lanes]) {
        let lucks = 2 * self.most as usize;
        let pieces = unit.judged.chunks(PIECE).zip(unit.deviants.chunks(PIECE * lucks));
        for (judged, deviants) in pieces {
            // Nothing can foresee which deviate, so no branch asks: each is noted,
            // and the next one takes the place of a note that does not count.
            let mut notes = [[0; PIECE]; LANES];
            let mut counts = [0; LANES];
            for (turn, from) in (0..judged.len()).step_by(PARTS).enumerate() {
                let to = (from + PARTS).min(judged.len());
                for ((random, notes), count) in randoms.iter().zip(&mut notes).zip(&mut counts) {
                    let mut bits = random.ahead(turn + *count);
                    for at in from..to {
                        notes[*count % PIECE] = at;
                        *count += usize::from(bits & PART_MASK < self.chance);
                        bits >>= PART_BITS;
                    }
                }
            }
            for (lane, (notes, count)) in notes.iter().zip(counts).enumerate() {
                let random = &mut randoms[lane];
                for (before, at) in notes[..count].iter().enumerate() {
                    let luck = below(2 * self.most, random.ahead(at / PARTS + 1 + before));
                    points[judged[*at]][lane] = deviants[at * lucks + luck];
                }
                random.skip(judged.len().div_ceil(PARTS) + count);
            }
        }
    }
}
