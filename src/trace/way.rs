//! What the steps of one unit are told from.

use crate::points::{Percent, Points};
use crate::rank::{Standing, Unranked};
use crate::round::Round;
use crate::round::criteria::Item;
use crate::round::register::{Unit, UnitId};
use crate::score::ScoreCard;
use crate::tally::{Seat, Tally};
use crate::trace::step::Reader;

/// What the steps of one unit are told from.
pub(super) struct Way<'a> {
    pub(super) round: &'a Round,
    pub(super) tally: &'a Tally,
    pub(super) unit: &'a Unit,
    pub(super) seat: Option<Seat<'a>>,
    pub(super) reader: Reader,
}

impl<'a> Way<'a> {
    pub(super) fn new(
        round: &'a Round,
        tally: &'a Tally,
        unit: &'a Unit,
        reader: Reader,
    ) -> Way<'a> {
        Way { round, tally, unit, seat: tally.seat(&unit.id), reader }
    }

    pub(super) fn standing(&self) -> Option<&'a Standing> {
        self.seat?.standing()
    }

    pub(super) fn unranked(&self) -> Option<&'a Unranked> {
        self.seat?.unranked()
    }

    pub(super) fn card(&self) -> Option<&'a ScoreCard> {
        self.seat?.card()
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
