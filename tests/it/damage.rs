//! Damaged copies of real workbooks: refused, or read exactly as the original.
//!
//! ```text
//! CCHC_DAMAGE=20000 cargo test --release --test it damage
//! ```

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use cchc::book::Book;
use cchc::excel;
use cchc::form::layout::UNREAD;

/// How many copies are damaged when `CCHC_DAMAGE` says nothing.
const COPIES: usize = 400;
pub(crate) const SEED: u64 = 20_261_123;

#[test]
fn a_damaged_copy_is_refused_or_read_as_the_original() {
    let copies = env::var("CCHC_DAMAGE").map_or(COPIES, |count| count.parse().unwrap());
    // Whole, and as forms are read.
    let originals: Vec<(Vec<u8>, Book, Book)> = workbooks(Path::new("samples"))
        .iter()
        .filter_map(|path| {
            let bytes = fs::read(path).unwrap();
            let book = excel::read("a.xlsx", &bytes).ok()?.book;
            let form = excel::read_but(&UNREAD, "a.xlsx", &bytes).ok()?.book;
            Some((bytes, book, form))
        })
        .collect();
    assert!(!originals.is_empty());
    let mut random = Random(SEED);
    let mut refused = 0;
    for copy in 0..copies {
        let (bytes, book, form) = &originals[copy % originals.len()];
        let (how, damaged) = damage(&mut random, bytes);
        if let Ok(opened) = excel::read_but(&UNREAD, "a.xlsx", &damaged) {
            assert!(says_the_same(&opened.book, form), "copy {copy} as a form: {how}");
        }
        match excel::read("a.xlsx", &damaged) {
            Err(finding) => {
                assert!(finding.is_error());
                refused += 1;
            }
            Ok(opened) => assert!(says_the_same(&opened.book, book), "copy {copy}: {how}"),
        }
    }
    assert!(copies / 2 < refused, "only {refused} of {copies} refused");
}

/// The same sheets with the same cells.
fn says_the_same(one: &Book, other: &Book) -> bool {
    let told = |book: &Book| -> Vec<_> {
        let pages = book.pages.iter();
        pages.map(|page| (page.name.clone(), page.is_hidden, page.cells.clone())).collect()
    };
    told(one) == told(other)
}

/// Every workbook below a folder, in order of path.
pub(crate) fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let below = |path: PathBuf| match path.extension() {
        _ if path.is_dir() => workbooks(&path),
        Some(extension) if extension == "xlsx" => vec![path],
        _ => Vec::new(),
    };
    paths.into_iter().flat_map(below).collect()
}

/// One accident of a stick, a mail server or a copy that was cut off.
pub(crate) fn damage(random: &mut Random, original: &[u8]) -> (String, Vec<u8>) {
    let mut bytes = original.to_vec();
    let at = random.below(bytes.len());
    let end = bytes.len().min(at + 1 + random.below(4096));
    let how = match random.below(10) {
        0..6 => {
            let bit = random.below(8);
            bytes[at] ^= 1 << bit;
            format!("bit {bit} of byte {at} flipped")
        }
        6 => {
            bytes.truncate(at);
            format!("cut after {at} bytes")
        }
        7 => {
            bytes[at..end].fill(0);
            format!("zeros from {at} to {end}")
        }
        8 => {
            bytes.drain(at..end);
            format!("taken out from {at} to {end}")
        }
        _ => {
            let block = 512;
            let (one, other) =
                (random.below(bytes.len() / block), random.below(bytes.len() / block));
            for byte in 0..block {
                bytes.swap(one * block + byte, other * block + byte);
            }
            format!("blocks {one} and {other} swapped")
        }
    };
    (how, bytes)
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same damage on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let end = u64::try_from(end).unwrap();
        usize::try_from((mixed ^ (mixed >> 31)) % end).unwrap()
    }
}
