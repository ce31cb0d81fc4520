//! How firm the ranks are: what draws make of small rounds, and what each area
//! and item decides.

use std::iter::once;
use std::ops::Range;

use cchc::cli::Outcome;
use cchc::margin::{Firm, margins};
use cchc::robustness::{Counts, Robustness, Study};
use cchc::round::criteria::Origin;
use cchc::round::firmness::{Draws, Firmness, Judged, Thresholds};
use cchc::round::rule::{Level, Rule};

use crate::margin::firmness;
use crate::office::Office;
use crate::small::{Small, code, id, pts, q, rule};

/// Nothing is uncertain.
pub(crate) fn certain(count: u32) -> Draws {
    Draws {
        count,
        seed: 2019,
        stays: Thresholds { certain: q("95"), told_apart: q("75") },
        judged: None,
        survey: false,
        weights: q("0"),
    }
}

pub(crate) fn simulated(small: &Small, draws: &Draws) -> Robustness {
    let firmness = Firmness { draws: Some(draws.clone()), ..firmness() };
    let tally = small.tally();
    let margins = margins(&small.round, &tally, &firmness);
    let study = Study::of(&small.round, &tally, &firmness, &margins);
    study.finish(&counted(&study, study.stretches()))
}

fn counted(study: &Study, stretches: impl IntoIterator<Item = Range<u32>>) -> Counts {
    let mut counts = study.nothing();
    stretches.into_iter().for_each(|it| counts.add(&study.draw(it)));
    counts
}

fn close() -> Small {
    let level = |points: &str| Level { label: points.to_owned(), points: pts(points) };
    let levels = || Rule::Levels(["0", "10", "20", "30", "40"].map(level).into());
    Small::new()
        .node("1.1", "40", Origin::Appraised, levels())
        .node("1.2", "40", Origin::Appraised, levels())
        .survey_item("2.1", "20")
        .scored("A", &[("1.1", "40"), ("1.2", "30")])
        .scored("B", &[("1.1", "30"), ("1.2", "40")])
        .scored("C", &[("1.1", "10"), ("1.2", "10")])
        .answer("A", "2.1", "82")
        .answer("B", "2.1", "80")
        .answer("C", "2.1", "90")
        .awards(vec![rule(1, "0.6")], Vec::new())
}

/// `A 1 [1-2] first 60 awarded 60`.
fn told(result: &Robustness) -> Vec<String> {
    let unit = |it: &cchc::robustness::UnitRobustness| {
        let awarded = it.awarded.map_or("–".to_owned(), |it| it.fixed(1));
        format!("{} {} [{}-{}] {} {awarded}", it.unit, it.rank, it.low, it.high, it.first.fixed(1))
    };
    result.blocs[0].units.iter().map(unit).collect()
}

#[test]
fn a_survey_of_a_hundred_cannot_tell_two_points_apart() {
    let draws = Draws { survey: true, ..certain(20_000) };
    let result = simulated(&close(), &draws);
    // The difference of two shares of 82 % and 80 % of 100 answers each has a
    // standard error of 5.55 percentage points: A leads with Φ(2 ÷ 5.55) = 64 %.
    let first = result.blocs[0].units[0].first.to_cell();
    assert!((63.0..65.5).contains(&first), "{first}");
    let told = told(&result);
    assert!(told[0].starts_with("A 1 [1-2]") && told[1].starts_with("B 2 [1-2]"), "{told:?}");
    assert_eq!(told[2], "C 3 [3-3] 0,0 0,0");
}

#[test]
fn appraisers_who_differ_by_a_step_swap_near_units_only() {
    let judged = Some(Judged { chance: q("20"), steps: 1 });
    let result = simulated(&close(), &Draws { judged, ..certain(5_000) });
    let units = &result.blocs[0].units;
    assert_eq!((units[0].low, units[0].high, units[2].low), (1, 2, 3));
    assert!(units[0].first.to_cell() < 95.0 && units[1].first.to_cell() > 5.0);
    let firmness = Firmness { draws: Some(certain(1)), ..firmness() };
    let decision = &margins(&close().round, &close().tally(), &firmness).decisions[0];
    assert_eq!(result.firm(&firmness, 0, decision), Firm::Indistinct);
}

/// At the top, at the bottom and in the middle of a ladder.
#[test]
fn a_declared_chance_is_the_chance_of_a_change_wherever_a_score_stands() {
    let level = |points: &str| Level { label: points.to_owned(), points: pts(points) };
    let judged = |steps| Some(Judged { chance: q("10"), steps });
    for (now, steps) in [("40", 1), ("0", 1), ("20", 1), ("20", 3), ("40", 3)] {
        let rule = if now == "20" {
            Rule::Levels(["0", "20", "40"].map(level).into())
        } else {
            Rule::YesNo
        };
        let small = Small::new()
            .node("1.1", "40", Origin::Appraised, rule)
            .node("1.2", "60", Origin::Computed, Rule::PerItem { each: pts("1") })
            .scored("A", &[("1.1", now), ("1.2", "50")]);
        let result = simulated(&small, &Draws { judged: judged(steps), ..certain(20_000) });
        // 50, 70 and 90 points are each just within a band. Down is another band,
        // up from 70 too.
        let kept = result.blocs[0].units[0].in_band.to_cell();
        assert!((89.2..90.8).contains(&kept), "{now} by {steps}: {kept}");
    }
}

