//! The fewest items, and of those the fewest points, that turn a decision.
//!
//! How two indices compare after their units' moves depends only on the sum of
//! each unit's moves, and more is never worse. So the fewest points are found
//! over all sums that so many items can make, which a table of sums holds
//! exactly (the subset-sum table, R. Bellman 1957): no sampling, no greed.
//!
//! Of equal indices the tie-breaks decide, and which items make a sum matters.
//! What each tie-break compares is a sum of some of the moves again, and the
//! first that differs decides: so of all ways to a sum the table keeps the one
//! whose sums by tie-break are the greatest, compared from the first on. That
//! order survives adding the same to both, hence the best way to a sum extends
//! the best way to a smaller one.

use std::cmp::Ordering;
use std::collections::VecDeque;

use crate::margin::reach::Moves;
use crate::round::criteria::ItemCode;

/// The most items a reversal may take. More is not a close decision.
pub const MOST_ITEMS: usize = 4;

/// The items of one unit that can move the way that turns the decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    items: Vec<SideItem>,
    /// How many tie-breaks there are.
    breaks: usize,
}

#[derive(Clone, Debug)]
struct SideItem {
    code: ItemCode,
    moves: Moves,
    /// By tie-break: 1 where its points count, else 0.
    counts: Vec<i64>,
}

/// The changes of each side, in code order, and their sum, in steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) sides: [Vec<(ItemCode, i64)>; 2],
    pub(super) steps: i64,
}

impl Side {
    pub(super) fn new(breaks: usize) -> Side {
        Side { items: Vec::new(), breaks }
    }

    /// Adds an item and which tie-breaks it counts in; one that cannot move is
    /// left out.
    pub(super) fn push(&mut self, code: ItemCode, moves: Moves, counts: Vec<i64>) {
        if 0 < moves.most() {
            self.items.push(SideItem { code, moves, counts });
        }
    }

    /// The furthest that `count` items can move together; `None` when there are
    /// not so many.
    fn furthest(&self, count: usize) -> Option<i64> {
        let mut most: Vec<i64> = self.items.iter().map(|it| it.moves.most()).collect();
        most.sort_unstable_by(|a, b| b.cmp(a));
        most.get(..count).map(|most| most.iter().sum())
    }
}

/// The reversal of the fewest items and points.
///
/// `order` says where moving the first side and the second by so many steps
/// leads: greater when that turns the decision, equal when the tie-breaks
/// decide; it is monotonic. `breaks` says whether they turn it, of what each
/// side moved by tie-break.
pub(super) fn fewest(
    sides: &[Side; 2],
    order: impl Fn(i64, i64) -> Ordering,
    breaks: impl Fn(&[i64], &[i64]) -> bool,
) -> Option<Found> {
    (1..=MOST_ITEMS).find_map(|count| fewest_of(count, sides, &order, &breaks))
}

/// The same of exactly `count` items.
fn fewest_of(
    count: usize,
    sides: &[Side; 2],
    order: &impl Fn(i64, i64) -> Ordering,
    breaks: &impl Fn(&[i64], &[i64]) -> bool,
) -> Option<Found> {
    let furthest = |first: usize| {
        let (down, up) = (sides[0].furthest(first)?, sides[1].furthest(count - first)?);
        Some((order(down, up), down + up))
    };
    let furthest: Vec<(Ordering, i64)> = (0..=count).filter_map(furthest).collect();
    let of = |wanted: Ordering| {
        furthest.iter().filter(move |(order, _)| *order == wanted).map(|(_, steps)| *steps)
    };
    // What surely turns it bounds what is worth looking at.
    let most = of(Ordering::Greater).min().or_else(|| of(Ordering::Equal).max())?;
    let tables = [Table::of(&sides[0], count, most), Table::of(&sides[1], count, most)];
    let mut best: Option<(i64, usize, i64, bool)> = None;
    for first in 0..=count {
        let (downs, ups) = (&tables[0].rows[0][first], &tables[1].rows[0][count - first]);
        let up_sums: Vec<i64> = ups.sums().collect();
        // The more the first side moves, the less the second has to.
        let (mut level, mut ahead) = (up_sums.len(), up_sums.len());
        for down in downs.sums() {
            while 0 < level && order(down, up_sums[level - 1]).is_ge() {
                level -= 1;
            }
            while 0 < ahead && order(down, up_sums[ahead - 1]).is_gt() {
                ahead -= 1;
            }
            let is_less = |up: &i64| best.is_none_or(|(steps, ..)| down + up < steps);
            let mut tied = up_sums[level..ahead].iter().copied().take_while(is_less);
            let tied = tied.find(|up| breaks(downs.keys(down), ups.keys(*up)));
            let up = tied.or(up_sums.get(ahead).copied()).filter(is_less);
            best = up.map(|up| (down + up, first, down, tied.is_some())).or(best);
        }
    }
    let (steps, first, down, is_tied) = best?;
    let changes = [
        tables[0].changes(&sides[0], first, down, is_tied),
        tables[1].changes(&sides[1], count - first, steps - down, is_tied),
    ];
    Some(Found { sides: changes, steps })
}

