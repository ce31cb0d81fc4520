//! Moves in rank from one year to the next, taken apart.
//!
//! As the Global Innovation Index does, a move is walked in steps, each
//! changing one thing, and what a step does to the unit's rank is that thing's
//! part. The steps lead from the published rank of one year to that of the
//! next, so the parts always add up to the move:
//!
//! ```text
//! last year's rank → among the units of both years       change of units
//!                  → by what units claimed last year     change by appraisal
//!                  → by what they claim, weighted as last year   performance
//!                  → weighted as this year               change of criteria set
//!                  → as appraised                        change by appraisal
//!                  → among all units of this year        change of units
//! ```
//!
//! Where a year has no claims, or no areas, the step cannot be taken and its
//! part stays in the performance; the move says so.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::history::History;
use crate::history::check::{numbering, ranked};
use crate::history::year::{AreaTotal, Entry, Year};
use crate::points::{Index, Points};
use crate::rank;
use crate::round::criteria::ItemCode;
use crate::round::settings::{BlocId, Numbering};

/// What a line's rank did between two years with results. Parts and move count
/// upwards: 3 is three places better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub line: usize,
    pub bloc: BlocId,
    pub from: i16,
    pub to: i16,
    pub before: i64,
    pub after: i64,
    /// How many units were ranked in each of the two years.
    pub among: [usize; 2],
    pub performance: i64,
    /// Zero when the set stayed.
    pub criteria: i64,
    pub units: i64,
    pub appraisal: i64,
    /// The set changed, and the years' results do not tell its part from the
    /// performance.
    pub criteria_unknown: bool,
    /// Some year has no claims, so the appraisal's part is in the performance.
    pub appraisal_unknown: bool,
}

impl Move {
    /// Places gained; negative when lost.
    pub fn total(&self) -> i64 {
        self.before - self.after
    }
}

/// Every move of every bloc, by years, then in order of the earlier rank.
pub fn moves(history: &History) -> Vec<Move> {
    let years: Vec<&Year> = history.years.values().collect();
    let pairs = years.windows(2);
    let of_pair = |pair: &[&Year]| -> Vec<Move> {
        let blocs = history.period.blocs.iter();
        blocs.flat_map(|bloc| pair_moves(history, &bloc.id, pair[0], pair[1])).collect()
    };
    pairs.flat_map(of_pair).collect()
}

/// A unit that is ranked in both years of a pair.
struct Both<'a> {
    line: usize,
    before: (&'a Entry, u32),
    after: (&'a Entry, u32),
}

fn pair_moves(history: &History, bloc: &BlocId, old: &Year, new: &Year) -> Vec<Move> {
    let later: BTreeMap<usize, (&Entry, u32)> = ranked(new, bloc)
        .into_iter()
        .filter_map(|it| Some((history.genealogy.of(&it.0.unit)?, it)))
        .collect();
    let both: Vec<Both> = ranked(old, bloc)
        .into_iter()
        .filter_map(|before| {
            let line = history.genealogy.of(&before.0.unit)?;
            Some(Both { line, before, after: *later.get(&line)? })
        })
        .collect();
    let [from, to] = [old, new].map(|year| {
        let mut ranks: Vec<u32> = ranked(year, bloc).iter().map(|it| it.1).collect();
        numbering(&mut ranks).unwrap_or(Numbering::Standard)
    });
    let among = [old, new].map(|year| ranked(year, bloc).len());
    let published_old = ranks(&both, from, |it| Some(Reverse(it.before.1)));
    let published_new = ranks(&both, to, |it| Some(Reverse(it.after.1)));
    let (Some(published_old), Some(published_new)) = (published_old, published_new) else {
        return Vec::new();
    };
    let claimed_old = ranks(&both, from, |it| claimed(it.before.0));
    let claimed_new = ranks(&both, to, |it| claimed(it.after.0));
    let (claims, is_claimed) = match (claimed_old, claimed_new) {
        (Some(old), Some(new)) => ((old, new), true),
        _ => ((published_old.clone(), published_new.clone()), false),
    };
    let has_changed = history.period.era(bloc, old.year).map(|era| &era.id)
        != history.period.era(bloc, new.year).map(|era| &era.id);
    let weights = content_weights(history, bloc, old);
    let weighted =
        ranks(&both, to, |it| reweighted(history, bloc, new, it.after.0, &weights, is_claimed));
    let criteria_unknown = has_changed && weighted.is_none();
    let weighted = weighted.filter(|_| has_changed).unwrap_or_else(|| claims.1.clone());
    let one = |(at, it): (usize, &Both)| {
        let (before, after) = (i64::from(it.before.1), i64::from(it.after.1));
        Move {
            line: it.line,
            bloc: bloc.clone(),
            from: old.year,
            to: new.year,
            before,
            after,
            among,
            performance: claims.0[at] - weighted[at],
            criteria: weighted[at] - claims.1[at],
            units: (before - published_old[at]) + (published_new[at] - after),
            appraisal: (published_old[at] - claims.0[at]) + (claims.1[at] - published_new[at]),
            criteria_unknown,
            appraisal_unknown: !is_claimed,
        }
    };
    both.iter().enumerate().map(one).collect()
}

/// The rank of each by a key, the greatest first; `None` when any has no key.
fn ranks<K: Ord>(
    both: &[Both],
    numbering: Numbering,
    key: impl Fn(&Both) -> Option<K>,
) -> Option<Vec<i64>> {
    let keys: Vec<K> = both.iter().map(key).collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| keys[*b].cmp(&keys[*a]));
    let ties = order.windows(2).map(|pair| keys[pair[0]] == keys[pair[1]]);
    let numbers = rank::numbers(numbering, ties);
    let mut ranks = vec![0; keys.len()];
    for (at, number) in order.into_iter().zip(numbers) {
        ranks[at] = i64::from(number);
    }
    Some(ranks)
}

