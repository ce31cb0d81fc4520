//! Why the program could not do its work at all.
//!
//! What is wrong inside one form is a [`crate::finding::Finding`] and never stops the others.
//! A `Failure` stops everything: exit code 2, and nothing was written; but for what a command
//! tells and goes on without, such as a log that somebody holds.

use std::fmt;
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

    #[error("không thay được kết quả cũ trong {path}{hint}", hint = write_hint(source))]
    ResultsOpen { path: PathBuf, source: io::Error },

    #[error(
        "{path} là một {what}, không phải thư mục của chương trình; hãy đổi tên hoặc chuyển nó đi rồi \
         chạy lại",
        what = if *is_link { "liên kết (lối tắt)" } else { "tệp" }
    )]
    NoFolderOfOurs { path: PathBuf, is_link: bool },

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

    /// The way out is told by whoever knows how the reader calls the command.
    #[error("kỳ đã công bố ({archive}) và kết quả nay đã khác, chưa ghi gì")]
    Published { archive: String },

    /// Neither is this one's way out told here.
    #[error("chưa có kết quả để đối chiếu hay công bố (không thấy {path})")]
    Unscored { path: PathBuf },

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

/// What another program holds, after long waiting.
#[derive(Debug)]
pub struct Held {
    /// The names of the files that are known to be open in Excel.
    pub opened: Vec<String>,
}

impl std::error::Error for Held {}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.opened.as_slice() {
            [] => f.write_str("đang bị chương trình khác giữ"),
            opened => write!(f, "{} đang mở trong Excel", opened.join(", ")),
        }
    }
}

/// Why the system refused, in the reader's language; in the system's own words
/// where there are no better ones.
pub fn reason(source: &io::Error) -> String {
    if let Some(held) = held(source) {
        return held.to_string();
    }
    let known = match source.kind() {
        _ if is_busy(source) => "đang bị chương trình khác giữ",
        io::ErrorKind::NotFound => "không có ở đó",
        io::ErrorKind::PermissionDenied => "không có quyền",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "đĩa đầy",
        io::ErrorKind::OutOfMemory => "máy không cấp thêm bộ nhớ hoặc luồng xử lý",
        io::ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ đọc",
        io::ErrorKind::NotADirectory => "không phải thư mục",
        io::ErrorKind::AlreadyExists
        | io::ErrorKind::IsADirectory
        | io::ErrorKind::DirectoryNotEmpty => {
            "đã có một tệp hoặc thư mục trùng tên; đổi tên hoặc chuyển nó đi rồi chạy lại"
        }
        io::ErrorKind::TimedOut
        | io::ErrorKind::StaleNetworkFileHandle
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown => "ổ mạng không trả lời",
        _ => return format!("chi tiết kỹ thuật: {source}"),
    };
    known.to_owned()
}

/// Whether another program holds a file, or a part of it: Windows says so by
/// numbers that have no kind.
fn is_busy(source: &io::Error) -> bool {
    const HELD: [i32; 2] = [32, 33];
    let is_held = cfg!(windows) && source.raw_os_error().is_some_and(|it| HELD.contains(&it));
    is_held || source.kind() == io::ErrorKind::ResourceBusy
}

fn held(source: &io::Error) -> Option<&Held> {
    source.get_ref()?.downcast_ref()
}

/// What a person can do about the commonest reasons.
fn write_hint(source: &io::Error) -> &'static str {
    match source.kind() {
        _ if held(source).is_some_and(|it| !it.opened.is_empty()) => {
            " (tệp đang mở trong Excel: hãy đóng tệp rồi chạy lại)"
        }
        _ if is_busy(source) => {
            " (hãy đóng chương trình hoặc cửa sổ đang mở tệp, thư mục này rồi chạy lại)"
        }
        io::ErrorKind::PermissionDenied => {
            " (tệp hoặc thư mục chỉ đọc: hãy kiểm tra quyền ghi, hoặc làm trên một bản chép sang ổ khác)"
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
