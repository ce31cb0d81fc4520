//! The columns *Cách chấm* and *Tham số* → a [`Rule`] that reaches exactly its
//! maximum and gives every value one level.
//!
//! The words are those of [`FORMS`]; everything wrong with a rule is said at once.

use crate::day::Day;
use crate::finding::{Said, rule as said};
use crate::points::Points;
use crate::round::parameters::{Parameters, points, with_points};
use crate::round::rule::{Due, Empty, LateStep, Level, Rule, Step};
use crate::round::rule_forms::{EMPTY, FORMS, Kind};
use crate::round::steps::{self, Measure};
use crate::text;

/// The parameter that says what a zero denominator means.
const NOTHING_AROSE: &str = "không phát sinh";
const SUBMISSION: &str = "hạn nộp phiếu";
const REST: &str = "còn lại";
/// More parts would make more different scores than a drop-down can show.
const MOST_PARTS: usize = 8;

/// Reads a rule worth `max`, or says everything that is wrong with it.
pub fn read_rule(word: &str, parameters: &str, max: Points) -> Result<Rule, Vec<Said>> {
    let Some(form) = FORMS.iter().find(|it| text::key(it.word) == text::key(word)) else {
        let near = text::nearest(word, FORMS.iter().map(|it| it.word));
        return Err(vec![said::RuleUnknown { found: word, near }.into()]);
    };
    let mut parts = Parameters::split(parameters);
    let rule = parts.rule(form.kind, max);
    parts.close();
    match rule {
        Some(rule) if parts.wrong.is_empty() => Ok(rule),
        _ => Err(parts.wrong),
    }
}

impl Parameters {
    fn rule(&mut self, kind: Kind, max: Points) -> Option<Rule> {
        match kind {
            Kind::YesNo => Some(Rule::YesNo),
            Kind::Levels => self.levels(max).map(Rule::Levels),
            Kind::CountLevels => self.steps(Measure::Count, max).map(Rule::CountLevels),
            Kind::RatioLevels => {
                let empty = self.empty();
                let steps = self.steps(Measure::Ratio, max)?;
                Some(Rule::RatioLevels { steps, empty: empty? })
            }
            Kind::Proportional | Kind::WithFloor | Kind::ToTarget => self.proportional(kind),
            Kind::Deduction => {
                let each = self.each("mỗi lần", max);
                let serious = self.value("về 0");
                if serious.as_deref() == Some("") {
                    self.say(said::ZeroWhenUnsaid {});
                }
                Some(Rule::Deduction { each: each?, serious })
            }
            Kind::Deadline => self.deadline(max),
            Kind::DaysLate => {
                let due = self.due();
                let each = self.each("mỗi ngày", max);
                Some(Rule::DaysLate { due: due?, each: each? })
            }
            Kind::Parts => self.parts(max).map(Rule::Parts),
            Kind::PerItem => self.each("mỗi mục", max).map(|each| Rule::PerItem { each }),
            Kind::Survey if self.segments.is_empty() => Some(Rule::Survey { steps: None }),
            Kind::Survey => {
                let steps = self.steps(Measure::Survey, max);
                steps.map(|steps| Rule::Survey { steps: Some(steps) })
            }
        }
    }

    fn proportional(&mut self, kind: Kind) -> Option<Rule> {
        let floor = match kind {
            Kind::WithFloor => self.needed_percent("sàn"),
            Kind::ToTarget => self.percent("sàn"),
            _ => None,
        };
        let target = match kind {
            Kind::ToTarget => self.needed_percent("mục tiêu"),
            _ => None,
        };
        if let (Some(floor), Some(target)) = (floor, target)
            && target < floor
        {
            self.say(said::FloorAboveTarget { floor, target });
        }
        let empty = self.empty()?;
        Some(Rule::Proportional { floor, target, empty })
    }

    fn deadline(&mut self, max: Points) -> Option<Rule> {
        let due = self.due();
        let mut late = Vec::new();
        for segment in self.rest() {
            match late_step(&segment) {
                Ok(step) => late.push(step),
                Err(wrong) => self.wrong.push(wrong),
            }
        }
        // A step without a limit of days is the last.
        late.sort_by_key(|step| (step.days.is_none(), step.days));
        for pair in late.windows(2).filter(|pair| pair[0].days == pair[1].days) {
            let which =
                pair[0].days.map_or(REST.to_owned(), |days| format!("muộn đến {days} ngày"));
            self.say(said::StepTwice { step: which });
        }
        if late.last().is_none_or(|step| step.days.is_some()) {
            self.say(said::RestMissing { rest: REST });
        }
        for step in late.iter().filter(|step| max < step.points) {
            self.say(said::LateAboveMax { points: step.points, max });
        }
        Some(Rule::Deadline { due: due?, late })
    }

