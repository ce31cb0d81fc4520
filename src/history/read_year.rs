//! A year's results as a workbook or a CSV: a `Book` → [`Year`].
//!
//! The table of units has fixed columns; further columns hold points: `1 Cải
//! cách thể chế (10)` or `1.2 (1,5)` is an area or an item with its maximum,
//! `1.2 tự chấm` what the unit claimed for it. A blank cell there means not
//! applicable. `Lĩnh vực 1` above the table, with the name in the next cell,
//! names an area where the file has items only.

use std::collections::BTreeMap;

use crate::book::{Book, Page};
use crate::finding::history as said;
use crate::finding::{Findings, Place, Said, cell};
use crate::history::csv;
use crate::history::year::{AreaNames, Entry, Fate, ItemPoints, Placing, Year};
use crate::points::{Points, Quantity};
use crate::round::criteria::ItemCode;
use crate::round::read_register::{BLOC, ID, NAME};
use crate::round::register::UnitId;
use crate::round::settings::BlocId;
use crate::round::terms::Assent;
use crate::table::sheets::Sheets;
use crate::table::{self, Codes, Column, Line, Table};
use crate::text;

pub const INDEX: &str = "Chỉ số (%)";
pub const BAND: &str = "Xếp loại";
pub const RANK: &str = "Thứ hạng";
pub const REASON: &str = "Lý do không xếp hạng";
/// Bonus less penalty: points that are in no area.
pub const ADJUSTED: &str = "Điểm thưởng, trừ";
/// Above the table, with the year in the next cell.
pub const YEAR: &str = "Năm";
/// Above the table, with the number of rows in the next cell, if it is said.
pub const COUNT: &str = "Số đơn vị";
/// Above the table, before the number of an area, with the area's name in the
/// next cell; between them, the bloc where blocs differ.
pub const AREA: &str = "Lĩnh vực";
/// After an item's code: the column of what the unit claimed.
pub const CLAIMED: &str = "tự chấm";

pub const COLUMNS: &[Column] = &[
    Column::needed(ID),
    Column::needed(NAME),
    Column::needed(BLOC),
    Column::needed(INDEX),
    Column::needed(BAND),
    Column::needed(RANK),
    Column::optional(REASON),
    Column::optional(ADJUSTED),
];

/// Columns beyond the fixed ones are judged here.
const CODES: Codes = Codes { unknown: None, ..table::ROUND };

/// A column of points.
struct Scored {
    code: ItemCode,
    max: Points,
    col: u32,
    claimed: Option<u32>,
}

/// Reads a year; `None` when the table or the year is not there.
///
/// A book that may have been cut off is taken when it says how many units there
/// are, and has them all.
pub fn read(book: &Book, may_be_cut: bool, findings: &mut Findings) -> Option<Year> {
    let mut sheets = Sheets::of(book);
    let page = sheets.first(COLUMNS);
    sheets.close(findings);
    let Some(page) = page else {
        findings.say(Place::file(&book.file), said::WithoutPage {});
        return None;
    };
    let table = Table::find(book, page, COLUMNS, CODES, findings)?;
    let year = stated(page, YEAR, table.head()).and_then(|year| i16::try_from(year).ok());
    let Some(year) = year else {
        findings.say(book.place(page), said::YearUnstated { label: YEAR });
        return None;
    };
    let mut areas = named(page, table.head());
    let scored = scored(&table, &mut areas, findings);
    let kept = (!csv::is_machine_made(book)).then(Vec::new);
    let mut found = Year { year, file: book.file.clone(), areas, kept, ..Year::default() };
    for line in table.lines() {
        let Some(entry) = entry(&line, findings) else { continue };
        let items = items(&line, &scored, findings);
        found.push(entry, items);
    }
    let rows = table.lines().count();
    let count = stated(page, COUNT, table.head());
    if let Some(stated) = count.filter(|count| usize::try_from(*count) != Ok(rows)) {
        findings.say(book.place(page), said::RowsMissing { stated, rows });
    } else if may_be_cut && count.is_none() {
        findings.say(Place::file(&book.file), said::LineEndMissing {});
    }
    Some(found)
}

