//! A form and the criteria set it was issued from: which of its lines still mean
//! what they meant.
//!
//! A set may be mended after its forms were sent out. Every form carries a mark
//! of each line; a claim is taken where that is still the line's mark, and asked
//! for again where it is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::round::criteria::{CriteriaSet, ItemCode};

/// The marks of a set's lines, as a form carries them: `1:3f9a01c2 1.1:…`.
pub fn marks(set: &CriteriaSet) -> String {
    let marks = set.marks.iter().map(|(code, mark)| format!("{code}:{mark}"));
    marks.collect::<Vec<_>>().join(" ")
}

/// How the set has changed since a form was issued; by default not at all.
#[derive(Debug, Default)]
pub(super) struct Edition {
    /// The form was issued from an earlier state of the set.
    pub(super) is_older: bool,
    /// Lines of the set that are new or mean something else now.
    changed: BTreeSet<ItemCode>,
    /// Lines of the form that the set no longer has.
    dropped: BTreeSet<ItemCode>,
}

impl Edition {
    /// What became of the set since a form with these marks was issued from it;
    /// `None` when that is not told, or when less than half of it is left.
    pub(super) fn since(marks: &str, set: &CriteriaSet) -> Option<Edition> {
        let mark = |pair: &str| {
            let (code, mark) = pair.split_once(':')?;
            Some((code.parse().ok()?, mark.to_owned()))
        };
        let then: Option<BTreeMap<ItemCode, String>> = marks.split_whitespace().map(mark).collect();
        let then = then?;
        let now = &set.marks;
        let changed: BTreeSet<ItemCode> =
            now.keys().filter(|code| then.get(code) != now.get(code)).copied().collect();
        let dropped = then.into_keys().filter(|code| !now.contains_key(code)).collect();
        let is_kept = 2 * changed.len() <= now.len();
        is_kept.then_some(Edition { is_older: true, changed, dropped })
    }

    /// Whether the form says nothing certain of this line of the set.
    pub(super) fn is_changed(&self, code: ItemCode) -> bool {
        self.changed.contains(&code)
    }

    /// Whether the set had this line when the form was issued.
    pub(super) fn is_dropped(&self, code: ItemCode) -> bool {
        self.dropped.contains(&code)
    }
}
