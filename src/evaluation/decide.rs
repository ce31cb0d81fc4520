//! The folder of a round → everything that was decided, and from what.

use crate::appraisal;
use crate::batch::folder::Named;
use crate::batch::intake::{self, Loaded, Returned};
use crate::batch::{Folder, both};
use crate::evaluation::progress::Progress;
use crate::failure::Failure;
use crate::finding::{Code, Finding, Findings, Place};
use crate::form;
use crate::record::{self, Input};
use crate::round::Round;
use crate::survey;
use crate::tally::{self, LastRound, Tally};

/// A round with what was decided of it.
pub struct Decided {
    pub round: Round,
    pub tally: Tally,
    /// Every file that it was decided from.
    pub inputs: Vec<Input>,
}

/// Reads everything that came in and decides everything.
pub fn decide(
    folder: &Folder,
    loaded: Loaded,
    progress: &dyn Progress,
) -> Result<Decided, Failure> {
    let Loaded { round, mut findings, mut inputs } = loaded;
    let tick = progress.begin("Đọc phiếu", folder.forms()?.len());
    // The workbooks of appraisers are large: better beside the forms than after.
    let came_back = || -> Result<[Returned; 2], Failure> {
        Ok([folder.appraisals()?, folder.surveys()?].map(|files| intake::books(folder, &files)))
    };
    let forms = || intake::forms(folder, &round, &tick);
    let (came_back, readings) = both(came_back, forms);
    let ([appraisals, surveys], readings) = (came_back?, readings?);
    drop(tick);
    for reading in &readings {
        inputs.push(Input { file: reading.file.clone(), sha256: reading.sha256.clone() });
    }
    let taken = form::gather(readings, &round);
    inputs.extend(appraisals.inputs.into_iter().chain(surveys.inputs));
    findings.extend(appraisals.unread.into_iter().chain(surveys.unread));
    let appraised = appraisal::read(&appraisals.books, &round, &taken, &mut findings);
    let surveyed = survey::read(&surveys.books, &round, &taken, &mut findings);
    let last = match folder.last_round() {
        Some(named) => Some(last_round(folder, &named, &round, &mut inputs, &mut findings)?),
        None => None,
    };
    let mut tally = tally::tally(&round, taken, appraised, surveyed, last, findings);
    tally.findings.sort();
    Ok(Decided { round, tally, inputs })
}

fn last_round(
    folder: &Folder,
    named: &Named,
    round: &Round,
    inputs: &mut Vec<Input>,
    findings: &mut Findings,
) -> Result<LastRound, Failure> {
    let refused = |finding| Failure::Round(Findings::from_iter([finding]));
    let text = intake::text(folder, named, inputs).map_err(refused)?;
    record::last_round(&named.name, &text, round, findings).map_err(|why| {
        refused(Finding::of(Place::file(&named.name), why.under(Code::LastRoundUnreadable)))
    })
}
