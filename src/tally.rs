//! The whole round in one expression: everything read → everything decided.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::appraisal::Appraisal;
use crate::award::{Awards, award};
use crate::day::Day;
use crate::finding::result as said;
use crate::finding::{Code, Finding, Findings, Place, Said, Texts, Waived};
use crate::form::Intake;
use crate::points::Percent;
use crate::rank::{Ranking, Reason, Standing, Unranked, rank};
use crate::round::Round;
use crate::round::criteria::ItemCode;
use crate::round::register::{Exclusion, Register, Unit, UnitId};
use crate::round::settings::NoSurvey;
use crate::round::waiver::{Waivable, Waiver};
use crate::score::{Lack, ScoreCard, score};
use crate::survey::Survey;
use crate::text;

/// Where the workbooks of the survey are.
const SURVEYS: &str = "khao-sat/";

/// Everything a run decided. What the reports tell is all in here and in the
/// [`Round`].
#[derive(Clone, Debug)]
pub struct Tally {
    pub intake: Intake,
    /// `None` when no appraisal workbook came back.
    pub appraisal: Option<Appraisal>,
    /// `None` when there are no survey results.
    pub survey: Option<Survey>,
    /// One for each bloc, in the order of the settings.
    pub rankings: Vec<Ranking>,
    /// `None` when the round has no award rules.
    pub awards: Option<Awards>,
    pub last: Option<LastRound>,
    /// Every finding of the run, in order of place, then code.
    pub findings: Findings,
    /// What keeps the whole result provisional; empty when it is final.
    pub lacks: BTreeSet<Lack>,
    pub seats: Seats,
}

/// Which ranking each unit is in and at what place there, those without a rank
/// after the others; found out when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct Seats(OnceLock<BTreeMap<UnitId, (usize, usize)>>);

/// Where a unit is in the rankings.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'a> {
    pub ranking: &'a Ranking,
    /// Counted from 0; those without a rank come after the others.
    pub at: usize,
}

impl<'a> Seat<'a> {
    pub fn standing(self) -> Option<&'a Standing> {
        self.ranking.standings.get(self.at)
    }

    pub fn unranked(self) -> Option<&'a Unranked> {
        self.ranking.unranked.get(self.at.checked_sub(self.ranking.standings.len())?)
    }

    /// The points of the unit, ranked or not.
    pub fn card(self) -> Option<&'a ScoreCard> {
        let ranked = self.standing().map(|it| &it.card);
        ranked.or_else(|| self.unranked()?.card.as_ref())
    }
}

impl Tally {
    /// Where a unit is in the rankings; `None` of one that is in none.
    pub fn seat(&self, unit: &UnitId) -> Option<Seat<'_>> {
        let seats = self.seats.0.get_or_init(|| {
            let of = |(number, ranking): (usize, &Ranking)| {
                let ranked = ranking.standings.iter().map(|it| it.card.unit.clone());
                let all = ranked.chain(ranking.unranked.iter().map(|it| it.unit.clone()));
                all.enumerate().map(|(at, unit)| (unit, (number, at))).collect::<Vec<_>>()
            };
            self.rankings.iter().enumerate().flat_map(of).collect()
        });
        let (number, at) = *seats.get(unit)?;
        Some(Seat { ranking: self.rankings.get(number)?, at })
    }

    /// Whose form each file is, where that is known.
    pub fn senders(&self) -> BTreeMap<&str, &UnitId> {
        let receipts = self.intake.receipts.iter();
        let sent = receipts.filter_map(|it| Some((it.file.as_str(), it.unit.as_ref()?)));
        let counted = self.intake.forms.values().map(|form| (form.file.as_str(), &form.unit));
        sent.chain(counted).collect()
    }

    /// What was noticed about the files of each unit, refused ones that seem to
    /// be its own among them, in order of place.
    pub fn findings_by_unit(&self) -> BTreeMap<&UnitId, Vec<&Finding>> {
        let receipts = self.intake.receipts.iter();
        let refused = receipts.filter_map(|it| Some((it.file.as_str(), it.possible.as_ref()?)));
        let senders: BTreeMap<&str, &UnitId> = refused.chain(self.senders()).collect();
        let mut by_unit: BTreeMap<&UnitId, Vec<&Finding>> = BTreeMap::new();
        for finding in &self.findings {
            if let Some(unit) = senders.get(finding.place.file.as_str()) {
                by_unit.entry(unit).or_default().push(finding);
            }
        }
        by_unit
    }
}

