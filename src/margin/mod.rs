//! From a tally to its margins (sát nút): every decision that could have gone
//! the other way, how far it is from doing so, and the fewest item points that
//! would turn it.
//!
//! Values for the reports, without words, exact throughout.

mod reach;
mod search;
mod decision;
mod cuts;

use crate::round::Round;
use crate::round::firmness::Firmness;
use crate::tally::Tally;

pub use decision::{
    Against, Change, Decision, Firm, GAP_PLACES, Kind, MOST_DECISIONS, Margins, Mark, Rest,
    Reversal,
};
pub use search::MOST_ITEMS;

use cuts::RankedBloc;

/// The decisions of a round that asks for them.
pub fn margins(round: &Round, tally: &Tally, firmness: &Firmness) -> Margins {
    let mut margins = Margins::default();
    for ranking in &tally.rankings {
        let Some(bloc) = round.settings.blocs.iter().find(|bloc| bloc.id == ranking.bloc) else {
            continue;
        };
        let ranked = RankedBloc { round, tally, firmness, bloc, ranking };
        let (cuts, omitted) = ranked.cuts();
        margins.decisions.extend(cuts.iter().map(|cut| ranked.decision(cut)));
        if 0 < omitted {
            margins.omitted.push((bloc.id.clone(), omitted));
        }
    }
    margins
}
