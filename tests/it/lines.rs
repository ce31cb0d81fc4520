//! Properties of a history: units through any events, moves, matrices.

use std::collections::{BTreeMap, BTreeSet};

use cchc::day::Day;
use cchc::finding::Place;
use cchc::history::History;
use cchc::history::genealogy;
use cchc::history::members::{Event, EventKind, Member, Members};
use cchc::history::migration::migrations;
use cchc::history::moves::moves;
use cchc::history::nominations::Nominations;
use cchc::history::period::{Area, Content, Era, Limits, Period, PeriodBloc};
use cchc::history::series::{Continuity, series};
use cchc::history::year::{Entry, Fate, ItemPoints, Placing, Year};
use cchc::points::{Percent, Points, Quantity};
use cchc::round::register::UnitId;
use cchc::round::settings::BlocId;
use proptest::prelude::*;

const FIRST: i16 = 2011;
const BANDS: [&str; 3] = ["Tốt", "Khá", "Yếu"];

fn bloc() -> BlocId {
    BlocId("xa".to_owned())
}

fn id(number: usize) -> UnitId {
    UnitId(format!("U-{number}"))
}

/// What becomes of units on the first of July of a year.
#[derive(Clone, Copy, Debug)]
enum Fateful {
    Rename,
    Merge,
    Absorb,
    Split,
    Nothing,
}

/// Units and events, from a first number of units and what happens each year;
/// and who is alive at the end of every year.
fn world(first: usize, fates: &[(Fateful, usize)]) -> (Members, Vec<BTreeSet<usize>>) {
    let mut alive: BTreeSet<usize> = (0..first).collect();
    let mut since = vec![None; first];
    let mut until = vec![None; first];
    let mut events = Vec::new();
    let mut census = vec![alive.clone()];
    for (year, (fate, pick)) in (FIRST + 1..).zip(fates) {
        let day = Day::new(year, 7, 1);
        let list: Vec<usize> = alive.iter().copied().collect();
        let one = list[pick % list.len()];
        let two = list[(pick + 1) % list.len()];
        let new = |count: usize, since: &mut Vec<Option<Day>>, until: &mut Vec<Option<Day>>| {
            let from = since.len();
            since.resize(from + count, day);
            until.resize(from + count, None);
            (from..from + count).collect::<Vec<usize>>()
        };
        let (kind, before, after) = match fate {
            Fateful::Rename => (EventKind::Rename, vec![one], new(1, &mut since, &mut until)),
            Fateful::Merge if one != two => {
                (EventKind::Merge, vec![one, two], new(1, &mut since, &mut until))
            }
            Fateful::Absorb if one != two => (EventKind::Merge, vec![one, two], vec![one]),
            Fateful::Split => (EventKind::Split, vec![one], new(2, &mut since, &mut until)),
            _ => {
                census.push(alive.clone());
                continue;
            }
        };
        for gone in before.iter().filter(|it| !after.contains(it)) {
            alive.remove(gone);
            until[*gone] = Day::new(year, 6, 30);
        }
        alive.extend(&after);
        census.push(alive.clone());
        let ids = |list: &[usize]| list.iter().map(|it| id(*it)).collect();
        events.push(Event {
            day,
            kind,
            before: ids(&before),
            after: ids(&after),
            source: String::new(),
            place: Place::file("don-vi.xlsx"),
        });
    }
    let members = (0..since.len()).map(|at| Member {
        id: id(at),
        // One name for all: nothing may depend on it.
        name: "UBND xã Thống Nhất".to_owned(),
        other_names: Vec::new(),
        bloc: bloc(),
        since: since[at],
        until: until[at],
        place: Place::file("don-vi.xlsx"),
    });
    (Members::of(members.collect(), events), census)
}

