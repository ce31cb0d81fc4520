//! What changed since results were published, as data.

use serde::{Deserialize, Serialize};

use crate::record::input::Input;

/// The changes against a publication (thay đổi so với bản công bố).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The archive of the publication.
    #[serde(rename = "so-voi")]
    pub base: Input,
    /// Its verification code.
    #[serde(rename = "ma-xac-thuc-cu")]
    pub base_seal: String,
    /// Why the results were made again, in words.
    #[serde(rename = "ly-do")]
    pub reason: String,
    /// Every number that changed, with the code of its reason.
    #[serde(rename = "diem")]
    pub points: Vec<RevisedPoint>,
    /// The units whose rank, index, band or award changed.
    #[serde(rename = "he-qua")]
    pub seats: Vec<RevisedSeat>,
}

/// A number that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisedPoint {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "ten")]
    pub name: String,
    /// The item's code; empty for a number of the whole unit.
    #[serde(rename = "ma")]
    pub item: String,
    #[serde(rename = "noi-dung")]
    pub what: String,
    /// As people read it.
    #[serde(rename = "truoc")]
    pub before: String,
    #[serde(rename = "nay")]
    pub after: String,
    #[serde(rename = "ma-ly-do")]
    pub code: String,
    #[serde(rename = "nghia")]
    pub meaning: String,
    #[serde(rename = "dien-giai")]
    pub note: String,
}

/// What followed for a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisedSeat {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "ten")]
    pub name: String,
    #[serde(rename = "truoc")]
    pub before: Seat,
    #[serde(rename = "nay")]
    pub after: Seat,
}

/// Where a unit came out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    #[serde(rename = "hang")]
    pub rank: Option<u32>,
    /// As people read it.
    #[serde(rename = "chi-so")]
    pub index: Option<String>,
    /// The band, or why there is no rank; empty for a unit that is not there.
    #[serde(rename = "xep-loai")]
    pub band: String,
    /// The awards of the unit and of its people; empty for none.
    #[serde(rename = "khen-thuong")]
    pub award: String,
}
