//! The identity that a workbook carries so that it is known when it comes back:
//! a very hidden sheet, and the same pairs as document properties.

use crate::form::layout;
use crate::sheet::{Cell, Level, Row, Sheet, State};

/// The very hidden sheet: keys in the first column, values as text in the
/// second.
pub(super) fn sheet(pairs: &[(&str, String)]) -> Sheet {
    let row = |(key, value): &(&str, String)| {
        Row::new(vec![Cell::text(*key, Level::Plain), Cell::text(value, Level::Plain)])
    };
    Sheet {
        name: layout::IDENTITY.to_owned(),
        widths: vec![16.0, 70.0],
        rows: pairs.iter().map(row).collect(),
        state: State::VeryHidden,
        is_protected: true,
        ..Sheet::default()
    }
}

/// The same pairs for [`crate::sheet::Workbook::properties`].
pub(super) fn properties(pairs: &[(&str, String)]) -> Vec<(String, String)> {
    let named =
        |(key, value): &(&str, String)| (format!("{}{key}", layout::PROPERTY), value.clone());
    pairs.iter().map(named).collect()
}
