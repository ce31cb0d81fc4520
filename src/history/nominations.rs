//! Who is put forward for an award over the period (`khen-thuong.xlsx`), who
//! may not have one, and who was commended before.

use crate::book::Book;
use crate::finding::history as said;
use crate::finding::{Code, Findings, Place, Said};
use crate::history::genealogy::Genealogy;
use crate::history::members::Members;
use crate::history::period::Period;
use crate::round::read_register::{
    EXCLUSION_COLUMNS, EXCLUSIONS, ID, PERSON, POST, REASON, SOURCE,
};
use crate::round::register::UnitId;
use crate::round::terms::Confirmed;
use crate::table::sheets::Sheets;
use crate::table::{self, Column, Line, Table};
use crate::text;

/// The file, and its sheets; exclusions are as in a round's register.
pub const FILE: &str = "khen-thuong.xlsx";
pub const NOMINATED: &str = "Đề nghị";
pub const COMMENDED: &str = "Đã khen";

pub const ACHIEVEMENT: &str = "Thành tích";
pub const YEAR: &str = "Năm";
pub const FORM: &str = "Hình thức khen";

pub const NOMINATED_COLUMNS: &[Column] = &[
    Column::needed(ID),
    Column::needed(PERSON),
    Column::optional(POST),
    Column::needed(ACHIEVEMENT),
];
pub const COMMENDED_COLUMNS: &[Column] = &[
    Column::needed(ID),
    Column::needed(PERSON),
    Column::needed(YEAR),
    Column::needed(FORM),
    Column::needed(ACHIEVEMENT),
    Column::optional(SOURCE),
];

/// One line of any of the sheets: about a unit, or a person of it.
#[derive(Clone, Debug)]
pub struct Mention {
    pub unit: UnitId,
    /// `None`: the unit itself.
    pub person: Option<String>,
    pub post: String,
    /// The achievement, or the reason for an exclusion.
    pub text: String,
    /// The year and the form of an earlier award, or the paper of an exclusion.
    pub source: String,
    /// It is not certain that the person is who is meant.
    pub is_doubtful: bool,
    pub place: Place,
}

/// The three sheets.
#[derive(Clone, Debug, Default)]
pub struct Nominations {
    pub nominated: Vec<Mention>,
    pub excluded: Vec<Mention>,
    pub commended: Vec<Mention>,
}

/// Reads the workbook. Sheets that are not there hold nobody.
pub(super) fn read(book: &Book, among: Among, findings: &mut Findings) -> Nominations {
    let mut sheets = Sheets::of(book);
    let mut sheet = |name, columns, text| {
        let page = sheets.named(name, columns).filter(|page| !page.cells.is_empty());
        let table = page.and_then(|page| Table::find(book, page, columns, table::ROUND, findings));
        let lines = table.iter().flat_map(Table::lines);
        let mut own = Findings::default();
        let mention = |line: Line| mention(&line, text, among, &mut own);
        let mentions: Vec<Mention> = lines.filter_map(mention).collect();
        own.gather();
        findings.extend(own);
        mentions
    };
    let mut nominated = sheet(NOMINATED, NOMINATED_COLUMNS, ACHIEVEMENT);
    let excluded = sheet(EXCLUSIONS, EXCLUSION_COLUMNS, REASON);
    let commended = sheet(COMMENDED, COMMENDED_COLUMNS, ACHIEVEMENT);
    sheets.close(findings);
    for (at, later) in nominated.iter().enumerate() {
        if nominated[..at].iter().any(|it| among.are_one(it, later)) {
            let who = later.person.as_deref().unwrap_or(&later.unit.0);
            findings.say(later.place.clone(), said::NominatedTwice { who });
        }
    }
    among.tell_apart(&mut nominated, &excluded, findings);
    Nominations { nominated, excluded, commended }
}

