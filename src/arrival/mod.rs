//! The drop folder (`nop/` while it is watched): when a file in it is whole, which
//! of them were answered, and which units have sent what.

mod arrivals;
mod answered;
mod turnout;

pub use answered::{Answered, News};
pub use arrivals::{Arrivals, Change, Look, Reached, Wait, reached};
pub use turnout::{Count, OfBloc, Sender, State, Turnout};
