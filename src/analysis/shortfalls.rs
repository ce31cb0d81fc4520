//! From rankings to shortfalls (tồn tại, hạn chế): where each unit lost points,
//! why, and what would reach the next band.

use std::cmp::Reverse;

use crate::points::{Index, Points};
use crate::rank::{Ranking, Standing};
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, Item, ItemCode};
use crate::round::register::UnitId;
use crate::round::rule::Rule;
use crate::round::settings::Bloc;
use crate::score::{ItemScore, ScoreCard, ScoredBy};

/// Where one unit lost points.
#[derive(Clone, Debug)]
pub struct Shortfall {
    pub unit: UnitId,
    /// The sum of the losses: the maximum that applies less the points in force
    /// (bonus and penalty are outside it).
    pub lost: Points,
    /// Largest first, equal ones in code order.
    pub losses: Vec<Loss>,
    /// `None` of a unit in the best band, or not ranked.
    pub next: Option<NextBand>,
}

/// Points lost at one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub item: ItemCode,
    /// The maximum less the points in force.
    pub lost: Points,
    /// How much of that the appraisers took from the unit's claim.
    pub cut: Points,
    pub cause: Cause,
}

/// Why points were lost, by the rule of the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Faulty on the form: counts nothing, provisionally.
    Faulty,
    /// Claimed in full, and the appraisers granted less.
    Lowered,
    /// `có/không`: not done.
    NotDone,
    /// `mức`: not the best level.
    LowerLevel,
    /// `cộng thành phần`: some part is missing.
    PartMissing,
    /// `mức theo số lượng`, `theo số lượng`: too few.
    TooFew,
    /// `mức theo tỷ lệ`, `tỷ lệ…`: the ratio is too low.
    RatioTooLow,
    /// `tỷ lệ có sàn`: nothing is earned, for the ratio is below the floor.
    BelowFloor,
    /// `trừ điểm`: cases were counted against it.
    Cases,
    /// `thời hạn`, `trừ theo ngày`: late.
    Late,
    /// `khảo sát`: satisfaction is too low.
    Satisfaction,
}

/// What separates a unit from the next better band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextBand {
    /// The place of that band in the bloc's list.
    pub band: usize,
    /// The fewest points that reach it, in steps of the round's points.
    pub missing: Points,
    /// The fewest items whose lost points are enough, largest first; `None` when
    /// all of them together are not.
    pub items: Option<Vec<ItemCode>>,
}

/// One for each unit with points: by bloc, ranked units best first, then the
/// others.
pub fn shortfalls(round: &Round, rankings: &[Ranking]) -> Vec<Shortfall> {
    let mut shortfalls = Vec::new();
    for ranking in rankings {
        let bloc = round.settings.blocs.iter().find(|bloc| bloc.id == ranking.bloc);
        let standings = ranking.standings.iter().map(|it| (&it.card, Some(it)));
        let others = ranking.unranked.iter().filter_map(|it| Some((it.card.as_ref()?, None)));
        for (card, standing) in standings.chain(others) {
            let losses = losses(card, round);
            let next = bloc.zip(standing).and_then(|(bloc, it)| next(it, bloc, round, &losses));
            let lost = losses.iter().map(|loss| loss.lost).sum();
            shortfalls.push(Shortfall { unit: card.unit.clone(), lost, losses, next });
        }
    }
    shortfalls
}

fn losses(card: &ScoreCard, round: &Round) -> Vec<Loss> {
    let set = round.register.unit(&card.unit).map(|unit| round.set(unit));
    let items = set.into_iter().flat_map(CriteriaSet::items);
    let mut losses: Vec<Loss> =
        items.filter_map(|item| loss(item, &card.items.get(item.code)?)).collect();
    losses.shrink_to_fit();
    losses.sort_by_key(|loss| Reverse(loss.lost));
    losses
}

fn loss(item: &Item, score: &ItemScore) -> Option<Loss> {
    let missing = item.max - score.points?;
    let claimed = score.self_score.zip(score.appraised());
    let cut = claimed.map_or(Points::ZERO, |(claimed, granted)| claimed - granted);
    let cut = cut.max(Points::ZERO);
    let loss = || Loss { item: item.code, lost: missing, cut, cause: cause(item, score) };
    (Points::ZERO < missing).then(loss)
}

fn cause(item: &Item, score: &ItemScore) -> Cause {
    if score.by == ScoredBy::Faulty {
        return Cause::Faulty;
    }
    if score.by == ScoredBy::Appraiser && score.self_score == Some(item.max) {
        return Cause::Lowered;
    }
    let is_nothing = score.points == Some(Points::ZERO);
    match &item.rule {
        Rule::YesNo => Cause::NotDone,
        Rule::Levels(_) => Cause::LowerLevel,
        Rule::Parts(_) => Cause::PartMissing,
        Rule::CountLevels(_) | Rule::PerItem { .. } => Cause::TooFew,
        Rule::Proportional { floor: Some(_), .. } if is_nothing => Cause::BelowFloor,
        Rule::Proportional { .. } | Rule::RatioLevels { .. } => Cause::RatioTooLow,
        Rule::Deduction { .. } => Cause::Cases,
        Rule::Deadline { .. } | Rule::DaysLate { .. } => Cause::Late,
        Rule::Survey { .. } => Cause::Satisfaction,
    }
}

/// What the next better band takes. `losses` are sorted, so the fewest items are
/// the first ones.
fn next(standing: &Standing, bloc: &Bloc, round: &Round, losses: &[Loss]) -> Option<NextBand> {
    let band = standing.band.checked_sub(1)?;
    let scoring = &round.settings.scoring;
    let card = &standing.card;
    let steps = |n: i64| Points::scaled(n, scoring.places);
    let reaches = |n: i64| {
        let index = Index::new(card.total + steps(n), card.possible);
        index.is_some_and(|index| bloc.band(index, scoring) <= band)
    };
    let missing = steps(least(reaches)?);
    let mut sum = Points::ZERO;
    let enough = losses.iter().position(|loss| {
        sum += loss.lost;
        missing <= sum
    });
    let items = enough.map(|last| losses[..=last].iter().map(|loss| loss.item).collect());
    Some(NextBand { band, missing, items })
}

/// The least whole number above zero from which `holds` is true; `None` when it
/// is not true within any number of points that a set could have.
fn least(holds: impl Fn(i64) -> bool) -> Option<i64> {
    const LARGEST: i64 = 1 << 40;
    let mut high = 1;
    while !holds(high) {
        high *= 2;
        if LARGEST < high {
            return None;
        }
    }
    let mut low = high / 2;
    // `holds` is false at `low`, or `low` is zero, and true at `high`.
    while 1 < high - low {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_number_is_found() {
        for expected in 1..70 {
            assert_eq!(least(|n| expected <= n), Some(expected));
        }
        assert_eq!(least(|_| false), None);
    }
}