    fn due(&mut self) -> Option<Due> {
        let value = self.needed("hạn")?;
        if text::key(&value) == text::key(SUBMISSION) {
            return Some(Due::Submission);
        }
        let day = Day::parse(&value);
        if day.is_none() {
            self.say(said::DueUnclear { word: SUBMISSION, found: value });
        }
        day.map(Due::On)
    }

    fn empty(&mut self) -> Option<Empty> {
        let value = self.needed(NOTHING_AROSE)?;
        let known = EMPTY.iter().find(|(word, _)| text::key(word) == text::key(&value));
        if known.is_none() {
            let words: Vec<&str> = EMPTY.iter().map(|(word, _)| *word).collect();
            self.say(said::WordUnknown { name: NOTHING_AROSE, words, found: value });
        }
        known.map(|(_, empty)| *empty)
    }

    fn levels(&mut self, max: Points) -> Option<Vec<Level>> {
        let levels = self.named()?;
        let best = levels.iter().map(|level| level.points).max()?;
        if best != max {
            self.say(said::BestNotMax { best, max });
        }
        Some(levels)
    }

    fn parts(&mut self, max: Points) -> Option<Vec<Level>> {
        let parts = self.named()?;
        let sum: Points = parts.iter().map(|part| part.points).sum();
        if sum != max {
            self.say(said::PartsNotMax { sum, max });
        }
        if MOST_PARTS < parts.len() {
            self.say(said::TooManyParts { count: parts.len(), most: MOST_PARTS });
        }
        Some(parts)
    }

    /// All segments as `label = points`.
    fn named(&mut self) -> Option<Vec<Level>> {
        let mut levels: Vec<Level> = Vec::new();
        for segment in self.rest() {
            match with_points(&segment) {
                Ok((label, points)) if !label.is_empty() => {
                    // Not by key: «>= 3» and «< 3» differ only in their signs.
                    if levels.iter().any(|it| it.label.to_lowercase() == label.to_lowercase()) {
                        self.say(said::ParameterTwice { name: &label });
                    }
                    levels.push(Level { label, points });
                }
                Ok(_) => self.say(said::LevelNameless { found: segment }),
                Err(wrong) => self.wrong.push(wrong),
            }
        }
        if levels.len() < 2 && self.wrong.is_empty() {
            self.say(said::TooFewLevels {});
        }
        (2 <= levels.len()).then_some(levels)
    }

    /// All segments as `condition = points`.
    fn steps(&mut self, measure: Measure, max: Points) -> Option<Vec<Step>> {
        let segments = self.rest();
        steps::read(&segments, measure, max).map_err(|wrong| self.wrong.extend(wrong)).ok()
    }

    fn each(&mut self, key: &'static str, max: Points) -> Option<Points> {
        let value = self.needed(key)?;
        let each = points(&value).map_err(|wrong| self.wrong.push(wrong)).ok()?;
        if each <= Points::ZERO || max < each {
            self.say(said::EachUnfit { name: key, max, found: value });
        }
        Some(each)
    }
}

/// `muộn đến 15 ngày = 0,75` or `còn lại = 0`.
fn late_step(segment: &str) -> Result<LateStep, Said> {
    let (when, points) = with_points(segment)?;
    let key = text::key(&when);
    if key == text::key(REST) {
        return Ok(LateStep { days: None, points });
    }
    let words: Vec<&str> = key.split(' ').collect();
    let [late, until, days, unit] = words.as_slice() else { return Err(unknown_step(segment)) };
    let is_form = [(*late, "muộn"), (*until, "đến"), (*unit, "ngày")]
        .iter()
        .all(|(found, word)| *found == text::key(word));
    let days = days.parse().ok().filter(|days| is_form && 0 < *days);
    Ok(LateStep { days: Some(days.ok_or_else(|| unknown_step(segment))?), points })
}

fn unknown_step(segment: &str) -> Said {
    said::LateUnclear { found: segment, rest: REST }.into()
}

#[cfg(test)]
mod tests {
    use crate::points::Quantity;

    use super::*;

    fn max(points: &str) -> Points {
        Quantity::parse(points).unwrap().points()
    }

