//! Files that another program holds for a moment, tried again.
//!
//! On Windows a virus scanner, an indexer, a program that synchronises and
//! Explorer each open what is new for some milliseconds, and whoever opens,
//! renames or removes it meanwhile is refused. Everything that `batch` does to
//! files goes through here; only what stays refused is told, with what is known
//! of who holds it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use walkdir::WalkDir;

use crate::failure::Held;

/// The first pause; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(10);
/// The longest pause.
const LONGEST: Duration = Duration::from_millis(800);
/// How long is waited for a file that somebody holds.
const FOR_HELD: Duration = Duration::from_secs(6);
/// How long where access is denied: mostly for good, sometimes because a file is
/// about to vanish or a scanner looks at it.
const FOR_DENIED: Duration = Duration::from_secs(2);
/// After so long in vain, a run waits no longer than it must.
const IN_VAIN: Duration = Duration::from_secs(30);
/// What it then waits for each further file.
const LEAST: Duration = Duration::from_millis(300);

/// How long a run of this process has waited for nothing, in milliseconds.
static WAITED: AtomicU64 = AtomicU64::new(0);

/// How long a refusal of Windows is worth waiting for, by its number; `None` where
/// it will not pass by itself.
fn patience(code: i32, in_vain: Duration) -> Option<Duration> {
    let patience = match code {
        // Access denied.
        5 => FOR_DENIED,
        // A sharing violation, a lock, a folder that is not empty because what
        // was in it is still held, a file about to be deleted, a mapped one.
        32 | 33 | 145 | 303 | 1224 => FOR_HELD,
        _ => return None,
    };
    Some(if in_vain < IN_VAIN { patience } else { LEAST })
}

/// The pauses between attempts, as long as this in all.
fn pauses(whole: Duration) -> impl Iterator<Item = Duration> {
    let mut left = whole;
    let lengths = std::iter::successors(Some(FIRST), |it| Some(LONGEST.min(*it * 2)));
    lengths.map_while(move |length| {
        let pause = length.min(left);
        left -= pause;
        (!pause.is_zero()).then_some(pause)
    })
}

/// The number of a refusal that may pass: only Windows refuses so.
fn number(error: &io::Error) -> Option<i32> {
    error.raw_os_error().filter(|_| cfg!(windows))
}

/// Tries until it is done, refused for good, or nobody waits any longer. A file
/// that is still held is then said to be.
fn tried<T>(
    path: &Path,
    number: impl Fn(&io::Error) -> Option<i32>,
    mut wait: impl FnMut(Duration),
    mut work: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    let mut refused = match work() {
        Err(refused) => refused,
        done => return done,
    };
    let in_vain = || Duration::from_millis(WAITED.load(Ordering::Relaxed));
    let worth = |it: &io::Error| patience(number(it)?, in_vain());
    let Some(whole) = worth(&refused) else { return Err(refused) };
    for pause in pauses(whole) {
        wait(pause);
        refused = match work() {
            Err(refused) => refused,
            done => return done,
        };
        if worth(&refused).is_none() {
            return Err(refused);
        }
    }
    WAITED.fetch_add(u64::try_from(whole.as_millis()).unwrap_or(0), Ordering::Relaxed);
    let opened = opened(path);
    // What is denied for good need not be held by anybody.
    if refused.kind() == io::ErrorKind::PermissionDenied && opened.is_empty() {
        return Err(refused);
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, Held { opened }))
}

fn patiently<T>(path: &Path, work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    tried(path, number, thread::sleep, work)
}

/// The files at or below a path that are open in Excel, by name: it leaves its
/// own file beside each.
fn opened(path: &Path) -> Vec<String> {
    let own = |it: &Path| -> Option<String> {
        let name = it.file_name()?.to_string_lossy().into_owned();
        name.strip_prefix("~$").map(str::to_owned)
    };
    if path.is_dir() {
        let below = WalkDir::new(path).max_depth(2).sort_by_file_name().into_iter().flatten();
        return below.filter_map(|entry| own(entry.path())).collect();
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_open = path.with_file_name(format!("~${name}")).exists();
    is_open.then_some(name).into_iter().collect()
}

/// Opens a file to read it.
pub fn open(path: &Path) -> io::Result<File> {
    patiently(path, || File::open(path))
}

/// Opens a file in a way of its own.
pub fn open_as(path: &Path, options: &OpenOptions) -> io::Result<File> {
    patiently(path, || options.open(path))
}

/// Makes a file that must not be there.
pub fn create_new(path: &Path) -> io::Result<File> {
    patiently(path, || File::create_new(path))
}

/// The bytes of a file.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    patiently(path, || fs::read(path))
}

