//! How long it takes to say how firm a result is: 10,000 draws of 45 and of
//! 3,321 units × 58 items, as ratios against bare sums of the same numbers.
//!
//! ```text
//! cargo bench --bench firm             45 and 3,321 units in one bloc
//! cargo bench --bench firm -- 500      another number of units
//! ```
//!
//! Two threads, as a run would use; runs alternate and medians are printed.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use cchc::batch::{Folder, intake, parallel, with_threads};
use cchc::finding::{Findings, Place};
use cchc::form::{Claim, Claimed, Form, Intake};
use cchc::margin;
use cchc::points::{Points, Quantity};
use cchc::robustness::{Robustness, Study};
use cchc::round::Round;
use cchc::round::criteria::{Item, ItemCode, Origin};
use cchc::round::exemption::Exemptions;
use cchc::round::register::{Register, Unit, UnitId};
use cchc::survey::{Answer, Survey};
use cchc::tally::{Tally, tally};

/// Pairs of runs for each comparison.
const PAIRS: usize = 3;
const THREADS: usize = 2;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<usize> = words.iter().filter_map(|it| it.parse().ok()).collect();
    for number in if numbers.is_empty() { vec![45, 3_321] } else { numbers } {
        let (round, tally) = round(number);
        let (mut ours, mut bare, mut closely) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..PAIRS {
            ours.push(timed(|| black_box(simulated(&round, &tally)).draws));
            bare.push(timed(|| sums(number, &round)));
            let firmness = round.settings.firmness.as_ref().unwrap();
            closely.push(timed(|| margin::margins(&round, &tally, firmness).decisions.len()));
        }
        let (ours, bare, closely) = (median(ours), median(bare), median(closely));
        println!(
            "{number} units: {:.2} s for 10 000 draws and every item left out once, \
             {:.1} × bare sums of the same numbers ({:.2} s); margins {:.2} s",
            ours.as_secs_f64(),
            ours.as_secs_f64() / bare.as_secs_f64(),
            bare.as_secs_f64(),
            closely.as_secs_f64(),
        );
    }
}

/// The sample's settings and wards' set, with so many wards of middling luck.
fn round(number: usize) -> (Round, Tally) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/ha-long-2019");
    let mut round = intake::load(&Folder::open(&folder).unwrap()).unwrap().round;
    round.exemptions = Exemptions::default();
    let wards = round.settings.blocs.last().unwrap().id.clone();
    let like = round.register.units.iter().find(|unit| unit.bloc == wards).unwrap().clone();
    let unit = |at: usize| {
        let id = UnitId(format!("X-{at:05}"));
        Unit { id, name: format!("Xã {at}"), predecessors: Vec::new(), ..like.clone() }
    };
    round.register = Register::of((0..number).map(unit).collect());
    let set = round.set(&like).clone();
    let mut intake = Intake::default();
    let mut survey = Survey::default();
    for (at, unit) in round.register.units.iter().enumerate() {
        let mut claims = BTreeMap::new();
        for (number, item) in set.items().enumerate() {
            let luck = (at * 31 + number * 17 + at * number) % 11;
            if item.origin == Origin::Survey {
                let percent = Quantity::whole(60 + 3 * i64::try_from(luck).unwrap());
                let answer = Answer { percent, count: 150, place: Place::file("khao-sat") };
                survey.answers.insert((unit.id.clone(), item.code), answer);
            } else {
                claims.insert(item.code, claim(item, luck));
            }
        }
        intake.forms.insert(unit.id.clone(), form(unit, claims, &round));
    }
    let tally = tally(&round, intake, None, Some(survey), None, Findings::default());
    (round, tally)
}

fn claim(item: &Item, luck: usize) -> Claim {
    let points = match item.rule.choices(item.max) {
        Some(choices) => choices[(luck * choices.len() / 11).min(choices.len() - 1)],
        None => item.max.percent(Quantity::whole(10 * i64::try_from(luck.min(10)).unwrap()), 2),
    };
    Claim {
        row: None,
        score: Claimed::Points(points),
        figures: None,
        evidence: Box::default(),
        explanation: Box::default(),
    }
}

fn form(unit: &Unit, claims: BTreeMap<ItemCode, Claim>, round: &Round) -> Form {
    Form {
        file: format!("nop/{}.xlsx", unit.id),
        unit: unit.id.clone(),
        dated: Some(round.settings.intake.deadline),
        page: String::new(),
        columns: BTreeMap::new(),
        claims: claims.into_iter().collect(),
        collectives: Vec::new(),
        individuals: Vec::new(),
    }
}

/// As `cchc run` does it.
fn simulated(round: &Round, tally: &Tally) -> Robustness {
    let firmness = round.settings.firmness.as_ref().unwrap();
    let margins = margin::margins(round, tally, firmness);
    let study = Study::of(round, tally, firmness, &margins);
    let counts = with_threads(THREADS, || {
        let mut counts = study.nothing();
        for some in study.stretches().chunks(8) {
            for drawn in parallel(some, |it| Ok(study.draw(it.clone()))).unwrap() {
                counts.add(&drawn);
            }
        }
        counts
    });
    study.finish(&counts)
}

/// The least that any simulation does: every item of every unit, weighted and
/// added up, once a draw.
fn sums(number: usize, round: &Round) -> usize {
    let items = round.sets.values().last().unwrap().items().count();
    let points: Vec<Vec<f64>> = vec![vec![1.25; items]; number];
    let weights: Vec<f64> = (0..items).map(|_| Points::scaled(11, 1).to_cell()).collect();
    let draws: Vec<u32> = (0..100).collect();
    let some = |_: &u32| {
        let sum =
            |points: &Vec<f64>| -> f64 { points.iter().zip(&weights).map(|(a, b)| a * b).sum() };
        Ok((0..100).map(|_| black_box(&points).iter().map(sum).sum::<f64>()).sum::<f64>())
    };
    with_threads(THREADS, || parallel(&draws, some)).unwrap().len()
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
