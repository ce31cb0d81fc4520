//! The lives of units against the events that begin and end them.

use crate::day::Day;
use crate::finding::history as said;
use crate::finding::{Findings, Said, round};
use crate::history::members::{Event, Member, Members};
use crate::history::period::Period;
use crate::round::terms::Confirmed;

/// A decision and the day it takes effect lie within so many days.
const USUAL_DAYS: i64 = 92;
/// Units are told to begin or end so many years after a period.
const USUAL_AFTER: i16 = 10;
/// Events are told from so many years before a period.
const USUAL_YEARS: i16 = 30;

/// Units that no year asks for, units that begin or end and nobody says how, and
/// events on other days than the units that they are about.
pub(super) fn check(
    period: &Period,
    members: &Members,
    confirmed: &Confirmed,
    findings: &mut Findings,
) {
    let is_within = |day: &Day| period.as_of(period.from) < *day && *day <= period.as_of(period.to);
    let mut untold = Findings::default();
    for member in &members.list {
        let Member { id: unit, name, .. } = member;
        let last = period.to;
        let dates = member.since.into_iter().chain(member.until);
        for day in dates.filter(|day| last + USUAL_AFTER < day.year()) {
            let said = said::DayOfUnit { unit, day, last };
            confirmed.doubt(&unit.0, member.place.clone(), said.into(), findings);
        }
        let begins = members.events.iter().any(|event| event.after.contains(unit));
        let ends = members.events.iter().any(|event| event.before.contains(unit));
        let is_asked = period.years().any(|year| member.exists_on(period.as_of(year)));
        if !is_asked && !begins && !ends {
            findings.say(member.place.clone(), said::MemberNever { unit, name });
        }
        if let Some(day) = member.since.filter(is_within).filter(|_| is_asked && !begins) {
            untold.say(member.place.clone(), said::BeginsUntold { unit, name, day });
        }
        // Who ends on the very day of the first year was asked for that year.
        let is_told = |day: &Day| is_within(day) || *day == period.as_of(period.from);
        if let Some(day) = member.until.filter(is_told).filter(|_| is_asked && !ends) {
            untold.say(member.place.clone(), said::EndsUntold { unit, name, day });
        }
    }
    untold.gather();
    findings.extend(untold);
    for event in &members.events {
        let Some(day) = event.day else { continue };
        let (key, said) = if let Some((unit, other)) = apart(members, event, day) {
            (unit.id.to_string(), said::EventApart { day, unit: &unit.id, other }.into())
        } else {
            let (from, to) = (period.from - USUAL_YEARS, period.to + 1);
            let (key, said) = (event.after[0].to_string(), round::FarDay { day, from, to });
            if (from..=to).contains(&day.year()) {
                continue;
            }
            (key, Said::from(said))
        };
        confirmed.doubt(&key, event.place.clone(), said, findings);
    }
}

/// A unit that an event begins or ends on a day far from its own.
fn apart<'a>(members: &'a Members, event: &Event, day: Day) -> Option<(&'a Member, Day)> {
    let begun = event.after.iter().filter(|id| !event.before.contains(id));
    let ended = event.before.iter().filter(|id| !event.after.contains(id));
    let begun = begun.filter_map(|id| members.get(id)).map(|it| (it, it.since));
    let ended = ended.filter_map(|id| members.get(id)).map(|it| (it, it.until));
    let dated = begun.chain(ended).filter_map(|(member, own)| Some((member, own?)));
    let mut dated = dated.filter(|(_, own)| USUAL_DAYS < own.days_since(day).abs());
    dated.next()
}
