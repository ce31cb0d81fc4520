//! The zip archive around a workbook: bytes → entries that may be unpacked.
//!
//! A zip can be read in more than one way, and two readers that see different
//! workbooks in one file are how a score is forged; so an archive that Excel
//! would not have written is refused before anything in it is unpacked.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::io::Read;

use zip::CompressionMethod;
use zip::ZipArchive;

use super::gate::{Fault, Gated, ceiling, not_a_workbook};
use crate::finding::Code;

/// The entries of a sound archive, by name: lower case, `/` between folders.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    zip: ZipArchive<Cursor<&'a [u8]>>,
    entries: BTreeMap<String, usize>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Gated<Archive<'a>> {
        let EndRecord { count, end } = end_record(bytes)?;
        let bytes = &bytes[..end];
        if ceiling::ENTRIES < count {
            return Err(Fault::too_large(format!("Tệp gồm {count} phần; phiếu thường dưới 50.")));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        let mut archive = Archive { bytes, zip, entries: BTreeMap::new(), unpacked: 0 };
        archive.check_entries(count)?;
        Ok(archive)
    }

    fn check_entries(&mut self, count: usize) -> Gated<()> {
        let mut first = u64::MAX;
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_data(index).map_err(|error| broken(&error))?;
            let name = plain_name(entry.name_raw())?;
            if entry.encrypted() {
                return Err(Fault::suspicious(format!("Phần «{name}» trong tệp bị mã hóa.")));
            }
            if !matches!(
                entry.compression(),
                CompressionMethod::Stored | CompressionMethod::Deflated
            ) {
                return Err(Fault::new(
                    Code::FileOtherFormat,
                    format!(
                        "Tệp được nén bằng cách mà Excel không dùng ({}).",
                        entry.compression()
                    ),
                ));
            }
            let (packed, size) = (entry.compressed_size(), entry.size());
            if ceiling::SMALL < size && packed.saturating_mul(ceiling::RATIO) < size {
                let message = format!(
                    "Phần «{name}» bung ra {} MB từ {} kB.",
                    size / 1_000_000,
                    packed / 1000
                );
                return Err(Fault::too_large(message));
            }
            if local_name(self.bytes, entry.header_start()) != Some(entry.name_raw()) {
                let message = format!("Phần «{name}» mang hai tên khác nhau.");
                return Err(Fault::damaged(message));
            }
            first = first.min(entry.header_start());
            if self.entries.insert(name.clone(), index).is_some() {
                return Err(Fault::suspicious(format!("Phần «{name}» có hai bản khác nhau.")));
            }
        }
        if self.zip.is_empty() {
            return Err(Fault::damaged("Tệp nén không chứa gì."));
        }
        if self.entries.len() != count {
            return Err(Fault::suspicious(format!(
                "Mục lục của tệp khai {count} phần, đọc được {}.",
                self.entries.len()
            )));
        }
        if first != 0 || self.zip.offset() != 0 {
            return Err(Fault::suspicious("Có dữ liệu lạ trước phần đầu của sổ làm việc."));
        }
        if self.zip.has_overlapping_entries().map_err(|error| broken(&error))? {
            return Err(Fault::suspicious("Các phần trong tệp nằm chồng lên nhau."));
        }
        Ok(())
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        self.entries.contains_key(&name.to_ascii_lowercase())
    }

    /// Says whether some entry's name, in lower case, satisfies `test`.
    pub(super) fn any(&self, test: impl Fn(&str) -> bool) -> bool {
        self.entries.keys().any(|name| test(name))
    }

    /// The names of all entries, in order.
    pub(super) fn names(&self) -> Vec<String> {
        self.entries.keys().cloned().collect()
    }

    /// One part, unpacked to its end with its checksum compared.
    pub(super) fn bytes(&mut self, name: &str, most: u64) -> Gated<Vec<u8>> {
        let Some(&index) = self.entries.get(&name.to_ascii_lowercase()) else {
            return Err(Fault::damaged(format!("Trong tệp thiếu phần «{name}».")));
        };
        let size = self.zip.by_index_data(index).map_err(|error| broken(&error))?.size();
        self.unpacked = self.unpacked.saturating_add(size);
        if most < size || ceiling::PARTS < self.unpacked {
            let message = format!("Phần «{name}» bung ra {} MB.", size / 1_000_000);
            return Err(Fault::too_large(message));
        }
        let capacity = usize::try_from(size).expect("below the ceiling");
        let entry = self.zip.by_index(index).map_err(|error| broken(&error))?;
        let mut bytes = Vec::with_capacity(capacity + 1);
        let read = entry.take(size + 1).read_to_end(&mut bytes);
        if read.ok() != Some(capacity) {
            return Err(Fault::damaged(format!("Phần «{name}» sai tổng kiểm tra hoặc bị cắt.")));
        }
        Ok(bytes)
    }

    /// One XML part as UTF-8.
    pub(super) fn text(&mut self, name: &str, most: u64) -> Gated<String> {
        let bytes = self.bytes(name, most)?;
        let text = decode(&bytes)
            .ok_or_else(|| Fault::damaged(format!("Phần «{name}» chứa byte không phải chữ.")))?;
        check_markup(name, &text)?;
        Ok(text)
    }
}

