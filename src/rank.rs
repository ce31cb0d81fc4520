//! From score cards to ranks (xếp hạng) and bands (xếp loại), bloc by bloc.
//!
//! Nobody disappears: every unit of the register is either ranked or listed
//! with the reason why not.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::finding::{Findings, Place, setting};
use crate::form::Intake;
use crate::points::{Index, Percent, Points};
use crate::round::criteria::{Item, ItemCode, Origin};
use crate::round::read_scoring::tie_break_word;
use crate::round::register::{Unit, UnitId};
use crate::round::settings::{Bloc, BlocId, Numbering, Scoring, TieBreak};
use crate::round::waiver::Waivable;
use crate::round::{Round, SETTINGS};
use crate::score::{ScoreCard, ScoredBy};
use crate::survey::Survey;

/// One bloc's ranking.
#[derive(Clone, Debug)]
pub struct Ranking {
    pub bloc: BlocId,
    /// Best first; equal units in register order.
    pub standings: Vec<Standing>,
    /// Every other unit of the bloc, in register order; those of other times last.
    pub unranked: Vec<Unranked>,
    /// The mean of the shown indices, rounded half up; `None` of nobody.
    pub mean: Option<Percent>,
}

/// A ranked unit.
#[derive(Clone, Debug)]
pub struct Standing {
    pub rank: u32,
    pub card: ScoreCard,
    pub index: Index,
    /// The place of the band in the bloc's list, 0 for the best.
    pub band: usize,
    /// The tie-break that put this unit behind the one before it, if one did.
    pub decided_by: Option<usize>,
}

/// A unit that is not ranked, and why.
#[derive(Clone, Debug)]
pub struct Unranked {
    pub unit: UnitId,
    pub reason: Reason,
    /// Its points, where they could be computed.
    pub card: Option<ScoreCard>,
}

/// Why a unit is not ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Chưa nộp phiếu.
    Silent,
    /// Only files came that cannot be read and seem to be its own: these.
    Refused(Vec<String>),
    /// Phiếu bị gạt ra.
    SetAside,
    /// Miễn đánh giá, with the register's reason.
    Exempt(String),
    /// Too small a share of the set applies.
    ShareTooSmall,
    /// Survey results are missing for it.
    NoSurvey,
    /// Gone before the day that counts.
    Ended,
    /// Not there yet on the day that counts.
    NotYet,
}

impl Unranked {
    /// Whether nobody decided that it is left out: something is still to come.
    pub fn is_open(&self) -> bool {
        match self.reason {
            Reason::Silent | Reason::Refused(_) | Reason::SetAside | Reason::NoSurvey => true,
            Reason::Exempt(_) | Reason::ShareTooSmall | Reason::Ended | Reason::NotYet => false,
        }
    }

    /// Whether it was no part of the round at all.
    pub fn is_outside(&self) -> bool {
        matches!(self.reason, Reason::Ended | Reason::NotYet)
    }
}

impl Ranking {
    /// The units that somebody must still decide about.
    pub fn open(&self) -> impl Iterator<Item = &Unranked> {
        self.unranked.iter().filter(|unit| unit.is_open())
    }

    /// Whether nothing can move in it any more.
    pub fn is_complete(&self) -> bool {
        self.open().next().is_none() && self.cards().all(|card| card.lacks.is_empty())
    }

    /// Every card of the bloc, ranked or not.
    pub fn cards(&self) -> impl Iterator<Item = &ScoreCard> {
        let ranked = self.standings.iter().map(|it| &it.card);
        ranked.chain(self.unranked.iter().filter_map(|it| it.card.as_ref()))
    }
}

