//! *Biến động hạng*: what each move in rank is made of; over the period, then
//! from year to year.

use super::chronicle::Chronicle;
use crate::finding::CellRef;
use crate::history::moves::Move;
use crate::history::period::PeriodBloc;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Mark, Sheet, Value};

/// As many moves as this stand on one page with their sums.
const A_PAGE: usize = 12;
const TOTAL: &str = "Tổng";
const YEARS: &str = "Từ – đến năm";

/// A move or several, and what is to be said about them.
struct Line {
    of: Move,
    /// Places gained: of several, not from the first to the last rank where a
    /// year lies between two of them.
    total: i64,
    note: String,
}

/// The sheet of one bloc; `None` when nobody was ranked twice.
pub(super) fn moves(chronicle: Chronicle, bloc: &PeriodBloc, name: String) -> Option<Sheet> {
    let moves: Vec<&Move> =
        chronicle.summary.moves.iter().filter(|it| it.bloc == bloc.id).collect();
    if moves.is_empty() {
        return None;
    }
    let table = Table::new(columns(chronicle)).leading();
    let title = format!("PHÂN TÍCH BIẾN ĐỘNG THỨ HẠNG – {}", bloc.name.to_uppercase());
    let mut sheet = chronicle.begin(name, table.widths(), &title);
    let remark = "Tổng là số bậc tăng (+) hoặc giảm (−), tách thành bốn phần cộng lại đúng bằng tổng. Thực \
                  hiện: so kết quả đơn vị tự chấm hai năm, cùng trọng số nội dung. Đổi bộ chỉ số: do \
                  trọng số nội dung đổi. Đổi đơn vị: do có đơn vị thêm vào, bớt đi. Thẩm định: do điểm \
                  thẩm định, thưởng, trừ khác điểm tự chấm. Năm không có điểm tự chấm hoặc điểm lĩnh \
                  vực thì phần đó nằm trong Thực hiện.";
    head::remark(&mut sheet, remark);
    // Both parts stand below one head, each after its heading.
    let placed = table.write(&mut sheet, &[]);
    let first = placed.cell(TOTAL, sheet.next_row());
    sheet.freeze = Some(placed.cell(YEARS, first.row));
    head::heading(&mut sheet, "1. Cộng các lần biến động của từng đơn vị");
    for series in chronicle.summary.of_bloc(chronicle.history, &bloc.id) {
        let own: Vec<&Move> = moves.iter().copied().filter(|it| it.line == series.line).collect();
        if let Some(line) = whole(&own) {
            placed.push(&mut sheet, &line);
        }
    }
    head::gap(&mut sheet);
    if let Some(row) = sheet.rows.last_mut().filter(|_| A_PAGE < moves.len()) {
        row.breaks = true;
    }
    head::heading(&mut sheet, "2. Từng lần biến động");
    for it in &moves {
        placed.push(&mut sheet, &Line { of: (*it).clone(), total: it.total(), note: unknown(it) });
    }
    let last = CellRef { row: sheet.next_row() - 1, ..first };
    for (sign, level) in [(">", Level::Good), ("<", Level::Bad)] {
        let formula = format!("AND(ISNUMBER({first}),{first}{sign}0)");
        sheet.marks.push(Mark { first, last, formula, level });
    }
    Some(sheet)
}

fn columns(chronicle: Chronicle<'_>) -> Vec<Column<'_, Line>> {
    let history = chronicle.history;
    let count = |label: &str, width: f64, count: fn(&Move) -> i64| {
        Column::code(label, width, move |it: &Line| Value::Whole(count(&it.of)).into())
    };
    vec![
        Column::words("Mã đơn vị", 20.0, |it: &Line| {
            history.genealogy.lines[it.of.line].id().to_string().into()
        }),
        Column::words("Đơn vị", 40.0, |it: &Line| history.name(it.of.line).into()),
        Column::code(YEARS, 12.0, |it: &Line| format!("{}–{}", it.of.from, it.of.to).into()),
        count("Hạng trước", 8.0, |it| it.before),
        count("Hạng sau", 8.0, |it| it.after),
        Column::code("Trên số đơn vị", 10.0, |it: &Line| {
            let [before, after] = it.of.among;
            format!("{before} → {after}").into()
        }),
        count("Thực hiện", 11.0, |it| it.performance),
        count("Đổi bộ chỉ số", 11.0, |it| it.criteria),
        count("Đổi đơn vị", 11.0, |it| it.units),
        count("Thẩm định", 11.0, |it| it.appraisal),
        Column::code(TOTAL, 11.0, |it: &Line| {
            let parts = "SUM([Thực hiện|Đổi bộ chỉ số|Đổi đơn vị|Thẩm định])";
            Entry::formula(parts, Value::Whole(it.total)).at(Level::Total)
        }),
        Column::words("Ghi chú", 36.0, |it: &Line| (&it.note).into()),
    ]
}

/// The sum of a unit's moves.
fn whole(own: &[&Move]) -> Option<Line> {
    let (first, last) = (*own.first()?, own.last()?);
    let gap = own.windows(2).any(|pair| pair[0].to != pair[1].from);
    let note = if gap { "có năm không xếp hạng, không cộng vào" } else { "" };
    let sum = |part: fn(&Move) -> i64| own.iter().map(|it| part(it)).sum();
    let of = Move {
        to: last.to,
        after: last.after,
        among: [first.among[0], last.among[1]],
        performance: sum(|it| it.performance),
        criteria: sum(|it| it.criteria),
        units: sum(|it| it.units),
        appraisal: sum(|it| it.appraisal),
        ..first.clone()
    };
    Some(Line { of, total: sum(Move::total), note: note.to_owned() })
}

/// What could not be told apart.
fn unknown(it: &Move) -> String {
    let criteria = "bộ chỉ số đổi mà không có điểm lĩnh vực: không tách được";
    let notes = [(it.criteria_unknown, criteria), (it.appraisal_unknown, "không có điểm tự chấm")];
    let notes = notes.iter().filter(|it| it.0).map(|it| it.1);
    notes.collect::<Vec<&str>>().join("; ")
}