/// Ranked results for whoever is alive: areas of one item, scores from a seed.
fn year(year: i16, alive: &BTreeSet<usize>, scores: &[u8]) -> Year {
    let score = |unit: usize, area: usize| {
        let at = unit * 7 + area * 3 + usize::from(year.unsigned_abs());
        i64::from(scores[at % scores.len()] % 11)
    };
    let total = |unit: usize| score(unit, 1) + score(unit, 2);
    let mut found = Year { year, file: format!("{year}/ket-qua.xlsx"), ..Year::default() };
    for unit in alive {
        let (sum, missing) = (total(*unit), score(*unit, 5) == 0);
        let rank = 1 + alive.iter().filter(|it| score(**it, 5) != 0 && sum < total(**it)).count();
        let index: Percent = Quantity::whole(sum * 5).percent();
        let band = BANDS[usize::from(sum < 14) + usize::from(sum < 7)].to_owned();
        let fate = if missing {
            Fate::Unranked("Chưa nộp phiếu".to_owned())
        } else {
            Fate::Ranked(Placing { rank: u32::try_from(rank).unwrap(), index, band })
        };
        let items = (1..=2_usize).map(|area| ItemPoints {
            code: area.to_string().parse().ok().unwrap(),
            max: Points::scaled(10, 0),
            points: Some(Points::scaled(score(*unit, area), 0)),
            claimed: Some(Points::scaled(score(*unit, area).max(score(*unit, area + 2)), 0)),
        });
        let entry = Entry {
            unit: id(*unit),
            name: String::new(),
            bloc: bloc(),
            fate,
            areas: BTreeMap::new(),
            adjusted: cchc::points::Points::default(),
            place: Place::file(&found.file),
        };
        found.push(entry, items);
    }
    found
}

fn period(to: i16, change: i16) -> Period {
    let area = |code: &str, content| Area {
        code: code.parse().ok().unwrap(),
        name: String::new(),
        content,
        other_names: Vec::new(),
        line: 1,
    };
    let era = |id: &str, from, to, contents: [usize; 2]| Era {
        id: id.to_owned(),
        title: String::new(),
        source: String::new(),
        blocs: vec![bloc()],
        from,
        to,
        areas: vec![area("1", contents[0]), area("2", contents[1])],
        line: 1,
    };
    let content = |id: &str| Content {
        id: id.to_owned(),
        name: id.to_owned(),
        later_name: String::new(),
        line: 1,
    };
    Period {
        id: "thu".to_owned(),
        title: "Thử".to_owned(),
        body: String::new(),
        parent_body: String::new(),
        place: String::new(),
        source: String::new(),
        from: FIRST,
        to,
        dated: Day::new(to, 12, 31).unwrap(),
        places: 2,
        limits: Limits {
            weak: Quantity::whole(70),
            weak_years: 2,
            hold: Quantity::whole(90),
            lift: Quantity::whole(80),
            ranked_years: 1,
            lines: [1, 1],
        },
        blocs: vec![PeriodBloc {
            id: bloc(),
            name: "Khối xã".to_owned(),
            bands: BANDS.map(str::to_owned).to_vec(),
        }],
        contents: vec![content("mot"), content("hai"), content("ba")],
        eras: vec![era("cu", FIRST, change, [0, 1]), era("moi", change + 1, to, [1, 2])],
        years: Vec::new(),
        city: Vec::new(),
        indicators: Vec::new(),
        awards: None,
    }
}

