//! The blanks that were handed out: which of them are still as they were made,
//! so that new ones may take their place.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::batch::patience;
use crate::batch::save::Draft;
use crate::digest;
use crate::failure::Failure;
use crate::record::Input;

/// The list of what was made, with digests, beside the blanks.
const MADE: &str = ".da-tao";

/// Puts the fresh blanks of `draft` into `target`. A workbook there that is no
/// longer as it was made holds somebody's work and stays; the fresh one goes
/// beside it. Gives the names of both.
pub fn publish(
    draft: Draft,
    target: &Path,
    mut fresh: Vec<Input>,
) -> Result<Vec<(String, String)>, Failure> {
    let made = patience::text(&target.join(MADE)).unwrap_or_default();
    let made: BTreeSet<&str> = made.lines().collect();
    let (ours, others): (Vec<Input>, Vec<Input>) = (present(target)?.into_iter())
        .partition(|it| made.contains(&*line(it)) || fresh.contains(it));
    let is_fresh = |name: &str, fresh: &[Input]| fresh.iter().any(|it| is_same(&it.file, name));
    let mut beside = Vec::new();
    for at in 0..fresh.len() {
        let name = fresh[at].file.clone();
        let Some(other) = others.iter().find(|it| is_same(&it.file, &name)) else { continue };
        let stem = name.trim_end_matches(".xlsx");
        let names = (1..).map(|count| match count {
            1 => format!("{stem}-moi.xlsx"),
            count => format!("{stem}-moi-{count}.xlsx"),
        });
        let is_free = |it: &String| {
            !is_fresh(it, &fresh) && !others.iter().any(|other| is_same(&other.file, it))
        };
        let free = names.into_iter().find(is_free).unwrap_or_default();
        draft.rename(&name, &free)?;
        beside.push((other.file.clone(), free.clone()));
        fresh[at].file = free;
    }
    draft.put(MADE, |out| fresh.iter().try_for_each(|it| writeln!(out, "{}", line(it))))?;
    draft.publish(|name| !ours.iter().any(|it| it.file == name))?;
    Ok(beside)
}

/// The workbooks in the folder, with their digests.
fn present(target: &Path) -> Result<Vec<Input>, Failure> {
    let entries = fs::read_dir(target).into_iter().flatten().flatten();
    let files = entries.map(|it| (it.file_name().to_string_lossy().into_owned(), it.path()));
    let books = files.filter(|(name, path)| is_book(name) && path.is_file());
    let digested =
        books.map(|(file, path)| match patience::open(&path).and_then(digest::sha256_of) {
            Ok(sha256) => Ok(Input { file, sha256 }),
            Err(source) => Err(Failure::Read { path, source }),
        });
    digested.collect()
}

fn line(it: &Input) -> String {
    format!("{}  {}", it.sha256, it.file)
}

fn is_book(name: &str) -> bool {
    name.to_lowercase().ends_with(".xlsx")
}

/// Whether two names are one file's, also where case makes no difference.
fn is_same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
