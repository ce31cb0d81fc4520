//! The result as data (`ket-qua.json`): written after a run, read as last
//! round's.
//!
//! Turns a round and its tally into a [`Record`] and its text, and the text
//! back. `templates/ket-qua.schema.json` says the same to other programs; a
//! test holds the two together. Every decimal is a string with a decimal point,
//! so that no reader makes a float of it.

mod input;
mod word;
mod amendment;
pub mod firmness;
pub mod items;
mod json;
mod contents;
mod build;
mod keys;
mod last;
mod past;
mod period;
mod seal;

pub use amendment::{Amendment, RevisedPoint, RevisedSeat, Seat};
pub use build::{areas, of};
pub use contents::{CardRecord, End, FormRecord, ItemRecord, Record};
pub use firmness::firmness;
pub use input::Input;
pub use items::item_analysis;
pub use keys::unknown_keys;
pub use last::{last_round, read};
pub use past::past_year;
pub use period::Period;
pub use seal::seal;
pub use word::{Status, Word};

/// The program's name and version, as results carry it.
pub const PROGRAM: &str = concat!("cchc ", env!("CARGO_PKG_VERSION"));

/// The record's name among the results.
pub const RECORD_FILE: &str = "ket-qua.json";

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
