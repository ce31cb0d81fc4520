//! An earlier `ket-qua.json` → its record, and last round's standings.

use serde_json::error::Category;

use crate::finding::history as said;
use crate::finding::{Findings, Place, Said, round};
use crate::points::{Percent, Quantity};
use crate::record::contents::{Record, StandingRecord, VERSION};
use crate::round::Round;
use crate::round::register::UnitId;
use crate::tally::{LastRound, LastStanding};

/// Reads what an earlier run wrote, or says why it cannot be read.
pub fn read(text: &str) -> Result<Record, Said> {
    let record: Record =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|why| malformed(&why))?;
    if record.version != VERSION {
        return Err(said::RecordVersion { found: record.version, wanted: VERSION }.into());
    }
    Ok(record)
}

/// What the parser met, in the reader's language.
fn malformed(why: &serde_json::Error) -> Said {
    let what = match why.classify() {
        Category::Eof => "tệp bị cắt cụt",
        Category::Data => "thiếu khóa, hoặc giá trị không đúng loại,",
        Category::Syntax | Category::Io => "không phải văn bản JSON",
    };
    said::RecordMalformed { what, line: why.line(), column: why.column() }.into()
}

/// Last round's standings, of the record in `file`: of units that are still who
/// they were. A record that is of no year before the round's says nothing.
pub fn last_round(
    file: &str,
    text: &str,
    of: &Round,
    findings: &mut Findings,
) -> Result<LastRound, Said> {
    let record = read(text)?;
    let seal = record.own_seal();
    // A code of another length is of another program, which sealed otherwise.
    let is_touched = |it: &&String| it.len() == seal.len() && **it != seal;
    if let Some(found) = record.seal.as_ref().filter(is_touched) {
        findings.say(Place::file(file), round::RecordTouched { own: &seal, found });
    }
    let mut last = LastRound { year: record.round.year, ..LastRound::default() };
    let (found, year) = (i64::from(last.year), i64::from(of.settings.year));
    if year <= found {
        findings.say(Place::file(file), round::SameYear { found, year });
        return Ok(last);
    }
    if found + 1 < year {
        findings.say(Place::file(file), round::LastFar { found, year });
    }
    for bloc in &record.blocs {
        if let Some(mean) = &bloc.mean {
            last.means.insert(bloc.id.clone(), percent(mean)?);
        }
        for standing in &bloc.standings {
            let own = own(standing, bloc.standings.len())?;
            match misfit(standing, last.year, of) {
                Some(said) => findings.say(Place::file(file), said),
                None => drop(last.standings.insert(UnitId(standing.unit.clone()), own)),
            }
        }
    }
    Ok(last)
}

/// Why a standing is not of the unit that has its id now, if it is not.
fn misfit<I>(standing: &StandingRecord<I>, year: i16, of: &Round) -> Option<Said> {
    let id = UnitId(standing.unit.clone());
    let unit = of.register.of_all_times().find(|it| it.id == id)?;
    if let Some(since) = unit.since.filter(|since| year < since.year()) {
        return Some(round::NotYet { unit: &id, since }.into());
    }
    let said = round::OtherName { unit: &id, found: &standing.name, name: &unit.name };
    (!unit.is_named(&standing.name)).then(|| said.into())
}

fn own<I>(standing: &StandingRecord<I>, among: usize) -> Result<LastStanding, Said> {
    let index = standing.card.index.as_ref();
    let index = index.ok_or(said::RankedWithoutIndex { unit: &standing.unit })?;
    Ok(LastStanding { rank: standing.rank, among, index: percent(index)?, of: None })
}

fn percent(text: &str) -> Result<Percent, Said> {
    Ok(number(text)?.percent())
}

/// A decimal as records write it.
pub(super) fn number(text: &str) -> Result<Quantity, Said> {
    Quantity::parse(text).ok_or_else(|| said::NotADecimal { found: text }.into())
}
