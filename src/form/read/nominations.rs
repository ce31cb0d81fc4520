//! The tables of nominations, wherever they stand → who is proposed.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::cell::{self, shown};
use crate::book::{Book, Page, RawValue};
use crate::finding::form::{
    NominationsUnread, NomineeDoubtful, NomineeLacking, NomineeRepeated, NomineeUnnamed,
};
use crate::finding::{CellRef, Findings};
use crate::form::Nominee;
use crate::form::layout;
use crate::round::Round;
use crate::round::register::Unit;
use crate::text::{self, Doubt, PersonName};

/// The columns of one table of nominations.
#[derive(Clone, Copy)]
struct Head {
    name: u32,
    is_of_persons: bool,
    post: Option<u32>,
    achievement: u32,
    years: Option<u32>,
}

/// The collectives and the persons nominated, in the order of the form, on any
/// page but that of the scores. A person named twice is taken once.
pub(super) fn read(of: &Nomination, findings: &mut Findings) -> (Vec<Nominee>, Vec<Nominee>) {
    let (mut collectives, mut individuals) = (Vec::new(), Vec::new());
    let is_searched =
        |page: &&Page| page.name != of.page.name && layout::may_hold_claims(&page.name);
    for page in of.book.pages.iter().filter(is_searched) {
        let of = Nomination { page, ..*of };
        let mut head = None;
        for row in page.rows() {
            let told = head_of(page, row, &KNOWN);
            let strange = match told {
                Some(_) => twofold_head(page, row, &KNOWN),
                None => strange_head(page, row),
            };
            if told.is_some() && strange.is_none() {
                head = told;
                continue;
            }
            if let Some(found) = strange {
                let place = of.book.cell_place(page, CellRef::new(row, 0));
                findings.say(place, NominationsUnread { found });
                head = None;
            }
            let Some(head) = head else { continue };
            let Some(nominee) = nominee(&of, row, head, findings) else { continue };
            // A collective of doubt is not nominated: the unit is asked.
            match head.is_of_persons {
                true => individuals.push(nominee),
                false if !nominee.is_doubtful => collectives.push(nominee),
                false => {}
            }
        }
    }
    let mut names = BTreeSet::new();
    individuals.retain(|person: &Nominee| {
        let is_new = names.insert(text::person_key(&person.name));
        if !is_new {
            let said = NomineeRepeated { name: &person.name };
            findings.say(person.place.clone(), said);
        }
        is_new
    });
    // Kept until the end of the run, one or two of each form.
    collectives.shrink_to_fit();
    individuals.shrink_to_fit();
    (collectives, individuals)
}

/// The first row below a head of such tables, and the last column that a head has;
/// `None` of a page without such a table.
pub(super) fn corner(page: &Page) -> Option<(u32, u32)> {
    let heads = page.rows().filter(|row| head_of(page, *row, &KNOWN).is_some());
    let heads: Vec<u32> = heads.collect();
    let ends = heads.iter().filter_map(|row| page.row(*row).last().map(|(col, _)| col));
    Some((heads.first()? + 1, ends.max()?))
}

/// The labels by which units call a column, the printed one first.
const NAMES_OF_PERSONS: &[&str] = &[
    layout::PERSON_NAME,
    "Họ tên",
    "Tên cá nhân",
    "Họ và tên cá nhân",
    "Cá nhân",
    "Ông bà họ và tên",
    "Họ tên cá nhân",
    "Tên người được đề nghị",
];
const NAMES_OF_COLLECTIVES: &[&str] =
    &[layout::COLLECTIVE_NAME, "Tập thể", "Tên đơn vị", "Đơn vị", "Tên cơ quan, đơn vị"];
const POSTS: &[&str] = &[layout::POST, "Chức vụ, đơn vị", "Chức danh", "Chức vụ, chức danh"];
const ACHIEVEMENTS: &[&str] = &[
    layout::ACHIEVEMENT,
    "Tóm tắt thành tích",
    "Thành tích nổi bật",
    "Thành tích đạt được",
    "Nội dung thành tích",
    "Tóm tắt thành tích nổi bật",
];
const YEARS: &[&str] = &[layout::YEARS, "Năm đạt thành tích", "Năm thành tích"];

