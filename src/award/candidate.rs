//! From rankings and forms to candidates: every unit, and every person
//! nominated by one.

use std::collections::{BTreeMap, BTreeSet};

use crate::award::reason::DeclineReason;
use crate::award::result::Declined;
use crate::finding::{Findings, result};
use crate::form::{Form, Intake, Nominee};
use crate::rank::{Ranking, Standing};
use crate::round::Round;
use crate::round::register::{Exclusion, UnitId};
use crate::round::settings::{BlocId, Recipients};
use crate::text;

/// A unit or a person who may be proposed, and what became of them so far.
pub(super) struct Candidate<'a> {
    pub(super) bloc: &'a BlocId,
    pub(super) unit: &'a UnitId,
    pub(super) standing: Option<&'a Standing>,
    pub(super) form: Option<&'a Form>,
    /// Among whom it competes.
    pub(super) among: Recipients,
    pub(super) nominee: Option<&'a Nominee>,
    pub(super) excluded: Option<&'a Exclusion>,
    /// Why it is not considered before anything else is asked.
    pub(super) doubt: Option<DeclineReason>,
    pub(super) is_awarded: bool,
    pub(super) declined: Option<DeclineReason>,
}

/// Every unit of every bloc, best first, and every person nominated by it, in
/// form order. A person named twice is one.
pub(super) fn candidates<'a>(
    round: &'a Round,
    rankings: &'a [Ranking],
    intake: &'a Intake,
    findings: &mut Findings,
) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    for ranking in rankings {
        let ranked = ranking.standings.iter().map(|it| (&it.card.unit, Some(it)));
        let unranked = ranking.unranked.iter().map(|it| (&it.unit, None));
        for (unit, standing) in ranked.chain(unranked) {
            let form = intake.forms.get(unit);
            let excluded =
                |person: Option<&str>| excluded(&round.register.exclusions, unit, person);
            let candidate = |among, nominee, excluded| Candidate {
                bloc: &ranking.bloc,
                unit,
                standing,
                form,
                among,
                nominee,
                excluded,
                doubt: None,
                is_awarded: false,
                declined: None,
            };
            let itself = form.and_then(|form| form.collectives.first());
            candidates.push(candidate(Recipients::Collectives, itself, excluded(None)));
            let mut names = BTreeSet::new();
            for person in form.map_or(&[][..], |form| &form.individuals) {
                if names.insert(text::person_key(&person.name)) {
                    let excluded = excluded(Some(&person.name));
                    let mut person = candidate(Recipients::Individuals, Some(person), excluded);
                    person.doubt = doubt(&person);
                    candidates.push(person);
                }
            }
        }
    }
    tell_apart(round, &mut candidates, findings);
    exclude_elsewhere(round, &mut candidates, findings);
    unused(round, &candidates, findings);
    candidates
}

fn doubt(person: &Candidate) -> Option<DeclineReason> {
    person.nominee.filter(|it| it.is_doubtful).map(|_| DeclineReason::Doubtful)
}

/// Persons of one name in several units are asked about: nobody is commended
/// twice, and nobody for what another did.
fn tell_apart(round: &Round, candidates: &mut [Candidate], findings: &mut Findings) {
    let mut namesakes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        if let Some(name) = candidate.person().filter(|_| candidate.doubt.is_none()) {
            namesakes.entry(text::person_key(name)).or_default().push(at);
        }
    }
    for ats in namesakes.into_values().filter(|ats| 1 < ats.len()) {
        let first = &candidates[ats[0]];
        let name = first.person().unwrap_or_default().to_owned();
        let first = first.unit;
        let are_one = |at: &usize| round.register.are_one(&name, [first, candidates[*at].unit]);
        let known: Option<Vec<bool>> = ats[1..].iter().map(are_one).collect();
        if let Some(known) = known {
            for (at, _) in ats[1..].iter().zip(known).filter(|(_, is_one)| *is_one) {
                candidates[*at].doubt = Some(DeclineReason::ProposedElsewhere);
            }
            continue;
        }
        let units: Vec<String> =
            ats.iter().map(|at| unit_name(round, candidates[*at].unit)).collect();
        for at in ats {
            let place = candidates[at].nominee.map(|it| it.place.clone());
            let said = result::NominatedTwice { person: &name, units: units.clone() };
            findings.say(place.expect("a person was nominated somewhere"), said);
            candidates[at].doubt = Some(DeclineReason::Doubtful);
        }
    }
}

