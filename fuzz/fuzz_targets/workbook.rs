//! File bytes → book → form. The first byte says where the others go: into the
//! archive itself, or into one part of a sound one, past the checksums.

#![no_main]

use std::sync::LazyLock;

use cchc::excel;
use cchc::form;
use cchc_fuzz::{ROUND, packed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: { LazyLock::force(&ROUND); }, |data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    // `P` begins a file as it is.
    let bytes = if *choice == b'P' { data.to_vec() } else { packed(*choice, rest) };
    if let Ok(opened) = excel::read("nop/a.xlsx", &bytes) {
        let reading = form::read(&opened.book, &ROUND);
        assert!(reading.form.is_some() || !reading.findings.is_empty());
    }
});
