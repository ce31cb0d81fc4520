//! *Xếp hạng*: one bloc's ranking, the mean, whoever is not ranked and why, and
//! a chart of the indices.

use std::sync::Arc;

use super::detail::{Detail, Spots, Sum};
use crate::finding::CellRef;
use crate::points::Points;
use crate::rank::{Ranking, Standing, Unranked};
use crate::report::basis::{Basis, there};
use crate::report::extent::RANKING;
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::score::ScoreCard;
use crate::sheet::head;
use crate::sheet::names::Names;
use crate::sheet::table::{Column, Entry, Placed, Table};
use crate::sheet::{Chart, ChartKind, Level, Range, Row, Series, Sheet, SheetOf};
use crate::tally::LastStanding;
use crate::text;
use crate::words;

/// The most bars of one chart, and the rows, 25 pixels high, that it covers.
const BARS_A_PAGE: u32 = 40;
const CHART_ROWS: u32 = 26;
/// The most bars of all charts of a bloc.
const MOST_BARS: u32 = 200;
const CHART_COLUMNS: usize = 12;

const UNIT: &str = "Đơn vị";
const INDEX: &str = "Chỉ số (%)";
const BAND: &str = "Xếp loại";

/// Where a bloc's ranking stands, for the sheets that count in it.
pub(super) struct RankTable {
    sheet: String,
    /// The indices and bands of the ranked; `None` of nobody, and where not all
    /// of them stand there.
    indices: Option<Range>,
    bands: Option<Range>,
    /// The cell of the mean index.
    mean: CellRef,
}

impl RankTable {
    /// The bands of the ranked units.
    pub(super) fn bands(&self) -> Option<&Range> {
        self.bands.as_ref()
    }

    /// The indices of the ranked units.
    pub(super) fn indices(&self) -> Option<&Range> {
        self.indices.as_ref()
    }

    pub(super) fn mean(&self) -> String {
        there(&self.sheet, self.mean)
    }
}

/// The sheet of one bloc, and that of its charts when anybody is ranked. Sums
/// are taken from the bloc's `details`.
pub(super) fn sheet<'a>(
    basis: Basis<'a>,
    bloc: &'a Bloc,
    ranking: &'a Ranking,
    details: &[Detail],
    names: &mut Names,
) -> (SheetOf<'a>, Option<Sheet>, RankTable) {
    let mut lacks = ranking.standings.windows(2);
    let all_lack_the_same = lacks.all(|pair| pair[0].card.lacks == pair[1].card.lacks);
    let spots = details.iter().map(|it| Arc::clone(&it.spots)).collect();
    let lines = Arc::new(Lines { basis, bloc, ranking, spots, all_lack_the_same });
    let columns = Table::new(columns(&lines)).leading();
    let name = names.take("Xếp hạng", &bloc.name);
    let title = format!("XẾP HẠNG – {}", bloc.name.to_uppercase());
    let mut sheet = basis.titled(name, columns.widths(), &title);
    head::remark(&mut sheet, &method(basis));
    let (limits, all) = (basis.edition.limits, ranking.standings.len());
    let shown = limits.shown(&mut sheet, all, "đơn vị", RANKING);
    let ranked = columns.write_long(&mut sheet, shown, Line::Ranked);
    let mean = means(basis, bloc, ranking, &ranked, &mut sheet);
    let rest = lines.unranked();
    if !rest.is_empty() {
        let columns = head::columns(&sheet);
        sheet.push(Row::banner("Đơn vị không xếp hạng", Level::Area, columns));
    }
    let others = limits.shown(&mut sheet, rest.len(), "đơn vị", RANKING);
    for unranked in rest.into_iter().take(others) {
        ranked.push(&mut sheet, &Line::Unranked(unranked));
    }
    let (units, indices) = (ranked.range(UNIT), ranked.range(INDEX));
    let is_whole = shown == all;
    let table = RankTable {
        sheet: sheet.name.clone(),
        indices: indices.clone().filter(|_| is_whole),
        bands: ranked.range(BAND).filter(|_| is_whole),
        mean,
    };
    // Bonus points may lift the best above a hundred.
    let is_within = ranking.standings.iter().all(|it| it.index.total() <= it.index.possible());
    let most = is_within.then_some(100.0);
    let drawn = units.as_ref().zip(indices.as_ref());
    let charts = drawn.map(|(units, indices)| {
        let drawing = chart(bloc, units, indices, most);
        charts(basis, bloc, &drawing, names.take("Biểu đồ", &bloc.name))
    });
    (sheet, charts, table)
}

/// Whom a line is about: a ranked unit by its number, or another one.
#[derive(Clone, Copy)]
enum Line<'a> {
    Ranked(usize),
    Unranked(&'a Unranked),
}

