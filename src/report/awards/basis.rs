//! *Cơ sở xét*: what each place rests on, and how ties across a last place were
//! ruled.

use crate::award::Award;
use crate::award::TieNote;
use crate::finding::CellRef;
use crate::finding::column_name;
use crate::report::awards::Teller;
use crate::report::head;
use crate::report::sheet::Cell;
use crate::report::sheet::Level;
use crate::report::sheet::Row;
use crate::report::sheet::Sheet;
use crate::report::sheet::Value;
use crate::round::settings::MoneyRounding;
use crate::round::settings::Recipients;
use crate::round::settings::TieAtCut;

/// The column of the base salary and of the step of rounding in the first
/// rows.
const SETTING: u32 = 2;

/// The columns of the coefficient and of the amount.
const COEFFICIENT: u32 = 9;
const AMOUNT: u32 = 10;

/// Where the amounts' formulas find what they all share.
struct Shared {
    salary: CellRef,
    step: CellRef,
}

pub(super) fn sheet(teller: &Teller) -> Sheet {
    let widths = [5.5, 24.0, 22.0, 7.0, 9.0, 11.0, 22.0, 20.0, 11.0, 8.0, 14.0];
    let mut sheet = teller.sheet("Cơ sở xét", &widths);
    let year = teller.round.settings.year;
    let title = format!("CƠ SỞ XÉT KHEN THƯỞNG CẢI CÁCH HÀNH CHÍNH NĂM {year}");
    head::title(&mut sheet, &title, &[]);
    head::alarm(&mut sheet, &teller.tally.lacks);
    head::gap(&mut sheet);
    let shared = settings(teller, &mut sheet);
    head::gap(&mut sheet);
    let header = sheet.next_row();
    sheet.repeat = Some((header, header));
    sheet.push(Row::head([
        "STT",
        "Đơn vị",
        "Cá nhân",
        "Hạng",
        "Chỉ số (%)",
        "Xếp loại",
        "Hình thức khen thưởng",
        "Căn cứ",
        "Cách biệt (điểm %)",
        "Hệ số",
        "Mức thưởng (đồng)",
    ]));
    let (units, persons) = (&teller.awards.collectives, &teller.awards.individuals);
    let (units_first, persons_last) = (
        units.iter().map(|it| (it, Recipients::Collectives)),
        persons.iter().map(|it| (it, Recipients::Individuals)),
    );
    for (number, (award, recipients)) in (1..).zip(units_first.chain(persons_last)) {
        let row = line(teller, &sheet, number, award, recipients, shared.as_ref());
        sheet.push(row);
    }
    let sum = units.iter().chain(persons).map(|award| award.amount).sum();
    let (first, last) = (CellRef::new(header + 1, AMOUNT), sheet.next_row());
    if header + 1 < last {
        let last = CellRef::new(last - 1, AMOUNT);
        let mut cells = vec![Cell::text("Tổng cộng", Level::Total.left()).spanning(AMOUNT)];
        cells.extend((1..AMOUNT).map(|_| Cell::blank(Level::Total.left())));
        let formula = format!("SUM({first}:{last})");
        cells.push(Cell::formula(formula, Value::Money(sum), Level::Total.right()));
        sheet.push(Row::new(cells));
    }
    head::remark(
        &mut sheet,
        "Cách biệt: chỉ số hơn đơn vị đứng đầu trong số không còn suất, cùng khối và cùng quy \
         định; để trống khi không ai bị loại vì hết suất.",
    );
    ties(teller, &mut sheet);
    sheet
}

