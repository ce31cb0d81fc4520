//! Keys for comparing labels and names, and the nearest of several words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;
use unicode_normalization::char::decompose_canonical;
use unicode_normalization::char::is_combining_mark;

use super::{clean, fold, is_clean, is_hidden, is_plain};

/// What two spellings of one label or name have in common: lower case, without
/// punctuation, the tone moved to the end of its syllable. `Hòa` and `Hoà` are
/// one; `Đống` and `Đông` are two.
pub fn key(text: &str) -> String {
    // Most texts are clean: a second copy of each would be for nothing.
    let lower = if is_clean(text) { text.to_lowercase() } else { clean(text).to_lowercase() };
    let mut key = String::with_capacity(lower.len() + lower.len() / 4);
    for word in lower.split(is_apart).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        push_syllable(word, &mut key);
    }
    key
}

/// Whether a character stands between syllables.
fn is_apart(c: char) -> bool {
    !is_letter(c) && (c.is_ascii() || !is_combining_mark(c))
}

/// A letter or a digit. The tables of Unicode are slow, and nearly all letters
/// are Latin.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// Whether a text says `of` and no more but what follows it: «Lý do (mới)» is
/// more of «Lý do».
pub fn is_more_of(text: &str, of: &str) -> bool {
    let (all, of) = (words(text), words(of));
    !of.is_empty() && all.starts_with(&of)
}

/// How many letters and digits a text has: two Vietnamese texts of one key have
/// as many.
pub fn letters(text: &str) -> usize {
    text.chars().filter(|c| is_letter(*c) && !is_hidden(*c)).count()
}

