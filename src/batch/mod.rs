//! The round's folder: the home of files, threads and the clock.
//!
//! Turns a path into the round and its forms, and results into files. Inputs
//! are never written to; results are made beside and swapped in whole.

pub mod budget;
pub mod clock;
pub mod patience;
pub mod lock;
pub mod swap;
pub mod source;
pub mod journal;
pub mod folder;
pub mod left;
pub mod own;
pub mod child;
pub mod intake;
pub mod history;
pub mod save;
pub mod log;
pub mod lately;
pub mod blanks;
pub mod results;
pub mod archive;
pub mod watch;
pub mod scheduler;
pub mod trial;
pub mod machine;

pub use folder::Folder;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::failure::Failure;

/// Runs `work` with `threads` threads, or as many as the machine has for 0.
/// Where it grants no more, one does everything, at the last the one we are on.
pub fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads);
    let granted = pool(threads).build().or_else(|_| pool(1).build());
    match granted.or_else(|_| pool(1).use_current_thread().build()) {
        Ok(pool) => pool.install(work),
        // Only a thread that belongs to a pool already comes here.
        Err(_) => work(),
    }
}

/// Whether one thread does everything.
pub fn is_alone() -> bool {
    rayon::current_num_threads() == 1
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_that_grants_no_such_threads_still_does_the_work() {
        let numbers: Vec<u32> = (1..=100).collect();
        let sum = || parallel(&numbers, |number| Ok(number * 2)).unwrap().iter().sum::<u32>();
        for threads in [0, 1, 3] {
            assert_eq!(with_threads(threads, sum), 10_100);
        }
        let alone = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
        assert_eq!(alone.install(sum), 10_100);
    }
}
