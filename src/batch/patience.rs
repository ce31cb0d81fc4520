//! Files that another program holds for a moment, tried again.
//!
//! On Windows a virus scanner, an indexer, a program that synchronises and
//! Explorer each open what is new for some milliseconds, and whoever opens,
//! renames or removes it meanwhile is refused. What `batch` opens, renames and
//! removes goes through here, but for what may fail without harm; only what stays
//! refused is told, with what is known of who holds it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
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
/// How long is waited for what somebody holds.
const FOR_HELD: Duration = Duration::from_secs(10);
/// How long where access is denied: mostly for good, sometimes because a file is
/// about to vanish.
const FOR_DENIED: Duration = Duration::from_secs(2);
/// How long for what is known to be open in Excel.
const FOR_OPENED: Duration = Duration::from_secs(1);
/// After so long in vain, a run waits no longer than it must.
const IN_VAIN: Duration = Duration::from_secs(30);
/// What it then waits for each further file.
const LEAST: Duration = Duration::from_millis(300);

/// How long this process has waited for nothing, in milliseconds.
static WAITED: AtomicU64 = AtomicU64::new(0);

/// Access denied. A folder below which somebody has a file open is denied a new
/// name by this number.
const DENIED: i32 = 5;
/// A sharing violation.
const SHARED: i32 = 32;

/// How long a refusal of Windows is worth waiting for, by its number; `None` where
/// it will not pass by itself.
fn patience(number: i32, in_vain: Duration) -> Option<Duration> {
    let patience = match number {
        DENIED => FOR_DENIED,
        // Or a lock, a folder that is not empty because what was in it is still
        // held, a file about to be deleted, a mapped one.
        SHARED | 33 | 145 | 303 | 1224 => FOR_HELD,
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

/// The system that refuses, and the clock that is waited by.
struct System<'a> {
    /// The number of a refusal that may pass.
    number: &'a dyn Fn(&io::Error) -> Option<i32>,
    /// Whether a file cannot be written because somebody holds it.
    is_held: &'a dyn Fn(&Path) -> bool,
    wait: &'a mut dyn FnMut(Duration),
}

impl System<'_> {
    /// Tries until it is done, refused for good, or nobody waits any longer. What
    /// is still held is then said to be.
    fn tries<T>(&mut self, path: &Path, mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        let mut refused = match work() {
            Err(refused) => refused,
            done => return done,
        };
        let in_vain = Duration::from_millis(WAITED.load(Ordering::Relaxed));
        let Some(whole) = (self.number)(&refused).and_then(|it| patience(it, in_vain)) else {
            return Err(refused);
        };
        let mut waited = Duration::ZERO;
        for pause in pauses(whole) {
            (self.wait)(pause);
            waited += pause;
            refused = match work() {
                Err(refused) => refused,
                done => return done,
            };
            let passes = (self.number)(&refused).and_then(|it| patience(it, in_vain)).is_some();
            if !passes {
                return Err(refused);
            }
            if FOR_OPENED <= waited && !opened(path, self.is_held).is_empty() {
                break;
            }
        }
        WAITED.fetch_add(u64::try_from(waited.as_millis()).unwrap_or(0), Ordering::Relaxed);
        let opened = opened(path, self.is_held);
        // What is denied for good need not be held by anybody.
        if (self.number)(&refused) == Some(DENIED) && opened.is_empty() {
            return Err(refused);
        }
        Err(io::Error::new(io::ErrorKind::ResourceBusy, Held { opened }))
    }
}

/// The number of a refusal that may pass: only Windows refuses so.
fn number(error: &io::Error) -> Option<i32> {
    error.raw_os_error().filter(|_| cfg!(windows))
}

/// The same of a new name: whoever could make files here is denied one only
/// because somebody holds what is to have it.
fn number_of_rename(error: &io::Error) -> Option<i32> {
    number(error).map(|it| if it == DENIED { SHARED } else { it })
}

/// Whether a file cannot be written because somebody holds it.
fn is_held(path: &Path) -> bool {
    let opened = OpenOptions::new().write(true).open(path);
    opened.is_err_and(|refused| matches!(number(&refused), Some(SHARED | 33)))
}

fn patiently<T>(path: &Path, work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let wait = &mut thread::sleep;
    System { number: &number, is_held: &is_held, wait }.tries(path, work)
}

