//! Formulas and number formats in one spelling, whatever program wrote them.

use crate::finding::CellRef;

/// A formula without what programs write differently: white space, letters'
/// case, quotes around plain sheet names, prefixes of newer functions.
pub(super) fn spelled(formula: &str) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut letters = formula.trim().trim_start_matches('=').chars().peekable();
    let mut is_spaced = false;
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            is_spaced = true;
            continue;
        }
        // A space between two references is an operator.
        let is_word = |it: char| it.is_alphanumeric() || matches!(it, '$' | '_');
        let is_between = out.ends_with(|it: char| is_word(it) || it == ')')
            && (is_word(letter) || matches!(letter, '(' | '\''));
        if std::mem::take(&mut is_spaced) && is_between {
            out.push(' ');
        }
        match letter {
            '"' => {
                out.push('"');
                while let Some(inner) = letters.next() {
                    out.push(inner);
                    if inner == '"' && letters.next_if_eq(&'"').map(|it| out.push(it)).is_none() {
                        break;
                    }
                }
            }
            '\'' => {
                let mut name = String::new();
                while let Some(inner) = letters.next() {
                    if inner == '\'' && letters.next_if_eq(&'\'').is_none() {
                        break;
                    }
                    name.push(inner);
                }
                let is_plain = name.chars().all(|it| it.is_alphanumeric() || it == '_')
                    && !name.starts_with(|it: char| it.is_ascii_digit());
                let quoted = ["'", &name.replace('\'', "''"), "'"].concat();
                out += if is_plain { &name } else { &quoted };
            }
            _ => out.extend(letter.to_uppercase()),
        }
    }
    out.replace("_XLFN.", "").replace("_XLWS.", "")
}

/// A shared formula at another cell than it is written for: relative
/// references move along.
pub(super) fn moved(formula: &str, from: CellRef, to: CellRef) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut is_word = false;
    while let Some(letter) = rest.chars().next() {
        if letter == '"' || letter == '\'' {
            let end = rest[1..].find(letter).map_or(rest.len(), |at| at + 2);
            out += &rest[..end];
            rest = &rest[end..];
            is_word = false;
            continue;
        }
        if !is_word && let Some((col, row, length)) = reference(rest) {
            out += &shifted(col, i64::from(to.col) - i64::from(from.col), true);
            out += &shifted(row, i64::from(to.row) - i64::from(from.row), false);
            rest = &rest[length..];
            is_word = true;
            continue;
        }
        is_word = letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$');
        out.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    out
}

/// The column, the row and the length of a reference at the start of a text.
fn reference(text: &str) -> Option<(&str, &str, usize)> {
    let bytes = text.as_bytes();
    let run = |from: usize, is_part: fn(&u8) -> bool| {
        let start = from + usize::from(bytes.get(from) == Some(&b'$'));
        let count = bytes.get(start..)?.iter().take_while(|it| is_part(it)).count();
        Some((start + count, count))
    };
    let (col, letters) = run(0, u8::is_ascii_alphabetic)?;
    let (end, digits) = run(col, u8::is_ascii_digit)?;
    let follows = text[end..].chars().next();
    let is_name = follows.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '(' | '!'));
    let is_reference = (1..=3).contains(&letters) && (1..=7).contains(&digits) && !is_name;
    is_reference.then(|| (&text[..col], &text[col..end], end))
}

fn shifted(part: &str, by: i64, is_column: bool) -> String {
    if part.starts_with('$') {
        return part.to_owned();
    }
    if !is_column {
        return part.parse::<i64>().map_or_else(|_| part.to_owned(), |it| (it + by).to_string());
    }
    let digit = |it: u8| i64::from(it.to_ascii_uppercase() - b'A') + 1;
    let number = part.bytes().fold(0, |number, it| number * 26 + digit(it));
    let moved = u32::try_from(number + by - 1).unwrap_or(0);
    CellRef::new(0, moved).to_string().trim_end_matches('1').to_owned()
}

/// A number format's code: literals in quotes, letters of dates in lower case,
/// no language.
pub(super) fn format_code(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut literal = String::new();
    let mut letters = code.chars();
    let flush = |literal: &mut String, out: &mut String| {
        if !literal.is_empty() {
            out.extend(["\"", &std::mem::take(literal), "\""]);
        }
    };
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => literal.extend(letters.next()),
            '"' => literal.extend(letters.by_ref().take_while(|it| *it != '"')),
            '[' => {
                flush(&mut literal, &mut out);
                let inner: String = letters.by_ref().take_while(|it| *it != ']').collect();
                if !inner.starts_with("$-") {
                    out.extend(["[", &inner.to_lowercase(), "]"]);
                }
            }
            '_' | '*' => {
                flush(&mut literal, &mut out);
                out.push(letter);
                out.extend(letters.next());
            }
            '/' | '-' | ':' | ' ' | '(' | ')' | '+' | '$' | '\u{a0}' => literal.push(letter),
            _ => {
                flush(&mut literal, &mut out);
                out.extend(letter.to_lowercase());
            }
        }
    }
    flush(&mut literal, &mut out);
    if out == "general" { String::new() } else { out }
}

/// The code of a format that Excel has built in.
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "mm-dd-yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "m/d/yy h:mm",
        37 => "#,##0 ;(#,##0)",
        38 => "#,##0 ;[Red](#,##0)",
        39 => "#,##0.00;(#,##0.00)",
        40 => "#,##0.00;[Red](#,##0.00)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_spelled_in_one_way() {
        #[track_caller]
        fn check(formula: &str, expected: &str) {
            assert_eq!(spelled(formula), expected);
        }
        check("=sum( 'Phiếu'!A1 , \"a  b\")", "SUM(Phiếu!A1,\"a  b\")");
        check("'Chi tiết'!A1 & \"x\"\"y\"", "'Chi tiết'!A1&\"x\"\"y\"");
        check("_xlfn.CONCAT(A1)", "CONCAT(A1)");
        check("A1:B2 B1:B3", "A1:B2 B1:B3");
    }

    #[test]
    fn shared_formulas_move_their_relative_references() {
        let moved = moved("SUM($A1,B$2)*LOG10(C3)&\"A1\"", CellRef::new(0, 0), CellRef::new(2, 1));
        assert_eq!(moved, "SUM($A3,C$2)*LOG10(D5)&\"A1\"");
    }

    #[test]
    fn formats_are_spelled_in_one_way() {
        #[track_caller]
        fn check(one: &str, other: &str) {
            assert_eq!(format_code(one), format_code(other));
        }
        check("dd/mm/yyyy", "DD\\/MM\\/YYYY");
        check("#,##0.00\" t\"_ ", "#,##0.00\\ \\t_ ");
        check("General", "");
        check("[$-42A]dd/mm", "dd/mm");
        assert_ne!(format_code("0.00"), format_code("\"0.00\""));
    }
}