/// Each cell above the table, and what stands right of it.
fn above(page: &Page, head: u32) -> impl Iterator<Item = (String, String)> {
    let rows = page.rows().take_while(move |row| *row < head);
    rows.flat_map(move |row| {
        let right = move |col| page.get(row, col + 1).map(table::shown).unwrap_or_default();
        page.row(row).map(move |(col, cell)| (table::shown(cell), right(col)))
    })
}

/// The whole number in the cell right of a label above the table.
fn stated(page: &Page, label: &str, head: u32) -> Option<i64> {
    let (_, value) = above(page, head).find(|it| text::key(&it.0) == text::key(label))?;
    text::number(&value).ok()?.to_whole()
}

/// The names of areas above the table.
fn named(page: &Page, head: u32) -> AreaNames {
    let mut names = AreaNames::default();
    for (label, name) in above(page, head).filter(|it| !it.1.is_empty()) {
        let Some(rest) = label.strip_prefix(AREA) else { continue };
        let (bloc, code) = rest.trim().rsplit_once(' ').unwrap_or(("", rest.trim()));
        let Some(code) = code.parse().ok().filter(|it: &ItemCode| it.level() == 1) else {
            continue;
        };
        let own = match bloc {
            "" => names.of_all.entry(code).or_default(),
            _ => names.of_bloc.entry((BlocId(bloc.to_owned()), code)).or_default(),
        };
        own.insert(name);
    }
    names
}

/// The columns of points; any other labelled column is said. Heads of areas may
/// name them.
fn scored(table: &Table, areas: &mut AreaNames, findings: &mut Findings) -> Vec<Scored> {
    let mut columns: Vec<Scored> = Vec::new();
    let mut claims: BTreeMap<ItemCode, u32> = BTreeMap::new();
    for (col, label) in table.others() {
        let mut say = |said: Said| findings.say(table.head_place(col), said);
        let claim = label.strip_suffix(CLAIMED).and_then(|code| code.trim().parse().ok());
        if let Some(code) = claim {
            claims.insert(code, col);
        } else if let Some((code, name, max)) = labelled(&label) {
            if code.level() == 1 && !name.is_empty() {
                areas.of_all.entry(code).or_default().insert(name);
            }
            // Sets of two blocs may give one code two maxima.
            if columns.iter().any(|it| it.code == code && it.max == max) {
                say(cell::ColumnTwice { label: &label }.into());
            }
            columns.push(Scored { code, max, col, claimed: None });
        } else {
            let near = text::nearest(&label, COLUMNS.iter().map(|it| it.label));
            say(cell::ColumnUnknown { label: &label, near }.into());
        }
    }
    for column in &mut columns {
        column.claimed = claims.get(&column.code).copied();
    }
    claims.retain(|code, _| columns.iter().all(|column| column.code != *code));
    for (code, col) in claims {
        let said = said::ClaimWithoutPoints { item: code, label: CLAIMED };
        findings.say(table.head_place(col), said);
    }
    columns
}

/// `1.2 (1,5)`, `1 Cải cách thể chế (10)`: a code, its name if there is one, and
/// its maximum.
fn labelled(label: &str) -> Option<(ItemCode, String, Points)> {
    let (named, max) = label.strip_suffix(')')?.rsplit_once('(')?;
    let max = text::number(max).ok().filter(|max| !max.is_negative())?;
    let (code, name) = named.trim().split_once(' ').unwrap_or((named.trim(), ""));
    let code = code.trim_end_matches(['.', ':', '-']).parse().ok()?;
    Some((code, text::clean(name.trim_start_matches(['–', '-', '.', ':', ' '])), max.points()))
}

