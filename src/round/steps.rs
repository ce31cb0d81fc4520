//! Segments such as `70-<100% = 1` → steps that hold every value exactly once.

use crate::finding::{Said, rule as said};
use crate::points::{Points, Quantity};
use crate::round::parameters::with_points;
use crate::round::rule::{Edge, Span, Step};
use crate::round::tiling::{self, Domain, Flaw};
use crate::text;

/// What the steps measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// A whole number.
    Count,
    /// Numerator ÷ denominator, in percent.
    Ratio,
    /// Satisfaction, in percent, at most 100.
    Survey,
}

/// Reads the steps of a rule worth `max`, or says everything wrong with them.
pub(super) fn read(
    segments: &[String],
    measure: Measure,
    max: Points,
) -> Result<Vec<Step>, Vec<Said>> {
    let mut wrong = Vec::new();
    let mut steps = Vec::new();
    let mut words = Vec::new();
    for segment in segments {
        let step = with_points(segment).and_then(|(condition, points)| {
            let span = span(&condition, measure)?;
            words.push(condition);
            Ok(Step { span, points })
        });
        match step {
            Ok(step) => steps.push(step),
            Err(found) => wrong.push(found),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    open_the_best(&mut steps, measure);
    let spans: Vec<Span> = steps.iter().map(|step| step.span).collect();
    wrong.extend(tiling::flaws(&spans, measure.domain()).into_iter().map(|flaw| match flaw {
        Flaw::Empty(at) => Said::from(said::StepEmpty { step: &words[at] }),
        Flaw::Overlap(at, other, part) => {
            let (step, other) = (&words[at], &words[other]);
            said::StepsOverlap { step, other, part: &part }.into()
        }
        Flaw::Gap(part) => said::StepMissing { part: &part }.into(),
    }));
    let best = steps.iter().map(|step| step.points).max();
    let best = best.filter(|best| *best != max);
    wrong.extend(best.map(|best| Said::from(said::BestNotMax { best, max })));
    if wrong.is_empty() { Ok(steps) } else { Err(wrong) }
}

impl Measure {
    fn domain(self) -> Domain {
        match self {
            Measure::Count => Domain::Counts,
            Measure::Ratio => Domain::Percents,
            Measure::Survey => Domain::Shares,
        }
    }
}

/// `100% = 2` as the highest step is meant for everything from there up: a
/// ratio may pass 100 %.
fn open_the_best(steps: &mut [Step], measure: Measure) {
    let height = |step: &Step| step.span.high.map(|edge| (edge.at, edge.is_included));
    let is_open = steps.iter().any(|step| step.span.high.is_none());
    let Some(best) = steps.iter_mut().max_by_key(|step| height(step)) else { return };
    let is_point = best.span.low == best.span.high;
    if measure == Measure::Ratio && is_point && !is_open {
        best.span.high = None;
    }
}

/// `>=X`, `>X`, `<X`, `<=X`, `X`, `A-<B` or `A-B`.
fn span(condition: &str, measure: Measure) -> Result<Span, Said> {
    let bare: String = condition.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.replace('≥', ">=").replace('≤', "<=").replace(['–', '—'], "-");
    if measure == Measure::Count && bare.contains('%') {
        return Err(said::CountInPercent { found: condition }.into());
    }
    let edge = |number: &str, is_included| -> Result<_, Said> {
        let number = text::number(number.strip_suffix('%').unwrap_or(number)).ok();
        let is_fit =
            |at: &Quantity| !at.is_negative() && (measure != Measure::Count || at.is_whole());
        let at = number.filter(is_fit).ok_or_else(|| unreadable(condition, measure))?;
        Ok(Some(Edge { at, is_included }))
    };
    let signs = [(">=", true), (">", false), ("<=", true), ("<", false)];
    if let Some((sign, is_included, number)) =
        signs.iter().find_map(|(sign, included)| Some((*sign, *included, bare.strip_prefix(sign)?)))
    {
        let edge = edge(number, is_included)?;
        let is_low = sign.starts_with('>');
        let (low, high) = if is_low { (edge, None) } else { (None, edge) };
        return Ok(Span { low, high });
    }
    let ends = bare.split_once("-<").map(|(low, high)| (low, high, false));
    match ends.or_else(|| bare.split_once('-').map(|(low, high)| (low, high, true))) {
        Some((low, high, included)) => {
            Ok(Span { low: edge(low, true)?, high: edge(high, included)? })
        }
        None => Ok(Span { low: edge(&bare, true)?, high: edge(&bare, true)? }),
    }
}

fn unreadable(condition: &str, measure: Measure) -> Said {
    let like = match measure {
        Measure::Count => ">=3, 1-2, 0",
        Measure::Ratio | Measure::Survey => ">=90%, 70-<90%, <70%",
    };
    said::StepUnclear { found: condition, like }.into()
}
