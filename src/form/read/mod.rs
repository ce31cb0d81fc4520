//! A form as it came back → a [`Reading`]: whose it is, what it claims, and
//! everything that is wrong with it, said once.
//!
//! The table is found by its labels and a row by the code printed on it; where
//! either is not certain, nothing is taken.

mod cell;
mod grid;
mod claim;
mod figures;
mod identity;
mod nominations;
mod rows;

use std::collections::BTreeMap;

use crate::book::Book;
use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{Code, Finding, Findings, Many, Place, Texts};
use crate::form::layout;
use crate::form::layout::Column;
use crate::form::{Claim, Claimed, Form, Likeness, NotApplicable, Reading};
use crate::round::Round;
use crate::round::criteria::{Item, Origin};
use crate::round::waiver::Waivable;
use crate::text;
use cell::Notes;
use claim::Desk;
use grid::Search;
use nominations::Nomination;

/// Mistakes of one kind, when there are so many that they have one cause.
const MANY: usize = 6;

/// A form made out so many days before it is due has a mistyped year, as in the
/// first weeks of a new one.
const EARLY: i64 = 180;

/// Reads one workbook as a form of this round.
pub fn read(book: &Book, round: &Round) -> Reading {
    let mut notes = Notes::new(book);
    let (mut grid, others) = match grid::find(book) {
        Search::None => (None, Vec::new()),
        Search::Found(grid) => (Some(*grid), Vec::new()),
        Search::Several(first, others) => (Some(*first), others),
    };
    let owner = identity::owner(book, round, grid.as_ref(), &mut notes);
    if let (Some(unit), Some(grid)) = (owner.unit, &mut grid) {
        for (row, code) in grid.restore(round.set(unit)) {
            let at = grid.at(row, Column::Code).expect("a changed code stands in its column");
            let found = grid.shown(row, Column::Code);
            let message = format!("{code} – Ô mã ghi «{found}», nhận theo tên tiêu chí");
            notes.say(Code::CodeRestored, book.cell_place(grid.page, at), message);
        }
    }
    let mut form = None;
    let mut likeness = Likeness::Alike;
    match (owner.unit, &grid) {
        (Some(unit), Some(grid)) if owner.is_sound && others.is_empty() => {
            let desk = Desk::new(book, round, unit, grid, &owner);
            likeness = rows::likeness(&desk);
            form = read_form(&desk, &mut notes);
        }
        (Some(_), Some(grid)) if owner.is_sound => {
            let names = [grid.page.name.as_str()].into_iter().chain(others);
            let names: Vec<&str> = names.collect();
            let message = format!("Bảng tự chấm có ở {} trang: {}", names.len(), names.join("; "));
            notes.say(Code::FormTwice, Place::file(&book.file), message);
        }
        (Some(_), None) => {
            let message = "Không thấy dòng đầu bảng tự chấm điểm";
            notes.say(Code::ColumnMissing, Place::file(&book.file), message);
        }
        _ => {}
    }
    let mut findings = merge_alike(notes.into_findings());
    findings.sort();
    Reading {
        file: book.file.clone(),
        sha256: book.sha256.clone(),
        unit: owner.unit.map(|unit| unit.id.clone()),
        form,
        likeness,
        findings,
    }
}

