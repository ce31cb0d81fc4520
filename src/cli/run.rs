//! `cchc run`: the main job, from the folder of forms to everything in
//! `ket-qua/`.

use std::io::Write;
use std::path::Path;

use indicatif::ProgressBar;

use crate::analysis;
use crate::appraisal;
use crate::batch::folder::Named;
use crate::batch::intake::{self, Loaded, Returned};
use crate::batch::log::{self, LOG_FILE};
use crate::batch::save::{self, Draft, DraftFile};
use crate::batch::{Folder, both, lock, parallel};
use crate::cli::amend::{self, Decided};
use crate::cli::console::Console;
use crate::cli::examine::examine;
use crate::cli::{Outcome, VERSION, counted, tell_findings};
use crate::failure::Failure;
use crate::finding::{Code, Finding, Place};
use crate::form::{self, Fate};
use crate::record::{self, Amendment, Input, RECORD_FILE, Record};
use crate::report::{self, Edition};
use crate::round::Round;
use crate::round::register::Unit;
use crate::survey;
use crate::tally::{self, LastRound, Tally};

/// `reason` is why results that were published are made again.
pub(super) fn run(
    folder: &Folder,
    reason: Option<&str>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let loaded = intake::load(folder)?;
    let _lock = lock::take(folder.root())?;
    save::recover(&folder.results())?;
    let (round, tally, mut inputs) = decide(folder, loaded, console)?;
    tell_findings(&tally.findings, console);
    tell_result(&round, &tally, console);
    let decided = Decided { folder, round: &round, tally: &tally };
    let amendment = amend::amendment(decided, &mut inputs, reason, console)?;
    let target = folder.results();
    let draft = Draft::begin(&target)?;
    let names = write_results(&draft, decided, &inputs, amendment.as_ref(), console)?;
    console.line(format!("Kết quả: {}", target.display()));
    for name in names {
        console.line(format!("  {name}"));
    }
    let log = log::appended(&target, console.said());
    draft.put(LOG_FILE, |file| file.write_all(&log))?;
    draft.publish(|name| !is_ours(name))?;
    Ok(outcome(&tally))
}

/// Exit code 1 as soon as one form is set aside or missing.
pub(super) fn outcome(tally: &Tally) -> Outcome {
    if tally.findings.iter().any(Finding::is_error) { Outcome::Flawed } else { Outcome::Clean }
}

/// Reads everything that came in and decides everything.
pub(super) fn decide(
    folder: &Folder,
    loaded: Loaded,
    console: &Console,
) -> Result<(Round, Tally, Vec<Input>), Failure> {
    let Loaded { round, findings, mut inputs } = loaded;
    let bar = console.bar(folder.forms()?.len(), "Đọc phiếu");
    // The workbooks of appraisers are large: better beside the forms than after.
    let came_back = || -> Result<[Returned; 2], Failure> {
        Ok([folder.appraisals()?, folder.surveys()?].map(|files| intake::books(folder, &files)))
    };
    let forms = || intake::forms(folder, &round, &|| bar.inc(1));
    let (came_back, readings) = both(came_back, forms);
    let ([appraisals, surveys], readings) = (came_back?, readings?);
    bar.finish_and_clear();
    for reading in &readings {
        inputs.push(Input { file: reading.file.clone(), sha256: reading.sha256.clone() });
    }
    let taken = form::gather(readings, &round);
    inputs.extend(appraisals.inputs.into_iter().chain(surveys.inputs));
    let appraised = with(appraisals.unread, appraisal::read(&appraisals.books, &round, &taken));
    let surveyed = with(surveys.unread, survey::read(&surveys.books, &round, &taken));
    let last = folder.last_round().map(|named| last_round(folder, &named, &mut inputs));
    let last = last.transpose()?;
    let mut tally = tally::tally(&round, taken, appraised, surveyed, last);
    tally.findings.extend(findings);
    tally.findings.sort();
    Ok((round, tally, inputs))
}

/// Files that could not be read at all are said with what was read.
fn with<T>(mut unread: Vec<Finding>, read: (Option<T>, Vec<Finding>)) -> (Option<T>, Vec<Finding>) {
    unread.extend(read.1);
    (read.0, unread)
}

fn last_round(
    folder: &Folder,
    named: &Named,
    inputs: &mut Vec<Input>,
) -> Result<LastRound, Failure> {
    let refused = |finding| Failure::Round(vec![finding]);
    let text = intake::text(folder, named, inputs).map_err(refused)?;
    record::last_round(&text).map_err(|why| {
        refused(Finding::new(Code::LastRoundUnreadable, Place::file(&named.name), why))
    })
}

