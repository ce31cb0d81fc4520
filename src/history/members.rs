//! Units over the years (`don-vi.xlsx`): the register and what became of units
//! → [`Members`].
//!
//! The first sheet is the register as a round has it; *Đơn vị tiền thân* says
//! where a unit comes from. *Biến động* says the same with dates and papers,
//! and can say what the column cannot: that a unit took in another and kept
//! its id.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, Page};
use crate::day::Day;
use crate::finding::history as said;
use crate::finding::{Code, Findings, Place, Said, cell};
use crate::history::period::Period;
use crate::round::read_register::{
    BLOC, COLUMNS, EXEMPT, Entry, HEAD, ID, POST, PREDECESSORS, SET, UNITS, entry,
};
use crate::round::register::UnitId;
use crate::round::settings::BlocId;
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table};
use crate::text;

/// The sheet of events.
pub const EVENTS: &str = "Biến động";
pub const DAY: &str = "Ngày";
pub const KIND: &str = "Loại biến động";
pub const BEFORE: &str = "Mã đơn vị trước";
pub const AFTER: &str = "Mã đơn vị sau";
pub const SOURCE: &str = "Căn cứ";

/// Columns of a round's register that a summary has no use for.
pub const UNUSED: &[&str] = &[SET, HEAD, POST, EXEMPT];
pub const EVENT_COLUMNS: &[Column] = &[
    Column::needed(DAY),
    Column::needed(KIND),
    Column::needed(BEFORE),
    Column::needed(AFTER),
    Column::optional(SOURCE),
];

/// What may happen to units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// Several become one, which may keep the id of one of them.
    Merge,
    /// One becomes several, of which one may keep its id.
    Split,
    /// One goes on under another name, perhaps under another id.
    Rename,
    /// One goes on at another level: a town becomes a ward.
    Level,
}

pub const KINDS: &[(&str, EventKind)] = &[
    ("sáp nhập", EventKind::Merge),
    ("chia tách", EventKind::Split),
    ("đổi tên", EventKind::Rename),
    ("đổi cấp", EventKind::Level),
];

/// A unit of any time.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: UnitId,
    pub name: String,
    pub other_names: Vec<String>,
    pub bloc: BlocId,
    pub since: Option<Day>,
    pub until: Option<Day>,
    pub place: Place,
}

/// Something that happened to units.
#[derive(Clone, Debug)]
pub struct Event {
    /// `None` when the register gives a predecessor and no day.
    pub day: Option<Day>,
    pub kind: EventKind,
    pub before: Vec<UnitId>,
    pub after: Vec<UnitId>,
    pub source: String,
    pub place: Place,
}

/// Every unit of any time, in the order of the register, and every event.
#[derive(Clone, Debug, Default)]
pub struct Members {
    pub list: Vec<Member>,
    pub events: Vec<Event>,
    positions: BTreeMap<UnitId, usize>,
}

impl Member {
    /// Whether it exists on `day`; its last day counts.
    pub fn exists_on(&self, day: Day) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether a name may be this unit's.
    pub fn is_called(&self, name: &str) -> bool {
        text::unit_key(name).fits_any(std::iter::once(&self.name).chain(&self.other_names))
    }
}

impl Event {
    /// Whether one unit simply goes on.
    pub fn is_succession(&self) -> bool {
        matches!(self.kind, EventKind::Rename | EventKind::Level)
    }

    /// The kind in words.
    pub fn told(&self) -> &'static str {
        KINDS.iter().find(|it| it.1 == self.kind).map_or("", |it| it.0)
    }
}

impl Members {
    /// Members in this order, each with an id of its own.
    pub fn of(list: Vec<Member>, events: Vec<Event>) -> Members {
        let positions = list.iter().enumerate().map(|(at, it)| (it.id.clone(), at)).collect();
        Members { list, events, positions }
    }

