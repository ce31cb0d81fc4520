//! The law of the cut: groups of equal candidates, best first, and the places
//! left → who wins, who does not and why.
//!
//! A group that fits takes its places. One that does not is tied when it is of
//! several units, and the rule says what becomes of it; whoever comes after it
//! gets nothing. Candidates of a single unit are never tied: the unit put them
//! in order.

use crate::award::reason::DeclineReason;
use crate::round::settings::TieAtCut;

/// The places left, by each limit there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    pub by_rule: usize,
    /// Of the total over all rules; `usize::MAX` without one.
    pub by_total: usize,
    /// Promised to the rules and blocs that come after.
    pub promised: usize,
}

impl Places {
    /// How many may still be given.
    pub fn left(self) -> usize {
        self.by_rule.min(self.by_total)
    }

    fn less(self, count: usize) -> Places {
        Places {
            by_rule: self.by_rule.saturating_sub(count),
            by_total: self.by_total.saturating_sub(count),
            ..self
        }
    }

    /// Whether so many more would pass the total, or take a place of those that
    /// come after.
    fn is_passed_by(self, count: usize) -> bool {
        let after = |taken: usize| self.promised.min(self.by_total.saturating_sub(taken));
        self.by_total < count || after(count) < after(self.left())
    }
}

/// What becomes of a group of equal candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict<'g, T> {
    pub winners: &'g [T],
    pub losers: &'g [T],
    /// Why the losers, if any, get nothing.
    pub reason: DeclineReason,
    /// The places that the group is tied at, if it is.
    pub tied_at: Option<Places>,
}

impl<'g, T> Verdict<'g, T> {
    fn new(group: &'g [T], wins: usize, reason: DeclineReason) -> Verdict<'g, T> {
        let (winners, losers) = group.split_at(wins.min(group.len()));
        Verdict { winners, losers, reason, tied_at: None }
    }
}

/// The verdict on each group in turn. Lazy: after a group without winners there
/// are none.
pub fn verdicts<'g, T: 'g, U: PartialEq>(
    groups: impl Iterator<Item = &'g [T]>,
    mut places: Places,
    tie: TieAtCut,
    unit: impl Fn(&T) -> U,
) -> impl Iterator<Item = Verdict<'g, T>> {
    groups.map(move |group| {
        let open = places;
        places = open.less(group.len());
        let left = open.left();
        let is_of_several = || group.iter().any(|it| unit(it) != unit(&group[0]));
        if left == 0 || group.len() <= left || !is_of_several() {
            return Verdict::new(group, left, DeclineReason::QuotaFull);
        }
        let verdict = match tie {
            TieAtCut::All if open.is_passed_by(group.len()) => {
                Verdict::new(group, 0, DeclineReason::AwaitsCouncil)
            }
            TieAtCut::All => Verdict::new(group, group.len(), DeclineReason::QuotaFull),
            TieAtCut::None => Verdict::new(group, 0, DeclineReason::TiedOut),
            TieAtCut::Council => Verdict::new(group, 0, DeclineReason::AwaitsCouncil),
        };
        Verdict { tied_at: Some(open), ..verdict }
    })
}

/// How a rule rules a tie, in the words of a finding; `reason` is what those
/// who lose by it are told.
pub fn ruling(tie: TieAtCut, reason: &DeclineReason) -> &'static str {
    match tie {
        TieAtCut::All if *reason == DeclineReason::AwaitsCouncil => {
            "lấy hết thì vượt tổng số hoặc lấy suất của khối khác, chờ quyết định"
        }
        TieAtCut::All => "lấy hết",
        TieAtCut::None => "không lấy",
        TieAtCut::Council => "chờ quyết định",
    }
}

