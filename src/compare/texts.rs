//! Two versions of a text → the lines that only one of them has.

use std::collections::BTreeSet;

/// The lines that changed, as people quote them: those of `after` with their
/// numbers, then those that are gone. Blank lines do not count.
pub fn texts(before: &str, after: &str) -> Vec<String> {
    let lines = |text: &str| -> BTreeSet<String> {
        text.lines().map(|line| line.trim().to_owned()).filter(|it| !it.is_empty()).collect()
    };
    let (old, new) = (lines(before), lines(after));
    let come = (1..).zip(after.lines()).filter(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !old.contains(line)
    });
    let come = come.map(|(number, line)| format!("dòng {number} nay là «{}»", line.trim()));
    let gone = (1..).zip(before.lines()).filter(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !new.contains(line)
    });
    let gone = gone.map(|(number, line)| format!("dòng {number} trước là «{}»", line.trim()));
    come.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_of_one_side_are_told() {
        let told = texts("nam = 2019\n\ntu = 90\n", "nam = 2019\r\ntu = 95 \r\n");
        assert_eq!(told, ["dòng 2 nay là «tu = 95»", "dòng 3 trước là «tu = 90»"]);
        assert_eq!(texts("a\nb", "a\n\nb\n"), [""; 0]);
    }
}
