//! Workbooks as bytes: the only module that knows .xlsx exists.
//!
//! Reading turns bytes into a `Book`: [`gate`] judges the first bytes,
//! [`archive`] the zip directory, [`package`] the parts and [`sheet`] what the
//! parser would misread; [`plain`] spells the rest as it is read rightly,
//! [`mod@read`] hands it to calamine, and [`remarks`] adds what is pinned to cells. Writing turns
//! a `Workbook` into bytes: [`mod@write`] makes the pages, [`page`] fills each
//! from its sheet, [`rows`] by row, with [`look`] for formats and [`height`] for
//! room. [`mod@shown`] reads what a person sees of a workbook, for comparing.

mod gate;
mod archive;
mod library;
mod look;
mod chart;
mod height;
mod package;
mod rows;
mod rule;
mod page;
mod sheet;
mod plain;
mod shown;
mod styles;
mod remarks;
mod repack;
mod read;
mod write;

pub use read::{Opened, read, read_but};
pub use shown::shown;
pub use write::{write, write_to};
