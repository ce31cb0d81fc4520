//! *Tồn tại, hạn chế*: where each unit lost points, why, and what would earn
//! them; first a line a unit, then a line a loss, largest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Teller;
use super::{points, whole};
use crate::analysis::{AreaTable, Cause, Loss, NextBand, Shortfall};
use crate::finding::CellRef;
use crate::points::Points;
use crate::report::loss;
use crate::report::sheet::{Cell, Level, Row, SheetOf, Value};
use crate::round::criteria::{CriteriaSet, ItemCode};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::score::ScoreCard;
use crate::text;

const WIDTHS: [f64; 8] = [30.0, 8.0, 46.0, 9.0, 9.0, 9.0, 36.0, 42.0];
const COLUMNS: u32 = 8;

/// How many areas or causes one sentence names.
const MOST_NAMED: usize = 3;

const UNIT: u32 = 0;
const MAX: u32 = 3;
const EARNED: u32 = 4;
const LOST: u32 = 5;

/// `tables` are the areas of each bloc, in the order of the settings.
pub(super) fn sheet<'a>(
    teller: Teller<'a>,
    name: String,
    shortfalls: Vec<Shortfall>,
    tables: &Arc<[AreaTable]>,
) -> SheetOf<'a> {
    let mut sheet: SheetOf = teller.sheet(name, &WIDTHS);
    let title = "TỒN TẠI, HẠN CHẾ CỦA TỪNG ĐƠN VỊ";
    teller.open(&mut sheet, title, &teller.round.settings.title, COLUMNS);
    let cards = teller
        .blocs()
        .flat_map(|(bloc, ranking)| ranking.cards().map(move |card| (&card.unit, (card, bloc))));
    let cards: BTreeMap<&UnitId, (&ScoreCard, &Bloc)> = cards.collect();
    let known = shortfalls.into_iter().filter_map(|shortfall| {
        let (card, bloc) = *cards.get(&shortfall.unit)?;
        Some(Known { shortfall, card, bloc })
    });
    let known: Vec<Known> = known.collect();
    if known.is_empty() {
        let none = "Chưa có đơn vị nào được chấm điểm.";
        sheet.push(Row::banner(none, Level::Remark, COLUMNS));
        return sheet;
    }
    let lines = Lines { teller, tables: Arc::clone(tables), known };
    let mut writer = Writer { teller, lines: Arc::new(lines), sheet };
    writer.blocs();
    writer.units();
    writer.losses();
    writer.sheet
}

/// A unit's losses with what they are told from.
struct Known<'a> {
    shortfall: Shortfall,
    card: &'a ScoreCard,
    bloc: &'a Bloc,
}

/// What the lines of both tables are made from.
struct Lines<'a> {
    teller: Teller<'a>,
    tables: Arc<[AreaTable]>,
    known: Vec<Known<'a>>,
}

struct Writer<'a> {
    teller: Teller<'a>,
    lines: Arc<Lines<'a>>,
    sheet: SheetOf<'a>,
}

