//! OLE compound files: what old Office programs keep their documents in. Reads
//! one stream of the top level, and wraps a stream for calamine again.

use crate::excel::gate::{Fault, Gated};

/// The signature that every compound file begins with.
const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const FREE: u32 = 0xFFFF_FFFF;
const CHAIN_END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;
const LIST: u32 = 0xFFFF_FFFC;
/// Bytes of a directory entry.
const ENTRY: usize = 128;
/// Sectors of the table that the header itself lists.
const LISTED: usize = 109;

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    /// Sectors are of two to the power of this.
    shift: u32,
    /// The sector after each.
    table: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: usize,
}

/// The number of four bytes at a place; beyond the end, what is in no chain.
pub(super) fn long(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..).and_then(<[u8]>::first_chunk);
    four.map_or(FREE, |four| u32::from_le_bytes(*four))
}

/// The number of two bytes at a place.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

fn broken() -> Fault {
    Fault::damaged("Cấu trúc tệp .xls bị hỏng hoặc bị cắt cụt.")
}

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Gated<Compound<'a>> {
        let shift = u32::from(short(bytes, 30).ok_or_else(broken)?);
        if !matches!(shift, 9 | 12) {
            return Err(broken());
        }
        let mut file = Compound { bytes, shift, table: Vec::new(), entries: Vec::new() };
        let most = bytes.len() >> shift;
        let mut parts: Vec<u32> = (0..LISTED).map(|it| long(bytes, 76 + 4 * it)).collect();
        let (mut more, each) = (long(bytes, 68), (1 << shift) / 4 - 1);
        // A circle of lists has more of them than the file has sectors.
        for _ in 0..=most {
            if LIST <= more {
                break;
            }
            let list = file.sector(more)?;
            parts.extend((0..each).map(|it| long(list, 4 * it)));
            more = long(list, 4 * each);
        }
        parts.retain(|part| *part != FREE);
        if most < parts.len() {
            return Err(broken());
        }
        for part in parts {
            let sector = file.sector(part)?;
            file.table.extend((0..=each).map(|it| long(sector, 4 * it)));
        }
        let directory = file.chained(long(bytes, 48))?;
        file.entries = directory.chunks_exact(ENTRY).map(Entry::of).collect();
        Ok(file)
    }

    fn sector(&self, number: u32) -> Gated<&'a [u8]> {
        let start = (number as usize).checked_add(1).map(|it| it << self.shift);
        let rest = start.and_then(|start| self.bytes.get(start..)).filter(|it| !it.is_empty());
        let rest = rest.ok_or_else(broken)?;
        // The last sector may be cut where its stream ends.
        Ok(&rest[..rest.len().min(1 << self.shift)])
    }

    /// The sectors of a chain, one after another.
    fn chained(&self, start: u32) -> Gated<Vec<u8>> {
        let mut bytes = Vec::new();
        for sector in chain(&self.table, start)? {
            bytes.extend_from_slice(self.sector(sector)?);
        }
        Ok(bytes)
    }

    /// Whether some entry, in whichever folder, has this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.entries.iter().any(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// The stream of this name at the top level, if there is one. What is
    /// embedded has streams of the same names in folders of its own.
    pub(super) fn stream(&self, name: &str) -> Gated<Option<Vec<u8>>> {
        let root = self.entries.first().ok_or_else(broken)?;
        let mut next = vec![root.child];
        let mut found = None;
        let mut seen = 0;
        while let Some(number) = next.pop() {
            let Some(entry) = self.entries.get(number as usize) else { continue };
            seen += 1;
            if self.entries.len() < seen {
                return Err(broken());
            }
            if entry.name.eq_ignore_ascii_case(name) && found.replace(entry).is_some() {
                return Err(Fault::suspicious(format!("Phần «{name}» có hai bản khác nhau.")));
            }
            next.extend([entry.left, entry.right]);
        }
        let Some(entry) = found else { return Ok(None) };
        let mut stream = if entry.size < long(self.bytes, 56) as usize {
            const SMALL: usize = 64;
            let table = self.chained(long(self.bytes, 60))?;
            let table: Vec<u32> = (0..table.len() / 4).map(|it| long(&table, 4 * it)).collect();
            let within = self.chained(root.start)?;
            let mut stream = Vec::new();
            for sector in chain(&table, entry.start)? {
                let sector = within.chunks(SMALL).nth(sector as usize).ok_or_else(broken)?;
                stream.extend_from_slice(sector);
            }
            stream
        } else {
            self.chained(entry.start)?
        };
        if stream.len() < entry.size {
            return Err(broken());
        }
        stream.truncate(entry.size);
        Ok(Some(stream))
    }
}

