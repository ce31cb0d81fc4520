//! The program as it is started by a person's hand: by a double click, by
//! dropping on its icon, from a folder's menu in Explorer, or with no word in a
//! terminal. It does what the command line does, tells how it ended, and a
//! window that would close with the program waits for its reader.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::batch::{Folder, child, journal, lately};
use crate::cli::console::Console;
use crate::cli::menu::{Menu, Next, number_of};
use crate::cli::outcome::Outcome;
use crate::cli::panics::Panics;
use crate::cli::parse::unquoted;
use crate::cli::place::{Place, no_round, place};
use crate::cli::{VERBS, run};
use crate::finding::Severity;
use crate::text;

/// `1`: as in a window of our own, whoever is there; `0`: as in none. For tests,
/// and for the one who knows better.
const WINDOW: &str = "CCHC_CUA_SO";

/// Programs without a console that start others for a person, each in a window of
/// its own that closes with it. How many programs share the console would not
/// tell these from the task scheduler, for which nobody may ever answer.
const HANDS: &[&str] =
    &["explorer.exe", "powertoys.powerlauncher.exe", "totalcmd.exe", "totalcmd64.exe"];

/// Programs that start others by the clock, maybe in a window too.
const CLOCKS: &[&str] = &["svchost.exe", "taskeng.exe"];

/// Does what the words ask for; without any, asks a person who is there. Never
/// waits for anybody unless the window is ours and somebody can answer.
pub fn start(words: &[OsString], panics: &Panics, console: &mut Console) -> Outcome {
    if words.first().is_some_and(|it| it == child::READ || it == journal::PROBE) {
        // A process of our own, which answers to another one.
        return run(words.to_owned(), console);
    }
    let words: &Vec<OsString> = &words.iter().cloned().flat_map(unquoted).collect();
    let forced = env::var_os(WINDOW);
    let is_forced = |how: &str| forced.as_ref().is_some_and(|it| it == how);
    let has_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let starter = if has_terminal { starter().unwrap_or_default() } else { String::new() };
    let is_by = |programs: &[&str]| programs.contains(&starter.as_str());
    let has_person = is_forced("1") || has_terminal && !is_by(CLOCKS) && !is_forced("0");
    let is_ours = is_forced("1") || has_person && is_by(HANDS);
    let mut window = Window { is_ours, panics, console };
    if words.is_empty() && has_person {
        return window.menu();
    }
    let dropped = dropped(words);
    let (outcome, results) = match &dropped {
        Some(dropped) => window.each(dropped),
        None => (window.command(words.to_owned()), results_among(words)),
    };
    if is_ours {
        // Of several, each outcome was told already.
        let is_one = dropped.is_none_or(|it| it.len() == 1);
        window.part(is_one.then_some(outcome), &results);
    }
    outcome
}

/// What was dropped on the icon, each round once, in the order given; nothing
/// when the words are a command.
fn dropped(words: &[OsString]) -> Option<Vec<Dropped>> {
    if words.first().is_some_and(|it| VERBS.iter().any(|verb| verb.is_called(it))) {
        return None;
    }
    let mut met = BTreeSet::new();
    let mut dropped = Vec::new();
    for word in words.iter().filter(|it| !it.is_empty()) {
        let (verb, path) = match place(Path::new(word)) {
            Place::Nothing => return None,
            Place::Round { root, .. } => (Some("run"), root),
            Place::Summary(root) => (Some("summary"), root),
            // The command says what a folder lacks to be a round.
            Place::Folder => (Some("run"), PathBuf::from(word)),
            Place::File => (None, PathBuf::from(word)),
        };
        if met.insert(path.clone()) {
            dropped.push(Dropped { verb, path });
        }
    }
    Some(dropped).filter(|it| !it.is_empty())
}

/// What was dropped, and what is to be done with it.
struct Dropped {
    /// None with a file that belongs to no round.
    verb: Option<&'static str>,
    path: PathBuf,
}

/// The folders of results of the rounds among the words of a command, whose first
/// is no place.
fn results_among(words: &[OsString]) -> Vec<PathBuf> {
    let roots = words.iter().skip(1).filter_map(|word| match place(Path::new(word)) {
        Place::Round { root, .. } | Place::Summary(root) => Some(root),
        _ => None,
    });
    roots.filter_map(|root| results(&root)).collect()
}

/// The folder of results of a round or a summary, if there is one.
fn results(root: &Path) -> Option<PathBuf> {
    Folder::open(root).ok().map(|it| it.results()).filter(|it| it.is_dir())
}

struct Window<'a, 'c> {
    /// It closes with the program.
    is_ours: bool,
    panics: &'a Panics,
    console: &'a mut Console<'c>,
}

impl Window<'_, '_> {
    fn command(&mut self, words: Vec<OsString>) -> Outcome {
        self.panics.guard(self.console, |console| run(words, console))
    }

