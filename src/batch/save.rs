//! Results on disk: files written one by one → a folder, swapped in whole.
//!
//! Everything is written into a fresh folder beside the old one and flushed, all
//! files at once; then the two change places. A kill at any moment leaves the old
//! results or the new. What a kill may leave beside them is cleared by the next
//! run.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use walkdir::WalkDir;

use crate::batch::folder::{below, is_of_opened};
use crate::batch::patience;
use crate::batch::swap::{self, exchange};
use crate::batch::{both, is_alone, parallel, with_threads};
use crate::digest::Digested;
use crate::excel;
use crate::failure::Failure;
use crate::record::Input;
use crate::sheet::WorkbookOf;

/// Files that may wait to be flushed, each with a handle of its own: far fewer
/// than any system grants.
const WAITING: usize = 100;
/// Files that are flushed at once. Their threads only wait for the disk.
const FLUSHED: usize = 8;

/// How much of a file is digested at once, in bytes.
const BLOCK: usize = 1 << 16;

/// New results while they are being made, beside the folder they will replace.
///
/// Dropped without [`Draft::publish`], it leaves nothing behind.
pub struct Draft {
    target: PathBuf,
    folder: PathBuf,
    /// Written, but perhaps not on the disk yet.
    waiting: Mutex<Vec<(PathBuf, File)>>,
}

impl Draft {
    /// Begins new results for the folder `target`, after putting right what a
    /// killed run left.
    pub fn begin(target: &Path) -> Result<Draft, Failure> {
        swap::recover(target)?;
        let (target, draft) = (target.to_owned(), swap::draft(target));
        let draft = Draft { target, folder: draft, waiting: Mutex::default() };
        folder(&draft.folder)?;
        Ok(draft)
    }

    /// Writes one file; `name` is its path below the target, with `/`. Files go
    /// to the disk as they are made, so that results never wait in memory.
    pub fn put(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut file = self.begin_file(name)?;
        file.write(write)?;
        self.end(file)
    }

