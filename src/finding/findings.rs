//! One finding, all that were made so far, and many of one kind told as one.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use super::place::file_name;
use super::said::Facts;
use super::{Code, Fact, Item, Many, Place, Said, Severity, Unit, Waived};

/// Something worth telling the person who filled in or configured a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub place: Place,
    pub code: Code,
    /// Which thing, what is wrong, what was found; never the remedy, which is
    /// the code's.
    text: String,
    facts: Facts,
}

impl Finding {
    pub fn of(place: Place, said: impl Into<Said>) -> Finding {
        let Said { code, text, facts } = said.into();
        Finding { place, code, text, facts }
    }

    /// The sentence, for people to read.
    pub fn message(&self) -> &str {
        &self.text
    }

    /// The sentence for a unit, which knows its files and no folder that they were
    /// put into.
    pub fn message_for_unit(&self) -> String {
        let files = self.facts.iter().filter_map(|(_, fact)| match fact {
            Fact::Files(files) => Some(files),
            _ => None,
        });
        files.flatten().fold(self.text.clone(), |text, file| text.replace(file, file_name(file)))
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

    /// The unit that the finding is about.
    pub fn unit(&self) -> Option<&Unit> {
        self.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Unit(unit) => Some(unit),
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

    /// The key that confirms what is doubted.
    pub fn doubt(&self) -> Option<&str> {
        self.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Doubt(key) => Some(key.as_str()),
            _ => None,
        })
    }

    /// What the finding speaks of, and where: `1.2 (H16)`, or `«4,1» (A18)`
    /// where no item is certain.
    fn subject(&self) -> String {
        let found = || self.found().map(|found| format!("«{found}»"));
        let unit = || self.unit().map(Unit::to_string);
        let what = self.item().map(Item::to_string).or_else(found).or_else(unit);
        let what = what.unwrap_or_default();
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

    /// What the unit whose file it is about should do; `None` when it is not for
    /// the unit to know.
    pub fn help_for_unit(&self) -> Option<&'static str> {
        let info = self.code.info();
        Some(info.to_unit.unwrap_or(info.help)).filter(|help| !help.is_empty())
    }
}

/// What was noticed so far: the one way to hand findings on. Whoever reads or
/// decides is lent it, says what it noticed, and returns only its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn say(&mut self, place: Place, said: impl Into<Said>) {
        self.0.push(Finding::of(place, said));
    }

    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// In order of place, then code, then words.
    pub fn sort(&mut self) {
        self.0.sort();
    }

    /// The same, with what was said twice said once.
    pub fn sort_and_dedup(&mut self) {
        self.0.sort();
        self.0.dedup();
    }

    /// In order of place, then code; those of one place and code stay in the
    /// order they were said in.
    pub fn sort_by_place(&mut self) {
        self.0.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    }

    /// Many of one kind as one, as each code's row says; then in order.
    pub fn gather(&mut self) {
        let mut alike: BTreeMap<Code, Vec<Finding>> = BTreeMap::new();
        for finding in self.0.drain(..) {
            alike.entry(finding.code).or_default().push(finding);
        }
        self.0.extend(alike.into_iter().flat_map(|(code, alike)| gathered(code, alike)));
        self.sort();
    }

    /// Drops what was said under a code.
    pub fn forget(&mut self, code: Code) {
        self.retain(|finding| finding.code != code);
    }

    pub fn retain(&mut self, is_kept: impl FnMut(&Finding) -> bool) {
        self.0.retain(is_kept);
    }

    /// Everything said of one row, as one sentence at the first place.
    pub fn into_one(self) -> Option<(Place, Said)> {
        let mut all = self.0.into_iter();
        let first = all.next()?;
        let place = first.place.clone();
        Some((place, all.fold(first.into_said(), |said, more| said.and(more.into_said()))))
    }

    pub fn has_error(&self) -> bool {
        self.iter().any(Finding::is_error)
    }
}

/// Mistakes of one kind, when there are so many that they have one cause:
/// somebody stopped, typed in the column beside, or used a program that did not
/// store results.
const MANY: usize = 6;

/// The findings of one code in one file, or one in their place.
fn gathered(code: Code, mut alike: Vec<Finding>) -> Vec<Finding> {
    let count = alike.len();
    match code.info().many {
        Many::Listed(what) if MANY <= count => {
            alike.sort();
            let named: Vec<String> = alike.iter().map(Finding::subject).collect();
            vec![alike.swap_remove(0).told(format!("{count} {what}: {}", named.join(", ")))]
        }
        Many::Counted => {
            let first = alike.swap_remove(0);
            let text = format!("{}: {count} ô", first.text);
            vec![first.told(text)]
        }
        Many::Same => same(alike),
        Many::Apart | Many::Listed(_) => alike,
    }
}

/// One of those that say the same, with how many rows do.
fn same(alike: Vec<Finding>) -> Vec<Finding> {
    let mut told: Vec<(Finding, usize)> = Vec::new();
    for finding in alike {
        match told.iter_mut().find(|(first, _)| first.says_as(&finding)) {
            Some((_, rows)) => *rows += 1,
            None => told.push((finding, 1)),
        }
    }
    let one = |(finding, rows): (Finding, usize)| match rows {
        1 => finding,
        rows => {
            let text = format!("{} ({rows} dòng)", finding.message());
            finding.told(text)
        }
    };
    told.into_iter().map(one).collect()
}

impl<const N: usize> PartialEq<[Finding; N]> for Findings {
    fn eq(&self, others: &[Finding; N]) -> bool {
        self.0 == others
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.0
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        self.0.extend(findings);
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<T: IntoIterator<Item = Finding>>(findings: T) -> Findings {
        Findings(findings.into_iter().collect())
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = self.code.info();
        writeln!(f, "{} [{}] {}", self.place, info.id, self.text)?;
        write!(f, "    → {}", info.help)
    }
}
