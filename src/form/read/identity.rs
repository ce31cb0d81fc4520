//! Whose form it is: by its hidden sheet, which the program wrote, or else by
//! its head, which says less and is believed less.

use std::collections::BTreeMap;

use super::cell::{self, shown};
use super::grid::Grid;
use super::year::{self, Mention};
use crate::book::{Book, Page, RawValue};
use crate::finding::form as said;
use crate::finding::{At, CellRef, Findings, Place, Said};
use crate::form::edition::Edition;
use crate::form::layout;
use crate::form::layout::Key;
use crate::round::Round;
use crate::round::criteria::CriteriaSet;
use crate::round::register::{Unit, UnitId};
use crate::round::settings::{Settings, Yearless};
use crate::text;
use crate::text::legacy;
use crate::text::legacy::Encoding;

/// Whose form it is.
pub(super) struct Owner<'a> {
    /// The unit, if it is certain.
    pub(super) unit: Option<&'a Unit>,
    /// Whose it seems to be where it is of another round or year.
    pub(super) possible: Option<&'a Unit>,
    /// The form was issued by this program for this round.
    pub(super) is_issued: bool,
    /// What it says may be scored as this unit's.
    pub(super) is_sound: bool,
    /// What became of the criteria set since the form was issued.
    pub(super) edition: Edition,
}

impl Owner<'_> {
    /// Nobody yet.
    fn unknown(is_issued: bool) -> Self {
        let edition = Edition::default();
        Owner { unit: None, possible: None, is_issued, is_sound: false, edition }
    }
}

/// How far from its label a value is looked for, in columns.
const VALUE_WITHIN: u32 = 8;

/// Labels beside which a unit writes its name.
const UNIT_LABELS: [&str; 4] = [layout::UNIT, "Tên đơn vị", "Tên cơ quan", "Cơ quan, đơn vị"];

/// A head is at most this many rows.
const HEAD_WITHIN: u32 = 60;

/// Finds out whose form it is; says why when that is not certain.
pub(super) fn owner<'a>(
    book: &Book,
    round: &'a Round,
    grid: Option<&Grid<'_>>,
    findings: &mut Findings,
) -> Owner<'a> {
    match hidden(book) {
        Some((page, values)) => issued(book, page, &values, round, grid, findings),
        None => by_head(book, round, grid, findings),
    }
}

/// The hidden sheet's values, if it has all of them.
fn hidden(book: &Book) -> Option<(&Page, BTreeMap<Key, String>)> {
    let page = book.page(layout::IDENTITY)?;
    let value = |key: Key| {
        let row =
            page.rows().find(|row| page.get(*row, 0).map(shown).as_deref() == Some(key.name()))?;
        page.get(row, 1).map(|cell| (key, shown(cell)))
    };
    let values: BTreeMap<Key, String> = Key::ALL.into_iter().filter_map(value).collect();
    // The first forms had no marks.
    let is_whole = Key::ALL.iter().all(|key| *key == Key::Marks || values.contains_key(key));
    is_whole.then_some((page, values))
}

fn issued<'a>(
    book: &Book,
    page: &Page,
    values: &BTreeMap<Key, String>,
    round: &'a Round,
    grid: Option<&Grid<'_>>,
    findings: &mut Findings,
) -> Owner<'a> {
    let settings = &round.settings;
    let mut owner = Owner::unknown(true);
    let place = book.place(grid.map_or(page, |grid| grid.page));
    let id = UnitId(values[&Key::Unit].clone());
    if values[&Key::Round] != settings.id || values[&Key::Year] != settings.year.to_string() {
        let said = said::OfOtherRound {
            round: &values[&Key::Round],
            year: &values[&Key::Year],
            own: &settings.id,
            own_year: settings.year,
        };
        findings.say(place, said);
        return Owner { possible: round.register.unit(&id), ..owner };
    }
    let Some(unit) = round.register.unit(&id) else {
        match round.register.others.iter().find(|it| it.id == id) {
            Some(it) => {
                let day = settings.intake.counted_on;
                findings.say(place, said::IssuedToGone { name: &it.name, unit: &id, day });
            }
            None => findings.say(place, said::IssuedToNobody { unit: &id }),
        }
        return owner;
    };
    let Some(head) = grid.map(|grid| Head::of(book, grid)) else {
        return Owner { unit: Some(unit), ..owner };
    };
    if let Some(other) = head.other_year(settings) {
        findings.say(other.place.clone(), other.refusal(settings));
        return Owner { possible: Some(unit), ..owner };
    }
    if !name_agrees(book, &head, unit, round, &mut owner, findings) {
        return owner;
    }
    owner.unit = Some(unit);
    match edition(values, round.set(unit)) {
        Ok(edition) => Owner { is_sound: true, edition, ..owner },
        Err(said) => {
            findings.say(place, said);
            owner
        }
    }
}

