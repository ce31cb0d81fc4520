//! What the sheets of a feedback workbook are told from.

use std::collections::BTreeSet;

use crate::analysis::{Shortfall, shortfalls};
use crate::finding::{At, Finding};
use crate::form::Form;
use crate::rank::Ranking;
use crate::round::Round;
use crate::round::criteria::ItemCode;
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
        self.tally.seat(&self.unit.id)?.card()
    }

    /// Where the unit lost points, if it has any.
    pub(super) fn shortfall(&self) -> Option<Shortfall> {
        let seat = self.tally.seat(&self.unit.id)?;
        let own = Ranking {
            bloc: seat.ranking.bloc.clone(),
            standings: seat.standing().cloned().into_iter().collect(),
            unranked: seat.unranked().cloned().into_iter().collect(),
            mean: seat.ranking.mean,
        };
        shortfalls(self.round, &[own]).pop()
    }

    /// The items that the unit may ask about: that lost points, or in whose row
    /// something was noticed.
    pub(super) fn open_items(&self, findings: &[&Finding]) -> BTreeSet<ItemCode> {
        let items = self.card().into_iter().flat_map(|card| card.items.iter());
        let lost = items.filter(|(_, it)| it.points.is_some_and(|points| points < it.max));
        let form = self.tally.intake.forms.get(&self.unit.id);
        let is_noticed = |form: &Form, row: u32| {
            findings.iter().any(|it| match &it.place.at {
                At::Cell(page, at) => {
                    at.row == row && *page == form.page && it.place.file == form.file
                }
                At::Whole | At::Line(_) | At::Sheet(_) => false,
            })
        };
        let noticed = form.into_iter().flat_map(|form| {
            let rows = form.claims.iter().filter_map(|(code, claim)| Some((code, claim.row?)));
            rows.filter(move |(_, row)| is_noticed(form, *row)).map(|(code, _)| code)
        });
        lost.map(|(code, _)| code).chain(noticed).collect()
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
