//! What may come in: the first bytes of a file → an archive, or what it is.
//!
//! Nothing but a zip archive goes further. Old Excel files and locked ones both
//! begin as OLE containers, and a parser of those can be made to run for ever.

use calamine::XlsxError;

use crate::finding::form::Faulty;
use crate::finding::{Code, Finding, Place, Said};

/// Why a file or one of its parts is refused.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
}

pub(super) type Gated<T> = Result<T, Fault>;

impl Fault {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Fault {
        Fault { code, message: message.into() }
    }

    pub(super) fn at(self, place: Place) -> Finding {
        Finding::of(place, Said::from(Faulty { fault: self.message }).under(self.code))
    }

    pub(super) fn damaged(message: impl Into<String>) -> Fault {
        Fault::new(Code::FileDamaged, message)
    }

    pub(super) fn suspicious(message: impl Into<String>) -> Fault {
        Fault::new(Code::FileSuspicious, message)
    }

    /// What `whose` holds cannot be read: the workbook, or one of its sheets.
    pub(super) fn unreadable(whose: &str, error: &XlsxError) -> Fault {
        let message = format!("{whose} có nội dung không đọc được (chi tiết kỹ thuật: {error}).");
        Fault::new(Code::FileUnreadable, message)
    }

    pub(super) fn too_large(message: impl Into<String>) -> Fault {
        Fault::new(Code::FileTooLarge, message)
    }
}

/// The most that one file may hold. Public forms of real offices stay far below
/// each of these; together they bound the time and memory of one file.
pub(super) mod ceiling {
    const MIB: u64 = 1024 * 1024;

    /// Bytes of the file itself.
    pub(in crate::excel) const FILE: u64 = 64 * MIB;
    /// Entries of the zip directory.
    pub(in crate::excel) const ENTRIES: usize = 4096;
    /// Bytes of one sheet, unpacked.
    pub(in crate::excel) const SHEET: u64 = 64 * MIB;
    /// Bytes of the shared strings or of the styles, unpacked.
    pub(in crate::excel) const TABLE: u64 = 32 * MIB;
    /// Bytes of the workbook part or of a list of relations, unpacked.
    pub(in crate::excel) const WORKBOOK: u64 = 4 * MIB;
    /// Bytes of all parts that are read, unpacked.
    pub(in crate::excel) const PARTS: u64 = 128 * MIB;
    /// Bytes below which no ratio of packing is suspicious.
    pub(in crate::excel) const SMALL: u64 = 8 * MIB;
    /// How many times larger than packed an entry may be.
    pub(in crate::excel) const RATIO: u64 = 300;
    pub(in crate::excel) const SHEETS: usize = 64;
    /// Cell formats of one workbook; Excel itself allows 65,490.
    pub(in crate::excel) const FORMATS: usize = 65_536;
    /// Cells of all sheets, empty ones with a format included.
    pub(in crate::excel) const CELLS: usize = 2_500_000;
    /// Cells of all sheets of a form that hold something.
    pub(in crate::excel) const FILLED: usize = 200_000;
    /// The same of one of the round's own files: a register of 100,000 units.
    pub(in crate::excel) const OWN_FILLED: usize = 1_000_000;
    /// Bytes of one cell's text; Excel allows 32,767 characters.
    pub(in crate::excel) const TEXT: usize = 131_068;
    /// Bytes of the text of all cells.
    pub(in crate::excel) const TEXTS: usize = 32 * 1024 * 1024;
    /// Rows and columns of Excel's grid.
    pub(in crate::excel) const ROWS: u32 = 1_048_576;
    pub(in crate::excel) const COLUMNS: u32 = 16_384;
}

const ZIP: &[u8] = b"PK\x03\x04";
pub(super) const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Lets a zip archive of a bearable size pass; says of anything else what it is.
pub(super) fn admit(bytes: &[u8]) -> Gated<()> {
    if ceiling::FILE < bytes.len() as u64 {
        return Err(Fault::too_large(format!(
            "Tệp nặng {} MB; phiếu thường dưới 1 MB.",
            bytes.len() / 1_000_000
        )));
    }
    if bytes.starts_with(ZIP) {
        return Ok(());
    }
    Err(if bytes.starts_with(OLE) { ole(bytes) } else { other(bytes) })
}

