//! The blank form of a unit (phiếu trắng): its criteria set → a workbook to
//! fill in; and the same form with answers in it.
//!
//! Words and names come from [`layout`]; prompts, drop-downs and formulas from
//! the rules that the reader checks with.

mod answers;
mod claims;
mod frame;
mod scores;
mod nominations;

use crate::form::edition;
use crate::form::layout;
use crate::form::layout::Key;
use crate::handout::choices::Choices;
use crate::handout::identity;
use crate::handout::instructions;
use crate::round::Round;
use crate::round::register::Unit;
use crate::sheet::Workbook;
pub use answers::{Answer, Answers, Nomination};

/// The blank form of a unit.
pub fn workbook(round: &Round, unit: &Unit) -> Workbook {
    filled(round, unit, &Answers::default())
}

/// The form of a unit with these answers. Items of the legal list of
/// exemptions are marked not applicable, whatever the answers say.
pub fn filled(round: &Round, unit: &Unit, answers: &Answers) -> Workbook {
    let settings = &round.settings;
    let pairs = pairs(round, unit);
    let mut choices = Choices::default();
    let scores = scores::sheet(round, unit, answers, &mut choices);
    Workbook {
        title: format!("{} {}: {}", layout::TITLE, settings.year, unit.name),
        dated: settings.intake.deadline,
        places: settings.scoring.places,
        index_places: settings.scoring.index_places,
        // A property holds too little for the marks.
        properties: identity::properties(&pairs[..pairs.len() - 1]),
        sheets: vec![
            scores,
            nominations::sheet(round, unit, answers),
            instructions::sheet(round, unit),
            choices.sheet(),
            identity::sheet(&pairs),
        ],
    }
}

/// What the form's identity says.
fn pairs(round: &Round, unit: &Unit) -> Vec<(&'static str, String)> {
    let set = round.set(unit);
    let value = |key: Key| match key {
        Key::Version => layout::VERSION.to_owned(),
        Key::Round => round.settings.id.clone(),
        Key::Year => round.settings.year.to_string(),
        Key::Unit => unit.id.to_string(),
        Key::Set => set.id.to_string(),
        Key::Fingerprint => set.fingerprint.clone(),
        Key::Marks => edition::marks(set),
    };
    Key::ALL.into_iter().map(|key| (key.name(), value(key))).collect()
}
