//! *Xếp hạng*: one bloc's ranking, the mean, whoever is not ranked and why, and
//! a chart of the indices.

use std::sync::Arc;

use super::detail::{Detail, Spots};
use super::{Teller, dash, percent, points, there};
use crate::finding::CellRef;
use crate::points::{Percent, Points};
use crate::rank::{Ranking, Standing, Unranked};
use crate::record::words;
use crate::report::names::Names;
use crate::report::sheet::{
    Cell, Chart, ChartKind, Level, Range, Row, Series, Sheet, SheetOf, Value,
};
use crate::round::settings::{Bloc, Compare, Numbering};
use crate::score::ScoreCard;
use crate::text;

const RANK: u32 = 0;
const UNIT: u32 = 1;
const INDEX: u32 = 9;
const BAND: u32 = 10;
const COLUMNS: u32 = 14;

/// The most bars of one chart, and the rows, 25 pixels high, that it covers.
const BARS_A_PAGE: u32 = 40;
const CHART_ROWS: u32 = 26;
const CHART_COLUMNS: u32 = 12;

const WIDTHS: [f64; 14] = [6.0, 36.0, 9.0, 9.0, 9.0, 8.0, 8.0, 9.0, 9.0, 9.0, 13.0, 8.0, 8.0, 34.0];

/// Where a bloc's ranking stands, for the sheets that count in it.
pub(super) struct RankTable {
    sheet: String,
    /// The first and the last row of ranked units; `None` of nobody.
    rows: Option<(u32, u32)>,
    /// The cell of the mean index.
    mean: CellRef,
}

impl RankTable {
    /// The bands of the ranked units.
    pub(super) fn bands(&self) -> Option<Range> {
        self.column(BAND)
    }

    /// The indices of the ranked units.
    pub(super) fn indices(&self) -> Option<Range> {
        self.column(INDEX)
    }

    pub(super) fn mean(&self) -> String {
        there(&self.sheet, self.mean)
    }

    fn column(&self, col: u32) -> Option<Range> {
        let (first, last) = self.rows?;
        let [first, last] = [first, last].map(|row| CellRef { row, col });
        Some(Range { sheet: self.sheet.clone(), first, last })
    }
}

/// The sheet of one bloc, and that of its charts when anybody is ranked. Sums
/// are taken from the bloc's `details`.
pub(super) fn sheet<'a>(
    teller: Teller<'a>,
    bloc: &'a Bloc,
    ranking: &'a Ranking,
    details: &[Detail],
    names: &mut Names,
) -> (SheetOf<'a>, Option<Sheet>, RankTable) {
    let sheet = teller.sheet(names.take("Xếp hạng", &bloc.name), &WIDTHS);
    let mut lacks = ranking.standings.windows(2);
    let all_lack_the_same = lacks.all(|pair| pair[0].card.lacks == pair[1].card.lacks);
    let spots = details.iter().map(|it| Arc::clone(&it.spots)).collect();
    let lines = Lines { teller, bloc, spots, all_lack_the_same };
    let mut writer = Writer { teller, bloc, sheet };
    writer.open();
    let first = writer.sheet.next_row();
    let standings = &ranking.standings;
    let own = lines.clone();
    writer.sheet.push_body(standings.len(), move |at| {
        let before = at.checked_sub(1).map(|at| &standings[at]);
        own.standing(&standings[at], before, first + u32::try_from(at).expect("few units"))
    });
    let rows = writer.sheet.next_row().checked_sub(1).filter(|last| first <= *last);
    let rows = rows.map(|last| (first, last));
    let mean = writer.means(ranking, rows);
    writer.unranked(ranking, &lines);
    let sheet = writer.sheet;
    let charts = rows.map(|rows| {
        // Bonus points may lift the best above a hundred.
        let is_within = ranking.standings.iter().all(|it| it.index.total() <= it.index.possible());
        let most = is_within.then_some(100.0);
        charts(&teller, bloc, (&sheet, rows, most), names.take("Biểu đồ", &bloc.name))
    });
    let table = RankTable { sheet: sheet.name.clone(), rows, mean };
    (sheet, charts, table)
}

struct Writer<'a> {
    teller: Teller<'a>,
    bloc: &'a Bloc,
    sheet: SheetOf<'a>,
}

/// What the lines of the units are made from.
#[derive(Clone)]
struct Lines<'a> {
    teller: Teller<'a>,
    bloc: &'a Bloc,
    spots: Vec<Arc<Spots>>,
    /// What is missing stands above the table, once.
    all_lack_the_same: bool,
}

