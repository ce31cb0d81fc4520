//! Speed and memory of whole runs, as ratios against references measured in the
//! same minutes on the same bytes.
//!
//! ```text
//! cargo bench                          45, 1000 and 10 000 forms
//! cargo bench -- 1000                  other numbers of forms
//! cargo bench -- --python python3      also against a Python script of the same work
//! cargo bench -- --hundred-thousand    also 100 000 forms: 8 GB of disk, half an hour
//! ```
//!
//! The forms are the samples' own, as four programs saved them. The first
//! reference is the least that any program must do: inflate and tokenise every
//! XML part of the forms with two threads. The second, `benches/fair.py`, does
//! the same main work, and its results are compared with ours cell by cell.
//! Machines are noisy: runs alternate and medians are printed.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

mod forms;
mod process;
mod reference;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use process::Spent;

/// Runs of each thing that is compared.
const RUNS: usize = 3;
/// Runs of what takes a tenth of a second.
const MANY_RUNS: usize = 15;
const THREADS: usize = 2;
/// Up to so many forms, the run with letters to all units is measured too.
const LETTERS: usize = 1000;
/// Up to so many forms, the Python script does the same.
const FAIR: usize = 10_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let number = |at: usize| words.get(at).map_or(1, |it| it.parse().unwrap());
    match words.first().map(String::as_str) {
        // Single pieces of work, for counting instructions.
        Some("make") => forms::round(Path::new(&words[1]), number(2), false),
        Some("read") => reference::read(Path::new(&words[1])),
        Some("tokenise") => reference::tokenise(Path::new(&words[1]), number(2)),
        _ => compare(&words),
    }
}

fn compare(words: &[String]) {
    let python = words.iter().position(|it| it == "--python").map(|at| words[at + 1].as_str());
    let mut numbers: Vec<usize> = words.iter().filter_map(|it| it.parse().ok()).collect();
    if numbers.is_empty() {
        numbers = vec![45, 1000, 10_000];
    }
    if words.iter().any(|it| it == "--hundred-thousand") {
        numbers.push(100_000);
    }
    println!("| Figure | Measured | Goal |\n|---|---|---|");
    let mut before: Option<Whole> = None;
    for number in numbers {
        let whole = Whole::of(number, python);
        whole.tell();
        if let Some(before) = &before {
            whole.tell_growth(before);
        }
        before = Some(whole);
    }
    sample();
    let round = folder("1000");
    if round.exists() {
        threads(&round);
        styles(&round);
    }
}

/// A line of the table; `is_most` says whether the goal is the most or the least.
fn tell(figure: &str, measured: f64, goal: f64, is_most: bool) {
    let is_kept = if is_most { measured <= goal } else { goal <= measured };
    let sign = if is_most { "≤" } else { "≥" };
    let kept = if is_kept { "kept" } else { "missed" };
    println!("| {figure} | {measured:.2} | {sign} {goal}: {kept} |");
}

/// The folder of a round, kept between benchmarks.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("round-{name}"))
}

/// Whole runs of one number of forms, and what they are compared with.
struct Whole {
    number: usize,
    run: Spent,
    tokenise: Spent,
    letters: Option<Spent>,
    fair: Option<Spent>,
    peak_kib: u64,
}

impl Whole {
    fn of(number: usize, python: Option<&str>) -> Whole {
        let round = folder(&number.to_string());
        forms::round(&round, number, false);
        let with_letters = (number <= LETTERS).then(|| folder(&format!("{number}-letters")));
        if let Some(round) = &with_letters {
            forms::round(round, number, true);
        }
        let python = python.filter(|_| number <= FAIR);
        let peak_kib = process::peak_kib(&round, THREADS);
        let (mut run, mut tokenise) = (Vec::new(), Vec::new());
        let (mut letters, mut fair) = (Vec::new(), Vec::new());
        for _ in 0..if number <= 100 { MANY_RUNS } else { RUNS } {
            run.push(process::run(&round, THREADS));
            tokenise.push(process::tokenise(&round, THREADS));
            letters.extend(with_letters.iter().map(|round| process::run(round, THREADS)));
            fair.extend(python.map(|python| process::fair(python, &round)));
        }
        if let Some(python) = python {
            process::agree(python, &round);
        }
        let middle_of = |it: Vec<Spent>| (!it.is_empty()).then(|| middle(&it));
        Whole {
            number,
            run: middle(&run),
            tokenise: middle(&tokenise),
            letters: middle_of(letters),
            fair: middle_of(fair),
            peak_kib,
        }
    }

