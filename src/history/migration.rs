//! How units moved between bands: two years → a matrix for each bloc.

use crate::history::History;
use crate::history::series::Series;
use crate::round::settings::BlocId;

/// A bloc's units by where they stood in one year and where in another.
///
/// Rows and columns are the bands, best first, then *not ranked*; the last row
/// is units that were not there before, the last column those that are no
/// longer. So a row adds up to the units of the earlier year, a column to those
/// of the later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    pub bloc: BlocId,
    pub from: i16,
    pub to: i16,
    pub counts: Vec<Vec<usize>>,
}

/// The matrix of every bloc for two years.
pub fn migrations(history: &History, series: &[Series], from: i16, to: i16) -> Vec<Migration> {
    let one = |bloc: &BlocId, bands: usize| {
        let size = bands + 2;
        let mut counts = vec![vec![0; size]; size];
        for it in series {
            let [row, column] = [from, to].map(|year| state(history, it, bloc, year, bands));
            if row.is_some() || column.is_some() {
                let absent = size - 1;
                counts[row.unwrap_or(absent)][column.unwrap_or(absent)] += 1;
            }
        }
        Migration { bloc: bloc.clone(), from, to, counts }
    };
    history.period.blocs.iter().map(|bloc| one(&bloc.id, bloc.bands.len())).collect()
}

/// The place of a unit's band in a year; after the bands, *not ranked*; `None`
/// when it was not in the bloc.
fn state(
    history: &History,
    series: &Series,
    bloc: &BlocId,
    year: i16,
    bands: usize,
) -> Option<usize> {
    let entry = series.entry(year).filter(|entry| entry.bloc == *bloc)?;
    let band = entry.placing().and_then(|it| history.period.bloc(bloc)?.band(&it.band));
    Some(band.unwrap_or(bands))
}
