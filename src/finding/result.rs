//! The sentences about the result, `K`, and about what it was decided from.

use super::said::{Slot, sentences};
use super::{Code, Said, Text, Unit};
use crate::points::{Points, Quantity};

sentences! {
    FormMissing Silent { name: Text, unit: Unit }
        "{name} ({unit}) chưa nộp phiếu"
    SurveyMissing Unsurveyed {}
        "Chưa có kết quả khảo sát, chưa xếp hạng được đơn vị có tiêu chí khảo sát"
    WaiverUnused WaiverUnused { unit: Unit, rule: Text }
        "{unit}: miễn trừ «{rule}»"
    ShareTooSmall ShareTooSmall { name: Text, share: Text, min: Quantity }
        "{name}: chỉ {share} % điểm của bộ chỉ số áp dụng (tối thiểu {min} %)"
    AdjustmentCapped Capped { name: Text, kind: Text, sum: Points, cap: Points }
        "{name}: tổng điểm {kind} {sum} vượt mức tối đa {cap}"
}