/// What the record at an archive's end says.
struct EndRecord {
    /// The number of entries that it declares.
    count: usize,
    /// Where it ends.
    end: usize,
}

/// Finds the end record. Nothing may follow it but what no reader takes for a
/// part: zeros, which a failing memory stick leaves, and the line end and the
/// footer in words that some mail programs add.
fn end_record(bytes: &[u8]) -> Gated<EndRecord> {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    const LENGTH: usize = 22;
    let used = bytes.len() - bytes.iter().rev().take_while(|&&byte| byte == 0).count();
    // The record may itself end in zeros, and a comment may follow it.
    let from = used.saturating_sub(LENGTH + usize::from(u16::MAX));
    let tail = &bytes[from..];
    let at = tail.windows(SIGNATURE.len()).rposition(|window| window == SIGNATURE);
    let found = at.and_then(|at| Some((at, tail.get(at..at + LENGTH)?)));
    let Some((at, record)) = found else {
        return Err(Fault::damaged(
            "Tệp bị cắt cụt, mất phần cuối: thường do chép hoặc gửi chưa xong.",
        ));
    };
    let end = from + at + LENGTH;
    if record[20..] != [0, 0] || bytes.get(end..used).is_some_and(|rest| !is_footer(rest)) {
        return Err(Fault::suspicious("Có dữ liệu lạ sau phần cuối của sổ làm việc."));
    }
    let count = match u16::from_le_bytes([record[10], record[11]]) {
        u16::MAX => large_count(&bytes[..from + at])?,
        count => usize::from(count),
    };
    Ok(EndRecord { count, end })
}

/// Whether what follows an archive is blank, or some lines of words.
fn is_footer(rest: &[u8]) -> bool {
    /// Longer than any footer of a mail program.
    const MOST: usize = 4096;
    let words = str::from_utf8(rest).ok().filter(|words| words.len() <= MOST);
    let is_line = |words: &str| words.is_empty() || words.starts_with(['\r', '\n']);
    let is_word = |letter: char| !letter.is_control() || letter.is_whitespace();
    words.is_some_and(|words| is_line(words) && words.chars().all(is_word))
}

