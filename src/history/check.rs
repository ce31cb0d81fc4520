//! The years against the settings, the register and each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::history as said;
use crate::finding::{Code, Findings, Place, Said};
use crate::history::SETTINGS;
use crate::history::genealogy::Genealogy;
use crate::history::members::Members;
use crate::history::period::{Area, Content, Era, Period};
use crate::history::year::{AreaTotal, Entry, Year};
use crate::points::{Index, Percent, Points, Quantity};
use crate::rank;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;
use crate::round::settings::{BlocId, Numbering};
use crate::round::terms::Confirmed;
use crate::text;

/// How many units a finding about several names.
const NAMED: usize = 3;

/// What every year is held against.
pub(super) struct Against<'a> {
    pub(super) period: &'a Period,
    pub(super) members: &'a Members,
    pub(super) genealogy: &'a Genealogy,
    pub(super) confirmed: &'a Confirmed,
}

/// Units of another bloc in the register than in every year.
pub(super) fn blocs(members: &Members, years: &BTreeMap<i16, Year>, findings: &mut Findings) {
    let mut told: BTreeMap<&UnitId, Vec<&BlocId>> = BTreeMap::new();
    for entry in years.values().flat_map(|it| &it.entries) {
        told.entry(&entry.unit).or_default().push(&entry.bloc);
    }
    for member in &members.list {
        let Some(told) = told.get(&member.id) else { continue };
        let other = told[0];
        if told.iter().all(|it| **it != member.bloc) {
            let (bloc, other) = (&member.bloc.0, &other.0);
            let said = said::BlocElsewhere { unit: &member.id, bloc, other };
            findings.say(member.place.clone(), said);
        }
    }
}

/// How the equal units of a bloc were numbered; `None` when its ranks follow no
/// way of numbering.
pub(super) fn numbering(ranks: &mut [u32]) -> Option<Numbering> {
    ranks.sort_unstable();
    let ties = || ranks.windows(2).map(|pair| pair[0] == pair[1]);
    let is = |numbering| ranks.is_empty() || rank::numbers(numbering, ties()) == *ranks;
    [Numbering::Standard, Numbering::Dense].into_iter().find(|it| is(*it))
}

/// One of several files of a year, when they say the same of every unit; which
/// one it is, is said.
pub(super) fn agreed(mut files: Vec<Year>, findings: &mut Findings) -> Option<Year> {
    // The file that says most is kept.
    files.sort_by_key(|it| {
        let items: usize = it.items.values().map(BTreeMap::len).sum();
        std::cmp::Reverse((items, it.entries.len()))
    });
    let kept = files.first()?;
    let of_kept: BTreeMap<&UnitId, &Entry> = kept.entries.iter().map(|it| (&it.unit, it)).collect();
    for other in &files[1..] {
        let before = findings.len();
        for entry in &other.entries {
            let mine = of_kept.get(&entry.unit).copied();
            let Some((here, there)) = differing(entry, mine) else { continue };
            let (unit, file) = (&entry.unit, &kept.file);
            findings.say(entry.place.clone(), said::FilesDisagree { unit, here, file, there });
        }
        let of_other: BTreeSet<&UnitId> = other.entries.iter().map(|it| &it.unit).collect();
        for entry in kept.entries.iter().filter(|it| !of_other.contains(&it.unit)) {
            let said = said::OnlyHere { unit: &entry.unit, file: &other.file };
            findings.say(entry.place.clone(), said);
        }
        if before == findings.len() {
            findings.say(Place::file(&other.file), said::FilesAgree { file: &kept.file });
        }
    }
    files.into_iter().next()
}

/// What two files say of one unit, where they differ. Points are compared where
/// both have them.
fn differing(here: &Entry, there: Option<&Entry>) -> Option<(Said, Said)> {
    let Some(there) = there else { return Some((result(here), said::WithoutRow {}.into())) };
    if here.placing() != there.placing() || here.bloc != there.bloc {
        return Some((result(here), result(there)));
    }
    let points = |code: &ItemCode, it: &AreaTotal| -> Said {
        said::AreaPoints { area: *code, points: it.points, max: it.max }.into()
    };
    here.areas.iter().find_map(|(code, own)| {
        let other = there.areas.get(code)?;
        let is_other = own.points != other.points || own.max != other.max;
        is_other.then(|| (points(code, own), points(code, other)))
    })
}

