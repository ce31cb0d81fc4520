//! A rule → a sentence in Vietnamese, for forms, prompts and reports: the same
//! rule that is checked is the one that is told.

use crate::points::Points;
use crate::round::rule::{Due, Empty, LateStep, Level, Rule, Span, Step};

impl Rule {
    /// The whole rule of an item worth `max`, as one sentence.
    pub fn words(&self, max: Points) -> String {
        match self {
            Rule::YesNo => format!("Có = {max} điểm; không = 0 điểm."),
            Rule::Levels(levels) => format!("Chọn một mức: {}.", named(levels)),
            Rule::CountLevels(steps) => format!("Theo số lượng: {}.", stepped(steps, "")),
            Rule::RatioLevels { steps, empty } => {
                let steps = stepped(steps, " %");
                format!("Theo tỷ lệ tử số ÷ mẫu số: {steps}; {}.", empty.words(max))
            }
            Rule::Proportional { floor, target, empty } => {
                let mut parts = vec!["Tỷ lệ = tử số ÷ mẫu số".to_owned()];
                parts.extend(floor.map(|floor| format!("dưới {floor} % được 0 điểm")));
                parts.push(match (target, floor) {
                    (Some(target), _) => format!(
                        "từ {target} % trở lên được {max} điểm; \
                         còn lại lấy tỷ lệ ÷ {target} % × {max} điểm"
                    ),
                    (None, Some(_)) => format!("còn lại nhân với {max} điểm"),
                    (None, None) => format!("điểm = tỷ lệ × {max} điểm"),
                });
                parts.push(empty.words(max));
                format!("{}.", parts.join("; "))
            }
            Rule::Deduction { each, serious } => {
                let taken = format!("{max} điểm, trừ {each} điểm mỗi lần, không dưới 0");
                match serious {
                    None => format!("{taken}."),
                    Some(case) => format!("{taken}; có trường hợp {case} thì 0 điểm."),
                }
            }
            Rule::Deadline { due, late } => {
                let steps: Vec<String> = late.iter().map(late_words).collect();
                format!("Đến hết {} được {max} điểm; {}.", due.words(), steps.join("; "))
            }
            Rule::DaysLate { due, each } => format!(
                "Đến hết {} được {max} điểm; mỗi ngày muộn trừ {each} điểm, không dưới 0.",
                due.words()
            ),
            Rule::Parts(parts) => format!("Cộng các phần đạt được: {}.", named(parts)),
            Rule::PerItem { each } => format!("Mỗi mục được {each} điểm, nhiều nhất {max} điểm."),
            Rule::Survey { steps: None } => {
                format!("Kết quả khảo sát: tỷ lệ hài lòng × {max} điểm.")
            }
            Rule::Survey { steps: Some(steps) } => {
                format!("Kết quả khảo sát, theo tỷ lệ hài lòng: {}.", stepped(steps, " %"))
            }
        }
    }

    /// Every number of points that the rule names.
    pub fn points(&self) -> Vec<Points> {
        let of_steps = |steps: &[Step]| steps.iter().map(|step| step.points).collect();
        match self {
            Rule::Levels(levels) | Rule::Parts(levels) => {
                levels.iter().map(|level| level.points).collect()
            }
            Rule::CountLevels(steps)
            | Rule::RatioLevels { steps, .. }
            | Rule::Survey { steps: Some(steps) } => of_steps(steps),
            Rule::Deadline { late, .. } => late.iter().map(|step| step.points).collect(),
            Rule::Deduction { each, .. } | Rule::DaysLate { each, .. } | Rule::PerItem { each } => {
                vec![*each]
            }
            Rule::YesNo | Rule::Proportional { .. } | Rule::Survey { steps: None } => Vec::new(),
        }
    }

    /// What a zero denominator means, if the rule has one.
    pub fn empty(&self) -> Option<Empty> {
        match self {
            Rule::RatioLevels { empty, .. } | Rule::Proportional { empty, .. } => Some(*empty),
            Rule::YesNo
            | Rule::Levels(_)
            | Rule::CountLevels(_)
            | Rule::Deduction { .. }
            | Rule::Deadline { .. }
            | Rule::DaysLate { .. }
            | Rule::Parts(_)
            | Rule::PerItem { .. }
            | Rule::Survey { .. } => None,
        }
    }
}

impl Span {
    /// `từ 70 đến dưới 100 %`; `sign` follows every stretch's last number.
    pub fn words(&self, sign: &str) -> String {
        match (self.low, self.high) {
            (None, None) => "mọi giá trị".to_owned(),
            (Some(low), Some(high)) if low.at == high.at => format!("{}{sign}", low.at),
            (Some(low), None) if low.is_included => format!("từ {}{sign} trở lên", low.at),
            (Some(low), None) => format!("trên {}{sign}", low.at),
            (None, Some(high)) if high.is_included => format!("đến {}{sign}", high.at),
            (None, Some(high)) => format!("dưới {}{sign}", high.at),
            (Some(low), Some(high)) => {
                let from = if low.is_included { "từ" } else { "trên" };
                let to = if high.is_included { "đến" } else { "đến dưới" };
                format!("{from} {} {to} {}{sign}", low.at, high.at)
            }
        }
    }
}

