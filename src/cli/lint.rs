//! `cchc lint`: the own files of a round, or of a summary of years, checked
//! before anything is sent out.

use crate::batch::{Folder, history, intake};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round};
use crate::failure::Failure;
use crate::history::SETTINGS;
use crate::history::summary::sum_up;
use crate::rank;

pub(super) const VERB: Verb = Verb {
    name: "lint",
    alias: "ra-soat",
    about: "Rà soát tệp của kỳ (ky.toml, đơn vị, bộ chỉ số) trước khi phát phiếu, hoặc của lần tổng kết",
    forms: &["[THƯ MỤC KỲ hoặc THƯ MỤC TỔNG KẾT]"],
    arguments: |it| it.arg(round()),
    run: |given, console| {
        let folder = given.folder()?;
        let is_summary = folder.named(SETTINGS).path.exists() && !folder.settings().path.exists();
        if is_summary { lint_summary(&folder, console) } else { lint(&folder, console) }
    },
};

/// Says what a summary of these files would say, and writes nothing.
fn lint_summary(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let history::Loaded { history, mut findings, .. } = history::load(folder)?;
    sum_up(&history, &mut findings);
    findings.sort();
    console.every_finding(&findings);
    console.line(format!("{} ({})", history.period.title, history.period.id));
    console.line(format!("Tệp của lần tổng kết dùng được ({}).", counted(&findings)));
    Ok(Outcome::Clean)
}

fn lint(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let mut loaded = intake::load(folder)?;
    let round = &loaded.round;
    rank::lint(round, &mut loaded.findings);
    loaded.findings.sort();
    console.every_finding(&loaded.findings);
    console.line(format!("{} ({})", round.settings.title, round.settings.id));
    for bloc in &round.settings.blocs {
        let sets: Vec<String> = bloc
            .sets
            .iter()
            .map(|id| {
                let set = &round.sets[id];
                format!("{id}: {} mục, {} điểm", set.items().count(), set.max())
            })
            .collect();
        let units = round.units(bloc).count();
        console.line(format!("  {}: {units} đơn vị; {}", bloc.name, sets.join("; ")));
    }
    console.line(format!("Tệp của kỳ dùng được ({}).", counted(&loaded.findings)));
    Ok(Outcome::Clean)
}
