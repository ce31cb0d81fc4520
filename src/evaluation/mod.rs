//! A round, evaluated: its folder → everything decided, how firm that is, what
//! a publication before it asks for, and the files of the results; and whether
//! results that lie there are what their inputs come to.
//!
//! Says nothing to anybody: how far the work has come goes to a [`Progress`],
//! and what there is to tell comes back as a value.

pub mod progress;
pub mod decide;
pub mod examine;
pub mod results;
pub mod publication;
pub mod note;
pub mod verify;
pub mod desk;

pub use decide::{Decided, decide};
pub use progress::Progress;
