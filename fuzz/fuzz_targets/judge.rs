//! The cells of a sheet, or the table of strings → read by us as calamine reads
//! them, or refused by us. What we read and calamine does not, and why, stands in
//! tests/it/judge.rs; inputs of those kinds are passed over.

#![no_main]

use libfuzzer_sys::fuzz_target;

use cchc_fuzz::packed;

#[path = "../../tests/it/judged.rs"]
mod judged;

/// Sections of text, references in place of digits, and errors of newer
/// programs, which calamine does not read or reads as nothing.
const OURS: [&[u8]; 4] = [b"<![", b"&", b"\"e\"", b"'e'"];

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    if OURS.iter().any(|mark| rest.windows(mark.len()).any(|found| found == *mark)) {
        return;
    }
    let bytes = packed(choice % 2, rest);
    if let Some(ours) = judged::by_us(&bytes) {
        let told = judged::difference(&ours, judged::by_calamine(&bytes).as_ref());
        assert_eq!(told, None);
    }
});
