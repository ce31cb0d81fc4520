//! Where everything lies in a round's folder: a path → the files of each kind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::batch::swap;
use crate::failure::Failure;
use crate::finding::{Finding, Place, Said, file_name, form as said};
use crate::record::RECORD_FILE;
use crate::round;
use crate::text;

/// The folder of one round (kỳ).
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// A file of the folder, and how people name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The path below the round's folder, with `/` on every system.
    pub name: String,
    pub path: PathBuf,
}

impl Named {
    /// What is wrong with the file as a whole.
    pub(super) fn refused(&self, said: impl Into<Said>) -> Finding {
        Finding::of(Place::file(&self.name), said)
    }
}

/// The folders in one, in order of name; none where it cannot be seen.
pub fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.map(|it| it.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

impl Folder {
    /// The folder at `root`, which must exist.
    pub fn open(root: &Path) -> Result<Folder, Failure> {
        if root.is_dir() {
            Ok(Folder { root: root.to_owned() })
        } else {
            Err(Failure::NoFolder { path: root.to_owned() })
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn settings(&self) -> Named {
        self.named(round::SETTINGS)
    }

    pub fn register(&self) -> Named {
        self.named("don-vi.xlsx")
    }

    /// The list of exemptions, if the round has one.
    pub fn exemptions(&self) -> Option<Named> {
        Some(self.named("khong-ap-dung.xlsx")).filter(|it| it.path.exists())
    }

    /// The waivers, if the round has the file.
    pub fn waivers(&self) -> Option<Named> {
        Some(self.named("mien-tru.xlsx")).filter(|it| it.path.exists())
    }

    /// The changes after publication, if the round has the file.
    pub fn revisions(&self) -> Option<Named> {
        Some(self.named("thay-doi.xlsx")).filter(|it| it.path.exists())
    }

    /// The archives of earlier publications, the first first.
    pub fn publications(&self) -> Result<Vec<Named>, Failure> {
        let mut archives = self.published()?;
        archives.retain(|it| publication_number(&it.name).is_some());
        archives.sort_by_key(|it| publication_number(&it.name));
        Ok(archives)
    }

    /// Every file of the folder.
    pub fn everything(&self) -> Result<Vec<Named>, Failure> {
        self.files("")
    }

    /// Everything that lies among the publications.
    pub fn published(&self) -> Result<Vec<Named>, Failure> {
        self.files("cong-bo")
    }

    /// The archive of the publication of this number, from 1.
    pub fn publication(&self, year: i16, number: usize) -> Named {
        let time = if number == 1 { String::new() } else { format!("-lan-{number}") };
        self.named(&format!("{PUBLICATION}{year}{time}.zip"))
    }

    /// Last round's `ket-qua.json`, if it was put there.
    pub fn last_round(&self) -> Option<Named> {
        Some(self.named(&format!("ky-truoc/{RECORD_FILE}"))).filter(|it| it.path.exists())
    }

    pub fn criteria(&self) -> Result<Vec<Named>, Failure> {
        Ok(workbooks(self.files("bo-chi-so")?))
    }

    pub fn appraisals(&self) -> Result<Vec<Named>, Failure> {
        Ok(workbooks(self.files("tham-dinh")?))
    }

    pub fn surveys(&self) -> Result<Vec<Named>, Failure> {
        Ok(workbooks(self.files("khao-sat")?))
    }

    /// Everything that lies in the folders of which workbooks are read.
    pub fn of_workbooks(&self) -> Result<Vec<Named>, Failure> {
        let folders = ["bo-chi-so", "tham-dinh", "khao-sat"].map(|it| self.files(it));
        folders.into_iter().try_fold(Vec::new(), |mut all, files| {
            all.extend(files?);
            Ok(all)
        })
    }

    /// Everything that lies in `nop/`, in any subfolder.
    pub fn forms(&self) -> Result<Vec<Named>, Failure> {
        self.files("nop")
    }

    /// Where forms are put.
    pub fn inbox(&self) -> PathBuf {
        self.root.join("nop")
    }

    /// Where it is told how forms come in, beside the results and not among them.
    pub fn watched(&self) -> PathBuf {
        self.root.join("theo-doi")
    }

    pub fn blanks(&self) -> PathBuf {
        self.root.join("mau")
    }

    /// The table of a bloc, or its supplement of a number from 1.
    pub fn appraisal_file(&self, bloc: &str, supplement: u32) -> PathBuf {
        let time = match supplement {
            0 => String::new(),
            number => format!("-bo-sung-{number}"),
        };
        self.root.join("tham-dinh").join(format!("tham-dinh-{bloc}{time}.xlsx"))
    }

    /// The id of the bloc whose table, or supplement, has a name that
    /// [`Folder::appraisal_file`] gives.
    pub fn appraised(name: &str) -> Option<&str> {
        let name = name.strip_prefix("tham-dinh/tham-dinh-")?.strip_suffix(".xlsx")?;
        Some(name.split_once("-bo-sung-").map_or(name, |(bloc, _)| bloc))
    }

    /// Where scenarios go, away from the results.
    pub fn scenarios(&self, year: i16) -> PathBuf {
        self.root.join("kich-ban").join(format!("Kich-ban-{year}.xlsx"))
    }

    pub fn results(&self) -> PathBuf {
        self.root.join("ket-qua")
    }

    /// Where the results are at this moment, also while a run puts new ones in
    /// their place.
    pub fn present_results(&self) -> PathBuf {
        swap::found(&self.root, &self.results())
    }

    pub fn named(&self, name: &str) -> Named {
        Named { name: name.to_owned(), path: below(&self.root, name) }
    }

    /// Everything below a folder that is not a folder itself, by name. A folder
    /// that does not exist holds nothing. Links, and folders that cannot be
    /// entered, are listed.
    fn files(&self, folder: &str) -> Result<Vec<Named>, Failure> {
        let top = self.root.join(folder);
        if fs::symlink_metadata(&top).is_err() {
            return Ok(Vec::new());
        }
        let mut files = Vec::new();
        for entry in WalkDir::new(&top) {
            let path = match entry {
                Ok(entry) if entry.file_type().is_dir() => continue,
                Ok(entry) => entry.into_path(),
                // What cannot be entered is listed, and said when it is read.
                Err(err) => match err.path().filter(|_| 0 < err.depth()) {
                    Some(path) => path.to_owned(),
                    None => return Err(Failure::Read { path: top, source: err.into() }),
                },
            };
            let below = path.strip_prefix(&self.root).unwrap_or(&path);
            let parts = below.components().map(|it| it.as_os_str().to_string_lossy());
            let name = parts.collect::<Vec<_>>().join("/");
            files.push(Named { name, path });
        }
        files.sort();
        Ok(files)
    }
}

/// What is called `name` below a folder, with `/`: part by part, so that a person is
/// shown the separators of the system.
pub fn below(folder: &Path, name: &str) -> PathBuf {
    folder.join(name.split('/').collect::<PathBuf>())
}

/// How the path of every archive begins.
const PUBLICATION: &str = "cong-bo/cong-bo-";

/// The number of a publication by its path; `None` of any other file.
fn publication_number(name: &str) -> Option<usize> {
    let rest = name.strip_prefix(PUBLICATION)?.strip_suffix(".zip")?;
    match rest.split_once("-lan-") {
        None => rest.parse::<u16>().ok().map(|_| 1),
        Some((_, number)) => number.parse().ok(),
    }
}

/// Leaves out what office programs, systems and downloads leave beside files.
fn workbooks(files: Vec<Named>) -> Vec<Named> {
    files.into_iter().filter(|it| is_workbook(&it.name) && stray(&it.name).is_none()).collect()
}

/// Whether a name is one of the workbooks that the round's own folders hold.
pub fn is_workbook(name: &str) -> bool {
    name.to_lowercase().ends_with(".xlsx")
}

/// What is wrong with names of files for a system that is not this one, each with
/// the name: a round that is made here must be whole elsewhere.
pub fn unportable<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, Said)> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut unfit = Vec::new();
    for name in names {
        let parts = name.split('/').filter_map(|part| Some((part, text::unportable(part)?)));
        unfit.extend(parts.map(|(part, why)| (name, said::NameUnportable { part, why }.into())));
        if let Some(other) = seen.insert(name.to_lowercase(), name) {
            unfit.push((name, said::SameButCase { other }.into()));
        }
    }
    unfit
}

/// Whether a name is that of a file which a spreadsheet program keeps beside one
/// while it is open there.
pub fn is_of_opened(name: &str) -> bool {
    ["~$", ".~lock"].iter().any(|it| name.starts_with(it))
}

/// What a file is, by its name, that goes by itself when somebody has finished:
/// closed a workbook, downloaded a file.
pub fn passing(name: &str) -> Option<&'static str> {
    let name = file_name(name).to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|it| name.ends_with(it));
    if is_of_opened(&name) {
        Some("tệp khóa của chương trình bảng tính đang mở")
    } else if ends(&[".tmp", ".part", ".crdownload", ".download", ".partial"]) {
        Some("tệp tạm hoặc tải về dở dang")
    } else {
        None
    }
}

