//! Workbooks as bytes: the only module that knows .xlsx exists.
//!
//! Reading turns bytes into a `Book`: [`gate`] judges the first bytes,
//! [`archive`] the zip directory and [`package`] the parts; [`plain`] and
//! [`markup`] take the XML of a part apart, [`canonical`] its usual spelling at
//! once; [`strings`] reads the texts that cells share, [`sheet`] the cells,
//! [`styles`] what their formats mean and [`remarks`] what is pinned to them;
//! [`mod@read`] puts the book together. [`mod@foreign`] reads the formats that are
//! not ours. Writing turns a `Workbook` into bytes: [`shell`] has the library
//! write all but the rows, each page by [`page`] and [`paper`]; [`rows`] and
//! [`cells`] write the rows, with [`look`] for formats and [`height`] for room;
//! [`mod@write`] has [`pack`] put them together. [`mod@shown`] reads what a person
//! sees of a workbook, for comparing.

mod gate;
mod archive;
mod plain;
mod canonical;
mod markup;
mod strings;
mod library;
mod look;
mod chart;
mod height;
mod pack;
mod texts;
mod cells;
mod package;
mod rule;
mod paper;
mod page;
mod rows;
mod shell;
mod sheet;
mod shown;
mod styles;
mod remarks;
mod read;
mod foreign;
mod write;

pub use foreign::{Foreign, answer, foreign, opened};
pub use read::{Opened, read, read_but};
pub use shown::shown;
pub use write::{write, write_to};
