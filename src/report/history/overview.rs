//! *Tổng quan*: the period on one page, then its charts.

use super::chronicle::{Chronicle, or_blank};
use super::indices::Indices;
use crate::finding::CellRef;
use crate::history::series::{Continuity, Series, Stats};
use crate::points::Quantity;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{self, Align, Cell, Chart, ChartKind, Level, Range, Row, Sheet};

const LABEL: f64 = 30.0;
const YEAR: f64 = 10.5;
/// A short period still needs the width of its letterhead.
const COLUMNS: usize = 8;
const CHART_ROWS: u32 = 20;
const CITY: &str = "Chỉ số của chính địa phương";

pub(super) fn overview(chronicle: Chronicle, name: String, tables: &[Indices]) -> Sheet {
    let period = &chronicle.history.period;
    let mut widths = vec![YEAR; COLUMNS.max(chronicle.years().len() + 1)];
    widths[0] = LABEL;
    let mut sheet = Sheet { name, widths, footer: period.title.clone(), ..Sheet::default() };
    head::letterhead(&mut sheet, &period.parent_body, &period.body);
    head::dateline(&mut sheet, &period.place, Some(period.dated));
    head::gap(&mut sheet);
    head::title(&mut sheet, "TỔNG HỢP KẾT QUẢ CẢI CÁCH HÀNH CHÍNH NHIỀU NĂM", &[&period.title]);
    head::gap(&mut sheet);
    facts(chronicle, &mut sheet);
    let city = means(chronicle, &mut sheet, tables);
    people(chronicle, &mut sheet);
    notable(chronicle, &mut sheet);
    charts(chronicle, &mut sheet, tables, city);
    sheet
}

fn fact(sheet: &mut Sheet, label: &str, fact: impl Into<String>) {
    let mut row = Row::banner(fact, Level::Body.left(), head::columns(sheet) - 1);
    row.cells.insert(0, Cell::text(label, Level::Criterion.left()));
    sheet.push(row);
}

fn facts(chronicle: Chronicle, sheet: &mut Sheet) {
    let history = chronicle.history;
    let period = &history.period;
    fact(sheet, "Căn cứ", &*period.source);
    let missing = period.years.iter().filter_map(|it| Some((it.year, it.missing.as_ref()?)));
    let missing: Vec<String> = missing.map(|(year, why)| format!("{year} ({why})")).collect();
    let span = format!(
        "{}–{}: {} năm có kết quả{}",
        period.from,
        period.to,
        history.years.len(),
        if missing.is_empty() {
            String::new()
        } else {
            format!("; thiếu: {}", missing.join(", "))
        }
    );
    fact(sheet, "Giai đoạn", span);
    let count = |kind| chronicle.summary.series.iter().filter(|it| it.continuity == kind).count();
    let kinds = format!(
        "{} đơn vị: {} chuỗi liên tục, {} đứt đoạn, {} ghép (xem trang Đơn vị và mốc thay đổi)",
        chronicle.summary.series.len(),
        count(Continuity::Continuous),
        count(Continuity::Broken),
        count(Continuity::Composed),
    );
    fact(sheet, "Đơn vị", kinds);
    let sets: Vec<String> = period
        .eras
        .iter()
        .map(|era| format!("{} ({}–{}, {})", era.title, era.from, era.to, era.source))
        .collect();
    fact(sheet, "Bộ chỉ số", sets.join("; "));
    head::gap(sheet);
}

/// What is said of each year.
struct Line {
    label: String,
    level: Level,
    entries: Vec<Entry>,
}

fn by_year(chronicle: Chronicle) -> Table<'static, Line> {
    let mut columns = vec![Column::words("Khối", LABEL, |it: &Line| (&it.label).into())];
    columns.extend(chronicle.years().enumerate().map(|(at, year)| {
        Column::number(year.to_string(), YEAR, move |it: &Line| it.entries[at].clone())
    }));
    Table::new(columns).levels(|it| it.level)
}

