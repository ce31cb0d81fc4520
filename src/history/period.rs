//! The settings of a summary (`tong-ket.toml`), checked.

use std::ops::RangeInclusive;

use crate::day::Day;
use crate::points::Quantity;
use crate::round::criteria::ItemCode;
use crate::round::settings::{BaseSalary, BlocId, MoneyRounding, Recipients, TieAtCut};
use crate::text;

/// What is summed up, and how.
#[derive(Clone, Debug)]
pub struct Period {
    pub id: String,
    pub title: String,
    pub body: String,
    pub parent_body: String,
    pub place: String,
    /// The legal basis, as it is cited.
    pub source: String,
    /// The first and the last year.
    pub from: i16,
    pub to: i16,
    /// The day of the summing-up, on every paper.
    pub dated: Day,
    /// Decimals of an index.
    pub places: u32,
    pub limits: Limits,
    pub blocs: Vec<PeriodBloc>,
    pub contents: Vec<Content>,
    pub eras: Vec<Era>,
    pub years: Vec<YearNote>,
    pub city: Vec<CityYear>,
    pub indicators: Vec<Indicator>,
    pub awards: Option<PeriodAwards>,
}

/// From which figure on something is called weak, held or to be lifted.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Below this share of the maximum, in percent, an item is weak in a year.
    pub weak: Quantity,
    /// Weak in this many years, an item is listed.
    pub weak_years: usize,
    /// From this share on, a content is to be held.
    pub hold: Quantity,
    /// Below this share, a content is to be lifted.
    pub lift: Quantity,
    /// Ranked in fewer years than this, a unit is not compared with others over
    /// the period.
    pub ranked_years: usize,
    /// The lines of the two numbers of years.
    pub lines: [usize; 2],
}

/// Units ranked together, over the years.
#[derive(Clone, Debug)]
pub struct PeriodBloc {
    pub id: BlocId,
    pub name: String,
    /// Bands, best first.
    pub bands: Vec<String>,
}

/// One of the contents of administrative reform that areas are compared by.
#[derive(Clone, Debug)]
pub struct Content {
    pub id: String,
    pub name: String,
    /// What it is called from 2021 on; empty when the name stayed.
    pub later_name: String,
    /// Its line in the settings.
    pub line: usize,
}

/// The years in which some blocs used one criteria set.
#[derive(Clone, Debug)]
pub struct Era {
    pub id: String,
    pub title: String,
    pub source: String,
    pub blocs: Vec<BlocId>,
    pub from: i16,
    pub to: i16,
    pub areas: Vec<Area>,
    /// Its line in the settings.
    pub line: usize,
}

/// An area of a set, and the content it belongs to.
#[derive(Clone, Debug)]
pub struct Area {
    pub code: ItemCode,
    pub name: String,
    /// What else the files of years call it.
    pub other_names: Vec<String>,
    /// The place of its content in [`Period::contents`].
    pub content: usize,
    /// Its line in the settings.
    pub line: usize,
}

/// What is particular to one year.
#[derive(Clone, Debug)]
pub struct YearNote {
    pub year: i16,
    /// Why there are no results, if there are none.
    pub missing: Option<String>,
    /// The day whose units were evaluated; the year's last day unless said.
    pub as_of: Day,
    /// Whether an index may be above 100.
    pub is_over_hundred: bool,
}

/// The city's own index in its province.
#[derive(Clone, Debug)]
pub struct CityYear {
    pub year: i16,
    pub index: Option<Quantity>,
    pub rank: Option<i64>,
    /// The group it was put in, such as *Tốt*.
    pub group: String,
    pub source: String,
}

/// A figure with a target, such as the share of procedures cut.
#[derive(Clone, Debug)]
pub struct Indicator {
    pub name: String,
    pub unit: String,
    pub target: Option<Quantity>,
    /// Whether more is better.
    pub rises: bool,
    /// Whether the years add up; otherwise the last year counts.
    pub is_sum: bool,
    pub values: Vec<(i16, Quantity)>,
    pub source: String,
}

