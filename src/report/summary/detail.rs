//! *Chi tiết*: the points of every item, a column a unit, for one criteria set
//! of one bloc; and where its sums stand, for the sheets that lean on them.

use std::collections::BTreeMap;
use std::ops::Add;
use std::sync::Arc;

use super::sources;
use super::{Teller, dash, points};
use crate::finding::{CellRef, column_name};
use crate::points::Points;
use crate::rank::Ranking;
use crate::report::names::Names;
use crate::report::sheet::{Cell, Level, Range, Row, SheetOf, Value};
use crate::round::criteria::{CriteriaSet, ItemCode, Node, Origin, SetId};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::score::{ItemScore, ScoreCard, ScoredBy};
use crate::text;
use crate::words;

/// Columns before the first unit: code, title, maximum, origin.
const UNITS_FROM: u32 = 4;
const MAX_COLUMN: &str = "$C";
const ORIGIN_COLUMN: &str = "$D";

/// The most units of one printed page.
const UNITS_A_PAGE: usize = 12;

const WIDTHS: [f64; 4] = [7.0, 52.0, 8.0, 10.0];
const UNIT_WIDTH: f64 = 9.0;

/// The sheet of one set, and where to find what in it.
pub(super) struct Detail<'a> {
    pub(super) set: SetId,
    pub(super) sheet: SheetOf<'a>,
    pub(super) spots: Arc<Spots>,
}

/// Where everything stands in the sheet of this name.
pub(super) struct Spots {
    pub(super) sheet: String,
    columns: BTreeMap<UnitId, u32>,
    /// The row of each node.
    rows: BTreeMap<ItemCode, u32>,
    /// The rows of sums under the table.
    appraised: u32,
    survey: u32,
    possible: u32,
}

impl Spots {
    /// The cells of a unit's appraised points, survey points and possible
    /// points, if the unit stands here.
    pub(super) fn sums(&self, unit: &UnitId) -> Option<[CellRef; 3]> {
        let col = *self.columns.get(unit)?;
        Some([self.appraised, self.survey, self.possible].map(|row| CellRef { row, col }))
    }

    /// The cell of a unit's item, if it stands here.
    pub(super) fn cell(&self, unit: &UnitId, item: ItemCode) -> Option<CellRef> {
        Some(CellRef { row: *self.rows.get(&item)?, col: *self.columns.get(unit)? })
    }

    pub(super) fn has(&self, unit: &UnitId) -> bool {
        self.columns.contains_key(unit)
    }

    /// The scores of an item, as a range for a formula.
    pub(super) fn scores(&self, item: ItemCode) -> Option<String> {
        let row = *self.rows.get(&item)?;
        let first = CellRef { row, col: *self.columns.values().min()? };
        let last = CellRef { row, col: *self.columns.values().max()? };
        Some(Range { sheet: self.sheet.clone(), first, last }.absolute())
    }

    /// What share of an area's possible points a unit achieved, as a formula
    /// that leaves rounding to the caller: points ÷ possible × 100.
    pub(super) fn area_share(&self, unit: &UnitId, area: ItemCode) -> Option<String> {
        let col = column_name(*self.columns.get(unit)?);
        let own = self.rows.get(&area)? + 1;
        let inside = self.rows.iter().filter(|(code, _)| code.area() == area);
        let last = inside.map(|(_, row)| row + 1).max()?;
        let name = self.sheet.replace('\'', "''");
        let block = |column: &str| format!("'{name}'!{column}${own}:{column}${last}");
        let possible = possible(&block(ORIGIN_COLUMN), &block(&col), &block(MAX_COLUMN));
        Some(format!("'{name}'!{col}{own}/{possible}*100"))
    }
}

/// The maximum points of the rows that are items and where `scores` has a
/// number, as a formula.
fn possible(origins: &str, scores: &str, maxima: &str) -> String {
    format!("SUMPRODUCT(({origins}<>\"\")*ISNUMBER({scores})*{maxima})")
}

