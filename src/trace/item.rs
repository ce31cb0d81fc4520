//! The way of one item: from the cells that speak of it to the points in force.

use crate::finding::Place;
use crate::form::Claim;
use crate::form::layout::Column;
use crate::round::Round;
use crate::round::criteria::{Item, ItemCode, Labels};
use crate::round::register::UnitId;
use crate::round::rule::{Figure, Figures};
use crate::score::{ItemScore, ScoreCard, ScoredBy};
use crate::tally::Tally;
use crate::trace::step::{Outcome, Part, Reader, Step};
use crate::trace::way::Way;
use crate::words;

/// The cell that the points in force of an item were read from: the
/// appraisers', the survey's, the list's of exemptions, or the unit's own.
pub fn source(
    round: &Round,
    tally: &Tally,
    unit: &UnitId,
    item: &Item,
    by: ScoredBy,
) -> Option<Place> {
    let key = (unit.clone(), item.code);
    match by {
        ScoredBy::Appraiser => Some(tally.appraisal.as_ref()?.scores.get(&key)?.place.clone()),
        ScoredBy::Survey => Some(tally.survey.as_ref()?.answers.get(&key)?.place.clone()),
        ScoredBy::Exempt => Some(round.exemptions.get(unit, item.code)?.place.clone()),
        ScoredBy::NoSurvey => None,
        ScoredBy::Figures | ScoredBy::NothingArose => {
            let figure = *item.rule.figures().first()?;
            tally.intake.forms.get(unit)?.place(item.code, Column::from(figure))
        }
        ScoredBy::Unit | ScoredBy::Faulty => {
            tally.intake.forms.get(unit)?.place(item.code, Column::Score)
        }
    }
}

