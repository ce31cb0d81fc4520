//! Rounds scored by schedule: what would be written and run on either system,
//! and, on Linux, what a pretended `systemctl` is told.

use cchc::cli::Outcome;

use crate::office::Office;

/// What is said, without the path of the program under test.
fn said(said: &str) -> String {
    let program = std::env::current_exe().unwrap().display().to_string();
    let own = std::env::temp_dir().display().to_string();
    let own = own.trim_end_matches(['/', '\\']);
    said.replace(&program, "CHƯƠNG TRÌNH").replace(own, "TẠM").replace('\\', "/")
}

#[test]
fn a_task_of_windows_is_told_in_full_before_it_is_made() {
    let office = Office::new();
    let words = ["hen-lich", "--ngay", "15/1", "--ten", "ha-long", "--thu", "--he", "windows"];
    let report = office.tell(&words);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    // The year in which it is due first depends on today.
    let text = said(&report.said);
    let (before, rest) = text.split_once("<StartBoundary>2").unwrap();
    let text = format!("{before}<StartBoundary>NĂM{}", &rest[3..]);
    insta::assert_snapshot!(text, @r#"
    Sẽ ghi TẠM/cchc-ha-long.xml:

    <?xml version="1.0" encoding="UTF-16"?>
    <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
      <RegistrationInfo>
        <Author>cchc</Author>
        <Description>Chấm kỳ KỲ lúc 8 giờ 00 ngày 15 tháng 1 hằng năm</Description>
      </RegistrationInfo>
      <Triggers>
        <CalendarTrigger>
          <StartBoundary>NĂM-01-15T08:00:00</StartBoundary>
          <ScheduleByMonth>
            <DaysOfMonth><Day>15</Day></DaysOfMonth>
            <Months><January /></Months>
          </ScheduleByMonth>
        </CalendarTrigger>
      </Triggers>
      <Principals>
        <Principal id="Author">
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
      <Actions Context="Author">
        <Exec>
          <Command>CHƯƠNG TRÌNH</Command>
          <Arguments>run "KỲ"</Arguments>
          <WorkingDirectory>KỲ</WorkingDirectory>
        </Exec>
      </Actions>
    </Task>

    Sẽ chạy: schtasks /create /tn cchc-ha-long /xml TẠM/cchc-ha-long.xml
    Sẽ xóa TẠM/cchc-ha-long.xml
    "#);
}

#[cfg(target_os = "linux")]
#[test]
fn a_timer_of_linux_is_told_in_full_before_it_is_made_or_removed() {
    let office = Office::new();
    let words = ["schedule", "--ngay", "thu-2", "--gio", "7:30", "--ten", "cchc-a", "--dry-run"];
    let report = office.tell(&[&words[..], &["--he", "linux"]].concat());
    let home = |said: &str| {
        let at = said.find("/systemd/user").unwrap();
        let from = said[..at].rfind(' ').unwrap() + 1;
        said.replace(&said[from..at], "THIẾT LẬP")
    };
    insta::assert_snapshot!(said(&home(&report.said)), @r#"
    Sẽ ghi THIẾT LẬP/systemd/user/cchc-a.service:

    [Unit]
    Description=Chấm kỳ KỲ lúc 7 giờ 30 thứ hai hằng tuần

    [Service]
    Type=oneshot
    ExecStart="CHƯƠNG TRÌNH" "run" "KỲ"
    SuccessExitStatus=1

    Sẽ ghi THIẾT LẬP/systemd/user/cchc-a.timer:

    [Unit]
    Description=Chấm kỳ KỲ lúc 7 giờ 30 thứ hai hằng tuần

    [Timer]
    OnCalendar=Mon *-*-* 07:30:00
    Persistent=true

    [Install]
    WantedBy=timers.target

    Sẽ chạy: systemctl --user daemon-reload
    Sẽ chạy: systemctl --user enable --now cchc-a.timer
    "#);
    let report = office.tell(&["schedule", "--bo", "--ten", "a", "--dry-run", "--he", "linux"]);
    insta::assert_snapshot!(home(&report.said), @"
    Sẽ chạy: systemctl --user disable --now cchc-a.timer
    Sẽ xóa THIẾT LẬP/systemd/user/cchc-a.timer
    Sẽ xóa THIẾT LẬP/systemd/user/cchc-a.service
    Sẽ chạy: systemctl --user daemon-reload
    ");
}

#[test]
fn what_cannot_be_scheduled_is_refused_with_the_remedy() {
    let office = Office::new();
    let refused = |words: &[&str]| {
        let report = office.tell(words);
        assert_eq!(report.outcome, Outcome::Failed, "{}", report.said);
        report.said
    };
    let no_day = refused(&["schedule"]);
    assert!(no_day.contains("chưa nêu ngày chạy; ví dụ --ngay 15/1"), "{no_day}");
    let bad = refused(&["schedule", "--ngay", "30/2"]);
    assert!(bad.contains("không có ngày 30/2"), "{bad}");
    for words in [["--xem", "--bo"], ["--xem", "--dry-run"], ["--bo", "--ngay=15/1"]] {
        let both = refused(&[&["schedule"], &words[..]].concat());
        assert!(both.contains("không dùng cùng nhau"), "{both}");
    }
    let system = refused(&["schedule", "--ngay", "15/1", "--he", "linux"]);
    assert!(system.contains("--he chỉ dùng cùng --dry-run"), "{system}");
    std::fs::remove_file(office.path("ky.toml")).unwrap();
    let folder = refused(&["schedule", "--ngay", "15/1", "--dry-run"]);
    assert!(folder.contains("KỲ không phải thư mục kỳ (không có ky.toml)"), "{folder}");
}

/// On Linux the program is started with a `systemctl` of ours.
#[cfg(target_os = "linux")]
mod on_linux {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use std::process::Command;

    use super::*;

    struct Machine {
        office: Office,
    }

    impl Machine {
        /// `systemctl` notes what it is told, then does this.
        fn new(then: &str) -> Machine {
            let office = Office::new();
            let notes = office.path("notes");
            let script = format!("#!/bin/sh\necho \"$@\" >>'{}'\n{then}\n", notes.display());
            let office = office.file("bin/systemctl", script.as_bytes());
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(office.path("bin/systemctl"), mode).unwrap();
            Machine { office }
        }

        fn tell(&self, words: &[&str]) -> (i32, String) {
            self.tell_with(words, &std::env::temp_dir())
        }

        /// The same where this is the folder for temporary files.
        fn tell_with(&self, words: &[&str], temporary: &Path) -> (i32, String) {
            let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
            command.arg("schedule").arg(self.office.path(".")).args(words);
            command.env("PATH", self.office.path("bin")).env("TMPDIR", temporary);
            let output = command.env("XDG_CONFIG_HOME", self.office.path("c")).output().unwrap();
            (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
        }

        fn units(&self) -> Vec<String> {
            let entries = fs::read_dir(self.office.path("c/systemd/user"));
            let names = entries.into_iter().flatten().map(|it| it.unwrap().file_name());
            let mut names: Vec<String> = names.map(|it| it.into_string().unwrap()).collect();
            names.sort();
            names
        }

        fn notes(&self) -> String {
            fs::read_to_string(self.office.path("notes")).unwrap_or_default()
        }
    }

    #[test]
    fn a_timer_is_made_shown_and_removed() {
        let machine =
            Machine::new("case \"$2\" in show) echo 'Fri 2027-01-15 08:00:00 +07';; esac");
        let (code, said) = machine.tell(&["--ngay", "15/1", "--ten", "a"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("lúc 8 giờ 00 ngày 15 tháng 1 hằng năm"), "{said}");
        assert_eq!(machine.units(), ["cchc-a.service", "cchc-a.timer"]);
        let (code, said) = machine.tell(&["--ngay", "16/1", "--ten", "a"]);
        assert_eq!(code, 2);
        assert!(said.contains("đã có lịch tên cchc-a; bỏ lịch đó"), "{said}");
        let (code, said) = machine.tell(&["--xem", "--ten", "a"]);
        assert_eq!(code, 0);
        assert!(said.contains("Lần chạy tới: Fri 2027-01-15 08:00:00 +07\n"), "{said}");
        let (code, said) = machine.tell(&["--bo", "--ten", "a"]);
        assert_eq!((code, machine.units().len()), (0, 0), "{said}");
        for flag in ["--bo", "--xem"] {
            let (code, said) = machine.tell(&[flag, "--ten", "a"]);
            assert_eq!(code, 2);
            assert!(said.contains("không có lịch tên cchc-a"), "{said}");
        }
        for flag in ["--bo", "--xem"] {
            let (code, said) = machine.tell(&[flag]);
            assert_eq!((code, said.contains("Kỳ này chưa hẹn lịch nào.")), (2, true), "{said}");
        }
        insta::assert_snapshot!(machine.notes(), @"
        --user daemon-reload
        --user enable --now cchc-a.timer
        --user show cchc-a.timer --property=NextElapseUSecRealtime --value
        --user show cchc-a.timer --property=NextElapseUSecRealtime --value
        --user show cchc-a.timer --property=NextElapseUSecRealtime --value
        --user disable --now cchc-a.timer
        --user daemon-reload
        ");
    }

    #[test]
    fn without_a_session_or_systemd_nothing_is_left_and_the_remedy_is_said() {
        let machine = Machine::new("echo 'Failed to connect to bus' >&2; exit 1");
        let (code, said) = machine.tell(&["--ngay", "15/1"]);
        assert_eq!((code, machine.units().len()), (2, 0));
        assert!(said.contains("(Failed to connect to bus); hãy đăng nhập"), "{said}");
        fs::remove_file(machine.office.path("bin/systemctl")).unwrap();
        let (code, said) = machine.tell(&["--ngay", "15/1"]);
        assert_eq!((code, machine.units().len()), (2, 0));
        assert!(said.contains("máy này không có systemctl"), "{said}");
    }
    #[test]
    fn a_program_that_will_not_stay_is_not_scheduled() {
        let machine = Machine::new("");
        let program = Path::new(env!("CARGO_BIN_EXE_cchc"));
        let (code, said) = machine.tell_with(&["--ngay", "15/1"], program.parent().unwrap());
        assert_eq!((code, machine.units().len()), (2, 0));
        assert!(said.contains("đến ngày hẹn có thể đã mất; hãy giải nén"), "{said}");
    }
}
