//! How much a finding weighs, and how many of one kind are told.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Said, and nothing follows from it.
    Note,
    /// The value is certain enough to be scored; somebody should look.
    Warning,
    /// The value is not certain: the form is set aside, or the round refused.
    Error,
}

/// How many findings of one code in one file are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// One by one.
    Apart,
    /// From a few on, one for all that names each: the words follow the number.
    Listed(&'static str),
    /// Always one for all, with how many cells.
    Counted,
    /// Those that say the same are one, with how many rows.
    Same,
}
