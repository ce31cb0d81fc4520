//! A command → how long it took, or the most memory it held.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long `cchc run` takes on a round, from start to exit.
pub(super) fn run(round: &Path, threads: usize) -> Duration {
    timed(|| assert_ran(command(round, threads).status().unwrap()))
}

/// The largest resident set of such a run, in KiB; 0 where the system does not
/// tell. Asking for it takes a part of a core: no run is timed meanwhile.
pub(super) fn peak_kib(round: &Path, threads: usize) -> u64 {
    let mut child = command(round, threads).spawn().unwrap();
    let mut peak_kib = 0;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert_ran(status);
            return peak_kib;
        }
        peak_kib = peak_kib.max(high_water(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn command(round: &Path, threads: usize) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
    command.args(["run", "--luong", &threads.to_string()]).arg(round).stdout(Stdio::null());
    command
}

fn assert_ran(status: ExitStatus) {
    assert!(status.code().is_some_and(|code| code < 2), "the run failed");
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
