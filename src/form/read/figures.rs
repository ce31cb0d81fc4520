//! The raw figures beside one item → numbers and days that its rule can take.

use super::cell::{Notes, Told, Unclear, shown, told};
use super::claim::Desk;
use crate::book::{RawCell, RawValue};
use crate::day::Day;
use crate::finding::{CellRef, Code};
use crate::form::layout;
use crate::form::layout::Column;
use crate::points::Quantity;
use crate::round::criteria::Item;
use crate::round::rule::{Figure, Figures, Rule, Step};
use crate::table;

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

/// The figures of an item's row. Says what is wrong with each, except when all
/// are blank: what that means depends on the score beside them.
pub(super) fn declared(desk: &Desk<'_>, item: &Item, row: u32, notes: &mut Notes<'_>) -> Declared {
    let mut figures = Figures::default();
    let (mut blank, mut is_faulty) = (0, false);
    for figure in item.rule.figures() {
        match read(desk, item, row, *figure, notes) {
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
    if blank == item.rule.figures().len() {
        return Declared::Nothing;
    }
    if 0 < blank {
        say_missing(desk, item, row, notes);
    }
    if 0 < blank || is_faulty || contradicts(desk, item, row, &figures, notes) {
        return Declared::Faulty;
    }
    Declared::Figures(figures)
}

/// Names the figures that are blank, and a number in a cell the rule does not
/// take: it may have been meant for one of them.
pub(super) fn say_missing(desk: &Desk<'_>, item: &Item, row: u32, notes: &mut Notes<'_>) {
    let columns = item.rule.figures().iter().map(|figure| Column::from(*figure));
    let cells = columns.filter_map(|column| Some((column, desk.grid.at(row, column)?)));
    let blank: Vec<(Column, CellRef)> =
        cells.filter(|(_, at)| told(desk.grid.page, *at) == Told::Blank).collect();
    let Some((_, first)) = blank.first() else { return };
    let names: Vec<&str> = blank.iter().map(|(column, _)| column.label()).collect();
    let stray =
        [Column::Numerator, Column::Denominator, Column::Count].into_iter().find_map(|column| {
            let is_taken = item.rule.figures().iter().any(|figure| Column::from(*figure) == column);
            let at = desk.grid.at(row, column).filter(|_| !is_taken)?;
            let found = desk.grid.page.cells.get(&at).map(shown)?;
            (!found.is_empty()).then(|| format!("; ô {at} có {found}"))
        });
    let message = format!(
        "{} – Chưa ghi số liệu: {}{}",
        item.code,
        names.join(", "),
        stray.unwrap_or_default()
    );
    notes.say(Code::FigureMissing, desk.place(*first), message);
}

fn read(desk: &Desk<'_>, item: &Item, row: u32, figure: Figure, notes: &mut Notes<'_>) -> Read {
    let column = Column::from(figure);
    let Some(at) = desk.grid.at(row, column) else { return Read::Faulty };
    let name = column.label();
    let told = notes.told(desk.grid.page, at);
    if figure == Figure::Day {
        let Some(cell) = desk.grid.page.cells.get(&at) else { return Read::Blank };
        let (first, last) = layout::days(desk.round.settings.year);
        return match day_in(cell, desk.round.settings.year) {
            _ if told == Told::Blank => Read::Blank,
            Some(day) if first <= day && day <= last => Read::Day(day),
            Some(day) => {
                let message =
                    format!("{} – {name} {day} nằm ngoài khoảng {first} đến {last}", item.code);
                notes.say(Code::FigureContradictory, desk.place(at), message);
                Read::Faulty
            }
            None => {
                let message = format!("{} – {name} không hợp lệ: «{}»", item.code, shown(cell));
                notes.say(Code::FigureInvalid, desk.place(at), message);
                Read::Faulty
            }
        };
    }
    let (code, what, found) = match told {
        Told::Blank => return Read::Blank,
        Told::Number(number) => return Read::Number(number),
        Told::NotApplicable => {
            (Code::FigureInvalid, "không phải là số", desk.grid.shown(row, column))
        }
        Told::Unclear(Unclear::NotANumber, found) => {
            (Code::FigureInvalid, "không phải là số", found)
        }
        Told::Unclear(Unclear::IsDate, found) => {
            (Code::FigureInvalid, "đã bị Excel đổi thành ngày", found)
        }
        Told::Unclear(Unclear::IsError, found) => (Code::FigureInvalid, "báo lỗi", found),
        Told::Unclear(Unclear::TwoWays, found) => {
            (Code::ScoreAmbiguous, "có thể hiểu hai cách", found)
        }
        Told::Unclear(Unclear::NoValue, _) => {
            let message = format!("{} – {name}: công thức chưa có kết quả", item.code);
            notes.say(Code::ScoreWithoutValue, desk.place(at), message);
            return Read::Faulty;
        }
    };
    notes.say(code, desk.place(at), format!("{} – {name} {what}: «{found}»", item.code));
    Read::Faulty
}

/// The day in a cell of a form: a date of Excel's, one typed in any usual way,
/// or the bare number that a program without date formats leaves of a date.
pub(super) fn day_in(cell: &RawCell, year: i16) -> Option<Day> {
    if let RawValue::Number(serial) = cell.value {
        let (first, last) = layout::days(year);
        let day = Quantity::from_cell(serial.floor()).and_then(Quantity::to_whole);
        return day.and_then(Day::from_serial).filter(|day| first <= *day && *day <= last);
    }
    table::cell_day(cell).or_else(|| formal_day(&shown(cell)))
}

/// `ngày 05 tháng 12 năm 2019`.
pub(super) fn formal_day(text: &str) -> Option<Day> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let numbers: Vec<&str> = numbers.collect();
    let is_formal = ["ngày", "tháng", "năm"].iter().all(|word| text.to_lowercase().contains(word));
    let [day, month, year] = numbers.as_slice() else { return None };
    Day::parse(&format!("{day}/{month}/{year}")).filter(|_| is_formal)
}

/// Whether the figures cannot all be true.
fn contradicts(
    desk: &Desk<'_>,
    item: &Item,
    row: u32,
    figures: &Figures,
    notes: &mut Notes<'_>,
) -> bool {
    let numbers = [
        (Column::Numerator, figures.numerator),
        (Column::Denominator, figures.denominator),
        (Column::Count, figures.count),
    ];
    let is_counted = item.rule.figures().contains(&Figure::Count);
    for (column, number) in numbers {
        let Some(number) = number else { continue };
        let what = if number.is_negative() {
            "không thể âm"
        } else if is_counted && !number.is_whole() {
            "phải là số nguyên"
        } else {
            continue;
        };
        if let Some(at) = desk.grid.at(row, column) {
            let message = format!("{} – {} {what}: {number}", item.code, column.label());
            notes.say(Code::FigureContradictory, desk.place(at), message);
        }
        return true;
    }
    let (Some(done), Some(due)) = (figures.numerator, figures.denominator) else { return false };
    let is_over = due < done && !may_exceed(&item.rule);
    // Something done of nothing due: one of the two is wrong, whatever the rule.
    if is_over || (due == Quantity::ZERO && Quantity::ZERO < done) {
        if let Some(at) = desk.grid.at(row, Column::Numerator) {
            let message = format!("{} – Tử số {done} lớn hơn mẫu số {due}", item.code);
            notes.say(Code::FigureContradictory, desk.place(at), message);
        }
        return true;
    }
    false
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
        _ => false,
    }
}