/// An entry's result in words.
fn result(entry: &Entry) -> Said {
    match entry.placing() {
        Some(it) => said::Placed { index: it.index, rank: it.rank, band: &it.band }.into(),
        None => said::NotRanked {}.into(),
    }
}

/// What the settings ask for and the years do not have: areas that no year has
/// points of, and rules on more years than there are.
pub(super) fn unmet(period: &Period, years: &BTreeMap<i16, Year>, findings: &mut Findings) {
    let is_held = |year: &i16| period.note(*year).is_none_or(|note| note.missing.is_none());
    let held: Vec<i16> = period.years().filter(is_held).collect();
    for era in &period.eras {
        let mut told: BTreeSet<ItemCode> = BTreeSet::new();
        for (year, results) in years {
            let blocs = era.blocs.iter().filter(|bloc| era.covers(bloc, *year));
            told.extend(blocs.flat_map(|bloc| results.weights(bloc).into_keys()));
        }
        // Results that are missing are said.
        let mut own = held.iter().filter(|it| (era.from..=era.to).contains(it));
        if told.is_empty() && own.all(|it| years.contains_key(it)) {
            findings.say(Place::line(SETTINGS, era.line), said::EraUnused { era: &era.id });
        }
        for area in era.areas.iter().filter(|it| !told.is_empty() && !told.contains(&it.code)) {
            let said = said::AreaUnused { era: &era.id, area: area.code, name: &area.name };
            findings.say(Place::line(SETTINGS, era.line), said);
        }
    }
    for (at, Content { id, name, line, .. }) in period.contents.iter().enumerate() {
        let areas = period.eras.iter().flat_map(|era| &era.areas);
        if areas.clone().all(|area| area.content != at) {
            let said = said::ContentUnused { content: id, name };
            findings.say(Place::line(SETTINGS, *line), said);
        }
    }
    let rules = period.awards.iter().flat_map(|it| it.collectives.iter().chain(&it.individuals));
    for rule in rules {
        let reached = rule.band.as_ref().map_or(0, |it| it.1);
        for (wanted, line) in [rule.ranked_years, reached].into_iter().zip(rule.lines) {
            if held.len() < wanted {
                let said = said::TooManyYears { rule: &rule.title, wanted, years: held.len() };
                findings.say(Place::line(SETTINGS, line), said);
            }
        }
    }
    let of_era = |era: &Era| held.iter().filter(|it| (era.from..=era.to).contains(it)).count();
    let longest = period.eras.iter().map(of_era).max().unwrap_or_default();
    let limits = &period.limits;
    let wanted = [limits.weak_years, limits.ranked_years].into_iter().zip([longest, held.len()]);
    for ((wanted, years), line) in wanted.zip(limits.lines) {
        if years < wanted {
            findings.say(Place::line(SETTINGS, line), said::LimitUnreachable { wanted, years });
        }
    }
}

