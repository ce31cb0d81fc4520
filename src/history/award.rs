//! Awards over the period: series, rules and nominations → who is proposed, who
//! is not, and why.
//!
//! Rules are taken in order; nobody is proposed twice. Within a rule the best
//! come first; units that are equal across the last place are treated as the
//! rule says, and shown.

use crate::award::DeclineReason;
use crate::award::cut::{self, Places, Verdict};
use crate::award::money::{money, rounded};
use crate::finding::history as said;
use crate::finding::{Findings, Place};
use crate::history::nominations::{Mention, Nominations};
use crate::history::period::{Order, PeriodAwards, PeriodRule};
use crate::history::series::{Series, Stats};
use crate::history::{History, SETTINGS};
use crate::points::Percent;
use crate::round::settings::BaseSalary;
use crate::text;

/// Everything that came of the rules.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    pub salary: Option<BaseSalary>,
    pub collectives: Vec<Proposal>,
    pub individuals: Vec<Proposal>,
    pub passed_over: Vec<PassedOver>,
}

/// An award proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub line: usize,
    pub person: Option<(String, String)>,
    pub achievement: String,
    /// The rule's number in its list, from 0.
    pub rule: usize,
    /// The figure the rule puts in order.
    pub key: Percent,
    /// In đồng.
    pub amount: i64,
    /// Above the best candidate of the rule left out for lack of places.
    pub margin: Option<Percent>,
}

/// A unit or a person not proposed, with the reason nearest to a place.
#[derive(Clone, Debug)]
pub struct PassedOver {
    pub line: usize,
    pub person: Option<String>,
    pub why: DeclineReason,
}

/// Whoever may be proposed.
struct Candidate<'a> {
    series: &'a Series<'a>,
    nominee: Option<&'a Mention>,
    is_taken: bool,
    why: DeclineReason,
}

/// A candidate, by its number, who passes every gate of a rule.
#[derive(Clone, Copy)]
struct Fit {
    who: usize,
    line: usize,
    /// The figure the rule puts in order.
    key: Percent,
}

/// Applies the rules of the settings, if there are any.
pub fn propose(history: &History, series: &[Series], findings: &mut Findings) -> Option<Proposals> {
    let rules = history.period.awards.as_ref()?;
    let salary = BaseSalary::on(rules.decided, &rules.salaries);
    let judge = Judge { history, rules, salary, nominations: &history.nominations };
    let mut proposals = Proposals { salary: salary.cloned(), ..Proposals::default() };
    let mut units = judge.collectives(series);
    let mut people = judge.individuals(series);
    for (candidates, list, into) in [
        (&mut units, &rules.collectives, &mut proposals.collectives),
        (&mut people, &rules.individuals, &mut proposals.individuals),
    ] {
        for (at, rule) in list.iter().enumerate() {
            into.extend(judge.apply(at, rule, candidates, findings));
        }
        let left = candidates.iter().filter(|it| !it.is_taken);
        proposals.passed_over.extend(left.map(Candidate::passed_over));
    }
    Some(proposals)
}

struct Judge<'a> {
    history: &'a History,
    rules: &'a PeriodAwards,
    salary: Option<&'a BaseSalary>,
    nominations: &'a Nominations,
}

impl<'a> Judge<'a> {
    fn line(&self, mention: &Mention) -> Option<usize> {
        self.history.genealogy.of(&mention.unit)
    }

