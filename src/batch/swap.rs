//! The exchange of two folders: what was made takes the place of what was there,
//! and what a killed run left of an exchange is put right.
//!
//! In one step where the file system can (Linux), else in two renames; where a
//! program holds the old folder itself, file by file. At any moment the old
//! results or the new ones are whole in one place, which [`present`] finds.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::batch::{lock, patience};
use crate::failure::Failure;

/// The suffix of the folder or file that is being made. What has such a name is
/// removed, so nobody else may give it to anything.
const DRAFT: &str = ".~cchc-dang-ghi";
/// The suffix of the old folder while the two change places. The same holds of it.
const OLD: &str = ".~cchc-cu";
/// The file in an old folder from which and to which entries are being moved: the
/// name of the draft, the names of what it brings, and the [`END`].
const MOVING: &str = ".dang-thay";
/// That file before it is whole.
const LISTING: &str = ".sap-thay";
/// The last line of a list that is whole; no file has this name.
const END: &str = ".";

/// Where a draft of `target` is to be made: a name that nothing has.
pub(super) fn draft(target: &Path) -> PathBuf {
    fresh(target, DRAFT)
}

/// Removes what killed runs left of a file that is to be made.
pub(super) fn clear_drafts(target: &Path) {
    for left_over in left(target, DRAFT) {
        let _ = clear(&left_over);
    }
}

/// Where the folder `target` is at this moment, also between the two halves of
/// an exchange.
pub fn present(target: &Path) -> PathBuf {
    let old = || last_old(target);
    if target.exists() { target.to_owned() } else { old().unwrap_or_else(|| target.to_owned()) }
}

/// The same, after taking back what a run that was killed moved entry by entry;
/// `root` is the round's folder.
pub fn found(root: &Path, target: &Path) -> PathBuf {
    let is_split = left(target, OLD).iter().any(|it| it.join(MOVING).exists());
    if is_split && let Ok(_lock) = lock::take(root) {
        let _ = recover(target);
    }
    present(target)
}

/// Puts right what a killed run left: an unfinished exchange is taken back, and
/// drafts and old folders go. What somebody holds stays until a later run, and is
/// in nobody's way. A target that is no folder is refused: it is not ours.
pub fn recover(target: &Path) -> Result<(), Failure> {
    if let Ok(found) = fs::symlink_metadata(target).map(|it| it.file_type())
        && !found.is_dir()
    {
        return Err(Failure::NoFolderOfOurs {
            path: target.to_owned(),
            is_link: found.is_symlink(),
        });
    }
    let failure = |source| Failure::ResultsOpen { path: target.to_owned(), source };
    for old in left(target, OLD).iter().rev().filter(|it| it.join(MOVING).exists()) {
        take_back(target, old).map_err(failure)?;
    }
    if !target.exists()
        && let Some(old) = last_old(target)
        && patience::rename(&old, target).is_err()
    {
        // Everybody finds it where it is, and the next exchange leaves it there.
        return Ok(());
    }
    clear_drafts(target);
    for left_over in left(target, OLD) {
        let _ = clear(&left_over);
    }
    Ok(())
}

/// `draft` becomes `target`; gives where the old entries are that were not to be
/// kept, if there were any. What is kept is in the draft as well.
pub(super) fn exchange(
    draft: &Path,
    target: &Path,
    keep: &impl Fn(&str) -> bool,
) -> io::Result<Option<PathBuf>> {
    if !target.exists() {
        let old = last_old(target);
        return patience::rename(draft, target).map(|()| old);
    }
    let old = fresh(target, OLD);
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        // One step where the file system can do it: there is no moment without
        // results.
        if renameat_with(CWD, draft, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            let is_named = fs::rename(draft, &old).is_ok();
            return Ok(Some(if is_named { old } else { draft.to_owned() }));
        }
    }
    exchange_by(patience::rename, draft, target, &old, keep)?;
    Ok(Some(old))
}

