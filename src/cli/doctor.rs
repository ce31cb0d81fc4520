//! `cchc doctor`: whether this machine and a folder on it will do.

use std::path::absolute;

use crate::batch::{Folder, machine};
use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::cli::verb::{Verb, round};
use crate::failure::Failure;
use crate::finding::Severity;
use crate::machine::{Line, Verdict, judge};

pub(super) const VERB: Verb = Verb {
    name: "doctor",
    alias: "kiem-tra-may",
    about: "Kiểm tra máy này và thư mục có dùng được để chấm không",
    forms: &["[THƯ MỤC]"],
    arguments: |it| it.arg(round()),
    run: |given, console| {
        let path = given.path("round");
        let path = absolute(&path).map_err(|source| Failure::Read { path, source })?;
        Ok(doctor(&Folder::open(&path)?, console))
    },
};

fn doctor(folder: &Folder, console: &mut Console) -> Outcome {
    let lines = judge(&machine::facts(folder));
    for line in &lines {
        tell(line, console);
    }
    let count = |verdict| lines.iter().filter(|it| it.verdict == verdict).count();
    match (count(Verdict::Unfit), count(Verdict::Noted)) {
        (0, 0) => {
            console.line("Máy và thư mục này dùng được.");
            Outcome::Clean
        }
        (0, noted) => {
            console.line(format!("Máy và thư mục này dùng được, có {noted} điều lưu ý."));
            Outcome::Flawed
        }
        (unfit, _) => {
            console.line(format!("Chưa dùng được: {unfit} điều không đạt, cần xử lý trước."));
            Outcome::Failed
        }
    }
}

fn tell(line: &Line, console: &mut Console) {
    let (word, severity) = match line.verdict {
        Verdict::Fit => ("đạt", None),
        Verdict::Noted => ("lưu ý", Some(Severity::Warning)),
        Verdict::Unfit => ("không đạt", Some(Severity::Error)),
    };
    let text = format!("{word:<9}  {}: {}", line.topic, line.found);
    match severity {
        None => console.line(text),
        Some(severity) => {
            console.weighted(severity, &text);
            console.line(format!("{:9}  → {}", "", line.remedy));
        }
    }
}
