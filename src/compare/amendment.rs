//! Changes since a publication, and the lines that account for them → the
//! amendment, and the points that nobody accounts for.

use crate::compare::records::{Changes, PointChange, UnitChange};
use crate::finding::result as said;
use crate::finding::{Findings, Item, Place, Said, Unit};
use crate::record::{Amendment, Input, RevisedPoint, RevisedSeat};
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
        for point in unit.points.iter().filter(|it| it.is_counted) {
            match revised(unit, point, revisions) {
                Some(revised) => points.push(revised),
                None => findings.say(Place::file(ACCOUNT), unaccounted(unit, point)),
            }
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
