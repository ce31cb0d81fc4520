//! The sheet of nominations (đề nghị khen thưởng).

use super::{Answers, Nomination};
use crate::form::layout;
use crate::report::sheet::{Cell, Level, Row, Sheet};
use crate::round::Round;
use crate::round::register::Unit;

/// Rows for persons. A unit that has more to nominate is asked to choose.
const PERSONS: usize = 10;

/// Columns of the sheet.
const COLUMNS: u32 = 5;

pub(super) fn sheet(round: &Round, unit: &Unit, answers: &Answers) -> Sheet {
    let mut sheet = Sheet {
        name: layout::NOMINATIONS.to_owned(),
        widths: vec![6.0, 38.0, 26.0, 52.0, 14.0],
        is_protected: true,
        footer: super::scores::footer(round, unit),
        ..Sheet::default()
    };
    let title = format!("ĐỀ NGHỊ KHEN THƯỞNG VỀ CẢI CÁCH HÀNH CHÍNH NĂM {}", round.settings.year);
    sheet.push(Row::banner(title, Level::Title, COLUMNS));
    sheet.push(Row::banner(&unit.name, Level::Subtitle, COLUMNS));
    let remark = "Không đề nghị thì để trống. Thành tích ghi việc đã làm và kết quả cụ thể.";
    sheet.push(Row::banner(remark, Level::Remark, COLUMNS));
    sheet.push(Row::default());
    sheet.push(Row::banner("Tập thể (đơn vị tự đề nghị)", Level::Strong, COLUMNS));
    sheet.push(collective_head());
    for (number, answer) in rows(&answers.collectives, 1) {
        sheet.push(collective(number, answer));
    }
    sheet.push(Row::default());
    sheet.push(Row::banner("Cá nhân", Level::Strong, COLUMNS));
    sheet.push(Row::head(layout::INDIVIDUALS));
    for (number, answer) in rows(&answers.individuals, PERSONS) {
        let answer = answer.cloned().unwrap_or_default();
        let texts = [answer.name, answer.post, answer.achievement, answer.years];
        let mut cells = vec![Cell::text(number.to_string(), Level::Body.center())];
        cells.extend(texts.iter().map(|text| input(text)));
        sheet.push(Row::new(cells));
    }
    sheet
}

/// Numbered answers, at least `least` rows of them.
fn rows(
    answers: &[Nomination],
    least: usize,
) -> impl Iterator<Item = (usize, Option<&Nomination>)> {
    (0..answers.len().max(least)).map(|at| (at + 1, answers.get(at)))
}

/// The achievement covers two columns, so that both tables have one width.
fn collective_head() -> Row {
    let [number, name, achievement, years] =
        layout::COLLECTIVES.map(|label| Cell::text(label, Level::Head));
    Row::new(vec![number, name, achievement.spanning(2), Cell::blank(Level::Head), years])
}

fn collective(number: usize, answer: Option<&Nomination>) -> Row {
    let answer = answer.cloned().unwrap_or_default();
    Row::new(vec![
        Cell::text(number.to_string(), Level::Body.center()),
        input(&answer.name),
        input(&answer.achievement).spanning(2),
        Cell::blank(Level::Input.left()),
        input(&answer.years),
    ])
}

/// A cell to write text in, with what is already known.
pub(super) fn input(text: &str) -> Cell {
    if text.is_empty() {
        Cell::blank(Level::Input.left())
    } else {
        Cell::text(text, Level::Input.left())
    }
}
