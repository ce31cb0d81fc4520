//! A command → how long it took and the most memory it held.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(super) struct Measured {
    pub(super) time: Duration,
    /// The largest resident set, in KiB; 0 where the system does not tell.
    pub(super) peak_kib: u64,
}

/// `cchc run` on a round, from start to exit.
pub(super) fn run(round: &Path, threads: usize) -> Measured {
    let threads = threads.to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
    let began = Instant::now();
    let mut child = command
        .args(["run", "--luong", &threads])
        .arg(round)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak_kib = 0;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        peak_kib = peak_kib.max(high_water(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    };
    let time = began.elapsed();
    assert!(status.code().is_some_and(|code| code < 2), "the run failed");
    Measured { time, peak_kib }
}

/// The plain Python script, doing less than we do.
pub(super) fn python(python: &str, forms: &Path) -> Duration {
    timed(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/plain.py");
        let status = Command::new(python).arg(script).arg(forms).stdout(Stdio::null()).status();
        assert!(status.unwrap().success(), "the Python script failed");
    })
}

pub(super) fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

/// What Linux says of a process's largest resident set, in KiB.
fn high_water(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
