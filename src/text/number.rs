//! Numbers as people type them into a text cell.

use crate::points::Quantity;

use super::clean;

/// Why a text is not taken for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNumber {
    /// It is not a number alone: `chín`, `85%`, `9,5 điểm`, `1,234.5`.
    Word,
    /// A point before exactly three digits: grouped by thousands, or a decimal
    /// point. `1.234` is both readings.
    Ambiguous {
        /// 1234.
        grouped: Quantity,
        /// 1,234.
        decimal: Quantity,
    },
}

/// Reads a number in people's spellings: `9,5`, `9.5`, `1.234,5`, `1 234,5`,
/// `½`, with the minus sign of a keyboard or of a typesetter, full-width digits,
/// or the apostrophe that makes Excel keep a text.
///
/// A comma is always the decimal comma, so `1,234` is a little above one.
pub fn number(text: &str) -> Result<Quantity, NotNumber> {
    let plain: String = clean(text).chars().map(narrow).collect();
    let unquoted = plain.strip_prefix('\'').unwrap_or(&plain).trim();
    let (sign, digits) = match unquoted.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", unquoted.strip_prefix('+').unwrap_or(unquoted)),
    };
    let exact = |whole: &str, decimals: &str| {
        let point = if decimals.is_empty() { "" } else { "." };
        let whole = if whole.is_empty() { "0" } else { whole };
        Quantity::parse(&format!("{sign}{whole}{point}{decimals}")).ok_or(NotNumber::Word)
    };
    if let Some((whole, decimals)) = vulgar(digits) {
        return exact(whole, decimals);
    }
    let (before, decimals) = digits.split_once(',').unwrap_or((digits, ""));
    let has_comma = digits.contains(',');
    if has_comma && !is_digits(decimals) {
        return Err(NotNumber::Word);
    }
    if is_digits(before) || (before.is_empty() && has_comma) {
        return exact(before, decimals);
    }
    let separator = if before.contains(' ') { ' ' } else { '.' };
    let groups: Vec<&str> = before.split(separator).collect();
    let is_grouped = is_grouped(&groups);
    match groups.as_slice() {
        [whole, part] if separator == '.' && !has_comma => {
            let is_decimal = (is_digits(whole) || whole.is_empty()) && is_digits(part);
            let decimal = if is_decimal { exact(whole, part) } else { Err(NotNumber::Word) };
            if !is_grouped {
                return decimal;
            }
            let grouped = exact(&groups.concat(), "")?;
            Err(NotNumber::Ambiguous { grouped, decimal: decimal? })
        }
        groups if is_grouped => exact(&groups.concat(), decimals),
        _ => Err(NotNumber::Word),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// One to three digits without a leading zero, then threes.
fn is_grouped(groups: &[&str]) -> bool {
    let is_head = |head: &str| is_digits(head) && head.len() <= 3 && !head.starts_with('0');
    let is_three = |group: &&str| is_digits(group) && group.len() == 3;
    matches!(groups, [head, rest @ ..] if is_head(head) && !rest.is_empty() && rest.iter().all(is_three))
}

/// A number that ends in a fraction sign, as its whole part and its decimals.
/// Thirds and sixths have no exact decimals and are left to be refused.
fn vulgar(text: &str) -> Option<(&str, &'static str)> {
    let sign = text.chars().next_back()?;
    let decimals = match sign {
        '½' => "5",
        '¼' => "25",
        '¾' => "75",
        '⅕' => "2",
        '⅖' => "4",
        '⅗' => "6",
        '⅘' => "8",
        '⅛' => "125",
        '⅜' => "375",
        '⅝' => "625",
        '⅞' => "875",
        _ => return None,
    };
    let whole = text.strip_suffix(sign)?.trim_end();
    (whole.is_empty() || is_digits(whole)).then_some((whole, decimals))
}

/// Full-width signs of East Asian keyboards and the true minus, as ASCII.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).expect("full-width ASCII is ASCII, shifted")
        }
        '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(number(text), Ok(Quantity::parse(expected).unwrap()), "{text}");
        }
        check("9,5", "9.5");
        check("9.5", "9.5");
        check(" 9,50 ", "9.5");
        check("1,234", "1.234");
        check("0.125", "0.125");
        check("1234.567", "1234.567");
        check("1.2345", "1.2345");
        check("1.234,5", "1234.5");
        check("1.234.567", "1234567");
        check("1 234,5", "1234.5");
        check("1\u{a0}234\u{202f}567", "1234567");
        check("\u{2212}2,5", "-2.5");
        check("+2", "2");
        check("９，５", "9.5");
        check("'9,5", "9.5");
        check("\u{2019}9,5", "9.5");
        check("½", "0.5");
        check("1 ½", "1.5");
        check("2¼", "2.25");
        check(",5", "0.5");
        check("007", "7");
        check("\u{200b}3", "3");
    }

    #[test]
    fn what_is_not_a_number_alone_is_refused() {
        #[track_caller]
        fn check(text: &str) {
            assert_eq!(number(text), Err(NotNumber::Word), "{text}");
        }
        for text in ["", "-", ",", ".", "chín", "85%", "9,5 điểm", "1,234.5", "1,234,567", "9,5,"]
        {
            check(text);
        }
        for text in ["1.23,4", "1 23", "1.234 5", "0.123.456", "1e3", "--1", "⅓", "9-10", "1/2"] {
            check(text);
        }
        check(&"9".repeat(40));
    }

    #[test]
    fn a_point_before_three_digits_is_asked_about() {
        let grouped = Quantity::whole(1234);
        let decimal = Quantity::scaled(1234, 3);
        assert_eq!(number("1.234"), Err(NotNumber::Ambiguous { grouped, decimal }));
        let grouped = Quantity::whole(-12_500);
        let decimal = Quantity::scaled(-125, 1);
        assert_eq!(number("-12.500"), Err(NotNumber::Ambiguous { grouped, decimal }));
    }
}
