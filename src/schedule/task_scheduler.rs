//! Windows' Task Scheduler: a task as XML, and the command `schtasks` that reads
//! it.

use std::path::Path;

use crate::schedule::task::{Step, Task};
use crate::schedule::timing::{Days, Moment, Timing};

pub(super) const PROGRAM: &str = "schtasks";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Makes the task; `folder` is where the XML may lie for a moment.
pub(super) fn making(task: &Task, folder: &Path, now: Moment) -> Vec<Step> {
    let (path, text) = (folder.join(format!("{}.xml", task.name)), xml(task, now));
    let file = path.to_string_lossy().into_owned();
    let bytes = utf16(&text);
    let make = [PROGRAM, "/create", "/tn", &task.name, "/xml", &file].map(str::to_owned);
    let write = Step::Write { path: path.clone(), text, bytes };
    vec![write, Step::Run(make.to_vec()), Step::Remove(path)]
}

/// Removes the task of this name.
pub(super) fn removing(name: &str) -> Vec<Step> {
    vec![Step::Run([PROGRAM, "/delete", "/tn", name, "/f"].map(str::to_owned).to_vec())]
}

/// What asks for the task of this name: an answer without one is a failure.
pub(super) fn asking(name: &str) -> Vec<String> {
    [PROGRAM, "/query", "/tn", name, "/fo", "csv", "/nh"].map(str::to_owned).to_vec()
}

/// The next time in what [`asking`] is answered, in the system's own spelling.
pub(super) fn next_time(answer: &str) -> Option<&str> {
    let line = answer.lines().find(|it| !it.trim().is_empty())?;
    line.trim().trim_matches('"').split("\",\"").nth(1)
}

/// Why a path cannot stand in a task although it can in a folder: the scheduler
/// replaces names of variables, and knows no way to keep it from that.
pub(super) fn objection(task: &Task) -> Option<String> {
    let is_bad = |text: &&str| text.contains("$(") || 1 < text.matches('%').count();
    let path = task.texts().find(is_bad)?;
    Some(format!(
        "Task Scheduler của Windows hiểu %…% và $(…) trong “{path}” là tên biến; hãy đổi tên thư \
         mục đó rồi hẹn lại"
    ))
}