/// The exchange in two renames, or entry by entry where folders cannot be
/// renamed.
fn exchange_by(
    rename: impl Fn(&Path, &Path) -> io::Result<()>,
    draft: &Path,
    target: &Path,
    old: &Path,
    keep: &impl Fn(&str) -> bool,
) -> io::Result<()> {
    if rename(target, old).is_ok() {
        if rename(draft, target).is_ok() {
            return Ok(());
        }
        rename(old, target)?;
    }
    let brought: Vec<String> = names(draft)?.into_iter().filter(|name| !keep(name)).collect();
    let draft_name = draft.file_name().unwrap_or_default().to_string_lossy();
    patience::make_folder(old)?;
    list_moves(old, &format!("{draft_name}\n{}\n{END}\n", brought.join("\n")))?;
    let go = || -> io::Result<()> {
        for name in names(target)?.into_iter().filter(|name| !keep(name)) {
            rename(&target.join(&name), &old.join(&name))?;
        }
        brought.iter().try_for_each(|name| rename(&draft.join(name), &target.join(name)))
    };
    // Without the list, the new results are the results.
    let moved = go().and_then(|()| patience::remove(&old.join(MOVING)));
    if let Err(refused) = moved {
        take_back(target, old)?;
        return Err(refused);
    }
    let _ = clear(draft);
    Ok(())
}

/// Leaves the list of what is about to be moved: on the disk, and whole, before the
/// first is.
fn list_moves(old: &Path, list: &str) -> io::Result<()> {
    let listing = old.join(LISTING);
    let mut file = File::create(&listing)?;
    file.write_all(list.as_bytes()).and_then(|()| file.sync_all())?;
    drop(file);
    patience::rename(&listing, &old.join(MOVING))?;
    if cfg!(unix) {
        // A file system that flushes no folders keeps the order of what is done.
        let _ = File::open(old).and_then(|it| it.sync_all());
    }
    Ok(())
}

/// The draft and what it brings, as the list in an old folder has them; `None`
/// where a disk has lost some of the list.
fn listed(target: &Path, old: &Path) -> Option<(PathBuf, Vec<String>)> {
    let list = patience::text(&old.join(MOVING)).ok()?;
    let (draft, brought) = list.strip_suffix(&format!("\n{END}\n"))?.split_once('\n')?;
    let own = target.file_name()?.to_str()?;
    let draft = Some(draft).filter(|it| left_of(it) == Some(own))?;
    Some((target.with_file_name(draft), brought.lines().map(str::to_owned).collect()))
}

/// Undoes an exchange entry by entry, wherever it stopped.
fn take_back(target: &Path, old: &Path) -> io::Result<()> {
    let own: Vec<String> = names(old)?.into_iter().filter(|name| name != MOVING).collect();
    // Without the list, what has come is what stands where an old entry was; the
    // old results are whole again all the same.
    let (draft, brought) =
        listed(target, old).unwrap_or_else(|| (fresh(target, DRAFT), own.clone()));
    for name in brought {
        let (new, own) = (target.join(&name), draft.join(&name));
        // What is no longer in the draft has come from there, unless somebody took
        // the whole draft away.
        if new.exists() && !own.exists() && (draft.is_dir() || old.join(&name).exists()) {
            patience::make_folder(&draft)?;
            patience::rename(&new, &own)?;
        }
    }
    for name in own {
        let (old, place) = (old.join(&name), target.join(&name));
        if place.is_dir() {
            // Somebody made it since; no folder makes way for another by itself.
            let aside = fresh(target, DRAFT);
            patience::make_folder(&aside)?;
            patience::rename(&place, &aside.join(&name))?;
        }
        patience::rename(&old, &place)?;
    }
    clear(&old.join(MOVING))?;
    fs::remove_dir(old)
}

/// Removes a folder or a file, whichever it is.
pub(super) fn clear(path: &Path) -> io::Result<()> {
    if path.is_dir() { patience::remove_folder(path) } else { patience::remove(path) }
}

/// The names of what is in a folder.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

/// Of which folder a name is that of a draft or the old one, if it is.
pub(super) fn left_of(name: &str) -> Option<&str> {
    let is_number = |rest: &str| {
        let number = rest.strip_prefix('-').map(str::parse::<u64>);
        rest.is_empty() || number.is_some_and(|it| it.is_ok())
    };
    let parts = |suffix: &&str| name.rsplit_once(*suffix).filter(|it| is_number(it.1));
    [DRAFT, OLD].iter().find_map(parts).map(|it| it.0)
}

