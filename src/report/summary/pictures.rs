//! The last part of *Tổng quan*: units per band in tables and charts, and a
//! chart of who sent what.

use super::ranking::RankTable;
use super::{Teller, percent, whole};
use crate::finding::CellRef;
use crate::points::{Percent, Quantity};
use crate::rank::Ranking;
use crate::report::sheet::{Cell, Chart, ChartKind, Level, Row, Series, Sheet, Value};
use crate::round::settings::Bloc;

/// The rows, 25 pixels high, that a chart covers, and its height in pixels.
const CHART_ROWS: u32 = 9;
const CHART_HEIGHT: u32 = 220;

/// The charts of one printed page.
const A_PAGE: usize = 3;

/// The number of the first heading.
const HEADING: usize = 4;

/// A table of bands beside its chart for each bloc, then the chart of who sent
/// what, from the table of blocs that begins in row `turnout`; a few to a page,
/// so that none is cut in two.
pub(super) fn draw(teller: &Teller, sheet: &mut Sheet, tables: &[RankTable], turnout: u32) {
    let mut painter = Painter { teller, sheet, drawn: 0 };
    for ((bloc, ranking), table) in teller.blocs().zip(tables) {
        painter.bands(bloc, ranking, table);
    }
    if !tables.is_empty() {
        painter.turnout(turnout, tables.len());
    }
}

struct Painter<'a> {
    teller: &'a Teller<'a>,
    sheet: &'a mut Sheet,
    drawn: usize,
}

impl Painter<'_> {
    /// Begins a section, on a new page when this one is full. Gives the row of
    /// its chart.
    fn section(&mut self, title: &str, columns: u32) -> u32 {
        if self.drawn.is_multiple_of(A_PAGE)
            && let Some(row) = self.sheet.rows.last_mut()
        {
            row.breaks = true;
        }
        let heading = format!("{}. {title}", HEADING + self.drawn);
        self.sheet.push(Row::banner(heading, Level::Strong, columns));
        self.drawn += 1;
        self.sheet.next_row()
    }

    fn bands(&mut self, bloc: &Bloc, ranking: &Ranking, table: &RankTable) {
        let top = self.section(&format!("Xếp loại – {}", bloc.name), 4);
        self.sheet.push(Row::head(["Xếp loại", "Từ (%)", "Số đơn vị", "Tỷ lệ (%)"]));
        let first = self.sheet.next_row();
        let count = |band: usize| ranking.standings.iter().filter(|it| it.band == band).count();
        let counts: Vec<usize> = (0..bloc.bands.len()).map(count).collect();
        let places = self.teller.scoring().index_places;
        for ((band, count), share) in bloc.bands.iter().zip(&counts).zip(shares(&counts, places)) {
            let name = CellRef { row: self.sheet.next_row(), col: 0 };
            let number = match table.bands() {
                Some(bands) => {
                    let formula = format!("COUNTIF({},{name})", bands.absolute());
                    Cell::formula(formula, whole(*count), Level::Body.right())
                }
                None => Cell::new(whole(*count), Level::Body.right()),
            };
            self.sheet.push(Row::new(vec![
                Cell::text(&*band.name, Level::Body.left()),
                Cell::new(Value::Quantity(band.from), Level::Body.right()),
                number,
                percent(share, Level::Body.right()),
            ]));
        }
        let last = self.sheet.next_row() - 1;
        let sum = |col: u32, value: Value| {
            let [from, to] = [first, last].map(|row| CellRef { row, col });
            Cell::formula(format!("SUM({from}:{to})"), value, Level::Total.right())
        };
        let all: usize = counts.iter().sum();
        self.sheet.push(Row::new(vec![
            Cell::text("Cộng", Level::Total.left()),
            Cell::blank(Level::Total.right()),
            sum(2, whole(all)),
            sum(3, Value::Percent(shares(&[all], places)[0])),
        ]));
        let chart = Chart {
            title: format!("Số đơn vị theo xếp loại – {}", bloc.name),
            description: format!("Số đơn vị mỗi mức xếp loại của {}", bloc.name),
            series: vec![self.series("Số đơn vị", (first, last), 2)],
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

    fn turnout(&mut self, first: u32, blocs: usize) {
        let top = self.section("Tình hình nộp phiếu", 4);
        let last = first + u32::try_from(blocs).expect("few blocs") - 1;
        let parts = [("Được tính", 3), ("Gạt ra", 4), ("Chưa nộp", 5), ("Được miễn", 6)];
        let series = |(name, col): (&str, u32)| Series {
            // Labels of thin slices would lie over each other.
            has_labels: col == parts[0].1,
            ..self.series(name, (first, last), col)
        };
        let chart = Chart {
            kind: ChartKind::StackedColumn,
            title: "Số đơn vị theo tình hình nộp phiếu".to_owned(),
            description: "Số đơn vị có phiếu được tính, bị gạt ra, chưa nộp, được miễn".to_owned(),
            series: parts.map(series).into(),
            ..chart(CellRef { row: top, col: 0 }, 1200)
        };
        self.hang(top, chart);
    }

    fn series(&self, name: &str, rows: (u32, u32), values: u32) -> Series {
        let column = |col: u32| {
            let [first, last] = [rows.0, rows.1].map(|row| CellRef { row, col });
            self.sheet.range(first, last)
        };
        Series {
            name: name.to_owned(),
            categories: column(0),
            values: column(values),
            has_labels: true,
            whiskers: None,
        }
    }
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
