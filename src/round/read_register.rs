//! The register workbook → units and exclusions from awards.

use std::collections::BTreeMap;

use crate::book::{Book, Page};
use crate::day::Day;
use crate::finding::{Code, Finding, Findings, Place, cell};
use crate::round::criteria::SetId;
use crate::round::register::{Exclusion, Namesakes, Register, Unit, UnitId};
use crate::round::settings::{Bloc, BlocId};
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table, did_you_mean};
use crate::text;
use crate::text::UnitKey;

/// The sheet of units; without one of this name, the first sheet is it.
pub const UNITS: &str = "Đơn vị";
/// The sheet of exclusions, if there are any.
pub const EXCLUSIONS: &str = "Không xét khen";

pub const ID: &str = "Mã đơn vị";
pub const NAME: &str = "Tên đơn vị";
pub const OTHER_NAMES: &str = "Tên khác";
pub const BLOC: &str = "Khối";
pub const SET: &str = "Bộ chỉ số";
pub const HEAD: &str = "Người đứng đầu";
pub const POST: &str = "Chức vụ";
pub const SINCE: &str = "Từ ngày";
pub const UNTIL: &str = "Đến ngày";
pub const PREDECESSORS: &str = "Đơn vị tiền thân";
pub const EXEMPT: &str = "Miễn đánh giá";

/// The sheet of persons of one name, if there are any.
pub const NAMESAKES: &str = "Trùng tên";
pub const UNITS_OF: &str = "Các đơn vị";
pub const RULING: &str = "Là";

/// What the secretariat found out about persons of one name.
const RULINGS: &[(&str, bool)] = &[("cùng người", true), ("người khác", false)];

pub const PERSON: &str = "Họ và tên";
pub const REASON: &str = "Lý do";
pub const SOURCE: &str = "Căn cứ";

/// The columns of the register, in the order of our own workbooks.
pub const COLUMNS: &[Column] = &[
    Column::needed(ID),
    Column::needed(NAME),
    Column::optional(OTHER_NAMES),
    Column::needed(BLOC),
    Column::optional(SET),
    Column::optional(HEAD),
    Column::optional(POST),
    Column::optional(SINCE),
    Column::optional(UNTIL),
    Column::optional(PREDECESSORS),
    Column::optional(EXEMPT),
];

/// The columns of the exclusions.
pub const EXCLUSION_COLUMNS: &[Column] =
    &[Column::needed(ID), Column::needed(PERSON), Column::needed(REASON), Column::optional(SOURCE)];

/// The columns of the persons of one name.
pub const NAMESAKE_COLUMNS: &[Column] =
    &[Column::needed(PERSON), Column::needed(UNITS_OF), Column::needed(RULING)];

/// The unit of an id in another table, or why there is none.
pub(super) fn known<'a>(found: &str, register: &'a Register) -> Result<&'a Unit, String> {
    let unit = UnitId::parse(found).and_then(|id| register.unit(&id));
    unit.ok_or_else(|| {
        let near = did_you_mean(register.meant(found));
        format!("Mã đơn vị không có trong danh sách: «{found}»{near}")
    })
}