/// The name beside `target` with this suffix, that nothing has; each is after
/// those before it.
fn fresh(target: &Path, suffix: &str) -> PathBuf {
    let last = numbered(target, suffix).last().map_or(0, |(number, _)| *number);
    let number = if last == 0 { String::new() } else { format!("-{}", last + 1) };
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!("{suffix}{number}"));
    target.with_file_name(name)
}

/// What lies beside `target` under names with this suffix, the oldest first.
fn left(target: &Path, suffix: &str) -> Vec<PathBuf> {
    numbered(target, suffix).into_iter().map(|(_, path)| path).collect()
}

/// The newest old folder beside `target`.
fn last_old(target: &Path) -> Option<PathBuf> {
    left(target, OLD).into_iter().rfind(|it| it.is_dir())
}

fn numbered(target: &Path, suffix: &str) -> Vec<(u64, PathBuf)> {
    let parent = target.parent().filter(|it| !it.as_os_str().is_empty());
    let own = format!("{}{suffix}", target.file_name().unwrap_or_default().to_string_lossy());
    let number = |name: &str| match name.strip_prefix(&own)? {
        "" => Some(1),
        rest => rest.strip_prefix('-')?.parse().ok(),
    };
    let names = names(parent.unwrap_or(Path::new("."))).unwrap_or_default();
    let found = names.iter().filter_map(|name| Some((number(name)?, target.with_file_name(name))));
    let mut found: Vec<(u64, PathBuf)> = found.collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeMap;

    use super::*;

    /// What lies below a folder: paths and texts.
    fn tree(folder: &Path) -> BTreeMap<String, String> {
        let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
        let files = entries.filter(|it| it.file_type().is_file());
        let told = files.map(|it| {
            let below = it.path().strip_prefix(folder).unwrap();
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            (parts.join("/"), fs::read_to_string(it.path()).unwrap())
        });
        told.collect()
    }

    fn put(folder: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    const BEFORE: &[(&str, &str)] =
        &[("a.xlsx", "1"), ("phan-hoi/x.xlsx", "1"), ("cu.xlsx", "1"), ("ghi-chu.txt", "của tôi")];
    const AFTER: &[(&str, &str)] =
        &[("a.xlsx", "2"), ("phan-hoi/x.xlsx", "2"), ("moi.xlsx", "2"), ("ghi-chu.txt", "của tôi")];

    fn told(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn is_kept(name: &str) -> bool {
        name == "ghi-chu.txt"
    }

    /// A round's folder with results and a draft of new ones.
    fn ready() -> (tempfile::TempDir, PathBuf, PathBuf, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("ket-qua");
        let (draft, old) = (draft(&target), fresh(&target, OLD));
        put(&target, BEFORE);
        put(&draft, AFTER);
        (dir, target, draft, old)
    }

    /// Renames until so many were done; then refuses.
    fn renames(most: usize) -> impl Fn(&Path, &Path) -> io::Result<()> {
        let done = Cell::new(0);
        move |from, to| {
            // A program stands in the folder of results.
            if from.is_dir() && !from.ends_with("phan-hoi") {
                return Err(io::ErrorKind::ResourceBusy.into());
            }
            done.set(done.get() + 1);
            if most < done.get() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            fs::rename(from, to)
        }
    }

    #[test]
    fn where_folders_cannot_be_renamed_their_entries_are() {
        let (dir, target, draft, old) = ready();
        exchange_by(renames(usize::MAX), &draft, &target, &old, &is_kept).unwrap();
        assert_eq!(tree(&target), told(AFTER));
        assert_eq!(tree(&old), told(&[BEFORE[0], BEFORE[1], BEFORE[2]]));
        recover(&target).unwrap();
        assert_eq!(names(dir.path()).unwrap(), ["ket-qua"]);
    }

    #[test]
    fn an_entry_that_is_held_gives_back_all_of_the_old_results() {
        for most in 0..6 {
            let (dir, target, draft, old) = ready();
            exchange_by(renames(most), &draft, &target, &old, &is_kept).unwrap_err();
            assert_eq!(tree(&target), told(BEFORE), "{most}");
            assert_eq!(tree(&draft), told(AFTER), "{most}");
            recover(&target).unwrap();
            assert_eq!(names(dir.path()).unwrap(), ["ket-qua"]);
        }
    }

    #[test]
    fn a_kill_at_any_entry_is_taken_back_by_the_next_run() {
        for most in 0..=6 {
            let (dir, target, draft, old) = ready();
            let rename = renames(most);
            let killed = std::panic::AssertUnwindSafe(|| {
                let rename = |from: &Path, to: &Path| {
                    let done = rename(from, to);
                    let is_kill =
                        matches!(&done, Err(it) if it.kind() != io::ErrorKind::ResourceBusy);
                    // Nothing of this process does anything more.
                    if is_kill { std::panic::resume_unwind(Box::new(())) } else { done }
                };
                exchange_by(rename, &draft, &target, &old, &is_kept)
            });
            let is_through = std::panic::catch_unwind(killed).is_ok();
            recover(&target).unwrap();
            assert_eq!(is_through, most == 6);
            assert_eq!(tree(&target), told(if is_through { AFTER } else { BEFORE }), "{most}");
            assert_eq!(names(dir.path()).unwrap(), ["ket-qua"], "{most}");
        }
    }

    #[test]
    fn a_list_that_a_disk_lost_gives_back_the_old_results_and_blocks_nothing() {
        let lists: [&[u8]; 4] =
            [b"", b"\xff\xfe", b"ket-qua.~cchc-dang-ghi\na.xl", b"../x\na\n.\n"];
        for list in lists {
            let (dir, target, draft, old) = ready();
            fs::create_dir(&old).unwrap();
            fs::write(old.join(MOVING), list).unwrap();
            for name in ["a.xlsx", "phan-hoi", "cu.xlsx"] {
                fs::rename(target.join(name), old.join(name)).unwrap();
            }
            for name in ["a.xlsx", "phan-hoi"] {
                fs::rename(draft.join(name), target.join(name)).unwrap();
            }
            recover(&target).unwrap();
            assert_eq!(tree(&target), told(BEFORE));
            assert_eq!(names(dir.path()).unwrap(), ["ket-qua"]);
        }
    }

    #[test]
    fn a_target_that_is_no_folder_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("ket-qua");
        fs::write(&target, "của tôi").unwrap();
        let refused = recover(&target).unwrap_err().to_string();
        assert!(refused.contains("là một tệp, không phải"), "{refused}");
        assert_eq!(fs::read_to_string(&target).unwrap(), "của tôi");
    }

    #[cfg(unix)]
    #[test]
    fn a_target_that_is_a_link_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("ket-qua");
        std::os::unix::fs::symlink(dir.path(), &target).unwrap();
        let refused = recover(&target).unwrap_err().to_string();
        assert!(refused.contains("là một liên kết"), "{refused}");
        assert!(target.is_symlink());
    }

    #[test]
    fn a_kill_between_two_renames_loses_nothing_and_is_put_right() {
        let (dir, target, _, old) = ready();
        fs::rename(&target, &old).unwrap();
        assert_eq!(present(&target), old);
        recover(&target).unwrap();
        assert_eq!(present(&target), target);
        assert_eq!(tree(&target), told(BEFORE));
        assert_eq!(names(dir.path()).unwrap(), ["ket-qua"]);
    }

    #[test]
    fn what_is_left_over_is_in_nobodys_way_and_the_last_is_the_newest() {
        let (_dir, target, draft, old) = ready();
        // Somebody holds what an earlier run left.
        put(&old, &[("a.xlsx", "0")]);
        exchange_by(
            |from, to| fs::rename(from, to),
            &draft,
            &target,
            &fresh(&target, OLD),
            &is_kept,
        )
        .unwrap();
        assert_eq!(tree(&target), told(AFTER));
        fs::rename(&target, fresh(&target, OLD)).unwrap();
        assert_eq!(present(&target), target.with_file_name("ket-qua.~cchc-cu-3"));
        recover(&target).unwrap();
        assert_eq!(tree(&target), told(AFTER));
        assert_eq!(left(&target, OLD), Vec::<PathBuf>::new());
    }
}
