//! The sheet of the scores: one row for each node of the criteria set, with
//! inputs where the unit answers and live formulas everywhere else.

use std::collections::BTreeMap;

use super::nominations::input;
use super::{Answer, Answers, frame};
use crate::day::Day;
use crate::finding::CellRef;
use crate::form::formula::{Terms, formula};
use crate::form::layout;
use crate::form::layout::Column;
use crate::points::{Points, Quantity};
use crate::report::choices::Choices;
use crate::report::instructions::figure_label;
use crate::report::sheet::{Allow, Ask, Cell, Level, Row, Sheet, Validation, Value};
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, Heading, Item, ItemCode, Node, Origin};
use crate::round::exemption::Exemption;
use crate::round::register::Unit;
use crate::round::rule::{Computed, Figure};

/// The most a figure may be: what [`Quantity::from_cell`] accepts.
const FIGURE_MAX: i64 = 10_000_000_000_000;

pub(super) fn sheet(round: &Round, unit: &Unit, answers: &Answers, choices: &mut Choices) -> Sheet {
    let mut sheet = Sheet {
        name: layout::SCORES.to_owned(),
        widths: vec![7.0, 50.0, 9.0, 10.0, 10.0, 10.0, 12.0, 10.0, 30.0, 30.0],
        is_protected: true,
        footer: footer(round, unit),
        ..Sheet::default()
    };
    let dated = frame::push(&mut sheet, round, unit, answers.dated);
    let status = sheet.next_row();
    sheet.push(Row::default());
    let header = sheet.next_row();
    sheet.push(Row::head(Column::ALL.map(Column::label)));
    sheet.repeat = Some((header, header));
    sheet.freeze = Some(CellRef::new(header + 1, Column::Max.printed()));
    let table = Table::new(round, unit, answers, header + 1);
    for node in &table.set.nodes {
        sheet.push(table.row(node));
        if let Node::Item(item) = node {
            sheet.validations.extend(table.validations(item, choices));
        }
    }
    sheet.push(table.total());
    frame::sign(&mut sheet, unit);
    let flags = choices.range(table.flags()).expect("a checked set has nodes");
    frame::status(&mut sheet, status, &table, &flags, dated);
    sheet
}

/// What every page of the form says at its foot.
pub(super) fn footer(round: &Round, unit: &Unit) -> String {
    format!("{} – {}", round.settings.title, unit.name)
}

/// The table and what stands in its score cells.
pub(super) struct Table<'a> {
    round: &'a Round,
    unit: &'a Unit,
    pub(super) set: &'a CriteriaSet,
    answers: &'a Answers,
    /// The row of the first node; the others follow in code order.
    pub(super) first: u32,
    scores: BTreeMap<ItemCode, Score>,
}

/// What the score cell of an item shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Score {
    Missing,
    NotApplicable,
    Points(Points),
}

