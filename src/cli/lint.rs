//! `cchc lint`: the round's own files, checked before anything is sent out.

use crate::batch::{Folder, intake};
use crate::cli::console::Console;
use crate::cli::{Outcome, counted, tell_findings};
use crate::failure::Failure;

pub(super) fn lint(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let round = &loaded.round;
    tell_findings(&loaded.findings, console);
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
