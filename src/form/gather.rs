//! Readings of every file in the folder → at most one form a unit, and what
//! became of each file.
//!
//! Between two different forms of one unit the program does not choose, unless
//! the round says that the one dated later counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::day::Day;
use crate::finding::form as said;
use crate::finding::{Code, Finding, Findings, Place, Said, Texts};
use crate::form::{Fate, Form, Intake, Likeness, Reading, Receipt};
use crate::round::Round;
use crate::round::register::UnitId;
use crate::round::settings::{Flawed, Resend};
use crate::round::waiver::{Waivable, Waiver};

/// Puts the forms of a folder together. The order of `readings` does not
/// matter.
pub fn gather(readings: Vec<Reading>, round: &Round) -> Intake {
    let mut readings = readings;
    readings.sort_by(|a, b| a.file.cmp(&b.file));
    let fates = fates(&mut readings, round);
    let mut intake = Intake::default();
    let mut aside = BTreeSet::new();
    for (reading, fate) in readings.into_iter().zip(fates) {
        let Reading { file, sha256, unit, possible, form, findings, .. } = reading;
        let is_refused = unit.is_none() && fate == Fate::SetAside;
        let by_path = || round.register.told_by_path(&file).map(|unit| unit.id.clone());
        let possible = is_refused.then(|| possible.or_else(by_path)).flatten();
        intake.findings.extend(findings);
        let is_spared =
            fate == Fate::Provisional && round.settings.intake.flawed == Flawed::SetAside;
        if let Some(waiver) = waiver(unit.as_ref(), round).filter(|_| is_spared) {
            let said = Said::from(said::CountedWithFaults {}).waived(waiver);
            intake.findings.say(Place::file(&file), said);
        }
        match fate {
            Fate::Counted | Fate::Provisional => {
                intake.forms.extend(form.map(|form| (form.unit.clone(), form)));
            }
            Fate::SetAside => aside.extend(unit.clone()),
            Fate::Superseded | Fate::Stray => {}
        }
        intake.receipts.push(Receipt { file, sha256, unit, possible, fate });
    }
    say_shared(&mut intake, round);
    intake.set_aside = aside.into_iter().filter(|id| !intake.forms.contains_key(id)).collect();
    intake.set_aside.sort_by_key(|id| round.register.position(id));
    intake.findings.sort();
    intake
}

/// What becomes of each reading. Findings of files that do not matter any more
/// give way to the one that says so.
fn fates(readings: &mut [Reading], round: &Round) -> Vec<Fate> {
    let mut fates: Vec<Fate> = readings.iter().map(|reading| alone(reading, round)).collect();
    let mut units: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate() {
        if let Some(unit) = &reading.unit {
            units.entry(unit.clone()).or_default().push(at);
        }
    }
    for of_unit in units.values() {
        let first = drop_copies(readings, of_unit, &mut fates);
        let (rivals, others): (Vec<usize>, Vec<usize>) =
            first.into_iter().partition(|at| claims(&readings[*at]));
        // Where nothing better came, what is left of two old forms competes.
        let rivals = if rivals.is_empty() {
            others.into_iter().filter(|at| readings[*at].form.is_some()).collect()
        } else {
            for at in others {
                fates[at] = Fate::SetAside;
            }
            step_aside(readings, rivals, &mut fates)
        };
        if 1 < rivals.len() {
            settle(readings, &rivals, round, &mut fates);
        }
    }
    fates
}

/// Lets what is less a form give way to what is more of one; gives the others.
///
/// What merely resembles a form never stands against one; a form that the unit
/// drew stands against an issued one only where that is faulty.
fn step_aside(readings: &mut [Reading], rivals: Vec<usize>, fates: &mut [Fate]) -> Vec<usize> {
    let counts = |at: usize| matches!(fates[at], Fate::Counted | Fate::Provisional);
    let issued =
        rivals.iter().copied().find(|at| readings[*at].likeness == Likeness::Issued && counts(*at));
    let best = rivals.iter().copied().max_by_key(|at| (readings[*at].likeness, counts(*at)));
    let Some(best) = issued.or(best) else { return rivals };
    let (standard, file) = (readings[best].likeness, readings[best].file.clone());
    let mut kept = Vec::new();
    for at in rivals {
        let said = match readings[at].likeness {
            Likeness::Alike if Likeness::Alike < standard => {
                Said::from(said::AlikeOnly { form: &file })
            }
            Likeness::Drawn if issued.is_some() => Said::from(said::DrawnBeside { form: &file }),
            _ => {
                kept.push(at);
                continue;
            }
        };
        say_alone(&mut readings[at], said);
        fates[at] = match readings[at].likeness {
            Likeness::Alike => Fate::Stray,
            Likeness::Drawn | Likeness::Issued => Fate::Superseded,
        };
    }
    kept
}

/// Names units' forms that claim the same in the same words, two on both, more
/// in one sentence: one was copied from the other. Points alone may agree by
/// chance.
fn say_shared(intake: &mut Intake, round: &Round) {
    let mut alike: BTreeMap<u64, Vec<Vec<&Form>>> = BTreeMap::new();
    for form in intake.forms.values() {
        let proved = form.claims.values().filter(|claim| !claim.evidence.is_empty()).count();
        if form.claims.len() < 2 * proved {
            let groups = alike.entry(form.claims.outline()).or_default();
            let same = |group: &&mut Vec<&Form>| group[0].claims.say_the_same(&form.claims);
            match groups.iter_mut().find(same) {
                Some(group) => group.push(form),
                None => groups.push(vec![form]),
            }
        }
    }
    for forms in alike.into_values().flatten() {
        let name = |form: &Form| round.register.unit(&form.unit).map_or("", |unit| &unit.name);
        let mut say = |form: &Form, said: Said| intake.findings.say(Place::file(&form.file), said);
        match forms[..] {
            [] | [_] => {}
            [a, b] => {
                for (own, other) in [(a, b), (b, a)] {
                    let (form, unit) = (&other.file, name(other));
                    say(own, said::SharedContent { form, unit }.into());
                }
            }
            [first, ..] => {
                let told = |it: &&Form| format!("{} ({})", name(it), it.file);
                let (count, forms) = (forms.len(), forms.iter().map(told).collect::<Texts>());
                say(first, said::SharedByMany { count, forms }.into());
            }
        }
    }
}