/// What `schtasks /xml` reads.
fn utf16(text: &str) -> Vec<u8> {
    let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn xml(task: &Task, now: Moment) -> String {
    let arguments: Vec<String> = task.arguments.iter().map(|it| quoted(it)).collect();
    // One day for a round: long enough for any, and a run that hangs ends before
    // the next day's.
    format!(
        "\
<?xml version=\"1.0\" encoding=\"UTF-16\"?>
<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">
  <RegistrationInfo>
    <Author>cchc</Author>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{day}T{clock}</StartBoundary>
{days}    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id=\"Author\">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT23H</ExecutionTimeLimit>
  </Settings>
  <Actions Context=\"Author\">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
",
        description = escaped(&task.description()),
        day = task.timing.next(now).iso(),
        clock = task.timing.clock(),
        days = days(task.timing),
        program = escaped(&task.program),
        arguments = escaped(&arguments.join(" ")),
        folder = escaped(&task.folder),
    )
}

/// The lines that say on which days.
fn days(timing: Timing) -> String {
    let by_month = |day: i8, months: &[&str]| {
        let months = format!("<{} />", months.join(" /><"));
        format!(
            "      <ScheduleByMonth>\n        <DaysOfMonth><Day>{day}</Day></DaysOfMonth>\n        \
             <Months>{months}</Months>\n      </ScheduleByMonth>\n"
        )
    };
    match timing.days {
        Days::Yearly { month, day } => {
            let month = usize::try_from(month - 1).unwrap_or(0);
            by_month(day, &MONTHS[month..=month])
        }
        Days::Monthly { day } => by_month(day, &MONTHS),
        Days::Weekly { weekday } => format!(
            "      <ScheduleByWeek>\n        <WeeksInterval>1</WeeksInterval>\n        \
             <DaysOfWeek><{} /></DaysOfWeek>\n      </ScheduleByWeek>\n",
            WEEKDAYS[weekday]
        ),
        Days::Daily => "      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      \
                        </ScheduleByDay>\n"
            .to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An argument as programs of Windows take a command line apart: in quotes,
/// where backslashes before a quote are doubled, and only those.
fn quoted(argument: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || it == '-';
    if !argument.is_empty() && argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    let (mut out, mut backslashes) = (String::from("\""), 0);
    for letter in argument.chars() {
        match letter {
            '\\' => backslashes += 1,
            '"' => {
                out.push_str(&"\\".repeat(backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        out.push(letter);
    }
    out.push_str(&"\\".repeat(backslashes));
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;
    use crate::day::Day;

    fn task(program: &str, folder: &str, days: &str) -> Task {
        Task {
            name: "cchc-thu".to_owned(),
            program: program.to_owned(),
            arguments: vec!["run".to_owned(), folder.to_owned()],
            folder: folder.to_owned(),
            timing: Timing::parse(days, "8:00").unwrap(),
        }
    }

    fn now() -> Moment {
        Moment { day: Day::new(2026, 11, 27).unwrap(), minute: 0 }
    }

    /// A command line as programs of Windows take it apart, written after what
    /// Microsoft says of `CommandLineToArgvW`.
    fn taken_apart(line: &str) -> Vec<String> {
        let (mut words, mut word, mut is_quoted, mut is_word) =
            (Vec::new(), String::new(), false, false);
        let letters: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < letters.len() {
            let backslashes = letters[at..].iter().take_while(|it| **it == '\\').count();
            at += backslashes;
            let next = letters.get(at).copied();
            if next == Some('"') {
                word.push_str(&"\\".repeat(backslashes / 2));
                if backslashes % 2 == 1 {
                    word.push('"');
                } else {
                    is_quoted = !is_quoted;
                }
                is_word = true;
                at += 1;
                continue;
            }
            word.push_str(&"\\".repeat(backslashes));
            is_word |= 0 < backslashes;
            match next {
                Some(' ' | '\t') if !is_quoted => {
                    if is_word {
                        words.push(std::mem::take(&mut word));
                    }
                    is_word = false;
                }
                Some(letter) => {
                    word.push(letter);
                    is_word = true;
                }
                None => {}
            }
            at += 1;
        }
        if is_word {
            words.push(word);
        }
        words
    }

    /// The texts of a document that must be well-formed, by the names of their
    /// elements.
    fn read(xml: &str) -> Vec<(String, String)> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let (mut open, mut found) = (Vec::new(), Vec::<(String, String)>::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let name = start.name().as_ref().to_owned();
                    found.push((name.clone(), String::new()));
                    open.push(name);
                }
                Event::End(_) => drop(open.pop()),
                Event::Text(text) => {
                    let is_open = |it: &&mut (String, String)| Some(&it.0) == open.last();
                    if let Some(last) = found.iter_mut().rev().find(is_open) {
                        last.1.push_str(&text);
                    }
                }
                Event::GeneralRef(name) => {
                    let letter = match &*name {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        other => panic!("&{other};"),
                    };
                    found.last_mut().unwrap().1.push(letter);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open, Vec::<String>::new());
        found
    }

    fn said<'a>(found: &'a [(String, String)], name: &str) -> &'a str {
        &found.iter().find(|it| it.0 == name).unwrap_or_else(|| panic!("no {name}")).1
    }

    #[test]
    fn hostile_paths_come_out_of_the_task_as_they_went_in() {
        for folder in [
            r"D:\CCHC\ha-long-2026",
            r"D:\Kỳ đánh giá\Hạ Long & Cẩm Phả",
            r"D:\CCHC\",
            r"\\may-chu\chung\kỳ 2026\",
            r"C:\a 'b' (c) <d> ]]> ;e ^f !g! 100%",
            r"C:\x  hai dấu cách",
            r#"/srv/a "b" \\"c\"#,
        ] {
            let program = r"C:\Tệp & chương trình\cchc.exe";
            let task = task(program, folder, "15/1");
            assert_eq!((objection(&task), task.unwritable()), (None, None), "{folder}");
            let found = read(&xml(&task, now()));
            assert_eq!(said(&found, "Command"), program);
            assert_eq!(said(&found, "WorkingDirectory"), folder);
            assert_eq!(taken_apart(said(&found, "Arguments")), ["run", folder]);
            assert_eq!(said(&found, "Description"), task.description());
        }
    }

    #[test]
    fn what_the_scheduler_would_replace_is_refused() {
        for folder in [r"D:\%TEMP%\a", r"D:\$(Arg0)"] {
            let why = objection(&task(r"C:\cchc.exe", folder, "15/1")).unwrap();
            assert!(why.contains(folder), "{why}");
        }
        for folder in ["D:\\a\nb", "D:\\a\u{1}", "D:\\\u{ffff}"] {
            assert_eq!(task(r"C:\cchc.exe", folder, "15/1").unwritable(), Some(folder));
        }
    }

    #[test]
    fn arguments_are_quoted_as_programs_take_them_apart() {
        for (argument, expected) in [
            ("run", "run"),
            ("--ly-do", "--ly-do"),
            ("", "\"\""),
            (r"D:\CCHC", r#""D:\CCHC""#),
            (r"D:\a b\", r#""D:\a b\\""#),
            (r#"a"b"#, r#""a\"b""#),
            (r#"a\"b\\"#, r#""a\\\"b\\\\""#),
        ] {
            assert_eq!(quoted(argument), expected);
        }
    }

    proptest! {
        #[test]
        fn any_arguments_are_taken_apart_again(
            words in proptest::collection::vec("[ab \\\\\"&%à]{0,8}", 0..4)
        ) {
            let line: Vec<String> = words.iter().map(|it| quoted(it)).collect();
            prop_assert_eq!(taken_apart(&line.join(" ")), words);
        }
    }

    #[test]
    fn each_kind_of_days_has_its_trigger() {
        #[track_caller]
        fn check(asked: &str, day: &str, expected: &str) {
            let made = xml(&task(r"C:\cchc.exe", r"D:\CCHC", asked), now());
            read(&made);
            assert!(made.contains(&format!("<StartBoundary>{day}T08:00:00</StartBoundary>\n")));
            let lines: String =
                days(Timing::parse(asked, "8").unwrap()).lines().map(str::trim).collect();
            assert_eq!(lines, expected);
            assert!(made.contains(&days(Timing::parse(asked, "8").unwrap())));
        }
        check(
            "15/1",
            "2027-01-15",
            "<ScheduleByMonth><DaysOfMonth><Day>15</Day></DaysOfMonth><Months><January /></Months>\
             </ScheduleByMonth>",
        );
        check(
            "3/12",
            "2026-12-03",
            "<ScheduleByMonth><DaysOfMonth><Day>3</Day></DaysOfMonth><Months><December /></Months>\
             </ScheduleByMonth>",
        );
        check(
            "28",
            "2026-11-28",
            "<ScheduleByMonth><DaysOfMonth><Day>28</Day></DaysOfMonth><Months><January /><February \
             /><March /><April /><May /><June /><July /><August /><September /><October /><November \
             /><December /></Months></ScheduleByMonth>",
        );
        check(
            "chu-nhat",
            "2026-11-29",
            "<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Sunday /></DaysOfWeek>\
             </ScheduleByWeek>",
        );
        check(
            "hang-ngay",
            "2026-11-27",
            "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>",
        );
    }

    #[test]
    fn the_file_is_utf_16_with_a_mark_and_the_line_ends_of_windows() {
        let bytes = utf16("à\nb");
        assert_eq!(bytes, [0xff, 0xfe, 0xe0, 0, 13, 0, 10, 0, b'b', 0]);
    }

    #[test]
    fn the_next_time_is_taken_from_the_answer_as_it_stands() {
        for (answer, expected) in [
            ("\"\\cchc-a\",\"15/01/2027 8:00:00 SA\",\"Ready\"\r\n", Some("15/01/2027 8:00:00 SA")),
            ("\r\n\"\\cchc-a\",\"N/A\",\"Disabled\"\r\n", Some("N/A")),
            ("", None),
            ("ERROR", None),
        ] {
            assert_eq!(next_time(answer), expected, "{answer}");
        }
    }
}
