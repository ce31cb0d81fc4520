//! Stretches of numbers → whether they cover a whole domain, each value once.
//!
//! Levels of a rule and bands of a bloc must both give every value exactly one
//! place: 94.5 may fall neither between two of them nor into both.

use std::fmt;

use crate::points::Quantity;
use crate::round::rule::{Edge, Span};

/// The values that must be covered, from nought up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// Whole numbers.
    Counts,
    /// Exact percentages, without an upper end: a ratio may pass 100 %.
    Percents,
    /// Exact percentages up to 100.
    Shares,
}

/// What keeps stretches from tiling their domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// The stretch of this number holds no value.
    Empty(usize),
    /// Both stretches hold these values.
    Overlap(usize, usize, Part),
    Gap(Part),
}

/// Values from one cut up to another; without end when `to` is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    from: Cut,
    to: Option<Cut>,
    domain: Domain,
}

/// A point between values: before `at`, or just after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    at: Quantity,
    is_after: bool,
}

/// Everything that keeps `spans` from covering `domain` exactly once.
pub(super) fn flaws(spans: &[Span], domain: Domain) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut parts: Vec<(Cut, Option<Cut>, usize)> = Vec::new();
    for (number, span) in spans.iter().enumerate() {
        let (from, to) = (domain.low(span.low), domain.high(span.high));
        if to.is_some_and(|to| to <= from) {
            flaws.push(Flaw::Empty(number));
        } else {
            parts.push((from, to, number));
        }
    }
    parts.sort_by_key(|(from, _, number)| (*from, *number));

    let start = Cut { at: Quantity::ZERO, is_after: false };
    // Up to where everything is covered, and by which stretch; `None` is
    // without end.
    let mut covered = Some(start);
    let mut by = None;
    for (from, to, number) in parts {
        match (covered, by) {
            (Some(done), _) if done < from => {
                flaws.push(Flaw::Gap(Part { from: done, to: Some(from), domain }));
            }
            (done, Some(other)) if done.is_none_or(|done| from < done) => {
                let end = [done, to].into_iter().flatten().min();
                flaws.push(Flaw::Overlap(other, number, Part { from, to: end, domain }));
            }
            _ => {}
        }
        let reaches_further = match (covered, to) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(done), Some(to)) => done < to,
        };
        if reaches_further {
            (covered, by) = (to, Some(number));
        }
    }
    let end = domain.end();
    if let Some(done) = covered
        && end.is_none_or(|end| done < end)
    {
        flaws.push(Flaw::Gap(Part { from: done, to: end, domain }));
    }
    flaws
}

impl Domain {
    fn end(self) -> Option<Cut> {
        let whole = Cut { at: Quantity::whole(100), is_after: true };
        (self == Domain::Shares).then_some(whole)
    }

    fn low(self, edge: Option<Edge>) -> Cut {
        let start = Cut { at: Quantity::ZERO, is_after: false };
        let cut = edge.map(|edge| Cut { at: edge.at, is_after: !edge.is_included });
        cut.map_or(start, |cut| self.settled(cut)).max(start)
    }

    fn high(self, edge: Option<Edge>) -> Option<Cut> {
        let cut = edge.map(|edge| Cut { at: edge.at, is_after: edge.is_included });
        cut.map(|cut| self.settled(cut))
    }

    /// Between whole numbers, "after 2" and "before 3" are one cut.
    fn settled(self, cut: Cut) -> Cut {
        match cut.at.to_whole() {
            Some(at) if self == Domain::Counts && cut.is_after => {
                Cut { at: Quantity::whole(at + 1), is_after: false }
            }
            _ => cut,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Part { from, to, domain } = self;
        let sign = if *domain == Domain::Counts { "" } else { " %" };
        let is_one = |to: &Cut| match domain {
            Domain::Counts => {
                from.at.to_whole().zip(to.at.to_whole()).is_some_and(|(low, high)| high == low + 1)
            }
            _ => !from.is_after && to.is_after && from.at == to.at,
        };
        let low = if from.is_after { "trên" } else { "từ" };
        match to {
            Some(to) if is_one(to) => write!(f, "{}{sign}", from.at),
            Some(to) if to.is_after => write!(f, "{low} {} đến {}{sign}", from.at, to.at),
            Some(to) => write!(f, "{low} {} đến dưới {}{sign}", from.at, to.at),
            None if from.is_after => write!(f, "trên {}{sign}", from.at),
            None => write!(f, "từ {}{sign} trở lên", from.at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(spans: &[Span], domain: Domain) -> Vec<String> {
        let say = |flaw| match flaw {
            Flaw::Empty(number) => format!("{number} rỗng"),
            Flaw::Overlap(one, other, part) => format!("{one} và {other}: {part}"),
            Flaw::Gap(part) => format!("thiếu {part}"),
        };
        flaws(spans, domain).into_iter().map(say).collect()
    }

    /// `[` and `]` include an end, `(` and `)` do not; nothing is without end.
    fn span(text: &str) -> Span {
        let (low, high) = text[1..text.len() - 1].split_once("..").unwrap();
        let edge =
            |number: &str, is_included| Quantity::parse(number).map(|at| Edge { at, is_included });
        Span { low: edge(low, text.starts_with('[')), high: edge(high, text.ends_with(']')) }
    }

    #[test]
    fn a_span_holds_what_lies_between_its_ends() {
        let holds = |text: &str| -> Vec<i64> {
            let span = span(text);
            (0..5).filter(|at| span.contains(|edge| Quantity::whole(*at).cmp(&edge))).collect()
        };
        let check = |text, expected: &[i64]| assert_eq!(holds(text), expected, "{text}");
        check("[1..3]", &[1, 2, 3]);
        check("(1..3)", &[2]);
        check("[1..3)", &[1, 2]);
        check("(3..)", &[4]);
        check("(..1]", &[0, 1]);
    }

    #[test]
    fn holes_and_overlaps_are_named_exactly() {
        #[track_caller]
        fn check(spans: &str, domain: Domain, expected: &[&str]) {
            let spans: Vec<Span> = spans.split_whitespace().map(span).collect();
            assert_eq!(said(&spans, domain), expected);
        }
        let percents = Domain::Percents;
        check("[90..) [70..90) (..70)", percents, &[]);
        check("[70..100] [50..70] [0..50)", percents, &["1 và 0: 70 %", "thiếu trên 100 %"]);
        check("[95..) [0..94]", percents, &["thiếu trên 94 đến dưới 95 %"]);
        check("(70..) (..70)", percents, &["thiếu 70 %"]);
        check("[80..)", percents, &["thiếu từ 0 đến dưới 80 %"]);
        check("[50..) [60..) [0..50)", percents, &["0 và 1: từ 60 % trở lên"]);
        check("[50..) [30..20] [0..50)", percents, &["1 rỗng"]);
        check(
            "[0..100) [20..40) [30..50) [100..)",
            percents,
            &["0 và 1: từ 20 đến dưới 40 %", "0 và 2: từ 30 đến dưới 50 %"],
        );
        check("[80..100] [0..80)", Domain::Shares, &[]);
        check("[3..) [2..2] [1..1] [0..0]", Domain::Counts, &[]);
        check("(2..) (0..2] [0..0]", Domain::Counts, &[]);
        check("[4..) [1..2] [0..0]", Domain::Counts, &["thiếu 3"]);
        check("[3..) [2..3] [0..1]", Domain::Counts, &["1 và 0: 3"]);
        check("", Domain::Counts, &["thiếu từ 0 trở lên"]);
    }
}
