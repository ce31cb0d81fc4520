//! *Nội dung cải cách*: each content's share of its maximum over the years, to
//! be held or lifted; and *Mục yếu nhiều năm*.

use super::{Teller, column, dash, number, percent};
use crate::finding::CellRef;
use crate::history::contents::Rating;
use crate::report::head;
use crate::report::sheet::{Cell, Heat, Role, Row, Sheet, Sparkline, Value};

const LABEL: f64 = 40.0;
const LINE: f64 = 16.0;
const YEAR: f64 = 9.0;
const YEARS_FROM: u32 = 2;

pub(super) fn sheet(teller: &Teller, name: String) -> Sheet {
    let period = &teller.history.period;
    let years = teller.years();
    let mut widths = vec![LABEL, LINE];
    widths.extend(years.iter().map(|_| YEAR));
    widths.extend([10.0, 16.0]);
    let mut sheet = teller.sheet(name, &widths, "KẾT QUẢ THEO NỘI DUNG CẢI CÁCH HÀNH CHÍNH");
    let columns = column(widths.len());
    let limits = &period.limits;
    let remark = format!(
        "Tỷ lệ (%) điểm đạt trên điểm tối đa của các đơn vị được xếp hạng, quy đổi lĩnh vực của \
         từng bộ chỉ số về nội dung. Giữ vững: từ {} %; cần nâng lên: dưới {} %. Dấu * : năm bắt đầu \
         dùng bộ chỉ số khác. Ô trống: năm không có điểm lĩnh vực.",
        limits.hold, limits.lift
    );
    sheet.push(Row::banner(remark, Role::Remark, columns));
    for bloc in &period.blocs {
        sheet.push(Row::banner(&*bloc.name, Role::Strong, columns));
        let mut labels = vec!["Nội dung".to_owned(), "Diễn biến".to_owned()];
        labels.extend(years.iter().map(|year| teller.year_head(bloc, *year)));
        labels.extend(["Tăng, giảm", "Hướng"].map(str::to_owned));
        sheet.push(Row::head(labels.iter().map(String::as_str)));
        let first = sheet.next_row();
        for trend in teller.summary.trends.iter().filter(|it| it.bloc == bloc.id) {
            let row = sheet.next_row();
            let content = &period.contents[trend.content];
            let mut cells =
                vec![Cell::text(content.name_in(period.to), Role::Text), Cell::blank(Role::Center)];
            let mut told = Vec::new();
            for (col, year) in (YEARS_FROM..).zip(&years) {
                cells.push(match trend.shares.get(year) {
                    Some(share) => {
                        told.push((CellRef { row, col }, *share));
                        percent(*share, Role::Number)
                    }
                    None => Cell::blank(Role::Number),
                });
            }
            cells.push(match told.as_slice() {
                [first, .., last] => Cell::formula(
                    format!("ROUND({}-{},{})", last.0, first.0, period.places),
                    Value::Percent(last.1.minus(first.1)),
                    Role::Number,
                ),
                _ => dash(Role::Center),
            });
            let (words, role) = match trend.rating {
                Rating::Hold => ("Giữ vững", Role::Good),
                Rating::Watch => ("Theo dõi", Role::Doubtful),
                Rating::Lift => ("Cần nâng lên", Role::Bad),
            };
            cells.push(Cell::text(words, role));
            let last = YEARS_FROM + column(years.len()) - 1;
            let values = sheet.range(CellRef { row, col: YEARS_FROM }, CellRef { row, col: last });
            sheet.sparklines.push(Sparkline { at: CellRef { row, col: 1 }, values });
            sheet.push(Row::new(cells));
        }
        let end = sheet.next_row();
        if first < end {
            sheet.heats.push(Heat {
                first: CellRef { row: first, col: YEARS_FROM },
                last: CellRef { row: end - 1, col: YEARS_FROM + column(years.len()) - 1 },
            });
        } else {
            let none = "Không năm nào có điểm lĩnh vực.";
            sheet.push(Row::banner(none, Role::Text, columns));
        }
        head::gap(&mut sheet);
    }
    sheet
}

const WEAK: [f64; 7] = [34.0, 28.0, 10.0, 12.0, 44.0, 12.0, 12.0];

/// Items below the limit in many years.
pub(super) fn weak(teller: &Teller, name: String) -> Sheet {
    let period = &teller.history.period;
    let mut sheet = teller.sheet(name, &WEAK, "MỤC YẾU NHIỀU NĂM");
    let columns = column(WEAK.len());
    let limits = &period.limits;
    let remark = format!(
        "Mục (hoặc lĩnh vực, khi kết quả năm không ghi từng mục) mà cả khối chỉ đạt dưới {} % điểm \
         tối đa trong ít nhất {} năm của cùng một bộ chỉ số.",
        limits.weak, limits.weak_years
    );
    sheet.push(Row::banner(remark, Role::Remark, columns));
    let head = sheet.next_row();
    sheet.push(Row::head([
        "Khối",
        "Bộ chỉ số",
        "Mục",
        "Điểm tối đa",
        "Tỷ lệ đạt từng năm (%)",
        "Số năm yếu",
        "Thấp nhất (%)",
    ]));
    sheet.repeat = Some((head, head));
    for item in &teller.summary.weak {
        let era = &period.eras[item.era];
        let bloc = period.bloc(&item.bloc).map_or("", |bloc| &bloc.name);
        let area = era.areas.iter().find(|it| it.code == item.code.area());
        let area = area.map_or(String::new(), |area| format!(" – {}", area.name));
        let shares: Vec<String> = item
            .shares
            .iter()
            .map(|(year, share)| format!("{year}: {}", share.fixed(period.places)))
            .collect();
        let lowest = item.shares.values().min().copied().unwrap_or_default();
        sheet.push(Row::new(vec![
            Cell::text(bloc, Role::Text),
            Cell::text(format!("{}{area}", era.title), Role::Text),
            Cell::text(item.code.to_string(), Role::Center),
            Cell::new(Value::Points(item.max), Role::Center),
            Cell::text(shares.join("; "), Role::Text),
            Cell::new(number(item.weak), Role::Center),
            percent(lowest, Role::Number),
        ]));
    }
    if teller.summary.weak.is_empty() {
        sheet.push(Row::banner("Không có mục nào.", Role::Text, columns));
    }
    sheet
}
