//! The workbook of changes after publication → their reasons, from a closed
//! list in the same workbook.

use std::collections::BTreeMap;

use crate::book::{Book, Page};
use crate::finding::{Code, Finding, Findings};
use crate::round::criteria::{CriteriaSet, SetId};
use crate::round::read_register::known;
use crate::round::register::Register;
use crate::round::revision::{Revision, Revisions};
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table, did_you_mean};
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
pub const COLUMNS: &[Column] =
    &[Column::needed(UNIT), Column::needed(ITEM), Column::needed(REASON), Column::needed(NOTE)];
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
        match revision(&line, register, sets, &revisions.reasons) {
            Ok(revision) => revisions.lines.push(revision),
            Err((label, message)) => {
                findings.push(Finding::new(Code::RevisionInvalid, line.place(label), message));
            }
        }
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
        let Some(code) = code.filter(|_| !meaning.is_empty()) else {
            let message = "Mã lý do hoặc nghĩa để trống";
            findings.push(Finding::new(Code::RevisionInvalid, line.place(REASON), message));
            continue;
        };
        reasons.insert(code.to_uppercase(), meaning);
    }
    reasons
}

/// One line, or the first thing wrong with it and where.
fn revision(
    line: &Line,
    register: &Register,
    sets: &BTreeMap<SetId, CriteriaSet>,
    reasons: &BTreeMap<String, String>,
) -> Result<Revision, (&'static str, String)> {
    let mut own = Findings::default();
    let found = line.code(UNIT, &mut own).unwrap_or_default();
    let unit = known(&found, register).map_err(|why| (UNIT, why))?;
    let item = line.code(ITEM, &mut own);
    if let Some(first) = own.last() {
        return Err((ITEM, first.message().to_owned()));
    }
    let set = sets.get(&unit.set);
    let item = item.map(|found| {
        let code = found.parse().map_err(|_| format!("không phải mã tiêu chí: «{found}»"))?;
        match set {
            Some(set) if set.item(code).is_none() => {
                Err(format!("bộ chỉ số {} không có tiêu chí chấm điểm mang mã {code}", set.id))
            }
            _ => Ok(code),
        }
    });
    let item = item.transpose().map_err(|why| (ITEM, format!("{}: {why}", unit.id)))?;
    let code = line.text(REASON, &mut own).to_uppercase();
    if !reasons.contains_key(&code) {
        let near = did_you_mean(text::nearest(&code, reasons.keys().map(String::as_str)));
        let message = format!("{}: mã lý do không có ở trang «{REASONS}»: «{code}»{near}", unit.id);
        return Err((REASON, message));
    }
    let note = line.text(NOTE, &mut own);
    Ok(Revision { unit: unit.id.clone(), item, code, note, place: line.place(UNIT) })
}
