//! From points to what they decide: areas, total, index, rank, band and award.

use crate::appraisal::AdjustmentKind;
use crate::award::{Award, Declined};
use crate::finding::{Finding, file_name};
use crate::points::Points;
use crate::rank::{Reason, Standing};
use crate::round::criteria::{Heading, ItemCode};
use crate::round::settings::AwardRule;
use crate::round::waiver::Waiver;
use crate::score::{Lack, ScoreCard};
use crate::trace::step::{Outcome, Part, Reader, Step, settings_place};
use crate::trace::way::Way;
use crate::words::{self, money};

impl<'a> Way<'a> {
    /// The sum of one area.
    pub(super) fn area(&self, area: &Heading, card: &ScoreCard) -> Part {
        let heading = format!("Lĩnh vực {} {} (tối đa {} điểm)", area.code, area.title, area.max);
        let index = card.area(area.code);
        let step = index.map(|index| {
            let how = self.sum_of(card, area.code);
            let how =
                format!("{how}; trên {} điểm tối đa được tính", self.points(index.possible()));
            Step::computed("Cộng lĩnh vực", how, Outcome::Points(index.total()))
        });
        Part { heading, steps: step.into_iter().collect() }
    }

    /// The rules that are set aside for the unit.
    pub(super) fn waivers(&self) -> Part {
        let own = self.round.waivers.0.iter().filter(|it| it.unit == self.unit.id);
        let step = |it: &Waiver| Step {
            what: "Miễn trừ",
            how: format!("{}: {}; {} đề nghị", it.rule.word(), it.reason, it.requester),
            result: Outcome::Nothing,
            by: "người phê duyệt",
            place: Some(it.place.clone()),
            source: format!("{} phê duyệt ngày {}", it.approver, it.dated),
        };
        Part { heading: "Miễn trừ quy định".to_owned(), steps: own.map(step).collect() }
    }

    /// Sums, bonus, penalty, possible points and index; or why there are none.
    pub(super) fn total(&self) -> Part {
        let heading = "Tổng điểm và chỉ số".to_owned();
        let steps = match self.card() {
            Some(card) => self.sums(card),
            None => self.refused(),
        };
        Part { heading, steps }
    }

    fn sums(&self, card: &ScoreCard) -> Vec<Step> {
        let settings = &self.round.settings;
        let scoring = &settings.scoring;
        let told = |points: Points| self.points(points);
        let survey = card.survey.unwrap_or_default();
        // Nobody is to be told that what was only claimed was appraised.
        let is_unsettled =
            |item: ItemCode| words::unsettled(self.tally, &card.unit, item).is_some();
        let appraised = if card.items.codes().any(is_unsettled) {
            "thẩm định (mục không có một kết quả thẩm định thì tạm lấy điểm của đơn vị)"
        } else if card.lacks.contains(&Lack::Appraisal) {
            "thẩm định (mục chưa thẩm định tạm lấy điểm của đơn vị)"
        } else {
            "thẩm định"
        };
        let mut steps = vec![Step::computed(
            "Điểm đạt được",
            format!("{appraised} {} + khảo sát {}", told(card.appraised), told(survey)),
            Outcome::Points(card.appraised + survey),
        )];
        steps.extend(self.adjusted(AdjustmentKind::Bonus, card.bonus, scoring.bonus_max));
        steps.extend(self.adjusted(AdjustmentKind::Penalty, card.penalty, scoring.penalty_max));
        let earned = told(card.appraised + survey);
        steps.push(Step::computed(
            "Tổng điểm",
            format!("{earned} + thưởng {} − trừ {}", told(card.bonus), told(card.penalty)),
            Outcome::Points(card.total),
        ));
        let left = self.round.set(self.unit).max() - card.possible;
        steps.push(Step::computed(
            "Điểm tối đa được tính",
            format!(
                "bộ chỉ số {} − không áp dụng, không phát sinh, chưa khảo sát {}",
                told(card.possible + left),
                told(left)
            ),
            Outcome::Points(card.possible),
        ));
        steps.extend(card.index.map(|index| {
            let (total, possible) = (told(card.total), told(card.possible));
            let how = format!(
                "{total} ÷ {possible} × 100, làm tròn nửa lên đến {} chữ số thập phân",
                scoring.index_places
            );
            let step = Step::computed("Chỉ số (%)", how, Outcome::Percent(scoring.shown(index)));
            let place = Some(settings_place());
            Step { place, source: settings.source.clone(), ..step }
        }));
        steps
    }

    /// Each bonus or penalty, and what is left of them under the cap.
    fn adjusted(&self, kind: AdjustmentKind, counted: Points, cap: Points) -> Vec<Step> {
        let (what, word) = match kind {
            AdjustmentKind::Bonus => ("Điểm thưởng", "thưởng"),
            AdjustmentKind::Penalty => ("Điểm trừ", "trừ"),
        };
        let all = self.tally.appraisal.iter().flat_map(|it| &it.adjustments);
        let own = all.filter(|it| it.unit == self.unit.id && it.kind == kind);
        let mut steps: Vec<Step> = own
            .map(|it| Step {
                what,
                how: it.reason.clone(),
                result: Outcome::Points(it.points),
                by: "tổ thẩm định",
                place: Some(it.place.clone()),
                source: it.source.clone(),
            })
            .collect();
        if 1 < steps.len() || steps.iter().any(|it| it.result != Outcome::Points(counted)) {
            let how = format!("cộng các khoản {word}, nhiều nhất {}", self.points(cap));
            let step = Step::computed("Được tính", how, Outcome::Points(counted));
            steps.push(Step { place: Some(settings_place()), ..step });
        }
        steps
    }

