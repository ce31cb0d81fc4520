//! From score cards to how well each item works (phân tích bộ chỉ số), as test
//! theory does it.

use std::collections::BTreeMap;

use crate::analysis::moments::Moments;
use crate::analysis::{facility, share};
use crate::points::{Index, Percent, Points, Quantity};
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, SetId};
use crate::score::{ItemScore, ScoreCard, ScoredBy};

/// Decimals of a correlation.
const CORRELATION_PLACES: u32 = 2;
/// Decimals kept of a rest share in percent before it enters a correlation.
const REST_PLACES: u32 = 4;

/// One item over all units scored on its set.
#[derive(Clone, Debug)]
pub struct ItemStats {
    pub item: ItemCode,
    pub max: Points,
    /// Units scored on the set.
    pub units: usize,
    /// Units that have points in force for it.
    pub scored: usize,
    /// The mean of those points, rounded half up.
    pub mean: Option<Points>,
    /// The mean in percent of the maximum (độ khó).
    pub facility: Option<Percent>,
    /// The share of scored units with the whole maximum, in percent.
    pub full: Option<Percent>,
    /// The share of scored units with nothing, in percent.
    pub zero: Option<Percent>,
    /// The population standard deviation of the points, rounded to their
    /// decimals.
    pub spread: Option<Quantity>,
    /// The item–rest correlation (độ phân biệt): of the points with the share
    /// that the unit achieved of all its other items, from −1 to 1, two
    /// decimals. `None` of fewer than three units, or when nothing varies.
    pub discrimination: Option<Quantity>,
    /// The share of units to which it does not apply, in percent.
    pub not_applicable: Option<Percent>,
    /// The share of appraised claims that the appraisers changed, in percent.
    pub disagreement: Option<Percent>,
}

/// The items of every set in code order, each over the units of that set.
pub fn items(round: &Round, rankings: &[Ranking]) -> BTreeMap<SetId, Vec<ItemStats>> {
    let mut by_set: BTreeMap<&SetId, Vec<&ScoreCard>> = BTreeMap::new();
    for card in rankings.iter().flat_map(Ranking::cards) {
        if let Some(unit) = round.register.unit(&card.unit) {
            by_set.entry(&unit.set).or_default().push(card);
        }
    }
    let stats = |(id, cards): (&SetId, Vec<&ScoreCard>)| {
        let items = round.sets[id].items();
        (id.clone(), items.map(|item| item_stats(item, &cards, round)).collect())
    };
    by_set.into_iter().map(stats).collect()
}

fn item_stats(item: &Item, cards: &[&ScoreCard], round: &Round) -> ItemStats {
    let places = round.settings.scoring.places;
    let percent_places = round.settings.scoring.index_places;
    let scores = || cards.iter().filter_map(|card| card.items.get(&item.code));
    let points: Vec<Points> = scores().filter_map(|score| score.points).collect();
    let sum: Points = points.iter().copied().sum();
    let max: Points = points.iter().map(|_| item.max).sum();
    let part_of = |part, whole| share(part, whole, percent_places);
    let with = |wanted: Points| points.iter().filter(|points| **points == wanted).count();
    let count = |holds: fn(&ItemScore) -> bool| scores().filter(|score| holds(score)).count();

    let rest = cards.iter().filter_map(|card| Some((points_of(card, item)?, rest(card, item)?)));
    let with_rest = Moments::of(&rest.collect::<Vec<_>>());
    let alone: Vec<(Points, Points)> = points.iter().map(|it| (*it, Points::ZERO)).collect();
    let is_off = |score: &ItemScore| matches!(score.by, ScoredBy::Exempt | ScoredBy::NothingArose);
    let is_compared = |score: &ItemScore| score.self_score.is_some() && score.appraised.is_some();
    let is_changed = |score: &ItemScore| {
        score.self_score.zip(score.appraised).is_some_and(|(claimed, granted)| claimed != granted)
    };
    ItemStats {
        item: item.code,
        max: item.max,
        units: cards.len(),
        scored: points.len(),
        mean: Points::mean(&points, places),
        facility: facility(sum, max, percent_places),
        full: part_of(with(item.max), points.len()),
        zero: part_of(with(Points::ZERO), points.len()),
        spread: Moments::of(&alone).spread(places),
        discrimination: with_rest.correlation(CORRELATION_PLACES),
        not_applicable: part_of(count(is_off), cards.len()),
        disagreement: part_of(count(is_changed), count(is_compared)),
    }
}

fn points_of(card: &ScoreCard, item: &Item) -> Option<Points> {
    card.items.get(&item.code)?.points
}

/// The share in percent that a unit achieved of all its items but one. A share
/// and not a sum, because what applies differs from unit to unit.
fn rest(card: &ScoreCard, item: &Item) -> Option<Points> {
    let own = points_of(card, item)?;
    let earned = card.appraised + card.survey.unwrap_or_default() - own;
    let share = Index::new(earned, card.possible - item.max)?;
    Some(share.shown(REST_PLACES).quantity().points())
}
