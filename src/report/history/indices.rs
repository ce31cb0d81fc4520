//! *Chỉ số*: each unit's index, year by year, with a small line, mean, gain and
//! steadiness.

use super::chronicle::{COURSE, Chronicle, Line, or_blank};
use crate::history::period::PeriodBloc;
use crate::history::series::{Point, Series, Stats};
use crate::points::Percent;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Heat, Level, Range, Sheet};

/// A bloc's table of indices, for other sheets.
pub(super) struct Indices<'a> {
    pub(super) placed: Placed<'a, Line<'a>>,
    /// The bloc's mean of each year.
    pub(super) means: Vec<Option<Percent>>,
}

impl Indices<'_> {
    /// The row of the bloc's means; `None` when nobody was ever ranked.
    pub(super) fn mean_row(&self) -> Option<u32> {
        let (_, last) = self.placed.rows()?;
        self.means.iter().any(Option::is_some).then_some(last + 1)
    }
}

pub(super) fn indices<'a, T>(
    chronicle: Chronicle<'a>,
    bloc: &'a PeriodBloc,
    name: String,
    ranks: &Placed<T>,
) -> (Sheet, Indices<'a>) {
    let means: Vec<_> = chronicle.years().map(|year| mean(chronicle, bloc, year)).collect();
    let table = Table::new(columns(chronicle, bloc, ranks, &means)).leading();
    let title = format!("CHỈ SỐ QUA CÁC NĂM – {}", bloc.name.to_uppercase());
    let mut sheet = chronicle.begin(name, table.widths(), &title);
    let remark = format!(
        "Đơn vị: %. Ô xám: chỉ số ghép, là trung bình của các đơn vị tiền thân, không tính vào \
         trung bình, thứ hạng và khen thưởng. Dao động: trung bình mức thay đổi giữa hai năm liền \
         nhau, càng nhỏ càng ổn định.{}",
        chronicle.break_remark(bloc)
    );
    head::remark(&mut sheet, &remark);
    let placed = table.write(&mut sheet, &chronicle.units(bloc));
    let heat = |Range { first, last, .. }| Heat { first, last };
    sheet.heats.extend(chronicle.block(&placed).map(heat));
    let indices = Indices { placed, means };
    if let Some((first, last)) = indices.placed.rows() {
        chronicle.draw(&mut sheet, &indices.placed, first..=indices.mean_row().unwrap_or(last));
    }
    (sheet, indices)
}

/// The mean of a bloc's ranked units in a year.
fn mean(chronicle: Chronicle, bloc: &PeriodBloc, year: i16) -> Option<Percent> {
    let series = chronicle.summary.series.iter().filter(|it| it.bloc == bloc.id);
    let indices: Vec<Percent> =
        series.filter_map(|it| it.placing(year)).map(|it| it.index).collect();
    Percent::mean(&indices, chronicle.history.period.places)
}

fn columns<'a, T>(
    chronicle: Chronicle<'a>,
    bloc: &PeriodBloc,
    ranks: &Placed<T>,
    means: &[Option<Percent>],
) -> Vec<Column<'a, Line<'a>>> {
    let places = chronicle.history.period.places;
    let [number, mut name, kind] = chronicle.identity(36.0, 10.5);
    if means.iter().any(Option::is_some) {
        name = name.total("Trung bình của khối");
    }
    let mut columns = vec![number, name, kind, Column::code(COURSE, 16.0, |_| Entry::blank())];
    columns.extend(chronicle.years().zip(means).map(|(year, mean)| {
        let label = chronicle.year_head(bloc, year);
        let key = year.to_string();
        let ranked = ranks.range(&key);
        let column = Column::number(label, 8.5, move |it: &Line| index(chronicle, it.1, year));
        let column = column.called(key);
        let Some((mean, ranked)) = mean.zip(ranked) else { return column };
        // Of those ranked: composed indices do not count.
        let ranked = ranked.there();
        let formula = format!("ROUND(AVERAGEIF({ranked},\">0\",[{year}:]),{places})");
        column.total(Entry::formula(formula, mean))
    }));
    let of_own = |entry: fn(&Stats, &[i16], u32) -> Entry| {
        move |it: &Line| {
            let own: Vec<i16> =
                chronicle.years().filter(|year| own_index(it.1, *year).is_some()).collect();
            let stats = it.1.stats.as_ref().filter(|_| !own.is_empty());
            stats.map_or_else(Entry::dash, |stats| entry(stats, &own, places))
        }
    };
    columns.extend([
        Column::code(
            "Số năm",
            6.5,
            of_own(|stats, own, _| Entry::formula(format!("COUNT({})", span(own)), stats.years)),
        ),
        Column::number(
            "Trung bình",
            9.0,
            of_own(|stats, own, places| {
                Entry::formula(format!("ROUND(AVERAGE({}),{places})", span(own)), stats.mean)
            }),
        ),
        Column::number(
            "Tăng, giảm",
            9.0,
            of_own(|stats, own, places| {
                let (first, last) = (own[0], own[own.len() - 1]);
                Entry::formula(format!("ROUND([{last}]-[{first}],{places})"), stats.gain)
            }),
        ),
        Column::number(
            "Dao động",
            9.0,
            of_own(|stats, own, places| {
                let pairs = own.windows(2).map(|it| format!("ABS([{}]-[{}])", it[1], it[0]));
                let pairs: Vec<String> = pairs.collect();
                let formula = format!("ROUND(({})/{},{places})", pairs.join("+"), pairs.len());
                Entry::or_dash(stats.swing.map(|swing| Entry::formula(formula, swing)))
            }),
        ),
    ]);
    columns
}

/// From the first to the last year of its own.
fn span(own: &[i16]) -> String {
    format!("[{}]:[{}]", own[0], own[own.len() - 1])
}

/// The index of a year in which the line was ranked itself.
fn own_index(series: &Series, year: i16) -> Option<Percent> {
    match series.points.get(&year) {
        Some(Point::Composed { .. }) => None,
        _ => Some(series.placing(year)?.index),
    }
}

fn index(chronicle: Chronicle, series: &Series, year: i16) -> Entry {
    let Some(Point::Composed { index, of }) = series.points.get(&year) else {
        return or_blank(own_index(series, year));
    };
    let names: Vec<&str> = of.iter().map(|it| chronicle.history.name(*it)).collect();
    let note = format!("Trung bình của: {}", names.join("; "));
    Entry::from(*index).at(Level::Closed).with_note(note)
}
