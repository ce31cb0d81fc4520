//! The program as a person's hand starts it: a double click, a drop, a terminal.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::office::Office;

/// The program on its own, without the traces of whoever runs the tests.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
    command
        .env("XDG_STATE_HOME", home)
        .env("LOCALAPPDATA", home)
        .env("TERM", "xterm")
        .env("PATH", home)
        .env("SystemRoot", home)
        .env_remove("NO_COLOR")
        .env_remove("CCHC_CUA_SO");
    command
}

/// What it says in a window of its own when these lines are typed, and its exit
/// code.
fn typed(command: &mut Command, lines: &str) -> (String, i32) {
    command.env("CCHC_CUA_SO", "1").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    (said.trim_start_matches('\u{feff}').to_owned(), output.status.code().unwrap())
}

/// What it says where nobody is, and its exit code.
fn alone(command: &mut Command) -> (String, i32) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// The English names of commands that the menu knows by a number.
const VERBS: [&str; 8] =
    ["run", "lint", "check", "verify", "freeze", "appraise", "schedule", "summary"];

#[test]
fn a_year_goes_by_without_a_command_typed() {
    let home = tempfile::tempdir().unwrap();
    let round = home.path().join("ha-long-2026").display().to_string();
    let office = Office::busy();
    let root = office.path("").display().to_string();
    let old = root.trim_end_matches(['/', '\\']);

    // A new round, the same once more, another one dragged in; then its forms, its
    // scores, its publication, and scores again without anything to amend.
    let lines = format!(
        "1\n{round}\n2026\n2\n1\n{round}\n0\n\"{root}\"\n3\n4\n6\n7\n9\nPB-NV\n1.1\n10\n\n11\nThử\ncó\n7\n\n8\n\
         16\nP052\n99\n0\n"
    );
    let (said, code) = typed(&mut program(home.path()), &lines);
    for told in [
        "Chưa chọn kỳ nào.",
        "Kỳ mới nằm ở thư mục nào?",
        "ky.toml\n",
        "Đã có một kỳ ở",
        &format!("Kỳ đang làm: {old}\n"),
        "Đã tạo 4 phiếu trắng",
        "Đã kiểm tra 4 tệp",
        "Đã tạo",
        "Kết quả: ",
        "ĐƯỜNG ĐI CỦA ĐIỂM",
        "Đã công bố: ",
        "Kỳ đã công bố.",
        "P052 – ",
        "Không có việc số 99",
    ] {
        assert!(said.contains(told), "{told}\n{said}");
    }
    // It names tasks by their numbers, and nothing to be typed elsewhere.
    assert!(said.contains("rồi chọn 2."), "{said}");
    for verb in VERBS {
        assert!(!said.contains(&format!("cchc {verb}")), "{verb}\n{said}");
    }
    assert!(!said.contains("--"), "{said}");
    assert_eq!(code, 0, "{said}");
    assert!(office.path("cong-bo/cong-bo-2019.zip").is_file(), "{said}");
    assert!(Path::new(&round).join("don-vi.xlsx").is_file());
    // Each command's own words are in the log, and nothing of the menu.
    let log = std::fs::read_to_string(office.path("ket-qua/nhat-ky.txt")).unwrap();
    assert!(!log.contains("Phát phiếu") && !log.contains("Đã tạo"), "{log}");

    // Next time it begins where it was left; of what cannot be read it knows
    // nothing, and goes on.
    let (said, _) = typed(&mut program(home.path()), "0\n");
    assert!(said.contains(&format!("Kỳ đang làm: {old}\n")), "{said}");
    let (said, _) = typed(&mut program(home.path()), "15\n2\n");
    assert!(said.contains(&format!("   2  {round}\n")), "{said}");
    let nowhere = home.path().join("cchc/ky-gan-day.txt");
    let mut lost = program(&nowhere);
    let (said, code) = typed(&mut lost, &format!("{old}\n2\n"));
    assert!(said.contains("Chưa chọn kỳ nào.") && said.contains("Tệp của kỳ dùng được"), "{said}");
    assert_eq!(code, 0);
}

