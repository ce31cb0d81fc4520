//! What cells are for: a level and an alignment.

use crate::round::criteria::Node;

/// Writes the enum, the list of all and the alignments of each from the same
/// rows, so that no list can lack a level.
macro_rules! levels {
    ($($(#[$about:meta])* $name:ident: $($align:ident)+,)+) => {
        /// What a cell is, or the row it stands in.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Level {
            $($(#[$about])* $name,)+
        }

        impl Level {
            const ALL: &[Level] = &[$(Level::$name),+];

            /// The alignments its cells can have, its usual one first.
            fn alignments(self) -> &'static [Align] {
                match self {
                    $(Level::$name => &[$(Align::$align),+],)+
                }
            }
        }
    };
}

levels! {
    /// No border, plain.
    #[default]
    Plain: Left,
    /// Plain, bold.
    Strong: Left,
    /// Plain, italic, small: remarks under a title or a table.
    Remark: Left,
    /// The body above the issuing one: upright capitals.
    Parent: Center,
    /// The issuing body: bold capitals; a [`Level::IssuerLine`] below.
    Issuer: Center,
    /// A low row under the issuing body: a line as long as a third to a half of
    /// its name.
    IssuerLine: Center,
    /// Quốc hiệu: bold capitals.
    Nation: Center,
    /// Tiêu ngữ: bold, a line under it.
    Motto: Center,
    /// Place and date: italic.
    Dateline: Center,
    /// The title of a sheet: large, bold.
    Title: Center,
    /// Under the title: bold.
    Subtitle: Center,
    /// What is missing before the result is final: bold, red.
    Alarm: Center,
    /// Head of a table.
    Head: Center,
    /// A row of a table.
    Body: Left Center Right,
    /// A table number that carries a small mark of where it comes from: `t` the
    /// unit's own claim, `s` computed from its figures, `k` the survey. The
    /// mark is part of the look, so the cell stays a number.
    FromUnit: Right,
    FromFigures: Right,
    FromSurvey: Right,
    /// An area's row: bold, shaded.
    Area: Left Center Right,
    /// A criterion's row: bold.
    Criterion: Left Center Right,
    /// A total's row: bold, shaded more.
    Total: Left Center Right,
    /// A cell somebody fills in: unlocked, tinted.
    Input: Left Center Right,
    /// The same for a day.
    InputDay: Center,
    /// A cell of a table that is not to be filled in: shaded, grey, small.
    Closed: Left,
    /// A piece of news in a table that is good, doubtful or bad.
    Good: Left,
    Doubtful: Left,
    Bad: Left,
    /// Signature block: bold capitals.
    Signer: Center,
    /// Signature block: italic ("Ký, ghi rõ họ tên").
    SignHint: Center,
}

/// Where in its cell a value stands: texts left, codes, ranks and days in the
/// centre, numbers right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// What a cell is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role {
    pub level: Level,
    pub align: Align,
}

impl Level {
    #[must_use]
    pub fn left(self) -> Role {
        self.with(Align::Left)
    }

    #[must_use]
    pub fn center(self) -> Role {
        self.with(Align::Center)
    }

    #[must_use]
    pub fn right(self) -> Role {
        self.with(Align::Right)
    }

    /// A level that knows one alignment only has it whatever is asked for, so
    /// that a column may be told its alignment and each of its cells its level.
    #[must_use]
    pub fn with(self, align: Align) -> Role {
        let known = self.alignments();
        Role { level: self, align: if known.contains(&align) { align } else { known[0] } }
    }
}

impl From<&Node> for Level {
    fn from(node: &Node) -> Level {
        match node {
            Node::Item(_) => Level::Body,
            Node::Heading(heading) if heading.code.level() == 1 => Level::Area,
            Node::Heading(_) => Level::Criterion,
        }
    }
}

impl From<Level> for Role {
    fn from(level: Level) -> Role {
        Role { level, align: level.alignments()[0] }
    }
}

impl Role {
    /// How many levels there are.
    pub const LEVELS: usize = Level::ALL.len();

    /// Every role there is, in a fixed order.
    pub fn all() -> impl Iterator<Item = Role> {
        let roles = |level: Level| level.alignments().iter().map(move |&align| level.with(align));
        Level::ALL.iter().copied().flat_map(roles)
    }
}
