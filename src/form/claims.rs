//! All claims of one form, in as little room as they need: a run keeps those of
//! every form until its end.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::day::Day;
use crate::points::{Numbers, Packed, Points};
use crate::round::criteria::ItemCode;
use crate::round::rule::Figures;

/// What a unit says of one item.
#[derive(Clone, Copy, Debug)]
pub struct Claim<Words = Box<str>> {
    /// The zero-based row on the form; `None` when it has no certain one.
    pub row: Option<u32>,
    pub score: Claimed,
    /// The figures the score is computed from, if it is.
    pub figures: Option<Figures>,
    /// Tài liệu kiểm chứng.
    pub evidence: Words,
    /// Giải trình.
    pub explanation: Words,
}

/// The self score (điểm tự chấm) of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// Typed by the unit, or computed by the rule from the figures declared.
    Points(Points),
    NotApplicable(NotApplicable),
    /// An error was found in it. Counts nothing where the round counts flawed
    /// forms at all.
    Faulty,
}

/// Why an item does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// It stands on the legal list.
    Listed,
    /// Nothing arose in the year: the rule's denominator is zero.
    NothingArose,
}

/// One claim for every item that is not a survey item, in order of code.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    kept: Box<[Kept]>,
    /// Of the claims that have any, in the order of the claims.
    figures: Box<[KeptFigures]>,
    /// Evidence and explanation of each claim, one after the other.
    words: Box<str>,
    numbers: Numbers,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Kept {
    points: Packed,
    /// The row on the form and the place among the figures, or [`NONE`].
    row: u32,
    figures: u32,
    /// Where evidence and explanation end among the words.
    evidence: u32,
    explanation: u32,
    code: ItemCode,
    /// `None` of a claim of points.
    instead: Option<Instead>,
}

/// What a claim makes in place of points.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Instead {
    NotApplicable(NotApplicable),
    Faulty,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct KeptFigures {
    numerator: Packed,
    denominator: Packed,
    count: Packed,
    day: Option<Day>,
}

/// Stands for no row and no figures; a grid of Excel has fewer rows.
const NONE: u32 = u32::MAX;

impl Claims {
    pub fn get(&self, code: ItemCode) -> Option<Claim<&str>> {
        let at = self.kept.binary_search_by_key(&code, |it| it.code).ok()?;
        Some(self.at(at))
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ItemCode, Claim<&str>)> {
        self.kept.iter().enumerate().map(|(at, kept)| (kept.code, self.at(at)))
    }

    pub fn values(&self) -> impl ExactSizeIterator<Item = Claim<&str>> {
        self.iter().map(|(_, claim)| claim)
    }

    pub fn len(&self) -> usize {
        self.kept.len()
    }

    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether both claim the same in the same words, on whatever rows.
    pub(super) fn say_the_same(&self, other: &Claims) -> bool {
        // Equal numbers put in in the same order are packed in the same way.
        let said = |kept: &Kept| Kept { row: NONE, ..*kept };
        self.kept.iter().map(said).eq(other.kept.iter().map(said))
            && (&self.words, &self.figures) == (&other.words, &other.figures)
            && self.numbers == other.numbers
    }

    /// The same number for claims that say the same, and seldom for others.
    pub(super) fn outline(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.words.hash(&mut hasher);
        self.kept.iter().for_each(|kept| kept.points.hash(&mut hasher));
        hasher.finish()
    }

    fn at(&self, at: usize) -> Claim<&str> {
        let kept = &self.kept[at];
        let start = at.checked_sub(1).map_or(0, |before| self.kept[before].explanation);
        let words = |from: u32, to: u32| &self.words[from as usize..to as usize];
        Claim {
            row: Some(kept.row).filter(|row| *row != NONE),
            score: match kept.instead {
                Some(Instead::NotApplicable(why)) => Claimed::NotApplicable(why),
                Some(Instead::Faulty) => Claimed::Faulty,
                None => Claimed::Points(self.numbers.points(kept.points).unwrap_or_default()),
            },
            figures: self.figures.get(kept.figures as usize).map(|it| self.figures(it)),
            evidence: words(start, kept.evidence),
            explanation: words(kept.evidence, kept.explanation),
        }
    }

    fn figures(&self, kept: &KeptFigures) -> Figures {
        Figures {
            numerator: self.numbers.get(kept.numerator),
            denominator: self.numbers.get(kept.denominator),
            count: self.numbers.get(kept.count),
            day: kept.day,
        }
    }
}

/// In order of code; of two claims of one item, the last.
impl<Words: AsRef<str>> FromIterator<(ItemCode, Claim<Words>)> for Claims {
    fn from_iter<I: IntoIterator<Item = (ItemCode, Claim<Words>)>>(claims: I) -> Claims {
        let claims: BTreeMap<_, _> = claims.into_iter().collect();
        let mut kept = Vec::with_capacity(claims.len());
        let mut all_figures = Vec::with_capacity(claims.len());
        let mut words = String::new();
        let mut numbers = Numbers::default();
        // One workbook holds less text than four gigabytes.
        let place = |at: usize| u32::try_from(at).expect("within one workbook");
        for (code, claim) in claims {
            let (points, instead) = match claim.score {
                Claimed::Points(points) => (Some(points), None),
                Claimed::NotApplicable(why) => (None, Some(Instead::NotApplicable(why))),
                Claimed::Faulty => (None, Some(Instead::Faulty)),
            };
            let figures = claim.figures.as_ref().map_or(NONE, |_| place(all_figures.len()));
            all_figures.extend(claim.figures.map(|it| KeptFigures {
                numerator: numbers.pack(it.numerator),
                denominator: numbers.pack(it.denominator),
                count: numbers.pack(it.count),
                day: it.day,
            }));
            words.push_str(claim.evidence.as_ref());
            let evidence = place(words.len());
            words.push_str(claim.explanation.as_ref());
            let explanation = place(words.len());
            let (points, row) = (numbers.pack_points(points), claim.row.unwrap_or(NONE));
            kept.push(Kept { points, row, figures, evidence, explanation, code, instead });
        }
        numbers.shrink();
        Claims { kept: kept.into(), figures: all_figures.into(), words: words.into(), numbers }
    }
}
