//! Forms (phiếu tự chấm): what a unit claims.
//!
//! Turns a `Book` into a [`Form`] and findings. The writer of blank forms and
//! the reader of filled ones share [`layout`]; neither has coordinates of its
//! own.

mod claims;
pub mod edition;
mod gather;
pub mod layout;
pub mod formula;
mod read;

use std::collections::BTreeMap;

use crate::day::Day;
use crate::finding::{CellRef, Findings, Place};
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;

use layout::Column;

pub use claims::{Claim, Claimed, Claims, NotApplicable};
pub use gather::gather;
pub use read::read;

/// One unit's form, as far as it can be trusted.
#[derive(Clone, Debug)]
pub struct Form {
    pub file: String,
    pub unit: UnitId,
    /// The day the unit wrote on it (ngày lập phiếu).
    pub dated: Option<Day>,
    /// The sheet of the table of scores, and where its columns are.
    pub page: String,
    pub columns: BTreeMap<Column, u32>,
    /// One for every item of the unit's set that is not a survey item.
    pub claims: Claims,
    pub collectives: Vec<Nominee>,
    pub individuals: Vec<Nominee>,
}

impl Form {
    /// Where an item's cell of this column stands, as far as it is certain.
    pub fn place(&self, item: ItemCode, column: Column) -> Option<Place> {
        let row = self.claims.get(item)?.row?;
        let at = CellRef::new(row, *self.columns.get(&column)?);
        Some(Place::cell(&self.file, &self.page, at))
    }
}

/// A collective or a person nominated for an award (đề nghị khen thưởng).
#[derive(Clone, Debug)]
pub struct Nominee {
    pub place: Place,
    pub name: String,
    /// Post (chức vụ); empty for collectives.
    pub post: String,
    pub achievement: String,
    /// The years of the achievement, as written.
    pub years: String,
    /// It is not certain who is meant: asked, never commended.
    pub is_doubtful: bool,
}

/// One file, read: a form if it is one, and everything noticed.
#[derive(Clone, Debug)]
pub struct Reading {
    pub file: String,
    pub sha256: String,
    /// The unit, as soon as it is certain, even when there is no form.
    pub unit: Option<UnitId>,
    /// Whose it seems to be by what it says of itself, where that is not certain.
    pub possible: Option<UnitId>,
    /// A form whose identity and table are sound; single items may be faulty.
    pub form: Option<Form>,
    pub likeness: Likeness,
    pub findings: Findings,
}

/// How much a file is a form of its unit, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It names the unit, and lacks codes or claims for most of its set: a list
    /// of evidence, an appendix, a copy of the criteria.
    Alike,
    /// Drawn by the unit, with codes and claims for most of its set.
    Drawn,
    /// Issued by the program, with codes for most of the unit's set.
    Issued,
}

/// What became of a file in `nop/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Scored.
    Counted,
    /// Scored with faulty items at nothing (tạm tính).
    Provisional,
    /// An error, or two different forms of one unit.
    SetAside,
    /// A copy of a form that counts, or one that a later one replaces.
    Superseded,
    /// Not a form and not meant as one.
    Stray,
}

/// One file of `nop/` and what became of it.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub file: String,
    pub sha256: String,
    pub unit: Option<UnitId>,
    /// Whose a refused file seems to be: told of it, and no sender for that.
    pub possible: Option<UnitId>,
    pub fate: Fate,
}

/// The folder of forms, put together: at most one form a unit.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    pub forms: BTreeMap<UnitId, Form>,
    /// Units that sent something none of which counts.
    pub set_aside: Vec<UnitId>,
    /// Every file, in order of file name.
    pub receipts: Vec<Receipt>,
    /// Every finding, in order of place.
    pub findings: Findings,
}
