//! The text of `ky.toml` → the round's settings: every error is said, and only
//! an error refuses. The round's workbooks are left away: reading them each time
//! would leave no time for the text.

#![no_main]

use cchc::finding::Finding;
use cchc::round::{self, RoundBooks};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let checked = round::read("ky.toml", text, RoundBooks::default());
    let has_error = checked.findings().iter().any(Finding::is_error);
    assert_eq!(checked.value().is_none(), has_error);
});
