//! The workbook of exemptions → which items do not apply to which units.

use std::collections::BTreeMap;

use crate::book::Book;
use crate::finding::{Code, Findings, Place, Said, cell, round as said};
use crate::round::criteria::{CriteriaSet, Item, ItemCode, SetId};
use crate::round::exemption::{Exemption, Exemptions};
use crate::round::read_register::{NAME, unit_of};
use crate::round::register::Register;
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Table};
use crate::text;

/// The sheet of exemptions; without one of this name, the first sheet is it.
pub const PAGE: &str = "Không áp dụng";

pub const UNIT: &str = "Mã đơn vị";
pub const ITEMS: &str = "Mã tiêu chí";
pub const REASON: &str = "Lý do";
pub const SOURCE: &str = "Căn cứ";

/// The columns of the list.
pub const COLUMNS: &[Column] = &[
    Column::needed(UNIT),
    Column::optional(NAME),
    Column::needed(ITEMS),
    Column::needed(REASON),
    Column::needed(SOURCE),
];

/// Reads the exemptions. `sets` holds only the sets without errors; of units
/// on other sets nothing is said.
pub(super) fn read(
    book: &Book,
    register: &Register,
    sets: &BTreeMap<SetId, CriteriaSet>,
    findings: &mut Findings,
) -> Exemptions {
    let mut sheets = Sheets::of(book);
    let page = sheets.named_or_first(PAGE, COLUMNS);
    sheets.close(findings);
    let Some(page) = page else {
        findings.say(Place::file(&book.file), cell::BookEmpty {});
        return Exemptions::default();
    };
    let mut exemptions = Exemptions::default();
    let table = Table::find(book, page, COLUMNS, table::ROUND, findings);
    for line in table.iter().flat_map(Table::lines) {
        let codes = line.code(ITEMS, findings);
        let unit = unit_of(&line, UNIT, Code::ExemptionInvalid, register, findings);
        let Some(unit) = unit.filter(|_| codes.is_some() || line.is_blank(ITEMS)) else {
            continue;
        };
        let [reason, source] = [REASON, SOURCE].map(|label| line.text(label, findings));
        let mut say = |label, said: Said| findings.say(line.place(label), said.of_unit(&unit.id));
        if !text::is_reason(&reason) {
            say(REASON, said::Unfounded { lacks: "lý do" }.into());
        } else if text::says_nothing(&source) {
            say(SOURCE, said::Unfounded { lacks: "căn cứ" }.into());
        }
        if text::takes_back(&reason) {
            let label = REASON;
            say(label, cell::TakenBack { label, found: &reason }.into());
        }
        if let Some((label, found)) =
            [(REASON, &reason), (SOURCE, &source)].into_iter().find(|it| text::is_unfilled(it.1))
        {
            say(label, said::RowUnfilled { found }.into());
        }
        let codes = codes.unwrap_or_default();
        let mut parts = codes.split(';').map(str::trim).filter(|part| !part.is_empty()).peekable();
        if parts.peek().is_none() {
            say(ITEMS, said::ItemsMissing {}.into());
        }
        for part in parts {
            let Ok(code) = part.parse::<ItemCode>() else {
                let near = sets.get(&unit.set).and_then(|set| set.meant(part));
                say(ITEMS, said::ItemUnfit { found: part, near: near.as_deref() }.into());
                continue;
            };
            let Some(set) = sets.get(&unit.set) else { continue };
            let items = items(set, code).unwrap_or_else(|said| {
                say(ITEMS, said);
                Vec::new()
            });
            for item in items {
                let key = (unit.id.clone(), item.code);
                if let Some(first) = exemptions.0.get(&key) {
                    let spot = first.place.spot();
                    say(ITEMS, said::ExemptTwice { item: item.code, spot }.into());
                    continue;
                }
                let (reason, source) = (reason.clone(), source.clone());
                let place = line.place(ITEMS);
                exemptions.0.insert(key, Exemption { reason, source, place });
            }
        }
    }
    exemptions
}

/// The item of a code, or all items under a heading that may be exempt.
fn items(set: &CriteriaSet, code: ItemCode) -> Result<Vec<&Item>, Said> {
    if !set.nodes.iter().any(|node| node.code() == code) {
        let near = set.meant(&code.to_string());
        return Err(said::CodeUnknown { set: &set.id, item: code, near: near.as_deref() }.into());
    }
    let is_meant = |item: &&Item| item.code.is_within(code) && item.may_be_exempt;
    let items: Vec<&Item> = set.items().filter(is_meant).collect();
    if items.is_empty() { Err(said::NeverExempt { item: code }.into()) } else { Ok(items) }
}
