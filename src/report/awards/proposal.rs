//! What the sheets of the awards workbook are told from.

use crate::award::{Award, Awards};
use crate::rank::Standing;
use crate::report::Limits;
use crate::round::Round;
use crate::round::register::UnitId;
use crate::round::settings::{AwardRule, AwardRules, Bloc, Recipients};
use crate::sheet::Sheet;
use crate::tally::Tally;
use crate::words;

/// Who is proposed under the rules of a round.
pub(super) struct Proposal<'a> {
    pub(super) round: &'a Round,
    pub(super) tally: &'a Tally,
    pub(super) rules: &'a AwardRules,
    /// The verification code.
    pub(super) seal: &'a str,
    pub(super) limits: Limits,
    pub(super) awards: &'a Awards,
}

impl<'a> Proposal<'a> {
    pub(super) fn sheet(&self, name: &str, widths: &[f64]) -> Sheet {
        let status = words::status(self.tally);
        Sheet {
            widths: widths.to_vec(),
            footer: format!("{} – {status}", self.round.settings.title),
            seal: self.seal.to_owned(),
            is_highlighted: !self.tally.lacks.is_empty(),
            ..Sheet::named(name)
        }
    }

    pub(super) fn rule(&self, recipients: Recipients, at: usize) -> &'a AwardRule {
        &self.rules.rules(recipients)[at]
    }

    pub(super) fn name(&self, unit: &'a UnitId) -> &'a str {
        self.round.register.name(unit)
    }

    /// The bloc a unit is ranked in.
    pub(super) fn bloc(&self, unit: &UnitId) -> Option<&'a Bloc> {
        self.round.register.unit(unit).map(|unit| self.round.bloc(unit))
    }

    pub(super) fn standing(&self, unit: &UnitId) -> Option<&'a Standing> {
        let mut standings = self.tally.rankings.iter().flat_map(|ranking| &ranking.standings);
        standings.find(|standing| standing.card.unit == *unit)
    }

    /// The band of a ranked unit, by name.
    pub(super) fn band(&self, unit: &UnitId) -> Option<&'a str> {
        let (bloc, standing) = (self.bloc(unit)?, self.standing(unit)?);
        bloc.bands.get(standing.band).map(|band| band.name.as_str())
    }

    /// What a unit achieved, in one sentence without a full stop.
    pub(super) fn achievement(&self, award: &Award) -> String {
        let bloc = self.bloc(&award.unit).map_or("khối", |bloc| &bloc.name);
        let band =
            self.band(&award.unit).map_or(String::new(), |band| format!(", xếp loại {band}"));
        let index = award.index.fixed(self.round.settings.scoring.index_places);
        let (rank, bloc) = (award.rank, lowered(bloc));
        format!("Xếp thứ {rank} {bloc}; chỉ số CCHC đạt {index} %{band}")
    }
}

/// The same words inside a sentence: `Khối phòng` becomes `khối phòng`.
pub(super) fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next();
    let is_word = letters.clone().next().is_some_and(char::is_lowercase);
    match first {
        Some(first) if is_word => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}
