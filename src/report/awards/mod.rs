//! The awards workbook (Khen thưởng): what the rules of the round came to → the
//! two lists a decision is issued with, what each place rests on, and who was
//! not considered and why.

mod proposal;
mod list;
mod basis;
mod declined;

use crate::report::Edition;
use crate::round::Round;
use crate::sheet::Workbook;
use crate::tally::Tally;
use proposal::Proposal;

/// The awards workbook; `None` when the round has no award rules.
pub fn workbook(round: &Round, tally: &Tally, edition: &Edition) -> Option<Workbook> {
    let rules = round.settings.awards.as_ref()?;
    let (seal, limits) = (edition.seal, edition.limits);
    let proposal = Proposal { round, tally, rules, seal, limits, awards: tally.awards.as_ref()? };
    let scoring = &round.settings.scoring;
    Some(Workbook {
        title: format!("Khen thưởng {}", round.settings.title),
        dated: rules.decided,
        places: scoring.places,
        index_places: scoring.index_places,
        sheets: vec![
            list::collectives(&proposal),
            list::individuals(&proposal),
            basis::sheet(&proposal),
            declined::sheet(&proposal),
        ],
        properties: Vec::new(),
    })
}