/// The syllables of [`key`].
pub(super) fn words(text: &str) -> Vec<String> {
    key(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A tone is written as punctuation, which no key holds otherwise, so that it
/// cannot be taken for a letter or a digit.
fn push_syllable(word: &str, key: &mut String) {
    let mut tone = None;
    if word.chars().all(is_plain) {
        // Each letter stands alone, and no text has to be put in order.
        for letter in word.chars() {
            push_toneless(letter, key, &mut tone);
        }
    } else {
        key.extend(word.nfd().filter_map(|c| toneless(c, &mut tone)).nfc());
    }
    key.extend(tone);
}

/// Adds a letter in one piece without its tone.
fn push_toneless(letter: char, key: &mut String, tone: &mut Option<char>) {
    if letter.is_ascii() {
        key.push(letter);
        return;
    }
    let mut whole: Option<char> = None;
    decompose_canonical(letter, |c| {
        let Some(c) = toneless(c, tone) else { return };
        let joined = whole.map_or(Some(c), |base| compose(base, c));
        if joined.is_none() {
            key.extend(whole);
        }
        whole = joined.or(Some(c));
    });
    key.extend(whole);
}

/// The decomposed letter or mark, unless it is a tone, which is noted.
fn toneless(c: char, tone: &mut Option<char>) -> Option<char> {
    let mark = match c {
        '\u{300}' => '`',
        '\u{301}' => '\'',
        '\u{303}' => '~',
        '\u{309}' => '?',
        '\u{323}' => '.',
        // Eth and the African d look like đ and are typed for it.
        'ð' | 'ɖ' => return Some('đ'),
        letter => return Some(letter),
    };
    *tone = Some(mark);
    None
}

/// The candidate that `text` was probably meant to be, for the question "Có
/// phải ý bạn là …?". Only for asking: a near name is never taken for the name.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_by(text, candidates, key)
}

/// The nearest by Damerau-Levenshtein of the keys that `key` gives, first with
/// the marks left out, since they are what people leave out.
pub(super) fn nearest_by<'a>(
    text: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    key: impl Fn(&str) -> String,
) -> Option<&'a str> {
    let wanted = key(text);
    let likeness = |candidate: &str| {
        let candidate = key(candidate);
        let folded = alike(&bare(&wanted), &bare(&candidate));
        (folded, alike(&wanted, &candidate))
    };
    let mut best: Option<(&str, (u64, u64))> = None;
    for candidate in candidates {
        let likeness = likeness(candidate);
        if LIKE <= likeness.0 && best.is_none_or(|(_, before)| before < likeness) {
            best = Some((candidate, likeness));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// From how many thousandths two words are near.
const LIKE: u64 = 600;

/// Whether two texts are the same words but for spelling, or one goes on from the
/// other. Words of one or two letters and numbers are spelt alike or differ.
pub fn is_spelt_like(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        bare(&key(text)).split_whitespace().map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let is_word = |word: &str| 2 < word.len() && word.chars().all(char::is_alphabetic);
    let is_like = |(a, b): (&String, &String)| {
        a == b || (is_word(a) && is_word(b) && strsim::damerau_levenshtein(a, b) < 2)
    };
    !a.is_empty() && !b.is_empty() && a.iter().zip(&b).all(is_like)
}

/// How alike two keys are, in thousandths.
fn alike(a: &str, b: &str) -> u64 {
    let longest = a.chars().count().max(b.chars().count()) as u64;
    let apart = strsim::damerau_levenshtein(a, b) as u64;
    (apart * 1000).checked_div(longest).map_or(0, |distance| 1000 - distance)
}

/// A key without its marks.
pub(super) fn bare(key: &str) -> String {
    fold(key).chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode_and_marks_stand_apart_from_none() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_apart(c), !is_letter(c) && !is_combining_mark(c), "{c:?}");
        }
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        #[track_caller]
        fn check(a: &str, b: &str, same: bool) {
            assert_eq!(key(a) == key(b), same, "{a:?} {:?} {b:?} {:?}", key(a), key(b));
        }
        check("Hòa Bình", "Hoà Bình", true);
        check("Thuỷ", "THỦY", true);
        check("Uý", "Úy", true);
        check("Ho\u{300}a", "hoà", true);
        check("Điểm tối đa:", " ĐIỂM\u{a0}TỐI  ĐA ", true);
        check("Ðiểm", "Điểm", true);
        check("Tài chính – Kế hoạch", "Tài chính - Kế hoạch", true);
        check("Hà\u{200b} Tu", "Hà Tu", true);
        check("Đống Đa", "Đông Đa", false);
        check("Đa", "Da", false);
        check("Khu 2", "Khù", false);
        check("mức 2", "mức2", false);
    }

    #[test]
    fn a_letter_alone_and_a_letter_before_a_mark_have_one_key() {
        for letter in ('!'..='\u{2ff}').chain('\u{1e00}'..='\u{1eff}') {
            // The last is no letter of any word, and takes the long way.
            let syllable = |word: &str| {
                let mut key = String::new();
                push_syllable(word, &mut key);
                key
            };
            let (short, long) = (syllable(&letter.to_string()), syllable(&format!("{letter}ㄱ")));
            let toneless = |key: &str| key.replace(['ㄱ'], "");
            assert_eq!(toneless(&short), toneless(&long), "{letter}");
        }
    }

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        #[track_caller]
        fn check(text: &str, candidates: &[&str], expected: Option<&str>) {
            assert_eq!(nearest(text, candidates.iter().copied()), expected, "{text}");
        }
        let labels = ["Điểm tối đa", "Điểm tự chấm", "Giải trình"];
        check("Diem toi da", &labels, Some("Điểm tối đa"));
        check("Điểm tư chấm", &labels, Some("Điểm tự chấm"));
        check("Giải trìn", &labels, Some("Giải trình"));
        check("Năm", &labels, None);
        check("", &labels, None);
        check("Đống Đa", &["Đông Đa", "Đống Đà"], Some("Đống Đà"));
        check("so-le-diên", &["so-le-diem", "so-le-chi-so"], Some("so-le-diem"));
    }
}
