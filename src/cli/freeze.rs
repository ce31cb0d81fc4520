//! `cchc freeze`: results become the published ones, in one archive with
//! everything they were made of.

use clap::Arg;

use crate::batch::{Folder, archive, lock, results};
use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round, threads};
use crate::cli::verify;
use crate::failure::Failure;
use crate::record::{Record, Word};
use crate::score::Lack;
use crate::words;

pub(super) const VERB: Verb = Verb {
    name: "freeze",
    alias: "cong-bo",
    about: "Công bố kết quả: gói đầu vào và kết quả vào một tệp trong cong-bo/",
    usage: "cchc freeze [THƯ MỤC KỲ]",
    arguments: |it| it.args([round(), why_lacking(), threads()]),
    run: |given, console| {
        let why_lacking = given.text("lacking");
        given.in_round(|folder| freeze(folder, why_lacking.as_deref(), console))
    },
};

fn why_lacking() -> Arg {
    let lacking = Arg::new("lacking").long("con-thieu").value_name("LÝ DO");
    lacking.help("Vì sao công bố khi kết quả còn tạm tính")
}

/// Archives the results of a round after making them again from their inputs.
/// `why_lacking` is the reason for publishing a provisional result.
fn freeze(
    folder: &Folder,
    why_lacking: Option<&str>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let _lock = lock::take(folder.root())?;
    let record = results::record(&folder.results())?;
    let why_lacking = why_lacking.map(str::trim).filter(|it| !it.is_empty());
    if !record.is_final() && why_lacking.is_none() {
        let message = format!(
            "kết quả còn tạm tính (thiếu {}), chưa công bố được; bổ sung rồi chạy lại cchc run, \
             hoặc ghi lý do công bố khi còn thiếu: --con-thieu \"…\"",
            lacking(&record)
        );
        return Err(Failure::Usage(message));
    }
    let publications = folder.publications()?;
    if let Some(last) = publications.last()
        && archive::record(last)?.seal() == record.seal()
    {
        return Err(Failure::Usage(format!("kết quả này đã công bố: {}", last.name)));
    }
    if verify::round(folder, console)? != Outcome::Clean {
        let message = "kết quả trong ket-qua/ không khớp với đầu vào; chạy lại cchc run, xem lại \
                       rồi công bố";
        return Err(Failure::Usage(message.to_owned()));
    }
    let number = publications.len() + 1;
    let archive = folder.publication(record.round.year, number);
    let note = note(&record, number, why_lacking, &archive.name);
    archive::write(folder, &archive.path, &record, &note)?;
    console.line(format!("Đã công bố: {}", archive.path.display()));
    console.line(format!("Mã xác thực: {}", record.seal()));
    console.line(
        "Gửi tệp này cùng kết quả; ai cũng đối chiếu được bằng cchc verify. Từ nay cchc run chỉ \
         ghi kết quả khác khi có lý do (--ly-do \"…\") và mọi điểm thay đổi có mã lý do trong \
         thay-doi.xlsx.",
    );
    Ok(Outcome::Clean)
}

fn lacking(record: &Record) -> String {
    let lacks: Vec<Lack> = record.lacks.iter().filter_map(Word::bare).collect();
    words::missing(&lacks)
}

/// What whoever opens the archive should know.
fn note(record: &Record, number: usize, why_lacking: Option<&str>, archive: &str) -> String {
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
