use std::path::{Path, PathBuf};

use super::*;

/// An absolute path of this system.
fn at(name: &str) -> String {
    if cfg!(windows) { format!("D:\\{name}") } else { format!("/{name}") }
}

/// Two rounds, one of them published, and a summary.
fn place(path: &Path) -> Place {
    let round = |name, is_published| Place::Round { root: at(name).into(), is_published };
    let is_in = |name: &str| path.starts_with(at(name));
    match () {
        () if is_in("moi") => round("moi", false),
        () if is_in("cu") => round("cu", true),
        () if is_in("tong") => Place::Summary(at("tong").into()),
        () if path == Path::new(&at("")) => Place::Folder,
        () if path.extension().is_some() => Place::File,
        () => Place::Nothing,
    }
}

fn run(words: &[&str]) -> Next {
    Next::Run(words.iter().map(OsString::from).collect())
}

#[test]
fn a_year_is_done_by_numbers() {
    let (new, old, sum) = (at("moi"), at("cu"), at("tong"));
    let next = at("2027");
    let folder = at("");
    let lately = || vec![PathBuf::from(&new), PathBuf::from(&old)];
    let published = || vec![PathBuf::from(&old)];
    let gone = || vec![PathBuf::from(at("mat")), PathBuf::from(&old)];
    let table: Vec<(Vec<PathBuf>, Vec<&str>, Next)> = vec![
        (lately(), vec!["1", &next, "2027"], run(&["init", &next, "--year", "2027"])),
        (lately(), vec!["2"], run(&["lint", &new])),
        (lately(), vec!["3"], run(&["forms", &new])),
        (lately(), vec![" 4 \r\n"], run(&["check", &new])),
        (lately(), vec!["5"], run(&["watch", &new])),
        (lately(), vec!["6"], run(&["appraise", &new])),
        (lately(), vec!["7"], run(&["run", &new])),
        (published(), vec!["7", ""], run(&["run", &old])),
        (published(), vec!["7", "- sửa hạn"], run(&["run", &old, "--ly-do=- sửa hạn"])),
        (lately(), vec!["8"], Next::Open(PathBuf::from(&new))),
        (lately(), vec!["9", "P-HA-TU", ""], run(&["trace", &new, "P-HA-TU"])),
        (lately(), vec!["9", "Hà Tu", "2.1"], run(&["trace", &new, "Hà Tu", "2.1"])),
        (lately(), vec!["10", ""], run(&["verify", &new])),
        (lately(), vec!["10", "\"so.xlsx\""], run(&["verify", "so.xlsx", "--voi", &new])),
        (lately(), vec!["11", "", "có"], run(&["freeze", &new])),
        (lately(), vec!["11", "", "Co"], run(&["freeze", &new])),
        (lately(), vec!["11", "", "", "4"], run(&["check", &new])),
        (lately(), vec!["11", "chờ", "0", "4"], run(&["check", &new])),
        (lately(), vec!["11", "chờ", "có"], run(&["freeze", &new, "--con-thieu=chờ"])),
        (lately(), vec!["12", &sum], run(&["summary", &sum])),
        (lately(), vec!["12", &next, "2021-2025"], run(&["summary", &next, "--init=2021-2025"])),
        (lately(), vec!["13", "15/1"], run(&["schedule", &new, "--ngay=15/1"])),
        (lately(), vec!["13", ""], run(&["schedule", &new, "--xem"])),
        (lately(), vec!["13", "bỏ"], run(&["schedule", &new, "--bo"])),
        (lately(), vec!["14"], run(&["doctor", &new])),
        (vec![], vec!["14", ""], run(&["doctor"])),
        (vec![], vec!["14", &folder], run(&["doctor", &folder])),
        (vec![], vec!["14", "0", "0"], Next::End),
        (lately(), vec!["15", "2", "2"], run(&["lint", &old])),
        (lately(), vec!["16", ""], run(&["--help"])),
        (lately(), vec!["16", "P052"], run(&["explain", "P052"])),
        (lately(), vec!["0"], Next::End),
        // A round that is dragged in is the one that is worked in from then on.
        (vec![], vec![&old, "4"], run(&["check", &old])),
        (vec![], vec!["4", &new], run(&["check", &new])),
        (gone(), vec!["4", "2"], run(&["check", &old])),
        (lately(), vec![&sum], run(&["summary", &sum])),
        // Back to the list, and on with something else.
        (lately(), vec!["11", "0", "4"], run(&["check", &new])),
        (vec![], vec!["4", "", "0"], Next::End),
        (lately(), vec![""], Next::Ask),
    ];
    for (lately, lines, expected) in table {
        let mut menu = Menu::new(lately, &place);
        let mut last = Next::Ask;
        for line in &lines {
            assert_eq!(last, Next::Ask, "{lines:?}");
            last = menu.answer(line);
        }
        assert_eq!(last, expected, "{lines:?}");
    }
}

