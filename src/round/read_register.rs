//! The register workbook → units and exclusions from awards.

use std::collections::BTreeMap;

use crate::book::{Book, Page};
use crate::day::Day;
use crate::finding::{Code, Findings, Place, Said, Texts, cell, round as said};
use crate::round::criteria::SetId;
use crate::round::register::{Exclusion, Namesakes, Register, SURVEY_BLANK, Unit, UnitId};
use crate::round::settings::{Bloc, BlocId};
use crate::round::terms::Terms;
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table};
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

/// No unit of the state began or ended before it.
const FIRST_YEAR: i16 = 1945;

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

/// The columns of a round's own list: names may stand beside the ids.
const NAMED_EXCLUSION_COLUMNS: &[Column] = &[
    Column::needed(ID),
    Column::optional(NAME),
    Column::needed(PERSON),
    Column::needed(REASON),
    Column::optional(SOURCE),
];

/// The columns of the persons of one name.
pub const NAMESAKE_COLUMNS: &[Column] =
    &[Column::needed(PERSON), Column::needed(UNITS_OF), Column::needed(RULING)];

/// The unit of an id in another table; one that is not there is said under
/// `code`.
pub(super) fn known<'a>(
    found: &str,
    place: Place,
    code: Code,
    register: &'a Register,
    findings: &mut Findings,
) -> Option<&'a Unit> {
    let unit = UnitId::parse(found).and_then(|id| register.unit(&id));
    if unit.is_none() {
        let said = Said::from(said::UnitUnknown { found, near: register.meant(found) });
        findings.say(place, said.under(code));
    }
    unit
}

/// The unit of a row of another table, by the cell of its id; a name beside it
/// must be the unit's own.
pub(super) fn unit_of<'a>(
    line: &Line,
    label: &str,
    code: Code,
    register: &'a Register,
    findings: &mut Findings,
) -> Option<&'a Unit> {
    let found = line.code(label, findings);
    if found.is_none() && !line.is_blank(label) {
        return None;
    }
    let unit = known(&found.unwrap_or_default(), line.place(label), code, register, findings)?;
    if let Err(why) = unit.confirmed_by(&line.text(NAME, findings)) {
        findings.say(line.place(NAME), why.under(code));
        return None;
    }
    Some(unit)
}

