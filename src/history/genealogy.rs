//! Who goes on in whom: members and events → lines.
//!
//! A line is one unit through all its names and levels, whatever ids it had.
//! Merging and splitting end lines and begin others; a unit that took in
//! another, or gave a part away, and kept its id goes on in its own line. Every
//! id belongs to exactly one line, and nothing is ever joined by name.

use std::collections::BTreeMap;

use crate::finding::history as said;
use crate::finding::{Findings, Said};
use crate::history::members::{Event, EventKind, Members};
use crate::round::register::UnitId;

/// A unit through all its names and levels.
#[derive(Clone, Debug)]
pub struct Line {
    /// The ids it had, oldest first; at least one.
    pub ids: Vec<UnitId>,
    /// The lines it was made of, when it began by a merger or a split.
    pub parents: Vec<usize>,
    /// The lines that went on from it when it ended so.
    pub children: Vec<usize>,
    /// The places in [`Members::events`] of what happened to it, in order.
    pub events: Vec<usize>,
}

/// Every line, in register order of its first id.
#[derive(Clone, Debug, Default)]
pub struct Genealogy {
    pub lines: Vec<Line>,
    of: BTreeMap<UnitId, usize>,
}

impl Line {
    /// The last id it had.
    pub fn id(&self) -> &UnitId {
        self.ids.last().expect("a line has at least one id")
    }
}

impl Genealogy {
    /// The line of an id.
    pub fn of(&self, id: &UnitId) -> Option<usize> {
        self.of.get(id).copied()
    }
}

/// Makes the lines. With a finding that is an error, they are not to be used.
pub fn trace(members: &Members, findings: &mut Findings) -> Genealogy {
    let next = successions(members, findings);
    if circles(members, findings) {
        return Genealogy::default();
    }
    let mut genealogy = Genealogy::default();
    let continued: Vec<&UnitId> = next.values().copied().collect();
    for member in members.list.iter().filter(|it| !continued.contains(&&it.id)) {
        let mut ids = vec![member.id.clone()];
        let mut last = &member.id;
        while let Some(later) = next.get(last) {
            ids.push((*later).clone());
            last = later;
        }
        for id in &ids {
            genealogy.of.insert(id.clone(), genealogy.lines.len());
        }
        genealogy.lines.push(Line {
            ids,
            parents: Vec::new(),
            children: Vec::new(),
            events: Vec::new(),
        });
    }
    for (at, event) in members.events.iter().enumerate() {
        join(&mut genealogy, at, event);
    }
    for line in &mut genealogy.lines {
        line.events.sort_by_key(|at| (members.events[*at].day, *at));
    }
    genealogy
}

/// From each id the one it goes on as, one to one.
fn successions<'a>(
    members: &'a Members,
    findings: &mut Findings,
) -> BTreeMap<&'a UnitId, &'a UnitId> {
    let mut next: BTreeMap<&UnitId, &UnitId> = BTreeMap::new();
    let mut taken: Vec<&UnitId> = Vec::new();
    for event in members.events.iter().filter(|it| it.is_succession()) {
        let ([before], [after]) = (event.before.as_slice(), event.after.as_slice()) else {
            continue;
        };
        // A new name under the same id changes nothing here.
        if before == after {
            continue;
        }
        let mut refuse = |said: Said| findings.say(event.place.clone(), said);
        if let Some(other) = next.get(before) {
            refuse(said::GoesOnAsTwo { unit: before, one: *other, other: after }.into());
        } else if taken.contains(&after) {
            refuse(said::ComesFromTwo { unit: after }.into());
        } else {
            next.insert(before, after);
            taken.push(after);
        }
    }
    next
}

/// Says when a unit comes from itself, however far back; one circle is one
/// finding.
fn circles(members: &Members, findings: &mut Findings) -> bool {
    let mut from: BTreeMap<&UnitId, Vec<(&UnitId, &Event)>> = BTreeMap::new();
    for event in &members.events {
        for after in &event.after {
            let before = event.before.iter().filter(|before| *before != after);
            from.entry(after).or_default().extend(before.map(|it| (it, event)));
        }
    }
    let mut is_found = false;
    let mut told: Vec<&UnitId> = Vec::new();
    for member in &members.list {
        let mut open = vec![&member.id];
        let mut seen: Vec<&UnitId> = Vec::new();
        let mut guilty = None;
        while let Some(id) = open.pop() {
            for (before, event) in from.get(id).into_iter().flatten() {
                if *before == &member.id {
                    guilty = Some(*event);
                }
                if !seen.contains(before) {
                    seen.push(before);
                    open.push(before);
                }
            }
        }
        let Some(event) = guilty else { continue };
        is_found = true;
        if !told.iter().any(|id| seen.contains(id)) {
            told.push(&member.id);
            findings.say(event.place.clone(), said::OwnPredecessor { unit: &member.id });
        }
    }
    is_found
}

fn join(genealogy: &mut Genealogy, at: usize, event: &Event) {
    let lines = |ids: &[UnitId]| -> Vec<usize> {
        ids.iter().filter_map(|id| genealogy.of.get(id).copied()).collect()
    };
    let (before, after) = (lines(&event.before), lines(&event.after));
    let touched: std::collections::BTreeSet<usize> = before.iter().chain(&after).copied().collect();
    for line in &touched {
        genealogy.lines[*line].events.push(at);
    }
    if !matches!(event.kind, EventKind::Merge | EventKind::Split) {
        return;
    }
    for child in after.iter().filter(|line| !before.contains(line)) {
        for parent in &before {
            let parents = &mut genealogy.lines[*child].parents;
            if !parents.contains(parent) {
                parents.push(*parent);
            }
            let children = &mut genealogy.lines[*parent].children;
            if !children.contains(child) {
                children.push(*child);
            }
        }
    }
    // Who was taken in by a unit that kept its id has gone on in it.
    for kept in after.iter().filter(|line| before.contains(line)) {
        for gone in before.iter().filter(|line| !after.contains(line)) {
            let children = &mut genealogy.lines[*gone].children;
            if !children.contains(kept) {
                children.push(*kept);
            }
        }
    }
}