/// One sheet for each criteria set with a score card in this bloc.
pub(super) fn sheets<'a>(
    teller: Teller<'a>,
    bloc: &Bloc,
    ranking: &'a Ranking,
    names: &mut Names,
) -> Vec<Detail<'a>> {
    let mut cards: Vec<&'a ScoreCard> = ranking.standings.iter().map(|it| &it.card).collect();
    let mut rest: Vec<&'a ScoreCard> =
        ranking.unranked.iter().filter_map(|it| it.card.as_ref()).collect();
    rest.sort_by(|a, b| text::compare(teller.name(&a.unit), teller.name(&b.unit)));
    cards.append(&mut rest);
    let register = &teller.round.register;
    let sets = bloc.sets.iter().filter_map(|id| {
        let is_own = |card: &&ScoreCard| register.unit(&card.unit).is_some_and(|it| it.set == *id);
        let own: Vec<&'a ScoreCard> = cards.iter().copied().filter(is_own).collect();
        let set = teller.round.sets.get(id)?;
        let name = || match bloc.sets.len() {
            1 => names.take("Chi tiết", &bloc.name),
            _ => names.take("Chi tiết", &id.0),
        };
        (!own.is_empty()).then(|| Writer::new(teller, set, own, name).write(bloc))
    });
    sets.collect()
}

struct Writer<'a> {
    scores: Scores<'a>,
    sheet: SheetOf<'a>,
}

/// What the rows of a sheet are made from.
#[derive(Clone)]
struct Scores<'a> {
    teller: Teller<'a>,
    set: &'a CriteriaSet,
    cards: Vec<&'a ScoreCard>,
    rows: BTreeMap<ItemCode, u32>,
}

