//! *Khen thưởng giai đoạn*: who is proposed, for how much and by what margin;
//! and who is not, and why.

use super::{Teller, column, dash, percent};
use crate::award::DeclineReason;
use crate::finding::CellRef;
use crate::history::award::{Proposal, Proposals};
use crate::history::period::{Order, PeriodAwards, PeriodRule};
use crate::report::head;
use crate::report::names::Names;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};
use crate::words;

const WIDTHS: [f64; 9] = [6.0, 32.0, 30.0, 34.0, 52.0, 11.0, 11.0, 14.0, 9.0];
const AMOUNT: u32 = 7;
/// A first list of more than this many leaves no room for the second.
const A_PAGE: usize = 8;
const LEFT_OUT: [f64; 5] = [6.0, 36.0, 28.0, 16.0, 70.0];

pub(super) fn sheets(teller: &Teller, proposals: &Proposals, names: &mut Names) -> Vec<Sheet> {
    let Some(rules) = &teller.history.period.awards else { return Vec::new() };
    vec![
        proposed(teller, rules, proposals, names.take("Khen thưởng", "")),
        passed_over(teller, proposals, names.take("Không đề nghị khen", "")),
    ]
}

fn proposed(teller: &Teller, rules: &PeriodAwards, proposals: &Proposals, name: String) -> Sheet {
    let title = "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG GIAI ĐOẠN";
    let mut sheet = teller.sheet(name, &WIDTHS, title);
    let columns = column(WIDTHS.len());
    let decision = match rules.decision.as_str() {
        "" => "Quyết định số …".to_owned(),
        number => format!("Quyết định số {number}"),
    };
    let annex = format!("(Kèm theo {decision} {})", rules.decided.formal());
    sheet.push(Row::banner(annex, Level::SignHint, columns));
    if let Some(salary) = &proposals.salary {
        let remark = format!(
            "Mức thưởng = hệ số × lương cơ sở {} đồng ({}, từ {}), làm tròn đến {} đồng. Cách biệt: \
             hơn người tốt nhất không còn suất của cùng quy định bao nhiêu điểm %.",
            thousands(salary.amount),
            salary.source,
            salary.since,
            thousands(rules.step)
        );
        sheet.push(Row::banner(remark, Level::Remark, columns));
    }
    let mut totals = Vec::new();
    for (title, list, of, quota) in [
        ("I. TẬP THỂ", &proposals.collectives, &rules.collectives, rules.collective_quota),
        ("II. CÁ NHÂN", &proposals.individuals, &rules.individuals, rules.individual_quota),
    ] {
        let heading = format!("{title}: {} / {quota} suất", list.len());
        sheet.push(Row::banner(heading, Level::Strong, columns));
        for (number, rule) in (1..).zip(of) {
            sheet.push(Row::banner(told_rule(number, rule, teller), Level::Remark, columns));
        }
        totals.push(table(teller, &mut sheet, list));
        head::gap(&mut sheet);
        if let Some(row) = sheet.rows.last_mut().filter(|_| A_PAGE < list.len()) {
            row.breaks = totals.len() == 1;
        }
    }
    let sum: i64 = totals.iter().map(|it| it.1).sum();
    let cells: Vec<String> = totals.iter().map(|it| it.0.to_string()).collect();
    let mut row = Row::banner("Tổng cộng (đồng)", Level::Total.left(), AMOUNT);
    row.cells.push(Cell::formula(cells.join("+"), Value::Money(sum), Level::Total.right()));
    row.cells.push(Cell::blank(Level::Total.left()));
    sheet.push(row);
    sheet
}

/// One list. Gives the cell of its sum, and the sum.
fn table(teller: &Teller, sheet: &mut Sheet, proposed: &[Proposal]) -> (CellRef, i64) {
    let labels = [
        "STT",
        "Tập thể, cá nhân",
        "Chức vụ",
        "Đơn vị công tác",
        "Thành tích",
        "Cơ sở xét (%)",
        "Cách biệt",
        "Mức thưởng (đồng)",
        "Quy định",
    ];
    sheet.push(Row::head(labels));
    let first = sheet.next_row();
    for (number, it) in (1..).zip(proposed) {
        let unit = teller.history.name(it.line);
        let (name, post) = match &it.person {
            Some((name, post)) => (name.as_str(), post.as_str()),
            None => (unit, ""),
        };
        sheet.push(Row::new(vec![
            Cell::new(Value::Whole(number), Level::Body.center()),
            Cell::text(name, Level::Body.left()),
            Cell::text(post, Level::Body.left()),
            Cell::text(if it.person.is_some() { unit } else { "" }, Level::Body.left()),
            Cell::text(&*it.achievement, Level::Body.left()),
            percent(it.key, Level::Body.right()),
            it.margin
                .map_or_else(|| dash(Level::Body.center()), |it| percent(it, Level::Body.right())),
            Cell::new(Value::Money(it.amount), Level::Body.right()),
            Cell::new(number_of(it.rule), Level::Body.center()),
        ]));
    }
    let sum: i64 = proposed.iter().map(|it| it.amount).sum();
    let mut row = Row::banner("Cộng", Level::Total.left(), AMOUNT);
    let at = CellRef { row: sheet.next_row(), col: AMOUNT };
    row.cells.push(if proposed.is_empty() {
        Cell::new(Value::Money(0), Level::Total.right())
    } else {
        let last = CellRef { row: at.row - 1, col: AMOUNT };
        let from = CellRef { row: first, col: AMOUNT };
        Cell::formula(format!("SUM({from}:{last})"), Value::Money(sum), Level::Total.right())
    });
    row.cells.push(Cell::blank(Level::Total.left()));
    sheet.push(row);
    (at, sum)
}

