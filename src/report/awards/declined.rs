//! *Không xét*: everyone who is not proposed, and why.

use crate::award::DeclineReason;
use crate::award::Declined;
use crate::finding::CellRef;
use crate::record::words;
use crate::report::awards::Teller;
use crate::report::head;
use crate::report::sheet::Cell;
use crate::report::sheet::Role;
use crate::report::sheet::Row;
use crate::report::sheet::Sheet;
use crate::report::sheet::Value;

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
        Cell::new(Value::Whole(number), Role::Center),
        Cell::text(teller.name(&declined.unit), Role::Text),
        Cell::text(declined.person.as_deref().unwrap_or(""), Role::Text),
        Cell::text(teller.bloc(&declined.unit).map_or("", |bloc| &bloc.name), Role::Text),
        Cell::new(rank, Role::Center),
        Cell::new(index, Role::Number),
        Cell::text(reason(teller, declined), Role::Text),
    ])
}

/// Why, as a sentence without a full stop.
fn reason(teller: &Teller, declined: &Declined) -> String {
    let whose = if declined.person.is_some() { "của đơn vị " } else { "" };
    match &declined.reason {
        DeclineReason::Unranked => {
            let mut unranked = teller.tally.rankings.iter().flat_map(|it| &it.unranked);
            let why = unranked.find(|it| it.unit == declined.unit);
            let why = why.map(|it| words::reason(it, &teller.round.settings));
            why.map_or("Không được xếp hạng".to_owned(), |why| {
                format!("Không được xếp hạng: {why}")
            })
        }
        DeclineReason::Excluded(why) => format!("Thuộc danh sách không xét khen: {why}"),
        DeclineReason::RankTooLow => format!("Thứ hạng {whose}chưa đạt mức quy định"),
        DeclineReason::IndexTooLow => format!("Chỉ số {whose}chưa đạt mức tối thiểu"),
        DeclineReason::BandTooLow => format!("Xếp loại {whose}chưa đạt mức quy định"),
        DeclineReason::Late => format!("Phiếu {whose}nộp sau hạn hoặc không ghi ngày lập"),
        DeclineReason::NotNominated => "Không đề nghị khen thưởng trên phiếu".to_owned(),
        DeclineReason::QuotaFull => "Đủ điều kiện nhưng đã hết suất".to_owned(),
        DeclineReason::UnitQuotaFull => "Đơn vị đã đủ số cá nhân theo quy định".to_owned(),
        DeclineReason::TiedOut => {
            "Đồng hạng ở suất cuối; theo quy định không lấy ai trong số đồng hạng".to_owned()
        }
        DeclineReason::AwaitsCouncil => {
            "Đồng hạng ở suất cuối; chờ người có thẩm quyền quyết định".to_owned()
        }
    }
}
