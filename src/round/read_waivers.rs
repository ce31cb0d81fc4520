//! The workbook of waivers → which rules are set aside for which units.

use std::collections::BTreeMap;

use crate::book::Book;
use crate::finding::{Code, Findings, Place, round as said};
use crate::round::criteria::{CriteriaSet, SetId};
use crate::round::read_register::{NAME, unit_of};
use crate::round::register::Register;
use crate::round::terms::Terms;
use crate::round::waiver::{WORDS, Waivable, Waiver, Waivers};
use crate::table::sheets::Sheets;
use crate::table::{self, Approval, ApprovalColumns, Column, Line, Table};

/// The sheet of waivers; without one of this name, the first sheet is it.
pub const PAGE: &str = "Miễn trừ";

pub const UNIT: &str = "Mã đơn vị";
pub const RULE: &str = "Quy định";
pub const ITEM: &str = "Mã tiêu chí";
pub const REQUESTER: &str = "Người đề nghị";
pub const APPROVER: &str = "Người phê duyệt";
pub const DAY: &str = "Ngày";
pub const REASON: &str = "Lý do";

/// The columns of the list.
pub const COLUMNS: &[Column] = &[
    Column::needed(UNIT),
    Column::optional(NAME),
    Column::needed(RULE),
    Column::needed(ITEM),
    Column::needed(REQUESTER),
    Column::needed(APPROVER),
    Column::needed(DAY),
    Column::needed(REASON),
];

const APPROVAL: ApprovalColumns =
    ApprovalColumns { requester: REQUESTER, approver: APPROVER, day: DAY };

/// Reads the waivers. `sets` holds only the sets without errors; of units on
/// other sets no item is judged.
pub(super) fn read(
    book: &Book,
    register: &Register,
    sets: &BTreeMap<SetId, CriteriaSet>,
    terms: Option<Terms>,
    findings: &mut Findings,
) -> Waivers {
    let mut sheets = Sheets::of(book);
    let page = sheets.named_or_first(PAGE, COLUMNS);
    sheets.close(findings);
    let table = page.and_then(|page| Table::find(book, page, COLUMNS, table::ROUND, findings));
    let mut waivers = Waivers::default();
    for line in table.iter().flat_map(Table::lines) {
        let mut own = Findings::default();
        let waiver = waiver(&line, register, sets, &mut own);
        if let (Some(waiver), Some(terms)) = (&waiver, terms) {
            doubt_day(waiver, line.place(DAY), terms, &mut own);
        }
        let is_whole = own.is_empty();
        findings.extend(own.into_iter().map(|it| it.under(Code::WaiverInvalid)));
        waivers.0.extend(waiver.filter(|_| is_whole));
    }
    waivers
}

/// Doubts an approval of another time than the round's: of other years, or after
/// the decision that rests on it.
fn doubt_day(waiver: &Waiver, place: Place, terms: Terms, findings: &mut Findings) {
    let Waiver { unit, dated: day, .. } = waiver;
    let (from, to) = (terms.year, terms.year + 1);
    let said = match terms.decided.filter(|decided| decided < day) {
        _ if !(from..=to).contains(&day.year()) => said::FarDay { day: *day, from, to }.into(),
        Some(decided) => said::ApprovedLate { day: *day, decided }.into(),
        None => return,
    };
    terms.confirmed.doubt(&unit.0, place, said, findings);
}

/// One line, and everything that is wrong with it.
fn waiver(
    line: &Line,
    register: &Register,
    sets: &BTreeMap<SetId, CriteriaSet>,
    findings: &mut Findings,
) -> Option<Waiver> {
    let unit = unit_of(line, UNIT, Code::WaiverInvalid, register, findings);
    if line.is_blank(RULE) {
        findings.say(line.place(RULE), said::RuleMissing {});
    }
    let rule = line.choice(RULE, WORDS, findings);
    let item = line.code(ITEM, findings);
    let code = item.as_deref().and_then(|item| item.parse().ok());
    let set = unit.and_then(|unit| sets.get(&unit.set));
    match item {
        Some(found) if rule.is_some_and(|rule| rule != Waivable::Evidence) => {
            findings.say(line.place(ITEM), said::NotByItem { found });
        }
        Some(found) if set.is_some_and(|set| code.is_none_or(|code| set.item(code).is_none())) => {
            let near = set.and_then(|set| set.meant(&found));
            findings.say(line.place(ITEM), said::NotAnItem { found, near: near.as_deref() });
        }
        _ => {}
    }
    let approval = line.approval(APPROVAL, findings);
    let reason = line.reason(REASON, findings);
    let Approval { requester, approver, dated } = approval?;
    Some(Waiver {
        unit: unit?.id.clone(),
        rule: rule?,
        item: code,
        requester,
        approver,
        dated,
        reason: reason?,
        place: line.place(UNIT),
    })
}
