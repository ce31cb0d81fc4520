//! Several years together, as they are once everything is read.

use std::collections::BTreeMap;

use crate::history::genealogy::Genealogy;
use crate::history::members::Members;
use crate::history::nominations::Nominations;
use crate::history::period::Period;
use crate::history::year::Year;

/// A span of years, checked: whoever holds it may trust that every year of the
/// span has results or a reason why not, every unit of a year exists and is
/// there once, and every area has its content.
#[derive(Clone, Debug)]
pub struct History {
    pub period: Period,
    pub members: Members,
    pub genealogy: Genealogy,
    /// The years that have results, ascending.
    pub years: BTreeMap<i16, Year>,
    pub nominations: Nominations,
}

impl History {
    /// What a line is called: the last name of its unit.
    pub fn name(&self, line: usize) -> &str {
        let id = self.genealogy.lines[line].id();
        self.members.get(id).map_or(&id.0, |it| &it.name)
    }
}
