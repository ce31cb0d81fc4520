//! `cchc check`: reads and reports; writes the feedback files and its log only.

use crate::batch::log::{self, LOG_FILE};
use crate::batch::save;
use crate::batch::{Folder, intake, lock, swap};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round, threads};
use crate::evaluation::{decide, results};
use crate::failure::Failure;
use crate::finding::Findings;
use crate::report;

pub(super) const VERB: Verb = Verb {
    name: "check",
    alias: "kiem-tra",
    about: "Kiểm tra phiếu đã nộp; chỉ ghi các tệp phản hồi vào ket-qua/phan-hoi/ và nhật ký",
    forms: &["[THƯ MỤC KỲ]"],
    arguments: |it| it.args([round(), threads()]),
    run: |given, console| given.in_round(|folder| check(folder, console)),
};

fn check(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let _lock = lock::take(folder.root())?;
    swap::recover(&folder.results())?;
    let decided = decide(folder, loaded, console)?;
    let tally = &decided.tally;
    console.every_finding(&tally.findings);
    if let Some(published) = folder.publications()?.last() {
        console.line(format!(
            "Đã kiểm tra {} tệp ({}). Kỳ đã công bố ({}): không ghi lại tệp phản hồi.",
            tally.intake.receipts.len(),
            counted(&tally.findings),
            published.name
        ));
        return logged(folder, &tally.findings, console);
    }
    let told = results::letters(folder, &decided, console)?;
    console.line(format!(
        "Đã kiểm tra {} tệp ({}).",
        tally.intake.receipts.len(),
        counted(&tally.findings)
    ));
    let target = folder.results().join(report::feedback::FOLDER);
    console.line(format!("Phản hồi cho {told} đơn vị: {}", target.display()));
    logged(folder, &tally.findings, console)
}

/// Adds what was said to the log. What was checked is checked, whoever has the log
/// open.
fn logged(folder: &Folder, findings: &Findings, console: &mut Console) -> Result<Outcome, Failure> {
    let results = folder.results();
    save::folder(&results)?;
    let log = log::appended(&results, console.said());
    if let Err(why) = save::file(&results.join(LOG_FILE), &log) {
        console.failure(&why);
        return Ok(Outcome::Flawed);
    }
    Ok(Outcome::of(findings))
}