    /// The same; gives the name and the digest.
    pub fn put_digested(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Input, Failure> {
        let mut file = self.begin_file(name)?;
        let mut sha256 = String::new();
        file.write(|out| {
            let mut buffer = BufWriter::with_capacity(BLOCK, Digested::new(out));
            write(&mut buffer)?;
            sha256 = buffer.into_inner().map_err(io::IntoInnerError::into_error)?.digest.hex();
            Ok(())
        })?;
        self.end(file)?;
        Ok(Input { file: name.to_owned(), sha256 })
    }

    /// The same for a workbook.
    pub fn put_workbook(&self, name: &str, workbook: &WorkbookOf) -> Result<Input, Failure> {
        let mut file = self.begin_file(name)?;
        let mut out = Digested::new(&mut file.out);
        let written = excel::write_to(workbook, &mut out);
        let sha256 = out.digest.hex();
        written.map_err(|why| Failure::from(why).at(&file.path))?;
        self.end(file)?;
        Ok(Input { file: name.to_owned(), sha256 })
    }

    /// Begins a file that is written in parts.
    pub fn begin_file(&self, name: &str) -> Result<DraftFile, Failure> {
        let path = below(&self.folder, name);
        folder(path.parent().unwrap_or(&self.folder))?;
        match patience::create_new(&path) {
            Ok(file) => Ok(DraftFile { path, out: BufWriter::new(file) }),
            Err(source) => Err(Failure::Write { path, source }),
        }
    }

    /// Leaves a written file to be flushed together with others.
    pub fn end(&self, file: DraftFile) -> Result<(), Failure> {
        let DraftFile { path, out } = file;
        match out.into_inner().map_err(io::IntoInnerError::into_error) {
            Err(source) => return Err(Failure::Write { path, source }),
            Ok(file) => self.waiting().push((path, file)),
        }
        let enough = {
            let mut waiting = self.waiting();
            if waiting.len() < WAITING { Vec::new() } else { mem::take(&mut *waiting) }
        };
        flush(&enough)
    }

    /// Gives a written file another name, both below the target.
    pub fn rename(&self, name: &str, to: &str) -> Result<(), Failure> {
        let path = below(&self.folder, to);
        let renamed = patience::rename(&below(&self.folder, name), &path);
        renamed.map_err(|source| Failure::Write { path, source })
    }

    /// Sees to it that the new results are on the disk, and puts them where the
    /// old ones were; keeps what `keep` says of the old ones' own top-level
    /// entries.
    pub fn publish(self, keep: impl Fn(&str) -> bool) -> Result<(), Failure> {
        self.share(&keep)?;
        {
            let waiting = mem::take(&mut *self.waiting());
            both(|| flush(&waiting), || flush_folders(&self.folder)).0?;
        }
        self.place(keep)
    }

    /// Puts the new results where the old ones were, whether or not they are on
    /// the disk.
    pub fn place(self, keep: impl Fn(&str) -> bool) -> Result<(), Failure> {
        self.close();
        let failure = |source| Failure::ResultsOpen { path: self.target.clone(), source };
        let old = exchange(&self.folder, &self.target, &keep).map_err(failure)?;
        if let Some(old) = old.filter(|it| carry_over(it, &self.target, &keep)) {
            // The old results are no longer needed; a file somebody holds open may
            // linger until a later run clears it.
            let _ = swap::clear(&old);
        }
        Ok(())
    }

    /// Closes every file: Windows renames no folder below which one is open.
    fn close(&self) {
        self.waiting().clear();
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<(PathBuf, File)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the draft what is kept of the old results, which have it as well: a
    /// kill at any moment of the swap leaves it in both or in what is there.
    fn share(&self, keep: &impl Fn(&str) -> bool) -> Result<(), Failure> {
        for (path, to) in lacking(&swap::present(&self.target), &self.folder, keep) {
            share(&path, &to).map_err(|source| Failure::Write { path, source })?;
        }
        Ok(())
    }
}

/// Makes `to` another name of the same file, or a copy where the file system
/// knows no second names; of a folder, with everything in it.
fn share(from: &Path, to: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(from)?.is_dir() {
        return fs::hard_link(from, to).or_else(|_| patience::copy(from, to));
    }
    patience::make_folder(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        share(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// A file of new results while it is being written.
pub struct DraftFile {
    path: PathBuf,
    out: BufWriter<File>,
}

impl DraftFile {
    /// Writes what comes next.
    pub fn write(
        &mut self,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        write(&mut self.out).map_err(|source| Failure::Write { path: self.path.clone(), source })
    }
}

/// Sees to it that files are on the disk. Where more than one thread works, all
/// wait for the disk at once: it serves them together.
fn flush(files: &[(PathBuf, File)]) -> Result<(), Failure> {
    let one = |(path, file): &(PathBuf, File)| {
        file.sync_all().map_err(|source| Failure::Write { path: path.clone(), source })
    };
    match files.len().min(FLUSHED) {
        0 => Ok(()),
        _ if is_alone() => files.iter().try_for_each(one),
        threads => with_threads(threads, || parallel(files, one)).map(|_| ()),
    }
}

/// The names in a folder and those below it. A file system that flushes no
/// folders keeps the order of what is done to them.
fn flush_folders(folder: &Path) {
    if cfg!(unix) {
        let entries = WalkDir::new(folder).into_iter().flatten();
        for folder in entries.filter(|it| it.file_type().is_dir()) {
            let _ = File::open(folder.path()).and_then(|it| it.sync_all());
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.close();
        // What was begun is worth nothing; failing to clear it changes nothing.
        let _ = patience::remove_folder(&self.folder);
    }
}

/// Writes one file beside its place and renames it, for files that stand alone.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure = |source| Failure::Write { path: path.to_owned(), source };
    let write = |out: &mut BufWriter<File>| out.write_all(bytes).map_err(failure);
    Beside::begin(path)?.fill(write, patience::rename)
}

/// The same for a file that must not be there yet, written bit by bit.
pub fn new_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    Beside::begin(path)?.fill(write, |draft, path| match fs::hard_link(draft, path) {
        // Where files have no second names, a look must do: nobody else writes
        // here while we hold the lock.
        Err(refused) if refused.kind() != io::ErrorKind::AlreadyExists => {
            let is_there = fs::symlink_metadata(path).is_ok();
            if is_there { Err(refused) } else { patience::rename(draft, path) }
        }
        done => done,
    })
}

/// A file beside the place it will be renamed to; gone when dropped before.
struct Beside {
    target: PathBuf,
    draft: PathBuf,
    /// Until it is closed.
    out: Option<BufWriter<File>>,
}

impl Beside {
    /// What a killed run left there makes way where it can.
    fn begin(path: &Path) -> Result<Beside, Failure> {
        folder(path.parent().unwrap_or(Path::new(".")))?;
        swap::clear_drafts(path);
        let (target, draft) = (path.to_owned(), swap::draft(path));
        match patience::create_new(&draft) {
            Ok(file) => Ok(Beside { target, draft, out: Some(BufWriter::new(file)) }),
            Err(source) => Err(Failure::Write { path: target, source }),
        }
    }

    /// Writes, sees to it that the file is on the disk, closes it and puts it in
    /// its place.
    fn fill(
        mut self,
        write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Failure>,
        place: impl FnOnce(&Path, &Path) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let failure = |source| Failure::Write { path: self.target.clone(), source };
        if let Some(mut out) = self.out.take() {
            write(&mut out)?;
            let file = out.into_inner().map_err(io::IntoInnerError::into_error);
            file.and_then(|file| file.sync_all()).map_err(failure)?;
        }
        place(&self.draft, &self.target).map_err(failure)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        drop(self.out.take());
        if fs::symlink_metadata(&self.draft).is_ok() {
            let _ = patience::remove(&self.draft);
        }
    }
}

/// Makes a folder, and those above it, if they are not there.
pub fn folder(path: &Path) -> Result<(), Failure> {
    patience::make_folder(path).map_err(|source| Failure::Write { path: path.to_owned(), source })
}

/// Moves what somebody put beside the old results since they were shared to the
/// new ones; says whether all of it could be moved. What could not stays with the
/// old ones: it is not worth losing the run for.
fn carry_over(old: &Path, target: &Path, keep: &impl Fn(&str) -> bool) -> bool {
    let carried = lacking(old, target, keep);
    // Each is tried, whatever became of those before it.
    carried.into_iter().filter(|(path, to)| patience::rename(path, to).is_err()).count() == 0
}

/// What is kept of the top of folder `from` and not in `to` yet: each path there
/// with its path here. What a program leaves beside a file while it is open there
/// belongs to that program; what a killed run left of ours, to nobody.
fn lacking(from: &Path, to: &Path, keep: &impl Fn(&str) -> bool) -> Vec<(PathBuf, PathBuf)> {
    let entries = fs::read_dir(from).into_iter().flatten().flatten();
    let names = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry));
    let is_left_over = |name: &str| swap::left_of(name).is_some_and(|own| !keep(own));
    let is_kept = |name: &str| keep(name) && !is_of_opened(name) && !is_left_over(name);
    let kept = names.filter(|(name, _)| is_kept(name));
    let paths = kept.map(|(_, entry)| entry);
    let paths = paths.map(|entry| (entry.path(), to.join(entry.file_name())));
    paths.filter(|(_, to)| !to.exists()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Results of these names and texts, in place of the old ones.
    fn replace(target: &Path, files: &[(&str, &str)], keep: impl Fn(&str) -> bool) {
        let draft = Draft::begin(target).unwrap();
        for (name, text) in files {
            draft.put(name, |file| file.write_all(text.as_bytes())).unwrap();
        }
        draft.publish(keep).unwrap();
    }

    #[test]
    fn the_new_folder_replaces_the_old_and_keeps_what_is_not_ours() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("ket-qua");
        let ours = |name: &str| name == "a.xlsx";
        replace(&target, &[("a.xlsx", "1"), ("x/b.xlsx", "2")], |_| false);
        fs::write(target.join("ghi-chu.txt"), "của tôi").unwrap();
        replace(&target, &[("a.xlsx", "3")], |name| !ours(name) && name != "x");

        assert_eq!(fs::read_to_string(target.join("a.xlsx")).unwrap(), "3");
        assert_eq!(fs::read_to_string(target.join("ghi-chu.txt")).unwrap(), "của tôi");
        assert!(!target.join("x").exists());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_kill_in_the_middle_of_a_swap_takes_nothing_of_somebody_elses() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("ket-qua");
        replace(&target, &[("a.xlsx", "1")], |_| false);
        fs::create_dir(target.join("so-tay")).unwrap();
        fs::write(target.join("so-tay/ghi-chu.txt"), "của tôi").unwrap();
        let whole = |text: &str| {
            assert_eq!(fs::read_to_string(target.join("a.xlsx")).unwrap(), text);
            assert_eq!(fs::read_to_string(target.join("so-tay/ghi-chu.txt")).unwrap(), "của tôi");
        };
        let shared = || {
            let draft = Draft::begin(&target).unwrap();
            draft.put("a.xlsx", |file| file.write_all(b"2")).unwrap();
            draft.share(&|name| name != "a.xlsx").unwrap();
            draft
        };
        // Before the swap, between its halves, and after it.
        drop(shared());
        whole("1");
        let draft = shared();
        fs::rename(&target, dir.path().join("ket-qua.~cchc-cu")).unwrap();
        std::mem::forget(draft);
        swap::recover(&target).unwrap();
        whole("1");
        let draft = shared();
        exchange(&draft.folder, &target, &|name| name != "a.xlsx").unwrap();
        swap::recover(&target).unwrap();
        whole("2");
    }

    #[test]
    fn results_that_were_given_up_leave_the_old_ones_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("ket-qua");
        replace(&target, &[("a.xlsx", "1")], |_| false);
        let draft = Draft::begin(&target).unwrap();
        draft.put("a.xlsx", |_| Err(io::ErrorKind::StorageFull.into())).unwrap_err();
        drop(draft);

        assert_eq!(fs::read_to_string(target.join("a.xlsx")).unwrap(), "1");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_is_whole_or_not_there_and_what_a_kill_left_makes_way() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cong-bo.zip");
        let begin = |text: &'static [u8]| {
            new_file(&path, |file| {
                let written = file.write_all(text);
                written.map_err(|source| Failure::Write { path: path.clone(), source })
            })
        };
        let stop = || Failure::Usage("hết đĩa".to_owned());
        new_file(&path, |_| Err(stop())).unwrap_err();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        fs::write(dir.path().join("cong-bo.zip.~cchc-dang-ghi"), "dở dang").unwrap();
        begin(b"1").unwrap();
        begin(b"2").unwrap_err();
        file(&dir.path().join("b.xlsx"), b"3").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"1");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
