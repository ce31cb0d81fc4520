//! A rule → the spreadsheet formula that computes its points from the figures
//! beside it, in English function names.
//!
//! The formula mirrors [`Rule::compute`] and serves the person who fills the
//! form in; what counts is computed again, exactly, when the form is read.

use std::fmt::Display;

use crate::day::Day;
use crate::form::layout;
use crate::points::{Points, Quantity};
use crate::round::rule::{Edge, Empty, Figure, LateStep, Rule, Span, Step};

/// What a formula needs to know besides the rule.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The most the item can earn.
    pub max: Points,
    /// Decimals that computed points are rounded to, half up.
    pub places: u32,
    /// The round's deadline for sending the form.
    pub submission: Day,
}

/// The formula for the points of `rule`, or `None` if it takes no figures.
/// Empty text while a figure is missing; [`layout::NOT_APPLICABLE`] where the
/// rule says that nothing applies.
pub fn formula<At: Display>(
    rule: &Rule,
    terms: Terms,
    at: impl Fn(Figure) -> At,
) -> Option<String> {
    let at = |figure: Figure| at(figure).to_string();
    let Terms { max, places, submission } = terms;
    let (n, d) = (at(Figure::Numerator), at(Figure::Denominator));
    let (count, day) = (at(Figure::Count), at(Figure::Day));
    let full = plain(max.quantity());
    let round = |points: String| format!("ROUND({points},{places})");
    let points = match rule {
        Rule::YesNo | Rule::Levels(_) | Rule::Parts(_) | Rule::Survey { .. } => return None,
        Rule::CountLevels(steps) => stepped(steps, &count, ""),
        Rule::RatioLevels { steps, empty } => {
            let points = stepped(steps, &format!("{n}*100"), &format!("*{d}"));
            format!("IF({d}<=0,{},{points})", nothing_arose(*empty, max))
        }
        Rule::Proportional { floor, target, empty } => {
            let share = match target {
                None => format!("{n}*{full}/{d}"),
                Some(target) => format!("{n}*100*{full}/({d}*{})", plain(*target)),
            };
            let points = round(format!("MIN({full},{share})"));
            let points = match floor {
                None => points,
                Some(floor) => format!("IF({n}*100<{}*{d},0,{points})", plain(*floor)),
            };
            format!("IF({d}<=0,{},{points})", nothing_arose(*empty, max))
        }
        Rule::Deduction { each, serious } => {
            let left = round(format!("MAX(0,{full}-{count}*{})", plain(each.quantity())));
            match serious {
                None => left,
                Some(_) => format!("IF({n}>0,0,{left})"),
            }
        }
        Rule::Deadline { due, late } => {
            deadline(&format!("INT({day})-{}", date(due.day(submission))), late, &full)
        }
        Rule::DaysLate { due, each } => {
            let late = format!("MAX(0,INT({day})-{})", date(due.day(submission)));
            round(format!("MAX(0,{full}-{late}*{})", plain(each.quantity())))
        }
        Rule::PerItem { each } => round(format!("MIN({full},{count}*{})", plain(each.quantity()))),
    };
    let needed: Vec<String> = rule.figures().iter().map(|figure| at(*figure)).collect();
    Some(format!("IF(COUNT({})<{},\"\",{points})", needed.join(","), needed.len()))
}

fn nothing_arose(empty: Empty, max: Points) -> String {
    match empty {
        Empty::NotApplicable => format!("\"{}\"", layout::NOT_APPLICABLE),
        Empty::Full => plain(max.quantity()),
        Empty::Zero => "0".to_owned(),
    }
}

/// The points of the step that holds `value`; every edge is multiplied by
/// `scale` (`*E7`), so that a ratio needs no division.
fn stepped(steps: &[Step], value: &str, scale: &str) -> String {
    let (last, others) = steps.split_last().expect("a checked rule has steps");
    let rest = choose(&last.span, value, scale, &plain(last.points.quantity()), "0");
    others.iter().rev().fold(rest, |rest, step| {
        choose(&step.span, value, scale, &plain(step.points.quantity()), &rest)
    })
}

fn choose(span: &Span, value: &str, scale: &str, points: &str, rest: &str) -> String {
    let compare = |edge: Edge, sign: &str| {
        let equal = if edge.is_included { "=" } else { "" };
        format!("{value}{sign}{equal}{}{scale}", plain(edge.at))
    };
    let low = span.low.map(|edge| compare(edge, ">"));
    let high = span.high.map(|edge| compare(edge, "<"));
    match (low, high) {
        (None, None) => points.to_owned(),
        (Some(only), None) | (None, Some(only)) => format!("IF({only},{points},{rest})"),
        (Some(low), Some(high)) => format!("IF(AND({low},{high}),{points},{rest})"),
    }
}

