//! The way of a number (đường đi của điểm): a unit of a round and its tally →
//! the steps from a cell of a file to points, sums, index, rank, band and award.
//!
//! Nothing is decided here; every step repeats what a judgement came to, beside
//! the rule it applied and the place it read.

mod item;
mod total;

use crate::finding::Place;
use crate::points::{Percent, Points};
use crate::rank::{Ranking, Standing, Unranked};
use crate::round::criteria::{Heading, Item, ItemCode, Node};
use crate::round::register::{Unit, UnitId};
use crate::round::settings::Scoring;
use crate::round::{self, Round};
use crate::score::ScoreCard;
use crate::tally::Tally;
use crate::words::money;

pub use item::source;

/// One step on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done, in a few words.
    pub what: &'static str,
    /// From what, and by which rule.
    pub how: String,
    pub result: Outcome,
    /// Who decided.
    pub by: &'static str,
    /// Where what was read stands; `None` when nothing was read for it.
    pub place: Option<Place>,
    /// The rule's citation; empty where the step applies none.
    pub source: String,
}

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Nothing,
    Points(Points),
    Percent(Percent),
    Rank(u32),
    /// In đồng.
    Money(i64),
    Words(String),
}

/// The steps that one number is made by.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// `1.2 Nhiệm vụ hoàn thành (tối đa 4 điểm)`.
    pub heading: String,
    pub steps: Vec<Step>,
}

/// Every part of a unit's result, in the order of its set: its items, its
/// areas, then what they add up to. With `only`, of the items those at or under
/// that code, and of the areas theirs.
pub fn unit(round: &Round, tally: &Tally, unit: &Unit, only: Option<ItemCode>) -> Vec<Part> {
    let way = Way::new(round, tally, unit);
    let set = round.set(unit);
    let mut parts = Vec::new();
    if let Some(card) = way.card {
        let is_asked = |code: ItemCode| only.is_none_or(|only| code.is_within(only));
        parts.extend(set.items().filter(|item| is_asked(item.code)).map(|it| way.item(it, card)));
        let areas = set.areas().filter_map(|node| match node {
            Node::Heading(area) => Some(area),
            Node::Item(_) => None,
        });
        let is_above = |area: &&Heading| only.is_none_or(|only| only.area() == area.code);
        parts.extend(areas.filter(is_above).map(|area| way.area(area, card)));
    }
    parts.push(way.waivers());
    parts.push(way.total());
    parts.push(way.place());
    parts.extend(way.awards());
    parts.retain(|part| !part.steps.is_empty());
    parts
}

/// What the steps of one unit are told from.
struct Way<'a> {
    round: &'a Round,
    tally: &'a Tally,
    unit: &'a Unit,
    ranking: Option<&'a Ranking>,
    standing: Option<&'a Standing>,
    unranked: Option<&'a Unranked>,
    card: Option<&'a ScoreCard>,
}

impl<'a> Way<'a> {
    fn new(round: &'a Round, tally: &'a Tally, unit: &'a Unit) -> Way<'a> {
        let ranking = tally.rankings.iter().find(|it| it.bloc == unit.bloc);
        let standing =
            ranking.and_then(|ranking| ranking.standings.iter().find(|it| it.card.unit == unit.id));
        let unranked =
            ranking.and_then(|ranking| ranking.unranked.iter().find(|it| it.unit == unit.id));
        let other = unranked.and_then(|it| it.card.as_ref());
        let card = standing.map(|it| &it.card).or(other);
        Way { round, tally, unit, ranking, standing, unranked, card }
    }

    fn points(&self, points: Points) -> String {
        points.fixed(self.round.settings.scoring.places)
    }

    fn percent(&self, percent: Percent) -> String {
        percent.fixed(self.round.settings.scoring.index_places)
    }

    fn name(&self, unit: &'a UnitId) -> &'a str {
        self.round.register.unit(unit).map_or(&unit.0, |it| &it.name)
    }

    /// The decision on an item: its own, or else that of its set.
    fn citation(&self, item: &Item) -> String {
        let set = self.round.set(self.unit);
        if item.source.is_empty() { set.source.clone() } else { item.source.clone() }
    }
}

impl Step {
    /// A step of the program itself, which reads nothing.
    fn computed(what: &'static str, how: String, result: Outcome) -> Step {
        Step { what, how, result, by: "chương trình", place: None, source: String::new() }
    }
}

impl Outcome {
    /// As people read it; empty for nothing.
    pub fn told(&self, scoring: &Scoring) -> String {
        match self {
            Outcome::Nothing => String::new(),
            Outcome::Points(points) => points.fixed(scoring.places),
            Outcome::Percent(percent) => percent.fixed(scoring.index_places),
            Outcome::Rank(rank) => rank.to_string(),
            Outcome::Money(amount) => money::dong(*amount),
            Outcome::Words(words) => words.clone(),
        }
    }
}

/// The settings of the round.
fn settings_place() -> Place {
    Place::file(round::SETTINGS)
}