#[test]
fn what_is_dropped_is_done_in_turn_and_each_outcome_is_told() {
    let home = tempfile::tempdir().unwrap();
    let (one, other) = (Office::busy(), Office::busy());
    let stray = home.path().join("thu.docx");
    std::fs::write(&stray, "…").unwrap();
    let dropped = [one.path("nop/P-HT.xlsx"), one.path("ky.toml"), other.path(""), stray.clone()];

    // Where nobody is, nothing waits.
    let (said, code) = alone(program(home.path()).args(&dropped));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("Tất cả 3 mục:"), "{said}");
    assert_eq!(said.matches("Kết quả: ").count(), 2, "{said}");
    assert!(said.contains(&format!("Lỗi: {} không thuộc kỳ nào", stray.display())), "{said}");
    assert!(said.contains(&format!("  {}: chưa làm gì", stray.display())), "{said}");
    assert!(!said.contains("Enter") && !said.contains('\u{1b}'), "{said}");

    let (said, code) = typed(program(home.path()).args([one.path("nop"), stray.clone()]), "0\n");
    let end = format!("  {}: chưa làm gì, lý do nêu ở trên\n\nNhấn Enter để mở", stray.display());
    assert!(said.contains(&end), "{said}");
    assert_eq!(code, 2);

    // In a window of its own it waits, and offers to open what it made.
    let (said, code) = typed(program(home.path()).arg(one.path("ky.toml")), "0\n");
    assert!(said.contains("\nXong.\nNhấn Enter để mở kết quả"), "{said}");
    assert!(!said.contains("Đang mở"), "{said}");
    assert_eq!(code, 0);
    // Explorer's `"D:\CCHC\"` brings its last quotation mark along.
    let quoted = format!("{}\"", one.path("").display());
    let (said, _) = typed(program(home.path()).args(["run".into(), quoted]), "\n");
    assert!(said.contains("Máy này không mở được thư mục từ đây; hãy tự mở "), "{said}");
    let (said, code) = typed(program(home.path()).arg(&stray), "\n");
    assert!(
        said.contains("\nChưa làm gì, lý do nêu ở trên.\nNhấn Enter để đóng cửa sổ."),
        "{said}"
    );
    assert_eq!(code, 2);
}

#[test]
fn a_form_that_a_process_of_its_own_reads_is_read_in_a_window_too() {
    let home = tempfile::tempdir().unwrap();
    let sheet = std::fs::read("tests/it/foreign/khac-thuong.xls").unwrap();
    let office = Office::new().file("nop/PB-NV.xls", &sheet);
    let (read, _) = alone(program(home.path()).arg("check").arg(office.path("")));
    let (said, _) = typed(program(home.path()).arg("check").arg(office.path("")), "0\n");
    let of_form = |said: &str| -> Vec<String> {
        let lines = said.lines().map(|it| it.trim_start_matches('\u{feff}'));
        lines.filter(|it| it.contains("PB-NV.xls")).map(str::to_owned).collect()
    };
    assert!(!of_form(&read).is_empty(), "{read}");
    assert_eq!(of_form(&said), of_form(&read), "{said}");
}

#[test]
fn nobody_is_asked_where_nobody_is() {
    let home = tempfile::tempdir().unwrap();
    let (said, code) = alone(&mut program(home.path()));
    assert!(said.contains("chưa nêu lệnh hay thư mục kỳ"), "{said}");
    assert_eq!(code, 2);
}

