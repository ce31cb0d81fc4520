//! The sentences of appraisal.
