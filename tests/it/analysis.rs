//! What the analysis makes of small rounds.

use cchc::analysis::{Advice, Alike, Cause, areas, gaps, items, oddities, shortfalls};
use cchc::appraisal::AdjustmentKind::Penalty;
use cchc::points::{Percent, Points, Quantity};
use cchc::round::criteria::{ItemCode, Origin};
use cchc::round::firmness::Odd;
use cchc::round::rule::{Due, Empty, Rule};
use cchc::round::settings::{Compare, Numbering};
use cchc::tally::{LastRound, LastStanding, Tally};

use crate::margin::firmness;
use crate::small::{Small, code, edit_claim, id, pts, q};

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
    let all = items(&small.round, &small.tally());
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
    let all = items(&small.round, &small.tally());
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

#[test]
fn an_item_names_the_one_it_repeats_and_disputes_over_evidence_are_counted() {
    let units = ["A", "B", "C", "D", "E", "F"];
    let small = Small::new().item("1.1", "10").item("1.2", "5").item("2.1", "85");
    let small = (0..6).zip(units).fold(small, |small, (at, unit)| {
        let [first, half, other] = [at.to_string(), format!("{}.5", at / 2), "80".to_owned()];
        let other = if at % 2 == 0 { other } else { "70".to_owned() };
        let scores = [("1.1", first.as_str()), ("1.2", half.as_str()), ("2.1", other.as_str())];
        small.scored(unit, &scores).edit_form(unit, |form| {
            edit_claim(form, "2.1", |it| it.evidence = "Báo cáo số 5".into());
        })
    });
    let small = small
        .appraised("A", &[("2.1", "79")])
        .appraised("B", &[("2.1", "69")])
        .appraised("C", &[("2.1", "80")])
        .with(|it| {
            let mut own = firmness();
            own.duplicate_from = Some(q("0.9"));
            it.round.settings.firmness = Some(own);
        });
    let all = items(&small.round, &small.tally());
    let stats = all.values().next().unwrap();
    // Of 0 … 5 and 0.5, 0.5, 1.5, 1.5, 2.5, 2.5: 16 ÷ √(17.5 × 16).
    let closest = |at: usize| {
        let alike: Alike = stats[at].closest.unwrap();
        (alike.item, alike.correlation, alike.units)
    };
    assert_eq!(closest(0), (code("1.2"), q("0.96"), 6));
    assert_eq!(closest(1), (code("1.1"), q("0.96"), 6));
    // Six units say nothing about two items, whatever their correlation.
    assert_eq!(stats[0].advice, []);
    // Of the latter and 79, 69, 80, 70, 80, 70: 2 ÷ √(4 × 151.33).
    assert_eq!(closest(2), (code("1.2"), q("0.08"), 6));
    assert_eq!(stats[2].disputed.unwrap().fixed(2), "66,67");
    assert_eq!(stats[2].advice, [Advice::MostlyChanged, Advice::MostlyDisputed]);
}

#[test]
fn enough_units_ask_whether_two_items_are_one() {
    let repeats = |units: i64| {
        let small = Small::new().item("1.1", "60").item("1.2", "40");
        let small = (0..units).fold(small, |small, at| {
            let (first, second) = (at.to_string(), (at / 2).to_string());
            let scores = [("1.1", first.as_str()), ("1.2", second.as_str())];
            small.scored(&format!("U{at}"), &scores)
        });
        let small = small.with(|it| {
            let mut own = firmness();
            own.duplicate_from = Some(q("0.9"));
            it.round.settings.firmness = Some(own);
        });
        let all = items(&small.round, &small.tally());
        let stats = &all.values().next().unwrap()[0];
        stats.advice.iter().map(|it| cchc::words::advice(*it)).collect::<Vec<_>>()
    };
    assert_eq!(repeats(29), [""; 0]);
    let said = repeats(40).join(". ");
    let expected = "Có đang đo cùng một việc với mục 1.2 không? Điểm hai mục gần như luôn đi cùng nhau \
                    (tương quan 1,00 trên 40 đơn vị, khoảng tin cậy 99 % từ 1,00 đến 1,00)";
    assert!(said.starts_with(expected), "{said}");
}

fn odd() -> Odd {
    Odd { same_texts: 2, text_length: 10, jump: q("5"), stray_area: q("30") }
}

fn writes(small: Small, unit: &str, texts: &[(&str, &str)]) -> Small {
    small.edit_form(unit, |form| {
        for (item, text) in texts {
            edit_claim(form, item, |it| it.explanation = (*text).into());
        }
    })
}

#[test]
fn what_is_odd_is_named_and_what_everybody_writes_is_not() {
    let full = [("1.1", "20"), ("1.2", "30"), ("2.1", "50")];
    let half = [("1.1", "10"), ("1.2", "15"), ("2.1", "45")];
    let small = Small::new().item("1.1", "20").item("1.2", "30").item("2.1", "50");
    let small = small.scored("A", &full).appraised("A", &[("1.1", "18")]);
    let small = ["B", "C", "D", "E"].iter().fold(small, |small, unit| small.scored(unit, &half));
    let small = small.scored("F", &[("1.1", "20"), ("1.2", "30"), ("2.1", "5")]);
    let common = ("2.1", "Theo kế hoạch chung của thành phố");
    let small =
        ["A", "B", "C", "D", "E"].iter().fold(small, |small, unit| writes(small, unit, &[common]));
    let own = [("1.1", "Đã họp giao ban, có biên bản"), ("1.2", "đã  HỌP giao ban, có biên bản")];
    let small = writes(writes(small, "B", &own), "C", &own);
    let small = writes(
        writes(small, "D", &[("1.1", "Ngắn"), ("1.2", "Ngắn")]),
        "E",
        &[("1.1", "Ngắn"), ("1.2", "Ngắn")],
    );
    let last = |(unit, index): (&str, &str)| {
        (id(unit), LastStanding { rank: 1, among: 4, index: q(index).percent(), of: None })
    };
    let before = [("A", "95"), ("B", "68"), ("C", "60"), ("D", "66")].map(last);
    let last = LastRound { year: 2018, standings: before.into(), ..LastRound::default() };
    let tally = Tally { last: Some(last), ..small.tally() };
    let tables = areas(&small.round, &tally.rankings);
    let found = oddities(&small.round, &tally, &tables, &odd());

    let full: Vec<_> = found.full.iter().map(|it| (it.unit.0.as_str(), it.items, it.cut)).collect();
    assert_eq!(full, [("A", 3, pts("2"))]);
    let same: Vec<_> = found.same.iter().map(|it| (it.units.clone(), it.items.clone())).collect();
    assert_eq!(same, [((id("B"), id("C")), vec![code("1.1"), code("1.2")])]);
    // Changes of +3, +2, +10 and +4: the median is 3.5.
    let jumps: Vec<_> =
        found.jumps.iter().map(|it| (it.unit.0.as_str(), it.beyond.quantity())).collect();
    assert_eq!(jumps, [("C", q("6.5"))]);
    let strays: Vec<_> =
        found.strays.iter().map(|it| (it.unit.0.as_str(), it.area.to_string())).collect();
    assert_eq!(strays, [("F", "1".to_owned()), ("F", "2".to_owned())]);
}