impl Against<'_> {
    /// Everything wrong with one year by itself and against the settings.
    pub(super) fn year(&self, year: &Year, findings: &mut Findings) {
        let mut seen: BTreeMap<&UnitId, &Entry> = BTreeMap::new();
        let mut lines: BTreeMap<usize, &Entry> = BTreeMap::new();
        for entry in &year.entries {
            let (unit, place) = (&entry.unit, || entry.place.clone());
            if seen.insert(unit, entry).is_some() {
                findings.say(place(), said::UnitRepeated { unit, year: year.year });
                continue;
            }
            self.unit(year.year, entry, findings);
            self.placing(year.year, entry, findings);
            let line = self.genealogy.of(unit);
            if let Some(other) = line.and_then(|line| lines.insert(line, entry)) {
                let (unit, other) = (&other.unit, unit);
                findings.say(place(), said::LineDoubled { unit, other, year: year.year });
            }
        }
        self.sums(year, findings);
        self.ranks(year, findings);
        self.crosswalk(year, findings);
        self.absent(year, &seen, findings);
    }

    fn unit(&self, year: i16, entry: &Entry, findings: &mut Findings) {
        let Entry { unit, .. } = entry;
        let mut say = |said: Said| findings.say(entry.place.clone(), said);
        if self.period.bloc(&entry.bloc).is_none() {
            let near = text::nearest(&entry.bloc.0, self.period.blocs.iter().map(|it| &*it.id.0));
            let said = Said::from(said::BlocUnknown { bloc: &entry.bloc.0, near });
            say(said.of_unit(unit).under(Code::YearUnitUnknown));
        }
        let Some(member) = self.members.get(&entry.unit) else {
            say(said::UnitUnknown { found: unit, near: self.members.nearest(&unit.0) }.into());
            return;
        };
        let day = self.period.as_of(year);
        if !member.exists_on(day) {
            let mut then = self.members.list.iter().filter(|it| it.exists_on(day));
            let other = then.find(|it| it.is_called(&entry.name));
            let other = other.map(|it| said::CalledSoThen { unit: &it.id }.into());
            let said = Said::from(said::NotThen { unit, name: &member.name, day });
            say(match other {
                Some(other) => said.and(other),
                None => said,
            });
        } else if !member.is_called(&entry.name) {
            // One of another time will do: an id may have been given out again.
            let (found, name) = (&entry.name, &member.name);
            if let Some(other) = self.members.list.iter().find(|it| it.is_called(found)) {
                say(said::RowOfTwo { unit, name, found, other: &other.id }.into());
                return;
            }
            let own = std::iter::once(name).chain(&member.other_names).map(String::as_str);
            let said: Said = match text::nearest(found, own) {
                Some(_) => said::NameDiffers { found, name }.into(),
                None => said::NameForeign { found, name }.into(),
            };
            say(said.of_unit(unit));
        }
    }

    fn placing(&self, year: i16, entry: &Entry, findings: &mut Findings) {
        let Some(placing) = entry.placing() else { return };
        let mut say = |said: Said| findings.say(entry.place.clone(), said.of_unit(&entry.unit));
        let index = placing.index.quantity();
        let may_exceed = self.period.note(year).is_some_and(|note| note.is_over_hundred);
        let is_outside = index.is_negative() || (Quantity::whole(100) < index && !may_exceed);
        // A bonus or a penalty accounts for it, when it adds up.
        let is_accounted = entry.adjusted != Points::ZERO
            && entry.summed().is_some_and(|it| it.shown(self.period.places) == placing.index);
        if is_outside && !is_accounted {
            say(said::IndexOutside { index }.into());
        } else if self.period.places < index.places() {
            say(said::IndexTooFine { index, places: self.period.places }.into());
        }
        let bloc = self.period.bloc(&entry.bloc);
        if let Some(bloc) = bloc.filter(|bloc| bloc.band(&placing.band).is_none()) {
            let near = text::nearest(&placing.band, bloc.bands.iter().map(String::as_str));
            say(said::BandUnknown { band: &placing.band, near }.into());
        }
    }

    /// The points of the areas come to the index, as finely as the bloc's are
    /// written; not so where some items are in no column.
    fn sums(&self, year: &Year, findings: &mut Findings) {
        for bloc in &self.period.blocs {
            let of_bloc = year.entries.iter().filter(|it| it.bloc == bloc.id);
            let scored = of_bloc.filter_map(|it| Some((it, it.placing()?.index, it.summed()?)));
            let scored: Vec<(&Entry, Percent, Index)> = scored.collect();
            let places = scored.iter().map(|it| it.1.quantity().places()).max().unwrap_or_default();
            let step = Quantity::scaled(1, places);
            let differ =
                |it: &&(&Entry, Percent, Index)| step < it.1.apart(it.2.shown(places)).quantity();
            let wrong: Vec<_> = scored.iter().filter(differ).collect();
            let Some((first, ..)) = wrong.first() else { continue };
            let told = wrong.iter().take(NAMED).map(|(entry, index, summed)| {
                let summed = summed.shown(places).fixed(places);
                format!("{} ({summed}, ghi {})", entry.unit, index.fixed(places))
            });
            let units: Vec<String> = told.collect();
            let (bloc, count, among) = (&bloc.name, wrong.len(), scored.len());
            let said = said::SumsDiffer { bloc, count, among, units };
            let key = year.year.to_string();
            self.confirmed.doubt(&key, first.place.clone(), said.into(), findings);
        }
    }

    /// Ranks are numbered without holes, and a better index never ranks lower.
    fn ranks(&self, year: &Year, findings: &mut Findings) {
        for bloc in &self.period.blocs {
            let ranked = ranked(year, &bloc.id);
            let mut ranks: Vec<u32> = ranked.iter().map(|it| it.1).collect();
            if numbering(&mut ranks).is_none() {
                let place = ranked.first().map(|it| it.0.place.clone());
                let place = place.unwrap_or_else(|| Place::file(&year.file));
                findings.say(place, said::RanksWithHoles { bloc: &bloc.name });
                continue;
            }
            let wrong = ranked.windows(2).find(|pair| {
                let [a, b] = [pair[0].0, pair[1].0].map(|it| it.placing().map(|it| it.index));
                if pair[0].1 < pair[1].1 { a < b } else { a != b }
            });
            if let Some([(better, rank), (worse, worse_rank)]) = wrong {
                let (better, other) = (&better.unit, &worse.unit);
                let said = if rank < worse_rank {
                    Said::from(said::BetterRankedLower { unit: other, other: better })
                } else {
                    said::EqualApart { unit: better, other }.into()
                };
                findings.say(worse.place.clone(), said);
                continue;
            }
            let band = |it: &Entry| it.placing().and_then(|it| bloc.band(&it.band));
            let falls = |pair: &&[(&Entry, u32)]| match (band(pair[0].0), band(pair[1].0)) {
                (Some(better), Some(worse)) => worse < better,
                _ => false,
            };
            if let Some([(first, _), (second, _)]) = ranked.windows(2).find(falls) {
                let of = |it: &Entry| it.placing().map(|it| it.band.clone()).unwrap_or_default();
                let (unit, band) = (&second.unit, of(second));
                let said = said::BandFalls { unit, band, other: &first.unit, worse: of(first) };
                findings.say(second.place.clone(), said);
            }
        }
    }

    /// Every area of the year's results has its content, by its name: a number
    /// alone means another area in another set.
    fn crosswalk(&self, year: &Year, findings: &mut Findings) {
        let file = &year.file;
        for bloc in &self.period.blocs {
            let Some(era) = self.period.era(&bloc.id, year.year) else { continue };
            let mut unnamed = Vec::new();
            for code in year.weights(&bloc.id).into_keys() {
                let mut names = year.areas.of(&bloc.id, code).peekable();
                let Some(area) = era.area(code) else {
                    let name = names.next();
                    let near = name.and_then(|it| nearest_area(era, it)).map(Area::told);
                    let near = near.as_deref();
                    let called = name.map(|it| format!(" «{it}»")).unwrap_or_default();
                    let (id, bloc) = (&era.id, &bloc.name);
                    let said =
                        said::AreaWithoutContent { era: id, area: code, called, file, bloc, near };
                    findings.say(Place::line(SETTINGS, era.line), said);
                    continue;
                };
                if names.peek().is_none() {
                    unnamed.push(format!("{code} = «{}»", area.name));
                }
                let content = &self.period.contents[area.content];
                let is_meant = |name: &&str| area.is_called(name) || content.is_called(name);
                for found in names.filter(|name| !is_meant(name)) {
                    let near = nearest_area(era, found).filter(|it| it.code != code);
                    let (name, near) = (&area.name, near.map(Area::told));
                    let (era, near) = (&era.id, near.as_deref());
                    let said = said::AreaRenamed { era, area: code, name, file, found, near };
                    findings.say(Place::line(SETTINGS, area.line), said);
                }
            }
            if !unnamed.is_empty() {
                let id = &era.id;
                let said = said::AreasUnnamed { file, era: id, areas: unnamed };
                self.confirmed.doubt(id, Place::line(SETTINGS, era.line), said.into(), findings);
            }
        }
    }

    /// Nobody disappears: a unit of that day is ranked or has a reason.
    fn absent(&self, year: &Year, seen: &BTreeMap<&UnitId, &Entry>, findings: &mut Findings) {
        let day = self.period.as_of(year.year);
        for member in &self.members.list {
            if member.exists_on(day) && !seen.contains_key(&member.id) {
                let (unit, name) = (&member.id, &member.name);
                let said = said::UnitMissing { unit, name, year: year.year };
                findings.say(Place::file(&year.file), said);
            }
        }
    }
}

/// The area of a set that a name means, or comes nearest to.
fn nearest_area<'a>(era: &'a Era, name: &str) -> Option<&'a Area> {
    let own = era.areas.iter().find(|it| it.is_called(name));
    own.or_else(|| {
        let near = text::nearest(name, era.areas.iter().map(|it| it.name.as_str()))?;
        era.areas.iter().find(|it| it.name == near)
    })
}

/// The ranked units of a bloc, best rank first, in the order of the file.
pub(super) fn ranked<'a>(year: &'a Year, bloc: &BlocId) -> Vec<(&'a Entry, u32)> {
    let of_bloc = year.entries.iter().filter(|it| it.bloc == *bloc);
    let mut ranked: Vec<(&Entry, u32)> =
        of_bloc.filter_map(|it| Some((it, it.placing()?.rank))).collect();
    ranked.sort_by_key(|it| it.1);
    ranked
}
