//! *Tổng quan*: the period on one page, then its charts.

use super::indices::Table;
use super::{Teller, column, dash, number, percent, there};
use crate::finding::CellRef;
use crate::history::period::PeriodBloc;
use crate::history::series::{Continuity, Series, Stats};
use crate::points::Quantity;
use crate::report::head;
use crate::report::sheet::{self, Cell, Chart, ChartKind, Level, Row, Sheet, Value};

const LABEL: f64 = 30.0;
const YEAR: f64 = 10.5;
const CHART_ROWS: u32 = 20;
const CITY: &str = "Chỉ số của chính địa phương";

pub(super) fn sheet(teller: &Teller, name: String, tables: &[Table]) -> Sheet {
    let years = teller.years();
    let mut widths = vec![LABEL];
    widths.extend(years.iter().map(|_| YEAR));
    // A short period still needs the width of its letterhead.
    while widths.len() < 8 {
        widths.push(YEAR);
    }
    let period = &teller.history.period;
    let mut sheet = Sheet { name, widths, footer: period.title.clone(), ..Sheet::default() };
    head::letterhead(&mut sheet, &period.parent_body, &period.body);
    head::dateline(&mut sheet, &period.place, Some(period.dated));
    head::gap(&mut sheet);
    head::title(&mut sheet, "TỔNG HỢP KẾT QUẢ CẢI CÁCH HÀNH CHÍNH NHIỀU NĂM", &[&period.title]);
    head::gap(&mut sheet);
    let mut writer =
        Writer { teller, tables, columns: column(sheet.widths.len()), city: None, sheet };
    writer.facts();
    writer.means();
    writer.people();
    writer.notable();
    writer.charts();
    writer.sheet
}

struct Writer<'a> {
    teller: &'a Teller<'a>,
    tables: &'a [Table],
    columns: u32,
    /// The row of the city's own index.
    city: Option<u32>,
    sheet: Sheet,
}

