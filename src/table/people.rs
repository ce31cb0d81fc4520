//! Who is named in a row: one person or a whole unit, who asked and who
//! approved. Whatever table names people, reads them here.

use super::Line;
use crate::book::RawCell;
use crate::day::Day;
use crate::finding::{Findings, cell};
use crate::text;

/// In place of a person's name: the unit itself, or everybody of it.
pub const WHOLE_UNIT: &str = "cả đơn vị";

/// Whom of a unit a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    Unit,
    Person(String),
}

impl Whom {
    /// The person's name; `None` for the unit.
    pub fn into_person(self) -> Option<String> {
        match self {
            Whom::Unit => None,
            Whom::Person(name) => Some(name),
        }
    }
}

/// The columns of an approval.
#[derive(Clone, Copy, Debug)]
pub struct ApprovalColumns {
    pub requester: &'static str,
    pub approver: &'static str,
    pub day: &'static str,
}

/// Who asked for something, who approved it, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    pub requester: String,
    pub approver: String,
    pub dated: Day,
}

impl Line<'_> {
    /// Whom a row is about. A blank is the unit itself, and is said, because a
    /// lost name looks the same; what is not certain to name one person is
    /// nobody.
    pub fn whom(&self, label: &'static str, findings: &mut Findings) -> Option<Whom> {
        let found = self.text(label, findings);
        if text::key(&found) == text::key(WHOLE_UNIT) {
            return Some(Whom::Unit);
        }
        if self.is_blank(label) {
            findings.say(self.place(label), cell::WholeUnit { label, word: WHOLE_UNIT });
            return Some(Whom::Unit);
        }
        if text::is_empty_answer(&found) || text::person_doubt(&self.typed(label, &found)).is_some()
        {
            self.refuse(label, cell::NotAPerson { label, found }, findings);
            return None;
        }
        Some(Whom::Person(found))
    }

    /// A cell's text as it was typed: two names on two lines are told apart by
    /// nothing else.
    fn typed(&self, label: &str, shown: &str) -> String {
        self.cell(label).and_then(RawCell::typed).unwrap_or(shown).to_owned()
    }

    /// An approval, if the row holds one: by somebody else than who asked, on a
    /// stated day.
    pub fn approval(&self, columns: ApprovalColumns, findings: &mut Findings) -> Option<Approval> {
        let ApprovalColumns { requester, approver, day } = columns;
        let (asked, found) =
            (self.statement(requester, findings), self.statement(approver, findings));
        let dated = self.day(day, findings);
        let before = findings.len();
        if let (Some(asked), Some(found)) = (&asked, &found)
            && text::person_key(asked) == text::person_key(found)
        {
            self.refuse(approver, cell::ApprovesOwn { found }, findings);
        }
        if let Some(found) = found.as_deref().filter(|it| text::is_no_approval(it)) {
            self.refuse(approver, cell::NotApproved { found }, findings);
        }
        if self.is_blank(day) {
            self.refuse(day, cell::DayMissing {}, findings);
        }
        if before < findings.len() {
            return None;
        }
        Some(Approval { requester: asked?, approver: found?, dated: dated? })
    }

    /// What a row says in words where its value is blank, unless the words say
    /// nothing: beside them the blank is no consent.
    pub fn words_for_blank(&self, value: &str, words: &str) -> Option<String> {
        let found = self.shown(words);
        let is_said = self.is_blank(value) && !found.is_empty() && !text::says_nothing(&found);
        is_said.then_some(found)
    }
}
