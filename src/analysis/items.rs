//! From score cards to how well each item works (phân tích bộ chỉ số), as test
//! theory does it.

use std::collections::BTreeMap;

use crate::analysis::alike;
use crate::analysis::moments::Moments;
use crate::analysis::{facility, share};
use crate::points::{Index, Percent, Points, Quantity};
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, SetId};
use crate::score::{ItemScore, ScoreCard, ScoredBy};
use crate::tally::Tally;

/// Decimals of a correlation.
pub(super) const CORRELATION_PLACES: u32 = 2;
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
    /// The share of claims with evidence that the appraisers granted less, in
    /// percent.
    pub disputed: Option<Percent>,
    /// The other item that it moves most with, and their correlation over the
    /// units that have points for both, two decimals; `None` where no
    /// correlation is above nothing.
    pub closest: Option<(ItemCode, Quantity)>,
    pub advice: Vec<Advice>,
}

/// What the numbers of an item suggest. The limits are those of the words
/// themselves (everybody, nobody, more than half, below nothing) or the
/// round's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Every unit has the maximum.
    AllFull,
    /// Nobody has a point.
    AllZero,
    /// Units that do well elsewhere do worse here, beyond chance.
    Reversed,
    /// It does not apply to more than half of the units.
    MostlyExempt,
    /// The appraisers changed more than half of the claims.
    MostlyChanged,
    /// The appraisers granted less than claimed for more than half of the
    /// claims with evidence.
    MostlyDisputed,
    /// It says nearly the same as another item.
    Repeats(ItemCode),
}

/// The items of every set in code order, each over the units of that set.
pub fn items(round: &Round, tally: &Tally) -> BTreeMap<SetId, Vec<ItemStats>> {
    let mut by_set: BTreeMap<&SetId, Vec<&ScoreCard>> = BTreeMap::new();
    for card in tally.rankings.iter().flat_map(Ranking::cards) {
        if let Some(unit) = round.register.unit(&card.unit) {
            by_set.entry(&unit.set).or_default().push(card);
        }
    }
    let stats = |(id, cards): (&SetId, Vec<&ScoreCard>)| {
        let items: Vec<&Item> = round.sets[id].items().collect();
        let closest = alike::closest(&items, &cards);
        let stats = items.into_iter().zip(closest).map(|(item, closest)| {
            let stats = item_stats(item, &cards, round, tally);
            let stats = ItemStats { closest, ..stats };
            ItemStats { advice: advice(&stats, round), ..stats }
        });
        (id.clone(), stats.collect())
    };
    by_set.into_iter().map(stats).collect()
}

fn item_stats(item: &Item, cards: &[&ScoreCard], round: &Round, tally: &Tally) -> ItemStats {
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
    let is_compared = |score: &ItemScore| score.self_score.is_some() && score.appraised().is_some();
    let is_changed = |score: &ItemScore| {
        score.self_score.zip(score.appraised()).is_some_and(|(claimed, granted)| claimed != granted)
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
        disputed: disputed(item, cards, tally, percent_places),
        closest: None,
        advice: Vec::new(),
    }
}

/// Claims that came with evidence and were granted less, among those that came
/// with evidence and were appraised.
fn disputed(item: &Item, cards: &[&ScoreCard], tally: &Tally, places: u32) -> Option<Percent> {
    let with_evidence = cards.iter().filter_map(|card| {
        let claim = tally.intake.forms.get(&card.unit)?.claims.get(&item.code)?;
        let score = card.items.get(&item.code).filter(|_| !claim.evidence.is_empty())?;
        score.self_score.zip(score.appraised())
    });
    let claims: Vec<(Points, Points)> = with_evidence.collect();
    let lowered = claims.iter().filter(|(claimed, granted)| granted < claimed).count();
    share(lowered, claims.len(), places)
}

/// What the numbers of an item suggest.
fn advice(stats: &ItemStats, round: &Round) -> Vec<Advice> {
    let everybody = Quantity::whole(100).percent();
    let half = Quantity::whole(50).percent();
    let over_half = |share: Option<Percent>| share.is_some_and(|it| half < it);
    let several = 1 < stats.scored;
    let least = round.settings.firmness.as_ref().and_then(|it| it.duplicate_from);
    let repeats = stats.closest.zip(least);
    let repeats =
        repeats.filter(|((_, r), least)| least <= r && is_beyond_chance(*r, stats.scored));
    let is_reversed = stats.discrimination.is_some_and(|it| is_reversed(it, stats.scored));
    let all_full = several && stats.full == Some(everybody);
    let all_zero = several && !all_full && stats.mean == Some(Points::ZERO);
    let advice = [
        all_full.then_some(Advice::AllFull),
        all_zero.then_some(Advice::AllZero),
        is_reversed.then_some(Advice::Reversed),
        repeats.map(|((item, _), _)| Advice::Repeats(item)),
        over_half(stats.not_applicable).then_some(Advice::MostlyExempt),
        over_half(stats.disagreement).then_some(Advice::MostlyChanged),
        over_half(stats.disputed).then_some(Advice::MostlyDisputed),
    ];
    advice.into_iter().flatten().collect()
}

/// A negative correlation that chance alone would seldom give.
fn is_reversed(correlation: Quantity, units: usize) -> bool {
    correlation.is_negative() && is_beyond_chance(correlation, units)
}

/// Further from nothing than 2/√n, two standard errors of a correlation of
/// nothing.
fn is_beyond_chance(correlation: Quantity, units: usize) -> bool {
    let units = Quantity::whole(i64::try_from(units).expect("fewer than 2^63 units"));
    let square = correlation.times(correlation.points());
    Quantity::whole(4) < units.times(square).quantity()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_correlation_beyond_chance_counts_as_reversed() {
        #[track_caller]
        fn check(hundredths: i64, units: usize, expected: bool) {
            assert_eq!(is_reversed(Quantity::scaled(hundredths, 2), units), expected);
        }
        check(-8, 12, false);
        check(-57, 12, false);
        check(-58, 12, true);
        check(-36, 33, true);
        check(90, 33, false);
    }
}
