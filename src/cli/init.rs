//! `cchc init`: a new round's folder from the templates.

use std::path::Path;

use crate::batch::save;
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::excel;
use crate::failure::Failure;
use crate::report::round_books::{self, TemplateFile};

pub(super) fn init(folder: &Path, year: i16, console: &mut Console) -> Result<Outcome, Failure> {
    let files = round_books::files(year);
    // Checked before the first write, so that nothing is half made.
    if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).exists()) {
        return Err(Failure::Exists { path: folder.join(name) });
    }
    for (name, file) in &files {
        let bytes = match file {
            TemplateFile::Text(text) => text.clone().into_bytes(),
            TemplateFile::Workbook(workbook) => excel::write(workbook)?,
        };
        save::file(&folder.join(name), &bytes)?;
        console.line(format!("Đã tạo {}", folder.join(name).display()));
    }
    for name in ["nop", "tham-dinh", "khao-sat", "ky-truoc"] {
        save::folder(&folder.join(name))?;
    }
    console.line("Việc tiếp theo: điền ky.toml, don-vi.xlsx, bộ chỉ số; rồi chạy cchc lint.");
    Ok(Outcome::Clean)
}
