//! The years against the settings, the register and each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Findings, Place};
use crate::history::genealogy::Genealogy;
use crate::history::members::Members;
use crate::history::period::Period;
use crate::history::year::{Entry, Year};
use crate::points::Quantity;
use crate::rank;
use crate::round::register::UnitId;
use crate::round::settings::{BlocId, Numbering};
use crate::table::did_you_mean;
use crate::text;

/// What every year is held against.
pub(super) struct Against<'a> {
    pub(super) period: &'a Period,
    pub(super) members: &'a Members,
    pub(super) genealogy: &'a Genealogy,
}

/// How the equal units of a bloc were numbered; `None` when its ranks follow no
/// way of numbering.
pub(super) fn numbering(ranks: &mut [u32]) -> Option<Numbering> {
    ranks.sort_unstable();
    let ties = || ranks.windows(2).map(|pair| pair[0] == pair[1]);
    let is = |numbering| ranks.is_empty() || rank::numbers(numbering, ties()) == *ranks;
    [Numbering::Standard, Numbering::Dense].into_iter().find(|it| is(*it))
}

/// One of several files of a year, when they say the same of every unit.
pub(super) fn agreed(mut files: Vec<Year>, findings: &mut Findings) -> Option<Year> {
    // The file that says most is kept.
    files.sort_by_key(|it| {
        let items: usize = it.items.values().map(BTreeMap::len).sum();
        std::cmp::Reverse((items, it.entries.len()))
    });
    let kept = files.first()?;
    let of_kept: BTreeMap<&UnitId, &Entry> = kept.entries.iter().map(|it| (&it.unit, it)).collect();
    for other in &files[1..] {
        for entry in &other.entries {
            let what = match of_kept.get(&entry.unit) {
                Some(mine) if mine.placing() == entry.placing() && mine.bloc == entry.bloc => {
                    continue;
                }
                Some(mine) => told(mine),
                None => "không có dòng này".to_owned(),
            };
            let message = format!(
                "{}: tệp này ghi {}, còn {} ghi {what}",
                entry.unit,
                told(entry),
                kept.file
            );
            findings.push(Finding::new(Code::YearsDisagree, entry.place.clone(), message));
        }
        let of_other: BTreeSet<&UnitId> = other.entries.iter().map(|it| &it.unit).collect();
        for entry in kept.entries.iter().filter(|it| !of_other.contains(&it.unit)) {
            let message = format!("{}: có ở tệp này mà không có ở {}", entry.unit, other.file);
            findings.push(Finding::new(Code::YearsDisagree, entry.place.clone(), message));
        }
    }
    files.into_iter().next()
}

fn told(entry: &Entry) -> String {
    match entry.placing() {
        Some(it) => format!("chỉ số {}, hạng {}, {}", it.index, it.rank, it.band),
        None => "không xếp hạng".to_owned(),
    }
}

