//! *Cơ sở xét*: what each place rests on, and how ties across a last place were
//! ruled.

use super::proposal::Proposal;
use crate::award::{Award, TieNote};
use crate::finding::CellRef;
use crate::round::settings::{AwardRule, MoneyRounding, Recipients, TieAtCut};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Cell, Level, Row, Sheet, Value};

const COEFFICIENT: &str = "Hệ số";
const AMOUNT: &str = "Mức thưởng (đồng)";

/// The columns that a label above the table takes; what it labels stands in the
/// next.
const LABEL: u32 = 2;

/// Where the amounts' formulas find what they all share.
struct Shared {
    salary: CellRef,
    step: CellRef,
}

/// One award and everything it rests on.
struct Line<'a> {
    number: usize,
    award: &'a Award,
    recipients: Recipients,
    rule: &'a AwardRule,
    amount: Entry,
}

pub(super) fn sheet(proposal: &Proposal) -> Sheet {
    let table = table(proposal);
    let mut sheet = proposal.sheet("Cơ sở xét", &table.widths());
    let year = proposal.round.settings.year;
    let title = format!("CƠ SỞ XÉT KHEN THƯỞNG CẢI CÁCH HÀNH CHÍNH NĂM {year}");
    head::title(&mut sheet, &title, &[]);
    head::alarm(&mut sheet, &proposal.tally.lacks);
    head::gap(&mut sheet);
    let shared = settings(proposal, &mut sheet);
    head::gap(&mut sheet);
    let lines = lines(proposal, shared.as_ref());
    let placed = table.write(&mut sheet, &lines);
    if !lines.is_empty() {
        let sum = lines.iter().map(|it| it.award.amount).sum();
        let sum = Entry::formula(format!("SUM([{AMOUNT}:])"), Value::Money(sum));
        placed.push_summary(&mut sheet, "Tổng cộng", [(AMOUNT, sum)]);
    }
    head::remark(
        &mut sheet,
        "Cách biệt: chỉ số hơn đơn vị đứng đầu trong số không còn suất, cùng khối và cùng quy \
         định; để trống khi không ai bị loại vì hết suất.",
    );
    ties(proposal, &mut sheet);
    sheet
}

fn table<'a>(proposal: &'a Proposal) -> Table<'a, Line<'a>> {
    Table::new(vec![
        Column::code("STT", 5.5, |it: &Line| it.number.into()).pinned(),
        Column::words("Đơn vị", 24.0, |it: &Line| proposal.name(&it.award.unit).into()).pinned(),
        Column::words("Cá nhân", 22.0, |it: &Line| {
            let nominee = it.award.nominee.as_ref();
            let person = nominee.filter(|_| it.recipients == Recipients::Individuals);
            person.map_or("", |it| &it.name).into()
        }),
        Column::code("Hạng", 7.0, |it: &Line| it.award.rank.into()),
        Column::number("Chỉ số (%)", 9.0, |it: &Line| it.award.index.into()),
        Column::code("Xếp loại", 11.0, |it: &Line| {
            proposal.band(&it.award.unit).unwrap_or("").into()
        }),
        Column::words("Hình thức khen thưởng", 22.0, |it: &Line| (&it.rule.title).into()),
        Column::words("Căn cứ", 20.0, |it: &Line| (&it.rule.source).into()),
        Column::number("Cách biệt (điểm %)", 11.0, |it: &Line| it.award.margin.into()),
        Column::number(COEFFICIENT, 8.0, |it: &Line| it.rule.coefficient.into()),
        Column::number(AMOUNT, 14.0, |it: &Line| it.amount.clone()),
    ])
    .leading()
}

