//! `cchc appraise`: one appraisal workbook per bloc, from the forms that came
//! in.

use crate::batch::{Folder, intake, lock, save};
use crate::cli::console::Console;
use crate::cli::{Outcome, counted, tell_findings};
use crate::excel;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::form;
use crate::report;

pub(super) fn appraise(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let round = &loaded.round;
    let _lock = lock::take(folder.root())?;
    let targets: Vec<_> =
        round.settings.blocs.iter().map(|bloc| folder.appraisal_file(&bloc.id.0)).collect();
    // An appraisal in progress is somebody's work: it is never written over.
    if let Some(path) = targets.iter().find(|path| path.exists()) {
        return Err(Failure::Exists { path: path.clone() });
    }
    let bar = console.bar(folder.forms()?.len(), "Đọc phiếu");
    let readings = intake::forms(folder, round, &|| bar.inc(1))?;
    bar.finish_and_clear();
    let taken = form::gather(readings, round);
    tell_findings(&taken.findings, console);
    for (bloc, target) in round.settings.blocs.iter().zip(&targets) {
        let workbook = report::appraisal_form::workbook(round, bloc, &taken);
        save::file(target, &excel::write(&workbook)?)?;
        console.line(format!("Đã tạo {}", target.display()));
    }
    console.line(format!(
        "Bảng thẩm định gồm {} phiếu ({}).",
        taken.forms.len(),
        counted(&taken.findings)
    ));
    let is_flawed = taken.findings.iter().any(Finding::is_error);
    Ok(if is_flawed { Outcome::Flawed } else { Outcome::Clean })
}
