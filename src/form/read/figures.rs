//! The raw figures beside one item → numbers and days that its rule can take.

use std::sync::LazyLock;

use super::cell::{Told, Unclear, day_in, shown, told};
use super::sheet::Row;
use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{CellRef, Findings, Said};
use crate::form::layout::{self, Column, EARLY};
use crate::points::Quantity;
use crate::round::rule::{Figure, Figures, Rule, Step};
use crate::text::{self, Words};

/// What a row declares.
pub(super) enum Declared {
    /// Every figure the rule takes.
    Figures(Figures),
    /// No figure at all.
    Nothing,
    /// What was wrong has been said.
    Faulty,
}

/// What one figure's cell says.
enum Read {
    Blank,
    Number(Quantity),
    Day(Day),
    Faulty,
}

/// The most that an ordinary share can be, in percent.
const WHOLE: i64 = 100;

/// A count of so many times what is enough is doubted.
const MANY_TIMES: i64 = 3;

/// And by so many at least: where one is enough, three are no slip.
const MANY_MORE: i64 = 9;

/// The figures of an item's row. Says what is wrong with each, except when all
/// are blank: what that means depends on the score beside them.
pub(super) fn declared(of: Row<'_>, findings: &mut Findings) -> Declared {
    let mut figures = Figures::default();
    let (mut blank, mut is_faulty) = (0, false);
    for figure in of.item.rule.figures() {
        match read(of, *figure, findings) {
            Read::Blank => blank += 1,
            Read::Faulty => is_faulty = true,
            Read::Day(day) => figures.day = Some(day),
            Read::Number(number) => match figure {
                Figure::Numerator => figures.numerator = Some(number),
                Figure::Denominator => figures.denominator = Some(number),
                Figure::Count => figures.count = Some(number),
                Figure::Day => {}
            },
        }
    }
    if blank == of.item.rule.figures().len() {
        return Declared::Nothing;
    }
    if 0 < blank {
        say_missing(of, findings);
    }
    if 0 < blank || is_faulty || contradicts(of, &figures, findings) {
        return Declared::Faulty;
    }
    doubt_part(of, &figures, findings);
    doubt_count(of, &figures, findings);
    Declared::Figures(figures)
}

/// Names the figures that are blank, and a number in a cell the rule does not
/// take: it may have been meant for one of them.
pub(super) fn say_missing(of: Row<'_>, findings: &mut Findings) {
    let page = of.sheet.grid.page;
    let columns = of.item.rule.figures().iter().map(|figure| Column::from(*figure));
    let cells = columns.filter_map(|column| Some((column, of.at(column)?)));
    let blank: Vec<(Column, CellRef)> =
        cells.filter(|(_, at)| told(page, *at) == Told::Blank).collect();
    let Some((_, first)) = blank.first() else { return };
    let labels: Vec<&str> = blank.iter().map(|(column, _)| column.label()).collect();
    let mut others = [Column::Numerator, Column::Denominator, Column::Count].into_iter();
    let stray = others.find_map(|column| {
        let is_taken = of.item.rule.figures().iter().any(|figure| Column::from(*figure) == column);
        let at = of.at(column).filter(|_| !is_taken)?;
        let found = page.cells.get(&at).map(shown)?;
        (!found.is_empty()).then_some((at, found))
    });
    let item = of.item.code;
    let said = match stray {
        Some((at, found)) => Said::from(said::FiguresAstray { item, labels, at, found }),
        None => said::FiguresMissing { item, labels }.into(),
    };
    findings.say(of.sheet.place(*first), said);
}

fn read(of: Row<'_>, figure: Figure, findings: &mut Findings) -> Read {
    let column = Column::from(figure);
    let Some(at) = of.at(column) else { return Read::Faulty };
    let (item, label) = (of.item.code, column.label());
    let told = of.sheet.told(at, findings);
    let said = if figure == Figure::Day {
        let Some(cell) = of.sheet.grid.page.cells.get(&at) else { return Read::Blank };
        let year = of.sheet.round.settings.year;
        let (first, last) = layout::days(year);
        match day_in(cell, year) {
            _ if told == Told::Blank => return Read::Blank,
            Some(day) if first <= day && day <= last => {
                doubt_day(of, at, day, findings);
                return Read::Day(day);
            }
            Some(found) => said::DayOutside { item, label, found, first, last }.into(),
            None => said::NotADay { item, label, found: shown(cell) }.into(),
        }
    } else {
        match told {
            Told::Blank => return Read::Blank,
            Told::Number(number) => return Read::Number(number),
            Told::NotApplicable => {
                said::FigureNotANumber { item, label, found: of.shown(column) }.into()
            }
            Told::Unclear(why, found) => match why {
                Unclear::NotANumber => Said::from(said::FigureNotANumber { item, label, found }),
                Unclear::IsDate => said::FigureTurnedIntoDay { item, label, found }.into(),
                Unclear::IsError => said::FigureBroken { item, label, found }.into(),
                Unclear::TwoWays => said::TwoWays { item, label, found }.into(),
                Unclear::NoValue => said::FigureUncomputed { item, label }.into(),
            },
        }
    };
    findings.say(of.sheet.place(at), said);
    Read::Faulty
}

