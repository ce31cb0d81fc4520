//! A form in a format that is not ours, read by a process of its own: its bytes
//! go in, the bytes of an answer come out.
//!
//! The process bounds itself before it reads: memory and processor time where
//! the system can (Linux), and time everywhere. Whatever becomes of it, the run
//! goes on, and it leaves nothing on the disk.

use std::env;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::batch::folder::Named;
use crate::excel::{self, Foreign, Opened};
use crate::failure::reason;
use crate::finding::Finding;

/// The hidden command that reads one file and answers what it says.
pub const READ: &str = "__doc-dinh-dang-khac";

/// Bytes of an answer: all that the gate lets through of a workbook is less.
const ANSWER: u64 = 64 << 20;
/// Seconds for one file; a form takes a hundredth of one.
const SECONDS: u64 = 60;
/// The exit code of a reader that took longer.
const LATE: i32 = 3;
/// Bytes of memory for one file.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 512 << 20;

/// What the file `named`, whose bytes these are, says beside the sheets `unread`.
pub fn read(
    kind: Foreign,
    unread: &[&str],
    named: &Named,
    bytes: &[u8],
) -> Result<Opened, Finding> {
    let refused = |why: &str| kind.unanswered(&named.name, why);
    let answer = asked(bytes)
        .map_err(|error| refused(&format!("không chạy được bộ đọc riêng ({})", reason(&error))))?;
    excel::opened(kind, unread, &named.name, bytes, &answer).unwrap_or_else(|| {
        Err(refused("bộ đọc dừng giữa chừng, vì tệp hỏng, quá lớn hoặc đọc quá lâu"))
    })
}

/// What a process of its own answers; nothing whole when it was lost.
fn asked(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut child = Command::new(program()?)
        .arg(READ)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    match exchanged(&mut child, bytes) {
        Ok(answer) => Ok(if child.wait()?.success() { answer } else { Vec::new() }),
        // Whoever takes no more bytes, or sends too many, is lost.
        Err(_) => child.kill().and_then(|()| child.wait()).map(|_| Vec::new()),
    }
}

/// Sends everything, then takes everything: the other side does nothing else.
fn exchanged(child: &mut Child, bytes: &[u8]) -> io::Result<Vec<u8>> {
    if let Some(mut input) = child.stdin.take() {
        input.write_all(bytes)?;
    }
    let mut answer = Vec::new();
    if let Some(output) = child.stdout.take() {
        output.take(ANSWER).read_to_end(&mut answer)?;
    }
    Ok(answer)
}

/// The program itself. A test is another, and lies below the one it is of.
fn program() -> io::Result<PathBuf> {
    let own = env::current_exe()?;
    let built = own.parent().filter(|folder| folder.ends_with("deps")).and_then(Path::parent);
    let built = built.map(|folder| folder.join(format!("cchc{}", env::consts::EXE_SUFFIX)));
    Ok(built.filter(|program| program.exists()).unwrap_or(own))
}

/// Reads one file from what comes in and answers: the other side of [`read`].
pub fn serve() -> io::Result<()> {
    bound()?;
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    io::stdout().lock().write_all(&excel::answer(&bytes))
}

/// Bounds this process, which has read nothing yet.
fn bound() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

        for (resource, most) in
            [(Resource::As, MEMORY), (Resource::Cpu, SECONDS), (Resource::Core, 0)]
        {
            let most = getrlimit(resource).maximum.map_or(most, |granted| granted.min(most));
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
        }
    }
    thread::Builder::new().spawn(|| {
        thread::sleep(Duration::from_secs(SECONDS));
        #[expect(clippy::exit, reason = "the only end of a reader that does not come to one")]
        process::exit(LATE)
    })?;
    Ok(())
}
