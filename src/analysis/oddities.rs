//! From a tally to what is odd in it (bất thường): claims of every maximum,
//! the same words from two units, jumps against last round and against the
//! bloc. Each is worth a question, none is a verdict.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::AreaTable;
use crate::form::{Claim, Claimed};
use crate::points::{Percent, Points};
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::criteria::{ItemCode, SetId};
use crate::round::firmness::Odd;
use crate::round::register::UnitId;
use crate::tally::Tally;
use crate::text;

/// Words that more units than this share come from a paper that all of them
/// have, and say nothing about any two.
pub const COMMON: usize = 4;

/// Decimals of a median in percentage points.
const MEDIAN_PLACES: u32 = 2;

/// Everything odd, the oddest first.
#[derive(Clone, Debug, Default)]
pub struct Oddities {
    pub full: Vec<FullClaim>,
    pub same: Vec<SameWords>,
    pub jumps: Vec<Jump>,
    pub strays: Vec<Stray>,
}

/// A unit that claims the maximum of everything it scores itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullClaim {
    pub unit: UnitId,
    /// How many items it scores itself.
    pub items: usize,
    /// What the appraisers took from it.
    pub cut: Points,
}

/// Two units with the same evidence or explanation at the same items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameWords {
    pub units: (UnitId, UnitId),
    pub items: Vec<ItemCode>,
    /// What both wrote at the first of them.
    pub sample: String,
}

/// An index that moved otherwise than its bloc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    pub unit: UnitId,
    pub last: Percent,
    pub now: Percent,
    /// The median change of its bloc, in percentage points.
    pub median: Percent,
    /// `now` − `last` − `median`.
    pub beyond: Percent,
}

/// An area that stands apart from the rest of its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    pub unit: UnitId,
    pub area: ItemCode,
    /// The unit's share of the area, and of everything, in percent.
    pub share: Percent,
    pub index: Percent,
    /// How far the area is from where the unit and the bloc would have it: the
    /// share less the bloc's mean of it, less the same of the index.
    pub beyond: Percent,
}

/// `tables` are the areas of each bloc, in the order of the rankings.
pub fn oddities(round: &Round, tally: &Tally, tables: &[AreaTable], odd: &Odd) -> Oddities {
    let mut oddities =
        Oddities { full: full(round, tally), same: same(round, tally, odd), ..Oddities::default() };
    for (ranking, table) in tally.rankings.iter().zip(tables) {
        oddities.jumps.extend(jumps(round, tally, ranking, odd));
        oddities.strays.extend(strays(round, ranking, table, odd));
    }
    oddities.full.sort_by_key(|it| Reverse(it.cut));
    oddities.same.sort_by_key(|it| Reverse(it.items.len()));
    oddities.jumps.sort_by_key(|it| Reverse(size(it.beyond)));
    oddities.strays.sort_by_key(|it| Reverse(size(it.beyond)));
    oddities
}

fn size(percent: Percent) -> Points {
    let points = percent.quantity().points();
    points.max(-points)
}

fn full(round: &Round, tally: &Tally) -> Vec<FullClaim> {
    let mut found = Vec::new();
    for card in tally.rankings.iter().flat_map(Ranking::cards) {
        let claimed: Vec<_> =
            card.items.values().filter_map(|item| Some((item, item.self_score?))).collect();
        let is_full = claimed.iter().all(|(item, claim)| *claim == item.max);
        if is_full && !claimed.is_empty() && round.register.unit(&card.unit).is_some() {
            let cuts = claimed.iter().filter_map(|(item, claim)| Some(*claim - item.appraised()?));
            let cut = cuts.map(|cut| cut.max(Points::ZERO)).sum();
            found.push(FullClaim { unit: card.unit.clone(), items: claimed.len(), cut });
        }
    }
    found
}

/// What was written where, as people compare words.
type Written<'a> = (&'a SetId, ItemCode, String);

