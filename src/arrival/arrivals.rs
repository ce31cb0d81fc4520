//! Looks at a folder and a clock → the files that are whole, and those that are
//! gone. Nothing here looks or waits: whoever does hands in what was seen, and
//! asks when to look again.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::finding::Code;
use crate::form::Reading;

/// A file that stays the same for so long is taken to be whole.
const SETTLE: Duration = Duration::from_secs(1);

/// The same for one that is empty, or cannot be read as a workbook: whoever copies
/// it may have stalled.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a file that somebody holds is left alone at first, and at most.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(32);

/// What one look sees of a file without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub size: u64,
    /// Another number after every change that the system knows of.
    pub stamp: i128,
    /// Only its name is here: a program that syncs has not fetched it.
    pub is_elsewhere: bool,
    /// Its name is no text: nobody can ask for it by its name.
    pub is_unnamed: bool,
}

/// Why a file is not read yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// It was changed a moment ago, or looks half copied.
    Growing,
    /// Another program holds it, or it may not be opened.
    Held,
    /// It has not been fetched by the program that syncs it.
    Elsewhere,
    /// Its name is no text.
    Unnamed,
}

/// How far reading a file came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It was read whole, whatever it is.
    Read,
    /// Its bytes were read and are no workbook: a part of one, perhaps.
    Doubtful,
    /// It could not be opened, or changed meanwhile.
    Held,
}

/// How far a reading came.
pub fn reached(reading: &Reading) -> Reached {
    let has = |codes: &[Code]| reading.findings.iter().any(|it| codes.contains(&it.code));
    if reading.sha256.is_empty() && has(&[Code::FileUnreadable, Code::FileChanging]) {
        Reached::Held
    } else if has(&[Code::FileUnreadable, Code::FileOtherFormat, Code::FileDamaged]) {
        Reached::Doubtful
    } else {
        Reached::Read
    }
}

/// Every file of the folder, and how far it has come.
#[derive(Clone, Debug, Default)]
pub struct Arrivals {
    files: BTreeMap<String, Seen>,
}

#[derive(Clone, Debug)]
struct Seen {
    look: Look,
    /// When it was first seen to be as it is.
    since: Duration,
    stage: Stage,
    /// A version of it was taken: its going is news.
    was_taken: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Settling,
    /// Not to be tried before `until`; then `pause` is how long it was left alone.
    Held {
        until: Duration,
        pause: Duration,
        is_doubted: bool,
    },
    Taken,
}

/// What a look brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// To be read now; in order of name.
    pub ready: Vec<String>,
    /// Were taken, and are no longer there.
    pub gone: Vec<String>,
}

impl Seen {
    /// When it may be read, if it stays as it is.
    fn due(&self) -> Option<Duration> {
        match self.stage {
            _ if self.look.is_elsewhere || self.look.is_unnamed => None,
            Stage::Settling if self.look.size == 0 => Some(self.since + PATIENCE),
            Stage::Settling => Some(self.since + SETTLE),
            Stage::Held { until, .. } => Some(until),
            Stage::Taken => None,
        }
    }
}

impl Arrivals {
    /// Takes in what is in the folder `now`, by a clock that never goes back.
    pub fn look(&mut self, now: Duration, looks: BTreeMap<String, Look>) -> Change {
        let mut change = Change::default();
        self.files.retain(|name, seen| {
            let is_there = looks.contains_key(name);
            if !is_there && seen.was_taken {
                change.gone.push(name.clone());
            }
            is_there
        });
        for (name, look) in looks {
            let fresh = Seen { look, since: now, stage: Stage::Settling, was_taken: false };
            let seen = self.files.entry(name.clone()).or_insert_with(|| fresh.clone());
            if seen.look != look {
                *seen = Seen { was_taken: seen.was_taken, ..fresh };
            } else if seen.due().is_some_and(|due| due <= now) {
                change.ready.push(name);
            }
        }
        change
    }

    /// A file that was ready has been read to its end.
    pub fn taken(&mut self, name: &str) {
        if let Some(seen) = self.files.get_mut(name) {
            seen.stage = Stage::Taken;
            seen.was_taken = true;
        }
    }