impl Way<'_> {
    pub(super) fn item(&self, item: &Item, card: &ScoreCard) -> Part {
        let heading = format!("{} {} (tối đa {} điểm)", item.code, item.title, item.max);
        let Some(score) = card.items.get(item.code) else {
            return Part { heading, steps: Vec::new() };
        };
        let mut steps = Vec::new();
        match score.by {
            ScoredBy::Exempt => steps.extend(self.exempt(item)),
            ScoredBy::Survey => steps.extend(self.surveyed(item, &score)),
            ScoredBy::NoSurvey => {}
            _ => {
                steps.extend(self.claimed(item, &score));
                steps.extend(self.appraised(item, &score));
            }
        }
        steps.push(self.counted(item, &score));
        Part { heading, steps }
    }

    /// What the unit wrote, and what the rule makes of its figures.
    fn claimed(&self, item: &Item, score: &ItemScore) -> Vec<Step> {
        let form = self.tally.intake.forms.get(&self.unit.id);
        let Some(claim) = form.and_then(|form| form.claims.get(item.code)) else {
            return Vec::new();
        };
        let place = |column| form.and_then(|form| form.place(item.code, column));
        let is_computed = claim.figures.is_some();
        let mut steps = Vec::new();
        if let Some(declared) = &claim.figures {
            let first = item.rule.figures().first().map(|figure| Column::from(*figure));
            steps.push(Step {
                what: "Số liệu kê khai",
                how: with_evidence(figures(declared, &item.labels), &claim),
                result: Outcome::Nothing,
                by: "đơn vị",
                place: first.and_then(place),
                source: String::new(),
            });
        }
        let Some(points) = score.self_score else { return steps };
        let rule = item.rule.words(item.max);
        steps.push(if is_computed {
            let source = self.citation(item);
            Step {
                source, ..Step::computed("Điểm tính từ số liệu", rule, Outcome::Points(points))
            }
        } else {
            Step {
                what: "Điểm tự chấm",
                how: with_evidence(rule, &claim),
                result: Outcome::Points(points),
                by: "đơn vị",
                place: place(Column::Score),
                source: self.citation(item),
            }
        });
        steps
    }

    fn exempt(&self, item: &Item) -> Option<Step> {
        let exemption = self.round.exemptions.get(&self.unit.id, item.code)?;
        Some(Step {
            what: "Không áp dụng",
            how: exemption.reason.clone(),
            result: Outcome::Words(words::no_points(ScoredBy::Exempt).to_owned()),
            by: "tổ thư ký",
            place: Some(exemption.place.clone()),
            source: exemption.source.clone(),
        })
    }

    fn appraised(&self, item: &Item, score: &ItemScore) -> Option<Step> {
        let key = (self.unit.id.clone(), item.code);
        let granted = self.tally.appraisal.as_ref()?.scores.get(&key)?;
        let agrees = score.self_score == Some(granted.points);
        let how = match granted.reason.as_str() {
            "" if agrees => "đồng ý với điểm tự chấm".to_owned(),
            "" => "không ghi lý do".to_owned(),
            reason => format!("lý do: {reason}"),
        };
        Some(Step {
            what: "Điểm thẩm định",
            how,
            result: Outcome::Points(granted.points),
            by: "tổ thẩm định",
            place: Some(granted.place.clone()),
            source: self.citation(item),
        })
    }

    fn surveyed(&self, item: &Item, score: &ItemScore) -> Vec<Step> {
        let key = (self.unit.id.clone(), item.code);
        let answer = self.tally.survey.as_ref().and_then(|survey| survey.answers.get(&key));
        let Some((answer, points)) = answer.zip(score.points) else { return Vec::new() };
        let asked = Step {
            what: "Kết quả khảo sát",
            how: format!("{} phiếu trả lời", answer.count),
            result: Outcome::Words(format!("{} %", answer.percent)),
            by: "điều tra xã hội học",
            place: Some(answer.place.clone()),
            source: String::new(),
        };
        let rule = item.rule.words(item.max);
        let computed = Step::computed("Điểm tính từ khảo sát", rule, Outcome::Points(points));
        vec![asked, Step { source: self.citation(item), ..computed }]
    }

    /// The points in force, and why these.
    fn counted(&self, item: &Item, score: &ItemScore) -> Step {
        let taken = match score.by {
            ScoredBy::Unit => "tạm lấy điểm tự chấm",
            ScoredBy::Figures => "tạm lấy điểm tính từ số liệu",
            _ => "tạm tính 0 điểm",
        };
        let unsettled = words::unsettled(self.tally, &self.unit.id, item.code);
        let unsettled = unsettled.map(|it| match self.reader {
            Reader::Secretariat => format!("{}; {taken}", words::why_unsettled(it)),
            Reader::Unit => format!("{}; {taken}", words::unsettled_briefly(Some(it))),
        });
        let how = match score.by {
            ScoredBy::Unit => "chưa thẩm định: tạm lấy điểm tự chấm",
            ScoredBy::Figures => "chưa thẩm định: tạm lấy điểm tính từ số liệu",
            ScoredBy::Appraiser => "lấy điểm thẩm định",
            ScoredBy::Survey => "lấy điểm khảo sát",
            ScoredBy::Exempt => "không áp dụng: không tính vào điểm và điểm tối đa",
            ScoredBy::NothingArose => "không phát sinh: không tính vào điểm và điểm tối đa",
            ScoredBy::Faulty => "mục có lỗi trên phiếu: tạm tính 0 điểm",
            ScoredBy::NoSurvey => "chưa có kết quả khảo sát: chưa tính",
        };
        let none = || Outcome::Words(words::no_points(score.by).to_owned());
        let result = score.points.map_or_else(none, Outcome::Points);
        let step =
            Step::computed("Điểm được tính", unsettled.unwrap_or_else(|| how.to_owned()), result);
        let is_read = matches!(score.by, ScoredBy::Faulty | ScoredBy::NothingArose);
        let place = || source(self.round, self.tally, &self.unit.id, item, score.by);
        Step { place: is_read.then(place).flatten(), ..step }
    }

    /// The items under a code that count, with their points, as a sum.
    pub(super) fn sum_of(&self, card: &ScoreCard, area: ItemCode) -> String {
        let own = card.items.iter().filter(|(code, _)| code.area() == area);
        let told =
            own.filter_map(|(code, it)| Some(format!("{} ({code})", self.points(it.points?))));
        told.collect::<Vec<String>>().join(" + ")
    }
}

/// `đã làm = 9; được giao = 10`.
fn figures(figures: &Figures, labels: &Labels) -> String {
    let word = |label: &str, name: &str| match label {
        "" => name.to_owned(),
        label => label.to_owned(),
    };
    let told = [
        (Figure::Numerator, figures.numerator.map(|it| it.to_string())),
        (Figure::Denominator, figures.denominator.map(|it| it.to_string())),
        (Figure::Count, figures.count.map(|it| it.to_string())),
        (Figure::Day, figures.day.map(|it| it.to_string())),
    ];
    let told = told.into_iter().filter_map(|(figure, told)| {
        let name = match figure {
            Figure::Numerator => word(&labels.numerator, "tử số"),
            Figure::Denominator => word(&labels.denominator, "mẫu số"),
            Figure::Count => word(&labels.count, "số lượng"),
            Figure::Day => word(&labels.day, "ngày"),
        };
        Some(format!("{name} = {}", told?))
    });
    told.collect::<Vec<String>>().join("; ")
}

fn with_evidence(how: String, claim: &Claim<&str>) -> String {
    match claim.evidence {
        "" => how,
        evidence => format!("{}; kiểm chứng: {evidence}", how.trim_end_matches('.')),
    }
}