/// Doubts a day of the year before that is half a year ahead of what was due: a
/// year mistyped is in time for everything.
fn doubt_day(of: Row<'_>, at: CellRef, day: Day, findings: &mut Findings) {
    let due = of.item.rule.due().map(|due| due.day(of.sheet.submission()));
    let is_early = |due: &Day| EARLY < due.days_since(day);
    let year = of.sheet.round.settings.year;
    if let Some(due) = due.filter(|due| day.year() < year && is_early(due)) {
        let item = of.item.code;
        let said = Said::from(said::DayEarly { item, found: day, due });
        findings.say(of.sheet.place(at), said.unless(of.key()));
    }
}

/// Doubts a number done that is a part of one beside a whole number due: a share
/// typed in place of the number that it is the share of.
fn doubt_part(of: Row<'_>, figures: &Figures, findings: &mut Findings) {
    let Some((done, due)) = figures.numerator.zip(figures.denominator) else { return };
    let is_part = Quantity::ZERO < done && done < Quantity::whole(1);
    if is_part && due.is_whole() && Quantity::whole(1) < due {
        let said = Said::from(said::PartDone { item: of.item.code, done, due });
        of.say(Column::Numerator, said.unless(of.key()), findings);
        return;
    }
    let label = &of.item.labels.numerator;
    if !done.is_whole() && due.is_whole() && is_counted(label) {
        let said = Said::from(said::NotCounted { item: of.item.code, label, done });
        of.say(Column::Numerator, said.unless(of.key()), findings);
    }
}

/// By these words a figure is one of money, points or hours.
static MEASURED: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&["tiền", "kinh phí", "vốn", "thu", "chi", "điểm", "dự toán", "giờ"])
});

/// Whether a figure is a number of things, by its name.
fn is_counted(label: &str) -> bool {
    text::key(label).split(' ').next() == Some(&text::key("số")) && !MEASURED.are_in(label)
}

/// Doubts a count many times as large as any that still makes a difference.
fn doubt_count(of: Row<'_>, figures: &Figures, findings: &mut Findings) {
    let enough = of.item.rule.enough(of.item.max).map(|it| it.max(Quantity::whole(1)));
    let Some((found, enough)) = figures.count.zip(enough) else { return };
    let far = Quantity::whole(MANY_TIMES).times(enough.points());
    let far = far.max(enough.points() + Quantity::whole(MANY_MORE).points());
    if far <= found.points() {
        let said = Said::from(said::CountFar { item: of.item.code, found, enough });
        of.say(Column::Count, said.unless(of.key()), findings);
    }
}

/// Whether the figures cannot all be true.
fn contradicts(of: Row<'_>, figures: &Figures, findings: &mut Findings) -> bool {
    let item = of.item.code;
    let numbers = [
        (Column::Numerator, figures.numerator),
        (Column::Denominator, figures.denominator),
        (Column::Count, figures.count),
    ];
    let is_counted = of.item.rule.figures().contains(&Figure::Count);
    for (column, number) in numbers {
        let Some(found) = number else { continue };
        let label = column.label();
        let said = if found.is_negative() {
            Said::from(said::Negative { item, label, found })
        } else if is_counted && !found.is_whole() {
            said::NotWhole { item, label, found }.into()
        } else {
            continue;
        };
        of.say(column, said, findings);
        return true;
    }
    let (Some(done), Some(due)) = (figures.numerator, figures.denominator) else { return false };
    let is_over = due < done && !may_exceed(&of.item.rule);
    // Something done of nothing due: one of the two is wrong, whatever the rule.
    let is_wrong = is_over || (due == Quantity::ZERO && Quantity::ZERO < done);
    if is_wrong {
        of.say(Column::Numerator, said::DoneOverDue { item, done, due }, findings);
    }
    is_wrong
}

/// Whether a rule looks beyond 100 %: a target of the whole or more (revenue
/// against a plan), or a step that begins above it. Elsewhere the numerator is
/// a part of the denominator.
fn may_exceed(rule: &Rule) -> bool {
    let whole = Quantity::whole(WHOLE);
    let beyond = |step: &Step| {
        [step.span.low, step.span.high].into_iter().flatten().any(|edge| whole < edge.at)
    };
    match rule {
        Rule::Proportional { target: Some(target), .. } => whole <= *target,
        Rule::RatioLevels { steps, .. } => steps.iter().any(beyond),
        Rule::Proportional { target: None, .. }
        | Rule::YesNo
        | Rule::Levels(_)
        | Rule::CountLevels(_)
        | Rule::Deduction { .. }
        | Rule::Deadline { .. }
        | Rule::DaysLate { .. }
        | Rule::Parts(_)
        | Rule::PerItem { .. }
        | Rule::Survey { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_things_is_known_by_its_name() {
        for things in ["Số thủ tục hành chính", "Số chỉ tiêu đã đạt", "Số hồ sơ đúng hạn"]
        {
            assert!(is_counted(things), "{things}");
        }
        for measured in ["Số tiền đã chi", "Số thu ngân sách", "Kinh phí đã giải ngân"]
        {
            assert!(!is_counted(measured), "{measured}");
        }
    }
}
