//! Awards over the period: series, rules and nominations → who is proposed, who
//! is not, and why.
//!
//! Rules are taken in order; nobody is proposed twice. Within a rule the best
//! come first; units that are equal across the last place are treated as the
//! rule says, and shown.

use crate::award::money::{money, rounded};
use crate::finding::{Code, Finding, Place};
use crate::history::History;
use crate::history::nominations::{Mention, Nominations};
use crate::history::period::{Order, PeriodAwards, PeriodRule};
use crate::history::series::{Series, Stats};
use crate::points::Percent;
use crate::round::settings::{BaseSalary, TieAtCut};
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
    pub why: Why,
}

/// Why somebody is not proposed, from the farthest from a place to the nearest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// No rule is for the unit's bloc, or it was never ranked.
    NoRule,
    /// The unit was gone before the period ended.
    Gone,
    Excluded(String),
    /// Commended for the same achievement already.
    Commended(String),
    /// Ranked in too few years: so many of so many.
    TooFewYears(usize, usize),
    /// Reached the band in too few years.
    BandTooRare(usize, usize),
    MeanTooLow(Percent),
    GainTooLow(Percent),
    NotNominated,
    /// As many of the unit as the rule allows are proposed.
    UnitFull,
    QuotaFull,
    /// Equal across the last place, and the rule takes none.
    TiedOut,
    /// Equal across the last place; the council decides.
    AwaitsCouncil,
}

/// Whoever may be proposed.
struct Candidate<'a> {
    series: &'a Series<'a>,
    nominee: Option<&'a Mention>,
    is_person: bool,
    is_taken: bool,
    why: Why,
}

