//! From a form, its appraisal and its survey to a score card.
//!
//! One rule decides whose points count: the survey's for survey items, else the
//! appraisers', else the unit's own. An item that does not apply is out of the
//! points and out of the maximum; a faulty one is out of the points only.

mod items;

use std::collections::{BTreeMap, BTreeSet};

use crate::appraisal::{Adjustment, AdjustmentKind, Appraisal};
use crate::finding::result as said;
use crate::finding::{Findings, Place, Said};
use crate::form::{Claimed, Form, NotApplicable};
use crate::points::{Index, Points, Quantity, Ratio};
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Origin};
use crate::round::register::{Unit, UnitId};
use crate::round::settings::NoSurvey;
use crate::round::waiver::Waivable;
use crate::survey::{Answer, Survey};

pub use items::{ItemScore, ItemScores, ScoredBy};

/// One unit's result for the year.
#[derive(Clone, Debug)]
pub struct ScoreCard {
    pub unit: UnitId,
    /// One for every item of the unit's set.
    pub items: ItemScores,
    /// Satisfaction in percent, for every item that has its points from the
    /// survey.
    pub satisfaction: BTreeMap<ItemCode, Quantity>,
    /// Self scores, summed over the items that apply.
    pub self_total: Points,
    /// Points in force of the items that are not survey items.
    pub appraised: Points,
    /// Points of the survey items; `None` when no survey item counts.
    pub survey: Option<Points>,
    /// After the cap.
    pub bonus: Points,
    /// After the cap.
    pub penalty: Points,
    /// `appraised` + `survey` + `bonus` − `penalty`.
    pub total: Points,
    /// The maximum points of every item that applies and is counted.
    pub possible: Points,
    /// The maximum points of every item that is counted, whether or not it
    /// applies: the set's maximum, the survey left out when there is none.
    pub counted: Points,
    /// `possible` in percent of `counted`, rounded half up as an index is
    /// shown. Decisions compare the two themselves.
    pub assessed: Quantity,
    /// `None` when nothing applies to the unit.
    pub index: Option<Index>,
    /// What is still missing before the result is final, each once.
    pub lacks: Vec<Lack>,
}

/// What keeps a result provisional (tạm tính).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// No appraisal of the unit, or of some item.
    Appraisal,
    /// No survey, or none for some item.
    Survey,
    /// Faulty items counted as nothing.
    Faulty,
    /// A bonus or penalty that was set aside as faulty.
    Adjustment,
    /// A unit that is not ranked, without a decision that leaves it out.
    Ranking,
    /// Everything: nobody is ranked.
    Everybody,
}

/// Scores one unit, and says what in its result somebody should look at.
///
/// `appraisal` and `survey` are `None` when there are none at all in the round.
pub fn score(
    form: &Form,
    unit: &Unit,
    round: &Round,
    appraisal: Option<&Appraisal>,
    survey: Option<&Survey>,
    findings: &mut Findings,
) -> ScoreCard {
    let sources = Sources { form, unit, round, appraisal, survey };
    let card = sources.card();
    sources.examine(&card, findings);
    card
}

/// Everything one unit's points come from.
struct Sources<'a> {
    form: &'a Form,
    unit: &'a Unit,
    round: &'a Round,
    appraisal: Option<&'a Appraisal>,
    survey: Option<&'a Survey>,
}

