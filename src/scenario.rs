//! From a tally and a scenario (kịch bản) to who would move: the same cards,
//! ranked and awarded under other rules. Never the result.

use std::collections::{BTreeMap, BTreeSet};

use crate::award::{Awards, award};
use crate::finding::Findings;
use crate::points::{Index, Percent, Points, Quantity, Ratio};
use crate::rank::{Ranking, Standing, rank};
use crate::round::Round;
use crate::round::criteria::{CriteriaSet, Item, Origin};
use crate::round::register::UnitId;
use crate::round::settings::{BlocId, Scenario, Scoring};
use crate::score::ScoreCard;
use crate::tally::Tally;

/// What a scenario comes to in one bloc.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub bloc: BlocId,
    /// Every unit that is ranked now or would be, in the order it is ranked
    /// now.
    pub moves: Vec<Move>,
}

/// One unit now and in the scenario; `None` where it is not ranked.
#[derive(Clone, Debug)]
pub struct Move {
    pub unit: UnitId,
    pub now: Option<Place>,
    pub then: Option<Place>,
}

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub rank: u32,
    /// As it is shown.
    pub index: Percent,
    /// The place of the band in the bloc's list.
    pub band: usize,
    /// The unit itself, not a person of it.
    pub is_awarded: bool,
}

impl Move {
    /// Whether rank, band or award of the unit itself would be another one.
    pub fn is_felt(&self) -> bool {
        let felt = |place: Option<Place>| place.map(|it| (it.rank, it.band, it.is_awarded));
        felt(self.now) != felt(self.then)
    }

    /// Whether it is awarded now, and then.
    pub fn awarded(&self) -> (bool, bool) {
        let is_awarded = |place: Option<Place>| place.is_some_and(|it| it.is_awarded);
        (is_awarded(self.now), is_awarded(self.then))
    }
}

/// A scenario in which only the plain points count: what does not apply stays
/// in the denominator.
pub fn plain() -> Scenario {
    Scenario {
        id: String::new(),
        title: String::new(),
        without_bonus: false,
        without_penalty: false,
        plain: true,
        survey_share: None,
        compare: None,
        numbering: None,
        tie_breaks: None,
        without: Vec::new(),
    }
}

/// What a scenario comes to, bloc by bloc, in the order of the settings.
pub fn play(round: &Round, tally: &Tally, scenario: &Scenario) -> Vec<Outcome> {
    let mut altered = round.clone();
    let scoring = &mut altered.settings.scoring;
    scoring.compare = scenario.compare.unwrap_or(scoring.compare);
    scoring.numbering = scenario.numbering.unwrap_or(scoring.numbering);
    if let Some(tie_breaks) = &scenario.tie_breaks {
        scoring.tie_breaks.clone_from(tie_breaks);
    }
    let cards = tally.rankings.iter().flat_map(Ranking::cards);
    let cards: BTreeMap<UnitId, ScoreCard> =
        cards.map(|card| (card.unit.clone(), altered_card(card, round, tally, scenario))).collect();
    let rankings = rank(cards, &altered, &tally.intake, tally.survey.as_ref());
    let rules = round.settings.awards.as_ref();
    // A round that is only supposed has nobody to tell.
    let mut unsaid = Findings::default();
    let awards = rules.map(|rules| award(rules, &altered, &rankings, &tally.intake, &mut unsaid));
    let now = Decided::all(&tally.rankings, tally.awards.as_ref());
    let then = Decided::all(&rankings, awards.as_ref());
    now.iter().zip(&then).map(|(now, then)| outcome(round, now, then)).collect()
}

/// A bloc as it was decided.
struct Decided<'a> {
    ranking: &'a Ranking,
    awarded: BTreeSet<&'a UnitId>,
}

impl<'a> Decided<'a> {
    fn all(rankings: &'a [Ranking], awards: Option<&'a Awards>) -> Vec<Decided<'a>> {
        let collectives = awards.map_or(&[][..], |awards| &awards.collectives);
        let awarded: BTreeSet<_> = collectives.iter().map(|award| &award.unit).collect();
        let bloc = |ranking| Decided { ranking, awarded: awarded.clone() };
        rankings.iter().map(bloc).collect()
    }

    fn places(&self, scoring: &Scoring) -> BTreeMap<UnitId, Place> {
        let place = |it: &Standing| Place {
            rank: it.rank,
            // The scenario's indices are shown with the round's own decimals.
            index: scoring.shown(it.index),
            band: it.band,
            is_awarded: self.awarded.contains(&it.card.unit),
        };
        let standings = self.ranking.standings.iter();
        standings.map(|it| (it.card.unit.clone(), place(it))).collect()
    }
}

