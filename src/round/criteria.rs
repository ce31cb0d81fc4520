//! Criteria sets (bộ chỉ số): the tree of what is scored.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::finding;
use crate::points::Points;
use crate::round::rule::{Figure, Rule};
use crate::text;

/// The id of a criteria set: the name of its workbook without `.xlsx`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetId(pub String);

/// A code (mã) such as `1.2.10`: up to three positive numbers.
///
/// Ordered naturally, so 1.2 comes before 1.10. Its text is never a decimal
/// number: 1.10 is not 1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemCode([u16; 3]);

/// The tree of what is scored for one group of units, in code order.
#[derive(Clone, Debug)]
pub struct CriteriaSet {
    pub id: SetId,
    pub title: String,
    /// The decision that issued the set, as it is cited.
    pub source: String,
    /// Areas, criteria and components, each after its parent.
    pub nodes: Vec<Node>,
    /// SHA-256 of codes, titles, maxima and rules: forms issued from another
    /// version carry another fingerprint.
    pub fingerprint: String,
    /// A short hash of what each line means: its title, maximum, rule and
    /// figures. A form issued before a line was changed carries another.
    pub marks: BTreeMap<ItemCode, String>,
    pub unsaid: Unsaid,
}

/// How many items leave a column blank that then means «không».
#[derive(Clone, Copy, Debug, Default)]
pub struct Unsaid {
    pub evidence: usize,
    pub exempt: usize,
}

/// A line of the set.
#[derive(Clone, Debug)]
pub enum Node {
    /// An area (lĩnh vực) or a criterion with components: its points are the
    /// sum of its children's.
    Heading(Heading),
    /// A line that carries points: a component, or a criterion without
    /// components.
    Item(Item),
}

#[derive(Clone, Debug)]
pub struct Heading {
    pub code: ItemCode,
    pub title: String,
    pub max: Points,
}

/// A line that carries points (dòng có điểm).
#[derive(Clone, Debug)]
pub struct Item {
    pub code: ItemCode,
    pub title: String,
    /// Maximum points (điểm tối đa).
    pub max: Points,
    pub rule: Rule,
    /// Where the score in force comes from.
    pub origin: Origin,
    pub labels: Labels,
    /// A claim above zero needs evidence (tài liệu kiểm chứng).
    pub needs_evidence: bool,
    /// The item may be not applicable to a unit.
    pub may_be_exempt: bool,
    /// What this item in particular rests on; empty when the set's decision
    /// says it all.
    pub source: String,
}

/// Who gives the score of an item (nguồn điểm).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Claimed by the unit, granted by the appraisers (thẩm định).
    Appraised,
    /// Computed from raw figures or a system (số liệu), then appraised.
    Computed,
    /// From the survey (khảo sát); never self-scored.
    Survey,
}

/// What each raw figure of an item means, in words; empty where the rule does
/// not take that figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    pub numerator: String,
    pub denominator: String,
    pub count: String,
    pub day: String,
}

impl Labels {
    pub fn of(&self, figure: Figure) -> &str {
        match figure {
            Figure::Numerator => &self.numerator,
            Figure::Denominator => &self.denominator,
            Figure::Count => &self.count,
            Figure::Day => &self.day,
        }
    }
}

impl ItemCode {
    /// 1 for an area, 2 for a criterion, 3 for a component.
    pub fn level(self) -> usize {
        self.0.iter().take_while(|part| **part != 0).count()
    }

    pub fn parent(self) -> Option<ItemCode> {
        match self.0 {
            [area, criterion, part] if part != 0 => Some(ItemCode([area, criterion, 0])),
            [area, criterion, _] if criterion != 0 => Some(ItemCode([area, 0, 0])),
            _ => None,
        }
    }

    /// Whether this is `other` or stands below it.
    pub fn is_within(self, other: ItemCode) -> bool {
        let level = other.level();
        self.0[..level] == other.0[..level]
    }

    /// The area (level 1) this code belongs to.
    pub fn area(self) -> ItemCode {
        ItemCode([self.0[0], 0, 0])
    }
}

/// Not one to three positive numbers joined by dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACode;

impl FromStr for ItemCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<ItemCode, NotACode> {
        let mut parts = [0; 3];
        let text = text.strip_suffix('.').unwrap_or(text);
        for (at, digits) in text.split('.').enumerate() {
            let is_plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let part = digits.parse().ok().filter(|part| is_plain && *part != 0);
            *parts.get_mut(at).ok_or(NotACode)? = part.ok_or(NotACode)?;
        }
        Ok(ItemCode(parts))
    }
}

impl Node {
    pub fn code(&self) -> ItemCode {
        match self {
            Node::Heading(heading) => heading.code,
            Node::Item(item) => item.code,
        }
    }

    pub fn title(&self) -> &str {
        match self {
            Node::Heading(heading) => &heading.title,
            Node::Item(item) => &item.title,
        }
    }

    pub fn max(&self) -> Points {
        match self {
            Node::Heading(heading) => heading.max,
            Node::Item(item) => item.max,
        }
    }
}

impl CriteriaSet {
    /// The lines that carry points, in code order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Heading(_) => None,
            Node::Item(item) => Some(item),
        })
    }

    pub fn item(&self, code: ItemCode) -> Option<&Item> {
        self.items().find(|item| item.code == code)
    }

    /// The code that may have been meant where `found` stands: of the line of the
    /// nearest title, or the nearest one.
    pub fn meant(&self, found: &str) -> Option<String> {
        let titled = text::nearest(found, self.nodes.iter().map(Node::title));
        let named = self.nodes.iter().find(|node| titled == Some(node.title()));
        let codes = self.nodes.iter().map(|node| node.code().to_string());
        let codes: Vec<String> = codes.filter(|code| code != found).collect();
        let near = || text::nearest(found, codes.iter().map(String::as_str)).map(str::to_owned);
        named.map(|node| node.code().to_string()).or_else(near)
    }

    /// The areas (lĩnh vực), in code order.
    pub fn areas(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.code().level() == 1)
    }

    /// The nodes directly under `parent`.
    pub fn children(&self, parent: ItemCode) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.code().parent() == Some(parent))
    }

    /// The sum of all items' maximum points.
    pub fn max(&self) -> Points {
        self.items().map(|item| item.max).sum()
    }
}

impl From<ItemCode> for finding::Item {
    fn from(code: ItemCode) -> finding::Item {
        finding::Item(code.to_string())
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0[..self.level()].iter().map(u16::to_string).collect();
        f.write_str(&parts.join("."))
    }
}

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_text_in_natural_order() {
        let code = |text: &str| text.parse::<ItemCode>();
        assert!(code("1.2").unwrap() < code("1.10").unwrap());
        assert!(code("1.9.9").unwrap() < code("1.10").unwrap());
        assert!(code("1").unwrap() < code("1.1").unwrap());
        assert_eq!(code("1.10").unwrap().to_string(), "1.10");
        assert_eq!(code("1.2.3.").unwrap().parent(), code("1.2").ok());
        assert_eq!(code("1.2").unwrap().level(), 2);
        for bad in ["", "1..2", "1.0", "a", "1.2.3.4", "1,2", "4.0999999999999996", "-1"] {
            assert_eq!(code(bad), Err(NotACode), "{bad}");
        }
    }
}
