//! *Nội dung cải cách*: each content's share of its maximum over the years, to
//! be held or lifted, for blocs and for units; and *Mục yếu nhiều năm*.

use std::collections::{BTreeMap, BTreeSet};

use super::chronicle::{COURSE, Chronicle, Line, or_blank};
use crate::history::contents::{self, ContentTrend, Rating, WeakItem};
use crate::history::period::PeriodBloc;
use crate::history::series::Series;
use crate::points::Percent;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Heat, Level, Mark, Range, Sheet};

pub(super) fn by_bloc(chronicle: Chronicle, name: String) -> Sheet {
    let period = &chronicle.history.period;
    let tables = period.blocs.iter().map(|bloc| (bloc, trends(chronicle, bloc)));
    let tables: Vec<_> = tables.collect();
    let widths = tables.first().map(|it| it.1.widths()).unwrap_or_default();
    let title = "KẾT QUẢ THEO NỘI DUNG CẢI CÁCH HÀNH CHÍNH";
    let mut sheet = chronicle.begin(name, widths, title);
    let limits = &period.limits;
    let remark = format!(
        "Tỷ lệ (%) điểm đạt trên điểm tối đa của các đơn vị được xếp hạng, quy đổi lĩnh vực của \
         từng bộ chỉ số về nội dung. Giữ vững: từ {} %; cần nâng lên: dưới {} %. Dấu * : năm bắt đầu \
         dùng bộ chỉ số khác. Ô trống: năm không có điểm lĩnh vực.",
        limits.hold, limits.lift
    );
    head::remark(&mut sheet, &remark);
    for (bloc, table) in tables {
        head::heading(&mut sheet, &bloc.name);
        let own = chronicle.summary.trends.iter().filter(|it| it.bloc == bloc.id);
        let own: Vec<&ContentTrend> = own.collect();
        let placed = table.write(&mut sheet, &own);
        if let Some((first, last)) = placed.rows() {
            chronicle.draw(&mut sheet, &placed, first..=last);
        }
        let heat = |Range { first, last, .. }| Heat { first, last };
        sheet.heats.extend(chronicle.block(&placed).map(heat));
        head::gap(&mut sheet);
    }
    sheet
}

fn trends<'a>(chronicle: Chronicle<'a>, bloc: &PeriodBloc) -> Table<'a, &'a ContentTrend> {
    let period = &chronicle.history.period;
    let mut columns = vec![
        Column::words("Nội dung", 40.0, |it: &&ContentTrend| {
            period.contents[it.content].name_in(period.to).into()
        })
        .pinned(),
        Column::code(COURSE, 16.0, |_| Entry::blank()),
    ];
    columns.extend(chronicle.years().map(|year| {
        let label = chronicle.year_head(bloc, year);
        Column::number(label, 9.0, move |it: &&ContentTrend| {
            or_blank(it.shares.get(&year).copied())
        })
        .called(year.to_string())
    }));
    columns.push(Column::number("Tăng, giảm", 10.0, move |it: &&ContentTrend| {
        let told = chronicle.years().filter_map(|year| Some((year, *it.shares.get(&year)?)));
        let told: Vec<(i16, Percent)> = told.collect();
        let [first, .., last] = told.as_slice() else { return Entry::dash() };
        let formula = format!("ROUND([{}]-[{}],{})", last.0, first.0, period.places);
        Entry::formula(formula, last.1.minus(first.1))
    }));
    columns.push(Column::words("Hướng", 16.0, |it: &&ContentTrend| match it.rating {
        Rating::Hold => Entry::from("Giữ vững").at(Level::Good),
        Rating::Watch => Entry::from("Theo dõi").at(Level::Doubtful),
        Rating::Lift => Entry::from("Cần nâng lên").at(Level::Bad),
    }));
    Table::new(columns).otherwise("Không năm nào có điểm lĩnh vực.")
}

/// Beyond so many units, remarks at every cell would outweigh the sheet.
const NOTED: usize = 300;

/// A numbered unit, and its spans.
struct Unit<'a> {
    line: Line<'a>,
    spans: Spans,
}

