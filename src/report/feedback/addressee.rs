//! What the sheets of a feedback workbook are told from.

use crate::analysis::{Shortfall, shortfalls};
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::register::Unit;
use crate::score::ScoreCard;
use crate::sheet::Sheet;
use crate::tally::Tally;
use crate::words;

/// The unit that is answered, and the results that it is told of.
pub(super) struct Addressee<'a> {
    pub(super) round: &'a Round,
    pub(super) unit: &'a Unit,
    pub(super) tally: &'a Tally,
}

impl<'a> Addressee<'a> {
    /// The points of the unit, ranked or not.
    pub(super) fn card(&self) -> Option<&'a ScoreCard> {
        let rankings = &self.tally.rankings;
        let ranked = rankings.iter().flat_map(|it| &it.standings).map(|it| &it.card);
        let others = rankings.iter().flat_map(|it| &it.unranked).filter_map(|it| it.card.as_ref());
        ranked.chain(others).find(|card| card.unit == self.unit.id)
    }

    /// Where the unit lost points, if it has any.
    pub(super) fn shortfall(&self) -> Option<Shortfall> {
        let own = self.tally.rankings.iter().map(|ranking| {
            let standings = ranking.standings.iter().filter(|it| it.card.unit == self.unit.id);
            let unranked = ranking.unranked.iter().filter(|it| it.unit == self.unit.id);
            Ranking {
                bloc: ranking.bloc.clone(),
                standings: standings.cloned().collect(),
                unranked: unranked.cloned().collect(),
                mean: ranking.mean,
            }
        });
        shortfalls(self.round, &own.collect::<Vec<Ranking>>()).pop()
    }

    pub(super) fn sheet(&self, name: &str, widths: &[f64]) -> Sheet {
        Sheet {
            widths: widths.to_vec(),
            footer: format!(
                "{} – {} – {}",
                self.unit.name,
                self.round.settings.title,
                words::status(self.tally),
            ),
            ..Sheet::named(name)
        }
    }
}
