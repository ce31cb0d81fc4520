//! Findings: what we noticed in somebody's file, where, and how to mend it.
//!
//! A finding is a value, not an exit. Every stage returns the findings it made
//! and the run goes on; the reader gets all of them at once, in file order.

//!
//! A producer names a sentence and hands it facts:
//!
//! ```ignore
//! findings.say(place, form::ScoreAboveMax { item: item.code, found: &shown, max: item.max });
//! ```
//!
//! The sentence stands in the file of its code's letter ([`form`], [`round`],
//! [`appraisal`], [`survey`], [`result`], [`history`]; of tables that clerks
//! write, in [`cell`]); a fact that is missing, or is of another kind, does not
//! compile. What must be decided about a finding is decided by its facts:
//! nobody looks into its words.

pub mod code;
mod place;
mod said;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod cell;
pub mod form;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod round;
pub mod appraisal;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod survey;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod result;
#[expect(non_camel_case_types, reason = "the type of a slot has its name")]
pub mod history;
mod findings;

use std::fmt;

pub use code::{Code, Many, Severity};
pub use findings::Findings;
pub use place::{At, CellRef, Place, column_name};
pub use said::{Fact, Item, Near, Said, Text, Texts, Unit, Waived};

/// Something worth telling the person who filled in or configured a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub place: Place,
    pub code: Code,
    /// Which thing, what is wrong, what was found; never the remedy, which is
    /// the code's.
    text: String,
    facts: said::Facts,
}

impl Finding {
    pub fn of(place: Place, said: impl Into<Said>) -> Finding {
        let Said { code, text, facts } = said.into();
        Finding { place, code, text, facts }
    }

    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Finding {
        Finding { place, code, text: message.into(), facts: Vec::new() }
    }

    /// The sentence, for people to read.
    pub fn message(&self) -> &str {
        &self.text
    }

    /// What the sentence says, to be said elsewhere or under another code.
    pub fn into_said(self) -> Said {
        Said { code: self.code, text: self.text, facts: self.facts }
    }

    /// The same under another code.
    #[must_use]
    pub fn under(self, code: Code) -> Finding {
        Finding { code, ..self }
    }

    /// The same place, said otherwise.
    #[must_use]
    pub fn re(self, anew: impl FnOnce(Said) -> Said) -> Finding {
        Finding::of(self.place.clone(), anew(self.into_said()))
    }

    /// The item that the finding is about.
    pub fn item(&self) -> Option<&Item> {
        self.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Item(item) => Some(item),
            _ => None,
        })
    }

    /// The waiver that turned the finding into a note.
    pub fn waived(&self) -> Option<&Waived> {
        self.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Waived(waived) => Some(waived),
            _ => None,
        })
    }

    /// What the finding speaks of, and where: `1.2 (H16)`, or `«4,1» (A18)`
    /// where no item is certain.
    fn subject(&self) -> String {
        let found = || self.found().map(|found| format!("«{found}»"));
        let what = self.item().map(Item::to_string).or_else(found).unwrap_or_default();
        format!("{what} ({})", self.place.spot())
    }

    /// Whether both say the same, wherever.
    fn says_as(&self, other: &Finding) -> bool {
        (self.code, &self.text, &self.facts) == (other.code, &other.text, &other.facts)
    }

    /// The same with other words for the same facts.
    fn told(self, text: String) -> Finding {
        Finding { text, ..self }
    }

    /// What was found in the cell.
    pub fn found(&self) -> Option<&str> {
        self.facts.iter().find_map(|(name, fact)| match fact {
            Fact::Text(text) if *name == "found" => Some(text.as_str()),
            _ => None,
        })
    }

    pub fn severity(&self) -> Severity {
        self.code.info().severity
    }

    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    pub fn help(&self) -> &'static str {
        self.code.info().help
    }
}

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

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = self.code.info();
        writeln!(f, "{} [{}] {}", self.place, info.id, self.text)?;
        write!(f, "    → {}", info.help)
    }
}