/// What a file that is no form and was not meant as one is, by its name.
pub fn stray(name: &str) -> Option<&'static str> {
    let passing = passing(name);
    let name = file_name(name).to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|it| name.starts_with(it));
    let ends = |ends: &[&str]| ends.iter().any(|it| name.ends_with(it));
    if passing.is_some() {
        passing
    } else if begins(&["._", ".ds_store"])
        || ends(&[":zone.identifier"])
        || ["thumbs.db", "desktop.ini"].contains(&&*name)
    {
        Some("tệp của hệ điều hành")
    } else if ends(&[".pdf", ".doc", ".docx", ".jpg", ".jpeg", ".png", ".gif", ".txt", ".md"]) {
        Some("tài liệu kèm theo")
    } else if ends(&[".eml", ".msg", ".lnk", ".url", ".p7s", ".sig"]) {
        Some("thư, lối tắt hoặc chữ ký số")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strays_are_known_by_name_and_forms_are_not_strays() {
        for name in ["nop/~$PB.xlsx", "nop/.DS_Store", "a/b.PDF", "x.tmp", ".~lock.a.xlsx#"] {
            assert!(stray(name).is_some(), "{name}");
        }
        for name in ["nop/PB-NV.xlsx", "nop/phieu.xls", "nop/phieu", "nop/phieu.zip"] {
            assert_eq!(stray(name), None, "{name}");
        }
    }
}
