//! Parts of a package → a zip archive, written from its beginning to its end.
//!
//! A part is deflated in pieces that stand for themselves, so that pieces of
//! one part can be packed at once; the same pieces always give the same bytes.

use std::cell::RefCell;
use std::io::{self, Write};

use flate2::{Compress, Compression, Crc, FlushCompress};

/// How hard a part is packed, of 9: the next level takes a third longer and saves
/// a twentieth.
const LEVEL: u32 = 2;

/// Deflate's mark of the end: a last block of nothing.
const END: [u8; 2] = [3, 0];

/// A name is followed by its sizes, which stand behind the part.
const SIZES_BEHIND: u16 = 8;
const DEFLATED: u16 = 8;
/// Version 2.0 of the format.
const VERSION: u16 = 20;
/// The first day the format knows, so that no time is told.
const DAY: u16 = 33;

/// A stretch of a part, packed.
pub(super) struct Piece {
    crc: Crc,
    bytes: Vec<u8>,
}

/// Packs a stretch of a part.
pub(super) fn pack(text: &[u8]) -> Piece {
    thread_local! {
        // It is large, and dear to begin with.
        static DEFLATE: RefCell<Compress> =
            RefCell::new(Compress::new(Compression::new(LEVEL), false));
    }
    let room = text.len() / 8 + 64;
    let (mut crc, mut bytes, mut left) = (Crc::new(), Vec::with_capacity(room), text);
    crc.update(text);
    DEFLATE.with_borrow_mut(|deflate| {
        deflate.reset();
        // Room that is left over says that nothing waits any more.
        while !left.is_empty() || bytes.len() == bytes.capacity() {
            bytes.reserve(room);
            let before = deflate.total_in();
            let packed = deflate.compress_vec(left, &mut bytes, FlushCompress::Sync);
            packed.expect("deflating text into memory cannot fail");
            let taken = usize::try_from(deflate.total_in() - before).expect("a part of a text");
            left = &left[taken..];
        }
    });
    Piece { crc, bytes }
}

/// An archive that is being written.
pub(super) struct Package<W> {
    out: W,
    /// Bytes written so far.
    at: u64,
    directory: Vec<u8>,
    count: u16,
}

/// A part of it that is being written.
pub(super) struct Part<'a, W> {
    package: &'a mut Package<W>,
    name: &'a str,
    from: u64,
    crc: Crc,
    packed: u64,
}

impl<W: Write> Package<W> {
    pub(super) fn new(out: W) -> Package<W> {
        Package { out, at: 0, directory: Vec::new(), count: 0 }
    }

    /// Writes a whole part.
    pub(super) fn put(&mut self, name: &str, piece: &Piece) -> io::Result<()> {
        let mut part = self.begin(name)?;
        part.add(piece)?;
        part.end()
    }

    /// Begins a part of several pieces.
    pub(super) fn begin<'a>(&'a mut self, name: &'a str) -> io::Result<Part<'a, W>> {
        let from = self.at;
        let mut head = b"PK\x03\x04".to_vec();
        shorts(&mut head, &[VERSION, SIZES_BEHIND, DEFLATED, 0, DAY]);
        longs(&mut head, [0, 0, 0])?;
        shorts(&mut head, &[length(name), 0]);
        head.extend(name.as_bytes());
        self.write(&head)?;
        Ok(Part { package: self, name, from, crc: Crc::new(), packed: 0 })
    }

    /// Writes the directory.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let from = self.at;
        let directory = std::mem::take(&mut self.directory);
        self.write(&directory)?;
        let mut end = b"PK\x05\x06".to_vec();
        shorts(&mut end, &[0, 0, self.count, self.count]);
        longs(&mut end, [self.at - from, from])?;
        shorts(&mut end, &[0]);
        self.write(&end)?;
        self.out.flush()
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += size(bytes);
        self.out.write_all(bytes)
    }
}

impl<W: Write> Part<'_, W> {
    pub(super) fn add(&mut self, piece: &Piece) -> io::Result<()> {
        self.crc.combine(&piece.crc);
        self.packed += size(&piece.bytes);
        self.package.write(&piece.bytes)
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.add(&Piece { crc: Crc::new(), bytes: END.to_vec() })?;
        let sizes = [self.crc.sum().into(), self.packed, self.crc.amount().into()];
        let mut behind = b"PK\x07\x08".to_vec();
        longs(&mut behind, sizes)?;
        self.package.write(&behind)?;
        let directory = &mut self.package.directory;
        directory.extend(b"PK\x01\x02");
        shorts(directory, &[VERSION, VERSION, SIZES_BEHIND, DEFLATED, 0, DAY]);
        longs(directory, sizes)?;
        shorts(directory, &[length(self.name), 0, 0, 0, 0]);
        longs(directory, [0, self.from])?;
        directory.extend(self.name.as_bytes());
        self.package.count += 1;
        Ok(())
    }
}

fn shorts(to: &mut Vec<u8>, numbers: &[u16]) {
    to.extend(numbers.iter().flat_map(|it| it.to_le_bytes()));
}

/// Fails where a number needs more than the format's four bytes.
fn longs<const N: usize>(to: &mut Vec<u8>, numbers: [u64; N]) -> io::Result<()> {
    for number in numbers {
        let number = u32::try_from(number).map_err(|_| io::ErrorKind::FileTooLarge)?;
        to.extend(number.to_le_bytes());
    }
    Ok(())
}

fn length(name: &str) -> u16 {
    u16::try_from(name.len()).expect("names of parts are short")
}

fn size(bytes: &[u8]) -> u64 {
    bytes.len().try_into().expect("a size in memory fits")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn what_was_packed_in_pieces_comes_out_whole() {
        let long = "Chỉ số cải cách hành chính <&> ".repeat(20_000);
        let noise: String =
            (0..60_000_u32).map(|it| char::from(b' ' + (it * it % 89) as u8)).collect();
        let texts = ["", "a", long.as_str(), noise.as_str(), ""];
        let mut bytes = Vec::new();
        let mut package = Package::new(&mut bytes);
        let mut part = package.begin("a/b.xml").unwrap();
        texts.iter().try_for_each(|text| part.add(&pack(text.as_bytes()))).unwrap();
        part.end().unwrap();
        package.put("c.xml", &pack(long.as_bytes())).unwrap();
        package.begin("rong.xml").unwrap().end().unwrap();
        package.finish().unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut check = |name: &str, expected: &str| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            assert!(text == expected, "{name}");
        };
        check("a/b.xml", &texts.concat());
        check("c.xml", &long);
        check("rong.xml", "");
    }
}
