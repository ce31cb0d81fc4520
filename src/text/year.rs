//! Which years a text speaks of as its own.

use std::sync::LazyLock;

use super::key;

/// Behind these words a year is that of another paper or of another period.
const QUOTING: [&str; 16] = [
    "kèm theo",
    "căn cứ",
    "quyết định",
    "thông tư",
    "nghị định",
    "nghị quyết",
    "công văn",
    "hướng dẫn",
    "chỉ thị",
    "quy định",
    "so với",
    "giai đoạn",
    "nhiệm kỳ",
    "năm trước",
    "kỳ trước",
    "năm ngoái",
];

/// Words to be found in a text, by their keys.
pub struct Words(Vec<String>);

impl Words {
    pub fn of(words: &[&str]) -> Words {
        Words(words.iter().map(|it| between_blanks(it)).collect())
    }

    /// Whether any of them stands in the text.
    pub fn are_in(&self, text: &str) -> bool {
        let key = between_blanks(text);
        self.0.iter().any(|it| key.contains(it))
    }
}

static QUOTING_WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(&QUOTING));

fn between_blanks(text: &str) -> String {
    format!(" {} ", key(text))
}

/// Whether a text has a year in it, its own or not, that is no part of a date.
pub fn names_year(text: &str) -> bool {
    let is_bare = |(before, after): (&str, &str)| !before.ends_with('/') && !after.starts_with('/');
    numbers(text).into_iter().any(|(_, around)| is_bare(around))
}

/// Whether a text names another paper or another period.
pub fn quotes(text: &str) -> bool {
    QUOTING_WORDS.are_in(text)
}

/// The years of a text that leaves this year out, if it has any: a title of last
/// year's paper. A period is no year.
pub fn other_years(text: &str, year: i16) -> Option<i16> {
    let years = years_in(text);
    years.first().copied().filter(|_| !years.contains(&year))
}

/// The years that a text speaks of as its own: none of a period, of a date, of
/// another paper's number.
pub fn years_in(text: &str) -> Vec<i16> {
    let is_own = |(before, after)| !is_joined(before, after) && !is_quoted(before);
    let own = numbers(text).into_iter().filter(|(_, around)| is_own(*around));
    own.map(|(year, _)| year).collect()
}

/// The numbers from 2000 to 2099, each with what stands before and behind it.
fn numbers(text: &str) -> Vec<(i16, (&str, &str))> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut numbers = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(is_digit).map(|it| from + it) {
        let rest = &text[start..];
        from = start + rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let year = text[start..from].parse().ok().filter(|it| (2000..2100).contains(it));
        numbers.extend(year.map(|year| (year, (&text[..start], &text[from..]))));
    }
    numbers
}

/// Whether a number is joined to another one or is part of a sign: `2016–2020`,
/// `từ năm 2016 đến năm 2020`, `05/12/2019`, `2014/TT-BNV`.
fn is_joined(before: &str, after: &str) -> bool {
    let is_joint = |c: char| "/-–—−→".contains(c);
    let is_digit = |c: char| c.is_ascii_digit();
    let (left, right) = (before.trim_end(), after.trim_start());
    let beyond_left = left.trim_end_matches(is_joint);
    let beyond_right = right.trim_start_matches(is_joint);
    let is_part = before.ends_with('/')
        || after.starts_with('/')
        || before.strip_suffix('.').is_some_and(|it| it.ends_with(is_digit))
        || beyond_left.len() < left.len() && beyond_left.trim_end().ends_with(is_digit)
        || beyond_right.len() < right.len() && beyond_right.trim_start().starts_with(is_digit);
    is_part || {
        let (to, year) = (key("đến"), key("năm"));
        let left = key(left);
        left.trim_end_matches(&year).trim_end().ends_with(&to)
            || between_blanks(right).starts_with(&format!(" {to} "))
    }
}

/// Whether what stands before a year makes it another paper's, another period's,
/// or part of a date or of a number.
fn is_quoted(before: &str) -> bool {
    let told = key(before);
    let words: Vec<&str> = told.split(' ').collect();
    let [day, month, number] = ["ngày", "tháng", "số"].map(key);
    let is_number = |word: &str| word.parse::<u32>().is_ok();
    let is_of_date = match words.as_slice() {
        [.., first, second, _] if *first == month && is_number(second) => true,
        [.., first, _] => *first == month && words.contains(&day.as_str()),
        _ => false,
    };
    let is_of_number =
        words.last().is_some_and(|it| *it == number || it.len() != 4 && is_number(it));
    is_of_date || is_of_number || quotes(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_speaks_of_its_own_years() {
        #[track_caller]
        fn check(text: &str, expected: Option<i16>) {
            assert_eq!(other_years(text, 2019), expected, "{text}");
        }
        check("Chỉ số cải cách hành chính năm 2018", Some(2018));
        check("Bộ chỉ số CCHC 2018", Some(2018));
        check("Chỉ số cải cách hành chính năm 2019", None);
        check("So với năm 2018, năm 2019", None);
        check("Giai đoạn 2016–2020", None);
        check("Theo Quyết định số 15/QĐ-UBND ngày 05/12/2018", None);
        check("Bộ chỉ số", None);
    }
}
