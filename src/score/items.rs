//! The results of all items of one unit, in as little room as they need: a run
//! keeps those of every unit until its end.

use std::collections::BTreeMap;

use crate::points::{Numbers, Packed, Points};
use crate::round::criteria::ItemCode;

/// One item's result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ItemScore {
    pub self_score: Option<Points>,
    /// The points in force; `None` when the item does not apply or is not
    /// counted.
    pub points: Option<Points>,
    pub max: Points,
    pub by: ScoredBy,
}

/// Who decided the points in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoredBy {
    /// The unit's own claim, not yet appraised.
    Unit,
    /// Computed from the figures the unit declared, not yet appraised.
    Figures,
    Appraiser,
    Survey,
    /// Exempt by the legal list.
    Exempt,
    /// Nothing arose: the rule's denominator is zero.
    NothingArose,
    /// Faulty on the form: counts nothing, provisionally.
    Faulty,
    /// The survey has no result for it, or there is no survey.
    NoSurvey,
}

/// One result for every item, in order of code.
#[derive(Clone, Debug, Default)]
pub struct ItemScores {
    kept: Box<[Kept]>,
    numbers: Numbers,
}

#[derive(Clone, Copy, Debug)]
struct Kept {
    self_score: Packed,
    points: Packed,
    max: Packed,
    code: ItemCode,
    by: ScoredBy,
}

impl ItemScores {
    pub fn get(&self, code: ItemCode) -> Option<ItemScore> {
        let at = self.kept.binary_search_by_key(&code, |it| it.code).ok()?;
        Some(self.score(&self.kept[at]))
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ItemCode, ItemScore)> {
        self.kept.iter().map(|kept| (kept.code, self.score(kept)))
    }

    pub fn values(&self) -> impl ExactSizeIterator<Item = ItemScore> {
        self.kept.iter().map(|kept| self.score(kept))
    }

    pub fn codes(&self) -> impl ExactSizeIterator<Item = ItemCode> {
        self.kept.iter().map(|kept| kept.code)
    }

    /// Those from this code on.
    pub fn from(&self, code: ItemCode) -> impl Iterator<Item = (ItemCode, ItemScore)> {
        let first = self.kept.partition_point(|kept| kept.code < code);
        self.kept[first..].iter().map(|kept| (kept.code, self.score(kept)))
    }

    pub fn len(&self) -> usize {
        self.kept.len()
    }

    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    fn score(&self, kept: &Kept) -> ItemScore {
        ItemScore {
            self_score: self.numbers.points(kept.self_score),
            points: self.numbers.points(kept.points),
            max: self.numbers.points(kept.max).unwrap_or_default(),
            by: kept.by,
        }
    }
}

/// In order of code; of two results of one item, the last.
impl FromIterator<(ItemCode, ItemScore)> for ItemScores {
    fn from_iter<I: IntoIterator<Item = (ItemCode, ItemScore)>>(scores: I) -> ItemScores {
        let scores: BTreeMap<ItemCode, ItemScore> = scores.into_iter().collect();
        let mut numbers = Numbers::default();
        let kept = scores.into_iter().map(|(code, score)| Kept {
            self_score: numbers.pack_points(score.self_score),
            points: numbers.pack_points(score.points),
            max: numbers.pack_points(Some(score.max)),
            code,
            by: score.by,
        });
        let kept = kept.collect();
        numbers.shrink();
        ItemScores { kept, numbers }
    }
}
