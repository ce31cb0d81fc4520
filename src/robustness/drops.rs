//! Drop one: what each area and each item decides, by leaving it out.

use std::collections::BTreeSet;

use crate::points::{Points, Quantity, Ratio};
use crate::robustness::block::{Block, Ruler};
use crate::robustness::luck::Randoms;
use crate::robustness::model::LANES;
use crate::robustness::order::Field;
use crate::robustness::study::Study;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;

/// Decimals of a mean shift of ranks.
const SHIFT_PLACES: u32 = 2;

/// One bloc without one area or one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drop {
    pub code: ItemCode,
    /// How many units have another rank.
    pub moved: usize,
    /// The mean of how far the ranks shift, over all units (the measure R̄S of
    /// the OECD/JRC handbook, 2008, step 7), rounded half up.
    pub shift: Quantity,
    /// The unit that moves furthest, the first of them as ranked, with its rank
    /// now and then.
    pub furthest: Option<(UnitId, u32, u32)>,
    /// Who leads instead, if the first place changes.
    pub first: Option<UnitId>,
    /// Who would win or lose an award.
    pub won: Vec<UnitId>,
    pub lost: Vec<UnitId>,
}

impl Drop {
    /// Whether anybody wins or loses an award.
    pub fn changes_awards(&self) -> bool {
        !self.won.is_empty() || !self.lost.is_empty()
    }
}

impl Study<'_> {
    /// For each bloc its areas and items in code order, each left out alone.
    pub(super) fn drops(&self) -> Vec<Vec<Drop>> {
        let ruler = Ruler::of(&self.round.settings.scoring);
        let whole = |model| decided(&mut Block::of(model, ruler, None), 1)[0].clone();
        let mut fields: Vec<Field> = self.models.iter().map(whole).collect();
        let awarded = |fields: &[Field]| self.prizes.as_ref().map(|it| it.give(fields, ruler));
        let now = awarded(&fields);
        let mut all = Vec::new();
        for (at, model) in self.models.iter().enumerate() {
            let items = model.sets.iter().flat_map(|set| &set.items);
            let codes: BTreeSet<ItemCode> =
                items.flat_map(|(code, _)| [code.area(), *code]).collect();
            let codes: Vec<ItemCode> = codes.into_iter().collect();
            let mut of_bloc = Vec::new();
            for codes in codes.chunks(LANES) {
                let mut block = Block::of(model, ruler, None);
                for (set, weights) in model.sets.iter().zip(&mut block.weights) {
                    for ((item, _), weights) in set.items.iter().zip(weights) {
                        for (code, weight) in codes.iter().zip(weights) {
                            *weight = if item.is_within(*code) { 0.0 } else { 1.0 };
                        }
                    }
                }
                for (code, without) in codes.iter().zip(decided(&mut block, codes.len())) {
                    let before = std::mem::replace(&mut fields[at], without);
                    let then = awarded(&fields);
                    let change = Change { before: &before, after: &fields[at] };
                    let awards =
                        now.as_ref().zip(then.as_ref()).map(|(now, then)| (&now[at], &then[at]));
                    of_bloc.push(self.drop(at, *code, &change, awards));
                    fields[at] = before;
                }
            }
            all.push(of_bloc);
        }
        all
    }

    fn drop(
        &self,
        at: usize,
        code: ItemCode,
        change: &Change,
        awards: Option<(&Vec<bool>, &Vec<bool>)>,
    ) -> Drop {
        let id = |unit: usize| self.units[at][unit].clone();
        let shifts: Vec<i64> = change.shifts().collect();
        let sum: i64 = shifts.iter().sum();
        let most = shifts.iter().copied().max().unwrap_or_default();
        let furthest = shifts.iter().position(|shift| *shift == most && 0 < most);
        let whole = i64::try_from(shifts.len().max(1)).unwrap_or(i64::MAX);
        let mean = Ratio::new(Quantity::whole(sum), Quantity::whole(whole));
        let leads = |field: &Field| field.order.first().copied();
        let first = leads(change.after).filter(|it| change.before.ranks[*it] != 1);
        let differ = |from: bool| -> Vec<UnitId> {
            let (now, then) = awards.unwrap_or((&NOBODY, &NOBODY));
            let pairs = now.iter().zip(then).enumerate();
            let changed = pairs.filter(|(_, (now, then))| **now == from && **then != from);
            changed.map(|(unit, _)| id(unit)).collect()
        };
        Drop {
            code,
            moved: shifts.iter().filter(|shift| **shift != 0).count(),
            shift: mean
                .map(|mean| Points::scaled(1, 0).share(mean, SHIFT_PLACES).quantity())
                .unwrap_or_default(),
            furthest: furthest
                .map(|unit| (id(unit), change.before.ranks[unit], change.after.ranks[unit])),
            first: first.map(id),
            won: differ(false),
            lost: differ(true),
        }
    }
}

static NOBODY: Vec<bool> = Vec::new();

struct Change<'a> {
    before: &'a Field,
    after: &'a Field,
}

impl Change<'_> {
    fn shifts(&self) -> impl Iterator<Item = i64> {
        let pairs = self.before.ranks.iter().zip(&self.after.ranks);
        pairs.map(|(before, after)| (i64::from(*before) - i64::from(*after)).abs())
    }
}

/// What comes out in the first lanes, where nothing is drawn.
fn decided(block: &mut Block, lanes: usize) -> Vec<Field> {
    block.draw(&mut Randoms::default());
    let field = |lane| {
        let mut field = Field::default();
        field.decide(block, lane);
        field
    };
    (0..lanes).map(field).collect()
}
