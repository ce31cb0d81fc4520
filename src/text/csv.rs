//! Fields → lines of comma-separated values (CSV), as programs exchange them:
//! a comma between fields, LF at the end of a line.

use std::borrow::Cow;

/// What a spreadsheet program takes for the beginning of a formula.
const FORMULAS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Adds a field, in quotation marks where it must be.
pub fn field(line: &mut String, field: &str) {
    if field.contains([',', '"', '\n', '\r']) {
        line.extend(["\"", &field.replace('"', "\"\""), "\""]);
    } else {
        line.push_str(field);
    }
}

/// Adds a whole line.
pub fn line(text: &mut String, fields: impl IntoIterator<Item = impl AsRef<str>>) {
    for (at, it) in fields.into_iter().enumerate() {
        if 0 < at {
            text.push(',');
        }
        field(text, it.as_ref());
    }
    text.push('\n');
}

/// A text that no spreadsheet program takes for a formula: one that begins as
/// formulas do is given an apostrophe, and so is one that begins with an
/// apostrophe, so that taking one away always gives the text back.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_harmless = !text.starts_with(FORMULAS) && !text.starts_with('\'');
    if is_harmless { Cow::Borrowed(text) } else { Cow::Owned(format!("'{text}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let mut text = String::new();
        line(&mut text, ["a", "b,c", "nói «\"»", "hai\ndòng", ""]);
        assert_eq!(text, "a,\"b,c\",\"nói «\"\"»\",\"hai\ndòng\",\n");
    }

    #[test]
    fn no_text_begins_a_formula_and_each_comes_back() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let harmless = harmless(text);
            assert_eq!(harmless, expected);
            assert_eq!(harmless.strip_prefix('\'').unwrap_or(&harmless), text);
        }
        check("=HYPERLINK(1)", "'=HYPERLINK(1)");
        check("-1+1", "'-1+1");
        check("@SUM", "'@SUM");
        check("\t=1", "'\t=1");
        check("＝1", "'＝1");
        check("'quote", "''quote");
        check("Sở Y tế = 1", "Sở Y tế = 1");
        check("", "");
    }
}
