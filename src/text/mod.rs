//! Words as people write them: clean text, keys for comparing labels and names,
//! the Vietnamese order, numbers, and the encodings of before Unicode.
//!
//! Text from a workbook is decoded ([`legacy`]), then cleaned, then compared by
//! key; what is shown is the clean text, never the key.

mod key;
mod answer;
pub mod csv;
pub mod legacy;
mod number;
mod order;
mod person;
mod portable;
mod unit;
mod year;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use answer::{
    is_bare_yes, is_empty_answer, is_no_approval, is_reason, is_unfilled, is_without_words,
    says_nothing, takes_back,
};
pub use key::{is_more_of, is_spelt_like, key, letters, nearest};
pub use number::{NotNumber, number};
pub use order::compare;
pub use person::{
    Doubt, PersonName, is_name, is_without_marks, may_be_one_person, person_doubt, person_key,
    person_name,
};
pub use portable::{is_device, unportable};
pub use unit::{UnitKey, has_words, nearest_unit, told_within, unit_key};
pub use year::{Words, names_year, other_years, quotes, years_in};

/// The text in NFC, without invisible and direction-changing characters, with
/// every run of white space (line breaks and no-break spaces too) one space,
/// and none at either end.
pub fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    let seen: String = text.chars().filter(|c| !is_hidden(*c)).nfc().collect();
    seen.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether [`clean`] would leave nothing.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| is_hidden(c) || is_space(c))
}

/// As it stands at the beginning of a sentence or a line.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A sentence as it stands inside another one.
pub fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// Whether the text is certain to be clean as it stands: plain letters with
/// single spaces between. Most text is, and the tables of Unicode are slow.
fn is_clean(text: &str) -> bool {
    let is_spaced = !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ");
    is_spaced && text.chars().all(is_plain)
}

/// Printed ASCII, Latin letters in one piece, dashes and quotation marks: each
/// is its own NFC, whatever stands beside it.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}'
        | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

/// Whether [`clean`] would drop a character that nobody sees: a cell that was
/// copied from a web page or a chat, or one made to look like another.
pub fn has_hidden(text: &str) -> bool {
    text.chars().any(is_hidden)
}

/// A part of a file name that every system and every zip program accepts:
/// ASCII letters, digits, `-` and `_`; at most 60 of them.
pub fn file_name(text: &str) -> String {
    let ascii = fold(&clean(text));
    let is_kept = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<&str> = ascii.split(|c| !is_kept(c)).filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(60).collect();
    let name = name.trim_end_matches('-');
    match name {
        "" => "khong-ten".to_owned(),
        _ if is_device(name) => format!("{name}_"),
        _ => name.to_owned(),
    }
}

/// Without any mark: `Đống Đa` is `Dong Da`. Two names may fold to one, so this
/// is for file names and suggestions, never for telling names apart.
fn fold(text: &str) -> String {
    let bare = text.nfd().filter(|c| !is_combining_mark(*c));
    bare.map(|c| match c {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    })
    .collect()
}

fn is_space(c: char) -> bool {
    // The blank Braille pattern looks like a space and is no white space.
    c.is_whitespace() || c == '\u{2800}'
}

/// A text of one line as a person is shown it: what would command a terminal, or
/// begin another line, is a mark.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_code) { text.replace(is_code, "\u{fffd}").into() } else { text.into() }
}

/// Whether a character commands instead of showing.
pub fn is_code(letter: char) -> bool {
    letter.is_control() && letter != '\t'
}

/// Characters that show nothing: controls, joiners, fillers, selectors, tags,
/// and those that change the direction of what follows.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::points::Quantity;

    #[test]
    fn clean_text_shows_everything_it_holds() {
        #[track_caller]
        fn check(text: &str, expected: &str, hidden: bool) {
            assert_eq!(clean(text), expected);
            assert_eq!(has_hidden(text), hidden, "{text:?}");
        }
        check("  Hà\u{a0}Tu \r\n phường\t", "Hà Tu phường", false);
        check("Ha\u{300} Tu", "Hà Tu", false);
        check("Hà\u{200b} T\u{202e}u", "Hà Tu", true);
        check("H\u{200d}a\u{200d}\u{300}", "Hà", true);
        check("\u{feff}\u{2800}\u{3000}", "", true);
        check("a\u{7}b", "ab", true);
        check("1\u{202f}234", "1 234", false);
        check("", "", false);
    }

    #[test]
    fn a_file_name_is_plain_ascii() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(file_name(text), expected);
        }
        check("Phường Hà Tu", "Phuong-Ha-Tu");
        check("../../Đống Đa: 1/2", "Dong-Da-1-2");
        check("PB-NV", "PB-NV");
        check("…", "khong-ten");
        check("Con", "Con_");
        check("lpt1", "lpt1_");
        check(&"ồ".repeat(80), &"o".repeat(60));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn cleaning_twice_is_cleaning_once(text: String) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!has_hidden(&once));
            prop_assert_eq!(key(&once), key(&text));
        }

        #[test]
        fn what_is_left_as_it_stands_is_clean(text in "([ -~]|[\u{80}-\u{2ff}]|[Ạ-ỹ]|[‐-‧]){0,9}") {
            let normal: String = text.nfc().collect();
            let words: Vec<&str> = normal.split_whitespace().collect();
            prop_assert!(!is_clean(&text) || words.join(" ") == text && !has_hidden(&text));
        }

        #[test]
        fn a_key_does_not_depend_on_the_normal_form(text: String) {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(key(&apart), key(&text));
            prop_assert_eq!(unit_key(&apart), unit_key(&text));
        }

        #[test]
        fn letters_are_as_many_in_any_normal_form(text in "([ -~]|[À-ž]|[ƠơƯư]|[Ạ-ỹ]){0,9}") {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(letters(&apart), letters(&text));
            prop_assert_eq!(letters(&key(&text)), letters(&text));
        }

        #[test]
        fn a_number_is_read_as_it_is_shown(mantissa in -1_000_000_000_i64.., places in 0_u32..5) {
            let quantity = Quantity::scaled(mantissa % 1_000_000_000, places);
            prop_assert_eq!(number(&quantity.to_string()), Ok(quantity));
        }

        #[test]
        fn a_file_name_is_safe_whatever_the_text(text: String) {
            let name = file_name(&text);
            let is_safe = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            prop_assert!(!name.is_empty() && name.len() <= 61 && name.chars().all(is_safe));
        }
    }
}
