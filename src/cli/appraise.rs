//! `cchc appraise`: one appraisal workbook for each bloc that has none, from the
//! forms that came in.

use crate::batch::{Folder, intake, lock, save};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round, threads};
use crate::evaluation::Progress;
use crate::excel;
use crate::failure::Failure;
use crate::form;
use crate::handout;

pub(super) const VERB: Verb = Verb {
    name: "appraise",
    alias: "tham-dinh",
    about: "Tạo bảng thẩm định cho từng khối trong tham-dinh/ từ phiếu đã nộp",
    usage: "cchc appraise [THƯ MỤC KỲ]",
    arguments: |it| it.args([round(), threads()]),
    run: |given, console| given.in_round(|folder| appraise(folder, console)),
};

fn appraise(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let round = &loaded.round;
    let _lock = lock::take(folder.root())?;
    // An appraisal in progress is somebody's work: it is never written over. A
    // bloc that has none yet, because a run was killed or the bloc is new, gets
    // one.
    let targets = round.settings.blocs.iter().map(|bloc| (bloc, folder.appraisal_file(&bloc.id.0)));
    let (begun, targets): (Vec<_>, Vec<_>) = targets.partition(|(_, path)| path.exists());
    if let (Some((_, path)), true) = (begun.first(), targets.is_empty()) {
        return Err(Failure::Exists { path: path.clone() });
    }
    let tick = console.begin("Đọc phiếu", folder.forms()?.len());
    let readings = intake::forms(folder, round, &tick)?;
    drop(tick);
    let taken = form::gather(readings, round);
    console.findings(&taken.findings);
    for (_, path) in &begun {
        console.line(format!("Giữ nguyên {}, đã có từ trước", path.display()));
    }
    for (bloc, path) in &targets {
        let workbook = handout::appraisal_form::workbook(round, bloc, &taken);
        let failure = |why| Failure::from(why).at(path);
        save::new_file(path, |file| excel::write_to(&workbook, file).map_err(failure))?;
        console.line(format!("Đã tạo {}", path.display()));
    }
    console.line(format!(
        "Bảng thẩm định gồm {} phiếu ({}).",
        taken.forms.len(),
        counted(&taken.findings)
    ));
    Ok(Outcome::of(&taken.findings))
}
