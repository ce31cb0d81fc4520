//! From candidates to places: the gates of each rule, and ties across a last
//! place.

use std::collections::BTreeMap;

use crate::award::candidate::{Candidate, candidates};
use crate::award::cut::{self, Places, Verdict};
use crate::award::money::{money, rounded};
use crate::award::reason::DeclineReason;
use crate::award::result::{Award, Awards, Declined, TieNote};
use crate::finding::result as said;
use crate::finding::{Findings, Place};
use crate::form::Intake;
use crate::points::Percent;
use crate::rank::{Ranking, Standing};
use crate::round::register::UnitId;
use crate::round::settings::{AwardRule, AwardRules, BaseSalary, Bloc, Recipients};
use crate::round::{self, Round};

/// Applies the rules in order; `rankings` has one for each bloc, in the order
/// of the settings.
pub fn award(
    rules: &AwardRules,
    round: &Round,
    rankings: &[Ranking],
    intake: &Intake,
    findings: &mut Findings,
) -> Awards {
    let in_force = BaseSalary::on(rules.decided, &rules.salaries);
    let salary = in_force.map(|salary| (salary.amount, salary.source.clone()));
    let candidates = candidates(round, rankings, intake, findings);
    let mut allotment = Allotment { rules, round, salary, findings, ties: Vec::new() };
    let (units, persons): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|it| it.among == Recipients::Collectives);

    let (collectives, mut declined) = allotment.allot(Recipients::Collectives, units);
    let (individuals, others) = allotment.allot(Recipients::Individuals, persons);
    declined.extend(others);
    let Allotment { salary, ties, .. } = allotment;
    Awards { collectives, individuals, declined, ties, salary }
}

/// The rules at work, and what they noticed.
struct Allotment<'a> {
    rules: &'a AwardRules,
    round: &'a Round,
    salary: Option<(i64, String)>,
    findings: &'a mut Findings,
    ties: Vec<TieNote>,
}

/// The places of one rule in one bloc.
struct Lot<'a> {
    /// The rule's place in the settings.
    at: usize,
    rule: &'a AwardRule,
    bloc: &'a Bloc,
    places: Places,
}

/// A candidate, by its number, who passes every gate.
#[derive(Clone, Copy)]
struct Eligible<'c> {
    who: usize,
    unit: &'c UnitId,
    standing: &'c Standing,
}

impl<'a> Allotment<'a> {
    /// Gives the places of every rule for these recipients to the candidates
    /// among them; returns the winners in order of award and everybody else in
    /// their own order.
    fn allot(
        &mut self,
        recipients: Recipients,
        mut candidates: Vec<Candidate>,
    ) -> (Vec<Award>, Vec<Declined>) {
        let all: &'a AwardRules = self.rules;
        let round: &'a Round = self.round;
        let total = all.total(recipients);
        let mut awards: Vec<Award> = Vec::new();
        let quotas = all.rules(recipients).iter();
        let quotas = quotas.map(|rule| rule.quota.saturating_mul(rule.blocs.len()));
        let mut promised = quotas.fold(0, usize::saturating_add);
        for (at, rule) in all.rules(recipients).iter().enumerate() {
            for bloc in &rule.blocs {
                let bloc = round.settings.blocs.iter().find(|it| it.id == *bloc);
                let bloc = bloc.expect("checked award rules name only blocs of the settings");
                let left = total.map_or(usize::MAX, |total| total.saturating_sub(awards.len()));
                promised = promised.saturating_sub(rule.quota);
                let places = Places { by_rule: rule.quota, by_total: left, promised };
                awards.extend(self.give(&Lot { at, rule, bloc, places }, &mut candidates));
            }
        }
        (awards, candidates.into_iter().filter_map(Candidate::into_declined).collect())
    }

    fn give(&mut self, lot: &Lot, candidates: &mut [Candidate]) -> Vec<Award> {
        let eligible = self.eligible(lot, candidates);
        let groups = eligible.chunk_by(|a, b| a.standing.rank == b.standing.rank);
        let scoring = &self.round.settings.scoring;
        let mut winners = Vec::new();
        let mut best_loser: Option<Percent> = None;
        for verdict in cut::verdicts(groups, lot.places, lot.rule.tie, |it| it.unit) {
            self.note_tie(lot, &verdict);
            winners.extend(verdict.winners);
            for loser in verdict.losers {
                candidates[loser.who].decline(verdict.reason.clone());
                best_loser = best_loser.or(Some(scoring.shown(loser.standing.index)));
            }
        }
        if best_loser.is_none() && winners.len() < lot.places.left() {
            self.note_unfilled(lot, winners.len());
        }
        let amount = self.amount(lot.rule);
        let award = |winner: &Eligible| {
            let candidate = &mut candidates[winner.who];
            candidate.is_awarded = true;
            let index = scoring.shown(winner.standing.index);
            Award {
                unit: candidate.unit.clone(),
                nominee: candidate.nominee.cloned(),
                rule: lot.at,
                rank: winner.standing.rank,
                index,
                amount,
                margin: best_loser.map(|best| index.minus(best)),
            }
        };
        winners.into_iter().map(award).collect()
    }