/// The text of a file.
pub fn text(path: &Path) -> io::Result<String> {
    patiently(path, || fs::read_to_string(path))
}

/// Gives a file or a folder another name; a file there makes way.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(from, || fs::rename(from, to)).map_err(|refused| match refused.get_ref() {
        // It may as well be the one that should make way.
        Some(_) if to.is_file() && !opened(to).is_empty() => {
            io::Error::new(io::ErrorKind::ResourceBusy, Held { opened: opened(to) })
        }
        _ => refused,
    })
}

/// Gives a file a second name.
pub fn hard_link(from: &Path, to: &Path) -> io::Result<()> {
    patiently(from, || fs::hard_link(from, to))
}

/// Copies a file.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    patiently(from, || fs::copy(from, to)).map(|_| ())
}

/// Removes a file.
pub fn remove(path: &Path) -> io::Result<()> {
    patiently(path, || fs::remove_file(path))
}

/// Removes a folder with everything in it; one that is not there is removed.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    let removed = || match fs::remove_dir_all(path) {
        Err(refused) if refused.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    };
    patiently(path, removed)
}

/// Makes a folder, and those above it, if they are not there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    patiently(path, || fs::create_dir_all(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELD: i32 = 32;

    /// Attempts and the time waited until work that is refused `times` times is
    /// over, and how it ended.
    fn over(path: &Path, code: i32, times: usize) -> (usize, Duration, io::Result<()>) {
        let (mut attempts, mut waited) = (0, Duration::ZERO);
        let wait = |pause| waited += pause;
        let done = tried(path, io::Error::raw_os_error, wait, || {
            attempts += 1;
            if times < attempts { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
        });
        (attempts, waited, done)
    }

    #[test]
    fn what_is_held_for_a_moment_is_had_and_pauses_grow() {
        let (attempts, waited, done) = over(Path::new("a.xlsx"), HELD, 3);
        done.unwrap();
        assert_eq!((attempts, waited), (4, FIRST * (1 + 2 + 4)));
        let all: Vec<Duration> = pauses(FOR_HELD).collect();
        assert!(all.is_sorted_by(|a, b| a <= b || *b == all[all.len() - 1]));
        assert_eq!(all.iter().sum::<Duration>(), FOR_HELD);
        assert!(all.iter().all(|it| *it <= LONGEST));
    }

    #[test]
    fn only_what_may_pass_is_waited_for() {
        for code in [32, 33, 145, 303, 1224] {
            assert_eq!(patience(code, Duration::ZERO), Some(FOR_HELD), "{code}");
        }
        assert_eq!(patience(5, Duration::ZERO), Some(FOR_DENIED));
        // Absent, no such folder, the disk full, there already.
        for code in [2, 3, 112, 183] {
            assert_eq!(patience(code, Duration::ZERO), None);
            assert_eq!(over(Path::new("a.xlsx"), code, 1).0, 1);
        }
        // A thousand files that nobody lets go of do not take an hour.
        assert_eq!(patience(32, IN_VAIN), Some(LEAST));
    }

    #[test]
    fn what_stays_held_is_said_to_be_open_in_excel_only_where_it_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Tong-hop-2019.xlsx");
        let said = |path: &Path| {
            let refused = over(path, HELD, usize::MAX).2.unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::ResourceBusy);
            crate::failure::reason(&refused)
        };
        assert_eq!(said(&path), "đang bị chương trình khác giữ");
        fs::write(dir.path().join("~$Tong-hop-2019.xlsx"), "").unwrap();
        assert_eq!(said(&path), "Tong-hop-2019.xlsx đang mở trong Excel");
        assert_eq!(said(dir.path()), "Tong-hop-2019.xlsx đang mở trong Excel");
        assert_eq!(said(&dir.path().join("khac.xlsx")), "đang bị chương trình khác giữ");
    }
}