/// What sets aside, for this unit, that a form with an error is set aside.
fn waiver<'a>(unit: Option<&UnitId>, round: &'a Round) -> Option<&'a Waiver> {
    round.waivers.find(unit?, Waivable::Faulty, None)
}

/// What would become of a file if it were the only one of its unit.
fn alone(reading: &Reading, round: &Round) -> Fate {
    let is_sound = !reading.findings.iter().any(Finding::is_error);
    let flawed = match waiver(reading.unit.as_ref(), round) {
        Some(_) => Flawed::CountZero,
        None => round.settings.intake.flawed,
    };
    match (&reading.form, is_sound, flawed) {
        (Some(_), true, _) => Fate::Counted,
        (Some(_), false, Flawed::CountZero) => Fate::Provisional,
        (None, true, _) => Fate::Stray,
        (_, false, _) => Fate::SetAside,
    }
}

/// Marks every file that says the same as an earlier one; gives the others.
fn drop_copies(readings: &mut [Reading], of_unit: &[usize], fates: &mut [Fate]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for at in of_unit {
        let original = kept.iter().find(|earlier| same(&readings[**earlier], &readings[*at]));
        let Some(original) = original else {
            kept.push(*at);
            continue;
        };
        let form = readings[*original].file.clone();
        replace(&mut readings[*at], said::CopyOf { form: &form });
        fates[*at] = Fate::Superseded;
    }
    kept
}

/// Whether two files are one form: the same bytes, or the same claims saved
/// twice, also where one program stored a number as text. Faulty claims are the
/// same when the same is wrong with them.
fn same(a: &Reading, b: &Reading) -> bool {
    let is_same_form = match (&a.form, &b.form) {
        (Some(a), Some(b)) => told(a) == told(b) && a.claims.say_the_same(&b.claims),
        _ => false,
    };
    a.sha256 == b.sha256 || (is_same_form && faults(a) == faults(b))
}

/// What is wrong with a form, in order.
fn faults(reading: &Reading) -> Vec<Code> {
    let faults = reading.findings.iter().filter(|it| it.is_error());
    let mut codes: Vec<Code> = faults.map(|it| it.code).collect();
    codes.sort_unstable();
    codes
}

/// What a form says besides its claims, without where it says it.
fn told(form: &Form) -> (Option<Day>, Vec<[&String; 4]>) {
    let nominees = form.collectives.iter().chain(&form.individuals);
    let nominees = nominees.map(|it| [&it.name, &it.post, &it.achievement, &it.years]);
    (form.dated, nominees.collect())
}

/// Whether a file makes claims that compete with another form of the unit. A
/// blank form and one of an old criteria set do not.
fn claims(reading: &Reading) -> bool {
    let makes_none = [Code::FormBlank, Code::FormOtherSet, Code::FormOtherRound];
    !reading.findings.iter().any(|finding| makes_none.contains(&finding.code))
}

/// Decides between different forms of one unit.
fn settle(readings: &mut [Reading], rivals: &[usize], round: &Round, fates: &mut [Fate]) {
    let dated = |at: &usize| readings[*at].form.as_ref().and_then(|form| form.dated);
    let days: Vec<_> = rivals.iter().map(dated).collect();
    let latest = days.iter().copied().max().flatten();
    let is_certain =
        days.iter().all(Option::is_some) && days.iter().filter(|day| **day == latest).count() == 1;
    let files: Vec<String> = rivals.iter().map(|at| readings[*at].file.clone()).collect();
    let chosen = rivals.iter().zip(&days).find(|(_, day)| **day == latest).map(|(at, _)| *at);
    match (round.settings.intake.resend, chosen, latest) {
        (Resend::Later, Some(chosen), Some(day)) if is_certain => {
            let form = readings[chosen].file.clone();
            for at in rivals.iter().filter(|at| **at != chosen) {
                replace(&mut readings[*at], said::ReplacedBy { form: &form, dated: day });
                fates[*at] = Fate::Superseded;
            }
        }
        _ => {
            let name = readings[rivals[0]].unit.as_ref().and_then(|id| round.register.unit(id));
            let name = name.map_or_else(String::new, |unit| format!("{} ", unit.name));
            for at in rivals {
                let (name, count, forms) = (&name, files.len(), files.clone());
                let said = match round.settings.intake.resend {
                    Resend::Later => Said::from(said::NoneLater { name, count, forms }),
                    Resend::SetAside => said::SentSeveral { name, count, forms }.into(),
                };
                let place = Place::file(&readings[*at].file);
                readings[*at].findings.say(place, said);
                fates[*at] = Fate::SetAside;
            }
        }
    }
}

/// Leaves one finding on a file that does not count.
fn say_alone(reading: &mut Reading, said: impl Into<Said>) {
    reading.findings = Findings::default();
    reading.findings.say(Place::file(&reading.file), said);
}

/// The same, and leaves nothing of the form.
fn replace(reading: &mut Reading, said: impl Into<Said>) {
    say_alone(reading, said);
    reading.form = None;
}