/// Two units are compared where few share the same words, so that the work
/// grows with the number of words and not with that of pairs.
fn same(round: &Round, tally: &Tally, odd: &Odd) -> Vec<SameWords> {
    let longest = usize::try_from(odd.text_length).unwrap_or(usize::MAX);
    let mut groups: BTreeMap<Written, Vec<(&UnitId, &str)>> = BTreeMap::new();
    for unit in &round.register.units {
        let claims = tally.intake.forms.get(&unit.id).map(|form| form.claims.iter());
        // Why something does not apply is often the same for good reason.
        let is_claim =
            |it: &(ItemCode, Claim<&str>)| !matches!(it.1.score, Claimed::NotApplicable(_));
        for (item, claim) in claims.into_iter().flatten().filter(is_claim) {
            for words in texts(claim).filter(|words| longest <= words.chars().count()) {
                let group = groups.entry((&unit.set, item, text::key(words))).or_default();
                if group.last().is_none_or(|(last, _)| **last != unit.id) {
                    group.push((&unit.id, words));
                }
            }
        }
    }
    let mut pairs: BTreeMap<(&UnitId, &UnitId), (Vec<ItemCode>, &str)> = BTreeMap::new();
    for ((_, item, _), group) in &groups {
        for (at, (one, words)) in group.iter().enumerate().filter(|_| group.len() <= COMMON) {
            for (other, _) in &group[at + 1..] {
                let (items, _) = pairs.entry((one, other)).or_insert_with(|| (Vec::new(), words));
                if items.last() != Some(item) {
                    items.push(*item);
                }
            }
        }
    }
    let least = usize::try_from(odd.same_texts).unwrap_or(usize::MAX);
    let enough = pairs.into_iter().filter(|(_, (items, _))| least <= items.len());
    enough
        .map(|((one, other), (items, sample))| SameWords {
            units: (one.clone(), other.clone()),
            items,
            sample: sample.to_owned(),
        })
        .collect()
}

fn texts(claim: Claim<&str>) -> impl Iterator<Item = &str> {
    [claim.evidence, claim.explanation].into_iter()
}

fn jumps(round: &Round, tally: &Tally, ranking: &Ranking, odd: &Odd) -> Vec<Jump> {
    let Some(last) = &tally.last else { return Vec::new() };
    let scoring = &round.settings.scoring;
    let pairs = ranking.standings.iter().filter_map(|it| {
        let before = last.standings.get(&it.card.unit)?.index;
        Some((&it.card.unit, before, scoring.shown(it.index)))
    });
    let pairs: Vec<(&UnitId, Percent, Percent)> = pairs.collect();
    let changes: Vec<Percent> = pairs.iter().map(|(_, last, now)| now.minus(*last)).collect();
    let Some(median) = median(changes) else { return Vec::new() };
    let jumps = pairs.into_iter().map(|(unit, last, now)| {
        let beyond = now.minus(last).minus(median);
        Jump { unit: unit.clone(), last, now, median, beyond }
    });
    jumps.filter(|it| odd.jump.points() <= size(it.beyond)).collect()
}

/// The middle one, or the mean of the middle two rounded half up.
fn median(mut all: Vec<Percent>) -> Option<Percent> {
    all.sort();
    let (low, high) = (all.get(all.len().checked_sub(1)? / 2)?, all.get(all.len() / 2)?);
    Percent::mean(&[*low, *high], MEDIAN_PLACES)
}

fn strays(round: &Round, ranking: &Ranking, table: &AreaTable, odd: &Odd) -> Vec<Stray> {
    let Some(mean) = ranking.mean else { return Vec::new() };
    let mut found = Vec::new();
    for (row, standing) in table.rows.iter().zip(&ranking.standings) {
        let index = round.settings.scoring.shown(standing.index);
        let cells = row.cells.iter().zip(&table.means).zip(&table.areas);
        for ((cell, of_bloc), area) in cells {
            let (Some(cell), Some(of_bloc)) = (cell, of_bloc) else { continue };
            let beyond = cell.share.minus(*of_bloc).minus(index.minus(mean));
            if odd.stray_area.points() <= size(beyond) {
                let unit = row.unit.clone();
                found.push(Stray { unit, area: *area, share: cell.share, index, beyond });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::Quantity;

    #[test]
    fn a_median_is_the_middle_or_the_mean_of_the_middle_two() {
        #[track_caller]
        fn check(tenths: &[i64], expected: Option<&str>) {
            let all = tenths.iter().map(|it| Quantity::scaled(*it, 1).percent()).collect();
            assert_eq!(median(all).map(|it| it.to_string()).as_deref(), expected);
        }
        check(&[], None);
        check(&[30], Some("3"));
        check(&[50, 10], Some("3"));
        check(&[-90, 10, 20], Some("1"));
        check(&[1, 2, 0, 9], Some("0,15"));
    }
}
