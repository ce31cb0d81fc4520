//! A form and the criteria set it was issued from: which of its lines still mean
//! what they meant, and which still ask what they asked.
//!
//! A set may be mended after its forms were sent out. Every form carries a mark
//! of each line, a mark of what the line asks, and the points it was worth. A
//! claim is taken where that is still the line's mark; it is scored anew where
//! the line asks the same and only its points changed; it is asked for again
//! elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest;
use crate::points::{Points, Quantity};
use crate::round::criteria::{CriteriaSet, Item, ItemCode, Node, Origin};
use crate::round::rule::{Figure, Rule};
use crate::text;

/// The marks of a set's lines, as a form carries them:
/// `1:3f9a01c2:77aa01b2:6 1.1:…`.
pub fn marks(set: &CriteriaSet) -> String {
    let marks = set.nodes.iter().filter_map(|node| {
        let mark = set.marks.get(&node.code())?;
        let worth = worth(node).into_iter().map(|it| it.data(it.places())).collect::<Vec<_>>();
        Some(format!("{}:{mark}:{}:{}", node.code(), question(node), worth.join("/")))
    });
    marks.collect::<Vec<_>>().join(" ")
}

/// A short hash of what a line asks of the unit, whatever the answer is worth.
fn question(node: &Node) -> String {
    let mut asked = vec![text::key(node.title())];
    if let Node::Item(Item { rule, labels, origin, .. }) = node {
        asked.push(origin_mark(*origin).to_owned());
        let figures = rule.figures().iter().copied();
        let told = |it: Figure| format!("{} {}", figure_mark(it), text::key(labels.of(it)));
        asked.extend(figures.map(told));
        match rule {
            Rule::YesNo => asked.push("yes or no".to_owned()),
            Rule::Levels(levels) => asked.extend(levels.iter().map(|it| text::key(&it.label))),
            Rule::Parts(parts) => {
                asked.extend(parts.iter().map(|it| format!("and {}", text::key(&it.label))));
            }
            _ => {}
        }
    }
    digest::sha256(asked.join("\t").as_bytes())[..8].to_owned()
}

/// What marks say of an origin: forms are out with it, so it never changes.
fn origin_mark(origin: Origin) -> &'static str {
    match origin {
        Origin::Appraised => "Appraised",
        Origin::Computed => "Computed",
        Origin::Survey => "Survey",
    }
}

/// The same of a figure.
fn figure_mark(figure: Figure) -> &'static str {
    match figure {
        Figure::Numerator => "Numerator",
        Figure::Denominator => "Denominator",
        Figure::Count => "Count",
        Figure::Day => "Day",
    }
}

/// The maximum of a line, and the points of what the unit may choose, in order.
fn worth(node: &Node) -> Vec<Points> {
    let chosen = match node {
        Node::Item(Item { rule: Rule::Levels(levels) | Rule::Parts(levels), .. }) => &levels[..],
        _ => &[],
    };
    [node.max()].into_iter().chain(chosen.iter().map(|level| level.points)).collect()
}

/// How the set has changed since a form was issued; by default not at all.
#[derive(Debug, Default)]
pub(super) struct Edition {
    /// The form was issued from an earlier state of the set.
    pub(super) is_older: bool,
    /// Lines of the set that are new or ask something else now.
    changed: BTreeSet<ItemCode>,
    /// Lines of the form that the set no longer has.
    dropped: BTreeSet<ItemCode>,
    /// What the lines were worth that ask the same and are worth something else.
    worth: BTreeMap<ItemCode, Vec<Points>>,
}

impl Edition {
    /// What became of the set since a form with these marks was issued from it;
    /// `None` when that is not told, or when less than half of it is left.
    pub(super) fn since(marks: &str, set: &CriteriaSet) -> Option<Edition> {
        let mut edition = Edition { is_older: true, ..Edition::default() };
        let mut then: BTreeMap<ItemCode, [&str; 3]> = BTreeMap::new();
        for line in marks.split_whitespace() {
            let mut parts = line.split(':');
            let code = parts.next()?.parse().ok()?;
            let mark = parts.next()?;
            then.insert(code, [mark, parts.next().unwrap_or(""), parts.next().unwrap_or("")]);
        }
        for node in &set.nodes {
            let code = node.code();
            let Some([mark, asked, worth]) = then.remove(&code) else {
                edition.changed.insert(code);
                continue;
            };
            if set.marks.get(&code).is_some_and(|now| now == mark) {
                continue;
            }
            let is_number = |it: &str| Quantity::parse(it).map(Quantity::points);
            let worth: Option<Vec<Points>> = worth.split('/').map(is_number).collect();
            match worth.filter(|it| asked == question(node) && it.len() == self::worth(node).len())
            {
                Some(worth) => drop(edition.worth.insert(code, worth)),
                None => drop(edition.changed.insert(code)),
            }
        }
        edition.dropped = then.into_keys().collect();
        (2 * edition.changed.len() <= set.nodes.len()).then_some(edition)
    }

    /// Whether every line means what it meant.
    pub(super) fn is_same(&self) -> bool {
        self.changed.is_empty() && self.dropped.is_empty() && self.worth.is_empty()
    }

    /// Whether the form says nothing certain of this line of the set.
    pub(super) fn is_changed(&self, code: ItemCode) -> bool {
        self.changed.contains(&code)
    }

    /// Whether the set had this line when the form was issued.
    pub(super) fn is_dropped(&self, code: ItemCode) -> bool {
        self.dropped.contains(&code)
    }

    /// Whether only the points of the line have changed.
    pub(super) fn is_rescored(&self, code: ItemCode) -> bool {
        self.worth.contains_key(&code)
    }

    /// The maximum that the form prints on a line that has this one now.
    pub(super) fn max(&self, code: ItemCode, now: Points) -> Points {
        self.worth.get(&code).map_or(now, |worth| worth[0])
    }

    /// What points that a unit chose when the form was issued are now; `None`
    /// when that is not certain.
    pub(super) fn now(&self, item: &Item, chosen: Points) -> Option<Points> {
        let Some(worth) = self.worth.get(&item.code) else { return Some(chosen) };
        let mut now: BTreeSet<Points> = BTreeSet::new();
        match &item.rule {
            Rule::YesNo => {
                let both = [(Points::ZERO, Points::ZERO), (worth[0], item.max)];
                now.extend(both.iter().filter(|(then, _)| *then == chosen).map(|(_, now)| *now));
            }
            Rule::Levels(levels) => {
                let both = worth[1..].iter().zip(levels);
                now.extend(both.filter(|(then, _)| **then == chosen).map(|(_, now)| now.points));
            }
            Rule::Parts(parts) => {
                let mut sums = vec![(Points::ZERO, Points::ZERO)];
                for (then, part) in worth[1..].iter().zip(parts) {
                    let with: Vec<_> =
                        sums.iter().map(|(a, b)| (*a + *then, *b + part.points)).collect();
                    sums.extend(with);
                    sums.sort_unstable();
                    sums.dedup();
                }
                now.extend(sums.iter().filter(|(then, _)| *then == chosen).map(|(_, now)| *now));
            }
            _ => {}
        }
        now.pop_first().filter(|_| now.is_empty())
    }
}
