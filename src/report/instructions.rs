//! The sheet of instructions (hướng dẫn): how to fill the form in, what each
//! item asks, and what the reader of the form will not accept.
//!
//! Generated from the rules and from the table of codes, so that it cannot say
//! anything but what is checked.

use crate::finding::Code;
use crate::form::layout;
use crate::form::layout::Column;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};
use crate::round::Round;
use crate::round::criteria::{Item, Labels, Node, Origin};
use crate::round::register::Unit;
use crate::round::rule::Figure;

/// Columns of the table of items.
const COLUMNS: u32 = 6;

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
    let mut sheet = Sheet {
        name: layout::INSTRUCTIONS.to_owned(),
        widths: vec![8.0, 44.0, 9.0, 44.0, 40.0, 18.0],
        is_protected: true,
        ..Sheet::default()
    };
    sheet.push(Row::banner("HƯỚNG DẪN ĐIỀN PHIẾU TỰ CHẤM", Level::Title, COLUMNS));
    sheet.push(Row::banner(&unit.name, Level::Subtitle, COLUMNS));
    for (number, step) in (1..).zip(steps(round)) {
        sheet.push(Row::banner(format!("{number}. {step}"), Level::Plain, COLUMNS));
    }
    sheet.push(Row::default());
    sheet.push(Row::banner("Cách chấm từng tiêu chí", Level::Strong, COLUMNS));
    let header = sheet.next_row();
    sheet.repeat = Some((header, header));
    sheet.push(Row::head([
        Column::Code.label(),
        "Tiêu chí",
        Column::Max.label(),
        "Cách chấm",
        "Số liệu cần ghi",
        Column::Evidence.label(),
    ]));
    for node in &round.set(unit).nodes {
        sheet.push(row(node, round, unit));
    }
    sheet.push(Row::default());
    sheet.push(Row::banner("Lỗi thường gặp và cách tránh", Level::Strong, COLUMNS));
    for code in MISTAKES {
        let info = code.info();
        let text = format!("[{}] {}: {}", info.id, info.title, info.help);
        sheet.push(Row::banner(text, Level::Plain, COLUMNS));
    }
    sheet
}

fn steps(round: &Round) -> Vec<String> {
    let deadline = round.settings.intake.deadline;
    let score = Column::Score.label();
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
            Column::Evidence.label(),
            Column::Explanation.label()
        ),
        "Số thập phân gõ bằng dấu phẩy, ví dụ 1,5; không gõ dấu chấm ngăn hàng nghìn.".to_owned(),
        format!("Đề nghị khen thưởng ghi ở trang “{}”.", layout::NOMINATIONS),
        format!(
            "Dòng chữ đỏ đầu phiếu cho biết còn thiếu gì. Gửi phiếu chậm nhất ngày {deadline}."
        ),
    ]
}

fn row(node: &Node, round: &Round, unit: &Unit) -> Row {
    let (text, center, number) = match (node, node.code().level()) {
        (Node::Item(_), _) => (Level::Body.left(), Level::Body.center(), Level::Body.right()),
        (Node::Heading(_), 1) => (Level::Area.left(), Level::Area.center(), Level::Area.right()),
        (Node::Heading(_), _) => {
            (Level::Criterion.left(), Level::Criterion.center(), Level::Criterion.right())
        }
    };
    let [how, figures, evidence] = match node {
        Node::Heading(_) => [const { String::new() }; 3],
        Node::Item(item) => [item.rule.words(item.max), figures(item), evidence(item)],
    };
    let is_exempt = round.exemptions.get(&unit.id, node.code()).is_some();
    let how = if is_exempt { "Không áp dụng cho đơn vị.".to_owned() } else { how };
    Row::new(vec![
        Cell::text(node.code().to_string(), center),
        Cell::text(node.title(), text),
        Cell::new(Value::Points(node.max()), number),
        Cell::text(how, text),
        Cell::text(figures, text),
        Cell::text(evidence, text),
    ])
}

fn figures(item: &Item) -> String {
    let figures = item.rule.figures().iter().map(|figure| {
        let name = Column::from(*figure).label();
        match figure_label(&item.labels, *figure) {
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

/// What a figure of an item means, in the words of the criteria set.
pub(super) fn figure_label(labels: &Labels, figure: Figure) -> &str {
    match figure {
        Figure::Numerator => &labels.numerator,
        Figure::Denominator => &labels.denominator,
        Figure::Count => &labels.count,
        Figure::Day => &labels.day,
    }
}