/// The index by what the unit claimed, exact.
fn claimed(entry: &Entry) -> Option<Index> {
    let claims: Option<Vec<Points>> = entry.areas.values().map(|area| area.claimed).collect();
    let possible: Points = entry.areas.values().map(|area| area.max).sum();
    Index::new(claims?.into_iter().sum(), possible)
}

/// The weight of each content in a bloc's set of a year: the maxima of its
/// areas.
fn content_weights(history: &History, bloc: &BlocId, year: &Year) -> BTreeMap<usize, Points> {
    by_content(history, bloc, year.year, year.weights(bloc), |sum: &mut Points, it| *sum += it)
}

/// The index of this year's shares under last year's weights. Shares are taken
/// as they are shown, so that a reader can recompute them.
fn reweighted(
    history: &History,
    bloc: &BlocId,
    year: &Year,
    entry: &Entry,
    weights: &BTreeMap<usize, Points>,
    is_claimed: bool,
) -> Option<Index> {
    let (mut total, mut possible) = (Points::ZERO, Points::ZERO);
    for (content, (points, max)) in contents(history, bloc, year.year, entry, is_claimed)? {
        let Some(weight) = weights.get(&content) else { continue };
        let Some(share) = Index::new(points, max) else { continue };
        let share = share.shown(history.period.places);
        total += share.quantity().times(*weight);
        possible += *weight;
    }
    Index::new(total, possible)
}

/// A unit's points and maximum by content; `None` without areas, or without
/// the claims asked for.
pub(super) fn contents(
    history: &History,
    bloc: &BlocId,
    year: i16,
    entry: &Entry,
    is_claimed: bool,
) -> Option<BTreeMap<usize, (Points, Points)>> {
    let points = |area: &AreaTotal| if is_claimed { area.claimed } else { Some(area.points) };
    let areas = entry.areas.iter().map(|(code, area)| Some((*code, (points(area)?, area.max))));
    let areas: Option<BTreeMap<ItemCode, (Points, Points)>> = areas.collect();
    let areas = areas.filter(|areas| !areas.is_empty())?;
    Some(by_content(history, bloc, year, areas, |sum: &mut (Points, Points), it| {
        sum.0 += it.0;
        sum.1 += it.1;
    }))
}

/// What belongs to areas, added up by content through the crosswalk.
pub(super) fn by_content<T: Default>(
    history: &History,
    bloc: &BlocId,
    year: i16,
    areas: BTreeMap<ItemCode, T>,
    add: impl Fn(&mut T, T),
) -> BTreeMap<usize, T> {
    let mut sums: BTreeMap<usize, T> = BTreeMap::new();
    let era = history.period.era(bloc, year);
    for (code, value) in areas {
        if let Some(content) = era.and_then(|era| era.content(code)) {
            add(sums.entry(content).or_default(), value);
        }
    }
    sums
}