/// The mean of each bloc, year by year. Gives the cells of the city's own index.
fn means(chronicle: Chronicle, sheet: &mut Sheet, tables: &[Indices]) -> Option<Range> {
    head::heading(sheet, "1. Chỉ số trung bình từng khối (%)");
    let period = &chronicle.history.period;
    let mut lines: Vec<Line> = Vec::new();
    for (bloc, table) in period.blocs.iter().zip(tables) {
        let entries = chronicle.years().zip(&table.means).map(|(year, mean)| {
            let key = year.to_string();
            or_blank(mean.zip(table.mean_row()).map(|(mean, row)| {
                Entry::formula(table.placed.across(&key, &key, row).there(), mean)
            }))
        });
        let entries = entries.collect();
        lines.push(Line { label: bloc.name.clone(), level: Level::Body, entries });
    }
    if !period.city.is_empty() {
        let city = |year: i16| period.city.iter().find(|it| it.year == year);
        let index = |year| or_blank(city(year).and_then(|it| it.index).map(Quantity::percent));
        let group = |year| {
            let group = city(year).map(|it| {
                let rank = it.rank.map(|rank| format!(" ({rank})")).unwrap_or_default();
                format!("{}{rank}", it.group)
            });
            or_blank(group).aligned(Align::Center)
        };
        let indices = chronicle.years().map(index).collect();
        lines.push(Line { label: CITY.to_owned(), level: Level::Area, entries: indices });
        let groups = chronicle.years().map(group).collect();
        lines
            .push(Line { label: "Nhóm (hạng)".to_owned(), level: Level::Body, entries: groups });
    }
    let placed = by_year(chronicle).write(sheet, &lines);
    if let Some(row) = sheet.rows.last_mut() {
        row.breaks = true;
    }
    let city = lines.iter().position(|it| it.label == CITY)?;
    Some(chronicle.across(&placed, (placed.head() + 1..).nth(city)?))
}

/// How many units were ranked, and who led.
fn people(chronicle: Chronicle, sheet: &mut Sheet) {
    head::heading(sheet, "2. Số đơn vị được xếp hạng và đơn vị dẫn đầu");
    let mut lines = Vec::new();
    for bloc in &chronicle.history.period.blocs {
        let ranked = chronicle.years().map(|year| {
            let ranked = chronicle.summary.series.iter().filter(|it| it.bloc == bloc.id);
            let ranked = ranked.filter_map(|it| Some((it, it.placing(year)?.rank)));
            ranked.collect::<Vec<(&Series, u32)>>()
        });
        let counts = ranked.clone().map(|it| Some(it.len()).filter(|it| 0 < *it));
        let counts = counts.map(|it| Entry::or_dash(it).aligned(Align::Center));
        let leaders = ranked.map(|it| {
            let first = it.iter().filter(|it| it.1 == 1);
            let names: Vec<&str> =
                first.map(|it| bare(chronicle.history.name(it.0.line))).collect();
            Entry::from(names.join("; ")).aligned(Align::Center)
        });
        let lists: [(&str, Vec<Entry>); 2] =
            [("số đơn vị", counts.collect()), ("dẫn đầu", leaders.collect())];
        lines.extend(lists.map(|(what, entries)| Line {
            label: format!("{}: {what}", bloc.name),
            level: Level::Body,
            entries,
        }));
    }
    by_year(chronicle).write(sheet, &lines);
    head::gap(sheet);
}

