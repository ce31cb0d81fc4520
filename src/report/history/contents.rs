//! *Nội dung cải cách*: each content's share of its maximum over the years, to
//! be held or lifted, for blocs and for units; and *Mục yếu nhiều năm*.

use std::collections::{BTreeMap, BTreeSet};

use super::{Teller, column, dash, number, percent};
use crate::finding::CellRef;
use crate::history::contents::{self, Rating};
use crate::history::period::PeriodBloc;
use crate::history::series::Series;
use crate::points::Percent;
use crate::report::head;
use crate::report::sheet::{Cell, Heat, Level, Mark, Row, Sheet, Sparkline, Value};

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
    sheet.push(Row::banner(remark, Level::Remark, columns));
    for bloc in &period.blocs {
        sheet.push(Row::banner(&*bloc.name, Level::Strong, columns));
        let mut labels = vec!["Nội dung".to_owned(), "Diễn biến".to_owned()];
        labels.extend(years.iter().map(|year| teller.year_head(bloc, *year)));
        labels.extend(["Tăng, giảm", "Hướng"].map(str::to_owned));
        sheet.push(Row::head(labels.iter().map(String::as_str)));
        let first = sheet.next_row();
        for trend in teller.summary.trends.iter().filter(|it| it.bloc == bloc.id) {
            let row = sheet.next_row();
            let content = &period.contents[trend.content];
            let mut cells = vec![
                Cell::text(content.name_in(period.to), Level::Body.left()),
                Cell::blank(Level::Body.center()),
            ];
            let mut told = Vec::new();
            for (col, year) in (YEARS_FROM..).zip(&years) {
                cells.push(match trend.shares.get(year) {
                    Some(share) => {
                        told.push((CellRef { row, col }, *share));
                        percent(*share, Level::Body.right())
                    }
                    None => Cell::blank(Level::Body.right()),
                });
            }
            cells.push(match told.as_slice() {
                [first, .., last] => Cell::formula(
                    format!("ROUND({}-{},{})", last.0, first.0, period.places),
                    Value::Percent(last.1.minus(first.1)),
                    Level::Body.right(),
                ),
                _ => dash(Level::Body.center()),
            });
            let (words, role) = match trend.rating {
                Rating::Hold => ("Giữ vững", Level::Good),
                Rating::Watch => ("Theo dõi", Level::Doubtful),
                Rating::Lift => ("Cần nâng lên", Level::Bad),
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
            sheet.push(Row::banner(none, Level::Body.left(), columns));
        }
        head::gap(&mut sheet);
    }
    sheet
}

const UNIT: [f64; 3] = [6.0, 38.0, 11.0];
const SHARE: f64 = 16.0;
/// Beyond so many units, remarks at every cell would outweigh the sheet.
const NOTED: usize = 300;

/// Each unit's share of each content in the last year that tells it, and what
/// it gained there since the first; `None` when no year tells any.
pub(super) fn units(teller: &Teller, bloc: &PeriodBloc, name: String) -> Option<Sheet> {
    let history = teller.history;
    let rows: Vec<(&Series, Spans)> = teller
        .summary
        .of_bloc(history, &bloc.id)
        .into_iter()
        .map(|series| (series, spans(teller, bloc, series)))
        .filter(|it| !it.1.is_empty())
        .collect();
    let told: BTreeSet<usize> = rows.iter().flat_map(|it| it.1.keys().copied()).collect();
    if told.is_empty() {
        return None;
    }
    let widths: Vec<f64> = UNIT.into_iter().chain(told.iter().map(|_| SHARE)).collect();
    let title = format!("NỘI DUNG CẢI CÁCH CỦA TỪNG ĐƠN VỊ – {}", bloc.name.to_uppercase());
    let mut sheet = teller.sheet(name, &widths, &title);
    let limits = &history.period.limits;
    let remark = format!(
        "Tỷ lệ (%) điểm tối đa ở năm gần nhất có điểm; rê chuột vào ô để xem mức tăng, giảm từ năm \
         đầu tiên có điểm. Nền xanh: giữ vững (từ {} %); nền đỏ: cần nâng lên (dưới {} %).",
        limits.hold, limits.lift
    );
    sheet.push(Row::banner(remark, Level::Remark, column(widths.len())));
    let head = sheet.next_row();
    let mut labels = vec!["STT", "Đơn vị", "Năm"];
    labels.extend(told.iter().map(|it| history.period.contents[*it].name_in(history.period.to)));
    sheet.push(Row::head(labels));
    sheet.repeat = Some((head, head));
    sheet.freeze = Some(CellRef::new(head + 1, 2));
    let first = CellRef { row: sheet.next_row(), col: column(UNIT.len()) };
    for (number, (series, spans)) in (1..).zip(&rows) {
        let years: BTreeSet<i16> = spans.values().map(|it| it.1.0).collect();
        let years: Vec<String> = years.iter().map(i16::to_string).collect();
        let mut cells = vec![
            Cell::new(Value::Whole(number), Level::Body.center()),
            Cell::text(history.name(series.line), Level::Body.left()),
            Cell::text(years.join(", "), Level::Body.center()),
        ];
        cells.extend(told.iter().map(|content| match spans.get(content) {
            None => dash(Level::Body.center()),
            Some((from, to)) => {
                let gain = to.1.minus(from.1).fixed(history.period.places);
                let note = format!("Từ {} đến {}: {gain} điểm %", from.0, to.0);
                let cell = percent(to.1, Level::Body.right());
                if rows.len() <= NOTED { cell.with_note(note) } else { cell }
            }
        }));
        sheet.push(Row::new(cells));
    }
    let last = CellRef { row: sheet.next_row() - 1, col: column(widths.len()) - 1 };
    for (test, limit, level) in [(">=", limits.hold, Level::Good), ("<", limits.lift, Level::Bad)] {
        let limit = limit.to_string().replace(',', ".");
        let formula = format!("AND(ISNUMBER({first}),{first}{test}{limit})");
        sheet.marks.push(Mark { first, last, formula, level });
    }
    Some(sheet)
}

/// By content: the first and the last year that tell it, each with the share.
type Spans = BTreeMap<usize, ((i16, Percent), (i16, Percent))>;

fn spans(teller: &Teller, bloc: &PeriodBloc, series: &Series) -> Spans {
    let mut spans = Spans::new();
    for year in teller.years() {
        let entry = series.entry(year).filter(|it| it.bloc == bloc.id && it.placing().is_some());
        let Some(entry) = entry else { continue };
        for (content, share) in contents::of_unit(teller.history, &bloc.id, year, entry) {
            let span = spans.entry(content).or_insert(((year, share), (year, share)));
            span.1 = (year, share);
        }
    }
    spans
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
    sheet.push(Row::banner(remark, Level::Remark, columns));
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
            Cell::text(bloc, Level::Body.left()),
            Cell::text(format!("{}{area}", era.title), Level::Body.left()),
            Cell::text(item.code.to_string(), Level::Body.center()),
            Cell::new(Value::Points(item.max), Level::Body.center()),
            Cell::text(shares.join("; "), Level::Body.left()),
            Cell::new(number(item.weak), Level::Body.center()),
            percent(lowest, Level::Body.right()),
        ]));
    }
    if teller.summary.weak.is_empty() {
        sheet.push(Row::banner("Không có mục nào.", Level::Body.left(), columns));
    }
    sheet
}