#[test]
fn what_is_not_understood_is_said_and_asked_again() {
    let folder = at("");
    let new = at("moi");
    let file = at("so.xlsx");
    let (gone, sum) = (at("mat"), at("tong"));
    for (lines, told) in [
        (&["17"][..], "Không có việc số 17; có các số từ 0 đến 16."),
        (&["chấm"], "Không hiểu “chấm”."),
        (&[&folder], "không thuộc kỳ nào"),
        (&["4", &folder], "không thuộc kỳ nào"),
        (&["4", "7"], "Không có kỳ số 7."),
        (&["4", &gone], "Không có "),
        (&["4", &file], "không thuộc kỳ nào: đó là một tệp"),
        (&["4", &sum], "của lần tổng kết"),
        (&["14", &gone], "Không có "),
        (&["14", &file], "là một tệp"),
        (&[&new, "11", "không"], "“không” không phải lý do"),
        (&[&new, "11", "có"], "không phải lý do"),
        (&[&new, "11", "2026"], "không phải lý do"),
        (&[&new, "11", "", "không"], "Chưa công bố gì."),
        (&["1", &folder, "1926"], "bốn chữ số"),
        (&["12", &folder, "2025-2021"], "Cần hai năm"),
        (&["1", "ha-long-2026"], "đường dẫn đầy đủ"),
        (&["1", &new], "Đã có một kỳ ở"),
        (&["1", &file], "là một tệp"),
        (&["1", &folder, "26"], "bốn chữ số"),
        (&["12", &new], "là thư mục của một kỳ"),
        (&["12", &folder, "2021"], "Cần hai năm"),
    ] {
        let mut menu = Menu::new(Vec::new(), &place);
        let mut last = Next::Ask;
        for line in lines {
            last = menu.answer(line);
        }
        let Next::Say(said) = last else { panic!("{lines:?}: {last:?}") };
        assert!(said.contains(told), "{lines:?}: {said}");
    }
    let mut menu = Menu::new(vec![new.into()], &place);
    menu.answer("10");
    assert_eq!(menu.answer(&gone), Next::Say(format!("Không có {gone}.")));
}

#[test]
fn a_new_round_is_worked_in_once_it_is_there() {
    let mut menu = Menu::new(Vec::new(), &place);
    let words = words(&["init".as_ref(), at("moi").as_ref()]);
    assert_eq!(menu.done(&words, Outcome::Failed), None);
    assert_eq!(menu.done(&words, Outcome::Clean), Some(Path::new(&at("moi"))));
    assert!(menu.question().contains(&format!("Kỳ đang làm: {}", at("moi"))));
}

#[test]
fn the_list_is_shown_at_first_and_whenever_enter_alone_is_typed() {
    let mut menu = Menu::new(vec![at("moi").into()], &place);
    let list = menu.question();
    assert_eq!(list.len(), TASKS.len() + 4, "{list:?}");
    menu.answer("4");
    assert_eq!(
        menu.question(),
        ["[moi] Việc tiếp theo (8: mở kết quả, 0: kết thúc, Enter: xem mọi việc)"]
    );
    menu.answer("");
    assert_eq!(menu.question(), list);
}

#[test]
fn numbers_are_asked_for_where_there_are_any() {
    for (lately, told) in [(vec![], "Kỳ nào? Kéo"), (vec![at("mat").into()], "Kỳ nào? Gõ số")]
    {
        let mut menu = Menu::new(lately, &place);
        menu.answer("4");
        let question = menu.question();
        assert!(question.last().is_some_and(|it| it.starts_with(told)), "{question:?}");
    }
}

#[test]
fn what_was_summed_up_is_opened_until_something_else_is_done() {
    let (new, sum) = (at("moi"), at("tong"));
    let mut menu = Menu::new(vec![new.clone().into()], &place);
    let summed = [OsString::from("summary"), OsString::from(&sum)];
    menu.done(&summed, Outcome::Flawed);
    assert_eq!(menu.answer("8"), Next::Open(PathBuf::from(&sum)));
    menu.done(&[OsString::from("run"), OsString::from(&new)], Outcome::Clean);
    assert_eq!(menu.answer("8"), Next::Open(PathBuf::from(&new)));
    // One that failed, or was only begun, has nothing to show.
    menu.done(&summed, Outcome::Failed);
    assert_eq!(menu.answer("8"), Next::Open(PathBuf::from(&new)));
}

#[test]
fn a_command_is_called_by_the_number_of_its_task() {
    for (number, verb) in [(2, "lint"), (7, "run"), (10, "verify"), (12, "summary")] {
        assert_eq!(number_of(verb), Some(number));
    }
    assert_eq!(number_of("explain"), Some(16));
    assert_eq!(number_of("nothing"), None);
}
