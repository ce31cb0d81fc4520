//! *Chi tiết*: the points of every item, a column a unit, for one criteria set
//! of one bloc; and where its sums stand, for the sheets that lean on them.

use std::collections::BTreeMap;
use std::ops::Add;
use std::sync::Arc;

use crate::finding::{CellRef, column_name};
use crate::points::Points;
use crate::rank::Ranking;
use crate::report::basis::{Basis, there};
use crate::report::extent::{SCORES, path};
use crate::round::criteria::{CriteriaSet, ItemCode, Node, Origin, SetId};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::score::{ItemScore, ScoreCard, ScoredBy};
use crate::sheet::head;
use crate::sheet::names::Names;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Align, LINKS_MAX, Level, Range, Row, SheetOf};
use crate::text;
use crate::words;

/// The most units of one printed page.
const UNITS_A_PAGE: usize = 17;

/// The most unsettled items that are told one by one.
const MOST_TOLD: usize = 100;

/// The most scores whose sources are listed one by one: some five hundred units.
/// Beyond it the list would outweigh the workbook, and nobody would look
/// anything up in it.
const MOST_LISTED: usize = 30_000;
const _: () = assert!(MOST_LISTED <= LINKS_MAX, "every score of a sheet may carry a link");

const MAX: &str = "Điểm tối đa";
const ORIGIN: &str = "Nguồn điểm";

/// The sheet of one set, and where to find what in it.
pub(super) struct Detail<'a> {
    pub(super) set: SetId,
    pub(super) sheet: SheetOf<'a>,
    pub(super) spots: Arc<Spots>,
}

/// Where everything stands in the sheet of this name.
pub(super) struct Spots {
    sheet: String,
    /// The column of each unit, and the names of two others.
    columns: BTreeMap<UnitId, u32>,
    maxima: String,
    origins: String,
    /// The row of each node, and of the first sum.
    rows: BTreeMap<ItemCode, u32>,
    sums: u32,
    /// Every unit of the set and the bloc stands here.
    is_whole: bool,
}

/// The sums under the table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sum {
    Appraised,
    Survey,
    Achieved,
    Possible,
}

impl Spots {
    /// A sum of a unit, for a formula, if the unit stands here.
    pub(super) fn sum(&self, unit: &UnitId, sum: Sum) -> Option<String> {
        let col = *self.columns.get(unit)?;
        Some(there(&self.sheet, CellRef { row: self.sums + sum as u32, col }))
    }

    /// The cell of a unit's item, if it stands here.
    pub(super) fn cell(&self, unit: &UnitId, item: ItemCode) -> Option<CellRef> {
        Some(CellRef { row: *self.rows.get(&item)?, col: *self.columns.get(unit)? })
    }

    pub(super) fn has(&self, unit: &UnitId) -> bool {
        self.columns.contains_key(unit)
    }

    /// The scores of an item in all units, as a range for a formula, if they all
    /// stand here.
    pub(super) fn scores(&self, item: ItemCode) -> Option<String> {
        if !self.is_whole {
            return None;
        }
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
        let possible = possible(&block(&self.origins), &block(&col), &block(&self.maxima));
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
    basis: Basis<'a>,
    bloc: &Bloc,
    ranking: &'a Ranking,
    names: &mut Names,
) -> Vec<Detail<'a>> {
    let mut cards: Vec<&'a ScoreCard> = ranking.standings.iter().map(|it| &it.card).collect();
    let mut rest: Vec<&'a ScoreCard> =
        ranking.unranked.iter().filter_map(|it| it.card.as_ref()).collect();
    rest.sort_by(|a, b| text::compare(basis.name(&a.unit), basis.name(&b.unit)));
    cards.append(&mut rest);
    let register = &basis.round.register;
    let sets = bloc.sets.iter().filter_map(|id| {
        let is_own = |card: &&ScoreCard| register.unit(&card.unit).is_some_and(|it| it.set == *id);
        let cards: Vec<&'a ScoreCard> = cards.iter().copied().filter(is_own).collect();
        let set = basis.round.sets.get(id).filter(|_| !cards.is_empty())?;
        let name = match bloc.sets.len() {
            1 => names.take("Chi tiết", &bloc.name),
            _ => names.take("Chi tiết", &id.0),
        };
        Some(sheet(Scores::of(basis, set, cards), bloc, name))
    });
    sets.collect()
}