/// The short texts of a row, as keys of labels.
fn labels(page: &Page, row: u32) -> Vec<(String, u32)> {
    let texts = page
        .row(row)
        .filter(|(_, cell)| matches!(&cell.value, RawValue::Text(raw) if raw.chars().count() < 40));
    texts.map(|(col, cell)| (text::key(&shown(cell)), col)).collect()
}

/// The head of a table of nominations, if this row is one.
fn head_of(page: &Page, row: u32, known: &Known) -> Option<Head> {
    // Most rows need not even be looked at: a head has several labels.
    page.row(row).nth(1)?;
    let labels = labels(page, row);
    let column = |wanted: &[String]| {
        labels.iter().find(|(found, _)| wanted.contains(found)).map(|(_, col)| *col)
    };
    let achievement = column(&known.achievements)?;
    let years = column(&known.years);
    if let Some(name) = column(&known.persons) {
        let post = column(&known.posts);
        return Some(Head { name, is_of_persons: true, post, achievement, years });
    }
    let name = column(&known.collectives)?;
    Some(Head { name, is_of_persons: false, post: None, achievement, years })
}

/// The labels of a head in which two columns mean the same: nobody can tell
/// which of them counts. A collective may well stand beside its unit.
fn twofold_head(page: &Page, row: u32, known: &Known) -> Option<Vec<String>> {
    let found = labels(page, row);
    let Known { persons, posts, achievements, years, .. } = known;
    let is_twofold = [persons, posts, achievements, years]
        .into_iter()
        .any(|wanted| found.iter().filter(|(label, _)| wanted.contains(label)).count() > 1);
    let is_repeated = found.iter().any(|(label, col)| {
        known.collectives.contains(label) && found.iter().any(|it| it.0 == *label && it.1 < *col)
    });
    let told = || page.row(row).map(|(_, cell)| shown(cell)).collect();
    (is_twofold || is_repeated).then(told)
}

/// The keys of the labels.
struct Known {
    persons: Vec<String>,
    collectives: Vec<String>,
    posts: Vec<String>,
    achievements: Vec<String>,
    years: Vec<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let keys = |labels: &[&str]| labels.iter().map(|it| text::key(it)).collect();
    Known {
        persons: keys(NAMES_OF_PERSONS),
        collectives: keys(NAMES_OF_COLLECTIVES),
        posts: keys(POSTS),
        achievements: keys(ACHIEVEMENTS),
        years: keys(YEARS),
    }
});

/// The labels of a row that numbers its rows and speaks of achievements, but is
/// no head that is understood.
fn strange_head(page: &Page, row: u32) -> Option<Vec<String>> {
    let labels: Vec<String> = page.row(row).map(|(_, cell)| shown(cell)).collect();
    let is_number = |it: &String| ["stt", "tt"].iter().any(|word| it.eq_ignore_ascii_case(word));
    let sign = LazyCell::new(|| text::key(layout::ACHIEVEMENT));
    let is_told = |it: &String| text::key(it).contains(&*sign);
    (labels.iter().any(is_number) && labels.iter().any(is_told)).then_some(labels)
}