/// Last round's published standings, for comparison.
#[derive(Clone, Debug, Default)]
pub struct LastRound {
    pub year: i16,
    pub standings: BTreeMap<UnitId, LastStanding>,
    /// The mean of each bloc, by the bloc's id.
    pub means: BTreeMap<String, Percent>,
}

#[derive(Clone, Debug)]
pub struct LastStanding {
    pub rank: u32,
    /// How many units of its bloc were ranked.
    pub among: usize,
    pub index: Percent,
    /// Whose it is, if not the unit's own: that of its only predecessor.
    pub of: Option<UnitId>,
}

impl LastRound {
    /// Gives a unit that last round did not know the place of its predecessor,
    /// where the one became the other: it has no second predecessor, and the
    /// predecessor no second successor and no place in this round.
    fn follow(&mut self, register: &Register) {
        for unit in &register.units {
            let [one] = unit.predecessors.as_slice() else { continue };
            let is_one_to_one = register.heirs(one).count() == 1 && register.unit(one).is_none();
            let last = self.standings.get(one).filter(|_| is_one_to_one).cloned();
            if let Some(last) = last.filter(|_| !self.standings.contains_key(&unit.id)) {
                let followed = LastStanding { of: Some(one.clone()), ..last };
                self.standings.insert(unit.id.clone(), followed);
            }
        }
    }
}

/// Scores, ranks and awards everything that was read. `findings` holds what was
/// noticed in the workbooks of appraisers and of the survey.
pub fn tally(
    round: &Round,
    intake: Intake,
    appraisal: Option<Appraisal>,
    survey: Option<Survey>,
    last: Option<LastRound>,
    mut findings: Findings,
) -> Tally {
    if survey.is_none() && findings.iter().all(|it| !it.place.file.starts_with(SURVEYS)) {
        unsurveyed(round, &mut findings);
    }
    findings.extend(intake.findings.iter().cloned());

    let units = round.register.units.iter().filter(|unit| unit.exempt.is_none());
    let formed = units.filter_map(|unit| Some((unit, intake.forms.get(&unit.id)?)));
    let mut cards: BTreeMap<UnitId, ScoreCard> = BTreeMap::new();
    for (unit, form) in formed {
        let (appraisal, survey) = (appraisal.as_ref(), survey.as_ref());
        let card = score(form, unit, round, appraisal, survey, &mut findings);
        cards.insert(unit.id.clone(), card);
    }
    let mut lacks: BTreeSet<Lack> =
        cards.values().flat_map(|card| card.lacks.iter().copied()).collect();
    let is_doubtful = appraisal.as_ref().is_some_and(|it| it.is_doubtful);
    lacks.extend(is_doubtful.then_some(Lack::Adjustment));

    let rankings = rank(cards, round, &intake, survey.as_ref());
    // Nothing is final in part where there is no part.
    if rankings.iter().all(|it| it.standings.is_empty()) {
        lacks.insert(Lack::Everybody);
    } else if rankings.iter().any(|it| it.open().next().is_some()) {
        lacks.insert(Lack::Ranking);
    }
    silent(round, &rankings, &mut findings);
    outside(round, &mut findings);
    let awards = round
        .settings
        .awards
        .as_ref()
        .map(|rules| award(rules, round, &rankings, &intake, &mut findings));
    let last = last.map(|mut last| {
        last.follow(&round.register);
        last
    });
    let seats = Seats::default();
    let mut tally =
        Tally { intake, appraisal, survey, rankings, awards, last, findings, lacks, seats };
    unused(round, &mut tally);
    round.assent.close(&mut tally.findings);
    // Stable: findings of one place and code stay in register order.
    tally.findings.sort_by_place();
    tally
}

