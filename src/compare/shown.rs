//! What a reader sees of a workbook, and where two workbooks show something
//! else.
//!
//! Everything that a screen or a page shows is a fact in words: what a cell
//! holds and looks like, what is hidden, merged, drawn, repeated and printed. A
//! fact that only one side has is a difference too, so that nothing unknown
//! passes for the published workbook.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use crate::finding::CellRef;

/// All of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub pages: Vec<ShownPage>,
    /// What concerns no single sheet.
    pub facts: Facts,
    /// The digest of every part of the file, by name.
    pub parts: BTreeMap<String, String>,
    /// The parts that every office program writes anew when it saves: where one
    /// is as it was published, no program saved the file again.
    pub rewritten: BTreeSet<String>,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownPage {
    pub name: String,
    pub facts: Facts,
    /// How the sheet behaves on a screen; programs drop this without being
    /// asked, so it is compared only where nobody saved the file again.
    pub screen: Facts,
    pub cells: BTreeMap<CellRef, ShownCell>,
}

/// Facts by what they are about. A fact that holds everywhere is left out.
pub type Facts = BTreeMap<(Spot, Cow<'static, str>), Told>;

/// Where on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Whole,
    Cell(CellRef),
    Row(u32),
    Column(u32),
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Text(String),
    /// In hundredths of a unit, equal within so many of them: programs round
    /// lengths to what their screens can show.
    Length(i64, i64),
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownCell {
    pub kind: Kind,
    /// As people read it; empty for a blank cell.
    pub value: String,
    /// In one spelling, whatever program wrote it.
    pub formula: Option<String>,
    /// How it is dressed, by aspect; what is as in any cell is left out.
    pub look: Rc<Look>,
}

/// The aspects of a cell's dress that are not as in any cell.
pub type Look = BTreeMap<&'static str, String>;

/// What sort of value a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Blank,
    Number,
    Text,
    Bool,
    Error,
    /// A formula whose result was not stored.
    Uncalculated,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The sheet; empty for the whole workbook.
    pub sheet: String,
    pub spot: Spot,
    /// What differs; empty for what a cell says.
    pub what: String,
    /// As people read it; empty for nothing.
    pub published: String,
    pub found: String,
}

/// What differs where only one workbook has a sheet.
pub(super) const SHEET: &str = "trang";

/// What a comparison came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// In the order of the published sheets, then of place.
    pub differences: Vec<Difference>,
    pub how: How,
}

/// How much was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Every part is the published one, byte by byte; only the packing is not.
    Repacked,
    /// Parts are as published and others are not: nobody's program saved it.
    Edited,
    /// Written anew by a program; what is shown was compared, as far as it can
    /// be told.
    Resaved {
        /// The formulas that came without their results.
        uncalculated: usize,
    },
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spot::Whole => Ok(()),
            Spot::Cell(at) => at.fmt(f),
            Spot::Row(row) => write!(f, "hàng {}", row + 1),
            Spot::Column(col) => {
                let cell = CellRef::new(0, *col).to_string();
                write!(f, "cột {}", cell.trim_end_matches('1'))
            }
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Told::Text(text) => f.write_str(text),
            Told::Length(hundredths, _) => {
                write!(f, "{},{:02}", hundredths / 100, hundredths.abs() % 100)
            }
        }
    }
}

impl Shown {
    pub fn page(&self, name: &str) -> Option<&ShownPage> {
        self.pages.iter().find(|page| page.name == name)
    }
}

impl Told {
    fn is_like(&self, other: &Told) -> bool {
        match (self, other) {
            (Told::Length(one, slack), Told::Length(other, _)) => (one - other).abs() <= *slack,
            _ => self == other,
        }
    }
}

/// Everything in which `found` shows something else than `published`.
pub fn shown(published: &Shown, found: &Shown) -> Comparison {
    let how = how(published, found);
    let mut seen = Seen { how, differences: Vec::new() };
    if how != How::Repacked {
        seen.workbook(published, found);
    }
    if how == How::Edited && seen.differences.is_empty() {
        seen.parts(published, found);
    }
    Comparison { differences: seen.differences, how }
}

fn how(published: &Shown, found: &Shown) -> How {
    if published.parts == found.parts {
        return How::Repacked;
    }
    let is_kept = |name: &String| {
        found.parts.get(name).is_some_and(|it| published.parts.get(name) == Some(it))
    };
    if published.rewritten.iter().any(is_kept) {
        return How::Edited;
    }
    let cells = found.pages.iter().flat_map(|page| page.cells.values());
    let formulas: Vec<&ShownCell> = cells.filter(|it| it.formula.is_some()).collect();
    let uncalculated = formulas.iter().filter(|it| it.kind == Kind::Uncalculated).count();
    // A program that does not calculate leaves out every result, never some.
    let is_all = uncalculated == formulas.len();
    How::Resaved { uncalculated: if is_all { uncalculated } else { 0 } }
}

