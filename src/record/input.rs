//! A file that a record names, with the digest of its bytes.

use serde::{Deserialize, Serialize};

/// A file that was read or written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// The path inside the round's folder, or inside that of the results, with
    /// `/` on every system.
    #[serde(rename = "tep")]
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}
