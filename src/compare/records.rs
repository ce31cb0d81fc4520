//! Two records of one round → the points that changed, by unit and item, and
//! what became of rank, band and award.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{CardRecord, ItemRecord, Record, Seat, Status};
use crate::round::criteria::ItemCode;
use crate::words;

/// What differs between two results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The units with a difference, in the order of the older record, then of
    /// the newer.
    pub units: Vec<UnitChange>,
    /// Differences outside the units: findings, files, the round itself.
    pub others: Vec<String>,
}

/// A unit that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    pub unit: String,
    pub name: String,
    /// In code order, then bonus and penalty.
    pub points: Vec<PointChange>,
    pub before: Seat,
    pub after: Seat,
}

impl UnitChange {
    /// The numbers that count towards the total.
    pub fn counted(&self) -> impl Iterator<Item = &PointChange> {
        self.points.iter().filter(|it| it.is_counted)
    }

    /// Whether the unit lost every number, with its form.
    pub fn is_gone(&self) -> bool {
        self.counted().all(|it| it.after == NOTHING)
    }

    /// Whether the unit had no number before.
    pub fn is_new(&self) -> bool {
        self.counted().all(|it| it.before == NOTHING)
    }
}

/// One number that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointChange {
    /// The item's code; empty for a number of the whole unit.
    pub item: String,
    /// What the number is.
    pub what: &'static str,
    /// The number counts towards the total.
    pub is_counted: bool,
    /// As people read it; `–` where there is none.
    pub before: String,
    pub after: String,
}

/// What a record says of one unit.
#[derive(Default)]
struct Told<'a> {
    name: &'a str,
    card: Option<&'a CardRecord>,
    seat: Seat,
}

/// What differs between `before` and `after`.
pub fn changes(before: &Record, after: &Record) -> Changes {
    let (old, new) = (told(before), told(after));
    let mut units = Vec::new();
    let known: BTreeSet<&str> = order(before).into_iter().collect();
    let added = order(after).into_iter().filter(|unit| !known.contains(unit));
    for unit in order(before).into_iter().chain(added) {
        let none = Told::default();
        let (was, is) = (old.get(unit).unwrap_or(&none), new.get(unit).unwrap_or(&none));
        let points = points(was.card, is.card);
        if !points.is_empty() || was.seat != is.seat {
            let name = if is.name.is_empty() { was.name } else { is.name };
            units.push(UnitChange {
                unit: unit.to_owned(),
                name: name.to_owned(),
                points,
                before: was.seat.clone(),
                after: is.seat.clone(),
            });
        }
    }
    Changes { units, others: others(before, after) }
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.others.is_empty()
    }
}

/// The ids of every unit, ranked or not.
fn order(record: &Record) -> Vec<&str> {
    let of_bloc = record.blocs.iter().flat_map(|bloc| {
        let ranked = bloc.standings.iter().map(|it| it.unit.as_str());
        ranked.chain(bloc.unranked.iter().map(|it| it.unit.as_str()))
    });
    of_bloc.collect()
}

fn told(record: &Record) -> BTreeMap<&str, Told<'_>> {
    let mut units = BTreeMap::new();
    for bloc in &record.blocs {
        for it in &bloc.standings {
            let seat = Seat {
                rank: Some(it.rank),
                index: it.card.index.as_deref().map(comma),
                band: it.band.clone(),
                award: award(record, &it.unit),
            };
            units.insert(it.unit.as_str(), Told { name: &it.name, card: Some(&it.card), seat });
        }
        for it in &bloc.unranked {
            let card = it.card.as_ref();
            let seat = Seat {
                rank: None,
                index: card.and_then(|card| card.index.as_deref()).map(comma),
                band: it.told.clone(),
                award: award(record, &it.unit),
            };
            units.insert(it.unit.as_str(), Told { name: &it.name, card, seat });
        }
    }
    units
}

fn award(record: &Record, unit: &str) -> String {
    let Some(awards) = &record.awards else { return String::new() };
    let itself = awards.collectives.iter().filter(|it| it.unit == unit);
    let itself = itself.map(|it| format!("tập thể, {} đồng", it.amount));
    let people = awards.individuals.iter().filter(|it| it.award.unit == unit);
    let people = people.map(|it| format!("{}, {} đồng", it.person, it.award.amount));
    itself.chain(people).collect::<Vec<String>>().join("; ")
}

/// Where a number stands among a unit's: those of items first, in code order.
type Key = (bool, Option<ItemCode>, usize);

/// A number of a card.
struct Number {
    item: String,
    what: &'static str,
    is_counted: bool,
    value: String,
}

/// The numbers of a unit that differ.
fn points(before: Option<&CardRecord>, after: Option<&CardRecord>) -> Vec<PointChange> {
    if before == after {
        return Vec::new();
    }
    let (mut old, mut new) = (numbers(before), numbers(after));
    let keys: BTreeSet<Key> = old.keys().chain(new.keys()).copied().collect();
    let change = |key: Key| {
        let (was, is) = (old.remove(&key), new.remove(&key));
        let told = |number: &Option<Number>| {
            number.as_ref().map_or_else(|| NOTHING.to_owned(), |it| it.value.clone())
        };
        let (before, after) = (told(&was), told(&is));
        let Number { item, what, is_counted, .. } = is.or(was)?;
        (before != after).then_some(PointChange { item, what, is_counted, before, after })
    };
    keys.into_iter().filter_map(change).collect()
}