/// The collectives, then the persons.
fn lines<'a>(proposal: &Proposal<'a>, shared: Option<&Shared>) -> Vec<Line<'a>> {
    let formula = shared.map(|shared| amount(proposal.rules.rounding, shared));
    let of = |awards: &'a [Award], recipients| awards.iter().map(move |award| (award, recipients));
    let units = of(&proposal.awards.collectives, Recipients::Collectives);
    let persons = of(&proposal.awards.individuals, Recipients::Individuals);
    let line = |(number, (award, recipients)): (usize, (&'a Award, Recipients))| {
        let amount = Value::Money(award.amount);
        let amount = match &formula {
            Some(formula) => Entry::formula(formula, amount),
            None => amount.into(),
        };
        let rule = proposal.rule(recipients, award.rule);
        Line { number, award, recipients, rule, amount }
    };
    (1..).zip(units.chain(persons)).map(line).collect()
}

/// Base salary and rounding, above the table; `None` when no salary is in
/// force.
fn settings(proposal: &Proposal, sheet: &mut Sheet) -> Option<Shared> {
    let (salary, source) = proposal.awards.salary.as_ref()?;
    let columns = head::columns(sheet);
    let mut setting = |label: &str, amount: i64, remark: &str| {
        let at = CellRef::new(sheet.next_row(), LABEL);
        let mut cells = vec![Cell::text(label, Level::Plain).spanning(LABEL)];
        cells.extend((1..LABEL).map(|_| Cell::blank(Level::Plain)));
        cells.push(Cell::new(Value::Money(amount), Level::Body.right()));
        cells.push(Cell::text(remark, Level::Plain).spanning(columns - LABEL - 1));
        sheet.push(Row::new(cells));
        at
    };
    let decided = proposal.rules.decided;
    let salary = setting(
        "Mức lương cơ sở (đồng):",
        *salary,
        &format!("có hiệu lực tại ngày quyết định {decided}, theo {source}"),
    );
    let rounding = match proposal.rules.rounding {
        MoneyRounding::Up => "làm tròn lên",
        MoneyRounding::Nearest => "làm tròn đến mức gần nhất",
        MoneyRounding::Down => "làm tròn xuống",
    };
    let remark = format!("{rounding}; mức thưởng = hệ số × mức lương cơ sở");
    let step = setting("Làm tròn đến (đồng):", proposal.rules.step, &remark);
    Some(Shared { salary, step })
}

/// Coefficient × base salary to a multiple of the step. The product is rounded
/// to the thousandth of a đồng first: binary dust would cost a whole step.
fn amount(rounding: MoneyRounding, shared: &Shared) -> String {
    let (salary, step) = (shared.salary.fixed(), shared.step.fixed());
    let exact = format!("ROUND([{COEFFICIENT}]*{salary},3)");
    match rounding {
        MoneyRounding::Up => format!("CEILING({exact},{step})"),
        MoneyRounding::Down => format!("FLOOR({exact},{step})"),
        MoneyRounding::Nearest => format!("ROUND({exact}/{step},0)*{step}"),
    }
}

/// Ties across a last place, if there are any.
fn ties(proposal: &Proposal, sheet: &mut Sheet) {
    if proposal.awards.ties.is_empty() {
        return;
    }
    let columns = head::columns(sheet);
    head::gap(sheet);
    head::heading(sheet, "Đồng hạng ở suất cuối");
    for tie in &proposal.awards.ties {
        sheet.push(Row::banner(ruling(proposal, tie), Level::Doubtful, columns));
    }
}

/// One tie, and how the round rules it.
fn ruling(proposal: &Proposal, tie: &TieNote) -> String {
    let rule = proposal.rule(tie.recipients, tie.rule);
    let names: Vec<&str> = tie.units.iter().map(|unit| proposal.name(unit)).collect();
    let (whose, taken) = match tie.recipients {
        Recipients::Collectives => ("tập thể", "đơn vị"),
        Recipients::Individuals => ("cá nhân của các đơn vị", "cá nhân"),
    };
    let ruled = match rule.tie {
        TieAtCut::All => "lấy hết, vượt số suất của quy định".to_owned(),
        TieAtCut::None => format!("không lấy {taken} nào trong số này"),
        TieAtCut::Council => "chưa lấy; trình người có thẩm quyền quyết định".to_owned(),
    };
    format!("{} – {whose} {}: còn {} suất, {ruled}.", rule.title, names.join("; "), tie.places)
}
