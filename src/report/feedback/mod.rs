//! The feedback workbook of one unit (phản hồi): what to mend on its form, how
//! its points came about, and where it lost them.

mod card;
mod findings;
mod losses;
mod way;

use crate::analysis::Shortfall;
use crate::analysis::shortfalls;
use crate::finding::Finding;
use crate::rank::Ranking;
use crate::report::sheet::Sheet;
use crate::report::sheet::Workbook;
use crate::round::Round;
use crate::round::register::Unit;
use crate::round::settings::Feedback;
use crate::score::ScoreCard;
use crate::tally::Tally;
use crate::words;

/// The feedback workbook of `unit`, of whose files `noticed` was noticed;
/// `None` when that is nothing, unless the round wants one for every unit that is scored.
pub fn workbook(
    round: &Round,
    unit: &Unit,
    tally: &Tally,
    noticed: &[&Finding],
) -> Option<Workbook> {
    let teller = Teller { round, unit, tally };
    // The gravest first, then by place.
    let mut findings = noticed.to_vec();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    let is_told = !findings.is_empty();
    let is_wanted = round.settings.feedback == Feedback::Every && teller.card().is_some();
    if !is_told && !is_wanted {
        return None;
    }
    let mut sheets = Vec::new();
    if is_told {
        sheets.push(findings::sheet(&teller, &findings));
    }
    sheets.extend(teller.card().map(|card| card::sheet(&teller, card)));
    sheets.extend(teller.shortfall().map(|shortfall| losses::sheet(&teller, &shortfall)));
    sheets.push(way::sheet(&teller));
    Some(Workbook {
        title: format!("Phản hồi phiếu tự chấm – {}", unit.name),
        dated: round.settings.intake.deadline,
        places: round.settings.scoring.places,
        index_places: round.settings.scoring.index_places,
        sheets,
        properties: Vec::new(),
    })
}

/// What every sheet is told from.
struct Teller<'a> {
    round: &'a Round,
    unit: &'a Unit,
    tally: &'a Tally,
}

impl<'a> Teller<'a> {
    /// The points of the unit, ranked or not.
    fn card(&self) -> Option<&'a ScoreCard> {
        let rankings = &self.tally.rankings;
        let ranked = rankings.iter().flat_map(|it| &it.standings).map(|it| &it.card);
        let others = rankings.iter().flat_map(|it| &it.unranked).filter_map(|it| it.card.as_ref());
        ranked.chain(others).find(|card| card.unit == self.unit.id)
    }

    /// Where the unit lost points, if it has any.
    fn shortfall(&self) -> Option<Shortfall> {
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

    fn sheet(&self, name: &str, widths: &[f64]) -> Sheet {
        Sheet {
            widths: widths.to_vec(),
            footer: format!(
                "{} – {} – {}",
                self.unit.name,
                self.round.settings.title,
                words::status(&self.tally.lacks),
            ),
            ..Sheet::named(name)
        }
    }
}
