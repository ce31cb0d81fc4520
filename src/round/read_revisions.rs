//! The workbook of changes after publication → their reasons, from a closed
//! list in the same workbook.

use std::collections::BTreeMap;

use crate::book::{Book, Page};
use crate::finding::{Code, Finding, Findings, Said, round as said};
use crate::round::criteria::{CriteriaSet, SetId};
use crate::round::read_register::{NAME, unit_of};
use crate::round::register::Register;
use crate::round::revision::{Revision, Revisions};
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table};
use crate::text;

/// The sheet of changes; without one of this name, the first sheet is it.
pub const PAGE: &str = "Thay đổi";
/// The sheet of the closed list of reasons.
pub const REASONS: &str = "Mã lý do";

pub const UNIT: &str = "Mã đơn vị";
pub const ITEM: &str = "Mã tiêu chí";
pub const REASON: &str = "Mã lý do";
pub const NOTE: &str = "Diễn giải";
pub const MEANING: &str = "Nghĩa";

/// The columns of the changes.
pub const COLUMNS: &[Column] = &[
    Column::needed(UNIT),
    Column::optional(NAME),
    Column::needed(ITEM),
    Column::needed(REASON),
    Column::needed(NOTE),
];
/// The columns of the list of reasons.
pub const REASON_COLUMNS: &[Column] = &[Column::needed(REASON), Column::needed(MEANING)];

/// Reads the changes. `sets` holds only the sets without errors; of units on
/// other sets no item is judged.
pub(super) fn read(
    book: &Book,
    register: &Register,
    sets: &BTreeMap<SetId, CriteriaSet>,
    findings: &mut Findings,
) -> Revisions {
    let mut sheets = Sheets::of(book);
    let reasons = reasons(book, sheets.named(REASONS, REASON_COLUMNS), findings);
    let page = sheets.named_or_first(PAGE, COLUMNS);
    sheets.close(findings);
    let mut revisions = Revisions { reasons, lines: Vec::new() };
    let table = page.and_then(|page| Table::find(book, page, COLUMNS, table::ROUND, findings));
    for line in table.iter().flat_map(Table::lines) {
        let mut own = Findings::default();
        revisions.lines.extend(revision(&line, register, sets, &revisions.reasons, &mut own));
        let wrong = |it: Finding| if it.is_error() { it.under(Code::RevisionInvalid) } else { it };
        findings.extend(own.into_iter().map(wrong));
    }
    revisions
}

/// The closed list: code and meaning.
fn reasons(book: &Book, page: Option<&Page>, findings: &mut Findings) -> BTreeMap<String, String> {
    let table =
        page.and_then(|page| Table::find(book, page, REASON_COLUMNS, table::ROUND, findings));
    let mut reasons = BTreeMap::new();
    for line in table.iter().flat_map(Table::lines) {
        let code = line.code(REASON, findings);
        let meaning = line.text(MEANING, findings);
        let Some(code) = code.filter(|_| !text::says_nothing(&meaning)) else {
            findings.say(line.place(REASON), said::CauseUnsaid {});
            continue;
        };
        reasons.insert(code.to_uppercase(), meaning);
    }
    reasons
}

/// One line; one with an error changes nothing.
fn revision(
    line: &Line,
    register: &Register,
    sets: &BTreeMap<SetId, CriteriaSet>,
    reasons: &BTreeMap<String, String>,
    findings: &mut Findings,
) -> Option<Revision> {
    let unit = unit_of(line, UNIT, Code::RevisionInvalid, register, findings)?;
    let mut say = |label, said: Said| findings.say(line.place(label), said.of_unit(&unit.id));
    let mut own = Findings::default();
    let item = match line.code(ITEM, &mut own).map(|found| found.parse().map_err(|_| found)) {
        Some(Err(found)) => {
            let near = sets.get(&unit.set).and_then(|set| set.meant(&found));
            say(ITEM, said::ItemUnfit { found, near: near.as_deref() }.into());
            None
        }
        item => item.and_then(Result::ok),
    };
    if let (Some(set), Some(item)) = (sets.get(&unit.set), item)
        && set.item(item).is_none()
    {
        let near = set.meant(&item.to_string());
        say(ITEM, said::ItemUnknown { set: &set.id, item, near: near.as_deref() }.into());
    }
    let code = line.text(REASON, &mut own).to_uppercase();
    if !reasons.contains_key(&code) {
        let near = text::nearest(&code, reasons.keys().map(String::as_str));
        say(REASON, said::CauseUnknown { page: REASONS, found: &code, near }.into());
    }
    let note = line.answer(NOTE, &mut own).unwrap_or_default();
    findings.extend(own);
    Some(Revision { unit: unit.id.clone(), item, code, note, place: line.place(UNIT) })
}
