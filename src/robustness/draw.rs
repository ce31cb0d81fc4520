//! One stretch of draws: every uncertain number is drawn anew, everything is
//! decided again, and what came out is noted.

use std::array;
use std::ops::Range;

use crate::robustness::block::{Block, Ruler};
use crate::robustness::counts::{BlocDrawn, Drawn};
use crate::robustness::luck::Luck;
use crate::robustness::model::{LANES, Model};
use crate::robustness::order::Field;
use crate::robustness::random::Random;
use crate::robustness::study::{Question, Study};

impl Study<'_> {
    /// Makes some of the draws. The same numbers always make the same draws,
    /// whoever makes them and however many at once.
    pub fn draw(&self, numbers: Range<u32>) -> Drawn {
        let nothing = |model: &Model| {
            let none = vec![0; model.units.len()];
            BlocDrawn { ranks: Vec::new(), awarded: none.clone(), in_band: none }
        };
        let mut drawn = Drawn {
            draws: 0,
            blocs: self.models.iter().map(nothing).collect(),
            stays: vec![0; self.questions.len()],
        };
        let Some(uncertain) = self.draws else { return drawn };
        let ruler = Ruler::of(&self.round.settings.scoring);
        let luck = Luck::of(uncertain);
        let block = |model| Block::of(model, ruler, Some(&luck));
        let mut blocks: Vec<Block> = self.models.iter().map(block).collect();
        let mut fields = vec![Field::default(); blocks.len()];
        for from in numbers.clone().step_by(LANES) {
            let mut lanes = from..;
            let mut random = || Random::of_draw(uncertain.seed, lanes.next().unwrap_or(u32::MAX));
            let mut randoms = array::from_fn(|_| random());
            for block in &mut blocks {
                block.draw(&mut randoms);
            }
            for (lane, _) in (from..numbers.end).take(LANES).enumerate() {
                for (field, block) in fields.iter_mut().zip(&mut blocks) {
                    field.decide(block, lane);
                }
                self.note(&fields, ruler, &mut drawn);
            }
        }
        drawn
    }

    /// Notes what came out of one draw.
    fn note(&self, fields: &[Field], ruler: Ruler, drawn: &mut Drawn) {
        drawn.draws += 1;
        let won = self.prizes.as_ref().map(|prizes| prizes.give(fields, ruler));
        for (at, (field, bloc)) in fields.iter().zip(&mut drawn.blocs).enumerate() {
            bloc.ranks.extend_from_slice(&field.ranks);
            for (count, (drawn, own)) in
                bloc.in_band.iter_mut().zip(field.bands.iter().zip(&self.bands[at]))
            {
                *count += u32::from(drawn == own);
            }
            for (count, won) in bloc.awarded.iter_mut().zip(won.iter().flat_map(|won| &won[at])) {
                *count += u32::from(*won);
            }
        }
        for (question, stays) in self.questions.iter().zip(&mut drawn.stays) {
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
