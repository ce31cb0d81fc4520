//! `cchc freeze`: results become the published ones, in one archive with
//! everything they were made of.

use clap::Arg;

use crate::batch::log::{self, LOG_FILE};
use crate::batch::{Folder, archive, lock, results, save, swap};
use crate::cli::console::{Console, Means};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round, threads};
use crate::cli::verify;
use crate::evaluation::note;
use crate::failure::Failure;
use crate::form::Fate;
use crate::record::FormRecord;
use crate::text;

pub(super) const VERB: Verb = Verb {
    name: "freeze",
    alias: "cong-bo",
    about: "Công bố kết quả: gói đầu vào và kết quả vào một tệp trong cong-bo/",
    forms: &["[THƯ MỤC KỲ]"],
    arguments: |it| it.args([round(), why_lacking(), threads()]),
    run: |given, console| {
        let why_lacking = given.text("lacking");
        given.in_round(|folder| freeze(folder, why_lacking.as_deref(), console))
    },
};

fn why_lacking() -> Arg {
    let lacking = Arg::new("lacking").long("con-thieu").value_name("LÝ DO");
    lacking.help("Vì sao công bố khi kết quả còn tạm tính hoặc mới chính thức một phần")
}

/// Archives the results of a round after making them again from their inputs.
/// `why_lacking` is the reason for publishing a provisional result.
fn freeze(
    folder: &Folder,
    why_lacking: Option<&str>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let _lock = lock::take(folder.root())?;
    swap::recover(&folder.results())?;
    let record = results::record(&folder.results())?;
    archive::fit_everywhere(&record)?;
    let again = console.again("run");
    let why_lacking = why_lacking.map(str::trim).filter(|it| text::is_reason(it));
    let is_counted =
        |it: &FormRecord| matches!(it.fate.bare(), Some(Fate::Counted | Fate::Provisional));
    if !record.forms.iter().any(is_counted) {
        let message =
            "kết quả không tính phiếu nào, không có gì để công bố; xem lại các phiếu đã nộp";
        return Err(Failure::Usage(message.to_owned()));
    }
    if !record.is_final() && why_lacking.is_none() {
        let way = match console.by("freeze") {
            Means::Command(_) => "ghi lý do công bố khi còn thiếu: --con-thieu \"…\"".to_owned(),
            Means::Task(number) => format!("chọn lại {number} và ghi lý do công bố khi còn thiếu"),
        };
        let message = format!(
            "kết quả chưa chính thức trọn vẹn (thiếu {}), chưa công bố được; bổ sung rồi {again}, hoặc \
             {way}",
            note::lacking(&record)
        );
        return Err(Failure::Usage(message));
    }
    let publications = folder.publications()?;
    if let Some(last) = publications.last()
        && archive::record(last)?.seal() == record.seal()
    {
        return Err(Failure::Usage(format!("kết quả này đã công bố: {}", last.name)));
    }
    if verify::round(folder, None, console)? != Outcome::Clean {
        return Err(Failure::Usage(format!(
            "kết quả trong ket-qua/ không khớp với đầu vào; {again}, xem lại rồi công bố"
        )));
    }
    let number = publications.len() + 1;
    let archive = folder.publication(record.round.year, number);
    let note = note::note(&record, number, why_lacking, &archive.name);
    archive::write(folder, &archive.path, &record, &note)?;
    let sha256 = results::sha256(&archive.path)?.unwrap_or_default();
    let entry = log::appended(&folder.results(), &log::publication(&archive.name, &sha256));
    let logged = save::file(&folder.results().join(LOG_FILE), &entry);
    console.line(format!("Đã công bố: {}", archive.path.display()));
    console.line(format!("Mã xác thực: {}", record.seal()));
    let (verify, run) = (console.by("verify"), console.by("run"));
    let reason = match run {
        Means::Command(_) => " (--ly-do \"…\")",
        Means::Task(_) => "",
    };
    console.line(format!(
        "Gửi tệp này cùng kết quả; ai cũng đối chiếu được bằng {verify}. Từ nay {run} chỉ ghi kết quả \
         khác khi có lý do{reason} và mọi điểm thay đổi có mã lý do trong thay-doi.xlsx."
    ));
    // What is published is published, whoever has the log open.
    if let Err(why) = logged {
        console.failure(&why);
        return Ok(Outcome::Flawed);
    }
    Ok(Outcome::Clean)
}