fn entry(line: &Line, findings: &mut Findings) -> Option<Entry> {
    let found = line.code(ID, findings);
    let unit = found.as_deref().and_then(UnitId::parse);
    if unit.is_none() {
        let found = found.unwrap_or_default();
        findings.say(line.place(ID), said::IdMalformed { found });
    }
    let unit = unit?;
    let name = line.text(NAME, findings);
    let bloc = BlocId(line.text(BLOC, findings));
    let reason = line.text(REASON, findings);
    let result = [INDEX, BAND, RANK];
    let blank = result.iter().filter(|label| line.is_blank(label)).count();
    let fate = if blank == result.len() && !reason.is_empty() {
        Fate::Unranked(reason)
    } else {
        if !reason.is_empty() {
            let said = said::ReasonWithResult { label: REASON, found: &reason };
            line.refuse(REASON, said, findings);
        } else if blank == result.len() {
            let said = Said::from(said::NeitherResultNorReason {});
            findings.say(line.place(REASON), said.of_unit(&unit));
            return None;
        }
        let index = line.needed_number(INDEX, findings);
        if let Some(index) = index.filter(|it| Quantity::ZERO < *it && *it <= Quantity::whole(1)) {
            let said = Said::from(said::PartOfOne { index });
            let key = Assent::key(&unit, "chi-so");
            findings.say(line.place(INDEX), said.of_unit(&unit).unless(key));
        }
        let band = line.needed_text(BAND, findings);
        let rank = line.needed_number(RANK, findings).and_then(|rank| {
            let whole = rank.to_whole().and_then(|it| u32::try_from(it).ok()).filter(|it| 0 < *it);
            if whole.is_none() {
                line.refuse(RANK, said::NotARank { label: RANK, found: &rank }, findings);
            }
            whole
        });
        Fate::Ranked(Placing { rank: rank?, index: index?.percent(), band: band? })
    };
    let place = line.place(ID);
    let adjusted = line.number(ADJUSTED, findings).map(Quantity::points).unwrap_or_default();
    Some(Entry { unit, name, bloc, fate, areas: BTreeMap::new(), adjusted, place })
}

/// The items of one unit, in the order of their columns; of several columns for
/// one code, the one that is filled in.
fn items(line: &Line, scored: &[Scored], findings: &mut Findings) -> Vec<ItemPoints> {
    let mut items: Vec<ItemPoints> = Vec::new();
    for column in scored {
        let item = item(line, column, findings);
        let Some(points) = item.points else { continue };
        if items.iter().any(|it| it.code == item.code) {
            findings.say(line.place(ID), said::ItemTwice { item: item.code, points });
        }
        items.push(item);
    }
    // An item in the set of one bloc may be a group in that of another.
    let is_parent = |it: &&ItemPoints| items.iter().any(|at| at.code.parent() == Some(it.code));
    if let Some(parent) = items.iter().find(is_parent) {
        findings.say(line.place(ID), said::ParentAndChildren { item: parent.code });
    }
    items
}

fn item(line: &Line, column: &Scored, findings: &mut Findings) -> ItemPoints {
    let mut read = |col: u32| {
        let points = line.number_at(col, findings)?.points();
        if points < Points::ZERO || column.max < points {
            let said = said::PointsOutside { points, item: column.code, max: column.max };
            findings.say(line.place(ID), said);
        }
        Some(points)
    };
    let points = read(column.col);
    let claimed = points.and(column.claimed).and_then(&mut read);
    if let Some((points, claimed)) = points.zip(claimed)
        && Points::ZERO < claimed
        && Quantity::whole(10).times(claimed) < points
    {
        let (unit, item) = (line.shown(ID), column.code);
        let key = Assent::key(&unit, item);
        let said = Said::from(said::ClaimFarBelow { unit, item, claimed, points });
        findings.say(line.place(ID), said.unless(key));
    }
    ItemPoints { code: column.code, max: column.max, points, claimed }
}
