//! Checks across the round's files, once each has been read by itself.

use std::collections::BTreeMap;

use crate::finding::{self, Code, Finding, Findings, Place};
use crate::round::criteria::{CriteriaSet, SetId};
use crate::round::read_settings::Lines;
use crate::round::register::{Register, Unit};
use crate::round::settings::{Settings, TieBreak};
use crate::table::did_you_mean;
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
pub(super) fn check(file: &str, settings: &Settings, lines: &Lines, others: &Others) -> Findings {
    let Others { set_ids: ids, sound, register } = others;
    let mut findings = Findings::default();
    // A misspelt set in the settings leaves its workbook over: one cause.
    let is_whole = settings.blocs.iter().all(|bloc| bloc.sets.iter().all(|it| ids.contains(it)));
    let unread = ids.iter().filter(|_| is_whole);
    for id in unread.filter(|id| settings.blocs.iter().all(|bloc| !bloc.sets.contains(id))) {
        findings.say(Place::file(format!("bo-chi-so/{id}.xlsx")), finding::round::FileLeft {});
    }
    let mut say = |code, line, message: String| {
        findings.push(Finding::new(code, Place::line(file, line), message));
    };
    // A unit whose bloc is unknown may be of any.
    let has_bloc = |unit: &Unit| settings.blocs.iter().any(|bloc| bloc.id == unit.bloc);
    let is_placed = !register.units.is_empty() && register.units.iter().all(has_bloc);
    for (bloc, line) in settings.blocs.iter().zip(&lines.blocs) {
        for set in bloc.sets.iter().filter(|set| !ids.contains(set)) {
            let near = did_you_mean(text::nearest(&set.0, ids.iter().map(|id| id.0.as_str())));
            let message =
                format!("Khối {}: chưa có tệp đọc được cho bộ chỉ số «{set}»{near}", bloc.id.0);
            say(Code::RoundFileMissing, *line, message);
        }
        if is_placed && register.units.iter().all(|unit| unit.bloc != bloc.id) {
            let message = format!("Khối {} ({}) không có đơn vị nào", bloc.id.0, bloc.name);
            say(Code::BlocEmpty, *line, message);
        }
    }
    let used = |id: &SetId| settings.blocs.iter().any(|bloc| bloc.sets.contains(id));
    for (scenario, line) in settings.scenarios.iter().zip(&lines.scenarios) {
        for code in &scenario.without {
            let mut sets = sound.iter().filter(|(id, _)| used(id)).peekable();
            let is_there = |set: &CriteriaSet| set.nodes.iter().any(|node| node.code() == *code);
            if sets.peek().is_some() && !sets.any(|(_, set)| is_there(set)) {
                let message = format!(
                    "Kịch bản {}: bo – không bộ chỉ số nào của kỳ có mã {code}",
                    scenario.id,
                );
                say(Code::ScenarioInvalid, *line, message);
            }
        }
    }
    for tie_break in &settings.scoring.tie_breaks {
        let TieBreak::Area(area) = tie_break else { continue };
        for (id, set) in sound.iter().filter(|(id, _)| used(id)) {
            if set.areas().all(|node| node.code() != *area) {
                let message = format!("tieu-chi-phu: bộ chỉ số {id} không có lĩnh vực {area}");
                say(Code::SettingInvalid, lines.tie_breaks, message);
            }
        }
    }
    findings
}
