//! What a path leads to that somebody dropped, dragged into the window or typed.

use std::path::{Path, PathBuf};

use crate::batch::{Folder, folder};
use crate::history;
use crate::round;

/// What is at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The folder of a round, or something in it.
    Round {
        root: PathBuf,
        is_published: bool,
    },
    /// The folder of a summary of years, or something in it.
    Summary(PathBuf),
    /// A folder in neither.
    Folder,
    /// A file in neither.
    File,
    Nothing,
}

/// The nearest folder around the path that is a round's or a summary's decides.
pub(super) fn place(path: &Path) -> Place {
    if !path.exists() {
        return Place::Nothing;
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // By its components, it has no separator at its end.
    let path: PathBuf = path.components().collect();
    for folder in path.ancestors() {
        if is_round(folder) {
            let published = Folder::open(folder).and_then(|it| it.publications());
            let is_published = published.is_ok_and(|it| !it.is_empty());
            return Place::Round { root: folder.to_owned(), is_published };
        }
        if folder.join(history::SETTINGS).is_file() {
            return Place::Summary(folder.to_owned());
        }
    }
    if path.is_dir() { Place::Folder } else { Place::File }
}

/// Whether a folder is a round's own.
pub(super) fn is_round(folder: &Path) -> bool {
    folder.join(round::SETTINGS).is_file()
}

/// What is said of a folder that is no round's, with the round that is perhaps meant:
/// the one that it is in, or those in it.
pub(super) fn not_round(folder: &Path) -> String {
    let meant: Vec<PathBuf> = match place(folder) {
        Place::Round { root, .. } => vec![root],
        _ => folder::inside(folder).into_iter().filter(|it| is_round(it)).collect(),
    };
    let meant = meant.iter().map(|it| format!("«{}»", it.display()));
    let meant = match meant.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => "thư mục có tệp ky.toml".to_owned(),
        meant => meant,
    };
    format!(
        "{} không phải thư mục của kỳ nào (không thấy ky.toml ở đó); hãy chạy lại với {meant}",
        folder.display()
    )
}

/// What is said of a path that leads to no round.
pub(super) fn no_round(path: &Path, found: &Place) -> String {
    let path = path.display();
    match found {
        Place::Nothing => format!("Không có tệp hay thư mục {path}."),
        Place::Summary(_) => format!("{path} là của lần tổng kết, không thuộc kỳ nào."),
        Place::File => {
            format!(
                "{path} không thuộc kỳ nào: đó là một tệp, các thư mục chứa nó không có ky.toml."
            )
        }
        Place::Folder | Place::Round { .. } => {
            format!("{path} không thuộc kỳ nào: không thấy ky.toml ở đó và ở các thư mục chứa nó.")
        }
    }
}

/// What a path may stand between: what Explorer, a shell or a word processor sets.
const QUOTES: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];

/// A path as a window hands it over that something was dragged into, or as
/// Explorer copies it: with spaces and quotes around it, maybe after PowerShell's
/// `&` or a mark of the direction of writing.
pub(super) fn typed(line: &str) -> PathBuf {
    let is_blank = |it: char| it.is_whitespace() || matches!(it, '\u{202a}' | '\u{feff}');
    let path = line.trim_matches(is_blank);
    let path = path.strip_prefix("& ").unwrap_or(path).trim_matches(is_blank);
    let mut bare = QUOTES.iter().filter_map(|(before, after)| {
        path.strip_prefix(*before).map(|it| it.trim_end_matches(*after))
    });
    PathBuf::from(bare.next().unwrap_or(path.trim_end_matches('"')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_is_bare_of_what_was_put_around_it() {
        for (line, path) in [
            ("D:\\CCHC\\ky 2026\r\n", "D:\\CCHC\\ky 2026"),
            (" \"D:\\CCHC\\ky 2026\" \n", "D:\\CCHC\\ky 2026"),
            ("\"D:\\CCHC\\\"", "D:\\CCHC\\"),
            ("D:\\CCHC\"", "D:\\CCHC"),
            ("“D:\\CCHC\\kỳ 2026”", "D:\\CCHC\\kỳ 2026"),
            ("‘/srv/cchc/ky 2026’", "/srv/cchc/ky 2026"),
            ("& 'D:\\CCHC\\ky'", "D:\\CCHC\\ky"),
            ("'/srv/cchc/ky 2026' ", "/srv/cchc/ky 2026"),
            ("\u{202a}D:\\CCHC", "D:\\CCHC"),
            ("\\\\may-chu\\cchc\\ky", "\\\\may-chu\\cchc\\ky"),
            ("", ""),
        ] {
            assert_eq!(typed(line), Path::new(path), "{line:?}");
        }
    }
}
