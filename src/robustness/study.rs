//! From a tally and its margins to what is drawn and what is asked of each draw.

use std::ops::Range;

use crate::margin::{Against, Decision, Margins};
use crate::rank::Ranking;
use crate::robustness::awards::Prizes;
use crate::robustness::counts::{Counts, UnitCounts};
use crate::robustness::model::{Edge, Model};
use crate::round::Round;
use crate::round::firmness::{Draws, Firmness};
use crate::round::register::UnitId;
use crate::round::settings::{Bloc, BlocId};
use crate::tally::Tally;

/// Draws in one stretch, a few times as many as are made at once.
const STRETCH: u32 = 80;

/// A round made ready for drawing.
#[derive(Debug)]
pub struct Study<'a> {
    pub(super) round: &'a Round,
    pub(super) draws: Option<&'a Draws>,
    pub(super) blocs: Vec<BlocId>,
    pub(super) models: Vec<Model>,
    /// The ids, ranks and bands of the models' units.
    pub(super) units: Vec<Vec<UnitId>>,
    pub(super) ranks: Vec<Vec<u32>>,
    pub(super) bands: Vec<Vec<usize>>,
    pub(super) prizes: Option<Prizes<'a>>,
    pub(super) questions: Vec<Question>,
}

/// What a decision asks of a draw.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Whether a unit of a bloc is still ahead of another, or equal as it is.
    Ahead { bloc: usize, unit: usize, other: usize, is_tied: bool },
    /// Whether a unit still reaches, or misses, an index.
    Reaches { bloc: usize, unit: usize, edge: Edge, is_reached: bool },
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

    /// No draws yet.
    pub fn nothing(&self) -> Counts {
        let units = |model: &Model| vec![UnitCounts::default(); model.units.len()];
        Counts {
            draws: 0,
            units: self.models.iter().map(units).collect(),
            stays: vec![0; self.questions.len()],
        }
    }
}