/// The rules on awards over the period.
#[derive(Clone, Debug)]
pub struct PeriodAwards {
    pub decided: Day,
    pub decision: String,
    /// Amounts are rounded to a multiple of this, in đồng.
    pub step: i64,
    pub rounding: MoneyRounding,
    pub salaries: Vec<BaseSalary>,
    pub collectives: Vec<PeriodRule>,
    pub individuals: Vec<PeriodRule>,
    pub collective_quota: usize,
    pub individual_quota: usize,
}

/// One rule of commendation over the period.
#[derive(Clone, Debug)]
pub struct PeriodRule {
    pub recipients: Recipients,
    pub title: String,
    pub source: String,
    pub blocs: Vec<BlocId>,
    /// Places over all its blocs.
    pub quota: usize,
    pub order: Order,
    /// The lowest band that counts, and in how many years it was reached.
    pub band: Option<(String, usize)>,
    pub mean_min: Option<Quantity>,
    pub gain_min: Option<Quantity>,
    pub ranked_years: usize,
    /// The lines of what is asked of years: ranked, and in the band.
    pub lines: [usize; 2],
    pub nominated: bool,
    /// For individuals: the most persons of one unit.
    pub per_unit: usize,
    pub coefficient: Quantity,
    pub tie: TieAtCut,
}

/// By what a rule puts candidates in order, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `trung-binh`: the mean index.
    Mean,
    /// `muc-tang`: the gain from the first to the last year.
    Gain,
}

impl Period {
    pub fn years(&self) -> RangeInclusive<i16> {
        self.from..=self.to
    }

    pub fn note(&self, year: i16) -> Option<&YearNote> {
        self.years.iter().find(|note| note.year == year)
    }

    /// The day whose units were evaluated in a year.
    pub fn as_of(&self, year: i16) -> Day {
        let last = || Day::new(year, 12, 31).expect("a year of the settings has a last day");
        self.note(year).map_or_else(last, |note| note.as_of)
    }

    pub fn bloc(&self, id: &BlocId) -> Option<&PeriodBloc> {
        self.blocs.iter().find(|bloc| bloc.id == *id)
    }

    /// The set that a bloc used in a year.
    pub fn era(&self, bloc: &BlocId, year: i16) -> Option<&Era> {
        self.eras.iter().find(|era| era.covers(bloc, year))
    }
}

impl Era {
    pub fn covers(&self, bloc: &BlocId, year: i16) -> bool {
        (self.from..=self.to).contains(&year) && self.blocs.contains(bloc)
    }

    pub fn area(&self, code: ItemCode) -> Option<&Area> {
        self.areas.iter().find(|it| it.code == code)
    }

    pub fn content(&self, area: ItemCode) -> Option<usize> {
        self.area(area).map(|it| it.content)
    }
}

impl Area {
    /// Its number and name.
    pub fn told(&self) -> String {
        format!("{} {}", self.code, self.name)
    }

    /// Whether a file of a year means this area by a name.
    pub fn is_called(&self, name: &str) -> bool {
        let found = text::key(name);
        std::iter::once(&self.name).chain(&self.other_names).any(|it| text::key(it) == found)
    }
}

impl PeriodBloc {
    /// The place of a band, 0 for the best.
    pub fn band(&self, name: &str) -> Option<usize> {
        self.bands.iter().position(|band| band == name)
    }
}

impl Content {
    /// Whether a name is the content's own, of any year.
    pub fn is_called(&self, name: &str) -> bool {
        let found = text::key(name);
        [&self.name, &self.later_name].iter().any(|it| text::key(it) == found)
    }

    /// Its name in a year: two contents were renamed from 2021 on.
    pub fn name_in(&self, year: i16) -> &str {
        if year < 2021 || self.later_name.is_empty() { &self.name } else { &self.later_name }
    }
}

impl Indicator {
    /// The year's value.
    pub fn value(&self, year: i16) -> Option<Quantity> {
        self.values.iter().find(|it| it.0 == year).map(|it| it.1)
    }
}