/// Which sums so many of the items from some place on can make, and the best
/// way to each.
struct Table {
    /// By the first item, then the number of items.
    rows: Vec<Vec<Sums>>,
}

/// By the sum.
#[derive(Clone)]
struct Sums {
    holds: Vec<bool>,
    /// What the best way moves by tie-break, one after the other.
    keys: Vec<i64>,
    breaks: usize,
}

impl Table {
    fn of(side: &Side, count: usize, most: i64) -> Table {
        let length = place(most) + 1;
        let breaks = side.breaks;
        let empty = Sums { holds: vec![false; length], keys: vec![0; length * breaks], breaks };
        let mut none = vec![empty; count + 1];
        none[0].holds[0] = true;
        let mut rows = vec![none];
        for item in side.items.iter().rev() {
            let after = &rows[rows.len() - 1];
            let mut here = after.clone();
            for number in 1..=count {
                here[number].add(&after[number - 1], item);
            }
            rows.push(here);
        }
        rows.reverse();
        Table { rows }
    }

    /// `count` items that make `sum`, in code order; the first ones that do, or
    /// the first that do so in the best way.
    fn changes(
        &self,
        side: &Side,
        mut count: usize,
        mut sum: i64,
        is_best: bool,
    ) -> Vec<(ItemCode, i64)> {
        let mut changes = Vec::new();
        let mut wanted = self.rows[0][count].keys(sum).to_vec();
        for (at, item) in side.items.iter().enumerate() {
            if count == 0 {
                break;
            }
            let rest = &self.rows[at + 1][count - 1];
            let left =
                |by: i64| wanted.iter().zip(&item.counts).map(move |(key, it)| key - it * by);
            let fits = |by: &i64| {
                *by <= sum
                    && rest.holds.get(place(sum - by)) == Some(&true)
                    && (!is_best || left(*by).eq(rest.keys(sum - by).iter().copied()))
            };
            let stretch = item.moves.stretch.map(|(first, last)| first..=last);
            let mut all = item.moves.single.iter().copied().chain(stretch.into_iter().flatten());
            if let Some(by) = all.find(fits) {
                wanted = left(by).collect();
                changes.push((item.code, by));
                count -= 1;
                sum -= by;
            }
        }
        changes
    }
}

impl Sums {
    fn sums(&self) -> impl Iterator<Item = i64> {
        (0..).zip(&self.holds).filter_map(|(sum, holds)| holds.then_some(sum))
    }

    fn keys(&self, sum: i64) -> &[i64] {
        self.at(place(sum))
    }

    fn at(&self, sum: usize) -> &[i64] {
        &self.keys[sum * self.breaks..][..self.breaks]
    }

    /// The sums of `before` moved on by one move of an item.
    fn add(&mut self, before: &Sums, item: &SideItem) {
        for by in item.moves.single.iter().map(|by| place(*by)) {
            for from in 0..before.holds.len().saturating_sub(by) {
                if before.holds[from] {
                    self.offer(from + by, before, from, item);
                }
            }
        }
        let Some((first, last)) = item.moves.stretch else { return };
        let (first, last) = (place(first), place(last));
        // The sums of `before` at most a stretch behind that a later one does
        // not better, the best first.
        let mut window: VecDeque<usize> = VecDeque::new();
        for sum in first..self.holds.len() {
            let from = sum - first;
            if before.holds[from] {
                while window.back().is_some_and(|it| before.leads(from, *it, item).is_ge()) {
                    window.pop_back();
                }
                window.push_back(from);
            }
            if window.front().is_some_and(|it| it + last < sum) {
                window.pop_front();
            }
            if let Some(from) = window.front() {
                self.offer(sum, before, *from, item);
            }
        }
    }

    /// Takes a way to `sum` over `from`, if it is the best one yet.
    fn offer(&mut self, sum: usize, before: &Sums, from: usize, item: &SideItem) {
        let by = steps(sum - from);
        let keys = before.at(from).iter().zip(&item.counts).map(|(key, it)| key + it * by);
        if !self.holds[sum] || keys.clone().gt(self.at(sum).iter().copied()) {
            self.holds[sum] = true;
            let own = &mut self.keys[sum * self.breaks..][..self.breaks];
            own.iter_mut().zip(keys).for_each(|(own, key)| *own = key);
        }
    }

    /// Which of two sums is the better one to go on from with one item to the
    /// same sum.
    fn leads(&self, one: usize, other: usize, item: &SideItem) -> Ordering {
        let keys = |from: usize| {
            let keys = self.at(from).iter().zip(&item.counts);
            keys.map(move |(key, it)| key - it * steps(from))
        };
        keys(one).cmp(keys(other))
    }
}

fn place(steps: i64) -> usize {
    usize::try_from(steps).unwrap_or(usize::MAX)
}

fn steps(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
