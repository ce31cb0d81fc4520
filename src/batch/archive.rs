//! Publications on the disk (`cong-bo/`): the files of a round and its results
//! → one archive, and an archive → a folder like the round's, or its record.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::TempDir;

use crate::batch::folder::{Folder, Named, stray, unportable};
use crate::batch::{patience, results, save};
use crate::bundle::{self, Packer};
use crate::digest::{self, Digested};
use crate::failure::Failure;
use crate::record::{self, RECORD_FILE, Record};

/// The note in an archive for whoever opens it.
const NOTE_FILE: &str = "cong-bo.txt";

/// Writes the archive of a round and the results in it, all as the record has
/// them. A file of another archive's name is never replaced.
pub fn write(folder: &Folder, archive: &Path, record: &Record, note: &str) -> Result<(), Failure> {
    let results = record.outputs().iter().map(|it| (format!("ket-qua/{}", it.file), &it.sha256));
    let inputs = record.inputs.iter().map(|it| (it.file.clone(), &it.sha256));
    let mut files: BTreeMap<String, Option<&String>> =
        inputs.chain(results).map(|(name, sha256)| (name, Some(sha256))).collect();
    files.insert(format!("ket-qua/{RECORD_FILE}"), None);
    save::new_file(archive, |file| {
        let mut packer = Packer::new(file);
        let write = |source| Failure::Write { path: archive.to_owned(), source };
        packer.add(NOTE_FILE, note.as_bytes()).map_err(write)?;
        for (name, recorded) in &files {
            // What is no form is known by its name; nobody needs its content.
            let is_stray = name.starts_with("nop/") && stray(name).is_some();
            let path = folder.named(name).path;
            let open = || patience::open(&path).map_err(|source| Failure::Read { path, source });
            let content: Box<dyn Read> =
                if is_stray { Box::new(io::empty()) } else { Box::new(open()?) };
            let mut content = Digested::new(content);
            packer.add(name, &mut content).map_err(write)?;
            let found = content.digest.hex();
            if recorded.is_some_and(|it| !it.is_empty() && *it != found) {
                let message =
                    format!("{name} đổi trong lúc công bố, chưa công bố gì; hãy chạy lại");
                return Err(Failure::Usage(message));
            }
        }
        packer.finish().map(|_| ()).map_err(write)
    })
}

/// Refuses a publication that another system could not unpack.
pub fn fit_everywhere(record: &Record) -> Result<(), Failure> {
    let names = record.inputs.iter().chain(record.outputs()).map(|it| it.file.as_str());
    let unfit = unportable(names);
    if unfit.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = unfit.iter().map(|(name, said)| format!("{name}: {said}")).collect();
    Err(Failure::Usage(format!(
        "tên tệp không dùng được trên mọi máy, chưa công bố; đổi tên rồi chấm lại\n{}",
        told.join("\n")
    )))
}

/// The note in an archive that was unpacked; empty when it has none.
pub fn note(folder: &Folder) -> Result<String, Failure> {
    let path = folder.named(NOTE_FILE).path;
    if !path.is_file() {
        return Ok(String::new());
    }
    let bytes = patience::read(&path).map_err(|source| Failure::Read { path, source })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What an archive that was unpacked holds beside what its record names, and
/// what has a content that no publication gives it.
pub fn oddities(folder: &Folder, record: &Record) -> Result<Vec<String>, Failure> {
    let mut odd = Vec::new();
    for found in folder.everything()? {
        let output = found.name.strip_prefix("ket-qua/");
        let is_ours = found.name == NOTE_FILE
            || output == Some(RECORD_FILE)
            || record.inputs.iter().any(|it| it.file == found.name)
            || record.outputs().iter().any(|it| Some(it.file.as_str()) == output);
        let is_stray = found.name.starts_with("nop/") && stray(&found.name).is_some();
        if !is_ours {
            odd.push(format!("có thêm {}", found.name));
        } else if is_stray && fs::metadata(&found.path).is_ok_and(|it| 0 < it.len()) {
            odd.push(format!("{} có nội dung, lúc công bố thì không", found.name));
        }
    }
    Ok(odd)
}

/// Whether an archive has the very bytes that packing its files gives.
pub fn is_as_packed(
    archive: &Path,
    folder: &Folder,
    record: &Record,
    note: &str,
) -> Result<bool, Failure> {
    let path = std::env::temp_dir();
    let aside = tempfile::tempdir().map_err(|source| Failure::Write { path, source })?;
    let again = aside.path().join("cong-bo.zip");
    write(folder, &again, record, note)?;
    Ok(results::sha256(archive)? == results::sha256(&again)?)
}

/// An archive unpacked; gone when dropped.
pub struct Unpacked {
    folder: TempDir,
}

impl Unpacked {
    /// The round's folder in it.
    pub fn folder(&self) -> Result<Folder, Failure> {
        Folder::open(self.folder.path())
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // The folder would go by itself, without patience.
        let _ = patience::remove_folder(self.folder.path());
    }
}

/// Whether a path is named as archives are.
pub fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("zip"))
}

/// Unpacks an archive into a folder of its own, away from everything.
pub fn unpack(archive: &Path) -> Result<Unpacked, Failure> {
    let path = std::env::temp_dir();
    let folder = tempfile::tempdir().map_err(|source| Failure::Write { path, source })?;
    each(archive, |name, content| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        let mut file = patience::create_new(&path)?;
        io::copy(content, &mut file)?;
        file.flush()
    })?;
    Ok(Unpacked { folder })
}

/// A text file in an archive, if it has one of this digest.
pub fn text(archive: &Named, file: &str, sha256: &str) -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    each(&archive.path, |name, content| {
        if name == file {
            content.read_to_end(&mut bytes)?;
        }
        Ok(())
    })?;
    let is_it = digest::sha256(&bytes) == sha256;
    Ok(is_it.then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// The record in an archive.
pub fn record(archive: &Named) -> Result<Record, Failure> {
    let mut text = String::new();
    each(&archive.path, |name, content| {
        if name.strip_prefix("ket-qua/") == Some(RECORD_FILE) {
            content.read_to_string(&mut text)?;
        }
        Ok(())
    })?;
    let refused = |why: String| Failure::Unverifiable(format!("{}: {why}", archive.name));
    if text.is_empty() {
        return Err(refused(format!("không có ket-qua/{RECORD_FILE}")));
    }
    record::read(&text).map_err(|why| refused(why.to_string()))
}

fn each(
    archive: &Path,
    take: impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
) -> Result<(), Failure> {
    let read = |source| Failure::Read { path: archive.to_owned(), source };
    let file = patience::open(archive).map_err(read)?;
    bundle::unpack(io::BufReader::new(file), take)
        .map_err(|why| Failure::Unverifiable(format!("{}: {why}", archive.display())))
}
