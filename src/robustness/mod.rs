//! From a tally to how firm its ranks are (độ vững): a Monte Carlo simulation
//! of the uncertainties that the round declares, and what each area and item
//! decides.
//!
//! The methods are those of the OECD/JRC *Handbook on Constructing Composite
//! Indicators* (2008), step 7, uncertainty analysis; the reference
//! implementation is COINr (W. Becker et al., *COINr: An R package for
//! developing composite indicators*, JOSS 7(78), 2022). Statistics are floats;
//! no rank, band or award of the result depends on them.
//!
//! A [`Study`] only offers stretches of draws; who makes them, with how many
//! threads, changes nothing.

mod awards;
mod draw;
mod drops;
mod model;
mod order;
mod random;

use std::ops::Range;

use crate::margin::{Against, Decision, Firm, Margins};
use crate::points::{Percent, Quantity, Ratio};
use crate::rank::Ranking;
use crate::robustness::awards::Prizes;
use crate::robustness::draw::{Question, UnitCounts};
use crate::robustness::model::{Edge, Model};
use crate::round::Round;
use crate::round::firmness::{Draws, Firmness};
use crate::round::register::UnitId;
use crate::round::settings::{Bloc, BlocId};
use crate::scenario::Outcome;
use crate::tally::Tally;

pub use draw::Counts;
pub use drops::Drop;

/// Decimals of a share of draws in percent.
pub const SHARE_PLACES: u32 = 1;

/// Draws in one stretch: about a tenth of a second of the largest round.
const STRETCH: u32 = 100;

/// The ends of a rank interval, in percent of the draws.
const LOW: u64 = 5;
const HIGH: u64 = 95;

/// A round made ready for drawing.
#[derive(Debug)]
pub struct Study<'a> {
    round: &'a Round,
    draws: Option<&'a Draws>,
    blocs: Vec<BlocId>,
    models: Vec<Model>,
    /// The ids, ranks and bands of the models' units.
    units: Vec<Vec<UnitId>>,
    ranks: Vec<Vec<u32>>,
    bands: Vec<Vec<usize>>,
    prizes: Option<Prizes<'a>>,
    questions: Vec<Question>,
}

/// Everything that was asked about how firm a result is.
#[derive(Clone, Debug)]
pub struct Examined {
    pub margins: Margins,
    pub robustness: Robustness,
    /// Everybody's place if what does not apply stayed in the denominator.
    pub plain: Vec<Outcome>,
}

/// How firm a round's ranks are.
#[derive(Clone, Debug)]
pub struct Robustness {
    /// How many draws were made; 0 when the round declares no uncertainty.
    pub draws: u32,
    /// In the order of the settings.
    pub blocs: Vec<BlocRobustness>,
    /// The share of draws in which each decision of the margins stayed, in
    /// percent; empty without draws.
    pub stays: Vec<Percent>,
}

#[derive(Clone, Debug)]
pub struct BlocRobustness {
    pub bloc: BlocId,
    /// Best first; empty without draws.
    pub units: Vec<UnitRobustness>,
    /// Areas and items in code order, each left out alone.
    pub drops: Vec<Drop>,
}

/// What the draws made of one ranked unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRobustness {
    pub unit: UnitId,
    /// As published.
    pub rank: u32,
    /// The rank that 5 %, 50 % and 95 % of the draws do not exceed.
    pub low: u32,
    pub median: u32,
    pub high: u32,
    /// Shares of the draws, in percent: it leads, it is awarded (as a
    /// collective; `None` without award rules), it is in the band it has.
    pub first: Percent,
    pub awarded: Option<Percent>,
    pub in_band: Percent,
}

