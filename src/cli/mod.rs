//! The command line: words in, an exit code out. One file per command, which
//! holds its words, its arguments and what it does.

// A command that is missing in the list below does not compile.
#![deny(dead_code)]

mod outcome;
pub mod console;
pub mod panics;
mod verb;
mod parse;
mod place;
mod scenarios;
mod run;
mod check;
mod watch;
mod forms;
mod appraise;
mod lint;
mod init;
mod summary;
mod explain;
mod trace;
mod verify;
mod freeze;
mod schedule;
mod doctor;
mod menu;
pub mod window;

pub use outcome::Outcome;

use std::ffi::OsString;
use std::path::Path;

use console::Console;
use parse::{Request, parse};
use verb::Verb;

use crate::batch::{Folder, child, clock, intake, journal};
use crate::failure::Failure;

/// What is said where the clock has lost its time.
const EARLY: &str =
    "đồng hồ của máy chỉ trước năm 1970, chưa làm gì; hãy chỉnh lại ngày giờ của máy rồi chạy lại";

/// Every command, in the order of the help.
const VERBS: &[Verb] = &[
    run::VERB,
    check::VERB,
    watch::VERB,
    forms::VERB,
    appraise::VERB,
    lint::VERB,
    init::VERB,
    summary::VERB,
    explain::VERB,
    trace::VERB,
    verify::VERB,
    freeze::VERB,
    schedule::VERB,
    doctor::VERB,
];

/// Runs one command, telling what a person should read to `console`.
pub fn run(words: Vec<OsString>, console: &mut Console) -> Outcome {
    console.forget();
    if let [read] = words.as_slice()
        && read == child::READ
    {
        return if child::serve().is_ok() { Outcome::Clean } else { Outcome::Failed };
    }
    if let [probe, root, name] = words.as_slice()
        && probe == journal::PROBE
    {
        let read = Folder::open(Path::new(root));
        let read = read.and_then(|folder| intake::probe(&folder, &name.to_string_lossy()));
        return if read.is_ok() { Outcome::Clean } else { Outcome::Failed };
    }
    let outcome = parse(words, VERBS).and_then(|request| match request {
        // Whoever looks at the machine says so among all else.
        Request::Run(verb, _) if verb.name != doctor::VERB.name && !clock::is_of_this_age() => {
            Err(Failure::Usage(EARLY.to_owned()))
        }
        Request::Run(verb, given) => (verb.run)(&given, console),
        Request::Tell(text) => {
            console.line(text.trim_end());
            Ok(Outcome::Clean)
        }
    });
    outcome.unwrap_or_else(|failure| {
        console.failure(&failure);
        Outcome::Failed
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn said(words: &[&str]) -> Result<Request, String> {
        let words = words.iter().map(OsString::from).collect();
        parse(words, VERBS).map_err(|failure| failure.to_string())
    }

    fn complaint(words: &[&str]) -> String {
        said(words).err().unwrap_or_default()
    }

    #[test]
    fn aliases_and_a_bare_folder_mean_the_same() {
        for words in [&["run", "src"][..], &["cham", "src"], &["src"]] {
            let Ok(Request::Run(verb, given)) = said(words) else { panic!("no command") };
            assert_eq!((verb.name, given.path("round")), ("run", PathBuf::from("src")));
            assert_eq!((given.text("reason"), given.texts("scenarios")), (None, Vec::new()));
        }
    }

    #[test]
    fn a_quotation_mark_that_a_backslash_drew_into_a_path_ends_it() {
        for (word, expected) in [
            (r#"D:\CCHC""#, &[r"D:\CCHC"][..]),
            (r#"D:\Kỳ 2026" --luong 2"#, &[r"D:\Kỳ 2026", "--luong", "2"]),
            (r#"D:""#, &[r"D:\"]),
            (r#"\\may-chu\cchc""#, &[r"\\may-chu\cchc"]),
            (r#"src" --luong 2"#, &["src", "--luong", "2"]),
            (r#"Sửa "1.1" theo đơn"#, &[r#"Sửa "1.1" theo đơn"#]),
            ("D:\\CCHC", &["D:\\CCHC"]),
        ] {
            assert_eq!(parse::unquoted(word.into()), expected, "{word}");
        }
        let Ok(Request::Run(verb, given)) = said(&[r#"src" --luong 2"#]) else { panic!("none") };
        assert_eq!((verb.name, given.path("round")), ("run", PathBuf::from("src")));
        assert_eq!(given.one::<usize>("threads"), Some(2));
    }

    #[test]
    fn complaints_are_vietnamese_and_suggest() {
        assert_eq!(complaint(&["runn"]), "không có lệnh “runn”\nCó phải ý bạn là: run?");
        assert_eq!(
            complaint(&["init", "x", "--year", "abc"]),
            "giá trị “abc” không dùng được cho --year <NĂM>; năm gồm bốn chữ số, từ 2000, ví dụ \
             2026\nGõ cchc --help để xem cách dùng."
        );
        assert_eq!(complaint(&["explain"]), "thiếu tham số <MÃ>\nGõ cchc --help để xem cách dùng.");
    }

    #[test]
    fn a_value_that_will_not_do_is_told_with_those_that_will() {
        let four = "năm gồm bốn chữ số";
        for (words, told) in [
            (&["init", "x", "--year", "26"][..], four),
            (&["init", "x", "--nam", "02026"], four),
            (&["summary", "--init", "2025-2021"], "cần hai năm"),
            (&["schedule", "--he", "mac"], "các giá trị dùng được: windows, linux"),
        ] {
            assert!(complaint(words).contains(told), "{words:?}: {}", complaint(words));
        }
    }

    #[test]
    fn help_shows_both_names_whichever_was_typed() {
        for verb in VERBS {
            for name in [verb.name, verb.alias] {
                let Ok(Request::Tell(help)) = said(&[name, "--help"]) else { panic!("{name}") };
                let usage = format!("Cách dùng: cchc {}|{}", verb.name, verb.alias);
                assert!(help.contains(&usage), "{help}");
            }
        }
        let Ok(Request::Tell(help)) = said(&["hen-lich", "--help"]) else { panic!("none") };
        assert!(help.contains("--thu"), "{help}");
    }

    #[test]
    fn a_path_with_spaces_is_to_be_quoted() {
        assert_eq!(
            complaint(&["run", "ha", "long"]),
            "không có tham số “long”\nĐường dẫn có dấu cách thì đặt trong ngoặc kép. Gõ cchc --help \
             để xem cách dùng."
        );
    }

    #[test]
    fn help_is_vietnamese_throughout() {
        let Ok(Request::Tell(help)) = said(&["--help"]) else { panic!("no help") };
        assert_eq!(complaint(&[]), format!("chưa nêu lệnh hay thư mục kỳ\n\n{help}"));
        for english in ["Usage", "Commands", "Options", "Print", "help for"] {
            assert!(!help.contains(english), "{english} in:\n{help}");
        }
    }
}