impl Writer<'_> {
    /// A sentence a bloc: where it is weakest, and why it loses most.
    fn blocs(&mut self) {
        let scoring = self.teller.scoring();
        let Lines { tables, known, .. } = &*self.lines;
        for ((bloc, _), table) in self.teller.blocs().zip(tables.iter()) {
            let own = known.iter().filter(|it| it.bloc.id == bloc.id);
            let own: Vec<&Shortfall> = own.map(|it| &it.shortfall).collect();
            let weakest = table.weakest_first().into_iter().take(MOST_NAMED).map(|(area, mean)| {
                let sets = bloc.sets.iter().map(|id| &self.teller.round.sets[id]);
                let node = sets.flat_map(CriteriaSet::areas).find(|node| node.code() == area);
                let title = node.map_or("", |node| node.title());
                format!("{area}. {title} ({} %)", mean.fixed(scoring.index_places))
            });
            let weakest: Vec<String> = weakest.collect();
            let causes = causes(own.iter().flat_map(|shortfall| &shortfall.losses));
            let causes = causes.into_iter().take(MOST_NAMED).map(|(cause, lost)| {
                let holds = |it: &&&Shortfall| it.losses.iter().any(|loss| loss.cause == cause);
                let units = own.iter().filter(holds).count();
                let lost = lost.fixed(scoring.places);
                format!("{} ({lost} điểm ở {units} đơn vị)", text::uncapitalized(loss::why(cause)))
            });
            let causes: Vec<String> = causes.collect();
            if !weakest.is_empty() && !causes.is_empty() {
                let sentence = format!(
                    "{}: yếu nhất ở lĩnh vực {}. Mất điểm nhiều nhất vì: {}.",
                    bloc.name,
                    weakest.join(", "),
                    causes.join(", "),
                );
                self.sheet.push(Row::banner(sentence, Level::Strong, COLUMNS));
            }
        }
    }

    /// A line a unit, its sums taken from the lines of losses below.
    fn units(&mut self) {
        self.heading("1. Theo đơn vị");
        let head = Row::head([
            "Đơn vị",
            "Số mục mất điểm",
            "Để lên mức xếp loại trên",
            "Điểm tối đa",
            "Điểm đạt",
            "Điểm mất",
            "Lĩnh vực có hạng thấp nhất",
            "Mất điểm nhiều nhất vì",
        ]);
        self.sheet.push(head);
        // Below: a line a unit, an empty one, a heading, the second head.
        let count = |number: usize| u32::try_from(number).expect("few lines");
        let units = self.lines.known.len();
        let from = self.sheet.next_row();
        let first = from + count(units) + 3;
        let losses: usize = self.lines.known.iter().map(|it| it.shortfall.losses.len()).sum();
        let last = first + count(losses.max(1)) - 1;
        let lines = Arc::clone(&self.lines);
        self.sheet.push_body(units, move |at| {
            lines.unit(&lines.known[at], from + count(at), (first, last))
        });
        self.sheet.push(Row::new(Vec::new()));
    }

    fn heading(&mut self, text: &str) {
        self.sheet.push(Row::banner(text, Level::Strong, COLUMNS));
    }

    fn losses(&mut self) {
        self.heading("2. Theo mục mất điểm");
        let head = self.sheet.next_row();
        self.sheet.push(Row::head([
            "Đơn vị",
            "Mã",
            "Tiêu chí",
            "Điểm tối đa",
            "Điểm đạt",
            "Điểm mất",
            "Vì sao",
            "Cách đạt thêm điểm",
        ]));
        // The longest table of all. `ends` is the number of lines down to each
        // unit's last.
        let losses = self.lines.known.iter().map(|it| it.shortfall.losses.len());
        let ends = losses.scan(0, |sum, own| {
            *sum += own;
            Some(*sum)
        });
        let ends: Vec<usize> = ends.collect();
        let (lines, from) = (Arc::clone(&self.lines), self.sheet.next_row());
        self.sheet.push_body(ends.last().copied().unwrap_or(0), move |at| {
            let unit = ends.partition_point(|end| *end <= at);
            let Known { shortfall, card, .. } = &lines.known[unit];
            let loss = &shortfall.losses[shortfall.losses.len() + at - ends[unit]];
            let row = from + u32::try_from(at).expect("a sheet has fewer rows than 2^32");
            line(lines.teller, card, loss, row)
        });
        let last = self.sheet.next_row() - 1;
        if head < last {
            self.sheet.filter =
                Some((CellRef::new(head, 0), CellRef { row: last, col: COLUMNS - 1 }));
        } else {
            self.sheet.push(Row::banner("Không đơn vị nào mất điểm.", Level::Remark, COLUMNS));
        }
        self.sheet.repeat = Some((head, head));
    }
}

