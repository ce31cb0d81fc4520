//! The sheet of bonuses and penalties → adjustments.

use super::granted::{Adjustment, AdjustmentKind, Appraisal};
use super::layout;
use super::volume::{Volume, unit_of};
use crate::finding::Findings;
use crate::finding::appraisal as said;
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::settings::Bloc;
use crate::table::Line;

const KINDS: &[(&str, AdjustmentKind)] =
    &[(layout::BONUS, AdjustmentKind::Bonus), (layout::PENALTY, AdjustmentKind::Penalty)];

/// Every sound row, in the order of the workbooks, and whom a faulty one may be
/// about.
pub(super) fn read(
    volumes: &[Volume],
    round: &Round,
    appraisal: &mut Appraisal,
    findings: &mut Findings,
) {
    for volume in volumes {
        for line in volume.adjustments.lines().filter(|line| is_meant(line)) {
            let Some(adjustment) = adjustment(&line, volume.bloc, round, findings) else {
                match unit_of(&line, volume.bloc, round) {
                    Ok(unit) => _ = appraisal.doubtful.insert(unit.id.clone()),
                    Err(_) => appraisal.is_doubtful = true,
                }
                continue;
            };
            let adjustments = &mut appraisal.adjustments;
            // A copied workbook must not count a bonus twice.
            if let Some(same) = adjustments.iter().find(|it| is_same(it, &adjustment)) {
                let said = said::SameLine { unit: &adjustment.unit, place: same.place.clone() };
                findings.say(adjustment.place, said);
            } else {
                adjustments.push(adjustment);
            }
        }
    }
}

/// A line of the table, and not a note or a signature under it.
fn is_meant(line: &Line) -> bool {
    [layout::KIND, layout::POINTS].iter().any(|label| !line.is_blank(label))
        || (!line.is_blank(layout::UNIT) && !line.is_blank(layout::REASON))
}

/// One row, or one finding that says everything wrong with it.
fn adjustment(
    line: &Line,
    bloc: &Bloc,
    round: &Round,
    findings: &mut Findings,
) -> Option<Adjustment> {
    let mut wrong = Findings::default();
    let unit = unit_of(line, bloc, round);
    let unit = unit.map_err(|why| line.refuse(layout::UNIT, why, &mut wrong)).ok();
    if line.is_blank(layout::KIND) {
        line.refuse(layout::KIND, said::KindBlank {}, &mut wrong);
    }
    let kind = line.choice(layout::KIND, KINDS, &mut wrong);
    let points = line.needed_number(layout::POINTS, &mut wrong).map(Quantity::points);
    let places = round.settings.scoring.places;
    if let Some(found) = points.filter(|it| *it <= Points::ZERO || places < it.places()) {
        line.refuse(layout::POINTS, said::PointsUnfit { places, found }, &mut wrong);
    }
    let reason = line.reason(layout::REASON, &mut wrong);
    let source = line.answer(layout::SOURCE, findings).unwrap_or_default();
    if let Some((place, said)) = wrong.into_one() {
        findings.say(place, said);
        return None;
    }
    let place = line.place(layout::POINTS);
    Some(Adjustment {
        unit: unit?.id.clone(),
        kind: kind?,
        points: points?,
        reason: reason?,
        source,
        place,
    })
}

fn is_same(a: &Adjustment, b: &Adjustment) -> bool {
    (&a.unit, a.kind, a.points, &a.reason, &a.source)
        == (&b.unit, b.kind, b.points, &b.reason, &b.source)
}
