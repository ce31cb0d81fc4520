//! The sheet of the scores: one row for each node of the criteria set, with
//! inputs where the unit answers and live formulas everywhere else.

use super::answers::{Answer, Answers, written};
use super::claims::{Claims, Line, Purpose};
use super::frame;
use crate::form::layout::{self, Column as Printed};
use crate::handout::choices::Choices;
use crate::round::Round;
use crate::round::criteria::{Item, Node};
use crate::round::register::Unit;
use crate::round::rule::Figure;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Range, Row, Sheet};

pub(super) fn sheet(round: &Round, unit: &Unit, answers: &Answers, choices: &mut Choices) -> Sheet {
    let claims = Claims::new(round, unit, answers);
    let table = table(&claims);
    let mut sheet = Sheet {
        name: layout::SCORES.to_owned(),
        widths: table.widths(),
        is_protected: true,
        footer: frame::footer(round, unit),
        ..Sheet::default()
    };
    let dated = frame::push(&mut sheet, round, unit, answers.dated);
    let status = sheet.rows.len();
    sheet.push(Row::default());
    let lines = claims.set.nodes.iter().map(|node| claims.line(node, choices));
    let placed = table.write(&mut sheet, &lines.collect::<Vec<Line>>());
    frame::sign(&mut sheet, unit);
    let flags = choices.range(claims.flags()).expect("a checked set has nodes");
    let column = |column: Printed| {
        let Range { first, last, .. } = placed.range(column.label()).expect("a set has nodes");
        format!("{first}:{last}")
    };
    sheet.rows[status] = frame::status(&claims, column, &flags, dated);
    frame::mark_status(&mut sheet, status);
    sheet
}

fn table<'a>(claims: &'a Claims) -> Table<'a, Line<'a>> {
    let areas = claims.sum(|node| node.code().level() == 1);
    let figure = |figure: Figure, width| {
        Column::number(Printed::from(figure).label(), width, move |it: &Line| {
            claims.figure(it.purpose, figure)
        })
    };
    let words = |column: Printed, of: fn(&Answer) -> &str, closed: fn(Purpose) -> String| {
        Column::words(column.label(), 30.0, move |it: &Line| match it.purpose {
            Purpose::Heading => Entry::blank(),
            Purpose::Claim(item) => written(of(claims.answer(item))),
            other => Entry::from(Some(closed(other)).filter(|it| !it.is_empty())).at(Level::Closed),
        })
    };
    Table::new(vec![
        Column::code(Printed::Code.label(), 7.0, |it: &Line| it.node.code().to_string().into())
            .pinned(),
        Column::words(Printed::Title.label(), 50.0, |it: &Line| match it.node {
            Node::Heading(heading) => (&heading.title).into(),
            Node::Item(item) => explained(item).into(),
        })
        .total(layout::TOTAL),
        Column::number(Printed::Max.label(), 9.0, |it: &Line| it.node.max().into())
            .total(claims.set.max()),
        figure(Figure::Numerator, 10.0),
        figure(Figure::Denominator, 10.0),
        figure(Figure::Count, 10.0),
        figure(Figure::Day, 12.0),
        Column::number(Printed::Score.label(), 10.0, |it: &Line| {
            claims.shown(it.node, it.purpose).asking(it.choice.clone())
        })
        .total(areas),
        words(Printed::Evidence, |it| &it.evidence, |_| String::new()),
        words(
            Printed::Explanation,
            |it| &it.explanation,
            |purpose| match purpose {
                Purpose::Exempt(it) => format!("Không áp dụng: {} ({})", it.reason, it.source),
                _ => "Điểm lấy từ kết quả khảo sát".to_owned(),
            },
        ),
    ])
    .levels(|it| it.node.into())
    .frozen()
}

/// The title with the rule in words below it.
fn explained(item: &Item) -> String {
    let figures = item.rule.figures().iter().filter_map(|figure| {
        let label = item.labels.of(*figure);
        let name = Printed::from(*figure).label();
        (!label.is_empty()).then(|| format!("{name}: {label}"))
    });
    let figures: Vec<String> = figures.collect();
    let figures = match figures.as_slice() {
        [] => String::new(),
        labels => format!("\n{}.", labels.join("; ")),
    };
    format!("{}\n{}{figures}", item.title, item.rule.words(item.max))
}
