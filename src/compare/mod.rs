//! Two results → what differs between them: two workbooks cell by cell, two
//! records by unit and item; and changes after a publication with their reasons.

mod records;
mod amendment;
mod shown;
mod texts;
mod told;

pub use amendment::{Base, amend, idle};
pub use records::{Changes, PointChange, UnitChange, changes};
pub use shown::{
    Comparison, Difference, Facts, How, Kind, Look, Shown, ShownCell, ShownPage, Spot, Told, shown,
};
pub use texts::texts;
