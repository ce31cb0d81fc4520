//! One file, whole: a path → its bytes, read once, or a finding.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use crate::batch::patience;
use crate::failure::reason;
use crate::finding::form as said;
use crate::finding::{Finding, Place, Said};

/// The largest file that is read at all, in bytes. A form is some 60 KB; no
/// public workbook of its kind comes near this.
const LARGEST: u64 = 64 << 20;

/// Reads `path`, known to people as `file`.
///
/// Only regular files are opened, so that a pipe cannot hang the run; a link is
/// followed only inside `root`. The length and the time of change must be the
/// same before and after, or the file is still being copied.
pub fn read(root: &Path, path: &Path, file: &str) -> Result<Vec<u8>, Finding> {
    read_by(root, path, file, whole)
}

/// [`read`], with the reading itself given.
fn read_by(
    root: &Path,
    path: &Path,
    file: &str,
    whole: impl FnOnce(&Path, &Metadata) -> io::Result<Vec<u8>>,
) -> Result<Vec<u8>, Finding> {
    let refused = |said: Said| Err(Finding::of(Place::file(file), said));
    let unreadable = |err: io::Error| {
        let said: Said = match err.kind() {
            io::ErrorKind::NotFound => said::Vanished {}.into(),
            _ => said::Unopened { why: reason(&err) }.into(),
        };
        Finding::of(Place::file(file), said)
    };

    let own = fs::symlink_metadata(path).map_err(unreadable)?;
    if own.is_symlink() && !leads_inside(root, path) {
        return refused(said::LinkOutside {}.into());
    }
    let before = fs::metadata(path).map_err(unreadable)?;
    if before.is_dir() {
        return refused(said::IsFolder {}.into());
    }
    if !before.is_file() {
        return refused(said::NotRegular {}.into());
    }
    if LARGEST < before.len() {
        let [megabytes, most] = [before.len(), LARGEST].map(|it| (it >> 20).to_string());
        return refused(said::Large { megabytes, most }.into());
    }
    let bytes = whole(path, &before).map_err(unreadable)?;
    let after = fs::metadata(path).map_err(unreadable)?;
    let is_same = before.len() == after.len()
        && u64::try_from(bytes.len()) == Ok(after.len())
        && before.modified().ok() == after.modified().ok();
    if !is_same {
        return refused(said::Changing {}.into());
    }
    Ok(bytes)
}

fn whole(path: &Path, metadata: &Metadata) -> io::Result<Vec<u8>> {
    let length = usize::try_from(metadata.len()).unwrap_or(0);
    patience::read_most(path, LARGEST + 1, length + 1)
}

fn leads_inside(root: &Path, path: &Path) -> bool {
    match (fs::canonicalize(root), fs::canonicalize(path)) {
        (Ok(root), Ok(target)) => target.starts_with(root),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;
    use crate::finding::Code;

    /// What is said of a file that somebody changes while it is read.
    fn said(meddle: impl Fn(&Path)) -> Result<Vec<u8>, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.xlsx");
        fs::write(&path, "một").unwrap();
        let read = read_by(dir.path(), &path, "nop/a.xlsx", |path, metadata| {
            let bytes = whole(path, metadata);
            meddle(path);
            bytes
        });
        read.map_err(|it| format!("{} {}", it.code.info().id, it.message()))
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_not_taken() {
        assert_eq!(said(|_| {}).unwrap(), "một".as_bytes());
        let changed = || Err("P008 Tệp thay đổi trong lúc đọc".to_owned());
        assert_eq!(said(|path| fs::write(path, "một hai").unwrap()), changed());
        let later = |path: &Path| {
            let file = File::options().write(true).open(path).unwrap();
            let modified = file.metadata().unwrap().modified().unwrap();
            file.set_modified(modified + std::time::Duration::from_secs(1)).unwrap();
        };
        assert_eq!(said(later), changed());
        let gone = "P008 Tệp biến mất trong lúc đọc";
        assert_eq!(said(|path| fs::remove_file(path).unwrap()), Err(gone.to_owned()));
    }

    #[test]
    fn a_folder_in_place_of_a_file_is_said_to_be_one() {
        let dir = tempfile::tempdir().unwrap();
        let finding = read(dir.path(), dir.path(), "nop/x").unwrap_err();
        assert_eq!(finding.code, Code::FileNotRegular);
        assert!(finding.message().starts_with("Thư mục"), "{}", finding.message());
    }
}
