//! Changes since a publication, and the lines that account for them → the
//! amendment, and the points that nobody accounts for.

use crate::compare::records::{Changes, PointChange, UnitChange};
use crate::finding::result as said;
use crate::finding::{Findings, Item, Place, Said, Unit};
use crate::record::{Amendment, Input, RevisedPoint, RevisedSeat};
use crate::round::criteria::ItemCode;
use crate::round::revision::Revisions;

/// The file in which changes are accounted for.
const ACCOUNT: &str = "thay-doi.xlsx";

/// The publication that changes are measured against.
pub struct Base<'a> {
    pub file: Input,
    pub seal: &'a str,
}

/// The changes against the publication `base`, made again for
/// `reason`. Each point that counts needs a line in `revisions`; one without
/// is a finding.
pub fn amend(
    changes: &Changes,
    revisions: &Revisions,
    base: Base,
    reason: &str,
    findings: &mut Findings,
) -> Amendment {
    let mut points = Vec::new();
    for unit in &changes.units {
        let mut open = Vec::new();
        for point in unit.counted() {
            match revised(unit, point, revisions) {
                Some(revised) => points.push(revised),
                None => open.push(point),
            }
        }
        let id = || Unit(unit.unit.clone());
        let (name, count) = (unit.name.as_str(), open.len());
        // One cause, which one line accounts for.
        let one = match count {
            0 | 1 => None,
            _ if unit.is_gone() => Some(said::UnaccountedGone { unit: id(), name, count }.into()),
            _ if unit.is_new() => Some(said::UnaccountedNew { unit: id(), name, count }.into()),
            _ => None,
        };
        let each = || open.iter().map(|point| unaccounted(unit, point)).collect();
        for said in one.map_or_else(each, |one: Said| vec![one]) {
            findings.say(Place::file(ACCOUNT), said);
        }
    }
    let moved = changes.units.iter().filter(|unit| unit.before != unit.after);
    let seats = moved.map(|unit| RevisedSeat {
        unit: unit.unit.clone(),
        name: unit.name.clone(),
        before: unit.before.clone(),
        after: unit.after.clone(),
    });
    let seats = seats.collect();
    let (base_seal, reason) = (base.seal.to_owned(), reason.to_owned());
    Amendment { base: base.file, base_seal, reason, points, seats }
}

/// Says which lines of `revisions` account for none of these changes, each of a
/// unit and an item, and for which one they may have been meant.
pub fn idle(changes: &[(&str, &str)], revisions: &Revisions, findings: &mut Findings) {
    let points: Vec<(&str, Option<ItemCode>)> =
        changes.iter().map(|(unit, item)| (*unit, item.parse().ok())).collect();
    for line in revisions.idle(&points) {
        let of_unit = points.iter().find(|(unit, _)| *unit == line.unit.0);
        let of_item = || points.iter().find(|(_, item)| item.is_some() && *item == line.item);
        let near = of_unit.or_else(of_item).or(points.first());
        let near = near.map(|(unit, item)| one(unit, *item));
        let what = one(&line.unit.0, line.item);
        findings.say(line.place.clone(), said::RevisionUnused { what, near: near.as_deref() });
    }
}

/// A unit, or an item of it.
fn one(unit: &str, item: Option<ItemCode>) -> String {
    item.map_or_else(|| unit.to_owned(), |item| format!("{unit}, {item}"))
}

fn revised(unit: &UnitChange, point: &PointChange, revisions: &Revisions) -> Option<RevisedPoint> {
    let line = revisions.of(&unit.unit, point.item.parse().ok())?;
    Some(RevisedPoint {
        unit: unit.unit.clone(),
        name: unit.name.clone(),
        item: point.item.clone(),
        what: point.what.to_owned(),
        before: point.before.clone(),
        after: point.after.clone(),
        code: line.code.clone(),
        meaning: revisions.meaning(&line.code).to_owned(),
        note: line.note.clone(),
    })
}

fn unaccounted(changed: &UnitChange, point: &PointChange) -> Said {
    let unit = Unit(changed.unit.clone());
    let PointChange { what, before, after, .. } = point;
    if point.item.is_empty() {
        return said::UnaccountedOfUnit { unit, what, before, after }.into();
    }
    Said::from(said::Unaccounted { what, before, after }).of(unit, Item(point.item.clone()))
}
