//! Several years summed up (tổng kết): the results of each year, the register
//! of units of all times and the settings → one [`History`].
//!
//! Units are joined by id through the genealogy, never by name; criteria sets
//! are compared by contents through the crosswalk; and every move in rank is
//! taken apart into parts that add up to it. Pure, as everything on this floor.

pub mod period;
pub mod members;
pub mod genealogy;
pub mod nominations;
pub mod template;
mod read_period_awards;
pub mod neighbours;
mod read_period;
pub mod year;
mod span;
pub mod csv;
pub mod read_year;
pub mod exchange;
mod check;
mod lives;
mod read;
pub mod series;
pub mod moves;
pub mod contents;
pub mod award;
mod effect;
pub mod migration;
pub mod summary;

pub use read::{YearFolder, read};
pub use span::History;

/// The names of the files in a summary's folder.
pub const SETTINGS: &str = "tong-ket.toml";
pub const REGISTER: &str = "don-vi.xlsx";
