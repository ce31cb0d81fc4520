//! What a command is: its words, its arguments, and what it does with them.

use std::any::Any;
use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::batch::{Folder, log, with_threads};
use crate::cli::console::{Console, told};
use crate::cli::outcome::Outcome;
use crate::failure::Failure;

/// One command.
pub(super) struct Verb {
    pub(super) name: &'static str,
    /// Its Vietnamese name.
    pub(super) alias: &'static str,
    /// What it does, in one line.
    pub(super) about: &'static str,
    /// What may follow its name.
    pub(super) forms: &'static [&'static str],
    /// Adds its own arguments, in the order of its help.
    pub(super) arguments: fn(Command) -> Command,
    pub(super) run: fn(&Given, &mut Console) -> Result<Outcome, Failure>,
}

impl Verb {
    /// Whether it is what a word calls. It is so before a folder or a file of the
    /// same name: what is dropped comes with its whole path, and a path may always
    /// be written with a separator (`./tham-dinh`).
    pub(super) fn is_called(&self, word: &OsStr) -> bool {
        word == self.name || word == self.alias
    }

    pub(super) fn command(&self) -> Command {
        let about = format!("{} (hoặc: {})", self.about, self.alias);
        let (name, alias) = (self.name, self.alias);
        let forms: Vec<String> =
            self.forms.iter().map(|it| format!("cchc {name}|{alias} {it}")).collect();
        let command = dressed(Command::new(name), forms.join("\n           "));
        (self.arguments)(command.alias(self.alias).about(about))
    }
}

/// What was given to a command, by the ids of its arguments.
pub(super) struct Given(pub(super) ArgMatches);

impl Given {
    pub(super) fn one<T: Any + Clone + Send + Sync>(&self, id: &str) -> Option<T> {
        self.0.get_one::<T>(id).cloned()
    }

    pub(super) fn text(&self, id: &str) -> Option<String> {
        self.one(id)
    }

    pub(super) fn texts(&self, id: &str) -> Vec<String> {
        self.0.get_many(id).map(|it| it.cloned().collect()).unwrap_or_default()
    }

    /// Whether a flag was given.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.get_flag(id)
    }

    pub(super) fn path(&self, id: &str) -> PathBuf {
        self.one(id).unwrap_or_default()
    }

    /// The folder given as [`round`].
    pub(super) fn folder(&self) -> Result<Folder, Failure> {
        Folder::open(&self.path("round"))
    }

    /// Works with as many threads as were given as [`threads`].
    pub(super) fn with_threads<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        with_threads(self.one("threads").unwrap_or_default(), work)
    }

    /// Works in the folder given as [`round`], with the [`threads`] given. Why it
    /// failed stands in a log.
    pub(super) fn in_round(
        &self,
        work: impl FnOnce(&Folder) -> Result<Outcome, Failure> + Send,
    ) -> Result<Outcome, Failure> {
        let folder = self.folder()?;
        let done = self.with_threads(|| work(&folder));
        if let Err(failure) = &done
            && !matches!(failure, Failure::Busy { .. })
        {
            log::keep_failure(&folder, &told(failure));
        }
        done
    }
}

/// The round's folder, the one we are in by default.
pub(super) fn round() -> Arg {
    let arg = Arg::new("round").value_name("THƯ MỤC KỲ").default_value(".");
    arg.hide_default_value(true)
        .value_parser(value_parser!(PathBuf))
        .help("Thư mục của kỳ đánh giá (mặc định: thư mục hiện tại)")
}

pub(super) fn threads() -> Arg {
    let arg = Arg::new("threads").long("luong").value_name("SỐ").default_value("0");
    arg.hide_default_value(true)
        .value_parser(value_parser!(usize))
        .help("Số luồng xử lý (mặc định: theo số nhân của máy)")
}

/// Why a value will not do, phrased for the reader; clap's own words are English.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unfit(pub(super) String);

/// A year as people write it.
pub(super) fn year(word: &str) -> Result<i16, Unfit> {
    let year = word.parse().ok().filter(|it| (2000..=2999).contains(it));
    year.filter(|_| word.len() == 4)
        .ok_or_else(|| Unfit("năm gồm bốn chữ số, từ 2000, ví dụ 2026".to_owned()))
}

const HELP: &str = "{about}\n\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The Vietnamese dress that every command wears.
pub(super) fn dressed(command: Command, usage: impl Into<StyledStr>) -> Command {
    let help = Arg::new("help").short('h').long("help").alias("tro-giup");
    command
        .help_template(HELP)
        .override_usage(usage)
        .disable_help_flag(true)
        .next_help_heading("Tham số")
        .arg(help.action(ArgAction::Help).help("In hướng dẫn này (hoặc: --tro-giup)"))
}