/// What became of the criteria set since the form was issued, or why that is
/// not certain.
fn edition(values: &BTreeMap<Key, String>, set: &CriteriaSet) -> Result<Edition, Said> {
    let version = values[&Key::Version].as_str();
    if !layout::READABLE.contains(&version) {
        return Err(said::OfOtherLayout { version }.into());
    }
    // The fingerprint is of the rules alone; the marks are of the figures too.
    let is_alike = values[&Key::Fingerprint] == set.fingerprint;
    let marks = values.get(&Key::Marks).filter(|marks| !marks.is_empty());
    let edition = match marks {
        None => is_alike.then(Edition::default),
        Some(marks) => Edition::since(marks, set).map(|edition| {
            if is_alike && edition.is_same() { Edition::default() } else { edition }
        }),
    };
    edition.ok_or_else(|| said::OfOtherSet { set: &values[&Key::Set], own: &set.id }.into())
}

/// Whether the name on the form may be that of the unit it was issued to. A
/// name that is another unit's makes the owner uncertain.
fn name_agrees<'a>(
    book: &Book,
    head: &Head<'_>,
    unit: &'a Unit,
    round: &'a Round,
    owner: &mut Owner<'a>,
    findings: &mut Findings,
) -> bool {
    let Some((name, place)) = &head.named else { return true };
    if name.is_empty() {
        findings.say(place.clone(), said::NameWiped { unit: &unit.name });
        return true;
    }
    if unit.is_named(name) {
        head.note_spelling(book, findings);
        return true;
    }
    if head.decoded().iter().any(|name| unit.is_named(name)) {
        findings.say(place.clone(), said::TextLegacy {});
        return true;
    }
    let is_anothers = round.register.named(name).next().is_some();
    owner.unit = (!is_anothers).then_some(unit);
    findings.say(place.clone(), said::NamedOtherwise { unit: &unit.name, name });
    false
}

fn by_head<'a>(
    book: &Book,
    round: &'a Round,
    grid: Option<&Grid<'_>>,
    findings: &mut Findings,
) -> Owner<'a> {
    let mut owner = Owner::unknown(false);
    let Some(grid) = grid else {
        findings.say(Place::file(&book.file), said::TableAbsent {});
        return owner;
    };
    let head = Head::of(book, grid);
    head.note_spelling(book, findings);
    // A label before nothing but dots names nobody.
    let label = head.named.as_ref().filter(|(name, _)| !text::key(name).is_empty());
    let units = match label {
        Some((name, _)) => named_so(round, &[name]),
        None => head.units(round),
    };
    let place = book.place(grid.page);
    if !is_of_year(book, &round.settings, grid, &head, findings) {
        let possible = units.first().filter(|_| units.len() == 1).copied();
        return Owner { possible, ..owner };
    }
    let place = match (label, units.as_slice()) {
        (Some((_, place)), _) => place.clone(),
        (None, [unit]) => head.naming(unit).cloned().unwrap_or(place),
        (None, _) => place,
    };
    let name = label.map_or("", |(name, _)| name.as_str());
    match units.as_slice() {
        [unit] => {
            owner = Owner { unit: Some(unit), is_sound: true, ..owner };
            findings.say(place, said::KnownByHead { unit: &unit.name });
        }
        [] => {
            findings.say(place, strange(round, name, &head));
        }
        several => {
            let names: Vec<&str> = several.iter().map(|unit| unit.name.as_str()).collect();
            findings.say(place, said::NamedAsSeveral { name, units: names.join("; ") });
        }
    }
    owner
}

