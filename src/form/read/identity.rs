//! Whose form it is: by its hidden sheet, which the program wrote, or else by
//! its head, which says less and is believed less.

use std::collections::BTreeMap;

use super::cell::{Notes, shown};
use super::figures::{day_in, formal_day};
use super::grid::Grid;
use crate::book::{Book, Page, RawValue};
use crate::day::Day;
use crate::finding::{At, CellRef, Code, Place};
use crate::form::edition::Edition;
use crate::form::layout;
use crate::form::layout::{Column, Key};
use crate::round::Round;
use crate::round::criteria::CriteriaSet;
use crate::round::register::{Unit, UnitId};
use crate::text;
use crate::text::legacy;
use crate::text::legacy::Encoding;

/// Whose form it is.
pub(super) struct Owner<'a> {
    /// The unit, if it is certain.
    pub(super) unit: Option<&'a Unit>,
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
        Owner { unit: None, is_issued, is_sound: false, edition: Edition::default() }
    }
}

/// How far from its label a value is looked for, in columns.
const VALUE_WITHIN: u32 = 8;

/// Labels beside which a unit writes its name.
const UNIT_LABELS: [&str; 4] = [layout::UNIT, "Tên đơn vị", "Tên cơ quan", "Cơ quan, đơn vị"];

/// Words of a form's title, and of texts that speak of another paper or period.
const SCORING: [&str; 3] = ["tự chấm", "tự đánh giá", "chấm điểm"];
const QUOTED: [&str; 4] = ["quyết định", "hướng dẫn", "so với", "giai đoạn"];

/// A head is at most this many rows.
const HEAD_WITHIN: u32 = 60;

/// Finds out whose form it is; says why when that is not certain.
pub(super) fn owner<'a>(
    book: &Book,
    round: &'a Round,
    grid: Option<&Grid<'_>>,
    notes: &mut Notes<'_>,
) -> Owner<'a> {
    match hidden(book) {
        Some((page, values)) => issued(book, page, &values, round, grid, notes),
        None => by_head(book, round, grid, notes),
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
    notes: &mut Notes<'_>,
) -> Owner<'a> {
    let settings = &round.settings;
    let mut owner = Owner::unknown(true);
    let place = book.place(grid.map_or(page, |grid| grid.page));
    if values[&Key::Round] != settings.id || values[&Key::Year] != settings.year.to_string() {
        let message = format!(
            "Phiếu của kỳ {} (năm {}), không phải kỳ {} (năm {})",
            values[&Key::Round],
            values[&Key::Year],
            settings.id,
            settings.year
        );
        notes.say(Code::FormOtherRound, place, message);
        return owner;
    }
    let id = UnitId(values[&Key::Unit].clone());
    let Some(unit) = round.register.unit(&id) else {
        let message = format!("Phiếu phát cho mã đơn vị «{id}», không có trong danh sách");
        notes.say(Code::UnitUnknown, place, message);
        return owner;
    };
    let Some(head) = grid.map(|grid| Head::of(book, grid)) else {
        return Owner { unit: Some(unit), ..owner };
    };
    if let Some((year, place)) = head.other_year(settings.year) {
        let message = format!("Đầu phiếu ghi năm {year}, kỳ này là năm {}", settings.year);
        notes.say(Code::FormOtherRound, place, message);
        return owner;
    }
    if !name_agrees(&head, unit, round, &mut owner, notes) {
        return owner;
    }
    owner.unit = Some(unit);
    match edition(values, round.set(unit)) {
        Ok(edition) => Owner { is_sound: true, edition, ..owner },
        Err(message) => {
            notes.say(Code::FormOtherSet, place, message);
            owner
        }
    }
}

/// What became of the criteria set since the form was issued, or why that is
/// not certain.
fn edition(values: &BTreeMap<Key, String>, set: &CriteriaSet) -> Result<Edition, String> {
    let version = values[&Key::Version].as_str();
    if !layout::READABLE.contains(&version) {
        return Err(format!("Phiếu theo mẫu «{version}», chương trình này chưa đọc được mẫu đó"));
    }
    if values[&Key::Fingerprint] == set.fingerprint {
        return Ok(Edition::default());
    }
    let marks = values.get(&Key::Marks).and_then(|marks| Edition::since(marks, set));
    marks.ok_or_else(|| {
        format!(
            "Phiếu lập theo một bản của bộ chỉ số «{}» khác bản đang dùng («{}»)",
            values[&Key::Set],
            set.id
        )
    })
}

