//! The tables of nominations, wherever they stand → who is proposed.

use std::collections::BTreeSet;

use super::cell::{Notes, shown};
use crate::book::{Book, Page, RawValue};
use crate::finding::{CellRef, Code};
use crate::form::Nominee;
use crate::form::layout;
use crate::text;

/// The columns of one table of nominations.
#[derive(Clone, Copy)]
struct Head {
    name: u32,
    is_of_persons: bool,
    post: Option<u32>,
    achievement: u32,
    years: Option<u32>,
}

/// The collectives and the persons nominated, in the order of the form, on any
/// page but that of the scores. A person named twice is taken once.
pub(super) fn read(
    book: &Book,
    scores: &Page,
    notes: &mut Notes<'_>,
) -> (Vec<Nominee>, Vec<Nominee>) {
    let (mut collectives, mut individuals) = (Vec::new(), Vec::new());
    let sign = text::key(layout::ACHIEVEMENT);
    let is_searched =
        |page: &&Page| page.name != scores.name && layout::may_hold_claims(&page.name);
    for page in book.pages.iter().filter(is_searched) {
        let mut head = None;
        for row in page.rows() {
            if let Some(found) = head_of(page, row, &sign) {
                head = Some(found);
                continue;
            }
            let Some(head) = head else { continue };
            let Some(nominee) = nominee(book, page, row, head, notes) else { continue };
            let list = if head.is_of_persons { &mut individuals } else { &mut collectives };
            list.push(nominee);
        }
    }
    let mut names = BTreeSet::new();
    individuals.retain(|person: &Nominee| {
        let is_new = names.insert(text::key(&person.name));
        if !is_new {
            let message = format!("{} được đề nghị nhiều lần", person.name);
            notes.say(Code::NomineeRepeated, person.place.clone(), message);
        }
        is_new
    });
    (collectives, individuals)
}

/// The head of a table of nominations, if this row is one. `sign` is the key of
/// the label that no other table has.
fn head_of(page: &Page, row: u32, sign: &str) -> Option<Head> {
    let texts = page
        .row(row)
        .filter(|(_, cell)| matches!(&cell.value, RawValue::Text(raw) if raw.chars().count() < 40));
    let labels: Vec<(String, u32)> =
        texts.map(|(col, cell)| (text::key(&shown(cell)), col)).collect();
    let (_, achievement) = *labels.iter().find(|(found, _)| found == sign)?;
    let column = |label: &str| {
        let wanted = text::key(label);
        labels.iter().find(|(found, _)| *found == wanted).map(|(_, col)| *col)
    };
    let years = column(layout::YEARS);
    if let Some(name) = column(layout::PERSON_NAME) {
        let post = column(layout::POST);
        return Some(Head { name, is_of_persons: true, post, achievement, years });
    }
    let name = column(layout::COLLECTIVE_NAME)?;
    Some(Head { name, is_of_persons: false, post: None, achievement, years })
}

fn nominee(
    book: &Book,
    page: &Page,
    row: u32,
    head: Head,
    notes: &mut Notes<'_>,
) -> Option<Nominee> {
    let mut text = |col: u32| notes.text(page, CellRef::new(row, col));
    let name = text(head.name);
    let post = head.post.map(&mut text);
    let achievement = text(head.achievement);
    let years = head.years.map(&mut text).unwrap_or_default();
    let place = book.cell_place(page, CellRef::new(row, head.name));
    let is_blank = |text: &str| text.is_empty();
    let rest = [post.as_deref().unwrap_or_default(), &achievement, &years];
    if name.is_empty() {
        if !rest.into_iter().all(is_blank) {
            notes.say(Code::NomineeIncomplete, place, "Dòng đề nghị khen thưởng không ghi tên");
        }
        return None;
    }
    let lacking: Vec<&str> =
        [(post.as_deref() == Some(""), "chức vụ"), (achievement.is_empty(), "thành tích")]
            .into_iter()
            .filter_map(|(is_lacking, what)| is_lacking.then_some(what))
            .collect();
    if !lacking.is_empty() {
        let message = format!("{name} – Chưa ghi {}", lacking.join(", "));
        notes.say(Code::NomineeIncomplete, place.clone(), message);
    }
    Some(Nominee { place, name, post: post.unwrap_or_default(), achievement, years })
}
