//! Appraisal (thẩm định): what the appraisers grant, laid over the units' own
//! claims.
//!
//! Turns the workbooks that came back into an [`Appraisal`] and findings. A
//! score with an error in it is not there: the unit's own claim stays in force,
//! provisionally.

pub(crate) mod causes;
pub mod layout;
mod granted;
mod volume;
mod adjust;
mod ledger;
mod scores;

pub use granted::{Adjustment, AdjustmentKind, Appraisal, Appraised, Change, Key, Unsettled};
pub(crate) use volume::identity;

use std::collections::BTreeMap;

use volume::Volume;

use crate::book::Book;
use crate::finding::appraisal as said;
use crate::finding::{Findings, Place};
use crate::form::Intake;
use crate::round::Round;
use crate::round::register::{Unit, UnitId};

/// Reads the workbooks of `tham-dinh/`; no appraisal when none is of this round.
pub fn read(
    books: &[Book],
    round: &Round,
    intake: &Intake,
    findings: &mut Findings,
) -> Option<Appraisal> {
    let mut volumes: Vec<Volume> = Vec::new();
    for book in books {
        if let Some(same) = volumes.iter().find(|it| it.book.sha256 == book.sha256) {
            findings.say(Place::file(&book.file), said::Copied { file: &same.book.file });
        } else {
            volumes.extend(volume::open(book, round, findings));
        }
    }
    if volumes.is_empty() {
        return None;
    }
    // A later supplement speaks of what an earlier table no longer shows.
    volumes.sort_by_key(|volume| volume.number);
    let mut appraisal = scores::read(&volumes, round, intake, findings);
    adjust::read(&volumes, round, &mut appraisal, findings);
    formless(&volumes, round, intake, findings);
    Some(appraisal)
}

/// Units that were appraised although no form of theirs counts: one finding a
/// unit, however many rows it has.
fn formless(volumes: &[Volume], round: &Round, intake: &Intake, findings: &mut Findings) {
    let mut places: BTreeMap<&UnitId, (&Unit, Place)> = BTreeMap::new();
    for volume in volumes {
        let scored = volume.scores.lines().filter(|line| !line.is_blank(layout::SCORE));
        for line in scored.chain(volume.adjustments.lines()) {
            let unit = round.register.unit(&UnitId(line.shown(layout::UNIT)));
            if let Some(unit) = unit.filter(|unit| !intake.forms.contains_key(&unit.id)) {
                places.entry(&unit.id).or_insert_with(|| (unit, line.place(layout::UNIT)));
            }
        }
    }
    for (unit, place) in places.into_values() {
        findings.say(place, said::Formless { name: &unit.name, unit: &unit.id });
    }
}
