//! The blank table of survey results (bảng kết quả điều tra xã hội học): one row
//! for each unit and each item that the survey scores.

use crate::finding::CellRef;
use crate::points::Quantity;
use crate::report::head;
use crate::report::identity;
use crate::report::ledger::{self, Status};
use crate::report::sheet::{Allow, Cell, Level, Row, Sheet, Validation, Workbook};
use crate::round::Round;
use crate::round::criteria::Origin;
use crate::round::register::Unit;
use crate::survey::layout;

const TITLE: &str = "KẾT QUẢ ĐIỀU TRA XÃ HỘI HỌC VỀ CẢI CÁCH HÀNH CHÍNH NĂM";

/// The most people that may have answered about one unit.
const ANSWERS_MAX: i64 = 1_000_000;

/// The workbook to be filled in by whoever holds the survey, in the order of
/// the register. Units that are exempt from the round, and items from which a
/// unit is exempt, are left out.
pub fn workbook(round: &Round) -> Workbook {
    let settings = &round.settings;
    let pairs = [
        (layout::VERSION_KEY, layout::VERSION.to_owned()),
        (layout::ROUND_KEY, settings.id.clone()),
    ];
    Workbook {
        title: format!("{TITLE} {}", settings.year),
        dated: settings.intake.deadline,
        places: settings.scoring.places,
        index_places: settings.scoring.index_places,
        sheets: vec![sheet(round), identity::sheet(&pairs)],
        properties: identity::properties(&pairs),
    }
}

fn sheet(round: &Round) -> Sheet {
    let mut sheet = Sheet {
        name: layout::SHEET.to_owned(),
        widths: vec![13.0, 32.0, 8.0, 60.0, 12.0, 12.0],
        is_protected: true,
        footer: round.settings.title.clone(),
        ..Sheet::default()
    };
    head::issued(&mut sheet, &round.settings);
    head::gap(&mut sheet);
    head::title(&mut sheet, &format!("{TITLE} {}", round.settings.year), &[]);
    head::remark(
        &mut sheet,
        "Tỷ lệ hài lòng ghi theo phần trăm, ví dụ 92,5; số phiếu trả lời là số nguyên. Chưa có kết \
         quả thì để trống cả hai ô. Điền xong, chép tệp này vào thư mục khao-sat/ của kỳ.",
    );
    let status = sheet.next_row();
    head::gap(&mut sheet);
    let header = ledger::labels(&mut sheet, layout::COLUMNS);
    sheet.freeze = Some(CellRef::new(header + 1, 0));
    let units = round.register.units.iter().filter(|unit| unit.exempt.is_none());
    for (place, unit) in units.enumerate() {
        let first = sheet.next_row();
        unit_rows(&mut sheet, round, unit);
        if place % 2 == 1 {
            ledger::shade(&mut sheet, first, column(layout::TITLE));
        }
    }
    let last = sheet.next_row() - 1;
    if header < last {
        sheet.filter = Some((CellRef::new(header, 0), CellRef::new(last, column(layout::COUNT))));
        sheet.validations.extend(validations(header + 1, last));
    }
    let says = Status {
        none: "Bộ chỉ số của kỳ không có tiêu chí điều tra xã hội học",
        done: "Mọi dòng đã có kết quả",
        left: "dòng chưa có kết quả",
    };
    sheet.rows[status as usize] = says.row(&sheet, header, last, column(layout::PERCENT));
    head::signature(&mut sheet, "Người tổng hợp", "");
    sheet
}

fn unit_rows(sheet: &mut Sheet, round: &Round, unit: &Unit) {
    for item in round.set(unit).items().filter(|item| item.origin == Origin::Survey) {
        if round.exemptions.get(&unit.id, item.code).is_none() {
            sheet.push(Row::new(vec![
                Cell::text(unit.id.to_string(), Level::Body.center()),
                Cell::text(&unit.name, Level::Body.left()),
                Cell::text(item.code.to_string(), Level::Body.center()),
                Cell::text(&item.title, Level::Body.left()),
                Cell::blank(Level::Input.right()),
                Cell::blank(Level::Input.right()),
            ]));
        }
    }
}

fn validations(first: u32, last: u32) -> [Validation; 2] {
    let (percent_col, count_col) = (column(layout::PERCENT), column(layout::COUNT));
    let rule = |col, rule: Allow, title: &str, prompt: &str, error: &str| Validation {
        first: CellRef::new(first, col),
        last: CellRef::new(last, col),
        ask: rule.or(error).prompting(title, prompt),
    };
    let percent = Allow::Decimal { from: Quantity::ZERO, to: Quantity::whole(100) };
    let count = Allow::Whole { from: 1, to: ANSWERS_MAX };
    [
        rule(
            percent_col,
            percent,
            layout::PERCENT,
            "Ghi 92,5 nếu 92,5 % người trả lời hài lòng.",
            "Nhập số từ 0 đến 100, không kèm dấu %.",
        ),
        rule(count_col, count, layout::COUNT, "", "Nhập số nguyên lớn hơn 0."),
    ]
}

/// The place of a column of the table.
fn column(label: &str) -> u32 {
    ledger::column(layout::COLUMNS, label)
}
