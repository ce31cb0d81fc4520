//! The sentences of result.
