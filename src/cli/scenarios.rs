//! `cchc run --kich-ban`: what the round would come to under other rules, in a
//! folder of its own; the results are neither read nor touched.

use crate::batch::intake;
use crate::batch::{Folder, lock, save};
use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::evaluation::{Decided, decide};
use crate::excel;
use crate::failure::Failure;
use crate::finding::Near;
use crate::report;
use crate::round::settings::Scenario;
use crate::round::{ALL_SCENARIOS, Round};
use crate::scenario;
use crate::text;

pub(super) fn scenarios(
    folder: &Folder,
    ids: &[String],
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let _lock = lock::take(folder.root())?;
    chosen(&loaded.round, ids)?;
    let Decided { round, tally, .. } = decide(folder, loaded, console)?;
    console.findings(&tally.findings);
    let play = |scenario| (scenario, scenario::play(&round, &tally, scenario));
    let played: Vec<_> = chosen(&round, ids)?.into_iter().map(play).collect();
    let target = folder.scenarios(round.settings.year);
    save::file(&target, &excel::write(&report::scenarios::workbook(&round, &tally, &played))?)?;
    console.line(format!("Đã ghi {} kịch bản vào {}", played.len(), target.display()));
    console.line("Đây không phải kết quả; thư mục ket-qua/ giữ nguyên.");
    Ok(Outcome::of(&tally.findings))
}

/// The scenarios of these ids, in the order of the settings.
fn chosen<'a>(round: &'a Round, ids: &[String]) -> Result<Vec<&'a Scenario>, Failure> {
    let all = &round.settings.scenarios;
    let names = || all.iter().map(|it| it.id.as_str());
    if all.is_empty() {
        let why = "ky.toml chưa khai kịch bản nào\nThêm mục [[kich-ban]] theo mẫu ky.toml.";
        return Err(Failure::Usage(why.to_owned()));
    }
    let is_all = |id: &String| ALL_SCENARIOS.contains(&id.as_str());
    let is_known = |id: &&String| is_all(id) || names().any(|name| name == id.as_str());
    if let Some(unknown) = ids.iter().find(|id| !is_known(id)) {
        let near = Near::from(text::nearest(unknown, names()));
        let list = names().collect::<Vec<_>>().join(", ");
        let why = format!("không có kịch bản «{unknown}»{near}\nky.toml có: {list}.");
        return Err(Failure::Usage(why));
    }
    let is_chosen = |it: &&Scenario| ids.iter().any(|id| is_all(id) || *id == it.id);
    Ok(all.iter().filter(is_chosen).collect())
}
