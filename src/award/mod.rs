//! Awards (khen thưởng): who is proposed, by which rule, for how much, and who
//! is not and why.
//!
//! Units and persons go through the same hands: everyone is a candidate, each
//! rule asks its gates, and the places go out by rank. A candidate outside the
//! gates takes no place, so a tie is only ever between those who could win.

pub mod money;
mod reason;
mod result;
pub mod cut;
mod candidate;
mod places;

pub use money::{money, rounded};
pub use places::award;
pub use reason::DeclineReason;
pub use result::{Award, Awards, Declined, TieNote};
