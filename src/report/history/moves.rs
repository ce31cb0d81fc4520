//! *Biến động hạng*: what each move in rank is made of; over the period, then
//! from year to year.

use super::{Teller, column};
use crate::finding::CellRef;
use crate::history::moves::Move;
use crate::history::period::PeriodBloc;
use crate::report::head;
use crate::report::sheet::{Cell, Level, Mark, Row, Sheet, Value};

const WIDTHS: [f64; 11] = [20.0, 40.0, 12.0, 8.0, 8.0, 11.0, 11.0, 11.0, 11.0, 11.0, 36.0];
const PARTS: [&str; 4] = ["Thực hiện", "Đổi bộ chỉ số", "Đổi đơn vị", "Thẩm định"];
/// As many moves as this stand on one page with their sums.
const A_PAGE: usize = 12;
/// The column of the first part.
const PARTS_FROM: u32 = 5;

/// The sheet of one bloc; `None` when nobody was ranked twice.
pub(super) fn sheet(teller: &Teller, bloc: &PeriodBloc, name: String) -> Option<Sheet> {
    let moves: Vec<&Move> = teller.summary.moves.iter().filter(|it| it.bloc == bloc.id).collect();
    if moves.is_empty() {
        return None;
    }
    let title = format!("PHÂN TÍCH BIẾN ĐỘNG THỨ HẠNG – {}", bloc.name.to_uppercase());
    let mut sheet = teller.sheet(name, &WIDTHS, &title);
    let columns = column(WIDTHS.len());
    let remark = "Tổng là số bậc tăng (+) hoặc giảm (−), tách thành bốn phần cộng lại đúng bằng tổng. Thực \
                  hiện: so kết quả đơn vị tự chấm hai năm, cùng trọng số nội dung. Đổi bộ chỉ số: do \
                  trọng số nội dung đổi. Đổi đơn vị: do có đơn vị thêm vào, bớt đi. Thẩm định: do điểm \
                  thẩm định, thưởng, trừ khác điểm tự chấm. Năm không có điểm tự chấm hoặc điểm lĩnh \
                  vực thì phần đó nằm trong Thực hiện.";
    sheet.push(Row::banner(remark, Level::Remark, columns));
    let head = sheet.next_row();
    let mut labels = vec!["Mã đơn vị", "Đơn vị", "Từ – đến năm", "Hạng trước", "Hạng sau"];
    labels.extend(PARTS);
    labels.extend(["Tổng", "Ghi chú"]);
    sheet.push(Row::head(labels));
    sheet.repeat = Some((head, head));
    sheet.freeze = Some(CellRef::new(head + 1, 2));
    whole(teller, &mut sheet, bloc, &moves);
    if let Some(row) = sheet.rows.last_mut().filter(|_| A_PAGE < moves.len()) {
        row.breaks = true;
    }
    detail(teller, &mut sheet, &moves);
    let total = PARTS_FROM + column(PARTS.len());
    let first = CellRef { row: head + 1, col: total };
    let last = CellRef { row: sheet.next_row() - 1, col: total };
    for (sign, level) in [(">", Level::Good), ("<", Level::Bad)] {
        let formula = format!("AND(ISNUMBER({first}),{first}{sign}0)");
        sheet.marks.push(Mark { first, last, formula, level });
    }
    Some(sheet)
}

/// The sum of every unit's moves.
fn whole(teller: &Teller, sheet: &mut Sheet, bloc: &PeriodBloc, moves: &[&Move]) {
    let columns = column(WIDTHS.len());
    sheet.push(Row::banner("1. Cộng các lần biến động của từng đơn vị", Level::Strong, columns));
    for series in teller.summary.of_bloc(teller.history, &bloc.id) {
        let own: Vec<&&Move> = moves.iter().filter(|it| it.line == series.line).collect();
        if own.is_empty() {
            continue;
        }
        let sum = |part: fn(&Move) -> i64| own.iter().map(|it| part(it)).sum::<i64>();
        let parts = [
            sum(|it| it.performance),
            sum(|it| it.criteria),
            sum(|it| it.units),
            sum(|it| it.appraisal),
        ];
        let mut cells = vec![
            Cell::text(
                teller.history.genealogy.lines[series.line].id().to_string(),
                Level::Body.left(),
            ),
            Cell::text(teller.history.name(series.line), Level::Body.left()),
            Cell::text(format!("{}–{}", own[0].from, own[own.len() - 1].to), Level::Body.center()),
            Cell::new(Value::Whole(own[0].before), Level::Body.center()),
            Cell::new(Value::Whole(own[own.len() - 1].after), Level::Body.center()),
        ];
        cells.extend(with_total(sheet.next_row(), parts, sum(Move::total)));
        let gap = own.windows(2).any(|pair| pair[0].to != pair[1].from);
        let note = if gap { "có năm không xếp hạng, không cộng vào" } else { "" };
        cells.push(Cell::text(note, Level::Body.left()));
        sheet.push(Row::new(cells));
    }
    head::gap(sheet);
}

fn detail(teller: &Teller, sheet: &mut Sheet, moves: &[&Move]) {
    let columns = column(WIDTHS.len());
    sheet.push(Row::banner("2. Từng lần biến động", Level::Strong, columns));
    for it in moves {
        let mut notes = Vec::new();
        if it.criteria_unknown {
            notes.push("bộ chỉ số đổi mà không có điểm lĩnh vực: không tách được");
        }
        if it.appraisal_unknown {
            notes.push("không có điểm tự chấm");
        }
        let mut cells = vec![
            Cell::text(
                teller.history.genealogy.lines[it.line].id().to_string(),
                Level::Body.left(),
            ),
            Cell::text(teller.history.name(it.line), Level::Body.left()),
            Cell::text(format!("{}–{}", it.from, it.to), Level::Body.center()),
            Cell::new(Value::Whole(it.before), Level::Body.center()),
            Cell::new(Value::Whole(it.after), Level::Body.center()),
        ];
        let parts = [it.performance, it.criteria, it.units, it.appraisal];
        cells.extend(with_total(sheet.next_row(), parts, it.total()));
        cells.push(Cell::text(notes.join("; "), Level::Body.left()));
        sheet.push(Row::new(cells));
    }
}

/// The parts and the sum of them.
fn with_total(row: u32, parts: [i64; 4], total: i64) -> Vec<Cell> {
    let mut cells: Vec<Cell> =
        parts.iter().map(|part| Cell::new(Value::Whole(*part), Level::Body.center())).collect();
    let last = PARTS_FROM + column(PARTS.len()) - 1;
    let [from, to] = [PARTS_FROM, last].map(|col| CellRef { row, col });
    let sum =
        Cell::formula(format!("SUM({from}:{to})"), Value::Whole(total), Level::Total.center());
    cells.push(sum);
    cells
}
