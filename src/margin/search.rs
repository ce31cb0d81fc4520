//! The fewest items, and of those the fewest points, that turn a decision.
//!
//! How much two units' totals have to move together to turn a decision depends
//! only on the sum of each unit's moves, and more is never worse. So the fewest
//! items are those that can move furthest; and the fewest points are found over
//! all sums that so many items can make, which a table of sums holds exactly
//! (the subset-sum table, R. Bellman 1957): no sampling, no greed.

use crate::margin::reach::Moves;
use crate::round::criteria::ItemCode;

/// The most items a reversal may take. More is not a close decision.
pub const MOST_ITEMS: usize = 4;

/// The items of one unit that can move the way that turns the decision.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    items: Vec<(ItemCode, Moves)>,
}

/// The changes of each side, in code order, and their sum, in steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) sides: [Vec<(ItemCode, i64)>; 2],
    pub(super) steps: i64,
}

impl Side {
    /// Adds an item; one that cannot move is left out.
    pub(super) fn push(&mut self, code: ItemCode, moves: Moves) {
        if 0 < moves.most() {
            self.items.push((code, moves));
        }
    }

    /// The furthest that `count` items can move together; `None` when there are
    /// not so many.
    fn furthest(&self, count: usize) -> Option<i64> {
        let mut most: Vec<i64> = self.items.iter().map(|(_, moves)| moves.most()).collect();
        most.sort_unstable_by(|a, b| b.cmp(a));
        most.get(..count).map(|most| most.iter().sum())
    }
}

/// The reversal of the fewest items and points; `turns` says whether moving the
/// first side and the second by so many steps is enough, and is monotonic.
pub(super) fn fewest(sides: &[Side; 2], turns: impl Fn(i64, i64) -> bool) -> Option<Found> {
    let reaches = |count: usize, first: usize| {
        let down = sides[0].furthest(first)?;
        let up = sides[1].furthest(count - first)?;
        turns(down, up).then_some(down + up)
    };
    let (count, most) = (1..=MOST_ITEMS).find_map(|count| {
        let enough = (0..=count).filter_map(|first| reaches(count, first)).min()?;
        Some((count, enough))
    })?;
    let tables = [Table::of(&sides[0], count, most), Table::of(&sides[1], count, most)];
    let mut best: Option<(i64, usize, i64)> = None;
    for first in 0..=count {
        let ups: Vec<i64> = tables[1].sums(count - first).collect();
        // The more the first side moves, the less the second has to.
        let mut from = ups.len();
        for down in tables[0].sums(first) {
            while 0 < from && turns(down, ups[from - 1]) {
                from -= 1;
            }
            if let Some(up) = ups.get(from)
                && best.is_none_or(|(steps, ..)| down + up < steps)
            {
                best = Some((down + up, first, down));
            }
        }
    }
    let (steps, first, down) = best?;
    let changes = [
        tables[0].changes(&sides[0], first, down),
        tables[1].changes(&sides[1], count - first, steps - down),
    ];
    Some(Found { sides: changes, steps })
}

/// Which sums so many of the items from some place on can make.
struct Table {
    /// By the first item, then the number of items, then the sum.
    holds: Vec<Vec<Vec<bool>>>,
}

impl Table {
    fn of(side: &Side, count: usize, most: i64) -> Table {
        let length = usize::try_from(most).unwrap_or_default() + 1;
        let mut none = vec![vec![false; length]; count + 1];
        none[0][0] = true;
        let mut holds = vec![none];
        for (_, moves) in side.items.iter().rev() {
            let after = &holds[holds.len() - 1];
            let mut here = after.clone();
            for number in 1..=count {
                add(&mut here[number], &after[number - 1], moves);
            }
            holds.push(here);
        }
        holds.reverse();
        Table { holds }
    }

    /// The sums that exactly `count` items make, ascending.
    fn sums(&self, count: usize) -> impl Iterator<Item = i64> {
        (0..).zip(&self.holds[0][count]).filter_map(|(sum, holds)| holds.then_some(sum))
    }

    /// `count` items that make `sum`, in code order; the first ones that do.
    fn changes(&self, side: &Side, mut count: usize, mut sum: i64) -> Vec<(ItemCode, i64)> {
        let mut changes = Vec::new();
        for (at, (code, moves)) in side.items.iter().enumerate() {
            if count == 0 {
                break;
            }
            let rest = &self.holds[at + 1][count - 1];
            let fits = |by: &i64| {
                usize::try_from(sum - by).ok().and_then(|rest_sum| rest.get(rest_sum))
                    == Some(&true)
            };
            let stretch = moves.stretch.map(|(first, last)| first..=last);
            let mut all = moves.single.iter().copied().chain(stretch.into_iter().flatten());
            if let Some(by) = all.find(fits) {
                changes.push((*code, by));
                count -= 1;
                sum -= by;
            }
        }
        changes
    }
}

/// Sums of `before` moved on by one move of an item.
fn add(sums: &mut [bool], before: &[bool], moves: &Moves) {
    let place = |by: i64| usize::try_from(by).unwrap_or(usize::MAX);
    for by in moves.single.iter().map(|by| place(*by)).take_while(|by| *by < before.len()) {
        for (sum, holds) in sums[by..].iter_mut().zip(before) {
            *sum |= holds;
        }
    }
    let Some((first, last)) = moves.stretch else { return };
    let (first, last) = (place(first), place(last));
    // How many sums of `before` lie at most a stretch behind.
    let mut within = 0_usize;
    for at in first..sums.len() {
        within += usize::from(before[at - first]);
        if last < at {
            within -= usize::from(before[at - last - 1]);
        }
        sums[at] |= 0 < within;
    }
}