    #[test]
    fn rules_are_read_as_clerks_write_them() {
        #[track_caller]
        fn check(word: &str, parameters: &str, points: &str, expected: &str) {
            let rule = read_rule(word, parameters, max(points)).unwrap();
            assert_eq!(rule.words(max(points)), expected);
        }
        check("Có / không", "", "1", "Có = 1 điểm; không = 0 điểm.");
        check("MỨC", "đủ=1,5;không = 0;", "1.5", "Chọn một mức: đủ = 1,5 điểm; không = 0 điểm.");
        check(
            "mức theo tỷ lệ",
            "100% = 2; 70 – <100 % = 1; < 70 = 0; không phát sinh = đủ điểm",
            "2",
            "Theo tỷ lệ tử số ÷ mẫu số: từ 100 % trở lên được 2 điểm; từ 70 đến dưới 100 % \
             được 1 điểm; dưới 70 % được 0 điểm; mẫu số bằng 0 thì được 2 điểm.",
        );
        check(
            "mức theo số lượng",
            "≥3 = 1.5; 1-2 = 1; 0 = 0",
            "1.5",
            "Theo số lượng: từ 3 trở lên được 1,5 điểm; từ 1 đến 2 được 1 điểm; 0 được 0 điểm.",
        );
        check(
            "tỷ lệ theo mục tiêu",
            "sàn = 50; mục tiêu = 80%; không phát sinh = 0 điểm",
            "2",
            "Tỷ lệ = tử số ÷ mẫu số; dưới 50 % được 0 điểm; từ 80 % trở lên được 2 điểm; \
             còn lại lấy tỷ lệ ÷ 80 % × 2 điểm; mẫu số bằng 0 thì được 0 điểm.",
        );
        check(
            "thời hạn",
            "còn lại = 0; muộn đến 30 ngày = 0,5; hạn = Hạn nộp phiếu; muộn đến 15 ngày = 1",
            "1.5",
            "Đến hết hạn nộp phiếu được 1,5 điểm; muộn đến 15 ngày được 1 điểm; \
             muộn đến 30 ngày được 0,5 điểm; muộn hơn được 0 điểm.",
        );
        check(
            "khảo sát",
            ">=90% = 4; 80-<90% = 3; <80% = 0",
            "4",
            "Kết quả khảo sát, theo tỷ lệ hài lòng: từ 90 % trở lên được 4 điểm; \
             từ 80 đến dưới 90 % được 3 điểm; dưới 80 % được 0 điểm.",
        );
    }