fn mention(
    line: &Line,
    label: &'static str,
    among: Among,
    findings: &mut Findings,
) -> Option<Mention> {
    let members = among.members;
    let found = line.code(ID, findings).unwrap_or_default();
    let unit = UnitId::parse(&found).filter(|id| members.get(id).is_some());
    if unit.is_none() {
        let said = said::UnitUnknown { found: &found, near: members.nearest(&found) };
        findings.say(line.place(ID), Said::from(said).under(Code::NominationInvalid));
    }
    // A post is nobody's but a person's.
    let whom = if line.is_blank(POST) || !line.is_blank(PERSON) {
        line.whom(PERSON, findings)
    } else {
        line.needed_text(PERSON, findings).and(None)
    };
    let text = line.reason(label, findings);
    let year = line.text(YEAR, findings);
    if let Some(unit) = unit.as_ref().filter(|_| !year.is_empty()) {
        among.doubt_year(unit, &year, line.place(YEAR), findings);
    }
    let source = [line.text(FORM, findings), year, line.text(SOURCE, findings)];
    let said: Vec<String> = source.into_iter().filter(|it| !it.is_empty()).collect();
    Some(Mention {
        unit: unit?,
        person: whom?.into_person(),
        post: line.text(POST, findings),
        text: text?,
        source: said.join(", "),
        is_doubtful: false,
        place: line.place(ID),
    })
}

/// Among whom the people and units of the workbook are.
#[derive(Clone, Copy)]
pub(super) struct Among<'a> {
    pub(super) members: &'a Members,
    pub(super) genealogy: &'a Genealogy,
    /// `None` when the settings could not be read.
    pub(super) confirmed: Option<&'a Confirmed>,
    pub(super) period: Option<&'a Period>,
}

/// People are told to have been commended so many years before a period.
const USUAL_BEFORE: i16 = 10;

impl Among<'_> {
    /// Doubts the year of an earlier award: none, or one that cannot be meant.
    fn doubt_year(self, unit: &UnitId, found: &str, place: Place, findings: &mut Findings) {
        let Some((period, confirmed)) = self.period.zip(self.confirmed) else { return };
        let (from, to) = (period.from - USUAL_BEFORE, period.dated.year());
        let years = found.split(|it: char| !it.is_ascii_digit()).filter(|it| it.len() == 4);
        let mut years = years.filter_map(|it| it.parse::<i16>().ok()).peekable();
        if years.peek().is_none() || years.any(|it| it < from || to < it) {
            confirmed.doubt(
                &unit.0,
                place,
                said::CommendedWhen { found, from, to }.into(),
                findings,
            );
        }
    }

    /// Whether both are about one unit itself, or one person of it.
    fn are_one(self, one: &Mention, other: &Mention) -> bool {
        self.are_of_one_line(one, other) && one.key() == other.key()
    }

    fn are_of_one_line(self, one: &Mention, other: &Mention) -> bool {
        self.genealogy.of(&one.unit) == self.genealogy.of(&other.unit)
    }

    /// A name nominated by two units, or excluded in another, may be of one person
    /// or of two: nobody is commended twice, or in place of another.
    fn tell_apart(self, nominated: &mut [Mention], excluded: &[Mention], findings: &mut Findings) {
        let mut doubtful = Vec::new();
        for (at, own) in nominated.iter().enumerate() {
            let Some(person) = own.person.as_deref() else { continue };
            let is_elsewhere =
                |it: &&Mention| it.key() == own.key() && !self.are_of_one_line(it, own);
            let said: Said = if let Some(other) = excluded.iter().find(is_elsewhere) {
                said::ExcludedElsewhere { person, unit: &other.unit, place: other.place.clone() }
                    .into()
            } else if let Some(other) = nominated.iter().find(is_elsewhere) {
                said::NominatedElsewhere { person, unit: &other.unit }.into()
            } else {
                continue;
            };
            if let Some(confirmed) = self.confirmed {
                confirmed.doubt(person, own.place.clone(), said.of_unit(&own.unit), findings);
            }
            if self.confirmed.is_none_or(|it| !it.has(person)) {
                doubtful.push(at);
            }
        }
        for at in doubtful {
            nominated[at].is_doubtful = true;
        }
    }
}

impl Mention {
    /// The person's name, however it is written.
    pub fn key(&self) -> Option<String> {
        self.person.as_deref().map(text::person_key)
    }
}