fn deadline(days: &str, late: &[LateStep], full: &str) -> String {
    let rest = late.iter().rev().fold("0".to_owned(), |rest, step| {
        let points = plain(step.points.quantity());
        match step.days {
            None => points,
            Some(limit) => format!("IF({days}<={limit},{points},{rest})"),
        }
    });
    format!("IF({days}<=0,{full},{rest})")
}

/// A day without the reader's own date order.
fn date(day: Day) -> String {
    let (year, month, day) = day.parts();
    format!("DATE({year},{month},{day})")
}

/// A number as formulas have it in the file: with a decimal point.
fn plain(number: Quantity) -> String {
    number.to_string().replace(',', ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::CellRef;
    use crate::round::rule::{Due, Level};

    #[track_caller]
    fn check(rule: &Rule, expected: Option<&str>) {
        let terms = Terms {
            max: Points::scaled(15, 1),
            places: 2,
            submission: Day::new(2019, 12, 15).unwrap(),
        };
        let at = |figure| CellRef::new(11, layout::Column::from(figure).printed());
        assert_eq!(formula(rule, terms, at).as_deref(), expected);
    }

    /// From `low` (included) up to `high` (not included), worth hundredths.
    fn step(low: Option<i64>, high: Option<i64>, points: i64) -> Step {
        let edge = |at: Option<i64>, is_included| {
            at.map(|at| Edge { at: Quantity::whole(at), is_included })
        };
        let span = Span { low: edge(low, true), high: edge(high, false) };
        Step { span, points: Points::scaled(points, 2) }
    }

    #[test]
    fn each_rule_with_figures_has_a_formula() {
        let empty = Empty::NotApplicable;
        let each = Points::scaled(25, 2);
        check(&Rule::YesNo, None);
        check(&Rule::Levels(vec![Level { label: "đủ".to_owned(), points: each }]), None);
        check(
            &Rule::CountLevels(vec![
                step(Some(3), None, 150),
                step(Some(1), Some(3), 50),
                step(None, Some(1), 0),
            ]),
            Some("IF(COUNT(F12)<1,\"\",IF(F12>=3,1.5,IF(AND(F12>=1,F12<3),0.5,IF(F12<1,0,0))))"),
        );
        check(
            &Rule::RatioLevels { steps: vec![step(Some(70), None, 150)], empty },
            Some("IF(COUNT(D12,E12)<2,\"\",IF(E12<=0,\"KAD\",IF(D12*100>=70*E12,1.5,0)))"),
        );
        check(
            &Rule::Proportional { floor: None, target: None, empty: Empty::Full },
            Some("IF(COUNT(D12,E12)<2,\"\",IF(E12<=0,1.5,ROUND(MIN(1.5,D12*1.5/E12),2)))"),
        );
        check(
            &Rule::Proportional {
                floor: Some(Quantity::whole(50)),
                target: Some(Quantity::whole(80)),
                empty: Empty::Zero,
            },
            Some(
                "IF(COUNT(D12,E12)<2,\"\",IF(E12<=0,0,\
                 IF(D12*100<50*E12,0,ROUND(MIN(1.5,D12*100*1.5/(E12*80)),2))))",
            ),
        );
        check(
            &Rule::Deduction { each, serious: Some("lãnh đạo bị kỷ luật".to_owned()) },
            Some("IF(COUNT(D12,F12)<2,\"\",IF(D12>0,0,ROUND(MAX(0,1.5-F12*0.25),2)))"),
        );
        check(
            &Rule::Deadline {
                due: Due::On(Day::new(2019, 1, 31).unwrap()),
                late: vec![
                    LateStep { days: Some(15), points: Points::scaled(75, 2) },
                    LateStep { days: None, points: Points::ZERO },
                ],
            },
            Some(
                "IF(COUNT(G12)<1,\"\",IF(INT(G12)-DATE(2019,1,31)<=0,1.5,\
                 IF(INT(G12)-DATE(2019,1,31)<=15,0.75,0)))",
            ),
        );
        check(
            &Rule::DaysLate { due: Due::Submission, each },
            Some(
                "IF(COUNT(G12)<1,\"\",\
                 ROUND(MAX(0,1.5-MAX(0,INT(G12)-DATE(2019,12,15))*0.25),2))",
            ),
        );
        check(&Rule::PerItem { each }, Some("IF(COUNT(F12)<1,\"\",ROUND(MIN(1.5,F12*0.25),2))"));
    }
}