/// The files at or below a path that are open in Excel, by name: it holds them,
/// and keeps a file of its own beside each.
fn opened(path: &Path, is_held: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let own = |beside: &Path| -> Option<String> {
        let name = beside.file_name()?.to_string_lossy().strip_prefix("~$")?.to_owned();
        is_held(&beside.with_file_name(&name)).then_some(name)
    };
    if path.is_dir() {
        let below = WalkDir::new(path).max_depth(2).sort_by_file_name().into_iter().flatten();
        return below.filter_map(|entry| own(entry.path())).collect();
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!("~${name}"));
    if beside.exists() { own(&beside).into_iter().collect() } else { Vec::new() }
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

/// The bytes of a file, of a larger one no more than these, into room for so many.
pub fn read_most(path: &Path, most: u64, room: usize) -> io::Result<Vec<u8>> {
    // A part of a file may be held: then it opens, and reading is refused.
    patiently(path, || {
        let mut bytes = Vec::with_capacity(room);
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

/// The text of a file.
pub fn text(path: &Path) -> io::Result<String> {
    patiently(path, || fs::read_to_string(path))
}

/// Gives a file or a folder another name; a file there makes way.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    // It may as well be the one that should make way that is held.
    let told = if to.is_file() { to } else { from };
    let wait = &mut thread::sleep;
    System { number: &number_of_rename, is_held: &is_held, wait }
        .tries(told, || fs::rename(from, to))
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
        // Where files that may not be written may not be removed either.
        Err(refused) if cfg!(windows) && refused.kind() == io::ErrorKind::PermissionDenied => {
            make_writable(path);
            fs::remove_dir_all(path)
        }
        done => done,
    };
    patiently(path, removed)
}

/// Lets everything below a folder be written, as far as it goes.
fn make_writable(folder: &Path) {
    for entry in WalkDir::new(folder).into_iter().flatten() {
        let Ok(mut permissions) = entry.metadata().map(|it| it.permissions()) else { continue };
        if permissions.readonly() {
            #[expect(clippy::permissions_set_readonly_false, reason = "asked on Windows only")]
            permissions.set_readonly(false);
            let _ = fs::set_permissions(entry.path(), permissions);
        }
    }
}

/// Makes a folder, and those above it, if they are not there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    patiently(path, || fs::create_dir_all(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Attempts and the time waited until work that is refused `times` times is
    /// over, and how it ended; whatever Excel has beside it is held.
    fn over(path: &Path, number: i32, times: usize) -> (usize, Duration, io::Result<()>) {
        let (mut attempts, mut waited) = (0, Duration::ZERO);
        let mut wait = |pause| waited += pause;
        let is_held = |it: &Path| it.ends_with("Tong-hop-2019.xlsx");
        let mut system =
            System { number: &io::Error::raw_os_error, is_held: &is_held, wait: &mut wait };
        let done = system.tries(path, || {
            attempts += 1;
            if times < attempts { Ok(()) } else { Err(io::Error::from_raw_os_error(number)) }
        });
        (attempts, waited, done)
    }

    #[test]
    fn what_is_held_for_a_moment_is_had_and_pauses_grow() {
        let (attempts, waited, done) = over(Path::new("a.xlsx"), SHARED, 3);
        done.unwrap();
        assert_eq!((attempts, waited), (4, FIRST * (1 + 2 + 4)));
        let all: Vec<Duration> = pauses(FOR_HELD).collect();
        assert!(all[..all.len() - 1].is_sorted());
        assert_eq!(all.iter().sum::<Duration>(), FOR_HELD);
        assert!(all.iter().all(|it| *it <= LONGEST));
    }

    #[test]
    fn only_what_may_pass_is_waited_for() {
        for number in [32, 33, 145, 303, 1224] {
            assert_eq!(patience(number, Duration::ZERO), Some(FOR_HELD), "{number}");
        }
        assert_eq!(patience(5, Duration::ZERO), Some(FOR_DENIED));
        // Absent, no such folder, the disk full, there already.
        for number in [2, 3, 112, 183] {
            assert_eq!(patience(number, Duration::ZERO), None);
            assert_eq!(over(Path::new("a.xlsx"), number, 1).0, 1);
        }
        // A thousand files that nobody lets go of do not take an hour.
        assert_eq!(patience(32, IN_VAIN), Some(LEAST));
    }

    #[test]
    fn what_stays_held_is_said_to_be_open_in_excel_only_where_it_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Tong-hop-2019.xlsx");
        let said = |path: &Path, number| {
            let refused = over(path, number, usize::MAX).2.unwrap_err();
            (refused.kind(), crate::failure::reason(&refused))
        };
        let held = |told: &str| (io::ErrorKind::ResourceBusy, told.to_owned());
        assert_eq!(said(&path, SHARED), held("đang bị chương trình khác giữ"));
        // What is denied for good is said as the system says it.
        let denied = io::Error::from_raw_os_error(DENIED);
        assert_eq!(said(&path, DENIED), (denied.kind(), crate::failure::reason(&denied)));
        // Excel left the second when it crashed, and nobody holds its file.
        for name in ["~$Tong-hop-2019.xlsx", "~$Khen-thuong-2019.xlsx"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let opened = held("Tong-hop-2019.xlsx đang mở trong Excel");
        for path in [&path, dir.path()] {
            assert_eq!(said(path, SHARED), opened);
            assert_eq!(said(path, DENIED), opened);
        }
        let other = dir.path().join("Khen-thuong-2019.xlsx");
        assert_eq!(said(&other, SHARED), held("đang bị chương trình khác giữ"));
        // Nobody waits ten seconds for a person.
        assert!(over(&path, SHARED, usize::MAX).1 < FOR_OPENED + LONGEST);
    }
}
