//! From a tally to how firm its ranks are (độ vững): a Monte Carlo simulation
//! of the uncertainties that the round declares, and what each area and item
//! decides.
//!
//! The methods are those of the OECD/JRC *Handbook on Constructing Composite
//! Indicators* (2008), step 7, uncertainty analysis; the reference
//! implementation is COINr (W. Becker et al., *COINr: An R package for
//! developing composite indicators*, JOSS 7(78), 2022). Statistics are floats;
//! no rank, band or award of the result depends on them.
//!
//! A [`Study`] only offers stretches of draws; who makes them, with how many
//! threads, changes nothing.

mod random;
mod model;
mod luck;
mod block;
mod order;
mod awards;
mod counts;
mod study;
mod draw;
mod drops;

use crate::margin::{Decision, Firm, Margins};
use crate::points::{Percent, Quantity, Ratio};
use crate::robustness::counts::UnitCounts;
use crate::round::firmness::Firmness;
use crate::round::register::UnitId;
use crate::round::settings::BlocId;
use crate::scenario::Outcome;

pub use counts::{Counts, Drawn};
pub use drops::Drop;
pub use study::Study;

/// Decimals of a share of draws in percent.
pub const SHARE_PLACES: u32 = 1;

/// The ends of a rank interval leave out one twentieth of the draws each.
const TAIL: u64 = 20;

/// Everything that was asked about how firm a result is.
#[derive(Clone, Debug)]
pub struct Examined {
    pub margins: Margins,
    pub robustness: Robustness,
    /// Everybody's place if what does not apply stayed in the denominator.
    pub plain: Vec<Outcome>,
}

/// How firm a round's ranks are.
#[derive(Clone, Debug)]
pub struct Robustness {
    /// How many draws were made; 0 when the round declares no uncertainty.
    pub draws: u32,
    /// In the order of the settings.
    pub blocs: Vec<BlocRobustness>,
    /// The share of draws in which each decision of the margins stayed, in
    /// percent; empty without draws.
    pub stays: Vec<Percent>,
}

#[derive(Clone, Debug)]
pub struct BlocRobustness {
    pub bloc: BlocId,
    /// Best first; empty without draws.
    pub units: Vec<UnitRobustness>,
    /// Areas and items in code order, each left out alone.
    pub drops: Vec<Drop>,
}

/// What the draws made of one ranked unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRobustness {
    pub unit: UnitId,
    /// As published.
    pub rank: u32,
    /// The rank that 5 %, 50 % and 95 % of the draws do not exceed.
    pub low: u32,
    pub median: u32,
    pub high: u32,
    /// The ends of the interval that holds for the whole bloc at once: in at
    /// least 90 % of the draws every unit is within its own. What each unit's
    /// interval leaves out is divided among the units of the bloc (C. Bonferroni
    /// 1936; on ranks: M. Mogstad, J. Romano, A. Shaikh, D. Wilhelm, *Inference
    /// for ranks*, Review of Economic Studies 91, 2024).
    pub joint_low: u32,
    pub joint_high: u32,
    /// Shares of the draws, in percent: it leads, it is awarded (as a
    /// collective; `None` without award rules), it is in the band it has.
    pub first: Percent,
    pub awarded: Option<Percent>,
    pub in_band: Percent,
}

impl Study<'_> {
    /// What all draws came to, and the analysis that needs none.
    pub fn finish(&self, counts: &Counts) -> Robustness {
        let draws = counts.draws;
        let blocs = self.drops().into_iter().enumerate().map(|(at, drops)| BlocRobustness {
            bloc: self.blocs[at].clone(),
            units: if draws == 0 { Vec::new() } else { self.units(at, counts) },
            drops,
        });
        let stays = counts.stays.iter().map(|stays| share(*stays, draws));
        Robustness { draws, blocs: blocs.collect(), stays: stays.collect() }
    }

    fn units(&self, at: usize, counts: &Counts) -> Vec<UnitRobustness> {
        let joint = TAIL * counts.units[at].len() as u64;
        let unit = |(number, it): (usize, &UnitCounts)| UnitRobustness {
            unit: self.units[at][number].clone(),
            rank: self.ranks[at][number],
            low: it.ranks.quantile(1, TAIL),
            median: it.ranks.quantile(1, 2),
            high: it.ranks.quantile(TAIL - 1, TAIL),
            joint_low: it.ranks.quantile(1, joint),
            joint_high: it.ranks.quantile(joint - 1, joint),
            first: share(it.ranks.first(), counts.draws),
            awarded: self.prizes.as_ref().map(|_| share(it.awarded, counts.draws)),
            in_band: share(it.in_band, counts.draws),
        };
        counts.units[at].iter().enumerate().map(unit).collect()
    }
}

impl Robustness {
    /// How firm a decision is, by its place among the margins: by its gap, and
    /// by the draws where they know less.
    pub fn firm(&self, firmness: &Firmness, at: usize, decision: &Decision) -> Firm {
        let stays = self.stays.get(at).zip(firmness.draws.as_ref());
        let by_draws = stays.map(|(stays, draws)| Firm::of(*stays, draws.stays));
        decision.firm.min(by_draws.unwrap_or(Firm::Certain))
    }
}

fn share(part: u32, whole: u32) -> Percent {
    let count = |n: u32| Quantity::whole(i64::from(n));
    let ratio = Ratio::new(count(part), count(whole));
    ratio.map(|ratio| ratio.percent(SHARE_PLACES)).unwrap_or_default()
}
