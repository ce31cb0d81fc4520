//! Clocks gone wrong: what the calendar of a machine or of a file says changes
//! no result.

use std::fs;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};

use cchc::cli::Outcome;

use crate::office::Office;

/// Far from today, in both directions: a USB stick's first day, a machine whose
/// battery is dead, before all time, and years from now.
fn times() -> [SystemTime; 4] {
    let years = |count: u64| Duration::from_secs(count * 365 * 86_400);
    let epoch = SystemTime::UNIX_EPOCH;
    [epoch + years(10), epoch, epoch - years(1), epoch + years(130)]
}

/// Gives every file below a folder this time of change; says how many.
fn set_times(folder: &Path, time: SystemTime) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += set_times(&path, time);
        } else {
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(time).unwrap();
            count += 1;
        }
    }
    count
}

/// What a killed run leaves: an unfinished draft, its journal, its lock.
fn abandoned(office: Office) -> Office {
    office
        .file("ket-qua.~cchc-dang-ghi/Tong-hop-2019.xlsx", b"half a workbook")
        .file("ket-qua.~cchc-cu/ket-qua.json", b"{}")
        .file(".cchc-dang-doc", "+nop/PB-NV.xlsx\n+nop/X-QL.xlsx\n".as_bytes())
        .file(".cchc-khoa", b"")
}

#[test]
fn the_times_of_files_change_no_result() {
    let mut office = Office::busy();
    let sound = office.run();
    for time in times() {
        office = abandoned(office);
        assert!(12 < set_times(&office.path("."), time));
        let report = office.run();
        assert_eq!(report.outcome, sound.outcome, "{}", report.said);
        assert_eq!(report.said, sound.said, "{time:?}");
        assert!(report.results == sound.results, "{time:?}: other bytes");
        for left_over in ["ket-qua.~cchc-dang-ghi", "ket-qua.~cchc-cu", ".cchc-dang-doc"] {
            assert!(!office.path(left_over).exists(), "{time:?}: {left_over}");
        }
    }
}

#[test]
fn the_times_of_files_change_no_publication() {
    let publish = |time: Option<SystemTime>| {
        let percents = [("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)];
        let office = Office::busy().agreed().survey(&percents);
        assert_eq!(office.run().outcome, Outcome::Clean);
        let office = office.file("cong-bo/cong-bo-2019.zip.~cchc-dang-ghi", b"half an archive");
        if let Some(time) = time {
            set_times(&office.path("."), time);
        }
        let report = office.tell(&["freeze"]);
        assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
        assert_eq!(fs::read_dir(office.path("cong-bo")).unwrap().count(), 1);
        fs::read(office.path("cong-bo/cong-bo-2019.zip")).unwrap()
    };
    let sound = publish(None);
    for time in times() {
        assert!(publish(Some(time)) == sound, "{time:?}: another archive");
    }
}

/// The newest file is not the one that counts: only what is written on a form
/// says when it was made.
#[test]
fn of_two_forms_the_time_of_a_file_decides_nothing() {
    let office = Office::busy().form("nop/b/PB-NV.xlsx", "PB-NV", &crate::office::honest(3));
    let sound = office.run();
    for (name, time) in ["nop/PB-NV.xlsx", "nop/b/PB-NV.xlsx"].iter().zip(times()) {
        File::options().write(true).open(office.path(name)).unwrap().set_modified(time).unwrap();
        let report = office.run();
        assert_eq!(report.said, sound.said);
        assert!(report.results == sound.results, "{name}");
    }
    assert!(sound.codes().contains(&"P025".to_owned()), "{:?}", sound.codes());
}
