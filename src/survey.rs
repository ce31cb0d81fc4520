//! Survey results (điều tra xã hội học): satisfaction by unit and item.
//!
//! Turns the workbook of `khao-sat/` into a [`Survey`] and findings. A result
//! with an error in it is not there.

use std::collections::{BTreeMap, BTreeSet};

use crate::appraisal;
use crate::appraisal::causes::{self, Clashes, listed};
use crate::book::Book;
use crate::finding::round::HeadOfYear;
use crate::finding::survey as said;
use crate::finding::{CellRef, Code, Findings, Place, Said, cell};
use crate::form::Intake;
use crate::points::Quantity;
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Origin};
use crate::round::register::{Unit, UnitId};
use crate::round::terms::Assent;
use crate::table::sheets::Sheets;
use crate::table::{self, Codes, Column, Line, Table};
use crate::text;

/// What the survey workbook says.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    pub answers: BTreeMap<(UnitId, ItemCode), Answer>,
}

/// The satisfaction measured for one item of one unit.
#[derive(Clone, Debug)]
pub struct Answer {
    /// In percent, 0 to 100.
    pub percent: Quantity,
    /// How many answered.
    pub count: i64,
    pub place: Place,
}

/// The words of the survey workbook, shared by its writer and its reader.
pub mod layout {
    use super::Column;

    /// The version of the layout, in the identity of our own workbooks. One
    /// without an identity is taken too: results come from whoever asked.
    pub const VERSION: &str = "1";
    pub const VERSION_KEY: &str = "mau-khao-sat";
    pub const ROUND_KEY: &str = "ky";

    /// The sheet.
    pub const SHEET: &str = "Khảo sát";

    pub const UNIT: &str = "Mã đơn vị";
    pub const NAME: &str = "Đơn vị";
    pub const CODE: &str = "Mã";
    pub const TITLE: &str = "Nội dung";
    pub const PERCENT: &str = "Tỷ lệ hài lòng (%)";
    pub const COUNT: &str = "Số phiếu trả lời";

    /// The table, in printed order.
    pub const COLUMNS: &[Column] = &[
        Column::needed(UNIT),
        Column::optional(NAME),
        Column::needed(CODE),
        Column::optional(TITLE),
        Column::needed(PERCENT),
        Column::needed(COUNT),
    ];
}

const CODES: Codes = Codes {
    missing: Code::SurveyForeign,
    unknown: None,
    invalid: Code::SurveyInvalid,
    mangled: Code::SurveyItemUnknown,
};

/// More answers than so many times the middle number are doubted.
const MANY_TIMES: i64 = 10;

type Key = (UnitId, ItemCode);

/// In place of a unit, where every result of an item is confirmed.
const WORD: &str = "khao-sat";

/// Scales that people answer on, of which a mean is no percentage.
const SCALES: [i64; 2] = [5, 10];

/// The scale that a result may be a mean of. Nobody satisfied is no mean.
fn scale_of(percent: Quantity) -> Option<i64> {
    let is_within = |scale: &i64| Quantity::ZERO < percent && percent <= Quantity::whole(*scale);
    SCALES.into_iter().find(is_within)
}

/// The key that confirms a result.
fn word((unit, item): &Key) -> String {
    Assent::key(unit, item)
}

struct Reader<'a> {
    round: &'a Round,
    findings: &'a mut Findings,
    answers: BTreeMap<Key, Answer>,
    /// Results with an error in them, which is said.
    faulty: BTreeSet<Key>,
    /// Rows that name no unit or item of the survey.
    strange: Findings,
    repeated: Clashes,
}

/// Reads the workbooks of `khao-sat/`; no survey when none holds results of
/// this round's table.
pub fn read(
    books: &[Book],
    round: &Round,
    intake: &Intake,
    findings: &mut Findings,
) -> Option<Survey> {
    let tables: Vec<(&Book, Table)> =
        books.iter().filter_map(|book| Some((book, open(book, round, findings)?))).collect();
    let (first, _) = tables.first()?;
    let mut reader = Reader {
        round,
        findings,
        answers: BTreeMap::new(),
        faulty: BTreeSet::new(),
        strange: Findings::default(),
        repeated: Clashes::default(),
    };
    for line in tables.iter().flat_map(|(_, table)| table.lines()) {
        reader.line(&line);
    }
    reader.refuse_fractions();
    reader.refuse_means();
    reader.doubt_counts();
    reader.missing(intake, &first.file);
    reader.strange.gather();
    reader.repeated.say(Code::SurveyRepeated, reader.findings);
    reader.findings.extend(reader.strange);
    Some(Survey { answers: reader.answers })
}