/// The form in the table; `None` when it is blank, follows another set, or
/// lacks a column.
fn read_form(desk: &Desk<'_>, notes: &mut Notes<'_>) -> Option<Form> {
    let Desk { book, round, unit, grid, .. } = *desk;
    if grid.page.is_hidden {
        let message = format!("Trang «{}» bị ẩn", grid.page.name);
        notes.say(Code::FormHidden, book.place(grid.page), message);
    }
    let is_whole = rows::check_columns(desk, notes);
    if !is_whole {
        // A deleted column took what stood above the table with it.
        notes.findings.forget(Code::UnitNameBlank);
    }
    if !grid.columns.contains_key(&Column::Code) || !rows::check_set(desk, notes) {
        return None;
    }
    if is_whole && rows::is_blank(desk) {
        notes.say(Code::FormBlank, book.place(grid.page), "Phiếu chưa điền điểm và số liệu nào");
        return None;
    }
    rows::check_codes(desk, notes);
    rows::check_edition(desk, notes);
    let set = round.set(unit);
    let mut claims = Vec::new();
    for item in set.items() {
        let row = grid.row(item.code).filter(|_| !desk.edition.is_changed(item.code));
        if item.origin == Origin::Survey {
            if let Some(row) = row {
                rows::check_survey(desk, item, row, notes);
            }
            continue;
        }
        let claim = row.and_then(|row| desk.claim(item, row, notes));
        claims.push((item.code, claim.unwrap_or_else(|| unclaimed(desk, item))));
    }
    // Built at once, a map is full; grown, half of it would be room.
    let claims = BTreeMap::from_iter(claims);
    rows::check_sums(desk, &claims, notes);
    if unit.exempt.is_some() {
        let message = format!("{} được miễn đánh giá kỳ này", unit.name);
        notes.say(Code::UnitExempt, Place::file(&book.file), message);
    }
    say_remarks(desk, notes);
    let dated = if is_whole { dated(desk, notes) } else { None };
    let (collectives, individuals) =
        nominations::read(&Nomination { book, page: grid.page, round, unit }, notes);
    let struck = book.page(layout::NOMINATIONS).into_iter().flat_map(|page| {
        let struck = page.cells.iter().filter(|(_, cell)| cell.is_struck);
        struck.map(move |(at, cell)| (book.cell_place(page, *at), cell::shown(cell)))
    });
    for (place, found) in struck {
        notes.findings.say(place, said::StruckNominee { found });
    }
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
fn unclaimed(desk: &Desk<'_>, item: &Item) -> Claim {
    let is_exempt = desk.edition.is_changed(item.code) && desk.is_listed(item);
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

/// Says what is pinned to cells of the form: nothing is taken from there.
fn say_remarks(desk: &Desk<'_>, notes: &mut Notes<'_>) {
    let remarks = &desk.grid.page.remarks;
    let told = remarks.iter().map(|(at, words)| format!("{at} «{}»", text::clean(words)));
    let Some((at, _)) = remarks.first_key_value() else { return };
    let said = said::Remarked { count: remarks.len(), remarks: told.collect::<Texts>() };
    notes.findings.say(desk.place(*at), said);
}

/// The day the form was made out.
fn dated(desk: &Desk<'_>, notes: &mut Notes<'_>) -> Option<Day> {
    let waiver = desk.round.waivers.find(&desk.unit.id, Waivable::Late, None);
    let (place, found) = identity::dated(desk.book, desk.grid, desk.round.settings.year);
    match found {
        Ok(day) => {
            let deadline = desk.submission();
            if deadline < day {
                let message = format!("Phiếu lập ngày {day}, hạn nộp là {deadline}");
                notes.say_or_waive(Code::FormLate, waiver, place, message);
            } else if EARLY < deadline.days_since(day) {
                notes.findings.say(place, said::MadeOutEarly { dated: day, deadline });
            }
            Some(day)
        }
        Err(shown) => {
            let message = match shown.as_str() {
                "" => "Chưa ghi ngày lập phiếu".to_owned(),
                shown if Day::parse(shown).is_some() => {
                    let (first, last) = layout::made_out(desk.round.settings.year);
                    format!("Ngày lập phiếu {shown} nằm ngoài khoảng {first} đến {last}")
                }
                shown => format!("Ngày lập phiếu không hợp lệ: «{shown}»"),
            };
            notes.say_or_waive(Code::DateMissing, waiver, place, message);
            None
        }
    }
}

/// Many mistakes of one kind have one cause: somebody stopped, typed in the
/// column beside, or used a program that did not store results. They are said in
/// one finding that names every cell.
fn merge_alike(findings: Findings) -> Findings {
    let mut kept: Vec<Finding> = findings.into_iter().collect();
    for code in Code::ALL {
        let Many::Listed(what) = code.info().many else { continue };
        let (mut alike, others): (Vec<Finding>, Vec<Finding>) =
            kept.into_iter().partition(|finding| finding.code == *code);
        kept = others;
        alike.sort();
        if MANY <= alike.len() {
            let named: Vec<String> = alike.iter().map(subject).collect();
            let message = format!("{} {what}: {}", alike.len(), named.join(", "));
            alike = vec![Finding::new(*code, alike[0].place.clone(), message)];
        }
        kept.extend(alike);
    }
    kept.into_iter().collect()
}

/// What a finding speaks of, and where: `1.2 (H16)`, or `«4,1» (A18)` where no
/// item is certain.
fn subject(finding: &Finding) -> String {
    let message = finding.message();
    let quoted = || message.find('«').zip(message.find('»')).map(|(from, to)| &message[from..to]);
    let item = message.split_once(" – ").map(|(item, _)| item.to_owned());
    let item = item.or_else(|| quoted().map(|text| format!("{text}»"))).unwrap_or_default();
    format!("{item} ({})", finding.place.spot())
}
