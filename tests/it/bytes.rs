//! One set of bytes: nothing in what is written says on which system it was.
//! These tests prove it where they run on more than one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::office::{Office, honest, tree};

/// The system that an entry of an archive says it was made by, with its name.
struct Entry {
    made_by: u8,
    name: String,
}

/// Walks the central directory.
fn entries(archive: &[u8]) -> Vec<Entry> {
    let number = |at: usize, bytes: usize| {
        let digits = archive[at..at + bytes].iter().rev();
        digits.fold(0, |number, digit| number << 8 | usize::from(*digit))
    };
    let end = archive.len() - 22;
    assert!(archive[end..].starts_with(b"PK\x05\x06"));
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut entries = Vec::new();
    for _ in 0..count {
        assert!(archive[at..].starts_with(b"PK\x01\x02"));
        let name = &archive[at + 46..at + 46 + number(at + 28, 2)];
        let name = String::from_utf8(name.to_vec()).unwrap();
        entries.push(Entry { made_by: archive[at + 5], name });
        at += 46 + number(at + 28, 2) + number(at + 30, 2) + number(at + 32, 2);
    }
    assert_eq!(at, end, "something between the directory and the end");
    entries
}

/// Everything a year writes, by its path below the round's folder.
fn year() -> BTreeMap<String, Vec<u8>> {
    let office = Office::busy().form("nop/PB-TP.xlsx", "PB-TP", &honest(12)).agreed();
    let office = office.survey(&[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)]);
    let new = office.path("moi/2020").into_os_string();
    office.say(vec!["init".into(), new, "--year".into(), "2020".into()]);
    for words in [&["forms"][..], &["run"], &["freeze", "--con-thieu", "Còn một phiếu sai"]] {
        office.tell(words);
    }
    let mut files = BTreeMap::new();
    tree(&office.path("."), "", &mut files);
    files
}

fn is_of(name: &str, kind: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == kind)
}

#[test]
fn every_archive_says_that_it_was_made_by_the_same_system() {
    /// What Excel says, on whichever system.
    const OF_WORKBOOKS: u8 = 0;
    const OF_PUBLICATIONS: u8 = 3;
    let files = year();
    for kind in ["mau/", "tham-dinh/", "ket-qua/phan-hoi/", "cong-bo/", "moi/"] {
        assert!(files.keys().any(|name| name.starts_with(kind)), "{kind}");
    }
    let archives = files.iter().filter(|(name, _)| is_of(name, "xlsx") || is_of(name, "zip"));
    for (file, bytes) in archives {
        let own = if is_of(file, "zip") { OF_PUBLICATIONS } else { OF_WORKBOOKS };
        for Entry { made_by, name } in entries(bytes) {
            assert_eq!(made_by, own, "{file}: {name}");
            assert!(!name.contains('\\'), "{file}: {name}");
        }
    }
}

#[test]
fn paths_are_written_with_slashes_and_lines_end_in_one_way() {
    let files = year();
    let record = String::from_utf8(files["ket-qua/ket-qua.json"].clone()).unwrap();
    assert!(record.contains("\"nop/PB-NV.xlsx\"") && record.contains("\"phan-hoi/PB-TP.xlsx\""));
    assert!(!record.contains("nop\\\\") && !record.contains('\r'));
    assert!(!files["moi/2020/ky.toml"].contains(&b'\r'));
    for (name, bytes) in files.iter().filter(|(name, _)| is_of(name, "csv")) {
        assert!(!bytes.contains(&b'\r'), "{name}");
    }
    let template = fs::read_to_string("templates/ky.toml").unwrap();
    assert!(!template.contains('\r'), "a checkout that changed the ends of lines");
}
