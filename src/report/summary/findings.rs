//! *Lỗi phiếu*: every finding, with its place and its remedy.

use std::cmp::Reverse;

use crate::finding::{CellRef, Finding, Severity};
use crate::report::basis::Basis;
use crate::report::extent::FINDINGS;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Cell, Level, Range, Row, Sheet, Value};

const SEVERITY: &str = "Mức độ";

/// Errors first, then warnings, then notes; each in order of place.
pub(super) fn sheet(basis: Basis, name: String) -> Sheet {
    let table = Table::new(columns(basis)).leading();
    let title = "LỖI PHIẾU VÀ NHỮNG ĐIỀU CẦN XEM LẠI";
    let mut sheet = basis.titled(name, table.widths(), title);
    let mut findings: Vec<&Finding> = basis.tally.findings.iter().collect();
    findings.sort_by_key(|it| Reverse(it.severity()));
    if findings.is_empty() {
        head::remark(&mut sheet, "Không có phát hiện nào.");
        return sheet;
    }
    // The counts stand above the table that they are taken from.
    let above = sheet.rows.len();
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    for _ in severities {
        head::gap(&mut sheet);
    }
    head::gap(&mut sheet);
    let shown = basis.edition.limits.shown(&mut sheet, findings.len(), "điều", FINDINGS);
    let table = table.write(&mut sheet, &findings[..shown]);
    let listed = table.range(SEVERITY).expect("a table with rows");
    let is_whole = shown == findings.len();
    for (at, severity) in (above..).zip(severities) {
        let count = findings.iter().filter(|it| it.severity() == severity).count();
        let mut row = counted(at, severity, count, &listed, head::columns(&sheet));
        for cell in row.cells.iter_mut().filter(|_| !is_whole) {
            if let Value::Formula(_, count) = &cell.value {
                cell.value = (**count).clone();
            }
        }
        sheet.rows[at] = row;
    }
    sheet
}

/// How many findings of a severity are listed, in a row of the sheet.
fn counted(row: usize, severity: Severity, count: usize, listed: &Range, columns: u32) -> Row {
    let Range { first, last, .. } = listed;
    let row = u32::try_from(row).expect("a sheet has fewer rows than 2^32");
    let formula = format!("COUNTIF({first}:{last},{})", CellRef { row, ..*first });
    let mut cells: Vec<Cell> = (0..first.col).map(|_| Cell::blank(Level::Plain)).collect();
    cells.extend([
        Cell::text(word(severity), level(severity)),
        Cell::formula(formula, Value::from(count), Level::Body.right()),
        Cell::text(meaning(severity), Level::Remark).spanning(columns - first.col - 2),
    ]);
    Row::new(cells)
}

fn columns(basis: Basis<'_>) -> Vec<Column<'_, &'_ Finding>> {
    let senders = basis.tally.senders();
    vec![
        Column::counter("STT", 6.0),
        Column::words(SEVERITY, 11.0, |it: &&Finding| {
            Entry::from(word(it.severity())).at(level(it.severity()))
        }),
        Column::code("Mã", 8.0, |it: &&Finding| it.code.info().id.into()),
        Column::words("Đơn vị", 28.0, move |it: &&Finding| {
            let sender = senders.get(it.place.file.as_str());
            sender.map_or("", |unit| basis.name(unit)).into()
        }),
        Column::words("Tệp", 30.0, |it: &&Finding| (&*it.place.file).into()),
        Column::words("Trang", 18.0, |it: &&Finding| {
            it.place.sheet_name().unwrap_or_default().into()
        }),
        Column::code("Ô", 9.0, |it: &&Finding| it.place.spot().into()),
        Column::words("Nội dung", 48.0, |it: &&Finding| it.message().into()),
        Column::words("Cách sửa", 44.0, |it: &&Finding| it.help().into()),
    ]
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Lỗi",
        Severity::Warning => "Cảnh báo",
        Severity::Note => "Ghi chú",
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Bad,
        Severity::Warning => Level::Doubtful,
        Severity::Note => Level::Body,
    }
}

fn meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "giá trị không chắc chắn: phải sửa thì mới được tính",
        Severity::Warning => "đã được tính, nhưng cần có người xem lại",
        Severity::Note => "để biết, không phải làm gì",
    }
}
