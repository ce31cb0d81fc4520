//! How near each decision is to another one, and what would turn it.

use proptest::prelude::*;

use cchc::appraisal::AdjustmentKind::Bonus;
use cchc::margin::{Against, Decision, Firm, Kind, MOST_ITEMS, Mark, Rest, margins};
use cchc::points::Points;
use cchc::round::criteria::Origin;
use cchc::round::firmness::{Firmness, Thresholds};
use cchc::round::rule::{Empty, Level, Rule};
use cchc::round::settings::{Compare, TieBreak};

use crate::small::{Small, code, pts, q, rule};

pub(crate) fn firmness() -> Firmness {
    Firmness {
        gap: Thresholds { certain: q("3"), told_apart: q("0.5") },
        few_answers: 150,
        duplicate_from: None,
        odd: None,
        draws: None,
    }
}

fn decisions(small: &Small) -> Vec<Decision> {
    margins(&small.round, &small.tally(), &firmness()).decisions
}

/// Each of them with a space before it.
fn debug(all: &[impl std::fmt::Debug]) -> String {
    all.iter().fold(String::new(), |text, it| format!("{text} {it:?}"))
}

/// `First A/B 2 Close [A 1.1 10>8]`, and what it rests on.
fn told(it: &Decision) -> String {
    let against = match &it.against {
        Against::Unit(unit) => unit.to_string(),
        Against::Edge { at, is_reached } => format!("{}{at}", if *is_reached { "≥" } else { "<" }),
    };
    let change = |it: &cchc::margin::Change| {
        let marks = debug(&it.marks);
        format!("{} {} {}>{}{marks}", it.unit, it.item, it.from, it.to)
    };
    let turned = it.reversal.as_ref().map_or("–".to_owned(), |it| {
        it.changes.iter().map(change).collect::<Vec<_>>().join(", ")
    });
    let rests = debug(&it.rests_on);
    let gap = it.gap.quantity();
    format!("{:?} {}/{against} {gap} {:?} [{turned}]{rests}", it.kind, it.unit, it.firm)
}

fn levels(points: &[&str]) -> Rule {
    let level = |it: &&str| Level { label: (*it).to_owned(), points: pts(it) };
    Rule::Levels(points.iter().map(level).collect())
}

#[test]
fn every_cut_is_told_with_what_would_turn_it() {
    let award = cchc::round::settings::AwardRule { index_min: Some(q("80")), ..rule(2, "0.6") };
    let small = Small::new()
        .node("1.1", "60", Origin::Appraised, levels(&["0", "58", "59", "60"]))
        .node("2.1", "40", Origin::Appraised, levels(&["0", "20", "30", "31", "40"]))
        .scored("A", &[("1.1", "60"), ("2.1", "31")])
        .scored("B", &[("1.1", "59"), ("2.1", "31")])
        .scored("C", &[("1.1", "58"), ("2.1", "30")])
        .scored("D", &[("1.1", "58"), ("2.1", "20")])
        .appraised("A", &[("1.1", "60"), ("2.1", "30")])
        .awards(vec![award], Vec::new());
    let told: Vec<String> = decisions(&small).iter().map(told).collect();
    assert_eq!(
        told,
        [
            "First A/B 0 Indistinct [B 1.1 59>60 NoEvidence]",
            "Award(0) B/C 2 Close [C 2.1 30>40 NoEvidence]",
            "Award(0) D/<80 2 Close [D 1.1 58>60 NoEvidence]",
            "Award(0) B/≥80 10 Certain [B 2.1 31>20 NoEvidence]",
            "Band(0) A/≥90 0 Indistinct [A 1.1 60>59 NoEvidence]",
            "Band(0) B/≥90 0 Indistinct [B 1.1 59>58 NoEvidence]",
            "Band(0) C/<90 2 Close [C 1.1 58>60 NoEvidence]",
            "Band(1) D/<80 2 Close [D 1.1 58>60 NoEvidence]",
            "Band(1) C/≥80 8 Certain [C 2.1 30>20 NoEvidence]",
            "Band(2) D/≥65 13 Certain [D 2.1 20>0 NoEvidence]",
            "Band(3) D/≥50 28 Certain [D 1.1 58>0 NoEvidence]",
        ]
    );
}

#[test]
fn a_decision_names_what_it_rests_on_and_what_is_open_to_dispute() {
    let small = Small::new()
        .node("1.1", "60", Origin::Appraised, levels(&["0", "30", "50", "60"]))
        .item("1.2", "20")
        .survey_item("2.1", "20")
        .scored("A", &[("1.1", "60"), ("1.2", "KAD")])
        .scored("B", &[("1.1", "60"), ("1.2", "20")])
        .appraised("A", &[("1.1", "50")])
        .appraised("B", &[("1.1", "50"), ("1.2", "20")])
        .answer("A", "2.1", "100")
        .answer("B", "2.1", "80")
        .adjusted("A", Bonus, "1");
    let told: Vec<String> = decisions(&small).iter().take(1).map(told).collect();
    let expected = "First A/B 2.75 Close [A 2.1 20>17,79 FewAnswers] NotApplicable";
    assert_eq!(told[0].replace("2,75", "2.75"), expected);

    let tied = Small::new()
        .item("1.1", "50")
        .survey_item("2.1", "50")
        .scored("A", &[("1.1", "50")])
        .scored("B", &[("1.1", "0")])
        .answer("A", "2.1", "0")
        .answer("B", "2.1", "100")
        .scoring(|it| it.tie_breaks = vec![TieBreak::Appraised]);
    let first = &decisions(&tied)[0];
    assert_eq!((first.kind, first.firm), (Kind::First, Firm::Indistinct));
    assert_eq!(first.rests_on, [Rest::TieBreak]);
    assert_eq!(first.reversal.as_ref().unwrap().points, pts("50"));
}

