//! *Biểu đồ hạng*: the ranks of a bloc as ribbons across the years, on a page
//! of its own, to be read from a metre away.

use std::collections::BTreeSet;

use super::chronicle::Chronicle;
use crate::finding::CellRef;
use crate::history::period::PeriodBloc;
use crate::history::series::{self, Stats};
use crate::sheet::head;
use crate::sheet::table::Placed;
use crate::sheet::{Chart, ChartKind, Row, Series, Sheet};
use crate::text;

/// The most lines drawn at all; of a larger bloc only the named ones are.
const MOST: usize = 60;
/// How many of the best by mean are named.
const BEST: usize = 4;

const COLUMNS: usize = 10;
const CHART_ROWS: u32 = 28;

/// The chart's sheet; `None` when no line is ranked in two years.
pub(super) fn ranks<T>(
    chronicle: Chronicle,
    bloc: &PeriodBloc,
    name: String,
    ranks: &Placed<T>,
) -> Option<Sheet> {
    let lines = chronicle.summary.of_bloc(chronicle.history, &bloc.id);
    let named = named(chronicle, bloc);
    let (first, last) = ranks.rows()?;
    let is_drawn = |at: usize| {
        let ranked = chronicle.years().filter(|year| lines[at].placing(*year).is_some()).count();
        2 <= ranked && (named.contains(&lines[at].line) || lines.len() <= MOST)
    };
    let mut drawn: Vec<usize> = (0..lines.len()).filter(|at| is_drawn(*at)).collect();
    // What is named lies over what is not.
    drawn.sort_by_key(|at| named.contains(&lines[*at].line));
    if drawn.is_empty() {
        return None;
    }
    let rows: Vec<u32> = (first..=last).collect();
    let series = drawn.iter().map(|at| Series {
        name: label(chronicle, &lines, *at, &named),
        categories: chronicle.across(ranks, ranks.head()),
        values: chronicle.across(ranks, rows[*at]),
        has_labels: named.contains(&lines[*at].line),
        whiskers: None,
    });
    let worst = lines.iter().flat_map(|it| chronicle.years().filter_map(|year| it.placing(year)));
    let worst = worst.map(|it| it.rank).max().unwrap_or(1);
    let title = format!("THỨ HẠNG QUA CÁC NĂM – {}", bloc.name.to_uppercase());
    let mut sheet = chronicle.begin(name, vec![12.0; COLUMNS], &title);
    let remark = format!(
        "Đường màu: {BEST} đơn vị có chỉ số trung bình cao nhất, đơn vị tăng và đơn vị giảm nhiều \
         bậc nhất từ năm đầu đến năm cuối; các đơn vị khác màu xám. Chỗ đứt: năm không xếp hạng.{}",
        chronicle.break_remark(bloc)
    );
    head::remark(&mut sheet, &remark);
    let row = sheet.next_row();
    sheet.charts.push(Chart {
        kind: ChartKind::Ranks,
        title: format!("Thứ hạng – {}", bloc.name),
        description: format!("Thứ hạng từng năm của {} đơn vị; hạng 1 ở trên cùng", drawn.len()),
        x_title: String::new(),
        y_title: "Thứ hạng".to_owned(),
        series: series.collect(),
        at: CellRef { row, col: 0 },
        width: 940,
        height: CHART_ROWS * 18,
        y_min: Some(1.0),
        y_max: Some(f64::from(worst)),
    });
    sheet.rows.extend((0..CHART_ROWS).map(|_| Row { height: Some(13.5), ..Row::default() }));
    Some(sheet)
}

/// The lines in colour: the best by mean, and who rose and who fell most.
fn named(chronicle: Chronicle, bloc: &PeriodBloc) -> BTreeSet<usize> {
    let compared = chronicle.summary.compared(chronicle.history, &bloc.id);
    let mut named: BTreeSet<usize> = compared.iter().take(BEST).map(|it| it.0.line).collect();
    let climb = |it: &(&_, &Stats)| i64::from(it.1.first.1.rank) - i64::from(it.1.last.1.rank);
    named.extend(compared.iter().max_by_key(|it| climb(it)).map(|it| it.0.line));
    named.extend(compared.iter().min_by_key(|it| climb(it)).map(|it| it.0.line));
    named
}

/// The name at the end of a line. Of named lines that end on one rank, which
/// would be written over each other, the last carries the names of all.
fn label(
    chronicle: Chronicle,
    lines: &[&series::Series],
    at: usize,
    named: &BTreeSet<usize>,
) -> String {
    let year = chronicle.history.period.to;
    let name = |at: usize| short(chronicle.history.name(lines[at].line));
    let rank = |at: usize| lines[at].placing(year).map(|it| it.rank);
    let is_there = |other: &usize| named.contains(&lines[*other].line) && rank(*other) == rank(at);
    let tied: Vec<usize> = (0..lines.len()).filter(is_there).collect();
    if rank(at).is_none() || !named.contains(&lines[at].line) || tied.len() < 2 {
        name(at)
    } else if tied.last() == Some(&at) {
        tied.iter().map(|at| name(*at)).collect::<Vec<String>>().join(", ")
    } else {
        // A name that shows nothing.
        " ".to_owned()
    }
}

/// A name as short as it may be at the end of a line.
fn short(name: &str) -> String {
    text::capitalized(name.strip_prefix("UBND ").unwrap_or(name))
}