/// What the lines are made from.
struct Lines<'a> {
    basis: Basis<'a>,
    bloc: &'a Bloc,
    ranking: &'a Ranking,
    spots: Vec<Arc<Spots>>,
    /// What is missing stands above the table, once.
    all_lack_the_same: bool,
}

fn columns<'a>(lines: &Arc<Lines<'a>>) -> Vec<Column<'a, Line<'a>>> {
    let places = lines.basis.scoring().index_places;
    let (last_rank, change) = match &lines.basis.tally.last {
        Some(last) => (format!("Hạng năm {}", last.year), format!("So với {}", last.year)),
        None => ("Hạng kỳ trước".to_owned(), "So với kỳ trước".to_owned()),
    };
    let moved = moved(&last_rank);
    let index = format!("ROUND([Tổng điểm]/[Điểm tối đa]*100,{places})");
    // Each column's way from a line to its entry, with the lines at hand.
    let of = |entry: fn(&Lines<'a>, &Line<'a>) -> Entry| {
        let lines = Arc::clone(lines);
        move |line: &Line<'a>| entry(&lines, line)
    };
    let of_card = |entry: fn(&Lines<'a>, &ScoreCard) -> Entry| {
        let lines = Arc::clone(lines);
        move |line: &Line<'a>| lines.card(line).map_or_else(Entry::dash, |it| entry(&lines, it))
    };
    let with = |formula: String, entry: fn(&Lines<'a>, &Line<'a>, &str) -> Entry| {
        let lines = Arc::clone(lines);
        move |line: &Line<'a>| entry(&lines, line, &formula)
    };
    vec![
        Column::code(
            "Hạng",
            6.0,
            of(|it, line| Entry::or_dash(it.standing(line).map(|it| it.rank))),
        )
        .pinned(),
        Column::words(UNIT, 36.0, of(|it, line| it.basis.name(it.unit(line)).into())).pinned(),
        Column::number("Tự chấm", 9.0, of_card(|_, card| card.self_total.into())),
        Column::number(
            "Thẩm định",
            9.0,
            of_card(|it, card| it.linked(card, Sum::Appraised, card.appraised)),
        ),
        Column::number(
            "Khảo sát",
            9.0,
            of_card(|it, card| {
                Entry::or_dash(card.survey.map(|survey| it.linked(card, Sum::Survey, survey)))
            }),
        ),
        Column::number("Điểm thưởng", 8.0, of_card(|_, card| card.bonus.into())),
        Column::number("Điểm trừ", 8.0, of_card(|_, card| card.penalty.into())),
        Column::number(
            "Tổng điểm",
            9.0,
            of_card(|_, card| {
                Entry::formula("SUM([Thẩm định|Khảo sát|Điểm thưởng])-[Điểm trừ]", card.total)
            }),
        ),
        Column::number(
            "Điểm tối đa",
            9.0,
            of_card(|it, card| it.linked(card, Sum::Possible, card.possible)),
        ),
        Column::number(INDEX, 9.0, with(index, Lines::index)),
        Column::code(
            BAND,
            13.0,
            of(|it, line| {
                Entry::or_dash(it.standing(line).map(|own| &it.bloc.bands[own.band].name))
            }),
        ),
        Column::code(
            last_rank,
            8.0,
            of(|it, line| Entry::or_dash(it.last(line).map(|it| it.rank))),
        ),
        Column::code(change, 22.0, with(moved, Lines::change)),
        Column::words(
            "Ghi chú",
            27.0,
            of(|it, line| match line {
                Line::Ranked(at) => it.note(*at).into(),
                Line::Unranked(unranked) => words::reason(unranked, it.basis.round).into(),
            }),
        ),
    ]
}

/// How far a unit moved, `{then}` and `{now}` standing for the sizes of its bloc.
fn moved(last_rank: &str) -> String {
    format!(
        "IF([{last_rank}]>[Hạng],\"▲ \"&([{last_rank}]-[Hạng]),\
         IF([{last_rank}]<[Hạng],\"▼ \"&([Hạng]-[{last_rank}]),\"=\"))\
         &\" (\"&[{last_rank}]&\"/{{then}} → \"&[Hạng]&\"/{{now}})\""
    )
}

/// How ranks come about, so that nobody has to guess.
fn method(basis: Basis) -> String {
    let scoring = basis.scoring();
    let compared = words::compare(scoring.compare);
    let breaks = match &scoring.tie_breaks[..] {
        [] => String::new(),
        some => format!("; khi bằng nhau xét lần lượt {}", words::tie_breaks(some, ", ")),
    };
    let numbering = words::numbering(scoring.numbering);
    format!(
        "Tổng điểm = thẩm định + khảo sát + thưởng − trừ. Chỉ số = tổng điểm ÷ điểm tối đa áp \
         dụng × 100. Xếp hạng theo {compared}{breaks}; đơn vị vẫn bằng nhau thì đồng hạng, \
         đánh số {numbering}."
    )
}

