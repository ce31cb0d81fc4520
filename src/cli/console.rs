//! The person or the log at the other end: lines, colours, and a bar when
//! somebody watches.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::mem;

use ::console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressState, ProgressStyle};

use crate::batch::log;
use crate::evaluation::progress::{Progress, Tick};
use crate::failure::{self, Failure};
use crate::finding::{Finding, Severity};
use crate::text;

/// The most findings printed; the rest stand in the workbook.
const MOST_PRINTED: usize = 200;

/// What a change after publication needs besides a reason.
const CAUSES: &str = "mã lý do của từng điểm thay đổi vào thay-doi.xlsx";

/// Where a command says what it has to say. Keeps a copy for the log file.
pub struct Console<'a> {
    out: &'a mut (dyn Write + Send),
    /// A person watches: a bar is shown.
    is_watched: bool,
    has_colour: bool,
    /// The first thing said is a byte order mark.
    has_mark: bool,
    /// In a menu, the number of the task by which a command is called there.
    menu: Option<fn(&str) -> Option<usize>>,
    said: String,
}

/// By what a reader calls a command: what is told of one is told of the other.
#[derive(Clone, Copy)]
pub(super) enum Means<'v> {
    /// By its verb, on the command line.
    Command(&'v str),
    /// By the number of a task, in the menu.
    Task(usize),
}

/// `cchc run`, `việc 7`.
impl fmt::Display for Means<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Means::Command(verb) => write!(out, "cchc {verb}"),
            Means::Task(number) => write!(out, "việc {number}"),
        }
    }
}

impl<'a> Console<'a> {
    pub fn new(out: &'a mut (dyn Write + Send), is_watched: bool, has_colour: bool) -> Console<'a> {
        Console { out, is_watched, has_colour, has_mark: false, menu: None, said: String::new() }
    }

    /// Begins what is said with a byte order mark.
    #[must_use]
    fn marked(self, has_mark: bool) -> Console<'a> {
        Console { has_mark, ..self }
    }

    /// A reader that has gone away (a closed pipe) is no reason to stop the work.
    fn write(&mut self, text: &str) {
        let mark = if mem::take(&mut self.has_mark) { "\u{feff}" } else { "" };
        let _ = write!(self.out, "{mark}{text}");
    }

    /// One line.
    pub fn line(&mut self, text: impl AsRef<str>) {
        let text = &*visible_lines(text.as_ref());
        self.said.push_str(text);
        self.said.push('\n');
        self.write(&format!("{text}\n"));
    }

    /// What a person is asked, who answers on the same line.
    pub(super) fn ask(&mut self, text: &str) {
        self.write(&visible_lines(text));
        let _ = self.out.flush();
    }

    /// From now on commands are called as in a menu with these numbers.
    pub(super) fn in_menu(&mut self, number_of: fn(&str) -> Option<usize>) {
        self.menu = Some(number_of);
    }

    /// How the reader calls a command.
    pub(super) fn by<'v>(&self, verb: &'v str) -> Means<'v> {
        let number = self.menu.and_then(|number_of| number_of(verb));
        number.map_or(Means::Command(verb), Means::Task)
    }

    /// `chạy cchc lint`, `chọn 2`: the next thing to do.
    pub(super) fn next(&self, verb: &str) -> String {
        match self.by(verb) {
            Means::Task(number) => format!("chọn {number}"),
            command @ Means::Command(_) => format!("chạy {command}"),
        }
    }

    /// `chạy lại cchc run`, `chọn lại 7`.
    pub(super) fn again(&self, verb: &str) -> String {
        match self.by(verb) {
            Means::Task(number) => format!("chọn lại {number}"),
            command @ Means::Command(_) => format!("chạy lại {command}"),
        }
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
        let text = &*visible_lines(text);
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
        let way = match failure {
            Failure::Published { .. } => match self.by("run") {
                Means::Command(verb) => format!(
                    "; nếu đúng là phải sửa, ghi lý do: cchc {verb} --ly-do \"…\", và {CAUSES}"
                ),
                Means::Task(number) => {
                    format!("; nếu đúng là phải sửa, chọn {number} rồi ghi lý do, và {CAUSES}")
                }
            },
            Failure::Unscored { .. } => format!("; hãy {} trước", self.next("run")),
            _ => String::new(),
        };
        self.weighted(Severity::Error, &format!("Lỗi: {failure}{way}"));
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
        let template = "{msg} [{bar:30}] {pos}/{len} (còn {left})";
        let style = ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar());
        let style = style.with_key("left", |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = out.write_str(&left(state.eta().as_secs()));
        });
        bar.set_style(style);
        // Drawn again with every thing that is done: a thread that does it by the
        // clock is one more that a machine may refuse.
        bar.tick();
        Box::new(move || bar.inc(1))
    }
}

/// How long it will take: `8 giây`, `3 phút`.
fn left(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{seconds} giây"),
        100..6000 => format!("{} phút", seconds.div_ceil(60)),
        _ => format!("{} giờ", seconds.div_ceil(3600)),
    }
}

/// A text whose lines do nothing to a terminal but show: a name of a file may hold
/// codes that do.
fn visible_lines(text: &str) -> Cow<'_, str> {
    if text.contains(text::is_code) {
        let lines = text.split('\n').map(text::visible);
        lines.collect::<Vec<_>>().join("\n").into()
    } else {
        text.into()
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
    fn what_is_left_is_told_in_words() {
        let told = [0, 99, 100, 6000].map(left);
        assert_eq!(told, ["0 giây", "99 giây", "2 phút", "2 giờ"]);
    }

    #[test]
    fn no_text_commands_the_terminal() {
        let mut out = Vec::new();
        let mut console = Console::new(&mut out, false, false);
        console.line("a\u{1b}[2J\rb\tc\nd\u{9b}");
        console.weighted(Severity::Error, "\u{7}");
        assert_eq!(console.said(), "a�[2J�b\tc\nd�\n�\n");
        assert_eq!(String::from_utf8(out).unwrap_or_default(), "a�[2J�b\tc\nd�\n�\n");
    }

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
