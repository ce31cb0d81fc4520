//! How firm a result is, as data: what was examined → the part `do-vung` of the
//! record.

use serde::{Deserialize, Serialize};

use crate::margin::{Against, Change, Decision, Firm, GAP_PLACES, Kind, Mark, Rest};
use crate::record::word::Word;
use crate::robustness::{BlocRobustness, Drop, Examined, SHARE_PLACES, UnitRobustness};
use crate::round::Round;
use crate::round::firmness::Firmness;
use crate::round::register::UnitId;
use crate::scenario::Outcome;

/// How firm the result is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmnessRecord {
    /// Draws made; 0 when the round declares nothing uncertain.
    #[serde(rename = "so-lan")]
    pub draws: u32,
    #[serde(rename = "hat-giong")]
    pub seed: Option<u64>,
    #[serde(rename = "quyet-dinh")]
    pub decisions: Vec<DecisionRecord>,
    #[serde(rename = "khoi")]
    pub blocs: Vec<BlocFirmnessRecord>,
}

/// See [`crate::margin::Decision`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    #[serde(rename = "khoi")]
    pub bloc: String,
    #[serde(rename = "loai")]
    pub kind: Word<Kind>,
    /// The award rule's number in the settings, from 1.
    #[serde(rename = "quy-dinh")]
    pub rule: Option<usize>,
    #[serde(rename = "xep-loai")]
    pub band: Option<String>,
    #[serde(rename = "don-vi")]
    pub unit: String,
    /// The other unit; `None` of an edge.
    #[serde(rename = "doi-voi")]
    pub other: Option<String>,
    /// The index at an edge, in percent; `None` of another unit.
    #[serde(rename = "mep")]
    pub edge: Option<String>,
    #[serde(rename = "cach-biet")]
    pub gap: String,
    #[serde(rename = "giu-nguyen")]
    pub stays: Option<String>,
    #[serde(rename = "ket-luan")]
    pub firm: Word<Firm>,
    /// What would turn it; `None` when few items cannot.
    #[serde(rename = "doi-diem")]
    pub changes: Option<Vec<ChangeRecord>>,
    #[serde(rename = "dua-vao")]
    pub rests_on: Vec<Word<Rest>>,
}

/// See [`crate::margin::Change`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRecord {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "ma")]
    pub code: String,
    #[serde(rename = "tu")]
    pub from: String,
    #[serde(rename = "den")]
    pub to: String,
    #[serde(rename = "danh-dau")]
    pub marks: Vec<Word<Mark>>,
}

/// One bloc's rank intervals, and what each area and item decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlocFirmnessRecord {
    #[serde(rename = "ma")]
    pub id: String,
    #[serde(rename = "khoang-hang")]
    pub units: Vec<IntervalRecord>,
    #[serde(rename = "bo-tung-muc")]
    pub drops: Vec<DropRecord>,
    /// Units that would stand elsewhere with the plain denominator.
    #[serde(rename = "khong-quy-doi")]
    pub plain: Vec<PlainRecord>,
}

/// See [`crate::robustness::UnitRobustness`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntervalRecord {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "hang")]
    pub rank: u32,
    #[serde(rename = "hang-5")]
    pub low: u32,
    #[serde(rename = "hang-50")]
    pub median: u32,
    #[serde(rename = "hang-95")]
    pub high: u32,
    #[serde(rename = "dong-thoi-tu")]
    pub joint_low: u32,
    #[serde(rename = "dong-thoi-den")]
    pub joint_high: u32,
    #[serde(rename = "dung-dau")]
    pub first: String,
    #[serde(rename = "duoc-khen")]
    pub awarded: Option<String>,
    #[serde(rename = "giu-xep-loai")]
    pub in_band: String,
}

/// See [`crate::robustness::Drop`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropRecord {
    #[serde(rename = "ma")]
    pub code: String,
    #[serde(rename = "doi-hang")]
    pub moved: usize,
    #[serde(rename = "doi-trung-binh")]
    pub shift: String,
    #[serde(rename = "hang-nhat")]
    pub first: Option<String>,
    #[serde(rename = "them-khen")]
    pub won: Vec<String>,
    #[serde(rename = "ra-khen")]
    pub lost: Vec<String>,
}

