//! From a tally to numbers that can be drawn quickly: points in whole steps,
//! one row of items for each ranked unit.
//!
//! A step is the last decimal of the round's points, so every sum is a whole
//! number that a float holds exactly, and a quotient of two such numbers, taken
//! once, is equal for equal indices and in order for all others.

use crate::points::{Points, Quantity};
use crate::rank::{Ranking, Standing};
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Origin};
use crate::round::firmness::Draws;
use crate::round::rule::{Rule, Step};
use crate::round::settings::{Bloc, TieBreak};
use crate::score::{ItemScore, ScoredBy};
use crate::survey::Answer;
use crate::tally::Tally;

/// How many draws are made at once.
pub(super) const LANES: usize = 8;

/// One number in each of the draws that are made at once. Draws share nothing,
/// so what is done with one lane is done with all in the same instructions, and
/// each sum is added up in the order of the items.
pub(super) type Lanes = [f64; LANES];

/// One bloc: its ranked units in the order of the ranking.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) units: Vec<UnitModel>,
    /// What is possible, once for all units that may earn the same.
    pub(super) frames: Vec<Frame>,
    pub(super) sets: Vec<SetModel>,
    pub(super) tie_breaks: Vec<TieBreak>,
    /// The lower edge of every band but the lowest, best first.
    pub(super) edges: Vec<Edge>,
}

/// The items of one set, in code order.
#[derive(Clone, Debug)]
pub(super) struct SetModel {
    pub(super) items: Vec<(ItemCode, bool)>,
}

/// A percentage as a fraction of whole numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) above: f64,
    pub(super) below: f64,
}

/// The points that are possible for some of the units.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Frame {
    /// The units' set among the bloc's.
    pub(super) set: usize,
    /// In steps, one for each item of the set; nothing where it does not count.
    pub(super) max: Vec<f64>,
}

#[derive(Clone, Debug)]
pub(super) struct UnitModel {
    /// Its frame among the bloc's.
    pub(super) frame: usize,
    /// In steps, one for each item of the set; nothing where it does not count.
    pub(super) points: Vec<f64>,
    pub(super) has_survey: bool,
    pub(super) bonus: f64,
    pub(super) penalty: f64,
    /// The items whose points are a matter of judgement.
    pub(super) judged: Vec<usize>,
    /// What each of them is worth to another appraiser who does not agree, for
    /// each luck; one item after the other.
    pub(super) deviants: Vec<f64>,
    pub(super) surveyed: Vec<SurveyedItem>,
}

/// An item measured on a sample of people.
#[derive(Clone, Debug)]
pub(super) struct SurveyedItem {
    pub(super) item: usize,
    /// The share that was measured, from 0 to 1, and of how many answers.
    pub(super) share: f64,
    pub(super) answers: f64,
    pub(super) worth: Worth,
}

/// What a satisfaction earns.
#[derive(Clone, Debug)]
pub(super) enum Worth {
    /// That share of the maximum.
    Share(f64),
    /// The points of the first step whose lower edge is reached, best first;
    /// an edge that is not included must be passed.
    Steps(Vec<(f64, bool, f64)>),
}

impl Model {
    /// `draws` says what is uncertain; nothing is without it.
    pub(super) fn of(
        round: &Round,
        tally: &Tally,
        bloc: &Bloc,
        ranking: &Ranking,
        draws: Option<&Draws>,
    ) -> Model {
        let sets = bloc.sets.iter().map(|id| SetModel {
            items: round.sets[id]
                .items()
                .map(|it| (it.code, it.origin == Origin::Survey))
                .collect(),
        });
        let mut builder = Builder { round, tally, bloc, draws, frames: Vec::new() };
        let edges = bloc.bands.iter().take(bloc.bands.len() - 1).map(|band| Edge::of(band.from));
        Model {
            units: ranking.standings.iter().filter_map(|it| builder.unit(it)).collect(),
            frames: builder.frames,
            sets: sets.collect(),
            tie_breaks: round.settings.scoring.tie_breaks.clone(),
            edges: edges.collect(),
        }
    }
}