/// Ranks every bloc, in the order of the settings. `cards` holds one card for
/// each form that counts.
pub fn rank(
    mut cards: BTreeMap<UnitId, ScoreCard>,
    round: &Round,
    intake: &Intake,
    survey: Option<&Survey>,
) -> Vec<Ranking> {
    let scoring = &round.settings.scoring;
    let bloc_ranking = |bloc: &Bloc| {
        let mut ranked = Vec::new();
        let mut unranked = Vec::new();
        for unit in round.units(bloc) {
            let card = cards.remove(&unit.id);
            match index(unit, card.as_ref(), round, intake, survey.is_some()) {
                Ok(index) => ranked.extend(card.map(|card| (card, index))),
                Err(reason) => unranked.push(Unranked { unit: unit.id.clone(), reason, card }),
            }
        }
        let others = round.register.others.iter().filter(|unit| unit.bloc == bloc.id);
        unranked.extend(others.map(|unit| {
            let is_early = unit.since.is_some_and(|since| round.settings.intake.counted_on < since);
            let reason = if is_early { Reason::NotYet } else { Reason::Ended };
            Unranked { unit: unit.id.clone(), reason, card: None }
        }));
        let standings = standings(ranked, bloc, scoring);
        let shown: Vec<Percent> = standings.iter().map(|it| scoring.shown(it.index)).collect();
        let mean = Percent::mean(&shown, scoring.index_places);
        Ranking { bloc: bloc.id.clone(), standings, unranked, mean }
    };
    round.settings.blocs.iter().map(bloc_ranking).collect()
}

/// The index a unit is ranked by, which only a card can give, or the reason why
/// it is not ranked.
fn index(
    unit: &Unit,
    card: Option<&ScoreCard>,
    round: &Round,
    intake: &Intake,
    has_survey: bool,
) -> Result<Index, Reason> {
    let scoring = &round.settings.scoring;
    if let Some(reason) = &unit.exempt {
        return Err(Reason::Exempt(reason.clone()));
    }
    match card {
        None if intake.set_aside.contains(&unit.id) => Err(Reason::SetAside),
        None => {
            let receipts = intake.receipts.iter();
            let sent = receipts.filter(|it| it.possible.as_ref() == Some(&unit.id));
            let files: Vec<String> = sent.map(|it| it.file.clone()).collect();
            Err(if files.is_empty() { Reason::Silent } else { Reason::Refused(files) })
        }
        Some(card) if card.awaits_survey(has_survey, scoring.no_survey) => Err(Reason::NoSurvey),
        Some(card) => {
            let is_waived = round.waivers.find(&unit.id, Waivable::Share, None).is_some();
            let is_enough = is_waived || card.applies_enough(scoring.assessed_min);
            let index = card.index.filter(|_| is_enough);
            index.ok_or(Reason::ShareTooSmall)
        }
    }
}

/// Sorts, numbers and bands the ranked units of a bloc, given in register
/// order.
fn standings(mut ranked: Vec<(ScoreCard, Index)>, bloc: &Bloc, scoring: &Scoring) -> Vec<Standing> {
    ranked.sort_by(|a, b| compare(a, b, scoring).0);
    let against: Vec<(Ordering, Option<usize>)> =
        ranked.windows(2).map(|pair| compare(&pair[0], &pair[1], scoring)).collect();
    let ranks = numbers(scoring.numbering, against.iter().map(|(order, _)| order.is_eq()));
    let decided = [None].into_iter().chain(against.iter().map(|(_, decided_by)| *decided_by));
    let numbered = ranked.into_iter().zip(ranks).zip(decided);
    numbered
        .map(|(((card, index), rank), decided_by)| {
            let band = bloc.band(index, scoring);
            Standing { rank, card, index, band, decided_by }
        })
        .collect()
}

/// The better one first, and which tie-break decided, if the indices did not.
fn compare(
    a: &(ScoreCard, Index),
    b: &(ScoreCard, Index),
    scoring: &Scoring,
) -> (Ordering, Option<usize>) {
    let by_index = scoring.cmp(b.1, a.1);
    if by_index.is_ne() {
        return (by_index, None);
    }
    let keys = |card| scoring.tie_breaks.iter().map(move |it| tie_key(*it, card));
    let orders = keys(&b.0).zip(keys(&a.0)).map(|(b, a)| b.cmp(&a));
    let decided = orders.enumerate().find(|(_, order)| order.is_ne());
    decided.map_or((Ordering::Equal, None), |(at, order)| (order, Some(at)))
}

