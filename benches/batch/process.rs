//! A command → what it took, or the most memory it held.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a command took from start to exit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spent {
    pub(super) wall: Duration,
    /// Of all processors together; the wall's where the system does not tell.
    pub(super) processor: Duration,
}

/// What `cchc run` takes on a round.
pub(super) fn run(round: &Path, threads: usize) -> Spent {
    spent(&mut command(round, threads), 2)
}

/// What inflating and tokenising a round's forms takes, in a process of its own
/// like everything else.
pub(super) fn tokenise(round: &Path, threads: usize) -> Spent {
    spent(piece("tokenise", &round.join("nop")).arg(threads.to_string()), 1)
}

/// What reading a round's forms with one thread takes.
pub(super) fn read(round: &Path) -> Spent {
    spent(&mut piece("read", round), 1)
}

fn piece(word: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(word).arg(folder);
    command
}

/// What the Python script takes that does the same main work.
pub(super) fn fair(python: &str, round: &Path) -> Spent {
    spent(&mut script(python, round, "run"), 1)
}

/// Compares the script's results with ours, cell by cell.
pub(super) fn agree(python: &str, round: &Path) {
    spent(&mut script(python, round, "agree"), 1);
}

fn script(python: &str, round: &Path, word: &str) -> Command {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/fair.py");
    let mut command = Command::new(python);
    command.arg(script).arg(word).arg(round);
    command
}

/// Runs a command, which may end with less than `failed`.
fn spent(command: &mut Command, failed: i32) -> Spent {
    let (before, began) = (children(), Instant::now());
    assert_ran(command.stdout(Stdio::null()).status().unwrap(), failed);
    let wall = began.elapsed();
    let processor = children().zip(before).map(|(after, before)| after.saturating_sub(before));
    Spent { wall, processor: processor.unwrap_or(wall) }
}

/// The processor time of all children that have ended, as Linux tells it.
fn children() -> Option<Duration> {
    /// Of user and system time, after the name.
    const FIELDS: [usize; 2] = [13, 14];
    /// Linux counts in hundredths.
    const TICK: Duration = Duration::from_millis(10);
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = FIELDS.iter().map(|at| fields.get(*at)?.parse::<u32>().ok());
    Some(TICK * ticks.sum::<Option<u32>>()?)
}

/// The largest resident set of a run, in KiB; 0 where the system does not tell.
/// Asking for it takes a part of a core: no run is timed meanwhile.
pub(super) fn peak_kib(round: &Path, threads: usize) -> u64 {
    let mut child = command(round, threads).stdout(Stdio::null()).spawn().unwrap();
    let mut peak_kib = 0;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert_ran(status, 2);
            return peak_kib;
        }
        peak_kib = peak_kib.max(high_water(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn command(round: &Path, threads: usize) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
    command.args(["run", "--luong", &threads.to_string()]).arg(round);
    command
}

fn assert_ran(status: ExitStatus, failed: i32) {
    assert!(status.code().is_some_and(|code| code < failed), "a command failed: {status}");
}

/// What Linux says of a process's largest resident set, in KiB.
fn high_water(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
