//! `cchc forms`: one blank form per unit, and the blank for survey results.

use crate::batch::save::{self, Product};
use crate::batch::{Folder, intake, lock, parallel};
use crate::cli::console::Console;
use crate::cli::{Outcome, tell_findings};
use crate::excel;
use crate::failure::Failure;
use crate::report;

pub(super) fn forms(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let round = &loaded.round;
    let _lock = lock::take(folder.root())?;
    tell_findings(&loaded.findings, console);
    let units = &round.register.units;
    let bar = console.bar(units.len(), "Tạo phiếu");
    let blank = |unit| -> Result<Product, Failure> {
        let bytes = excel::write(&report::blank_form::workbook(round, unit))?;
        bar.inc(1);
        Ok(Product { name: format!("{}.xlsx", unit.id), bytes })
    };
    let mut products = parallel(units, blank)?;
    bar.finish_and_clear();
    let survey = excel::write(&report::survey_form::workbook(round))?;
    products.push(Product { name: "khao-sat.xlsx".to_owned(), bytes: survey });
    let target = folder.blanks();
    save::replace(&target, &products, |name| !name.to_lowercase().ends_with(".xlsx"))?;
    console.line(format!("Đã tạo {} phiếu trắng và mẫu khảo sát.", units.len()));
    console.line(format!("Nằm trong: {}", target.display()));
    Ok(Outcome::Clean)
}
