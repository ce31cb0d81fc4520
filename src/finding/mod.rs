//! Findings: what we noticed in somebody's file, where, and how to mend it.
//!
//! A finding is a value, not an exit. Every stage is lent the [`Findings`], says
//! there what it noticed and goes on; the reader gets all of them at once, in
//! file order.
//!
//! A producer names a sentence and hands it facts:
//!
//! ```ignore
//! findings.say(place, form::ScoreAboveMax { item: item.code, found: &shown, max: item.max });
//! ```
//!
//! The sentence stands in the file of its code's letter ([`form`], [`round`]
//! with [`setting`] and [`rule`], [`appraisal`], [`survey`], [`result`],
//! [`history`]; of tables that clerks write, in [`cell`]); a fact that is
//! missing, or is of another kind, does not compile. What must be decided about
//! a finding is decided by its facts: nobody looks into its words.

mod row;
pub mod code;
mod place;
mod said;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod cell;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod form;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod setting;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod rule;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod round;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod appraisal;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod survey;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod result;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod history;
mod findings;

pub use code::Code;
pub use findings::{Finding, Findings};
pub use place::{At, CellRef, Place, column_name, file_name};
pub use row::{CodeInfo, Many, Severity};
pub use said::{Fact, Files, Item, Near, Said, Text, Texts, Unit, Waived};

/// A value and what was noticed while making it.
///
/// Invariant: there is a value exactly when no finding is an error, so whoever
/// holds the value may trust it.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    value: Option<T>,
    findings: Findings,
}

impl<T> Checked<T> {
    /// Drops `value` if any finding is an error.
    pub fn new(value: Option<T>, findings: Findings) -> Checked<T> {
        let is_sound = !findings.iter().any(Finding::is_error);
        let value = value.filter(|_| is_sound);
        assert!(value.is_some() || !is_sound, "no value and nobody said why");
        Checked { value, findings }
    }

    pub fn error(finding: Finding) -> Checked<T> {
        Checked::new(None, Findings::from_iter([finding]))
    }

    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub fn into_parts(self) -> (Option<T>, Findings) {
        (self.value, self.findings)
    }
}