/// What a tie-break compares, the higher the better: shares of what was
/// possible, since not every unit could reach the same points; `None` of nothing that
/// could be compared, which is behind everything else.
pub fn tie_key(tie_break: TieBreak, card: &ScoreCard) -> Option<Index> {
    let points = |points: Points| Index::new(points, Points::scaled(1, 0));
    match tie_break {
        TieBreak::Appraised => card.part(false),
        TieBreak::Survey => card.part(true),
        TieBreak::Penalty => points(-card.penalty),
        TieBreak::Area(area) => card.area(area),
    }
}

/// Whether the points of an item are part of what a tie-break compares.
pub fn counts_in(tie_break: TieBreak, item: ItemCode, by: ScoredBy) -> bool {
    match tie_break {
        TieBreak::Appraised => by != ScoredBy::Survey,
        TieBreak::Survey => by == ScoredBy::Survey,
        TieBreak::Penalty => false,
        TieBreak::Area(area) => item.area() == area,
    }
}

/// Says which tie-breaks look at more points of some units than of others of their
/// bloc: only their shares can be compared.
pub fn lint(round: &Round, findings: &mut Findings) {
    for bloc in &round.settings.blocs {
        for tie_break in &round.settings.scoring.tie_breaks {
            let looked_at = |unit: &Unit| -> Points {
                let applies = |item: &&Item| round.exemptions.get(&unit.id, item.code).is_none();
                let by = |item: &Item| match item.origin {
                    Origin::Survey => ScoredBy::Survey,
                    Origin::Appraised | Origin::Computed => ScoredBy::Appraiser,
                };
                let items = round.set(unit).items().filter(applies);
                let counted = items.filter(|it| counts_in(*tie_break, it.code, by(it)));
                counted.map(|item| item.max).sum()
            };
            let units = || round.units(bloc).filter(|unit| unit.exempt.is_none()).map(looked_at);
            if let Some((low, high)) = units().min().zip(units().max()).filter(|(a, b)| a < b) {
                let (word, bloc) = (tie_break_word(*tie_break), &bloc.id.0);
                let said = setting::TieBreakUneven { word, bloc, low, high };
                findings.say(Place::file(SETTINGS), said);
            }
        }
    }
}

/// Ranks from 1 for a sorted list of at least one: `ties` says of each member
/// but the first whether it equals the one before it.
pub fn numbers(numbering: Numbering, ties: impl IntoIterator<Item = bool>) -> Vec<u32> {
    let mut rank = 1;
    let mut ranks = vec![rank];
    for (position, is_tie) in (2..).zip(ties) {
        rank = match numbering {
            _ if is_tie => rank,
            Numbering::Standard => position,
            Numbering::Dense => rank + 1,
        };
        ranks.push(rank);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_units_share_a_number_and_the_next_one_skips_or_not() {
        #[track_caller]
        fn check(numbering: Numbering, ties: &[bool], expected: &[u32]) {
            assert_eq!(numbers(numbering, ties.iter().copied()), expected);
        }
        check(Numbering::Standard, &[], &[1]);
        check(Numbering::Standard, &[false, true, false], &[1, 2, 2, 4]);
        check(Numbering::Dense, &[false, true, false], &[1, 2, 2, 3]);
        check(Numbering::Standard, &[true, true, false], &[1, 1, 1, 4]);
        check(Numbering::Dense, &[true, true, false], &[1, 1, 1, 2]);
    }

    #[test]
    fn a_tie_break_looks_at_its_own_items() {
        let item = "2.1".parse().unwrap();
        let counts = |tie_break, by| counts_in(tie_break, item, by);
        for by in [ScoredBy::Survey, ScoredBy::Unit, ScoredBy::Appraiser] {
            let is_survey = by == ScoredBy::Survey;
            assert_eq!(counts(TieBreak::Survey, by), is_survey);
            assert_eq!(counts(TieBreak::Appraised, by), !is_survey);
            assert!(!counts(TieBreak::Penalty, by));
            assert!(counts(TieBreak::Area("2".parse().unwrap()), by));
            assert!(!counts(TieBreak::Area("1".parse().unwrap()), by));
        }
    }
}
