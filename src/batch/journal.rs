//! Which files are being read right now, kept on disk: what a run that died
//! was reading → the suspects of the next run.
//!
//! A parser's panic is caught where it happens. What cannot be caught (memory
//! exhausted, a kill) ends the process; the journal then names the files that
//! were open. The next run tries each of them in a process of its own first, and
//! then reads it alone, so that only a file that kills again is left out, and
//! never a sound form that was merely being read when somebody pulled the plug.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::batch::patience;
use crate::batch::source;
use crate::digest;

/// The journal's name in the round's folder. It is gone after a run that ended
/// by itself and met no deadly file.
pub(super) const FILE: &str = ".cchc-dang-doc";

/// The hidden command that reads one file and says nothing.
pub const PROBE: &str = "__doc-thu";

/// The journal of one run.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// `None` where it cannot be written: reading goes on without it.
    file: Option<File>,
    /// Files that killed the process that read them, now or in an earlier run.
    deadly: BTreeSet<String>,
    /// Files that a run died over, with what tells whether they were changed
    /// since; those that passed their trial are not deadly.
    doubted: BTreeMap<String, String>,
}

impl Journal {
    /// Opens the journal of the folder at `root` and tries the files that an
    /// earlier run died over.
    pub fn open(root: &Path) -> Journal {
        Journal::resume(root, |name| survives(root, name))
    }

    pub(super) fn resume(root: &Path, survives: impl Fn(&str) -> bool) -> Journal {
        let path = root.join(FILE);
        let text = patience::text(&path).unwrap_or_default();
        let before = doubted(&text);
        let (mut deadly, mut doubted) = (BTreeSet::new(), BTreeMap::new());
        for name in suspects(&text) {
            let stamp = stamp(root, &name);
            // Who passed the trial, was read alone and killed again did it.
            let is_convicted = before.get(&name) == Some(&stamp);
            let is_deadly = is_convicted || !survives(&name);
            if is_convicted || !is_deadly {
                doubted.insert(name.clone(), stamp);
            }
            if is_deadly {
                deadly.insert(name);
            }
        }
        let file = fs::write(&path, begun(&deadly, &doubted))
            .and_then(|()| patience::open_as(&path, OpenOptions::new().append(true)))
            .ok();
        Journal { path, file, deadly, doubted }
    }

    /// Whether reading `name` has killed a process.
    pub fn is_deadly(&self, name: &str) -> bool {
        self.deadly.contains(name)
    }

    /// Whether `name` is to be read while nothing else is.
    pub fn is_suspect(&self, name: &str) -> bool {
        self.doubted.contains_key(name)
    }

    /// Reads `name` by `read`, with its beginning and end in the journal.
    pub fn around<T>(&self, name: &str, read: impl FnOnce() -> T) -> T {
        self.note('+', name);
        let value = read();
        self.note('-', name);
        value
    }

    /// One line, one write, so that lines of several threads never mix.
    fn note(&self, mark: char, name: &str) {
        if let Some(mut file) = self.file.as_ref() {
            // A journal that cannot be written is no reason not to read.
            let _ = file.write_all(format!("{mark}{name}\n").as_bytes());
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        let is_written = self.file.take().is_some();
        if self.deadly.is_empty() {
            let _ = if is_written { patience::remove(&self.path) } else { Ok(()) };
        } else {
            let convicted = |name: &String| self.deadly.contains(name);
            let doubted = self.doubted.clone().into_iter().filter(|(name, _)| convicted(name));
            let _ = fs::write(&self.path, begun(&self.deadly, &doubted.collect()));
        }
    }
}

/// A journal in which these names were begun, and these were doubted.
fn begun(names: &BTreeSet<String>, doubted: &BTreeMap<String, String>) -> String {
    let doubted = doubted.iter().map(|(name, stamp)| format!("?{stamp} {name}\n"));
    doubted.chain(names.iter().map(|name| format!("+{name}\n"))).collect()
}

/// The names that were doubted, and their stamps.
fn doubted(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('?')?.split_once(' '));
    lines.map(|(stamp, name)| (name.to_owned(), stamp.to_owned())).collect()
}