/// What the rows of a sheet are made from.
struct Scores<'a> {
    basis: Basis<'a>,
    set: &'a CriteriaSet,
    cards: Vec<&'a ScoreCard>,
    /// The place of each node.
    places: BTreeMap<ItemCode, usize>,
}

/// What a row is about: a node by its place, or a sum.
#[derive(Clone, Copy)]
enum Line {
    Node(usize),
    Sum(Sum),
}

/// The units beyond the limit of columns are left to the data.
fn sheet<'a>(mut scores: Scores<'a>, bloc: &Bloc, name: String) -> Detail<'a> {
    let all = scores.cards.len();
    scores.cards.truncate(scores.basis.edition.limits.columns);
    let (basis, set, cards) = (scores.basis, scores.set, scores.cards.clone());
    let scores = Arc::new(scores);
    let mut columns = scores.fixed();
    // The title and the remarks stand over the columns that every page repeats:
    // wider ones would be cut on every page but the first.
    let fixed = u32::try_from(columns.len()).expect("few columns");
    columns.extend((0..cards.len()).map(|at| scores.unit(at)));
    let own = Arc::clone(&scores);
    let table = Table::new(columns).leading().levels(move |line| own.level(*line));
    let mut sheet = basis.new_sheet(name, table.widths());
    let title = format!("ĐIỂM TỪNG TIÊU CHÍ – {}", bloc.name.to_uppercase());
    basis.open(&mut sheet, &title, fixed);
    let hint = "Căn cứ và cách đọc các số, các dấu: xem dưới bảng.";
    sheet.push(Row::banner(hint, Level::Remark, fixed));
    if cards.len() < all {
        let (shown, whole) = (cards.len(), path(SCORES));
        let partly = format!("Nêu {shown} đơn vị đầu trong {all}; xem đủ tại {whole}.");
        sheet.push(Row::banner(partly, Level::Remark, fixed));
    }
    let table = table.write_long(&mut sheet, set.nodes.len(), Line::Node);
    let sums = sheet.next_row();
    for sum in Sum::ALL {
        table.push(&mut sheet, &Line::Sum(sum));
    }
    head::gap(&mut sheet);
    let pages = cards.len().div_ceil(UNITS_A_PAGE);
    let a_page = cards.len().div_ceil(pages);
    let breadth = if pages == 1 { head::columns(&sheet) } else { fixed };
    for remark in remarks(basis, set).into_iter().chain(unsettled(basis, set, &cards)) {
        sheet.push(Row::banner(remark, Level::Remark, breadth));
    }
    sheet.repeat_columns = Some((0, fixed - 1));
    let ends = (1..pages).map(|page| u32::try_from(page * a_page).expect("few units"));
    sheet.column_breaks = ends.map(|units| fixed + units - 1).collect();
    let (first, _) = table.rows().expect("a set with nodes");
    let column = |key: &str| format!("${}", column_name(table.cell(key, first).col));
    let spots = Spots {
        sheet: sheet.name.clone(),
        columns: (fixed..).zip(&cards).map(|(col, card)| (card.unit.clone(), col)).collect(),
        maxima: column(MAX),
        origins: column(ORIGIN),
        rows: (first..).zip(&set.nodes).map(|(row, node)| (node.code(), row)).collect(),
        sums,
        is_whole: cards.len() == all,
    };
    Detail { set: set.id.clone(), sheet, spots: Arc::new(spots) }
}

/// What stands below a table.
fn remarks(basis: Basis, set: &CriteriaSet) -> [String; 3] {
    let legend = "Cách đọc: số không có dấu là điểm thẩm định; dấu t: điểm tự chấm, chưa \
        thẩm định; dấu s: điểm tính từ số liệu kê khai, chưa thẩm định; dấu k: điểm khảo sát. \
        KAD: không áp dụng; KPS: không phát sinh (cả hai không tính vào điểm tối đa). \
        Ô nền đỏ: mục có lỗi, tạm tính 0 điểm. Dấu –: chưa có kết quả khảo sát.";
    let sources = if is_listed(basis) {
        "Bấm vào một điểm để tới dòng của nó ở trang Nguồn điểm: tệp, trang, ô, cách chấm, ai \
         quyết định."
    } else {
        "Kỳ có quá nhiều điểm để liệt kê nguồn từng điểm trong sổ này; dùng lệnh cchc trace, hoặc \
         trang Đường đi của điểm trong tệp phản hồi của đơn vị."
    };
    let basis = format!("{}. Ban hành theo: {}", set.title, set.source);
    [basis, legend.to_owned(), sources.to_owned()]
}