struct Seen {
    how: How,
    differences: Vec<Difference>,
}

impl Seen {
    fn workbook(&mut self, published: &Shown, found: &Shown) {
        for own in &published.pages {
            match found.page(&own.name) {
                None => self.add(&own.name, Spot::Whole, SHEET, "có", ""),
                Some(other) => self.page(own, other),
            }
        }
        for other in &found.pages {
            if published.page(&other.name).is_none() {
                self.add(&other.name, Spot::Whole, SHEET, "", "có");
            }
        }
        self.facts("", &published.facts, &found.facts);
    }

    fn page(&mut self, published: &ShownPage, found: &ShownPage) {
        let name = &published.name;
        self.facts(name, &published.facts, &found.facts);
        if self.how == How::Edited {
            self.facts(name, &published.screen, &found.screen);
        }
        let none = ShownCell::default();
        let places: BTreeSet<&CellRef> = published.cells.keys().chain(found.cells.keys()).collect();
        for at in places {
            let was = published.cells.get(at).unwrap_or(&none);
            let is = found.cells.get(at).unwrap_or(&none);
            if was != is {
                self.cell(name, *at, was, is);
            }
        }
    }

    fn cell(&mut self, sheet: &str, at: CellRef, was: &ShownCell, is: &ShownCell) {
        let spot = Spot::Cell(at);
        let is_left_out = is.kind == Kind::Uncalculated
            && matches!(self.how, How::Resaved { uncalculated } if 0 < uncalculated);
        let is_typed = was.formula.is_some() != is.formula.is_some();
        if !is_left_out && (was.value != is.value || was.kind != is.kind) || is_typed {
            let found = match (&was.formula, &is.formula) {
                (Some(_), None) => format!("{} (gõ thay công thức)", is.value),
                (None, Some(formula)) => format!("{} (công thức ={formula})", is.value),
                _ if is.kind == Kind::Uncalculated => "công thức không kèm kết quả".to_owned(),
                _ if was.value == is.value => format!("{}{}", is.value, sort(is.kind)),
                _ => is.value.clone(),
            };
            self.add(sheet, spot, "", &was.value, &found);
        } else if was.formula != is.formula {
            let told = |it: &ShownCell| format!("={}", it.formula.as_deref().unwrap_or_default());
            self.add(sheet, spot, "công thức", &told(was), &told(is));
        }
        let aspects: BTreeSet<&str> = was.look.keys().chain(is.look.keys()).copied().collect();
        let is_blank = was.kind == Kind::Blank && is.kind == Kind::Blank;
        for aspect in aspects.into_iter().filter(|it| !is_blank || is_of_blanks(it)) {
            let told = |it: &ShownCell| it.look.get(aspect).cloned().unwrap_or_default();
            if told(was) != told(is) {
                let (was, is) = (told(was), told(is));
                self.add(sheet, spot, aspect, usual(&was), usual(&is));
            }
        }
    }

    fn facts(&mut self, sheet: &str, published: &Facts, found: &Facts) {
        let keys: BTreeSet<_> = published.keys().chain(found.keys()).collect();
        for key in keys {
            let (was, is) = (published.get(key), found.get(key));
            let is_same = match (was, is) {
                (Some(was), Some(is)) => was.is_like(is),
                _ => false,
            };
            if !is_same {
                let told = |it: Option<&Told>| it.map(Told::to_string).unwrap_or_default();
                self.add(sheet, key.0, &key.1, &told(was), &told(is));
            }
        }
    }

    /// The parts of which nothing else tells how they differ.
    fn parts(&mut self, published: &Shown, found: &Shown) {
        let names: BTreeSet<&String> = published.parts.keys().chain(found.parts.keys()).collect();
        for name in names {
            let (was, is) = (published.parts.get(name), found.parts.get(name));
            if was != is {
                let told =
                    |it: Option<&String>| it.map(|it| it[..12].to_owned()).unwrap_or_default();
                let what = format!("phần «{name}» của tệp");
                self.add("", Spot::Whole, &what, &told(was), &told(is));
            }
        }
    }

    fn add(&mut self, sheet: &str, spot: Spot, what: &str, published: &str, found: &str) {
        self.differences.push(Difference {
            sheet: sheet.to_owned(),
            spot,
            what: what.to_owned(),
            published: published.to_owned(),
            found: found.to_owned(),
        });
    }
}

fn sort(kind: Kind) -> &'static str {
    match kind {
        Kind::Blank | Kind::Uncalculated => "",
        Kind::Number => " (dạng số)",
        Kind::Text => " (dạng chữ)",
        Kind::Bool => " (dạng đúng/sai)",
        Kind::Error => " (dạng lỗi)",
    }
}

/// What is seen of a cell that holds nothing.
fn is_of_blanks(aspect: &str) -> bool {
    aspect == "màu nền" || aspect.starts_with("viền")
}

fn usual(told: &str) -> &str {
    if told.is_empty() { "như mặc định" } else { told }
}
