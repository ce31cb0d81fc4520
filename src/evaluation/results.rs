//! What was decided → the files of `ket-qua/`.

use std::path::Path;

use crate::analysis;
use crate::batch::log::LOG_FILE;
use crate::batch::save::{Draft, DraftFile};
use crate::batch::{Folder, both, parallel};
use crate::evaluation::decide::Decided;
use crate::evaluation::examine::examine;
use crate::evaluation::progress::Progress;
use crate::failure::Failure;
use crate::record::{self, Amendment, Input, PROGRAM, RECORD_FILE, Record};
use crate::report::{self, Edition, LIMITS};
use crate::round::register::Unit;

/// Writes every file of `ket-qua/` but the log; gives the names of those at its
/// top.
pub fn write(
    draft: &Draft,
    decided: &Decided,
    amendment: Option<&Amendment>,
    progress: &dyn Progress,
) -> Result<Vec<String>, Failure> {
    let Decided { round, tally, inputs } = decided;
    let year = round.settings.year;
    let examined = examine(round, tally, progress)?;
    let tick = progress.begin("Ghi phản hồi", round.register.units.len());
    let seal = || record::seal(round, tally, inputs, amendment);
    let (seal, items) = both(seal, || analysis::items(round, tally));
    let areas = analysis::areas(round, &tally.rankings);
    let shortfalls = analysis::shortfalls(round, &tally.rankings);
    let odd = round.settings.firmness.as_ref().and_then(|it| it.odd.as_ref());
    let oddities = odd.map(|odd| analysis::oddities(round, tally, &areas, odd));
    let edition = Edition {
        inputs,
        program: PROGRAM,
        seal: &seal,
        items: &items,
        areas: &areas,
        shortfalls: &shortfalls,
        oddities: oddities.as_ref(),
        examined: examined.as_ref(),
        amendment,
        limits: LIMITS,
    };
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
        let told = feedback(decided, draft, &format!("{}/", report::feedback::FOLDER), &tick)?;
        let tables = report::data::tables(round, tally, &edition);
        let data = parallel(&tables, |table| {
            let name = format!("{}/{}", report::FOLDER, table.name);
            draft.put_digested(&name, |out| table.write(out))
        })?;
        let record = begin_record(draft, decided, &edition)?;
        Ok((awards.into_iter().chain(told).chain(data).collect(), record))
    };
    let (summary, others) = both(summary, others);
    drop(tick);
    let (mut outputs, mut record) = others?;
    outputs.push(summary?);
    outputs.sort();
    let end = record::End { outputs: &outputs, seal: &seal };
    record.write(|out| end.write_json(out))?;
    draft.end(record)?;
    let mut names: Vec<String> = outputs.iter().map(|it| it.file.clone()).collect();
    names.retain(|name| !name.contains('/'));
    names.sort_by(|a, b| b.cmp(a));
    names.push(RECORD_FILE.to_owned());
    Ok(names)
}

/// Writes all of the record but its end.
fn begin_record(draft: &Draft, decided: &Decided, edition: &Edition) -> Result<DraftFile, Failure> {
    let Decided { round, tally, .. } = decided;
    let record = Record {
        areas: record::areas(round),
        analysis: record::item_analysis(round, edition.items),
        firmness: record::firmness(round, edition.examined),
        amendment: edition.amendment.cloned(),
        ..record::of(round, tally, edition.inputs, edition.program)
    };
    let mut file = draft.begin_file(RECORD_FILE)?;
    file.write(|out| record.begin_json(out))?;
    Ok(file)
}

/// Puts new letters to the units in place of those in the folder of results; says
/// how many.
pub fn letters(
    folder: &Folder,
    decided: &Decided,
    progress: &dyn Progress,
) -> Result<usize, Failure> {
    let tick = progress.begin("Ghi phản hồi", decided.round.register.units.len());
    let draft = Draft::begin(&folder.results().join(report::feedback::FOLDER))?;
    let told = feedback(decided, &draft, "", &tick)?;
    drop(tick);
    draft.publish(|_| false)?;
    Ok(told.len())
}

/// Writes the feedback workbooks, one for each unit that has something to be
/// told, into `below` of the draft. `tick` is called once for every unit.
pub fn feedback(
    decided: &Decided,
    draft: &Draft,
    below: &str,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Input>, Failure> {
    let Decided { round, tally, .. } = decided;
    let noticed = tally.findings_by_unit();
    let one = |unit: &Unit| -> Result<Option<Input>, Failure> {
        tick();
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

/// Names at the top of `ket-qua/` that the program writes, so that what the
/// secretariat put beside them is kept.
pub fn is_ours(name: &str) -> bool {
    let has_extension = |wanted: &str| {
        Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case(wanted))
    };
    let is_workbook = name.starts_with("Tong-hop-") || name.starts_with("Khen-thuong-");
    name == report::feedback::FOLDER
        || name == report::FOLDER
        || name == RECORD_FILE
        || name == LOG_FILE
        || (is_workbook && has_extension("xlsx"))
}