/// An exclusion of a person may be of one who is nominated by another unit.
fn exclude_elsewhere<'a>(
    round: &'a Round,
    candidates: &mut [Candidate<'a>],
    findings: &mut Findings,
) {
    for candidate in candidates.iter_mut().filter(|it| it.excluded.is_none()) {
        let Some(nominee) = candidate.nominee.filter(|_| candidate.person().is_some()) else {
            continue;
        };
        let elsewhere = round
            .register
            .exclusions
            .iter()
            .find(|it| it.unit != *candidate.unit && it.names(&nominee.name));
        let Some(exclusion) = elsewhere else { continue };
        match round.register.are_one(&nominee.name, [candidate.unit, &exclusion.unit]) {
            Some(true) => candidate.excluded = Some(exclusion),
            Some(false) => {}
            None => {
                candidate.doubt = Some(DeclineReason::Doubtful);
                let said = result::ExcludedElsewhere {
                    person: &nominee.name,
                    unit: unit_name(round, candidate.unit),
                    other: unit_name(round, &exclusion.unit),
                    place: exclusion.place.clone(),
                };
                findings.say(nominee.place.clone(), said);
            }
        }
    }
}

/// Exclusions of persons whom nobody nominates: perhaps the name is another's.
fn unused(round: &Round, candidates: &[Candidate], findings: &mut Findings) {
    let persons = || candidates.iter().filter_map(|it| Some((it.unit, it.person()?)));
    let exclusions = round.register.exclusions.iter();
    let lost = exclusions.filter_map(|it| Some((it, it.person.as_deref()?)));
    let lost = lost.filter(|(it, _)| persons().all(|(_, name)| !it.names(name)));
    for (exclusion, person) in lost {
        let of_unit = persons().filter(|(unit, _)| **unit == exclusion.unit);
        let near = text::nearest(person, of_unit.map(|(_, name)| name))
            .or_else(|| text::nearest(person, persons().map(|(_, name)| name)));
        let said = result::ExclusionUnused { unit: &exclusion.unit, person, near };
        findings.say(exclusion.place.clone(), said);
    }
}

fn unit_name(round: &Round, unit: &UnitId) -> String {
    round.register.unit(unit).map_or_else(|| unit.to_string(), |it| it.name.clone())
}

/// What excludes a unit or a person of it; an excluded unit excludes all in it.
fn excluded<'a>(
    exclusions: &'a [Exclusion],
    unit: &UnitId,
    person: Option<&str>,
) -> Option<&'a Exclusion> {
    let is_it = |it: &&Exclusion| it.person.is_none() || person.is_some_and(|name| it.names(name));
    exclusions.iter().filter(|it| it.unit == *unit).find(is_it)
}

impl Candidate<'_> {
    /// The name of the person that it is, if it is one.
    fn person(&self) -> Option<&str> {
        let is_person = self.among == Recipients::Individuals;
        self.nominee.filter(|_| is_person).map(|it| it.name.as_str())
    }

    /// Keeps the reason nearest to a place.
    pub(super) fn decline(&mut self, reason: DeclineReason) {
        self.declined = self.declined.take().max(Some(reason));
    }

    /// Nobody who was nominated is left without a reason.
    pub(super) fn into_declined(self) -> Option<Declined> {
        let fallback = self.nominee.map(|_| DeclineReason::QuotaFull);
        let person = self.person().map(str::to_owned);
        let reason = self.declined.or(fallback).filter(|_| !self.is_awarded)?;
        Some(Declined { unit: self.unit.clone(), person, reason })
    }
}
