//! *Tồn tại, hạn chế*: where each unit lost points, why, and what would earn
//! them; first a line a unit, then a line a loss, largest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::basis::{Basis, area_title};
use crate::analysis::{AreaTable, Cause, Loss, NextBand, Shortfall};
use crate::points::Points;
use crate::report::loss;
use crate::round::criteria::{Item, ItemCode};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::score::ScoreCard;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::sheet::{Range, SheetOf};
use crate::text;

/// How many areas or causes one sentence names.
const MOST_NAMED: usize = 3;

const UNIT: &str = "Đơn vị";
const LOST: &str = "Điểm mất";

/// `tables` are the areas of each bloc, in the order of the settings.
pub(super) fn sheet<'a>(
    basis: Basis<'a>,
    name: String,
    shortfalls: Vec<Shortfall>,
    tables: &Arc<[AreaTable]>,
) -> SheetOf<'a> {
    let cards = basis
        .blocs()
        .flat_map(|(bloc, ranking)| ranking.cards().map(move |card| (&card.unit, (card, bloc))));
    let cards: BTreeMap<&UnitId, (&ScoreCard, &Bloc)> = cards.collect();
    let known = shortfalls.into_iter().filter_map(|shortfall| {
        let (card, bloc) = *cards.get(&shortfall.unit)?;
        Some(Known { shortfall, card, bloc })
    });
    let (tables, known) = (Arc::clone(tables), known.collect());
    let lines = Arc::new(Lines { basis, tables, known, below: OnceLock::new() });
    let units = Table::new(unit_columns(&lines));
    let title = "TỒN TẠI, HẠN CHẾ CỦA TỪNG ĐƠN VỊ";
    let mut sheet = basis.titled(name, units.widths(), title);
    if lines.known.is_empty() {
        head::remark(&mut sheet, "Chưa có đơn vị nào được chấm điểm.");
        return sheet;
    }
    for sentence in lines.blocs() {
        head::heading(&mut sheet, &sentence);
    }
    head::heading(&mut sheet, "1. Theo đơn vị");
    units.write_long(&mut sheet, lines.known.len(), |at| at);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "2. Theo mục mất điểm");
    lines.below.get_or_init(|| losses(&lines, &mut sheet));
    sheet
}

/// A unit's losses with what they are told from.
struct Known<'a> {
    shortfall: Shortfall,
    card: &'a ScoreCard,
    bloc: &'a Bloc,
}

/// What the lines of both tables are made from.
struct Lines<'a> {
    basis: Basis<'a>,
    tables: Arc<[AreaTable]>,
    known: Vec<Known<'a>>,
    /// Where the losses stand, which the lines of units above are summed from.
    below: OnceLock<Option<Below>>,
}

struct Below {
    units: Range,
    lost: Range,
}

/// Which loss of which unit.
#[derive(Clone, Copy)]
struct Spot {
    unit: usize,
    loss: usize,
}

/// A line a unit, its sums taken from the lines of losses.
fn unit_columns<'a>(lines: &Arc<Lines<'a>>) -> Vec<Column<'a, usize>> {
    let of = |entry: fn(&Lines<'a>, &Known<'a>) -> Entry| {
        let lines = Arc::clone(lines);
        move |at: &usize| entry(&lines, &lines.known[*at])
    };
    vec![
        Column::words(UNIT, 30.0, of(|it, own| it.basis.name(&own.card.unit).into())).pinned(),
        Column::number(
            "Số mục mất điểm",
            8.0,
            of(|it, own| {
                let losses = own.shortfall.losses.len();
                it.below().map_or_else(
                    || losses.into(),
                    |at| Entry::formula(format!("COUNTIF({},[{UNIT}])", block(&at.units)), losses),
                )
            }),
        ),
        Column::words(
            "Để lên mức xếp loại trên",
            46.0,
            of(|it, own| it.next(&own.shortfall, own.bloc).into()),
        ),
        Column::number("Điểm tối đa", 9.0, of(|_, own| own.card.possible.into())),
        Column::number(
            "Điểm đạt",
            9.0,
            of(|_, own| {
                let earned = own.card.possible - own.shortfall.lost;
                Entry::formula(format!("[Điểm tối đa]-[{LOST}]"), earned)
            }),
        ),
        Column::number(
            LOST,
            9.0,
            of(|it, own| {
                let lost = own.shortfall.lost;
                it.below().map_or_else(
                    || lost.into(),
                    |at| {
                        let [units, points] = [&at.units, &at.lost].map(block);
                        Entry::formula(format!("SUMIF({units},[{UNIT}],{points})"), lost)
                    },
                )
            }),
        ),
        Column::words("Lĩnh vực có hạng thấp nhất", 36.0, of(|it, own| it.worst(own.card).into())),
        Column::words(
            "Mất điểm nhiều nhất vì",
            42.0,
            of(|it, own| it.causes(&own.shortfall).into()),
        ),
    ]
}

