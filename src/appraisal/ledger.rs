//! What the rows of one unit and item come to: two appraisers may each send half
//! of a table, and a supplement speaks of what an earlier table no longer shows.

use super::granted::Appraised;
use crate::finding::Place;
use crate::points::Points;

/// What a row says.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    /// The appraised score is blank.
    Blank,
    Given(Appraised),
    /// What an earlier table grants stands.
    Kept,
    /// To be appraised again.
    Again,
    /// There was an error in it, which is said.
    Faulty,
    /// Two rows give different points.
    Contested([Place; 2]),
}

/// What the form says otherwise than a row: where that begins, and in which
/// columns.
pub(super) type Differs = Option<(Place, String)>;

/// A row, and what was laid over it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) verdict: Verdict,
    pub(super) place: Place,
    /// Which supplement the verdict is from; 0 of the first tables.
    pub(super) number: u32,
    /// What was granted before, as the row shows it.
    pub(super) before: Option<Points>,
    /// The row says that this stands.
    pub(super) is_kept: bool,
    /// What the form sent again has changed, in the row's own words.
    pub(super) told: String,
    /// Of the row that the verdict is from.
    pub(super) change: Differs,
    /// Of the latest row.
    pub(super) latest: Differs,
}

/// Why a row cannot be laid over another.
pub(super) enum Clash {
    /// Both grant points, and not the same: the places of the later and the
    /// earlier.
    Differ([Place; 2]),
    /// There is nothing that could be kept.
    NothingKept,
}

impl Row {
    pub(super) fn of(place: Place, number: u32, verdict: Verdict) -> Row {
        Row {
            verdict,
            place,
            number,
            before: None,
            is_kept: false,
            told: String::new(),
            change: None,
            latest: None,
        }
    }

    pub(super) fn granted(&self) -> Option<&Appraised> {
        match &self.verdict {
            Verdict::Given(appraised) => Some(appraised),
            _ => None,
        }
    }

    /// The first row of its item.
    pub(super) fn begin(mut self) -> (Row, Option<Clash>) {
        let is_kept = matches!(self.verdict, Verdict::Kept);
        if is_kept {
            self.verdict = Verdict::Faulty;
        }
        (self, is_kept.then_some(Clash::NothingKept))
    }

    pub(super) fn lay(&mut self, later: Row) -> Option<Clash> {
        if self.number < later.number { self.supersede(later) } else { self.join(later) }
    }

    /// Lays a row of a later supplement over this. What it grants or keeps takes
    /// the place of what was granted before, if that is still what it shows.
    fn supersede(&mut self, later: Row) -> Option<Clash> {
        let granted = self.granted().map(|it| it.points);
        let is_moved = later.before.is_some() && later.before != granted;
        let is_other =
            later.is_kept && later.granted().is_some_and(|it| Some(it.points) != granted);
        match later.verdict {
            Verdict::Blank => {
                self.latest = later.latest;
                // What waits for an answer is asked where it can be given.
                if let (Some((place, _)), None) = (&mut self.change, &self.latest) {
                    *place = later.place;
                }
                None
            }
            Verdict::Given(_) | Verdict::Kept if is_moved || is_other => Some(self.contest(later)),
            Verdict::Kept if matches!(self.verdict, Verdict::Given(_) | Verdict::Blank) => {
                let verdict = self.verdict.clone();
                *self = Row { verdict, place: self.place.clone(), ..later };
                None
            }
            Verdict::Kept => {
                *self = Row { verdict: Verdict::Faulty, ..later };
                Some(Clash::NothingKept)
            }
            _ => {
                *self = later;
                None
            }
        }
    }

    /// Lays a row of an equal table over this: a blank gives way, equal scores
    /// are one.
    fn join(&mut self, later: Row) -> Option<Clash> {
        let is_same = |points: Option<Points>| points == self.granted().map(|it| it.points);
        match (&self.verdict, &later.verdict) {
            (Verdict::Faulty | Verdict::Contested(_), _)
            | (_, Verdict::Blank)
            | (Verdict::Given(_), Verdict::Again) => None,
            (Verdict::Given(_), Verdict::Kept) if is_same(later.before) => None,
            (Verdict::Given(_), Verdict::Given(b)) if is_same(Some(b.points)) => {
                self.change = self.change.take().filter(|_| later.change.is_some());
                self.latest = self.latest.take().filter(|_| later.latest.is_some());
                None
            }
            (Verdict::Given(_), Verdict::Given(_) | Verdict::Kept) => Some(self.contest(later)),
            (_, Verdict::Kept) => later.begin().1.inspect(|_| self.verdict = Verdict::Faulty),
            _ => {
                *self = later;
                None
            }
        }
    }

    fn contest(&mut self, later: Row) -> Clash {
        let places = [later.place.clone(), self.place.clone()];
        let verdict = Verdict::Contested([self.place.clone(), later.place.clone()]);
        *self = Row { verdict, ..later };
        Clash::Differ(places)
    }
}
