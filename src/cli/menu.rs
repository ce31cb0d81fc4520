//! What a window asks that was opened without a word, and what an answer means:
//! the words of a command, as they would stand on the command line. Pure; the
//! window does the rest.

mod ask;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use ask::Ask;

use crate::cli::outcome::Outcome;
use crate::cli::place::{Place, no_round, typed};
use crate::cli::verb::year;
use crate::record::PROGRAM;
use crate::text;

/// What can be done, in the order of a year.
const TASKS: &[Task] = &[
    Task {
        title: "Tạo kỳ mới",
        asks: &[Ask::NewRound, Ask::Year],
        then: Then::Run(|it| words(&["init".as_ref(), &it[0], "--year".as_ref(), &it[1]])),
    },
    Task {
        title: "Rà soát tệp của kỳ trước khi phát phiếu",
        asks: &[Ask::Round],
        then: Then::Run(|it| words(&["lint".as_ref(), &it[0]])),
    },
    Task {
        title: "Phát phiếu: tạo phiếu trắng cho từng đơn vị",
        asks: &[Ask::Round],
        then: Then::Run(|it| words(&["forms".as_ref(), &it[0]])),
    },
    Task {
        title: "Kiểm tra phiếu đã nộp",
        asks: &[Ask::Round],
        then: Then::Run(|it| words(&["check".as_ref(), &it[0]])),
    },
    Task {
        title: "Theo dõi phiếu gửi về cho đến khi đóng cửa sổ này",
        asks: &[Ask::Round],
        then: Then::Run(|it| words(&["watch".as_ref(), &it[0]])),
    },
    Task {
        title: "Lập bảng thẩm định",
        asks: &[Ask::Round],
        then: Then::Run(|it| words(&["appraise".as_ref(), &it[0]])),
    },
    Task {
        title: "Chấm điểm, xếp hạng, xét khen thưởng",
        asks: &[Ask::Round, Ask::Amendment],
        then: Then::Run(|it| with_value("run", &it[0], "--ly-do", &it[1])),
    },
    Task { title: "Mở kết quả", asks: &[Ask::Results], then: Then::Open },
    Task {
        title: "Xem điểm của một đơn vị từ đâu ra",
        asks: &[Ask::Round, Ask::Unit, Ask::Item],
        then: Then::Run(|it| words(&["trace".as_ref(), &it[0], &it[1], &it[2]])),
    },
    Task {
        title: "Đối chiếu kết quả với đầu vào, hoặc một sổ với bản đã công bố",
        asks: &[Ask::Round, Ask::Held],
        then: Then::Run(|it| {
            let with = if it[1].is_empty() { "" } else { "--voi" };
            words(&["verify".as_ref(), &it[1], with.as_ref(), &it[0]])
        }),
    },
    Task {
        title: "Công bố kết quả",
        asks: &[Ask::Round, Ask::Lacking, Ask::Publish],
        then: Then::Run(|it| with_value("freeze", &it[0], "--con-thieu", &it[1])),
    },
    Task {
        title: "Tổng kết nhiều năm",
        asks: &[Ask::Summary, Ask::Years],
        then: Then::Run(|it| with_value("summary", &it[0], "--init", &it[1])),
    },
    Task {
        title: "Hẹn máy tự chấm, xem hoặc bỏ lịch đã hẹn",
        asks: &[Ask::Round, Ask::Day],
        then: Then::Run(|it| match it[1].to_str() {
            Some("") => words(&["schedule".as_ref(), &it[0], "--xem".as_ref()]),
            Some("bỏ" | "bo") => words(&["schedule".as_ref(), &it[0], "--bo".as_ref()]),
            _ => with_value("schedule", &it[0], "--ngay", &it[1]),
        }),
    },
    Task {
        title: "Kiểm tra máy này và thư mục của kỳ",
        asks: &[Ask::Checked],
        then: Then::Run(|it| words(&["doctor".as_ref(), &it[0]])),
    },
    Task { title: "Chọn kỳ khác", asks: &[Ask::OtherRound], then: Then::Choose },
    Task {
        title: "Trợ giúp",
        asks: &[Ask::Code],
        then: Then::Run(|it| {
            let verb = if it[0].is_empty() { "--help" } else { "explain" };
            words(&[verb.as_ref(), &it[0]])
        }),
    },
];

