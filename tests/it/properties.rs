//! What must hold of every round, tried on many small ones.

use std::collections::BTreeMap;

use proptest::prelude::*;

use cchc::appraisal::AdjustmentKind::{Bonus, Penalty};
use cchc::form::Claimed;
use cchc::points::{Index, Points, Quantity};
use cchc::round::register::Register;
use cchc::round::settings::Scenario;
use cchc::round::settings::{AwardRule, Compare, Numbering, TieAtCut, TieBreak};
use cchc::scenario::{plain, play};

use crate::robustness::{certain, simulated};
use crate::small::{Small, code, edit_claim, id, pts, rule};

/// What one unit got: two claimed scores in quarters of a point, of 60 and 40,
/// the second perhaps not applicable; satisfaction in tenths of a percent of 20;
/// bonus and penalty in hundredths.
#[derive(Clone, Debug)]
struct Luck {
    first: i64,
    second: Option<i64>,
    satisfaction: i64,
    bonus: i64,
    penalty: i64,
}

fn luck() -> impl Strategy<Value = Luck> {
    let second = prop::option::weighted(0.8, 150..=160_i64);
    let fields = (230..=240_i64, second, 0..=1000_i64, 0..=250_i64, 0..=250_i64);
    // Mostly high and coarse, so that ties are common.
    fields.prop_map(|(first, second, satisfaction, bonus, penalty)| Luck {
        first,
        second,
        satisfaction: satisfaction / 100 * 100,
        bonus: bonus / 100 * 100,
        penalty: penalty / 200 * 200,
    })
}

#[derive(Clone, Debug)]
struct Setup {
    compare: Compare,
    numbering: Numbering,
    breaks: usize,
    tie: TieAtCut,
    quota: usize,
}

fn setup() -> impl Strategy<Value = Setup> {
    let compare = prop::sample::select(vec![Compare::Exact, Compare::Shown]);
    let numbering = prop::sample::select(vec![Numbering::Standard, Numbering::Dense]);
    let tie = prop::sample::select(vec![TieAtCut::All, TieAtCut::None, TieAtCut::Council]);
    (compare, numbering, 0..=4_usize, tie, 0..=4_usize).prop_map(
        |(compare, numbering, breaks, tie, quota)| Setup { compare, numbering, breaks, tie, quota },
    )
}

fn quarters(n: i64) -> String {
    Quantity::scaled(n * 25, 2).points().data(2)
}

fn round(setup: &Setup, lucks: &[Luck]) -> Small {
    let breaks =
        [TieBreak::Survey, TieBreak::Penalty, TieBreak::Area(code("2")), TieBreak::Appraised];
    let award = AwardRule { tie: setup.tie, ..rule(setup.quota, "0.6") };
    let small = Small::new()
        .item("1.1", "60")
        .item("2.1", "40")
        .survey_item("3.1", "20")
        .scoring(|it| {
            it.compare = setup.compare;
            it.numbering = setup.numbering;
            it.tie_breaks = breaks[..setup.breaks].to_vec();
        })
        .awards(vec![award.clone()], vec![AwardRule { per_unit: 2, ..award }]);
    (1..).zip(lucks).fold(small, |small, (number, luck)| {
        let unit = format!("U{number}");
        let second = luck.second.map_or("KAD".to_owned(), quarters);
        let hundredths = |n| Points::scaled(n, 2).data(2);
        small
            .scored(&unit, &[("1.1", &quarters(luck.first)), ("2.1", &second)])
            .nominates(&unit, &["Một", "Hai", "Ba"])
            .answer(&unit, "3.1", &Quantity::scaled(luck.satisfaction, 1).points().data(1))
            .adjusted(&unit, Bonus, &hundredths(luck.bonus + 1))
            .adjusted(&unit, Penalty, &hundredths(luck.penalty + 1))
    })
}

