//! The order in which Vietnamese lists are sorted.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::clean;

/// Compares as a Vietnamese dictionary does: letters first (a ă â b … d đ e ê),
/// then tones (none, huyền, hỏi, ngã, sắc, nặng), then small before capital;
/// runs of digits by their number, so `Khu 2` comes before `Khu 10`.
///
/// Texts that differ only in what nobody sees come in order of their
/// characters, so that only equal texts are equal.
pub fn compare(a: &str, b: &str) -> Ordering {
    SortKey::of(a).cmp(&SortKey::of(b)).then_with(|| a.cmp(b))
}

#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct SortKey {
    letters: Vec<Element>,
    tones: Vec<u32>,
    capitals: Vec<bool>,
}

/// One sign of a text, in the order of their kinds.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Element {
    /// A space or punctuation.
    Sign(char),
    /// A run of digits without its leading zeros: first by length.
    Number(usize, String),
    /// A letter, and its mark: none, breve or bar, circumflex, horn.
    Letter(char, u8),
}

impl SortKey {
    fn of(text: &str) -> SortKey {
        let mut key = SortKey::default();
        let mut is_in_number = false;
        for c in clean(text).nfd() {
            let is_digit = c.is_ascii_digit();
            if is_combining_mark(c) {
                key.mark(c);
            } else if is_digit && is_in_number {
                key.digit(c);
            } else {
                key.push(c);
            }
            is_in_number = is_digit;
        }
        key
    }

    fn push(&mut self, c: char) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        self.letters.push(match lower {
            'đ' => Element::Letter('d', 1),
            '0' => Element::Number(0, String::new()),
            '1'..='9' => Element::Number(1, lower.to_string()),
            _ if lower.is_alphabetic() => Element::Letter(lower, 0),
            _ => Element::Sign(c),
        });
        self.tones.push(0);
        self.capitals.push(c != lower);
    }

    fn digit(&mut self, c: char) {
        if let Some(Element::Number(length, digits)) = self.letters.last_mut()
            && (c != '0' || 0 < *length)
        {
            digits.push(c);
            *length += 1;
        }
    }

    fn mark(&mut self, c: char) {
        let mark = match c {
            '\u{306}' => 1,
            '\u{302}' => 2,
            '\u{31b}' => 3,
            _ => 0,
        };
        let tone = match c {
            '\u{300}' => 1,
            '\u{309}' => 2,
            '\u{303}' => 3,
            '\u{301}' => 4,
            '\u{323}' => 5,
            // Marks of other languages: after ours, among themselves by number.
            other => u32::from(other),
        };
        if let (1.., Some(Element::Letter(_, own))) = (mark, self.letters.last_mut()) {
            *own = mark;
        } else if let Some(own) = self.tones.last_mut() {
            *own = tone;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_a_vietnamese_reader_expects() {
        #[track_caller]
        fn check(sorted: &[&str]) {
            for pair in sorted.windows(2) {
                assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
                assert_eq!(compare(pair[1], pair[0]), Ordering::Greater, "{pair:?}");
            }
        }
        check(&["An Bình", "Ăn", "Ân Thi", "Bãi Cháy", "Cao Xanh", "Dân Chủ", "Đà Nẵng", "phường"]);
        check(&["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "b"]);
        check(&["o", "ô", "ộ", "ơ", "p", "u", "ư", "v"]);
        check(&["hoa", "Hoa", "hòa", "hoan"]);
        check(&["Hà Khánh", "Hà Khẩu", "Hà Lầm", "Hà Phong", "Hà Trung", "Hà Tu"]);
        check(&["Khu 2", "Khu 10", "Khu 10a", "Khu A"]);
        check(&["9", "10", "99999999999999999999", "100000000000000000000"]);
        check(&["1.2", "1.10"]);
        check(&["Hà Tu", "Hà-Tu", "Hàn"]);
        assert_eq!(compare("Hà Tu", "Hà Tu"), Ordering::Equal);
        check(&["Ha\u{300} Tu", "Hà Tu"]);
    }
}
