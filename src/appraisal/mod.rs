//! Appraisal (thẩm định): what the appraisers grant, laid over the units' own
//! claims.
//!
//! Turns the workbooks that came back into an [`Appraisal`] and findings. A
//! score with an error in it is not there: the unit's own claim stays in force,
//! provisionally.

pub(crate) mod causes;
pub mod layout;
mod adjust;
mod scores;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, RawCell};
use crate::finding::{Code, Finding, Findings, Place};
use crate::form::Intake;
use crate::form::layout::IDENTITY;
use crate::points::Points;
use crate::round::Round;
use crate::round::criteria::ItemCode;
use crate::round::register::{Unit, UnitId};
use crate::round::settings::Bloc;
use crate::table::sheets::Sheets;
use crate::table::{self, Codes, Table};

/// Everything the appraisal workbooks say.
#[derive(Clone, Debug, Default)]
pub struct Appraisal {
    /// Units with a form and a row in a workbook that came back: a unit that is
    /// not here was not appraised at all.
    pub units: Vec<UnitId>,
    /// Where the round takes a blank for agreement, the agreed scores are here
    /// too.
    pub scores: BTreeMap<(UnitId, ItemCode), Appraised>,
    pub adjustments: Vec<Adjustment>,
    /// Units with a line of bonus or penalty that was set aside as faulty.
    pub doubtful: BTreeSet<UnitId>,
    /// Such a line does not say whose it is.
    pub is_doubtful: bool,
}

/// One appraised score (điểm thẩm định).
#[derive(Clone, Debug)]
pub struct Appraised {
    pub points: Points,
    pub reason: String,
    pub place: Place,
}

/// A bonus (điểm thưởng) or a penalty (điểm trừ), outside the set's total.
#[derive(Clone, Debug)]
pub struct Adjustment {
    pub unit: UnitId,
    pub kind: AdjustmentKind,
    /// Above zero for both kinds.
    pub points: Points,
    pub reason: String,
    pub source: String,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdjustmentKind {
    Bonus,
    Penalty,
}

/// The codes of the sheet of scores.
const SCORES: Codes = Codes {
    missing: Code::AppraisalForeign,
    unknown: None,
    invalid: Code::AppraisedNotANumber,
    mangled: Code::AppraisalItemUnknown,
};

/// The codes of the sheet of bonuses and penalties.
const ADJUSTMENTS: Codes = Codes {
    missing: Code::AppraisalForeign,
    unknown: None,
    invalid: Code::AdjustmentInvalid,
    mangled: Code::AdjustmentInvalid,
};

/// A workbook of this round, with both of its tables.
struct Volume<'a> {
    book: &'a Book,
    bloc: &'a Bloc,
    scores: Table<'a>,
    adjustments: Table<'a>,
}

/// Reads the workbooks of `tham-dinh/`; no appraisal when none is of this round.
pub fn read(books: &[Book], round: &Round, intake: &Intake) -> (Option<Appraisal>, Findings) {
    let mut findings = Findings::default();
    let mut volumes: Vec<Volume> = Vec::new();
    for book in books {
        if let Some(same) = volumes.iter().find(|it| it.book.sha256 == book.sha256) {
            let message = format!("Tệp giống hệt {}", same.book.file);
            findings.push(Finding::new(Code::AppraisalCopied, Place::file(&book.file), message));
        } else {
            volumes.extend(open(book, round, &mut findings));
        }
    }
    if volumes.is_empty() {
        findings.sort();
        return (None, findings);
    }
    let mut appraisal = scores::read(&volumes, round, intake, &mut findings);
    adjust::read(&volumes, round, &mut appraisal, &mut findings);
    findings.extend(formless(&volumes, round, intake));
    findings.sort();
    (Some(appraisal), findings)
}

