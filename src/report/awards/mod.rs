//! The awards workbook (Khen thưởng): what the rules of the round came to → the
//! two lists a decision is issued with, what each place rests on, and who was
//! not considered and why.

mod basis;
mod declined;
mod list;

use crate::award::Award;
use crate::award::Awards;
use crate::points::Percent;
use crate::rank::Standing;
use crate::report::Edition;
use crate::report::sheet::Sheet;
use crate::report::sheet::Workbook;
use crate::round::Round;
use crate::round::register::UnitId;
use crate::round::settings::AwardRule;
use crate::round::settings::AwardRules;
use crate::round::settings::Bloc;
use crate::round::settings::Recipients;
use crate::tally::Tally;
use crate::words;

/// The awards workbook; `None` when the round has no award rules.
pub fn workbook(round: &Round, tally: &Tally, edition: &Edition) -> Option<Workbook> {
    let rules = round.settings.awards.as_ref()?;
    let seal = edition.seal;
    let teller = Teller { round, tally, rules, seal, awards: tally.awards.as_ref()? };
    let scoring = &round.settings.scoring;
    Some(Workbook {
        title: format!("Khen thưởng {}", round.settings.title),
        dated: rules.decided,
        places: scoring.places,
        index_places: scoring.index_places,
        sheets: vec![
            list::collectives(&teller),
            list::individuals(&teller),
            basis::sheet(&teller),
            declined::sheet(&teller),
        ],
        properties: Vec::new(),
    })
}

/// What every sheet is told from.
struct Teller<'a> {
    round: &'a Round,
    tally: &'a Tally,
    rules: &'a AwardRules,
    /// The verification code.
    seal: &'a str,
    awards: &'a Awards,
}

impl<'a> Teller<'a> {
    fn sheet(&self, name: &str, widths: &[f64]) -> Sheet {
        let status = words::status(&self.tally.lacks);
        Sheet {
            widths: widths.to_vec(),
            footer: format!("{} – {status}", self.round.settings.title),
            seal: self.seal.to_owned(),
            is_highlighted: !self.tally.lacks.is_empty(),
            ..Sheet::named(name)
        }
    }

    fn rule(&self, recipients: Recipients, at: usize) -> &'a AwardRule {
        &self.rules.rules(recipients)[at]
    }

    fn name(&self, unit: &'a UnitId) -> &'a str {
        self.round.register.unit(unit).map_or(&unit.0, |it| &it.name)
    }

    /// The bloc a unit is ranked in.
    fn bloc(&self, unit: &UnitId) -> Option<&'a Bloc> {
        self.round.register.unit(unit).map(|unit| self.round.bloc(unit))
    }

    fn standing(&self, unit: &UnitId) -> Option<&'a Standing> {
        let mut standings = self.tally.rankings.iter().flat_map(|ranking| &ranking.standings);
        standings.find(|standing| standing.card.unit == *unit)
    }

    /// The band of a ranked unit, by name.
    fn band(&self, unit: &UnitId) -> Option<&'a str> {
        let (bloc, standing) = (self.bloc(unit)?, self.standing(unit)?);
        bloc.bands.get(standing.band).map(|band| band.name.as_str())
    }

    fn percent(&self, percent: Percent) -> String {
        percent.fixed(self.round.settings.scoring.index_places)
    }

    /// What a unit achieved, in one sentence without a full stop.
    fn achievement(&self, award: &Award) -> String {
        let bloc = self.bloc(&award.unit).map_or("khối", |bloc| &bloc.name);
        let band =
            self.band(&award.unit).map_or(String::new(), |band| format!(", xếp loại {band}"));
        let index = self.percent(award.index);
        let (rank, bloc) = (award.rank, lowered(bloc));
        format!("Xếp thứ {rank} {bloc}; chỉ số CCHC đạt {index} %{band}")
    }
}

/// The same words inside a sentence: `Khối phòng` becomes `khối phòng`.
fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next();
    let is_word = letters.clone().next().is_some_and(char::is_lowercase);
    match first {
        Some(first) if is_word => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}
