//! How much may be in memory at once: a number of bytes shared by all threads.

use std::sync::{Condvar, Mutex, PoisonError};

/// A budget of bytes. Whoever wants more than is left waits for others to give
/// back.
#[derive(Debug)]
pub struct Budget {
    whole: u64,
    left: Mutex<u64>,
    returned: Condvar,
}

/// Bytes taken, given back when dropped.
#[derive(Debug)]
pub struct Taken<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    pub fn new(bytes: u64) -> Budget {
        Budget { whole: bytes, left: Mutex::new(bytes), returned: Condvar::new() }
    }

    /// Takes `bytes`, or the whole budget when that is less, as soon as they
    /// are left.
    pub fn take(&self, bytes: u64) -> Taken<'_> {
        let bytes = bytes.min(self.whole);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < bytes {
            left = self.returned.wait(left).unwrap_or_else(PoisonError::into_inner);
        }
        *left -= bytes;
        Taken { budget: self, bytes }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.budget.left.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.returned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_comes_back_and_nothing_waits_for_more_than_there_is() {
        let budget = Budget::new(10);
        {
            let _six = budget.take(6);
            let _four = budget.take(4);
            assert_eq!(*budget.left.lock().unwrap(), 0);
        }
        let _all = budget.take(100);
        assert_eq!(*budget.left.lock().unwrap(), 0);
    }
}