fn history(first: usize, fates: &[(Fateful, usize)], scores: &[u8]) -> History {
    let (members, census) = world(first, fates);
    let mut findings = cchc::finding::Findings::default();
    let genealogy = genealogy::trace(&members, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    let years: BTreeMap<i16, Year> =
        (FIRST..).zip(&census).map(|(at, alive)| (at, year(at, alive, scores))).collect();
    let to = FIRST + i16::try_from(fates.len()).unwrap();
    let period = period(to, FIRST + i16::from(scores[0] % 4));
    History { period, members, genealogy, years, nominations: Nominations::default() }
}

fn fates() -> impl Strategy<Value = Vec<(Fateful, usize)>> {
    let fate = prop_oneof![
        Just(Fateful::Rename),
        Just(Fateful::Merge),
        Just(Fateful::Absorb),
        Just(Fateful::Split),
        Just(Fateful::Nothing),
    ];
    prop::collection::vec((fate, 0..97_usize), 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(128)
    })]

    #[test]
    fn no_event_loses_or_doubles_a_unit(first in 2..7_usize, fates in fates(), scores in prop::collection::vec(any::<u8>(), 40)) {
        let history = history(first, &fates, &scores);
        let genealogy = &history.genealogy;
        // Every id is in exactly one line, which knows it.
        let all: Vec<&UnitId> = genealogy.lines.iter().flat_map(|line| &line.ids).collect();
        let unique: BTreeSet<&UnitId> = all.iter().copied().collect();
        prop_assert_eq!(all.len(), history.members.list.len());
        prop_assert_eq!(unique.len(), all.len());
        // Every result of every year is in exactly one series, as that year's own.
        let series = series(&history);
        for (year, results) in &history.years {
            for entry in &results.entries {
                let holders = series.iter().filter(|it| it.entry(*year).is_some_and(|own| own.unit == entry.unit));
                prop_assert_eq!(holders.count(), 1);
            }
            let own = series.iter().filter(|it| it.entry(*year).is_some()).count();
            prop_assert_eq!(own, results.entries.len());
        }
        // Whoever ended by a merger or a split goes on in somebody.
        for line in &genealogy.lines {
            let until = history.members.get(line.id()).unwrap().until;
            prop_assert_eq!(until.is_some(), !line.children.is_empty());
        }
    }

    #[test]
    fn a_line_survives_any_sequence_of_renames(first in 1..6_usize, picks in prop::collection::vec(0..97_usize, 1..9)) {
        let fates: Vec<(Fateful, usize)> = picks.iter().map(|pick| (Fateful::Rename, *pick)).collect();
        let history = history(first, &fates, &[10]);
        prop_assert_eq!(history.genealogy.lines.len(), first);
        for it in series(&history) {
            prop_assert_eq!(it.continuity, Continuity::Continuous);
            prop_assert_eq!(it.stats.unwrap().years, fates.len() + 1);
        }
    }

    #[test]
    fn the_parts_of_a_move_add_up_to_it(first in 2..9_usize, fates in fates(), scores in prop::collection::vec(any::<u8>(), 40)) {
        let history = history(first, &fates, &scores);
        for it in moves(&history) {
            prop_assert_eq!(it.performance + it.criteria + it.units + it.appraisal, it.before - it.after);
            prop_assert!(!it.appraisal_unknown);
        }
    }

    #[test]
    fn a_matrix_adds_up_to_the_units_of_both_years(first in 2..9_usize, fates in fates(), scores in prop::collection::vec(any::<u8>(), 40)) {
        let history = history(first, &fates, &scores);
        let series = series(&history);
        let years: Vec<i16> = history.years.keys().copied().collect();
        for pair in years.windows(2) {
            for matrix in migrations(&history, &series, pair[0], pair[1]) {
                let last = matrix.counts.len() - 1;
                let rows: usize = matrix.counts[..last].iter().flatten().sum();
                prop_assert_eq!(rows, history.years[&pair[0]].entries.len());
                let columns: usize = matrix.counts.iter().flat_map(|row| &row[..last]).sum();
                prop_assert_eq!(columns, history.years[&pair[1]].entries.len());
                for (band, row) in matrix.counts[..last].iter().enumerate() {
                    let entries = history.years[&pair[0]].entries.iter();
                    let there = entries.filter(|it| match it.placing() {
                        Some(placing) => BANDS.get(band).is_some_and(|own| *own == placing.band),
                        None => band == BANDS.len(),
                    });
                    prop_assert_eq!(row.iter().sum::<usize>(), there.count());
                }
            }
        }
    }
}