impl Against<'_> {
    /// Everything wrong with one year by itself and against the settings.
    pub(super) fn year(&self, year: &Year, findings: &mut Findings) {
        let mut seen: BTreeMap<&UnitId, &Entry> = BTreeMap::new();
        let mut lines: BTreeMap<usize, &Entry> = BTreeMap::new();
        for entry in &year.entries {
            let say = |code, message| Finding::new(code, entry.place.clone(), message);
            if seen.insert(&entry.unit, entry).is_some() {
                let message = format!("{} có hai dòng trong năm {}", entry.unit, year.year);
                findings.push(say(Code::YearUnitRepeated, message));
                continue;
            }
            self.unit(year.year, entry, findings);
            self.placing(year.year, entry, findings);
            let line = self.genealogy.of(&entry.unit);
            if let Some(other) = line.and_then(|line| lines.insert(line, entry)) {
                let message = format!(
                    "{} và {} là một đơn vị, cùng có kết quả năm {}",
                    other.unit, entry.unit, year.year
                );
                findings.push(say(Code::LineDoubled, message));
            }
        }
        self.ranks(year, findings);
        self.crosswalk(year, findings);
        self.absent(year, &seen, findings);
    }

    fn unit(&self, year: i16, entry: &Entry, findings: &mut Findings) {
        let mut say =
            |code, message| findings.push(Finding::new(code, entry.place.clone(), message));
        if self.period.bloc(&entry.bloc).is_none() {
            let near = text::nearest(&entry.bloc.0, self.period.blocs.iter().map(|it| &*it.id.0));
            let near = did_you_mean(near);
            let message = format!("{}: không có khối «{}»{near}", entry.unit, entry.bloc.0);
            say(Code::YearUnitUnknown, message);
        }
        let Some(member) = self.members.get(&entry.unit) else {
            let near = did_you_mean(self.members.nearest(&entry.unit.0));
            let message = format!("Mã đơn vị không có trong danh sách: «{}»{near}", entry.unit);
            say(Code::YearUnitUnknown, message);
            return;
        };
        let day = self.period.as_of(year);
        if !member.exists_on(day) {
            let mut then = self.members.list.iter().filter(|it| it.exists_on(day));
            let other = then.find(|it| it.is_called(&entry.name));
            let other = other.map(|it| format!("; đơn vị mang tên đó ngày ấy là {}", it.id));
            let message = format!(
                "{} ({}) không tồn tại ngày {day}{}",
                entry.unit,
                member.name,
                other.unwrap_or_default()
            );
            say(Code::YearUnitNotThen, message);
        } else if !member.is_called(&entry.name) {
            let message = format!(
                "{}: tệp ghi «{}», danh sách ghi «{}»",
                entry.unit, entry.name, member.name
            );
            say(Code::YearNameDiffers, message);
        }
    }

    fn placing(&self, year: i16, entry: &Entry, findings: &mut Findings) {
        let Some(placing) = entry.placing() else { return };
        let mut say =
            |code, message| findings.push(Finding::new(code, entry.place.clone(), message));
        let index = placing.index.quantity();
        let may_exceed = self.period.note(year).is_some_and(|note| note.is_over_hundred);
        if index.is_negative() || (Quantity::whole(100) < index && !may_exceed) {
            let message = format!("{}: chỉ số {index}, cần từ 0 đến 100", entry.unit);
            say(Code::YearIndexInvalid, message);
        } else if self.period.places < index.places() {
            let places = self.period.places;
            let message = format!("{}: chỉ số {index} có hơn {places} số lẻ", entry.unit);
            say(Code::YearIndexInvalid, message);
        }
        let bloc = self.period.bloc(&entry.bloc);
        if let Some(bloc) = bloc.filter(|bloc| bloc.band(&placing.band).is_none()) {
            let near = text::nearest(&placing.band, bloc.bands.iter().map(String::as_str));
            let near = did_you_mean(near);
            let message = format!("{}: khối không có mức «{}»{near}", entry.unit, placing.band);
            say(Code::YearBandUnknown, message);
        }
    }

    /// Ranks are numbered without holes, and a better index never ranks lower.
    fn ranks(&self, year: &Year, findings: &mut Findings) {
        for bloc in &self.period.blocs {
            let ranked = ranked(year, &bloc.id);
            let mut ranks: Vec<u32> = ranked.iter().map(|it| it.1).collect();
            if numbering(&mut ranks).is_none() {
                let message = format!("{}: thứ hạng không liên tục từ 1", bloc.name);
                let place = ranked.first().map(|it| it.0.place.clone());
                let place = place.unwrap_or_else(|| Place::file(&year.file));
                findings.push(Finding::new(Code::YearRankInvalid, place, message));
                continue;
            }
            let wrong = ranked.windows(2).find(|pair| {
                let [a, b] = [pair[0].0, pair[1].0].map(|it| it.placing().map(|it| it.index));
                if pair[0].1 < pair[1].1 { a < b } else { a != b }
            });
            if let Some([(better, rank), (worse, worse_rank)]) = wrong {
                let message = if rank < worse_rank {
                    format!("{} có chỉ số cao hơn {} mà hạng thấp hơn", worse.unit, better.unit)
                } else {
                    format!("{} và {} cùng hạng mà chỉ số khác nhau", better.unit, worse.unit)
                };
                let place = worse.place.clone();
                findings.push(Finding::new(Code::YearRankInvalid, place, message));
            }
        }
    }

    /// Every area of the year's results has its content.
    fn crosswalk(&self, year: &Year, findings: &mut Findings) {
        for bloc in &self.period.blocs {
            let Some(era) = self.period.era(&bloc.id, year.year) else { continue };
            for area in year.weights(&bloc.id).into_keys() {
                if era.content(area).is_none() {
                    let message = format!(
                        "[[bo-chi-so]] {}: chưa quy đổi lĩnh vực {area}, có trong {} ({})",
                        era.id, year.file, bloc.name
                    );
                    let place = Place::line(super::SETTINGS, era.line);
                    findings.push(Finding::new(Code::CrosswalkIncomplete, place, message));
                }
            }
        }
    }

    /// Nobody disappears: a unit of that day is ranked or has a reason.
    fn absent(&self, year: &Year, seen: &BTreeMap<&UnitId, &Entry>, findings: &mut Findings) {
        let day = self.period.as_of(year.year);
        for member in &self.members.list {
            if member.exists_on(day) && !seen.contains_key(&member.id) {
                let message = format!(
                    "{} ({}) không có tên trong kết quả năm {}",
                    member.id, member.name, year.year
                );
                let place = Place::file(&year.file);
                findings.push(Finding::new(Code::YearUnitMissing, place, message));
            }
        }
    }
}

/// The ranked units of a bloc, best rank first, in the order of the file.
pub(super) fn ranked<'a>(year: &'a Year, bloc: &BlocId) -> Vec<(&'a Entry, u32)> {
    let of_bloc = year.entries.iter().filter(|it| it.bloc == *bloc);
    let mut ranked: Vec<(&Entry, u32)> =
        of_bloc.filter_map(|it| Some((it, it.placing()?.rank))).collect();
    ranked.sort_by_key(|it| it.1);
    ranked
}