/// The sectors from `start` on.
fn chain(table: &[u32], start: u32) -> Gated<Vec<u32>> {
    let mut sectors = Vec::new();
    let mut at = start;
    while at != CHAIN_END {
        if table.len() < sectors.len() {
            return Err(broken());
        }
        sectors.push(at);
        at = *table.get(at as usize).ok_or_else(broken)?;
    }
    Ok(sectors)
}

impl Entry {
    fn of(bytes: &[u8]) -> Entry {
        let length = usize::from(short(bytes, 64).unwrap_or(0)).min(64);
        let units = bytes[..length].chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]]));
        let name: String = char::decode_utf16(units).flatten().filter(|it| *it != '\0').collect();
        Entry {
            name,
            left: long(bytes, 68),
            right: long(bytes, 72),
            child: long(bytes, 76),
            start: long(bytes, 116),
            size: long(bytes, 120) as usize,
        }
    }
}

/// A compound file of one stream, of a workbook.
pub(super) fn wrapped(mut stream: Vec<u8>) -> Vec<u8> {
    /// The larger of the two kinds: the header lists the whole table of a file
    /// far beyond the ceiling.
    const SECTOR: usize = 4096;
    let size = stream.len().max(SECTOR);
    stream.resize(size.next_multiple_of(SECTOR), 0);
    let sectors = stream.len() / SECTOR;
    // A sector of the table tells of 1,024, of itself and of the directory too.
    let parts = (sectors + 1).div_ceil(SECTOR / 4 - 1);
    let number = |it: usize| u32::try_from(it).unwrap_or(FREE);
    let longs = |file: &mut Vec<u8>, numbers: &[u32]| {
        file.extend(numbers.iter().flat_map(|it| it.to_le_bytes()));
    };
    let mut file = SIGNATURE.to_vec();
    file.resize(24, 0);
    // calamine takes version 3 alone for one that has no small streams.
    file.extend([0x3E_u16, 3, 0xFFFE, 12, 6].into_iter().flat_map(u16::to_le_bytes));
    file.resize(40, 0);
    let (small, more) = ([CHAIN_END, 0], [CHAIN_END, 0]);
    longs(&mut file, &[1, number(parts), number(parts), 0, number(SECTOR)]);
    longs(&mut file, &[small, more].concat());
    longs(
        &mut file,
        &(0..LISTED).map(|it| if it < parts { number(it) } else { FREE }).collect::<Vec<_>>(),
    );
    file.resize(SECTOR, 0);
    let mut table = vec![TABLE; parts];
    table.push(CHAIN_END);
    table.extend((1..sectors).map(|it| number(parts + 1 + it)));
    table.push(CHAIN_END);
    table.resize(parts * SECTOR / 4, FREE);
    longs(&mut file, &table);
    let mut entry = |name: &str, kind: u8, child: u32, start: u32, size: usize| {
        let from = file.len();
        file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        file.resize(from + 64, 0);
        file.extend(u16::try_from(2 * name.len() + 2).unwrap_or_default().to_le_bytes());
        file.extend([kind, 1]);
        longs(&mut file, &[FREE, FREE, child]);
        file.resize(from + 116, 0);
        longs(&mut file, &[start, number(size), 0]);
    };
    entry("Root Entry", 5, 1, CHAIN_END, 0);
    entry("Workbook", 2, FREE, number(parts + 1), size);
    file.resize(file.len().next_multiple_of(SECTOR), 0);
    file.extend(stream);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_wrapped_is_found_again() {
        for length in [0, 4095, 70_000, 8 << 20] {
            let stream: Vec<u8> = (0..=250).cycle().take(length).collect();
            let file = wrapped(stream.clone());
            let found = Compound::open(&file).unwrap().stream("Workbook").unwrap().unwrap();
            assert_eq!(found.len(), length.max(4096));
            assert!(found.starts_with(&stream), "{length}");
        }
    }

    #[test]
    fn a_chain_in_a_circle_or_out_of_the_file_is_refused() {
        let sound = wrapped(vec![7; 5000]);
        let table = 4096;
        for (at, value) in
            [(48, 77), (76, 9_999), (table + 4, 1), (table + 8, 2), (table + 8, FREE)]
        {
            let mut file = sound.clone();
            file[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
            let read = Compound::open(&file).and_then(|file| file.stream("Workbook"));
            assert!(read.is_err(), "{at} {value}");
        }
        for cut in [30, 5000, sound.len() - 4096] {
            let read = Compound::open(&sound[..cut]).and_then(|file| file.stream("Workbook"));
            assert!(read.is_err(), "{cut}");
        }
    }
}