    /// What keeps the unit without points: each error of its files.
    fn refused(&self) -> Vec<Step> {
        let receipts = self.tally.intake.receipts.iter();
        let own = receipts.filter(|it| it.unit.as_ref() == Some(&self.unit.id));
        let files: Vec<&str> = own.map(|it| it.file.as_str()).collect();
        let findings = self.tally.findings.iter().filter(|it| it.is_error());
        let findings = findings.filter(|it| files.contains(&it.place.file.as_str()));
        let step = |it: &Finding| Step {
            what: "Lỗi phiếu",
            how: match self.reader {
                Reader::Secretariat => it.message().to_owned(),
                Reader::Unit => it.message_for_unit(),
            },
            result: Outcome::Words(it.code.info().id.to_owned()),
            by: "chương trình",
            place: Some(it.place.clone()),
            source: String::new(),
        };
        findings.map(step).collect()
    }

    /// Rank and band, or why there is none.
    pub(super) fn place(&self) -> Part {
        let bloc = self.round.bloc(self.unit);
        let mut steps = Vec::new();
        if let Some(unranked) = self.unranked() {
            let why = match (&unranked.reason, self.reader) {
                (Reason::Refused(files), Reader::Unit) => {
                    words::refused(files.iter().map(|it| file_name(it)))
                }
                _ => words::reason(unranked, self.round),
            };
            steps.push(Step::computed("Không xếp hạng", why, Outcome::Nothing));
        }
        if let Some(standing) = self.standing() {
            steps.push(Step {
                place: Some(settings_place()),
                source: self.round.settings.source.clone(),
                ..Step::computed("Hạng", self.against(standing), Outcome::Rank(standing.rank))
            });
            let band = &bloc.bands[standing.band];
            let above = standing.band.checked_sub(1).map(|at| &bloc.bands[at]);
            let how = match above {
                None => format!("chỉ số từ {} % trở lên", band.from),
                Some(above) => format!("chỉ số từ {} % đến dưới {} %", band.from, above.from),
            };
            let name = Outcome::Words(band.name.clone());
            let step = Step::computed("Xếp loại", how, name);
            let source = self.round.settings.source.clone();
            steps.push(Step { place: Some(settings_place()), source, ..step });
        }
        Part { heading: format!("Xếp hạng, xếp loại – {}", bloc.name), steps }
    }

    /// Among how many, next to whom, and by what.
    fn against(&self, standing: &Standing) -> String {
        let scoring = &self.round.settings.scoring;
        let standings = self.seat.map_or(&[][..], |it| &it.ranking.standings);
        let at = self.seat.map_or(0, |it| it.at);
        let by = words::compare(scoring.compare);
        let mut told = vec![format!("trong {} đơn vị được xếp hạng, so {by}", standings.len())];
        let beside = |word: &str, other: &Standing| {
            let index = self.percent(scoring.shown(other.index));
            format!("{word}: {} – hạng {}, {index} %", self.name(&other.card.unit), other.rank)
        };
        let before = at.checked_sub(1).and_then(|at| standings.get(at));
        told.extend(before.map(|it| beside("ngay trên", it)));
        told.extend(standings.get(at + 1).map(|it| beside("ngay dưới", it)));
        let broken = standing.decided_by.map(|at| scoring.tie_breaks[at]);
        told.extend(broken.zip(before).map(|(it, before)| {
            let (own, other) = (&standing.card, &before.card);
            let which = words::broken(it, own, other, scoring.index_places);
            format!("bằng chỉ số với đơn vị ngay trên, xếp sau theo {which}")
        }));
        told.join("; ")
    }

    /// The awards of the unit and of its people, and why others get none.
    pub(super) fn awards(&self) -> Option<Part> {
        let rules = self.round.settings.awards.as_ref()?;
        let awards = self.tally.awards.as_ref()?;
        let salary = awards.salary.as_ref().map(|(amount, _)| *amount);
        let own = |all: &'a [Award]| all.iter().filter(|it| it.unit == self.unit.id);
        let collective = |it| given(it, &rules.collectives, "tập thể", salary);
        let individual = |it: &Award| {
            let name = it.nominee.as_ref().map_or("", |nominee| &nominee.name);
            given(it, &rules.individuals, name, salary)
        };
        let mut steps: Vec<Step> = own(&awards.collectives).map(collective).collect();
        steps.extend(own(&awards.individuals).map(individual));
        let declined = awards.declined.iter().filter(|it| it.unit == self.unit.id);
        steps.extend(declined.map(|it| self.declined(it)));
        Some(Part { heading: "Khen thưởng".to_owned(), steps })
    }

    fn declined(&self, declined: &Declined) -> Step {
        let whom = declined.person.as_deref().unwrap_or("tập thể");
        let why = words::declined(declined, &self.tally.rankings, self.round);
        Step::computed("Không đề nghị khen", format!("{whom} – {why}"), Outcome::Nothing)
    }
}

fn given(award: &Award, rules: &[AwardRule], whom: &str, salary: Option<i64>) -> Step {
    let rule = &rules[award.rule];
    let money = salary.map_or(String::new(), |salary| {
        format!("; {} × {}", rule.coefficient, money::dong(salary))
    });
    Step {
        what: "Đề nghị khen thưởng",
        how: format!("{whom}: {}{money}", rule.title),
        result: Outcome::Money(award.amount),
        by: "chương trình",
        place: Some(settings_place()),
        source: rule.source.clone(),
    }
}