impl<'a> Writer<'a> {
    fn new(
        teller: Teller<'a>,
        set: &'a CriteriaSet,
        cards: Vec<&'a ScoreCard>,
        name: impl FnOnce() -> String,
    ) -> Writer<'a> {
        let units = cards.iter().map(|_| UNIT_WIDTH);
        let widths: Vec<f64> = WIDTHS.into_iter().chain(units).collect();
        let sheet = teller.sheet(name(), &widths);
        Writer { scores: Scores { teller, set, cards, rows: BTreeMap::new() }, sheet }
    }

    fn write(mut self, bloc: &Bloc) -> Detail<'a> {
        let units = self.scores.cards.len();
        let pages = units.div_ceil(UNITS_A_PAGE);
        let a_page = units.div_ceil(pages);
        // Over the columns that every page repeats: wider banners would be cut
        // on every page but the first.
        self.open(bloc, UNITS_FROM);
        let head = self.sheet.next_row();
        self.sheet.push(self.scores.head());
        self.sheet.repeat = Some((head, head));
        self.sheet.repeat_columns = Some((0, UNITS_FROM - 1));
        self.sheet.column_breaks = (1..pages)
            .map(|page| UNITS_FROM + u32::try_from(page * a_page).expect("few units") - 1)
            .collect();
        self.sheet.freeze = Some(CellRef { row: head + 1, col: UNITS_FROM });
        let nodes = &self.scores.set.nodes;
        self.scores.rows = (head + 1..).zip(nodes).map(|(row, it)| (it.code(), row)).collect();
        let scores = self.scores.clone();
        self.sheet.push_body(nodes.len(), move |at| scores.node(&nodes[at]));
        self.sums(head + 1)
    }

    fn open(&mut self, bloc: &Bloc, columns: u32) {
        let title = format!("ĐIỂM TỪNG TIÊU CHÍ – {}", bloc.name.to_uppercase());
        let Scores { teller, set, .. } = &self.scores;
        let subtitle = teller.round.settings.title.clone();
        teller.open(&mut self.sheet, &title, &subtitle, columns);
        let basis = format!("{}. Ban hành theo: {}", set.title, set.source);
        self.sheet.push(Row::banner(basis, Level::Remark, columns));
        let legend = "Cách đọc: số không có dấu là điểm thẩm định; dấu t: điểm tự chấm, chưa \
            thẩm định; dấu s: điểm tính từ số liệu kê khai, chưa thẩm định; dấu k: điểm khảo sát. \
            KAD: không áp dụng; KPS: không phát sinh (cả hai không tính vào điểm tối đa). \
            Ô nền đỏ: mục có lỗi, tạm tính 0 điểm. Dấu –: chưa có kết quả khảo sát.";
        self.sheet.push(Row::banner(legend, Level::Remark, columns));
        self.sheet.push(Row::banner(sources::legend(teller), Level::Remark, columns));
    }

    /// The rows of sums under the table.
    fn sums(mut self, first: u32) -> Detail<'a> {
        let scores = self.scores;
        let last = self.sheet.next_row() - 1;
        let block = |column: &str| format!("{column}${}:{column}${}", first + 1, last + 1);
        let origins = block(ORIGIN_COLUMN);
        let by = |origin: Origin, col: &str| {
            format!("SUMIF({origins},\"{}\",{})", self::origin(origin), block(col))
        };
        let claimed =
            |col: &str| [Origin::Appraised, Origin::Computed].map(|it| by(it, col)).join("+");
        let surveyed = |col: &str| by(Origin::Survey, col);
        let applying = |col: &str| possible(&origins, &block(col), &block(MAX_COLUMN));
        let areas: Vec<u32> = scores.set.areas().map(|it| scores.rows[&it.code()]).collect();

        let max = |it: Origin| {
            let items = scores.set.items().filter(move |item| item.origin == it);
            items.map(|item| item.max).sum::<Points>()
        };
        let survey_max = max(Origin::Survey);
        let all = scores.set.max();
        let total = |_: &str, at: u32| sum_of(&areas, at);
        let appraised = scores.sum_row(
            "Điểm thẩm định (gồm điểm tự chấm, số liệu chưa thẩm định)",
            all - survey_max,
            |col, _| claimed(col),
            |card| Some(card.appraised),
        );
        let survey =
            scores.sum_row("Điểm khảo sát", survey_max, |col, _| surveyed(col), |card| card.survey);
        let sum = scores.sum_row("Điểm đạt được", all, total, |card| {
            Some(card.appraised + card.survey.unwrap_or_default())
        });
        let possible = scores.sum_row(
            "Điểm tối đa áp dụng",
            all,
            |col, _| applying(col),
            |card| Some(card.possible),
        );
        let rows = [appraised, survey, sum, possible];
        let numbers = self.sheet.next_row()..;
        let at = numbers.take(rows.len()).collect::<Vec<u32>>();
        for row in rows {
            self.sheet.push(row);
        }
        let columns = (UNITS_FROM..).zip(&scores.cards).map(|(col, card)| (card.unit.clone(), col));
        let spots = Spots {
            sheet: self.sheet.name.clone(),
            columns: columns.collect(),
            rows: scores.rows,
            appraised: at[0],
            survey: at[1],
            possible: at[3],
        };
        Detail { set: scores.set.id.clone(), sheet: self.sheet, spots: Arc::new(spots) }
    }
}