    /// A file that was ready could not be read: it is left alone for a while, for
    /// longer each time.
    pub fn held(&mut self, name: &str, now: Duration) {
        if let Some(seen) = self.files.get_mut(name) {
            let pause = match seen.stage {
                Stage::Held { pause, is_doubted: false, .. } => (pause * 2).min(LONGEST_PAUSE),
                _ => PAUSE,
            };
            seen.stage = Stage::Held { until: now + pause, pause, is_doubted: false };
        }
    }

    /// A file that was ready may be a part of one. Whether it is too early to say
    /// so: then it is read again later.
    pub fn is_early(&mut self, name: &str, now: Duration) -> bool {
        let Some(seen) = self.files.get_mut(name) else { return false };
        let until = seen.since + PATIENCE;
        let is_early = now < until;
        if is_early {
            seen.stage = Stage::Held { until, pause: PAUSE, is_doubted: true };
        }
        is_early
    }

    /// The files that are not read yet, and why.
    pub fn waiting(&self) -> impl Iterator<Item = (&str, Wait)> {
        self.files.iter().filter_map(|(name, seen)| {
            let wait = match seen.stage {
                _ if seen.look.is_unnamed => Wait::Unnamed,
                _ if seen.look.is_elsewhere => Wait::Elsewhere,
                // The first time it is perhaps a scanner, and over in a moment.
                Stage::Held { pause, is_doubted: false, .. } if PAUSE < pause => Wait::Held,
                Stage::Held { .. } | Stage::Settling => Wait::Growing,
                Stage::Taken => return None,
            };
            Some((name.as_str(), wait))
        })
    }

