//! From ranks to the collectives awarded, quickly: the rules of `award` without
//! its explanations. A test holds the two together.

use crate::robustness::model::Edge;
use crate::robustness::order::{Field, Ruler};
use crate::round::Round;
use crate::round::settings::{AwardRule, AwardRules, Bloc, TieAtCut};
use crate::tally::Tally;

/// The rules on collectives, with the gates that no draw can change.
#[derive(Clone, Debug)]
pub(super) struct Prizes<'a> {
    rules: Vec<Prize<'a>>,
    total: usize,
}

#[derive(Clone, Debug)]
struct Prize<'a> {
    rule: &'a AwardRule,
    index_min: Option<Edge>,
    /// The rule's blocs: their place among the rankings, the worst band that
    /// qualifies, and which units pass the gates that stay.
    blocs: Vec<(usize, Option<usize>, Vec<bool>)>,
}

impl<'a> Prizes<'a> {
    pub(super) fn of(rules: &'a AwardRules, round: &Round, tally: &Tally) -> Prizes<'a> {
        let prize = |rule: &'a AwardRule| Prize {
            rule,
            index_min: rule.index_min.map(Edge::of),
            blocs: rule
                .blocs
                .iter()
                .filter_map(|id| {
                    let at = tally.rankings.iter().position(|it| it.bloc == *id)?;
                    let bloc = round.settings.blocs.iter().find(|bloc| bloc.id == *id)?;
                    Some((at, worst(rule, bloc), open(rule, round, tally, at)))
                })
                .collect(),
        };
        Prizes {
            rules: rules.collectives.iter().map(prize).collect(),
            total: rules.collective_quota.unwrap_or(usize::MAX),
        }
    }

    /// Who is awarded, by bloc and unit.
    pub(super) fn give(&self, fields: &[Field], ruler: Ruler) -> Vec<Vec<bool>> {
        let mut won: Vec<Vec<bool>> =
            fields.iter().map(|field| vec![false; field.ranks.len()]).collect();
        let mut given = 0;
        for prize in &self.rules {
            for (at, worst, open) in &prize.blocs {
                let left = prize.rule.quota.min(self.total - given.min(self.total));
                given += prize.allot(&fields[*at], (*worst, open), left, ruler, &mut won[*at]);
            }
        }
        won
    }
}

impl Prize<'_> {
    /// Gives the places left in one bloc; tells how many it gave.
    fn allot(
        &self,
        field: &Field,
        (worst, open): (Option<usize>, &[bool]),
        mut left: usize,
        ruler: Ruler,
        won: &mut [bool],
    ) -> usize {
        let passes = |unit: &usize| {
            let (unit, rule) = (*unit, self.rule);
            open[unit]
                && !won[unit]
                && rule.rank_max.is_none_or(|worst| field.ranks[unit] <= worst)
                && self.index_min.is_none_or(|least| ruler.reaches(field.sums[unit], least))
                && worst.is_none_or(|worst| field.bands[unit] <= worst)
        };
        let eligible: Vec<usize> = field.order.iter().copied().filter(passes).collect();
        let mut given = 0;
        for group in eligible.chunk_by(|a, b| field.ranks[*a] == field.ranks[*b]) {
            let is_tie = 0 < left && left < group.len();
            let all = !is_tie || self.rule.tie == TieAtCut::All;
            let winners = if is_tie { group.len() } else { left.min(group.len()) };
            for unit in group.iter().take(if all { winners } else { 0 }) {
                won[*unit] = true;
                given += 1;
            }
            left = left.saturating_sub(group.len());
            if left == 0 {
                break;
            }
        }
        given
    }
}

fn worst(rule: &AwardRule, bloc: &Bloc) -> Option<usize> {
    rule.band_min.as_deref().and_then(|name| bloc.band_named(name))
}

/// Which ranked units of a bloc pass the gates that no points change.
fn open(rule: &AwardRule, round: &Round, tally: &Tally, at: usize) -> Vec<bool> {
    let exclusions = &round.register.exclusions;
    let passes = |unit| {
        let form = tally.intake.forms.get(unit);
        let is_excluded = exclusions.iter().any(|it| it.unit == *unit && it.person.is_none());
        let is_late = || round.is_late(unit, form.and_then(|form| form.dated));
        let is_nominated = || form.is_some_and(|form| !form.collectives.is_empty());
        let is_barred = is_excluded || (rule.on_time && is_late());
        !is_barred && (!rule.nominated || is_nominated())
    };
    tally.rankings[at].standings.iter().map(|it| passes(&it.card.unit)).collect()
}
