//! *Tồn tại, hạn chế*: where units lost points, why, and what would earn them:
//! a line a unit, the items where each bloc lost most, and the largest losses of
//! each unit. All of them are in the data, and in each unit's letter.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::detail::{Spots, Sum};
use super::weakest::{self, causes};
use crate::analysis::{AreaTable, Loss, NextBand, Shortfall};
use crate::finding::CellRef;
use crate::points::Points;
use crate::report::basis::{Basis, area_title};
use crate::report::extent::{RANKING, SHORTFALLS, path};
use crate::report::loss;
use crate::round::criteria::{Item, ItemCode};
use crate::round::register::UnitId;
use crate::round::settings::{Bloc, Feedback};
use crate::score::ScoreCard;
use crate::sheet::SheetOf;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};
use crate::text;

/// How many areas or causes one sentence names.
const MOST_NAMED: usize = 3;

const LOST: &str = "Điểm mất";

pub(super) fn sheet(basis: Basis<'_>, name: String, spots: Vec<Arc<Spots>>) -> SheetOf<'_> {
    let cards = basis
        .blocs()
        .flat_map(|(bloc, ranking)| ranking.cards().map(move |card| (&card.unit, (card, bloc))));
    let cards: BTreeMap<&UnitId, (&ScoreCard, &Bloc)> = cards.collect();
    let known = basis.edition.shortfalls.iter().filter_map(|shortfall| {
        let (card, bloc) = *cards.get(&shortfall.unit)?;
        Some(Known { shortfall, card, bloc })
    });
    let lines = Arc::new(Lines { basis, spots, known: known.collect() });
    let units = Table::new(unit_columns(&lines)).repeated();
    let title = "TỒN TẠI, HẠN CHẾ CỦA TỪNG ĐƠN VỊ";
    let mut sheet = basis.titled(name, units.widths(), title);
    if lines.known.is_empty() {
        head::remark(&mut sheet, "Chưa có đơn vị nào được chấm điểm.");
        return sheet;
    }
    for sentence in lines.blocs() {
        head::heading(&mut sheet, &sentence);
    }
    weakest::write(basis, &lines.spots, &mut sheet);
    head::gap(&mut sheet);
    head::heading(&mut sheet, "2. Theo đơn vị");
    let shown = basis.edition.limits.shown(&mut sheet, lines.known.len(), "đơn vị", RANKING);
    units.write_long(&mut sheet, shown, |at| at);
    head::gap(&mut sheet);
    losses(&lines, &mut sheet);
    sheet
}

/// A unit's losses with what they are told from.
struct Known<'a> {
    shortfall: &'a Shortfall,
    card: &'a ScoreCard,
    bloc: &'a Bloc,
}

/// What the lines of the tables are made from.
struct Lines<'a> {
    basis: Basis<'a>,
    spots: Vec<Arc<Spots>>,
    known: Vec<Known<'a>>,
}

/// Which loss of which unit.
#[derive(Clone, Copy)]
struct Spot {
    unit: usize,
    loss: usize,
}

/// A line a unit, its points taken from *Chi tiết* where the unit stands there.
fn unit_columns<'a>(lines: &Arc<Lines<'a>>) -> Vec<Column<'a, usize>> {
    let of = |entry: fn(&Lines<'a>, &Known<'a>) -> Entry| {
        let lines = Arc::clone(lines);
        move |at: &usize| entry(&lines, &lines.known[*at])
    };
    vec![
        Column::words("Đơn vị", 30.0, of(|it, own| it.basis.name(&own.card.unit).into())).pinned(),
        Column::number("Số mục mất điểm", 8.0, of(|_, own| own.shortfall.losses.len().into())),
        Column::words(
            "Để lên mức xếp loại trên",
            52.0,
            of(|it, own| it.next(own.shortfall, own.bloc).into()),
        ),
        Column::number(
            "Điểm tối đa",
            9.0,
            of(|it, own| it.linked(own.card, Sum::Possible, own.card.possible)),
        ),
        Column::number(
            "Điểm đạt",
            9.0,
            of(|it, own| {
                let earned = own.card.possible - own.shortfall.lost;
                it.linked(own.card, Sum::Achieved, earned)
            }),
        ),
        Column::number(
            LOST,
            9.0,
            of(|_, own| Entry::formula("[Điểm tối đa]-[Điểm đạt]", own.shortfall.lost)),
        ),
        Column::words("Lĩnh vực có hạng thấp nhất", 58.0, of(|it, own| it.worst(own.card).into())),
        Column::words(
            "Mất điểm nhiều nhất vì",
            52.0,
            of(|it, own| it.causes(own.shortfall).into()),
        ),
    ]
}