impl<'a> Sources<'a> {
    fn card(&self) -> ScoreCard {
        let scoring = &self.round.settings.scoring;
        let set = self.round.set(self.unit);
        let items: ItemScores =
            set.items().map(|item| (item.code, self.item_score(item))).collect();
        let is_survey = |by: ScoredBy| by == ScoredBy::Survey;
        let sum = |survey: bool| -> Points {
            let of = items.values().filter(|it| is_survey(it.by) == survey);
            of.filter_map(|it| it.points).sum()
        };

        let is_surveyed = |item: &&Item| items.get(item.code).is_some_and(|it| is_survey(it.by));
        let answered = set.items().filter(is_surveyed);
        let satisfaction = answered
            .filter_map(|item| Some((item.code, self.answer(item.code)?.percent)))
            .collect();
        let appraised = sum(false);
        let survey = items.values().any(|it| is_survey(it.by)).then(|| sum(true));
        let bonus = self.adjusted(AdjustmentKind::Bonus).min(scoring.bonus_max);
        let penalty = self.adjusted(AdjustmentKind::Penalty).min(scoring.penalty_max);
        let earned = appraised + survey.unwrap_or_default();
        let total = earned + bonus - penalty;
        let possible: Points =
            items.values().filter(|it| it.points.is_some()).map(|it| it.max).sum();
        assert!(earned <= possible, "{}: an item has more than its maximum", self.unit.id);

        let has_survey = self.survey.is_some();
        let is_counted = |item: &&Item| has_survey || item.origin != Origin::Survey;
        let counted: Points = set.items().filter(is_counted).map(|item| item.max).sum();
        let assessed = Ratio::new(possible.quantity(), counted.quantity());
        let assessed = assessed.map(|it| it.percent(scoring.index_places).quantity());
        ScoreCard {
            unit: self.unit.id.clone(),
            self_total: items.values().filter_map(|it| it.self_score).sum(),
            lacks: self.lacks(&items),
            items,
            satisfaction,
            appraised,
            survey,
            bonus,
            penalty,
            total,
            possible,
            counted,
            assessed: assessed.unwrap_or_default(),
            index: Index::new(total, possible),
        }
    }

    fn item_score(&self, item: &Item) -> ItemScore {
        let is_listed = self.round.exemptions.get(&self.unit.id, item.code).is_some();
        match item.origin {
            Origin::Survey if is_listed => ItemScore::without_points(item, ScoredBy::Exempt),
            Origin::Survey => self.surveyed(item),
            Origin::Appraised | Origin::Computed => self.claimed(item),
        }
    }

    fn surveyed(&self, item: &Item) -> ItemScore {
        let places = self.round.settings.scoring.places;
        let without = ItemScore::without_points(item, ScoredBy::NoSurvey);
        let points = |answer: &Answer| item.rule.survey_points(answer.percent, item.max, places);
        let answer = self.answer(item.code);
        match answer.and_then(points) {
            None => without,
            Some(points) => ItemScore { points: Some(points), by: ScoredBy::Survey, ..without },
        }
    }

    fn answer(&self, item: ItemCode) -> Option<&'a Answer> {
        self.survey?.answers.get(&(self.unit.id.clone(), item))
    }

    /// An item that is claimed, then appraised. One without a claim is neither
    /// nothing nor exempt, so it is faulty.
    fn claimed(&self, item: &Item) -> ItemScore {
        let claim = self.form.claims.get(item.code);
        let self_score = match claim.map_or(Claimed::Faulty, |claim| claim.score) {
            Claimed::NotApplicable(NotApplicable::Listed) => {
                return ItemScore::without_points(item, ScoredBy::Exempt);
            }
            Claimed::NotApplicable(NotApplicable::NothingArose) => {
                return ItemScore::without_points(item, ScoredBy::NothingArose);
            }
            Claimed::Points(points) => Some(points),
            Claimed::Faulty => None,
        };
        let appraised = self.granted(item.code);
        let by = match (appraised, self_score) {
            (Some(_), _) => ScoredBy::Appraiser,
            (None, None) => ScoredBy::Faulty,
            (None, Some(_)) if item.rule.figures().is_empty() => ScoredBy::Unit,
            (None, Some(_)) => ScoredBy::Figures,
        };
        let points = Some(appraised.or(self_score).unwrap_or_default());
        ItemScore { self_score, points, ..ItemScore::without_points(item, by) }
    }

    /// What keeps this result from being final.
    fn lacks(&self, items: &ItemScores) -> Vec<Lack> {
        let of_items = items.values().filter_map(|item| item.by.lack());
        let is_doubtful = self.appraisal.is_some_and(|it| it.doubtful.contains(&self.unit.id));
        let adjusted = is_doubtful.then_some(Lack::Adjustment);
        of_items.chain(adjusted).collect::<BTreeSet<Lack>>().into_iter().collect()
    }

    fn granted(&self, item: ItemCode) -> Option<Points> {
        let appraised = self.appraisal?.scores.get(&(self.unit.id.clone(), item))?;
        Some(appraised.points)
    }

    fn adjustments(&self, kind: AdjustmentKind) -> impl Iterator<Item = &'a Adjustment> {
        let all = self.appraisal.map_or(&[][..], |it| &it.adjustments);
        let unit = &self.unit.id;
        all.iter().filter(move |it| it.unit == *unit && it.kind == kind)
    }

    /// Before the cap.
    fn adjusted(&self, kind: AdjustmentKind) -> Points {
        self.adjustments(kind).map(|it| it.points).sum()
    }

    fn examine(&self, card: &ScoreCard, findings: &mut Findings) {
        let scoring = &self.round.settings.scoring;
        // What the survey has yet to say may apply: nobody knows the share.
        let is_known = !card.awaits_survey(self.survey.is_some(), scoring.no_survey);
        if is_known && !card.applies_enough(scoring.assessed_min) {
            let said = said::ShareTooSmall {
                name: &self.unit.name,
                share: card.assessed.percent().fixed(scoring.index_places),
                min: scoring.assessed_min,
            };
            let waiver = self.round.waivers.find(&self.unit.id, Waivable::Share, None);
            findings.say(Place::file(&self.form.file), Said::from(said).waived_if(waiver));
        }
        self.capped(AdjustmentKind::Bonus, "thưởng", scoring.bonus_max, findings);
        self.capped(AdjustmentKind::Penalty, "trừ", scoring.penalty_max, findings);
    }

    /// Bonuses or penalties above the cap, at the line that went over it.
    fn capped(&self, kind: AdjustmentKind, word: &str, cap: Points, findings: &mut Findings) {
        let mut sum = Points::ZERO;
        let over = self.adjustments(kind).find(|it| {
            sum += it.points;
            cap < sum
        });
        if let Some(over) = over {
            let (name, sum) = (&self.unit.name, self.adjusted(kind));
            findings.say(over.place.clone(), said::Capped { name, kind: word, sum, cap });
        }
    }
}