/// Rank, band and number of awards of each unit.
fn outcome(small: &Small) -> BTreeMap<String, (u32, usize, usize)> {
    let tally = small.tally();
    let awards = tally.awards.unwrap();
    let won = |unit: &str| {
        let all = awards.collectives.iter().chain(&awards.individuals);
        all.filter(|award| award.unit == id(unit)).count()
    };
    let standings = tally.rankings[0].standings.iter();
    standings.map(|it| (it.card.unit.0.clone(), (it.rank, it.band, won(&it.card.unit.0)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 100,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn raising_one_score_never_lowers_the_units_rank(
        setup in setup(),
        lucks in prop::collection::vec(luck(), 1..7),
        who in any::<prop::sample::Index>(),
        more in 1..=240_i64,
    ) {
        let unit = format!("U{}", who.index(lucks.len()) + 1);
        let before = round(&setup, &lucks);
        let after = before.clone().edit_form(&unit, |form| {
            edit_claim(form, "1.1", |claim| {
                let Claimed::Points(points) = claim.score else { unreachable!() };
                let raised = (points + Points::scaled(more * 25, 2)).min(pts("60"));
                claim.score = Claimed::Points(raised);
            });
        });
        let (before, after) = (before.standing(&unit), after.standing(&unit));
        prop_assert!(after.rank <= before.rank);
        prop_assert!(after.band <= before.band);
    }

    #[test]
    fn the_order_of_the_register_changes_nothing(
        setup in setup(),
        lucks in prop::collection::vec(luck(), 1..7),
        turn in any::<prop::sample::Index>(),
    ) {
        let small = round(&setup, &lucks);
        let turned = small.clone().with(|it| {
            let mut units = it.round.register.units.clone();
            units.reverse();
            units.rotate_left(turn.index(lucks.len()));
            it.round.register = Register::of(units);
        });
        prop_assert_eq!(outcome(&small), outcome(&turned));
        prop_assert_eq!(small.ranking().mean, turned.ranking().mean);
    }

    #[test]
    fn what_is_printed_adds_up(setup in setup(), lucks in prop::collection::vec(luck(), 1..4)) {
        let shown = |points: Points| {
            let text = points.data(2);
            (text.strip_prefix('-').map_or(1, |_| -1), text.replace(['.', '-'], ""))
        };
        let hundredths = |points: Points| {
            let (sign, digits) = shown(points);
            sign * digits.parse::<i64>().unwrap()
        };
        for standing in round(&setup, &lucks).ranking().standings {
            let card = standing.card;
            let parts = hundredths(card.appraised) + hundredths(card.survey.unwrap())
                + hundredths(card.bonus) - hundredths(card.penalty);
            prop_assert_eq!(parts, hundredths(card.total));
            let items = card.items.values().filter_map(|item| item.points);
            let items: i64 = items.map(hundredths).sum();
            prop_assert_eq!(items, hundredths(card.appraised) + hundredths(card.survey.unwrap()));
        }
    }

    #[test]
    fn ranks_follow_the_index_and_number_as_the_round_says(
        setup in setup(),
        lucks in prop::collection::vec(luck(), 1..9),
    ) {
        let small = round(&setup, &lucks);
        let scoring = &small.round.settings.scoring;
        let standings = small.ranking().standings;
        prop_assert_eq!(standings[0].rank, 1);
        for (place, pair) in (2..).zip(standings.windows(2)) {
            let (above, below) = (&pair[0], &pair[1]);
            prop_assert!(scoring.cmp(above.index, below.index).is_ge());
            prop_assert!(above.band <= below.band);
            let next = match setup.numbering {
                Numbering::Standard => place,
                Numbering::Dense => above.rank + 1,
            };
            prop_assert!(below.rank == above.rank || below.rank == next);
            if scoring.cmp(above.index, below.index).is_gt() {
                prop_assert_eq!(below.rank, next);
                prop_assert_eq!(below.decided_by, None);
            }
        }
    }

    #[test]
    fn draws_without_uncertainty_give_what_was_published(
        setup in setup(),
        lucks in prop::collection::vec(luck(), 1..9),
        quota in prop::option::of(0..4_usize),
    ) {
        let small = round(&setup, &lucks).with(|it| {
            it.round.settings.awards.as_mut().unwrap().collective_quota = quota;
        });
        let result = simulated(&small, &certain(3));
        let hundred = Quantity::whole(100).percent();
        let none = Quantity::ZERO.percent();
        let awards = small.tally().awards.unwrap();
        for it in &result.blocs[0].units {
            let rank = small.standing(&it.unit.0).rank;
            prop_assert_eq!((it.low, it.median, it.high), (rank, rank, rank));
            prop_assert_eq!(it.in_band, hundred);
            prop_assert_eq!(it.first == hundred, rank == 1);
            let is_awarded = awards.collectives.iter().any(|award| award.unit == it.unit);
            prop_assert_eq!(it.awarded, Some(if is_awarded { hundred } else { none }));
        }
        prop_assert!(result.stays.iter().all(|stays| *stays == hundred));
    }

    #[test]
    fn a_scenario_that_says_what_the_round_says_moves_nobody(
        setup in setup(),
        lucks in prop::collection::vec(luck(), 1..9),
    ) {
        let small = round(&setup, &lucks);
        let same = Scenario { plain: false, compare: Some(setup.compare), ..plain() };
        for outcome in play(&small.round, &small.tally(), &same) {
            prop_assert!(outcome.moves.iter().all(|it| it.now == it.then));
        }
    }

    #[test]
    fn every_index_has_one_band_and_a_better_index_no_worse_band(
        low in -500..=12_000_i64,
        more in 0..=500_i64,
        possible in 1..=12_000_i64,
        compare in prop::sample::select(vec![Compare::Exact, Compare::Shown]),
    ) {
        let small = Small::new().scoring(|it| it.compare = compare);
        let settings = &small.round.settings;
        let possible = Points::scaled(possible, 2);
        let band = |total| {
            let index = Index::new(Points::scaled(total, 2), possible).unwrap();
            settings.blocs[0].band(index, &settings.scoring)
        };
        prop_assert!(band(low) < settings.blocs[0].bands.len());
        prop_assert!(band(low + more) <= band(low));
    }

    #[test]
    fn awards_keep_to_the_quota_and_nobody_wins_twice(
        setup in setup(),
        lucks in prop::collection::vec(luck(), 1..9),
        barred in any::<prop::sample::Index>(),
    ) {
        let unit = format!("U{}", barred.index(lucks.len()) + 1);
        let small = round(&setup, &lucks).exclude(&unit, None, "kỷ luật");
        let awards = small.tally().awards.unwrap();
        for (won, candidates) in [(&awards.collectives, 1), (&awards.individuals, 2)] {
            let most = if setup.tie == TieAtCut::All {
                usize::MAX
            } else {
                setup.quota.min(candidates * (lucks.len() - 1))
            };
            prop_assert!(won.len() <= most);
            prop_assert!(won.iter().all(|award| award.unit != id(&unit)));
            let mut names: Vec<_> =
                won.iter().map(|it| (&it.unit, it.nominee.as_ref().map(|it| &it.name))).collect();
            names.sort();
            names.dedup();
            prop_assert_eq!(names.len(), won.len());
        }
        // Everyone is either proposed or told why not.
        let everyone = awards.collectives.len()
            + awards.declined.iter().filter(|it| it.person.is_none()).count();
        prop_assert_eq!(everyone, lucks.len());
    }
}