/// Reads the register. `blocs` is empty when the settings could not be read:
/// then nothing is said about blocs and sets.
pub(super) fn read(
    book: &Book,
    blocs: &[Bloc],
    terms: Option<Terms>,
    findings: &mut Findings,
) -> Register {
    let mut sheets = Sheets::of(book);
    let page = sheets.named_or_first(UNITS, COLUMNS);
    let exclusions_page = sheets.named(EXCLUSIONS, NAMED_EXCLUSION_COLUMNS);
    let namesakes_page = sheets.named(NAMESAKES, NAMESAKE_COLUMNS);
    sheets.close(findings);
    let Some(page) = page else {
        findings.say(Place::file(&book.file), cell::BookEmpty {});
        return Register::default();
    };
    let Some(table) = Table::find(book, page, COLUMNS, table::ROUND, findings) else {
        return Register::default();
    };
    let mut rows: Vec<(Unit, Line)> = Vec::new();
    for line in table.lines() {
        let Some(unit) = unit(&line, blocs, terms, findings) else { continue };
        match rows.iter().find(|(other, _)| other.id == unit.id) {
            Some((other, first)) => {
                let (spot, name) = (first.place(ID).spot(), &other.name);
                findings.say(line.place(ID), said::IdTwice { unit: &unit.id, spot, name });
            }
            None => rows.push((unit, line)),
        }
    }
    if rows.is_empty() && !findings.iter().any(|it| it.is_error() && it.place.file == book.file) {
        findings.say(book.place(page), said::RegisterEmpty {});
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
    let Some(id) = id else {
        let found = found.unwrap_or_default();
        let said: Said = if text::is_device(&found) {
            said::IdDevice { found, name }.into()
        } else {
            said::IdUnfit { found, name }.into()
        };
        findings.say(line.place(ID), said);
        return None;
    };
    if name.is_empty() {
        findings.say(line.place(NAME), said::UnitNameless { unit: &id });
    }
    let (since, until) = (line.day(SINCE, findings), line.day(UNTIL, findings));
    if let (Some(since), Some(until)) = (since, until)
        && until < since
    {
        let said = Said::from(said::EndsBeforeItBegins { until, since });
        findings.say(line.place(UNTIL), said.of_unit(&id));
    }
    Some(Entry { id, name, other_names: line.list(OTHER_NAMES, findings), since, until })
}

fn unit(
    line: &Line,
    blocs: &[Bloc],
    terms: Option<Terms>,
    findings: &mut Findings,
) -> Option<Unit> {
    let Entry { id, name, other_names, since, until } = entry(line, findings)?;
    if id.0.eq_ignore_ascii_case(SURVEY_BLANK) {
        let file = format!("{SURVEY_BLANK}.xlsx");
        findings.say(line.place(ID), said::IdOfOurs { unit: &id, file });
    }
    for (label, day, ahead) in [(SINCE, since, 1), (UNTIL, until, 2)] {
        if let (Some(day), Some(terms)) = (day, terms) {
            let years = FIRST_YEAR..=terms.year + ahead;
            terms.doubt_year(&id.0, line.place(label), day, years, findings);
        }
    }
    let (bloc, set) = bloc_and_set(line, &id, blocs, findings);
    let mut predecessors = Vec::new();
    for found in line.list(PREDECESSORS, findings) {
        let predecessor = UnitId::parse(&found);
        if predecessor.is_none() {
            let said = Said::from(said::PredecessorUnfit { found });
            findings.say(line.place(PREDECESSORS), said.of_unit(&id));
        }
        predecessors.extend(predecessor);
    }
    let exempt = line.answer(EXEMPT, findings);
    // A shifted column of names would excuse every unit.
    if let Some(found) = exempt.as_ref().filter(|it| text::is_name(it)) {
        line.refuse(EXEMPT, said::NoReason { label: EXEMPT, found }, findings);
    }
    Some(Unit {
        id,
        name,
        other_names,
        bloc,
        set,
        head: line.answer(HEAD, findings).unwrap_or_default(),
        post: line.answer(POST, findings).unwrap_or_default(),
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
        let said: Said = if set.is_empty() {
            said::SetUnchosen { bloc: &bloc, sets: sets.iter().collect::<Texts>() }.into()
        } else {
            let near = text::nearest(&set, sets.iter().map(|set| set.0.as_str()));
            said::SetUnknown { bloc: &bloc, found: &set, near }.into()
        };
        findings.say(line.place(SET), said.of_unit(id));
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
        let said: Said = if bloc.is_empty() {
            said::BlocMissing { who }.into()
        } else {
            said::BlocUnknown { who, found: bloc, near: text::nearest(bloc, ids()) }.into()
        };
        findings.say(line.place(BLOC), said);
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
            if let Some((name, label, other_name)) = clash {
                let (unit, other) = (&unit.id, &other.id);
                let said = said::NamesAlike { name: *name, unit, other_name, other };
                findings.say(line.place(label), said);
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
            findings.say(line.place(PREDECESSORS), said::OwnPredecessor { unit: &unit.id });
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
    let table = page
        .and_then(|page| Table::find(book, page, NAMED_EXCLUSION_COLUMNS, table::ROUND, findings));
    let mut exclusions = Vec::new();
    for line in table.iter().flat_map(Table::lines) {
        let unit = unit_of(&line, ID, Code::ExclusionInvalid, register, findings);
        let (whom, reason) = (line.whom(PERSON, findings), line.reason(REASON, findings));
        let (Some(unit), Some(whom), Some(reason)) = (unit, whom, reason) else { continue };
        exclusions.push(Exclusion {
            unit: unit.id.clone(),
            person: whom.into_person(),
            reason,
            source: line.answer(SOURCE, findings).unwrap_or_default(),
            place: line.place(ID),
        });
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
        line.needed_text(PERSON, findings);
        let names = line.list(PERSON, findings);
        let ids = line.list(UNITS_OF, findings);
        let ruling = line.choice(RULING, RULINGS, findings);
        if ruling.is_none() && line.is_blank(RULING) {
            line.needed_text(RULING, findings);
        }
        let mut units = Vec::new();
        for id in &ids {
            let (place, code) = (line.place(UNITS_OF), Code::ExclusionInvalid);
            units.extend(known(id, place, code, register, findings).map(|unit| unit.id.clone()));
        }
        // Two names that are nearly one may be of one unit.
        if names.len() < 2 && units.len() < 2 && units.len() == ids.len() {
            let found = ids.join("; ");
            line.refuse(UNITS_OF, said::TooFewUnits { label: UNITS_OF, found }, findings);
        }
        let place = line.place(PERSON);
        namesakes.extend(ruling.map(|are_one| Namesakes { names, units, are_one, place }));
    }
    namesakes
}
