//! One file, whole: a path → its bytes, read once, or a finding.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::Path;

use crate::finding::{Code, Finding, Place};

/// The largest file that is read at all, in bytes. A form is some 60 KB; no
/// public workbook of its kind comes near this.
const LARGEST: u64 = 64 << 20;

/// Reads `path`, known to people as `file`.
///
/// Only regular files are opened, so that a pipe cannot hang the run; a link is
/// followed only inside `root`. The length and the time of change must be the
/// same before and after, or the file is still being copied.
pub fn read(root: &Path, path: &Path, file: &str) -> Result<Vec<u8>, Finding> {
    let finding = |code, message: String| Finding::new(code, Place::file(file), message);
    let unreadable =
        |err: std::io::Error| finding(Code::FileUnreadable, format!("Không đọc được tệp: {err}"));

    let own = fs::symlink_metadata(path).map_err(unreadable)?;
    if own.is_symlink() && !leads_inside(root, path) {
        let message = "Liên kết dẫn ra ngoài thư mục của kỳ";
        return Err(finding(Code::FileNotRegular, message.to_owned()));
    }
    let before = fs::metadata(path).map_err(unreadable)?;
    if !before.is_file() {
        return Err(finding(Code::FileNotRegular, "Không phải tệp thường".to_owned()));
    }
    if LARGEST < before.len() {
        let megabytes = before.len() >> 20;
        let message = format!("Tệp {megabytes} MB, lớn hơn mức {} MB", LARGEST >> 20);
        return Err(finding(Code::FileTooLarge, message));
    }
    let bytes = whole(path, &before).map_err(unreadable)?;
    let after = fs::metadata(path).map_err(unreadable)?;
    let is_same = before.len() == after.len()
        && u64::try_from(bytes.len()) == Ok(after.len())
        && before.modified().ok() == after.modified().ok();
    if !is_same {
        let message = "Tệp thay đổi trong lúc đọc";
        return Err(finding(Code::FileChanging, message.to_owned()));
    }
    Ok(bytes)
}

fn whole(path: &Path, metadata: &Metadata) -> std::io::Result<Vec<u8>> {
    let length = usize::try_from(metadata.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(length + 1);
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn leads_inside(root: &Path, path: &Path) -> bool {
    match (fs::canonicalize(root), fs::canonicalize(path)) {
        (Ok(root), Ok(target)) => target.starts_with(root),
        _ => false,
    }
}
