//! The sentences of form.