/// Reads the register. `blocs` is empty when the settings could not be read:
/// then nothing is said about blocs and sets.
pub(super) fn read(book: &Book, blocs: &[Bloc], findings: &mut Findings) -> Register {
    let mut sheets = Sheets::of(book);
    let page = sheets.named_or_first(UNITS, COLUMNS);
    let exclusions_page = sheets.named(EXCLUSIONS, EXCLUSION_COLUMNS);
    let namesakes_page = sheets.named(NAMESAKES, NAMESAKE_COLUMNS);
    sheets.close(findings);
    let Some(page) = page else {
        let message = "Sổ không có trang nào";
        let place = Place::file(&book.file);
        findings.push(Finding::new(Code::TableColumnMissing, place, message));
        return Register::default();
    };
    let Some(table) = Table::find(book, page, COLUMNS, table::ROUND, findings) else {
        return Register::default();
    };
    let mut rows: Vec<(Unit, Line)> = Vec::new();
    for line in table.lines() {
        let Some(unit) = unit(&line, blocs, findings) else { continue };
        match rows.iter().find(|(other, _)| other.id == unit.id) {
            Some((other, first)) => {
                let spot = first.place(ID).spot();
                let message = format!("Mã {} đã dùng ở ô {spot} cho {}", unit.id, other.name);
                findings.push(Finding::new(Code::UnitIdRepeated, line.place(ID), message));
            }
            None => rows.push((unit, line)),
        }
    }
    if rows.is_empty() && !findings.iter().any(|it| it.is_error() && it.place.file == book.file) {
        let message = "Danh sách không có đơn vị nào";
        findings.push(Finding::new(Code::UnitInvalid, book.place(page), message));
    }
    check_blocs(&rows, blocs, findings);
    check_names(&rows, findings);
    check_predecessors(&rows, findings);
    let units = rows.into_iter().map(|(unit, _)| unit).collect();
    let mut register = Register::of(units);
    register.exclusions = exclusions(book, exclusions_page, &register, findings);
    register.namesakes = namesakes(book, namesakes_page, &register, findings);
    register
}

/// What every register says of a unit, whatever it is for.
pub(crate) struct Entry {
    pub(crate) id: UnitId,
    pub(crate) name: String,
    pub(crate) other_names: Vec<String>,
    pub(crate) since: Option<Day>,
    pub(crate) until: Option<Day>,
}

/// Reads the columns that say who a unit is and when it existed; `None` when
/// nothing on the line could be its id.
pub(crate) fn entry(line: &Line, findings: &mut Findings) -> Option<Entry> {
    let name = line.text(NAME, findings);
    let found = line.code(ID, findings);
    if found.is_none() && !line.is_blank(ID) {
        return None;
    }
    let id = found.as_deref().and_then(UnitId::parse);
    if id.is_none() || name.is_empty() {
        let shown = found.unwrap_or_default();
        let (label, message) = match id {
            None => (ID, format!("Mã đơn vị không hợp lệ: «{shown}» ({name})")),
            Some(_) => (NAME, format!("Đơn vị {shown} chưa có tên")),
        };
        findings.push(Finding::new(Code::UnitInvalid, line.place(label), message));
    }
    let id = id?;
    let (since, until) = (line.day(SINCE, findings), line.day(UNTIL, findings));
    if let (Some(since), Some(until)) = (since, until)
        && until < since
    {
        let message = format!("{id}: đến ngày {until} trước từ ngày {since}");
        findings.push(Finding::new(Code::UnitInvalid, line.place(UNTIL), message));
    }
    Some(Entry { id, name, other_names: line.list(OTHER_NAMES, findings), since, until })
}

fn unit(line: &Line, blocs: &[Bloc], findings: &mut Findings) -> Option<Unit> {
    let Entry { id, name, other_names, since, until } = entry(line, findings)?;
    let (bloc, set) = bloc_and_set(line, &id, blocs, findings);
    let mut predecessors = Vec::new();
    for found in line.list(PREDECESSORS, findings) {
        let predecessor = UnitId::parse(&found);
        if predecessor.is_none() {
            let message = format!("{id}: mã tiền thân không hợp lệ: «{found}»");
            let place = line.place(PREDECESSORS);
            findings.push(Finding::new(Code::PredecessorInvalid, place, message));
        }
        predecessors.extend(predecessor);
    }
    let exempt = line.answer(EXEMPT, findings);
    Some(Unit {
        id,
        name,
        other_names,
        bloc,
        set,
        head: line.text(HEAD, findings),
        post: line.text(POST, findings),
        since,
        until,
        predecessors,
        exempt,
    })
}

