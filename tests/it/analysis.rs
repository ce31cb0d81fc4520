//! What the analysis makes of small rounds.

use cchc::analysis::{Cause, areas, gaps, items, shortfalls};
use cchc::appraisal::AdjustmentKind::Penalty;
use cchc::points::{Percent, Points, Quantity};
use cchc::round::criteria::{ItemCode, Origin};
use cchc::round::rule::{Due, Empty, Rule};
use cchc::round::settings::{Compare, Numbering};

use crate::small::{Small, code, id, pts, q};

/// `1.1 20, 2.1 5`.
fn listed(pairs: impl IntoIterator<Item = (ItemCode, Points)>) -> String {
    let pairs = pairs.into_iter().map(|(item, points)| format!("{item} {points}"));
    pairs.collect::<Vec<_>>().join(", ")
}

#[test]
fn lost_points_come_largest_first_and_leave_out_what_does_not_apply() {
    let small = Small::new()
        .item("1.1", "30")
        .item("1.2", "20")
        .item("2.1", "40")
        .survey_item("3.1", "10")
        .scored("A", &[("1.1", "25"), ("1.2", "KAD"), ("2.1", "20")])
        .appraised("A", &[("1.1", "21"), ("2.1", "20")])
        .answer("A", "3.1", "100");
    let shortfalls = shortfalls(&small.round, &small.tally().rankings);
    let losses = &shortfalls[0].losses;
    assert_eq!(listed(losses.iter().map(|it| (it.item, it.lost))), "2.1 20, 1.1 9");
    assert_eq!(listed(losses.iter().map(|it| (it.item, it.cut))), "2.1 0, 1.1 4");
    assert_eq!(shortfalls[0].lost, pts("29"));
}

#[test]
fn a_loss_is_explained_by_the_rule_of_its_item() {
    #[track_caller]
    fn check(rule: Rule, score: &str, expected: Cause) {
        let small = Small::new().node("1.1", "2", Origin::Appraised, rule);
        let small = small.scored("A", &[("1.1", score)]);
        let shortfalls = shortfalls(&small.round, &small.tally().rankings);
        assert_eq!(shortfalls[0].losses[0].cause, expected);
    }
    let ratio = |floor| Rule::Proportional { floor, target: None, empty: Empty::NotApplicable };
    let steps = Vec::new;
    check(Rule::YesNo, "0", Cause::NotDone);
    check(Rule::YesNo, "?", Cause::Faulty);
    check(Rule::Levels(Vec::new()), "1", Cause::LowerLevel);
    check(Rule::Parts(Vec::new()), "1", Cause::PartMissing);
    check(Rule::CountLevels(steps()), "1", Cause::TooFew);
    check(Rule::PerItem { each: pts("1") }, "1", Cause::TooFew);
    check(Rule::RatioLevels { steps: steps(), empty: Empty::Full }, "1", Cause::RatioTooLow);
    check(ratio(None), "0", Cause::RatioTooLow);
    check(ratio(Some(q("50"))), "1", Cause::RatioTooLow);
    check(ratio(Some(q("50"))), "0", Cause::BelowFloor);
    check(Rule::Deduction { each: pts("1"), serious: None }, "1", Cause::Cases);
    check(Rule::Deadline { due: Due::Submission, late: Vec::new() }, "1", Cause::Late);
    check(Rule::DaysLate { due: Due::Submission, each: pts("1") }, "1", Cause::Late);

    let lowered = Small::new().item("1.1", "2").scored("A", &[("1.1", "2")]);
    let lowered = lowered.appraised("A", &[("1.1", "1")]);
    let shortfalls = shortfalls(&lowered.round, &lowered.tally().rankings);
    assert_eq!(shortfalls[0].losses[0].cause, Cause::Lowered);
}

#[test]
fn the_next_band_takes_the_fewest_points_and_items() {
    #[track_caller]
    fn check(small: &Small, missing: &str, items: Option<&[&str]>) {
        let shortfalls = shortfalls(&small.round, &small.tally().rankings);
        let next = shortfalls[0].next.clone().unwrap();
        let items = items.map(|items| items.iter().map(|item| code(item)).collect());
        assert_eq!((next.missing, next.items), (pts(missing), items));
    }
    let set = Small::new().item("1.1", "20").item("1.2", "30").item("2.1", "50");
    let small = set.scored("A", &[("1.1", "10"), ("1.2", "18"), ("2.1", "44.99")]);
    check(&small, "7.01", Some(&["1.2"]));
    check(&small.clone().adjusted("A", Penalty, "5"), "12.01", Some(&["1.2", "1.1"]));

    let shown = small.scoring(|it| it.compare = Compare::Shown);
    check(&shown, "7.01", Some(&["1.2"]));
    let coarse = shown.scoring(|it| it.index_places = 0);
    check(&coarse, "6.51", Some(&["1.2"]));

    let barred = Small::new().item("1.1", "10").scored("A", &[("1.1", "9.5")]);
    let barred = barred.adjusted("A", Penalty, "1.5");
    check(&barred, "1", None);
}

#[test]
fn the_best_band_has_no_next_one() {
    let small = Small::new().item("1.1", "10").scored("A", &[("1.1", "9")]);
    assert_eq!(shortfalls(&small.round, &small.tally().rankings)[0].next, None);
}

