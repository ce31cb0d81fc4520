//! From score cards to how well each item works (phân tích bộ chỉ số), as test
//! theory does it.

use std::collections::BTreeMap;

use crate::analysis::alike::{self, Alike, CORRELATION_PLACES};
use crate::analysis::moments::Moments;
use crate::analysis::{facility, share};
use crate::points::{Index, Percent, Points, Quantity};
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, SetId};
use crate::score::{ItemScore, ScoreCard, ScoredBy};
use crate::tally::Tally;

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
    /// The other item that it moves most with, over the units that have points
    /// for both; `None` where no correlation is above nothing.
    pub closest: Option<Alike>,
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
    /// It may measure the same as another item.
    Repeats(Alike),
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
        let sums = sums(&cards, tally);
        let stats = items.into_iter().zip(closest).map(|(item, closest)| {
            let sums = sums.get(&item.code).copied().unwrap_or_default();
            let stats = ItemStats { closest, ..sums.stats(item, cards.len(), round) };
            ItemStats { advice: advice(&stats, round), ..stats }
        });
        (id.clone(), stats.collect())
    };
    by_set.into_iter().map(stats).collect()
}

/// What one item came to, summed over units.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// The points in force.
    points: Points,
    /// The maximum points where they are.
    possible: Points,
    /// The same points, each with nothing.
    alone: Moments,
    /// The same points, each with the unit's share of its other items.
    with_rest: Moments,
    scored: usize,
    full: usize,
    zero: usize,
    not_applicable: usize,
    appraised: usize,
    changed: usize,
    /// Appraised claims that came with evidence.
    evidenced: usize,
    /// Those of them that were granted less.
    lowered: usize,
}

/// Every item's sums, unit by unit: all that a unit has lies together.
fn sums(cards: &[&ScoreCard], tally: &Tally) -> BTreeMap<ItemCode, Sums> {
    let mut by_item: BTreeMap<ItemCode, Sums> = BTreeMap::new();
    for card in cards {
        let form = tally.intake.forms.get(&card.unit);
        for (code, score) in card.items.iter() {
            let claim = form.and_then(|it| it.claims.get(code));
            let has_evidence = claim.is_some_and(|it| !it.evidence.is_empty());
            by_item.entry(code).or_default().add(&score, card, has_evidence);
        }
    }
    by_item
}

impl Sums {
    fn add(&mut self, score: &ItemScore, card: &ScoreCard, has_evidence: bool) {
        let count = usize::from;
        self.not_applicable += count(matches!(score.by, ScoredBy::Exempt | ScoredBy::NothingArose));
        if let Some((claimed, granted)) = score.self_score.zip(score.appraised()) {
            self.appraised += 1;
            self.changed += count(claimed != granted);
            self.evidenced += count(has_evidence);
            self.lowered += count(has_evidence && granted < claimed);
        }
        let Some(points) = score.points else { return };
        self.scored += 1;
        self.points += points;
        self.possible += score.max;
        self.full += count(points == score.max);
        self.zero += count(points == Points::ZERO);
        self.alone.add(points, Points::ZERO);
        if let Some(rest) = rest(card, points, score.max) {
            self.with_rest.add(points, rest);
        }
    }

    fn stats(self, item: &Item, units: usize, round: &Round) -> ItemStats {
        let places = round.settings.scoring.places;
        let percent_places = round.settings.scoring.index_places;
        let part_of = |part, whole| share(part, whole, percent_places);
        ItemStats {
            item: item.code,
            max: item.max,
            units,
            scored: self.scored,
            mean: Points::mean_of(self.points, self.scored, places),
            facility: facility(self.points, self.possible, percent_places),
            full: part_of(self.full, self.scored),
            zero: part_of(self.zero, self.scored),
            spread: self.alone.spread(places),
            discrimination: self.with_rest.correlation(CORRELATION_PLACES),
            not_applicable: part_of(self.not_applicable, units),
            disagreement: part_of(self.changed, self.appraised),
            disputed: part_of(self.lowered, self.evidenced),
            closest: None,
            advice: Vec::new(),
        }
    }
}

/// What the numbers of an item suggest.
fn advice(stats: &ItemStats, round: &Round) -> Vec<Advice> {
    let everybody = Quantity::whole(100).percent();
    let half = Quantity::whole(50).percent();
    let over_half = |share: Option<Percent>| share.is_some_and(|it| half < it);
    let several = 1 < stats.scored;
    let least = round.settings.firmness.as_ref().and_then(|it| it.duplicate_from);
    let repeats = stats.closest.zip(least).filter(|(it, least)| it.surely_reaches(*least));
    let is_reversed = stats.discrimination.is_some_and(|it| is_reversed(it, stats.scored));
    let all_full = several && stats.full == Some(everybody);
    let all_zero = several && !all_full && stats.mean == Some(Points::ZERO);
    let advice = [
        all_full.then_some(Advice::AllFull),
        all_zero.then_some(Advice::AllZero),
        is_reversed.then_some(Advice::Reversed),
        repeats.map(|(alike, _)| Advice::Repeats(alike)),
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

/// The share in percent that a unit achieved of all its items but the one that
/// has these points. A share and not a sum, because what applies differs from
/// unit to unit.
fn rest(card: &ScoreCard, points: Points, max: Points) -> Option<Points> {
    let earned = card.appraised + card.survey.unwrap_or_default() - points;
    let share = Index::new(earned, card.possible - max)?;
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
