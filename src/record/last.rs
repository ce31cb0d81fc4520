//! An earlier `ket-qua.json` → its record, and last round's standings.

use std::collections::BTreeMap;

use serde_json::error::Category;

use crate::finding::Said;
use crate::finding::history as said;
use crate::points::{Percent, Quantity};
use crate::record::contents::{BlocRecord, Record, VERSION};
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

/// Last round's standings, of the text of its record.
pub fn last_round(text: &str) -> Result<LastRound, Said> {
    let record = read(text)?;
    let mut last = LastRound { year: record.round.year, ..LastRound::default() };
    for bloc in &record.blocs {
        if let Some(mean) = &bloc.mean {
            last.means.insert(bloc.id.clone(), percent(mean)?);
        }
        last.standings.append(&mut standings(bloc)?);
    }
    Ok(last)
}

fn standings(bloc: &BlocRecord) -> Result<BTreeMap<UnitId, LastStanding>, Said> {
    let mut found = BTreeMap::new();
    for standing in &bloc.standings {
        let Some(index) = &standing.card.index else {
            return Err(said::RankedWithoutIndex { unit: &standing.unit }.into());
        };
        let entry = LastStanding { rank: standing.rank, index: percent(index)?, of: None };
        found.insert(UnitId(standing.unit.clone()), entry);
    }
    Ok(found)
}

fn percent(text: &str) -> Result<Percent, Said> {
    Ok(number(text)?.percent())
}

/// A decimal as records write it.
pub(super) fn number(text: &str) -> Result<Quantity, Said> {
    Quantity::parse(text).ok_or_else(|| said::NotADecimal { found: text }.into())
}
