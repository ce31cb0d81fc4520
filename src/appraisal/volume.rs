//! A workbook that came back → one of this round's, with both of its tables.

use std::collections::BTreeMap;

use super::{causes, layout};
use crate::book::{Book, RawCell};
use crate::finding::appraisal as said;
use crate::finding::{Code, Findings, Place, Said, cell};
use crate::form::layout::IDENTITY;
use crate::round::Round;
use crate::round::register::Unit;
use crate::round::settings::Bloc;
use crate::table::sheets::Sheets;
use crate::table::{self, Codes, Line, Table};

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
pub(super) struct Volume<'a> {
    pub(super) book: &'a Book,
    pub(super) bloc: &'a Bloc,
    /// Which supplement it is; 0 of the first tables.
    pub(super) number: u32,
    pub(super) scores: Table<'a>,
    pub(super) adjustments: Table<'a>,
}

/// A workbook as one of this round's, or why it is not.
pub(super) fn open<'a>(
    book: &'a Book,
    round: &'a Round,
    findings: &mut Findings,
) -> Option<Volume<'a>> {
    let (bloc, number) =
        bloc(book, round).map_err(|why| findings.say(Place::file(&book.file), why)).ok()?;
    let mut sheets = Sheets::of(book);
    let mut find = |name, columns, codes: Codes| {
        let Some(page) = sheets.named_or_like(name, columns) else {
            let said = Said::from(cell::PageMissing { name });
            findings.say(Place::file(&book.file), said.under(codes.missing));
            return None;
        };
        Table::find(book, page, columns, codes, findings)
    };
    let scores = find(layout::SCORES, layout::SCORE_COLUMNS, SCORES);
    let adjustments = find(layout::ADJUSTMENTS, layout::ADJUSTMENT_COLUMNS, ADJUSTMENTS);
    sheets.close(findings);
    Some(Volume { book, bloc, number, scores: scores?, adjustments: adjustments? })
}

/// The bloc a workbook was made for and which supplement it is, by its identity.
fn bloc<'a>(book: &Book, round: &'a Round) -> Result<(&'a Bloc, u32), Said> {
    let identity = identity(book);
    let value = |key: &str| identity.get(key).map_or("", String::as_str);
    match value(layout::VERSION_KEY) {
        "" => return Err(said::Unmarked {}.into()),
        layout::VERSION => {}
        found => return Err(said::OtherLayout { found }.into()),
    }
    let (found, own) = (value(layout::ROUND_KEY), &round.settings.id);
    if found != own {
        return Err(said::OtherRound { found, round: own }.into());
    }
    let found = value(layout::BLOC_KEY);
    let bloc = round.settings.blocs.iter().find(|bloc| bloc.id.0 == found);
    let bloc = bloc.ok_or(said::BlocUnknown { found })?;
    Ok((bloc, value(layout::SUPPLEMENT_KEY).parse().unwrap_or(0)))
}

/// The pairs of a workbook's hidden identity; empty when it has none.
pub(crate) fn identity(book: &Book) -> BTreeMap<String, String> {
    let Some(page) = book.page(IDENTITY) else { return BTreeMap::new() };
    let shown = |cell: Option<&RawCell>| cell.map(table::shown).unwrap_or_default();
    let pair = |row| (shown(page.get(row, 0)), shown(page.get(row, 1)));
    page.rows().map(pair).collect()
}

/// The unit of a row, which is of the volume's bloc, or why there is none.
pub(super) fn unit_of<'a>(line: &Line, bloc: &Bloc, round: &'a Round) -> Result<&'a Unit, Said> {
    let unit = causes::unit(&line.shown(layout::UNIT), round)?;
    let said = || said::UnitOfOtherBloc { unit: &unit.id, name: &unit.name, bloc: &bloc.name };
    (unit.bloc == bloc.id).then_some(unit).ok_or_else(|| said().into())
}
