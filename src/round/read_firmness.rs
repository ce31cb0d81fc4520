//! The sections `[do-vung]` and `[[kich-ban]]` of `ky.toml` → [`Firmness`] and
//! [`Scenario`]s, and what contradicts itself in them.

use crate::finding::setting as said;
use crate::points::Quantity;
use crate::round::criteria::ItemCode;
use crate::round::firmness::{Draws, Firmness, Judged, Odd, Thresholds};
use crate::round::read_scoring::{COMPARE, NUMBERING, tie_breaks};
use crate::round::section::{FLAG, NUMBER, Section, TEXTS};
use crate::round::settings::Scenario;

/// More draws than any round could need, or a slip of the finger.
const MOST_DRAWS: i64 = 50_000;
/// More answers, texts or letters than one would wait for.
const MOST: i64 = 1_000_000;
/// By how many tenths of a percentage point a unit is odd, as people have it.
const USUAL_GAP: [i64; 2] = [5, 1000];
/// The largest seed that TOML can hold.
const LARGEST_SEED: i64 = i64::MAX;
/// The most steps between the scores of one item.
const MOST_STEPS: i64 = 100;
/// The words for all scenarios on the command line.
pub const ALL: [&str; 2] = ["all", "tat-ca"];

pub(super) fn firmness(mut section: Section) -> Firmness {
    let gap = thresholds(&mut section);
    let few_answers = section.whole("it-phieu", 0, MOST);
    let duplicate_from = section.optional("trung-lap-tu", &NUMBER);
    if duplicate_from.is_some_and(|it| Quantity::whole(1) < it) {
        section.refuse("trung-lap-tu", said::NumberWithin { from: 0, to: 1 });
    }
    if let Some(found) = duplicate_from.filter(|it| *it < Quantity::scaled(1, 1)) {
        let (from, to) = (Quantity::scaled(1, 1), Quantity::whole(1));
        section.doubt("trung-lap-tu", said::OutOfMeasure { found, from, to });
    }
    let odd = section.section("bat-thuong").map(odd);
    let draws = section.section("mo-phong").map(draws);
    section.close();
    Firmness { gap, few_answers, duplicate_from, odd, draws }
}

fn thresholds(section: &mut Section) -> Thresholds {
    let certain = section.number("chac-chan-tu");
    let told_apart = section.number("phan-biet-tu");
    if certain < told_apart {
        section.say("chac-chan-tu", said::CertainBelow { certain, told_apart });
    }
    Thresholds { certain, told_apart }
}

fn odd(mut section: Section) -> Odd {
    let odd = Odd {
        same_texts: section.whole("trung-tu", 1, MOST),
        text_length: section.whole("dai-tu", 1, MOST),
        jump: section.number("tang-giam-tu"),
        stray_area: section.number("lech-linh-vuc-tu"),
    };
    let sizes = [("tang-giam-tu", odd.jump), ("lech-linh-vuc-tu", odd.stray_area)];
    for (key, found) in sizes {
        section.doubt_size(key, found, USUAL_GAP.map(|it| Quantity::scaled(it, 1)));
    }
    section.close();
    odd
}

fn draws(mut section: Section) -> Draws {
    let hundred = Quantity::whole(100);
    let count = section.whole("so-lan", 1, MOST_DRAWS);
    let seed = section.whole("hat-giong", 0, LARGEST_SEED);
    let stays = thresholds(&mut section);
    let judged = section.section("tham-dinh").map(judged);
    let survey = section.optional("khao-sat", &FLAG).unwrap_or(false);
    let weights = section.optional("trong-so", &NUMBER).unwrap_or_default();
    for (key, value) in [("chac-chan-tu", stays.certain), ("phan-biet-tu", stays.told_apart)] {
        section.doubt_share(key, Some(value));
        if hundred < value {
            section.refuse(key, said::AboveMost { most: 100 });
        }
    }
    section.doubt_share("trong-so", Some(weights));
    if hundred <= weights {
        section.refuse("trong-so", said::NotBelow { most: 100 });
    }
    if judged.is_none() && !survey && weights == Quantity::ZERO {
        section.say("so-lan", said::NothingUncertain {});
    }
    section.close();
    Draws {
        count: u32::try_from(count).unwrap_or_default(),
        seed: u64::try_from(seed).unwrap_or_default(),
        stays,
        judged,
        survey,
        weights,
    }
}

fn judged(mut section: Section) -> Judged {
    let chance = section.number("co-hoi");
    section.doubt_share("co-hoi", Some(chance));
    if Quantity::whole(100) < chance {
        section.refuse("co-hoi", said::AboveMost { most: 100 });
    }
    let steps = u32::try_from(section.whole("bac", 1, MOST_STEPS)).unwrap_or_default();
    section.close();
    Judged { chance, steps }
}

pub(super) fn scenario(mut section: Section, before: &[Scenario]) -> Scenario {
    let id = section.file_id("ma");
    if ALL.contains(&id.as_str()) {
        section.refuse("ma", said::AllTaken {});
    }
    if before.iter().any(|other| other.id == id) {
        section.say("ma", said::ScenarioTwice { found: &id });
    }
    let title = section.text("ten");
    let mut flag = |key| section.optional(key, &FLAG).unwrap_or(false);
    let (without_bonus, without_penalty) = (flag("bo-diem-thuong"), flag("bo-diem-tru"));
    let plain = flag("khong-quy-doi");
    let survey_share = section.optional("ty-trong-khao-sat", &NUMBER);
    section.doubt_share("ty-trong-khao-sat", survey_share);
    if survey_share.is_some_and(|share| Quantity::whole(100) < share) {
        section.refuse("ty-trong-khao-sat", said::AboveMost { most: 100 });
    }
    let compare = section.word_if_there("so-sanh", COMPARE);
    let numbering = section.word_if_there("dong-hang", NUMBERING);
    let words = section.optional("tieu-chi-phu", &TEXTS);
    let tie_breaks = words.map(|words| tie_breaks(&section, &words));
    let without = without(&mut section);
    let scenario = Scenario {
        id,
        title,
        without_bonus,
        without_penalty,
        plain,
        survey_share,
        compare,
        numbering,
        tie_breaks,
        without,
    };
    if changes_nothing(&scenario) {
        section.say("ma", said::ChangesNothing {});
    }
    section.close();
    scenario
}

fn without(section: &mut Section) -> Vec<ItemCode> {
    let key = "bo";
    let mut codes = Vec::new();
    for word in section.optional(key, &TEXTS).unwrap_or_default() {
        if let Ok(code) = word.parse() {
            codes.push(code);
        } else {
            section.say(key, said::NotACode { found: word });
        }
    }
    codes
}

fn changes_nothing(it: &Scenario) -> bool {
    let is_same = it.compare.is_none() && it.numbering.is_none() && it.tie_breaks.is_none();
    let is_plain = !it.without_bonus && !it.without_penalty && !it.plain;
    is_same && is_plain && it.survey_share.is_none() && it.without.is_empty()
}
