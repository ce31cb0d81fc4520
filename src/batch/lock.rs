//! One run at a time: a path → a lock that ends with the process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::failure::Failure;

/// The name of the lock file in the round's folder. The file stays; the lock on
/// it belongs to the process, so a crash leaves nothing that blocks the next
/// run.
pub const LOCK_FILE: &str = ".cchc-khoa";

/// Held for as long as the run writes.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock of a round's folder, or says that another run has it.
pub fn take(root: &Path) -> Result<Lock, Failure> {
    let path = root.join(LOCK_FILE);
    let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(|source| Failure::Write { path: root.to_owned(), source })?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Failure::Busy { path: root.to_owned() }),
        // A file system without locks (some network drives) cannot tell; the
        // swap of results is still whole.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock { _file: file }),
    }
}
