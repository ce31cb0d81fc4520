//! What every sheet of a summary is told from, how it begins, and what it shows
//! of years.

use std::ops;

use crate::history::History;
use crate::history::period::PeriodBloc;
use crate::history::series::Series;
use crate::history::summary::Summary;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Placed};
use crate::sheet::{Range, Sheet, Sparkline};

/// The column of small lines.
pub(super) const COURSE: &str = "Diễn biến";

/// A history and what it comes to.
#[derive(Clone, Copy)]
pub(super) struct Chronicle<'a> {
    pub(super) history: &'a History,
    pub(super) summary: &'a Summary<'a>,
}

/// A numbered line a unit.
pub(super) type Line<'a> = (usize, &'a Series<'a>);

impl<'a> Chronicle<'a> {
    /// An empty lying sheet with its title.
    pub(super) fn begin(self, name: String, widths: Vec<f64>, title: &str) -> Sheet {
        let period = &self.history.period;
        let mut sheet = Sheet { name, widths, footer: period.title.clone(), ..Sheet::default() };
        head::title(&mut sheet, title, &[&period.title]);
        sheet
    }

    pub(super) fn years(self) -> ops::Range<i16> {
        let period = &self.history.period;
        period.from..period.to + 1
    }

    /// `2014*`: the year, with a star when the bloc's criteria set is new.
    pub(super) fn year_head(self, bloc: &PeriodBloc, year: i16) -> String {
        if self.is_break(bloc, year) { format!("{year}*") } else { year.to_string() }
    }

    /// Whether the bloc's criteria set is another than in the year before.
    fn is_break(self, bloc: &PeriodBloc, year: i16) -> bool {
        let period = &self.history.period;
        let era = |year: i16| period.era(&bloc.id, year).map(|era| &era.id);
        period.from < year && era(year) != era(year - 1)
    }

    /// What a star means, when there is one.
    pub(super) fn break_remark(self, bloc: &PeriodBloc) -> String {
        let years = self.years().filter(|year| self.is_break(bloc, *year));
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

    /// The units of a bloc, by mean.
    pub(super) fn units(self, bloc: &PeriodBloc) -> Vec<Line<'a>> {
        (1..).zip(self.summary.of_bloc(self.history, &bloc.id)).collect()
    }

    /// Which unit a line is about: its number, its name, the kind of its series.
    pub(super) fn identity(self, name: f64, kind: f64) -> [Column<'a, Line<'a>>; 3] {
        [
            Column::code("STT", 6.0, |it: &Line| it.0.into()).pinned(),
            Column::words("Đơn vị", name, move |it: &Line| self.history.name(it.1.line).into())
                .pinned(),
            Column::code("Chuỗi", kind, |it: &Line| it.1.continuity.told().into()),
        ]
    }

    /// The cells of a row in a table's columns of years.
    pub(super) fn across<T>(self, table: &Placed<T>, row: u32) -> Range {
        let [from, to] = self.ends();
        table.across(&from, &to, row)
    }

    /// A table's body in its columns of years.
    pub(super) fn block<T>(self, table: &Placed<T>) -> Option<Range> {
        let [from, to] = self.ends();
        table.block(&from, &to)
    }

    /// The names of the columns of the first and the last year.
    pub(super) fn ends(self) -> [String; 2] {
        [self.history.period.from, self.history.period.to].map(|year| year.to_string())
    }

    /// A small line for the years of each row.
    pub(super) fn draw<T>(
        self,
        sheet: &mut Sheet,
        table: &Placed<T>,
        rows: impl IntoIterator<Item = u32>,
    ) {
        sheet.sparklines.extend(
            rows.into_iter().map(|row| Sparkline {
                at: table.cell(COURSE, row),
                values: self.across(table, row),
            }),
        );
    }
}

/// An entry, or an empty cell.
pub(super) fn or_blank<V: Into<Entry>>(value: Option<V>) -> Entry {
    value.map_or_else(Entry::blank, V::into)
}
