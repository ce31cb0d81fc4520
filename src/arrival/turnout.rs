//! Who has sent a form, and how sound it is: bloc by bloc, every unit that should.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::arrival::arrivals::Wait;
use crate::day::Day;
use crate::finding::{Code, Finding, Findings, file_name};
use crate::form::{Fate, Receipt};
use crate::round::Round;
use crate::round::register::{Unit, UnitId};
use crate::round::settings::Bloc;
use crate::tally::Tally;

/// Who has sent what so far.
#[derive(Clone, Debug)]
pub struct Turnout<'a> {
    /// In the order of the settings.
    pub blocs: Vec<OfBloc<'a>>,
    /// Files meant as forms of which nobody knows whose they are, each with what
    /// was noticed of it.
    pub unknown: Vec<(&'a Receipt, Vec<&'a Finding>)>,
}

/// The units of one bloc, in the order of the register.
#[derive(Clone, Debug)]
pub struct OfBloc<'a> {
    pub bloc: &'a Bloc,
    pub senders: Vec<Sender<'a>>,
}

/// One unit, and what came from it.
#[derive(Clone, Debug)]
pub struct Sender<'a> {
    pub unit: &'a Unit,
    pub state: State,
    /// The day written on the form that counts.
    pub dated: Option<Day>,
    /// That form is late, and nothing excuses it.
    pub is_late: bool,
    pub files: Vec<&'a Receipt>,
    /// What is to be mended or looked at, by the unit or the secretariat, the gravest
    /// first.
    pub findings: Vec<&'a Finding>,
}

impl Sender<'_> {
    /// The names of its files, in one text.
    pub fn file_names(&self) -> String {
        self.files.iter().map(|it| file_name(&it.file)).collect::<Vec<_>>().join("; ")
    }
}

/// How a unit stands with its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Something came and nothing of it counts.
    Flawed,
    /// Its form counts, with faulty items at nothing.
    Provisional,
    /// Something came, and is not read yet.
    Awaited,
    /// Nothing came.
    Missing,
    /// Its form counts in full.
    Sound,
    /// It sends none, by decision.
    Exempt,
}

/// How many units stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that should send a form.
    pub expected: usize,
    pub sound: usize,
    pub provisional: usize,
    pub flawed: usize,
    pub awaited: usize,
    pub missing: usize,
}

impl Count {
    fn of<'s>(senders: impl Iterator<Item = &'s Sender<'s>>) -> Count {
        let mut count = Count::default();
        for sender in senders {
            let of_state = match sender.state {
                State::Exempt => continue,
                State::Sound => &mut count.sound,
                State::Provisional => &mut count.provisional,
                State::Flawed => &mut count.flawed,
                State::Awaited => &mut count.awaited,
                State::Missing => &mut count.missing,
            };
            *of_state += 1;
            count.expected += 1;
        }
        count
    }

    /// Those that sent something.
    pub fn sent(self) -> usize {
        self.expected - self.missing
    }
}

impl OfBloc<'_> {
    pub fn count(&self) -> Count {
        Count::of(self.senders.iter())
    }

    pub fn of(&self, state: State) -> impl Iterator<Item = &Sender<'_>> {
        self.senders.iter().filter(move |it| it.state == state)
    }
}

impl<'a> Turnout<'a> {
    /// `waiting` are the files that are not read yet.
    pub fn of(round: &'a Round, tally: &'a Tally, waiting: &[(String, Wait)]) -> Turnout<'a> {
        let awaited = waiting.iter().filter_map(|it| round.register.told_by_path(&it.0));
        let awaited: BTreeSet<&UnitId> = awaited.map(|unit| &unit.id).collect();
        let noticed = tally.findings_by_unit();
        let mut sent: BTreeMap<&UnitId, Vec<&Receipt>> = BTreeMap::new();
        for receipt in &tally.intake.receipts {
            if let Some(unit) = receipt.unit.as_ref().or(receipt.possible.as_ref()) {
                sent.entry(unit).or_default().push(receipt);
            }
        }
        let sender = |unit: &'a Unit| {
            let mut findings: Vec<&Finding> = noticed.get(&unit.id).cloned().unwrap_or_default();
            findings.sort_by_key(|it| std::cmp::Reverse(it.severity()));
            // It is said of each of the forms, and names them all.
            let mut is_told = false;
            findings
                .retain(|it| it.code != Code::UnitRepeated || !mem::replace(&mut is_told, true));
            let files = sent.get(&unit.id).cloned().unwrap_or_default();
            let form = tally.intake.forms.get(&unit.id);
            Sender {
                unit,
                state: state(unit, &files, awaited.contains(&unit.id)),
                dated: form.and_then(|it| it.dated),
                is_late: form.is_some_and(|it| round.is_late(&unit.id, it.dated)),
                files,
                findings,
            }
        };
        let of_bloc =
            |bloc: &'a Bloc| OfBloc { bloc, senders: round.units(bloc).map(sender).collect() };
        let unknown =
            tally.intake.receipts.iter().filter(|it| {
                it.unit.is_none() && it.possible.is_none() && it.fate == Fate::SetAside
            });
        let with_findings = |it: &'a Receipt| (it, of_file(&tally.findings, &it.file));
        Turnout {
            blocs: round.settings.blocs.iter().map(of_bloc).collect(),
            unknown: unknown.map(with_findings).collect(),
        }
    }

    pub fn count(&self) -> Count {
        Count::of(self.senders())
    }

    /// Every unit of every bloc.
    pub fn senders(&self) -> impl Iterator<Item = &Sender<'a>> {
        self.blocs.iter().flat_map(|it| &it.senders)
    }
}

