//! Speed and memory of whole runs, as ratios against a reference measured in
//! the same minute on the same bytes.
//!
//! ```text
//! cargo bench                          45, 1000 and 10 000 forms
//! cargo bench -- 1000                  other numbers of forms
//! cargo bench -- --python python3      also against a plain Python script
//! ```
//!
//! The reference is the least that any program must do: inflate and tokenise
//! every XML part of the forms with two threads, and write the same cells of
//! the results with rust_xlsxwriter. Machines are noisy: runs alternate and
//! medians are printed.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

mod forms;
mod process;
mod reference;

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pairs of runs for each comparison.
const PAIRS: usize = 3;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    match words.first().map(String::as_str) {
        // Single pieces of work, for counting instructions.
        Some("make") => forms::round(Path::new(&words[1]), words[2].parse().unwrap()),
        Some("read") => reference::read(Path::new(&words[1])),
        Some("tokenise") => reference::tokenise(Path::new(&words[1]), 1),
        _ => compare(&words),
    }
}

fn compare(words: &[String]) {
    let python = words.iter().position(|it| it == "--python").map(|at| words[at + 1].as_str());
    let numbers: Vec<usize> = words.iter().filter_map(|it| it.parse().ok()).collect();
    let numbers = if numbers.is_empty() { vec![45, 1000, 10_000] } else { numbers };
    let mut runs = Vec::new();
    for number in numbers {
        let round = folder(number);
        forms::round(&round, number);
        runs.push((number, whole_run(&round, number, python)));
    }
    for pair in runs.windows(2) {
        let [(few, short), (many, long)] = pair else { continue };
        println!("{many} forms take {:.2} × the time of {few}", ratio(*long, *short));
    }
    let round = folder(1000);
    if round.exists() {
        threads(&round);
        styles(&round);
    }
}

/// The folder of a round of so many forms, kept between benchmarks.
fn folder(number: usize) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("round-{number}"))
}

/// A whole run against the reference; gives the run's median time.
fn whole_run(round: &Path, number: usize, python: Option<&str>) -> Duration {
    let memory = process::peak_kib(round, 2) / 1024;
    let cells = reference::cells(&round.join("ket-qua"));
    let (mut ours, mut tokenised, mut written, mut plain) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PAIRS {
        ours.push(process::run(round, 2));
        tokenised.push(process::timed(|| reference::tokenise(&round.join("nop"), 2)));
        written.push(process::timed(|| reference::write(&cells)));
        if let Some(python) = python {
            plain.push(process::python(python, &round.join("nop")));
        }
    }
    let run = median(ours);
    let tokenised = median(tokenised);
    let written = median(written);
    println!("{number} forms: {:.2} s, peak {memory} MiB", run.as_secs_f64());
    println!(
        "  {:.2} × (inflate + tokenise {:.2} s), less bare writing {:.2} s",
        ratio(run.saturating_sub(written), tokenised),
        tokenised.as_secs_f64(),
        written.as_secs_f64(),
    );
    if !plain.is_empty() {
        println!("  a plain Python script takes {:.2} × as long", ratio(median(plain), run));
    }
    run
}

/// One thread against two.
fn threads(round: &Path) {
    let pairs = (0..PAIRS).map(|_| (process::run(round, 1), process::run(round, 2)));
    let (one, two): (Vec<_>, Vec<_>) = pairs.unzip();
    println!("one thread takes {:.2} × the time of two", ratio(median(one), median(two)));
}

/// Forms with 4 000 stray styles against clean ones, reading only.
fn styles(round: &Path) {
    let laden = folder(1000).with_file_name("round-styles");
    forms::with_stray_styles(round, &laden, 4000);
    let pairs = (0..PAIRS).map(|_| {
        let clean = process::timed(|| reference::read(&forms::few(round)));
        (process::timed(|| reference::read(&laden)), clean)
    });
    let (laden, clean): (Vec<_>, Vec<_>) = pairs.unzip();
    println!(
        "a form with 4000 stray styles costs {:.2} × a clean one",
        ratio(median(laden), median(clean))
    );
}

fn median(times: impl IntoIterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.into_iter().collect();
    times.sort();
    times[times.len() / 2]
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}
