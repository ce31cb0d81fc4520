//! An earlier `ket-qua.json` → what a summary of several years takes of it.

use crate::finding::history as said;
use crate::finding::{Findings, Place, Said};
use crate::history::year::{Entry, Fate, ItemPoints, Placing, Year};
use crate::points::{Points, Quantity};
use crate::rank::Reason;
use crate::record::contents::{BlocRecord, CardRecord, ItemRecord, UnrankedRecord};
use crate::record::last::{number, read};
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;
use crate::round::settings::BlocId;
use crate::text;

/// Reads what an earlier run wrote into `file`.
pub fn past_year(file: &str, text: &str, findings: &mut Findings) -> Option<Year> {
    let refused = |said| findings.say(Place::file(file), said);
    year(file, text).map_err(refused).ok()
}

fn year(file: &str, text: &str) -> Result<Year, Said> {
    let record = read(text)?;
    let kept = Some(Vec::new());
    let mut year = Year { year: record.round.year, file: file.to_owned(), kept, ..Year::default() };
    for bloc in &record.blocs {
        push(&mut year, bloc)?;
    }
    for area in &record.areas {
        let place = (BlocId(area.bloc.clone()), code(&area.code)?);
        year.areas.of_bloc.entry(place).or_default().insert(text::clean(&area.name));
    }
    Ok(year)
}

fn push(year: &mut Year, bloc: &BlocRecord) -> Result<(), Said> {
    let place = Place::file(&year.file);
    let entry = |unit: &str, name: &str, fate, adjusted| Entry {
        unit: UnitId(unit.to_owned()),
        name: name.to_owned(),
        bloc: BlocId(bloc.id.clone()),
        fate,
        areas: std::collections::BTreeMap::new(),
        adjusted,
        place: place.clone(),
    };
    for it in &bloc.standings {
        let Some(index) = &it.card.index else {
            return Err(said::RankedWithoutIndex { unit: &it.unit }.into());
        };
        let index = number(index)?.percent();
        let placing = Placing { rank: it.rank, index, band: it.band.clone() };
        let items = items(&it.card)?;
        let adjusted = adjusted(&it.card)?;
        year.push(entry(&it.unit, &it.name, Fate::Ranked(placing), adjusted), items);
    }
    // Units of other times have no place in the year.
    let is_outside =
        |it: &&UnrankedRecord| matches!(it.reason.bare(), Some(Reason::Ended | Reason::NotYet));
    for it in bloc.unranked.iter().filter(|it| !is_outside(it)) {
        let items = it.card.as_ref().map(items).transpose()?;
        let fate = Fate::Unranked(it.told.clone());
        let adjusted = it.card.as_ref().map(adjusted).transpose()?.unwrap_or_default();
        year.push(entry(&it.unit, &it.name, fate, adjusted), items.into_iter().flatten());
    }
    Ok(())
}

/// Bonus less penalty.
fn adjusted(card: &CardRecord) -> Result<Points, Said> {
    Ok(number(&card.bonus)?.points() - number(&card.penalty)?.points())
}

fn items(card: &CardRecord) -> Result<Vec<ItemPoints>, Said> {
    card.items.iter().map(item).collect()
}

fn item(item: &ItemRecord) -> Result<ItemPoints, Said> {
    let read = |text: &Option<String>| -> Result<Option<Points>, Said> {
        text.as_deref().map(number).transpose().map(|it| it.map(Quantity::points))
    };
    let code = code(&item.code)?;
    let points = read(&item.points)?;
    // The survey's points are nobody's claim; they stand on both sides.
    let claimed = match item.satisfaction {
        Some(_) => points,
        None => read(&item.self_score)?,
    };
    Ok(ItemPoints { code, max: number(&item.max)?.points(), points, claimed })
}

fn code(found: &str) -> Result<ItemCode, Said> {
    found.parse().map_err(|_| said::CodeMalformed { found }.into())
}
