//! A person's name as people write it → the name itself, and what is doubtful
//! about it.

use super::clean;
use super::key::{bare, key};

/// A name without what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// `Nguyễn Văn An` of `Đ/c Ths. Nguyễn  Văn An – Phó phòng`.
    pub name: String,
    /// What follows the name: a post, as a rule.
    pub post: String,
}

/// Why a cell is not certain to name one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    SeveralNames,
    Initials,
    /// One word, or none.
    Cut,
    /// A unit or a group of people.
    Collective,
    /// A post without a name.
    Post,
}

/// Titles before a name, as they are spelled with and without dots.
const TITLES: &[&str] = &[
    "đồng chí",
    "đ/c",
    "đ.c",
    "đc",
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "thầy",
    "thạc sĩ",
    "thạc sỹ",
    "tiến sĩ",
    "tiến sỹ",
    "bác sĩ",
    "bác sỹ",
    "kỹ sư",
    "cử nhân",
    "luật sư",
    "dược sĩ",
    "dược sỹ",
    "pgs",
    "gs",
    "ths",
    "ts",
    "bs",
    "ks",
    "cn",
    "ls",
    "ds",
];

/// How posts begin.
const POSTS: &[&str] = &[
    "trưởng",
    "phó trưởng",
    "phó phòng",
    "phó chủ",
    "phó giám",
    "phó chánh",
    "phó bí",
    "phó ban",
    "phó văn",
    "phó hiệu",
    "phó",
    "giám đốc",
    "chủ tịch",
    "bí thư",
    "công chức",
    "viên chức",
    "chuyên viên",
    "cán bộ",
    "kế toán",
    "văn thư",
    "nhân viên",
    "chánh",
    "hiệu trưởng",
    "ủy viên",
    "uỷ viên",
    "lãnh đạo",
    "phụ trách",
    "tổ trưởng",
    "đội trưởng",
    "thư ký",
    "thủ quỹ",
];

/// How the names of units and of groups begin.
const COLLECTIVES: &[&str] = &[
    "phòng",
    "ban",
    "ubnd",
    "ủy ban",
    "uỷ ban",
    "sở",
    "văn phòng",
    "bộ phận",
    "trung tâm",
    "tập thể",
    "chi cục",
    "đội",
    "tổ",
    "trạm",
    "trường",
    "phường",
    "xã",
    "thị trấn",
    "toàn thể",
    "nhóm",
    "hội đồng",
    "thanh tra",
];

/// How a cell begins that points at a name elsewhere.
const POINTERS: &[&str] =
    &["như", "nêu trên", "nt", "theo", "xem", "danh sách", "có danh sách", "kèm theo", "đã nêu"];

/// More words than any one name has.
const MOST_WORDS: usize = 6;

/// The name in a cell, without titles before and a post behind.
pub fn person_name(text: &str) -> PersonName {
    // What stands on a line of its own is another name, or a post.
    let text = clean(&text.trim().replace(['\r', '\n'], ", "));
    let mut rest = text.as_str();
    while let Some(shorter) = untitled(rest) {
        rest = shorter;
    }
    let breaks = [" – ", " — ", " -", "– ", " (", "(", ",", ";", ":"];
    let end = breaks.iter().filter_map(|it| rest.find(it)).min().unwrap_or(rest.len());
    let (name, post) = rest.split_at(end);
    let is_edge = |c: char| !c.is_alphanumeric();
    let post = post.trim_start_matches(is_edge).trim_end_matches([')', ' ', '.', ';', ',']);
    PersonName { name: name.trim_matches([' ', '-', '–', '.']).to_owned(), post: post.to_owned() }
}

/// What two spellings of one person's name have in common.
pub fn person_key(text: &str) -> String {
    key(&person_name(text).name)
}

/// Whether two different names are one but for marks, which one of them lacks
/// altogether.
pub fn is_without_marks(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(person_key);
    let [plain, other] = [bare(&a), bare(&b)];
    a != b && plain == other && (a == plain || b == plain)
}

