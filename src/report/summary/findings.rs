//! *Lỗi phiếu*: every finding, with its place and its remedy.

use super::{Teller, whole};
use crate::finding::{CellRef, Finding, Severity};
use crate::report::sheet::{Cell, Level, Row, Sheet};

const WIDTHS: [f64; 9] = [6.0, 11.0, 8.0, 28.0, 30.0, 18.0, 9.0, 48.0, 44.0];
const COLUMNS: u32 = 9;
const SEVERITY: u32 = 1;

/// Errors first, then warnings, then notes; each in order of place.
pub(super) fn sheet(teller: &Teller, name: String) -> Sheet {
    let mut sheet = teller.sheet(name, &WIDTHS);
    teller.open(
        &mut sheet,
        "LỖI PHIẾU VÀ NHỮNG ĐIỀU CẦN XEM LẠI",
        &teller.round.settings.title,
        COLUMNS,
    );
    let mut findings: Vec<&Finding> = teller.tally.findings.iter().collect();
    findings.sort_by_key(|it| std::cmp::Reverse(it.severity()));
    if findings.is_empty() {
        sheet.push(Row::banner("Không có phát hiện nào.", Level::Remark, COLUMNS));
        return sheet;
    }
    counts(&mut sheet, &findings);
    let head = sheet.next_row();
    sheet.push(Row::head([
        "STT",
        "Mức độ",
        "Mã",
        "Đơn vị",
        "Tệp",
        "Trang",
        "Ô",
        "Nội dung",
        "Cách sửa",
    ]));
    let senders = teller.tally.senders();
    for (number, finding) in (1..).zip(findings) {
        let sender = senders.get(finding.place.file.as_str());
        sheet.push(row(sender.map(|unit| teller.name(unit)), number, finding));
    }
    let last = CellRef { row: sheet.next_row() - 1, col: COLUMNS - 1 };
    sheet.filter = Some((CellRef::new(head, 0), last));
    sheet.repeat = Some((head, head));
    sheet.freeze = Some(CellRef::new(head + 1, 0));
    sheet
}

/// How many of each severity, counted in the table below.
fn counts(sheet: &mut Sheet, findings: &[&Finding]) {
    let kinds = [Severity::Error, Severity::Warning, Severity::Note];
    // The three counts, an empty row and the head stand above the table.
    let first = sheet.next_row() + u32::try_from(kinds.len()).expect("three") + 2;
    let last = first + u32::try_from(findings.len()).expect("few findings") - 1;
    let [from, to] = [first, last].map(|row| CellRef { row, col: SEVERITY });
    for kind in kinds {
        let count = findings.iter().filter(|it| it.severity() == kind).count();
        let formula = format!("COUNTIF({from}:{to},B{})", sheet.next_row() + 1);
        sheet.push(Row::new(vec![
            Cell::blank(Level::Plain),
            Cell::text(word(kind), level(kind)),
            Cell::formula(formula, whole(count), Level::Body.right()),
            Cell::text(meaning(kind), Level::Remark).spanning(COLUMNS - 3),
        ]));
    }
    sheet.push(Row::new(Vec::new()));
}

fn row(sender: Option<&str>, number: usize, finding: &Finding) -> Row {
    let place = &finding.place;
    Row::new(vec![
        Cell::new(whole(number), Level::Body.center()),
        Cell::text(word(finding.severity()), level(finding.severity())),
        Cell::text(finding.code.info().id, Level::Body.center()),
        Cell::text(sender.unwrap_or_default(), Level::Body.left()),
        Cell::text(&*place.file, Level::Body.left()),
        Cell::text(place.sheet_name().unwrap_or_default(), Level::Body.left()),
        Cell::text(place.spot(), Level::Body.center()),
        Cell::text(finding.message(), Level::Body.left()),
        Cell::text(finding.help(), Level::Body.left()),
    ])
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
