//! `cchc check`: reads and reports; writes the feedback files only.

use crate::batch::save::{self, Draft};
use crate::batch::{Folder, intake, lock};
use crate::cli::console::Console;
use crate::cli::run::{decide, feedback, outcome};
use crate::cli::{Outcome, counted, tell_findings};
use crate::failure::Failure;

pub(super) fn check(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let _lock = lock::take(folder.root())?;
    save::recover(&folder.results())?;
    let (round, tally, _) = decide(folder, loaded, console)?;
    tell_findings(&tally.findings, console);
    if let Some(published) = folder.publications()?.last() {
        console.line(format!(
            "Đã kiểm tra {} tệp ({}). Kỳ đã công bố ({}): không ghi lại tệp phản hồi.",
            tally.intake.receipts.len(),
            counted(&tally.findings),
            published.name
        ));
        return Ok(outcome(&tally));
    }
    let bar = console.bar(round.register.units.len(), "Ghi phản hồi");
    let target = folder.results().join("phan-hoi");
    let draft = Draft::begin(&target)?;
    let told = feedback(&round, &tally, &draft, "", &bar)?;
    bar.finish_and_clear();
    draft.publish(|_| false)?;
    console.line(format!(
        "Đã kiểm tra {} tệp ({}).",
        tally.intake.receipts.len(),
        counted(&tally.findings)
    ));
    console.line(format!("Phản hồi cho {} đơn vị: {}", told.len(), target.display()));
    Ok(outcome(&tally))
}
