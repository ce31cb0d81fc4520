//! How much memory reading takes apart from the readings that are held in the
//! end: the largest heap of the process, less those.
//!
//! ```text
//! cargo bench --bench flat -- ROUND THREADS
//! ```
//!
//! `tests/heavy/soak.py flat` makes rounds of different sizes and compares.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

use std::path::Path;

use cchc::batch::{Folder, intake, with_threads};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let [round, threads] = words.as_slice() else { return };
    let folder = Folder::open(Path::new(round)).unwrap();
    let loaded = intake::load(&folder).unwrap();
    with_threads(threads.parse().unwrap(), || {
        HEAP.reset_peak_usage();
        let before = HEAP.current_usage();
        let readings = intake::forms(&folder, folder.forms().unwrap(), &loaded.round, &|| ());
        let held = HEAP.current_usage() - before;
        let beside = HEAP.peak_usage() - held;
        assert!(readings.iter().all(|it| it.form.is_some()), "a form was refused");
        println!("{} {held} {beside}", readings.len());
    });
}