    /// The candidates of a bloc who pass the gates of a rule, by rank; the
    /// others are told why not.
    fn eligible<'c>(&self, lot: &Lot, candidates: &mut [Candidate<'c>]) -> Vec<Eligible<'c>> {
        let mut eligible = Vec::new();
        let mut taken: BTreeMap<&UnitId, usize> = BTreeMap::new();
        for (who, candidate) in candidates.iter_mut().enumerate() {
            if *candidate.bloc != lot.bloc.id || candidate.is_awarded {
                continue;
            }
            match self.gate(lot.rule, lot.bloc, candidate) {
                Err(reason) => candidate.decline(reason),
                Ok(standing) => {
                    let unit = candidate.unit;
                    let of_unit = taken.entry(unit).or_default();
                    *of_unit += 1;
                    if lot.rule.per_unit < *of_unit {
                        candidate.decline(DeclineReason::UnitQuotaFull);
                    } else {
                        eligible.push(Eligible { who, unit, standing });
                    }
                }
            }
        }
        eligible
    }

    /// The first gate of a rule that a candidate does not pass, or its standing.
    fn gate<'c>(
        &self,
        rule: &AwardRule,
        bloc: &Bloc,
        candidate: &Candidate<'c>,
    ) -> Result<&'c Standing, DeclineReason> {
        if let Some(reason) = &candidate.doubt {
            return Err(reason.clone());
        }
        if let Some(exclusion) = candidate.excluded {
            return Err(DeclineReason::Excluded(exclusion.reason.clone()));
        }
        let standing = candidate.standing.ok_or(DeclineReason::Unranked)?;
        let settings = &self.round.settings;
        let is_below = |least| !settings.scoring.reaches(standing.index, least);
        let band_min = rule.band_min.as_deref().and_then(|name| bloc.band_named(name));
        let dated = candidate.form.and_then(|form| form.dated);
        let is_late = self.round.is_late(candidate.unit, dated);
        if rule.rank_max.is_some_and(|worst| worst < standing.rank) {
            Err(DeclineReason::RankTooLow)
        } else if rule.index_min.is_some_and(is_below) {
            Err(DeclineReason::IndexTooLow)
        } else if band_min.is_some_and(|worst| worst < standing.band) {
            Err(DeclineReason::BandTooLow)
        } else if rule.on_time && is_late {
            Err(DeclineReason::Late)
        } else if rule.nominated && candidate.nominee.is_none() {
            Err(DeclineReason::NotNominated)
        } else {
            Ok(standing)
        }
    }

    fn note_tie(&mut self, lot: &Lot, verdict: &Verdict<Eligible>) {
        let Some(places) = verdict.tied_at.map(Places::left) else { return };
        let tied = verdict.winners.iter().chain(verdict.losers);
        let equal = tied.clone().count();
        let units = cut::units_of(tied, |it| it.unit);
        let names: Vec<String> =
            units.iter().map(|id| self.round.register.name(id).to_owned()).collect();
        let recipients = lot.rule.recipients;
        let kind = match recipients {
            Recipients::Collectives => "tập thể",
            Recipients::Individuals => "cá nhân của các đơn vị",
        };
        let said = said::Tied {
            award: &lot.rule.title,
            bloc: &lot.bloc.name,
            count: equal,
            kind,
            places,
            ruling: cut::ruling(lot.rule.tie, &verdict.reason),
            units: names,
        };
        self.findings.say(Place::file(round::SETTINGS), said);
        let units = units.into_iter().cloned().collect();
        self.ties.push(TieNote { recipients, rule: lot.at, units, places });
    }

    fn note_unfilled(&mut self, lot: &Lot, used: usize) {
        let kind = match lot.rule.recipients {
            Recipients::Collectives => "tập thể",
            Recipients::Individuals => "cá nhân",
        };
        let (award, bloc, places) = (&lot.rule.title, &lot.bloc.name, lot.places.left());
        let said = said::Unfilled { award, bloc, used, places, kind };
        self.findings.say(Place::file(round::SETTINGS), said);
    }

    fn amount(&self, rule: &AwardRule) -> i64 {
        let salary = self.salary.as_ref().map_or(0, |(salary, _)| *salary);
        rounded(money(rule.coefficient, salary), self.rules.step, self.rules.rounding)
    }
}