/// Applies the rules of the settings, if there are any.
pub fn propose(
    history: &History,
    series: &[Series],
    findings: &mut Vec<Finding>,
) -> Option<Proposals> {
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
            into.extend(judge.apply((at, rule), candidates, findings));
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
        (at, rule): (usize, &PeriodRule),
        candidates: &mut [Candidate],
        findings: &mut Vec<Finding>,
    ) -> Vec<Proposal> {
        let fit = self.fit(rule, candidates);
        let mut winners: Vec<(usize, Percent)> = Vec::new();
        let mut best_left = None;
        let mut is_closed = false;
        for group in fit.chunk_by(|a, b| a.1 == b.1) {
            let left = rule.quota.saturating_sub(winners.len());
            let left = if is_closed { 0 } else { left };
            let mut lines: Vec<usize> = Vec::new();
            for line in group.iter().map(|it| candidates[it.0].series.line) {
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            let is_tie = 0 < left && left < group.len() && 1 < lines.len();
            if is_tie {
                self.note_tie(rule, &lines, left, findings);
            }
            let taken = match rule.tie {
                TieAtCut::All if is_tie => group.len(),
                TieAtCut::None | TieAtCut::Council if is_tie => 0,
                _ => left.min(group.len()),
            };
            winners.extend(&group[..taken]);
            for (who, key) in &group[taken..] {
                best_left = best_left.or(Some(*key));
                candidates[*who].decline(match rule.tie {
                    TieAtCut::None if is_tie => Why::TiedOut,
                    TieAtCut::Council if is_tie => Why::AwaitsCouncil,
                    _ => Why::QuotaFull,
                });
            }
            // Nobody passes those who wait at the last place.
            is_closed |= is_tie && taken == 0;
        }
        let salary = self.salary.map_or(0, |it| it.amount);
        let amount = rounded(money(rule.coefficient, salary), self.rules.step, self.rules.rounding);
        let proposal = |(who, key): (usize, Percent)| {
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
    fn fit(&self, rule: &PeriodRule, candidates: &mut [Candidate]) -> Vec<(usize, Percent)> {
        let mut fit: Vec<(usize, Percent)> = Vec::new();
        for (who, candidate) in candidates.iter_mut().enumerate().filter(|it| !it.1.is_taken) {
            match self.gate(rule, candidate) {
                Ok(key) => fit.push((who, key)),
                Err(why) => candidate.decline(why),
            }
        }
        fit.sort_by_key(|it| std::cmp::Reverse(it.1));
        within_units(rule, fit, candidates)
    }

    /// The first gate that a candidate does not pass, or the figure it is
    /// ordered by.
    fn gate(&self, rule: &PeriodRule, candidate: &Candidate) -> Result<Percent, Why> {
        let series = candidate.series;
        let stats = series.stats.as_ref().filter(|_| rule.blocs.contains(&series.bloc));
        let stats: &Stats = stats.ok_or(Why::NoRule)?;
        let line = &self.history.genealogy.lines[series.line];
        let end = self.history.period.as_of(self.history.period.to);
        let member = self.history.members.get(line.id());
        if !member.is_some_and(|it| it.exists_on(end)) {
            return Err(Why::Gone);
        }
        let is_about = |mention: &&Mention| {
            let person = candidate.nominee.and_then(|it| it.person.as_deref());
            self.line(mention) == Some(series.line)
                && mention.person.as_deref().map(text::key) == person.map(text::key)
        };
        // A unit that is excluded excludes everyone in it.
        let is_unit = |mention: &&Mention| {
            self.line(mention) == Some(series.line) && mention.person.is_none()
        };
        let mut excluded = self.nominations.excluded.iter();
        if let Some(found) = excluded.find(|it| is_about(it) || is_unit(it)) {
            return Err(Why::Excluded(found.text.clone()));
        }
        let achievement = candidate.nominee.map(|it| text::key(&it.text));
        let mut commended = self.nominations.commended.iter().filter(is_about);
        if let Some(found) = commended.find(|it| Some(text::key(&it.text)) == achievement) {
            return Err(Why::Commended(found.source.clone()));
        }
        if stats.years < rule.ranked_years {
            return Err(Why::TooFewYears(stats.years, rule.ranked_years));
        }
        if let Some((band, years)) = &rule.band {
            let worst = self.history.period.bloc(&series.bloc).and_then(|it| it.band(band));
            let reached = stats.bands.iter().take(worst.map_or(0, |it| it + 1)).sum::<usize>();
            if reached < *years {
                return Err(Why::BandTooRare(reached, *years));
            }
        }
        if rule.mean_min.is_some_and(|least| stats.mean.quantity() < least) {
            return Err(Why::MeanTooLow(stats.mean));
        }
        if rule.gain_min.is_some_and(|least| stats.gain.quantity() < least) {
            return Err(Why::GainTooLow(stats.gain));
        }
        if rule.nominated && candidate.nominee.is_none() {
            return Err(Why::NotNominated);
        }
        Ok(match rule.order {
            Order::Mean => stats.mean,
            Order::Gain => stats.gain,
        })
    }

    fn note_tie(
        &self,
        rule: &PeriodRule,
        lines: &[usize],
        places: usize,
        findings: &mut Vec<Finding>,
    ) {
        let names: Vec<&str> = lines.iter().map(|it| self.history.name(*it)).collect();
        let ruling = match rule.tie {
            TieAtCut::All => "lấy hết",
            TieAtCut::None => "không lấy",
            TieAtCut::Council => "chờ quyết định",
        };
        let message = format!(
            "{}: bằng nhau ở {places} suất cuối ({ruling}): {}",
            rule.title,
            names.join(", ")
        );
        let place = Place::file(super::SETTINGS);
        findings.push(Finding::new(Code::AwardTied, place, message));
    }
}

/// Of each unit only as many persons as the rule allows, in the order of the
/// nominations.
fn within_units(
    rule: &PeriodRule,
    fit: Vec<(usize, Percent)>,
    candidates: &mut [Candidate],
) -> Vec<(usize, Percent)> {
    let mut kept: Vec<(usize, Percent)> = Vec::new();
    for (who, key) in fit {
        let line = candidates[who].series.line;
        let own = |it: &Candidate| it.series.line == line && it.is_person;
        let earlier = candidates.iter().filter(|it| own(it) && it.is_taken).count();
        let now = kept.iter().filter(|it| own(&candidates[it.0])).count();
        if candidates[who].is_person && rule.per_unit <= earlier + now {
            candidates[who].decline(Why::UnitFull);
        } else {
            kept.push((who, key));
        }
    }
    kept
}

impl<'a> Candidate<'a> {
    fn new(series: &'a Series<'a>, nominee: Option<&'a Mention>) -> Candidate<'a> {
        let is_person = nominee.is_some_and(|it| it.person.is_some());
        Candidate { series, nominee, is_person, is_taken: false, why: Why::NoRule }
    }

    /// Keeps the reason nearest to a place.
    fn decline(&mut self, why: Why) {
        if self.why < why {
            self.why = why;
        }
    }

    fn passed_over(&self) -> PassedOver {
        let person = self.nominee.and_then(|it| it.person.clone());
        PassedOver { line: self.series.line, person, why: self.why.clone() }
    }
}
