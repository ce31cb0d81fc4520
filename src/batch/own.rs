//! The folder's own files, each read once: a name → text or workbook, beside
//! what was noticed of it and the digest that it is known by.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::batch::folder::Named;
use crate::batch::source;
use crate::book::Book;
use crate::digest;
use crate::excel;
use crate::finding::form::ReaderStopped;
use crate::finding::round::{FileAbsent, NotText};
use crate::finding::{Code, Finding, Findings};
use crate::record::Input;

/// Reads files of one folder, and keeps account of them.
pub struct OwnFiles {
    root: PathBuf,
    /// The code under which a file that cannot be read is told.
    unreadable: Code,
    /// The files that were read, in the order in which they were.
    pub inputs: Vec<Input>,
    pub findings: Findings,
}

impl OwnFiles {
    pub fn of(root: &Path, unreadable: Code) -> OwnFiles {
        OwnFiles {
            root: root.to_owned(),
            unreadable,
            inputs: Vec::new(),
            findings: Findings::default(),
        }
    }

    /// A text, which has to be UTF-8; what is not is told under `not_text`.
    pub fn text(&mut self, named: &Named, not_text: Code) -> Option<String> {
        let bytes = self.bytes(named)?;
        let text = String::from_utf8(bytes);
        text.map_err(|_| self.findings.push(named.refused(NotText {}).under(not_text))).ok()
    }

    pub fn book(&mut self, named: &Named) -> Option<Book> {
        let bytes = self.bytes(named)?;
        let attempt = AssertUnwindSafe(|| excel::read(&named.name, &bytes));
        let opened = panic::catch_unwind(attempt).unwrap_or(Err(named.refused(ReaderStopped {})));
        match opened {
            Ok(opened) => {
                self.findings.extend(opened.notes);
                Some(opened.book)
            }
            Err(refused) => self.refuse(refused),
        }
    }

    /// Those of `files` that can be read, in parallel, in the order given.
    pub fn books(&mut self, files: &[Named]) -> Vec<Book> {
        let read = |named: &Named| {
            let mut apart = OwnFiles::of(&self.root, self.unreadable);
            (apart.book(named), apart)
        };
        let read: Vec<_> = files.par_iter().map(read).collect();
        let books = read.into_iter().filter_map(|(book, apart)| {
            self.append(apart);
            book
        });
        books.collect()
    }

    /// Takes over the account of others.
    pub fn append(&mut self, other: OwnFiles) {
        self.inputs.extend(other.inputs);
        self.findings.extend(other.findings);
    }

    /// What is in a file, which must be there.
    pub(super) fn bytes(&mut self, named: &Named) -> Option<Vec<u8>> {
        if !named.path.exists() {
            self.findings.push(named.refused(FileAbsent { file: &named.name }));
            return None;
        }
        match source::read(&self.root, &named.path, &named.name) {
            Ok(bytes) => {
                let sha256 = digest::sha256(&bytes);
                self.inputs.push(Input { file: named.name.clone(), sha256 });
                Some(bytes)
            }
            Err(refused) => self.refuse(refused),
        }
    }

    fn refuse<T>(&mut self, refused: Finding) -> Option<T> {
        self.findings.push(refused.under(self.unreadable));
        None
    }
}
