//! A publication's archive (gói công bố): named files ⇄ one .zip.
//!
//! The same files give the same bytes. An archive that comes back is hostile:
//! only plain paths below its own folder are taken, and entries and unpacked
//! bytes are bounded while they are read.

use std::io::{self, Read, Seek, Write};
use std::path::{Component, Path};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{System, ZipArchive, ZipWriter};

use crate::text;

/// The most files of an archive: ten thousand forms, and as many answers.
const ENTRIES: usize = 100_000;
/// The most bytes an archive unpacks to.
const UNPACKED: u64 = 4 << 30;

/// Writes the archive file by file.
pub struct Packer<W: Write + Seek> {
    zip: ZipWriter<W>,
}

impl<W: Write + Seek> Packer<W> {
    pub fn new(out: W) -> Packer<W> {
        Packer { zip: ZipWriter::new(out) }
    }

    /// Adds a file: its path with `/`, and its content.
    pub fn add(&mut self, name: &str, mut content: impl Read) -> io::Result<()> {
        // Without a time, and said to be made by the same system wherever it was,
        // so that the same files give the same archive.
        let options = SimpleFileOptions::default().large_file(false).unix_permissions(0o644);
        let options = options.system(System::Unix);
        self.zip.start_file(name, options).map_err(io::Error::from)?;
        io::copy(&mut content, &mut self.zip).map(|_| ())
    }

    pub fn finish(self) -> io::Result<W> {
        self.zip.finish().map_err(io::Error::from)
    }
}

/// Hands every file of an archive to `take`, in order. The error is a
/// Vietnamese sentence without a full stop.
pub fn unpack(
    archive: impl Read + Seek,
    mut take: impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
) -> Result<(), String> {
    let mut zip = ZipArchive::new(archive).map_err(|why| broken(&why))?;
    if ENTRIES < zip.len() {
        return Err(format!("tệp nén có hơn {ENTRIES} tệp"));
    }
    let mut left = UNPACKED;
    for at in 0..zip.len() {
        let file = zip.by_index(at).map_err(|why| broken(&why))?;
        let name = file.name().map_err(|why| broken(&why))?.into_owned();
        if !is_plain(&name) {
            return Err(format!("tệp nén chứa đường dẫn lạ «{name}»"));
        }
        if left < file.size() {
            return Err(format!("tệp nén giải ra hơn {} GB", UNPACKED >> 30));
        }
        let mut content = file.take(left);
        take(&name, &mut content).map_err(|why| format!("tệp nén bị hỏng ở {name}: {why}"))?;
        left = content.limit();
    }
    Ok(())
}

fn broken(why: &ZipError) -> String {
    format!("tệp nén bị hỏng hoặc bị cắt: {why}")
}

/// A path that stays below the folder it is unpacked into, on every system.
fn is_plain(name: &str) -> bool {
    let is_normal = |it: Component| matches!(it, Component::Normal(_));
    !name.is_empty()
        && !name.ends_with('/')
        && !name.contains(['\\', ':', '\0'])
        && Path::new(name).components().all(is_normal)
        // Windows would open a device, or lose the end of a name.
        && (!cfg!(windows) || name.split('/').all(|part| text::unportable(part).is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn packed(files: &[(&str, &str)]) -> Vec<u8> {
        let mut packer = Packer::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            packer.add(name, content.as_bytes()).unwrap();
        }
        packer.finish().unwrap().into_inner()
    }

    fn unpacked(archive: &[u8]) -> Result<Vec<(String, String)>, String> {
        let mut files = Vec::new();
        unpack(Cursor::new(archive), |name, content| {
            let mut text = String::new();
            content.read_to_string(&mut text)?;
            files.push((name.to_owned(), text));
            Ok(())
        })?;
        Ok(files)
    }

    #[test]
    fn files_come_back_as_they_went_in_and_the_same_give_the_same_bytes() {
        let files = [("ky.toml", "nam = 2019"), ("nop/UBND phường Hà Tu.xlsx", "…")];
        let archive = packed(&files);
        assert_eq!(archive, packed(&files));
        let expected = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(unpacked(&archive).unwrap(), expected);
    }

    /// What a run of the tests on any system must find, or a publication made on
    /// one is called another on the other.
    #[test]
    fn every_entry_says_that_it_was_made_by_unix() {
        let archive = packed(&[("ky.toml", "nam = 2019"), ("nop/Phiếu.xlsx", "…"), ("rong", "")]);
        let entries = archive.windows(6).filter(|it| it.starts_with(b"PK\x01\x02"));
        let made_by: Vec<u8> = entries.map(|it| it[5]).collect();
        assert_eq!(made_by, [3, 3, 3]);
    }

    #[test]
    fn an_archive_cut_anywhere_is_refused() {
        let archive = packed(&[("ky.toml", "nam = 2019"), ("don-vi.xlsx", "…")]);
        for end in 0..archive.len() {
            assert!(unpacked(&archive[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn a_path_out_of_the_folder_is_refused() {
        for name in ["../x", "/etc/x", "a/../../x", "a\\b", "C:x", "thu-muc/"] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(is_plain("nop/Phòng A/Phiếu 1.xlsx"));
    }
}
