//! What a record holds, part by part.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::award::DeclineReason;
use crate::finding::Severity;
use crate::form::Fate;
use crate::rank::Reason;
use crate::record::amendment::Amendment;
use crate::record::firmness::FirmnessRecord;
use crate::record::input::Input;
use crate::record::items::SetAnalysisRecord;
use crate::record::json;
use crate::record::word::{Status, Word};
use crate::score::{Lack, ScoredBy};

/// The version of the format. A reader refuses any other.
pub(super) const VERSION: &str = "1";

/// Everything a round came to. The items of a unit, nearly all of a record, are
/// a list in a record that was read; in one to be written they are made only
/// while they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record<I = Vec<ItemRecord>> {
    /// [`VERSION`].
    #[serde(rename = "phien-ban")]
    pub version: String,
    /// The program and its version.
    #[serde(rename = "chuong-trinh")]
    pub program: String,
    #[serde(rename = "ky")]
    pub round: RoundRecord,
    #[serde(rename = "trang-thai")]
    pub status: Word<Status>,
    /// What keeps the result provisional.
    #[serde(rename = "con-thieu")]
    pub lacks: Vec<Word<Lack>>,
    #[serde(rename = "khoi")]
    pub blocs: Vec<BlocRecord<I>>,
    /// What the areas of each bloc's sets are called, so that a summary of
    /// several years knows them by more than their numbers; records of earlier
    /// programs have none.
    #[serde(rename = "linh-vuc", default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaRecord>,
    /// `None` when the round has no award rules.
    #[serde(rename = "khen-thuong")]
    pub awards: Option<AwardsRecord>,
    /// How well each item works; records of earlier programs have none.
    #[serde(rename = "phan-tich", default)]
    pub analysis: Vec<SetAnalysisRecord>,
    /// Only in the record of a round that asks how firm its result is.
    #[serde(rename = "do-vung", default, skip_serializing_if = "Option::is_none")]
    pub firmness: Option<FirmnessRecord>,
    /// Rules set aside for single units.
    #[serde(rename = "mien-tru", default)]
    pub waivers: Vec<WaiverRecord>,
    #[serde(rename = "phieu")]
    pub forms: Vec<FormRecord>,
    #[serde(rename = "phat-hien")]
    pub findings: Vec<FindingRecord>,
    #[serde(rename = "dau-vao")]
    pub inputs: Vec<Input>,
    /// What changed since a publication; `None` in the results of a round that
    /// was not published before, or is as it was published.
    #[serde(rename = "thay-doi", default)]
    pub amendment: Option<Amendment>,
    /// Every other file of the results but the log, by name; `None` in a record
    /// of before there were any, and while they are not all written.
    #[serde(rename = "dau-ra", default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<Input>>,
    /// The verification code ([`crate::record::seal()`]); `None` as for the outputs.
    #[serde(rename = "ma-xac-thuc", default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
}

/// The end of a record, which is known only when everything else is written.
#[derive(Debug, Serialize)]
pub struct End<'a> {
    #[serde(rename = "dau-ra")]
    pub outputs: &'a [Input],
    #[serde(rename = "ma-xac-thuc")]
    pub seal: &'a str,
}

/// The round, as its settings name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRecord {
    #[serde(rename = "ma")]
    pub id: String,
    #[serde(rename = "nam")]
    pub year: i16,
    #[serde(rename = "ten")]
    pub title: String,
    #[serde(rename = "can-cu")]
    pub source: String,
}

/// An area of a set that units of a bloc are scored by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaRecord {
    #[serde(rename = "khoi")]
    pub bloc: String,
    #[serde(rename = "bo-chi-so")]
    pub set: String,
    #[serde(rename = "ma")]
    pub code: String,
    #[serde(rename = "ten")]
    pub name: String,
}

/// One bloc's ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlocRecord<I = Vec<ItemRecord>> {
    #[serde(rename = "ma")]
    pub id: String,
    #[serde(rename = "ten")]
    pub name: String,
    /// The mean of the shown indices.
    #[serde(rename = "diem-trung-binh")]
    pub mean: Option<String>,
    #[serde(rename = "xep-hang")]
    pub standings: Vec<StandingRecord<I>>,
    #[serde(rename = "khong-xep-hang")]
    pub unranked: Vec<UnrankedRecord<I>>,
}

/// A ranked unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingRecord<I = Vec<ItemRecord>> {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "ten")]
    pub name: String,
    #[serde(rename = "hang")]
    pub rank: u32,
    #[serde(rename = "xep-loai")]
    pub band: String,
    #[serde(rename = "hang-truoc")]
    pub last_rank: Option<u32>,
    #[serde(rename = "chi-so-truoc")]
    pub last_index: Option<String>,
    #[serde(flatten)]
    pub card: CardRecord<I>,
}

/// A unit that is not ranked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnrankedRecord<I = Vec<ItemRecord>> {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "ten")]
    pub name: String,
    #[serde(rename = "ly-do")]
    pub reason: Word<Reason>,
    /// The reason as a sentence.
    #[serde(rename = "dien-giai")]
    pub told: String,
    #[serde(flatten)]
    pub card: Option<CardRecord<I>>,
}

