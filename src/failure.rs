//! Why the program could not do its work at all.
//!
//! What is wrong inside one form is a [`crate::finding::Finding`] and never stops the others.
//! A `Failure` stops everything: exit code 2, and nothing was written.

use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;

use crate::finding::Findings;

/// What stops a run.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("không có thư mục {path}")]
    NoFolder { path: PathBuf },

    #[error("không đọc được {path}")]
    Read { path: PathBuf, source: io::Error },

    #[error("không ghi được {path}{hint}", hint = write_hint(source))]
    Write { path: PathBuf, source: io::Error },

    #[error(
        "không thay được kết quả cũ trong {path}; hãy đóng các tệp kết quả đang mở trong Excel rồi chạy lại"
    )]
    ResultsOpen { path: PathBuf, source: io::Error },

    #[error("một lượt chạy khác đang làm việc với {path}; hãy đợi lượt đó xong")]
    Busy { path: PathBuf },

    #[error(
        "đã có {path}; chương trình không ghi đè tệp của người dùng, hãy đổi tên tệp đó rồi chạy lại"
    )]
    Exists { path: PathBuf },

    #[error("không dựng được sổ làm việc")]
    Workbook(#[from] XlsxError),

    #[error("tệp của kỳ có lỗi, chưa chấm được; sửa xong hãy chạy lại")]
    Round(Findings),

    #[error(
        "kỳ đã công bố ({archive}) và kết quả nay đã khác, chưa ghi gì; nếu đúng là phải sửa, ghi \
         lý do: cchc run --ly-do \"…\", và mã lý do của từng điểm thay đổi vào thay-doi.xlsx"
    )]
    Published { archive: String },

    #[error("không đối chiếu được: {0}")]
    Unverifiable(String),

    #[error("tệp của lần tổng kết có lỗi, chưa tổng kết được; sửa xong hãy chạy lại")]
    Summary(Findings),

    /// Already phrased for the reader.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// The same failure, said of the file at `path` where a disk and not the
    /// workbook is to blame.
    #[must_use]
    pub fn at(self, path: &Path) -> Failure {
        match self {
            Failure::Workbook(XlsxError::IoError(source)) => {
                Failure::Write { path: path.to_owned(), source }
            }
            Failure::Workbook(XlsxError::ZipError(why)) => {
                Failure::Write { path: path.to_owned(), source: io::Error::from(why) }
            }
            other => other,
        }
    }
}

/// Why the system refused, in the reader's language; in the system's own words
/// where there are no better ones.
pub fn reason(source: &io::Error) -> String {
    // Windows: another program holds the file, or a part of it.
    const HELD: [i32; 2] = [32, 33];
    let is_held = cfg!(windows) && source.raw_os_error().is_some_and(|code| HELD.contains(&code));
    let known = match source.kind() {
        _ if is_held => "chương trình khác đang giữ tệp",
        io::ErrorKind::NotFound => "không có ở đó",
        io::ErrorKind::PermissionDenied => "không có quyền",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "đĩa đầy",
        io::ErrorKind::OutOfMemory => "máy không cấp thêm bộ nhớ hoặc luồng xử lý",
        io::ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ đọc",
        io::ErrorKind::ResourceBusy => "chương trình khác đang giữ tệp",
        io::ErrorKind::NotADirectory => "không phải thư mục",
        io::ErrorKind::TimedOut
        | io::ErrorKind::StaleNetworkFileHandle
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown => "ổ mạng không trả lời",
        _ => return format!("chi tiết kỹ thuật: {source}"),
    };
    known.to_owned()
}

/// What a person can do about the commonest reasons.
fn write_hint(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::PermissionDenied => {
            " (thư mục chỉ đọc, hoặc tệp đang mở trong Excel: hãy đóng tệp, kiểm tra quyền ghi)"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            " (đĩa đầy: hãy giải phóng chỗ trống)"
        }
        io::ErrorKind::ReadOnlyFilesystem => " (ổ đĩa chỉ đọc)",
        io::ErrorKind::OutOfMemory => {
            " (thiếu bộ nhớ: hãy đóng bớt chương trình khác, hoặc chạy lại với --luong 1)"
        }
        _ => "",
    }
}