fn passed_over(teller: &Teller, proposals: &Proposals, name: String) -> Sheet {
    let mut sheet = teller.sheet(name, &LEFT_OUT, "TẬP THỂ, CÁ NHÂN KHÔNG ĐƯỢC ĐỀ NGHỊ VÀ LÝ DO");
    let head = sheet.next_row();
    sheet.push(Row::head(["STT", "Đơn vị", "Cá nhân", "Số lần đã khen", "Lý do"]));
    sheet.repeat = Some((head, head));
    let nominations = &teller.history.nominations;
    for (number, it) in (1..).zip(&proposals.passed_over) {
        let person = it.person.as_deref().unwrap_or_default();
        let earlier = nominations.commended.iter().filter(|mention| {
            teller.history.genealogy.of(&mention.unit) == Some(it.line)
                && mention.person.as_deref().unwrap_or_default() == person
        });
        let earlier = i64::try_from(earlier.count()).unwrap_or_default();
        sheet.push(Row::new(vec![
            Cell::new(Value::Whole(number), Level::Body.center()),
            Cell::text(teller.history.name(it.line), Level::Body.left()),
            Cell::text(person, Level::Body.left()),
            Cell::new(Value::Whole(earlier), Level::Body.center()),
            Cell::text(told(teller, &it.why), Level::Body.left()),
        ]));
    }
    sheet
}

fn number_of(rule: usize) -> Value {
    super::number(rule + 1)
}

/// A rule in one line.
fn told_rule(number: usize, rule: &PeriodRule, teller: &Teller) -> String {
    let period = &teller.history.period;
    let blocs = rule.blocs.iter().filter_map(|id| period.bloc(id));
    let blocs: Vec<&str> = blocs.map(|bloc| bloc.name.as_str()).collect();
    let order = match rule.order {
        Order::Mean => "chỉ số trung bình",
        Order::Gain => "mức tăng từ năm đầu đến năm cuối",
    };
    let mut needs = vec![format!("được xếp hạng từ {} năm", rule.ranked_years)];
    needs.extend(rule.band.as_ref().map(|it| format!("đạt từ mức {} trong {} năm", it.0, it.1)));
    needs.extend(rule.mean_min.map(|it| format!("trung bình từ {it} %")));
    needs.extend(rule.gain_min.map(|it| format!("tăng từ {it} điểm %")));
    if rule.nominated {
        needs.push("có đề nghị".to_owned());
    }
    format!(
        "Quy định {number}: {} ({}), {} suất cho {}; hệ số {}; xếp theo {order}; điều kiện: {}.",
        rule.title,
        rule.source,
        rule.quota,
        blocs.join(", "),
        rule.coefficient,
        needs.join(", ")
    )
}

/// The reason as a sentence without a full stop. A summary is nominated for on
/// its own sheet and decided by a council.
fn told(teller: &Teller, why: &DeclineReason) -> String {
    match why {
        DeclineReason::Excluded(reason) => format!("Không được xét: {reason}"),
        DeclineReason::NotNominated => "Không có tên ở trang Đề nghị".to_owned(),
        DeclineReason::UnitQuotaFull => "Đơn vị đã đủ số người được đề nghị".to_owned(),
        DeclineReason::QuotaFull => "Hết suất".to_owned(),
        DeclineReason::TiedOut => "Bằng nhau ở suất cuối, quy định không lấy".to_owned(),
        DeclineReason::AwaitsCouncil => "Bằng nhau ở suất cuối, chờ Hội đồng quyết định".to_owned(),
        why => words::decline_reason(why, "", teller.index_places()),
    }
}

/// `1.490.000`.
fn thousands(amount: i64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if 0 < at && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}
