//! *Tập thể* and *Cá nhân*: the lists that a decision is issued with, as the
//! annex of an official paper.

use super::proposal::{Proposal, lowered};
use crate::award::Award;
use crate::round::settings::Recipients;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Level, Sheet, Value};
use crate::words::money;

const AMOUNT: &str = "Mức thưởng (đồng)";

/// One of the two lists.
struct List<'a> {
    proposal: &'a Proposal<'a>,
    recipients: Recipients,
    awards: &'a [Award],
    /// What one line of the list is.
    noun: &'static str,
}

/// An award by its number, or the heading over it and those that follow.
struct Line<'a> {
    number: usize,
    award: &'a Award,
    is_heading: bool,
}

/// The collectives proposed.
pub(super) fn collectives(proposal: &Proposal) -> Sheet {
    let list = List {
        proposal,
        recipients: Recipients::Collectives,
        awards: &proposal.awards.collectives,
        noun: "tập thể",
    };
    let columns = vec![
        number(),
        Column::words("Tên tập thể", 22.0, |it: &Line| proposal.name(&it.award.unit).into()),
        Column::words("Thành tích", 31.0, |it: &Line| {
            let nominee = it.award.nominee.as_ref().filter(|it| !it.achievement.is_empty());
            let achievement = proposal.achievement(it.award);
            match nominee {
                Some(nominee) => format!("{achievement}. {}", nominee.achievement).into(),
                None => achievement.into(),
            }
        }),
        amount(),
        list.remark(11.0),
    ];
    list.sheet("Tập thể", "DANH SÁCH TẬP THỂ ĐƯỢC ĐỀ NGHỊ KHEN THƯỞNG", columns)
}

/// The persons proposed.
pub(super) fn individuals(proposal: &Proposal) -> Sheet {
    let list = List {
        proposal,
        recipients: Recipients::Individuals,
        awards: &proposal.awards.individuals,
        noun: "cá nhân",
    };
    let columns = vec![
        number(),
        Column::words("Họ và tên", 16.0, |it: &Line| {
            it.award.nominee.as_ref().map_or("", |it| &it.name).into()
        }),
        Column::words("Chức vụ", 13.0, |it: &Line| {
            it.award.nominee.as_ref().map_or("", |it| &it.post).into()
        }),
        Column::words("Đơn vị công tác", 16.0, |it: &Line| {
            proposal.name(&it.award.unit).into()
        }),
        Column::words("Thành tích", 21.0, |it: &Line| {
            let own = it.award.nominee.as_ref().map(|it| it.achievement.clone());
            let of_unit = || format!("Đơn vị {}", lowered(&proposal.achievement(it.award)));
            own.filter(|it| !it.is_empty()).unwrap_or_else(of_unit).into()
        }),
        amount(),
        list.remark(9.0),
    ];
    list.sheet("Cá nhân", "DANH SÁCH CÁ NHÂN ĐƯỢC ĐỀ NGHỊ KHEN THƯỞNG", columns)
}

fn number<'a>() -> Column<'a, Line<'a>> {
    Column::code("STT", 5.5, |it: &Line| it.number.into())
}

fn amount<'a>() -> Column<'a, Line<'a>> {
    Column::number(AMOUNT, 12.0, |it: &Line| Value::Money(it.award.amount).into())
}

impl<'a> List<'a> {
    /// Shared last places are marked, since the list is longer than the quota,
    /// and what a unit still to be ranked may change.
    fn remark(&self, width: f64) -> Column<'a, Line<'a>> {
        let (ties, recipients) = (&self.proposal.awards.ties, self.recipients);
        let proposal = self.proposal;
        Column::words("Ghi chú", width, move |Line { award, .. }: &Line| {
            let is_tied = ties.iter().any(|tie| {
                tie.recipients == recipients
                    && tie.rule == award.rule
                    && tie.units.contains(&award.unit)
            });
            let bloc = proposal.bloc(&award.unit).map(|it| &it.id);
            let ranking = proposal.tally.rankings.iter().find(|it| Some(&it.bloc) == bloc);
            let is_open = ranking.is_some_and(|it| !it.is_complete());
            let told =
                [(is_tied, "Đồng hạng ở suất cuối"), (is_open, "Dự kiến: khối chưa đủ kết quả")];
            let told: Vec<&str> = told.into_iter().filter(|it| it.0).map(|it| it.1).collect();
            told.join("; ").into()
        })
    }

    /// The list with a heading over the awards of each rule.
    fn lines(&self) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        let mut rule = None;
        for (number, award) in (1..).zip(self.awards) {
            if rule.replace(award.rule) != Some(award.rule) {
                lines.push(Line { number, award, is_heading: true });
            }
            lines.push(Line { number, award, is_heading: false });
        }
        lines
    }

    fn sheet(&self, name: &str, title: &str, columns: Vec<Column<'a, Line<'a>>>) -> Sheet {
        let Self { proposal, recipients, awards, noun } = *self;
        let table = Table::new(columns)
            .levels(|it| if it.is_heading { Level::Area } else { Level::Body })
            .banners(move |it| it.is_heading.then(|| heading(proposal, recipients, it.award.rule)))
            .repeated()
            .otherwise(format!("Không có {noun} nào đủ điều kiện."));
        let mut sheet = proposal.sheet(name, &table.widths());
        sheet.is_portrait = true;
        head::title(&mut sheet, title, &[&subject(proposal)]);
        head::alarm(&mut sheet, &proposal.tally.lacks);
        head::annex(&mut sheet, &accompanying(proposal));
        head::gap(&mut sheet);
        let placed = table.write(&mut sheet, &self.lines());
        if !awards.is_empty() {
            let sum = awards.iter().map(|award| award.amount).sum();
            let total = Entry::formula(format!("SUM([{AMOUNT}:])"), Value::Money(sum));
            let label = format!("Tổng cộng: {} {noun}", awards.len());
            placed.push_summary(&mut sheet, &label, [(AMOUNT, total)]);
            head::remark(&mut sheet, &format!("Bằng chữ: {}.", money::spelled(sum)));
        }
        head::remark(&mut sheet, &format!("Mã xác thực kết quả: {}.", proposal.seal));
        sheet
    }
}

/// `Đã có thành tích trong công tác cải cách hành chính năm 2019`.
fn subject(proposal: &Proposal) -> String {
    format!(
        "Đã có thành tích trong công tác cải cách hành chính năm {}",
        proposal.round.settings.year
    )
}

/// `(Kèm theo Quyết định số … ngày 18 tháng 6 năm 2020 của …)`.
fn accompanying(proposal: &Proposal) -> String {
    let number = Some(proposal.rules.decision.as_str()).filter(|it| !it.is_empty());
    let number = number.unwrap_or("……………");
    let (day, body) = (proposal.rules.decided.formal(), &proposal.round.settings.body);
    format!("(Kèm theo Quyết định số {number} {day} của {body})")
}

/// The award and the blocs it is for.
fn heading(proposal: &Proposal, recipients: Recipients, at: usize) -> String {
    let rule = proposal.rule(recipients, at);
    let blocs = proposal.round.settings.blocs.iter().filter(|bloc| rule.blocs.contains(&bloc.id));
    let names: Vec<&str> = blocs.map(|bloc| bloc.name.as_str()).collect();
    format!("{} – {}", rule.title, names.join("; "))
}