/// A block of the same sheet.
fn block(range: &Range) -> String {
    format!("{}:{}", range.first.fixed(), range.last.fixed())
}

/// Writes the longest table of all. Gives where it stands, unless it is empty.
fn losses<'a>(lines: &Arc<Lines<'a>>, sheet: &mut SheetOf<'a>) -> Option<Below> {
    // The number of lines down to each unit's last.
    let losses = lines.known.iter().map(|it| it.shortfall.losses.len());
    let ends = losses.scan(0, |sum, own| {
        *sum += own;
        Some(*sum)
    });
    let ends: Vec<usize> = ends.collect();
    let count = ends.last().copied().unwrap_or(0);
    let own = Arc::clone(lines);
    let table = Table::new(loss_columns(lines))
        .repeated()
        .filtered()
        .otherwise("Không đơn vị nào mất điểm.");
    let table = table.write_long(sheet, count, move |at| {
        let unit = ends.partition_point(|end| *end <= at);
        Spot { unit, loss: own.known[unit].shortfall.losses.len() + at - ends[unit] }
    });
    Some(Below { units: table.range(UNIT)?, lost: table.range(LOST)? })
}

fn loss_columns<'a>(lines: &Arc<Lines<'a>>) -> Vec<Column<'a, Spot>> {
    let of = |entry: fn(&Lines<'a>, &Known<'a>, &Loss) -> Entry| {
        let lines = Arc::clone(lines);
        move |spot: &Spot| {
            let known = &lines.known[spot.unit];
            entry(&lines, known, &known.shortfall.losses[spot.loss])
        }
    };
    let of_item = |entry: fn(&Item, &Loss) -> Entry| {
        let lines = Arc::clone(lines);
        move |spot: &Spot| {
            let known = &lines.known[spot.unit];
            let loss = &known.shortfall.losses[spot.loss];
            let item = lines.basis.set(&known.card.unit).and_then(|set| set.item(loss.item));
            item.map_or("".into(), |item| entry(item, loss))
        }
    };
    vec![
        Column::words(UNIT, 30.0, of(|it, own, _| it.basis.name(&own.card.unit).into())).pinned(),
        Column::code("Mã", 8.0, of(|_, _, loss| loss.item.to_string().into())),
        Column::words("Tiêu chí", 46.0, of_item(|item, _| (&item.title).into())),
        Column::number("Điểm tối đa", 9.0, of_item(|item, _| item.max.into())),
        Column::number("Điểm đạt", 9.0, of_item(|item, loss| (item.max - loss.lost).into())),
        Column::number(
            LOST,
            9.0,
            of(|_, _, loss| Entry::formula("[Điểm tối đa]-[Điểm đạt]", loss.lost)),
        ),
        Column::words(
            "Vì sao",
            36.0,
            of(|_, _, loss| {
                let cut = (Points::ZERO < loss.cut).then(|| format!(" (−{})", loss.cut));
                format!("{}{}", loss::why(loss.cause), cut.unwrap_or_default()).into()
            }),
        ),
        Column::words(
            "Cách đạt thêm điểm",
            42.0,
            of_item(|item, loss| loss::remedy(item, loss.cause).into()),
        ),
    ]
}

impl Lines<'_> {
    fn below(&self) -> Option<&Below> {
        self.below.get()?.as_ref()
    }

    /// A sentence a bloc: where it is weakest, and why it loses most.
    fn blocs(&self) -> Vec<String> {
        let scoring = self.basis.scoring();
        let sentence = |((bloc, _), table): ((&Bloc, _), &AreaTable)| {
            let own = self.known.iter().filter(|it| it.bloc.id == bloc.id);
            let own: Vec<&Shortfall> = own.map(|it| &it.shortfall).collect();
            let weakest = table.weakest_first().into_iter().take(MOST_NAMED).map(|(area, mean)| {
                let area = area_title(area, self.basis.sets(bloc));
                format!("{area} ({} %)", mean.fixed(scoring.index_places))
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
            (!weakest.is_empty() && !causes.is_empty()).then(|| {
                format!(
                    "{}: yếu nhất ở lĩnh vực {}. Mất điểm nhiều nhất vì: {}.",
                    bloc.name,
                    weakest.join(", "),
                    causes.join(", "),
                )
            })
        };
        self.basis.blocs().zip(self.tables.iter()).filter_map(sentence).collect()
    }

    /// The largest causes of a unit's losses, with their points.
    fn causes(&self, shortfall: &Shortfall) -> String {
        let places = self.basis.scoring().places;
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
        let places = self.basis.scoring().places;
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
        let share = cell.share.fixed(self.basis.scoring().index_places);
        let area = area_title(area, self.basis.set(&card.unit));
        format!("{area}: {share} %, hạng {}", cell.rank)
    }
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