/// The number of entries in the zip64 end record that the bytes before the end
/// record point to; some servers write one even for a small archive.
fn large_count(before: &[u8]) -> Gated<usize> {
    let number = |at: usize| {
        let field = before.get(at..at.checked_add(8)?)?.try_into().ok()?;
        usize::try_from(u64::from_le_bytes(field)).ok()
    };
    let locator = before.len().checked_sub(20);
    let locator = locator.filter(|&at| before[at..].starts_with(b"PK\x06\x07"));
    let record = locator.and_then(|at| number(at + 8));
    let record =
        record.filter(|&at| before.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x06\x06")));
    let count = record.and_then(|at| number(at.checked_add(32)?));
    count.ok_or_else(|| Fault::damaged("Mục lục ở cuối tệp bị hỏng."))
}

/// The name that stands before an entry's data. Checksums do not cover the name
/// in the directory: a flipped bit there would make a part go missing.
fn local_name(bytes: &[u8], header: u64) -> Option<&[u8]> {
    /// The bytes of a local header before the name; its length stands at 26.
    const HEADER: usize = 30;
    let header = bytes.get(usize::try_from(header).ok()?..)?;
    let length = u16::from_le_bytes([*header.get(26)?, *header.get(27)?]);
    header.get(HEADER..HEADER + usize::from(length))
}

/// A name as every reader would understand it.
fn plain_name(raw: &[u8]) -> Gated<String> {
    let name = String::from_utf8_lossy(raw).replace('\\', "/").to_ascii_lowercase();
    let is_odd = name.split('/').any(|part| part == "..")
        || name.contains(|letter: char| letter.is_control() || letter == ':');
    if is_odd {
        let shown: String = name.chars().filter(|letter| !letter.is_control()).take(60).collect();
        return Err(Fault::suspicious(format!("Trong tệp có phần mang tên lạ «{shown}».")));
    }
    Ok(name.trim_start_matches('/').to_owned())
}

/// UTF-8, or UTF-16, which the standard also allows.
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        // Without its mark, a part in UTF-16 shows by the zero in its first tag.
        [b'<', 0, ..] | [0, b'<', ..] => {
            let (low, high) = (usize::from(bytes[0] == 0), usize::from(bytes[0] != 0));
            let units = bytes.chunks_exact(2);
            let units = units.map(|pair| u16::from_le_bytes([pair[low], pair[high]]));
            char::decode_utf16(units).collect::<Result<String, _>>().ok()
        }
        _ => simdutf8::basic::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// What a document type can do (expand without end, name files) no workbook
/// needs; and a part in another encoding would be read as other letters.
fn check_markup(name: &str, text: &str) -> Gated<()> {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(Fault::damaged(format!("Phần «{name}» chứa byte 0.")));
    }
    // Exclamation marks are rarer than tags.
    let is_doctype = |at| {
        let rest = &text[at + 1..];
        text[..at].ends_with('<') && !rest.starts_with("--") && !rest.starts_with("[CDATA[")
    };
    if memchr::memchr_iter(b'!', text.as_bytes()).any(is_doctype) {
        return Err(Fault::suspicious(format!("Phần «{name}» khai kiểu tài liệu (DOCTYPE).")));
    }
    let head = if text.trim_start_matches('\u{FEFF}').starts_with("<?xml") { text } else { "" };
    let head = head.split("?>").next().unwrap_or_default().to_ascii_lowercase();
    let declared = head.split_once("encoding").map(|(_, rest)| rest);
    let known = ["utf-8", "utf8", "utf-16", "us-ascii"];
    let is_known = |rest: &str| {
        let value = rest.trim_start_matches([' ', '=', '"', '\'']);
        known.iter().any(|word| value.starts_with(word))
    };
    if declared.is_some_and(|rest| !is_known(rest)) {
        return Err(Fault::damaged(format!("Phần «{name}» dùng bảng mã khác UTF-8.")));
    }
    Ok(())
}

fn broken(error: &zip::result::ZipError) -> Fault {
    Fault::damaged(format!("Cấu trúc nén của tệp bị hỏng (chi tiết kỹ thuật: {error})."))
}