/// Whether the name on the form may be that of the unit it was issued to. A
/// name that is another unit's makes the owner uncertain.
fn name_agrees<'a>(
    head: &Head<'_>,
    unit: &'a Unit,
    round: &'a Round,
    owner: &mut Owner<'a>,
    notes: &mut Notes<'_>,
) -> bool {
    let Some((name, place)) = &head.named else { return true };
    if name.is_empty() {
        let message = format!("Phiếu phát cho {} bị xóa tên đơn vị", unit.name);
        notes.say(Code::UnitNameBlank, place.clone(), message);
        return true;
    }
    if fits(name, unit) {
        head.note_spelling(notes);
        return true;
    }
    if head.decoded().iter().any(|name| fits(name, unit)) {
        notes.habit(Code::TextLegacy, place.clone());
        return true;
    }
    let is_anothers = round.register.units.iter().any(|other| fits(name, other));
    owner.unit = (!is_anothers).then_some(unit);
    let message = format!("Phiếu phát cho {} nhưng ghi tên đơn vị là «{name}»", unit.name);
    notes.say(Code::UnitMismatch, place.clone(), message);
    false
}

fn by_head<'a>(
    book: &Book,
    round: &'a Round,
    grid: Option<&Grid<'_>>,
    notes: &mut Notes<'_>,
) -> Owner<'a> {
    let mut owner = Owner::unknown(false);
    let Some(grid) = grid else {
        let message = "Không thấy bảng tự chấm điểm và thông tin của phiếu";
        notes.say(Code::FormForeign, Place::file(&book.file), message);
        return owner;
    };
    let head = Head::of(book, grid);
    head.note_spelling(notes);
    let year = round.settings.year;
    let place = book.place(grid.page);
    let years = if head.titles.is_empty() { &head.years } else { &head.titles };
    if !years.iter().any(|(found, _)| *found == year) {
        let (found, place) = years.first().cloned().map_or_else(
            || ("không ghi năm đánh giá".to_owned(), place),
            |(found, place)| (format!("ghi năm {found}"), place),
        );
        let message = format!("Đầu phiếu {found}, kỳ này là năm {year}");
        notes.say(Code::FormOtherRound, place, message);
        return owner;
    }
    // A label before nothing but dots names nobody.
    let label = head.named.as_ref().filter(|(name, _)| !text::key(name).is_empty());
    let units = match label {
        Some((name, _)) => named_so(round, &[name]),
        None => head.units(round),
    };
    let place = match (label, units.as_slice()) {
        (Some((_, place)), _) => place.clone(),
        (None, [unit]) => head.naming(unit).cloned().unwrap_or(place),
        (None, _) => place,
    };
    let name = label.map_or("", |(name, _)| name.as_str());
    match units.as_slice() {
        [unit] => {
            owner = Owner { unit: Some(unit), is_sound: true, ..owner };
            let message = format!("Nhận là phiếu của {} theo tên ghi ở đầu phiếu", unit.name);
            notes.say(Code::IdentityFromHead, place, message);
        }
        [] => {
            let names = round.register.units.iter().map(|unit| unit.name.as_str());
            let near = text::nearest_unit(name, names);
            let near = near.map_or_else(String::new, |near| format!("; gần nhất là «{near}»"));
            let message = match name {
                "" => "Đầu phiếu không ghi tên đơn vị nào trong danh sách".to_owned(),
                name => format!("Không có đơn vị «{name}» trong danh sách{near}"),
            };
            notes.say(Code::UnitUnknown, place, message);
        }
        several => {
            let names: Vec<&str> = several.iter().map(|unit| unit.name.as_str()).collect();
            let message = format!("Tên «{name}» có thể là: {}", names.join("; "));
            notes.say(Code::UnitAmbiguous, place, message);
        }
    }
    owner
}

/// The units of which one of these may be a name.
fn named_so<'a>(round: &'a Round, names: &[&str]) -> Vec<&'a Unit> {
    let units = round.register.units.iter();
    units.filter(|unit| names.iter().any(|name| fits(name, unit))).collect()
}

/// Whether `name` may be one of the unit's names.
fn fits(name: &str, unit: &Unit) -> bool {
    let key = text::unit_key(name);
    let own = [&unit.name].into_iter().chain(&unit.other_names);
    own.map(|own| text::unit_key(own)).any(|own| own.fits(&key))
}

