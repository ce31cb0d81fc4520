//! `cchc check`: reads and reports; writes the feedback files only.

use crate::batch::save::{self, Draft};
use crate::batch::{Folder, intake, lock};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round, threads};
use crate::evaluation::{Progress, decide, results};
use crate::failure::Failure;

pub(super) const VERB: Verb = Verb {
    name: "check",
    alias: "kiem-tra",
    about: "Kiểm tra phiếu đã nộp; chỉ ghi các tệp phản hồi vào ket-qua/phan-hoi/",
    usage: "cchc check [THƯ MỤC KỲ]",
    arguments: |it| it.args([round(), threads()]),
    run: |given, console| given.in_round(|folder| check(folder, console)),
};

fn check(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let _lock = lock::take(folder.root())?;
    save::recover(&folder.results())?;
    let decided = decide(folder, loaded, console)?;
    let tally = &decided.tally;
    console.findings(&tally.findings);
    if let Some(published) = folder.publications()?.last() {
        console.line(format!(
            "Đã kiểm tra {} tệp ({}). Kỳ đã công bố ({}): không ghi lại tệp phản hồi.",
            tally.intake.receipts.len(),
            counted(&tally.findings),
            published.name
        ));
        return Ok(Outcome::of(&tally.findings));
    }
    let tick = console.begin("Ghi phản hồi", decided.round.register.units.len());
    let target = folder.results().join("phan-hoi");
    let draft = Draft::begin(&target)?;
    let told = results::feedback(&decided, &draft, "", &tick)?;
    drop(tick);
    draft.publish(|_| false)?;
    console.line(format!(
        "Đã kiểm tra {} tệp ({}).",
        tally.intake.receipts.len(),
        counted(&tally.findings)
    ));
    console.line(format!("Phản hồi cho {} đơn vị: {}", told.len(), target.display()));
    Ok(Outcome::of(&tally.findings))
}