/// Whether two names, though not the same, may well be one person's: without
/// marks, with a letter wrong, with other spaces or another order, shortened.
/// Only for asking.
pub fn may_be_one_person(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|it| bare(&person_key(it)));
    let [mut own, mut others] = [&a, &b].map(|it| it.split(' ').collect::<Vec<_>>());
    let joined = strsim::damerau_levenshtein(&own.concat(), &others.concat());
    let is_short = |a: &str, b: &str| a.len() == 1 && b.starts_with(a);
    let is_part = |a: &&str, b: &&str| a == b || is_short(a, b) || is_short(b, a);
    let (less, more) = if own.len() < others.len() { (&own, &others) } else { (&others, &own) };
    let mut rest = more.iter();
    // The given name is the last word, and nobody leaves it out.
    let is_shortened = 1 < less.len()
        && less.last() == more.last()
        && is_part(&less[0], &more[0])
        && less.iter().all(|part| rest.any(|it| is_part(part, it)));
    own.sort_unstable();
    others.sort_unstable();
    joined < 2 || own == others || is_shortened
}

/// Whether a text is nothing but a person's name, as names are written.
pub fn is_name(text: &str) -> bool {
    let parts = text.split_whitespace();
    let is_large = |it: &str| it.chars().next().is_some_and(char::is_uppercase);
    1 < parts.clone().count() && parts.into_iter().all(is_large) && person_doubt(text).is_none()
}

/// Why a cell is not certain to name one person, if it is not.
pub fn person_doubt(text: &str) -> Option<Doubt> {
    let PersonName { name, post } = person_name(text);
    let words: Vec<String> = key(&name).split(' ').map(str::to_owned).collect();
    let begins = |starts: &[&str]| starts.iter().any(|it| starts_with(&words, &key(it)));
    let is_joined = ["và", "cùng", "với"].iter().any(|it| words.contains(&key(it)));
    if begins(COLLECTIVES) {
        Some(Doubt::Collective)
    } else if begins(POSTS) && !is_surname_pho(&words) {
        Some(Doubt::Post)
    } else if is_joined || name.contains(['/', '&', '+']) || is_name(&post) || is_apart(text) {
        Some(Doubt::SeveralNames)
    } else if name.split(' ').any(is_shortened) {
        Some(Doubt::Initials)
    } else if MOST_WORDS <= words.len() {
        Some(Doubt::SeveralNames)
    } else if words.len() < 2 || begins(POINTERS) || name.chars().any(|it| it.is_ascii_digit()) {
        Some(Doubt::Cut)
    } else {
        None
    }
}

/// Whether names stand apart by a tab or a row of blanks, as typed.
fn is_apart(text: &str) -> bool {
    let parts = text.split(['\t', '\n']).flat_map(|it| it.split("   ")).map(str::trim);
    let parts: Vec<&str> = parts.filter(|it| !it.is_empty()).collect();
    1 < parts.len() && parts.into_iter().all(is_name)
}

/// Whether a word is an initial or several: `N.V.`; *Ý* alone is a name.
fn is_shortened(word: &str) -> bool {
    word.contains('.') && word.split('.').any(|it| it.chars().count() == 1)
}

/// *Phó* is a surname too: of three words that begin with it none is a post.
fn is_surname_pho(words: &[String]) -> bool {
    let is_post = |it: &&&str| it.contains(' ') && starts_with(words, &key(it));
    words.first() == Some(&key("phó")) && 2 < words.len() && !POSTS.iter().any(|it| is_post(&it))
}

fn starts_with(words: &[String], start: &str) -> bool {
    let start: Vec<&str> = start.split(' ').collect();
    start.len() <= words.len() && words.iter().zip(&start).all(|(word, it)| word == it)
}

