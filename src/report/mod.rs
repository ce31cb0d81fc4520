//! The telling: results as sheets of typed cells, before any file format.
//!
//! One file per sheet of the workbooks; [`sheet`] is the model they share, and
//! [`table`] makes tables of it from lists of columns. No fonts, no number
//! formats, no coordinates of Excel's here.

mod role;
pub mod sheet;
pub mod head;
pub mod table;
mod choices;
mod identity;
mod instructions;
mod ledger;
mod names;
pub mod loss;
pub mod appraisal_form;
pub mod awards;
pub mod blank_form;
pub mod feedback;
pub mod history;
pub mod round_books;
pub mod scenarios;
pub mod summary;
pub mod survey_form;

use std::collections::BTreeMap;

use crate::analysis::ItemStats;
use crate::record::{Amendment, Input};
use crate::robustness::Examined;
use crate::round::criteria::SetId;

/// What a result is printed with, beside what it says.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    pub inputs: &'a [Input],
    /// The program's name and version.
    pub program: &'a str,
    /// The verification code.
    pub seal: &'a str,
    /// How well each item of each set works.
    pub items: &'a BTreeMap<SetId, Vec<ItemStats>>,
    /// How firm the result is, if the round asks for it.
    pub examined: Option<&'a Examined>,
    /// What changed since a publication.
    pub amendment: Option<&'a Amendment>,
}
