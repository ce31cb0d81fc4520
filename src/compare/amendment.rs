//! Changes since a publication, and the lines that account for them → the
//! amendment, and the points that nobody accounts for.

use crate::compare::records::{Changes, PointChange, UnitChange};
use crate::finding::{Code, Finding, Findings, Place};
use crate::record::{Amendment, Input, RevisedPoint, RevisedSeat};
use crate::round::revision::Revisions;

/// The file in which changes are accounted for.
const ACCOUNT: &str = "thay-doi.xlsx";

/// The changes against the publication `base` with its code, made again for
/// `reason`. Each point that counts needs a line in `revisions`; one without
/// is a finding.
pub fn amend(
    changes: &Changes,
    revisions: &Revisions,
    (base, base_seal): (Input, &str),
    reason: &str,
) -> (Amendment, Findings) {
    let mut findings = Findings::default();
    let mut points = Vec::new();
    for unit in &changes.units {
        for point in unit.points.iter().filter(|it| it.is_counted) {
            match revised(unit, point, revisions) {
                Some(revised) => points.push(revised),
                None => findings.push(unaccounted(unit, point)),
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
    let (base_seal, reason) = (base_seal.to_owned(), reason.to_owned());
    (Amendment { base, base_seal, reason, points, seats }, findings)
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

fn unaccounted(unit: &UnitChange, point: &PointChange) -> Finding {
    let item = if point.item.is_empty() { String::new() } else { format!(", {}", point.item) };
    let message = format!(
        "{}{item} – {}: bản công bố {}, nay {}",
        unit.unit, point.what, point.before, point.after
    );
    Finding::new(Code::RevisionMissing, Place::file(ACCOUNT), message)
}