/// Each unit's share of each content in the last year that tells it, and what
/// it gained there since the first; `None` when no year tells any.
pub(super) fn by_unit(chronicle: Chronicle, bloc: &PeriodBloc, name: String) -> Option<Sheet> {
    let (history, period) = (chronicle.history, &chronicle.history.period);
    let series = chronicle.summary.of_bloc(history, &bloc.id).into_iter();
    let spans = series.map(|series| (series, spans(chronicle, bloc, series)));
    let told = spans.filter(|it| !it.1.is_empty()).zip(1..);
    let units: Vec<Unit> =
        told.map(|((series, spans), number)| Unit { line: (number, series), spans }).collect();
    let told: BTreeSet<usize> = units.iter().flat_map(|it| it.spans.keys().copied()).collect();
    let (first, last) = (told.first()?.to_string(), told.last()?.to_string());
    let mut columns = vec![
        Column::code("STT", 6.0, |it: &Unit| it.line.0.into()).pinned(),
        Column::words("Đơn vị", 38.0, |it: &Unit| history.name(it.line.1.line).into()).pinned(),
        Column::code("Năm", 11.0, |it: &Unit| {
            let years: BTreeSet<i16> = it.spans.values().map(|it| it.1.0).collect();
            let years: Vec<String> = years.iter().map(i16::to_string).collect();
            years.join(", ").into()
        }),
    ];
    let is_noted = units.len() <= NOTED;
    columns.extend(told.into_iter().map(|content| {
        let label = period.contents[content].name_in(period.to);
        Column::number(label, 16.0, move |it: &Unit| {
            let Some((from, to)) = it.spans.get(&content) else { return Entry::dash() };
            let gain = to.1.minus(from.1).fixed(period.places);
            let note = format!("Từ {} đến {}: {gain} điểm %", from.0, to.0);
            if is_noted { Entry::from(to.1).with_note(note) } else { to.1.into() }
        })
        .called(content.to_string())
    }));
    let table = Table::new(columns).leading();
    let title = format!("NỘI DUNG CẢI CÁCH CỦA TỪNG ĐƠN VỊ – {}", bloc.name.to_uppercase());
    let mut sheet = chronicle.begin(name, table.widths(), &title);
    let limits = &period.limits;
    let remark = format!(
        "Tỷ lệ (%) điểm tối đa ở năm gần nhất có điểm; rê chuột vào ô để xem mức tăng, giảm từ năm \
         đầu tiên có điểm. Nền xanh: giữ vững (từ {} %); nền đỏ: cần nâng lên (dưới {} %).",
        limits.hold, limits.lift
    );
    head::remark(&mut sheet, &remark);
    let Range { first, last, .. } = table.write(&mut sheet, &units).block(&first, &last)?;
    for (test, limit, level) in [(">=", limits.hold, Level::Good), ("<", limits.lift, Level::Bad)] {
        let limit = limit.to_string().replace(',', ".");
        let formula = format!("AND(ISNUMBER({first}),{first}{test}{limit})");
        sheet.marks.push(Mark { first, last, formula, level });
    }
    Some(sheet)
}

/// By content: the first and the last year that tell it, each with the share.
type Spans = BTreeMap<usize, ((i16, Percent), (i16, Percent))>;

fn spans(chronicle: Chronicle, bloc: &PeriodBloc, series: &Series) -> Spans {
    let mut spans = Spans::new();
    for year in chronicle.years() {
        let entry = series.entry(year).filter(|it| it.bloc == bloc.id && it.placing().is_some());
        let Some(entry) = entry else { continue };
        for (content, share) in contents::of_unit(chronicle.history, &bloc.id, year, entry) {
            let span = spans.entry(content).or_insert(((year, share), (year, share)));
            span.1 = (year, share);
        }
    }
    spans
}

/// Items below the limit in many years.
pub(super) fn weak(chronicle: Chronicle, name: String) -> Sheet {
    let period = &chronicle.history.period;
    let columns = vec![
        Column::words("Khối", 34.0, |it: &WeakItem| {
            period.bloc(&it.bloc).map_or("", |bloc| &bloc.name).into()
        }),
        Column::words("Bộ chỉ số", 28.0, |it: &WeakItem| {
            let era = &period.eras[it.era];
            let area = era.areas.iter().find(|area| area.code == it.code.area());
            let area = area.map_or(String::new(), |area| format!(" – {}", area.name));
            format!("{}{area}", era.title).into()
        }),
        Column::code("Mục", 10.0, |it: &WeakItem| it.code.to_string().into()),
        Column::code("Điểm tối đa", 12.0, |it: &WeakItem| it.max.into()),
        Column::words("Tỷ lệ đạt từng năm (%)", 44.0, |it: &WeakItem| {
            let shares = it.shares.iter();
            let shares =
                shares.map(|(year, share)| format!("{year}: {}", share.fixed(period.places)));
            shares.collect::<Vec<String>>().join("; ").into()
        }),
        Column::code("Số năm yếu", 12.0, |it: &WeakItem| it.weak.into()),
        Column::number("Thấp nhất (%)", 12.0, |it: &WeakItem| {
            it.shares.values().min().copied().unwrap_or_default().into()
        }),
    ];
    let table = Table::new(columns).leading().otherwise("Không có mục nào.");
    let mut sheet = chronicle.begin(name, table.widths(), "MỤC YẾU NHIỀU NĂM");
    let limits = &period.limits;
    let remark = format!(
        "Mục (hoặc lĩnh vực, khi kết quả năm không ghi từng mục) mà cả khối chỉ đạt dưới {} % điểm \
         tối đa trong ít nhất {} năm của cùng một bộ chỉ số.",
        limits.weak, limits.weak_years
    );
    head::remark(&mut sheet, &remark);
    table.write(&mut sheet, &chronicle.summary.weak);
    sheet
}
