//! The sentences about criteria sets and their rules.

use super::said::{Slot, sentences};
use super::{Code, Item, Near, Said, Text, Texts};
use crate::day::Day;
use crate::points::{Points, Quantity};

sentences! {
    SourceMissing DecisionMissing { word: Text }
        "Không thấy «{word}: …» ở phần đầu bảng"
    TableCellInvalid NotACode { label: Text, found: Text }
        "{label} không phải mã tiêu chí dạng 1, 1.2 hoặc 1.2.3: {found}"
    TableCellInvalid MaxUnfit { label: Text, most: i64, max: Points }
        "{label} phải lớn hơn 0, không quá {most}: {max}"
    TableCellInvalid SetEmpty {}
        "Bảng không có tiêu chí nào"
    SetCodeRepeated CodeTwice { item: Item, spot: Text }
        "Mã {item} đã có ở ô {spot}"
    SetCodeMisplaced ParentMissing { item: Item, parent: Text }
        "Mã {item} không có mục cha {parent} ở trên"
    SetCodeMisplaced AfterLater { item: Item, above: Text }
        "Mã {item} đứng sau mã {above}"
    SetCodeMisplaced RuleWithItems {}
        "có cách chấm nhưng lại có mục con"
    SetCodeMisplaced AreaWithoutItems {}
        "lĩnh vực phải có tiêu chí bên dưới"
    SetSumWrong SumWrong { max: Points, sum: Points }
        "điểm {max}, tổng các mục con {sum}"
    SetSumWrong TotalWrong { label: Text, max: Points, sum: Points }
        "{label} ghi {max}, tổng các lĩnh vực {sum}"
    RuleUnknown RuleMissing {}
        "thiếu cách chấm"
    RuleUnknown NeitherRuleNorItems {}
        "không có mục con và thiếu cách chấm"
    SourceContradictory OriginContradicts { found: Text, rule: Text }
        "nguồn điểm «{found}» nhưng cách chấm «{rule}»"
    ExemptContradictory NeverExempt { label: Text }
        "không phát sinh = không áp dụng, nhưng cột {label} không ghi «được»"
    PointsTooFine TooFine { points: Points, places: u32 }
        "{points} điểm có hơn {places} chữ số thập phân"
    DueBeforeYear DueBefore { day: Day, year: i16 }
        "hạn {day}, năm đánh giá {year}"
    TableCellInvalid FigureUnknown { found: Text, near: Near }
        "không hiểu số liệu «{found}»{near}"
    TableCellInvalid FigureNameless { word: Text }
        "«{word}» chưa nói là số liệu gì"
    TableCellInvalid FigureTwice { word: Text }
        "«{word}» ghi hai lần"
    TableCellInvalid FigureUnused { word: Text }
        "«{word}» không dùng trong cách chấm này"
    TableCellInvalid FiguresMissing { words: Text }
        "thiếu tên số liệu «{words}: …»"

    RuleUnknown RuleUnknown { found: Text, near: Near }
        "Không có cách chấm «{found}»{near}"
    RuleParameter ParameterUnknown { found: Text, near: Near }
        "Cách chấm này không có tham số «{found}»{near}"
    RuleParameter ParameterMissing { name: Text }
        "Thiếu tham số «{name} = …»"
    RuleParameter ParameterTwice { name: Text }
        "«{name}» ghi hai lần"
    RuleParameter PercentUnfit { name: Text, found: Text }
        "«{name}» không phải tỷ lệ phần trăm lớn hơn 0: {found}"
    RuleParameter EachUnfit { name: Text, max: Points, found: Text }
        "«{name}» phải lớn hơn 0 và không quá {max}: {found}"
    RuleParameter WordUnknown { name: Text, words: Texts, found: Text }
        "«{name}» phải là một trong {words}: {found}"
    RuleParameter ZeroWhenUnsaid {}
        "«về 0» chưa nói trường hợp nào"
    RuleParameter FloorAboveTarget { floor: Quantity, target: Quantity }
        "Sàn {floor} % cao hơn mục tiêu {target} %"
    RuleParameter DueUnclear { word: Text, found: Text }
        "Hạn không phải là ngày, cũng không phải «{word}»: {found}"
    RuleParameter LateUnclear { found: Text, rest: Text }
        "Không hiểu «{found}»; thời hạn chỉ có «hạn», «muộn đến N ngày», «{rest}»"
    RuleParameter PointsMissing { found: Text }
        "Thiếu «= điểm»: {found}"
    RuleParameter PointsUnclear { found: Text }
        "Điểm không phải là số không âm: «{found}»"
    RuleParameter LevelNameless { found: Text }
        "Thiếu tên mức: {found}"
    RuleParameter TooFewLevels {}
        "Cần từ hai mức trở lên, dạng «tên mức = điểm»"
    RuleParameter TooManyParts { count: usize, most: usize }
        "Có {count} phần, nhiều nhất {most}"
    RuleParameter StepUnclear { found: Text, like: Text }
        "Không hiểu điều kiện «{found}»; viết như {like}"
    RuleParameter CountInPercent { found: Text }
        "Mức theo số lượng không dùng %: «{found}»"
    RuleParameter StepEmpty { step: Text }
        "Mức «{step}» không chứa giá trị nào"
    StepsOverlap StepsOverlap { step: Text, other: Text, part: Text }
        "«{step}» và «{other}» cùng chứa {part}"
    StepsOverlap StepTwice { step: Text }
        "Có hai mức «{step}»"
    StepsGap StepMissing { part: Text }
        "Không có mức cho {part}"
    StepsGap RestMissing { rest: Text }
        "Thiếu «{rest} = …» cho trường hợp muộn hơn"
    NumberUnlikely LevelsUnordered { points: Texts }
        "điểm các mức không tăng dần hay giảm dần: {points}"
    BestNotMax BestNotMax { best: Points, max: Points }
        "Mức cao nhất {best} khác điểm tối đa {max}"
    BestNotMax PartsNotMax { sum: Points, max: Points }
        "Tổng các phần {sum} khác điểm tối đa {max}"
    BestNotMax LateAboveMax { points: Points, max: Points }
        "Mức muộn {points} điểm lớn hơn điểm tối đa {max}"
}
