//! How well each item works, as data: the part `phan-tich` of the record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::ItemStats;
use crate::points::Percent;
use crate::round::Round;
use crate::round::criteria::SetId;
use crate::words;

/// Decimals of a correlation.
const CORRELATION_PLACES: u32 = 2;

/// The items of one criteria set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAnalysisRecord {
    #[serde(rename = "bo-chi-so")]
    pub set: String,
    #[serde(rename = "muc")]
    pub items: Vec<ItemAnalysisRecord>,
}

/// See [`crate::analysis::ItemStats`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemAnalysisRecord {
    #[serde(rename = "ma")]
    pub code: String,
    #[serde(rename = "toi-da")]
    pub max: String,
    #[serde(rename = "so-don-vi")]
    pub scored: usize,
    #[serde(rename = "trung-binh")]
    pub mean: Option<String>,
    #[serde(rename = "do-kho")]
    pub facility: Option<String>,
    #[serde(rename = "dat-toi-da")]
    pub full: Option<String>,
    #[serde(rename = "khong-diem")]
    pub zero: Option<String>,
    #[serde(rename = "do-phan-tan")]
    pub spread: Option<String>,
    #[serde(rename = "do-phan-biet")]
    pub discrimination: Option<String>,
    #[serde(rename = "khong-ap-dung")]
    pub not_applicable: Option<String>,
    #[serde(rename = "doi-diem")]
    pub disagreement: Option<String>,
    #[serde(rename = "minh-chung-bi-ha")]
    pub disputed: Option<String>,
    #[serde(rename = "giong-nhat")]
    pub closest: Option<String>,
    #[serde(rename = "tuong-quan")]
    pub correlation: Option<String>,
    #[serde(rename = "nen-xem-lai")]
    pub advice: Vec<String>,
}

/// The analysis of every set, as it is recorded.
pub fn item_analysis(
    round: &Round,
    sets: &BTreeMap<SetId, Vec<ItemStats>>,
) -> Vec<SetAnalysisRecord> {
    let set = |(id, items): (&SetId, &Vec<ItemStats>)| SetAnalysisRecord {
        set: id.0.clone(),
        items: items.iter().map(|it| item(round, it)).collect(),
    };
    sets.iter().map(set).collect()
}

fn item(round: &Round, it: &ItemStats) -> ItemAnalysisRecord {
    let scoring = &round.settings.scoring;
    let percent = |percent: Option<Percent>| percent.map(|it| it.data(scoring.index_places));
    ItemAnalysisRecord {
        code: it.item.to_string(),
        max: it.max.data(scoring.places),
        scored: it.scored,
        mean: it.mean.map(|it| it.data(scoring.places)),
        facility: percent(it.facility),
        full: percent(it.full),
        zero: percent(it.zero),
        spread: it.spread.map(|it| it.points().data(scoring.places)),
        discrimination: it.discrimination.map(|it| it.points().data(CORRELATION_PLACES)),
        not_applicable: percent(it.not_applicable),
        disagreement: percent(it.disagreement),
        disputed: percent(it.disputed),
        closest: it.closest.map(|alike| alike.item.to_string()),
        correlation: it.closest.map(|alike| alike.correlation.points().data(CORRELATION_PLACES)),
        advice: it.advice.iter().map(|it| words::advice(*it)).collect(),
    }
}