impl ScoredBy {
    /// What keeps an item from being final.
    fn lack(self) -> Option<Lack> {
        match self {
            ScoredBy::Unit | ScoredBy::Figures => Some(Lack::Appraisal),
            ScoredBy::NoSurvey => Some(Lack::Survey),
            ScoredBy::Faulty => Some(Lack::Faulty),
            ScoredBy::Appraiser | ScoredBy::Survey | ScoredBy::Exempt | ScoredBy::NothingArose => {
                None
            }
        }
    }
}

impl ItemScore {
    fn without_points(item: &Item, by: ScoredBy) -> ItemScore {
        let max = item.max;
        ItemScore { self_score: None, points: None, max, by }
    }

    /// What the appraisers granted, where they decided.
    pub fn appraised(&self) -> Option<Points> {
        self.points.filter(|_| self.by == ScoredBy::Appraiser)
    }
}

impl ScoreCard {
    /// At least `least` percent of the counted points apply, compared exactly;
    /// never so when nothing applies.
    pub fn applies_enough(&self, least: Quantity) -> bool {
        let share = Index::new(self.possible, self.counted);
        self.index.is_some() && share.is_some_and(|it| it.cmp_percent(least).is_ge())
    }

    /// Points achieved out of points possible in one area; `None` when nothing
    /// of it applies or is counted.
    pub fn area(&self, area: ItemCode) -> Option<Index> {
        let items = self.items.iter().filter(|(code, _)| code.area() == area);
        let scored = items.filter_map(|(_, item)| Some((item.points?, item.max)));
        let (points, max): (Vec<Points>, Vec<Points>) = scored.unzip();
        Index::new(points.into_iter().sum(), max.into_iter().sum())
    }

    /// Points achieved out of points possible in the survey's items, or in all
    /// others; `None` when nothing of them applies or is counted.
    pub fn part(&self, is_survey: bool) -> Option<Index> {
        let items = self.items.values().filter(|it| (it.by == ScoredBy::Survey) == is_survey);
        let scored = items.filter_map(|item| Some((item.points?, item.max)));
        let (points, max): (Vec<Points>, Vec<Points>) = scored.unzip();
        Index::new(points.into_iter().sum(), max.into_iter().sum())
    }

    /// What a lack of survey results means to this unit: `true` when it cannot
    /// be ranked for it.
    pub fn awaits_survey(&self, has_survey: bool, rule: NoSurvey) -> bool {
        self.lacks.contains(&Lack::Survey) && (has_survey || rule == NoSurvey::Unranked)
    }
}
