//! The rounds a person worked in lately: one small file of their own, a path a
//! line, the latest first. Without it nothing is lost but that they must be
//! pointed at again, so whatever is wrong with it is no reason to stop.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::batch::save;

/// How many rounds are kept.
const MOST: usize = 9;

/// The rounds used lately, the latest first.
pub fn rounds() -> Vec<PathBuf> {
    let text = file().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    let paths = text.trim_start_matches('\u{feff}').lines().map(PathBuf::from);
    paths.filter(|path| path.is_absolute()).take(MOST).collect()
}

/// Puts a round first.
pub fn note(round: &Path) {
    let Some(file) = file() else { return };
    let text: String = first(round, rounds())
        .iter()
        .filter_map(|path| path.to_str())
        .flat_map(|path| [path, "\n"])
        .collect();
    if let Some(folder) = file.parent() {
        let _ = save::folder(folder).and_then(|()| save::file(&file, text.as_bytes()));
    }
}

fn first(round: &Path, rounds: Vec<PathBuf>) -> Vec<PathBuf> {
    let others = rounds.into_iter().filter(|it| it != round);
    std::iter::once(round.to_owned()).chain(others).take(MOST).collect()
}

/// Where the system keeps what a program remembers for one person.
fn file() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|it| it.is_absolute());
    let state = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else {
        folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|it| it.join(".local/state")))
    };
    state.map(|it| it.join("cchc").join("ky-gan-day.txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_is_first_once_and_the_oldest_is_forgotten() {
        let mut rounds = Vec::new();
        for year in (2011..=2020).chain([2015]) {
            rounds = first(Path::new(&format!("/ky/{year}")), rounds);
        }
        let years: Vec<_> = rounds.iter().filter_map(|it| it.file_name()?.to_str()).collect();
        let expected = ["2015", "2020", "2019", "2018", "2017", "2016", "2014", "2013", "2012"];
        assert_eq!(years, expected);
    }
}
