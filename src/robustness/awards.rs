//! From ranks to the collectives awarded, quickly: the rules of `award` without
//! its explanations. A test holds the two together.

use crate::award::cut::{self, Places};
use crate::robustness::block::Ruler;
use crate::robustness::model::Edge;
use crate::robustness::order::Field;
use crate::round::Round;
use crate::round::settings::{AwardRule, AwardRules, Bloc};
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
    blocs: Vec<PrizeBloc>,
}

/// A bloc that a rule is for.
#[derive(Clone, Debug)]
struct PrizeBloc {
    /// Its place among the rankings.
    at: usize,
    /// The worst band that qualifies.
    worst: Option<usize>,
    /// Which units pass the gates that stay.
    open: Vec<bool>,
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
                    Some(PrizeBloc {
                        at,
                        worst: worst(rule, bloc),
                        open: open(rule, round, tally, at),
                    })
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
        let quotas = self.rules.iter().map(|it| it.rule.quota.saturating_mul(it.blocs.len()));
        let mut promised = quotas.fold(0, usize::saturating_add);
        for prize in &self.rules {
            for bloc in &prize.blocs {
                let by_total = self.total.saturating_sub(given);
                promised = promised.saturating_sub(prize.rule.quota);
                let places = Places { by_rule: prize.rule.quota, by_total, promised };
                given += prize.allot(bloc, &fields[bloc.at], places, ruler, &mut won[bloc.at]);
            }
        }
        won
    }
}

impl Prize<'_> {
    /// Gives the places left in one bloc; tells how many it gave.
    fn allot(
        &self,
        bloc: &PrizeBloc,
        field: &Field,
        places: Places,
        ruler: Ruler,
        won: &mut [bool],
    ) -> usize {
        let passes = |unit: &usize| {
            let (unit, rule) = (*unit, self.rule);
            bloc.open[unit]
                && !won[unit]
                && rule.rank_max.is_none_or(|worst| field.ranks[unit] <= worst)
                && self.index_min.is_none_or(|least| ruler.reaches(field.sums[unit], least))
                && bloc.worst.is_none_or(|worst| field.bands[unit] <= worst)
        };
        // Whoever is not equal to the last one who may win gets nothing.
        let mut eligible: Vec<usize> = Vec::new();
        for unit in field.order.iter().copied().filter(passes) {
            let is_equal = |last: &usize| field.ranks[*last] == field.ranks[unit];
            if places.left() <= eligible.len() && !eligible.last().is_some_and(is_equal) {
                break;
            }
            eligible.push(unit);
        }
        let groups = eligible.chunk_by(|a, b| field.ranks[*a] == field.ranks[*b]);
        let mut given = 0;
        for verdict in cut::verdicts(groups, places, self.rule.tie, |unit| *unit) {
            if verdict.winners.is_empty() {
                break;
            }
            for unit in verdict.winners {
                won[*unit] = true;
                given += 1;
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