/// The items that were looked at and have no appraised score, if there are any.
fn unsettled(basis: Basis, set: &CriteriaSet, cards: &[&ScoreCard]) -> Vec<String> {
    let of = |card: &ScoreCard, item: ItemCode| {
        let said = words::why_unsettled(words::unsettled(basis.tally, &card.unit, item)?);
        Some(format!("{}, {item} – {said}.", basis.name(&card.unit)))
    };
    let told = cards.iter().flat_map(|card| set.items().filter_map(|item| of(card, item.code)));
    let mut told: Vec<String> = told.collect();
    if MOST_TOLD < told.len() {
        let rest = told.len() - MOST_TOLD;
        told.truncate(MOST_TOLD);
        told.push(format!("… và {rest} mục nữa; các ô của chúng cũng có nền vàng."));
    }
    if !told.is_empty() {
        let legend = "Ô nền vàng: chưa lấy kết quả thẩm định nào, vì có hai kết quả khác nhau hoặc \
                      đang chờ thẩm định lại.";
        told.insert(0, legend.to_owned());
    }
    told
}

/// Whether there are few enough scores for *Nguồn điểm*.
pub(super) fn is_listed(basis: Basis) -> bool {
    let cards = basis.blocs().flat_map(|(_, ranking)| ranking.cards());
    cards.map(|card| card.items.len()).sum::<usize>() <= MOST_LISTED
}

impl<'a> Scores<'a> {
    fn of(basis: Basis<'a>, set: &'a CriteriaSet, cards: Vec<&'a ScoreCard>) -> Scores<'a> {
        let places = set.nodes.iter().enumerate().map(|(at, node)| (node.code(), at)).collect();
        Scores { basis, set, cards, places }
    }

    fn level(&self, line: Line) -> Level {
        match line {
            Line::Sum(_) => Level::Total,
            Line::Node(at) => match &self.set.nodes[at] {
                node if node.code().level() == 1 => Level::Area,
                Node::Heading(_) => Level::Criterion,
                Node::Item(_) => Level::Body,
            },
        }
    }

    /// The columns before the units.
    fn fixed(&self) -> Vec<Column<'a, Line>> {
        let set = self.set;
        let node = |line: &Line| match line {
            Line::Node(at) => Some(&set.nodes[*at]),
            Line::Sum(_) => None,
        };
        vec![
            Column::code("Mã", 7.0, move |it: &Line| {
                node(it).map_or_else(Entry::blank, |node| node.code().to_string().into())
            })
            .pinned(),
            Column::words(
                "Lĩnh vực, tiêu chí, tiêu chí thành phần",
                52.0,
                move |it: &Line| match it {
                    Line::Node(at) => set.nodes[*at].title().into(),
                    Line::Sum(sum) => sum.label().into(),
                },
            )
            .pinned(),
            Column::number(MAX, 7.0, move |it: &Line| match it {
                Line::Node(at) => set.nodes[*at].max().into(),
                Line::Sum(sum) => sum.max(set).into(),
            }),
            Column::code(ORIGIN, 11.0, move |it: &Line| match node(it) {
                Some(Node::Item(item)) => origin(item.origin).into(),
                Some(Node::Heading(_)) | None => Entry::blank(),
            }),
        ]
    }

