//! Rules of scoring (cách chấm), and what a rule makes of raw figures.
//!
//! A rule is data: its numbers come from the criteria set, never from here.

use crate::day::Day;
use crate::points::{Points, Quantity, Ratio};

/// How an item is scored. The kinds are those of the criteria sets in use:
/// each variant names the words of the column *Cách chấm*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `có/không`: the maximum or nothing.
    YesNo,
    /// `mức`: one of several named levels.
    Levels(Vec<Level>),
    /// `mức theo số lượng`: a level by a count.
    CountLevels(Vec<Step>),
    /// `mức theo tỷ lệ`: a level by a ratio in percent.
    RatioLevels { steps: Vec<Step>, empty: Empty },
    /// `tỷ lệ`, `tỷ lệ có sàn`, `tỷ lệ theo mục tiêu`: done ÷ due × max; nothing
    /// below the floor; the whole maximum from the target up.
    Proportional { floor: Option<Quantity>, target: Option<Quantity>, empty: Empty },
    /// `trừ điểm`: the maximum less `each` per case, not below nothing; any
    /// case of the `serious` kind takes it all.
    Deduction { each: Points, serious: Option<String> },
    /// `thời hạn`: by the day, in steps of days late.
    Deadline { due: Due, late: Vec<LateStep> },
    /// `trừ theo ngày`: the maximum less `each` per day late.
    DaysLate { due: Due, each: Points },
    /// `cộng thành phần`: independent statements, each with its points.
    Parts(Vec<Level>),
    /// `theo số lượng`: `each` for every one, at most the maximum.
    PerItem { each: Points },
    /// `khảo sát`: satisfaction % × max, or a level by that %.
    Survey { steps: Option<Vec<Step>> },
}

/// A named level or part and its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub label: String,
    pub points: Points,
}

/// A stretch of a count or a percentage, and its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub span: Span,
    pub points: Points,
}

/// A stretch of numbers with exact ends. `None` is without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub low: Option<Edge>,
    pub high: Option<Edge>,
}

/// One end of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub at: Quantity,
    pub is_included: bool,
}

/// What a zero denominator means (không phát sinh).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    NotApplicable,
    Full,
    Zero,
}

/// The day something was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    On(Day),
    /// The round's own deadline for sending the form.
    Submission,
}

/// Points when not more than `days` late; the last step of a deadline has no
/// limit of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateStep {
    pub days: Option<i64>,
    pub points: Points,
}

/// The raw figures (số liệu) declared beside a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Tử số; for a deduction, the number of serious cases.
    pub numerator: Option<Quantity>,
    /// Mẫu số.
    pub denominator: Option<Quantity>,
    /// Số lượng.
    pub count: Option<Quantity>,
    /// Ngày.
    pub day: Option<Day>,
}

/// A raw figure by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    Numerator,
    Denominator,
    Count,
    Day,
}

/// What a rule makes of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Computed {
    Points(Points),
    /// The denominator is zero and the rule says that nothing applies.
    NotApplicable,
}

impl Span {
    pub fn contains(&self, compare: impl Fn(Quantity) -> std::cmp::Ordering) -> bool {
        let above = self.low.is_none_or(|edge| {
            let order = compare(edge.at);
            order.is_gt() || (edge.is_included && order.is_eq())
        });
        let below = self.high.is_none_or(|edge| {
            let order = compare(edge.at);
            order.is_lt() || (edge.is_included && order.is_eq())
        });
        above && below
    }
}

