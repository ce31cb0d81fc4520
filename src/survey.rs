//! Survey results (điều tra xã hội học): satisfaction by unit and item.
//!
//! Turns the workbook of `khao-sat/` into a [`Survey`] and findings. A result
//! with an error in it is not there.

use std::collections::{BTreeMap, BTreeSet};

use crate::appraisal;
use crate::appraisal::causes::{self, Causes, Clashes, listed};
use crate::book::Book;
use crate::finding::survey as said;
use crate::finding::{Code, Finding, Findings, Place};
use crate::form::Intake;
use crate::points::Quantity;
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Origin};
use crate::round::register::{Unit, UnitId};
use crate::table::sheets::Sheets;
use crate::table::{self, Codes, Column, Line, Table};

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

type Key = (UnitId, ItemCode);

struct Reader<'a> {
    round: &'a Round,
    answers: BTreeMap<Key, Answer>,
    /// Results with an error in them, which is said.
    faulty: BTreeSet<Key>,
    strange: Causes,
    repeated: Clashes,
    findings: Findings,
}

/// Reads the workbooks of `khao-sat/`; no survey when none holds results of
/// this round's table.
pub fn read(books: &[Book], round: &Round, intake: &Intake) -> (Option<Survey>, Findings) {
    let mut reader = Reader {
        round,
        answers: BTreeMap::new(),
        faulty: BTreeSet::new(),
        strange: Causes::default(),
        repeated: Clashes::default(),
        findings: Findings::default(),
    };
    let mut first: Option<&Book> = None;
    for book in books {
        let Some(table) = open(book, round, &mut reader.findings) else { continue };
        first = first.or(Some(book));
        for line in table.lines() {
            reader.line(&line);
        }
    }
    let Some(first) = first else {
        reader.findings.sort();
        return (None, reader.findings);
    };
    reader.refuse_fractions();
    reader.missing(intake, &first.file);
    reader.findings.extend(reader.strange.into_findings());
    reader.findings.extend(reader.repeated.into_findings(Code::SurveyRepeated));
    reader.findings.sort();
    (Some(Survey { answers: reader.answers }), reader.findings)
}

/// The table of a workbook of this round, or why there is none.
fn open<'a>(book: &'a Book, round: &Round, findings: &mut Findings) -> Option<Table<'a>> {
    let mut refuse = |message: String| {
        let place = Place::file(&book.file);
        findings.push(Finding::new(Code::SurveyForeign, place, message));
    };
    let identity = appraisal::identity(book);
    let found = identity.get(layout::ROUND_KEY);
    if let Some(found) = found.filter(|found| **found != round.settings.id) {
        refuse(format!("Bảng khảo sát của kỳ {found}, không phải kỳ {}", round.settings.id));
        return None;
    }
    let mut sheets = Sheets::of(book);
    let page = sheets.named_or_like(layout::SHEET, layout::COLUMNS);
    let Some(page) = page else {
        refuse(format!("Thiếu trang «{}»", layout::SHEET));
        return None;
    };
    sheets.close(findings);
    Table::find(book, page, layout::COLUMNS, CODES, findings)
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line) {
        // No result yet, or a note under the table.
        if line.is_blank(layout::PERCENT) && line.is_blank(layout::COUNT) {
            return;
        }
        let unit = match self.unit(line) {
            Ok(unit) => unit,
            Err(why) => return self.strange(Code::SurveyUnitUnknown, why, line, layout::UNIT),
        };
        let item = match self.item(line, unit) {
            Ok(item) => item,
            Err(why) => return self.strange(Code::SurveyItemUnknown, why, line, layout::CODE),
        };
        let key = (unit.id.clone(), item.code);
        let name = line.cell(layout::NAME).map(table::shown).unwrap_or_default();
        if let Err(why) = unit.confirmed_by(&name) {
            self.answers.remove(&key);
            self.faulty.insert(key);
            return self.strange(Code::SurveyUnitUnknown, why, line, layout::NAME);
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

    fn strange(&mut self, code: Code, why: String, line: &Line, label: &str) {
        self.strange.add(code, why, line.place(label));
    }

    fn unit(&self, line: &Line) -> Result<&'a Unit, String> {
        let id = line.cell(layout::UNIT).map(table::shown).unwrap_or_default();
        causes::unit(&id, self.round)
    }

    fn item(&self, line: &Line, unit: &Unit) -> Result<&'a Item, String> {
        let item = causes::item(line, layout::CODE, self.round.set(unit))?;
        let is_survey = item.origin == Origin::Survey;
        is_survey
            .then_some(item)
            .ok_or_else(|| format!("{} không phải tiêu chí khảo sát", item.code))
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

    /// Fractions were meant as percent: Excel stores 92,5 % as 0,925. One
    /// finding, and no result of them is taken; where all are, neither is a
    /// nought among them.
    fn refuse_fractions(&mut self) {
        let one = Quantity::whole(1);
        let is_fraction = |it: &Answer| Quantity::ZERO < it.percent && it.percent <= one;
        let mut fractions: Vec<&Answer> =
            self.answers.values().filter(|it| is_fraction(it)).collect();
        fractions.sort_by_key(|it| &it.place);
        let Some(sample) = fractions.first() else { return };
        let is_all = self.answers.values().all(|it| it.percent <= one);
        let found = match fractions.as_slice() {
            _ if is_all => format!("đều không quá 1, như {}", sample.percent),
            [_] => format!("ghi {}", sample.percent),
            all => {
                let spots: Vec<String> = all.iter().map(|it| it.place.spot()).collect();
                let (count, spots) = (spots.len(), spots.join(", "));
                format!("không quá 1 ở {count} ô ({spots}), như {}", sample.percent)
            }
        };
        let message = format!("Tỷ lệ hài lòng {found}: cột này ghi theo phần trăm, ví dụ 92,5");
        self.findings.push(Finding::new(Code::SurveyInvalid, sample.place.clone(), message));
        let refused = self.answers.iter().filter(|(_, it)| is_all || is_fraction(it));
        let refused: Vec<Key> = refused.map(|(key, _)| key.clone()).collect();
        self.answers.retain(|key, _| !refused.contains(key));
        self.faulty.extend(refused);
    }

    /// One finding for each unit with a form that lacks results it needs; one
    /// for the file when it holds none at all.
    fn missing(&mut self, intake: &Intake, file: &str) {
        if self.answers.is_empty() && self.faulty.is_empty() && self.strange.is_empty() {
            let message = "Bảng khảo sát chưa có kết quả nào";
            self.findings.push(Finding::new(Code::SurveyMissing, Place::file(file), message));
            return;
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
            let codes = listed(lacking.map(|item| item.code));
            if !codes.is_empty() {
                let message = format!("{} ({}) – thiếu kết quả: {codes}", unit.name, unit.id);
                self.findings.push(Finding::new(Code::SurveyMissing, Place::file(file), message));
            }
        }
    }
}
