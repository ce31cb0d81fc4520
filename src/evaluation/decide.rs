//! The folder of a round → everything that was decided, and from what.

use std::mem;

use crate::appraisal;
use crate::batch::folder::{Named, unportable};
use crate::batch::intake::{self, Loaded};
use crate::batch::own::OwnFiles;
use crate::batch::{Folder, both};
use crate::evaluation::progress::Progress;
use crate::failure::Failure;
use crate::finding::{Code, Finding, Place};
use crate::form::{self, Reading};
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
    let files = folder.forms()?;
    let tick = progress.begin("Đọc phiếu", files.len());
    // What tells how far it is goes when the last form has been read.
    decide_of(folder, loaded, move |round| Ok(intake::forms(folder, files, round, &tick)))
}

/// The same of the forms that `read` reads.
pub fn decide_of(
    folder: &Folder,
    loaded: Loaded,
    read: impl FnOnce(&Round) -> Result<Vec<Reading>, Failure> + Send,
) -> Result<Decided, Failure> {
    let Loaded { round, mut findings, mut inputs } = loaded;
    // The workbooks of appraisers are large: better beside the forms than after.
    let files = [folder.appraisals()?, folder.surveys()?];
    let mut own = OwnFiles::of(folder.root(), Code::RoundFileUnreadable);
    let came_back = || files.map(|files| own.books(&files));
    let ([appraisals, surveys], readings) = both(came_back, || read(&round));
    let readings = readings?;
    for reading in &readings {
        inputs.push(Input { file: reading.file.clone(), sha256: reading.sha256.clone() });
    }
    let mut taken = form::gather(readings, &round);
    // Whatever became of a file, its name may stop a publication.
    for (name, said) in unportable(taken.receipts.iter().map(|it| it.file.as_str())) {
        taken.findings.say(Place::file(name), said);
    }
    let last = match folder.last_round() {
        Some(named) => Some(last_round(&named, &round, &mut own)?),
        None => None,
    };
    inputs.extend(own.inputs);
    findings.extend(own.findings);
    let appraised = appraisal::read(&appraisals, &round, &taken, &mut findings);
    let surveyed = survey::read(&surveys, &round, &taken, &mut findings);
    let mut tally = tally::tally(&round, taken, appraised, surveyed, last, findings);
    tally.findings.sort();
    Ok(Decided { round, tally, inputs })
}

/// `Err(Failure::Round)` says why results that were put there cannot be read.
fn last_round(named: &Named, round: &Round, own: &mut OwnFiles) -> Result<LastRound, Failure> {
    let Some(text) = own.text(named, Code::LastRoundUnreadable) else {
        return Err(Failure::Round(mem::take(&mut own.findings)));
    };
    record::last_round(&named.name, &text, round, &mut own.findings).map_err(|why| {
        let refused = Finding::of(Place::file(&named.name), why.under(Code::LastRoundUnreadable));
        own.findings.push(refused);
        Failure::Round(mem::take(&mut own.findings))
    })
}
