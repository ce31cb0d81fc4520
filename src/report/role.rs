//! What cells are for.

/// Writes the enum and the list of all from the same rows, so that the list
/// cannot lack a role.
macro_rules! roles {
    ($($(#[$about:meta])* $name:ident,)+) => {
        /// What a cell is for.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Role {
            $($(#[$about])* $name,)+
        }

        impl Role {
            pub const ALL: &[Role] = &[$(Role::$name),+];
        }
    };
}

roles! {
    /// No border, plain.
    #[default]
    Plain,
    /// Plain, bold.
    Strong,
    /// Plain, italic, small: remarks under a title or a table.
    Remark,
    /// The body above the issuing one: upright capitals, centred.
    ParentBody,
    /// The issuing body: bold capitals, centred; a [`Role::BodyLine`] below.
    Body,
    /// A low row under the issuing body: a line as long as a third to a half of
    /// its name.
    BodyLine,
    /// Quốc hiệu: bold capitals, centred.
    Nation,
    /// Tiêu ngữ: bold, centred, a line under it.
    Motto,
    /// Place and date: italic, centred.
    Dateline,
    /// The title of a sheet: large, bold, centred.
    Title,
    /// Under the title: bold, centred.
    Subtitle,
    /// What is missing before the result is final: bold, red, centred.
    Alarm,
    /// Head of a table.
    Head,
    /// Table text, left, wrapped.
    Text,
    /// Table text, centred: codes, ranks, dates.
    Center,
    /// Table number, right.
    Number,
    /// A table number that carries a small mark of where it comes from: `t` the
    /// unit's own claim, `s` computed from its figures, `k` the survey. The
    /// mark is part of the look, so the cell stays a number.
    FromUnit,
    FromFigures,
    FromSurvey,
    /// The same for an area's row: bold, shaded.
    AreaText,
    AreaCenter,
    AreaNumber,
    /// The same for a criterion's row: bold.
    CriterionText,
    CriterionCenter,
    CriterionNumber,
    /// The same for a total's row: bold, shaded more.
    TotalText,
    TotalCenter,
    TotalNumber,
    /// A cell somebody fills in: unlocked, tinted.
    InputText,
    InputCenter,
    InputNumber,
    InputDay,
    /// A cell of a table that is not to be filled in: shaded, grey, small,
    /// left, wrapped.
    Closed,
    /// Table text that is a good, doubtful or bad piece of news.
    Good,
    Doubtful,
    Bad,
    /// Signature block: bold capitals, centred.
    Signer,
    /// Signature block: italic, centred ("Ký, ghi rõ họ tên").
    SignHint,
}
