//! The settings of a round (`ky.toml`), checked.

use crate::day::Day;
use crate::points::{Index, Percent, Points, Quantity};
use crate::round::criteria::{ItemCode, SetId};
use crate::round::firmness::Firmness;
use crate::round::heading::Headings;

/// `ky.toml` of a new round for a year.
pub fn template(year: i16) -> String {
    let text = include_str!("../../templates/ky.toml");
    let next = (year + 1).to_string();
    text.replace("{nam_sau}", &next).replace("{nam}", &year.to_string())
}

/// The settings of a round.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The round's id, ASCII: it marks every form issued for it.
    pub id: String,
    /// The year assessed.
    pub year: i16,
    pub title: String,
    /// The issuing body (cơ quan ban hành).
    pub body: String,
    /// The body above it; may be empty.
    pub parent_body: String,
    /// Where documents are dated (địa danh).
    pub place: String,
    /// The legal basis of the round, as it is cited.
    pub source: String,
    pub intake: Intake,
    pub feedback: Feedback,
    /// Whether a feedback workbook tells the way of every item (`duong-di =
    /// "day-du"`), not only of those where there is something to ask about.
    pub is_way_whole: bool,
    /// How many of a unit's losses the sheets of all units show, the largest
    /// first (`so-ton-tai`).
    pub losses_shown: usize,
    pub scoring: Scoring,
    pub blocs: Vec<Bloc>,
    pub awards: Option<AwardRules>,
    /// `None`: nobody asked how firm the result is.
    pub firmness: Option<Firmness>,
    pub scenarios: Vec<Scenario>,
}

/// What happens when forms come in.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The last day for sending the form.
    pub deadline: Day,
    pub resend: Resend,
    pub flawed: Flawed,
    pub yearless: Yearless,
    pub headings: Headings,
    /// Whoever exists on this day is ranked.
    pub counted_on: Day,
}

/// Two different forms of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// `gat-ra`: both are set aside.
    SetAside,
    /// `ban-sau`: the one with the later date written on it counts.
    Later,
}

/// A form with an error in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flawed {
    /// `gat-ra`: the form is set aside; the unit is not ranked.
    SetAside,
    /// `tam-tinh`: the item counts nothing and the unit is marked provisional.
    CountZero,
}

/// A form that a unit drew itself and that says nowhere of which year it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yearless {
    /// `gat-ra`: it may be last year's and is set aside.
    SetAside,
    /// `nhan`: it is taken for this year's, with a warning.
    Counts,
}

/// Whom a feedback workbook is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// `don-vi-co-phat-hien`: units about whose files something was noticed.
    Noticed,
    /// `moi-don-vi`: every unit that is scored too, so that each can follow the
    /// way of its points.
    Every,
}

/// How points become ranks.
#[derive(Clone, Debug)]
pub struct Scoring {
    /// Decimals of points: computed points are rounded to it, and no rule is
    /// finer.
    pub places: u32,
    /// Decimals of a shown index.
    pub index_places: u32,
    pub compare: Compare,
    pub numbering: Numbering,
    pub tie_breaks: Vec<TieBreak>,
    pub bonus_max: Points,
    pub penalty_max: Points,
    /// The least share of the set, in percent, that must apply to a unit for it
    /// to be ranked.
    pub assessed_min: Quantity,
    pub no_survey: NoSurvey,
    pub blank_appraisal: BlankAppraisal,
}

/// Which index ranks and bands compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `chinh-xac`.
    Exact,
    /// `lam-tron`: the index as shown.
    Shown,
}

/// How equal units are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// `1224`: 1, 2, 2, 4.
    Standard,
    /// `1223`: 1, 2, 2, 3.
    Dense,
}

/// What decides between two units of equal index; higher is better, except for
/// the penalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieBreak {
    /// `diem-tham-dinh`: appraised points.
    Appraised,
    /// `diem-khao-sat`: survey points.
    Survey,
    /// `diem-tru`: less penalty.
    Penalty,
    /// `linh-vuc-N`: the share of area N that was achieved.
    Area(ItemCode),
}

/// No survey results at all in this round's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSurvey {
    /// `quy-doi`: the index is restated on the other items.
    Restate,
    /// `khong-xep-hang`: nobody is ranked before the survey is in.
    Unranked,
}

/// An appraisal workbook came back with an appraised score left blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlankAppraisal {
    /// `dong-y`: the appraisers agree with the self score.
    Agrees,
    /// `chua-tham-dinh`: the item is not appraised; the unit is provisional.
    Missing,
}

/// The id of a bloc, ASCII.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlocId(pub String);

/// Units ranked together (khối).
#[derive(Clone, Debug)]
pub struct Bloc {
    pub id: BlocId,
    pub name: String,
    /// The criteria sets used in this bloc.
    pub sets: Vec<SetId>,
    /// Bands (xếp loại), best first, without holes or overlaps.
    pub bands: Vec<Band>,
}

/// A band: from `from` (included) up to the next better one.
#[derive(Clone, Debug)]
pub struct Band {
    pub name: String,
    /// In percent. The lowest band also takes everything below.
    pub from: Quantity,
}

