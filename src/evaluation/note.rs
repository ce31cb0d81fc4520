//! The note in a publication's archive (`cong-bo.txt`): written from a record,
//! and read back against it.

use crate::record::{Record, Word};
use crate::score::Lack;
use crate::words;

/// What a provisional result lacks.
pub fn lacking(record: &Record) -> String {
    let lacks: Vec<Lack> = record.lacks.iter().filter_map(Word::bare).collect();
    words::missing(&lacks)
}

/// What whoever opens the archive should know.
pub fn note(record: &Record, number: usize, why_lacking: Option<&str>, archive: &str) -> String {
    let status = if record.is_final() {
        "chính thức".to_owned()
    } else {
        let why = why_lacking.unwrap_or_default();
        format!("công bố khi còn thiếu {}; lý do: {why}", lacking(record))
    };
    let file = archive.rsplit('/').next().unwrap_or(archive);
    let lines = [
        format!("CÔNG BỐ KẾT QUẢ – {} ({})", record.round.title, record.round.id),
        format!("Căn cứ: {}", record.round.source),
        format!("Lần công bố: {number}"),
        format!("Trạng thái: {status}"),
        format!("Mã xác thực: {}", record.seal()),
        format!("Chương trình: {}", record.program),
        format!(
            "Gồm {} tệp đầu vào và {} tệp kết quả; mã băm từng tệp ở ket-qua/ket-qua.json.",
            record.inputs.len(),
            record.outputs().len() + 1
        ),
        format!("Đối chiếu: cchc verify \"{file}\""),
    ];
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// The archive's name in a note, when the note is what this record's says but
/// for what only the publisher knew: the reason, the number, and that name.
pub fn noted(record: &Record, found: &str) -> Option<String> {
    let line = |start: &str| found.lines().find_map(|line| line.strip_prefix(start));
    let number = line("Lần công bố: ")?.parse().ok()?;
    let why = line("Trạng thái: ")?.split_once("; lý do: ").map(|(_, why)| why);
    let archive = line("Đối chiếu: cchc verify \"")?.strip_suffix('"')?;
    (note(record, number, why, archive) == found).then(|| archive.to_owned())
}
