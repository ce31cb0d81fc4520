//! *Chuyển xếp loại*: units per band year by year, and how they moved between
//! bands.

use super::chronicle::Chronicle;
use crate::finding::CellRef;
use crate::history::migration::Migration;
use crate::history::period::PeriodBloc;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Chart, ChartKind, Heat, Level, Range, Row, Series, Sheet};

const LABEL: f64 = 26.0;
const CELL: f64 = 11.5;
const COLUMNS: usize = 11;
const CHART_ROWS: u32 = 15;

pub(super) fn bands(chronicle: Chronicle, name: String) -> Sheet {
    let period = &chronicle.history.period;
    let bands = period.blocs.iter().map(|it| it.bands.len()).max().unwrap_or(0);
    let columns = COLUMNS.max(chronicle.years().len() + 1).max(bands + 4);
    let mut widths = vec![CELL; columns];
    widths[0] = LABEL;
    let title = "XẾP LOẠI VÀ CHUYỂN XẾP LOẠI QUA CÁC NĂM";
    let mut sheet = chronicle.begin(name, widths, title);
    for bloc in &period.blocs {
        counts(chronicle, &mut sheet, bloc);
        let of_bloc = |all: &[Migration]| -> Vec<Migration> {
            all.iter().filter(|it| it.bloc == bloc.id).cloned().collect()
        };
        if let Some(whole) = of_bloc(&chronicle.summary.whole).first() {
            let title = format!("{}: từ năm {} đến năm {}", bloc.name, whole.from, whole.to);
            matrix(&mut sheet, bloc, &title, &whole.counts);
        }
        let steps = of_bloc(&chronicle.summary.steps);
        if let Some(first) = steps.first().filter(|_| 1 < steps.len()) {
            let mut sum = first.counts.clone();
            for step in &steps[1..] {
                for (row, more) in sum.iter_mut().zip(&step.counts) {
                    row.iter_mut().zip(more).for_each(|(cell, more)| *cell += more);
                }
            }
            let title =
                format!("{}: cộng {} lần chuyển giữa hai năm liền nhau", bloc.name, steps.len());
            matrix(&mut sheet, bloc, &title, &sum);
        }
    }
    sheet
}

/// Units per band in each year, as a table and as stacked columns.
fn counts(chronicle: Chronicle, sheet: &mut Sheet, bloc: &PeriodBloc) {
    let is_first = sheet.charts.is_empty();
    if let Some(row) = sheet.rows.last_mut().filter(|_| !is_first) {
        row.breaks = true;
    }
    head::heading(sheet, &format!("{}: số đơn vị mỗi mức", bloc.name));
    let mut columns = vec![
        Column::words("Xếp loại", LABEL, |it: &usize| (&bloc.bands[*it]).into()).total("Cộng"),
    ];
    columns.extend(chronicle.years().map(|year| {
        Column::code(year.to_string(), CELL, move |it: &usize| {
            let series = chronicle.summary.series.iter().filter(|it| it.bloc == bloc.id);
            let placed = series.filter_map(|it| it.placing(year));
            placed.filter(|placing| bloc.band(&placing.band) == Some(*it)).count().into()
        })
        .summed()
    }));
    let bands: Vec<usize> = (0..bloc.bands.len()).collect();
    let placed = Table::new(columns).write(sheet, &bands);
    let series = (placed.head() + 1..).zip(&bloc.bands).map(|(row, band)| Series {
        name: band.clone(),
        categories: chronicle.across(&placed, placed.head()),
        values: chronicle.across(&placed, row),
        has_labels: false,
        whiskers: None,
    });
    let chart = Chart {
        kind: ChartKind::StackedColumn,
        title: format!("Số đơn vị theo xếp loại – {}", bloc.name),
        description: "Số đơn vị mỗi mức xếp loại, từng năm".to_owned(),
        x_title: String::new(),
        y_title: "Số đơn vị".to_owned(),
        series: series.collect(),
        at: CellRef { row: sheet.next_row() + 1, col: 0 },
        width: 1040,
        height: CHART_ROWS * 20,
        y_min: Some(0.0),
        y_max: None,
    };
    sheet.charts.push(chart);
    sheet.rows.extend((0..=CHART_ROWS).map(|_| Row { height: Some(15.75), ..Row::default() }));
    if let Some(row) = sheet.rows.last_mut() {
        row.breaks = true;
    }
}

/// One matrix: rows are where units stood, columns where they went.
fn matrix(sheet: &mut Sheet, bloc: &PeriodBloc, title: &str, counts: &[Vec<usize>]) {
    type Line<'a> = (&'a str, &'a Vec<usize>);
    head::heading(sheet, title);
    let bands = || bloc.bands.iter().map(String::as_str);
    let mut columns =
        vec![Column::words("Từ ↓ đến →", LABEL, |it: &Line| it.0.into()).total("Cộng")];
    columns.extend(bands().chain(["Không xếp hạng", "Không còn"]).enumerate().map(
        |(to, label)| {
            let all: usize = counts.iter().map(|it| it[to]).sum();
            let count = move |it: &Line| Entry::or_dash(Some(it.1[to]).filter(|it| 0 < *it));
            Column::code(label, CELL, count)
                .called(to.to_string())
                .total(sum(&format!("[{to}:]"), all))
        },
    ));
    let to = counts.len() - 1;
    let all: usize = counts.iter().flatten().sum();
    let row = move |it: &Line| sum(&format!("[0]:[{to}]"), it.1.iter().sum()).at(Level::Total);
    columns.push(Column::code("Cộng", CELL, row).total(sum("[Cộng:]", all)));
    let rows: Vec<Line> = bands().chain(["Không xếp hạng", "Chưa có"]).zip(counts).collect();
    let placed = Table::new(columns).write(sheet, &rows);
    let heat = |Range { first, last, .. }| Heat { first, last };
    sheet.heats.extend(placed.block("0", &to.to_string()).map(heat));
    head::gap(sheet);
}

fn sum(cells: &str, sum: usize) -> Entry {
    Entry::formula(format!("SUM({cells})"), sum)
}
