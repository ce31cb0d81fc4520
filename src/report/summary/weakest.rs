//! The items where each bloc lost most, for *Tồn tại, hạn chế*.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::detail::Spots;
use crate::analysis::{Cause, Loss};
use crate::points::Points;
use crate::report::basis::Basis;
use crate::report::loss;
use crate::round::criteria::{CriteriaSet, Item, ItemCode, SetId};
use crate::round::register::UnitId;
use crate::round::settings::Bloc;
use crate::sheet::SheetOf;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};

/// How many units one line names.
const MOST_NAMED: usize = 2;

/// What a bloc lost at an item.
struct Line<'a> {
    bloc: &'a Bloc,
    item: &'a Item,
    lost: Points,
    units: usize,
    why: String,
    most: String,
    /// The scores of all units, for a formula, where one sheet has them all.
    scores: Option<String>,
}

/// Writes them, the largest loss of each bloc first.
pub(super) fn write<'a>(basis: Basis<'a>, spots: &[Arc<Spots>], sheet: &mut SheetOf<'a>) {
    let most = basis.round.settings.losses_shown;
    head::heading(
        sheet,
        &format!("1. Mục mất nhiều điểm nhất của từng khối (nhiều nhất {most} mục)"),
    );
    let lines = basis.blocs().flat_map(|(bloc, _)| lines(basis, bloc, spots));
    Table::new(columns())
        .otherwise("Không khối nào mất điểm.")
        .write(sheet, &lines.collect::<Vec<Line>>());
}

fn columns<'a>() -> Vec<Column<'a, Line<'a>>> {
    let counted = |formula: &'static str, it: &Line, value: Entry| match &it.scores {
        Some(scores) => Entry::formula(formula.replace("{}", scores), value.into_value()),
        None => value,
    };
    vec![
        Column::words("Khối", 30.0, |it: &Line| (&it.bloc.name).into()),
        Column::code("Mã", 8.0, |it: &Line| it.item.code.to_string().into()),
        Column::words("Tiêu chí", 52.0, |it: &Line| (&it.item.title).into()),
        Column::number("Điểm tối đa", 9.0, |it: &Line| it.item.max.into()),
        Column::number("Số đơn vị mất điểm", 9.0, move |it: &Line| {
            counted("COUNTIF({},\"<\"&[Điểm tối đa])", it, it.units.into())
        }),
        Column::number("Điểm mất", 9.0, move |it: &Line| {
            counted("[Điểm tối đa]*COUNT({})-SUM({})", it, it.lost.into())
        }),
        Column::words("Vì sao", 58.0, |it: &Line| (&it.why).into()),
        Column::words("Đơn vị mất nhiều nhất", 52.0, |it: &Line| (&it.most).into()),
    ]
}

fn lines<'a>(basis: Basis<'a>, bloc: &'a Bloc, spots: &[Arc<Spots>]) -> Vec<Line<'a>> {
    type Losses<'a> = Vec<(&'a UnitId, &'a Loss)>;
    let mut by_item: BTreeMap<(&SetId, ItemCode), Losses> = BTreeMap::new();
    for shortfall in basis.edition.shortfalls {
        let unit = basis.round.register.unit(&shortfall.unit);
        for loss in &shortfall.losses {
            if let Some(unit) = unit.filter(|it| it.bloc == bloc.id) {
                by_item.entry((&unit.set, loss.item)).or_default().push((&unit.id, loss));
            }
        }
    }
    let sum = |losses: &Losses| losses.iter().map(|it| it.1.lost).sum::<Points>();
    let mut items: Vec<((&SetId, ItemCode), Losses)> = by_item.into_iter().collect();
    items.sort_by_key(|it| Reverse(sum(&it.1)));
    items.truncate(basis.round.settings.losses_shown);
    let line = |((set, code), mut losses): ((&'a SetId, ItemCode), Losses<'a>)| {
        let item: &'a Item =
            basis.round.sets.get(set).map(|it: &'a CriteriaSet| it.item(code))??;
        let why = causes(losses.iter().map(|it| it.1)).first().map_or("", |it| loss::why(it.0));
        let lost = sum(&losses);
        losses.sort_by_key(|it| Reverse(it.1.lost));
        let named = losses.iter().take(MOST_NAMED).map(|(unit, loss)| {
            format!("{} ({})", basis.name(unit), loss.lost.fixed(basis.scoring().places))
        });
        let most = named.collect::<Vec<String>>().join("; ");
        let at = losses.first().and_then(|(unit, _)| spots.iter().find(|it| it.has(unit)));
        let scores = at.and_then(|it| it.scores(code));
        Some(Line { bloc, item, lost, units: losses.len(), why: why.to_owned(), most, scores })
    };
    items.into_iter().filter_map(line).collect()
}

/// Points lost by cause, most first, equal ones in the order of causes.
pub(super) fn causes<'a>(losses: impl IntoIterator<Item = &'a Loss>) -> Vec<(Cause, Points)> {
    let mut sums: BTreeMap<Cause, Points> = BTreeMap::new();
    for loss in losses {
        *sums.entry(loss.cause).or_default() += loss.lost;
    }
    let mut sums: Vec<(Cause, Points)> = sums.into_iter().collect();
    sums.sort_by_key(|(_, lost)| Reverse(*lost));
    sums
}
