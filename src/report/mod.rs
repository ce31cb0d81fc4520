//! What is told of results, as workbooks: of a round, its awards, its scenarios, to
//! one unit, of several years. One file a sheet.

mod extent;
mod basis;
mod loss;
pub mod turnout;
pub mod data;
pub mod awards;
pub mod feedback;
pub mod history;
pub mod scenarios;
pub mod summary;

pub use extent::{FOLDER, LIMITS, Limits};

use std::collections::BTreeMap;

use crate::analysis::{AreaTable, ItemStats, Oddities, Shortfall};
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
    /// One for each bloc, in the order of the settings.
    pub areas: &'a [AreaTable],
    /// One for each unit with points.
    pub shortfalls: &'a [Shortfall],
    /// What is worth a question, if the round asks for it.
    pub oddities: Option<&'a Oddities>,
    /// How firm the result is, if the round asks for it.
    pub examined: Option<&'a Examined>,
    /// What changed since a publication.
    pub amendment: Option<&'a Amendment>,
    pub limits: Limits,
}
