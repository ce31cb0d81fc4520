//! What the steps of one unit are told from.

use crate::points::{Percent, Points};
use crate::rank::{Ranking, Standing, Unranked};
use crate::round::Round;
use crate::round::criteria::Item;
use crate::round::register::{Unit, UnitId};
use crate::score::ScoreCard;
use crate::tally::Tally;
use crate::trace::step::Reader;

/// What the steps of one unit are told from.
pub(super) struct Way<'a> {
    pub(super) round: &'a Round,
    pub(super) tally: &'a Tally,
    pub(super) unit: &'a Unit,
    pub(super) ranking: Option<&'a Ranking>,
    pub(super) standing: Option<&'a Standing>,
    pub(super) unranked: Option<&'a Unranked>,
    pub(super) card: Option<&'a ScoreCard>,
    pub(super) reader: Reader,
}

impl<'a> Way<'a> {
    pub(super) fn new(
        round: &'a Round,
        tally: &'a Tally,
        unit: &'a Unit,
        reader: Reader,
    ) -> Way<'a> {
        let ranking = tally.rankings.iter().find(|it| it.bloc == unit.bloc);
        let standing =
            ranking.and_then(|ranking| ranking.standings.iter().find(|it| it.card.unit == unit.id));
        let unranked =
            ranking.and_then(|ranking| ranking.unranked.iter().find(|it| it.unit == unit.id));
        let other = unranked.and_then(|it| it.card.as_ref());
        let card = standing.map(|it| &it.card).or(other);
        Way { round, tally, unit, ranking, standing, unranked, card, reader }
    }

    pub(super) fn points(&self, points: Points) -> String {
        points.fixed(self.round.settings.scoring.places)
    }

    pub(super) fn percent(&self, percent: Percent) -> String {
        percent.fixed(self.round.settings.scoring.index_places)
    }

    pub(super) fn name(&self, unit: &'a UnitId) -> &'a str {
        self.round.register.name(unit)
    }

    /// The decision on an item: its own, or else that of its set.
    pub(super) fn citation(&self, item: &Item) -> String {
        let set = self.round.set(self.unit);
        if item.source.is_empty() { set.source.clone() } else { item.source.clone() }
    }
}