/// A workbook as one of this round's, or why it is not.
fn open<'a>(book: &'a Book, round: &'a Round, findings: &mut Findings) -> Option<Volume<'a>> {
    let bloc = match bloc(book, round) {
        Ok(bloc) => bloc,
        Err(why) => {
            let place = Place::file(&book.file);
            findings.push(Finding::new(Code::AppraisalForeign, place, why));
            return None;
        }
    };
    let mut sheets = Sheets::of(book);
    let mut find = |name, columns, codes: Codes| {
        let Some(page) = sheets.named_or_like(name, columns) else {
            let message = format!("Thiếu trang «{name}»");
            findings.push(Finding::new(codes.missing, Place::file(&book.file), message));
            return None;
        };
        Table::find(book, page, columns, codes, findings)
    };
    let scores = find(layout::SCORES, layout::SCORE_COLUMNS, SCORES);
    let adjustments = find(layout::ADJUSTMENTS, layout::ADJUSTMENT_COLUMNS, ADJUSTMENTS);
    sheets.close(findings);
    Some(Volume { book, bloc, scores: scores?, adjustments: adjustments? })
}

/// The bloc a workbook was made for, by its identity.
fn bloc<'a>(book: &Book, round: &'a Round) -> Result<&'a Bloc, String> {
    let identity = identity(book);
    let value = |key: &str| identity.get(key).map_or("", String::as_str);
    match value(layout::VERSION_KEY) {
        "" => return Err("Tệp không có dấu nhận diện của bảng thẩm định".to_owned()),
        layout::VERSION => {}
        other => return Err(format!("Bảng thẩm định theo phiên bản mẫu khác: {other}")),
    }
    let (found, own) = (value(layout::ROUND_KEY), &round.settings.id);
    if found != own {
        return Err(format!("Bảng thẩm định của kỳ {found}, không phải kỳ {own}"));
    }
    let id = value(layout::BLOC_KEY);
    let bloc = round.settings.blocs.iter().find(|bloc| bloc.id.0 == id);
    bloc.ok_or_else(|| format!("Khối của bảng thẩm định không có trong ky.toml: {id}"))
}

/// The pairs of a workbook's hidden identity; empty when it has none.
pub(crate) fn identity(book: &Book) -> BTreeMap<String, String> {
    let Some(page) = book.page(IDENTITY) else { return BTreeMap::new() };
    let shown = |cell: Option<&RawCell>| cell.map(table::shown).unwrap_or_default();
    let pair = |row| (shown(page.get(row, 0)), shown(page.get(row, 1)));
    page.rows().map(pair).collect()
}

/// Units that were appraised although no form of theirs counts: one finding a
/// unit, however many rows it has.
fn formless(volumes: &[Volume], round: &Round, intake: &Intake) -> Findings {
    let mut places: BTreeMap<&UnitId, Place> = BTreeMap::new();
    for volume in volumes {
        let scored = volume.scores.lines().filter(|line| !line.is_blank(layout::SCORE));
        let adjusted = volume.adjustments.lines();
        for line in scored.chain(adjusted) {
            let id = line.cell(layout::UNIT).map(table::shown).unwrap_or_default();
            let unit = round.register.unit(&UnitId(id)).map(|unit| &unit.id);
            if let Some(unit) = unit.filter(|unit| !intake.forms.contains_key(unit)) {
                places.entry(unit).or_insert_with(|| line.place(layout::UNIT));
            }
        }
    }
    let finding = |(unit, place): (&UnitId, Place)| {
        let name = round.register.unit(unit).map_or("", |unit| &unit.name);
        let message = format!("{name} ({unit}) – có điểm trong bảng thẩm định, không có phiếu");
        Finding::new(Code::AppraisalWithoutForm, place, message)
    };
    places.into_iter().map(finding).collect()
}

/// A unit of a volume's bloc, or why a row's id is none.
fn unit_of<'a>(id: &str, bloc: &Bloc, round: &'a Round) -> Result<&'a Unit, String> {
    let unit = causes::unit(id, round)?;
    let is_here = unit.bloc == bloc.id;
    is_here.then_some(unit).ok_or_else(|| format!("{id} – {} không thuộc {}", unit.name, bloc.name))
}
