//! From the rule of an item to the scores that it can give.

use crate::day::Day;
use crate::points::{Points, Quantity};
use crate::round::criteria::Item;
use crate::round::rule::{Computed, Figures, Rule};

/// The scores an item can have, in steps of 10^-places points: single ones, and
/// every one of a stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// Ascending.
    pub(super) single: Vec<i64>,
    /// First and last, both included.
    pub(super) stretch: Option<(i64, i64)>,
}

/// By how much a score can move, in steps above zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moves {
    /// Ascending.
    pub(super) single: Vec<i64>,
    /// First and last, both included.
    pub(super) stretch: Option<(i64, i64)>,
}

/// What the rule of `item` can give; `deadline` is the round's own.
pub(super) fn reach(item: &Item, places: u32, deadline: Day) -> Reach {
    let steps = |points: Points| points.rounded(places).steps(places).unwrap_or_default();
    let max = steps(item.max);
    let ladder = |each: Points| {
        // Whole cases or days; a rung finer than a step is a step.
        let each = steps(each).max(1);
        (0..max).step_by(usize::try_from(each).unwrap_or(1)).collect::<Vec<i64>>()
    };
    match &item.rule {
        Rule::PerItem { each } => {
            let mut single = ladder(*each);
            single.push(max);
            Reach { single, stretch: None }
        }
        Rule::Deduction { each, .. } | Rule::DaysLate { each, .. } => {
            let mut single: Vec<i64> = ladder(*each).into_iter().rev().map(|it| max - it).collect();
            single.insert(0, 0);
            Reach { single, stretch: None }
        }
        Rule::Proportional { floor: Some(floor), .. } => {
            let figures = Figures {
                numerator: Some(*floor),
                denominator: Some(Quantity::whole(100)),
                ..Figures::default()
            };
            let low = match item.rule.compute(&figures, item.max, places, deadline) {
                Some(Computed::Points(points)) => steps(points),
                _ => 0,
            };
            Reach { single: vec![0], stretch: Some((low, max)) }
        }
        rule @ (Rule::YesNo
        | Rule::Levels(_)
        | Rule::CountLevels(_)
        | Rule::RatioLevels { .. }
        | Rule::Proportional { floor: None, .. }
        | Rule::Deadline { .. }
        | Rule::Parts(_)
        | Rule::Survey { .. }) => match rule.choices(item.max) {
            Some(choices) => {
                Reach { single: choices.into_iter().map(steps).collect(), stretch: None }
            }
            None => Reach { single: Vec::new(), stretch: Some((0, max)) },
        },
    }
}

impl Reach {
    /// The ways up, or down, from the score `now`.
    pub(super) fn moves(&self, now: i64, is_up: bool) -> Moves {
        let by = |to: i64| if is_up { to - now } else { now - to };
        let mut single: Vec<i64> =
            self.single.iter().map(|to| by(*to)).filter(|by| 0 < *by).collect();
        single.sort_unstable();
        let stretch = self.stretch.map(|(low, high)| {
            let (near, far) = if is_up { (low, high) } else { (high, low) };
            (by(near).max(1), by(far))
        });
        Moves { single, stretch: stretch.filter(|(first, last)| first <= last) }
    }
}

impl Moves {
    /// The furthest.
    pub(super) fn most(&self) -> i64 {
        let single = self.single.last().copied().unwrap_or_default();
        single.max(self.stretch.map_or(0, |(_, last)| last))
    }
}
