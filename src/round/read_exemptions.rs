//! The workbook of exemptions → which items do not apply to which units.

use std::collections::BTreeMap;

use super::LEFT;
use crate::book::Book;
use crate::finding::{Code, Finding, Findings, Place};
use crate::round::criteria::{CriteriaSet, Item, ItemCode, SetId};
use crate::round::exemption::{Exemption, Exemptions};
use crate::round::read_register::known;
use crate::round::register::{Register, UnitId};
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table};
use crate::text;

/// The sheet of exemptions; without one of this name, the first sheet is it.
pub const PAGE: &str = "Không áp dụng";

pub const UNIT: &str = "Mã đơn vị";
pub const ITEMS: &str = "Mã tiêu chí";
pub const REASON: &str = "Lý do";
pub const SOURCE: &str = "Căn cứ";

/// The columns of the list.
pub const COLUMNS: &[Column] =
    &[Column::needed(UNIT), Column::needed(ITEMS), Column::needed(REASON), Column::needed(SOURCE)];

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
        let place = Place::file(&book.file);
        findings.push(Finding::new(Code::TableColumnMissing, place, "Sổ không có trang nào"));
        return Exemptions::default();
    };
    let mut exemptions = Exemptions::default();
    let table = Table::find(book, page, COLUMNS, table::ROUND, findings);
    for line in table.iter().flat_map(Table::lines) {
        let mut say = |code, label, message: String| {
            findings.push(Finding::new(code, line.place(label), message));
        };
        let (unit, codes) = match row(&line, register) {
            Ok(row) => row,
            Err((code, label, message)) => {
                say(code, label, message);
                continue;
            }
        };
        let mut own = Findings::default();
        let (reason, source) = (line.text(REASON, &mut own), line.text(SOURCE, &mut own));
        let is_none = text::is_empty_answer;
        if is_none(&reason) || is_none(&source) {
            let (label, lacks) =
                if is_none(&reason) { (REASON, "lý do") } else { (SOURCE, "căn cứ") };
            say(Code::ExemptionUnfounded, label, format!("{unit}: chưa ghi {lacks}"));
        }
        if let Some((label, found)) =
            [(REASON, &reason), (SOURCE, &source)].into_iter().find(|(_, it)| it.contains(LEFT))
        {
            let message = format!("{unit}: còn dấu {LEFT} của mẫu: «{found}»");
            say(Code::BlankUnfilled, label, message);
        }
        let set = register.unit(&unit).and_then(|unit| sets.get(&unit.set));
        for code in codes {
            let Some(set) = set else { continue };
            let items = match items(set, code) {
                Ok(items) => items,
                Err((kind, message)) => {
                    say(kind, ITEMS, format!("{unit}: {message}"));
                    continue;
                }
            };
            for item in items {
                let key = (unit.clone(), item.code);
                if let Some(first) = exemptions.0.get(&key) {
                    let spot = first.place.spot();
                    let message = format!("{unit}: {} đã ghi ở ô {spot}", item.code);
                    say(Code::ExemptionInvalid, ITEMS, message);
                    continue;
                }
                let (reason, source) = (reason.clone(), source.clone());
                let place = line.place(ITEMS);
                exemptions.0.insert(key, Exemption { reason, source, place });
            }
        }
        findings.extend(own);
    }
    exemptions
}

type Refusal = (Code, &'static str, String);

/// The unit and the codes of a row, or the first thing wrong with them.
fn row(line: &Line, register: &Register) -> Result<(UnitId, Vec<ItemCode>), Refusal> {
    let mut own = Findings::default();
    let found = line.code(UNIT, &mut own);
    let codes = line.code(ITEMS, &mut own);
    if let Some(first) = own.last() {
        let label = if found.is_none() && !line.is_blank(UNIT) { UNIT } else { ITEMS };
        return Err((first.code, label, first.message().to_owned()));
    }
    let found = found.unwrap_or_default();
    let unit = known(&found, register).map_err(|why| (Code::ExemptionInvalid, UNIT, why))?;
    let unit = unit.id.clone();
    let read = |part: &str| {
        let message = || format!("{unit}: không phải mã tiêu chí: «{part}»");
        part.parse().map_err(|_| (Code::ExemptionInvalid, ITEMS, message()))
    };
    let codes = codes.unwrap_or_default();
    let parts = codes.split(';').map(str::trim).filter(|part| !part.is_empty());
    let codes = parts.map(read).collect::<Result<Vec<ItemCode>, Refusal>>()?;
    if codes.is_empty() {
        let message = format!("{unit}: chưa ghi mã tiêu chí");
        return Err((Code::ExemptionInvalid, ITEMS, message));
    }
    Ok((unit, codes))
}

/// The item of a code, or all items under a heading that may be exempt.
fn items(set: &CriteriaSet, code: ItemCode) -> Result<Vec<&Item>, (Code, String)> {
    if !set.nodes.iter().any(|node| node.code() == code) {
        let message = format!("bộ chỉ số {} không có mã {code}", set.id);
        return Err((Code::ExemptionInvalid, message));
    }
    let is_meant = |item: &&Item| item.code.is_within(code) && item.may_be_exempt;
    let items: Vec<&Item> = set.items().filter(is_meant).collect();
    if items.is_empty() {
        let message = format!("{code} không được phép không áp dụng");
        return Err((Code::ExemptionNotAllowed, message));
    }
    Ok(items)
}
