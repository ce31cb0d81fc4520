//! Reading in parallel: the files of the round → the round, and the folder of
//! forms → readings, one for every file, in order of name.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use rayon::prelude::*;

use crate::batch::budget::Budget;
use crate::batch::folder::{Folder, Named, stray};
use crate::batch::journal::Journal;
use crate::batch::left;
use crate::batch::source;
use crate::book::Book;
use crate::digest;
use crate::excel;
use crate::failure::Failure;
use crate::finding::form::{ReaderStopped, RunDied, Stray};
use crate::finding::round::{FileAbsent, NotText};
use crate::finding::{Code, Finding, Findings};
use crate::form::layout::UNREAD;
use crate::form::{self, Likeness, Reading};
use crate::record::Input;
use crate::round::{self, Round, RoundBooks};

/// Bytes of files and of what they unpack to that may be in memory at once.
const IN_FLIGHT: u64 = 192 << 20;
/// How many times its own size a form is taken to unpack to.
const UNPACKED: u64 = 12;

/// Forms that a thread takes at once: few, so that none has a long tail to read
/// while the others have nothing left.
const AT_ONCE: usize = 4;

/// The round, and the files it was made of.
pub struct Loaded {
    pub round: Round,
    /// Warnings and notes; an error would have refused the round.
    pub findings: Findings,
    pub inputs: Vec<Input>,
}

/// Reads the round's own files. `Err(Failure::Round)` holds everything that is
/// wrong with them.
pub fn load(folder: &Folder) -> Result<Loaded, Failure> {
    let mut inputs = Vec::new();
    let mut findings = Findings::default();
    left::ROUND.say_rest(folder.root(), &mut findings);
    let settings = folder.settings();
    let text = read_own(folder, &settings, &mut inputs)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| settings.refused(NotText {})));
    let text = text.map_err(|finding| findings.push(finding)).ok();
    let mut book = |named: &Named| {
        let book = own_book(folder, named, &mut inputs);
        book.map_err(|finding| findings.push(finding)).ok()
    };
    let register = book(&folder.register());
    let (mut sets, mut unread) = (Vec::new(), Vec::new());
    for named in folder.criteria()? {
        match book(&named) {
            Some(book) => sets.push(book),
            None => unread.push(named.name),
        }
    }
    let exemptions = folder.exemptions().and_then(|named| book(&named));
    let waivers = folder.waivers().and_then(|named| book(&named));
    let revisions = folder.revisions().and_then(|named| book(&named));
    match (text, register) {
        (Some(text), Some(register)) => {
            let books = RoundBooks { register, sets, unread, exemptions, revisions, waivers };
            let (round, more) = round::read(&settings.name, &text, books).into_parts();
            findings.extend(more);
            findings.sort();
            match round.filter(|_| !findings.iter().any(Finding::is_error)) {
                Some(round) => Ok(Loaded { round, findings, inputs }),
                None => Err(Failure::Round(findings)),
            }
        }
        _ => Err(Failure::Round(findings)),
    }
}