/// The bloc's mean, last round's and the change. Gives the cell of the mean.
fn means(
    basis: Basis,
    bloc: &Bloc,
    ranking: &Ranking,
    ranked: &Placed<Line>,
    sheet: &mut SheetOf,
) -> CellRef {
    let at = ranked.cell(INDEX, sheet.next_row());
    let places = basis.scoring().index_places;
    let average = format!("ROUND(AVERAGE([{INDEX}:]),{places})");
    let is_whole = ranked
        .rows()
        .is_some_and(|(first, last)| ranking.standings.len() == (last - first + 1) as usize);
    let mean =
        ranking.mean.map(|mean| if is_whole { Entry::formula(average, mean) } else { mean.into() });
    let label = format!(
        "Chỉ số trung bình của khối: trung bình của các chỉ số đã làm tròn, {} đơn vị được xếp hạng",
        ranking.standings.len()
    );
    ranked.push_summary(sheet, &label, [(INDEX, Entry::or_dash(mean))]);
    let last = basis.tally.last.as_ref();
    let then = last.and_then(|last| Some((last, *last.means.get(&bloc.id.0)?)));
    if let (Some((last, then)), Some(mean)) = (then, ranking.mean) {
        let below = ranked.cell(INDEX, sheet.next_row());
        let label = format!("Chỉ số trung bình năm {}", last.year);
        ranked.push_summary(sheet, &label, [(INDEX, then.into())]);
        let change = Entry::formula(format!("ROUND({at}-{below},{places})"), mean.minus(then));
        let label = format!("Tăng, giảm so với năm {}", last.year);
        ranked.push_summary(sheet, &label, [(INDEX, change)]);
    }
    at
}

