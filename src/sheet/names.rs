//! Names of sheets: what Excel allows, as much of a bloc's name as fits, no
//! two alike.

use std::collections::BTreeSet;

use crate::text;

/// The longest name of a sheet, in UTF-16 units.
const LONGEST: usize = 31;

/// Hands out names and remembers them.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// `kind` and, after it, as many words of `subject` as fit.
    pub fn take(&mut self, kind: &str, subject: &str) -> String {
        let subject = plain(subject);
        let full = format!("{kind} {subject}");
        let mut name = shortened(full.trim(), LONGEST);
        let mut number = 2;
        while !self.0.insert(text::key(&name)) {
            let tail = format!(" {number}");
            name = shortened(full.trim(), LONGEST - tail.len()) + &tail;
            number += 1;
        }
        name
    }
}

/// A bloc's name without the word for bloc and without what Excel forbids.
fn plain(name: &str) -> String {
    let clean = text::clean(name);
    let clean: String = clean.chars().filter(|it| !"[]:*?/\\'".contains(*it)).collect();
    let short = clean.trim();
    let bare = short.strip_prefix("Khối ").or_else(|| short.strip_prefix("khối ")).unwrap_or(short);
    bare.trim().to_owned()
}

/// Whole words of `name` that take at most `room` UTF-16 units, and a sign that
/// some are missing. A first word that is too long is cut.
fn shortened(name: &str, room: usize) -> String {
    let units = |text: &str| text.encode_utf16().count();
    if units(name) <= room {
        return name.to_owned();
    }
    let mut short = String::new();
    for word in name.split(' ') {
        let gap = usize::from(!short.is_empty());
        if room < units(&short) + gap + units(word) + 1 {
            break;
        }
        if gap == 1 {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        let fits = name.chars().scan(0, |used, letter| {
            *used += letter.len_utf16();
            (*used < room).then_some(letter)
        });
        short = fits.collect();
    }
    short.trim_end_matches([',', ';', '–', '-']).to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_as_many_words_as_excel_allows() {
        #[track_caller]
        fn check(subject: &str, expected: &str) {
            let name = Names::default().take("Xếp hạng", subject);
            assert_eq!(name, expected);
            assert!(name.encode_utf16().count() <= LONGEST);
        }
        check("Khối phòng, ban chuyên môn", "Xếp hạng phòng, ban chuyên môn");
        check("Khối UBND phường, xã", "Xếp hạng UBND phường, xã");
        check("", "Xếp hạng");
        check("Sở/ban [1]: 'A'", "Xếp hạng Sởban 1 A");
        check("các cơ quan chuyên môn, đơn vị sự nghiệp", "Xếp hạng các cơ quan chuyên…");
        check(&"x".repeat(40), "Xếp hạng…");
    }

    #[test]
    fn no_two_names_are_alike() {
        let mut names = Names::default();
        let long = "các cơ quan chuyên môn, đơn vị sự nghiệp";
        assert_eq!(names.take("Chi tiết", "Khối Hòa Bình"), "Chi tiết Hòa Bình");
        assert_eq!(names.take("Chi tiết", "khối HOÀ BÌNH"), "Chi tiết HOÀ BÌNH 2");
        assert_eq!(names.take("Chi tiết", long), "Chi tiết các cơ quan chuyên…");
        assert_eq!(names.take("Chi tiết", long), "Chi tiết các cơ quan chuyên… 2");
    }
}