/// Reads everything in `nop/`, in parallel. `tick` is called once for every
/// file that is done, from any thread.
pub fn forms(
    folder: &Folder,
    round: &Round,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Reading>, Failure> {
    let files = folder.forms()?;
    let journal = Journal::open(folder.root());
    let budget = Budget::new(IN_FLIGHT);
    let read = |named: &Named| {
        let reading =
            unless_deadly(&journal, named, || one_form(folder.root(), named, round, &budget));
        tick();
        reading
    };
    // What a run has died over is read while nothing else is. A name goes as its
    // file has been read, so that ten thousand do not wait beside the readings.
    let is_suspect = |it: &Named| journal.is_suspect(&it.name);
    let (alone, mut files): (Vec<Named>, Vec<Named>) = files.into_iter().partition(is_suspect);
    files.shrink_to_fit();
    let mut readings: Vec<Reading> = alone.iter().map(read).collect();
    let files = files.into_par_iter().with_max_len(AT_ONCE);
    readings.par_extend(files.map(|named| read(&named)));
    // In place: names differ, and a stable sort would take as much room again.
    readings.sort_unstable_by(|a, b| a.file.cmp(&b.file));
    Ok(readings)
}

/// What `read` makes of a file, unless a run has died over it.
fn unless_deadly(journal: &Journal, named: &Named, read: impl FnOnce() -> Reading) -> Reading {
    if journal.is_deadly(&named.name) {
        return refused(named, String::new(), named.refused(RunDied {}));
    }
    journal.around(&named.name, read)
}

/// Reads one form and forgets it: what [`crate::batch::journal`] asks another
/// process to do with a suspect.
pub fn probe(folder: &Folder, name: &str) -> Result<(), Failure> {
    let round = load(folder)?.round;
    one_form(folder.root(), &folder.named(name), &round, &Budget::new(IN_FLIGHT));
    Ok(())
}

fn refused(named: &Named, sha256: String, finding: Finding) -> Reading {
    let findings = Findings::from_iter([finding]);
    Reading {
        file: named.name.clone(),
        sha256,
        unit: None,
        possible: None,
        form: None,
        likeness: Likeness::Alike,
        findings,
    }
}

/// The workbooks that came back in another folder.
#[derive(Default)]
pub struct Returned {
    /// In order of name.
    pub books: Vec<Book>,
    /// Why the others could not be read.
    pub unread: Findings,
    pub inputs: Vec<Input>,
}

/// Reads `files`, in parallel, as far as they can be read.
pub fn books(folder: &Folder, files: &[Named]) -> Returned {
    let read = |named: &Named| {
        let mut inputs = Vec::new();
        (own_book(folder, named, &mut inputs), inputs)
    };
    let mut returned = Returned::default();
    for (book, inputs) in files.par_iter().map(read).collect::<Vec<_>>() {
        returned.inputs.extend(inputs);
        match book {
            Ok(book) => returned.books.push(book),
            Err(finding) => returned.unread.push(finding),
        }
    }
    returned
}

/// Reads a text file of the round, such as last round's results.
pub fn text(folder: &Folder, named: &Named, inputs: &mut Vec<Input>) -> Result<String, Finding> {
    let bytes = read_own(folder, named, inputs)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// One file, whatever happens to it. A panic in a parser is that file's
/// problem, not the run's.
fn one_form(root: &Path, named: &Named, round: &Round, budget: &Budget) -> Reading {
    let refused = |sha256, finding| refused(named, sha256, finding);
    if let Some(what) = stray(&named.name) {
        return refused(String::new(), named.refused(Stray { what }));
    }
    // Unpacked, a form takes many times its size.
    let size = std::fs::metadata(&named.path).map_or(0, |metadata| metadata.len());
    let _taken = budget.take(size.saturating_mul(UNPACKED));
    let bytes = match source::read(root, &named.path, &named.name) {
        Ok(bytes) => bytes,
        Err(finding) => return refused(String::new(), finding),
    };
    let attempt = AssertUnwindSafe(|| match excel::read_but(&UNREAD, &named.name, &bytes) {
        Ok(opened) => {
            let mut reading = form::read(&opened.book, round);
            reading.findings.extend(opened.notes);
            reading
        }
        Err(finding) => refused(digest::sha256(&bytes), finding),
    });
    panic::catch_unwind(attempt)
        .unwrap_or_else(|_| refused(digest::sha256(&bytes), named.refused(ReaderStopped {})))
}

/// A workbook of the folder's own.
pub(super) fn own_book(
    folder: &Folder,
    named: &Named,
    inputs: &mut Vec<Input>,
) -> Result<Book, Finding> {
    let bytes = read_own(folder, named, inputs)?;
    let attempt = AssertUnwindSafe(|| excel::read(&named.name, &bytes));
    let opened = panic::catch_unwind(attempt).unwrap_or(Err(named.refused(ReaderStopped {})));
    let as_round_file = |it: Finding| it.under(Code::RoundFileUnreadable);
    opened.map(|opened| opened.book).map_err(as_round_file)
}

/// A file of the folder's own, which must be there, noted among the inputs.
pub(super) fn read_own(
    folder: &Folder,
    named: &Named,
    inputs: &mut Vec<Input>,
) -> Result<Vec<u8>, Finding> {
    if !named.path.exists() {
        return Err(named.refused(FileAbsent { file: &named.name }));
    }
    let bytes = source::read(folder.root(), &named.path, &named.name)
        .map_err(|it| it.under(Code::RoundFileUnreadable))?;
    inputs.push(Input { file: named.name.clone(), sha256: digest::sha256(&bytes) });
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::journal;

    #[test]
    fn a_file_that_a_run_died_over_is_left_out_and_said() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(journal::FILE), "+nop/a.xlsx\n").unwrap();
        let journal = Journal::resume(dir.path(), |_| false);
        let named = |name: &str| Named { name: name.to_owned(), path: dir.path().join(name) };
        let sound = named("nop/b.xlsx");
        let read = || refused(&sound, String::new(), sound.refused(Stray { what: "tệp đã đọc" }));
        assert_eq!(unless_deadly(&journal, &sound, read).findings[0].code, Code::FileStray);
        let never = || -> Reading { panic!("read again") };
        let deadly = unless_deadly(&journal, &named("nop/a.xlsx"), never);
        assert_eq!(deadly.findings[0].code, Code::ReaderCrashed);
    }
}