impl Lines<'_> {
    /// The line of a unit, which will stand in `row`; its losses stand in rows
    /// `first` to `last`.
    fn unit(&self, known: &Known, row: u32, (first, last): (u32, u32)) -> Row {
        let Known { shortfall, card, bloc } = known;
        let block = |col: u32| {
            let [from, to] = [first, last].map(|row| CellRef { row, col });
            format!("{}:{}", from.fixed(), to.fixed())
        };
        let name = |col: u32| CellRef { row, col };
        let unit = name(UNIT);
        let items = format!("COUNTIF({},{unit})", block(UNIT));
        let sum = format!("SUMIF({},{unit},{})", block(UNIT), block(LOST));
        let earned = card.possible - shortfall.lost;
        Row::new(vec![
            Cell::text(self.teller.name(&card.unit), Level::Body.left()),
            Cell::formula(items, whole(shortfall.losses.len()), Level::Body.right()),
            Cell::text(self.next(shortfall, bloc), Level::Body.left()),
            points(card.possible, Level::Body.right()),
            Cell::formula(
                format!("{}-{}", name(MAX), name(LOST)),
                Value::Points(earned),
                Level::Body.right(),
            ),
            Cell::formula(sum, Value::Points(shortfall.lost), Level::Body.right()),
            Cell::text(self.worst(card), Level::Body.left()),
            Cell::text(self.causes(shortfall), Level::Body.left()),
        ])
    }

    /// The largest causes of a unit's losses, with their points.
    fn causes(&self, shortfall: &Shortfall) -> String {
        let places = self.teller.scoring().places;
        let named = causes(&shortfall.losses).into_iter().take(MOST_NAMED);
        let named =
            named.map(|(cause, lost)| format!("{}: {}", loss::why(cause), lost.fixed(places)));
        named.collect::<Vec<String>>().join("; ")
    }

    /// What separates the unit from the next better band.
    fn next(&self, shortfall: &Shortfall, bloc: &Bloc) -> String {
        let Some(NextBand { band, missing, items }) = &shortfall.next else {
            return String::new();
        };
        let places = self.teller.scoring().places;
        let band = bloc.bands.get(*band).map_or("", |band| &band.name);
        let need = format!("Lên loại {band}: cần thêm {} điểm", missing.fixed(places));
        match items {
            None => format!("{need}, nhiều hơn số điểm đã mất"),
            Some(items) => {
                let items: Vec<String> = items.iter().map(ItemCode::to_string).collect();
                format!("{need}, chẳng hạn ở mục {}", items.join(", "))
            }
        }
    }

    /// The area in which the unit ranks worst, unless it leads everywhere.
    fn worst(&self, card: &ScoreCard) -> String {
        let worst = self.tables.iter().find_map(|table| {
            let (area, cell) = *table.worst_of(&card.unit).first()?;
            Some((area, cell))
        });
        let Some((area, cell)) = worst.filter(|(_, cell)| 1 < cell.rank) else {
            return String::new();
        };
        let unit = self.teller.round.register.unit(&card.unit);
        let set = unit.map(|unit| self.teller.round.set(unit));
        let node = set.and_then(|set| set.areas().find(|node| node.code() == area));
        let share = cell.share.fixed(self.teller.scoring().index_places);
        let title = node.map_or("", |node| node.title());
        format!("{area}. {title}: {share} %, hạng {}", cell.rank)
    }
}

/// A line of the table of losses, which will stand in `row`.
fn line<'a>(teller: Teller<'a>, card: &'a ScoreCard, loss: &Loss, row: u32) -> Row {
    let unit = teller.round.register.unit(&card.unit);
    let item = unit.and_then(|unit| teller.round.set(unit).item(loss.item));
    let name = |col: u32| CellRef { row, col };
    let difference = format!("{}-{}", name(MAX), name(EARNED));
    let max = item.map_or(Points::ZERO, |item| item.max);
    let cut = (Points::ZERO < loss.cut).then(|| format!(" (−{})", loss.cut));
    let why = format!("{}{}", loss::why(loss.cause), cut.unwrap_or_default());
    Row::new(vec![
        Cell::text(teller.name(&card.unit), Level::Body.left()),
        Cell::text(loss.item.to_string(), Level::Body.center()),
        Cell::text(item.map_or("", |item| &item.title), Level::Body.left()),
        points(max, Level::Body.right()),
        points(max - loss.lost, Level::Body.right()),
        Cell::formula(difference, Value::Points(loss.lost), Level::Body.right()),
        Cell::text(why, Level::Body.left()),
        Cell::text(
            item.map_or(String::new(), |item| loss::remedy(item, loss.cause)),
            Level::Body.left(),
        ),
    ])
}

/// Points lost by cause, most first, equal ones in the order of causes.
fn causes<'a>(losses: impl IntoIterator<Item = &'a Loss>) -> Vec<(Cause, Points)> {
    let mut sums: BTreeMap<Cause, Points> = BTreeMap::new();
    for loss in losses {
        *sums.entry(loss.cause).or_default() += loss.lost;
    }
    let mut sums: Vec<(Cause, Points)> = sums.into_iter().collect();
    sums.sort_by_key(|(_, lost)| Reverse(*lost));
    sums
}