impl Writer<'_> {
    fn open(&mut self) {
        let title = format!("XẾP HẠNG – {}", self.bloc.name.to_uppercase());
        let subtitle = &self.teller.round.settings.title;
        self.teller.open(&mut self.sheet, &title, subtitle, COLUMNS);
        self.sheet.push(Row::banner(self.method(), Level::Remark, COLUMNS));
        let head = self.sheet.next_row();
        let (last_rank, change) = match &self.teller.tally.last {
            Some(last) => (format!("Hạng năm {}", last.year), format!("So với {}", last.year)),
            None => ("Hạng kỳ trước".to_owned(), "So với kỳ trước".to_owned()),
        };
        self.sheet.push(Row::head([
            "Hạng",
            "Đơn vị",
            "Tự chấm",
            "Thẩm định",
            "Khảo sát",
            "Điểm thưởng",
            "Điểm trừ",
            "Tổng điểm",
            "Điểm tối đa",
            "Chỉ số (%)",
            "Xếp loại",
            &last_rank,
            &change,
            "Ghi chú",
        ]));
        self.sheet.repeat = Some((head, head));
        self.sheet.freeze = Some(CellRef::new(head + 1, UNIT + 1));
    }

    /// How ranks come about, so that nobody has to guess.
    fn method(&self) -> String {
        let scoring = self.teller.scoring();
        let compared = match scoring.compare {
            Compare::Exact => "chỉ số chính xác, chưa làm tròn",
            Compare::Shown => "chỉ số đã làm tròn như in trong bảng",
        };
        let breaks: Vec<String> =
            scoring.tie_breaks.iter().map(|it| words::tie_break(*it)).collect();
        let breaks = match breaks.len() {
            0 => String::new(),
            _ => format!("; khi bằng nhau xét lần lượt {}", breaks.join(", ")),
        };
        let numbering = match scoring.numbering {
            Numbering::Standard => "1, 2, 2, 4",
            Numbering::Dense => "1, 2, 2, 3",
        };
        format!(
            "Tổng điểm = thẩm định + khảo sát + thưởng − trừ. Chỉ số = tổng điểm ÷ điểm tối đa áp \
             dụng × 100. Xếp hạng theo {compared}{breaks}; đơn vị vẫn bằng nhau thì đồng hạng, \
             đánh số {numbering}."
        )
    }

    /// The bloc's mean, last round's and the change. Gives the cell of the mean.
    fn means(&mut self, ranking: &Ranking, rows: Option<(u32, u32)>) -> CellRef {
        let at = CellRef { row: self.sheet.next_row(), col: INDEX };
        let places = self.teller.scoring().index_places;
        let mean = match (ranking.mean, rows) {
            (Some(mean), Some((first, last))) => {
                let [first, last] = [first, last].map(|row| CellRef { row, col: INDEX });
                let formula = format!("ROUND(AVERAGE({first}:{last}),{places})");
                Cell::formula(formula, Value::Percent(mean), Level::Total.right())
            }
            _ => dash(Level::Total.center()),
        };
        self.sheet.push(index_row("Chỉ số trung bình của khối", mean));
        let last = self.teller.tally.last.as_ref();
        let then = last.and_then(|last| Some((last, *last.means.get(&self.bloc.id.0)?)));
        if let (Some((last, then)), Some(mean)) = (then, ranking.mean) {
            let label = format!("Chỉ số trung bình năm {}", last.year);
            self.sheet.push(index_row(&label, percent(then, Level::Total.right())));
            let below = CellRef { row: at.row + 1, col: INDEX };
            let change = Value::Percent(mean.minus(then));
            let formula = format!("ROUND({at}-{below},{places})");
            let change = Cell::formula(formula, change, Level::Total.right());
            self.sheet.push(index_row(&format!("Tăng, giảm so với năm {}", last.year), change));
        }
        at
    }

    /// Everybody else, by name, with the reason.
    fn unranked(&mut self, ranking: &Ranking, lines: &Lines) {
        if ranking.unranked.is_empty() {
            return;
        }
        self.sheet.push(Row::banner("Đơn vị không xếp hạng", Level::Area.left(), COLUMNS));
        let mut rest: Vec<&Unranked> = ranking.unranked.iter().collect();
        let name = |it: &Unranked| self.teller.name(&it.unit).to_owned();
        rest.sort_by(|a, b| text::compare(&name(a), &name(b)));
        for unranked in rest {
            let row = self.sheet.next_row();
            let mut cells = vec![
                dash(Level::Body.center()),
                Cell::text(self.teller.name(&unranked.unit), Level::Body.left()),
            ];
            match &unranked.card {
                Some(card) => cells.extend(lines.numbers(card, row)),
                None => cells.extend((2..=INDEX).map(|_| dash(Level::Body.center()))),
            }
            cells.push(dash(Level::Body.center()));
            cells.extend(self.last_of(unranked));
            let reason = words::reason(unranked, &self.teller.round.settings);
            cells.push(Cell::text(reason, Level::Body.left()));
            self.sheet.push(Row::new(cells));
        }
    }

    /// Last round's rank of a unit without one now.
    fn last_of(&self, unranked: &Unranked) -> [Cell; 2] {
        let last = self.teller.tally.last.as_ref();
        let last = last.and_then(|it| it.standings.get(&unranked.unit));
        let rank = last.map_or_else(
            || dash(Level::Body.center()),
            |it| Cell::new(Value::Whole(it.rank.into()), Level::Body.center()),
        );
        [rank, dash(Level::Body.center())]
    }
}