impl Writer<'_> {
    fn heading(&mut self, text: &str) {
        self.sheet.push(Row::banner(text, Level::Strong, self.columns));
    }

    fn fact(&mut self, label: &str, fact: impl Into<String>) {
        let mut row = Row::banner(fact, Level::Body.left(), self.columns - 1);
        row.cells.insert(0, Cell::text(label, Level::Criterion.left()));
        self.sheet.push(row);
    }

    fn facts(&mut self) {
        let history = self.teller.history;
        let period = &history.period;
        self.fact("Căn cứ", &*period.source);
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
        self.fact("Giai đoạn", span);
        let count =
            |kind| self.teller.summary.series.iter().filter(|it| it.continuity == kind).count();
        let kinds = format!(
            "{} đơn vị: {} chuỗi liên tục, {} đứt đoạn, {} ghép (xem trang Đơn vị và mốc thay đổi)",
            self.teller.summary.series.len(),
            count(Continuity::Continuous),
            count(Continuity::Broken),
            count(Continuity::Composed),
        );
        self.fact("Đơn vị", kinds);
        let sets: Vec<String> = period
            .eras
            .iter()
            .map(|era| format!("{} ({}–{}, {})", era.title, era.from, era.to, era.source))
            .collect();
        self.fact("Bộ chỉ số", sets.join("; "));
        head::gap(&mut self.sheet);
    }

    fn blocs(&self) -> impl Iterator<Item = (&PeriodBloc, &Table)> {
        self.teller.history.period.blocs.iter().zip(self.tables)
    }

    fn year_heads(&self, first: &str) -> Row {
        let years = self.teller.years();
        let labels = std::iter::once(first.to_owned()).chain(years.iter().map(i16::to_string));
        Row::new(labels.map(|label| Cell::text(label, Level::Head)).collect())
    }

    /// The mean of each bloc, year by year.
    fn means(&mut self) {
        self.heading("1. Chỉ số trung bình từng khối (%)");
        let head = self.year_heads("Khối");
        self.sheet.push(head);
        let mut rows = Vec::new();
        for (bloc, table) in self.blocs() {
            let mut cells = vec![Cell::text(&*bloc.name, Level::Body.left())];
            cells.extend(table.mean_of.iter().enumerate().map(|(at, mean)| {
                match (mean, table.mean(at)) {
                    (Some(mean), Some(cell)) => Cell::formula(
                        there(&table.sheet, cell),
                        Value::Percent(*mean),
                        Level::Body.right(),
                    ),
                    _ => Cell::blank(Level::Body.right()),
                }
            }));
            rows.push(Row::new(cells));
        }
        self.sheet.rows.extend(rows);
        if !self.teller.history.period.city.is_empty() {
            self.city = Some(self.sheet.next_row());
            let mut cells = vec![Cell::text(CITY, Level::Area.left())];
            let mut groups = vec![Cell::text("Nhóm (hạng)", Level::Body.left())];
            for year in self.teller.years() {
                let city = self.teller.history.period.city.iter().find(|it| it.year == year);
                let index = city.and_then(|it| it.index);
                cells.push(index.map_or_else(
                    || Cell::blank(Level::Area.right()),
                    |index| percent(index.percent(), Level::Area.right()),
                ));
                groups.push(city.map_or_else(
                    || Cell::blank(Level::Body.center()),
                    |it| {
                        let rank = it.rank.map(|rank| format!(" ({rank})")).unwrap_or_default();
                        Cell::text(format!("{}{rank}", it.group), Level::Body.center())
                    },
                ));
            }
            self.sheet.push(Row::new(cells));
            self.sheet.push(Row::new(groups));
        }
        if let Some(row) = self.sheet.rows.last_mut() {
            row.breaks = true;
        }
    }

    /// How many units were ranked, and who led.
    fn people(&mut self) {
        self.heading("2. Số đơn vị được xếp hạng và đơn vị dẫn đầu");
        let head = self.year_heads("Khối");
        self.sheet.push(head);
        let mut rows = Vec::new();
        for (bloc, _) in self.blocs() {
            let mut counts =
                vec![Cell::text(format!("{}: số đơn vị", bloc.name), Level::Body.left())];
            let mut leaders =
                vec![Cell::text(format!("{}: dẫn đầu", bloc.name), Level::Body.left())];
            for year in self.teller.years() {
                let ranked = self.teller.summary.series.iter().filter(|it| it.bloc == bloc.id);
                let ranked: Vec<(&Series, u32)> =
                    ranked.filter_map(|it| Some((it, it.placing(year)?.rank))).collect();
                counts.push(match ranked.len() {
                    0 => dash(Level::Body.center()),
                    count => Cell::new(number(count), Level::Body.center()),
                });
                let first = ranked.iter().filter(|it| it.1 == 1);
                let names: Vec<&str> =
                    first.map(|it| bare(self.teller.history.name(it.0.line))).collect();
                leaders.push(Cell::text(names.join("; "), Level::Body.center()));
            }
            rows.extend([Row::new(counts), Row::new(leaders)]);
        }
        self.sheet.rows.extend(rows);
        head::gap(&mut self.sheet);
    }

    /// Best, most improved and steadiest, bloc by bloc.
    fn notable(&mut self) {
        self.heading("3. Đơn vị nổi bật cả giai đoạn");
        let least = self.teller.history.period.limits.ranked_years;
        let remark = format!(
            "So sánh các đơn vị được xếp hạng từ {least} năm trở lên và còn được xếp hạng ở năm cuối."
        );
        self.sheet.push(Row::banner(remark, Level::Remark, self.columns));
        for bloc in &self.teller.history.period.blocs {
            let compared = self.teller.summary.compared(self.teller.history, &bloc.id);
            if compared.is_empty() {
                self.fact(&bloc.name, "Chưa có đơn vị đủ số năm để so sánh");
                continue;
            }
            let places = self.teller.index_places();
            let best = compared.iter().map(|it| it.1.mean).max().unwrap_or_default();
            let gain = compared.iter().map(|it| it.1.gain).max().unwrap_or_default();
            let calm = compared.iter().filter_map(|it| it.1.swing).min();
            let said = |fits: &dyn Fn(&Stats) -> bool, figure: String| {
                let all = compared.iter().filter(|it| fits(it.1));
                let names: Vec<&str> = all.map(|it| self.teller.history.name(it.0.line)).collect();
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
            let fact = format!("Cao nhất: {best}. Tiến bộ nhất: {gain}. Ổn định nhất: {calm}.");
            self.fact(&bloc.name, fact);
        }
    }

    /// Lines of the means; the next page shows how many units reached each
    /// band.
    fn charts(&mut self) {
        let blocs = self.blocs().filter(|it| it.1.means.is_some());
        let mut series: Vec<sheet::Series> =
            blocs.map(|(bloc, table)| self.series(bloc, table)).collect();
        let years = column(self.teller.years().len());
        series.extend(self.city.map(|row| sheet::Series {
            name: CITY.to_owned(),
            values: self.sheet.range(CellRef { row, col: 1 }, CellRef { row, col: years }),
            categories: series.first().map_or_else(
                || self.sheet.range(CellRef { row, col: 1 }, CellRef { row, col: years }),
                |it| it.categories.clone(),
            ),
            has_labels: true,
            whiskers: None,
        }));
        if series.is_empty() {
            return;
        }
        if let Some(row) = self.sheet.rows.last_mut() {
            row.breaks = true;
        }
        self.heading("4. Chỉ số qua các năm");
        let means = self.teller.history.period.blocs.iter().zip(self.tables);
        let city = self.teller.history.period.city.iter().filter_map(|it| it.index);
        let means = means.flat_map(|it| it.1.mean_of.iter().flatten().copied());
        let least = means.chain(city.map(Quantity::percent)).min();
        let least = least.map_or(0.0, |least| (least.to_cell() / 10.0).floor() * 10.0);
        let row = self.sheet.next_row();
        self.sheet.charts.push(Chart {
            kind: ChartKind::Line,
            title: match self.city {
                Some(_) => "Chỉ số trung bình từng khối và chỉ số của chính địa phương (%)",
                None => "Chỉ số trung bình từng khối (%)",
            }
            .to_owned(),
            description: "Chỉ số trung bình của từng khối, năm đầu đến năm cuối".to_owned(),
            x_title: String::new(),
            y_title: "%".to_owned(),
            series,
            at: CellRef { row, col: 0 },
            width: 1080,
            height: CHART_ROWS * 21,
            y_min: Some(least),
            y_max: Some(100.0),
        });
        let room = || Row { height: Some(15.75), ..Row::default() };
        self.sheet.rows.extend((0..CHART_ROWS).map(|_| room()));
    }

    fn series(&self, bloc: &PeriodBloc, table: &Table) -> sheet::Series {
        let last = self.teller.years().len() - 1;
        let ends = |from: Option<CellRef>, to: Option<CellRef>| sheet::Range {
            sheet: table.sheet.clone(),
            first: from.unwrap_or_else(|| table.year(0)),
            last: to.unwrap_or_else(|| table.year(last)),
        };
        sheet::Series {
            name: bloc.name.clone(),
            categories: ends(Some(table.year(0)), Some(table.year(last))),
            values: ends(table.mean(0), table.mean(last)),
            has_labels: true,
            whiskers: None,
        }
    }
}

/// A name without the word for the people's committee.
fn bare(name: &str) -> &str {
    name.strip_prefix("UBND ").unwrap_or(name)
}
