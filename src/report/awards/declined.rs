//! *Không xét*: everyone who is not proposed, and why.

use crate::award::Declined;
use crate::finding::CellRef;
use crate::report::awards::Teller;
use crate::report::head;
use crate::report::sheet::Cell;
use crate::report::sheet::Level;
use crate::report::sheet::Row;
use crate::report::sheet::Sheet;
use crate::report::sheet::Value;
use crate::words;

pub(super) fn sheet(teller: &Teller) -> Sheet {
    let widths = [5.5, 32.0, 24.0, 24.0, 8.0, 10.0, 46.0];
    let mut sheet = teller.sheet("Không xét", &widths);
    let year = teller.round.settings.year;
    let title = format!("TẬP THỂ, CÁ NHÂN KHÔNG ĐƯỢC ĐỀ NGHỊ KHEN THƯỞNG NĂM {year}");
    head::title(&mut sheet, &title, &[]);
    head::alarm(&mut sheet, &teller.tally.lacks);
    head::remark(
        &mut sheet,
        "Mỗi dòng ghi lý do gần với một suất nhất, khi có nhiều quy định được xét.",
    );
    let header = sheet.next_row();
    sheet.repeat = Some((header, header));
    sheet.freeze = Some(CellRef::new(header + 1, 0));
    sheet.push(Row::head(["STT", "Đơn vị", "Cá nhân", "Khối", "Hạng", "Chỉ số (%)", "Lý do"]));
    for (number, declined) in (1..).zip(&teller.awards.declined) {
        sheet.push(line(teller, number, declined));
    }
    let last = sheet.next_row();
    if header + 1 < last {
        sheet.filter = Some((CellRef::new(header, 0), CellRef::new(last - 1, 6)));
    } else {
        head::remark(&mut sheet, "Không có ai.");
    }
    sheet
}

fn line(teller: &Teller, number: i64, declined: &Declined) -> Row {
    let standing = teller.standing(&declined.unit);
    let rank = standing.map_or(Value::Blank, |it| Value::Whole(it.rank.into()));
    let scoring = &teller.round.settings.scoring;
    let index = standing.map_or(Value::Blank, |it| Value::Percent(scoring.shown(it.index)));
    Row::new(vec![
        Cell::new(Value::Whole(number), Level::Body.center()),
        Cell::text(teller.name(&declined.unit), Level::Body.left()),
        Cell::text(declined.person.as_deref().unwrap_or(""), Level::Body.left()),
        Cell::text(teller.bloc(&declined.unit).map_or("", |bloc| &bloc.name), Level::Body.left()),
        Cell::new(rank, Level::Body.center()),
        Cell::new(index, Level::Body.right()),
        Cell::text(
            words::declined(declined, &teller.tally.rankings, &teller.round.settings),
            Level::Body.left(),
        ),
    ])
}
