//! The sheet of instructions (hướng dẫn): how to fill the form in, what each
//! item asks, and what the reader of the form will not accept.
//!
//! Generated from the rules and from the table of codes, so that it cannot say
//! anything but what is checked.

use crate::finding::Code;
use crate::form::layout;
use crate::round::Round;
use crate::round::criteria::{Item, Node, Origin};
use crate::round::register::Unit;
use crate::sheet::head;
use crate::sheet::table::{Column, Table};
use crate::sheet::{Level, Row, Sheet};

/// The mistakes worth knowing before filling the form in.
const MISTAKES: &[Code] = &[
    Code::ScoreMissing,
    Code::ScoreNotANumber,
    Code::ScoreNotALevel,
    Code::ScoreAmbiguous,
    Code::FigureMissing,
    Code::FigureInvalid,
    Code::FigureContradictory,
    Code::EvidenceMissing,
    Code::ExemptNotAllowed,
    Code::ItemLost,
    Code::CodeMangled,
    Code::MaxChanged,
    Code::TotalOvertyped,
    Code::DateMissing,
    Code::UnitRepeated,
];

/// The instructions for a unit's form.
pub(super) fn sheet(round: &Round, unit: &Unit) -> Sheet {
    let table = table(round, unit);
    let mut sheet = Sheet {
        name: layout::INSTRUCTIONS.to_owned(),
        widths: table.widths(),
        is_protected: true,
        ..Sheet::default()
    };
    let line = |text: String| Row::banner(text, Level::Plain, table.breadth());
    let steps = (1..).zip(steps(round)).map(|(number, step)| line(format!("{number}. {step}")));
    let mistakes = MISTAKES.iter().map(|code| {
        let info = code.info();
        line(format!("[{}] {}: {}", info.id, info.title, info.to_unit.unwrap_or(info.help)))
    });
    let mistakes: Vec<Row> = mistakes.collect();
    head::title(&mut sheet, "HƯỚNG DẪN ĐIỀN PHIẾU TỰ CHẤM", &[&unit.name]);
    sheet.rows.extend(steps);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "Cách chấm từng tiêu chí");
    table.write(&mut sheet, &round.set(unit).nodes);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "Lỗi thường gặp và cách tránh");
    sheet.rows.extend(mistakes);
    sheet
}

fn steps(round: &Round) -> Vec<String> {
    let deadline = round.settings.intake.deadline;
    let score = layout::Column::Score.label();
    vec![
        "Chỉ điền vào ô nền vàng. Không thêm, xóa, đổi chỗ dòng và cột; không sửa cột STT."
            .to_owned(),
        format!("Ghi “{}” dạng ngày/tháng/năm.", layout::DATED.trim_end_matches(':')),
        format!(
            "Tiêu chí có danh sách thả xuống: chọn một mức ở cột {score}; không đạt thì chọn 0."
        ),
        format!(
            "Tiêu chí có ô số liệu nền vàng: ghi số liệu, cột {score} tự tính; không phát sinh \
             thì ghi 0."
        ),
        format!(
            "Ô ghi {} là tiêu chí không áp dụng cho đơn vị theo danh sách đã ban hành; để nguyên.",
            layout::NOT_APPLICABLE
        ),
        "Ô nền xám không phải điền. Tiêu chí khảo sát không tự chấm.".to_owned(),
        format!(
            "Cột {} ghi số, ký hiệu, ngày của văn bản; không có thì ghi lý do ở cột {}.",
            layout::Column::Evidence.label(),
            layout::Column::Explanation.label()
        ),
        "Số thập phân gõ bằng dấu phẩy, ví dụ 1,5; không gõ dấu chấm ngăn hàng nghìn.".to_owned(),
        format!("Đề nghị khen thưởng ghi ở trang “{}”.", layout::NOMINATIONS),
        format!(
            "Dòng chữ đỏ đầu phiếu cho biết còn thiếu gì. Gửi phiếu chậm nhất ngày {deadline}."
        ),
    ]
}

fn table<'a>(round: &'a Round, unit: &'a Unit) -> Table<'a, Node> {
    let of = |words: fn(&Item) -> String| {
        move |node: &Node| match node {
            Node::Heading(_) => "".into(),
            Node::Item(item) => words(item).into(),
        }
    };
    Table::new(vec![
        Column::code(layout::Column::Code.label(), 8.0, |it: &Node| it.code().to_string().into()),
        Column::words("Tiêu chí", 44.0, |it: &Node| it.title().into()),
        Column::number(layout::Column::Max.label(), 9.0, |it: &Node| it.max().into()),
        Column::words("Cách chấm", 44.0, |it: &Node| match it {
            _ if round.exemptions.get(&unit.id, it.code()).is_some() => {
                "Không áp dụng cho đơn vị.".into()
            }
            Node::Heading(_) => "".into(),
            Node::Item(item) => item.rule.words(item.max).into(),
        }),
        Column::words("Số liệu cần ghi", 40.0, of(figures)),
        Column::words(layout::Column::Evidence.label(), 18.0, of(evidence)),
    ])
    .levels(|it| it.into())
    .repeated()
}

fn figures(item: &Item) -> String {
    let figures = item.rule.figures().iter().map(|figure| {
        let name = layout::Column::from(*figure).label();
        match item.labels.of(*figure) {
            "" => name.to_owned(),
            label => format!("{name}: {label}"),
        }
    });
    figures.collect::<Vec<_>>().join("\n")
}

fn evidence(item: &Item) -> String {
    let text = match item.origin {
        Origin::Survey => "Không cần",
        Origin::Appraised | Origin::Computed if item.needs_evidence => "Bắt buộc khi điểm trên 0",
        Origin::Appraised | Origin::Computed => "Nếu có",
    };
    text.to_owned()
}
