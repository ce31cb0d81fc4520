//! The log of a round (`ket-qua/nhat-ky.txt`, or beside the settings while there
//! are no results): what each run said, appended.
//!
//! UTF-8 with a byte order mark and Windows line ends, so that Notepad and
//! Excel of any age show it right. It is the one result with a clock in it.

use std::fs;
use std::path::Path;

use crate::batch::folder::Folder;
use crate::batch::{clock, lock, patience, save};
use crate::history;
use crate::round::SETTINGS;

/// The log's name inside the folder of results.
pub const LOG_FILE: &str = "nhat-ky.txt";

/// The oldest entries go when the log grows beyond this, in bytes.
const LARGEST: usize = 1 << 20;

/// The log of `folder` with the lines of one more run.
pub fn appended(folder: &Path, said: &str) -> Vec<u8> {
    let earlier = patience::read(&folder.join(LOG_FILE)).unwrap_or_default();
    let earlier = String::from_utf8_lossy(&earlier);
    let mut text = earlier.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    text.extend(["== ", &clock::now().to_string(), " ==\n", said.trim_end(), "\n"]);
    while LARGEST < text.len() {
        let Some(next) = text[1..].find("\n== ") else { break };
        text.drain(..next + 2);
    }
    format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()
}

/// Keeps what was said of a run that failed, where a person finds it: in the log of
/// the results, or in one beside the settings while there are no results. Nobody is
/// told when even that cannot be written.
pub fn keep_failure(folder: &Folder, said: &str) {
    let is_ours = [SETTINGS, history::SETTINGS].iter().any(|it| folder.root().join(it).exists());
    if !is_ours {
        return;
    }
    let results = folder.present_results();
    let place = if results.is_dir() { &results } else { folder.root() };
    // Whoever works there at the moment keeps a log of its own.
    let Ok(_lock) = lock::take(folder.root()) else { return };
    let _ = save::file(&place.join(LOG_FILE), &appended(place, said));
}

/// Whether what the process says goes on where another left off in a file
/// (`>>`).
pub fn is_continued() -> bool {
    use std::io::{Seek, stdout};

    #[cfg(unix)]
    let out = std::os::fd::AsFd::as_fd(&stdout()).try_clone_to_owned();
    #[cfg(windows)]
    let out = std::os::windows::io::AsHandle::as_handle(&stdout()).try_clone_to_owned();
    let at = out.map(fs::File::from).and_then(|mut file| file.stream_position());
    at.is_ok_and(|at| 0 < at)
}

/// How the line begins that says what was published.
const PUBLISHED: &str = "Đã công bố: ";

/// The line of a publication: its archive's name and digest.
pub fn publication(name: &str, sha256: &str) -> String {
    format!("{PUBLISHED}{name}, SHA-256 {sha256}")
}

/// The publications that the log of `folder` names, with their digests.
pub fn published(folder: &Path) -> Vec<(String, String)> {
    let text = patience::read(&folder.join(LOG_FILE)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let told = text.lines().filter_map(|line| {
        let (name, sha256) = line.strip_prefix(PUBLISHED)?.split_once(", SHA-256 ")?;
        Some((name.to_owned(), sha256.trim().to_owned()))
    });
    told.collect()
}
