//! The section `[cham-diem]` of `ky.toml` → [`Scoring`].

use crate::finding::setting as said;
use crate::points::{Points, Quantity};
use crate::round::criteria::ItemCode;
use crate::round::section::{Section, TEXTS};
use crate::round::settings::{BlankAppraisal, Compare, NoSurvey, Numbering, Scoring, TieBreak};
use crate::text;

pub(super) const COMPARE: &[(&str, Compare)] =
    &[("chinh-xac", Compare::Exact), ("lam-tron", Compare::Shown)];
pub(super) const NUMBERING: &[(&str, Numbering)] =
    &[("1224", Numbering::Standard), ("1223", Numbering::Dense)];
const NO_SURVEY: &[(&str, NoSurvey)] =
    &[("quy-doi", NoSurvey::Restate), ("khong-xep-hang", NoSurvey::Unranked)];
const BLANK: &[(&str, BlankAppraisal)] =
    &[("chua-tham-dinh", BlankAppraisal::Missing), ("dong-y", BlankAppraisal::Agrees)];
const TIE_BREAK_WORDS: &[(&str, TieBreak)] = &[
    ("diem-tham-dinh", TieBreak::Appraised),
    ("diem-khao-sat", TieBreak::Survey),
    ("diem-tru", TieBreak::Penalty),
];
/// The key of the list of tie-breaks.
pub(super) const TIE_BREAKS: &str = "tieu-chi-phu";
/// Before the number of an area in the list of tie-breaks.
const AREA: &str = "linh-vuc-";

/// The most points that are usually added or taken away at will.
const USUAL_ADJUSTMENT: [i64; 2] = [0, 100];
/// The least share of a set, in percent, that people ask for.
const USUAL_SHARE: [i64; 2] = [10, 100];
/// The most decimals of points or of an index.
const MOST_PLACES: i64 = 4;

pub(super) fn scoring(mut section: Section) -> Scoring {
    let places = |whole: i64| u32::try_from(whole).unwrap_or_default();
    let words = section.needed(TIE_BREAKS, &TEXTS).unwrap_or_default();
    let scoring = Scoring {
        places: places(section.whole("so-le-diem", 0, MOST_PLACES)),
        index_places: places(section.whole("so-le-chi-so", 0, MOST_PLACES)),
        compare: section.word("so-sanh", COMPARE),
        numbering: section.word("dong-hang", NUMBERING),
        tie_breaks: tie_breaks(&section, &words),
        bonus_max: adjustment(&mut section, "diem-thuong-toi-da"),
        penalty_max: adjustment(&mut section, "diem-tru-toi-da"),
        assessed_min: section.number("ty-le-toi-thieu"),
        no_survey: section.word("khong-khao-sat", NO_SURVEY),
        blank_appraisal: section.word("tham-dinh-de-trong", BLANK),
    };
    section.doubt_share("ty-le-toi-thieu", Some(scoring.assessed_min));
    if Quantity::whole(1) < scoring.assessed_min {
        let usual = USUAL_SHARE.map(Quantity::whole);
        section.doubt_size("ty-le-toi-thieu", scoring.assessed_min, usual);
    }
    if Quantity::whole(100) < scoring.assessed_min {
        section.refuse("ty-le-toi-thieu", said::AboveMost { most: 100 });
    }
    for (key, points) in
        [("diem-thuong-toi-da", scoring.bonus_max), ("diem-tru-toi-da", scoring.penalty_max)]
    {
        if scoring.places < points.places() {
            section.refuse(key, said::TooFine { places: scoring.places });
        }
    }
    section.close();
    scoring
}

/// The most points that are added or taken away.
fn adjustment(section: &mut Section, key: &'static str) -> Points {
    let most = section.number(key);
    section.doubt_size(key, most, USUAL_ADJUSTMENT.map(Quantity::whole));
    most.points()
}

/// The word of a tie-break in the list.
pub(crate) fn tie_break_word(tie_break: TieBreak) -> String {
    match (tie_break, TIE_BREAK_WORDS.iter().find(|(_, it)| *it == tie_break)) {
        (TieBreak::Area(area), _) => format!("{AREA}{area}"),
        (_, known) => known.map_or_else(String::new, |(word, _)| (*word).to_owned()),
    }
}

/// What these words of the list of tie-breaks mean.
pub(super) fn tie_breaks(section: &Section, words: &[String]) -> Vec<TieBreak> {
    let key = TIE_BREAKS;
    let mut breaks: Vec<TieBreak> = Vec::new();
    for word in words {
        let area = word.strip_prefix(AREA).and_then(|number| number.parse().ok());
        let area = area.filter(|code: &ItemCode| code.level() == 1);
        let known = TIE_BREAK_WORDS.iter().find(|(own, _)| own == word).map(|(_, it)| *it);
        let Some(tie_break) = known.or(area.map(TieBreak::Area)) else {
            let words = TIE_BREAK_WORDS.iter().map(|(word, _)| *word);
            let near = text::nearest(word, words);
            section.say(key, said::TieBreakUnknown { found: word, near });
            continue;
        };
        if breaks.contains(&tie_break) {
            section.say(key, said::WordTwice { found: word });
        }
        breaks.push(tie_break);
    }
    breaks
}
