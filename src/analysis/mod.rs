//! What the results teach: shortfalls, gaps between claim and grant, areas, and
//! how well each item works.
//!
//! Values for the reports, without words. Points, sums and shares are exact
//! decimals, rounded once. A spread or a correlation needs a root: its sums are
//! exact, then the root is taken in binary floating point and rounded to the
//! decimals stated. None of these is a score, and no rank depends on them.

mod areas;
mod gaps;
mod moments;
mod alike;
mod items;
mod oddities;
mod shortfalls;

pub use alike::Alike;
pub use areas::{AreaCell, AreaRow, AreaTable, areas};
pub use gaps::{Gaps, ItemGap, UnitGap, gaps};
pub use items::{Advice, ItemStats, items};
pub use oddities::{COMMON, FullClaim, Jump, Oddities, SameWords, Stray, oddities};
pub use shortfalls::{Cause, Loss, NextBand, Shortfall, shortfalls};

use crate::points::{Percent, Points, Quantity, Ratio};

/// `part` of `whole` in percent, rounded half up; `None` of nothing.
fn share(part: usize, whole: usize, places: u32) -> Option<Percent> {
    let count = |n: usize| Quantity::whole(i64::try_from(n).expect("fewer than 2^63 units"));
    Ratio::new(count(part), count(whole)).map(|ratio| ratio.percent(places))
}

/// `points` ÷ `max` in percent, rounded half up; `None` where `max` is nothing.
fn facility(points: Points, max: Points, places: u32) -> Option<Percent> {
    Ratio::new(points.quantity(), max.quantity()).map(|ratio| ratio.percent(places))
}
