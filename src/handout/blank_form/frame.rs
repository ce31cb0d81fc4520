//! What stands around the table of scores: whose form it is and of which day,
//! the line that counts what is missing, and the signature block.

use super::claims::{Claims, Score, day_within};
use crate::day::Day;
use crate::finding::CellRef;
use crate::form::layout;
use crate::form::layout::Column;
use crate::points::Points;
use crate::round::Round;
use crate::round::criteria::Node;
use crate::round::register::Unit;
use crate::sheet::head;
use crate::sheet::{Cell, Level, Mark, Range, Row, Sheet, Validation, Value};

/// Columns of the claims.
const COLUMNS: u32 = 10;

/// What the status line says when nothing is missing, before the deadline.
const COMPLETE: &str = "Đã điền đủ. Kiểm tra lại, ký, đóng dấu và gửi chậm nhất ngày";
const LACKING: &str = "Còn thiếu trước khi gửi: ";

/// What every page of the form says at its foot.
pub(super) fn footer(round: &Round, unit: &Unit) -> String {
    format!("{} – {}", round.settings.title, unit.name)
}

/// Writes the rows above the table; gives the cell of the form's day.
pub(super) fn push(sheet: &mut Sheet, round: &Round, unit: &Unit, dated: Option<Day>) -> CellRef {
    let settings = &round.settings;
    head::letterhead(sheet, &settings.body, &unit.name);
    let cell = CellRef::new(sheet.next_row() + 4, Column::Max.printed());
    let dateline = dateline(&settings.place, cell, dated, settings.year);
    head::halves(sheet, Cell::blank(Level::Plain), dateline);
    head::title(sheet, &format!("{} {}", layout::TITLE, settings.year), &[]);
    let source = &round.set(unit).source;
    sheet.push(Row::banner(format!("(Theo {source})"), Level::SignHint, COLUMNS));
    sheet.push(labelled(layout::UNIT, Cell::text(&unit.name, Level::Strong), 5));
    assert_eq!(sheet.next_row(), cell.row, "the dateline points at the day");
    let made_out = layout::made_out(settings.year);
    let day = Cell::new(dated.map_or(Value::Blank, Value::Day), Level::InputDay);
    sheet.push(labelled(layout::DATED, day, 2));
    sheet.validations.push(Validation {
        first: cell,
        last: cell,
        ask: day_within(made_out).prompting(
            "Ngày lập phiếu",
            format!("Ghi ngày/tháng/năm. Hạn nộp phiếu: {}.", settings.intake.deadline),
        ),
    });
    cell
}

/// A label in the title's column and what it labels to the right.
fn labelled(label: &str, value: Cell, columns: u32) -> Row {
    let role = value.role;
    let mut cells = vec![Cell::blank(Level::Plain), Cell::text(label, Level::Strong)];
    cells.push(value.spanning(columns));
    cells.extend((1..columns).map(|_| Cell::blank(role)));
    Row::new(cells)
}

/// Place and date, following the day typed below.
fn dateline(place: &str, cell: CellRef, dated: Option<Day>, year: i16) -> Cell {
    let place = place.replace('"', "\"\"");
    let blank = format!("{place}, ngày …… tháng …… năm {year}");
    let formula = format!(
        "IF(ISNUMBER({cell}),\"{place}, ngày \"&TEXT(DAY({cell}),\"00\")&\" tháng \"\
         &IF(MONTH({cell})<3,\"0\",\"\")&MONTH({cell})&\" năm \"&YEAR({cell}),\"{blank}\")"
    );
    let shown = dated.map_or(blank.clone(), |day| format!("{place}, {}", day.formal()));
    Cell::formula(formula, Value::Text(shown.replace("\"\"", "\"")), Level::Dateline)
}

