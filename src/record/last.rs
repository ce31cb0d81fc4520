//! An earlier `ket-qua.json` → its record, and last round's standings.

use std::collections::BTreeMap;

use serde_json::error::Category;

use crate::points::{Percent, Quantity};
use crate::record::contents::{BlocRecord, Record, VERSION};
use crate::round::register::UnitId;
use crate::tally::{LastRound, LastStanding};

/// Reads what an earlier run wrote. The error is a Vietnamese sentence.
pub fn read(text: &str) -> Result<Record, String> {
    let record: Record = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|why| format!("Không đúng dạng ket-qua.json: {}", told(&why)))?;
    if record.version != VERSION {
        let found = &record.version;
        return Err(format!("Phiên bản {found} của ket-qua.json không đọc được (cần {VERSION})"));
    }
    Ok(record)
}

/// What the parser met, in the reader's language.
fn told(why: &serde_json::Error) -> String {
    let what = match why.classify() {
        Category::Eof => "tệp bị cắt cụt",
        Category::Data => "thiếu khóa, hoặc giá trị không đúng loại,",
        Category::Syntax | Category::Io => "không phải văn bản JSON",
    };
    format!("{what} ở dòng {}, cột {}", why.line(), why.column())
}

/// Last round's standings, of the text of its record.
pub fn last_round(text: &str) -> Result<LastRound, String> {
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

fn standings(bloc: &BlocRecord) -> Result<BTreeMap<UnitId, LastStanding>, String> {
    let mut found = BTreeMap::new();
    for standing in &bloc.standings {
        let Some(index) = &standing.card.index else {
            return Err(format!("Đơn vị {} có hạng mà không có chỉ số", standing.unit));
        };
        let entry = LastStanding { rank: standing.rank, index: percent(index)?, of: None };
        found.insert(UnitId(standing.unit.clone()), entry);
    }
    Ok(found)
}

fn percent(text: &str) -> Result<Percent, String> {
    let number = Quantity::parse(text).map(Quantity::percent);
    number.ok_or_else(|| format!("Chỉ số «{text}» không phải là số thập phân"))
}
