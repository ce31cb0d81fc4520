//! The sheet of nominations (đề nghị khen thưởng).

use super::answers::{Answers, Nomination, written};
use super::frame;
use crate::form::layout;
use crate::round::Round;
use crate::round::register::Unit;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Sheet};

/// Rows for persons. A unit that has more to nominate is asked to choose.
const PERSONS: usize = 10;

pub(super) fn sheet(round: &Round, unit: &Unit, answers: &Answers) -> Sheet {
    let [collectives, persons] = [collectives(), persons()];
    let mut sheet = Sheet {
        name: layout::NOMINATIONS.to_owned(),
        widths: persons.widths(),
        is_protected: true,
        footer: frame::footer(round, unit),
        ..Sheet::default()
    };
    let title = format!("ĐỀ NGHỊ KHEN THƯỞNG VỀ CẢI CÁCH HÀNH CHÍNH NĂM {}", round.settings.year);
    head::title(&mut sheet, &title, &[&unit.name]);
    let remark = "Không đề nghị thì để trống. Thành tích ghi việc đã làm và kết quả cụ thể.";
    head::remark(&mut sheet, remark);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "Tập thể (đơn vị tự đề nghị)");
    collectives.write(&mut sheet, &rows(&answers.collectives, 1));
    head::gap(&mut sheet);
    head::heading(&mut sheet, "Cá nhân");
    persons.write(&mut sheet, &rows(&answers.individuals, PERSONS));
    sheet
}

/// A row by its number.
type Line = (usize, Nomination);

/// Numbered answers, at least `least` rows of them.
fn rows(answers: &[Nomination], least: usize) -> Vec<Line> {
    let rows = (0..answers.len().max(least))
        .map(|at| (at + 1, answers.get(at).cloned().unwrap_or_default()));
    rows.collect()
}

/// The achievement covers two columns, so that both tables have one width.
fn collectives() -> Table<'static, Line> {
    Table::new(vec![
        number(),
        Column::words(layout::COLLECTIVE_NAME, 38.0, |it: &Line| written(&it.1.name)),
        Column::words(layout::ACHIEVEMENT, 26.0, |it: &Line| written(&it.1.achievement))
            .spanning(2),
        Column::words(layout::YEARS, 14.0, |it: &Line| written(&it.1.years)),
    ])
    .levels(|_| Level::Input)
}

fn persons() -> Table<'static, Line> {
    Table::new(vec![
        number(),
        Column::words(layout::PERSON_NAME, 38.0, |it: &Line| written(&it.1.name)),
        Column::words(layout::POST, 26.0, |it: &Line| written(&it.1.post)),
        Column::words(layout::ACHIEVEMENT, 52.0, |it: &Line| written(&it.1.achievement)),
        Column::words(layout::YEARS, 14.0, |it: &Line| written(&it.1.years)),
    ])
    .levels(|_| Level::Input)
}

fn number() -> Column<'static, Line> {
    Column::code(layout::NOMINEE_NUMBER, 6.0, |it: &Line| {
        Entry::from(it.0.to_string()).at(Level::Body)
    })
}