impl<'a> Table<'a> {
    fn new(round: &'a Round, unit: &'a Unit, answers: &'a Answers, first: u32) -> Table<'a> {
        let set = round.set(unit);
        let mut table = Table { round, unit, set, answers, first, scores: BTreeMap::new() };
        let claimed = set.items().filter(|item| item.origin != Origin::Survey);
        table.scores = claimed.map(|item| (item.code, table.score(item))).collect();
        table
    }

    /// The last row of the table, without the total.
    pub(super) fn last(&self) -> u32 {
        self.first + u32::try_from(self.set.nodes.len()).expect("far below 2^32") - 1
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
    fn flags(&self) -> Vec<Value> {
        let is_needed = |node: &Node| matches!(node, Node::Item(item) if item.needs_evidence);
        self.set.nodes.iter().map(|node| Value::Whole(is_needed(node).into())).collect()
    }

    pub(super) fn is_dated(&self) -> bool {
        self.answers.dated.is_some()
    }

    fn under(&self, heading: ItemCode) -> impl Iterator<Item = &Item> {
        self.set.items().filter(move |item| item.code.is_within(heading))
    }

    fn answer(&self, item: &Item) -> &Answer {
        const BLANK: &Answer = &Answer::BLANK;
        self.answers.items.get(&item.code).unwrap_or(BLANK)
    }

    fn exemption(&self, item: &Item) -> Option<&Exemption> {
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

    fn at(&self, code: ItemCode, column: Column) -> CellRef {
        let place = self.set.nodes.iter().position(|node| node.code() == code);
        let below = place.and_then(|place| u32::try_from(place).ok());
        CellRef::new(self.first + below.expect("the code of a node"), column.printed())
    }

    fn row(&self, node: &Node) -> Row {
        match node {
            Node::Heading(heading) => self.heading(heading),
            Node::Item(item) if item.origin == Origin::Survey => surveyed(item),
            Node::Item(item) => match self.exemption(item) {
                Some(exemption) => exempt(item, exemption),
                None => self.item(item),
            },
        }
    }

    fn heading(&self, heading: &Heading) -> Row {
        let (text, center, number) = match heading.code.level() {
            1 => (Level::Area.left(), Level::Area.center(), Level::Area.right()),
            _ => (Level::Criterion.left(), Level::Criterion.center(), Level::Criterion.right()),
        };
        let mut cells = vec![
            Cell::text(heading.code.to_string(), center),
            Cell::text(&heading.title, text),
            Cell::new(Value::Points(heading.max), number),
        ];
        cells.extend((0..4).map(|_| Cell::blank(text)));
        cells.push(if self.is_surveyed(heading.code) {
            Cell::blank(number)
        } else {
            let children = self.set.children(heading.code).map(Node::code);
            let sum = self.sum(children, |item| item.code.is_within(heading.code));
            Cell { role: number, ..sum }
        });
        cells.extend([Cell::blank(text), Cell::blank(text)]);
        Row::new(cells)
    }

    fn total(&self) -> Row {
        let areas = self.set.areas().map(Node::code);
        let mut cells = vec![
            Cell::blank(Level::Total.center()),
            Cell::text(layout::TOTAL, Level::Total.left()),
            Cell::new(Value::Points(self.set.max()), Level::Total.right()),
        ];
        cells.extend((0..4).map(|_| Cell::blank(Level::Total.left())));
        cells.push(Cell { role: Level::Total.right(), ..self.sum(areas, |_| true) });
        cells.extend([Cell::blank(Level::Total.left()), Cell::blank(Level::Total.left())]);
        Row::new(cells)
    }

    /// The live sum of the scores of `children`, which hold the items that
    /// `holds` is true of.
    fn sum(&self, children: impl Iterator<Item = ItemCode>, holds: impl Fn(&Item) -> bool) -> Cell {
        let cells: Vec<String> =
            children.map(|code| self.at(code, Column::Score).to_string()).collect();
        let points = self.claimed().filter(|(item, ..)| holds(item)).map(|(_, score, _)| score);
        let sum: Points = points.filter_map(Score::points).sum();
        Cell::formula(format!("SUM({})", cells.join(",")), Value::Points(sum), Level::Body.right())
    }

    fn item(&self, item: &Item) -> Row {
        let answer = self.answer(item);
        let mut cells = named(item);
        cells.extend(
            [Figure::Numerator, Figure::Denominator, Figure::Count, Figure::Day]
                .map(|figure| figure_cell(item, answer, figure)),
        );
        let live = formula(&item.rule, self.terms(item), |figure| {
            self.at(item.code, Column::from(figure))
        });
        let score = self.scores[&item.code];
        cells.push(match live {
            Some(live) => Cell::formula(live, score.value(), Level::Body.right()),
            None => {
                Cell::new(answer.score.map_or(Value::Blank, Value::Points), Level::Input.right())
            }
        });
        cells.extend([input(&answer.evidence), input(&answer.explanation)]);
        Row::new(cells)
    }

    fn validations(&self, item: &Item, choices: &mut Choices) -> Vec<Validation> {
        if item.origin == Origin::Survey || self.exemption(item).is_some() {
            return Vec::new();
        }
        let code = item.code;
        let mut found = Vec::new();
        let is_chosen = item.rule.figures().is_empty();
        let offered = item.rule.choices(item.max).filter(|_| is_chosen).unwrap_or_default();
        let values = offered.iter().copied().map(Value::Points).collect();
        if let Some(range) = choices.range(values) {
            let offered: Vec<String> = offered.iter().map(Points::to_string).collect();
            let cell = self.at(code, Column::Score);
            found.push(Validation {
                first: cell,
                last: cell,
                ask: Allow::OneOf(range)
                    .or(format!("Chọn một trong các mức: {}.", offered.join("; ")))
                    .prompting(format!("Điểm tự chấm {code}"), item.rule.words(item.max)),
            });
        }
        for figure in item.rule.figures() {
            let cell = self.at(code, Column::from(*figure));
            found.push(Validation { first: cell, last: cell, ask: self.asked(item, *figure) });
        }
        found
    }

    fn asked(&self, item: &Item, figure: Figure) -> Ask {
        let count = Allow::Whole { from: 0, to: 1_000_000 };
        let ask = match figure {
            Figure::Day => frame::day_within(layout::days(self.round.settings.year)),
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
        let title = format!("{} {}", Column::from(figure).label(), item.code);
        let label = figure_label(&item.labels, figure);
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

/// Code, title with the rule in words below it, and maximum.
fn named(item: &Item) -> Vec<Cell> {
    let figures = item.rule.figures().iter().filter_map(|figure| {
        let label = figure_label(&item.labels, *figure);
        let name = Column::from(*figure).label();
        (!label.is_empty()).then(|| format!("{name}: {label}"))
    });
    let figures: Vec<String> = figures.collect();
    let figures = match figures.as_slice() {
        [] => String::new(),
        labels => format!("\n{}.", labels.join("; ")),
    };
    let title = format!("{}\n{}{figures}", item.title, item.rule.words(item.max));
    vec![
        Cell::text(item.code.to_string(), Level::Body.center()),
        Cell::text(title, Level::Body.left()),
        Cell::new(Value::Points(item.max), Level::Body.right()),
    ]
}

/// A row that the survey scores.
fn surveyed(item: &Item) -> Row {
    let mut cells = named(item);
    cells.extend((0..6).map(|_| Cell::blank(Level::Closed)));
    cells.push(Cell::text("Điểm lấy từ kết quả khảo sát", Level::Closed));
    Row::new(cells)
}

/// A row that the legal list takes from the unit.
fn exempt(item: &Item, exemption: &Exemption) -> Row {
    let mut cells = named(item);
    cells.extend((0..4).map(|_| Cell::blank(Level::Closed)));
    cells.push(Cell::text(layout::NOT_APPLICABLE, Level::Closed));
    cells.push(Cell::blank(Level::Closed));
    let why = format!("Không áp dụng: {} ({})", exemption.reason, exemption.source);
    cells.push(Cell::text(why, Level::Closed));
    Row::new(cells)
}

fn figure_cell(item: &Item, answer: &Answer, figure: Figure) -> Cell {
    if !item.rule.figures().contains(&figure) {
        return Cell::blank(Level::Closed);
    }
    let figures = &answer.figures;
    let number = |figure: Option<Quantity>| {
        Cell::new(figure.map_or(Value::Blank, Value::Quantity), Level::Input.right())
    };
    match figure {
        Figure::Numerator => number(figures.numerator),
        Figure::Denominator => number(figures.denominator),
        Figure::Count => number(figures.count),
        Figure::Day => Cell::new(figures.day.map_or(Value::Blank, Value::Day), Level::InputDay),
    }
}
