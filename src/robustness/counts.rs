//! What came out of draws, as counts that can be added up in any order.

/// What came out of some draws. Counts only, so that they can be added up in
/// any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub(super) draws: u32,
    /// By bloc and unit.
    pub(super) units: Vec<Vec<UnitCounts>>,
    /// How often each decision stayed as it is.
    pub(super) stays: Vec<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UnitCounts {
    pub(super) ranks: Ranks,
    pub(super) first: u32,
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
    /// Takes in what other draws came to.
    pub fn add(&mut self, other: &Counts) {
        self.draws += other.draws;
        for (mine, others) in self.units.iter_mut().zip(&other.units) {
            for (mine, other) in mine.iter_mut().zip(others) {
                for (rank, count) in (other.ranks.from..).zip(&other.ranks.counts) {
                    mine.ranks.add(rank, *count);
                }
                mine.first += other.first;
                mine.awarded += other.awarded;
                mine.in_band += other.in_band;
            }
        }
        for (mine, other) in self.stays.iter_mut().zip(&other.stays) {
            *mine += other;
        }
    }
}

impl Ranks {
    pub(super) fn add(&mut self, rank: u32, count: u32) {
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
        self.counts[at] += count;
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
            ranks.add(rank, count);
        }
        let quantiles = [0, 4, 5, 50, 95, 96].map(|percent| ranks.quantile(percent, 100));
        assert_eq!(quantiles, [5, 5, 7, 9, 9, 12]);
    }
}