#[test]
fn a_survey_of_everybody_satisfied_is_not_certain() {
    let small = Small::new()
        .survey_item("2.1", "100")
        .scored("A", &[])
        .scored("B", &[])
        .answer("A", "2.1", "100")
        .answer("B", "2.1", "98");
    let result = simulated(&small, &Draws { survey: true, ..certain(20_000) });
    let first = result.blocs[0].units[0].first.to_cell();
    // With numpy: a million pairs of ends of Wilson's intervals of 100 answers.
    assert!((90.2..92.3).contains(&first), "{first}");
}

#[test]
fn joint_intervals_hold_for_the_whole_bloc_at_once() {
    let small =
        ["82", "81", "80", "79", "78", "77"].into_iter().zip(["A", "B", "C", "D", "E", "F"]);
    let small = small.fold(Small::new().survey_item("2.1", "100"), |small, (percent, unit)| {
        small.scored(unit, &[]).answer(unit, "2.1", percent)
    });
    let draws = Draws { survey: true, ..certain(2_000) };
    let firmness = Firmness { draws: Some(draws.clone()), ..firmness() };
    let tally = small.tally();
    let margins = margins(&small.round, &tally, &firmness);
    let study = Study::of(&small.round, &tally, &firmness, &margins);
    let units = study.finish(&counted(&study, once(0..draws.count))).blocs.remove(0).units;
    let (mut alone, mut jointly) = (0, 0);
    for number in 0..draws.count {
        let one = counted(&study, once(number..number + 1));
        let one = study.finish(&one).blocs.remove(0).units;
        let all = || one.iter().map(|it| it.median).zip(&units);
        alone += u32::from(all().all(|(rank, it)| (it.low..=it.high).contains(&rank)));
        jointly +=
            u32::from(all().all(|(rank, it)| (it.joint_low..=it.joint_high).contains(&rank)));
    }
    let share = |count: u32| f64::from(count) / f64::from(draws.count);
    assert!(share(alone) < share(jointly) && 0.9 <= share(jointly), "{alone}, {jointly}");
}

#[test]
fn who_draws_how_much_at_a_time_changes_nothing() {
    let judged = Some(Judged { chance: q("30"), steps: 2 });
    let draws = Draws { judged, survey: true, weights: q("25"), ..certain(250) };
    let firmness = Firmness { draws: Some(draws), ..firmness() };
    let small = close();
    let tally = small.tally();
    let margins = margins(&small.round, &tally, &firmness);
    let study = Study::of(&small.round, &tally, &firmness, &margins);
    let parts = counted(&study, [200..250, 7..200, 0..1, 1..7]);
    assert_eq!(parts, counted(&study, once(0..250)));
}

#[test]
fn leaving_out_an_area_names_who_moves_and_which_item_decides() {
    let small = close();
    let result = simulated(&small, &certain(1));
    let drops = &result.blocs[0].drops;
    let codes: Vec<String> = drops.iter().map(|it| it.code.to_string()).collect();
    assert_eq!(codes, ["1", "1.1", "1.2", "2", "2.1"]);

    let area = &drops[0];
    // Of the survey alone: C 90, A 82, B 80.
    assert_eq!((area.moved, area.shift), (3, q("1.33")));
    assert_eq!(area.furthest, Some((id("C"), 3, 1)));
    assert_eq!(
        (&area.first, &area.won, &area.lost),
        (&Some(id("C")), &vec![id("C")], &vec![id("A")])
    );

    let item = drops.iter().find(|it| it.code == code("1.2")).unwrap();
    assert_eq!((item.moved, &item.first), (0, &None));
    let item = drops.iter().find(|it| it.code == code("1.1")).unwrap();
    assert_eq!((item.moved, &item.first), (2, &Some(id("B"))));
    assert_eq!((&item.won, &item.lost), (&vec![id("B")], &vec![id("A")]));
}

#[test]
fn a_round_that_asks_is_told_in_its_own_sheets_and_no_other_round_is() {
    let office = Office::busy().survey(&[("PB-NV", 90), ("PB-TP", 88), ("P-HT", 95), ("X-QL", 85)]);
    let plain = office.run();
    assert!(plain.record().get("do-vung").is_none());

    let office = office.firm().setting("bo = [\"8\"]", "bo = [\"2\"]");
    let report = office.run();
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert_eq!(report.record()["khoi"], plain.record()["khoi"]);
    let close = report.sheet("Tong-hop-2019.xlsx", "Sát nút");
    assert!(close.contains("Trong 13 quyết định được xét dưới đây"), "{close}");
    let firm = report.sheet("Tong-hop-2019.xlsx", "Độ vững");
    assert!(firm.contains("Mô phỏng: tính lại 10000 lần (hạt giống 2019)"), "{firm}");

    let odd = report.sheet("Tong-hop-2019.xlsx", "Bất thường");
    assert!(odd.contains("Có 1 đơn vị tự chấm tối đa mọi mục, 0 cặp"), "{odd}");

    let alone = office.tell(&["run", "--luong", "1"]);
    let many = office.tell(&["run", "--luong", "8"]);
    assert!(alone.results == many.results, "not the same for any number of threads");
}
