//! A form as it came back → a [`Reading`]: whose it is, what it claims, and
//! everything that is wrong with it, said once.
//!
//! The table is found by its labels and a row by the code printed on it; where
//! either is not certain, nothing is taken.

mod cell;
mod header;
mod grid;
mod year;
mod identity;
mod sheet;
mod figures;
mod mark;
mod claim;
mod rows;
mod nominations;
mod around;

use crate::book::Book;
use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{Code, Findings, Place, Said};
use crate::form::layout::Column;
use crate::form::layout::{self, EARLY};
use crate::form::{Claim, Claimed, Claims, Form, Likeness, NotApplicable, Reading};
use crate::round::Round;
use crate::round::criteria::{Item, Origin};
use crate::round::terms::Assent;
use crate::round::waiver::Waivable;
use grid::Search;
use nominations::Nomination;
use sheet::{Row, Sheet};

/// Reads one workbook as a form of this round.
pub fn read(book: &Book, round: &Round) -> Reading {
    let mut findings = Findings::default();
    let (mut grid, others) = match grid::find(book, &round.settings.intake.headings) {
        Search::None => (None, Vec::new()),
        Search::Found(grid) => (Some(*grid), Vec::new()),
        Search::Several(first, others) => (Some(*first), others),
    };
    let owner = identity::owner(book, round, grid.as_ref(), &mut findings);
    if let (Some(unit), Some(grid)) = (owner.unit, &mut grid) {
        for (row, code) in grid.restore(round.set(unit)) {
            let at = grid.at(row, Column::Code).expect("a changed code stands in its column");
            let found = grid.shown(row, Column::Code);
            let said = said::CodeByTitle { item: code, found };
            findings.say(book.cell_place(grid.page, at), said);
        }
    }
    let mut form = None;
    let mut likeness = Likeness::Alike;
    match (owner.unit, &grid) {
        (Some(unit), Some(grid)) if owner.is_sound && others.is_empty() => {
            let sheet = Sheet::new(book, round, unit, grid, &owner);
            likeness = rows::likeness(&sheet);
            form = read_form(&sheet, &mut findings);
        }
        (Some(_), Some(grid)) if owner.is_sound => {
            let names = [grid.page.name.as_str()].into_iter().chain(others);
            let names: Vec<&str> = names.collect();
            let said = said::TwoTables { count: names.len(), sheets: names.join("; ") };
            findings.say(Place::file(&book.file), said);
        }
        (Some(_), None) => {
            findings.say(Place::file(&book.file), said::HeadMissing {});
        }
        _ => {}
    }
    findings.gather();
    Reading {
        file: book.file.clone(),
        sha256: book.sha256.clone(),
        unit: owner.unit.map(|unit| unit.id.clone()),
        possible: owner.possible.map(|unit| unit.id.clone()),
        form,
        likeness,
        findings,
    }
}

/// The form in the table; `None` when it is blank, follows another set, or
/// lacks a column.
fn read_form(sheet: &Sheet<'_>, findings: &mut Findings) -> Option<Form> {
    let Sheet { book, round, unit, grid, .. } = *sheet;
    if grid.page.is_hidden {
        findings.say(sheet.whole(), said::SheetHidden { sheet: &grid.page.name });
    }
    let is_whole = rows::check_columns(sheet, findings);
    if !is_whole {
        // A deleted column took what stood above the table with it.
        findings.forget(Code::UnitNameBlank);
    }
    if !grid.columns.contains_key(&Column::Code) || !rows::check_set(sheet, findings) {
        return None;
    }
    if is_whole && rows::is_blank(sheet) {
        findings.say(sheet.whole(), said::NothingFilled {});
        return None;
    }
    rows::check_codes(sheet, findings);
    let set = round.set(unit);
    let mut claims = Vec::new();
    for item in set.items() {
        let row = grid.row(item.code).filter(|_| !sheet.edition.is_changed(item.code));
        if item.origin == Origin::Survey {
            if let Some(row) = row {
                rows::check_survey(sheet, item, row, findings);
            }
            continue;
        }
        let claim = row.and_then(|row| claim::claim(Row { sheet, item, number: row }, findings));
        claims.push((item.code, claim.unwrap_or_else(|| unclaimed(sheet, item))));
    }
    let claims = Claims::from_iter(claims);
    rows::check_edition(sheet, &claims, findings);
    rows::check_sums(sheet, &claims, findings);
    if unit.exempt.is_some() {
        findings.say(Place::file(&book.file), said::ExemptUnit { unit: &unit.name });
    }
    around::say(sheet, findings);
    let dated = if is_whole { dated(sheet, findings) } else { None };
    let (collectives, individuals) =
        nominations::read(&Nomination { book, page: grid.page, round, unit }, findings);
    let form = Form {
        file: book.file.clone(),
        unit: unit.id.clone(),
        dated,
        page: grid.page.name.clone(),
        columns: grid.columns.clone(),
        claims,
        collectives,
        individuals,
    };
    is_whole.then_some(form)
}

/// The claim of an item whose row is not certain; why has been said, unless the
/// set brought a line that does not apply to the unit after the form was issued.
fn unclaimed(sheet: &Sheet<'_>, item: &Item) -> Claim {
    let is_exempt = sheet.edition.is_changed(item.code) && sheet.is_listed(item);
    Claim {
        row: None,
        score: if is_exempt {
            Claimed::NotApplicable(NotApplicable::Listed)
        } else {
            Claimed::Faulty
        },
        figures: None,
        evidence: Box::default(),
        explanation: Box::default(),
    }
}

/// The day the form was made out.
fn dated(sheet: &Sheet<'_>, findings: &mut Findings) -> Option<Day> {
    let waiver = sheet.round.waivers.find(&sheet.unit.id, Waivable::Late, None);
    let year = sheet.round.settings.year;
    let (first, last) = layout::made_out(year);
    let (place, found) = year::dated(sheet.book, sheet.grid, year);
    let is_possible = |day: &Day| (first..=last).contains(day);
    let found = found.and_then(|day| Some(day).filter(is_possible).ok_or_else(|| day.to_string()));
    match found {
        Ok(day) => {
            let deadline = sheet.submission();
            let made_out = said::MadeOut { dated: day, deadline };
            if deadline < day {
                findings.say(place, Said::from(made_out).waived_if(waiver));
            } else if EARLY < deadline.days_since(day) {
                let said = Said::from(made_out).under(Code::FormEarly);
                findings.say(place, said.unless(Assent::key(&sheet.unit.id, "ngay")));
            }
            Some(day)
        }
        Err(shown) => {
            let said = match shown.as_str() {
                "" => Said::from(said::Undated {}),
                found if Day::parse(found).is_some() => {
                    said::DatedOutside { found, first, last }.into()
                }
                found => said::DatedBadly { found }.into(),
            };
            findings.say(place, said.waived_if(waiver));
            None
        }
    }
}