impl Lines<'_> {
    /// The line of a ranked unit, which will stand in `row`.
    fn standing(&self, standing: &Standing, before: Option<&Standing>, row: u32) -> Row {
        let card = &standing.card;
        let mut cells = vec![
            Cell::new(Value::Whole(standing.rank.into()), Level::Body.center()),
            Cell::text(self.teller.name(&card.unit), Level::Body.left()),
        ];
        cells.extend(self.numbers(card, row));
        cells.push(Cell::text(&*self.bloc.bands[standing.band].name, Level::Body.center()));
        cells.extend(self.against_last(standing, row));
        cells.push(Cell::text(self.note(standing, before), Level::Body.left()));
        Row::new(cells)
    }

    /// The points of a card, from the self score to the index.
    fn numbers(&self, card: &ScoreCard, row: u32) -> Vec<Cell> {
        let spots = self.spots.iter().find(|it| it.has(&card.unit));
        let sums = spots.and_then(|spots| Some((spots, spots.sums(&card.unit)?)));
        let linked = |at: usize, value: Points| match sums {
            None => points(value, Level::Body.right()),
            Some((spots, sums)) => {
                let formula = there(&spots.sheet, sums[at]);
                Cell::formula(formula, Value::Points(value), Level::Body.right())
            }
        };
        let name = |col: u32| CellRef { row, col }.to_string();
        let total = format!("SUM({}:{})-{}", name(3), name(5), name(6));
        let index = match card.index {
            None => dash(Level::Body.center()),
            Some(index) => {
                let shown = Value::Percent(self.teller.scoring().shown(index));
                let places = self.teller.scoring().index_places;
                let formula = format!("ROUND({}/{}*100,{places})", name(7), name(8));
                Cell::formula(formula, shown, Level::Body.right())
            }
        };
        vec![
            points(card.self_total, Level::Body.right()),
            linked(0, card.appraised),
            card.survey.map_or_else(|| dash(Level::Body.center()), |survey| linked(1, survey)),
            points(card.bonus, Level::Body.right()),
            points(card.penalty, Level::Body.right()),
            Cell::formula(total, Value::Points(card.total), Level::Body.right()),
            linked(2, card.possible),
            index,
        ]
    }

    /// Last round's rank, and how far the unit rose or fell.
    fn against_last(&self, standing: &Standing, row: u32) -> [Cell; 2] {
        let last = self.teller.tally.last.as_ref();
        let Some(last) = last.and_then(|it| it.standings.get(&standing.card.unit)) else {
            return [dash(Level::Body.center()), dash(Level::Body.center())];
        };
        let [now, then] = [RANK, BAND + 1].map(|col| CellRef { row, col });
        let formula = format!(
            "IF({then}>{now},\"▲ \"&({then}-{now}),IF({then}<{now},\"▼ \"&({now}-{then}),\"=\"))"
        );
        let moved = last.rank.abs_diff(standing.rank);
        let change = match last.rank.cmp(&standing.rank) {
            std::cmp::Ordering::Greater => format!("▲ {moved}"),
            std::cmp::Ordering::Less => format!("▼ {moved}"),
            std::cmp::Ordering::Equal => "=".to_owned(),
        };
        [
            Cell::new(Value::Whole(last.rank.into()), Level::Body.center()),
            Cell::formula(formula, Value::Text(change), Level::Body.center()),
        ]
    }

    fn note(&self, standing: &Standing, before: Option<&Standing>) -> String {
        let scoring = self.teller.scoring();
        let card = &standing.card;
        let mut notes = Vec::new();
        if !card.lacks.is_empty() && !self.all_lack_the_same {
            let lacks: Vec<&str> = card.lacks.iter().map(|it| words::lack(*it)).collect();
            notes.push(format!("Tạm tính, còn thiếu {}", lacks.join("; ")));
        }
        if let Some(before) = before {
            let shown = |it: &Standing| scoring.shown(it.index);
            if before.rank == standing.rank {
                notes.push("Đồng hạng với đơn vị trên".to_owned());
            } else if let Some(which) = standing.decided_by {
                let which = scoring.tie_breaks.get(which).map(|it| words::tie_break(*it));
                let which = which.unwrap_or_default();
                notes.push(format!("Bằng chỉ số với đơn vị trên, xếp sau theo {which}"));
            } else if shown(before) == shown(standing) {
                notes.push("Kém đơn vị trên ở chỉ số chưa làm tròn".to_owned());
            }
        }
        if card.possible < card.counted {
            let share = card.assessed.percent().fixed(scoring.index_places);
            notes.push(format!("Áp dụng {share} % điểm của bộ chỉ số"));
        }
        notes.join(". ")
    }
}