    fn tell(&self) {
        let Whole { number, run, tokenise, .. } = self;
        let seconds = |it: &Spent| {
            format!(
                "{:.2} s, {:.2} s of processors",
                it.wall.as_secs_f64(),
                it.processor.as_secs_f64()
            )
        };
        println!("| {number} forms | {} | |", seconds(run));
        println!("| {number} forms: the same, tokenised only | {} | |", seconds(tokenise));
        let figure = format!("{number} forms: whole run ÷ tokenising, processor time");
        tell(&figure, ratio(run.processor, tokenise.processor), 1.0, true);
        if let Some(fair) = &self.fair {
            println!("| {number} forms: Python | {} | |", seconds(fair));
            let figure = |what| format!("{number} forms: Python ÷ ours, {what}");
            tell(&figure("processor time"), ratio(fair.processor, run.processor), 7.0, false);
            tell(&figure("from start to exit"), ratio(fair.wall, run.wall), 7.0, false);
        }
        if let Some(letters) = &self.letters {
            let figure = format!("{number} forms: with letters to all ÷ without, processor time");
            tell(&figure, ratio(letters.processor, run.processor), 2.0, true);
        }
        let (peak, most) =
            (as_f64(self.peak_kib) / 1024.0, if *number <= FAIR { 160.0 } else { 1024.0 });
        tell(&format!("{number} forms: peak memory, MiB"), peak, most, true);
    }

    fn tell_growth(&self, before: &Whole) {
        let times = self.number / before.number;
        let figure = format!("{} forms ÷ {}, processor time", self.number, before.number);
        let most = as_f64(11 * times as u64) / 10.0;
        tell(&figure, ratio(self.run.processor, before.run.processor), most, true);
        let more = as_f64((self.number - before.number) as u64);
        let slope = as_f64(self.peak_kib.saturating_sub(before.peak_kib)) / more;
        tell(&format!("{} forms: KiB more a form", self.number), slope, 10.0, true);
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn as_f64(whole: u64) -> f64 {
    whole as f64
}

/// The samples' round as it is: appraisals, a survey and 10,000 draws.
fn sample() {
    let round = folder("sample");
    let _ = fs::remove_dir_all(&round);
    copy(&forms::sample(), &round);
    let runs: Vec<Spent> = (0..MANY_RUNS).map(|_| process::run(&round, THREADS)).collect();
    let run = middle(&runs);
    tell("the sample round, s from start to exit", run.wall.as_secs_f64(), 0.12, true);
    println!("| the sample round, s of processors | {:.2} | |", run.processor.as_secs_f64());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true if entry.file_name() == "ket-qua" => {}
            true => copy(&entry.path(), &to),
            false => fs::copy(entry.path(), &to).map(|_| ()).unwrap(),
        }
    }
}

/// One thread against two.
fn threads(round: &Path) {
    let pairs = (0..RUNS).map(|_| (process::run(round, 1), process::run(round, 2)));
    let (one, two): (Vec<_>, Vec<_>) = pairs.unzip();
    let ratio = ratio(middle(&one).wall, middle(&two).wall);
    tell("1000 forms: one thread ÷ two, from start to exit", ratio, 1.7, false);
}

/// Forms with 4 000 stray styles against clean ones, reading only.
fn styles(round: &Path) {
    let laden = folder("styles");
    forms::with_stray_styles(round, &laden, 4000);
    let few = forms::few(round);
    let pairs = (0..MANY_RUNS).map(|_| (process::read(&laden), process::read(&few)));
    let (laden, clean): (Vec<_>, Vec<_>) = pairs.unzip();
    let ratio = ratio(middle(&laden).processor, middle(&clean).processor);
    tell("a form with 4000 stray styles ÷ a clean one, reading", ratio, 1.5, true);
}

/// The median of the times from start to exit; of the processors' time, which is
/// told in hundredths of a second, the mean.
fn middle(runs: &[Spent]) -> Spent {
    let mut walls: Vec<Duration> = runs.iter().map(|it| it.wall).collect();
    walls.sort();
    let processor: Duration = runs.iter().map(|it| it.processor).sum();
    let count = u32::try_from(runs.len()).unwrap();
    Spent { wall: walls[walls.len() / 2], processor: processor / count }
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}
