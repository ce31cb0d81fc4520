//! From rankings and forms to candidates: every unit, and every person
//! nominated by one.

use std::collections::BTreeSet;

use crate::award::reason::DeclineReason;
use crate::award::result::Declined;
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
    pub(super) is_awarded: bool,
    pub(super) declined: Option<DeclineReason>,
}

/// Every unit of every bloc, best first, and every person nominated by it, in
/// form order. A person named twice is one.
pub(super) fn candidates<'a>(
    round: &'a Round,
    rankings: &'a [Ranking],
    intake: &'a Intake,
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
                is_awarded: false,
                declined: None,
            };
            let itself = form.and_then(|form| form.collectives.first());
            candidates.push(candidate(Recipients::Collectives, itself, excluded(None)));
            let mut names = BTreeSet::new();
            for person in form.map_or(&[][..], |form| &form.individuals) {
                if names.insert(text::key(&person.name)) {
                    let excluded = excluded(Some(&person.name));
                    candidates.push(candidate(Recipients::Individuals, Some(person), excluded));
                }
            }
        }
    }
    candidates
}

/// What excludes a unit or a person of it; an excluded unit excludes all in it.
fn excluded<'a>(
    exclusions: &'a [Exclusion],
    unit: &UnitId,
    person: Option<&str>,
) -> Option<&'a Exclusion> {
    let key = person.map(text::key);
    exclusions.iter().filter(|it| it.unit == *unit).find(|it| match &it.person {
        None => true,
        Some(name) => Some(text::key(name)) == key,
    })
}

impl Candidate<'_> {
    /// Keeps the reason nearest to a place.
    pub(super) fn decline(&mut self, reason: DeclineReason) {
        self.declined = self.declined.take().max(Some(reason));
    }

    /// Nobody who was nominated is left without a reason.
    pub(super) fn into_declined(self) -> Option<Declined> {
        let fallback = self.nominee.map(|_| DeclineReason::QuotaFull);
        let reason = self.declined.or(fallback).filter(|_| !self.is_awarded)?;
        let person = self
            .nominee
            .filter(|_| self.among == Recipients::Individuals)
            .map(|it| it.name.clone());
        Some(Declined { unit: self.unit.clone(), person, reason })
    }
}
