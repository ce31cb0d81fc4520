//! `cchc init`: a new round's folder from the templates.

use std::path::PathBuf;

use clap::{Arg, Command, value_parser};

use crate::batch::folder::below;
use crate::batch::save;
use crate::cli::console::Console;
use crate::cli::outcome::Outcome;
use crate::cli::verb::{self, Given, Verb};
use crate::excel;
use crate::failure::Failure;
use crate::handout::round_books::{self, TemplateFile};

pub(super) const VERB: Verb = Verb {
    name: "init",
    alias: "tao-ky",
    about: "Tạo thư mục kỳ mới từ mẫu có sẵn",
    forms: &["<THƯ MỤC> --year <NĂM>"],
    arguments,
    run: init,
};

fn arguments(command: Command) -> Command {
    let folder = Arg::new("folder").value_name("THƯ MỤC").required(true);
    let folder = folder.value_parser(value_parser!(PathBuf)).help("Thư mục sẽ tạo");
    let year = Arg::new("year").long("year").alias("nam").value_name("NĂM").required(true);
    let year = year.value_parser(verb::year).help("Năm được đánh giá, bốn chữ số (hoặc: --nam)");
    command.args([folder, year])
}

fn init(given: &Given, console: &mut Console) -> Result<Outcome, Failure> {
    let (folder, year) = (given.path("folder"), given.one::<i16>("year").unwrap_or_default());
    let files = round_books::files(year);
    // Checked before the first write, so that nothing is half made.
    if let Some((name, _)) = files.iter().find(|(name, _)| below(&folder, name).exists()) {
        return Err(Failure::Exists { path: below(&folder, name) });
    }
    for (name, file) in &files {
        let bytes = match file {
            TemplateFile::Text(text) => text.clone().into_bytes(),
            TemplateFile::Workbook(workbook) => excel::write(workbook)?,
        };
        save::file(&below(&folder, name), &bytes)?;
        console.line(format!("Đã tạo {}", below(&folder, name).display()));
    }
    for name in ["nop", "tham-dinh", "khao-sat", "ky-truoc"] {
        save::folder(&below(&folder, name))?;
    }
    let lint = console.next("lint");
    console.line(format!("Việc tiếp theo: điền ky.toml, don-vi.xlsx, bộ chỉ số; rồi {lint}."));
    Ok(Outcome::Clean)
}
