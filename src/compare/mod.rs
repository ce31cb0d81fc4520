//! Two results → what differs between them: two workbooks cell by cell, two
//! records by unit and item; and changes after a publication with their reasons.

mod records;
mod amendment;
mod books;
mod texts;
mod told;

pub use amendment::amend;
pub use books::{CellChange, Difference, books};
pub use records::{Changes, PointChange, UnitChange, changes};
pub use texts::texts;
