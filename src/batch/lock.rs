//! One run at a time: a path → a lock that ends with the process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::batch::patience;
use crate::failure::Failure;

/// The name of the lock file in the round's folder. The file stays; the lock on
/// it belongs to the process, so a crash leaves nothing that blocks the next
/// run.
pub const LOCK_FILE: &str = ".cchc-khoa";

/// Held for as long as the run writes.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a child that another thread begins at this
        // moment holds a copy of the file until it becomes its own program. A
        // file system without locks has none to give back.
        let _ = self.file.unlock();
    }
}

/// The same for whoever watches the folder and only now and then writes.
pub const WATCH_FILE: &str = ".cchc-theo-doi";

/// Takes the lock of a round's folder, or says that another run has it.
pub fn take(root: &Path) -> Result<Lock, Failure> {
    take_of(root, LOCK_FILE)
}

/// The same of the lock file of another name.
pub fn take_of(root: &Path, name: &str) -> Result<Lock, Failure> {
    let path = root.join(name);
    let open =
        patience::open_as(&path, OpenOptions::new().create(true).truncate(false).write(true));
    let file = open.map_err(|source| Failure::Write { path: root.to_owned(), source })?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Failure::Busy { path: root.to_owned() }),
        // A file system without locks (some network drives) cannot tell; the
        // swap of results is still whole.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock { file }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_ends_when_it_is_dropped_whoever_else_holds_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let lock = take(dir.path()).unwrap();
        let of_a_child = lock.file.try_clone().unwrap();
        assert!(matches!(take(dir.path()), Err(Failure::Busy { .. })));
        drop(lock);
        take(dir.path()).unwrap();
        drop(of_a_child);
    }
}