fn bloc_and_set(
    line: &Line,
    id: &UnitId,
    blocs: &[Bloc],
    findings: &mut Findings,
) -> (BlocId, SetId) {
    let (bloc, set) = (line.text(BLOC, findings), line.text(SET, findings));
    let known = blocs.iter().find(|it| it.id.0 == bloc);
    let sets = known.map_or(&[][..], |it| &it.sets);
    let chosen = match sets {
        [only] if set.is_empty() => only.clone(),
        _ => SetId(set.clone()),
    };
    if !sets.is_empty() && !sets.contains(&chosen) {
        let list: Vec<&str> = sets.iter().map(|set| set.0.as_str()).collect();
        let message = if set.is_empty() {
            format!("{id}: khối {bloc} có nhiều bộ chỉ số, chưa chọn: {}", list.join(", "))
        } else {
            let near = did_you_mean(text::nearest(&set, list));
            format!("{id}: khối {bloc} không dùng bộ chỉ số «{set}»{near}")
        };
        findings.push(Finding::new(Code::UnitSetUnknown, line.place(SET), message));
    }
    (BlocId(bloc), chosen)
}

/// A bloc that the settings do not have is one mistake, however many units
/// carry it.
fn check_blocs(rows: &[(Unit, Line)], blocs: &[Bloc], findings: &mut Findings) {
    if blocs.is_empty() {
        return;
    }
    let ids = || blocs.iter().map(|it| it.id.0.as_str());
    let mut strange: BTreeMap<&str, Vec<&(Unit, Line)>> = BTreeMap::new();
    for row in rows.iter().filter(|(unit, _)| ids().all(|id| id != unit.bloc.0)) {
        strange.entry(&row.0.bloc.0).or_default().push(row);
    }
    for (bloc, rows) in strange {
        let (first, line) = rows[0];
        let who = match rows.as_slice() {
            [_] => first.id.to_string(),
            all => {
                let spots: Vec<String> =
                    all.iter().map(|(_, line)| line.place(BLOC).spot()).collect();
                format!("{} đơn vị ({})", spots.len(), spots.join(", "))
            }
        };
        let message = if bloc.is_empty() {
            format!("{who}: chưa ghi khối")
        } else {
            let near = did_you_mean(text::nearest(bloc, ids()));
            format!("{who}: không có khối «{bloc}»{near}")
        };
        findings.push(Finding::new(Code::UnitBlocUnknown, line.place(BLOC), message));
    }
}

/// A name that fits two units would have to be guessed on every form.
fn check_names(rows: &[(Unit, Line)], findings: &mut Findings) {
    let keys: Vec<Vec<(&str, &'static str, UnitKey)>> = rows
        .iter()
        .map(|(unit, _)| {
            let own = [(unit.name.as_str(), NAME)];
            let others = unit.other_names.iter().map(|name| (name.as_str(), OTHER_NAMES));
            let all = own.into_iter().chain(others);
            all.map(|(name, label)| (name, label, text::unit_key(name))).collect()
        })
        .collect();
    for (later, (unit, line)) in rows.iter().enumerate() {
        for (earlier, (other, _)) in rows[..later].iter().enumerate() {
            if !are_at_one_time(unit, other) {
                continue;
            }
            let clash = keys[later].iter().find_map(|(name, label, key)| {
                let same = keys[earlier].iter().find(|(_, _, other)| key.fits(other))?;
                Some((name, label, same.0))
            });
            if let Some((name, label, same)) = clash {
                let message = format!(
                    "«{name}» của {} không phân biệt được với «{same}» của {}",
                    unit.id, other.id
                );
                findings.push(Finding::new(Code::UnitNameRepeated, line.place(label), message));
            }
        }
    }
}

/// A new unit may take the name of one that is gone.
fn are_at_one_time(a: &Unit, b: &Unit) -> bool {
    let ends_before = |a: &Unit, b: &Unit| match (a.until, b.since) {
        (Some(until), Some(since)) => until < since,
        _ => false,
    };
    !ends_before(a, b) && !ends_before(b, a)
}

/// A predecessor may be missing from the register (it may be long gone), but a
/// unit never comes from itself, however far back.
fn check_predecessors(rows: &[(Unit, Line)], findings: &mut Findings) {
    let mut said: Vec<&UnitId> = Vec::new();
    for (unit, line) in rows {
        let mut open: Vec<&UnitId> = unit.predecessors.iter().collect();
        let mut seen: Vec<&UnitId> = Vec::new();
        while let Some(id) = open.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let before = rows.iter().filter(|(other, _)| other.id == *id);
            open.extend(before.flat_map(|(other, _)| &other.predecessors));
        }
        // One circle is one finding, whoever else is in it.
        if seen.contains(&&unit.id) && !said.iter().any(|id| seen.contains(id)) {
            said.push(&unit.id);
            let message = format!("{} là tiền thân của chính mình", unit.id);
            let place = line.place(PREDECESSORS);
            findings.push(Finding::new(Code::PredecessorInvalid, place, message));
        }
    }
}

