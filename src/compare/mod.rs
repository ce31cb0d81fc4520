//! Two results → what differs between them: two workbooks cell by cell, two
//! records by unit and item.

mod books;
mod records;

pub use books::{CellChange, Difference, books};
pub use records::{Changes, PointChange, Seat, UnitChange, changes};