/// Names inside an OLE container are UTF-16, so its kind shows without parsing.
fn ole(bytes: &[u8]) -> Fault {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        let message = "Tệp được bảo vệ bằng mật khẩu nên không đọc được.";
        Fault::new(Code::FileEncrypted, message)
    } else if holds("WordDocument") && (holds("ObjectPool") || !holds("Workbook")) {
        // A document keeps what is embedded in its pool; a workbook that embeds
        // a document has none.
        not_a_workbook("tệp Word cũ (.doc)")
    } else if holds("PowerPoint Document") {
        not_a_workbook("tệp PowerPoint cũ (.ppt)")
    } else {
        old_excel()
    }
}

fn old_excel() -> Fault {
    Fault::new(Code::FileOldFormat, "Tệp được lưu ở định dạng Excel 97–2003 (.xls).")
}

pub(super) fn not_a_workbook(what: &str) -> Fault {
    Fault::new(Code::FileOtherFormat, format!("Đây là {what}, không phải sổ làm việc .xlsx."))
}

/// First bytes and what they are the first bytes of.
const KINDS: &[(&[u8], &str)] = &[
    (b"%PDF", "tệp PDF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xFF\xD8\xFF", "ảnh JPEG"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xBC\xAF", "tệp nén 7z"),
    (b"\x1F\x8B", "tệp nén gzip"),
    (b"MZ", "chương trình Windows"),
    (b"{\\rtf", "văn bản RTF"),
    (b"{", "tệp dữ liệu JSON"),
    (b"[", "tệp dữ liệu JSON"),
    (b"MIME-Version:", "trang web lưu trữ (.mht)"),
];

fn other(bytes: &[u8]) -> Fault {
    if bytes.is_empty() {
        return Fault::damaged("Tệp rỗng, không có byte nào.");
    }
    if bytes.iter().all(|byte| matches!(byte, 0 | b' ')) {
        return Fault::damaged("Tệp chỉ gồm các byte trống, không có nội dung.");
    }
    if ZIP.starts_with(bytes) || bytes.starts_with(b"PK") {
        return Fault::damaged("Tệp bị cắt cụt: chỉ còn dấu mở đầu của sổ làm việc.");
    }
    if let [9, 0 | 2 | 4 | 8, ..] = bytes {
        return old_excel();
    }
    if let Some((_, what)) = KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return not_a_workbook(what);
    }
    let head = &bytes[..bytes.len().min(2048)];
    let Ok(text) = str::from_utf8(head).or_else(|error| {
        // The cut may fall inside a letter.
        let sound = error.valid_up_to();
        str::from_utf8(if sound + 4 < head.len() { b"\xFF" } else { &head[..sound] })
    }) else {
        return Fault::new(
            Code::FileOtherFormat,
            "Không nhận ra định dạng: tệp không mở đầu như một sổ làm việc .xlsx.",
        );
    };
    let text = text.to_ascii_lowercase();
    not_a_workbook(if text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        "bảng tính XML 2003"
    } else if text.contains("<html") || text.contains("<table") {
        "trang web (HTML)"
    } else if text.contains("<?xml") {
        "tệp XML"
    } else {
        "tệp văn bản (.txt hoặc .csv)"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_an_archive_is_told_by_name() {
        #[track_caller]
        fn check(bytes: &[u8], code: Code, word: &str) {
            let fault = admit(bytes).unwrap_err();
            assert_eq!(fault.code, code, "{}", fault.message);
            assert!(fault.message.contains(word), "{}", fault.message);
        }
        let ole = |name: &str| {
            let name = name.encode_utf16().flat_map(u16::to_le_bytes);
            OLE.iter().copied().chain([0; 40]).chain(name).collect::<Vec<u8>>()
        };
        check(b"", Code::FileDamaged, "rỗng");
        check(&[0; 5000], Code::FileDamaged, "trống");
        check(b"PK", Code::FileDamaged, "cắt cụt");
        check(&ole("EncryptedPackage"), Code::FileEncrypted, "mật khẩu");
        check(&ole("Workbook"), Code::FileOldFormat, ".xls");
        check(&ole("WordDocument"), Code::FileOtherFormat, "Word");
        check(&ole("WorkbookMBD0001WordDocument"), Code::FileOldFormat, ".xls");
        check(&ole("ObjectPoolWorkbookWordDocument"), Code::FileOtherFormat, "Word");
        check(b"%PDF-1.7", Code::FileOtherFormat, "PDF");
        check(b"<html><table>", Code::FileOtherFormat, "HTML");
        check("Mã;Điểm\n1.1;2".as_bytes(), Code::FileOtherFormat, "văn bản");
        check(&[0x12, 0xFF, 0xFE, 0x99, 0, 1, 2, 3, 4, 5], Code::FileOtherFormat, "Không nhận ra");
    }
}
