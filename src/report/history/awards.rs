//! *Khen thưởng giai đoạn*: who is proposed, for how much and by what margin;
//! and who is not, and why.

use super::chronicle::Chronicle;
use crate::award::DeclineReason;
use crate::history::award::{PassedOver, Proposal, Proposals};
use crate::history::period::{Order, PeriodAwards, PeriodRule};
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Sheet, Value};
use crate::text;
use crate::words;

const AMOUNT: &str = "Mức thưởng (đồng)";
/// A first list of more than this many leaves no room for the second.
const A_PAGE: usize = 8;

/// Who is proposed.
pub(super) fn proposed(
    chronicle: Chronicle,
    rules: &PeriodAwards,
    proposals: &Proposals,
    name: String,
) -> Sheet {
    let title = "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG GIAI ĐOẠN";
    let mut sheet = chronicle.begin(name, list(chronicle).widths(), title);
    let decision = match rules.decision.as_str() {
        "" => "Quyết định số …".to_owned(),
        number => format!("Quyết định số {number}"),
    };
    head::annex(&mut sheet, &format!("(Kèm theo {decision} {})", rules.decided.formal()));
    if let Some(salary) = &proposals.salary {
        let remark = format!(
            "Mức thưởng = hệ số × lương cơ sở {} đồng ({}, từ {}), làm tròn đến {} đồng. Cách biệt: \
             hơn người tốt nhất không còn suất của cùng quy định bao nhiêu điểm %.",
            thousands(salary.amount),
            salary.source,
            salary.since,
            thousands(rules.step)
        );
        head::remark(&mut sheet, &remark);
    }
    let mut sums = Vec::new();
    let mut whole = 0;
    let [_, last] = [
        ("I. TẬP THỂ", &proposals.collectives, &rules.collectives, rules.collective_quota),
        ("II. CÁ NHÂN", &proposals.individuals, &rules.individuals, rules.individual_quota),
    ]
    .map(|(title, proposed, of, quota)| {
        head::heading(&mut sheet, &format!("{title}: {} / {quota} suất", proposed.len()));
        for (number, rule) in (1..).zip(of) {
            head::remark(&mut sheet, &told_rule(number, rule, chronicle));
        }
        let numbered: Vec<Line> = (1..).zip(proposed).collect();
        let placed = list(chronicle).write(&mut sheet, &numbered);
        let sum = proposed.iter().map(|it| it.amount).sum();
        whole += sum;
        let sum = Value::Money(sum);
        let sum = match numbered.as_slice() {
            [] => sum.into(),
            _ => Entry::formula(format!("SUM([{AMOUNT}:])"), sum),
        };
        sums.push(placed.cell(AMOUNT, sheet.next_row()).to_string());
        placed.push_summary(&mut sheet, "Cộng", [(AMOUNT, sum)]);
        head::gap(&mut sheet);
        if let Some(row) = sheet.rows.last_mut().filter(|_| A_PAGE < proposed.len()) {
            row.breaks = sums.len() == 1;
        }
        placed
    });
    let whole = Entry::formula(sums.join("+"), Value::Money(whole));
    last.push_summary(&mut sheet, "Tổng cộng (đồng)", [(AMOUNT, whole)]);
    sheet
}

/// A numbered line a proposal.
type Line<'a> = (usize, &'a Proposal);

fn list(chronicle: Chronicle<'_>) -> Table<'_, Line<'_>> {
    let unit = move |it: &Proposal| chronicle.history.name(it.line);
    Table::new(vec![
        Column::code("STT", 6.0, |it: &Line| it.0.into()),
        Column::words("Tập thể, cá nhân", 32.0, move |it: &Line| {
            it.1.person.as_ref().map_or(unit(it.1), |(name, _)| name).into()
        }),
        Column::words("Chức vụ", 30.0, |it: &Line| {
            it.1.person.as_ref().map_or("", |(_, post)| post).into()
        }),
        Column::words("Đơn vị công tác", 34.0, move |it: &Line| {
            it.1.person.as_ref().map_or("", |_| unit(it.1)).into()
        }),
        Column::words("Thành tích", 52.0, |it: &Line| (&it.1.achievement).into()),
        Column::number("Cơ sở xét (%)", 11.0, |it: &Line| it.1.key.into()),
        Column::number("Cách biệt", 11.0, |it: &Line| Entry::or_dash(it.1.margin)),
        Column::number(AMOUNT, 14.0, |it: &Line| Value::Money(it.1.amount).into()),
        Column::code("Quy định", 9.0, |it: &Line| (it.1.rule + 1).into()),
    ])
}

/// Who is not proposed, and why.
pub(super) fn passed_over(chronicle: Chronicle, proposals: &Proposals, name: String) -> Sheet {
    type Line<'a> = (usize, &'a PassedOver);
    let history = chronicle.history;
    let earlier = |it: &PassedOver| {
        let commended = history.nominations.commended.iter().filter(|mention| {
            history.genealogy.of(&mention.unit) == Some(it.line)
                && mention.key() == it.person.as_deref().map(text::person_key)
        });
        commended.count()
    };
    let table = Table::new(vec![
        Column::code("STT", 6.0, |it: &Line| it.0.into()),
        Column::words("Đơn vị", 36.0, |it: &Line| history.name(it.1.line).into()),
        Column::words("Cá nhân", 28.0, |it: &Line| {
            it.1.person.as_deref().unwrap_or_default().into()
        }),
        Column::code("Số lần đã khen", 16.0, |it: &Line| earlier(it.1).into()),
        Column::words("Lý do", 70.0, |it: &Line| told(chronicle, &it.1.why).into()),
    ])
    .leading();
    let title = "TẬP THỂ, CÁ NHÂN KHÔNG ĐƯỢC ĐỀ NGHỊ VÀ LÝ DO";
    let mut sheet = chronicle.begin(name, table.widths(), title);
    let numbered: Vec<Line> = (1..).zip(&proposals.passed_over).collect();
    table.write(&mut sheet, &numbered);
    sheet
}

/// A rule in one line.
fn told_rule(number: usize, rule: &PeriodRule, chronicle: Chronicle) -> String {
    let period = &chronicle.history.period;
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
fn told(chronicle: Chronicle, why: &DeclineReason) -> String {
    match why {
        DeclineReason::Excluded(reason) => format!("Không được xét: {reason}"),
        DeclineReason::NotNominated => "Không có tên ở trang Đề nghị".to_owned(),
        DeclineReason::UnitQuotaFull => "Đơn vị đã đủ số người được đề nghị".to_owned(),
        DeclineReason::QuotaFull => "Hết suất".to_owned(),
        DeclineReason::TiedOut => "Bằng nhau ở suất cuối, quy định không lấy".to_owned(),
        DeclineReason::AwaitsCouncil => "Bằng nhau ở suất cuối, chờ Hội đồng quyết định".to_owned(),
        why => words::decline_reason(why, "", chronicle.history.period.places),
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
