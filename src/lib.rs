//! Reads a folder of self-assessment forms and says who stands where, and why.
//!
//! A form goes through these hands, and each hand is one module below:
//!
//! ```text
//! bytes -> Book -> Form -> ScoreCard -> Standing -> Award
//!                                \________ Sheet _______/ -> bytes
//! ```
//!
//! **The order of the `mod` lines is the architecture.** A module may use only
//! the modules declared above it; `tests/it/tidy.rs` reads this file and fails
//! when one does not. Everything down to `report` is pure: no files, no clock,
//! no threads.

// The ground: exact numbers, days, words, digests, and what we say when something
// is wrong.
pub mod points;
pub mod day;
pub mod digest;
pub mod text;
pub mod finding;

// The vocabulary: what a workbook says, and what the secretariat decided.
pub mod book;
pub mod table;
pub mod round;

// The judgement: pure functions from one list of plain values to the next.
pub mod form;
pub mod appraisal;
pub mod survey;
pub mod score;
pub mod rank;
pub mod award;
pub mod tally;
pub mod arrival;
pub mod analysis;
pub mod margin;
pub mod scenario;
pub mod robustness;
pub mod history;

// The telling: what a reader sees, before any file format.
pub mod words;
pub mod record;
pub mod compare;
pub mod trace;
pub mod sheet;
pub mod handout;
pub mod report;

// The edges: file formats, then files and threads, a whole round by their means,
// then the command line.
pub mod page;
pub mod excel;
pub mod bundle;
pub mod failure;
pub mod schedule;
pub mod machine;
pub mod batch;
pub mod evaluation;
pub mod cli;
