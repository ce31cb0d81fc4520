//! The round's folder: the only module with files, threads and a clock.
//!
//! Turns a path into the round and its forms, and results into files. Inputs
//! are never written to; results are made beside and swapped in whole.

pub mod archive;
pub mod budget;
pub mod folder;
pub mod history;
pub mod intake;
pub mod journal;
pub mod lock;
pub mod log;
pub mod results;
pub mod save;
pub mod source;

pub use folder::Folder;

use rayon::prelude::*;

use crate::failure::Failure;

/// Runs `work` with `threads` threads, or as many as the machine has for 0.
pub fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(work),
        // A machine that grants no threads still has the one we are on.
        Err(_) => work(),
    }
}

/// One product of each, in the order of `things`, made in parallel.
pub fn parallel<'a, A: Sync, B: Send>(
    things: &'a [A],
    make: impl Fn(&'a A) -> Result<B, Failure> + Sync + Send,
) -> Result<Vec<B>, Failure> {
    things.par_iter().map(make).collect()
}

/// Two pieces of work at once, when there is a thread for each.
pub fn both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(one, other)
}
