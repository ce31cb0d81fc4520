//! What a unit answers for, and what therefore stands in the cells of its row.

use std::collections::BTreeMap;

use super::answers::{Answer, Answers};
use crate::day::Day;
use crate::form::formula::{Terms, formula};
use crate::form::layout::{self, Column as Printed};
use crate::handout::choices::Choices;
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, Item, ItemCode, Node, Origin};
use crate::round::exemption::Exemption;
use crate::round::register::Unit;
use crate::round::rule::{Computed, Figure};
use crate::sheet::table::Entry;
use crate::sheet::{Allow, Ask, Level, Value};

/// The most a figure may be: what [`Quantity::from_cell`] accepts.
const FIGURE_MAX: i64 = 10_000_000_000_000;

/// A node of the set, and what its row is for.
pub(super) struct Line<'a> {
    pub(super) node: &'a Node,
    pub(super) purpose: Purpose<'a>,
    /// What the score is chosen from.
    pub(super) choice: Option<Ask>,
}

#[derive(Clone, Copy)]
pub(super) enum Purpose<'a> {
    /// Shows a sum.
    Heading,
    /// The survey scores it.
    Survey,
    /// The legal list takes it from the unit.
    Exempt(&'a Exemption),
    /// The unit answers.
    Claim(&'a Item),
}

/// What a unit answers, and what stands in the score cells.
pub(super) struct Claims<'a> {
    round: &'a Round,
    unit: &'a Unit,
    pub(super) set: &'a CriteriaSet,
    answers: &'a Answers,
    scores: BTreeMap<ItemCode, Score>,
}

/// What the score cell of an item shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Score {
    Missing,
    NotApplicable,
    Points(Points),
}

impl<'a> Claims<'a> {
    pub(super) fn new(round: &'a Round, unit: &'a Unit, answers: &'a Answers) -> Claims<'a> {
        let set = round.set(unit);
        let mut claims = Claims { round, unit, set, answers, scores: BTreeMap::new() };
        let claimed = set.items().filter(|item| item.origin != Origin::Survey);
        claims.scores = claimed.map(|item| (item.code, claims.score(item))).collect();
        claims
    }

    /// The items that the unit answers for, with what their cells show.
    pub(super) fn claimed(&self) -> impl Iterator<Item = (&Item, Score, &Answer)> {
        let items = self.set.items();
        items.filter_map(|item| Some((item, *self.scores.get(&item.code)?, self.answer(item))))
    }

    /// Whether nothing under this heading is for the unit to answer.
    pub(super) fn is_surveyed(&self, heading: ItemCode) -> bool {
        self.under(heading).all(|item| item.origin == Origin::Survey)
    }

    pub(super) fn deadline(&self) -> Day {
        self.round.settings.intake.deadline
    }

    /// For each node, 1 where evidence is needed and 0 elsewhere.
    pub(super) fn flags(&self) -> Vec<Value> {
        let is_needed = |node: &Node| matches!(node, Node::Item(item) if item.needs_evidence);
        self.set.nodes.iter().map(|node| Value::Whole(is_needed(node).into())).collect()
    }

    pub(super) fn is_dated(&self) -> bool {
        self.answers.dated.is_some()
    }

    fn under(&self, heading: ItemCode) -> impl Iterator<Item = &Item> {
        self.set.items().filter(move |item| item.code.is_within(heading))
    }

    pub(super) fn answer(&self, item: &Item) -> &Answer {
        const BLANK: &Answer = &Answer::BLANK;
        self.answers.items.get(&item.code).unwrap_or(BLANK)
    }

    fn exemption(&self, item: &Item) -> Option<&'a Exemption> {
        self.round.exemptions.get(&self.unit.id, item.code)
    }

    fn score(&self, item: &Item) -> Score {
        let answer = self.answer(item);
        let Terms { max, places, submission } = self.terms(item);
        if self.exemption(item).is_some() {
            return Score::NotApplicable;
        }
        if item.rule.figures().is_empty() {
            return answer.score.map_or(Score::Missing, Score::Points);
        }
        match item.rule.compute(&answer.figures, max, places, submission) {
            None => Score::Missing,
            Some(Computed::NotApplicable) => Score::NotApplicable,
            Some(Computed::Points(points)) => Score::Points(points),
        }
    }

    fn terms(&self, item: &Item) -> Terms {
        Terms {
            max: item.max,
            places: self.round.settings.scoring.places,
            submission: self.deadline(),
        }
    }