    pub fn get(&self, id: &UnitId) -> Option<&Member> {
        self.position(id).map(|at| &self.list[at])
    }

    pub fn position(&self, id: &UnitId) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The known id nearest to what was found.
    pub fn nearest(&self, found: &str) -> Option<&str> {
        text::nearest(found, self.list.iter().map(|it| it.id.0.as_str()))
    }
}

/// Reads the workbook.
pub fn read(book: &Book, period: Option<&Period>, findings: &mut Findings) -> Members {
    let mut sheets = Sheets::of(book);
    let page = sheets.named_or_first(UNITS, COLUMNS);
    let events_page = sheets.named(EVENTS, EVENT_COLUMNS);
    sheets.close(findings);
    let Some(page) = page else {
        findings.say(Place::file(&book.file), cell::BookEmpty {});
        return Members::default();
    };
    let Some(table) = Table::find(book, page, COLUMNS, table::ROUND, findings) else {
        return Members::default();
    };
    let mut list: Vec<Member> = Vec::new();
    let mut origins: Vec<(UnitId, Vec<String>, Place)> = Vec::new();
    let mut known = BTreeSet::new();
    for line in table.lines() {
        let Some(member) = member(&line, period, findings) else { continue };
        if !known.insert(member.id.clone()) {
            findings.say(line.place(ID), said::IdUsed { unit: &member.id });
            continue;
        }
        let from = line.list(PREDECESSORS, findings);
        if !from.is_empty() {
            origins.push((member.id.clone(), from, line.place(PREDECESSORS)));
        }
        list.push(member);
    }
    let mut members = Members::of(list, Vec::new());
    check_names(&members, &book.place(page), findings);
    members.events =
        events_page.map(|page| events(book, page, &members, findings)).unwrap_or_default();
    let more = derived(&members, origins, findings);
    members.events.extend(more);
    members
}

fn member(line: &Line, period: Option<&Period>, findings: &mut Findings) -> Option<Member> {
    let Entry { id, name, other_names, since, until } = entry(line, findings)?;
    let bloc = BlocId(line.text(BLOC, findings));
    if let Some(period) = period.filter(|period| period.bloc(&bloc).is_none()) {
        let near = text::nearest(&bloc.0, period.blocs.iter().map(|it| it.id.0.as_str()));
        let said = Said::from(said::BlocUnknown { bloc: &bloc.0, near });
        findings.say(line.place(BLOC), said.of_unit(&id));
    }
    Some(Member { id, name, other_names, bloc, since, until, place: line.place(ID) })
}

/// Two units of one time must not be taken for each other; units of different
/// times may share a name, because nothing is ever joined by it.
fn check_names(members: &Members, place: &Place, findings: &mut Findings) {
    let mut by_name: BTreeMap<String, Vec<&Member>> = BTreeMap::new();
    for member in &members.list {
        by_name.entry(text::key(&member.name)).or_default().push(member);
    }
    let ends_before = |a: &Member, b: &Member| match (a.until, b.since) {
        (Some(until), Some(since)) => until < since,
        _ => false,
    };
    for same in by_name.values() {
        for (at, later) in same.iter().enumerate() {
            let clash =
                same[..at].iter().find(|it| !ends_before(it, later) && !ends_before(later, it));
            if let Some(earlier) = clash {
                let (name, unit, other) = (&later.name, &earlier.id, &later.id);
                findings.say(place.clone(), said::NameOfTwo { name, unit, other });
            }
        }
    }
}