/// A unit's rank now and with the plain denominator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainRecord {
    #[serde(rename = "don-vi")]
    pub unit: String,
    #[serde(rename = "hang")]
    pub rank: Option<u32>,
    #[serde(rename = "hang-khong-quy-doi")]
    pub plain: Option<u32>,
}

/// What was examined, of a round that asks for it.
pub fn firmness(round: &Round, examined: Option<&Examined>) -> Option<FirmnessRecord> {
    let (firmness, examined) = round.settings.firmness.as_ref().zip(examined)?;
    Some(of(round, firmness, examined))
}

fn of(round: &Round, firmness: &Firmness, examined: &Examined) -> FirmnessRecord {
    let robustness = &examined.robustness;
    let decisions = examined.margins.decisions.iter().enumerate();
    let blocs = robustness.blocs.iter().zip(&examined.plain);
    FirmnessRecord {
        draws: robustness.draws,
        seed: firmness.draws.as_ref().map(|draws| draws.seed),
        decisions: decisions
            .map(|(at, it)| {
                decision(round, it, robustness.firm(firmness, at, it), {
                    robustness.stays.get(at).map(|stays| stays.data(SHARE_PLACES))
                })
            })
            .collect(),
        blocs: blocs.map(|(found, plain)| bloc(found, plain)).collect(),
    }
}

fn decision(round: &Round, it: &Decision, firm: Firm, stays: Option<String>) -> DecisionRecord {
    let bands = round.settings.blocs.iter().find(|bloc| bloc.id == it.bloc);
    let band = |at: usize| bands.and_then(|bloc| Some(bloc.bands.get(at)?.name.clone()));
    let places = round.settings.scoring.places;
    let change = |it: &Change| ChangeRecord {
        unit: it.unit.to_string(),
        code: it.item.to_string(),
        from: it.from.data(places),
        to: it.to.data(places),
        marks: it.marks.iter().map(Word::of).collect(),
    };
    let (rule, band) = match it.kind {
        Kind::Award(at) => (Some(at + 1), None),
        Kind::Band(at) => (None, band(at)),
        Kind::First | Kind::Pair => (None, None),
    };
    let (other, edge) = match &it.against {
        Against::Unit(unit) => (Some(unit.to_string()), None),
        Against::Edge { at, .. } => (None, Some(at.points().data(at.places()))),
    };
    DecisionRecord {
        bloc: it.bloc.0.clone(),
        kind: Word::of(&it.kind),
        rule,
        band,
        unit: it.unit.to_string(),
        other,
        edge,
        gap: it.gap.data(GAP_PLACES),
        stays,
        firm: Word::of(&firm),
        changes: it.reversal.as_ref().map(|it| it.changes.iter().map(change).collect()),
        rests_on: it.rests_on.iter().map(Word::of).collect(),
    }
}

fn bloc(found: &BlocRobustness, plain: &Outcome) -> BlocFirmnessRecord {
    let moves = plain.moves.iter().map(|it| PlainRecord {
        unit: it.unit.to_string(),
        rank: it.now.map(|it| it.rank),
        plain: it.then.map(|it| it.rank),
    });
    BlocFirmnessRecord {
        id: found.bloc.0.clone(),
        units: found.units.iter().map(interval).collect(),
        drops: found.drops.iter().map(drop).collect(),
        plain: moves.filter(|it| it.rank != it.plain).collect(),
    }
}

fn interval(it: &UnitRobustness) -> IntervalRecord {
    IntervalRecord {
        unit: it.unit.to_string(),
        rank: it.rank,
        low: it.low,
        median: it.median,
        high: it.high,
        joint_low: it.joint_low,
        joint_high: it.joint_high,
        first: it.first.data(SHARE_PLACES),
        awarded: it.awarded.map(|it| it.data(SHARE_PLACES)),
        in_band: it.in_band.data(SHARE_PLACES),
    }
}

fn drop(it: &Drop) -> DropRecord {
    let ids = |units: &[UnitId]| units.iter().map(UnitId::to_string).collect();
    DropRecord {
        code: it.code.to_string(),
        moved: it.moved,
        shift: it.shift.points().data(2),
        first: it.first.as_ref().map(UnitId::to_string),
        won: ids(&it.won),
        lost: ids(&it.lost),
    }
}
