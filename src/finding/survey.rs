//! The sentences about the survey, `S`.

use super::said::{Slot, sentences};
use super::{Code, Item, Said, Text, Texts, Unit};
use crate::points::Quantity;

sentences! {
    SurveyForeign OtherRound { found: Text, round: Text }
        "Bảng khảo sát của kỳ {found}, không phải kỳ {round}"
    SurveyItemUnknown NotOfSurvey { item: Item }
        "{item} không phải tiêu chí khảo sát"
    SurveyInvalid NotAPercent { label: Text, found: Quantity }
        "{label} không nằm trong khoảng 0 đến 100: {found}"
    SurveyInvalid NotACount { label: Text, found: Quantity }
        "{label} không phải là số nguyên lớn hơn 0: {found}"
    NumberUnlikely CountFar { found: i64, usual: i64 }
        "{found} phiếu trả lời, gấp hơn mười lần số thường gặp ({usual})"
    SurveyInvalid AllFractions { found: Quantity }
        "Tỷ lệ hài lòng đều không quá 1, như {found}: cột này ghi theo phần trăm, ví dụ 92,5"
    SurveyInvalid OneFraction { found: Quantity }
        "Tỷ lệ hài lòng ghi {found}: cột này ghi theo phần trăm, ví dụ 92,5"
    SurveyInvalid SomeFractions { count: usize, spots: Texts, found: Quantity }
        "Tỷ lệ hài lòng không quá 1 ở {count} ô ({spots}), như {found}: \
        cột này ghi theo phần trăm, ví dụ 92,5"
    SurveyInvalid MeansOfScale { item: Item, scale: i64, found: Quantity }
        "{item} – tỷ lệ hài lòng cao nhất là {found}: có vẻ là điểm trung bình trên thang {scale}, \
        không phải phần trăm"
    SurveyUnlikely MeanAlone { scale: i64, found: Quantity }
        "tỷ lệ hài lòng {found} %: có phải điểm trung bình trên thang {scale}?"
    SurveyMissing NoneYet {}
        "Bảng khảo sát chưa có kết quả nào"
    SurveyMissing Lacking { name: Text, unit: Unit, items: Text }
        "{name} ({unit}) – thiếu kết quả: {items}"
}
