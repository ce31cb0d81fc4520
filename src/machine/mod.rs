//! Whether a machine, and a folder on it, will do: facts → what is said of them.
//! Who asks the system finds the facts.

mod facts;
mod place;
mod judge;

pub use facts::{Deed, Drive, Facts, Mount, Trial};
pub use judge::{Line, VIETNAM, Verdict, judge};
pub use place::{Fleeting, fleeting, mount_of, service_in, synced_by};