/// Whether a form that the program did not issue is one of the round's year.
/// Where it says two things, nobody chooses.
fn is_of_year(
    book: &Book,
    settings: &Settings,
    grid: &Grid<'_>,
    head: &Head<'_>,
    findings: &mut Findings,
) -> bool {
    let beside = year::beside_head(book, grid, settings.year);
    let mentions = || head.years.iter().chain(&beside);
    let own = mentions().find(|it| it.is_of(settings));
    let other = mentions().find(|it| !it.is_of(settings));
    let year = settings.year;
    let said: Said = match (own, other) {
        (Some(_), None) => return true,
        // A form of last year may be made out in this one.
        (Some(own), Some(other)) if !own.is_date() => other.against(own, settings),
        (_, Some(other)) => other.refusal(settings),
        (None, None) if settings.intake.yearless == Yearless::Counts => {
            findings.say(book.place(grid.page), said::TakenWithoutYear { year });
            return true;
        }
        (None, None) => match &head.cited {
            Some((found, place)) => {
                findings.say(place.clone(), said::YearCited { found, year });
                return false;
            }
            None => said::HeadWithoutYear { year }.into(),
        },
    };
    let place = other.map_or_else(|| book.place(grid.page), |other| other.place.clone());
    findings.say(place, said);
    false
}

/// What is said of a name that is no unit's.
fn strange(round: &Round, name: &str, head: &Head<'_>) -> Said {
    let names = || round.register.units.iter().map(|unit| unit.name.as_str());
    if legacy::is_lost(name) {
        let decoded = head.decoded();
        let near = |read: &String| {
            let near = named_so(round, &[read]).first().map(|unit| unit.name.as_str());
            near.or_else(|| text::nearest_unit(read, names()))
        };
        let whole = decoded.iter().find(|read| !named_so(round, &[read]).is_empty());
        let mut reads = whole.into_iter().chain(&decoded);
        return match reads.find_map(|read| Some((read, near(read)?))) {
            Some((read, near)) => said::NamedInLostFont { name, read, near }.into(),
            None => said::NamedInUnknownFont { name }.into(),
        };
    }
    match (name, text::nearest_unit(name, names())) {
        ("", _) => said::NobodyNamed {}.into(),
        (name, Some(near)) => said::NamedNearly { name, near }.into(),
        (name, None) => said::NamedStrangely { name }.into(),
    }
}

/// The units of which one of these may be a name.
fn named_so<'a>(round: &'a Round, names: &[&str]) -> Vec<&'a Unit> {
    let mut units: Vec<&Unit> = names.iter().flat_map(|name| round.register.named(name)).collect();
    units.sort_by_key(|unit| round.register.position(&unit.id));
    units.dedup_by_key(|unit| &unit.id);
    units
}

/// What stands above the table.
struct Head<'a> {
    page: &'a Page,
    /// What stands beside the label *Đơn vị*, if there is one; empty when
    /// nothing does.
    named: Option<(String, Place)>,
    /// The years that it speaks of.
    years: Vec<Mention>,
    /// The first text with a year of another paper or period.
    cited: Option<(String, Place)>,
    /// Every text.
    texts: Vec<(String, Place)>,
}

