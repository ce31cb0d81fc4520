//! *Không xét*: everyone who is not proposed, and why.

use super::proposal::Proposal;
use crate::award::Declined;
use crate::report::extent::DECLINED;
use crate::sheet::Sheet;
use crate::sheet::head;
use crate::sheet::table::{Column, Table};
use crate::words;

pub(super) fn sheet(proposal: &Proposal) -> Sheet {
    let lines: Vec<(usize, &Declined)> = (1..).zip(&proposal.awards.declined).collect();
    let table = table(proposal);
    let mut sheet = proposal.sheet("Không xét", &table.widths());
    let year = proposal.round.settings.year;
    let title = format!("TẬP THỂ, CÁ NHÂN KHÔNG ĐƯỢC ĐỀ NGHỊ KHEN THƯỞNG NĂM {year}");
    head::title(&mut sheet, &title, &[]);
    head::alarm(&mut sheet, &proposal.tally.lacks);
    head::remark(
        &mut sheet,
        "Mỗi dòng ghi lý do gần với một suất nhất, khi có nhiều quy định được xét.",
    );
    let shown = proposal.limits.shown(&mut sheet, lines.len(), "dòng", DECLINED);
    table.write(&mut sheet, &lines[..shown]);
    sheet
}

fn table<'a>(proposal: &'a Proposal) -> Table<'a, (usize, &'a Declined)> {
    type Line<'a> = (usize, &'a Declined);
    let settings = &proposal.round.settings;
    let standing = |it: &Line| proposal.standing(&it.1.unit);
    Table::new(vec![
        Column::code("STT", 5.5, |it: &Line| it.0.into()).pinned(),
        Column::words("Đơn vị", 32.0, |it: &Line| proposal.name(&it.1.unit).into()).pinned(),
        Column::words("Cá nhân", 24.0, |it: &Line| it.1.person.as_deref().unwrap_or("").into()),
        Column::words("Khối", 24.0, |it: &Line| {
            proposal.bloc(&it.1.unit).map_or("", |bloc| &bloc.name).into()
        }),
        Column::code("Hạng", 8.0, move |it: &Line| standing(it).map(|it| it.rank).into()),
        Column::number("Chỉ số (%)", 10.0, move |it: &Line| {
            standing(it).map(|it| settings.scoring.shown(it.index)).into()
        }),
        Column::words("Lý do", 46.0, |it: &Line| {
            words::declined(it.1, &proposal.tally.rankings, proposal.round).into()
        }),
    ])
    .leading()
    .otherwise("Không có ai.")
}