/// A row with a label up to the index and nothing after it.
fn index_row(label: &str, index: Cell) -> Row {
    let mut row = Row::banner(label, Level::Total.left(), INDEX);
    row.cells.push(index);
    row.cells.extend((BAND..COLUMNS).map(|_| Cell::blank(Level::Total.left())));
    row
}

/// A bar a unit, on a sheet of its own, as many charts as fit a page each.
fn charts(
    teller: &Teller,
    bloc: &Bloc,
    (ranked, (first, last), most): (&SheetOf, (u32, u32), Option<f64>),
    name: String,
) -> Sheet {
    let mut sheet = teller.sheet(name, &[12.0; CHART_COLUMNS as usize]);
    let title = format!("BIỂU ĐỒ CHỈ SỐ – {}", bloc.name.to_uppercase());
    teller.open(&mut sheet, &title, &teller.round.settings.title, CHART_COLUMNS);
    let units = last - first + 1;
    let pages = units.div_ceil(BARS_A_PAGE);
    let a_page = units.div_ceil(pages);
    for page in 0..pages {
        let from = first + page * a_page;
        let to = last.min(from + a_page - 1);
        let drawing = Chart { y_max: most, ..chart(ranked, bloc, (from, to), sheet.next_row()) };
        sheet.charts.push(drawing);
        sheet.rows.extend((0..CHART_ROWS).map(|_| Row { height: Some(18.75), ..Row::default() }));
        if let Some(row) = sheet.rows.last_mut() {
            row.breaks = page + 1 < pages;
        }
    }
    sheet
}

fn chart(ranked: &SheetOf, bloc: &Bloc, (first, last): (u32, u32), row: u32) -> Chart {
    let column = |col: u32| ranked.range(CellRef { row: first, col }, CellRef { row: last, col });
    let units = last - first + 1;
    Chart {
        kind: ChartKind::Bar,
        title: format!("Chỉ số cải cách hành chính – {}", bloc.name),
        description: format!("Chỉ số của {units} đơn vị được xếp hạng, từ cao xuống thấp"),
        x_title: "Chỉ số (%)".to_owned(),
        y_title: String::new(),
        series: vec![Series {
            name: "Chỉ số (%)".to_owned(),
            categories: column(UNIT),
            values: column(INDEX),
            has_labels: true,
            whiskers: None,
        }],
        at: CellRef { row, col: 0 },
        width: 1180,
        height: (120 + units * 26).min(CHART_ROWS * 25),
        y_min: Some(0.0),
        y_max: None,
    }
}

/// The first and the last of a ranking: their units and indices.
pub(super) fn ends(ranking: &Ranking) -> Option<[Vec<&Standing>; 2]> {
    let last = ranking.standings.last()?.rank;
    let of = |rank: u32| ranking.standings.iter().filter(|it| it.rank == rank).collect();
    Some([of(1), of(last)])
}

/// An index as it is shown, for a table.
pub(super) fn shown(teller: &Teller, standing: &Standing) -> Percent {
    teller.scoring().shown(standing.index)
}
