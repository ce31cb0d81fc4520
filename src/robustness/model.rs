//! From a tally to numbers that can be drawn quickly: points in whole steps,
//! one row of items for each ranked unit.
//!
//! A step is the last decimal of the round's points, so every sum is a whole
//! number that a float holds exactly, and a quotient of two such numbers, taken
//! once, is equal for equal indices and in order for all others.

use std::cmp::Ordering;

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

/// One bloc: its ranked units in the order of the ranking.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) units: Vec<UnitModel>,
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

#[derive(Clone, Debug)]
pub(super) struct UnitModel {
    /// The unit's set among the bloc's.
    pub(super) set: usize,
    /// In steps, one for each item of the set; nothing where it does not count.
    pub(super) points: Vec<f64>,
    pub(super) max: Vec<f64>,
    pub(super) has_survey: bool,
    pub(super) bonus: f64,
    pub(super) penalty: f64,
    pub(super) judged: Vec<JudgedItem>,
    pub(super) surveyed: Vec<SurveyedItem>,
}

/// An item whose points are a matter of judgement.
#[derive(Clone, Debug)]
pub(super) struct JudgedItem {
    pub(super) item: usize,
    /// The possible scores, ascending, and the place of the present one.
    pub(super) ladder: Vec<f64>,
    pub(super) now: usize,
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
        let builder = Builder { round, tally, bloc, draws };
        let edges = bloc.bands.iter().take(bloc.bands.len() - 1).map(|band| Edge::of(band.from));
        Model {
            units: ranking.standings.iter().filter_map(|it| builder.unit(it)).collect(),
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
}

impl Builder<'_> {
    fn unit(&self, standing: &Standing) -> Option<UnitModel> {
        let card = &standing.card;
        let unit = self.round.register.unit(&card.unit)?;
        let set = self.bloc.sets.iter().position(|id| *id == unit.set)?;
        let mut model = UnitModel {
            set,
            points: Vec::new(),
            max: Vec::new(),
            has_survey: card.survey.is_some(),
            bonus: self.steps(card.bonus),
            penalty: self.steps(card.penalty),
            judged: Vec::new(),
            surveyed: Vec::new(),
        };
        for (at, item) in self.round.set(unit).items().enumerate() {
            let score = card.items.get(item.code);
            let points = score.and_then(|score| score.points);
            model.points.push(points.map_or(0.0, |it| self.steps(it)));
            model.max.push(points.map_or(0.0, |_| self.steps(item.max)));
            if let Some(score) = score.filter(|_| points.is_some()) {
                model.judged.extend(self.judged(at, item, &score));
                let answers = self.tally.survey.as_ref().map(|survey| &survey.answers);
                let key = (card.unit.clone(), item.code);
                let answer = answers.and_then(|answers| answers.get(&key));
                model.surveyed.extend(answer.and_then(|it| self.surveyed(at, item, it)));
            }
        }
        Some(model)
    }

    /// Points of persons' judgement, not computed and not faulty.
    fn judged(&self, at: usize, item: &Item, score: &ItemScore) -> Option<JudgedItem> {
        self.draws?.judged?;
        let is_judged = item.rule.figures().is_empty()
            && !matches!(item.rule, Rule::Survey { .. })
            && matches!(score.by, ScoredBy::Unit | ScoredBy::Appraiser);
        let choices = item.rule.choices(item.max).filter(|_| is_judged)?;
        let ladder: Vec<f64> = choices.into_iter().map(|it| self.steps(it)).collect();
        let points = self.steps(score.points?);
        // A score between two choices counts as the upper one.
        let now = ladder.iter().position(|it| points <= *it)?;
        (1 < ladder.len()).then_some(JudgedItem { item: at, ladder, now })
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

impl JudgedItem {
    /// Where another appraiser would stand who does not agree: up or down alike
    /// by one step to `most`, at an end of the ladder the one way that there
    /// is. Never the present place, so that the declared chance of a deviation
    /// is the chance of a change. `luck` is even from 0 to below twice `most`.
    pub(super) fn deviant(&self, luck: u32, most: u32) -> usize {
        let (last, steps) = (self.ladder.len() - 1, (luck % most + 1) as usize);
        let is_up = self.now == 0 || (self.now != last && most <= luck);
        if is_up { (self.now + steps).min(last) } else { self.now.saturating_sub(steps) }
    }
}

impl SurveyedItem {
    /// The percentage so many standard deviations away: the end of the interval
    /// of E. B. Wilson (*Probable inference, the law of succession, and
    /// statistical inference*, JASA 22, 1927), recommended by L. Brown, T. Cai
    /// and A. DasGupta (*Interval estimation for a binomial proportion*,
    /// Statistical Science 16, 2001). Unlike √(p(1−p)/n) it leaves a share of
    /// nobody or everybody uncertain, towards the inside, and never passes them.
    pub(super) fn percent(&self, deviations: f64) -> f64 {
        let (share, square) = (self.share, deviations * deviations / self.answers);
        let spread = share * (1.0 - share) / self.answers + square / (4.0 * self.answers);
        let end = (share + square / 2.0 + deviations * spread.sqrt()) / (1.0 + square);
        100.0 * end.clamp(0.0, 1.0)
    }
}

impl Worth {
    pub(super) fn of(&self, percent: f64) -> f64 {
        match self {
            Worth::Share(max) => (max * percent / 100.0 + 0.5).floor(),
            Worth::Steps(steps) => {
                let reached =
                    |(low, is_included, _): &&(f64, bool, f64)| match percent.total_cmp(low) {
                        Ordering::Equal => *is_included,
                        order => order.is_gt(),
                    };
                steps.iter().find(reached).map_or(0.0, |(.., points)| *points)
            }
        }
    }
}

/// A whole number of steps, which is far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(super) fn float(whole: i64) -> f64 {
    whole as f64
}
