//! The workbook of a summary (*Tổng kết*): a history and what it comes to → its
//! sheets. One file a sheet.

mod awards;
mod bands;
mod charts;
mod contents;
mod indices;
mod moves;
mod overview;
mod ranks;
mod sources;
mod targets;
mod template;

use crate::finding::{CellRef, Finding};
use crate::history::History;
use crate::history::period::PeriodBloc;
use crate::history::summary::Summary;
use crate::points::Percent;
use crate::record::Input;
use crate::report::names::Names;
use crate::report::sheet::{Cell, Level, Role, Row, Sheet, Value, Workbook};

pub use template::{books, settings};

/// The workbook. `version` is the program's.
pub fn workbook(
    history: &History,
    summary: &Summary,
    findings: &[Finding],
    inputs: &[Input],
    version: &str,
) -> Workbook {
    let teller = Teller { history, summary };
    let mut names = Names::default();
    let overview = names.take("Tổng quan", "");
    let mut blocs = Vec::new();
    let mut tables = Vec::new();
    for bloc in &history.period.blocs {
        let [index, rank, chart] =
            ["Chỉ số", "Thứ hạng", "Biểu đồ hạng"].map(|kind| names.take(kind, &bloc.name));
        let (ranks, cells) = ranks::sheet(&teller, bloc, rank);
        let (indices, table) = indices::sheet(&teller, bloc, index, &ranks, &cells);
        let chart = charts::ranks(&teller, bloc, chart, &ranks, &cells);
        tables.push(table);
        blocs.push(indices);
        blocs.push(ranks);
        blocs.extend(chart);
    }
    let mut sheets = vec![overview::sheet(&teller, overview, &tables)];
    sheets.extend(blocs);
    sheets.push(bands::sheet(&teller, names.take("Chuyển xếp loại", "")));
    for bloc in &history.period.blocs {
        sheets.extend(moves::sheet(&teller, bloc, names.take("Biến động hạng", &bloc.name)));
    }
    sheets.push(contents::sheet(&teller, names.take("Nội dung cải cách", "")));
    for bloc in &history.period.blocs {
        sheets.extend(contents::units(&teller, bloc, names.take("Nội dung", &bloc.name)));
    }
    sheets.push(contents::weak(&teller, names.take("Mục yếu nhiều năm", "")));
    if !history.period.indicators.is_empty() || !history.period.city.is_empty() {
        sheets.push(targets::sheet(&teller, names.take("Chỉ tiêu", "")));
    }
    if let Some(proposals) = &summary.proposals {
        sheets.extend(awards::sheets(&teller, proposals, &mut names));
    }
    sheets.push(sources::breaks(&teller, names.take("Đơn vị và mốc thay đổi", "")));
    sheets.push(sources::inputs(
        &teller,
        names.take("Nguồn số liệu", ""),
        findings,
        inputs,
        version,
    ));
    Workbook {
        title: history.period.title.clone(),
        dated: history.period.dated,
        places: history.period.places,
        index_places: history.period.places,
        sheets,
        properties: Vec::new(),
    }
}

/// What every sheet is told from.
struct Teller<'a> {
    history: &'a History,
    summary: &'a Summary<'a>,
}

impl Teller<'_> {
    /// An empty lying sheet with its title.
    fn sheet(&self, name: String, widths: &[f64], title: &str) -> Sheet {
        let mut sheet = Sheet {
            name,
            widths: widths.to_vec(),
            footer: self.history.period.title.clone(),
            ..Sheet::default()
        };
        let columns = u32::try_from(widths.len()).expect("a sheet has few columns");
        sheet.push(Row::banner(title, Level::Title, columns));
        sheet.push(Row::banner(&*self.history.period.title, Level::Subtitle, columns));
        sheet
    }

    fn years(&self) -> Vec<i16> {
        self.history.period.years().collect()
    }

    /// `2014*`: the year, with a star when the bloc's criteria set is new.
    fn year_head(&self, bloc: &PeriodBloc, year: i16) -> String {
        if self.is_break(bloc, year) { format!("{year}*") } else { year.to_string() }
    }

    /// Whether the bloc's criteria set is another than in the year before.
    fn is_break(&self, bloc: &PeriodBloc, year: i16) -> bool {
        let period = &self.history.period;
        let era = |year: i16| period.era(&bloc.id, year).map(|era| &era.id);
        period.from < year && era(year) != era(year - 1)
    }

    /// What a star means, when there is one.
    fn break_remark(&self, bloc: &PeriodBloc) -> String {
        let years = self.years().into_iter().filter(|year| self.is_break(bloc, *year));
        let years: Vec<String> = years.map(|year| year.to_string()).collect();
        match years.as_slice() {
            [] => String::new(),
            years => format!(
                " Dấu * : năm bắt đầu dùng bộ chỉ số khác ({}); so sánh qua mốc đó nên xem trang \
                 Nội dung cải cách.",
                years.join(", ")
            ),
        }
    }

    fn index_places(&self) -> u32 {
        self.history.period.places
    }
}

fn number(count: usize) -> Value {
    Value::Whole(i64::try_from(count).expect("a list in memory is shorter than 2^63"))
}

fn percent(percent: Percent, role: impl Into<Role>) -> Cell {
    Cell::new(Value::Percent(percent), role)
}

fn dash(role: impl Into<Role>) -> Cell {
    Cell::text("–", role)
}

/// A column's number from a place in a list.
fn column(at: usize) -> u32 {
    u32::try_from(at).expect("a sheet has few columns")
}

/// A cell of another sheet, for a formula.
fn there(sheet: &str, at: CellRef) -> String {
    format!("'{}'!{at}", sheet.replace('\'', "''"))
}
