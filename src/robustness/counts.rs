//! What came out of draws, as counts that can be added up in any order.

/// What came out of draws. Counts only, so that they can be added up in any
/// order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub(super) draws: u32,
    /// By bloc and unit.
    pub(super) units: Vec<Vec<UnitCounts>>,
    /// How often each decision stayed as it is.
    pub(super) stays: Vec<u32>,
}

/// What some draws came to. The ranks lie draw by draw: to count them by unit
/// at each draw would visit all counts of all units again and again.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub(super) draws: u32,
    pub(super) blocs: Vec<BlocDrawn>,
    pub(super) stays: Vec<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct BlocDrawn {
    /// Of every unit, one draw after the other.
    pub(super) ranks: Vec<u32>,
    /// By unit: how often it was awarded, and in the band it has.
    pub(super) awarded: Vec<u32>,
    pub(super) in_band: Vec<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UnitCounts {
    pub(super) ranks: Ranks,
    pub(super) awarded: u32,
    /// In the band it has.
    pub(super) in_band: u32,
}

/// How often each rank came out. Ranks lie close together, so only the stretch
/// that was met is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranks {
    from: u32,
    counts: Vec<u32>,
}

impl Counts {
    /// Takes in what some draws came to.
    pub fn add(&mut self, drawn: &Drawn) {
        self.draws += drawn.draws;
        for (units, bloc) in self.units.iter_mut().zip(&drawn.blocs) {
            let count = units.len();
            for (at, unit) in units.iter_mut().enumerate() {
                for rank in bloc.ranks.iter().skip(at).step_by(count) {
                    unit.ranks.add(*rank);
                }
                unit.awarded += bloc.awarded[at];
                unit.in_band += bloc.in_band[at];
            }
        }
        for (mine, other) in self.stays.iter_mut().zip(&drawn.stays) {
            *mine += other;
        }
    }
}

impl Ranks {
    fn add(&mut self, rank: u32) {
        if self.counts.is_empty() {
            self.from = rank;
        }
        if rank < self.from {
            let more = (self.from - rank) as usize;
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.from = rank;
        }
        let at = (rank - self.from) as usize;
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += 1;
    }

    /// In how many draws a unit led.
    pub(super) fn first(&self) -> u32 {
        if self.from == 1 { self.counts[0] } else { 0 }
    }

    /// The least rank that at least `part` of `whole` of all draws did not exceed.
    pub(super) fn quantile(&self, part: u64, whole: u64) -> u32 {
        let all: u64 = self.counts.iter().map(|it| u64::from(*it)).sum();
        let mut sum = 0;
        let ranks = (self.from..).zip(&self.counts);
        let reached = ranks.into_iter().find(|(_, count)| {
            sum += u64::from(**count);
            all * part <= sum * whole
        });
        reached.map_or(self.from, |(rank, _)| rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_counted_wherever_they_fall() {
        let mut ranks = Ranks::default();
        for (rank, count) in [(7, 1), (5, 2), (9, 90), (5, 2), (12, 5)] {
            (0..count).for_each(|_| ranks.add(rank));
        }
        let quantiles = [0, 4, 5, 50, 95, 96].map(|percent| ranks.quantile(percent, 100));
        assert_eq!(quantiles, [5, 5, 7, 9, 9, 12]);
        assert_eq!(ranks.first(), 0);
        ranks.add(1);
        assert_eq!(ranks.first(), 1);
    }
}
