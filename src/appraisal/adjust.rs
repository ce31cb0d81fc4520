//! The sheet of bonuses and penalties → adjustments.

use super::granted::{Adjustment, AdjustmentKind, Appraisal};
use super::layout;
use super::volume::{Volume, unit_of};
use crate::finding::appraisal as said;
use crate::finding::{Findings, Said};
use crate::points::{Points, Quantity};
use crate::round::Round;
use crate::round::settings::Bloc;
use crate::round::terms::Assent;
use crate::table::Line;
use crate::text;

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
            let before = |is: fn(&Adjustment, &Adjustment) -> bool| {
                let before = adjustments.iter().find(|it| is(it, &adjustment));
                before.map(|it| it.place.clone())
            };
            let unit = &adjustment.unit;
            if let Some(place) = before(is_same) {
                let said = said::SameLine { unit, place };
                findings.say(adjustment.place, said);
            } else if let Some(place) = before(may_be_same) {
                let said = said::MayBeSameLine { unit, place, reason: &adjustment.reason };
                appraisal.doubtful.insert(unit.clone());
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
    // Fewer than a tenth are seldom meant: a part of 1, or a slipped comma.
    if let Some(found) = points.filter(|it| *it < Points::scaled(1, 1)) {
        let word = KINDS.iter().find(|(_, own)| Some(*own) == kind)?.0;
        let key = Assent::key(&unit?.id, word);
        findings.say(place.clone(), Said::from(said::AdjustmentSmall { found }).unless(key));
    }
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
    let key = |it: &Adjustment| (text::key(&it.reason), text::key(&it.source));
    (&a.unit, a.kind, a.points) == (&b.unit, b.kind, b.points) && key(a) == key(b)
}

/// The same reason in another spelling, by a decision that may be the same; or
/// the same in every word with other points.
fn may_be_same(a: &Adjustment, b: &Adjustment) -> bool {
    let numbers = |it: &Adjustment| -> Vec<String> {
        let parts = it.source.split(|c: char| !c.is_ascii_digit());
        parts.filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let (of_a, of_b) = (numbers(a), numbers(b));
    let is_one_source = of_a == of_b || of_a.is_empty() || of_b.is_empty();
    (&a.unit, a.kind) == (&b.unit, b.kind)
        && is_one_source
        && text::is_spelt_like(&a.reason, &b.reason)
}