/// Best, most improved and steadiest, bloc by bloc.
fn notable(chronicle: Chronicle, sheet: &mut Sheet) {
    head::heading(sheet, "3. Đơn vị nổi bật cả giai đoạn");
    let least = chronicle.history.period.limits.ranked_years;
    let remark = format!(
        "So sánh các đơn vị được xếp hạng từ {least} năm trở lên và còn được xếp hạng ở năm cuối."
    );
    head::remark(sheet, &remark);
    for bloc in &chronicle.history.period.blocs {
        let compared = chronicle.summary.compared(chronicle.history, &bloc.id);
        if compared.is_empty() {
            fact(sheet, &bloc.name, "Chưa có đơn vị đủ số năm để so sánh");
            continue;
        }
        let places = chronicle.history.period.places;
        let best = compared.iter().map(|it| it.1.mean).max().unwrap_or_default();
        let gain = compared.iter().map(|it| it.1.gain).max().unwrap_or_default();
        let calm = compared.iter().filter_map(|it| it.1.swing).min();
        let said = |fits: &dyn Fn(&Stats) -> bool, figure: String| {
            let all = compared.iter().filter(|it| fits(it.1));
            let names: Vec<&str> = all.map(|it| chronicle.history.name(it.0.line)).collect();
            format!("{} ({figure})", names.join("; "))
        };
        let facts = [
            said(&|it| it.mean == best, format!("trung bình {} %", best.fixed(places))),
            said(&|it| it.gain == gain, format!("tăng {} điểm %", gain.fixed(places))),
            match calm {
                Some(calm) => said(
                    &|it| it.swing == Some(calm),
                    format!("dao động {} điểm %", calm.fixed(places)),
                ),
                None => "–".to_owned(),
            },
        ];
        let [best, gain, calm] = facts;
        let said = format!("Cao nhất: {best}. Tiến bộ nhất: {gain}. Ổn định nhất: {calm}.");
        fact(sheet, &bloc.name, said);
    }
}

/// Lines of the means; the next page shows how many units reached each band.
fn charts(chronicle: Chronicle, sheet: &mut Sheet, tables: &[Indices], city: Option<Range>) {
    let period = &chronicle.history.period;
    let blocs = period.blocs.iter().zip(tables);
    let lines = blocs.filter_map(|(bloc, table)| Some((bloc, table, table.mean_row()?)));
    let mut series: Vec<sheet::Series> = lines
        .map(|(bloc, table, row)| sheet::Series {
            name: bloc.name.clone(),
            categories: chronicle.across(&table.placed, table.placed.head()),
            values: chronicle.across(&table.placed, row),
            has_labels: true,
            whiskers: None,
        })
        .collect();
    let of_city = if city.is_some() { " và chỉ số của chính địa phương" } else { "" };
    series.extend(city.map(|values| sheet::Series {
        name: CITY.to_owned(),
        categories: series.first().map_or(&values, |it| &it.categories).clone(),
        values,
        has_labels: true,
        whiskers: None,
    }));
    if series.is_empty() {
        return;
    }
    if let Some(row) = sheet.rows.last_mut() {
        row.breaks = true;
    }
    head::heading(sheet, "4. Chỉ số qua các năm");
    let means = tables.iter().flat_map(|it| it.means.iter().flatten().copied());
    let city = period.city.iter().filter_map(|it| it.index);
    let least = means.chain(city.map(Quantity::percent)).min();
    let least = least.map_or(0.0, |least| (least.to_cell() / 10.0).floor() * 10.0);
    sheet.charts.push(Chart {
        kind: ChartKind::Line,
        title: format!("Chỉ số trung bình từng khối{of_city} (%)"),
        description: "Chỉ số trung bình của từng khối, năm đầu đến năm cuối".to_owned(),
        x_title: String::new(),
        y_title: "%".to_owned(),
        series,
        at: CellRef { row: sheet.next_row(), col: 0 },
        width: 1080,
        height: CHART_ROWS * 21,
        y_min: Some(least),
        y_max: Some(100.0),
    });
    sheet.rows.extend((0..CHART_ROWS).map(|_| Row { height: Some(15.75), ..Row::default() }));
}

/// A name without the word for the people's committee.
fn bare(name: &str) -> &str {
    name.strip_prefix("UBND ").unwrap_or(name)
}
