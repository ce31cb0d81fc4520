//! The person or the log at the other end: lines, colours, and a bar when
//! somebody watches.

use std::error::Error;
use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

use crate::evaluation::progress::{Progress, Tick};
use crate::failure::{self, Failure};
use crate::finding::{Finding, Severity};

/// The most findings printed; the rest stand in the workbook.
const MOST_PRINTED: usize = 200;

/// Where a command says what it has to say. Keeps a copy for the log file.
pub struct Console<'a> {
    out: &'a mut (dyn Write + Send),
    /// A person watches: a bar is shown.
    is_watched: bool,
    has_colour: bool,
    said: String,
}

impl<'a> Console<'a> {
    pub fn new(out: &'a mut (dyn Write + Send), is_watched: bool, has_colour: bool) -> Console<'a> {
        Console { out, is_watched, has_colour, said: String::new() }
    }

    /// One line. A reader that has gone away (a closed pipe) is no reason to
    /// stop the work.
    pub fn line(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        self.said.push_str(text);
        self.said.push('\n');
        let _ = writeln!(self.out, "{text}");
    }

    /// One line in the colour of its weight, where there are colours.
    pub fn weighted(&mut self, severity: Severity, text: &str) {
        let code = match severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Note => "36",
        };
        self.said.push_str(text);
        self.said.push('\n');
        let _ = if self.has_colour {
            writeln!(self.out, "\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            writeln!(self.out, "{text}")
        };
    }

    /// Prints errors and warnings, errors first, each with its remedy; notes are
    /// only counted.
    pub(super) fn findings(&mut self, findings: &[Finding]) {
        let of = |severity| findings.iter().filter(move |it| it.severity() == severity);
        self.told(of(Severity::Error).chain(of(Severity::Warning)));
    }

    /// The same, with the notes.
    pub(super) fn every_finding(&mut self, findings: &[Finding]) {
        self.findings(findings);
        self.told(findings.iter().filter(|it| it.severity() == Severity::Note));
    }

    fn told<'f>(&mut self, shown: impl Iterator<Item = &'f Finding> + Clone) {
        for finding in shown.clone().take(MOST_PRINTED) {
            self.weighted(finding.severity(), &finding.to_string());
        }
        let count = shown.count();
        if MOST_PRINTED < count {
            self.line(format!("… và {} phát hiện nữa", count - MOST_PRINTED));
        }
    }

    /// Why nothing was done, with its causes.
    pub(super) fn failure(&mut self, failure: &Failure) {
        if let Failure::Round(findings) | Failure::Summary(findings) = failure {
            self.findings(findings);
        }
        self.weighted(Severity::Error, &format!("Lỗi: {failure}"));
        let mut cause = failure.source();
        while let Some(err) = cause {
            let why = err.downcast_ref().map_or_else(|| err.to_string(), failure::reason);
            self.line(format!("  vì: {why}"));
            cause = err.source();
        }
    }

    /// Everything said so far, without colours.
    pub fn said(&self) -> &str {
        &self.said
    }
}

/// A bar, hidden when nobody watches. It is drawn on standard error, so that it
/// never mixes with what is said.
impl Progress for Console<'_> {
    fn begin(&self, what: &'static str, count: usize) -> Tick {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let target = if self.is_watched {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(count), target).with_message(what);
        let bar = bar.with_finish(ProgressFinish::AndClear);
        let template = "{msg} [{bar:30}] {pos}/{len} ({per_sec}, còn {eta})";
        let style = ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar());
        bar.set_style(style);
        // Drawn again with every thing that is done: a thread that does it by the
        // clock is one more that a machine may refuse.
        bar.tick();
        Box::new(move || bar.inc(1))
    }
}

/// What a person is told of a failure.
pub(super) fn told(failure: &Failure) -> String {
    let mut nowhere = io::sink();
    let mut console = Console::new(&mut nowhere, false, false);
    console.failure(failure);
    console.said
}

/// `3 lỗi, 5 cảnh báo, 2 ghi chú`.
pub(super) fn counted(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|it| it.severity() == severity).count();
    format!(
        "{} lỗi, {} cảnh báo, {} ghi chú",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    )
}

/// Whether the process's own terminal is watched and has colours.
pub fn of_process(out: &mut (dyn Write + Send)) -> Console<'_> {
    use std::io::IsTerminal;
    let plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty())
        || std::env::var_os("TERM").is_some_and(|it| it == "dumb");
    let has_colour = io::stdout().is_terminal() && !plain;
    Console::new(out, io::stderr().is_terminal(), has_colour)
}