impl Scores<'_> {
    fn head(&self) -> Row {
        let fixed = ["Mã", "Lĩnh vực, tiêu chí, tiêu chí thành phần", "Điểm tối đa", "Nguồn điểm"];
        let units = self.cards.iter().map(|card| self.teller.name(&card.unit));
        Row::head(fixed.into_iter().chain(units))
    }

    fn node(&self, node: &Node) -> Row {
        let (words, center, number) = match node.code().level() {
            1 => (Level::Area.left(), Level::Area.center(), Level::Area.right()),
            _ if matches!(node, Node::Heading(_)) => {
                (Level::Criterion.left(), Level::Criterion.center(), Level::Criterion.right())
            }
            _ => (Level::Body.left(), Level::Body.center(), Level::Body.right()),
        };
        let origin = match node {
            Node::Heading(_) => Cell::blank(center),
            Node::Item(item) => Cell::text(origin(item.origin), center),
        };
        let fixed = [
            Cell::text(node.code().to_string(), center),
            Cell::text(node.title(), words),
            points(node.max(), number),
            origin,
        ];
        let units = (UNITS_FROM..).zip(&self.cards).map(|(col, card)| match node {
            Node::Heading(heading) => match Self::sum(card, heading.code) {
                None => dash(center),
                Some(sum) => {
                    let formula = self.children(heading.code, col);
                    Cell::formula(formula, Value::Points(sum), number)
                }
            },
            Node::Item(item) => card.items.get(&item.code).map_or_else(|| dash(center), score),
        });
        Row::new(fixed.into_iter().chain(units).collect())
    }

    /// The sum of a heading's direct children in a column.
    fn children(&self, heading: ItemCode, col: u32) -> String {
        let rows: Vec<u32> = self.set.children(heading).map(|it| self.rows[&it.code()]).collect();
        sum_of(&rows, col)
    }

    /// The points in force of the items under a heading; `None` where none
    /// counts.
    fn sum(card: &ScoreCard, heading: ItemCode) -> Option<Points> {
        // In their order, a heading's items follow it.
        let own = card.items.range(heading..).take_while(|(code, _)| is_under(**code, heading));
        own.filter_map(|(_, item)| item.points).reduce(Add::add)
    }

    fn sum_row(
        &self,
        label: &str,
        max: Points,
        formula: impl Fn(&str, u32) -> String,
        value: impl Fn(&ScoreCard) -> Option<Points>,
    ) -> Row {
        let fixed = [
            Cell::blank(Level::Total.center()),
            Cell::text(label, Level::Total.left()),
            points(max, Level::Total.right()),
            Cell::blank(Level::Total.center()),
        ];
        let units = (UNITS_FROM..).zip(&self.cards).map(|(col, card)| match value(card) {
            None => dash(Level::Total.center()),
            Some(value) => {
                let formula = formula(&column_name(col), col);
                Cell::formula(formula, Value::Points(value), Level::Total.right())
            }
        });
        Row::new(fixed.into_iter().chain(units).collect())
    }
}

/// Where an item's points come from once everything is in.
fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Appraised => "Thẩm định",
        Origin::Computed => "Số liệu",
        Origin::Survey => "Khảo sát",
    }
}

fn is_under(code: ItemCode, heading: ItemCode) -> bool {
    let mut above = code.parent();
    while let Some(parent) = above {
        if parent == heading {
            return true;
        }
        above = parent.parent();
    }
    false
}

/// `SUM` over rows of a column; a range where they follow each other.
fn sum_of(rows: &[u32], col: u32) -> String {
    let name = |row: u32| CellRef { row, col }.to_string();
    let follow = rows.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    match rows {
        [first, .., last] if follow => format!("SUM({}:{})", name(*first), name(*last)),
        _ => format!("SUM({})", rows.iter().map(|it| name(*it)).collect::<Vec<_>>().join(",")),
    }
}

fn score(item: &ItemScore) -> Cell {
    let level = match item.by {
        ScoredBy::Unit => Level::FromUnit,
        ScoredBy::Figures => Level::FromFigures,
        ScoredBy::Survey => Level::FromSurvey,
        ScoredBy::Faulty => Level::Bad,
        ScoredBy::Appraiser => Level::Body,
        ScoredBy::Exempt | ScoredBy::NothingArose | ScoredBy::NoSurvey => {
            return Cell::text(words::no_points(item.by), Level::Body.center());
        }
    };
    item.points.map_or_else(|| dash(Level::Body.center()), |it| points(it, level.right()))
}
