//! The settings that a new summary begins with, and what is left of them.

use crate::day::Day;
use crate::finding::setting as said;
use crate::round::section::Section;
use crate::text;

const TEXT: &str = include_str!("../../templates/tong-ket.toml");
/// Words before the level of a people's committee, and the levels.
const AUTHORITIES: &[&str] = &["UBND", "Ủy ban nhân dân"];
const LEVELS: &[&str] = &["tỉnh", "thành phố", "huyện", "quận", "thị xã", "phường", "xã"];
/// A period is summed up when its last year is over, within so many years.
const USUAL_DELAY: i16 = 2;

/// `tong-ket.toml` for a span of years.
pub fn settings(from: i16, to: i16) -> String {
    let years = [("{tu}", from), ("{den}", to), ("{sau}", to + 1)];
    years.iter().fold(TEXT.to_owned(), |text, (mark, year)| text.replace(mark, &year.to_string()))
}

/// Doubts an award of an authority of another level than the body or the one
/// above it: a template for a city is copied by a province.
pub(super) fn doubt_authority(section: &Section, title: &str, bodies: &str) {
    let (title_key, bodies) = (text::key(title), text::key(bodies));
    let rest = AUTHORITIES.iter().find_map(|it| Some(title_key.split_once(&text::key(it))?.1));
    let is_named = |level: &&&str| rest.is_some_and(|it| it.trim().starts_with(&text::key(level)));
    let level = LEVELS.iter().find(is_named);
    if let Some(level) = level.filter(|it| !bodies.contains(&text::key(it))) {
        section.doubt("ten", said::OtherAuthority { found: title, level });
    }
}

/// Doubts a day of the summing-up that is the template's own still, or far from
/// the last year.
pub(super) fn doubt_day(section: &Section, key: &str, day: Option<Day>, last: i16) {
    section.doubt_example(key, day, &settings(last, last));
    section.doubt_year(key, day, [last + 1, last + USUAL_DELAY]);
}
