//! `cchc forms`: one blank form per unit, and the blank for survey results.

use crate::batch::save::Draft;
use crate::batch::{Folder, blanks, intake, lock, parallel};
use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round};
use crate::evaluation::Progress;
use crate::failure::Failure;
use crate::finding::Severity;
use crate::handout;
use crate::round::register::{SURVEY_BLANK, Unit};

pub(super) const VERB: Verb = Verb {
    name: "forms",
    alias: "phieu-mau",
    about: "Tạo phiếu trắng cho từng đơn vị và mẫu kết quả khảo sát trong mau/",
    forms: &["[THƯ MỤC KỲ]"],
    arguments: |it| it.arg(round()),
    run: |given, console| forms(&given.folder()?, console),
};

fn forms(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let round = &loaded.round;
    let _lock = lock::take(folder.root())?;
    console.findings(&loaded.findings);
    let units = &round.register.units;
    let tick = console.begin("Tạo phiếu", units.len());
    let target = folder.blanks();
    let draft = Draft::begin(&target)?;
    let blank = |unit: &Unit| {
        let workbook = handout::blank_form::workbook(round, unit);
        let made = draft.put_workbook(&format!("{}.xlsx", unit.id), &workbook);
        tick();
        made
    };
    let mut made = parallel(units, blank)?;
    drop(tick);
    let survey = handout::survey_form::workbook(round);
    made.push(draft.put_workbook(&format!("{SURVEY_BLANK}.xlsx"), &survey)?);
    for (kept, beside) in blanks::publish(draft, &target, made)? {
        let told = format!(
            "{kept} không còn như lúc tạo (đã có người ghi): giữ nguyên, bản trắng mới là {beside}"
        );
        console.weighted(Severity::Warning, &told);
    }
    console.line(format!("Đã tạo {} phiếu trắng và mẫu khảo sát.", units.len()));
    console.line(format!("Nằm trong: {}", target.display()));
    Ok(Outcome::Clean)
}
