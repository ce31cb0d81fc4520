//! Figures of several years beside each other: one that is far from the two
//! nearest is a slip of the keyboard, as a rule.

use crate::finding::setting as said;
use crate::points::Quantity;
use crate::round::section::Section;

/// What is told of a year, and on which line.
pub(super) struct Told {
    pub(super) year: i16,
    pub(super) value: Quantity,
    pub(super) line: usize,
}

/// An index moves by fewer percentage points in a year.
const FAR_MOVE: i64 = 25;

/// Doubts every figure that is far from both of its nearest.
pub(super) fn doubt(
    section: &Section,
    key: &str,
    mut told: Vec<Told>,
    is_far: fn(Quantity, Quantity) -> bool,
) {
    told.sort_by_key(|it| it.year);
    for (at, own) in told.iter().enumerate() {
        let first = at.saturating_sub(1).min(told.len().saturating_sub(3));
        let nearest = told.iter().enumerate().skip(first).filter(|(it, _)| *it != at).take(2);
        let nearest: Vec<&Told> = nearest.map(|(_, it)| it).collect();
        if nearest.len() == 2 && nearest.iter().all(|it| is_far(own.value, it.value)) {
            let others = nearest.iter().map(|it| format!("năm {}: {}", it.year, it.value));
            let others: Vec<String> = others.collect();
            section.doubt_on(own.line, key, said::FarFromOthers { found: own.value, others });
        }
    }
}

/// Whether one is ten times the other or more; nought is far from nothing.
pub(super) fn is_tenfold(one: Quantity, other: Quantity) -> bool {
    let (less, more) = (one.min(other), one.max(other));
    let ten = Quantity::whole(10);
    Quantity::ZERO < less && ten.times(less.points()) <= more.points()
}

/// Whether two indices are too far apart for neighbouring years.
pub(super) fn is_far_move(one: Quantity, other: Quantity) -> bool {
    let (less, more) = (one.min(other), one.max(other));
    Quantity::whole(FAR_MOVE).points() < more.points() - less.points()
}
