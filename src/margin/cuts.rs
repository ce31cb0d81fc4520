//! From one bloc's ranking to what was decided in it: first place, award cuts,
//! band edges, close neighbours.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::award::DeclineReason;
use crate::margin::decision::{
    Against, Change, Decision, Firm, GAP_PLACES, Kind, MOST_DECISIONS, Mark, Rest, Reversal,
};
use crate::margin::reach;
use crate::margin::search::{self, Side};
use crate::points::{Index, Percent, Points, Quantity};
use crate::rank::{Ranking, Standing, counts_in, tie_key};
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode};
use crate::round::firmness::Firmness;
use crate::round::register::UnitId;
use crate::round::settings::{Bloc, Recipients, Scoring, TieBreak};
use crate::score::{ItemScore, ScoreCard, ScoredBy};
use crate::tally::Tally;

/// One bloc, and what was decided in it.
pub(super) struct RankedBloc<'a> {
    pub(super) round: &'a Round,
    pub(super) tally: &'a Tally,
    pub(super) firmness: &'a Firmness,
    pub(super) bloc: &'a Bloc,
    pub(super) ranking: &'a Ranking,
}

/// Where a decision lies, before the search for what would turn it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut<'a> {
    kind: Kind,
    unit: &'a Standing,
    against: Other<'a>,
    gap: Percent,
}

#[derive(Clone, Copy, Debug)]
enum Other<'a> {
    Unit(&'a Standing),
    Edge(Quantity),
}

impl<'a> RankedBloc<'a> {
    /// The decisions worth telling, and how many close ones are left out.
    pub(super) fn cuts(&self) -> (Vec<Cut<'a>>, usize) {
        let mut cuts: Vec<Cut> = Vec::new();
        let mut pairs = self.pairs();
        if let Some(first) = pairs.first_mut() {
            first.kind = Kind::First;
        }
        cuts.extend(self.awards());
        cuts.extend(self.bands());
        let certain = self.firmness.gap.certain.percent();
        pairs.retain(|cut| cut.kind == Kind::First || cut.gap < certain);
        cuts.extend(pairs);
        // Two units are told of once, under the weightiest decision.
        cuts.sort_by_key(|cut| (cut.kind, cut.gap));
        let mut seen = BTreeSet::new();
        cuts.retain(|cut| match cut.against {
            Other::Unit(other) => seen.insert((&cut.unit.card.unit, &other.card.unit)),
            Other::Edge(_) => true,
        });
        let omitted = cuts.len().saturating_sub(MOST_DECISIONS);
        if 0 < omitted {
            let is_light = |cut: &Cut| matches!(cut.kind, Kind::Pair | Kind::Band(_));
            cuts.sort_by_key(|cut| (is_light(cut), cut.gap));
            cuts.truncate(MOST_DECISIONS);
            cuts.sort_by_key(|cut| (cut.kind, cut.gap));
        }
        (cuts, omitted)
    }

