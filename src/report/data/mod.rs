//! The long tables of a round as data (`ket-qua/du-lieu/*.csv`): everything that
//! the sheets show a part of, one observation a row, and a dictionary of what
//! every column means.
//!
//! Rows are made one by one while they are written: no table is ever held whole.

mod table;
mod results;
mod lessons;
mod said;
mod firmness;
mod dictionary;

pub use table::Data;

use crate::report::Edition;
use crate::report::basis::Basis;
use crate::round::Round;
use crate::tally::Tally;

/// Every table of a round, and the dictionary.
pub fn tables<'a>(round: &'a Round, tally: &'a Tally, edition: &'a Edition<'a>) -> Vec<Data<'a>> {
    let basis = Basis { round, tally, edition };
    let mut tables = vec![
        results::scores(basis),
        lessons::shortfalls(basis),
        lessons::gaps(basis),
        results::ranking(basis),
        results::areas(basis),
        lessons::items(basis),
        said::survey(basis),
        said::adjustments(basis),
    ];
    if let Some((rules, awards)) = round.settings.awards.as_ref().zip(tally.awards.as_ref()) {
        tables.extend([said::awards(basis, rules, awards), said::declined(basis, awards)]);
    }
    tables.extend(edition.examined.map(|it| firmness::intervals(basis, it)));
    tables.extend(edition.oddities.map(|it| firmness::oddities(basis, it)));
    tables.extend(edition.amendment.map(said::revisions));
    tables.extend([said::findings(basis), said::receipts(basis), said::inputs(basis)]);
    let dictionary = dictionary::dictionary(&tables);
    tables.push(dictionary);
    tables
}
