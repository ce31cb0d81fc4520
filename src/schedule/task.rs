//! What is to be done by schedule, and the steps that make it so.

use std::path::{Path, PathBuf};

use crate::schedule::timing::Timing;
use crate::text;

/// A round that is scored by schedule.
#[derive(Clone, Debug)]
pub struct Task {
    /// As the system knows it: what [`name_of`] gives.
    pub name: String,
    /// The program, from the root.
    pub program: String,
    /// What it is told, the round's folder among it.
    pub arguments: Vec<String>,
    /// The round's folder, from the root.
    pub folder: String,
    pub timing: Timing,
}

impl Task {
    /// For people who look through the system's list.
    pub(super) fn description(&self) -> String {
        format!("Chấm kỳ {} lúc {}", self.folder, self.timing)
    }

    /// The first text that no scheduler takes as it stands.
    pub(super) fn unwritable(&self) -> Option<&str> {
        let is_bad = |it: char| it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}');
        self.texts().find(|text| text.contains(is_bad))
    }

    /// Everything that goes into a scheduler's files.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let own = [self.program.as_str(), self.folder.as_str()];
        own.into_iter().chain(self.arguments.iter().map(String::as_str))
    }
}

/// One thing to be done, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Write a file.
    Write { path: PathBuf, text: String, bytes: Vec<u8> },
    /// Start a program of the system and wait for it.
    Run(Vec<String>),
    /// Remove a file.
    Remove(PathBuf),
}

/// The name of a folder's task: of ASCII letters, so that every system takes it
/// and says it back unchanged.
pub fn name_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("cchc-{}", text::file_name(&name))
}

/// A command as a person would type it.
pub fn command_line(words: &[String]) -> String {
    let shown = |word: &String| {
        let is_plain = !word.is_empty() && !word.contains([' ', '"', '&', '\'', '(', ')', ';']);
        if is_plain { word.clone() } else { format!("\"{word}\"") }
    };
    words.iter().map(shown).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tasks_are_ascii_whatever_the_folder_is_called() {
        for (folder, name) in [
            ("/srv/ha-long-2026", "cchc-ha-long-2026"),
            ("/srv/Kỳ đánh giá 2026", "cchc-Ky-danh-gia-2026"),
            ("/srv/a & b%", "cchc-a-b"),
            ("/", "cchc-khong-ten"),
        ] {
            assert_eq!(name_of(Path::new(folder)), name, "{folder}");
        }
    }
}
