//! The blank table of survey results (bảng kết quả điều tra xã hội học): one row
//! for each unit and each item that the survey scores.

use crate::handout::identity;
use crate::handout::ledger::Ledger;
use crate::points::Quantity;
use crate::round::Round;
use crate::round::criteria::{Item, Origin};
use crate::round::register::Unit;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Allow, Level, Sheet, Workbook};
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
    let table = table();
    let mut sheet = Sheet {
        name: layout::SHEET.to_owned(),
        widths: table.widths(),
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
    let ledger = Ledger {
        table,
        unit: |it| it.unit,
        blank: layout::PERCENT,
        unless: None,
        shaded_to: layout::TITLE,
        none: "Bộ chỉ số của kỳ không có tiêu chí điều tra xã hội học",
        done: "Mọi dòng đã có kết quả",
        left: "dòng chưa có kết quả",
    };
    ledger.write(&mut sheet, &lines(round));
    head::signature(&mut sheet, "Người tổng hợp", "");
    sheet
}

/// What the survey says of a unit.
struct Line<'a> {
    unit: &'a Unit,
    item: &'a Item,
}

fn lines(round: &Round) -> Vec<Line<'_>> {
    let units = round.register.units.iter().filter(|unit| unit.exempt.is_none());
    let lines = units.flat_map(|unit| {
        let items = round.set(unit).items().filter(|item| item.origin == Origin::Survey);
        let items = items.filter(|it| round.exemptions.get(&unit.id, it.code).is_none());
        items.map(move |item| Line { unit, item })
    });
    lines.collect()
}

fn table<'a>() -> Table<'a, Line<'a>> {
    let percent = Allow::Decimal { from: Quantity::ZERO, to: Quantity::whole(100) };
    let count = Allow::Whole { from: 1, to: ANSWERS_MAX };
    Table::new(vec![
        Column::code(layout::UNIT, 13.0, |it: &Line| it.unit.id.to_string().into()),
        Column::words(layout::NAME, 32.0, |it: &Line| (&it.unit.name).into()),
        Column::code(layout::CODE, 8.0, |it: &Line| it.item.code.to_string().into()),
        Column::words(layout::TITLE, 60.0, |it: &Line| (&it.item.title).into()),
        Column::number(layout::PERCENT, 12.0, |_: &Line| Entry::blank().at(Level::Input)).asking(
            percent
                .or("Nhập số từ 0 đến 100, không kèm dấu %.")
                .prompting(layout::PERCENT, "Ghi 92,5 nếu 92,5 % người trả lời hài lòng."),
        ),
        Column::number(layout::COUNT, 12.0, |_: &Line| Entry::blank().at(Level::Input))
            .asking(count.or("Nhập số nguyên lớn hơn 0.")),
    ])
    .leading()
}
