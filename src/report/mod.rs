//! What is told of results, as workbooks: of a round, its awards, its scenarios, to
//! one unit, of several years. One file a sheet.

mod loss;
pub mod awards;
pub mod feedback;
pub mod history;
pub mod scenarios;
pub mod summary;

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
