//! Which version of which file was answered, as a text that outlives the process:
//! a line each, the digest and the name, as `sha256sum` writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::form::Receipt;

/// What stands in place of the digest of a file whose bytes were not read.
const UNREAD: &str = "-";

/// The files that were answered, with the digests they had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered(BTreeMap<String, String>);

impl Answered {
    /// Lines that are none of ours are skipped: their files are answered again.
    pub fn parse(text: &str) -> Answered {
        let lines = text.lines().filter_map(|line| line.split_once("  "));
        Answered(lines.map(|(sha256, name)| (unescaped(name), sha256.to_owned())).collect())
    }

    pub fn text(&self) -> String {
        let line =
            |(name, sha256): (&String, &String)| [sha256, "  ", &escaped(name), "\n"].concat();
        self.0.iter().map(line).collect()
    }

    /// Notes that these are what there is, beside files that are `awaited`: what was
    /// answered of those stands until they can be read.
    pub fn note<'a>(&mut self, receipts: &'a [Receipt], awaited: &BTreeSet<String>) -> News<'a> {
        let digest = |it: &Receipt| {
            if it.sha256.is_empty() { UNREAD.to_owned() } else { it.sha256.clone() }
        };
        let is_new = |it: &&Receipt| self.0.get(&it.file) != Some(&digest(it));
        let new = receipts.iter().filter(is_new).collect();
        let read = receipts.iter().map(|it| (it.file.clone(), digest(it)));
        let mut before = mem::replace(&mut self.0, read.collect());
        before.retain(|name, _| !self.0.contains_key(name));
        let (kept, gone): (BTreeMap<_, _>, _) =
            before.into_iter().partition(|it| awaited.contains(&it.0));
        self.0.extend(kept);
        News { new, gone: BTreeMap::into_keys(gone).collect() }
    }
}

/// A name on one line, also where a system lets names break lines.
fn escaped(name: &str) -> String {
    name.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r")
}

fn unescaped(text: &str) -> String {
    let mut name = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => name.push('\n'),
                Some('r') => name.push('\r'),
                other => name.extend(other),
            },
            letter => name.push(letter),
        }
    }
    name
}

/// What there is to answer.
#[derive(Clone, Debug)]
pub struct News<'a> {
    /// Files that are new, or another version.
    pub new: Vec<&'a Receipt>,
    /// Files that were answered and are no longer there.
    pub gone: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Fate;

    fn receipt(file: &str, sha256: &str) -> Receipt {
        let (file, sha256) = (file.to_owned(), sha256.to_owned());
        Receipt { file, sha256, unit: None, possible: None, fate: Fate::Counted }
    }

    #[test]
    fn each_version_is_new_once_also_after_the_text_was_read_again() {
        let mut answered = Answered::default();
        let mut note = |receipts: &[Receipt], awaited: &[&str]| {
            let awaited = awaited.iter().map(|it| (*it).to_owned()).collect();
            let News { new, gone } = answered.note(receipts, &awaited);
            let new = new.iter().map(|it| format!("+{}", it.file));
            let news = new.chain(gone.iter().map(|it| format!("-{it}"))).collect::<Vec<_>>();
            answered = Answered::parse(&answered.text());
            news
        };
        let (a, pdf) = (receipt("a  b.xlsx", "1"), receipt("thư.pdf", ""));
        let all = [a.clone(), pdf];
        assert_eq!(note(&all, &[]), ["+a  b.xlsx", "+thư.pdf"]);
        assert_eq!(note(&all, &[]), [""; 0]);
        assert_eq!(note(&[receipt("a  b.xlsx", "2")], &[]), ["+a  b.xlsx", "-thư.pdf"]);
        assert_eq!(note(&all, &[]), ["+a  b.xlsx", "+thư.pdf"]);
        // Somebody holds it for a while; then it is as it was.
        assert_eq!(note(&all[1..], &["a  b.xlsx"]), [""; 0]);
        assert_eq!(note(&all, &[]), [""; 0]);
        assert_eq!(note(&[a], &[]), ["-thư.pdf"]);
    }

    #[test]
    fn a_name_that_breaks_lines_is_one_line() {
        for name in ["nop/a\nb.xlsx", "nop/a\r\n", r"nop/a\nb.xlsx", r"\\", "\\\n", "nop/a.xlsx"] {
            let mut answered = Answered::default();
            answered.note(&[receipt(name, "1")], &BTreeSet::new());
            assert_eq!(answered.text().lines().count(), 1);
            assert_eq!(Answered::parse(&answered.text()), answered);
        }
    }

    #[test]
    fn a_text_of_somebody_else_answers_nothing() {
        assert_eq!(Answered::parse("\u{0}\nrác\n"), Answered::default());
    }
}