/// The row that counts what is missing, from the cells of the table's columns.
pub(super) fn status(
    claims: &Claims,
    column: impl Fn(Column) -> String,
    flags: &Range,
    dated: CellRef,
) -> Row {
    let (score, evidence) = (column(Column::Score), column(Column::Evidence));
    let explanation = column(Column::Explanation);
    let sums =
        claims.set.nodes.iter().filter(
            |node| matches!(node, Node::Heading(heading) if !claims.is_surveyed(heading.code)),
        );
    let (all, sums) = (claims.claimed().count(), sums.count());
    let kad = layout::NOT_APPLICABLE;
    let unscored = format!("({all}+{sums}-COUNT({score})-COUNTIF({score},\"{kad}\"))");
    let unproved = format!(
        "SUMPRODUCT({}*ISNUMBER({score})*({score}>0)*({evidence}=\"\")*({explanation}=\"\"))",
        flags.absolute(),
    );
    let deadline = claims.deadline();
    let formula = format!(
        "IF(AND({unscored}=0,{unproved}=0,ISNUMBER({dated})),\"{COMPLETE} {deadline}.\",\
         \"{LACKING}\"&MID(IF({unscored}>0,\"; \"&{unscored}&\"{UNSCORED}\",\"\")\
         &IF({unproved}>0,\"; \"&{unproved}&\"{UNPROVED}\",\"\")\
         &IF(ISNUMBER({dated}),\"\",\"; {UNDATED}\"),3,250)&\".\")"
    );
    let cell = Cell::formula(formula, Value::Text(missing(claims)), Level::Subtitle);
    let mut row = Row::banner("", Level::Subtitle, COLUMNS);
    row.cells[0] = cell.spanning(COLUMNS);
    row
}

/// Green when nothing is missing, red before.
pub(super) fn mark_status(sheet: &mut Sheet, row: usize) {
    let row = u32::try_from(row).expect("a row near the top");
    let (first, last) = (CellRef::new(row, 0), CellRef::new(row, COLUMNS - 1));
    sheet.marks.extend([(COMPLETE, Level::Good), (LACKING, Level::Alarm)].map(|(start, level)| {
        let length = start.chars().count();
        let formula = format!("LEFT($A${},{length})=\"{start}\"", row + 1);
        Mark { first, last, formula, level }
    }));
}

const UNSCORED: &str = " dòng chưa có điểm hoặc số liệu";
const UNPROVED: &str = " dòng chưa có tài liệu kiểm chứng hoặc giải trình";
const UNDATED: &str = "ngày lập phiếu";

/// What the status line says, as its formula would.
fn missing(claims: &Claims) -> String {
    let unscored = claims.claimed().filter(|(_, score, _)| *score == Score::Missing).count();
    let scored = claims.claimed().filter(|(item, score, _)| {
        item.needs_evidence && matches!(score, Score::Points(points) if Points::ZERO < *points)
    });
    let unproved = scored
        .filter(|(_, _, answer)| answer.evidence.is_empty() && answer.explanation.is_empty())
        .count();
    let mut parts = Vec::new();
    if 0 < unscored {
        parts.push(format!("{unscored}{UNSCORED}"));
    }
    if 0 < unproved {
        parts.push(format!("{unproved}{UNPROVED}"));
    }
    if !claims.is_dated() {
        parts.push(UNDATED.to_owned());
    }
    if parts.is_empty() {
        return format!("{COMPLETE} {}.", claims.deadline());
    }
    format!("{LACKING}{}.", parts.join("; "))
}

/// The signature block: who filled the form in, and the head of the unit.
pub(super) fn sign(sheet: &mut Sheet, unit: &Unit) {
    let post = match unit.post.as_str() {
        "" => "THỦ TRƯỞNG ĐƠN VỊ".to_owned(),
        post => post.to_uppercase(),
    };
    head::gap(sheet);
    let signer = |text: String| Cell::text(text, Level::Signer);
    let hint = |text: &str| Cell::text(text, Level::SignHint);
    head::halves(sheet, signer("NGƯỜI LẬP PHIẾU".to_owned()), signer(post));
    head::halves(sheet, hint("(Ký, ghi rõ họ tên)"), hint("(Ký, ghi rõ họ tên, đóng dấu)"));
    sheet.push(Row { height: Some(60.0), ..Row::default() });
    head::halves(sheet, Cell::blank(Level::Signer), signer(unit.head.clone()));
}
