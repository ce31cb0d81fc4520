//! `cchc summary`: several years summed up, or the files a summary begins
//! with.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, Command, value_parser};

use crate::batch::folder::below;
use crate::batch::history::{self, Loaded};
use crate::batch::log::{self, LOG_FILE};
use crate::batch::save::{self, Draft};
use crate::batch::{Folder, both, lock, swap};
use crate::cli::console::{Console, counted};
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Unfit, Verb, threads, year};
use crate::excel;
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::handout::history_books;
use crate::history::summary::{Summary, sum_up};
use crate::history::{History, SETTINGS, exchange, template};
use crate::record::{PROGRAM, Period};
use crate::report;

/// The data beside the workbook.
const RECORD: &str = "tong-ket.json";
/// Every year in the form that programs exchange.
const HISTORY: &str = "lich-su";
/// How the workbook's name begins.
const WORKBOOK: &str = "Tong-ket-";

pub(super) const VERB: Verb = Verb {
    name: "summary",
    alias: "tong-ket",
    about: "Tổng kết nhiều năm từ kết quả từng năm; ghi vào ket-qua/",
    forms: &["[THƯ MỤC TỔNG KẾT] [--init TỪ-ĐẾN]"],
    arguments,
    run: |given, console| match given.one::<Years>("begun") {
        Some(years) => begin(&given.path("round"), years, console),
        None => given.in_round(|folder| summary(folder, console)),
    },
};

/// The first and the last year of a new summary to be begun.
#[derive(Clone, Copy)]
struct Years {
    from: i16,
    to: i16,
}

fn arguments(command: Command) -> Command {
    let summed = Arg::new("round").value_name("THƯ MỤC TỔNG KẾT").default_value(".");
    let summed = summed.hide_default_value(true).value_parser(value_parser!(PathBuf));
    let summed = summed.help("Thư mục có tong-ket.toml và mỗi năm một thư mục con");
    let begun = Arg::new("begun").long("init").alias("mau").value_name("TỪ-ĐẾN");
    let begun = begun
        .value_parser(years)
        .help("Tạo tệp mẫu cho các năm này, ví dụ 2011-2020 (hoặc: --mau)");
    command.args([summed, threads(), begun])
}

/// `2011-2020`: two years, in order.
fn years(word: &str) -> Result<Years, Unfit> {
    let years = word.split_once(['-', '–']).and_then(|(from, to)| {
        let year = |text: &str| year(text.trim()).ok();
        Some(Years { from: year(from)?, to: year(to)? })
    });
    years
        .filter(|it| it.from <= it.to)
        .ok_or_else(|| Unfit("cần hai năm, năm trước trước, ví dụ 2011-2020".to_owned()))
}

fn summary(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let Loaded { history, mut findings, inputs } = history::load(folder)?;
    let _lock = lock::take(folder.root())?;
    swap::recover(&folder.results())?;
    let summary = sum_up(&history, &mut findings);
    findings.sort();
    console.findings(&findings);
    tell_result(&history, &summary, &findings, console);
    let target = folder.results();
    let draft = Draft::begin(&target)?;
    let workbook = || {
        let (from, to) = (history.period.from, history.period.to);
        let told = report::history::workbook(&history, &summary, &findings, &inputs, PROGRAM);
        draft.put_workbook(&format!("{WORKBOOK}{from}-{to}.xlsx"), &told).map(|it| it.file)
    };
    let text = || -> Result<String, Failure> {
        let told =
            Period { history: &history, summary: &summary, findings: &findings, inputs: &inputs };
        draft.put(RECORD, |file| told.write(PROGRAM, file))?;
        Ok(RECORD.to_owned())
    };
    let (workbook, text) = both(workbook, text);
    for year in history.years.values() {
        if let Some(text) = exchange::write(year, history.period.places) {
            let name = format!("{HISTORY}/{}.csv", year.year);
            draft.put(&name, |file| file.write_all(text.as_bytes()))?;
        }
    }
    console.line(format!("Kết quả: {}", target.display()));
    for name in [workbook?, text?] {
        console.line(format!("  {name}"));
    }
    let log = log::appended(&target, console.said());
    draft.put(LOG_FILE, |file| file.write_all(&log))?;
    draft.publish(|name| !is_ours(name))?;
    let is_clean = findings.iter().all(|it| it.severity() == Severity::Note);
    Ok(if is_clean { Outcome::Clean } else { Outcome::Flawed })
}

/// What a summary says at its end.
fn tell_result(history: &History, summary: &Summary, findings: &[Finding], console: &mut Console) {
    let period = &history.period;
    console.line(format!("{} ({})", period.title, period.id));
    console.line(format!(
        "Đã đọc kết quả {} năm của {} đơn vị ({}).",
        history.years.len(),
        summary.series.len(),
        counted(findings)
    ));
    for bloc in &period.blocs {
        let compared = summary.compared(history, &bloc.id);
        let best = compared.first().map(|(series, stats)| {
            let mean = stats.mean.fixed(period.places);
            format!("; cao nhất: {} ({mean} %)", history.name(series.line))
        });
        let best = best.unwrap_or_default();
        console.line(format!("  {}: so sánh {} đơn vị{best}", bloc.name, compared.len()));
    }
    if let Some(proposals) = &summary.proposals {
        console.line(format!(
            "  Đề nghị khen thưởng: {} tập thể, {} cá nhân",
            proposals.collectives.len(),
            proposals.individuals.len()
        ));
    }
}

/// Names at the top of `ket-qua/` that the program writes.
fn is_ours(name: &str) -> bool {
    let is_workbook = name.starts_with(WORKBOOK)
        && Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
    name == RECORD || name == HISTORY || name == LOG_FILE || is_workbook
}

/// The settings, the register, and a blank workbook for every year.
fn begin(folder: &Path, years: Years, console: &mut Console) -> Result<Outcome, Failure> {
    let Years { from, to } = years;
    let books = history_books::books(from, to);
    // Checked before the first write, so that nothing is half made.
    let names = std::iter::once(SETTINGS).chain(books.iter().map(|it| it.0.as_str()));
    for name in names {
        if below(folder, name).exists() {
            return Err(Failure::Exists { path: below(folder, name) });
        }
    }
    save::file(&folder.join(SETTINGS), template::settings(from, to).as_bytes())?;
    for (name, workbook) in &books {
        save::file(&below(folder, name), &excel::write(workbook)?)?;
    }
    console.line(format!("Đã tạo {} tệp trong {}", books.len() + 1, folder.display()));
    let again = console.next(VERB.name);
    console.line(format!(
        "Việc tiếp theo: điền tong-ket.toml, don-vi.xlsx; mỗi năm điền ket-qua.xlsx, hoặc xóa tệp \
         đó và chép ket-qua.json của kỳ vào thư mục của năm; rồi {again}."
    ));
    Ok(Outcome::Clean)
}