    fn pairs(&self) -> Vec<Cut<'a>> {
        let pairs = self.ranking.standings.windows(2);
        pairs.map(|pair| pair_of(Kind::Pair, &pair[0], &pair[1])).collect()
    }

    /// For each edge, the nearest unit on each side and every other close one.
    fn bands(&self) -> Vec<Cut<'a>> {
        let certain = self.firmness.gap.certain.percent();
        let mut cuts = Vec::new();
        for (band, edge) in self.bloc.bands.iter().enumerate().take(self.bloc.bands.len() - 1) {
            let (above, below): (Vec<_>, Vec<_>) =
                self.ranking.standings.iter().partition(|it| it.band <= band);
            for mut side in [above, below] {
                side.sort_by_key(|it| from_edge(it.index, edge.from));
                for (turn, standing) in side.into_iter().enumerate() {
                    let gap = from_edge(standing.index, edge.from);
                    if 0 < turn && certain <= gap {
                        break;
                    }
                    let against = Other::Edge(edge.from);
                    cuts.push(Cut { kind: Kind::Band(band), unit: standing, against, gap });
                }
            }
        }
        cuts
    }

    /// The last collective awarded by a rule against the best one left out, and
    /// the members of a tie across the last place.
    fn awards(&self) -> Vec<Cut<'a>> {
        let Some(awards) = &self.tally.awards else { return Vec::new() };
        let rules = self.round.settings.awards.as_ref().map_or(&[][..], |it| &it.collectives);
        let standings = self.ranking.standings.iter();
        let by_unit: BTreeMap<&UnitId, &Standing> =
            standings.map(|it| (&it.card.unit, it)).collect();
        let standing = |unit: &UnitId| by_unit.get(unit).copied();
        let mut cuts = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            if !rule.blocs.contains(&self.bloc.id) {
                continue;
            }
            let won = awards.collectives.iter().filter(|award| award.rule == at);
            let last = won.filter_map(|it| standing(&it.unit)).max_by_key(|it| it.rank);
            let later = awards.collectives.iter().filter(|award| at < award.rule);
            let later = later.filter_map(|award| standing(&award.unit));
            let declined = awards.declined.iter().filter(|it| {
                it.person.is_none() && (is_by_order(&it.reason) || rule.index_min.is_some())
            });
            let by_order = declined.clone().filter(|it| is_by_order(&it.reason));
            let left_out = by_order.filter_map(|it| standing(&it.unit));
            let Some(last) = last else { continue };
            let behind = later.chain(left_out).filter(|it| last.rank <= it.rank);
            if let Some(best) = behind.min_by_key(|it| it.rank) {
                cuts.push(pair_of(Kind::Award(at), last, best));
            }
            let Some(edge) = rule.index_min else { continue };
            let too_low = declined.filter(|it| it.reason == DeclineReason::IndexTooLow);
            let best = too_low.filter_map(|it| standing(&it.unit)).min_by_key(|it| it.rank);
            for unit in [Some(last), best].into_iter().flatten() {
                let gap = from_edge(unit.index, edge);
                cuts.push(Cut { kind: Kind::Award(at), unit, against: Other::Edge(edge), gap });
            }
        }
        for tie in awards.ties.iter().filter(|tie| tie.recipients == Recipients::Collectives) {
            let tied: Vec<&Standing> = tie.units.iter().filter_map(standing).collect();
            let pair = |pair: &[&'a Standing]| pair_of(Kind::Award(tie.rule), pair[0], pair[1]);
            cuts.extend(tied.windows(2).map(pair));
        }
        cuts
    }

    /// The whole decision, with what would turn it.
    pub(super) fn decision(&self, cut: &Cut) -> Decision {
        let scoring = &self.round.settings.scoring;
        let (unit, places) = (cut.unit, scoring.places);
        let moved = |standing: &Standing, steps: i64| {
            let total = standing.card.total + Points::scaled(steps, places);
            Index::new(total, standing.card.possible)
        };
        let found = match cut.against {
            Other::Unit(other) => {
                let by = &scoring.tie_breaks;
                let sides = [self.side(unit, false, by), self.side(other, true, by)];
                let order = |down: i64, up: i64| {
                    let pair = moved(unit, -down).zip(moved(other, up));
                    pair.map_or(Ordering::Less, |(unit, other)| scoring.cmp(other, unit))
                };
                let keys = [tie_keys(scoring, &unit.card), tie_keys(scoring, &other.card)];
                let moved = |key: Option<Index>, steps: i64| {
                    let key = key?;
                    Index::new(key.total() + Points::scaled(steps, places), key.possible())
                };
                search::fewest(&sides, order, |downs, ups| {
                    let unit = keys[0].iter().zip(downs).map(|(key, by)| moved(*key, -by));
                    let other = keys[1].iter().zip(ups).map(|(key, by)| moved(*key, *by));
                    other.gt(unit)
                })
            }
            Other::Edge(edge) => {
                let is_reached = scoring.reaches(unit.index, edge);
                let sides = [self.side(unit, !is_reached, &[]), Side::default()];
                let order = |steps: i64, _| {
                    let steps = if is_reached { -steps } else { steps };
                    let moved = moved(unit, steps);
                    let turns = moved.is_some_and(|it| scoring.reaches(it, edge) != is_reached);
                    if turns { Ordering::Greater } else { Ordering::Less }
                };
                search::fewest(&sides, order, |_, _| false)
            }
        };
        Decision {
            bloc: self.bloc.id.clone(),
            kind: cut.kind,
            unit: unit.card.unit.clone(),
            against: match cut.against {
                Other::Unit(other) => Against::Unit(other.card.unit.clone()),
                Other::Edge(at) => {
                    Against::Edge { at, is_reached: scoring.reaches(unit.index, at) }
                }
            },
            gap: cut.gap,
            firm: Firm::of(cut.gap, self.firmness.gap),
            reversal: found.map(|found| self.reversal(cut, &found)),
            rests_on: self.rests_on(cut),
        }
    }

    /// What each item score of a unit could fall or rise by, in steps.
    fn side(&self, standing: &Standing, is_up: bool, by: &[TieBreak]) -> Side {
        let places = self.round.settings.scoring.places;
        let mut side = Side::new(by.len());
        for (item, score) in self.items(&standing.card) {
            let Some(now) = score.points.and_then(|points| points.steps(places)) else { continue };
            let reach = reach::reach(item, places, self.round.settings.intake.deadline);
            let counts = |it: &TieBreak| i64::from(counts_in(*it, item.code, score.by));
            side.push(item.code, reach.moves(now, is_up), by.iter().map(counts).collect());
        }
        side
    }

    fn items<'c>(&self, card: &'c ScoreCard) -> impl Iterator<Item = (&'a Item, ItemScore)> {
        let unit = self.round.register.unit(&card.unit);
        let items = unit.into_iter().flat_map(|unit| self.round.set(unit).items());
        items.filter_map(|item| Some((item, card.items.get(item.code)?)))
    }

    fn reversal(&self, cut: &Cut, found: &search::Found) -> Reversal {
        let places = self.round.settings.scoring.places;
        let is_edge_below = match cut.against {
            Other::Unit(_) => false,
            Other::Edge(at) => !self.round.settings.scoring.reaches(cut.unit.index, at),
        };
        let first = found.sides[0].iter().map(|it| (cut.unit, !is_edge_below, it));
        let second = found.sides[1].iter().filter_map(|it| match cut.against {
            Other::Unit(other) => Some((other, false, it)),
            Other::Edge(_) => None,
        });
        let change = |(standing, is_down, (code, steps)): (&Standing, bool, &(_, i64))| {
            let score = standing.card.items.get(*code);
            let from = score.and_then(|it| it.points).unwrap_or_default();
            let by = Points::scaled(*steps, places);
            Change {
                unit: standing.card.unit.clone(),
                item: *code,
                from,
                to: if is_down { from - by } else { from + by },
                marks: score.map_or_else(Vec::new, |it| self.marks(&standing.card, *code, &it)),
            }
        };
        let changes = first.chain(second).map(change).collect();
        Reversal { changes, points: Points::scaled(found.steps, places) }
    }

    /// Why the points of an item are open to dispute.
    fn marks(&self, card: &ScoreCard, code: ItemCode, score: &ItemScore) -> Vec<Mark> {
        let key = (card.unit.clone(), code);
        let answer = self.tally.survey.as_ref().and_then(|survey| survey.answers.get(&key));
        let claim = self.tally.intake.forms.get(&card.unit).and_then(|it| it.claims.get(code));
        let both = score.self_score.zip(score.appraised());
        let is_bare = score.by != ScoredBy::Survey
            && score.points != Some(Points::ZERO)
            && claim.is_some_and(|it| it.evidence.is_empty() && it.explanation.is_empty());
        let is_few = answer.is_some_and(|answer| answer.count < self.firmness.few_answers);
        [
            (both.is_some_and(|(claimed, granted)| claimed != granted), Mark::Appraised),
            (is_bare, Mark::NoEvidence),
            (is_few, Mark::FewAnswers),
        ]
        .into_iter()
        .filter_map(|(holds, mark)| holds.then_some(mark))
        .collect()
    }

    /// What the decision would not have survived without.
    fn rests_on(&self, cut: &Cut) -> Vec<Rest> {
        let scoring = &self.round.settings.scoring;
        let index = |card: &ScoreCard| Index::new(card.total, card.possible);
        let turns = |of: &dyn Fn(&ScoreCard) -> ScoreCard| match cut.against {
            Other::Unit(other) => {
                let (unit, other) = (of(&cut.unit.card), of(&other.card));
                let pair = index(&other).zip(index(&unit));
                let keys = |card| tie_keys(scoring, card);
                let by_keys = || keys(&other).cmp(&keys(&unit));
                pair.is_some_and(|(other, unit)| {
                    scoring.cmp(other, unit).then_with(by_keys).is_gt()
                })
            }
            Other::Edge(edge) => {
                let is_reached = scoring.reaches(cut.unit.index, edge);
                index(&of(&cut.unit.card)).is_some_and(|it| scoring.reaches(it, edge) != is_reached)
            }
        };
        let bare = |card: &ScoreCard| ScoreCard {
            total: card.total - card.bonus + card.penalty,
            bonus: Points::ZERO,
            penalty: Points::ZERO,
            ..card.clone()
        };
        let plain = |card: &ScoreCard| ScoreCard { possible: card.counted, ..card.clone() };
        let is_tied = matches!(cut.against, Other::Unit(other)
            if scoring.cmp(cut.unit.index, other.index).is_eq() && cut.unit.rank != other.rank);
        [
            (turns(&bare), Rest::Bonus),
            (turns(&plain), Rest::NotApplicable),
            (is_tied, Rest::TieBreak),
        ]
        .into_iter()
        .filter_map(|(holds, rest)| holds.then_some(rest))
        .collect()
    }
}

/// What the tie-breaks compare of a unit, in their order.
fn tie_keys(scoring: &Scoring, card: &ScoreCard) -> Vec<Option<Index>> {
    scoring.tie_breaks.iter().map(|it| tie_key(*it, card)).collect()
}

fn pair_of<'a>(kind: Kind, unit: &'a Standing, other: &'a Standing) -> Cut<'a> {
    // Shown alike, the one that a tie-break put ahead may lie behind by a trace.
    let gap = unit.index.minus(other.index, GAP_PLACES).max(Percent::default());
    Cut { kind, unit, against: Other::Unit(other), gap }
}

/// How far an index lies from an edge, on either side.
fn from_edge(index: Index, edge: Quantity) -> Percent {
    let distance = index.minus_percent(edge, GAP_PLACES).quantity();
    let points = distance.points();
    let away = if distance.is_negative() { -points } else { points };
    away.quantity().percent()
}

/// Left out although every gate of the rule is open.
fn is_by_order(reason: &DeclineReason) -> bool {
    matches!(
        reason,
        DeclineReason::RankTooLow
            | DeclineReason::QuotaFull
            | DeclineReason::TiedOut
            | DeclineReason::AwaitsCouncil
    )
}