    /// A rule of two points is refused with all of these.
    #[track_caller]
    fn check(word: &str, parameters: &str, expected: &[&str]) {
        let wrong = read_rule(word, parameters, max("2")).unwrap_err();
        let said: Vec<String> =
            wrong.iter().map(|it| format!("{} {}", it.code().info().id, it)).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn a_parameter_given_twice_is_said_beside_what_else_is_wrong() {
        check(
            "tỷ lệ có sàn",
            "sàn = 50%; sàn = 60%; không phát sinh = 0 điểm; sàm = 1",
            &[
                "T028 «sàn» ghi hai lần",
                "T028 Cách chấm này không có tham số «sàm = 1»; có phải «sàn»?",
            ],
        );
    }

    #[test]
    fn everything_wrong_with_a_rule_is_said_at_once() {
        check(
            "ty le co san",
            "",
            &["T027 Không có cách chấm «ty le co san»; có phải «tỷ lệ có sàn»?"],
        );
        check("có/không", "có = 2", &["T028 Cách chấm này không có tham số «có = 2»"]);
        check("mức", "đủ = 1,5; không = 0", &["T029 Mức cao nhất 1,5 khác điểm tối đa 2"]);
        check(
            "mức",
            "đủ = hai; không = 0; đủ = 2",
            &["T028 Điểm không phải là số không âm: «hai»"],
        );
        check("mức", "đủ = 2; Đủ = 0", &["T028 «Đủ» ghi hai lần"]);
        check(
            "mức theo tỷ lệ",
            "100 = 2; <100 = 0; khong phat sinh = đủ điểm",
            &[
                "T028 Cách chấm này không có tham số «khong phat sinh = đủ điểm»; có phải «không phát sinh»?",
            ],
        );
        check("mức", "đủ 2", &["T028 Thiếu «= điểm»: đủ 2"]);
        check("mức", "", &["T028 Cần từ hai mức trở lên, dạng «tên mức = điểm»"]);
        check("cộng thành phần", "a = 1; b = 0,5", &["T029 Tổng các phần 1,5 khác điểm tối đa 2"]);
        check(
            "mức theo tỷ lệ",
            "70-100% = 2; 50-70% = 1; <50% = 0",
            &[
                "T030 «50-70%» và «70-100%» cùng chứa 70 %",
                "T031 Không có mức cho trên 100 %",
                "T028 Thiếu tham số «không phát sinh = …»",
            ],
        );
        check(
            "mức theo tỷ lệ",
            "95-100 = 2; 0-94 = 0; không phát sinh = bỏ qua",
            &[
                "T028 «không phát sinh» phải là một trong không áp dụng, đủ điểm, 0 điểm: bỏ qua",
                "T031 Không có mức cho trên 94 đến dưới 95 %",
                "T031 Không có mức cho trên 100 %",
            ],
        );
        check("mức theo số lượng", ">=3 = 2; 1 = 1; 0 = 0", &["T031 Không có mức cho 2"]);
        check(
            "mức theo số lượng",
            ">=1,5 = 2; nhiều = 1; 50% = 0",
            &[
                "T028 Không hiểu điều kiện «>=1,5»; viết như >=3, 1-2, 0",
                "T028 Không hiểu điều kiện «nhiều»; viết như >=3, 1-2, 0",
                "T028 Mức theo số lượng không dùng %: «50%»",
            ],
        );
        check(
            "tỷ lệ có sàn",
            "san = 50%; không phát sinh = 0 điểm",
            &["T028 Cách chấm này không có tham số «san = 50%»; có phải «sàn»?"],
        );
        check(
            "tỷ lệ theo mục tiêu",
            "mục tiêu = 50%; sàn = 60%; không phát sinh = 0 điểm",
            &["T028 Sàn 60 % cao hơn mục tiêu 50 %"],
        );
        check("trừ điểm", "mỗi lần = 3", &["T028 «mỗi lần» phải lớn hơn 0 và không quá 2: 3"]);
        check(
            "thời hạn",
            "hạn = 30/02/2019; muộn đến 15 ngày = 3; muộn 20 ngày = 1",
            &[
                "T028 Hạn không phải là ngày, cũng không phải «hạn nộp phiếu»: 30/02/2019",
                "T028 Không hiểu «muộn 20 ngày = 1»; thời hạn chỉ có «hạn», «muộn đến N ngày», «còn lại»",
                "T031 Thiếu «còn lại = …» cho trường hợp muộn hơn",
                "T029 Mức muộn 3 điểm lớn hơn điểm tối đa 2",
            ],
        );
        check("theo số lượng", "mỗi mục = 0", &["T028 «mỗi mục» phải lớn hơn 0 và không quá 2: 0"]);
    }

    proptest::proptest! {
        #[test]
        fn a_step_is_never_lacking_and_never_doubled(
            edges in proptest::collection::vec(0_u32..40, 1..5),
            signs in proptest::collection::vec(0_usize..4, 6),
            value in 0_i64..60,
        ) {
            let mut segments = Vec::new();
            for (number, (edge, sign)) in edges.iter().zip(&signs).enumerate() {
                let next = edges.get(number + 1).unwrap_or(&40);
                segments.push(match sign {
                    0 => format!(">={edge} = {number}"),
                    1 => format!("<{edge} = {number}"),
                    2 => format!("{edge}-<{next} = {number}"),
                    _ => format!("{edge} = {number}"),
                });
            }
            // Closed where the generator left holes, often enough to be accepted.
            segments.push(format!("<{} = 0", edges.iter().min().unwrap()));
            let max = Points::scaled(i64::try_from(edges.len()).unwrap() - 1, 0);
            let read = |word, more: &str| {
                read_rule(word, &format!("{}{more}", segments.join("; ")), max)
            };
            if let Ok(Rule::CountLevels(steps)) = read("mức theo số lượng", "") {
                let count = Quantity::whole(value);
                let holding = steps.iter().filter(|it| it.span.contains(|edge| count.cmp(&edge)));
                proptest::prop_assert_eq!(holding.count(), 1);
            }
            if let Ok(Rule::RatioLevels { steps, .. }) =
                read("mức theo tỷ lệ", "; không phát sinh = 0 điểm")
            {
                let share = Quantity::scaled(value * 7, 1);
                let holding = steps.iter().filter(|it| it.span.contains(|edge| share.cmp(&edge)));
                proptest::prop_assert_eq!(holding.count(), 1);
            }
        }
    }
}
