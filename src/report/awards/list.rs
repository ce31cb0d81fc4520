//! *Tập thể* and *Cá nhân*: the lists that a decision is issued with, as the
//! annex of an official paper.

use crate::award::Award;
use crate::finding::CellRef;
use crate::finding::column_name;
use crate::report::awards::Teller;
use crate::report::awards::lowered;
use crate::report::head;
use crate::report::sheet::Cell;
use crate::report::sheet::Level;
use crate::report::sheet::Row;
use crate::report::sheet::Sheet;
use crate::report::sheet::Value;
use crate::round::settings::Recipients;
use crate::words::money;

/// One of the two lists.
struct List {
    title: &'static str,
    /// What one line of the list is, for the total.
    noun: &'static str,
    labels: &'static [&'static str],
    /// The column of amounts.
    amount: u32,
    recipients: Recipients,
}

/// The collectives proposed.
pub(super) fn collectives(teller: &Teller) -> Sheet {
    let list = List {
        title: "DANH SÁCH TẬP THỂ ĐƯỢC ĐỀ NGHỊ KHEN THƯỞNG",
        noun: "tập thể",
        labels: &["STT", "Tên tập thể", "Thành tích", "Mức thưởng (đồng)", "Ghi chú"],
        amount: 3,
        recipients: Recipients::Collectives,
    };
    let sheet = teller.sheet("Tập thể", &[5.5, 22.0, 31.0, 12.0, 11.0]);
    told(teller, &list, sheet, &teller.awards.collectives, |teller, award| {
        let mut achievement = teller.achievement(award);
        if let Some(nominee) = award.nominee.as_ref().filter(|it| !it.achievement.is_empty()) {
            achievement = format!("{achievement}. {}", nominee.achievement);
        }
        vec![teller.name(&award.unit).to_owned(), achievement]
    })
}

/// The persons proposed.
pub(super) fn individuals(teller: &Teller) -> Sheet {
    let list = List {
        title: "DANH SÁCH CÁ NHÂN ĐƯỢC ĐỀ NGHỊ KHEN THƯỞNG",
        noun: "cá nhân",
        labels: &[
            "STT",
            "Họ và tên",
            "Chức vụ",
            "Đơn vị công tác",
            "Thành tích",
            "Mức thưởng (đồng)",
            "Ghi chú",
        ],
        amount: 5,
        recipients: Recipients::Individuals,
    };
    let sheet = teller.sheet("Cá nhân", &[5.5, 16.0, 13.0, 16.0, 21.0, 12.0, 9.0]);
    told(teller, &list, sheet, &teller.awards.individuals, |teller, award| {
        let nominee = award.nominee.as_ref();
        let (name, post) = nominee.map_or(("", ""), |it| (&it.name, &it.post));
        let own = nominee.map(|it| it.achievement.clone()).filter(|it| !it.is_empty());
        let of_unit = || format!("Đơn vị {}", lowered(&teller.achievement(award)));
        let achievement = own.unwrap_or_else(of_unit);
        let unit = teller.name(&award.unit).to_owned();
        vec![name.to_owned(), post.to_owned(), unit, achievement]
    })
}

/// Fills a list; `texts` gives the columns between the number and the amount.
fn told(
    teller: &Teller,
    list: &List,
    mut sheet: Sheet,
    awards: &[Award],
    texts: impl Fn(&Teller, &Award) -> Vec<String>,
) -> Sheet {
    sheet.is_portrait = true;
    head::title(&mut sheet, list.title, &[&subject(teller)]);
    head::alarm(&mut sheet, &teller.tally.lacks);
    head::annex(&mut sheet, &accompanying(teller));
    head::gap(&mut sheet);
    let header = sheet.next_row();
    sheet.repeat = Some((header, header));
    sheet.push(Row::head(list.labels.iter().copied()));
    let columns = head::columns(&sheet);
    let mut rule = None;
    for (number, award) in (1..).zip(awards) {
        if rule != Some(award.rule) {
            rule = Some(award.rule);
            let title = heading(teller, list.recipients, award.rule);
            sheet.push(Row::banner(title, Level::Area.left(), columns));
        }
        let mut cells = vec![Cell::new(Value::Whole(number), Level::Body.center())];
        cells.extend(
            texts(teller, award).into_iter().map(|text| Cell::text(text, Level::Body.left())),
        );
        cells.push(Cell::new(Value::Money(award.amount), Level::Body.right()));
        cells.push(Cell::text(remark(teller, list.recipients, award), Level::Body.left()));
        sheet.push(Row::new(cells));
    }
    total(&mut sheet, list, header, awards);
    head::remark(&mut sheet, &format!("Mã xác thực kết quả: {}.", teller.seal));
    sheet
}

/// The last row of the list, and its amount in words.
fn total(sheet: &mut Sheet, list: &List, header: u32, awards: &[Award]) {
    let sum = awards.iter().map(|award| award.amount).sum();
    let end = sheet.next_row();
    if awards.is_empty() {
        head::remark(sheet, &format!("Không có {} nào đủ điều kiện.", list.noun));
        return;
    }
    let first = CellRef::new(header + 1, list.amount);
    let formula = format!("SUM({first}:{}{end})", column_name(list.amount));
    let label = format!("Tổng cộng: {} {}", awards.len(), list.noun);
    let mut cells = vec![Cell::text(label, Level::Total.left()).spanning(list.amount)];
    cells.extend((1..list.amount).map(|_| Cell::blank(Level::Total.left())));
    cells.push(Cell::formula(formula, Value::Money(sum), Level::Total.right()));
    cells.push(Cell::blank(Level::Total.left()));
    sheet.push(Row::new(cells));
    head::remark(sheet, &format!("Bằng chữ: {}.", money::spelled(sum)));
}

/// `Đã có thành tích trong công tác cải cách hành chính năm 2019`.
fn subject(teller: &Teller) -> String {
    format!(
        "Đã có thành tích trong công tác cải cách hành chính năm {}",
        teller.round.settings.year
    )
}

/// `(Kèm theo Quyết định số … ngày 18 tháng 6 năm 2020 của …)`.
fn accompanying(teller: &Teller) -> String {
    let number = Some(teller.rules.decision.as_str()).filter(|it| !it.is_empty());
    let number = number.unwrap_or("……………");
    let (day, body) = (teller.rules.decided.formal(), &teller.round.settings.body);
    format!("(Kèm theo Quyết định số {number} {day} của {body})")
}

/// The award and the blocs it is for.
fn heading(teller: &Teller, recipients: Recipients, at: usize) -> String {
    let rule = teller.rule(recipients, at);
    let blocs = teller.round.settings.blocs.iter().filter(|bloc| rule.blocs.contains(&bloc.id));
    let names: Vec<&str> = blocs.map(|bloc| bloc.name.as_str()).collect();
    format!("{} – {}", rule.title, names.join("; "))
}

/// Shared last places are marked: the list is longer than the quota.
fn remark(teller: &Teller, recipients: Recipients, award: &Award) -> &'static str {
    let is_tied = teller.awards.ties.iter().any(|tie| {
        tie.recipients == recipients && tie.rule == award.rule && tie.units.contains(&award.unit)
    });
    if is_tied { "Đồng hạng ở suất cuối" } else { "" }
}
