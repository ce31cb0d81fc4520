//! `cchc run`: the main job, from the folder of forms to everything in
//! `ket-qua/`.

use std::io::Write;

use clap::{Arg, ArgAction, Command};

use crate::batch::log::{self, LOG_FILE};
use crate::batch::save::Draft;
use crate::batch::{Folder, intake, lock, swap};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::scenarios::scenarios;
use crate::cli::verb::{Given, Verb, round, threads};
use crate::compare::UnitChange;
use crate::evaluation::publication::{self, Changed, Standing};
use crate::evaluation::{decide, results};
use crate::failure::Failure;
use crate::finding::Findings;
use crate::form::Fate;
use crate::round::Round;
use crate::tally::Tally;
use crate::words;

/// The most changes told before a run is refused.
const MOST: usize = 20;

pub(super) const VERB: Verb = Verb {
    name: "run",
    alias: "cham",
    about: "Chấm điểm, xếp hạng, xét khen thưởng; ghi mọi kết quả vào ket-qua/",
    forms: &["[THƯ MỤC KỲ] [--kich-ban <MÃ>]"],
    arguments,
    run: |given, console| given.in_round(|folder| asked(given, folder, console)),
};

fn arguments(command: Command) -> Command {
    let reason = Arg::new("reason").long("ly-do").value_name("LÝ DO");
    let reason = reason.help("Vì sao chấm lại kết quả đã công bố");
    let scenarios = Arg::new("scenarios").long("kich-ban").value_name("MÃ");
    let scenarios = scenarios.action(ArgAction::Append).help(
        "Chỉ tính kịch bản này của ky.toml, ghi vào kich-ban/, không đụng đến ket-qua/; ghi nhiều \
         lần được, hoặc all",
    );
    command.args([round(), reason, threads(), scenarios])
}

/// With the id of a scenario, no result is written but what it comes to.
fn asked(given: &Given, folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let ids = given.texts("scenarios");
    if ids.is_empty() {
        run(folder, given.text("reason").as_deref(), console)
    } else {
        scenarios(folder, &ids, console)
    }
}

/// `reason` is why results that were published are made again.
pub(super) fn run(
    folder: &Folder,
    reason: Option<&str>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let _lock = lock::take(folder.root())?;
    swap::recover(&folder.results())?;
    let mut decided = decide(folder, loaded, console)?;
    console.findings(&decided.tally.findings);
    tell_result(&decided.round, &decided.tally, console);
    let standing = publication::standing(folder, &mut decided)?;
    let mut idle = Findings::default();
    standing.idle(&decided.round.revisions, &mut idle);
    console.findings(&idle);
    let amendment = match standing {
        Standing::Same(amendment) => amendment,
        Standing::Changed(changed) => {
            tell_changes(&changed, console);
            Some(changed.amend(&mut decided, reason)?)
        }
    };
    let target = folder.results();
    let draft = Draft::begin(&target)?;
    let names = results::write(&draft, &decided, amendment.as_ref(), console)?;
    console.line(format!("Kết quả: {}", target.display()));
    for name in names {
        console.line(format!("  {name}"));
    }
    let log = log::appended(&target, console.said());
    draft.put(LOG_FILE, |file| file.write_all(&log))?;
    draft.publish(|name| !results::is_ours(name))?;
    Ok(Outcome::of(&decided.tally.findings))
}

/// What a run says at its end: what was read, ranked and set aside.
fn tell_result(round: &Round, tally: &Tally, console: &mut Console) {
    let receipts = &tally.intake.receipts;
    let count = |fate| receipts.iter().filter(|it| it.fate == fate).count();
    console.line(format!("{} ({})", round.settings.title, round.settings.id));
    console.line(format!(
        "Đã đọc {} tệp: {} phiếu được tính, {} tạm tính, {} gạt ra, {} trùng hoặc được thay, \
         {} bỏ qua ({}).",
        receipts.len(),
        count(Fate::Counted),
        count(Fate::Provisional),
        count(Fate::SetAside),
        count(Fate::Superseded),
        count(Fate::Stray),
        counted(&tally.findings),
    ));
    for (bloc, ranking) in round.settings.blocs.iter().zip(&tally.rankings) {
        let ranked = ranking.standings.len();
        let all = ranked + ranking.unranked.iter().filter(|it| !it.is_outside()).count();
        let first = ranking.standings.first().and_then(|standing| {
            let unit = round.register.unit(&standing.card.unit)?;
            let scoring = &round.settings.scoring;
            let index = scoring.shown(standing.index).fixed(scoring.index_places);
            Some(format!("; đứng đầu: {} ({index} %)", unit.name))
        });
        let first = first.unwrap_or_default();
        console.line(format!("  {}: xếp hạng {ranked}/{all} đơn vị{first}", bloc.name));
    }
    if let Some(awards) = &tally.awards {
        console.line(format!(
            "  Đề nghị khen thưởng: {} tập thể, {} cá nhân",
            awards.collectives.len(),
            awards.individuals.len()
        ));
    }
    if !tally.lacks.is_empty() {
        let status = words::status(tally).to_uppercase();
        console.line(format!("  Kết quả là {status}; xem trang Tổng quan để biết còn thiếu gì."));
    }
}

/// What is no longer as it was published.
fn tell_changes(changed: &Changed, console: &mut Console) {
    let lines: Vec<String> = changed.changes.units.iter().flat_map(UnitChange::lines).collect();
    console.line(format!("Thay đổi so với bản công bố {}:", changed.archive()));
    for line in lines.iter().take(MOST) {
        console.line(format!("  {line}"));
    }
    if MOST < lines.len() {
        console.line(format!("  … và {} thay đổi nữa", lines.len() - MOST));
    }
    if lines.is_empty() {
        console.line("  Không có điểm, hạng nào thay đổi; đầu vào hoặc thiết lập đã khác.");
    }
}
