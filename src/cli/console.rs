//! The person or the log at the other end: lines, colours, and a bar when
//! somebody watches.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::mem;

use ::console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

use crate::batch::log;
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
    /// The first thing said is a byte order mark.
    has_mark: bool,
    said: String,
}

impl<'a> Console<'a> {
    pub fn new(out: &'a mut (dyn Write + Send), is_watched: bool, has_colour: bool) -> Console<'a> {
        Console { out, is_watched, has_colour, has_mark: false, said: String::new() }
    }

    /// Begins what is said with a byte order mark.
    #[must_use]
    fn marked(self, has_mark: bool) -> Console<'a> {
        Console { has_mark, ..self }
    }

    /// A reader that has gone away (a closed pipe) is no reason to stop the work.
    fn write(&mut self, text: &str) {
        let mark = if std::mem::take(&mut self.has_mark) { "\u{feff}" } else { "" };
        let _ = write!(self.out, "{mark}{text}");
    }

    /// One line.
    pub fn line(&mut self, text: impl AsRef<str>) {
        let text = text.as_ref();
        self.said.push_str(text);
        self.said.push('\n');
        self.write(&format!("{text}\n"));
    }

    /// What a person is asked, who answers on the same line.
    pub(super) fn ask(&mut self, text: &str) {
        self.write(text);
        let _ = self.out.flush();
    }

    /// What was said so far belongs to another command.
    pub(super) fn forget(&mut self) {
        self.said.clear();
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
        if self.has_colour {
            self.write(&format!("\u{1b}[{code}m{text}\u{1b}[0m\n"));
        } else {
            self.write(&format!("{text}\n"));
        }
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

    /// The same, which is then no longer kept: for who says much for long.
    pub(super) fn take_said(&mut self) -> String {
        mem::take(&mut self.said)
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

/// The process's own output. Asking a Windows console for its colours switches
/// on that it understands their codes, before the first of them is printed; one
/// that cannot has none, and so has whatever is no console.
///
/// What is redirected on Windows begins with a byte order mark: PowerShell 5.1
/// reads what a program says in the console's code page, and Notepad and Excel
/// of some age read a file so, unless the mark tells all three that it is UTF-8.
/// Where a file goes on (`>>`), it has its mark already.
pub fn of_process(out: &mut (dyn Write + Send)) -> Console<'_> {
    let has_colour = Term::stdout().features().colors_supported();
    let is_redirected = !io::stdout().is_terminal();
    Console::new(out, io::stderr().is_terminal(), has_colour)
        .marked(cfg!(windows) && is_redirected && !log::is_continued())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_once_and_first_and_is_not_in_the_log() {
        for (has_mark, printed) in [(true, "\u{feff}một\nhai\n"), (false, "một\nhai\n")] {
            let mut out = Vec::new();
            let mut console = Console::new(&mut out, false, false).marked(has_mark);
            console.weighted(Severity::Error, "một");
            console.line("hai");
            assert_eq!(console.said(), "một\nhai\n");
            assert_eq!(String::from_utf8(out).unwrap_or_default(), printed);
        }
    }
}
