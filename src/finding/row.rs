//! One row of the table of codes: how much a finding weighs, how it is headed
//! and mended, and how many of one kind are told.

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

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    pub id: &'static str,
    pub severity: Severity,
    /// What is wrong, as a heading.
    pub title: &'static str,
    /// What the reader should do about it.
    pub help: &'static str,
    /// The same for the unit whose file it is about, where that differs; nothing
    /// where a unit is not told.
    pub to_unit: Option<&'static str>,
    pub many: Many,
}

/// Writes the enum, the list of all and the table from the same rows, so that
/// none of the three can lack a code.
macro_rules! codes {
    ($(
        $name:ident $id:literal $severity:ident $title:literal $help:literal
        $(-> $to_unit:literal)?
        $(=> $many:ident $(($words:literal))?)?
    )+) => {
        /// The kinds of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($name),+ }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$name),+];

            pub const fn info(self) -> CodeInfo {
                match self {
                    $(Code::$name => CodeInfo {
                        id: $id,
                        severity: Severity::$severity,
                        title: $title,
                        help: $help,
                        to_unit: [$(Some($to_unit),)? None][0],
                        many: [$(Many::$many $(($words))?,)? Many::Apart][0],
                    }),+
                }
            }
        }
    };
}

pub(super) use codes;
