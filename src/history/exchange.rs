//! A year → the CSV text that programs exchange (the form of the history).

use std::collections::{BTreeMap, BTreeSet};

use crate::history::read_year::{self, ADJUSTED, AREA, CLAIMED, COUNT, YEAR};
use crate::history::year::{Fate, ItemPoints, Year};
use crate::points::Points;
use crate::round::criteria::ItemCode;
use crate::text::csv::line;

/// A year in the form of the history: UTF-8, commas, decimal points, LF; the
/// year with what its areas are called, and the number of rows, then the columns
/// of the year's template and one for each item. `None` when the year was read
/// from that form.
pub fn write(year: &Year, places: u32) -> Option<String> {
    let kept = year.kept.as_ref()?;
    // Sets of two blocs may give one code two maxima.
    let mut columns: BTreeSet<(ItemCode, Points)> = BTreeSet::new();
    let mut claimed: BTreeSet<ItemCode> = BTreeSet::new();
    for item in kept.iter().flatten().filter(|it| it.points.is_some()) {
        columns.insert((item.code, item.max));
        claimed.extend(item.claimed.map(|_| item.code));
    }
    let plain = |points: Points| points.data(points.places());
    let mut text = String::new();
    let names = year.areas.of_bloc.iter();
    let names = names.map(|((bloc, code), names)| (format!("{AREA} {} {code}", bloc.0), names));
    let of_all = year.areas.of_all.iter();
    let names = names.chain(of_all.map(|(code, names)| (format!("{AREA} {code}"), names)));
    let names = names.flat_map(|(label, names)| {
        names.iter().flat_map(move |name| [label.clone(), name.clone()])
    });
    let stated = [YEAR.to_owned(), year.year.to_string()];
    line(&mut text, stated.into_iter().chain(names));
    line(&mut text, [COUNT.to_owned(), year.entries.len().to_string()]);
    let is_adjusted = year.entries.iter().any(|it| it.adjusted != Points::ZERO);
    let fixed = read_year::COLUMNS.iter().map(|it| it.label);
    let fixed = fixed.filter(|it| is_adjusted || *it != ADJUSTED).map(str::to_owned);
    let tops = columns.iter().map(|(code, max)| format!("{code} ({})", plain(*max)));
    let claims = claimed.iter().map(|code| format!("{code} {CLAIMED}"));
    line(&mut text, fixed.chain(tops).chain(claims));
    for (entry, items) in year.entries.iter().zip(kept) {
        let mut cells = vec![entry.unit.0.clone(), entry.name.clone(), entry.bloc.0.clone()];
        match &entry.fate {
            Fate::Ranked(it) => {
                let index = it.index.data(places.max(it.index.quantity().places()));
                cells.extend([index, it.band.clone(), it.rank.to_string(), String::new()]);
            }
            Fate::Unranked(why) => {
                cells.extend((0..3).map(|_| String::new()).chain([why.clone()]));
            }
        }
        if is_adjusted {
            cells.push(plain(entry.adjusted));
        }
        let told = || items.iter().filter(|it| it.points.is_some());
        let of: BTreeMap<(ItemCode, Points), &ItemPoints> =
            told().map(|it| ((it.code, it.max), it)).collect();
        let by_code: BTreeMap<ItemCode, &ItemPoints> = told().map(|it| (it.code, it)).collect();
        let shown = |points: Option<Points>| points.map(plain).unwrap_or_default();
        cells.extend(columns.iter().map(|at| shown(of.get(at).and_then(|it| it.points))));
        let claim = |code| shown(by_code.get(code).and_then(|it| it.claimed));
        cells.extend(claimed.iter().map(claim));
        line(&mut text, cells);
    }
    Some(text)
}