/// What stands above the table.
struct Head<'a> {
    page: &'a Page,
    /// What stands beside the label *Đơn vị*, if there is one; empty when
    /// nothing does.
    named: Option<(String, Place)>,
    /// The years of the titles that speak of self-scoring.
    titles: Vec<(i16, Place)>,
    /// The years of other texts.
    years: Vec<(i16, Place)>,
    /// Every text.
    texts: Vec<(String, Place)>,
}

impl<'a> Head<'a> {
    fn of(book: &Book, grid: &Grid<'a>) -> Head<'a> {
        let page = grid.page;
        let mut head =
            Head { page, named: None, titles: Vec::new(), years: Vec::new(), texts: Vec::new() };
        let year = text::key("năm");
        let (scored, quoted) = (SCORING.map(text::key), QUOTED.map(text::key));
        let speaks = |key: &str, words: &[String]| words.iter().any(|it| key.contains(it));
        let labels = UNIT_LABELS.map(text::key);
        let first = grid.head.saturating_sub(HEAD_WITHIN);
        let above = grid.page.cells.range(CellRef::new(first, 0)..CellRef::new(grid.head, 0));
        for (at, cell) in above {
            let text = shown(cell);
            let place = book.cell_place(grid.page, *at);
            let key = text::key(&text);
            if let Some(found) = year_in(&text).filter(|_| key.contains(&year)) {
                let is_title = speaks(&key, &scored) && !speaks(&key, &quoted);
                let years = if is_title { &mut head.titles } else { &mut head.years };
                years.push((found, place.clone()));
            }
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
        let is_naming =
            |text: &str| fits(text, unit) || owner_in(text).is_some_and(|name| fits(&name, unit));
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
    fn note_spelling(&self, notes: &mut Notes<'_>) {
        if let Some(at) = self.name_cell() {
            notes.text(self.page, at);
        }
    }

    /// What the unit's name would be in each encoding of before Unicode, for a
    /// name whose font was lost.
    fn decoded(&self) -> Vec<String> {
        let cell = self.name_cell().and_then(|at| self.page.cells.get(&at));
        let Some(RawValue::Text(raw)) = cell.map(|cell| &cell.value) else { return Vec::new() };
        let decode = |encoding| text::clean(&legacy::decode(raw, encoding));
        vec![decode(Encoding::Tcvn3), decode(Encoding::Vni)]
    }

    /// A year of the title that is not this one.
    fn other_year(&self, year: i16) -> Option<(i16, Place)> {
        let is_said = self.titles.iter().any(|(found, _)| *found == year);
        self.titles.iter().find(|_| !is_said).cloned()
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

/// The last number of four digits from 2000 to 2099.
fn year_in(text: &str) -> Option<i16> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).rfind(|year| (2000..2100).contains(year))
}

/// Where the day of the form is written, and the day, or what stands there
/// instead. A head without the label may have a dateline.
pub(super) fn dated(book: &Book, grid: &Grid<'_>, year: i16) -> (Place, Result<Day, String>) {
    let above = || grid.page.cells.range(..CellRef::new(grid.head, 0));
    let wanted = text::key(layout::DATED);
    let Some((label, _)) = above().find(|(_, cell)| text::key(&shown(cell)) == wanted) else {
        let dateline = above().find_map(|(at, cell)| Some((*at, formal_day(&shown(cell))?)));
        return match dateline {
            Some((at, day)) => (book.cell_place(grid.page, at), Ok(day)),
            None => (book.place(grid.page), Err(String::new())),
        };
    };
    let mut right = grid.page.row(label.row).filter(|(col, _)| label.col < *col);
    let Some((col, cell)) = right.next() else {
        let at = CellRef::new(label.row, label.col + 1);
        return (book.cell_place(grid.page, at), Err(String::new()));
    };
    let (first, last) = layout::made_out(year);
    let day = day_in(cell, year).filter(|day| first <= *day && *day <= last);
    let place = book.cell_place(grid.page, CellRef::new(label.row, col));
    (place, day.ok_or_else(|| shown(cell)))
}

/// The columns without which a table cannot be read: all of ours on an issued
/// form; the four of the usual layout on any other.
pub(super) fn needed_columns(is_issued: bool) -> &'static [Column] {
    if is_issued {
        &Column::ALL
    } else {
        &[Column::Code, Column::Title, Column::Max, Column::Score]
    }
}