/// The rules on awards (khen thưởng).
#[derive(Clone, Debug)]
pub struct AwardRules {
    /// The day of the decision: it fixes the base salary.
    pub decided: Day,
    /// The number of the decision, once it has one.
    pub decision: String,
    /// Amounts are rounded to a multiple of this, in đồng.
    pub step: i64,
    pub rounding: MoneyRounding,
    /// Base salaries (lương cơ sở) by the day they came into force, ascending.
    pub salaries: Vec<BaseSalary>,
    pub collectives: Vec<AwardRule>,
    pub individuals: Vec<AwardRule>,
    /// Most collectives over all rules, if the round has a limit.
    pub collective_quota: Option<usize>,
    /// Most individuals over all rules, if the round has a limit.
    pub individual_quota: Option<usize>,
}

impl AwardRules {
    /// The rules for collectives, or for individuals.
    pub fn rules(&self, recipients: Recipients) -> &[AwardRule] {
        match recipients {
            Recipients::Collectives => &self.collectives,
            Recipients::Individuals => &self.individuals,
        }
    }

    /// The most of them over all rules, if the round has a limit.
    pub fn total(&self, recipients: Recipients) -> Option<usize> {
        match recipients {
            Recipients::Collectives => self.collective_quota,
            Recipients::Individuals => self.individual_quota,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyRounding {
    /// `len`.
    Up,
    /// `gan-nhat`: half up.
    Nearest,
    /// `xuong`.
    Down,
}

/// Base salary (lương cơ sở), in đồng a month.
#[derive(Clone, Debug)]
pub struct BaseSalary {
    pub since: Day,
    pub amount: i64,
    pub source: String,
}

impl BaseSalary {
    /// The one in force on `day`, of several in ascending order.
    pub fn on(day: Day, salaries: &[BaseSalary]) -> Option<&BaseSalary> {
        salaries.iter().rfind(|salary| salary.since <= day)
    }
}

/// Whom a rule of commendation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// `tap-the`.
    Collectives,
    /// `ca-nhan`.
    Individuals,
}

/// One rule of commendation. A unit or a person gets the first rule, in order,
/// that gives it a place; never two.
#[derive(Clone, Debug)]
pub struct AwardRule {
    pub recipients: Recipients,
    pub title: String,
    /// The article that allows it, as it is cited.
    pub source: String,
    /// The blocs it is for.
    pub blocs: Vec<BlocId>,
    /// Places per bloc.
    pub quota: usize,
    /// The worst rank that still qualifies.
    pub rank_max: Option<u32>,
    /// The lowest index that qualifies, in percent.
    pub index_min: Option<Quantity>,
    /// The lowest band that qualifies.
    pub band_min: Option<String>,
    /// Only units whose form was on time.
    pub on_time: bool,
    /// Only those nominated on the form. Always so for individuals.
    pub nominated: bool,
    /// For individuals: the most persons of one unit.
    pub per_unit: usize,
    /// Money = coefficient × base salary.
    pub coefficient: Quantity,
    pub tie: TieAtCut,
}

/// Equal candidates across the last place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieAtCut {
    /// `lay-het`: all of them, beyond the quota.
    All,
    /// `khong-lay`: none of them.
    None,
    /// `cho-quyet-dinh`: none yet; shown for the council to decide.
    Council,
}

/// A scenario (kịch bản): what the round would come to under other rules. What is
/// `None`, `false` or empty stays as the round has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// ASCII, for the command line.
    pub id: String,
    pub title: String,
    pub without_bonus: bool,
    pub without_penalty: bool,
    /// Index = total ÷ the whole set, whether or not all of it applies.
    pub plain: bool,
    /// What the survey items of a set make up of it together, in percent.
    pub survey_share: Option<Quantity>,
    pub compare: Option<Compare>,
    pub numbering: Option<Numbering>,
    pub tie_breaks: Option<Vec<TieBreak>>,
    /// Areas, criteria or items that count nothing.
    pub without: Vec<ItemCode>,
}

impl Scenario {
    /// Whether an item counts.
    pub fn counts(&self, item: ItemCode) -> bool {
        !self.without.iter().any(|code| item.is_within(*code))
    }
}

impl Bloc {
    /// The place of the band an index falls in, 0 for the best. Total: every
    /// index has exactly one.
    pub fn band(&self, index: Index, scoring: &Scoring) -> usize {
        let reaches = |band: &Band| scoring.reaches(index, band.from);
        self.bands.iter().position(reaches).unwrap_or(self.bands.len() - 1)
    }

    /// The place of a band by name.
    pub fn band_named(&self, name: &str) -> Option<usize> {
        self.bands.iter().position(|band| band.name == name)
    }
}

impl Scoring {
    /// An index as it is shown.
    pub fn shown(&self, index: Index) -> Percent {
        index.shown(self.index_places)
    }

    /// Whether an index is at least `percent`, the way this round ranks.
    pub fn reaches(&self, index: Index, percent: Quantity) -> bool {
        match self.compare {
            Compare::Exact => index.cmp_percent(percent).is_ge(),
            Compare::Shown => percent.percent() <= self.shown(index),
        }
    }

    /// Compares two indices the way this round ranks.
    pub fn cmp(&self, a: Index, b: Index) -> std::cmp::Ordering {
        match self.compare {
            Compare::Exact => a.cmp(&b),
            Compare::Shown => self.shown(a).cmp(&self.shown(b)),
        }
    }
}
