//! What lies in a folder of ours and is not read: copies, names that are nearly
//! those of our files, files in the wrong place.

use std::fs;
use std::path::Path;

use crate::batch::folder::{Named, is_workbook, stray};
use crate::batch::swap::left_of;
use crate::finding::{Findings, Place, round};
use crate::record::RECORD_FILE;
use crate::text;

/// Words that a copy carries beside the name of what it was copied from.
const COPY_WORDS: &[&str] = &["copy", "ban", "sao", "moi", "cu", "cuoi", "chinh", "thuc", "of"];

/// The files and folders that may lie at the top of a folder.
pub struct Known<'a> {
    pub files: &'a [&'a str],
    /// Folders that are read.
    pub folders: &'a [&'a str],
}

/// What a round's folder may hold.
pub const ROUND: Known = Known {
    files: &["ky.toml", "don-vi.xlsx", "khong-ap-dung.xlsx", "mien-tru.xlsx", "thay-doi.xlsx"],
    folders: &["bo-chi-so", "nop", "tham-dinh", "khao-sat", "ky-truoc"],
};

/// What a summary's folder may hold beside its years.
pub const SUMMARY: Known =
    Known { files: &["tong-ket.toml", "don-vi.xlsx", "khen-thuong.xlsx"], folders: &[] };

/// What the folder of last round may hold.
const LAST_ROUND: Known = Known { files: &[RECORD_FILE], folders: &[] };

/// What the folder of a year may hold, if it is not a round's own.
pub const YEAR: Known =
    Known { files: &["ket-qua.json", "ket-qua.xlsx", "ket-qua.csv"], folders: &["ket-qua"] };

impl Known<'_> {
    /// Says what at the top of the folder is none of these and could be meant as
    /// one, and which workbooks nobody reads; `way` is how the folder is reached
    /// from the one that is asked about. A folder that cannot be listed is said by
    /// whoever reads it.
    pub fn say_rest(&self, root: &Path, way: &str, findings: &mut Findings) {
        let mut names = listed(root);
        names.sort();
        for (name, is_folder) in names {
            let known = if is_folder { self.folders } else { self.files };
            let is_known = known.contains(&name.as_str()) || is_folder && left_of(&name).is_some();
            if is_known || stray(&name).is_some() || name.starts_with('.') {
                continue;
            }
            let place = Place::file(format!("{way}{name}"));
            let absent = known.iter().copied().filter(|it| is_folder && !root.join(it).exists());
            let near = text::nearest(&name, absent);
            let like = near.or(known.iter().copied().find(|it| is_like(&name, it)));
            if let Some(known) = like.filter(|it| near.is_some() || is_meant(&name, it, root)) {
                findings.say(place, round::FileLike { known });
            } else if is_folder && like.is_none_or(|_| !holds_table(&root.join(&name))) {
                self.say_moved(root, way, &name, findings);
            } else if is_folder || is_table(&name) {
                findings.say(place, round::FileLeft {});
            }
        }
    }

    /// A file of ours that is absent where it is read and lies one folder down.
    fn say_moved(&self, root: &Path, way: &str, folder: &str, findings: &mut Findings) {
        for (name, is_folder) in listed(&root.join(folder)) {
            let is_absent = |it: &&&str| !root.join(it).exists();
            let known = self.files.iter().find(|it| **it == name).filter(is_absent);
            if let Some(known) = known.filter(|_| !is_folder) {
                let place = Place::file(format!("{way}{folder}/{name}"));
                findings.say(place, round::FileLike { known });
            }
        }
    }
}

/// Says what in the folders of workbooks, and in last round's, nobody reads. The
/// files are those that lie there, in any subfolder.
pub fn say_unread(root: &Path, files: &[Named], findings: &mut Findings) {
    let is_unread =
        |it: &&Named| is_table(&it.name) && stray(&it.name).is_none() && !is_workbook(&it.name);
    for file in files.iter().filter(is_unread) {
        findings.say(Place::file(&file.name), round::FileOfOtherKind {});
    }
    LAST_ROUND.say_rest(&root.join("ky-truoc"), "ky-truoc/", findings);
}

/// Whether a folder holds any such file.
pub fn holds_table(folder: &Path) -> bool {
    listed(folder).iter().any(|(name, is_folder)| !is_folder && is_table(name))
}

/// The names in a folder, and whether each is a folder.
fn listed(folder: &Path) -> Vec<(String, bool)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let listed =
        entries.map(|it| (it.file_name().to_string_lossy().into_owned(), it.path().is_dir()));
    listed.collect()
}

/// Whether a name holds the words of a known one, one after another.
fn is_like(name: &str, known: &str) -> bool {
    let (own, known) = (words(name), words(known));
    own.windows(known.len()).any(|it| it == known)
}

/// Whether the like of a known name was meant as it: nothing else is, or it has
/// only the words of a copy beside it.
fn is_meant(name: &str, known: &str, root: &Path) -> bool {
    let own = words(known);
    let is_of_copy = |word: &String| {
        own.contains(word)
            || COPY_WORDS.contains(&word.as_str())
            || word.bytes().all(|it| it.is_ascii_digit())
    };
    !root.join(known).exists() || words(name).iter().all(is_of_copy)
}

/// The words of a name without its endings.
fn words(name: &str) -> Vec<String> {
    let ends = [".xls", ".toml", ".json", ".csv", ".ods"];
    let stem = ends.iter().find_map(|end| name.split_once(end)).map_or(name, |it| it.0);
    let plain = text::file_name(stem).to_lowercase();
    plain.split(['-', '_']).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Whether a file holds what a program of ours could be meant to read.
pub fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    let ends = [".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".toml", ".json"];
    ends.iter().any(|it| name.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_or_a_near_name_is_like_the_known_one() {
        for (name, known) in [
            ("mien-tru (1).xlsx", "mien-tru.xlsx"),
            ("khong-ap-dung.xls", "khong-ap-dung.xlsx"),
            ("Không áp dụng.xlsx", "khong-ap-dung.xlsx"),
            ("khong_ap_dung.xlsx.xlsx", "khong-ap-dung.xlsx"),
            ("tham dinh", "tham-dinh"),
            ("nop bo sung", "nop"),
            ("don-vi - Copy.xlsx", "don-vi.xlsx"),
            ("khen-thuong 2019.xlsm", "khen-thuong.xlsx"),
            ("Kết quả 2019.xlsx", "ket-qua.json"),
            ("ket-qua (1).csv", "ket-qua.csv"),
        ] {
            assert!(is_like(name, known), "{name}");
        }
        assert!(!is_like("nguon", "nop") && !is_like("Hội nghị.xlsx", "don-vi.xlsx"));
    }

    #[test]
    fn a_likeness_and_a_workbook_left_over_are_said() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["mien-tru (1).xlsx", "Theo dõi.xlsx", "README.md"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("tham dinh")).unwrap();
        let mut findings = Findings::default();
        ROUND.say_rest(folder.path(), "", &mut findings);
        let said = findings.iter().map(|it| format!("{} {}", it.code.info().id, it.place.file));
        let said: Vec<String> = said.collect();
        assert_eq!(said, ["T111 Theo dõi.xlsx", "T110 mien-tru (1).xlsx", "T110 tham dinh"]);
    }
}