/// Each unit of a group once, in the order of the group.
pub fn units_of<'g, T: 'g, U: PartialEq>(
    group: impl Iterator<Item = &'g T>,
    unit: impl Fn(&'g T) -> U,
) -> Vec<U> {
    let mut units = Vec::new();
    for found in group.map(unit) {
        if !units.contains(&found) {
            units.push(found);
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The unit and the number of a candidate.
    type Person = (u8, usize);

    fn outcomes(groups: &[Vec<Person>], places: Places, tie: TieAtCut) -> Vec<Verdict<'_, Person>> {
        verdicts(groups.iter().map(Vec::as_slice), places, tie, |it| it.0).collect()
    }

    fn of_rule(by_rule: usize) -> Places {
        Places { by_rule, by_total: usize::MAX, promised: 0 }
    }

    fn ties() -> impl Strategy<Value = TieAtCut> {
        prop::sample::select(vec![TieAtCut::All, TieAtCut::None, TieAtCut::Council])
    }

    fn groups() -> impl Strategy<Value = Vec<Vec<Person>>> {
        let group = prop::collection::vec(0_u8..3, 1..5);
        prop::collection::vec(group, 0..6).prop_map(|groups| {
            let numbered = |it: Vec<u8>| it.into_iter().zip(0..).collect();
            groups.into_iter().map(numbered).collect()
        })
    }

    #[test]
    fn each_ruling_of_a_tie() {
        let one = |unit: u8| (unit, 0);
        let groups = [vec![one(1)], vec![one(2), one(3)], vec![one(4)]];
        for (tie, wins, reason) in [
            (TieAtCut::All, [1, 2, 0], DeclineReason::QuotaFull),
            (TieAtCut::None, [1, 0, 0], DeclineReason::TiedOut),
            (TieAtCut::Council, [1, 0, 0], DeclineReason::AwaitsCouncil),
        ] {
            let found = outcomes(&groups, of_rule(2), tie);
            let counts: Vec<usize> = found.iter().map(|it| it.winners.len()).collect();
            assert_eq!(counts, wins, "{tie:?}");
            assert_eq!(found[1].reason, reason);
            assert_eq!(found[1].tied_at.map(Places::left), Some(1));
            assert_eq!((found[0].tied_at, found[2].tied_at), (None, None));
            assert_eq!(found[2].reason, DeclineReason::QuotaFull);
        }
    }

    #[test]
    fn persons_of_one_unit_are_not_tied() {
        let groups = [vec![(1, 0), (1, 1), (1, 2)]];
        let found = outcomes(&groups, of_rule(2), TieAtCut::Council);
        assert_eq!((found[0].winners.len(), found[0].tied_at), (2, None));
        assert_eq!(found[0].reason, DeclineReason::QuotaFull);
    }

    #[test]
    fn the_total_limits_as_the_rule_does() {
        let groups = [vec![(1, 0), (2, 0)]];
        let places = Places { by_rule: 5, by_total: 1, promised: 0 };
        let found = outcomes(&groups, places, TieAtCut::Council);
        assert_eq!(found[0].tied_at, Some(places));
    }

    #[test]
    fn taking_all_waits_where_it_passes_the_total_or_takes_a_promised_place() {
        #[track_caller]
        fn check(by_total: usize, promised: usize, wins: usize) {
            let groups = [vec![(1, 0), (2, 0), (3, 0)]];
            let places = Places { by_rule: 2, by_total, promised };
            let found = outcomes(&groups, places, TieAtCut::All);
            assert_eq!(found[0].winners.len(), wins, "{by_total} {promised}");
        }
        check(2, 0, 0);
        check(3, 0, 3);
        check(4, 1, 3);
        check(4, 2, 0);
        check(usize::MAX, 9, 3);
    }

    proptest! {
        #[test]
        fn no_more_win_than_there_are_places(
            groups in groups(), by_rule in 0_usize..9, by_total in 0_usize..9, tie in ties(),
        ) {
            let places = Places { by_rule, by_total, promised: 0 };
            let found = outcomes(&groups, places, tie);
            let wins: usize = found.iter().map(|it| it.winners.len()).sum();
            let is_beyond = tie == TieAtCut::All && found.iter().any(|it| it.tied_at.is_some());
            prop_assert!(wins <= places.left() || is_beyond);
            prop_assert!(wins <= by_total);
            prop_assert!(found.iter().filter(|it| it.tied_at.is_some()).count() <= 1);
        }

        #[test]
        fn the_order_within_a_group_changes_nothing(
            groups in groups(), by_rule in 0_usize..9, tie in ties(), turn in 0_usize..5,
        ) {
            let mut turned = groups.clone();
            for group in &mut turned {
                let by = turn % group.len();
                group.rotate_left(by);
                group.reverse();
            }
            let before = outcomes(&groups, of_rule(by_rule), tie);
            for (one, other) in before.iter().zip(outcomes(&turned, of_rule(by_rule), tie)) {
                prop_assert_eq!(one.winners.len(), other.winners.len());
                prop_assert_eq!(&one.reason, &other.reason);
                prop_assert_eq!(one.tied_at, other.tied_at);
                let is_split = !one.winners.is_empty() && !one.losers.is_empty();
                let mut all = one.winners.iter().chain(one.losers).map(|it| it.0);
                let first = all.next();
                prop_assert!(!is_split || all.all(|it| Some(it) == first));
            }
        }
    }
}
