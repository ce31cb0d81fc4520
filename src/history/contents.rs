//! Contents of reform over the years, and items that stay weak.

use std::collections::BTreeMap;

use crate::history::History;
use crate::history::moves::{self, by_content};
use crate::history::year::ItemTotal;
use crate::points::{Index, Percent, Points};
use crate::round::criteria::ItemCode;
use crate::round::settings::BlocId;

/// What a bloc got of one content, year by year.
#[derive(Clone, Debug)]
pub struct ContentTrend {
    pub bloc: BlocId,
    /// Its place in the settings.
    pub content: usize,
    /// The share of the maximum, in percent, of the years that tell it.
    pub shares: BTreeMap<i16, Percent>,
    pub rating: Rating,
}

/// What is to be done about a content, by its last share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rating {
    Hold,
    Watch,
    Lift,
}

/// An item, or an area where a year has no items, that was weak in many years
/// of one criteria set.
#[derive(Clone, Debug)]
pub struct WeakItem {
    pub bloc: BlocId,
    /// The set's place in the settings.
    pub era: usize,
    pub code: ItemCode,
    pub max: Points,
    /// The share of the maximum, in percent, in each year that tells it.
    pub shares: BTreeMap<i16, Percent>,
    /// In how many of them it was weak.
    pub weak: usize,
}

/// Every content of every bloc that any year tells of, in order of the
/// settings.
pub fn trends(history: &History) -> Vec<ContentTrend> {
    let mut trends = Vec::new();
    for bloc in &history.period.blocs {
        let mut found: BTreeMap<usize, BTreeMap<i16, Percent>> = BTreeMap::new();
        for (year, results) in &history.years {
            let mut areas: BTreeMap<ItemCode, (Points, Points)> = BTreeMap::new();
            for (code, total) in results.items.get(&bloc.id).into_iter().flatten() {
                let area = areas.entry(code.area()).or_default();
                area.0 += total.points;
                area.1 += total.possible;
            }
            let sums = by_content(history, &bloc.id, *year, areas, |sum, it| {
                sum.0 += it.0;
                sum.1 += it.1;
            });
            for (content, (points, possible)) in sums {
                let share = Index::new(points, possible).map(|it| it.shown(history.period.places));
                if let Some(share) = share {
                    found.entry(content).or_default().insert(*year, share);
                }
            }
        }
        for (content, shares) in found {
            let last = shares.values().next_back().copied().unwrap_or_default();
            let limits = &history.period.limits;
            let rating = if limits.hold <= last.quantity() {
                Rating::Hold
            } else if last.quantity() < limits.lift {
                Rating::Lift
            } else {
                Rating::Watch
            };
            trends.push(ContentTrend { bloc: bloc.id.clone(), content, shares, rating });
        }
    }
    trends
}

/// Items weak in at least as many years as the settings say, in order of bloc,
/// set and code.
pub fn weak_items(history: &History) -> Vec<WeakItem> {
    let mut weak = Vec::new();
    let limits = &history.period.limits;
    for bloc in &history.period.blocs {
        for (at, era) in history.period.eras.iter().enumerate() {
            let mut items: BTreeMap<ItemCode, (Points, BTreeMap<i16, Percent>)> = BTreeMap::new();
            for (year, results) in &history.years {
                if !era.covers(&bloc.id, *year) {
                    continue;
                }
                for (code, total) in results.items.get(&bloc.id).into_iter().flatten() {
                    if let Some(share) = share(total, history.period.places) {
                        let item = items.entry(*code).or_default();
                        item.0 = item.0.max(total.max);
                        item.1.insert(*year, share);
                    }
                }
            }
            for (code, (max, shares)) in items {
                let count = shares.values().filter(|it| it.quantity() < limits.weak).count();
                if limits.weak_years <= count {
                    let bloc = bloc.id.clone();
                    weak.push(WeakItem { bloc, era: at, code, max, shares, weak: count });
                }
            }
        }
    }
    weak
}

fn share(total: &ItemTotal, places: u32) -> Option<Percent> {
    Index::new(total.points, total.possible).map(|it| it.shown(places))
}

/// A unit's share of the maximum of each content in a year.
pub fn of_unit(
    history: &History,
    bloc: &BlocId,
    year: i16,
    entry: &crate::history::year::Entry,
) -> BTreeMap<usize, Percent> {
    let contents = moves::contents(history, bloc, year, entry, false).unwrap_or_default();
    let share = |(points, max)| Index::new(points, max).map(|it| it.shown(history.period.places));
    contents.into_iter().filter_map(|(at, it)| Some((at, share(it)?))).collect()
}