fn events(book: &Book, page: &Page, members: &Members, findings: &mut Findings) -> Vec<Event> {
    if page.cells.is_empty() {
        return Vec::new();
    }
    let table = Table::find(book, page, EVENT_COLUMNS, table::ROUND, findings);
    let mut events = Vec::new();
    for line in table.iter().flat_map(Table::lines) {
        let day = line.day(DAY, findings);
        if day.is_none() && line.is_blank(DAY) {
            findings.say(line.place(DAY), said::EventWithoutDay {});
        }
        let kind = line.choice(KIND, KINDS, findings);
        if kind.is_none() && line.is_blank(KIND) {
            findings.say(line.place(KIND), said::EventWithoutKind {});
        }
        let before = units(&line, BEFORE, members, findings);
        let after = units(&line, AFTER, members, findings);
        let (Some(day), Some(kind)) = (day, kind) else { continue };
        let source = line.text(SOURCE, findings);
        let place = line.place(DAY);
        let event = Event { day: Some(day), kind, before, after, source, place };
        match misshapen(&event) {
            Some(wrong) => findings.say(line.place(AFTER), wrong),
            None => events.push(event),
        }
    }
    events
}

/// What is wrong with how many units an event has before and after it.
fn misshapen(event: &Event) -> Option<Said> {
    let (before, after) = (event.before.len(), event.after.len());
    let wanted = match event.kind {
        EventKind::Merge if before < 2 || after != 1 => "từ hai đơn vị trở lên thành một",
        EventKind::Split if before != 1 || after < 2 => "một đơn vị thành từ hai trở lên",
        EventKind::Rename | EventKind::Level if before != 1 || after != 1 => "một đơn vị thành một",
        _ => return None,
    };
    Some(said::EventMisshapen { kind: event.told(), wanted, before, after }.into())
}

fn units(
    line: &Line,
    label: &'static str,
    members: &Members,
    findings: &mut Findings,
) -> Vec<UnitId> {
    let found = line.list(label, findings);
    known(&found, &line.place(label), Code::UnitEventInvalid, members, findings)
}

/// The ids of units of the register, each once; anything else is said.
fn known(
    found: &[String],
    place: &Place,
    code: Code,
    members: &Members,
    findings: &mut Findings,
) -> Vec<UnitId> {
    let mut ids: Vec<UnitId> = Vec::new();
    for word in found {
        let wrong = match UnitId::parse(word).filter(|id| members.get(id).is_some()) {
            Some(id) if ids.contains(&id) => Said::from(said::UnitTwice { unit: &id }),
            Some(id) => {
                ids.push(id);
                continue;
            }
            None => said::UnitUnknown { found: word, near: members.nearest(word) }.into(),
        };
        findings.say(place.clone(), wrong.under(code));
    }
    ids
}

/// The events that the column of predecessors tells, where the sheet of events
/// says nothing of the unit.
fn derived(
    members: &Members,
    origins: Vec<(UnitId, Vec<String>, Place)>,
    findings: &mut Findings,
) -> Vec<Event> {
    let mut told: Vec<(UnitId, Vec<UnitId>, Place)> = Vec::new();
    for (id, from, place) in origins {
        let before = known(&from, &place, Code::PredecessorInvalid, members, findings);
        let mut own = members.events.iter().filter(|event| event.after.contains(&id)).peekable();
        if own.peek().is_none() {
            told.extend((!before.is_empty()).then_some((id, before, place)));
            continue;
        }
        let of_events: Vec<&UnitId> = own.flat_map(|event| &event.before).collect();
        for unit in before.iter().filter(|it| !of_events.contains(it)) {
            findings.say(place.clone(), said::PredecessorUntold { unit, of: &id });
        }
    }
    let heirs = |of: &UnitId| told.iter().filter(|it| it.1.contains(of)).count();
    let mut events: Vec<Event> = Vec::new();
    for (id, before, place) in &told {
        let day = members.get(id).and_then(|it| it.since);
        let kind = match before.as_slice() {
            [only] if heirs(only) == 1 => EventKind::Rename,
            [_] => EventKind::Split,
            _ => EventKind::Merge,
        };
        events.push(Event {
            day,
            kind,
            before: before.clone(),
            after: vec![id.clone()],
            source: String::new(),
            place: place.clone(),
        });
    }
    events
}