/// Writes every file of `ket-qua/` but the log; gives the names of those at its
/// top.
pub(super) fn write_results(
    draft: &Draft,
    decided: Decided,
    inputs: &[Input],
    amendment: Option<&Amendment>,
    console: &Console,
) -> Result<Vec<String>, Failure> {
    let Decided { round, tally, .. } = decided;
    let year = round.settings.year;
    let bar = console.bar(round.register.units.len(), "Ghi phản hồi");
    let examined = examine(round, tally, console)?;
    let seal = || record::seal(round, tally, inputs, amendment);
    let (seal, items) = both(seal, || analysis::items(round, tally));
    let (program, examined) = (VERSION, examined.as_ref());
    let edition = Edition { inputs, program, seal: &seal, items: &items, examined, amendment };
    let summary_name = format!("Tong-hop-{year}.xlsx");
    // The summary takes as long to write as everything else together, the
    // record's own text included.
    let summary = || {
        let workbook = report::summary::workbook(round, tally, &edition);
        draft.put_workbook(&summary_name, &workbook)
    };
    let others = || -> Result<(Vec<Input>, DraftFile), Failure> {
        let awards = report::awards::workbook(round, tally, &edition);
        let name = format!("Khen-thuong-{year}.xlsx");
        let awards = awards.map(|workbook| draft.put_workbook(&name, &workbook)).transpose()?;
        let told = feedback(round, tally, draft, "phan-hoi/", &bar)?;
        let record = begin_record(draft, decided, &edition)?;
        Ok((awards.into_iter().chain(told).collect(), record))
    };
    let (summary, others) = both(summary, others);
    bar.finish_and_clear();
    let (mut outputs, mut record) = others?;
    outputs.push(summary?);
    outputs.sort();
    let end = record::End { outputs: &outputs, seal: &seal };
    record.write(|out| end.write_json(out))?;
    record.end()?;
    let mut names: Vec<String> = outputs.iter().map(|it| it.file.clone()).collect();
    names.retain(|name| !name.contains('/'));
    names.sort_by(|a, b| b.cmp(a));
    names.push(RECORD_FILE.to_owned());
    Ok(names)
}

/// Writes all of the record but its end.
fn begin_record(draft: &Draft, decided: Decided, edition: &Edition) -> Result<DraftFile, Failure> {
    let Decided { round, tally, .. } = decided;
    let record = Record {
        analysis: record::item_analysis(round, edition.items),
        firmness: record::firmness(round, edition.examined),
        amendment: edition.amendment.cloned(),
        ..record::of(round, tally, edition.inputs, edition.program)
    };
    let mut file = draft.begin_file(RECORD_FILE)?;
    file.write(|out| record.begin_json(out))?;
    Ok(file)
}

/// Writes the feedback workbooks, one for each unit that has something to be
/// told, into `below` of the draft; `bar` counts the units.
pub(super) fn feedback(
    round: &Round,
    tally: &Tally,
    draft: &Draft,
    below: &str,
    bar: &ProgressBar,
) -> Result<Vec<Input>, Failure> {
    let noticed = tally.findings_by_unit();
    let one = |unit: &Unit| -> Result<Option<Input>, Failure> {
        bar.inc(1);
        let own = noticed.get(&unit.id).map_or(&[][..], Vec::as_slice);
        let Some(workbook) = report::feedback::workbook(round, unit, tally, own) else {
            return Ok(None);
        };
        let name = format!("{below}{}.xlsx", unit.id);
        draft.put_workbook(&name, &workbook).map(Some)
    };
    let told = parallel(&round.register.units, one)?;
    Ok(told.into_iter().flatten().collect())
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
        let all = ranked + ranking.unranked.len();
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
        console.line("  Kết quả là TẠM TÍNH; xem trang Tổng quan để biết còn thiếu gì.");
    }
}

/// Names at the top of `ket-qua/` that the program writes, so that what the
/// secretariat put beside them is kept.
pub(super) fn is_ours(name: &str) -> bool {
    let has_extension = |wanted: &str| {
        Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case(wanted))
    };
    let is_workbook = name.starts_with("Tong-hop-") || name.starts_with("Khen-thuong-");
    name == "phan-hoi"
        || name == RECORD_FILE
        || name == LOG_FILE
        || (is_workbook && has_extension("xlsx"))
}