#[test]
fn a_change_by_the_appraisers_is_marked() {
    let small = Small::new()
        .node("1.1", "100", Origin::Appraised, levels(&["0", "89", "90", "91", "100"]))
        .scored("A", &[("1.1", "100")])
        .scored("B", &[("1.1", "90")])
        .appraised("A", &[("1.1", "91")])
        .appraised("B", &[("1.1", "90")]);
    let first = &decisions(&small)[0];
    let marks: Vec<&[Mark]> =
        first.reversal.iter().flat_map(|it| &it.changes).map(|it| it.marks.as_slice()).collect();
    assert_eq!(marks, [[Mark::Appraised, Mark::NoEvidence]]);
}

/// The scores of one unit: three items of levels, one with a deduction of half
/// a point a case, one proportional with a floor, and one of parts, in tenths.
#[derive(Clone, Debug)]
struct Luck {
    places: [usize; 5],
    is_exempt: bool,
}

const TENTHS: [&[i64]; 5] =
    [&[0, 7, 10], &[0, 5, 8, 20], &[0, 5, 10, 15, 20], &[0, 5, 6, 7, 8, 9, 10], &[0, 3, 4, 7]];

fn luck() -> impl Strategy<Value = Luck> {
    let places = [0..3_usize, 0..4, 0..5, 0..7, 0..4];
    (places, prop::bool::weighted(0.2)).prop_map(|(places, is_exempt)| Luck { places, is_exempt })
}

fn tenths(n: i64) -> String {
    Points::scaled(n, 1).data(1)
}

fn round(lucks: &[Luck], compare: Compare) -> Small {
    let part = |label: &str, points: &str| Level { label: label.to_owned(), points: pts(points) };
    let small = Small::new()
        .node("1.1", "1", Origin::Appraised, levels(&["0", "0.7", "1"]))
        .node("1.2", "2", Origin::Appraised, levels(&["0", "0.5", "0.8", "2"]))
        .node("1.3", "2", Origin::Computed, Rule::Deduction { each: pts("0.5"), serious: None })
        .node(
            "2.1",
            "1",
            Origin::Computed,
            Rule::Proportional { floor: Some(q("50")), target: None, empty: Empty::Full },
        )
        .node(
            "2.2",
            "0.7",
            Origin::Appraised,
            Rule::Parts(vec![part("a", "0.3"), part("b", "0.4")]),
        )
        .scoring(|it| {
            it.places = 1;
            it.index_places = 0;
            it.compare = compare;
            it.assessed_min = q("0");
        });
    (1..).zip(lucks).fold(small, |small, (number, luck)| {
        let scores: Vec<(&str, String)> = CODES
            .into_iter()
            .enumerate()
            .map(|(at, code)| {
                let is_off = at == 4 && luck.is_exempt;
                (code, if is_off { "KAD".to_owned() } else { tenths(TENTHS[at][luck.places[at]]) })
            })
            .collect();
        let scores: Vec<(&str, &str)> = scores.iter().map(|it| (it.0, it.1.as_str())).collect();
        small.scored(&format!("U{number}"), &scores)
    })
}

/// The index as compared, times something: whole numbers only.
fn key(total: i64, possible: i64, compare: Compare) -> (i64, i64) {
    match compare {
        Compare::Exact => (total, possible),
        Compare::Shown => ((total * 200 + possible) / (2 * possible), 1),
    }
}

const CODES: [&str; 5] = ["1.1", "1.2", "1.3", "2.1", "2.2"];

/// What the tie-breaks compare: shares of an area's or of all possible points,
/// in whole numbers over a common denominator of both units.
fn ties(scores: &[i64; 5], it: &Luck, by: &[TieBreak]) -> Vec<i64> {
    let key = |by: &TieBreak| match by {
        TieBreak::Area(area) if *area == code("1") => (scores[0] + scores[1] + scores[2]) * 170,
        TieBreak::Area(_) if it.is_exempt => scores[3] * 17,
        TieBreak::Area(_) => (scores[3] + scores[4]) * 10,
        TieBreak::Appraised if it.is_exempt => scores.iter().sum::<i64>() * 67,
        TieBreak::Appraised => scores.iter().sum::<i64>() * 60,
        _ => unreachable!(),
    };
    by.iter().map(key).collect()
}

