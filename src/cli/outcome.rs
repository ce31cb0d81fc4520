//! How a command ended.

use std::process::ExitCode;

use crate::finding::Finding;

/// How a run ended, the best first. Scripts rely on these numbers; they do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done, and every form is sound.
    Clean = 0,
    /// Done and written, but some form is set aside or missing.
    Flawed = 1,
    /// Nothing done.
    Failed = 2,
}

impl Outcome {
    /// Flawed as soon as one finding is an error.
    pub(super) fn of(findings: &[Finding]) -> Outcome {
        if findings.iter().any(Finding::is_error) { Outcome::Flawed } else { Outcome::Clean }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}