fn of_file<'a>(findings: &'a Findings, file: &str) -> Vec<&'a Finding> {
    findings.iter().filter(|it| it.place.file == file).collect()
}

fn state(unit: &Unit, files: &[&Receipt], is_awaited: bool) -> State {
    let has = |fates: &[Fate]| files.iter().any(|it| fates.contains(&it.fate));
    if unit.exempt.is_some() {
        State::Exempt
    } else if has(&[Fate::Counted]) {
        State::Sound
    } else if has(&[Fate::Provisional]) {
        State::Provisional
    } else if has(&[Fate::SetAside]) {
        State::Flawed
    } else if is_awaited {
        State::Awaited
    } else {
        State::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::round::criteria::SetId;
    use crate::round::settings::BlocId;

    fn unit(exempt: Option<&str>) -> Unit {
        Unit {
            id: UnitId("A".to_owned()),
            name: "A".to_owned(),
            other_names: Vec::new(),
            bloc: BlocId("k".to_owned()),
            set: SetId("b".to_owned()),
            head: String::new(),
            post: String::new(),
            since: None,
            until: None,
            predecessors: Vec::new(),
            exempt: exempt.map(str::to_owned),
        }
    }

    #[test]
    fn what_counts_decides_and_a_stray_file_is_no_form() {
        #[track_caller]
        fn check(fates: &[Fate], expected: State) {
            let receipts: Vec<Receipt> = fates
                .iter()
                .map(|fate| Receipt {
                    file: "nop/a.xlsx".to_owned(),
                    sha256: String::new(),
                    unit: None,
                    possible: None,
                    fate: *fate,
                })
                .collect();
            let files: Vec<&Receipt> = receipts.iter().collect();
            assert_eq!(state(&unit(None), &files, false), expected, "{fates:?}");
            let awaited = if expected == State::Missing { State::Awaited } else { expected };
            assert_eq!(state(&unit(None), &files, true), awaited, "{fates:?}");
            assert_eq!(state(&unit(Some("mới lập")), &files, true), State::Exempt);
        }
        check(&[], State::Missing);
        check(&[Fate::Stray], State::Missing);
        check(&[Fate::SetAside, Fate::SetAside], State::Flawed);
        check(&[Fate::SetAside, Fate::Provisional, Fate::Superseded], State::Provisional);
        check(&[Fate::Superseded, Fate::Counted, Fate::SetAside], State::Sound);
    }

    #[test]
    fn exempt_units_are_not_waited_for() {
        let (one, other) = (unit(None), unit(Some("mới lập")));
        let sender = |unit, state| Sender {
            unit,
            state,
            dated: None,
            is_late: false,
            files: Vec::new(),
            findings: Vec::new(),
        };
        let states = [State::Sound, State::Flawed, State::Awaited, State::Missing, State::Missing];
        let states = states.into_iter().map(|state| (&one, state));
        let senders = states.chain([(&other, State::Exempt)]);
        let senders: Vec<Sender> = senders.map(|(unit, state)| sender(unit, state)).collect();
        let count = Count::of(senders.iter());
        let expected =
            Count { expected: 5, sound: 1, provisional: 0, flawed: 1, awaited: 1, missing: 2 };
        assert_eq!((count, count.sent()), (expected, 3));
    }
}