    /// Does each in turn; of more than one, the outcomes are told together at the
    /// end. The worst of them is the outcome.
    fn each(&mut self, dropped: &[Dropped]) -> (Outcome, Vec<PathBuf>) {
        let mut worst = Outcome::Clean;
        let mut told = Vec::new();
        let mut shown = Vec::new();
        for Dropped { verb, path } in dropped {
            if 1 < dropped.len() {
                self.console.line(format!("── {} ──", path.display()));
            }
            let outcome = if let Some(verb) = verb {
                self.command(vec![verb.into(), path.into()])
            } else {
                self.console
                    .weighted(Severity::Error, &format!("Lỗi: {}", no_round(path, &Place::File)));
                Outcome::Failed
            };
            told.push(format!("  {}: {}", path.display(), ended(outcome)));
            if outcome != Outcome::Failed {
                shown.extend(results(path));
                if self.is_ours && *verb == Some("run") {
                    lately::note(path);
                }
            }
            worst = worst.max(outcome);
        }
        if 1 < dropped.len() {
            self.console.line(format!("Tất cả {} mục:", dropped.len()));
            for line in told {
                self.console.line(line);
            }
        }
        (worst, shown)
    }

    /// The last words of a window that closes with the program.
    fn part(&mut self, outcome: Option<Outcome>, results: &[PathBuf]) {
        let ended = outcome.map(|it| format!("{}.", text::capitalized(ended(it))));
        self.console.line(ended.map_or_else(String::new, |it| format!("\n{it}")));
        if results.is_empty() {
            self.console.ask("Nhấn Enter để đóng cửa sổ. ");
            line();
            return;
        }
        self.console.ask("Nhấn Enter để mở kết quả; không mở thì gõ 0 rồi nhấn Enter. ");
        if line().is_some_and(|it| it.trim().is_empty()) {
            for folder in results {
                self.open(folder);
            }
        }
    }

    /// Asks and does until there is nothing more to do.
    fn menu(&mut self) -> Outcome {
        self.console.in_menu(number_of);
        let mut menu = Menu::new(lately::rounds(), &place);
        loop {
            for text in menu.question() {
                self.console.line(text);
            }
            self.console.ask("> ");
            let Some(answer) = line() else {
                self.console.line("");
                return Outcome::Clean;
            };
            match menu.answer(&answer) {
                Next::Ask => {}
                Next::Say(text) => self.console.line(text),
                Next::Run(words) => {
                    let outcome = self.command(words.clone());
                    self.console.line(format!("{}.\n", text::capitalized(ended(outcome))));
                    if let Some(round) = menu.done(&words, outcome) {
                        lately::note(round);
                    }
                }
                Next::Open(round) => match results(&round) {
                    Some(results) => self.open(&results),
                    None => self.console.line(format!(
                        "Chưa có kết quả ở {}: hãy kiểm tra phiếu hoặc chấm điểm trước.",
                        round.display()
                    )),
                },
                Next::End => return Outcome::Clean,
            }
        }
    }

    fn open(&mut self, folder: &Path) {
        let opened =
            opener(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.console.line(match opened {
            Ok(_) => format!("Đang mở {}", folder.display()),
            Err(_) => {
                format!("Máy này không mở được thư mục từ đây; hãy tự mở {}", folder.display())
            }
        });
    }
}

/// How a command ended, for whoever reads on.
fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Clean => "xong",
        Outcome::Flawed => "xong, còn điều phải xem (nêu ở trên)",
        Outcome::Failed => "chưa làm gì, lý do nêu ở trên",
    }
}

/// What a person typed, or nothing when nobody is there any more.
fn line() -> Option<String> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut bytes);
    read.is_ok_and(|count| 0 < count).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// The system's own way to show a folder. No shell reads the path.
#[cfg(windows)]
fn opener(folder: &Path) -> Command {
    use std::os::windows::process::CommandExt;

    // The one of the system, not one that lies beside the program. Quoted in any
    // case: Explorer takes a comma for the end of a path, and no path has quotes.
    let windows = env::var_os("SystemRoot").map_or_else(|| "C:\\Windows".into(), PathBuf::from);
    let mut command = Command::new(windows.join("explorer.exe"));
    let mut quoted = OsString::from("\"");
    quoted.push(folder);
    quoted.push("\"");
    command.raw_arg(quoted);
    command
}

/// The system's own way to show a folder. No shell reads the path.
#[cfg(not(windows))]
fn opener(folder: &Path) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(folder);
    command
}

/// The program that started this one, its name in small letters, if the system
/// tells and it still runs.
#[cfg(windows)]
fn starter() -> Option<String> {
    use std::collections::BTreeMap;

    use winsafe::{GetCurrentProcessId, HPROCESSLIST, co};

    let mut list = HPROCESSLIST::CreateToolhelp32Snapshot(co::TH32CS::SNAPPROCESS, None).ok()?;
    let mut programs = BTreeMap::new();
    for program in list.iter_processes() {
        let program = program.ok()?;
        let told = (program.th32ParentProcessID, program.szExeFile());
        programs.insert(program.th32ProcessID, told);
    }
    let (parent, _) = programs.get(&GetCurrentProcessId())?;
    programs.get(parent).map(|(_, name)| name.to_lowercase())
}

/// Elsewhere a window stays by itself.
#[cfg(not(windows))]
fn starter() -> Option<String> {
    None
}
