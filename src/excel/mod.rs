//! Workbooks as bytes: the only module that knows .xlsx exists.
//!
//! Reading turns bytes into a `Book`: [`gate`] judges the first bytes,
//! [`archive`] the zip directory, [`package`] the parts and [`sheet`] what the
//! parser would misread; [`mod@read`] hands the rest to calamine. Writing turns
//! a `Workbook` into bytes: [`mod@write`] makes the pages, [`page`] fills each
//! from its sheet, [`rows`] by row, with [`look`] for formats and [`height`] for
//! room.

mod gate;
mod archive;
mod look;
mod chart;
mod height;
mod package;
mod rows;
mod page;
mod rule;
mod sheet;
mod styles;
mod read;
mod write;

pub use read::{Opened, read, read_but};
pub use write::{write, write_to};
