//! When the system is to score a round by itself, and the texts and commands by
//! which Windows' Task Scheduler and systemd are told. Only texts: whoever calls
//! writes them and starts the system's programs.

mod timing;
mod task;
mod task_scheduler;
mod systemd;
mod scheduler;

pub use scheduler::Scheduler;
pub use task::{Step, Task, command_line, name_of};
pub use timing::{Moment, Timing};
