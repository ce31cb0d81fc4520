//! `cchc forms`: one blank form per unit, and the blank for survey results.

use crate::batch::save::Draft;
use crate::batch::{Folder, intake, lock, parallel};
use crate::cli::console::Console;
use crate::cli::{Outcome, tell_findings};
use crate::evaluation::Progress;
use crate::failure::Failure;
use crate::report;
use crate::round::register::Unit;

pub(super) fn forms(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let round = &loaded.round;
    let _lock = lock::take(folder.root())?;
    tell_findings(&loaded.findings, console);
    let units = &round.register.units;
    let tick = console.begin("Tạo phiếu", units.len());
    let target = folder.blanks();
    let draft = Draft::begin(&target)?;
    let blank = |unit: &Unit| -> Result<(), Failure> {
        let workbook = report::blank_form::workbook(round, unit);
        draft.put_workbook(&format!("{}.xlsx", unit.id), &workbook)?;
        tick();
        Ok(())
    };
    parallel(units, blank)?;
    drop(tick);
    let survey = report::survey_form::workbook(round);
    draft.put_workbook("khao-sat.xlsx", &survey)?;
    draft.publish(|name| !name.to_lowercase().ends_with(".xlsx"))?;
    console.line(format!("Đã tạo {} phiếu trắng và mẫu khảo sát.", units.len()));
    console.line(format!("Nằm trong: {}", target.display()));
    Ok(Outcome::Clean)
}
