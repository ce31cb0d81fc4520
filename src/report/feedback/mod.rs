//! The feedback workbook of one unit (phản hồi): what to mend on its form, how
//! its points came about, and where it lost them.

mod addressee;
mod findings;
mod card;
mod losses;
mod way;

use crate::finding::Finding;
use crate::round::Round;
use crate::round::register::Unit;
use crate::round::settings::Feedback;
use crate::sheet::Workbook;
use crate::tally::Tally;
use addressee::Addressee;

/// The folder of these workbooks among the results.
pub const FOLDER: &str = "phan-hoi";

/// The feedback workbook of `unit`, of whose files `noticed` was noticed;
/// `None` when that is nothing, unless the round wants one for every unit that is scored.
pub fn workbook(
    round: &Round,
    unit: &Unit,
    tally: &Tally,
    noticed: &[&Finding],
) -> Option<Workbook> {
    let addressee = Addressee { round, unit, tally };
    // The gravest first, then by place.
    let mut findings = noticed.to_vec();
    findings.retain(|finding| finding.help_for_unit().is_some());
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    let is_told = !findings.is_empty();
    let is_wanted = round.settings.feedback == Feedback::Every && addressee.card().is_some();
    if !is_told && !is_wanted {
        return None;
    }
    let mut sheets = Vec::new();
    if is_told {
        sheets.push(findings::sheet(&addressee, &findings));
    }
    sheets.extend(addressee.card().map(|card| card::sheet(&addressee, card)));
    sheets.extend(addressee.shortfall().map(|shortfall| losses::sheet(&addressee, &shortfall)));
    sheets.push(way::sheet(&addressee, &findings));
    Some(Workbook {
        title: format!("Phản hồi phiếu tự chấm – {}", unit.name),
        dated: round.settings.intake.deadline,
        places: round.settings.scoring.places,
        index_places: round.settings.scoring.index_places,
        sheets,
        properties: Vec::new(),
    })
}