impl Edge {
    pub(super) fn of(percent: Quantity) -> Edge {
        let places = percent.places();
        let below = f64::from(10_u32.pow(places));
        let above = percent.points().steps(places).unwrap_or_default();
        Edge { above: float(above), below }
    }
}

struct Builder<'a> {
    round: &'a Round,
    tally: &'a Tally,
    bloc: &'a Bloc,
    draws: Option<&'a Draws>,
    frames: Vec<Frame>,
}

impl Builder<'_> {
    fn unit(&mut self, standing: &Standing) -> Option<UnitModel> {
        let card = &standing.card;
        let unit = self.round.register.unit(&card.unit)?;
        let set = self.bloc.sets.iter().position(|id| *id == unit.set)?;
        let mut frame = Frame { set, max: Vec::new() };
        let mut model = UnitModel {
            frame: 0,
            points: Vec::new(),
            has_survey: card.survey.is_some(),
            bonus: self.steps(card.bonus),
            penalty: self.steps(card.penalty),
            judged: Vec::new(),
            deviants: Vec::new(),
            surveyed: Vec::new(),
        };
        for (at, item) in self.round.set(unit).items().enumerate() {
            let score = card.items.get(item.code);
            let points = score.and_then(|score| score.points);
            model.points.push(points.map_or(0.0, |it| self.steps(it)));
            frame.max.push(points.map_or(0.0, |_| self.steps(item.max)));
            if let Some(score) = score.filter(|_| points.is_some()) {
                if let Some(deviants) = self.deviants(item, &score) {
                    model.judged.push(at);
                    model.deviants.extend(deviants);
                }
                let answers = self.tally.survey.as_ref().map(|survey| &survey.answers);
                let key = (card.unit.clone(), item.code);
                let answer = answers.and_then(|answers| answers.get(&key));
                model.surveyed.extend(answer.and_then(|it| self.surveyed(at, item, it)));
            }
        }
        let known = self.frames.iter().position(|it| *it == frame);
        model.frame = known.unwrap_or(self.frames.len());
        if known.is_none() {
            self.frames.push(frame);
        }
        Some(model)
    }

    /// Of points of persons' judgement, not computed and not faulty.
    fn deviants(&self, item: &Item, score: &ItemScore) -> Option<Vec<f64>> {
        let most = self.draws?.judged?.steps;
        let is_judged = item.rule.figures().is_empty()
            && !matches!(item.rule, Rule::Survey { .. })
            && matches!(score.by, ScoredBy::Unit | ScoredBy::Appraiser);
        let choices = item.rule.choices(item.max).filter(|_| is_judged)?;
        let ladder: Vec<f64> = choices.into_iter().map(|it| self.steps(it)).collect();
        let points = self.steps(score.points?);
        // A score between two choices counts as the upper one.
        let now = ladder.iter().position(|it| points <= *it)?;
        let deviant = |luck| ladder[deviant(now, ladder.len() - 1, luck, most)];
        (1 < ladder.len()).then(|| (0..2 * most).map(deviant).collect())
    }

    fn surveyed(&self, at: usize, item: &Item, answer: &Answer) -> Option<SurveyedItem> {
        let Rule::Survey { steps } = &item.rule else { return None };
        if !self.draws?.survey {
            return None;
        }
        let worth = match steps {
            None => Worth::Share(self.steps(item.max)),
            Some(steps) => {
                let low = |step: &Step| {
                    let edge = step.span.low;
                    let from = edge.map_or(0.0, |edge| edge.at.to_cell());
                    (from, edge.is_none_or(|edge| edge.is_included), self.steps(step.points))
                };
                let mut steps: Vec<(f64, bool, f64)> = steps.iter().map(low).collect();
                steps.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                Worth::Steps(steps)
            }
        };
        let share = answer.percent.to_cell() / 100.0;
        Some(SurveyedItem { item: at, share, answers: float(answer.count), worth })
    }

    fn steps(&self, points: Points) -> f64 {
        let places = self.round.settings.scoring.places;
        float(points.rounded(places).steps(places).unwrap_or_default())
    }
}