    fn collectives(&self, series: &'a [Series<'a>]) -> Vec<Candidate<'a>> {
        let nominee = |it: &Series| {
            let mut own = self.nominations.nominated.iter().filter(|it| it.person.is_none());
            own.find(|mention| self.line(mention) == Some(it.line))
        };
        series.iter().map(|it| Candidate::new(it, nominee(it))).collect()
    }

    /// Everybody nominated by name, in the order of the nominations.
    fn individuals(&self, series: &'a [Series<'a>]) -> Vec<Candidate<'a>> {
        let people = self.nominations.nominated.iter().filter(|it| it.person.is_some());
        let of_line = |mention: &Mention| {
            let line = self.line(mention)?;
            series.iter().find(|it| it.line == line)
        };
        people.filter_map(|it| Some(Candidate::new(of_line(it)?, Some(it)))).collect()
    }

    /// One rule's proposals, best first.
    fn apply(
        &self,
        at: usize,
        rule: &PeriodRule,
        candidates: &mut [Candidate<'a>],
        findings: &mut Findings,
    ) -> Vec<Proposal> {
        let fit = self.fit(rule, candidates);
        // The rules together promise no more than the total.
        let places = Places { by_rule: rule.quota, by_total: usize::MAX, promised: 0 };
        let mut winners: Vec<Fit> = Vec::new();
        let mut best_left = None;
        let groups = fit.chunk_by(|a, b| a.key == b.key);
        for verdict in cut::verdicts(groups, places, rule.tie, |it| it.line) {
            self.say_tie(rule, &verdict, findings);
            winners.extend(verdict.winners);
            for loser in verdict.losers {
                best_left = best_left.or(Some(loser.key));
                candidates[loser.who].decline(verdict.reason.clone());
            }
        }
        let salary = self.salary.map_or(0, |it| it.amount);
        let amount = rounded(money(rule.coefficient, salary), self.rules.step, self.rules.rounding);
        let proposal = |Fit { who, key, .. }: Fit| {
            let candidate = &mut candidates[who];
            candidate.is_taken = true;
            Proposal {
                line: candidate.series.line,
                person: candidate
                    .nominee
                    .and_then(|it| Some((it.person.clone()?, it.post.clone()))),
                achievement: candidate.nominee.map_or_else(String::new, |it| it.text.clone()),
                rule: at,
                key,
                amount,
                margin: best_left.map(|left| key.minus(left)),
            }
        };
        winners.into_iter().map(proposal).collect()
    }

    /// Who passes the gates of a rule and its limit for one unit, best first;
    /// the others are told why not.
    fn fit(&self, rule: &PeriodRule, candidates: &mut [Candidate]) -> Vec<Fit> {
        let mut fit: Vec<Fit> = Vec::new();
        for (who, candidate) in candidates.iter_mut().enumerate().filter(|it| !it.1.is_taken) {
            match self.gate(rule, candidate) {
                Ok(key) => fit.push(Fit { who, line: candidate.series.line, key }),
                Err(why) => candidate.decline(why),
            }
        }
        fit.sort_by_key(|it| std::cmp::Reverse(it.key));
        within_units(rule, fit, candidates)
    }

    /// The first gate that a candidate does not pass, or the figure it is
    /// ordered by.
    fn gate(&self, rule: &PeriodRule, candidate: &Candidate) -> Result<Percent, DeclineReason> {
        let series = candidate.series;
        let stats = series.stats.as_ref().filter(|_| rule.blocs.contains(&series.bloc));
        let stats: &Stats = stats.ok_or(DeclineReason::NoRule)?;
        let line = &self.history.genealogy.lines[series.line];
        let end = self.history.period.as_of(self.history.period.to);
        let member = self.history.members.get(line.id());
        if !member.is_some_and(|it| it.exists_on(end)) {
            return Err(DeclineReason::Gone);
        }
        let person = candidate.nominee.and_then(Mention::key);
        let is_about =
            |mention: &&Mention| self.line(mention) == Some(series.line) && mention.key() == person;
        // A unit that is excluded excludes everyone in it.
        let is_unit = |mention: &&Mention| {
            self.line(mention) == Some(series.line) && mention.person.is_none()
        };
        let mut excluded = self.nominations.excluded.iter();
        if let Some(found) = excluded.find(|it| is_about(it) || is_unit(it)) {
            return Err(DeclineReason::Excluded(found.text.clone()));
        }
        let achievement = candidate.nominee.map(|it| text::key(&it.text));
        let mut commended = self.nominations.commended.iter().filter(is_about);
        if let Some(found) = commended.find(|it| Some(text::key(&it.text)) == achievement) {
            return Err(DeclineReason::Commended(found.source.clone()));
        }
        if candidate.nominee.is_some_and(|it| it.is_doubtful) {
            return Err(DeclineReason::Doubtful);
        }
        if stats.years < rule.ranked_years {
            return Err(DeclineReason::TooFewYears { had: stats.years, needed: rule.ranked_years });
        }
        if let Some((band, years)) = &rule.band {
            let worst = self.history.period.bloc(&series.bloc).and_then(|it| it.band(band));
            let reached = stats.bands.iter().take(worst.map_or(0, |it| it + 1)).sum::<usize>();
            if reached < *years {
                return Err(DeclineReason::BandTooRare { had: reached, needed: *years });
            }
        }
        if rule.mean_min.is_some_and(|least| stats.mean.quantity() < least) {
            return Err(DeclineReason::MeanTooLow(stats.mean));
        }
        if rule.gain_min.is_some_and(|least| stats.gain.quantity() < least) {
            return Err(DeclineReason::GainTooLow(stats.gain));
        }
        if rule.nominated && candidate.nominee.is_none() {
            return Err(DeclineReason::NotNominated);
        }
        Ok(match rule.order {
            Order::Mean => stats.mean,
            Order::Gain => stats.gain,
        })
    }

    /// What is said of a tie across the last place.
    fn say_tie(&self, rule: &PeriodRule, verdict: &Verdict<Fit>, findings: &mut Findings) {
        let Some(places) = verdict.tied_at.map(Places::left) else { return };
        let lines = cut::units_of(verdict.winners.iter().chain(verdict.losers), |it| it.line);
        let names: Vec<&str> = lines.iter().map(|it| self.history.name(*it)).collect();
        let ruling = cut::ruling(rule.tie, &verdict.reason);
        let said = said::TiedAtCut { rule: &rule.title, places, ruling, names };
        findings.say(Place::file(SETTINGS), said);
    }
}

/// Of each unit only as many persons as the rule allows, in the order of the
/// nominations. A unit itself is one.
fn within_units(rule: &PeriodRule, fit: Vec<Fit>, candidates: &mut [Candidate]) -> Vec<Fit> {
    let mut kept: Vec<Fit> = Vec::new();
    for it in fit {
        let own = |other: &&Candidate| other.series.line == it.line && other.is_taken;
        let earlier = candidates.iter().filter(own).count();
        let now = kept.iter().filter(|other| other.line == it.line).count();
        if rule.per_unit <= earlier + now {
            candidates[it.who].decline(DeclineReason::UnitQuotaFull);
        } else {
            kept.push(it);
        }
    }
    kept
}

impl<'a> Candidate<'a> {
    fn new(series: &'a Series<'a>, nominee: Option<&'a Mention>) -> Candidate<'a> {
        Candidate { series, nominee, is_taken: false, why: DeclineReason::NoRule }
    }

    /// Keeps the reason nearest to a place.
    fn decline(&mut self, why: DeclineReason) {
        if self.why < why {
            self.why = why;
        }
    }

    fn passed_over(&self) -> PassedOver {
        let person = self.nominee.and_then(|it| it.person.clone());
        PassedOver { line: self.series.line, person, why: self.why.clone() }
    }
}