    fn unit(self: &Arc<Self>, at: usize) -> Column<'a, Line> {
        // Names of units may hold what has a meaning in a formula.
        let (scores, card, key) = (Arc::clone(self), self.cards[at], format!("Đơn vị {at}"));
        // Room for the word «phường» and for the largest sum.
        let sum = self.set.max().fixed(self.basis.scoring().places).len();
        let width = f64::from(u32::try_from(sum).expect("few digits") + 1).max(7.5);
        let column = Column::number(self.basis.name(&card.unit), width, {
            let key = key.clone();
            move |line: &Line| match line {
                Line::Sum(sum) => Entry::or_dash(
                    sum.of(card).map(|it| Entry::formula(sum.formula(&scores, &key), it)),
                ),
                Line::Node(at) => scores.node(card, &scores.set.nodes[*at], &key),
            }
        });
        column.called(key)
    }

    fn node(&self, card: &ScoreCard, node: &Node, key: &str) -> Entry {
        match node {
            Node::Item(item) => {
                let unsettled = words::unsettled(self.basis.tally, &card.unit, item.code);
                let entry = card.items.get(item.code).map_or_else(Entry::dash, |it| score(&it));
                if unsettled.is_none() {
                    return entry;
                }
                entry.at(Level::Doubtful).aligned(Align::Right)
            }
            Node::Heading(heading) => {
                let formula = || self.added(key, self.set.children(heading.code));
                let sum = sum_under(card, heading.code);
                Entry::or_dash(sum.map(|sum| Entry::formula(formula(), sum)))
            }
        }
    }

    /// `SUM` over nodes of a column; a range where they follow each other.
    fn added(&self, key: &str, nodes: impl Iterator<Item = &'a Node>) -> String {
        let places: Vec<usize> = nodes.map(|it| self.places[&it.code()]).collect();
        let follow = places.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        match &places[..] {
            [first, .., last] if follow => format!("SUM([{key}@{first}]:[{key}@{last}])"),
            _ => {
                let cells = places.iter().map(|at| format!("[{key}@{at}]"));
                format!("SUM({})", cells.collect::<Vec<String>>().join(","))
            }
        }
    }
}

impl Sum {
    const ALL: [Sum; 4] = [Sum::Appraised, Sum::Survey, Sum::Achieved, Sum::Possible];

    fn label(self) -> &'static str {
        match self {
            Sum::Appraised => "Điểm thẩm định (gồm điểm tự chấm, số liệu chưa thẩm định)",
            Sum::Survey => "Điểm khảo sát",
            Sum::Achieved => "Điểm đạt được",
            Sum::Possible => "Điểm tối đa áp dụng",
        }
    }

    fn max(self, set: &CriteriaSet) -> Points {
        let surveyed = set.items().filter(|item| item.origin == Origin::Survey);
        let survey = surveyed.map(|item| item.max).sum::<Points>();
        match self {
            Sum::Appraised => set.max() - survey,
            Sum::Survey => survey,
            Sum::Achieved | Sum::Possible => set.max(),
        }
    }

    fn of(self, card: &ScoreCard) -> Option<Points> {
        match self {
            Sum::Appraised => Some(card.appraised),
            Sum::Survey => card.survey,
            Sum::Achieved => Some(card.appraised + card.survey.unwrap_or_default()),
            Sum::Possible => Some(card.possible),
        }
    }

    /// The sum in the column of this key.
    fn formula(self, scores: &Scores, key: &str) -> String {
        let by = |it: Origin| format!("SUMIF([${ORIGIN}:],\"{}\",[{key}:])", origin(it));
        match self {
            Sum::Appraised => [Origin::Appraised, Origin::Computed].map(by).join("+"),
            Sum::Survey => by(Origin::Survey),
            Sum::Achieved => scores.added(key, scores.set.areas()),
            Sum::Possible => {
                possible(&format!("[${ORIGIN}:]"), &format!("[{key}:]"), &format!("[${MAX}:]"))
            }
        }
    }
}

/// The points in force of the items under a heading; `None` where none counts.
fn sum_under(card: &ScoreCard, heading: ItemCode) -> Option<Points> {
    // In their order, a heading's items follow it.
    let own = card.items.from(heading).take_while(|(code, _)| is_under(*code, heading));
    own.filter_map(|(_, item)| item.points).reduce(Add::add)
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

/// The points of an item, or why there are none.
pub(super) fn points(item: &ItemScore) -> Entry {
    let none = || Entry::from(words::no_points(item.by)).aligned(Align::Center);
    item.points.map_or_else(none, Entry::from)
}

/// The same with a mark of who gave them.
fn score(item: &ItemScore) -> Entry {
    let points = points(item);
    match item.by {
        _ if item.points.is_none() => points,
        ScoredBy::Unit => points.at(Level::FromUnit),
        ScoredBy::Figures => points.at(Level::FromFigures),
        ScoredBy::Survey => points.at(Level::FromSurvey),
        ScoredBy::Faulty => points.at(Level::Bad),
        _ => points,
    }
}