/// What changes when a file does, whatever a clock says: the digest of its
/// bytes; nothing where they cannot be read.
fn stamp(root: &Path, name: &str) -> String {
    let bytes = source::read(root, &root.join(name), name);
    bytes.map_or_else(|_| String::new(), |bytes| digest::sha256(&bytes))
}

/// The names that were begun and never ended.
fn suspects(text: &str) -> BTreeSet<String> {
    let mut open = BTreeSet::new();
    for line in text.lines() {
        match line.split_at_checked(1) {
            Some(("+", name)) => open.insert(name.to_owned()),
            Some(("-", name)) => open.remove(name),
            _ => false,
        };
    }
    open
}

/// Whether a process that reads this one file comes to its own end. A file is
/// not blamed where no process can be begun.
fn survives(root: &Path, name: &str) -> bool {
    /// The most that a run says by its exit code; a death says more or nothing.
    const FAILED: i32 = 2;
    let Ok(program) = std::env::current_exe() else { return true };
    let probe = Command::new(program)
        .arg(PROBE)
        .arg(root)
        .arg(name)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    probe.map_or(true, |status| status.code().is_some_and(|code| (0..=FAILED).contains(&code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_and_never_ended_is_suspect() {
        let text = "+nop/a.xlsx\n+nop/b.xlsx\n-nop/a.xlsx\n+nop/c.xlsx\n-nop/c.xlsx\n";
        assert_eq!(suspects(text), BTreeSet::from(["nop/b.xlsx".to_owned()]));
    }

    #[test]
    fn a_file_that_kills_again_is_left_out_until_it_no_longer_does() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        fs::write(&path, "+nop/a.xlsx\n+nop/b.xlsx\n").unwrap();
        let journal = Journal::resume(dir.path(), |name| name == "nop/a.xlsx");
        assert!(!journal.is_deadly("nop/a.xlsx"));
        assert!(journal.is_deadly("nop/b.xlsx"));
        drop(journal);
        // Still named by the next run, and forgotten once it was mended.
        assert_eq!(fs::read_to_string(&path).unwrap(), "+nop/b.xlsx\n");
        let journal = Journal::resume(dir.path(), |_| true);
        assert!(!journal.is_deadly("nop/b.xlsx"));
        drop(journal);
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_kills_only_beside_others_is_read_alone_and_then_left_out() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        let name = "nop/a.xlsx";
        fs::create_dir(dir.path().join("nop")).unwrap();
        fs::write(dir.path().join(name), "mot.").unwrap();
        // Each run dies while the file is open, and its trial goes well.
        let die = || {
            let mut journal = Journal::resume(dir.path(), |_| true);
            let state = (journal.is_suspect(name), journal.is_deadly(name));
            if !journal.is_deadly(name) {
                journal.note('+', name);
            }
            // Of a process that died the system closes the files.
            drop(journal.file.take());
            std::mem::forget(journal);
            state
        };
        assert_eq!(die(), (false, false));
        assert_eq!(die(), (true, false));
        assert_eq!(die(), (true, true));
        drop(Journal::resume(dir.path(), |_| true));
        assert_eq!(die(), (true, true));
        // Another text of the same length, saved by a clock that stands still.
        let file = dir.path().join(name);
        let changed = fs::metadata(&file).unwrap().modified().unwrap();
        fs::write(&file, "hai.").unwrap();
        File::options().write(true).open(&file).unwrap().set_modified(changed).unwrap();
        let journal = Journal::resume(dir.path(), |_| true);
        assert!(!journal.is_deadly(name));
        journal.around(name, || ());
        drop(journal);
        assert!(!path.exists());
    }

    #[test]
    fn a_run_that_ends_by_itself_leaves_no_journal() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::open(dir.path());
        let read = journal.around("nop/a.xlsx", || {
            let path = dir.path().join(FILE);
            assert_eq!(fs::read_to_string(path).unwrap(), "+nop/a.xlsx\n");
            7
        });
        drop(journal);
        assert_eq!(read, 7);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
