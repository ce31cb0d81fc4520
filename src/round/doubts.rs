//! A rule that can be read → what is odd in it: parts of 1 for percentages,
//! levels out of order, points beyond measure.

use crate::finding::{Said, rule as said, setting};
use crate::points::{Points, Quantity};
use crate::round::rule::{Rule, Step};

/// More points than an item usually has.
const USUAL_MOST: i64 = 100;

/// Says what is odd in a rule worth `max`.
pub(super) fn doubts(rule: &Rule, max: Points, mut say: impl FnMut(Said)) {
    let [zero, one, hundred] = [0, 1, USUAL_MOST].map(Quantity::whole);
    let percents = percents(rule);
    if let Some(found) = percents.iter().copied().find(|it| zero < *it && *it <= one) {
        say(setting::PartOfOne { found }.into());
    }
    if let Some(found) = percents.into_iter().max().filter(|it| hundred < *it) {
        say(setting::OutOfMeasure { found, from: one, to: hundred }.into());
    }
    if hundred < max.quantity() {
        say(setting::OutOfMeasure { found: max.quantity(), from: zero, to: hundred }.into());
    }
    let points = points(rule, max);
    let is_sorted = points.is_sorted_by(|a, b| a < b) || points.is_sorted_by(|a, b| a > b);
    if !is_sorted {
        say(said::LevelsUnordered { points: points.iter().collect::<Vec<_>>() }.into());
    }
}

/// Every percentage of a rule.
fn percents(rule: &Rule) -> Vec<Quantity> {
    match rule {
        Rule::Proportional { floor, target, .. } => {
            [floor, target].into_iter().flatten().copied().collect()
        }
        Rule::RatioLevels { steps, .. } | Rule::Survey { steps: Some(steps) } => {
            let edges = steps.iter().flat_map(|step| [step.span.low, step.span.high]);
            edges.flatten().map(|edge| edge.at).collect()
        }
        Rule::YesNo
        | Rule::Levels(_)
        | Rule::CountLevels(_)
        | Rule::Deduction { .. }
        | Rule::Deadline { .. }
        | Rule::DaysLate { .. }
        | Rule::Parts(_)
        | Rule::PerItem { .. }
        | Rule::Survey { steps: None } => Vec::new(),
    }
}

/// The points of the levels, in an order in which they rise or fall.
fn points(rule: &Rule, max: Points) -> Vec<Points> {
    let by_value = |steps: &[Step]| {
        let mut steps: Vec<&Step> = steps.iter().collect();
        steps.sort_by_key(|step| step.span.low.map(|edge| (edge.at, !edge.is_included)));
        steps.into_iter().map(|step| step.points).collect()
    };
    match rule {
        Rule::Levels(levels) => levels.iter().map(|level| level.points).collect(),
        Rule::CountLevels(steps)
        | Rule::RatioLevels { steps, .. }
        | Rule::Survey { steps: Some(steps) } => by_value(steps),
        Rule::Deadline { late, .. } => {
            [max].into_iter().chain(late.iter().map(|step| step.points)).collect()
        }
        Rule::YesNo
        | Rule::Proportional { .. }
        | Rule::Deduction { .. }
        | Rule::DaysLate { .. }
        | Rule::Parts(_)
        | Rule::PerItem { .. }
        | Rule::Survey { steps: None } => Vec::new(),
    }
}