/// Writes the largest losses of each unit: of as many units as there is room for,
/// all that are to be shown.
fn losses<'a>(lines: &Arc<Lines<'a>>, sheet: &mut SheetOf<'a>) {
    let basis = lines.basis;
    let most = basis.round.settings.losses_shown;
    // The number of lines down to each unit's last.
    let ends = lines.known.iter().scan(0, |sum, own| {
        *sum += own.shortfall.losses.len().min(most);
        Some(*sum)
    });
    let ends: Vec<usize> = ends.collect();
    let units = ends.partition_point(|end| *end <= basis.edition.limits.rows);
    let count = ends[..units].last().copied().unwrap_or(0);
    head::heading(
        sheet,
        &format!("3. Mục mất nhiều điểm nhất của từng đơn vị (nhiều nhất {most} mục)"),
    );
    let all: usize = lines.known.iter().map(|it| it.shortfall.losses.len()).sum();
    let whose = match units {
        few if few < ends.len() => format!("{few} đơn vị đầu"),
        _ => "mỗi đơn vị".to_owned(),
    };
    // Not every unit has a letter unless the round says so.
    let letters = match basis.round.settings.feedback {
        Feedback::Every => ", và tệp phản hồi của đơn vị",
        Feedback::Noticed => "",
    };
    let partly = format!(
        "Nêu {count} trong {all} lần mất điểm: của {whose} nhiều nhất {most} mục. Đủ mọi mục: tệp \
         {}{letters}. Bảng để tra cứu trên máy tính, khi in chỉ in đến đây.",
        path(SHORTFALLS),
    );
    head::remark(sheet, &partly);
    sheet.prints_to = Some(CellRef::new(sheet.next_row() - 1, head::columns(sheet) - 1));
    let own = Arc::clone(lines);
    let table = Table::new(loss_columns(lines)).filtered().otherwise("Không đơn vị nào mất điểm.");
    table.write_long(sheet, count, move |at| {
        let unit = ends.partition_point(|end| *end <= at);
        Spot { unit, loss: own.known[unit].shortfall.losses.len().min(most) + at - ends[unit] }
    });
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
        Column::words("Đơn vị", 30.0, of(|it, own, _| it.basis.name(&own.card.unit).into()))
            .pinned(),
        Column::code("Mã", 8.0, of(|_, _, loss| loss.item.to_string().into())),
        Column::words("Tiêu chí", 52.0, of_item(|item, _| (&item.title).into())),
        Column::number("Điểm tối đa", 9.0, of_item(|item, _| item.max.into())),
        Column::number("Điểm đạt", 9.0, of_item(|item, loss| (item.max - loss.lost).into())),
        Column::number(
            LOST,
            9.0,
            of(|_, _, loss| Entry::formula("[Điểm tối đa]-[Điểm đạt]", loss.lost)),
        ),
        Column::words(
            "Vì sao",
            58.0,
            of(|_, _, loss| {
                let cut = (Points::ZERO < loss.cut).then(|| format!(" (−{})", loss.cut));
                format!("{}{}", loss::why(loss.cause), cut.unwrap_or_default()).into()
            }),
        ),
        Column::words(
            "Cách đạt thêm điểm",
            52.0,
            of_item(|item, loss| loss::remedy(item, loss.cause).into()),
        ),
    ]
}

impl Lines<'_> {
    /// A sum of a unit, taken from *Chi tiết* where it stands there.
    fn linked(&self, card: &ScoreCard, which: Sum, value: Points) -> Entry {
        let formula = self.spots.iter().find_map(|it| it.sum(&card.unit, which));
        formula.map_or_else(|| value.into(), |it| Entry::formula(it, value))
    }

    /// A sentence a bloc: where it is weakest, and why it loses most.
    fn blocs(&self) -> Vec<String> {
        let scoring = self.basis.scoring();
        let sentence = |((bloc, _), table): ((&Bloc, _), &AreaTable)| {
            let own = self.known.iter().filter(|it| it.bloc.id == bloc.id);
            let own: Vec<&Shortfall> = own.map(|it| it.shortfall).collect();
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
        self.basis.blocs().zip(self.basis.edition.areas).filter_map(sentence).collect()
    }

    /// The largest causes of a unit's losses, with their points.
    fn causes(&self, shortfall: &Shortfall) -> String {
        let places = self.basis.scoring().places;
        let named = causes(&shortfall.losses).into_iter().take(1);
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
        let need = format!("{band}: thêm {} điểm", missing.fixed(places));
        match items {
            None => format!("{need}, nhiều hơn số điểm đã mất"),
            Some(items) => {
                let items: Vec<String> = items.iter().map(ItemCode::to_string).collect();
                format!("{need}, ví dụ ở {}", items.join("; "))
            }
        }
    }

    /// The area in which the unit ranks worst, unless it leads everywhere.
    fn worst(&self, card: &ScoreCard) -> String {
        let worst = self.basis.edition.areas.iter().find_map(|table| {
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
