//! A publication's archive (gói công bố): named files ⇄ one .zip.
//!
//! The same files give the same bytes. An archive that comes back is hostile:
//! only plain paths below its own folder are taken, and entries and unpacked
//! bytes are bounded while they are read.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path};
use std::rc::Rc;

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
    zip: ZipWriter<Silent<W>>,
    refused: Rc<RefCell<Option<io::Error>>>,
}

/// Where an archive is written. The library ends every archive that it drops, and
/// says in its own words on standard error when it cannot: so it is told of no
/// refusal, and all after one is lost. Whoever packs asks for it.
struct Silent<W> {
    out: W,
    refused: Rc<RefCell<Option<io::Error>>>,
    at: u64,
    end: u64,
}

impl<W> Silent<W> {
    fn is_refused(&self) -> bool {
        self.refused.borrow().is_some()
    }

    /// What was done, if it was.
    fn done<T>(&self, done: io::Result<T>) -> Option<T> {
        done.map_err(|why| *self.refused.borrow_mut() = Some(why)).ok()
    }
}

impl<W: Write> Write for Silent<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_refused() {
            let written = self.out.write_all(bytes);
            self.done(written);
        }
        self.at += u64::try_from(bytes.len()).unwrap_or(0);
        self.end = self.end.max(self.at);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.is_refused() {
            let flushed = self.out.flush();
            self.done(flushed);
        }
        Ok(())
    }
}

impl<W: Seek> Seek for Silent<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        if !self.is_refused() {
            let sought = self.out.seek(SeekFrom::Start(self.at));
            self.done(sought);
        }
        Ok(self.at)
    }
}

impl<W: Write + Seek> Packer<W> {
    pub fn new(out: W) -> Packer<W> {
        let refused = Rc::default();
        let out = Silent { out, refused: Rc::clone(&refused), at: 0, end: 0 };
        Packer { zip: ZipWriter::new(out), refused }
    }

    /// Adds a file: its path with `/`, and its content.
    pub fn add(&mut self, name: &str, mut content: impl Read) -> io::Result<()> {
        // Without a time, and said to be made by the same system wherever it was,
        // so that the same files give the same archive.
        let options = SimpleFileOptions::default().large_file(false).unix_permissions(0o644);
        let options = options.system(System::Unix);
        self.zip.start_file(name, options).map_err(io::Error::from)?;
        io::copy(&mut content, &mut self.zip)?;
        self.refused.take().map_or(Ok(()), |why| self.fail(why))
    }

    /// Ends the archive. Its bytes have left this program's hands when it is done.
    pub fn finish(self) -> io::Result<W> {
        let mut out = self.zip.finish().map_err(io::Error::from)?;
        out.flush()?;
        self.refused.take().map_or(Ok(out.out), Err)
    }

    /// Tells of a refusal, after which nothing more is written.
    fn fail(&self, why: io::Error) -> io::Result<()> {
        *self.refused.borrow_mut() = Some(io::Error::from(why.kind()));
        Err(why)
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

    /// A disk with room for so many bytes.
    struct Disk(Cursor<Vec<u8>>, u64);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.1 < self.0.position() + bytes.len() as u64 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Disk {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn a_full_disk_is_told_by_whoever_packs_and_never_by_the_library() {
        let whole = packed(&[("a", "một"), ("b", "hai")]).len() as u64;
        for room in 0..=whole {
            let mut packer = Packer::new(Disk(Cursor::default(), room));
            let added = packer.add("a", &b"m\xe1\xbb\x99t"[..]);
            let added = added.and_then(|()| packer.add("b", &b"hai"[..]));
            let done = added.and_then(|()| packer.finish().map(|_| ()));
            assert_eq!(
                done.map_err(|why| why.kind()).err(),
                (room < whole).then_some(io::ErrorKind::StorageFull)
            );
        }
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
