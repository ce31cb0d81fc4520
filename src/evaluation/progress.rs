//! How far a long piece of work has come, for whoever watches.

/// Called once for each thing that is done, from any thread, and dropped when
/// all are.
pub type Tick = Box<dyn Fn() + Send + Sync>;

/// Whoever is shown how far the work has come.
pub trait Progress {
    /// `count` things are about to be done; `what` says in the reader's words
    /// what is done with them.
    fn begin(&self, what: &'static str, count: usize) -> Tick;
}
