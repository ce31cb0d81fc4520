//! `cchc lint`: the round's own files, checked before anything is sent out.

use crate::batch::{Folder, intake};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round};
use crate::failure::Failure;
use crate::finding::Severity;
use crate::rank;

pub(super) const VERB: Verb = Verb {
    name: "lint",
    alias: "ra-soat",
    about: "Rà soát tệp của kỳ (ky.toml, đơn vị, bộ chỉ số) trước khi phát phiếu",
    usage: "cchc lint [THƯ MỤC KỲ]",
    arguments: |it| it.arg(round()),
    run: |given, console| lint(&given.folder()?, console),
};

fn lint(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let mut loaded = intake::load(folder)?;
    let round = &loaded.round;
    rank::lint(round, &mut loaded.findings);
    loaded.findings.sort();
    console.findings(&loaded.findings);
    for note in loaded.findings.iter().filter(|it| it.severity() == Severity::Note) {
        console.line(note.to_string());
    }
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