    /// When a file may be ready next, if all stay as they are.
    pub fn next(&self) -> Option<Duration> {
        self.files.values().filter_map(Seen::due).min()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn look(size: u64) -> Look {
        Look { size, stamp: 0, is_elsewhere: false, is_unnamed: false }
    }

    fn folder<const N: usize>(files: [(&str, Look); N]) -> BTreeMap<String, Look> {
        files.into_iter().map(|(name, look)| (name.to_owned(), look)).collect()
    }

    fn at(tenths: u64) -> Duration {
        Duration::from_millis(tenths * 100)
    }

    /// What is ready at each look at one file, and taken at once: tenths of a
    /// second and what is seen.
    #[track_caller]
    fn check(looks: &[(u64, Option<Look>)], expected: &[u64]) {
        let mut arrivals = Arrivals::default();
        let mut ready = Vec::new();
        for (tenths, look) in looks {
            let seen = look.map(|look| ("nop/a.xlsx".to_owned(), look)).into_iter().collect();
            if !arrivals.look(at(*tenths), seen).ready.is_empty() {
                arrivals.taken("nop/a.xlsx");
                ready.push(*tenths);
            }
        }
        assert_eq!(ready, expected);
    }

    #[test]
    fn a_file_is_whole_once_two_looks_apart_see_the_same() {
        let (a, b) = (Some(look(5)), Some(look(6)));
        check(&[(0, a)], &[]);
        check(&[(0, a), (9, a), (10, a), (20, a), (900, a)], &[10]);
        // Still being copied, then replaced, then taken away and put back.
        check(&[(0, a), (10, b), (19, b), (20, b), (30, b)], &[20]);
        check(&[(0, a), (10, a), (20, b), (30, b)], &[10, 30]);
        check(&[(0, a), (10, a), (20, None), (30, a), (40, a)], &[10, 40]);
        // The same size at another time is another file.
        let later = Some(Look { stamp: 1, ..look(5) });
        check(&[(0, a), (10, a), (20, later), (30, later)], &[10, 30]);
        // An empty file may be the beginning of one.
        let none = Some(look(0));
        check(&[(0, none), (10, none), (50, a), (60, a)], &[60]);
        check(&[(0, none), (99, none), (100, none)], &[100]);
        let far = Some(Look { is_elsewhere: true, ..look(5) });
        let unnamed = Some(Look { is_unnamed: true, ..look(5) });
        check(&[(0, unnamed), (10, unnamed), (900, unnamed)], &[]);
        check(&[(0, far), (10, far), (900, far), (910, a), (920, a)], &[920]);
    }

    #[test]
    fn a_held_file_is_tried_again_less_and_less_often_and_never_given_up() {
        let mut arrivals = Arrivals::default();
        let mut tried = Vec::new();
        for second in 0..200 {
            let now = Duration::from_secs(second);
            if !arrivals.look(now, folder([("a", look(5))])).ready.is_empty() {
                tried.push(second);
                arrivals.held("a", now);
                let wait = if second == 1 { Wait::Growing } else { Wait::Held };
                assert_eq!(arrivals.waiting().collect::<Vec<_>>(), [("a", wait)]);
            }
        }
        assert_eq!(tried, [1, 3, 7, 15, 31, 63, 95, 127, 159, 191]);
        assert_eq!(arrivals.next(), Some(Duration::from_secs(223)));
        assert!(arrivals.look(at(2230), folder([])).gone.is_empty());
    }

    #[test]
    fn a_broken_file_is_given_time_and_then_taken_for_what_it_is() {
        let mut arrivals = Arrivals::default();
        let seen = || folder([("a", look(5))]);
        arrivals.look(at(0), seen());
        assert_eq!(arrivals.look(at(10), seen()).ready, ["a"]);
        assert!(arrivals.is_early("a", at(10)));
        assert_eq!(arrivals.waiting().collect::<Vec<_>>(), [("a", Wait::Growing)]);
        assert_eq!(arrivals.look(at(99), seen()), Change::default());
        assert_eq!(arrivals.look(at(100), seen()).ready, ["a"]);
        assert!(!arrivals.is_early("a", at(100)));
        arrivals.taken("a");
        assert_eq!((arrivals.next(), arrivals.waiting().count()), (None, 0));
        assert_eq!(arrivals.look(at(110), folder([])).gone, ["a"]);
    }

    /// What happens to a file between two looks.
    #[derive(Clone, Copy, Debug)]
    enum Deed {
        Nothing,
        Write,
        Remove,
    }

    fn deeds() -> impl Strategy<Value = Vec<(u64, usize, Deed, bool)>> {
        let deed =
            prop_oneof![4 => Just(Deed::Nothing), 3 => Just(Deed::Write), 1 => Just(Deed::Remove)];
        prop::collection::vec((1..15_u64, 0..4_usize, deed, any::<bool>()), 1..80)
    }

    proptest! {
        /// Whatever happens, each version that stays is taken exactly once, none
        /// is taken while it changes, and whatever was taken and goes is said once.
        #[test]
        fn nothing_is_lost_and_nothing_taken_twice(deeds in deeds()) {
            let mut arrivals = Arrivals::default();
            let mut there: BTreeMap<String, (Look, Duration)> = BTreeMap::new();
            let mut taken: BTreeMap<String, Look> = BTreeMap::new();
            let (mut now, mut version) = (Duration::ZERO, 0);
            let quiet = (0..40).map(|_| (10, 0, Deed::Nothing, true));
            for (tenths, file, deed, is_read) in deeds.into_iter().chain(quiet) {
                now += at(tenths);
                let name = format!("nop/{file}.xlsx");
                match deed {
                    Deed::Nothing => {}
                    Deed::Write => {
                        version += 1;
                        there.insert(name, (Look { stamp: version, ..look(5) }, now));
                    }
                    Deed::Remove => drop(there.remove(&name)),
                }
                let looks = there.iter().map(|(name, it)| (name.clone(), it.0)).collect();
                let Change { ready, gone } = arrivals.look(now, looks);
                for name in gone {
                    prop_assert!(!there.contains_key(&name) && taken.remove(&name).is_some());
                }
                for name in ready {
                    let (look, since) = there[&name];
                    prop_assert!(since + SETTLE <= now, "{name} was changed just now");
                    if is_read {
                        prop_assert!(taken.insert(name.clone(), look) != Some(look), "{name} twice");
                        arrivals.taken(&name);
                    } else {
                        arrivals.held(&name, now);
                    }
                }
            }
            let left: BTreeMap<String, Look> =
                there.into_iter().map(|(name, it)| (name, it.0)).collect();
            prop_assert_eq!(taken, left);
            prop_assert_eq!((arrivals.waiting().count(), arrivals.next()), (0, None));
        }
    }
}