impl<'a> Lines<'a> {
    /// Everybody who is not ranked, by name.
    fn unranked(&self) -> Vec<&'a Unranked> {
        let mut rest: Vec<&Unranked> = self.ranking.unranked.iter().collect();
        rest.sort_by(|a, b| text::compare(self.basis.name(&a.unit), self.basis.name(&b.unit)));
        rest
    }

    fn standing(&self, line: &Line) -> Option<&'a Standing> {
        match line {
            Line::Ranked(at) => Some(&self.ranking.standings[*at]),
            Line::Unranked(_) => None,
        }
    }

    fn card(&self, line: &Line<'a>) -> Option<&'a ScoreCard> {
        match line {
            Line::Ranked(at) => Some(&self.ranking.standings[*at].card),
            Line::Unranked(unranked) => unranked.card.as_ref(),
        }
    }

    fn unit(&self, line: &Line<'a>) -> &'a UnitId {
        match line {
            Line::Ranked(at) => &self.ranking.standings[*at].card.unit,
            Line::Unranked(unranked) => &unranked.unit,
        }
    }

    /// A sum, taken from *Chi tiết* where the unit stands there.
    fn linked(&self, card: &ScoreCard, which: Sum, value: Points) -> Entry {
        let formula = self.spots.iter().find_map(|it| it.sum(&card.unit, which));
        formula.map_or_else(|| value.into(), |it| Entry::formula(it, value))
    }

    fn index(&self, line: &Line<'a>, formula: &str) -> Entry {
        let index = self.card(line).and_then(|card| card.index);
        let shown = index.map(|index| self.basis.scoring().shown(index));
        Entry::or_dash(shown.map(|shown| Entry::formula(formula, shown)))
    }

    fn last(&self, line: &Line<'a>) -> Option<&'a LastStanding> {
        self.basis.tally.last.as_ref()?.standings.get(self.unit(line))
    }

    /// How far a ranked unit rose or fell, and among how many it stood and stands:
    /// the 5th of 20 that is the 21st of 33 did not lose 16 places of the same.
    fn change(&self, line: &Line<'a>, formula: &str) -> Entry {
        let Some((now, then)) = self.standing(line).zip(self.last(line)) else {
            return Entry::dash();
        };
        let moved = then.rank.abs_diff(now.rank);
        let change = match then.rank.cmp(&now.rank) {
            std::cmp::Ordering::Greater => format!("▲ {moved}"),
            std::cmp::Ordering::Less => format!("▼ {moved}"),
            std::cmp::Ordering::Equal => "=".to_owned(),
        };
        let (before, among) = (then.among, self.ranking.standings.len());
        let formula = formula.replace("{then}", &before.to_string());
        let formula = formula.replace("{now}", &among.to_string());
        let change = format!("{change} ({}/{before} → {}/{among})", then.rank, now.rank);
        Entry::formula(formula, change)
    }

    /// What a ranked unit's line is remarked with.
    fn note(&self, at: usize) -> String {
        let standings = &self.ranking.standings;
        let (standing, before) = (&standings[at], at.checked_sub(1).map(|at| &standings[at]));
        let scoring = self.basis.scoring();
        let card = &standing.card;
        let mut notes = Vec::new();
        if !card.lacks.is_empty() && !self.all_lack_the_same {
            notes.push(format!("Tạm tính, còn thiếu {}", words::missing(&card.lacks)));
        }
        if let Some(before) = before {
            let shown = |it: &Standing| scoring.shown(it.index);
            if before.rank == standing.rank {
                notes.push("Đồng hạng với đơn vị trên".to_owned());
            } else if let Some(which) = standing.decided_by {
                let which = scoring.tie_breaks[which];
                let which = words::broken(which, card, &before.card, scoring.index_places);
                notes.push(format!("Bằng chỉ số với đơn vị trên, xếp sau theo {which}"));
            } else if shown(before) == shown(standing) {
                notes.push("Kém đơn vị trên ở chỉ số chưa làm tròn".to_owned());
            }
        }
        if card.possible < card.counted {
            let share = card.assessed.percent().fixed(scoring.index_places);
            notes.push(format!("Áp dụng {share} % điểm của bộ chỉ số"));
        }
        let last = self.basis.tally.last.as_ref();
        let followed = last.and_then(|it| it.standings.get(&card.unit)?.of.as_ref());
        if let (Some(last), Some(of)) = (last, followed) {
            let name = self.basis.name(of);
            notes.push(format!("Hạng năm {} là của {name}, đơn vị tiền thân duy nhất", last.year));
        }
        notes.join(". ")
    }
}

/// The bars of all units, on a sheet of their own, as many charts as fit a page
/// each.
fn charts(basis: Basis, bloc: &Bloc, drawing: &Chart, name: String) -> Sheet {
    let title = format!("BIỂU ĐỒ CHỈ SỐ – {}", bloc.name.to_uppercase());
    let mut sheet = basis.titled(name, vec![12.0; CHART_COLUMNS], &title);
    let Range { first: CellRef { row: first, .. }, last: CellRef { row: last, .. }, .. } =
        drawing.series[0].values;
    let all = last - first + 1;
    let units = all.min(MOST_BARS);
    let last = first + units - 1;
    if units < all {
        head::remark(&mut sheet, &format!("Biểu đồ chỉ vẽ {units} đơn vị đầu."));
    }
    let pages = units.div_ceil(BARS_A_PAGE);
    let a_page = units.div_ceil(pages);
    for page in 0..pages {
        let from = first + page * a_page;
        let to = last.min(from + a_page - 1);
        let units = to - from + 1;
        let cut = |range: &Range| Range {
            sheet: range.sheet.clone(),
            first: CellRef { row: from, ..range.first },
            last: CellRef { row: to, ..range.last },
        };
        let bars = drawing.series.iter().map(|it| Series {
            categories: cut(&it.categories),
            values: cut(&it.values),
            ..it.clone()
        });
        sheet.charts.push(Chart {
            description: format!("Chỉ số của {units} đơn vị được xếp hạng, từ cao xuống thấp"),
            series: bars.collect(),
            at: CellRef::new(sheet.next_row(), 0),
            height: (120 + units * 26).min(CHART_ROWS * 25),
            ..drawing.clone()
        });
        sheet.rows.extend((0..CHART_ROWS).map(|_| Row { height: Some(18.75), ..Row::default() }));
        if let Some(row) = sheet.rows.last_mut() {
            row.breaks = page + 1 < pages;
        }
    }
    sheet
}

/// A bar a unit.
fn chart(bloc: &Bloc, units: &Range, indices: &Range, most: Option<f64>) -> Chart {
    Chart {
        kind: ChartKind::Bar,
        title: format!("Chỉ số cải cách hành chính – {}", bloc.name),
        description: String::new(),
        x_title: INDEX.to_owned(),
        y_title: String::new(),
        series: vec![Series {
            name: INDEX.to_owned(),
            categories: units.clone(),
            values: indices.clone(),
            has_labels: true,
            whiskers: None,
        }],
        at: CellRef::new(0, 0),
        width: 1180,
        height: 0,
        y_min: Some(0.0),
        y_max: most,
    }
}

/// The first and the last of a ranking: their units and indices.
pub(super) fn ends(ranking: &Ranking) -> Option<[Vec<&Standing>; 2]> {
    let last = ranking.standings.last()?.rank;
    let of = |rank: u32| ranking.standings.iter().filter(|it| it.rank == rank).collect();
    Some([of(1), of(last)])
}

#[cfg(test)]
mod tests;
