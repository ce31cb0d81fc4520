//! The command line: words in, an exit code out. One file per command.

mod appraise;
mod args;
mod check;
pub mod console;
mod explain;
mod forms;
mod freeze;
mod init;
mod lint;
pub mod panics;
mod run;
mod scenarios;
mod summary;
mod trace;
mod verify;

use std::error::Error;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use args::Request;
use console::Console;

use crate::batch::{Folder, intake, journal, with_threads};
use crate::failure;
use crate::failure::Failure;
use crate::finding::{Finding, Severity};

/// How a run ended. Scripts rely on these numbers; they do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and every form is sound.
    Clean = 0,
    /// Done and written, but some form is set aside or missing.
    Flawed = 1,
    /// Nothing done.
    Failed = 2,
}

impl Outcome {
    /// Flawed as soon as one finding is an error.
    fn of(findings: &[Finding]) -> Outcome {
        if findings.iter().any(Finding::is_error) { Outcome::Flawed } else { Outcome::Clean }
    }
}

/// The most findings printed; the rest stand in the workbook.
const MOST_PRINTED: usize = 200;

/// Runs one command, telling what a person should read to `console`.
pub fn run(words: Vec<OsString>, console: &mut Console) -> Outcome {
    if let [probe, root, name] = words.as_slice()
        && probe == journal::PROBE
    {
        let read = Folder::open(Path::new(root));
        let read = read.and_then(|folder| intake::probe(&folder, &name.to_string_lossy()));
        return if read.is_ok() { Outcome::Clean } else { Outcome::Failed };
    }
    let outcome = args::parse(words).and_then(|request| dispatch(request, console));
    outcome.unwrap_or_else(|failure| {
        tell_failure(&failure, console);
        Outcome::Failed
    })
}

fn dispatch(request: Request, console: &mut Console) -> Result<Outcome, Failure> {
    match request {
        Request::Run { round, reason, threads, scenarios } if scenarios.is_empty() => {
            let folder = Folder::open(&round)?;
            with_threads(threads, || run::run(&folder, reason.as_deref(), console))
        }
        Request::Run { round, threads, scenarios, .. } => {
            let folder = Folder::open(&round)?;
            with_threads(threads, || scenarios::scenarios(&folder, &scenarios, console))
        }
        Request::Check { round, threads } => {
            let folder = Folder::open(&round)?;
            with_threads(threads, || check::check(&folder, console))
        }
        Request::Appraise { round, threads } => {
            let folder = Folder::open(&round)?;
            with_threads(threads, || appraise::appraise(&folder, console))
        }
        Request::Freeze { round, why_lacking, threads } => {
            let folder = Folder::open(&round)?;
            with_threads(threads, || freeze::freeze(&folder, why_lacking.as_deref(), console))
        }
        Request::Trace { round, unit, item } => {
            trace::trace(&Folder::open(&round)?, &unit, item.as_deref(), console)
        }
        Request::Verify { what, with, threads } => {
            with_threads(threads, || verify::verify(&what, with.as_deref(), console))
        }
        Request::Summary { folder, begun: Some(years), .. } => {
            summary::begin(&folder, years, console)
        }
        Request::Summary { folder, threads, begun: None } => {
            let folder = Folder::open(&folder)?;
            with_threads(threads, || summary::summary(&folder, console))
        }
        Request::Forms { round } => forms::forms(&Folder::open(&round)?, console),
        Request::Lint { round } => lint::lint(&Folder::open(&round)?, console),
        Request::Init { folder, year } => init::init(&folder, year, console),
        Request::Explain { code } => explain::explain(&code, console),
        Request::Tell(text) => {
            console.line(text.trim_end());
            Ok(Outcome::Clean)
        }
    }
}

fn tell_failure(failure: &Failure, console: &mut Console) {
    if let Failure::Round(findings) | Failure::Summary(findings) = failure {
        tell_findings(findings, console);
    }
    console.weighted(Severity::Error, &format!("Lỗi: {failure}"));
    let mut cause = failure.source();
    while let Some(err) = cause {
        let why = err.downcast_ref().map_or_else(|| err.to_string(), failure::reason);
        console.line(format!("  vì: {why}"));
        cause = err.source();
    }
}

/// Prints errors and warnings, errors first, each with its remedy; notes are
/// only counted.
fn tell_findings(findings: &[Finding], console: &mut Console) {
    let of = |severity| findings.iter().filter(move |it| it.severity() == severity);
    let shown = of(Severity::Error).chain(of(Severity::Warning));
    for finding in shown.clone().take(MOST_PRINTED) {
        console.weighted(finding.severity(), &finding.to_string());
    }
    let count = shown.count();
    if MOST_PRINTED < count {
        console.line(format!("… và {} phát hiện nữa", count - MOST_PRINTED));
    }
}

/// `3 lỗi, 5 cảnh báo, 2 ghi chú`.
fn counted(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|it| it.severity() == severity).count();
    format!(
        "{} lỗi, {} cảnh báo, {} ghi chú",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    )
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}