/// The text behind a title, if it begins with one.
fn untitled(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let title = TITLES.iter().find(|title| {
        let behind = lower.strip_prefix(**title);
        behind.is_some_and(|rest| rest.starts_with([' ', '.', ':', '/']))
    })?;
    // Lower case may be of another length, but not of these letters.
    text.get(title.len()..).map(|rest| rest.trim_start_matches([' ', '.', ':', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_one_name_however_it_is_written() {
        let an = key("Nguyễn Văn An");
        for text in [
            "Nguyễn Văn An",
            "Ông Nguyễn Văn An",
            "Đ/c Nguyễn Văn An",
            "ĐC. Nguyễn Văn An",
            "Đồng chí: ThS. Nguyễn  Văn An – Phó phòng",
            "nguyễn văn an",
            "Ông/Bà: Nguyễn Văn An",
            "Nguyễn Văn An, Phó Trưởng phòng",
            "PGS.TS. Nguyễn Văn An (Giám đốc)",
            "Nguye\u{302}\u{303}n Va\u{306}n An",
        ] {
            assert_eq!(person_key(text), an, "{text}");
            assert_eq!(person_doubt(text), None, "{text}");
        }
        assert_eq!(person_name("Bà Lê Thị B – Phó phòng").post, "Phó phòng");
        assert_ne!(person_key("Nguyễn Văn Ân"), an);
    }

    #[test]
    fn a_name_written_wrongly_may_be_one_person_and_another_name_may_not() {
        #[track_caller]
        fn check(text: &str, expected: bool) {
            assert_eq!(may_be_one_person(text, "Nguyễn Văn An"), expected, "{text}");
            assert_eq!(may_be_one_person("Nguyễn Văn An", text), expected, "{text}");
        }
        for text in [
            "Nguyen Van An",
            "Đ/c Nguyễn Văn Ân",
            "Nguyễn Văn Anh",
            "NguyễnVăn An",
            "Ngyuễn Văn An",
            "N V An",
            "Nguyễn An",
            "Nguyễn Văn Thế An",
            "An Nguyễn Văn",
        ] {
            check(text, true);
        }
        for text in ["Nguyễn Văn Bình", "Lê Văn An", "Nguyễn Thị Văn", "An", "Trần Thu Hà", ""]
        {
            check(text, false);
        }
    }

    #[test]
    fn what_does_not_name_one_person_is_doubtful() {
        #[track_caller]
        fn check(text: &str, expected: Option<Doubt>) {
            assert_eq!(person_doubt(text), expected, "{text}");
        }
        check("Phòng Nội vụ", Some(Doubt::Collective));
        check("Tổ một cửa", Some(Doubt::Collective));
        check("Trưởng phòng", Some(Doubt::Post));
        check("Phó Trưởng phòng Nội vụ", Some(Doubt::Post));
        check("Phó Đức Phương", None);
        check("Trương Văn Tổ", None);
        check("N.V. An", Some(Doubt::Initials));
        check("Nguyễn V. An", Some(Doubt::Initials));
        check("Nguyễn Như Ý", None);
        check("An", Some(Doubt::Cut));
        check("Nguyễn Văn An và Lê Thị Bình", Some(Doubt::SeveralNames));
        check("Nguyễn Văn An, Lê Thị Bình", Some(Doubt::SeveralNames));
        check("Nguyễn Văn An; Lê Thị Bình", Some(Doubt::SeveralNames));
        check("Nguyễn Văn An/Lê Thị Bình", Some(Doubt::SeveralNames));
        check("Nguyễn Văn An\nLê Thị Bình", Some(Doubt::SeveralNames));
        check("Nguyễn Văn An\tLê Thị Bình", Some(Doubt::SeveralNames));
        check("Nguyễn An    Lê Bình", Some(Doubt::SeveralNames));
        check("Nguyễn Văn An Lê Thị Bình", Some(Doubt::SeveralNames));
        check("Nguyễn  Văn     An", None);
        check("Tôn Nữ Thị Ninh", None);
        check("Công Tằng Tôn Nữ Hạnh", None);
        check("như trên", Some(Doubt::Cut));
        check("Theo danh sách kèm theo", Some(Doubt::Cut));
        check("Nguyễn Văn An\nPhó phòng", None);
        check("Nguyễn Văn An -Phó phòng", None);
    }
}
