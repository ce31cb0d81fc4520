//! Reading in parallel: the files of the round → the round, and the folder of
//! forms → readings, one for every file, in order of name.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use rayon::prelude::*;

use crate::batch::budget::Budget;
use crate::batch::child;
use crate::batch::folder::{Folder, Named, stray};
use crate::batch::journal::Journal;
use crate::batch::left;
use crate::batch::own::OwnFiles;
use crate::batch::source;
use crate::digest;
use crate::excel::{self, Opened};
use crate::failure::Failure;
use crate::finding::form::{ReaderStopped, RunDied, Stray};
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
    let mut own = OwnFiles::of(folder.root(), Code::RoundFileUnreadable);
    left::ROUND.say_rest(folder.root(), "", &mut own.findings);
    left::say_unread(folder.root(), &folder.of_workbooks()?, &mut own.findings);
    let settings = folder.settings();
    let text = own.text(&settings, Code::SettingsSyntax);
    let register = own.book(&folder.register());
    let (mut sets, mut unread) = (Vec::new(), Vec::new());
    for named in folder.criteria()? {
        match own.book(&named) {
            Some(book) => sets.push(book),
            None => unread.push(named.name),
        }
    }
    let mut optional = |named: Option<Named>| named.and_then(|it| own.book(&it));
    let exemptions = optional(folder.exemptions());
    let waivers = optional(folder.waivers());
    let revisions = optional(folder.revisions());
    let OwnFiles { inputs, mut findings, .. } = own;
    let (Some(text), Some(register)) = (text, register) else {
        return Err(Failure::Round(findings));
    };
    let books = RoundBooks { register, sets, unread, exemptions, revisions, waivers };
    let (round, more) = round::read(&settings.name, &text, books).into_parts();
    findings.extend(more);
    findings.sort();
    match round.filter(|_| !findings.iter().any(Finding::is_error)) {
        Some(round) => Ok(Loaded { round, findings, inputs }),
        None => Err(Failure::Round(findings)),
    }
}

/// Reads these files of `nop/`, in parallel. `tick` is called once for every file
/// that is done, from any thread.
pub fn forms(
    folder: &Folder,
    files: Vec<Named>,
    round: &Round,
    tick: &(dyn Fn() + Sync),
) -> Vec<Reading> {
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
    readings
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
    let attempt = AssertUnwindSafe(|| match opened(named, &bytes) {
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

/// The form in a file of whichever format is read.
fn opened(named: &Named, bytes: &[u8]) -> Result<Opened, Finding> {
    excel::read_but(&UNREAD, &named.name, bytes).or_else(|refused| {
        match excel::foreign(refused.code, bytes) {
            Some(kind) => child::read(kind, &UNREAD, named, bytes),
            None => Err(refused),
        }
    })
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
