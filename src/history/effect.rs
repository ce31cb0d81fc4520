//! Nominations, exclusions and earlier awards that have no effect, each with the
//! nearest thing that it may mean.

use crate::finding::history as said;
use crate::finding::{Findings, Place};
use crate::history::History;
use crate::history::nominations::{FILE, Mention};
use crate::history::series::Series;
use crate::text;

/// Nominations that nobody considers, exclusions and earlier awards of people
/// whom nobody nominates.
pub(super) fn nominations(history: &History, series: &[Series], findings: &mut Findings) {
    let given = &history.nominations;
    if history.period.awards.is_none() {
        if !given.nominated.is_empty() {
            let count = given.nominated.len();
            findings.say(Place::file(FILE), said::RulesMissing { count });
        }
        return;
    }
    let line = |it: &Mention| history.genealogy.of(&it.unit);
    let lost = given.nominated.iter().chain(given.excluded.iter().filter(|it| it.person.is_none()));
    for it in lost.filter(|it| series.iter().all(|series| Some(series.line) != line(it))) {
        let who = it.person.as_deref().unwrap_or(&it.unit.0);
        findings.say(it.place.clone(), said::NomineeWithoutResult { who });
    }
    let named = |of: &Mention, is_own: bool| -> Vec<&str> {
        let people = given.nominated.iter().filter(|it| !is_own || line(it) == line(of));
        people.filter_map(|it| it.person.as_deref()).collect()
    };
    let nominee = |of: &Mention| {
        given.nominated.iter().find(|it| line(it) == line(of) && it.key() == of.key())
    };
    for it in &given.excluded {
        let Some(person) = it.person.as_deref() else { continue };
        let is_known = given.nominated.iter().any(|own| own.key() == it.key());
        if !is_known {
            let near = text::nearest(person, named(it, true));
            let near = near.or_else(|| text::nearest(person, named(it, false)));
            findings.say(it.place.clone(), said::PersonUnknown { person, near });
        }
    }
    for it in &given.commended {
        match (nominee(it), it.person.as_deref()) {
            (Some(own), _) if text::key(&own.text) != text::key(&it.text) => {
                let near = text::nearest(&it.text, [own.text.as_str()]);
                let who = it.person.as_deref().unwrap_or(&it.unit.0);
                if near.is_some() {
                    let said = said::CommendedOtherwise { who, near };
                    findings.say(it.place.clone(), said);
                }
            }
            (None, Some(person)) => {
                let near = text::nearest(person, named(it, true));
                if near.is_some() {
                    findings.say(it.place.clone(), said::PersonUnknown { person, near });
                }
            }
            _ => {}
        }
    }
}