fn outcome(round: &Round, now: &Decided, then: &Decided) -> Outcome {
    let scoring = &round.settings.scoring;
    let (before, after) = (now.places(scoring), then.places(scoring));
    let unit = |it: &Standing| it.card.unit.clone();
    let mut units: Vec<UnitId> = now.ranking.standings.iter().map(unit).collect();
    let came = then.ranking.standings.iter().map(unit);
    units.extend(came.filter(|it| !before.contains_key(it)));
    let moves = units.into_iter().map(|unit| Move {
        now: before.get(&unit).copied(),
        then: after.get(&unit).copied(),
        unit,
    });
    Outcome { bloc: now.ranking.bloc.clone(), moves: moves.collect() }
}

/// A card as the scenario has it: what ranks it, not what is printed of it.
fn altered_card(card: &ScoreCard, round: &Round, tally: &Tally, scenario: &Scenario) -> ScoreCard {
    let mut card = card.clone();
    card.items = card.items.iter().filter(|(code, _)| scenario.counts(*code)).collect();
    if scenario.without_bonus {
        card.bonus = Points::ZERO;
    }
    if scenario.without_penalty {
        card.penalty = Points::ZERO;
    }
    let set = round.register.unit(&card.unit).map(|unit| round.set(unit));
    let items = set.into_iter().flat_map(CriteriaSet::items);
    let has_survey = tally.survey.is_some();
    let counted = items
        .filter(|item| scenario.counts(item.code) && (has_survey || item.origin != Origin::Survey));
    let (survey, others): (Vec<_>, Vec<_>) =
        counted.partition(|item| item.origin == Origin::Survey);
    let codes: BTreeSet<_> = survey.iter().map(|item| item.code).collect();
    let max = |items: &[&Item]| items.iter().map(|it| it.max).sum();
    let weights = Weights::of(scenario.survey_share, max(&survey), max(&others));

    let mut sums = [[Points::ZERO; 2]; 2];
    for (code, item) in card.items.iter() {
        let Some(points) = item.points else { continue };
        let [earned, possible] = &mut sums[usize::from(codes.contains(&code))];
        *earned += points;
        *possible += item.max;
    }
    let [[appraised, open], [surveyed, asked]] = sums;
    let adjusted = weights.adjustment.times(card.bonus - card.penalty);
    let earned = weights.others.times(appraised) + weights.survey.times(surveyed);
    card.total = earned + adjusted;
    card.possible = weights.others.times(open) + weights.survey.times(asked);
    card.counted = weights.others.times(max(&others)) + weights.survey.times(max(&survey));
    let whole = if scenario.plain { card.counted } else { card.possible };
    card.index = Index::new(card.total, whole);
    // Only tie-breaks look at these; they stay in points of the set.
    card.appraised = weights.shown(weights.others, appraised);
    card.survey = card.survey.map(|_| weights.shown(weights.survey, surveyed));
    card
}

/// Whole multiples that change the shares of a set without a division, so that
/// equal indices stay equal.
struct Weights {
    survey: Quantity,
    others: Quantity,
    /// Of bonus and penalty: what a point of the set is multiplied by.
    adjustment: Quantity,
}

impl Weights {
    /// `share` percent of a set go to the survey, the rest to the other items;
    /// a set that lacks either stays as it is.
    fn of(share: Option<Quantity>, survey: Points, others: Points) -> Weights {
        let one = Quantity::whole(1);
        let is_split = Points::ZERO < survey && Points::ZERO < others;
        let Some(share) = share.filter(|_| is_split) else {
            return Weights { survey: one, others: one, adjustment: one };
        };
        let all = survey + others;
        let rest = (Quantity::whole(100).points() - share.points()).quantity();
        let product = |a: Quantity, b: Points, c: Points| a.times(b).quantity().times(c).quantity();
        Weights {
            survey: product(share, all, others),
            others: product(rest, all, survey),
            adjustment: product(Quantity::whole(100), survey, others),
        }
    }

    fn shown(&self, weight: Quantity, points: Points) -> Points {
        /// Decimals that tell any two sums of points apart.
        const PLACES: u32 = 9;
        let whole = Points::scaled(1, 0);
        let ratio = Ratio::new(weight.times(points).quantity(), self.adjustment);
        ratio.map_or(points, |ratio| whole.share(ratio, PLACES))
    }
}