/// Where another appraiser would stand who does not agree, on a ladder of
/// scores up to `last` where this one stands `now`: up or down alike by one step
/// to `most`, at an end of the ladder the one way that there is. Never the
/// present place, so that the declared chance of a deviation is the chance of a
/// change. `luck` is even from 0 to below twice `most`.
fn deviant(now: usize, last: usize, luck: u32, most: u32) -> usize {
    let steps = (luck % most + 1) as usize;
    let is_up = now == 0 || (now != last && most <= luck);
    if is_up { (now + steps).min(last) } else { now.saturating_sub(steps) }
}

impl SurveyedItem {
    /// The percentage so many standard deviations away: the end of the interval
    /// of E. B. Wilson (*Probable inference, the law of succession, and
    /// statistical inference*, JASA 22, 1927), recommended by L. Brown, T. Cai
    /// and A. DasGupta (*Interval estimation for a binomial proportion*,
    /// Statistical Science 16, 2001). Unlike √(p(1−p)/n) it leaves a share of
    /// nobody or everybody uncertain, towards the inside, and never passes them.
    fn percent(&self, deviations: f64) -> f64 {
        let (share, square) = (self.share, deviations * deviations / self.answers);
        let spread = share * (1.0 - share) / self.answers + square / (4.0 * self.answers);
        let end = (share + square / 2.0 + deviations * spread.sqrt()) / (1.0 + square);
        100.0 * end.clamp(0.0, 1.0)
    }

    /// What it earns so many standard deviations away, in each lane.
    pub(super) fn earned(&self, deviations: &Lanes) -> Lanes {
        let mut percents = *deviations;
        for percent in &mut percents {
            *percent = self.percent(*percent);
        }
        let mut earned = [0.0; LANES];
        match &self.worth {
            Worth::Share(max) => {
                for (earned, percent) in earned.iter_mut().zip(percents) {
                    *earned = floor(max * percent / 100.0 + 0.5);
                }
            }
            // The best step comes last, over those that are reached too.
            Worth::Steps(steps) => {
                for (low, is_included, points) in steps.iter().rev() {
                    for (earned, percent) in earned.iter_mut().zip(&percents) {
                        let is_reached = low < percent || (*is_included && low <= percent);
                        *earned = if is_reached { *points } else { *earned };
                    }
                }
            }
        }
        earned
    }
}

/// The whole part of a number that is not negative and far below 2^52: that far
/// up a float has no other. Many at once, unlike the library's.
fn floor(number: f64) -> f64 {
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let near = (number + WHOLE) - WHOLE;
    near - if number < near { 1.0 } else { 0.0 }
}

/// A whole number of steps, which is far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(super) fn float(whole: i64) -> f64 {
    whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_is_the_one_of_the_library() {
        let numbers = (0..40_000_u32).map(|it| f64::from(it) / 16.0);
        let beside = numbers.clone().flat_map(|it| [it.next_down().max(0.0), it.next_up()]);
        for number in numbers.chain(beside) {
            assert_eq!(floor(number).to_bits(), number.floor().to_bits(), "{number}");
        }
    }

    #[test]
    fn the_best_step_that_is_reached_earns_its_points() {
        let worth = Worth::Steps(vec![(90.0, false, 3.0), (80.0, true, 2.0), (0.0, true, 1.0)]);
        let item = |share| SurveyedItem { item: 0, share, answers: 100.0, worth: worth.clone() };
        let earned = |share: f64| item(share).earned(&[0.0; LANES])[0].to_bits();
        for (share, points) in [(0.0, 1.0), (0.75, 1.0), (0.875, 2.0), (1.0, 3.0)] {
            assert_eq!(earned(share), f64::to_bits(points), "{share}");
        }
    }
}
