//! Why points were lost and what would earn them, in words.

use crate::analysis::Cause;
use crate::round::criteria::Item;
use crate::round::rule::Rule;

/// Why, as a sentence without a full stop.
pub(super) fn why(cause: Cause) -> &'static str {
    match cause {
        Cause::Faulty => "Mục ghi trên phiếu có lỗi, đang tính 0 điểm",
        Cause::Lowered => "Thẩm định không công nhận đủ điểm tự chấm",
        Cause::NotDone => "Chưa thực hiện",
        Cause::LowerLevel => "Chưa đạt mức cao nhất",
        Cause::PartMissing => "Còn thành phần chưa thực hiện",
        Cause::TooFew => "Số lượng chưa đủ",
        Cause::RatioTooLow => "Tỷ lệ chưa đạt",
        Cause::BelowFloor => "Tỷ lệ dưới mức sàn nên không được điểm",
        Cause::Cases => "Có trường hợp bị trừ điểm",
        Cause::Late => "Chậm thời hạn",
        Cause::Satisfaction => "Tỷ lệ hài lòng chưa cao",
    }
}

/// What would earn the points lost at an item, as a sentence without a full
/// stop.
pub(super) fn remedy(item: &Item, cause: Cause) -> String {
    match cause {
        Cause::Faulty => "Sửa mục này trên phiếu rồi nộp lại".to_owned(),
        Cause::Lowered => "Bổ sung tài liệu kiểm chứng cho phần chưa được công nhận".to_owned(),
        _ => earned(&item.rule),
    }
}

fn earned(rule: &Rule) -> String {
    match rule {
        Rule::YesNo => "Thực hiện đầy đủ nội dung này".to_owned(),
        Rule::Levels(levels) => {
            let best = levels.iter().max_by_key(|level| level.points);
            best.map_or(String::new(), |level| format!("Đạt mức «{}»", level.label))
        }
        Rule::Parts(parts) => {
            let names: Vec<&str> = parts.iter().map(|part| part.label.as_str()).collect();
            format!("Thực hiện đủ: {}", names.join("; "))
        }
        Rule::CountLevels(_) => "Tăng số lượng đến mức cao nhất của tiêu chí".to_owned(),
        Rule::PerItem { each } => format!("Mỗi mục làm thêm được {each} điểm"),
        Rule::RatioLevels { .. } => "Nâng tỷ lệ đến mức cao nhất của tiêu chí".to_owned(),
        Rule::Proportional { target: Some(target), .. } => {
            format!("Nâng tỷ lệ lên {target} %")
        }
        Rule::Proportional { .. } => "Nâng tỷ lệ lên 100 %".to_owned(),
        Rule::Deduction { each, .. } => {
            format!("Không để phát sinh trường hợp vi phạm; mỗi trường hợp bị trừ {each} điểm")
        }
        Rule::Deadline { .. } | Rule::DaysLate { .. } => "Hoàn thành đúng thời hạn".to_owned(),
        Rule::Survey { .. } => "Nâng tỷ lệ hài lòng của người được khảo sát".to_owned(),
    }
}
