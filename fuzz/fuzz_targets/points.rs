//! What people type → numbers, days, rules and names.

#![no_main]

use cchc::day::Day;
use cchc::points::Points;
use cchc::round::read_rule::read_rule;
use cchc::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let clean = text::clean(typed);
    assert_eq!(text::clean(&clean), clean);
    let _ = text::number(typed);
    let _ = Day::parse(typed);
    let _ = text::unit_key(typed);
    let _ = text::file_name(typed);
    let (word, parameters) = typed.split_once('\n').unwrap_or(("mức", typed));
    if let Ok(rule) = read_rule(word, parameters, Points::scaled(2, 0)) {
        let _ = rule.words(Points::scaled(2, 0));
    }
});