/// A unit's points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRecord<I = Vec<ItemRecord>> {
    /// The shown index, in percent.
    #[serde(rename = "chi-so")]
    pub index: Option<String>,
    #[serde(rename = "tu-cham")]
    pub self_total: String,
    #[serde(rename = "tham-dinh")]
    pub appraised: String,
    #[serde(rename = "khao-sat")]
    pub survey: Option<String>,
    #[serde(rename = "thuong")]
    pub bonus: String,
    #[serde(rename = "tru")]
    pub penalty: String,
    #[serde(rename = "tong")]
    pub total: String,
    #[serde(rename = "toi-da")]
    pub possible: String,
    /// The share of the set that applies to the unit, in percent.
    #[serde(rename = "ty-le-ap-dung")]
    pub assessed: String,
    #[serde(rename = "muc")]
    pub items: I,
}

/// One item of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRecord {
    #[serde(rename = "ma")]
    pub code: String,
    #[serde(rename = "toi-da")]
    pub max: String,
    #[serde(rename = "tu-cham")]
    pub self_score: Option<String>,
    #[serde(rename = "tham-dinh")]
    pub appraised: Option<String>,
    /// Satisfaction, in percent.
    #[serde(rename = "hai-long")]
    pub satisfaction: Option<String>,
    /// The points in force.
    #[serde(rename = "diem")]
    pub points: Option<String>,
    #[serde(rename = "nguon")]
    pub by: Word<ScoredBy>,
}

/// The awards proposed, and who was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardsRecord {
    /// In đồng; `None` when no salary was needed.
    #[serde(rename = "luong-co-so")]
    pub salary: Option<i64>,
    #[serde(rename = "tap-the")]
    pub collectives: Vec<AwardRecord>,
    #[serde(rename = "ca-nhan")]
    pub individuals: Vec<PersonRecord>,
    #[serde(rename = "khong-xet")]
    pub declined: Vec<DeclinedRecord>,
}

/// One award proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardRecord {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "ten")]
    pub name: String,
    /// The rule's number in the settings, from 1.
    #[serde(rename = "quy-dinh")]
    pub rule: usize,
    #[serde(rename = "hang")]
    pub rank: u32,
    #[serde(rename = "chi-so")]
    pub index: String,
    /// In đồng.
    #[serde(rename = "muc-thuong")]
    pub amount: i64,
    /// In percentage points, above the best candidate left out.
    #[serde(rename = "cach-biet")]
    pub margin: Option<String>,
}

/// One award proposed for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRecord {
    #[serde(rename = "ho-ten")]
    pub person: String,
    #[serde(rename = "chuc-vu")]
    pub post: String,
    #[serde(flatten)]
    pub award: AwardRecord,
}

/// A unit or a person not proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclinedRecord {
    #[serde(rename = "don-vi")]
    pub unit: String,
    /// `None` for the unit itself.
    #[serde(rename = "ho-ten")]
    pub person: Option<String>,
    #[serde(rename = "ly-do")]
    pub reason: Word<DeclineReason>,
}

/// A rule set aside for one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverRecord {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "quy-dinh")]
    pub rule: String,
    /// The item; `None` for all, or where the rule is not about items.
    #[serde(rename = "muc")]
    pub item: Option<String>,
    #[serde(rename = "nguoi-de-nghi")]
    pub requester: String,
    #[serde(rename = "nguoi-phe-duyet")]
    pub approver: String,
    /// As people write it.
    #[serde(rename = "ngay")]
    pub dated: String,
    #[serde(rename = "ly-do")]
    pub reason: String,
    /// Whether it made a difference.
    #[serde(rename = "co-tac-dung")]
    pub is_used: bool,
}

/// One file of the intake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRecord {
    #[serde(flatten)]
    pub input: Input,
    #[serde(rename = "don-vi")]
    pub unit: Option<String>,
    #[serde(rename = "trang-thai")]
    pub fate: Word<Fate>,
}

/// One finding, with its remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRecord {
    #[serde(rename = "ma")]
    pub code: String,
    #[serde(rename = "muc-do")]
    pub severity: Word<Severity>,
    #[serde(rename = "tep")]
    pub file: String,
    #[serde(rename = "trang")]
    pub sheet: Option<String>,
    /// The cell or line as people write it.
    #[serde(rename = "o")]
    pub spot: Option<String>,
    #[serde(rename = "noi-dung")]
    pub message: String,
    #[serde(rename = "cach-xu-ly")]
    pub help: String,
}

impl<I: Serialize> Record<I> {
    /// The same with its items as a list.
    pub fn listed(&self) -> Record {
        let text = serde_json::to_vec(self).expect("a record is always JSON");
        serde_json::from_slice(&text).expect("what was written is read")
    }

    /// Writes the text of `ket-qua.json` as far as it is known without the
    /// outputs and the code: two spaces of indent, a line for each item, LF.
    /// [`End::write_json`] must follow.
    pub fn begin_json(&self, out: impl Write) -> io::Result<()> {
        json::begin(self, out)
    }
}

impl<I> Record<I> {
    /// Whether nothing is missing.
    pub fn is_final(&self) -> bool {
        self.status.bare() == Some(Status::Final)
    }

    /// Every other file of the results, as far as the record names any.
    pub fn outputs(&self) -> &[Input] {
        self.outputs.as_deref().unwrap_or_default()
    }

    /// The verification code; empty in a record of before there was one.
    pub fn seal(&self) -> &str {
        self.seal.as_deref().unwrap_or_default()
    }
}

impl End<'_> {
    /// Ends the text that [`Record::begin_json`] began.
    pub fn write_json(&self, out: impl Write) -> io::Result<()> {
        json::end(self, out)
    }
}