fn numbers(card: Option<&CardRecord>) -> BTreeMap<Key, Number> {
    let Some(card) = card else { return BTreeMap::new() };
    let mut numbers = BTreeMap::new();
    for item in &card.items {
        let all = [
            ("Điểm được tính", &item.points),
            ("Điểm thẩm định", &item.appraised),
            ("Điểm tự chấm", &item.self_score),
            ("Tỷ lệ hài lòng", &item.satisfaction),
        ];
        for (at, (what, value)) in all.into_iter().enumerate() {
            let value = value.as_deref().map_or_else(|| absent(item), comma);
            let number = Number { item: item.code.clone(), what, is_counted: at == 0, value };
            numbers.insert((false, item.code.parse().ok(), at), number);
        }
        let number = Number {
            item: item.code.clone(),
            what: "Điểm tối đa",
            is_counted: true,
            value: comma(&item.max),
        };
        numbers.insert((false, item.code.parse().ok(), all.len()), number);
    }
    let sums = [("Điểm thưởng", &card.bonus), ("Điểm trừ", &card.penalty)];
    for (at, (what, value)) in sums.into_iter().enumerate() {
        let number = Number { item: String::new(), what, is_counted: true, value: comma(value) };
        numbers.insert((true, None, at), number);
    }
    numbers
}

/// What stands where an item has no points.
fn absent(item: &ItemRecord) -> String {
    item.by.bare().map_or(NOTHING, words::no_points).to_owned()
}

/// What stands where there is no number at all.
const NOTHING: &str = "–";

/// A decimal of the record as people write it.
fn comma(decimal: &str) -> String {
    decimal.replace('.', ",")
}

/// What differs beside the units' numbers, as sentences without a full stop.
fn others(before: &Record, after: &Record) -> Vec<String> {
    let mut told = Vec::new();
    if before.round != after.round {
        told.push("Tên, căn cứ hoặc mã của kỳ".to_owned());
    }
    if (&before.status, &before.lacks) != (&after.status, &after.lacks) {
        let word = |it: &Record| match it.status.bare() {
            Some(Status::Final) => "chính thức",
            Some(Status::Partial) => "chính thức một phần",
            _ => "tạm tính",
        };
        told.push(format!("Trạng thái: {} → {}", word(before), word(after)));
    }
    for bloc in &after.blocs {
        let was = before.blocs.iter().find(|it| it.id == bloc.id);
        let mean = |mean: Option<&String>| mean.map_or_else(|| NOTHING.to_owned(), |it| comma(it));
        let (old, new) = (was.and_then(|it| it.mean.as_ref()), bloc.mean.as_ref());
        if old != new {
            told.push(format!("Trung bình {}: {} → {}", bloc.name, mean(old), mean(new)));
        }
    }
    if before.awards.as_ref().map(|it| &it.declined) != after.awards.as_ref().map(|it| &it.declined)
    {
        told.push("Danh sách không được đề nghị khen thưởng".to_owned());
    }
    if before.waivers != after.waivers {
        told.push("Miễn trừ quy định".to_owned());
    }
    told.extend(lists(&before.forms, &after.forms, "Phiếu", |it| &it.input.file));
    told.extend(lists(&before.findings, &after.findings, "Phát hiện", |it| &it.message));
    told
}

/// What stands in one of two lists only.
fn lists<'a, T: PartialEq>(
    before: &'a [T],
    after: &'a [T],
    what: &str,
    name: impl Fn(&'a T) -> &'a String,
) -> Vec<String> {
    if before == after {
        return Vec::new();
    }
    let gone = before.iter().filter(|it| !after.contains(it));
    let come = after.iter().filter(|it| !before.contains(it));
    let gone = gone.map(|it| format!("{what} không còn như cũ: {}", name(it)));
    let come = come.map(|it| format!("{what} mới: {}", name(it)));
    gone.chain(come).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{self, Input, sample};

    fn record() -> Record {
        let round = sample::round(&sample::SMALL);
        let input = Input { file: "ky.toml".to_owned(), sha256: "cd".repeat(32) };
        let tally = sample::tally(&round);
        record::of(&round, &tally, &[input], "cchc").listed()
    }

    #[test]
    fn a_record_does_not_differ_from_itself() {
        assert!(changes(&record(), &record()).is_empty());
    }

    #[test]
    fn a_point_is_named_with_its_unit_and_item_and_what_follows_from_it() {
        let before = record();
        let mut after = before.clone();
        let standing = &mut after.blocs[0].standings[0];
        standing.card.items[0].points = Some("0.25".to_owned());
        standing.card.penalty = "1.00".to_owned();
        standing.rank = 2;
        let changes = changes(&before, &after);
        let [unit] = &changes.units[..] else { panic!("{changes:?}") };
        let told: Vec<String> = unit
            .points
            .iter()
            .map(|it| format!("{} {}: {} → {}", it.item, it.what, it.before, it.after))
            .collect();
        assert_eq!(told, ["1.1 Điểm được tính: KAD → 0,25", " Điểm trừ: 0,00 → 1,00"]);
        assert_eq!((unit.before.rank, unit.after.rank), (Some(1), Some(2)));
    }

    #[test]
    fn a_unit_that_is_gone_or_new_is_named() {
        let before = record();
        let mut after = before.clone();
        let gone = after.blocs[0].standings.remove(0);
        let told = changes(&before, &after);
        assert_eq!(told.units[0].unit, gone.unit);
        assert_eq!(told.units[0].after, Seat::default());
        assert_eq!(changes(&after, &before).units[0].before, Seat::default());
    }
}
