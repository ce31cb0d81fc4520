//! Years → one series a line: what the unit got each year, and what that comes
//! to over the period.

use std::collections::BTreeMap;

use crate::history::History;
use crate::history::members::EventKind;
use crate::history::year::{Entry, Placing};
use crate::points::Percent;
use crate::round::settings::BlocId;

/// Whether the years of a series may be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Continuity {
    /// *Liên tục*: ranked in every year, the same unit throughout, whatever it
    /// was called.
    Continuous,
    /// *Đứt đoạn*: some year has no ranked result.
    Broken,
    /// *Ghép*: a merger or a split within the period made it another unit.
    Composed,
}

/// What a series holds for one year.
#[derive(Clone, Debug)]
pub enum Point<'a> {
    /// The unit's own result, ranked or not.
    Own(&'a Entry),
    /// Before the unit was made: the mean of what the lines it was made of had,
    /// for the eye only; it enters no mean, rank or award.
    Composed { index: Percent, of: Vec<usize> },
    /// Nothing.
    Absent,
}

/// One line over the years.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// Its place in the genealogy.
    pub line: usize,
    /// The bloc of its last result.
    pub bloc: BlocId,
    pub continuity: Continuity,
    /// One for every year of the period.
    pub points: BTreeMap<i16, Point<'a>>,
    /// `None` of a line that was never ranked.
    pub stats: Option<Stats>,
}

/// What a line came to over the years in which it was ranked in its bloc.
#[derive(Clone, Debug)]
pub struct Stats {
    /// In how many years.
    pub years: usize,
    /// The mean of the published indices, rounded half up.
    pub mean: Percent,
    pub first: (i16, Placing),
    pub last: (i16, Placing),
    /// The last index less the first.
    pub gain: Percent,
    /// Steadiness: the mean of the changes from one ranked year to the next,
    /// without their signs; `None` of a single year.
    pub swing: Option<Percent>,
    /// How often each band was reached, best first.
    pub bands: Vec<usize>,
}

impl<'a> Series<'a> {
    /// The placing of a year in the line's own bloc.
    pub fn placing(&self, year: i16) -> Option<&'a Placing> {
        match self.points.get(&year)? {
            Point::Own(entry) if entry.bloc == self.bloc => entry.placing(),
            _ => None,
        }
    }

    /// The entry of a year.
    pub fn entry(&self, year: i16) -> Option<&'a Entry> {
        match self.points.get(&year)? {
            Point::Own(entry) => Some(entry),
            _ => None,
        }
    }
}

/// A series for every line that has any result, in the order of the genealogy.
pub fn series(history: &History) -> Vec<Series<'_>> {
    let mut own: BTreeMap<(usize, i16), &Entry> = BTreeMap::new();
    for (year, results) in &history.years {
        for entry in &results.entries {
            if let Some(line) = history.genealogy.of(&entry.unit) {
                own.insert((line, *year), entry);
            }
        }
    }
    let own = &own;
    let composer = Composer { history, own };
    let one = |line: usize| {
        let years = || history.period.years();
        let entries = || years().filter_map(move |year| Some((year, own.get(&(line, year))?)));
        let bloc = entries().next_back()?.1.bloc.clone();
        let points = years().map(|year| (year, composer.point(line, year))).collect();
        let ranked = entries().filter(|it| it.1.bloc == bloc);
        let ranked = ranked.filter_map(|(year, entry)| Some((year, entry.placing()?)));
        let ranked: Vec<(i16, &Placing)> = ranked.collect();
        let stats = stats(history, &bloc, &ranked);
        let continuity = if is_composed(history, line) {
            Continuity::Composed
        } else if ranked.len() < years().count() {
            Continuity::Broken
        } else {
            Continuity::Continuous
        };
        Some(Series { line, bloc, continuity, points, stats })
    };
    (0..history.genealogy.lines.len()).filter_map(one).collect()
}

/// Whether a merger or a split within the period made the line what it is.
fn is_composed(history: &History, line: usize) -> bool {
    let period = &history.period;
    let line = &history.genealogy.lines[line];
    line.events.iter().map(|at| &history.members.events[*at]).any(|event| {
        let is_within = event
            .day
            .is_none_or(|day| period.as_of(period.from) < day && day <= period.as_of(period.to));
        let is_structural = matches!(event.kind, EventKind::Merge | EventKind::Split);
        is_structural && is_within && event.after.iter().any(|id| line.ids.contains(id))
    })
}

fn stats(history: &History, bloc: &BlocId, ranked: &[(i16, &Placing)]) -> Option<Stats> {
    let places = history.period.places;
    let indices: Vec<Percent> = ranked.iter().map(|it| it.1.index).collect();
    let (first, last) = (ranked.first()?, ranked.last()?);
    let swings: Vec<Percent> = indices.windows(2).map(|pair| pair[1].apart(pair[0])).collect();
    let bands = history.period.bloc(bloc).map_or(&[][..], |bloc| &bloc.bands);
    let reached = |band: &String| ranked.iter().filter(|it| it.1.band == *band).count();
    Some(Stats {
        years: ranked.len(),
        mean: Percent::mean(&indices, places)?,
        first: (first.0, first.1.clone()),
        last: (last.0, last.1.clone()),
        gain: last.1.index.minus(first.1.index),
        swing: Percent::mean(&swings, places),
        bands: bands.iter().map(reached).collect(),
    })
}

/// Finds what a line had before it was made.
struct Composer<'a, 'b> {
    history: &'a History,
    own: &'b BTreeMap<(usize, i16), &'a Entry>,
}

impl<'a> Composer<'a, '_> {
    fn point(&self, line: usize, year: i16) -> Point<'a> {
        match self.own.get(&(line, year)) {
            Some(entry) => Point::Own(entry),
            None => match self.composed(line, year) {
                Some((index, of)) => Point::Composed { index, of },
                None => Point::Absent,
            },
        }
    }

    /// The mean of the parents' indices, each its own or composed in turn. The
    /// genealogy has no circles, so this ends.
    fn composed(&self, line: usize, year: i16) -> Option<(Percent, Vec<usize>)> {
        // Once it had results of its own, a year without one is a gap.
        let is_begun = self.own.range((line, i16::MIN)..(line, year)).next().is_some();
        let mut indices = Vec::new();
        let mut of = Vec::new();
        let parents = &self.history.genealogy.lines[line].parents;
        for parent in parents.iter().filter(|_| !is_begun) {
            let index = match self.own.get(&(*parent, year)) {
                Some(entry) => entry.placing().map(|it| it.index),
                None => self.composed(*parent, year).map(|it| it.0),
            };
            if let Some(index) = index {
                indices.push(index);
                of.push(*parent);
            }
        }
        Percent::mean(&indices, self.history.period.places).map(|mean| (mean, of))
    }
}
