//! The sentences about the result, `K`, and about what it was decided from.

use super::said::{Slot, sentences};
use super::{Code, Near, Place, Said, Text, Texts, Unit};
use crate::day::Day;
use crate::points::{Points, Quantity};

sentences! {
    FormMissing Silent { name: Text, unit: Unit }
        "{name} ({unit}) chưa nộp phiếu"
    FormMissing SilentButRefused { name: Text, unit: Unit, files: Texts }
        "{name} ({unit}) chưa nộp phiếu đọc được; theo tên gọi, có lẽ đã gửi tệp không đọc được: {files}"
    UnitOutside Outside { name: Text, unit: Unit, day: Day, by: Text }
        "{name} ({unit}) không hoạt động vào ngày chốt danh sách {day}; đơn vị kế thừa: {by}"
    SurveyMissing Unsurveyed {}
        "Chưa có kết quả khảo sát, chưa xếp hạng được đơn vị có tiêu chí khảo sát"
    WaiverUnused WaiverUnused { unit: Unit, rule: Text, near: Near }
        "{unit}: miễn trừ «{rule}» không có gì để miễn{near}"
    ExemptionUnused ExemptionUnused { unit: Unit, items: Texts, near: Near }
        "{unit}: không áp dụng {items}, nhưng đơn vị không được xếp hạng trong kỳ{near}"
    AdjustmentUnused AdjustmentUnused { unit: Unit, points: Points, near: Near }
        "{unit}: {points} điểm thưởng, trừ không được tính vì đơn vị không có phiếu được tính{near}"
    ExclusionUnused ExcludedInVain { unit: Unit, near: Near }
        "{unit}: không có ai của đơn vị được xét khen trong kỳ{near}"
    PredecessorUnknown PredecessorIdle { unit: Unit, found: Text }
        "{unit}: có kết quả kỳ trước của chính mình; tiền thân «{found}» vẫn hoạt động nên không được dùng"
    PredecessorUnknown PredecessorUnknown { unit: Unit, found: Text, near: Near }
        "{unit}: tiền thân «{found}» không có trong danh sách và kết quả kỳ trước{near}"
    ShareTooSmall ShareTooSmall { name: Text, share: Text, min: Quantity }
        "{name}: chỉ {share} % điểm của bộ chỉ số áp dụng (tối thiểu {min} %)"
    PersonTwice NominatedTwice { person: Text, units: Texts }
        "{person} được đề nghị ở {units}"
    PersonTwice NominatedAlike { unit: Text, person: Text, near: Near }
        "{unit} đề nghị cả «{person}»{near}"
    PersonTwice ExcludedElsewhere { person: Text, unit: Text, other: Text, place: Place }
        "{person} được {unit} đề nghị; người cùng tên của {other} thuộc danh sách không xét khen ({place})"
    ExclusionUnused ExclusionUnused { unit: Unit, person: Text, near: Near }
        "{unit}: không ai tên «{person}» được đề nghị{near}"
    ExclusionUnused ExclusionUnclear { unit: Unit, person: Text, near: Near, waiting: Texts }
        "{unit}: không ai tên «{person}» được đề nghị{near} Chưa trả lời thì chưa xét khen: {waiting}"
    RulingUnused RulingUnused { names: Texts }
        "Trùng tên {names}: không có câu hỏi nào về họ tên và các đơn vị này"
    AdjustmentCapped Capped { name: Text, kind: Text, sum: Points, cap: Points }
        "{name}: tổng điểm {kind} {sum} vượt mức tối đa {cap}"
    AwardTied Tied {
        award: Text, bloc: Text, count: usize, kind: Text, places: usize, ruling: Text, units: Texts
    }
        "{award}, {bloc}: {count} {kind} đồng hạng ở {places} suất cuối ({ruling}): {units}"
    AwardUnfilled Unfilled { award: Text, bloc: Text, used: usize, places: usize, kind: Text }
        "{award}, {bloc}: mới dùng {used}/{places} suất {kind}"
    RevisionUnused RevisionUnused { what: Text, near: Near }
        "{what}: không có điểm nào đổi như vậy so với bản công bố{near}"
    RevisionMissing Unaccounted { what: Text, before: Text, after: Text }
        "{what}: bản công bố {before}, nay {after}"
    RevisionMissing UnaccountedGone { unit: Unit, name: Text, count: usize }
        "{unit} ({name}): không còn phiếu được tính, cả {count} số đã công bố đều mất; một dòng ghi mã \
         đơn vị {unit}, để trống mã tiêu chí là đủ cho tất cả"
    RevisionMissing UnaccountedNew { unit: Unit, name: Text, count: usize }
        "{unit} ({name}): bản công bố chưa có điểm nào, nay có cả {count} số; một dòng ghi mã đơn vị \
         {unit}, để trống mã tiêu chí là đủ cho tất cả"
    RevisionMissing UnaccountedOfUnit { unit: Unit, what: Text, before: Text, after: Text }
        "{unit} – {what}: bản công bố {before}, nay {after}"
}