impl<'a> Study<'a> {
    /// Prepares the draws and the questions that the margins ask of them.
    pub fn of(
        round: &'a Round,
        tally: &Tally,
        firmness: &'a Firmness,
        margins: &Margins,
    ) -> Study<'a> {
        let draws = firmness.draws.as_ref();
        let blocs: Vec<(&Bloc, &Ranking)> = tally
            .rankings
            .iter()
            .filter_map(|ranking| {
                let bloc = round.settings.blocs.iter().find(|bloc| bloc.id == ranking.bloc)?;
                Some((bloc, ranking))
            })
            .collect();
        let ids = |(_, ranking): &(&Bloc, &Ranking)| -> Vec<UnitId> {
            ranking.standings.iter().map(|it| it.card.unit.clone()).collect()
        };
        let ranks = |(_, ranking): &(&Bloc, &Ranking)| -> Vec<u32> {
            ranking.standings.iter().map(|it| it.rank).collect()
        };
        let bands = |(_, ranking): &(&Bloc, &Ranking)| -> Vec<usize> {
            ranking.standings.iter().map(|it| it.band).collect()
        };
        let model =
            |(bloc, ranking): &(&Bloc, &Ranking)| Model::of(round, tally, bloc, ranking, draws);
        let mut study = Study {
            round,
            draws,
            blocs: blocs.iter().map(|(bloc, _)| bloc.id.clone()).collect(),
            models: blocs.iter().map(model).collect(),
            units: blocs.iter().map(ids).collect(),
            ranks: blocs.iter().map(ranks).collect(),
            bands: blocs.iter().map(bands).collect(),
            prizes: round.settings.awards.as_ref().map(|it| Prizes::of(it, round, tally)),
            questions: Vec::new(),
        };
        if draws.is_some() {
            let question = |it| study.question(it);
            study.questions = margins.decisions.iter().map(question).collect();
        }
        study
    }

    fn question(&self, decision: &Decision) -> Question {
        let bloc = self.blocs.iter().position(|bloc| *bloc == decision.bloc);
        let bloc = bloc.expect("margins are of the round's own blocs");
        let place = |unit: &UnitId| {
            let place = self.units[bloc].iter().position(|it| it == unit);
            place.expect("margins are of ranked units")
        };
        let unit = place(&decision.unit);
        match &decision.against {
            Against::Unit(other) => {
                let other = place(other);
                let rank = |at: usize| self.ranks[bloc][at];
                Question::Ahead { bloc, unit, other, is_tied: rank(unit) == rank(other) }
            }
            Against::Edge { at, is_reached } => {
                Question::Reaches { bloc, unit, edge: Edge::of(*at), is_reached: *is_reached }
            }
        }
    }

    /// Every draw, in stretches to be made in any order, by anybody.
    pub fn stretches(&self) -> Vec<Range<u32>> {
        let all = self.draws.map_or(0, |draws| draws.count);
        let starts = (0..all).step_by(STRETCH as usize);
        starts.map(|from| from..(from + STRETCH).min(all)).collect()
    }

    /// What all draws came to, and the analysis that needs none.
    pub fn finish(&self, counts: Option<Counts>) -> Robustness {
        let counts = counts.unwrap_or_else(|| self.nothing());
        let draws = counts.draws;
        let blocs = self.drops().into_iter().enumerate().map(|(at, drops)| BlocRobustness {
            bloc: self.blocs[at].clone(),
            units: if draws == 0 { Vec::new() } else { self.units(at, &counts) },
            drops,
        });
        let stays = counts.stays.iter().map(|stays| share(*stays, draws));
        Robustness { draws, blocs: blocs.collect(), stays: stays.collect() }
    }

    fn units(&self, at: usize, counts: &Counts) -> Vec<UnitRobustness> {
        let unit = |(number, it): (usize, &UnitCounts)| UnitRobustness {
            unit: self.units[at][number].clone(),
            rank: self.ranks[at][number],
            low: it.ranks.quantile(LOW),
            median: it.ranks.quantile(50),
            high: it.ranks.quantile(HIGH),
            first: share(it.first, counts.draws),
            awarded: self.prizes.as_ref().map(|_| share(it.awarded, counts.draws)),
            in_band: share(it.in_band, counts.draws),
        };
        counts.units[at].iter().enumerate().map(unit).collect()
    }
}

impl Robustness {
    /// How firm a decision is, by its place among the margins: by its gap, and
    /// by the draws where they know less.
    pub fn firm(&self, firmness: &Firmness, at: usize, decision: &Decision) -> Firm {
        let stays = self.stays.get(at).zip(firmness.draws.as_ref());
        let by_draws = stays.map(|(stays, draws)| Firm::of(*stays, draws.stays));
        decision.firm.min(by_draws.unwrap_or(Firm::Certain))
    }
}

fn share(part: u32, whole: u32) -> Percent {
    let count = |n: u32| Quantity::whole(i64::from(n));
    let ratio = Ratio::new(count(part), count(whole));
    ratio.map(|ratio| ratio.percent(SHARE_PLACES)).unwrap_or_default()
}
