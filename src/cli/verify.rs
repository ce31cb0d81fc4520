//! `cchc verify`: whether results are what their inputs come to, and whether a
//! workbook that somebody holds is the published one.

use std::path::Path;

use crate::batch::{Folder, archive};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::evaluation::verify::{self, Comparison, Entry, Held};
use crate::failure::Failure;

/// The most differences told of one kind.
const MOST: usize = 20;

/// Compares a round with its results, or a workbook with the published one.
/// Writes nothing.
pub(super) fn verify(
    what: &Path,
    with: Option<&Path>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    if what.is_dir() {
        return round(&Folder::open(what)?, console);
    }
    if archive::is_archive(what) {
        return round(&archive::unpack(what)?.folder()?, console);
    }
    if !what.is_file() {
        return Err(Failure::Unverifiable(format!("không có {}", what.display())));
    }
    held(what, with, console)
}

/// The results of a round, made again from its inputs.
pub(super) fn round(folder: &Folder, console: &mut Console) -> Result<Outcome, Failure> {
    let mut comparison = Comparison::default();
    let compared = verify::round(folder, &mut comparison, console);
    tell(&comparison, console);
    let record = compared?;
    Ok(outcome(&comparison, console, || {
        format!(
            "Khớp: tính lại từ {} tệp đầu vào ra đúng kết quả đã ghi; {} tệp kết quả còn nguyên. \
             Mã xác thực {}.",
            record.inputs.len(),
            record.outputs().len(),
            record.seal()
        )
    }))
}

/// A workbook that somebody holds, against the published one.
fn held(file: &Path, with: Option<&Path>, console: &mut Console) -> Result<Outcome, Failure> {
    let mut comparison = Comparison::default();
    let held = verify::workbook(file, with, &mut comparison)?;
    tell(&comparison, console);
    Ok(outcome(&comparison, console, || match held {
        Held::Identical { name, seal } => {
            format!("Đúng là bản công bố: {name}, từng byte. Mã xác thực {seal}.")
        }
        Held::Compared { name, seal } => {
            format!("Mọi ô đều như bản công bố {name}. Mã xác thực {seal}.")
        }
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
