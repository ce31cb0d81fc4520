//! From score cards to gaps (chênh lệch): what units claimed against what the
//! appraisers granted, by unit and by item.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::share;
use crate::points::{Percent, Points};
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::criteria::{ItemCode, SetId};
use crate::round::register::UnitId;
use crate::score::{ItemScore, ScoreCard};

/// Both views of the same comparisons. Only items with a self score and an
/// appraised score are compared.
#[derive(Clone, Debug)]
pub struct Gaps {
    /// Units with at least one comparison, largest gap first.
    pub units: Vec<UnitGap>,
    /// By set, then items with at least one comparison, largest gap first.
    pub items: BTreeMap<SetId, Vec<ItemGap>>,
}

/// How one unit's claims were received.
#[derive(Clone, Debug)]
pub struct UnitGap {
    pub unit: UnitId,
    /// Self scores of the compared items.
    pub claimed: Points,
    /// Appraised scores of the same items.
    pub granted: Points,
    /// `claimed` − `granted`: above zero when the unit claimed too much.
    pub gap: Points,
    pub counts: Counts,
    /// The items whose score was changed with their gaps, largest first.
    pub changed: Vec<(ItemCode, Points)>,
}

/// How one item's claims were received, over all units of its set.
#[derive(Clone, Debug)]
pub struct ItemGap {
    pub item: ItemCode,
    /// The sum of `claimed` − `granted` over the units.
    pub gap: Points,
    /// The same for one unit on average, rounded half up.
    pub mean: Points,
    pub counts: Counts,
}

/// How many comparisons came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub compared: usize,
    /// The appraisers granted less than was claimed.
    pub lowered: usize,
    /// The appraisers granted more.
    pub raised: usize,
}

impl Counts {
    /// The share of comparisons whose score was changed, in percent, rounded
    /// half up; `None` of no comparison.
    pub fn changed(self, places: u32) -> Option<Percent> {
        share(self.lowered + self.raised, self.compared, places)
    }
}

pub fn gaps(round: &Round, rankings: &[Ranking]) -> Gaps {
    let mut units = Vec::new();
    let mut by_item: BTreeMap<(&SetId, ItemCode), Vec<Points>> = BTreeMap::new();
    for card in rankings.iter().flat_map(Ranking::cards) {
        let compared: Vec<(ItemCode, Points)> =
            card.items.iter().filter_map(|(code, item)| Some((code, gap(&item)?))).collect();
        if let Some(unit) = round.register.unit(&card.unit).filter(|_| !compared.is_empty()) {
            for (code, gap) in &compared {
                by_item.entry((&unit.set, *code)).or_default().push(*gap);
            }
            units.push(unit_gap(card, compared));
        }
    }
    units.sort_by_key(|it: &UnitGap| Reverse(it.gap));

    let mut items: BTreeMap<SetId, Vec<ItemGap>> = BTreeMap::new();
    for ((set, item), gaps) in by_item {
        let mean = Points::mean(&gaps, round.settings.scoring.places).unwrap_or_default();
        let gap = gaps.iter().copied().sum();
        let gap = ItemGap { item, gap, mean, counts: Counts::of(&gaps) };
        items.entry(set.clone()).or_default().push(gap);
    }
    for of_set in items.values_mut() {
        of_set.sort_by_key(|it| Reverse(it.gap));
    }
    Gaps { units, items }
}

/// Claimed − granted, where there are both.
fn gap(item: &ItemScore) -> Option<Points> {
    Some(item.self_score? - item.appraised()?)
}

fn unit_gap(card: &ScoreCard, compared: Vec<(ItemCode, Points)>) -> UnitGap {
    let of = |score: fn(&ItemScore) -> Option<Points>| -> Points {
        compared.iter().filter_map(|(code, _)| score(&card.items.get(*code)?)).sum()
    };
    let claimed = of(|item| item.self_score);
    let granted = of(ItemScore::appraised);
    let gaps: Vec<Points> = compared.iter().map(|(_, gap)| *gap).collect();
    let mut changed = compared;
    changed.retain(|(_, gap)| *gap != Points::ZERO);
    changed.sort_by_key(|(_, gap)| Reverse(*gap));
    UnitGap {
        unit: card.unit.clone(),
        claimed,
        granted,
        gap: claimed - granted,
        counts: Counts::of(&gaps),
        changed,
    }
}

impl Counts {
    fn of(gaps: &[Points]) -> Counts {
        let lowered = gaps.iter().filter(|gap| Points::ZERO < **gap).count();
        let raised = gaps.iter().filter(|gap| **gap < Points::ZERO).count();
        Counts { compared: gaps.len(), lowered, raised }
    }
}