    pub(super) fn line(&self, node: &'a Node, choices: &mut Choices) -> Line<'a> {
        let purpose = match node {
            Node::Heading(_) => Purpose::Heading,
            Node::Item(item) if item.origin == Origin::Survey => Purpose::Survey,
            Node::Item(item) => match self.exemption(item) {
                Some(exemption) => Purpose::Exempt(exemption),
                None => Purpose::Claim(item),
            },
        };
        let choice = match purpose {
            Purpose::Claim(item) if item.rule.figures().is_empty() => chosen(item, choices),
            _ => None,
        };
        Line { node, purpose, choice }
    }

    /// What stands in the score cell of a node.
    pub(super) fn shown(&self, node: &Node, purpose: Purpose) -> Entry {
        let code = node.code();
        match purpose {
            Purpose::Heading if self.is_surveyed(code) => Entry::blank(),
            Purpose::Heading => self.sum(|it| it.code().parent() == Some(code)),
            Purpose::Survey => Entry::blank().at(Level::Closed),
            Purpose::Exempt(_) => Entry::from(layout::NOT_APPLICABLE).at(Level::Closed),
            Purpose::Claim(item) => {
                let name = |figure| format!("[{}]", Printed::from(figure).label());
                match formula(&item.rule, self.terms(item), name) {
                    Some(live) => Entry::formula(live, self.scores[&code].value()),
                    None => Entry::from(self.answer(item).score).at(Level::Input),
                }
            }
        }
    }

    /// The live sum of the scores in the rows that `holds` is true of.
    pub(super) fn sum(&self, holds: impl Fn(&Node) -> bool) -> Entry {
        let rows = self.set.nodes.iter().enumerate().filter(|(_, node)| holds(node));
        let (cells, codes): (Vec<String>, Vec<ItemCode>) = rows
            .map(|(at, node)| (format!("[{}@{at}]", Printed::Score.label()), node.code()))
            .unzip();
        let scores = self.scores.iter();
        let scores = scores.filter(|(code, _)| codes.iter().any(|it| code.is_within(*it)));
        let sum: Points = scores.filter_map(|(_, score)| score.points()).sum();
        Entry::formula(format!("SUM({})", cells.join(",")), sum)
    }

    pub(super) fn figure(&self, purpose: Purpose, figure: Figure) -> Entry {
        let item = match purpose {
            Purpose::Heading => return Entry::blank(),
            Purpose::Claim(item) if item.rule.figures().contains(&figure) => item,
            _ => return Entry::blank().at(Level::Closed),
        };
        let figures = &self.answer(item).figures;
        let entry = match figure {
            Figure::Numerator => figures.numerator.into(),
            Figure::Denominator => figures.denominator.into(),
            Figure::Count => figures.count.into(),
            Figure::Day => {
                return Entry::from(figures.day)
                    .at(Level::InputDay)
                    .asking(self.asked(item, figure));
            }
        };
        let entry: Entry = entry;
        entry.at(Level::Input).asking(self.asked(item, figure))
    }

    fn asked(&self, item: &Item, figure: Figure) -> Ask {
        let count = Allow::Whole { from: 0, to: 1_000_000 };
        let ask = match figure {
            Figure::Day => day_within(layout::days(self.round.settings.year)),
            Figure::Count => count.or("Nhập số nguyên từ 0 trở lên."),
            Figure::Numerator | Figure::Denominator => {
                let is_count =
                    figure == Figure::Numerator && item.rule.figures().contains(&Figure::Count);
                let most = Quantity::whole(FIGURE_MAX);
                let rule = if is_count {
                    count
                } else {
                    Allow::Decimal { from: Quantity::ZERO, to: most }
                };
                rule.or("Nhập số từ 0 trở lên, không kèm chữ; không phát sinh thì nhập 0.")
            }
        };
        let title = format!("{} {}", Printed::from(figure).label(), item.code);
        let label = item.labels.of(figure);
        ask.prompting(title, if label.is_empty() { &item.title } else { label })
    }
}

impl Score {
    fn points(self) -> Option<Points> {
        match self {
            Score::Points(points) => Some(points),
            Score::Missing | Score::NotApplicable => None,
        }
    }

    fn value(self) -> Value {
        match self {
            Score::Missing => Value::Text(String::new()),
            Score::NotApplicable => Value::Text(layout::NOT_APPLICABLE.to_owned()),
            Score::Points(points) => Value::Points(points),
        }
    }
}

/// What is offered for an item whose points are chosen.
fn chosen(item: &Item, choices: &mut Choices) -> Option<Ask> {
    let offered = item.rule.choices(item.max).unwrap_or_default();
    let words: Vec<String> = offered.iter().map(Points::to_string).collect();
    let range = choices.range(offered.into_iter().map(Value::Points).collect())?;
    let ask = Allow::OneOf(range).or(format!("Chọn một trong các mức: {}.", words.join("; ")));
    Some(ask.prompting(format!("Điểm tự chấm {}", item.code), item.rule.words(item.max)))
}

/// A day that is typed into a cell of a form.
pub(super) fn day_within((from, to): (Day, Day)) -> Ask {
    Allow::Days { from, to }.or(format!("Nhập ngày dạng ngày/tháng/năm, từ {from} đến {to}."))
}