fn exclusions(
    book: &Book,
    page: Option<&Page>,
    register: &Register,
    findings: &mut Findings,
) -> Vec<Exclusion> {
    let page = page.filter(|page| !page.cells.is_empty());
    let table =
        page.and_then(|page| Table::find(book, page, EXCLUSION_COLUMNS, table::ROUND, findings));
    let mut exclusions = Vec::new();
    for line in table.iter().flat_map(Table::lines) {
        let found = line.code(ID, findings).unwrap_or_default();
        let person = Some(line.text(PERSON, findings)).filter(|it| !it.is_empty());
        let reason = line.text(REASON, findings);
        let unit = UnitId::parse(&found).filter(|id| register.unit(id).is_some());
        let message = match &unit {
            None => {
                let ids = register.units.iter().map(|unit| unit.id.0.as_str());
                let near = did_you_mean(text::nearest(&found, ids));
                Some((ID, format!("Mã đơn vị không có trong danh sách: «{found}»{near}")))
            }
            // Left blank, it excludes everyone in the unit: a word is no blank.
            Some(id) if person.as_deref().is_some_and(|it| text::person_doubt(it).is_some()) => {
                let person = person.as_deref().unwrap_or_default();
                Some((PERSON, format!("{id}: «{person}» không phải họ và tên của một người")))
            }
            Some(id) if text::is_empty_answer(&reason) => {
                Some((REASON, format!("{id}: chưa ghi lý do")))
            }
            Some(_) => None,
        };
        if let Some((label, message)) = message {
            findings.push(Finding::new(Code::ExclusionInvalid, line.place(label), message));
        }
        exclusions.extend(unit.map(|unit| Exclusion {
            unit,
            person,
            reason,
            source: line.text(SOURCE, findings),
            place: line.place(ID),
        }));
    }
    exclusions
}

/// What is known of persons of one name; a row with an error says nothing.
fn namesakes(
    book: &Book,
    page: Option<&Page>,
    register: &Register,
    findings: &mut Findings,
) -> Vec<Namesakes> {
    let page = page.filter(|page| !page.cells.is_empty());
    let table =
        page.and_then(|page| Table::find(book, page, NAMESAKE_COLUMNS, table::ROUND, findings));
    let mut namesakes = Vec::new();
    for line in table.iter().flat_map(Table::lines) {
        let name = line.needed_text(PERSON, findings).unwrap_or_default();
        let ids = line.list(UNITS_OF, findings);
        let ruling = line.choice(RULING, RULINGS, findings);
        if ruling.is_none() && line.is_blank(RULING) {
            line.needed_text(RULING, findings);
        }
        let mut units = Vec::new();
        for id in &ids {
            match known(id, register) {
                Ok(unit) => units.push(unit.id.clone()),
                Err(why) => {
                    let place = line.place(UNITS_OF);
                    findings.push(Finding::new(Code::ExclusionInvalid, place, why));
                }
            }
        }
        if units.len() < 2 && units.len() == ids.len() {
            let why = "cần ít nhất hai mã đơn vị, cách nhau bằng dấu chấm phẩy";
            let found = ids.join("; ");
            line.refuse(UNITS_OF, cell::OtherThan { label: UNITS_OF, why, found }, findings);
        }
        namesakes.extend(ruling.map(|are_one| Namesakes { name, units, are_one }));
    }
    namesakes
}
