//! Checks across the round's files, once each has been read by itself.

use std::collections::BTreeMap;

use crate::finding::{Findings, Place, Said, round, setting};
use crate::round::criteria::{CriteriaSet, SetId};
use crate::round::read_settings::Lines;
use crate::round::register::{Register, Unit};
use crate::round::settings::{Settings, TieBreak};
use crate::text;

/// What the other files of the round hold.
pub(super) struct Others<'a> {
    /// The criteria workbooks that are there.
    pub(super) set_ids: &'a [SetId],
    /// The sets that were read without an error.
    pub(super) sound: &'a BTreeMap<SetId, CriteriaSet>,
    pub(super) register: &'a Register,
}

/// Compares what the settings say of other files with those files.
pub(super) fn check(
    file: &str,
    settings: &Settings,
    lines: &Lines,
    others: &Others,
    findings: &mut Findings,
) {
    let Others { set_ids: ids, sound, register } = others;
    // A misspelt set in the settings leaves its workbook over: one cause.
    let is_whole = settings.blocs.iter().all(|bloc| bloc.sets.iter().all(|it| ids.contains(it)));
    let unread = ids.iter().filter(|_| is_whole);
    for id in unread.filter(|id| settings.blocs.iter().all(|bloc| !bloc.sets.contains(id))) {
        findings.say(Place::file(format!("bo-chi-so/{id}.xlsx")), round::FileLeft {});
    }
    let mut say = |line, said: Said| findings.say(Place::line(file, line), said);
    // A unit whose bloc is unknown may be of any.
    let has_bloc = |unit: &Unit| settings.blocs.iter().any(|bloc| bloc.id == unit.bloc);
    let is_placed = !register.units.is_empty() && register.units.iter().all(has_bloc);
    for (bloc, line) in settings.blocs.iter().zip(&lines.blocs) {
        for set in bloc.sets.iter().filter(|set| !ids.contains(set)) {
            let near = text::nearest(&set.0, ids.iter().map(|id| id.0.as_str()));
            say(*line, round::SetUnread { bloc: &bloc.id.0, found: set, near }.into());
        }
        let is_ranked = |unit: &&Unit| unit.exists_on(settings.intake.counted_on);
        let mut ranked = register.units.iter().filter(is_ranked);
        if is_placed && ranked.all(|unit| unit.bloc != bloc.id) {
            say(*line, round::BlocEmpty { bloc: &bloc.id.0, name: &bloc.name }.into());
        }
    }
    let used = |id: &SetId| settings.blocs.iter().any(|bloc| bloc.sets.contains(id));
    for (scenario, line) in settings.scenarios.iter().zip(&lines.scenarios) {
        for code in &scenario.without {
            let mut sets = sound.iter().filter(|(id, _)| used(id)).peekable();
            let is_there = |set: &CriteriaSet| set.nodes.iter().any(|node| node.code() == *code);
            if sets.peek().is_some() && !sets.any(|(_, set)| is_there(set)) {
                let said = setting::CodeUnknown { scenario: &scenario.id, item: *code };
                say(*line, said.into());
            }
        }
    }
    for tie_break in &settings.scoring.tie_breaks {
        let TieBreak::Area(area) = tie_break else { continue };
        for (id, set) in sound.iter().filter(|(id, _)| used(id)) {
            if set.areas().all(|node| node.code() != *area) {
                say(lines.tie_breaks, setting::AreaMissing { set: id, area }.into());
            }
        }
    }
}