impl Empty {
    fn words(self, max: Points) -> String {
        match self {
            Empty::NotApplicable => "mẫu số bằng 0 thì không áp dụng".to_owned(),
            Empty::Full => format!("mẫu số bằng 0 thì được {max} điểm"),
            Empty::Zero => "mẫu số bằng 0 thì được 0 điểm".to_owned(),
        }
    }
}

impl Due {
    fn words(self) -> String {
        match self {
            Due::On(day) => format!("ngày {day}"),
            Due::Submission => "hạn nộp phiếu".to_owned(),
        }
    }
}

fn late_words(step: &LateStep) -> String {
    match step.days {
        Some(days) => format!("muộn đến {days} ngày được {} điểm", step.points),
        None => format!("muộn hơn được {} điểm", step.points),
    }
}

fn named(levels: &[Level]) -> String {
    let words = |level: &Level| format!("{} = {} điểm", level.label, level.points);
    levels.iter().map(words).collect::<Vec<_>>().join("; ")
}

fn stepped(steps: &[Step], sign: &str) -> String {
    let words = |step: &Step| format!("{} được {} điểm", step.span.words(sign), step.points);
    steps.iter().map(words).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use crate::round::read_rule::read_rule;
    use crate::round::rule_forms::FORMS;

    use super::*;

    #[test]
    fn every_kind_of_rule_reads_its_own_example_and_says_it() {
        let mut said = FORMS.iter().map(|form| {
            let max = Points::scaled(form.example_max, 0);
            let rule = read_rule(form.word, form.example, max).unwrap();
            (form.word, rule.words(max))
        });
        let mut check = |word: &str, expected: &str| {
            assert_eq!(said.next(), Some((word, expected.to_owned())));
        };
        check("có/không", "Có = 1 điểm; không = 0 điểm.");
        check(
            "mức",
            "Chọn một mức: đủ = 2 điểm; thiếu 1 yếu tố = 1 điểm; thiếu từ 2 yếu tố = 0 điểm.",
        );
        check(
            "mức theo số lượng",
            "Theo số lượng: từ 3 trở lên được 2 điểm; từ 1 đến 2 được 1 điểm; 0 được 0 điểm.",
        );
        check(
            "mức theo tỷ lệ",
            "Theo tỷ lệ tử số ÷ mẫu số: từ 100 % trở lên được 2 điểm; từ 70 đến dưới 100 % \
             được 1 điểm; dưới 70 % được 0 điểm; mẫu số bằng 0 thì được 2 điểm.",
        );
        check(
            "tỷ lệ",
            "Tỷ lệ = tử số ÷ mẫu số; điểm = tỷ lệ × 2 điểm; mẫu số bằng 0 thì được 2 điểm.",
        );
        check(
            "tỷ lệ có sàn",
            "Tỷ lệ = tử số ÷ mẫu số; dưới 50 % được 0 điểm; còn lại nhân với 2 điểm; \
             mẫu số bằng 0 thì được 0 điểm.",
        );
        check(
            "tỷ lệ theo mục tiêu",
            "Tỷ lệ = tử số ÷ mẫu số; từ 80 % trở lên được 2 điểm; còn lại lấy tỷ lệ ÷ 80 % × \
             2 điểm; mẫu số bằng 0 thì được 2 điểm.",
        );
        check(
            "trừ điểm",
            "2 điểm, trừ 0,25 điểm mỗi lần, không dưới 0; có trường hợp lãnh đạo bị kỷ luật \
             thì 0 điểm.",
        );
        check(
            "thời hạn",
            "Đến hết ngày 31/01/2019 được 2 điểm; muộn đến 15 ngày được 1 điểm; muộn hơn được \
             0 điểm.",
        );
        check(
            "trừ theo ngày",
            "Đến hết hạn nộp phiếu được 2 điểm; mỗi ngày muộn trừ 0,25 điểm, không dưới 0.",
        );
        check(
            "cộng thành phần",
            "Cộng các phần đạt được: dự toán = 1 điểm; quyết toán = 0,5 điểm; tài sản = 0,5 điểm.",
        );
        check("theo số lượng", "Mỗi mục được 0,5 điểm, nhiều nhất 2 điểm.");
        check("khảo sát", "Kết quả khảo sát: tỷ lệ hài lòng × 2 điểm.");
        assert_eq!(said.next(), None);
    }
}