/// What a zip archive is that holds no workbook.
pub(super) fn kind_of(archive: &Archive) -> Fault {
    let ends = |ending: &str| archive.any(|name| name.ends_with(ending));
    if archive.holds("xl/workbook.bin") {
        not_a_workbook("sổ làm việc nhị phân (.xlsb)")
    } else if archive.holds("word/document.xml") {
        not_a_workbook("văn bản Word (.docx)")
    } else if archive.holds("ppt/presentation.xml") {
        not_a_workbook("bản trình chiếu PowerPoint (.pptx)")
    } else if archive.holds("content.xml") && archive.holds("mimetype") {
        not_a_workbook("tệp của LibreOffice (.ods hoặc .odt)")
    } else if archive.holds("xl/workbook.xml") || archive.any(|name| name.starts_with("xl/")) {
        Fault::damaged("Tệp thiếu phần mô tả sổ làm việc.")
    } else if ends(".xlsx") || ends(".xls") || ends(".zip") {
        not_a_workbook("tệp nén .zip chứa tệp khác bên trong")
    } else {
        not_a_workbook("tệp nén .zip")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip_of(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[track_caller]
    fn refused(bytes: &[u8], code: Code, word: &str) {
        let Err(fault) = Archive::open(bytes) else { panic!("let in: {word}") };
        assert_eq!(fault.code, code, "{}", fault.message);
        assert!(fault.message.contains(word), "{}", fault.message);
    }

    #[test]
    fn an_archive_is_what_every_reader_sees_in_it() {
        let sound = zip_of(&[("a.xml", "<a/>")]);
        assert!(Archive::open(&sound).is_ok());
        assert!(Archive::open(&[&sound[..], &[0; 4096]].concat()).is_ok());
        assert!(Archive::open(&[&sound[..], b"\n"].concat()).is_ok());
        let footer = "\r\n-- \r\nĐã quét vi-rút\r\n".as_bytes();
        assert!(Archive::open(&[&sound[..], footer].concat()).is_ok());
        refused(&[b"junk", &sound[..]].concat(), Code::FileSuspicious, "trước");
        refused(&[&sound[..], b"junk"].concat(), Code::FileSuspicious, "sau");
        refused(&sound[..sound.len() - 20], Code::FileDamaged, "cắt cụt");
        refused(&zip_of(&[]), Code::FileDamaged, "không chứa gì");
        let twice = zip_of(&[("xl/a.xml", ""), ("XL\\A.XML", "")]);
        refused(&twice, Code::FileSuspicious, "hai bản");
        refused(&zip_of(&[("../a.xml", "")]), Code::FileSuspicious, "tên lạ");
        let bomb = " ".repeat(9 << 20);
        refused(&zip_of(&[("a.xml", &bomb)]), Code::FileTooLarge, "bung ra");
    }

    #[test]
    fn a_part_is_unpacked_whole_or_not_at_all() {
        #[track_caller]
        fn check(text: &str, expected: Result<&str, Code>) {
            let bytes = zip_of(&[("a.xml", text)]);
            let part = Archive::open(&bytes).unwrap().text("A.xml", 1000);
            assert_eq!(part.as_deref().map_err(|fault| fault.code), expected, "{text}");
        }
        check("<a>ô</a>", Ok("<a>ô</a>"));
        check(
            "<?xml version='1.0' encoding='UTF-8'?><a/>",
            Ok("<?xml version='1.0' encoding='UTF-8'?><a/>"),
        );
        check("<?xml version='1.0' encoding='windows-1258'?><a/>", Err(Code::FileDamaged));
        check("<!DOCTYPE a><a/>", Err(Code::FileSuspicious));
        check("<a>\0</a>", Err(Code::FileDamaged));
        check(&" ".repeat(1001), Err(Code::FileTooLarge));

        let mut stored = ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        stored.start_file("a.xml", options).unwrap();
        stored.write_all(b"<a>0.5</a>").unwrap();
        let mut bytes = stored.finish().unwrap().into_inner();
        let at = bytes.windows(3).position(|window| window == b"0.5").unwrap();
        bytes[at] = b'9';
        let part = Archive::open(&bytes).unwrap().text("a.xml", 1000);
        assert_eq!(part.unwrap_err().code, Code::FileDamaged);
    }
}
