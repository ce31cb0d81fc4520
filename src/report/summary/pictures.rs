//! The last part of *Tổng quan*: units per band in tables and charts, and a
//! chart of who sent what.

use super::ranking::RankTable;
use crate::finding::CellRef;
use crate::points::{Percent, Quantity};
use crate::rank::Ranking;
use crate::report::basis::Basis;
use crate::round::settings::{Band, Bloc};
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Chart, ChartKind, Level, Range, Row, Series, Sheet};

/// The rows, 25 pixels high, that a chart covers, and its height in pixels.
const CHART_ROWS: u32 = 9;
const CHART_HEIGHT: u32 = 220;

/// The charts of one printed page.
const A_PAGE: usize = 3;

/// The number of the first heading.
const HEADING: usize = 4;

/// A table of bands beside its chart for each bloc, then the chart of who sent
/// what, from the table of blocs; a few to a page, so that none is cut in two.
pub(super) fn draw<T>(basis: Basis, sheet: &mut Sheet, tables: &[RankTable], turnout: &Placed<T>) {
    let mut pictures = Pictures { basis, sheet, drawn: 0 };
    for ((bloc, ranking), table) in basis.blocs().zip(tables) {
        pictures.bands(bloc, ranking, table);
    }
    if !tables.is_empty() {
        pictures.turnout(turnout);
    }
}

/// The pictures drawn so far.
struct Pictures<'a> {
    basis: Basis<'a>,
    sheet: &'a mut Sheet,
    drawn: usize,
}

/// A band, and how many units are in it.
struct Line<'a> {
    band: &'a Band,
    units: usize,
    share: Percent,
}

impl Pictures<'_> {
    /// Begins a section, on a new page when this one is full. Gives the row of
    /// its chart.
    fn section(&mut self, title: &str) -> u32 {
        if self.drawn.is_multiple_of(A_PAGE) {
            self.sheet.end_page();
        }
        let heading = format!("{}. {title}", HEADING + self.drawn);
        self.sheet.push(Row::banner(heading, Level::Strong, 4));
        self.drawn += 1;
        self.sheet.next_row()
    }

    fn bands(&mut self, bloc: &Bloc, ranking: &Ranking, table: &RankTable) {
        let top = self.section(&format!("Xếp loại – {}", bloc.name));
        let count = |band: usize| ranking.standings.iter().filter(|it| it.band == band).count();
        let counts: Vec<usize> = (0..bloc.bands.len()).map(count).collect();
        let places = self.basis.scoring().index_places;
        let lines = bloc.bands.iter().zip(&counts).zip(shares(&counts, places));
        let lines = lines.map(|((band, units), share)| Line { band, units: *units, share });
        let all: usize = counts.iter().sum();
        let ranked = table.bands().map(Range::absolute);
        let bands = Table::new(vec![
            Column::words("Xếp loại", 34.0, |it: &Line| (&*it.band.name).into()).total("Cộng"),
            Column::number("Từ (%)", 11.0, |it: &Line| it.band.from.into()),
            Column::number("Số đơn vị", 11.0, move |it: &Line| match &ranked {
                Some(ranked) => Entry::formula(format!("COUNTIF({ranked},[Xếp loại])"), it.units),
                None => it.units.into(),
            })
            .summed(),
            Column::number("Tỷ lệ (%)", 11.0, |it: &Line| it.share.into())
                .total(Entry::formula("SUM([Tỷ lệ (%):])", shares(&[all], places)[0])),
        ]);
        let bands = bands.write(self.sheet, &lines.collect::<Vec<Line>>());
        let chart = Chart {
            title: format!("Số đơn vị theo xếp loại – {}", bloc.name),
            description: format!("Số đơn vị mỗi mức xếp loại của {}", bloc.name),
            series: series(&bands, "Xếp loại", "Số đơn vị").into_iter().collect(),
            ..chart(CellRef { row: top, col: 5 }, 640)
        };
        self.hang(top, chart);
    }

    /// Hangs up a chart and makes room for it below `top`.
    fn hang(&mut self, top: u32, chart: Chart) {
        self.sheet.charts.push(chart);
        while self.sheet.next_row() < top + CHART_ROWS {
            self.sheet.push(Row { height: Some(18.75), ..Row::default() });
        }
    }

    fn turnout<T>(&mut self, blocs: &Placed<T>) {
        let top = self.section("Tình hình nộp phiếu");
        let parts = ["Được tính", "Gạt ra", "Chưa nộp", "Được miễn"];
        let series = parts.into_iter().filter_map(|part| {
            // Labels of thin slices would lie over each other.
            Some(Series { has_labels: part == parts[0], ..series(blocs, "Khối", part)? })
        });
        let chart = Chart {
            kind: ChartKind::StackedColumn,
            title: "Số đơn vị theo tình hình nộp phiếu".to_owned(),
            description: "Số đơn vị có phiếu được tính, bị gạt ra, chưa nộp, được miễn".to_owned(),
            series: series.collect(),
            ..chart(CellRef { row: top, col: 0 }, 1200)
        };
        self.hang(top, chart);
    }
}

/// A column of a table over another one; `None` of a table without rows.
fn series<T>(table: &Placed<T>, categories: &str, values: &str) -> Option<Series> {
    Some(Series {
        name: values.to_owned(),
        categories: table.range(categories)?,
        values: table.range(values)?,
        has_labels: true,
        whiskers: None,
    })
}

fn chart(at: CellRef, width: u32) -> Chart {
    Chart {
        kind: ChartKind::Column,
        title: String::new(),
        description: String::new(),
        x_title: String::new(),
        y_title: "Số đơn vị".to_owned(),
        series: Vec::new(),
        at,
        width,
        height: CHART_HEIGHT,
        y_min: Some(0.0),
        y_max: None,
    }
}

/// Each count in percent of their sum, rounded so that they add up to 100: what
/// is lost by rounding down goes to the largest remainders, earlier ones first.
/// All zero when the sum is.
fn shares(counts: &[usize], places: u32) -> Vec<Percent> {
    let sum: usize = counts.iter().sum();
    let whole = 100 * 10_usize.pow(places);
    let mut parts: Vec<(usize, usize)> = counts
        .iter()
        .map(|count| (count * whole / sum.max(1), count * whole % sum.max(1)))
        .collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(parts[*at].1));
    let given: usize = parts.iter().map(|part| part.0).sum();
    for at in order.into_iter().take(if sum == 0 { 0 } else { whole - given }) {
        parts[at].0 += 1;
    }
    let percent = |part: usize| {
        let part = i64::try_from(part).expect("at most 100 and its decimals");
        Quantity::scaled(part, places).percent()
    };
    parts.into_iter().map(|part| percent(part.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_always_add_up_to_a_hundred() {
        #[track_caller]
        fn check(counts: &[usize], expected: &[&str]) {
            let shares: Vec<String> = shares(counts, 2).iter().map(|it| it.fixed(2)).collect();
            assert_eq!(shares, expected);
        }
        check(&[1, 1, 1], &["33,34", "33,33", "33,33"]);
        check(&[2, 3, 2, 0], &["28,57", "42,86", "28,57", "0,00"]);
        check(&[12], &["100,00"]);
        check(&[0, 0], &["0,00", "0,00"]);
    }
}
