//! The results of one year, as published: what every source of a year is read
//! into.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Place;
use crate::points::{Index, Percent, Points};
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;
use crate::round::settings::BlocId;

/// What one file says of one year.
#[derive(Clone, Debug, Default)]
pub struct Year {
    pub year: i16,
    pub file: String,
    /// In the order of the file.
    pub entries: Vec<Entry>,
    /// What each bloc got of each item, or of each area where the file has no
    /// items.
    pub items: BTreeMap<BlocId, BTreeMap<ItemCode, ItemTotal>>,
    pub areas: AreaNames,
    /// The items of each entry; `None` when nobody will ask for them, because
    /// the file is in the form of [`crate::history::exchange::write`] already.
    pub kept: Option<Vec<Vec<ItemPoints>>>,
}

/// What a year's file calls the areas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaNames {
    /// Of one bloc; several where its units were scored by several sets.
    pub of_bloc: BTreeMap<(BlocId, ItemCode), BTreeSet<String>>,
    /// Where the file does not tell blocs apart.
    pub of_all: BTreeMap<ItemCode, BTreeSet<String>>,
}

/// One unit's result.
#[derive(Clone, Debug)]
pub struct Entry {
    pub unit: UnitId,
    pub name: String,
    pub bloc: BlocId,
    pub fate: Fate,
    /// Its points by area; empty where the file has none.
    pub areas: BTreeMap<ItemCode, AreaTotal>,
    /// Bonus less penalty, which is in no area.
    pub adjusted: Points,
    pub place: Place,
}

/// Whether a unit was ranked, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Ranked(Placing),
    /// The reason, as a sentence without a full stop.
    Unranked(String),
}

/// A ranked unit's index, rank and band, as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    pub rank: u32,
    pub index: Percent,
    pub band: String,
}

/// A unit's points in one area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AreaTotal {
    pub points: Points,
    /// What the unit claimed itself, with the survey's points where there is
    /// nothing to claim; `None` when some claim is not in the file.
    pub claimed: Option<Points>,
    /// Of the items that apply to the unit.
    pub max: Points,
}

/// What a bloc got of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemTotal {
    /// The item's own maximum.
    pub max: Points,
    pub points: Points,
    /// The maximum times the units it applies to.
    pub possible: Points,
}

/// One item of a unit: its points and claim, where it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemPoints {
    pub code: ItemCode,
    pub max: Points,
    /// `None`: not applicable.
    pub points: Option<Points>,
    pub claimed: Option<Points>,
}

impl AreaNames {
    /// The names of an area in a bloc; none where the file gives none.
    pub fn of(&self, bloc: &BlocId, area: ItemCode) -> impl Iterator<Item = &str> {
        let own = self.of_bloc.get(&(bloc.clone(), area));
        own.or(self.of_all.get(&area)).into_iter().flatten().map(String::as_str)
    }
}

impl Entry {
    /// What its points come to; `None` where the file has none.
    pub fn summed(&self) -> Option<Index> {
        let points: Points = self.areas.values().map(|it| it.points).sum();
        let possible = self.areas.values().map(|it| it.max).sum();
        Index::new(points + self.adjusted, possible)
    }

    pub fn placing(&self) -> Option<&Placing> {
        match &self.fate {
            Fate::Ranked(placing) => Some(placing),
            Fate::Unranked(_) => None,
        }
    }
}

impl Year {
    /// Adds a ranked or unranked unit with its items; only ranked units count
    /// in what the bloc got.
    pub fn push(&mut self, mut entry: Entry, items: impl IntoIterator<Item = ItemPoints>) {
        let is_ranked = entry.placing().is_some();
        let items: Vec<ItemPoints> = items.into_iter().collect();
        let totals = self.items.entry(entry.bloc.clone()).or_default();
        for item in &items {
            // What applies to nobody in the bloc is no part of its set: a file may
            // hold the items of several sets.
            let Some(points) = item.points else { continue };
            let total = totals.entry(item.code).or_default();
            total.max = total.max.max(item.max);
            if is_ranked {
                total.points += points;
                total.possible += item.max;
            }
            let first = AreaTotal { claimed: Some(Points::ZERO), ..AreaTotal::default() };
            let area = entry.areas.entry(item.code.area()).or_insert(first);
            area.points += points;
            area.max += item.max;
            area.claimed = area.claimed.zip(item.claimed).map(|(sum, claim)| sum + claim);
        }
        self.entries.push(entry);
        if let Some(kept) = &mut self.kept {
            kept.push(items);
        }
    }

    /// The weight of each area in a bloc's set: the maxima of its items.
    pub fn weights(&self, bloc: &BlocId) -> BTreeMap<ItemCode, Points> {
        let mut weights: BTreeMap<ItemCode, Points> = BTreeMap::new();
        for (code, total) in self.items.get(bloc).into_iter().flatten() {
            *weights.entry(code.area()).or_default() += total.max;
        }
        weights
    }
}
