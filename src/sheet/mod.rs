//! The model of a workbook to be written: sheets of cells with values and
//! roles.
//!
//! A role says what a cell is for; how it looks is `excel`'s business. [`table`]
//! makes tables of lists of columns, [`head`] what stands above and below them.

mod role;
mod cell;
mod ask;
mod picture;
mod workbook;
pub mod names;
pub mod head;
pub mod table;

pub use ask::{Allow, Ask, Validation};
pub use cell::{Cell, Range, Row, Value};
pub use picture::{Chart, ChartKind, Heat, Mark, Series, Sparkline};
pub use role::{Align, Level, Role};
pub use workbook::{Body, Density, LINKS_MAX, Link, Sheet, SheetOf, State, Workbook, WorkbookOf};
