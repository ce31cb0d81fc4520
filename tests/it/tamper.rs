//! Ways of tampering with a published workbook: each changes one thing that a
//! reader sees, and none may pass for the published one.

use cchc::compare::{self, How, Shown};
use cchc::excel;

use crate::verify::{packed, parts, published};

const FILE: &str = "Tong-hop-2019.xlsx";

/// A part of the workbook, what stands in it, what is put there, and what is
/// named; a part that the workbook lacks is added.
const TAMPERS: &str = include_str!("tampers.tsv");

type Parts = Vec<(String, Vec<u8>)>;

/// The parts as another program would leave them, which writes every one anew.
fn resaved(parts: &Parts) -> Parts {
    let anew = parts.iter().map(|(name, content)| {
        let is_text = content.starts_with(b"<?xml");
        (name.clone(), [content.as_slice(), if is_text { b"\n" } else { b"" }].concat())
    });
    anew.collect()
}

/// Stands for a number that follows from other cells: of a format, a height.
const NUMBER: &str = "=\"?\"";

/// What stands in `text` where `pattern` has [`NUMBER`] first.
fn number_at(text: &str, pattern: &str) -> String {
    let Some((before, _)) = pattern.split_once(NUMBER) else { return String::new() };
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before}"));
    let number = rest.split('"').nth(1).unwrap_or_default();
    format!("=\"{number}\"")
}

fn changed(parts: &Parts, part: &str, from: &str, to: &str) -> Parts {
    let mut parts = parts.clone();
    match parts.iter_mut().find(|(name, _)| name == part) {
        None => parts.push((part.to_owned(), to.as_bytes().to_owned())),
        Some((_, content)) => {
            let text = String::from_utf8(content.clone()).unwrap();
            let [from, to] = [from, to].map(|it| it.replace(NUMBER, &number_at(&text, from)));
            let (from, to) = (from.as_str(), to.as_str());
            assert!(text.contains(from), "{part} has no {from}");
            *content = text.replacen(from, to, 1).into_bytes();
        }
    }
    parts
}

fn shown(parts: &Parts) -> Shown {
    excel::shown(FILE, &packed(parts)).unwrap_or_else(|it| panic!("{it:?}"))
}

#[test]
fn no_tampering_passes_whether_or_not_a_program_saved_the_file_again() {
    let own = parts(published().run().file(FILE));
    let (saved, original) = (resaved(&own), shown(&own));
    let whole = compare::shown(&original, &shown(&saved));
    assert_eq!((whole.differences, whole.how), (Vec::new(), How::Resaved { uncalculated: 0 }));
    let tampers: Vec<Vec<&str>> =
        TAMPERS.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    assert!(100 <= tampers.len());
    let mut passed = Vec::new();
    for (at, tamper) in tampers.iter().enumerate() {
        let [part, from, to, named] = tamper[..] else { panic!("{tamper:?}") };
        // Where no program saved it, every part speaks for itself besides.
        let before = if at % 10 == 0 { &own } else { &saved };
        let comparison = compare::shown(&original, &shown(&changed(before, part, from, to)));
        let told: Vec<String> = comparison.differences.iter().map(ToString::to_string).collect();
        if !told.iter().any(|it| it.contains(named)) {
            passed.push(format!("{part}: {to} – {named}: {told:?}"));
        }
    }
    assert!(passed.is_empty(), "{}:\n{}", passed.len(), passed.join("\n"));
}

#[test]
fn what_only_a_screen_shows_is_named_where_nobody_saved_the_file_again() {
    let own = parts(published().run().file(FILE));
    let sheet = "xl/worksheets/sheet2.xml";
    for (from, to, named) in [
        ("showGridLines=\"0\"", "", "đường lưới"),
        (" state=\"frozen\"", "", "khung cố định"),
        ("<ignoredErrors>", "<ignoredErrors/><x>", "phần «x»"),
        ("horizontalDpi=\"200\"", "horizontalDpi=\"201\"", "phần «xl/worksheets/sheet2.xml»"),
    ] {
        let parts = if named == "phần «x»" {
            changed(&changed(&own, sheet, "</ignoredErrors>", "</x>"), sheet, from, to)
        } else {
            changed(&own, sheet, from, to)
        };
        let told = compare::shown(&shown(&own), &shown(&parts)).differences;
        assert!(told.iter().any(|it| it.to_string().contains(named)), "{named}: {told:?}");
    }
}
