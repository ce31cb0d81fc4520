//! systemd of Linux: a timer of the user's own, and the service that it starts.

use std::path::Path;

use crate::schedule::task::{Step, Task};
use crate::schedule::timing::{Days, Timing};

pub(super) const PROGRAM: &str = "systemctl";

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The file that says when, in the folder of the user's units.
pub(super) fn timer_of(name: &str) -> String {
    format!("{name}.timer")
}

fn service_of(name: &str) -> String {
    format!("{name}.service")
}

fn command<const N: usize>(words: [&str; N]) -> Step {
    let own = [PROGRAM, "--user"].into_iter().chain(words);
    Step::Run(own.map(str::to_owned).collect())
}

/// Makes the timer; `units` is the folder of the user's units.
pub(super) fn making(task: &Task, units: &Path) -> Vec<Step> {
    let write = |name: String, text: String| {
        let bytes = text.clone().into_bytes();
        Step::Write { path: units.join(name), text, bytes }
    };
    vec![
        write(service_of(&task.name), service(task)),
        write(timer_of(&task.name), timer(task)),
        command(["daemon-reload"]),
        command(["enable", "--now", &timer_of(&task.name)]),
    ]
}

/// Removes the timer of this name.
pub(super) fn removing(name: &str, units: &Path) -> Vec<Step> {
    vec![
        command(["disable", "--now", &timer_of(name)]),
        Step::Remove(units.join(timer_of(name))),
        Step::Remove(units.join(service_of(name))),
        command(["daemon-reload"]),
    ]
}

/// What asks when the timer of this name is due.
pub(super) fn asking(name: &str) -> Vec<String> {
    let timer = timer_of(name);
    let words = [PROGRAM, "--user", "show", &timer, "--property=NextElapseUSecRealtime", "--value"];
    words.map(str::to_owned).to_vec()
}

/// The next time in what [`asking`] is answered.
pub(super) fn next_time(answer: &str) -> Option<&str> {
    Some(answer.trim()).filter(|it| !it.is_empty())
}

/// The code 1 says that the round was scored and something is to be looked at.
fn service(task: &Task) -> String {
    let mut line = word(&task.program);
    for argument in &task.arguments {
        line.push(' ');
        line.push_str(&word(&argument.replace('$', "$$")));
    }
    format!(
        "[Unit]\nDescription={}\n\n[Service]\nType=oneshot\nExecStart={line}\nSuccessExitStatus=1\n",
        line_of(&task.description())
    )
}

fn timer(task: &Task) -> String {
    format!(
        "[Unit]\nDescription={}\n\n[Timer]\nOnCalendar={}\nPersistent=true\n\n[Install]\n\
         WantedBy=timers.target\n",
        line_of(&task.description()),
        calendar(task.timing)
    )
}

/// As `systemd.time` has it.
fn calendar(timing: Timing) -> String {
    let clock = timing.clock();
    match timing.days {
        Days::Yearly { month, day } => format!("*-{month:02}-{day:02} {clock}"),
        Days::Monthly { day } => format!("*-*-{day:02} {clock}"),
        Days::Weekly { weekday } => format!("{} *-*-* {clock}", WEEKDAYS[weekday]),
        Days::Daily => format!("*-*-* {clock}"),
    }
}

/// A word of a command: in quotes, where `%` begins a specifier and a backslash
/// an escape.
fn word(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%");
    format!("\"{text}\"")
}

/// The rest of a line, where a backslash at its end would join the next one.
fn line_of(text: &str) -> String {
    text.replace('%', "%%").replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(folder: &str, days: &str) -> Task {
        Task {
            name: "cchc-thu".to_owned(),
            program: "/opt/cchc 1%/$x/cchc".to_owned(),
            arguments: vec!["run".to_owned(), folder.to_owned()],
            folder: folder.to_owned(),
            timing: Timing::parse(days, "7:05").unwrap(),
        }
    }

    /// A line of a service as systemd takes it apart: quotes and escapes, then
    /// specifiers, then, but for the program, variables.
    fn taken_apart(service: &str) -> Vec<String> {
        let line = service.lines().find_map(|it| it.strip_prefix("ExecStart=")).unwrap();
        let (mut words, mut letters) = (Vec::<String>::new(), line.chars());
        while let Some(letter) = letters.next() {
            match letter {
                ' ' => continue,
                '"' => words.push(String::new()),
                other => panic!("{other} outside of quotes in {line}"),
            }
            let word = words.last_mut().unwrap();
            loop {
                match letters.next().unwrap() {
                    '"' => break,
                    '\\' => match letters.next().unwrap() {
                        escaped @ ('\\' | '"') => word.push(escaped),
                        other => panic!("\\{other}"),
                    },
                    other => word.push(other),
                }
            }
        }
        for (at, word) in words.iter_mut().enumerate() {
            let is_doubled =
                |sign: &str, word: &str| !word.replace(&sign.repeat(2), "").contains(sign);
            assert!(is_doubled("%", word), "{word}");
            *word = word.replace("%%", "%");
            if 0 < at {
                assert!(is_doubled("$", word), "{word}");
                *word = word.replace("$$", "$");
            }
        }
        words
    }

    #[test]
    fn hostile_paths_come_out_of_the_service_as_they_went_in() {
        for folder in [
            "/srv/cchc/ha-long-2026",
            "/srv/Kỳ đánh giá/Hạ Long & Cẩm Phả",
            "/srv/a  b/",
            "/srv/100% $HOME ${X} %h",
            r#"/srv/a "b" 'c' \d\"#,
            "/srv/-x ;y #z @!+:",
        ] {
            let task = task(folder, "15/1");
            assert_eq!(taken_apart(&service(&task)), [task.program.as_str(), "run", folder]);
            for text in [service(&task), timer(&task)] {
                for line in text.lines() {
                    let is_known =
                        ["[", "Description=", "Type=", "ExecStart=", "SuccessExitStatus="]
                            .iter()
                            .chain(&["OnCalendar=", "Persistent=", "WantedBy="])
                            .any(|it| line.starts_with(it));
                    assert!(is_known || line.is_empty(), "{line}");
                    assert!(!line.ends_with('\\'), "{line}");
                }
            }
        }
    }

    #[test]
    fn each_kind_of_days_has_its_calendar() {
        for (days, expected) in [
            ("15/1", "*-01-15 07:05:00"),
            ("15", "*-*-15 07:05:00"),
            ("thu-2", "Mon *-*-* 07:05:00"),
            ("cn", "Sun *-*-* 07:05:00"),
            ("hang-ngay", "*-*-* 07:05:00"),
        ] {
            let line = format!("\nOnCalendar={expected}\n");
            assert!(timer(&task("/srv/a", days)).contains(&line), "{days}");
        }
    }
}
