//! From candidates to places: the gates of each rule, and ties across a last
//! place.

use std::collections::BTreeMap;

use crate::award::candidate::Candidate;
use crate::award::{Award, DeclineReason, Declined, TieNote, money, rounded};
use crate::finding::{Code, Finding, Place};
use crate::points::Percent;
use crate::rank::Standing;
use crate::round::register::UnitId;
use crate::round::settings::{AwardRule, AwardRules, Bloc, TieAtCut};
use crate::round::{self, Round};

/// The rules at work, and what they noticed.
pub(super) struct Desk<'a> {
    pub(super) rules: &'a AwardRules,
    pub(super) round: &'a Round,
    pub(super) salary: Option<(i64, String)>,
    pub(super) findings: Vec<Finding>,
    pub(super) ties: Vec<TieNote>,
}

/// What a group of equal candidates meets at the places left.
enum Outcome {
    Win,
    Lose(DeclineReason),
}

impl Desk<'_> {
    /// Gives the places of every rule for collectives, or for individuals, to
    /// the candidates of that kind; returns the winners in order of award and
    /// everybody else in their own order.
    pub(super) fn allot(
        &mut self,
        is_individual: bool,
        mut candidates: Vec<Candidate>,
    ) -> (Vec<Award>, Vec<Declined>) {
        let all = self.rules;
        let (rules, total) = if is_individual {
            (&all.individuals, all.individual_quota)
        } else {
            (&all.collectives, all.collective_quota)
        };
        let mut awards: Vec<Award> = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            for bloc in &rule.blocs {
                let left = total.map_or(usize::MAX, |total| total.saturating_sub(awards.len()));
                let places = rule.quota.min(left);
                let bloc = self.round.settings.blocs.iter().find(|it| it.id == *bloc);
                let bloc = bloc.expect("checked award rules name only blocs of the settings");
                awards.extend(self.allot_bloc(
                    (at, rule),
                    is_individual,
                    bloc,
                    places,
                    &mut candidates,
                ));
            }
        }
        (awards, candidates.into_iter().filter_map(Candidate::into_declined).collect())
    }

    /// One rule in one bloc.
    fn allot_bloc(
        &mut self,
        (at, rule): (usize, &AwardRule),
        is_individual: bool,
        bloc: &Bloc,
        places: usize,
        candidates: &mut [Candidate],
    ) -> Vec<Award> {
        let eligible = self.eligible(rule, bloc, candidates);
        let mut left = places;
        let mut winners = Vec::new();
        let mut best_loser: Option<Percent> = None;
        for group in eligible.chunk_by(|a, b| a.1.rank == b.1.rank) {
            let outcomes = self.rule_group((at, rule), bloc, &mut left, group, candidates);
            for ((who, standing), outcome) in group.iter().zip(outcomes) {
                match outcome {
                    Outcome::Win => winners.push((*who, *standing)),
                    Outcome::Lose(reason) => {
                        candidates[*who].decline(reason);
                        let shown = self.round.settings.scoring.shown(standing.index);
                        best_loser = best_loser.or(Some(shown));
                    }
                }
            }
        }
        if best_loser.is_none() && 0 < left {
            self.note_unfilled(rule, is_individual, bloc, (places - left, places));
        }
        let amount = self.amount(rule);
        let award = |(who, standing): (usize, &Standing)| {
            let candidate = &mut candidates[who];
            candidate.is_awarded = true;
            let index = self.round.settings.scoring.shown(standing.index);
            Award {
                unit: candidate.unit.clone(),
                nominee: candidate.nominee.cloned(),
                rule: at,
                rank: standing.rank,
                index,
                amount,
                margin: best_loser.map(|best| index.minus(best)),
            }
        };
        winners.into_iter().map(award).collect()
    }

    /// The candidates of a bloc who pass the gates of a rule, by rank; the
    /// others are told why not.
    fn eligible<'c>(
        &self,
        rule: &AwardRule,
        bloc: &Bloc,
        candidates: &mut [Candidate<'c>],
    ) -> Vec<(usize, &'c Standing)> {
        let mut eligible = Vec::new();
        let mut taken: BTreeMap<&UnitId, usize> = BTreeMap::new();
        for (who, candidate) in candidates.iter_mut().enumerate() {
            if *candidate.bloc != bloc.id || candidate.is_awarded {
                continue;
            }
            match self.gate(rule, bloc, candidate) {
                Err(reason) => candidate.decline(reason),
                Ok(standing) => {
                    let of_unit = taken.entry(candidate.unit).or_default();
                    *of_unit += 1;
                    if candidate.is_individual && rule.per_unit < *of_unit {
                        candidate.decline(DeclineReason::UnitQuotaFull);
                    } else {
                        eligible.push((who, standing));
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

    /// What each candidate of one rank gets of the places left. Persons of a
    /// single unit are not tied: its form puts them in order.
    fn rule_group(
        &mut self,
        (at, rule): (usize, &AwardRule),
        bloc: &Bloc,
        left: &mut usize,
        group: &[(usize, &Standing)],
        candidates: &[Candidate],
    ) -> Vec<Outcome> {
        let mut units: Vec<&UnitId> = group.iter().map(|(who, _)| candidates[*who].unit).collect();
        units.dedup();
        let places = *left;
        *left = places.saturating_sub(group.len());
        let is_tie = 1 < units.len() && 0 < places && places < group.len();
        if !is_tie {
            let full = || Outcome::Lose(DeclineReason::QuotaFull);
            let outcome = |turn| if turn < places { Outcome::Win } else { full() };
            return (0..group.len()).map(outcome).collect();
        }
        let is_individual = candidates[group[0].0].is_individual;
        self.note_tie(rule, bloc, &units, (group.len(), places), is_individual);
        let units = units.into_iter().cloned().collect();
        self.ties.push(TieNote { is_individual, rule: at, units, places });
        let outcome = || match rule.tie {
            TieAtCut::All => Outcome::Win,
            TieAtCut::None => Outcome::Lose(DeclineReason::TiedOut),
            TieAtCut::Council => Outcome::Lose(DeclineReason::AwaitsCouncil),
        };
        group.iter().map(|_| outcome()).collect()
    }

    fn note_tie(
        &mut self,
        rule: &AwardRule,
        bloc: &Bloc,
        units: &[&UnitId],
        (equal, places): (usize, usize),
        is_individual: bool,
    ) {
        let name = |id: &&UnitId| {
            self.round.register.unit(id).map_or_else(|| id.to_string(), |unit| unit.name.clone())
        };
        let names: Vec<String> = units.iter().map(name).collect();
        let kind = if is_individual { "cá nhân của các đơn vị" } else { "tập thể" };
        let ruling = match rule.tie {
            TieAtCut::All => "lấy hết",
            TieAtCut::None => "không lấy",
            TieAtCut::Council => "chờ quyết định",
        };
        let message = format!(
            "{}, {}: {equal} {kind} đồng hạng ở {places} suất cuối ({ruling}): {}",
            rule.title,
            bloc.name,
            names.join(", "),
        );
        self.findings.push(Finding::new(Code::AwardTied, Place::file(round::SETTINGS), message));
    }

    fn note_unfilled(
        &mut self,
        rule: &AwardRule,
        is_individual: bool,
        bloc: &Bloc,
        (used, places): (usize, usize),
    ) {
        let kind = if is_individual { "cá nhân" } else { "tập thể" };
        let message =
            format!("{}, {}: mới dùng {used}/{places} suất {kind}", rule.title, bloc.name);
        self.findings.push(Finding::new(
            Code::AwardUnfilled,
            Place::file(round::SETTINGS),
            message,
        ));
    }

    fn amount(&self, rule: &AwardRule) -> i64 {
        let salary = self.salary.as_ref().map_or(0, |(salary, _)| *salary);
        rounded(money(rule.coefficient, salary), self.rules.step, self.rules.rounding)
    }
}
