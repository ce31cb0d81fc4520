//! What is known of a machine and a folder on it.

use crate::day::Day;

/// Everything that is judged. What could not be told is `None`.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Of this program.
    pub version: &'static str,
    /// Where it runs from.
    pub program: Option<String>,
    /// The folder for temporary files.
    pub temporary: String,
    /// The folder asked about, from the root.
    pub folder: String,
    /// The bytes of everything in it, if it is a round.
    pub size: Option<u64>,
    pub trial: Trial,
    /// Bytes that are free there.
    pub free: Option<u64>,
    pub drive: Drive,
    /// Who carries the folder's files to other machines.
    pub synced_by: Option<String>,
    /// The day and the minute on this machine's clock.
    pub now: (Option<Day>, i64),
    /// Minutes by which the clock is ahead of UTC.
    pub ahead: Option<i64>,
    pub processors: usize,
    /// Bytes of memory.
    pub memory: Option<u64>,
    /// Whether what is printed is taken for UTF-8.
    pub is_utf8: Option<bool>,
}

/// What came of trying things out in the folder.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// The first thing that was refused, and why.
    pub refused: Option<(Deed, String)>,
    /// It was refused because the disk is full.
    pub is_full: bool,
    /// Whether a path longer than old programs take was written and read back,
    /// or why not.
    pub long_path: Option<Result<(), String>>,
    /// Whether names that differ in case alone are two.
    pub tells_case: Option<bool>,
    /// Whether a Vietnamese name came back as it was given.
    pub keeps_names: Option<bool>,
}

/// What a run does in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    MakeFolder,
    Write,
    ReadBack,
    RenameFile,
    RenameFolder,
    Remove,
}

/// What a folder lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    Fixed,
    Removable,
    Network,
    ReadOnly,
    Unknown,
}

/// A file system of Linux, as its kernel lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// `major:minor`.
    pub device: String,
    pub is_network: bool,
}