/// One thing that can be done.
struct Task {
    title: &'static str,
    /// What must be known before.
    asks: &'static [Ask],
    then: Then,
}

/// What becomes of the answers to what a task asks.
enum Then {
    /// The words of a command.
    Run(fn(&[OsString]) -> Vec<OsString>),
    /// The round's results are opened.
    Open,
    /// The round is the one that is worked in.
    Choose,
}

/// What is to be done about an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The next question is put.
    Ask,
    /// Something is told first.
    Say(String),
    /// A command is run, its words as on the command line.
    Run(Vec<OsString>),
    /// A folder is shown.
    Open(PathBuf),
    End,
}

/// The menu, between two answers.
pub(super) struct Menu<'a> {
    place: &'a dyn Fn(&Path) -> Place,
    /// The rounds used lately.
    lately: Vec<PathBuf>,
    /// The round that is worked in.
    round: Option<PathBuf>,
    /// The summary that was made last, while nothing else was done since.
    summed: Option<PathBuf>,
    /// What is being asked for a task, and what was answered so far.
    pending: Option<(&'static Task, Vec<OsString>)>,
    /// The whole list is shown with the next question.
    is_listed: bool,
}

impl<'a> Menu<'a> {
    /// Begins with the round used last.
    pub(super) fn new(lately: Vec<PathBuf>, place: &'a dyn Fn(&Path) -> Place) -> Menu<'a> {
        let round = lately.first().filter(|it| is_round(&place(it))).cloned();
        Menu { place, lately, round, summed: None, pending: None, is_listed: true }
    }

    /// What is asked now; the last line waits for the answer.
    pub(super) fn question(&self) -> Vec<String> {
        let Some(ask) = self.asked() else { return self.tasks() };
        let mut lines = Vec::new();
        if ask.is_round() {
            let rounds = (1..).zip(&self.lately);
            lines.extend(rounds.map(|(number, it)| format!("{number:4}  {}", it.display())));
        }
        lines.push(ask.text(!lines.is_empty()).to_owned());
        lines
    }

    fn tasks(&self) -> Vec<String> {
        let open = TASKS.iter().position(|it| matches!(it.then, Then::Open)).map_or(0, |it| it + 1);
        if !self.is_listed {
            let round = self.round.as_ref().and_then(|it| it.file_name());
            let round = round.map(|it| format!("[{}] ", it.display())).unwrap_or_default();
            let rest = format!("{open}: mở kết quả, 0: kết thúc, Enter: xem mọi việc");
            return vec![format!("{round}Việc tiếp theo ({rest})")];
        }
        let round = self.round.as_ref().map_or_else(
            || "Chưa chọn kỳ nào.".to_owned(),
            |it| format!("Kỳ đang làm: {}", it.display()),
        );
        let mut lines = vec![format!("{PROGRAM} – chấm điểm, xếp hạng cải cách hành chính"), round];
        let tasks = (1..).zip(TASKS);
        lines.extend(tasks.map(|(number, it)| format!("{number:4}  {}", it.title)));
        lines.push("   0  Kết thúc".to_owned());
        lines.push(
            "Gõ số rồi nhấn Enter; hoặc kéo thư mục của một kỳ vào cửa sổ này rồi nhấn Enter"
                .to_owned(),
        );
        lines
    }

    /// What the task at hand must know next.
    fn asked(&self) -> Option<Ask> {
        let (task, answers) = self.pending.as_ref()?;
        task.asks.get(answers.len()).copied()
    }

    /// What becomes of an answer.
    pub(super) fn answer(&mut self, line: &str) -> Next {
        let line = line.trim();
        let Some(ask) = self.asked() else { return self.choice(line) };
        if line == "0" || line.is_empty() && !ask.may_be_empty() {
            self.pending = None;
            return Next::Ask;
        }
        match self.understood(ask, line) {
            Ok(answer) => self.go_on(Some(answer)),
            Err(why) => Next::Say(why),
        }
    }

    /// A task's number, or a round that was dragged into the window.
    fn choice(&mut self, line: &str) -> Next {
        self.is_listed = line.is_empty();
        if line.is_empty() {
            return Next::Ask;
        }
        if let Ok(number) = line.parse::<usize>() {
            let Some(at) = number.checked_sub(1) else { return Next::End };
            let Some(task) = TASKS.get(at) else {
                return Next::Say(format!(
                    "Không có việc số {number}; có các số từ 0 đến {}.",
                    TASKS.len()
                ));
            };
            self.pending = Some((task, Vec::new()));
            return self.go_on(None);
        }
        let path = typed(line);
        let found = (self.place)(&path);
        match found {
            Place::Round { root, .. } => {
                self.is_listed = true;
                self.work_in(root);
                Next::Ask
            }
            Place::Summary(root) => Next::Run(words(&["summary".as_ref(), root.as_ref()])),
            Place::Folder | Place::File => Next::Say(no_round(&path, &found)),
            Place::Nothing => Next::Say(format!(
                "Không hiểu “{line}”. Gõ số của một việc, hoặc kéo thư mục của một kỳ vào đây."
            )),
        }
    }

    /// Takes one more answer; whatever needs no asking answers itself.
    fn go_on(&mut self, answer: Option<OsString>) -> Next {
        let Some((task, mut answers)) = self.pending.take() else { return Next::Ask };
        answers.extend(answer);
        while let Some(ask) = task.asks.get(answers.len()) {
            let Some(known) = self.known(*ask, &answers) else {
                self.pending = Some((task, answers));
                return Next::Ask;
            };
            answers.push(known);
        }
        match task.then {
            Then::Run(words) => Next::Run(words(&answers)),
            Then::Open => Next::Open(PathBuf::from(&answers[0])),
            Then::Choose => {
                self.is_listed = true;
                Next::Ask
            }
        }
    }

    /// What is known without asking.
    fn known(&self, ask: Ask, answers: &[OsString]) -> Option<OsString> {
        let first = || answers.first().map_or(Place::Nothing, |it| (self.place)(Path::new(it)));
        match ask {
            Ask::Round | Ask::Checked => self.round.clone().map(OsString::from),
            Ask::Results => self.summed.clone().or(self.round.clone()).map(OsString::from),
            Ask::Amendment => {
                let is_published = matches!(first(), Place::Round { is_published: true, .. });
                (!is_published).then(OsString::new)
            }
            Ask::Years => matches!(first(), Place::Summary(_)).then(OsString::new),
            _ => None,
        }
    }

    /// An answer as it stands among the words of a command, or why it cannot.
    fn understood(&mut self, ask: Ask, line: &str) -> Result<OsString, String> {
        let is_year = |it: &str| year(it).is_ok();
        let path = typed(line);
        let found = (self.place)(&path);
        match ask {
            Ask::Round | Ask::OtherRound | Ask::Results => {
                let number = line.parse::<usize>().ok();
                let listed = number.and_then(|it| self.lately.get(it.checked_sub(1)?));
                let path = listed.cloned().unwrap_or(path);
                let root = match (self.place)(&path) {
                    Place::Round { root, .. } => root,
                    Place::Summary(root) if ask == Ask::Results => return Ok(root.into()),
                    Place::Nothing if number.is_some() && listed.is_none() => {
                        return Err(format!("Không có kỳ số {line}."));
                    }
                    found => return Err(no_round(&path, &found)),
                };
                self.work_in(root.clone());
                Ok(root.into())
            }
            Ask::Checked | Ask::Held if line.is_empty() => Ok(OsString::new()),
            Ask::Checked => match found {
                Place::Nothing => Err(format!("Không có {}.", path.display())),
                Place::Round { root, .. } => Ok(root.into()),
                Place::File => Err(no_folder(&path)),
                _ => Ok(path.into()),
            },
            Ask::NewRound | Ask::Summary if !path.is_absolute() => {
                Err("Hãy gõ đường dẫn đầy đủ, từ tên ổ đĩa, ví dụ D:\\CCHC\\ha-long-2026."
                    .to_owned())
            }
            Ask::NewRound => match found {
                Place::Round { root, .. } => Err(format!("Đã có một kỳ ở {}.", root.display())),
                Place::File => Err(no_folder(&path)),
                _ => Ok(path.into()),
            },
            Ask::Summary => match found {
                Place::Summary(root) => Ok(root.into()),
                Place::Round { root, .. } => Err(format!(
                    "{} là thư mục của một kỳ; lần tổng kết nằm ở thư mục riêng.",
                    root.display()
                )),
                Place::File => Err(no_folder(&path)),
                Place::Folder | Place::Nothing => Ok(path.into()),
            },
            Ask::Year if is_year(line) => Ok(line.into()),
            Ask::Year => Err("Năm gồm bốn chữ số, từ 2000, ví dụ 2026.".to_owned()),
            Ask::Years => match line.split_once(['-', '–']) {
                Some((from, to))
                    if is_year(from.trim()) && is_year(to.trim()) && from.trim() <= to.trim() =>
                {
                    Ok(line.into())
                }
                _ => Err("Cần hai năm, năm trước trước, ví dụ 2021-2025.".to_owned()),
            },
            Ask::Held if found == Place::Nothing => Err(format!("Không có {}.", path.display())),
            Ask::Held => Ok(path.into()),
            Ask::Amendment | Ask::Lacking if !line.is_empty() && !text::is_reason(line) => {
                Err(format!("“{line}” không phải lý do; không có lý do thì chỉ nhấn Enter."))
            }
            Ask::Publish if ["có", "co"].map(text::key).contains(&text::key(line)) => {
                Ok(line.into())
            }
            Ask::Publish => {
                self.pending = None;
                Err("Chưa công bố gì.".to_owned())
            }
            Ask::Amendment | Ask::Unit | Ask::Item | Ask::Lacking | Ask::Day | Ask::Code => {
                Ok(line.into())
            }
        }
    }

    fn work_in(&mut self, round: PathBuf) {
        self.round = Some(round);
        self.summed = None;
    }

    /// The command is done: the round that was worked in, if there was one.
    pub(super) fn done(&mut self, words: &[OsString], outcome: Outcome) -> Option<&Path> {
        if let [verb, folder, ..] = words
            && verb == "init"
            && outcome != Outcome::Failed
        {
            self.work_in(PathBuf::from(folder));
        }
        let made = match words {
            [verb, folder] if verb == "summary" => Some(PathBuf::from(folder)),
            _ => None,
        };
        self.summed = made.filter(|_| outcome != Outcome::Failed);
        self.round.as_deref().filter(|_| outcome != Outcome::Failed)
    }
}

/// The number of the task that runs a command.
pub(super) fn number_of(verb: &str) -> Option<usize> {
    let is_run = |task: &Task| match task.then {
        Then::Run(words) => {
            let answers = vec![OsString::from("…"); task.asks.len()];
            words(&answers).first().is_some_and(|it| it == verb)
        }
        Then::Open | Then::Choose => false,
    };
    TASKS.iter().position(is_run).map(|it| it + 1)
}

fn is_round(place: &Place) -> bool {
    matches!(place, Place::Round { .. })
}

fn no_folder(path: &Path) -> String {
    format!("{} là một tệp, không phải thư mục.", path.display())
}

/// The words that say something.
fn words(words: &[&std::ffi::OsStr]) -> Vec<OsString> {
    words.iter().filter(|it| !it.is_empty()).map(|it| (*it).to_owned()).collect()
}

/// A command with a value behind its flag, if there is one, in one word: a reason
/// may begin with a hyphen.
fn with_value(verb: &str, folder: &OsString, flag: &str, value: &OsString) -> Vec<OsString> {
    let mut said = OsString::new();
    if !value.is_empty() {
        said.push(flag);
        said.push("=");
        said.push(value);
    }
    words(&[verb.as_ref(), folder, &said])
}

#[cfg(test)]
mod tests;
