//! From rankings and forms to candidates: every unit, and every person
//! nominated by one.

use std::collections::{BTreeMap, BTreeSet};

use crate::award::reason::DeclineReason;
use crate::award::result::Declined;
use crate::finding::{Findings, Place, Texts, result};
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
        let unranked = ranking.unranked.iter().filter(|it| !it.is_outside());
        let unranked = unranked.map(|it| (&it.unit, None));
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
    let mut rulings = Rulings { round, used: Vec::new() };
    rulings.tell_apart(&mut candidates, findings);
    rulings.tell_unmarked_apart(&mut candidates, findings);
    rulings.exclude_elsewhere(&mut candidates, findings);
    rulings.exclude_alike(&mut candidates, findings);
    rulings.close(findings);
    candidates
}

fn doubt(person: &Candidate) -> Option<DeclineReason> {
    person.nominee.filter(|it| it.is_doubtful).map(|_| DeclineReason::Doubtful)
}

/// What the secretariat says of who is who, and which of it was asked for.
struct Rulings<'a> {
    round: &'a Round,
    used: Vec<&'a Place>,
}

impl<'a> Rulings<'a> {
    /// Whether two persons of these names and units are one; `None` when nobody
    /// has said so yet.
    fn are_one(&mut self, names: [&str; 2], units: [&UnitId; 2]) -> Option<bool> {
        let ruling = self.round.register.ruling(names, units)?;
        self.used.push(&ruling.place);
        Some(ruling.are_one)
    }

    /// Persons of one name in several units are asked about: nobody is commended
    /// twice, and nobody for what another did.
    fn tell_apart(&mut self, candidates: &mut [Candidate], findings: &mut Findings) {
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
            let mut are_one = |at: &usize| self.are_one([&name; 2], [first, candidates[*at].unit]);
            let known: Option<Vec<bool>> = ats[1..].iter().map(&mut are_one).collect();
            if let Some(known) = known {
                for (at, _) in ats[1..].iter().zip(known).filter(|(_, is_one)| *is_one) {
                    candidates[*at].doubt = Some(DeclineReason::ProposedElsewhere);
                }
                continue;
            }
            let units: Vec<String> =
                ats.iter().map(|at| unit_name(self.round, candidates[*at].unit)).collect();
            for at in ats {
                let place = candidates[at].nominee.map(|it| it.place.clone());
                let said = result::NominatedTwice { person: &name, units: units.clone() };
                findings.say(place.expect("a person was nominated somewhere"), said);
                candidates[at].doubt = Some(DeclineReason::Doubtful);
            }
        }
    }

    /// Two names of one unit that differ only by marks, which one of them lacks,
    /// may be one person's.
    fn tell_unmarked_apart(&mut self, candidates: &mut [Candidate], findings: &mut Findings) {
        for later in 1..candidates.len() {
            for earlier in (0..later).rev() {
                let (first, second) = (&candidates[earlier], &candidates[later]);
                if first.unit != second.unit {
                    break;
                }
                let Some((a, b)) = first.person().zip(second.person()) else { continue };
                let Some(nominee) = second.nominee.filter(|_| text::is_without_marks(a, b)) else {
                    continue;
                };
                match self.are_one([a, b], [first.unit, second.unit]) {
                    Some(true) => candidates[later].doubt = Some(DeclineReason::ProposedElsewhere),
                    Some(false) => {}
                    None => {
                        let unit = unit_name(self.round, second.unit);
                        let said = result::NominatedAlike { unit, person: b, near: Some(a) };
                        findings.say(nominee.place.clone(), said);
                        for at in [earlier, later] {
                            candidates[at].doubt = Some(DeclineReason::Doubtful);
                        }
                    }
                }
            }
        }
    }

    /// An exclusion of a person may be of one who is nominated by another unit.
    fn exclude_elsewhere(&mut self, candidates: &mut [Candidate<'a>], findings: &mut Findings) {
        let round = self.round;
        for candidate in candidates.iter_mut().filter(|it| it.excluded.is_none()) {
            let Some(nominee) = candidate.nominee.filter(|_| candidate.person().is_some()) else {
                continue;
            };
            let exclusions = round.register.exclusions.iter();
            let mut elsewhere =
                exclusions.filter(|it| it.unit != *candidate.unit && it.names(&nominee.name));
            let Some(exclusion) = elsewhere.next() else { continue };
            let units = [candidate.unit, &exclusion.unit];
            match self.are_one([&nominee.name; 2], units) {
                Some(true) => candidate.excluded = Some(exclusion),
                Some(false) => {}
                None => {
                    candidate.doubt = Some(DeclineReason::LikeExcluded(nominee.name.clone()));
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

    /// An exclusion of a person whom nobody nominates may be of one whose name is
    /// nearly the same, of its unit before all: nobody like that is commended
    /// until somebody has said who is who.
    fn exclude_alike(&mut self, candidates: &mut [Candidate<'a>], findings: &mut Findings) {
        let round = self.round;
        let exclusions = round.register.exclusions.iter();
        for (exclusion, person) in exclusions.filter_map(|it| Some((it, it.person.as_deref()?))) {
            let persons = || candidates.iter().filter_map(|it| Some((it.unit, it.person()?)));
            if persons().any(|(_, name)| exclusion.names(name)) {
                continue;
            }
            let is_own = |unit: &UnitId| *unit == exclusion.unit;
            let is_alike = |it: &Candidate| {
                it.person().is_some_and(|name| text::may_be_one_person(person, name))
            };
            let is_of_unit = candidates.iter().any(|it| is_own(it.unit) && is_alike(it));
            let own = persons().filter(|(unit, _)| is_own(unit)).map(|(_, name)| name);
            let near = text::nearest(person, own)
                .or_else(|| text::nearest(person, persons().map(|(_, name)| name)));
            let mut waiting: Vec<(&str, &UnitId)> = Vec::new();
            let mut is_answered = false;
            for candidate in candidates.iter_mut().filter(|it| is_alike(it)) {
                let (unit, name) = (candidate.unit, candidate.person().unwrap_or_default());
                if is_of_unit && !is_own(unit) {
                    continue;
                }
                let are_one = self.are_one([name, person], [unit, &exclusion.unit]);
                is_answered |= are_one.is_some();
                match are_one {
                    Some(true) => candidate.excluded = Some(exclusion),
                    Some(false) => {}
                    None => {
                        waiting.push((name, unit));
                        candidate.doubt = Some(DeclineReason::LikeExcluded(person.to_owned()));
                    }
                }
            }
            let unit = &exclusion.unit;
            if let Some((near, _)) = waiting.first() {
                let near = Some(*near);
                let waiting: Vec<String> = waiting
                    .iter()
                    .map(|(name, unit)| format!("{name} ({})", unit_name(round, unit)))
                    .collect();
                let said = result::ExclusionUnclear { unit, person, near, waiting };
                findings.say(exclusion.place.clone(), said);
            } else if !is_answered {
                findings
                    .say(exclusion.place.clone(), result::ExclusionUnused { unit, person, near });
            }
        }
    }

    /// Says which rulings answer no question.
    fn close(self, findings: &mut Findings) {
        let rulings = self.round.register.namesakes.iter();
        for idle in rulings.filter(|it| !self.used.contains(&&it.place)) {
            let names = idle.names.iter().collect::<Texts>();
            findings.say(idle.place.clone(), result::RulingUnused { names });
        }
    }
}

fn unit_name(round: &Round, unit: &UnitId) -> String {
    round.register.name(unit).to_owned()
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

impl<'a> Candidate<'a> {
    /// The name of the person that it is, if it is one.
    fn person(&self) -> Option<&'a str> {
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