impl Tally {
    /// Whether a waiver made a difference.
    pub fn is_used(&self, waiver: &Waiver) -> bool {
        let waiver = Waived::from(waiver);
        self.findings.iter().any(|it| it.waived() == Some(&waiver))
    }
}

/// What was decided for someone and made no difference, each with the nearest that
/// may have been meant: waivers; bonuses and penalties of units without a form
/// that counts; exemptions and exclusions of units that are not ranked;
/// predecessors that nobody knows.
fn unused(round: &Round, tally: &mut Tally) {
    let mut lost = Findings::default();
    let is_ranked = |id: &UnitId| round.register.unit(id).is_some_and(|unit| unit.exempt.is_none());
    let mut idle: BTreeMap<&UnitId, Vec<(ItemCode, &Place)>> = BTreeMap::new();
    for ((unit, item), exemption) in round.exemptions.0.iter().filter(|it| !is_ranked(&it.0.0)) {
        idle.entry(unit).or_default().push((*item, &exemption.place));
    }
    for (unit, exempt) in idle {
        let (place, items) = (exempt[0].1.clone(), exempt.iter().map(|it| it.0).collect::<Texts>());
        let near = meant(round, unit, is_ranked);
        lost.say(place, said::ExemptionUnused { unit, items, near });
    }
    let is_scored =
        |id: &UnitId| tally.rankings.iter().flat_map(Ranking::cards).any(|card| card.unit == *id);
    let adjustments = tally.appraisal.iter().flat_map(|it| &it.adjustments);
    for it in adjustments.filter(|it| !is_scored(&it.unit)) {
        let near = meant(round, &it.unit, is_scored);
        let said = said::AdjustmentUnused { unit: &it.unit, points: it.points, near };
        lost.say(it.place.clone(), said);
    }
    let is_here = |id: &UnitId| round.register.unit(id).is_some();
    let exclusions = round.register.exclusions.iter();
    let is_vain =
        |it: &&Exclusion| tally.awards.is_none() || it.person.is_none() && !is_here(&it.unit);
    for it in exclusions.filter(is_vain) {
        let near = meant(round, &it.unit, is_here).filter(|_| tally.awards.is_some());
        lost.say(it.place.clone(), said::ExcludedInVain { unit: &it.unit, near });
    }
    let breaches = breaches(tally);
    for waiver in round.waivers.0.iter().filter(|it| !tally.is_used(it)) {
        let Waiver { unit, rule, .. } = waiver;
        let near = nearest_breach(waiver, &breaches);
        let near = near.map(|(unit, rule)| format!("{unit}: {}", rule.word()));
        let said = said::WaiverUnused { unit, rule: rule.word(), near: near.as_deref() };
        lost.say(waiver.place.clone(), said);
    }
    for unit in &round.register.units {
        let known = |id: &&UnitId| {
            round.register.of_all_times().any(|it| it.id == **id)
                || tally.last.as_ref().is_none_or(|last| last.standings.contains_key(*id))
        };
        let has_own = tally.last.as_ref().and_then(|last| last.standings.get(&unit.id));
        let is_idle = |id: &&UnitId| {
            has_own.is_some_and(|it| it.of.is_none()) && round.register.unit(id).is_some()
        };
        for found in unit.predecessors.iter().filter(is_idle) {
            let said = said::PredecessorIdle { unit: &unit.id, found: &found.0 };
            lost.say(Place::file("don-vi.xlsx"), said);
        }
        for found in unit.predecessors.iter().filter(|id| !known(id)) {
            let ids = tally.last.iter().flat_map(|last| last.standings.keys());
            let near = text::nearest(&found.0, ids.map(|id| id.0.as_str()));
            let said = said::PredecessorUnknown { unit: &unit.id, found: &found.0, near };
            lost.say(Place::file("don-vi.xlsx"), said);
        }
    }
    tally.findings.extend(lost);
}

