//! `cchc verify`: whether results are what their inputs come to, and whether a
//! workbook that somebody holds is the published one.

use std::path::{Path, PathBuf};

use clap::{Arg, Command, value_parser};

use crate::batch::{Folder, archive};
use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, threads};
use crate::evaluation::verify::{self, Comparison, Entry, Held};
use crate::failure::Failure;

/// What nobody but the reader can compare.
const COMPARE_CODE: &str = "Mã này phải giống mã in trên bản đã ký.";

/// The most differences told of one kind.
const MOST: usize = 20;

pub(super) const VERB: Verb = Verb {
    name: "verify",
    alias: "doi-chieu",
    about: "Đối chiếu kết quả với đầu vào, hoặc một sổ đang cầm với bản đã công bố",
    forms: &["[THƯ MỤC KỲ | TỆP.zip | TỆP.xlsx] [--voi <THƯ MỤC KỲ | TỆP.zip>]"],
    arguments,
    run: |given, console| {
        let (what, with) = (given.path("what"), given.one::<PathBuf>("with"));
        given.with_threads(|| verify(&what, with.as_deref(), console))
    },
};

const VERIFY_CODES: &str = "\
Mã thoát:
  0  khớp
  1  không khớp, các khác biệt được nêu rõ
  2  không đối chiếu được, lý do được nêu rõ";

fn arguments(command: Command) -> Command {
    let what = Arg::new("what").value_name("KỲ | TỆP").default_value(".");
    let what = what.hide_default_value(true).value_parser(value_parser!(PathBuf));
    let what = what.help(
        "Thư mục kỳ, tệp .zip đã công bố, hoặc sổ .xlsx cần đối chiếu (mặc định: thư mục hiện tại)",
    );
    let with = Arg::new("with").long("voi").value_name("KỲ | TỆP");
    let with = with
        .value_parser(value_parser!(PathBuf))
        .help("Nơi có bản công bố: thư mục kỳ, hoặc tệp .zip do cchc freeze tạo");
    command.args([what, with, threads()]).after_help(VERIFY_CODES)
}

/// Compares a round with its results, or a workbook with the published one.
/// Writes nothing.
fn verify(what: &Path, with: Option<&Path>, console: &mut Console) -> Result<Outcome, Failure> {
    if what.is_dir() {
        return round(&Folder::open(what)?, None, console);
    }
    if archive::is_archive(what) {
        return round(&archive::unpack(what)?.folder()?, Some(what), console);
    }
    if !what.is_file() {
        return Err(Failure::Unverifiable(format!("không có {}", what.display())));
    }
    held(what, with, console)
}

/// The results of a round, made again from its inputs.
pub(super) fn round(
    folder: &Folder,
    archive: Option<&Path>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    let mut comparison = Comparison::default();
    let compared = verify::round(folder, archive, &mut comparison, console);
    tell(&comparison, console);
    let record = compared?;
    Ok(outcome(&comparison, console, || {
        format!(
            "Khớp: tính lại từ {} tệp đầu vào ra đúng kết quả đã ghi; {} tệp kết quả còn nguyên. \
             Mã xác thực {}. {COMPARE_CODE}",
            record.inputs.len(),
            record.outputs().len(),
            record.seal()
        )
    }))
}

/// A workbook that somebody holds, against the published one.
fn held(file: &Path, with: Option<&Path>, console: &mut Console) -> Result<Outcome, Failure> {
    let mut comparison = Comparison::default();
    let held = verify::workbook(file, with, &mut comparison, console)?;
    tell(&comparison, console);
    Ok(outcome(&comparison, console, || match held {
        Held::Identical { name, inputs, seal } => format!(
            "Đúng là bản công bố: {name}, từng byte; tính lại từ {inputs} tệp đầu vào ra đúng tệp \
             này. Mã xác thực {seal}. {COMPARE_CODE}"
        ),
        Held::Compared { name, seal } => format!(
            "Khớp với bản công bố {name} ở mọi điều đã so. Mã xác thực {seal}. {COMPARE_CODE}"
        ),
    }))
}

fn tell(comparison: &Comparison, console: &mut Console) {
    for entry in &comparison.entries {
        match entry {
            Entry::Remark(remark) => console.line(remark),
            Entry::Differing { what, lines } => {
                for line in lines.iter().take(MOST) {
                    console.line(format!("{what} – {line}"));
                }
                if MOST < lines.len() {
                    console.line(format!("… và {} khác biệt nữa", lines.len() - MOST));
                }
            }
        }
    }
}

/// `same` is said where nothing differs.
fn outcome(
    comparison: &Comparison,
    console: &mut Console,
    same: impl FnOnce() -> String,
) -> Outcome {
    match comparison.count() {
        0 => {
            console.line(same());
            Outcome::Clean
        }
        count => {
            console.line(format!("KHÔNG KHỚP: {count} khác biệt."));
            Outcome::Flawed
        }
    }
}