/// A terminal, as far as the program can tell.
#[cfg(target_os = "linux")]
mod terminal {
    use std::fs::File;
    use std::io::Read;
    use std::os::unix::ffi::OsStrExt;
    use std::process::Child;
    use std::sync::{Arc, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    use super::*;

    struct Terminal {
        keys: File,
        shown: Arc<Mutex<Vec<u8>>>,
        /// How much of it was looked at.
        seen: usize,
        child: Child,
    }

    impl Terminal {
        /// What the command says goes elsewhere unless it is shown.
        fn start(mut command: Command, is_shown: bool) -> Terminal {
            let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
            grantpt(&master).unwrap();
            unlockpt(&master).unwrap();
            let name = ptsname(&master, Vec::new()).unwrap();
            let name = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
            let line = || File::options().read(true).write(true).open(name).unwrap();
            command.stdin(line()).stderr(line());
            if is_shown {
                command.stdout(line());
            } else {
                command.stdout(Stdio::null());
            }
            let child = command.spawn().unwrap();
            let keys = File::from(master);
            let shown = Arc::new(Mutex::new(Vec::new()));
            let (mut screen, told) = (keys.try_clone().unwrap(), Arc::clone(&shown));
            thread::spawn(move || {
                let mut bytes = [0; 4096];
                while let Ok(count) = screen.read(&mut bytes) {
                    told.lock().unwrap().extend_from_slice(&bytes[..count]);
                }
            });
            Terminal { keys, shown, seen: 0, child }
        }

        fn screen(&self) -> String {
            String::from_utf8_lossy(&self.shown.lock().unwrap()).into_owned()
        }

        /// Waits until something new is shown, then types.
        fn when(&mut self, told: &str, keys: &str) {
            let end = Instant::now() + Duration::from_secs(120);
            loop {
                let shown = self.shown.lock().unwrap().clone();
                let new = &shown[self.seen..];
                let at = new.windows(told.len()).position(|it| it == told.as_bytes());
                if let Some(at) = at {
                    self.seen += at + told.len();
                    break;
                }
                assert!(Instant::now() < end, "no {told}:\n{}", self.screen());
                thread::sleep(Duration::from_millis(20));
            }
            self.keys.write_all(keys.as_bytes()).unwrap();
        }

        /// The exit code, once the program ends by itself.
        fn end(&mut self) -> i32 {
            let end = Instant::now() + Duration::from_secs(120);
            loop {
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status.code().unwrap();
                }
                assert!(Instant::now() < end, "still there:\n{}", self.screen());
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    impl Drop for Terminal {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    #[test]
    fn a_terminal_without_a_word_is_asked_what_to_do() {
        let home = tempfile::tempdir().unwrap();
        let office = Office::busy();
        let root = office.path("ky.toml").display().to_string();
        let mut terminal = Terminal::start(program(home.path()), true);
        terminal.when("Chưa chọn kỳ nào.", "");
        terminal.when("rồi nhấn Enter\r\n> ", &format!("'{root}'\n"));
        terminal.when("Kỳ đang làm: ", "");
        terminal.when("rồi nhấn Enter\r\n> ", "7\n");
        terminal.when("Kết quả: ", "");
        terminal.when("Xong.\r\n", "");
        terminal.when("Việc tiếp theo", "8\n");
        terminal.when("Máy này không mở được thư mục từ đây; hãy tự mở ", "");
        terminal.when("> ", "0\n");
        assert_eq!(terminal.end(), 0, "{}", terminal.screen());
        if let Ok(file) = std::env::var("CCHC_SCREENS") {
            std::fs::write(file, terminal.screen().replace("\r\n", "\n")).unwrap();
        }
    }

    #[test]
    fn a_terminal_with_a_command_is_not_asked_and_errors_have_colours_from_the_first() {
        let home = tempfile::tempdir().unwrap();
        let stray = home.path().join("khong-co");
        for (variable, value, has_colour) in
            [("LANG", "vi", true), ("NO_COLOR", "1", false), ("TERM", "dumb", false)]
        {
            let mut command = program(home.path());
            command.arg("lint").arg(&stray).env(variable, value);
            let mut terminal = Terminal::start(command, true);
            assert_eq!(terminal.end(), 2);
            terminal.when("Lỗi: không có thư mục", "");
            let is_red = terminal.screen().starts_with("\u{1b}[31mLỗi:");
            assert_eq!(is_red, has_colour, "{variable}: {:?}", terminal.screen());
            assert_eq!(terminal.screen().contains('\u{1b}'), has_colour);
        }
    }
    #[test]
    fn a_terminal_that_does_not_show_what_is_said_is_not_asked() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Terminal::start(program(home.path()), false).end(), 2);
    }
}

#[test]
fn a_command_goes_before_a_folder_of_its_name() {
    let home = tempfile::tempdir().unwrap();
    let office = Office::busy();
    for folder in ["tham-dinh", "theo-doi", "cong-bo", "run"] {
        std::fs::create_dir_all(office.path(folder)).unwrap();
    }
    for (words, told) in [
        (&["tham-dinh", "--help"][..], "cchc appraise"),
        (&["tham-dinh"], "Bảng thẩm định gồm"),
        (&["cong-bo"], "chưa có kết quả"),
        (&["theo-doi", "--mot-lan"], "Đang theo dõi"),
        (&["theo-doi", ".", "--mot-lan"], "Đang theo dõi"),
        // With a separator, the folder is meant, and it is in a round.
        (&["./theo-doi"], "Kết quả: "),
    ] {
        let mut program = program(home.path());
        let output = program.current_dir(office.path("")).args(words);
        let (said, _) = alone(output);
        assert!(said.contains(told), "{words:?}: {said}");
        assert_eq!(said.contains("Kết quả: "), told == "Kết quả: ", "{words:?}: {said}");
    }
}