/// Every way to move the items of two units: the fewest items, then the fewest
/// tenths, after which the second is ahead.
fn brute(a: &Luck, b: &Luck, compare: Compare, by: &[TieBreak]) -> Option<(usize, i64)> {
    let possible = |it: &Luck| if it.is_exempt { 60 } else { 67 };
    let all = |luck: &Luck| {
        let mut ways: Vec<(usize, i64, [i64; 5])> = vec![(0, 0, [0; 5])];
        for (at, scores) in TENTHS.iter().enumerate().filter(|it| it.0 < 4 || !luck.is_exempt) {
            let now = scores[luck.places[at]];
            let step = |(count, moved, all): &(usize, i64, [i64; 5]), to: i64| {
                let mut all = *all;
                all[at] = to;
                (count + usize::from(to != now), moved + (to - now).abs(), all)
            };
            ways =
                ways.iter().flat_map(|way| scores.iter().map(move |to| step(way, *to))).collect();
        }
        ways
    };
    let (of_a, of_b) = (all(a), all(b));
    let mut best: Option<(usize, i64)> = None;
    for (count_a, moved_a, all_a) in &of_a {
        let (xa, ya) = key(all_a.iter().sum(), possible(a), compare);
        for (count_b, moved_b, all_b) in &of_b {
            let cost = (count_a + count_b, moved_a + moved_b);
            if best.is_none_or(|best| cost < best) {
                let (xb, yb) = key(all_b.iter().sum(), possible(b), compare);
                let order = (xb * ya).cmp(&(xa * yb));
                let by_ties = || ties(all_b, b, by).cmp(&ties(all_a, a, by));
                if order.then_with(by_ties).is_gt() {
                    best = Some(cost);
                }
            }
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_smaller_set_of_points_turns_two_units(
        lucks in [luck(), luck()],
        is_equal in any::<bool>(),
        is_exact in any::<bool>(),
        by in prop::sample::select(vec![
            vec![],
            vec![TieBreak::Area(code("1"))],
            vec![TieBreak::Area(code("2")), TieBreak::Area(code("1"))],
            vec![TieBreak::Appraised, TieBreak::Area(code("2"))],
        ]),
    ) {
        let mut lucks = lucks;
        if is_equal {
            lucks[1] = lucks[0].clone();
        }
        let compare = if is_exact { Compare::Exact } else { Compare::Shown };
        let small = round(&lucks, compare).scoring(|it| it.tie_breaks.clone_from(&by));
        let all = decisions(&small);
        let first = all.iter().find(|it| it.kind == Kind::First).unwrap();
        let at = |name: &str| usize::from(name == "U2");
        let Against::Unit(other) = &first.against else { unreachable!() };
        let expected = brute(&lucks[at(&first.unit.0)], &lucks[at(&other.0)], compare, &by);
        let expected = expected.filter(|it| it.0 <= MOST_ITEMS);
        let found = first.reversal.as_ref();
        let steps = |it: Points| it.steps(1).unwrap();
        prop_assert_eq!(found.map(|it| (it.changes.len(), steps(it.points))), expected);
        if let Some(found) = found {
            let sum: Points = found.changes.iter().map(|it| {
                if it.from < it.to { it.to - it.from } else { it.from - it.to }
            }).sum();
            prop_assert_eq!(sum, found.points);
            for change in &found.changes {
                let at = CODES.iter().position(|it| code(it) == change.item);
                prop_assert!(TENTHS[at.unwrap()].contains(&steps(change.to)));
            }
        }
    }
}

#[test]
fn a_unit_that_only_a_tie_break_put_ahead_is_not_behind() {
    let small = Small::new()
        .item("1.1", "60")
        .item("2.1", "40")
        .scored("A", &[("1.1", "59.996"), ("2.1", "30")])
        .scored("B", &[("1.1", "50"), ("2.1", "40")])
        .scoring(|it| {
            it.compare = Compare::Shown;
            it.tie_breaks = vec![TieBreak::Area(code("1"))];
        });
    let first = told(&decisions(&small)[0]);
    assert_eq!(first, "First A/B 0 Indistinct [B 1.1 50>60 NoEvidence] TieBreak");
}

#[test]
fn a_tie_break_that_favours_the_other_spares_the_last_step() {
    // A leads by 0.01; B is better in the area that decides a tie.
    let fine = || Rule::PerItem { each: pts("0.01") };
    let small = Small::new()
        .node("1.1", "60", Origin::Appraised, fine())
        .node("2.1", "40", Origin::Appraised, fine())
        .scored("A", &[("1.1", "50.01"), ("2.1", "30")])
        .scored("B", &[("1.1", "55"), ("2.1", "25")])
        .scoring(|it| it.tie_breaks = vec![TieBreak::Area(code("1"))]);
    let first = told(&decisions(&small)[0]);
    assert_eq!(first, "First A/B 0,01 Indistinct [B 1.1 55>55,01 NoEvidence]");
    let points = |small: &Small| decisions(small)[0].reversal.as_ref().unwrap().points;
    assert_eq!(points(&small), pts("0.01"));
    assert_eq!(points(&small.scoring(|it| it.tie_breaks.clear())), pts("0.02"));
}