/// The table of a workbook of this round, or why there is none.
fn open<'a>(book: &'a Book, round: &Round, findings: &mut Findings) -> Option<Table<'a>> {
    let place = Place::file(&book.file);
    let identity = appraisal::identity(book);
    let (found, own) = (identity.get(layout::ROUND_KEY), &round.settings.id);
    if let Some(found) = found.filter(|found| *found != own) {
        findings.say(place, said::OtherRound { found, round: own });
        return None;
    }
    let mut sheets = Sheets::of(book);
    let Some(page) = sheets.named_or_like(layout::SHEET, layout::COLUMNS) else {
        let said = Said::from(cell::PageMissing { name: layout::SHEET });
        findings.say(place, said.under(CODES.missing));
        return None;
    };
    sheets.close(findings);
    let table = Table::find(book, page, layout::COLUMNS, CODES, findings)?;
    // A table of ours has the round's id; of any other, only its title tells.
    let above = page.cells.range(..CellRef::new(table.head(), 0));
    let year = round.settings.year;
    let told = above.map(|(at, cell)| (*at, table::shown(cell)));
    let other = told.into_iter().find_map(|(at, it)| Some((at, text::other_years(&it, year)?, it)));
    if let Some((at, found, title)) = other {
        let said = Said::from(HeadOfYear { title, found, year });
        findings.say(book.cell_place(page, at), said.unless(Assent::key(WORD, "nam")));
    }
    Some(table)
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line) {
        // No result yet, or a note under the table.
        if line.is_blank(layout::PERCENT) && line.is_blank(layout::COUNT) {
            return;
        }
        let unit = match causes::unit(&line.shown(layout::UNIT), self.round) {
            Ok(unit) => unit,
            Err(why) => {
                return self.strange(why.under(Code::SurveyUnitUnknown), line, layout::UNIT);
            }
        };
        let item = match self.item(line, unit) {
            Ok(item) => item,
            Err(why) => {
                return self.strange(why.under(Code::SurveyItemUnknown), line, layout::CODE);
            }
        };
        let key = (unit.id.clone(), item.code);
        if let Err(why) = unit.confirmed_by(&line.shown(layout::NAME)) {
            self.answers.remove(&key);
            self.faulty.insert(key);
            let why = why.under(Code::SurveyUnitUnknown);
            return self.strange(why, line, layout::NAME);
        }
        let Some(answer) = self.answer(line, &key) else {
            self.answers.remove(&key);
            self.faulty.insert(key);
            return;
        };
        match self.answers.get(&key) {
            _ if self.faulty.contains(&key) => {}
            None => {
                self.answers.insert(key, answer);
            }
            Some(same) if (same.percent, same.count) == (answer.percent, answer.count) => {}
            Some(other) => {
                self.repeated.add(&key.0, key.1, answer.place, other.place.clone());
                self.answers.remove(&key);
                self.faulty.insert(key);
            }
        }
    }

    fn strange(&mut self, why: Said, line: &Line, label: &str) {
        self.strange.say(line.place(label), why);
    }

    fn item(&self, line: &Line, unit: &Unit) -> Result<&'a Item, Said> {
        let item = causes::item(line, [layout::CODE, layout::TITLE], self.round.set(unit))?;
        let is_survey = item.origin == Origin::Survey;
        is_survey.then_some(item).ok_or_else(|| said::NotOfSurvey { item: item.code }.into())
    }

    /// The result in a row, or the one finding that says what is wrong with it.
    fn answer(&mut self, line: &Line, (unit, code): &Key) -> Option<Answer> {
        let mut wrong = Findings::default();
        let percent = line.needed_number(layout::PERCENT, &mut wrong);
        let hundred = Quantity::whole(100);
        if let Some(percent) = percent.filter(|it| it.is_negative() || hundred < *it) {
            let label = layout::PERCENT;
            line.refuse(label, said::NotAPercent { label, found: percent }, &mut wrong);
        }
        let count = line.needed_number(layout::COUNT, &mut wrong);
        let whole = count.and_then(Quantity::to_whole).filter(|count| 0 < *count);
        if let (Some(count), None) = (count, whole) {
            let label = layout::COUNT;
            line.refuse(label, said::NotACount { label, found: count }, &mut wrong);
        }
        if let Some((place, said)) = wrong.into_one() {
            self.findings.say(place, said.of(unit, *code));
            return None;
        }
        Some(Answer { percent: percent?, count: whole?, place: line.place(layout::PERCENT) })
    }

    /// Whether somebody looked at a result and found it right.
    fn has(&self, key: &Key) -> bool {
        self.round.assent.has(&word(key))
    }

    /// Fractions were meant as percent: Excel stores 92,5 % as 0,925. One
    /// finding, and no result of them is taken; where all are, neither is a
    /// nought among them.
    fn refuse_fractions(&mut self) {
        let one = Quantity::whole(1);
        let is_fraction = |it: &Answer| Quantity::ZERO < it.percent && it.percent <= one;
        let mut fractions = Vec::new();
        for (key, answer) in self.answers.iter().filter(|(_, it)| is_fraction(it)) {
            if self.has(key) {
                let said = Said::from(said::OneFraction { found: answer.percent });
                self.findings.say(answer.place.clone(), said.unless(word(key)));
            } else {
                fractions.push(answer);
            }
        }
        fractions.sort_by_key(|it| &it.place);
        let Some(sample) = fractions.first() else { return };
        let is_all = self.answers.values().all(|it| it.percent <= one);
        let found = sample.percent;
        let said: Said = match fractions.as_slice() {
            _ if is_all => said::AllFractions { found }.into(),
            [_] => said::OneFraction { found }.into(),
            all => {
                let spots: Vec<String> = all.iter().map(|it| it.place.spot()).collect();
                said::SomeFractions { count: spots.len(), spots, found }.into()
            }
        };
        self.findings.say(sample.place.clone(), said);
        let is_refused = |key: &Key, it: &Answer| (is_all || is_fraction(it)) && !self.has(key);
        let refused = self.answers.iter().filter(|(key, it)| is_refused(key, it));
        let refused: Vec<Key> = refused.map(|(key, _)| key.clone()).collect();
        self.answers.retain(|key, _| !refused.contains(key));
        self.faulty.extend(refused);
    }

    /// Where every result of an item is so low, it is the mean of a scale; one so
    /// low among others is only odd.
    fn refuse_means(&mut self) {
        let items: BTreeSet<ItemCode> = self.answers.keys().map(|(_, item)| *item).collect();
        for item in items {
            let of_item = self.answers.iter().filter(|((_, it), _)| *it == item);
            let answers: Vec<(&Key, &Answer)> = of_item.collect();
            let best = answers.iter().rev().max_by_key(|(_, it)| it.percent);
            let Some((_, best)) = best else { continue };
            if let Some(scale) = scale_of(best.percent).filter(|_| 1 < answers.len()) {
                let said = Said::from(said::MeansOfScale { item, scale, found: best.percent });
                let key = Assent::key(WORD, item);
                let is_confirmed = self.round.assent.has(&key);
                self.findings.say(best.place.clone(), said.unless(key));
                if is_confirmed {
                    continue;
                }
                let refused: Vec<Key> = answers.iter().map(|(key, _)| (*key).clone()).collect();
                self.answers.retain(|key, _| !refused.contains(key));
                self.faulty.extend(refused);
                continue;
            }
            for (key, answer) in answers {
                let Some(scale) = scale_of(answer.percent) else { continue };
                let said = Said::from(said::MeanAlone { scale, found: answer.percent });
                let said = said.of(&key.0, item).unless(word(key));
                self.findings.say(answer.place.clone(), said);
            }
        }
    }

    /// Doubts a number of answers far above the others'.
    fn doubt_counts(&mut self) {
        let mut counts: Vec<i64> = self.answers.values().map(|it| it.count).collect();
        counts.sort_unstable();
        let usual = counts.get(counts.len() / 2).copied().unwrap_or_default();
        for (key, it) in self.answers.iter().filter(|(_, it)| MANY_TIMES * usual < it.count) {
            let said = Said::from(said::CountFar { found: it.count, usual });
            self.findings.say(it.place.clone(), said.unless(word(key)));
        }
    }

    /// One finding for each unit with a form that lacks results it needs; one
    /// for the file when it holds none at all.
    fn missing(&mut self, intake: &Intake, file: &str) {
        if self.answers.is_empty() && self.faulty.is_empty() && self.strange.is_empty() {
            return self.findings.say(Place::file(file), said::NoneYet {});
        }
        let units = self.round.register.units.iter();
        let is_scored = |unit: &&Unit| unit.exempt.is_none() && intake.forms.contains_key(&unit.id);
        for unit in units.filter(is_scored) {
            let key = |item: &Item| (unit.id.clone(), item.code);
            let is_lacking = |item: &&Item| {
                item.origin == Origin::Survey
                    && self.round.exemptions.get(&unit.id, item.code).is_none()
                    && !self.answers.contains_key(&key(item))
                    && !self.faulty.contains(&key(item))
            };
            let lacking = self.round.set(unit).items().filter(is_lacking);
            let items = listed(lacking.map(|item| item.code));
            if !items.is_empty() {
                let said = said::Lacking { name: &unit.name, unit: &unit.id, items };
                self.findings.say(Place::file(file), said);
            }
        }
    }
}
