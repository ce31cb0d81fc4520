//! *Chuyển xếp loại*: units per band year by year, and how they moved between
//! bands.

use super::{Teller, column, dash, number};
use crate::finding::CellRef;
use crate::history::migration::Migration;
use crate::history::period::PeriodBloc;
use crate::report::head;
use crate::report::sheet::{Cell, Chart, ChartKind, Heat, Level, Row, Series, Sheet};

const LABEL: f64 = 26.0;
const CELL: f64 = 11.5;
const COLUMNS: usize = 11;
const CHART_ROWS: u32 = 15;

pub(super) fn sheet(teller: &Teller, name: String) -> Sheet {
    let years = teller.years().len();
    let bands = teller.history.period.blocs.iter().map(|it| it.bands.len()).max().unwrap_or(0);
    let columns = COLUMNS.max(years + 1).max(bands + 4);
    let mut widths = vec![LABEL];
    widths.extend((1..columns).map(|_| CELL));
    let mut sheet = teller.sheet(name, &widths, "XẾP LOẠI VÀ CHUYỂN XẾP LOẠI QUA CÁC NĂM");
    for bloc in &teller.history.period.blocs {
        counts(teller, &mut sheet, bloc);
        let of_bloc = |all: &'_ [Migration]| -> Vec<Migration> {
            all.iter().filter(|it| it.bloc == bloc.id).cloned().collect()
        };
        if let Some(whole) = of_bloc(&teller.summary.whole).first() {
            let title = format!("{}: từ năm {} đến năm {}", bloc.name, whole.from, whole.to);
            matrix(&mut sheet, bloc, &title, whole);
        }
        let steps = of_bloc(&teller.summary.steps);
        if let Some(first) = steps.first().filter(|_| 1 < steps.len()) {
            let mut sum = Migration {
                counts: vec![vec![0; first.counts.len()]; first.counts.len()],
                ..first.clone()
            };
            for step in &steps {
                for (row, more) in sum.counts.iter_mut().zip(&step.counts) {
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
fn counts(teller: &Teller, sheet: &mut Sheet, bloc: &PeriodBloc) {
    let is_first = sheet.charts.is_empty();
    if let Some(row) = sheet.rows.last_mut().filter(|_| !is_first) {
        row.breaks = true;
    }
    let years = teller.years();
    sheet.push(Row::banner(
        format!("{}: số đơn vị mỗi mức", bloc.name),
        Level::Strong,
        column(sheet.widths.len()),
    ));
    let head = sheet.next_row();
    let mut labels = vec![Cell::text("Xếp loại", Level::Head)];
    labels.extend(years.iter().map(|year| Cell::text(year.to_string(), Level::Head)));
    sheet.push(Row::new(labels));
    let first = sheet.next_row();
    for (band, name) in bloc.bands.iter().enumerate() {
        let mut cells = vec![Cell::text(name, Level::Body.left())];
        for year in &years {
            let series = teller.summary.series.iter().filter(|it| it.bloc == bloc.id);
            let placed = series.filter_map(|it| it.placing(*year));
            let count = placed.filter(|it| bloc.band(&it.band) == Some(band)).count();
            cells.push(Cell::new(number(count), Level::Body.center()));
        }
        sheet.push(Row::new(cells));
    }
    let last = sheet.next_row().max(first + 1) - 1;
    let mut cells = vec![Cell::text("Cộng", Level::Total.left())];
    for (col, year) in (1..).zip(&years) {
        let [from, to] = [first, last].map(|row| CellRef { row, col });
        let series = teller.summary.series.iter().filter(|it| it.bloc == bloc.id);
        let all = series.filter(|it| it.placing(*year).is_some()).count();
        cells.push(Cell::formula(format!("SUM({from}:{to})"), number(all), Level::Total.center()));
    }
    sheet.push(Row::new(cells));
    let row = |row: u32| {
        let ends = [1, column(years.len())].map(|col| CellRef { row, col });
        sheet.range(ends[0], ends[1])
    };
    let series = (first..).zip(&bloc.bands).map(|(at, band)| Series {
        name: band.clone(),
        categories: row(head),
        values: row(at),
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
fn matrix(sheet: &mut Sheet, bloc: &PeriodBloc, title: &str, migration: &Migration) {
    sheet.push(Row::banner(title, Level::Strong, column(sheet.widths.len())));
    let mut labels = vec!["Từ ↓ đến →".to_owned()];
    labels.extend(bloc.bands.iter().cloned());
    labels.extend(["Không xếp hạng", "Không còn", "Cộng"].map(str::to_owned));
    sheet.push(Row::head(labels.iter().map(String::as_str)));
    let first = sheet.next_row();
    let rows = bloc.bands.iter().cloned().chain(["Không xếp hạng", "Chưa có"].map(str::to_owned));
    let size = migration.counts.len();
    for (name, counts) in rows.zip(&migration.counts) {
        let row = sheet.next_row();
        let mut cells = vec![Cell::text(name, Level::Body.left())];
        cells.extend(counts.iter().map(|count| match count {
            0 => dash(Level::Body.center()),
            _ => Cell::new(number(*count), Level::Body.center()),
        }));
        let [from, to] = [1, column(size)].map(|col| CellRef { row, col });
        let sum = number(counts.iter().sum());
        cells.push(Cell::formula(format!("SUM({from}:{to})"), sum, Level::Total.center()));
        sheet.push(Row::new(cells));
    }
    let last = sheet.next_row() - 1;
    let mut cells = vec![Cell::text("Cộng", Level::Total.left())];
    for at in 0..=size {
        let col = column(at) + 1;
        let [from, to] = [first, last].map(|row| CellRef { row, col });
        let sum = migration.counts.iter().map(|row| match row.get(at) {
            Some(count) => *count,
            None => row.iter().sum(),
        });
        let sum = number(sum.sum());
        cells.push(Cell::formula(format!("SUM({from}:{to})"), sum, Level::Total.center()));
    }
    sheet.push(Row::new(cells));
    sheet.heats.push(Heat {
        first: CellRef { row: first, col: 1 },
        last: CellRef { row: last, col: column(size) },
    });
    head::gap(sheet);
}