fn nominee(of: &Nomination, row: u32, head: Head, findings: &mut Findings) -> Option<Nominee> {
    let Nomination { book, page, .. } = *of;
    let mut text = |col: u32| {
        let found = cell::text(book, page, CellRef::new(row, col), findings);
        if text::is_empty_answer(&found) { String::new() } else { found }
    };
    let written = text(head.name);
    let post = head.post.map(&mut text);
    let achievement = text(head.achievement);
    let years = head.years.map(&mut text).unwrap_or_default();
    let at = CellRef::new(row, head.name);
    let place = book.cell_place(page, at);
    if written.is_empty() {
        // «Không» alone is an answer; beside an achievement it is a question.
        let rest = [post.as_deref().unwrap_or_default(), &achievement, &years];
        if rest.into_iter().any(|text| !text.is_empty()) {
            findings.say(place, NomineeUnnamed {});
        }
        return None;
    }
    let written = if head.is_of_persons { in_lines(page, at).unwrap_or(written) } else { written };
    let why = if head.is_of_persons { person_doubt(of, &written) } else { of.collective(&written) };
    let why = why.or_else(|| other_year(of.round.settings.year, &years));
    let taken_back = [&achievement, post.as_ref().unwrap_or(&achievement)];
    let taken_back = taken_back.into_iter().find(|it| text::takes_back(it));
    let why = why.or_else(|| taken_back.map(|it| format!("dòng ghi «{it}»")));
    if let Some(why) = &why {
        let said = NomineeDoubtful { found: text::clean(&written), why };
        findings.say(place.clone(), said);
    }
    let (name, post) = match post {
        Some(post) if head.is_of_persons => {
            let PersonName { name, post: behind } = text::person_name(&written);
            (name, if post.is_empty() { behind } else { post })
        }
        post => (written, post.unwrap_or_default()),
    };
    let is_told = !achievement.is_empty() && !text::is_bare_yes(&achievement);
    let lacking = [(head.post.is_some() && post.is_empty(), "chức vụ"), (!is_told, "thành tích")];
    let lacking: Vec<&str> =
        lacking.into_iter().filter_map(|(is_lacking, what)| is_lacking.then_some(what)).collect();
    if !lacking.is_empty() {
        findings.say(place.clone(), NomineeLacking { name: &name, lacking });
    }
    Some(Nominee { place, name, post, achievement, years, is_doubtful: why.is_some() })
}

/// What a cell of several lines holds, as it was typed: two names in one cell
/// are told apart by nothing else.
fn in_lines(page: &Page, at: CellRef) -> Option<String> {
    let typed = page.cells.get(&at)?.typed()?;
    (typed.contains(['\r', '\n', '\t']) || typed.contains("   ")).then(|| typed.to_owned())
}

/// Why a cell is not certain to name one person.
fn person_doubt(of: &Nomination, found: &str) -> Option<String> {
    let why = match text::person_doubt(found) {
        None if of.round.register.named(found).next().is_some() => "tên đơn vị ở dòng của cá nhân",
        None => return None,
        Some(Doubt::Collective) => "tập thể ở dòng của cá nhân",
        Some(Doubt::Post) => "chức vụ, không phải họ và tên",
        Some(Doubt::SeveralNames) => "nhiều người trong một dòng",
        Some(Doubt::Initials) => "tên viết tắt",
        Some(Doubt::Cut) => "họ và tên chưa đủ",
    };
    Some(why.to_owned())
}

/// Why an achievement is not of the year: its own years leave the year out.
fn other_year(year: i16, years: &str) -> Option<String> {
    let digits = years.split(|it: char| !it.is_ascii_digit()).filter(|it| it.len() == 4);
    let found: Vec<i16> = digits.filter_map(|it| it.parse().ok()).collect();
    let (first, last) = (found.iter().min()?, found.iter().max()?);
    (year < *first || *last < year)
        .then(|| format!("thành tích của năm {years}, kỳ này là năm {year}"))
}

/// Where nominations are read, and whose they are.
pub(super) struct Nomination<'a> {
    pub(super) book: &'a Book,
    pub(super) page: &'a Page,
    pub(super) round: &'a Round,
    pub(super) unit: &'a Unit,
}

impl Nomination<'_> {
    /// Why a name is not certain to be the unit's own: a part of it, another
    /// unit, a person.
    fn collective(&self, found: &str) -> Option<String> {
        const AROUND: &[&str] = &[
            "tập thể",
            "toàn thể",
            "cán bộ",
            "công chức",
            "viên chức",
            "người lao động",
            "nhân dân và cán bộ",
            "lãnh đạo và",
            "và",
        ];
        let mut rest = text::clean(found).to_lowercase();
        while let Some(shorter) = AROUND.iter().find_map(|it| rest.strip_prefix(it)) {
            rest = shorter.trim_start_matches([' ', ',', ':', '–', '-']).to_owned();
        }
        let is_itself = [found, &rest].iter().any(|name| self.unit.is_named(name))
            || ["", "đơn vị", "cơ quan", "cơ quan đơn vị"]
                .map(text::key)
                .contains(&text::key(&rest));
        if is_itself {
            return None;
        }
        Some(match self.round.register.named(&rest).next() {
            Some(other) => format!("tên của đơn vị khác: {}", other.name),
            None => format!("không phải tên của {}", self.unit.name),
        })
    }
}