/// Base salary and rounding, above the table; `None` when no salary is in
/// force.
fn settings(teller: &Teller, sheet: &mut Sheet) -> Option<Shared> {
    let (salary, source) = teller.awards.salary.as_ref()?;
    let columns = head::columns(sheet);
    let mut setting = |label: &str, amount: i64, remark: &str| {
        let at = CellRef::new(sheet.next_row(), SETTING);
        let mut cells = vec![Cell::text(label, Level::Plain).spanning(SETTING)];
        cells.extend((1..SETTING).map(|_| Cell::blank(Level::Plain)));
        cells.push(Cell::new(Value::Money(amount), Level::Body.right()));
        cells.push(Cell::text(remark, Level::Plain).spanning(columns - SETTING - 1));
        sheet.push(Row::new(cells));
        at
    };
    let decided = teller.rules.decided;
    let salary = setting(
        "Mức lương cơ sở (đồng):",
        *salary,
        &format!("có hiệu lực tại ngày quyết định {decided}, theo {source}"),
    );
    let rounding = match teller.rules.rounding {
        MoneyRounding::Up => "làm tròn lên",
        MoneyRounding::Nearest => "làm tròn đến mức gần nhất",
        MoneyRounding::Down => "làm tròn xuống",
    };
    let remark = format!("{rounding}; mức thưởng = hệ số × mức lương cơ sở");
    let step = setting("Làm tròn đến (đồng):", teller.rules.step, &remark);
    Some(Shared { salary, step })
}

/// One award and everything it rests on.
fn line(
    teller: &Teller,
    sheet: &Sheet,
    number: i64,
    award: &Award,
    recipients: Recipients,
    shared: Option<&Shared>,
) -> Row {
    let rule = teller.rule(recipients, award.rule);
    let person = award
        .nominee
        .as_ref()
        .filter(|_| recipients == Recipients::Individuals)
        .map_or("", |it| &it.name);
    let amount = Value::Money(award.amount);
    let amount = match shared {
        None => Cell::new(amount, Level::Body.right()),
        Some(shared) => {
            let coefficient = CellRef::new(sheet.next_row(), COEFFICIENT);
            let formula = formula(teller.rules.rounding, coefficient, shared);
            Cell::formula(formula, amount, Level::Body.right())
        }
    };
    Row::new(vec![
        Cell::new(Value::Whole(number), Level::Body.center()),
        Cell::text(teller.name(&award.unit), Level::Body.left()),
        Cell::text(person, Level::Body.left()),
        Cell::new(Value::Whole(award.rank.into()), Level::Body.center()),
        Cell::new(Value::Percent(award.index), Level::Body.right()),
        Cell::text(teller.band(&award.unit).unwrap_or(""), Level::Body.center()),
        Cell::text(&rule.title, Level::Body.left()),
        Cell::text(&rule.source, Level::Body.left()),
        Cell::new(award.margin.map_or(Value::Blank, Value::Percent), Level::Body.right()),
        Cell::new(Value::Quantity(rule.coefficient), Level::Body.right()),
        amount,
    ])
}

/// Coefficient × base salary to a multiple of the step. The product is rounded
/// to the thousandth of a đồng first: binary dust would cost a whole step.
fn formula(rounding: MoneyRounding, coefficient: CellRef, shared: &Shared) -> String {
    let fixed = |at: CellRef| format!("${}${}", column_name(at.col), at.row + 1);
    let (salary, step) = (fixed(shared.salary), fixed(shared.step));
    let exact = format!("ROUND({coefficient}*{salary},3)");
    match rounding {
        MoneyRounding::Up => format!("CEILING({exact},{step})"),
        MoneyRounding::Down => format!("FLOOR({exact},{step})"),
        MoneyRounding::Nearest => format!("ROUND({exact}/{step},0)*{step}"),
    }
}

/// Ties across a last place, if there are any.
fn ties(teller: &Teller, sheet: &mut Sheet) {
    if teller.awards.ties.is_empty() {
        return;
    }
    let columns = head::columns(sheet);
    head::gap(sheet);
    sheet.push(Row::banner("Đồng hạng ở suất cuối", Level::Strong, columns));
    for tie in &teller.awards.ties {
        sheet.push(Row::banner(ruling(teller, tie), Level::Doubtful, columns));
    }
}

/// One tie, and how the round rules it.
fn ruling(teller: &Teller, tie: &TieNote) -> String {
    let rule = teller.rule(tie.recipients, tie.rule);
    let names: Vec<&str> = tie.units.iter().map(|unit| teller.name(unit)).collect();
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
