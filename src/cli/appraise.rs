//! `cchc appraise`: one appraisal workbook for each bloc that has none, from the
//! forms that came in; a supplement for each whose tables lack rows by now.

use crate::appraisal;
use crate::batch::own::OwnFiles;
use crate::batch::{Folder, intake, lock, save};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round, threads};
use crate::evaluation::Progress;
use crate::excel;
use crate::failure::Failure;
use crate::finding::{Code, Finding, Findings, Severity};
use crate::form;
use crate::handout::appraisal_form;

pub(super) const VERB: Verb = Verb {
    name: "appraise",
    alias: "tham-dinh",
    about: "Tạo bảng thẩm định cho từng khối trong tham-dinh/, bảng bổ sung khi phiếu đến sau hoặc đổi",
    forms: &["[THƯ MỤC KỲ]"],
    arguments: |it| it.args([round(), threads()]),
    run: |given, console| given.in_round(|folder| appraise(folder, console)),
};

fn appraise(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let round = &loaded.round;
    let _lock = lock::take(folder.root())?;
    let files = folder.forms()?;
    let tick = console.begin("Đọc phiếu", files.len());
    let readings = intake::forms(folder, files, round, &tick);
    drop(tick);
    let mut taken = form::gather(readings, round);
    round.assent.settle(&mut taken.findings);
    console.findings(&taken.findings);
    // An appraisal in progress is somebody's work: it is never written over, and
    // nobody is asked again for what a table holds that cannot be read now.
    let mut own = OwnFiles::of(folder.root(), Code::RoundFileUnreadable);
    let books = own.books(&folder.appraisals()?);
    let mut faults = own.findings;
    let before = appraisal::read(&books, round, &taken, &mut faults).unwrap_or_default();
    let unread: Findings = faults.into_iter().filter(hides_rows).collect();
    console.findings(&unread);
    let mut is_whole = true;
    for bloc in &round.settings.blocs {
        // A table of another name may be any bloc's.
        let is_in_doubt = |it: &Finding| {
            let named = Folder::appraised(&it.place.file);
            let owner = round.settings.blocs.iter().find(|it| Some(it.id.0.as_str()) == named);
            owner.is_none_or(|it| it.id == bloc.id)
        };
        if unread.iter().any(is_in_doubt) {
            let told = format!("{}: chưa lập thêm, sửa các lỗi trên ở bảng đã có trước", bloc.name);
            console.weighted(Severity::Error, &told);
            is_whole = false;
            continue;
        }
        let made = match before.supplements.get(&bloc.id) {
            None => {
                let workbook = appraisal_form::workbook(round, bloc, &taken);
                Some((workbook, folder.appraisal_file(&bloc.id.0, 0)))
            }
            Some(number) => {
                let number = number + 1;
                let workbook = appraisal_form::supplement(round, bloc, &taken, &before, number);
                workbook.map(|it| (it, folder.appraisal_file(&bloc.id.0, number)))
            }
        };
        let Some((workbook, path)) = made else {
            console.line(format!("{}: giữ nguyên, bảng đã có không thiếu dòng nào", bloc.name));
            continue;
        };
        let failure = |why| Failure::from(why).at(&path);
        save::new_file(&path, |file| excel::write_to(&workbook, file).map_err(failure))?;
        console.line(format!("Đã tạo {}", path.display()));
    }
    console.line(format!(
        "Bảng thẩm định gồm {} phiếu ({}).",
        taken.forms.len(),
        counted(&taken.findings)
    ));
    Ok(if is_whole { Outcome::of(&taken.findings) } else { Outcome::Flawed })
}

/// Whether rows of a table may be there and were not read.
fn hides_rows(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::RoundFileUnreadable
            | Code::AppraisalForeign
            | Code::AppraisalItemUnknown
            | Code::AppraisalTwoUnits
            | Code::AppraisalUnitUnknown
    )
}
