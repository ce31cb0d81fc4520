//! Findings are decided about by their facts, never by their words.

use super::{sources, tokens};

/// Where the words of findings are printed or handed to readers.
const PRINTS: &[&str] = &["report", "cli", "trace", "evaluation", "failure", "record"];

/// What is done with words to decide by them.
const DECIDES: &[&str] =
    &["contains", "ends_with", "starts_with", "find", "split", "split_once", "match"];

/// The first place of a file where the words of a finding decide something: a
/// statement that asks for them, and for what is in them.
fn decision_by_words(code: &str) -> Option<String> {
    let tokens = tokens(code);
    let statements = tokens.split(|it| [";", "{", "}"].contains(&it.as_str()));
    let asks = |it: &[String]| {
        let named = |from: &[&str]| it.windows(from.len()).any(|at| at == from);
        let is_of_finding = it.iter().any(|name| name.starts_with("finding"));
        named(&[".", "message", "(", ")"]) || is_of_finding && named(&[".", "to_string", "(", ")"])
    };
    let decides = |it: &[String]| {
        let is_equal = it.windows(2).any(|at| at[1] == "=" && ["=", "!"].contains(&at[0].as_str()));
        is_equal || it.iter().any(|name| DECIDES.contains(&name.as_str()))
    };
    statements.into_iter().find(|it| asks(it) && decides(it)).map(<[String]>::concat)
}

#[test]
fn no_decision_looks_into_the_words_of_a_finding() {
    for source in sources() {
        if source.module == "finding" || PRINTS.contains(&source.module.as_str()) {
            continue;
        }
        let decision = decision_by_words(source.code());
        assert_eq!(decision, None, "{}", source.path.display());
    }
    // What it must find, and what it must let pass.
    for bad in [
        "let is_used = it.message().ends_with(&sign);",
        "match finding.message() { \"\" => {} }",
        "if finding.to_string().contains(unit) { return; }",
        "all.iter().any(|it| it.message() == known)",
    ] {
        assert!(decision_by_words(bad).is_some(), "{bad}");
    }
    for good in ["said: finding.message().to_owned(),", "rows.find(|it| it.place == finding.place)"]
    {
        assert_eq!(decision_by_words(good), None);
    }
}