#[test]
fn gaps_compare_what_was_both_claimed_and_appraised() {
    let small = Small::new()
        .item("1.1", "30")
        .item("1.2", "20")
        .item("2.1", "50")
        .scored("A", &[("1.1", "30"), ("1.2", "10"), ("2.1", "50")])
        .scored("B", &[("1.1", "30"), ("1.2", "?"), ("2.1", "40")])
        .scored("C", &[("1.1", "1"), ("1.2", "1"), ("2.1", "1")])
        .appraised("A", &[("1.1", "25"), ("1.2", "12")])
        .appraised("B", &[("1.1", "20"), ("1.2", "5"), ("2.1", "40")]);
    let gaps = gaps(&small.round, &small.tally().rankings);

    let units: Vec<_> = gaps.units.iter().map(|it| (it.unit.0.as_str(), it.gap)).collect();
    assert_eq!(units, [("B", pts("10")), ("A", pts("3"))]);
    let a = &gaps.units[1];
    assert_eq!((a.claimed, a.granted), (pts("40"), pts("37")));
    assert_eq!((a.counts.compared, a.counts.lowered, a.counts.raised), (2, 1, 1));
    assert_eq!(listed(a.changed.iter().copied()), "1.1 5, 1.2 -2");

    let items = gaps.items.values().next().unwrap();
    assert_eq!(listed(items.iter().map(|it| (it.item, it.gap))), "1.1 15, 2.1 0, 1.2 -2");
    assert_eq!(items[0].mean, pts("7.5"));
    assert_eq!(items[0].counts.lowered, 2);
}

#[test]
fn an_item_is_described_over_the_units_it_applies_to() {
    let small = Small::new()
        .item("1.1", "10")
        .item("2.1", "90")
        .scored("A", &[("1.1", "10"), ("2.1", "80")])
        .scored("B", &[("1.1", "10"), ("2.1", "70")])
        .scored("C", &[("1.1", "0"), ("2.1", "50")])
        .scored("D", &[("1.1", "KAD"), ("2.1", "90")])
        .appraised("A", &[("1.1", "10"), ("2.1", "80")])
        .appraised("B", &[("1.1", "9"), ("2.1", "70")]);
    let all = items(&small.round, &small.tally().rankings);
    let stats = &all.values().next().unwrap()[0];
    let shown = |percent: Option<Percent>| percent.unwrap().fixed(2);
    let said = |value: Option<Quantity>| value.unwrap().to_string();

    assert_eq!((stats.item, stats.units, stats.scored), (code("1.1"), 4, 3));
    assert_eq!(stats.mean, Some(pts("6.33")));
    assert_eq!(shown(stats.facility), "63,33");
    assert_eq!(shown(stats.full), "33,33");
    assert_eq!(shown(stats.zero), "33,33");
    // Of 10, 9 and 0: √(182/9) = 4.4969.
    assert_eq!(said(stats.spread), "4,5");
    // With the rests 80/90, 70/90 and 50/90.
    assert_eq!(said(stats.discrimination), "0,97");
    assert_eq!(shown(stats.not_applicable), "25,00");
    assert_eq!(shown(stats.disagreement), "50,00");
}

#[test]
fn an_item_that_nobody_can_tell_apart_does_not_discriminate() {
    let small = Small::new()
        .item("1.1", "10")
        .item("2.1", "90")
        .scored("A", &[("1.1", "9.9"), ("2.1", "80")])
        .scored("B", &[("1.1", "9.9"), ("2.1", "70")])
        .scored("C", &[("1.1", "9.9"), ("2.1", "50")]);
    let all = items(&small.round, &small.tally().rankings);
    let stats = &all.values().next().unwrap()[0];
    assert_eq!(stats.spread, Some(Quantity::ZERO));
    assert_eq!(stats.discrimination, None);
    assert_eq!(stats.disagreement, None);
}

#[test]
fn areas_are_ranked_like_units_each_by_itself() {
    let small = Small::new()
        .item("1.1", "10")
        .item("1.2", "10")
        .item("2.1", "80")
        .scored("A", &[("1.1", "5"), ("1.2", "5"), ("2.1", "80")])
        .scored("B", &[("1.1", "8"), ("1.2", "KAD"), ("2.1", "20")])
        .scored("C", &[("1.1", "10"), ("1.2", "6"), ("2.1", "KAD")])
        .scoring(|it| it.assessed_min = Quantity::ZERO);
    let table = |small: &Small| areas(&small.round, &small.tally().rankings).remove(0);
    let cells = |small: &Small| {
        let row = |row: &cchc::analysis::AreaRow| {
            let cell = |cell: &Option<cchc::analysis::AreaCell>| {
                cell.map_or("–".to_owned(), |it| format!("{} ({})", it.share.fixed(1), it.rank))
            };
            let cells = row.cells.iter().map(cell).collect::<Vec<_>>();
            format!("{} {}", row.unit, cells.join(" "))
        };
        table(small).rows.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(cells(&small), ["A 50,0 (3) 100,0 (1)", "C 80,0 (1) –", "B 80,0 (1) 25,0 (2)"]);
    let dense = small.clone().scoring(|it| it.numbering = Numbering::Dense);
    assert_eq!(cells(&dense)[0], "A 50,0 (2) 100,0 (1)");

    let table = table(&small);
    let weakest: Vec<_> =
        table.weakest_first().iter().map(|(area, mean)| (*area, mean.fixed(2))).collect();
    assert_eq!(weakest, [(code("2"), "62,50".to_owned()), (code("1"), "70,00".to_owned())]);
    let worst: Vec<_> = table.worst_of(&id("A")).iter().map(|(area, _)| *area).collect();
    assert_eq!(worst, [code("1"), code("2")]);
}