/// The unit that was perhaps meant in place of one that it is of no use for: a
/// successor, or the one of the nearest name.
fn meant<'a>(
    round: &'a Round,
    unit: &UnitId,
    is_of_use: impl Fn(&UnitId) -> bool,
) -> Option<&'a str> {
    let units = || round.register.units.iter().filter(|it| it.id != *unit && is_of_use(&it.id));
    let heir = units().find(|it| it.predecessors.contains(unit)).map(|it| it.name.as_str());
    let name = round.register.name(unit);
    heir.or_else(|| text::nearest(name, units().map(|it| it.name.as_str())))
}

/// The rules that somebody broke and nobody waived.
fn breaches(tally: &Tally) -> Vec<(&UnitId, Waivable)> {
    let senders = tally.senders();
    let told = tally.findings.iter().filter_map(|finding| {
        let rule = match finding.code {
            Code::FormLate | Code::DateMissing => Waivable::Late,
            Code::EvidenceMissing => Waivable::Evidence,
            _ => return None,
        };
        Some((*senders.get(finding.place.file.as_str())?, rule))
    });
    let unranked = tally.rankings.iter().flat_map(|ranking| &ranking.unranked);
    let small = unranked.filter(|it| it.reason == Reason::ShareTooSmall).map(|it| &it.unit);
    let faulty = tally.intake.set_aside.iter().map(|unit| (unit, Waivable::Faulty));
    told.chain(small.map(|unit| (unit, Waivable::Share))).chain(faulty).collect()
}

/// The breach that a waiver without effect was perhaps meant for: one of its unit,
/// or else of its rule.
fn nearest_breach<'a>(
    waiver: &Waiver,
    breaches: &[(&'a UnitId, Waivable)],
) -> Option<(&'a UnitId, Waivable)> {
    let of_unit = breaches.iter().find(|(unit, _)| **unit == waiver.unit);
    let of_rule = || breaches.iter().filter(|(_, rule)| *rule == waiver.rule);
    let near = text::nearest(&waiver.unit.0, of_rule().map(|(unit, _)| unit.0.as_str()));
    let of_rule = of_rule().find(|(unit, _)| near.is_none_or(|near| near == unit.0));
    of_unit.or(of_rule).copied()
}

/// The units that sent nothing, or only what cannot be read: one finding each.
fn silent(round: &Round, rankings: &[Ranking], findings: &mut Findings) {
    for unranked in rankings.iter().flat_map(|ranking| &ranking.unranked) {
        let Some(unit) = round.register.unit(&unranked.unit) else { continue };
        let (name, unit) = (&unit.name, &unit.id);
        let said: Said = match &unranked.reason {
            Reason::Silent => said::Silent { name, unit }.into(),
            Reason::Refused(files) => {
                let files = files.iter().collect::<Texts>();
                said::SilentButRefused { name, unit, files }.into()
            }
            _ => continue,
        };
        findings.say(Place::file("nop/"), said);
    }
}

/// The units that were there in the assessed year and not on the day that
/// decides who is ranked: one finding each.
fn outside(round: &Round, findings: &mut Findings) {
    let settings = &round.settings;
    let (year, day) = (settings.year, settings.intake.counted_on);
    let Some((first, last)) = Day::new(year, 1, 1).zip(Day::new(year, 12, 31)) else { return };
    let was_there = |unit: &&Unit| {
        unit.since.is_none_or(|since| since <= last) && unit.until.is_none_or(|it| first <= it)
    };
    for unit in round.register.others.iter().filter(was_there) {
        let heirs = round.register.heirs(&unit.id);
        let heirs: Vec<&str> = heirs.map(|it| it.name.as_str()).collect();
        let by = if heirs.is_empty() { "không có".to_owned() } else { heirs.join("; ") };
        let said = said::Outside { name: &unit.name, unit: &unit.id, day, by: &by };
        findings.say(Place::file("don-vi.xlsx"), said);
    }
}

/// No survey at all in a round that ranks nobody without one: one cause, one
/// finding.
fn unsurveyed(round: &Round, findings: &mut Findings) {
    if round.settings.scoring.no_survey == NoSurvey::Unranked {
        findings.say(Place::file(SURVEYS), said::Unsurveyed {});
    }
}