impl<'a> Head<'a> {
    fn of(book: &Book, grid: &Grid<'a>) -> Head<'a> {
        let page = grid.page;
        let (years, texts) = (Vec::new(), Vec::new());
        let mut head = Head { page, named: None, years, cited: None, texts };
        let labels = UNIT_LABELS.map(text::key);
        let first = grid.head.saturating_sub(HEAD_WITHIN);
        let above = grid.page.cells.range(CellRef::new(first, 0)..CellRef::new(grid.head, 0));
        for (at, cell) in above {
            let text = shown(cell);
            let place = book.cell_place(grid.page, *at);
            let years = year::in_head(book, grid, *at, &text);
            if years.is_empty() && head.cited.is_none() && text::names_year(&text) {
                head.cited = Some((text.clone(), place.clone()));
            }
            head.years.extend(years);
            if head.named.is_none() && labels.contains(&label_key(&text)) {
                head.named = Some(beside(book, grid.page, *at, &text));
            }
            head.texts.push((text, place));
        }
        head
    }

    /// The units that a text of the head names, or else one of whose form it
    /// speaks: `BẢNG TỰ CHẤM ĐIỂM CỦA UBND PHƯỜNG HÀ TU`.
    fn units<'b>(&self, round: &'b Round) -> Vec<&'b Unit> {
        let texts: Vec<&str> = self.texts.iter().map(|(text, _)| text.as_str()).collect();
        let said = named_so(round, &texts);
        if !said.is_empty() {
            return said;
        }
        let owners: Vec<String> = texts.iter().filter_map(|text| owner_in(text)).collect();
        named_so(round, &owners.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Where a text of the head names this unit.
    fn naming(&self, unit: &Unit) -> Option<&Place> {
        let is_naming = |text: &str| {
            unit.is_named(text) || owner_in(text).is_some_and(|name| unit.is_named(&name))
        };
        self.texts.iter().find(|(text, _)| is_naming(text)).map(|(_, place)| place)
    }

    /// The cell that names the unit.
    fn name_cell(&self) -> Option<CellRef> {
        match self.named.as_ref().map(|(_, place)| &place.at) {
            Some(At::Cell(_, at)) => Some(*at),
            _ => None,
        }
    }

    /// Notes hidden characters and old fonts in the unit's name.
    fn note_spelling(&self, book: &Book, findings: &mut Findings) {
        if let Some(at) = self.name_cell() {
            cell::text(book, self.page, at, findings);
        }
    }

    /// What the unit's name would be in each encoding of before Unicode, for a
    /// name whose font was lost.
    fn decoded(&self) -> Vec<String> {
        let cell = self.name_cell().and_then(|at| self.page.cells.get(&at));
        let Some(RawValue::Text(raw)) = cell.map(|cell| &cell.value) else { return Vec::new() };
        let decode = |encoding| {
            let read = text::clean(&legacy::decode(raw, encoding));
            read.rsplit(':').next().unwrap_or_default().trim().to_owned()
        };
        vec![decode(Encoding::Tcvn3), decode(Encoding::Vni)]
    }

    /// Another year than the round's, where no title says that one. What the
    /// titles do not say may stand elsewhere.
    fn other_year(&self, settings: &Settings) -> Option<&Mention> {
        let mut titles = self.years.iter().filter(|it| it.is_title).peekable();
        let is_titled = titles.peek().is_some();
        let speaking = || self.years.iter().filter(|it| it.is_title || !is_titled);
        let is_said = speaking().any(|it| it.is_of(settings));
        speaking().find(|_| !is_said)
    }
}

/// What follows the last `của` of a text that speaks of a unit's own scoring or
/// report, without the bracket that may close behind it. Other texts speak of
/// the guidance of those who asked for the form.
fn owner_in(text: &str) -> Option<String> {
    let whole = text::key(text);
    let own = ["tự chấm", "tự đánh giá", "báo cáo"].map(text::key);
    own.iter().find(|words| whole.contains(*words))?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().rposition(|word| text::key(word) == text::key("của"))?;
    Some(words[at + 1..].join(" ").trim_end_matches([')', '.', ';']).to_owned())
}

/// What stands before the colon, for comparing.
fn label_key(text: &str) -> String {
    text::key(text.split(':').next().unwrap_or(text))
}

/// What stands behind the colon of a label, or else right of it.
fn beside(book: &Book, page: &Page, at: CellRef, label: &str) -> (String, Place) {
    let behind = label.split_once(':').map_or("", |(_, behind)| behind).trim();
    if !behind.is_empty() {
        return (behind.to_owned(), book.cell_place(page, at));
    }
    let right = page.row(at.row).filter(|(col, _)| at.col < *col && *col <= at.col + VALUE_WITHIN);
    let named = right.map(|(col, cell)| (shown(cell), col)).find(|(text, _)| !text.is_empty());
    let (name, col) = named.unwrap_or((String::new(), at.col + 1));
    (name, book.cell_place(page, CellRef::new(at.row, col)))
}
