//! Who is put forward for an award over the period (`khen-thuong.xlsx`), who
//! may not have one, and who was commended before.

use crate::book::Book;
use crate::finding::history as said;
use crate::finding::{Code, Findings, Place, Said};
use crate::history::members::Members;
use crate::round::read_register::{
    EXCLUSION_COLUMNS, EXCLUSIONS, ID, PERSON, POST, REASON, SOURCE,
};
use crate::round::register::UnitId;
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
pub fn read(book: &Book, members: &Members, findings: &mut Findings) -> Nominations {
    let mut sheets = Sheets::of(book);
    let mut sheet = |name, columns, text| {
        let page = sheets.named(name, columns).filter(|page| !page.cells.is_empty());
        let table = page.and_then(|page| Table::find(book, page, columns, table::ROUND, findings));
        let lines = table.iter().flat_map(Table::lines);
        let mut own = Findings::default();
        let mention = |line: Line| mention(&line, text, members, &mut own);
        let mentions: Vec<Mention> = lines.filter_map(mention).collect();
        own.gather();
        findings.extend(own);
        mentions
    };
    let nominated = sheet(NOMINATED, NOMINATED_COLUMNS, ACHIEVEMENT);
    let excluded = sheet(EXCLUSIONS, EXCLUSION_COLUMNS, REASON);
    let commended = sheet(COMMENDED, COMMENDED_COLUMNS, ACHIEVEMENT);
    sheets.close(findings);
    for (at, later) in nominated.iter().enumerate() {
        if nominated[..at].iter().any(|it| it.is_same(later)) {
            let who = later.person.as_deref().unwrap_or(&later.unit.0);
            findings.say(later.place.clone(), said::NominatedTwice { who });
        }
    }
    Nominations { nominated, excluded, commended }
}

fn mention(
    line: &Line,
    label: &'static str,
    members: &Members,
    findings: &mut Findings,
) -> Option<Mention> {
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
    let source = [line.text(FORM, findings), year, line.text(SOURCE, findings)];
    let said: Vec<String> = source.into_iter().filter(|it| !it.is_empty()).collect();
    Some(Mention {
        unit: unit?,
        person: whom?.into_person(),
        post: line.text(POST, findings),
        text: text?,
        source: said.join(", "),
        place: line.place(ID),
    })
}

impl Mention {
    /// Whether both are about one unit itself, or one person of it.
    pub fn is_same(&self, other: &Mention) -> bool {
        let key = |it: &Mention| it.person.as_deref().map(text::person_key);
        self.unit == other.unit && key(self) == key(other)
    }
}