impl Rule {
    /// The figures this rule needs, in form order. Empty when the score itself
    /// is what the unit gives.
    pub fn figures(&self) -> &'static [Figure] {
        match self {
            Rule::YesNo | Rule::Levels(_) | Rule::Parts(_) | Rule::Survey { .. } => &[],
            Rule::RatioLevels { .. } | Rule::Proportional { .. } => {
                &[Figure::Numerator, Figure::Denominator]
            }
            Rule::Deduction { serious: Some(_), .. } => &[Figure::Numerator, Figure::Count],
            Rule::CountLevels(_) | Rule::PerItem { .. } | Rule::Deduction { .. } => {
                &[Figure::Count]
            }
            Rule::Deadline { .. } | Rule::DaysLate { .. } => &[Figure::Day],
        }
    }

    /// The count from which on one more changes nothing, of a rule that counts.
    pub fn enough(&self, max: Points) -> Option<Quantity> {
        match self {
            Rule::PerItem { each } | Rule::Deduction { each, .. } => Some(max.covered_by(*each)),
            Rule::CountLevels(steps) => {
                let edges = steps.iter().flat_map(|step| [step.span.low, step.span.high]);
                edges.flatten().map(|edge| edge.at).max()
            }
            Rule::YesNo
            | Rule::Levels(_)
            | Rule::RatioLevels { .. }
            | Rule::Proportional { .. }
            | Rule::Deadline { .. }
            | Rule::DaysLate { .. }
            | Rule::Parts(_)
            | Rule::Survey { .. } => None,
        }
    }

    /// When something is due, of a rule that looks at a day.
    pub fn due(&self) -> Option<Due> {
        match self {
            Rule::Deadline { due, .. } | Rule::DaysLate { due, .. } => Some(*due),
            Rule::YesNo
            | Rule::Levels(_)
            | Rule::CountLevels(_)
            | Rule::RatioLevels { .. }
            | Rule::Proportional { .. }
            | Rule::Deduction { .. }
            | Rule::Parts(_)
            | Rule::PerItem { .. }
            | Rule::Survey { .. } => None,
        }
    }

    /// The only scores a unit or an appraiser may give, ascending, or `None`
    /// when any number of points up to the maximum may come out.
    pub fn choices(&self, max: Points) -> Option<Vec<Points>> {
        let of = |points: Vec<Points>| {
            let mut points = points;
            points.sort();
            points.dedup();
            Some(points)
        };
        match self {
            Rule::YesNo => of(vec![Points::ZERO, max]),
            Rule::Levels(levels) => of(levels.iter().map(|level| level.points).collect()),
            Rule::CountLevels(steps)
            | Rule::RatioLevels { steps, .. }
            | Rule::Survey { steps: Some(steps) } => {
                of(steps.iter().map(|step| step.points).collect())
            }
            Rule::Deadline { late, .. } => {
                of(late.iter().map(|step| step.points).chain([max]).collect())
            }
            Rule::Parts(parts) => {
                let sums = parts.iter().fold(vec![Points::ZERO], |sums, part| {
                    let with = sums.iter().map(|sum| *sum + part.points);
                    sums.iter().copied().chain(with).collect()
                });
                of(sums)
            }
            Rule::Proportional { .. }
            | Rule::Deduction { .. }
            | Rule::DaysLate { .. }
            | Rule::PerItem { .. }
            | Rule::Survey { steps: None } => None,
        }
    }

    /// The levels of which one is chosen, if they have names.
    pub fn named_levels(&self, max: Points) -> Vec<Level> {
        match self {
            Rule::Levels(levels) => levels.clone(),
            Rule::YesNo => {
                let level = |label: &str, points| Level { label: label.to_owned(), points };
                vec![level("có", max), level("không", Points::ZERO)]
            }
            _ => Vec::new(),
        }
    }

    /// The points that `figures` earn out of `max`, rounded half up to `places`
    /// decimals; `None` when a figure the rule needs is missing or the rule
    /// takes none.
    ///
    /// `submission` is the round's deadline for sending the form.
    pub fn compute(
        &self,
        figures: &Figures,
        max: Points,
        places: u32,
        submission: Day,
    ) -> Option<Computed> {
        let points = match self {
            Rule::YesNo | Rule::Levels(_) | Rule::Parts(_) | Rule::Survey { .. } => return None,
            Rule::CountLevels(steps) => {
                let count = figures.count?;
                step_points(steps, |edge| count.cmp(&edge))
            }
            Rule::RatioLevels { steps, empty } => {
                match Ratio::new(figures.numerator?, figures.denominator?) {
                    None => return Some(empty.computed(max)),
                    Some(ratio) => step_points(steps, |edge| ratio.cmp_percent(edge)),
                }
            }
            Rule::Proportional { floor, target, empty } => {
                match Ratio::new(figures.numerator?, figures.denominator?) {
                    None => return Some(empty.computed(max)),
                    Some(ratio) => proportional(ratio, *floor, *target, max, places),
                }
            }
            Rule::Deduction { each, serious } => {
                let is_serious = match serious {
                    Some(_) => Quantity::ZERO < figures.numerator?,
                    None => false,
                };
                let left = max - figures.count?.times(*each);
                if is_serious { Points::ZERO } else { left.max(Points::ZERO) }
            }
            Rule::Deadline { due, late } => {
                let days = figures.day?.days_since(due.day(submission));
                let step = late.iter().find(|step| step.days.is_none_or(|limit| days <= limit));
                if days <= 0 { max } else { step.map_or(Points::ZERO, |step| step.points) }
            }
            Rule::DaysLate { due, each } => {
                let days = figures.day?.days_since(due.day(submission)).max(0);
                (max - Quantity::whole(days).times(*each)).max(Points::ZERO)
            }
            Rule::PerItem { each } => figures.count?.times(*each).min(max),
        };
        Some(Computed::Points(points.rounded(places)))
    }

    /// The points that a satisfaction of `percent` earns; `None` unless this is
    /// a survey rule.
    pub fn survey_points(&self, percent: Quantity, max: Points, places: u32) -> Option<Points> {
        match self {
            Rule::Survey { steps: None } => Some(max.percent(percent, places)),
            Rule::Survey { steps: Some(steps) } => {
                Some(step_points(steps, |edge| percent.cmp(&edge)))
            }
            _ => None,
        }
    }
}

impl Due {
    pub fn day(self, submission: Day) -> Day {
        match self {
            Due::On(day) => day,
            Due::Submission => submission,
        }
    }
}

impl Empty {
    fn computed(self, max: Points) -> Computed {
        match self {
            Empty::NotApplicable => Computed::NotApplicable,
            Empty::Full => Computed::Points(max),
            Empty::Zero => Computed::Points(Points::ZERO),
        }
    }
}

/// The points of the step that holds a value. A checked set has one for every
/// value, so nothing is lost by the fallback.
fn step_points(steps: &[Step], compare: impl Fn(Quantity) -> std::cmp::Ordering) -> Points {
    let step = steps.iter().find(|step| step.span.contains(&compare));
    step.map_or(Points::ZERO, |step| step.points)
}

fn proportional(
    ratio: Ratio,
    floor: Option<Quantity>,
    target: Option<Quantity>,
    max: Points,
    places: u32,
) -> Points {
    if floor.is_some_and(|floor| ratio.cmp_percent(floor).is_lt()) {
        return Points::ZERO;
    }
    let reached = target.and_then(|target| ratio.over_percent(target)).unwrap_or(ratio);
    max.share(reached.at_most_one(), places)
}
