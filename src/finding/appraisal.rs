//! The sentences about appraisal workbooks, `D`; those about the unit and the
//! item of a row are said of a survey too.

use super::said::{Slot, sentences};
use super::{Code, Item, Near, Place, Said, Text, Texts, Unit};
use crate::points::Points;

sentences! {
    AppraisalForeign Unmarked {}
        "Tệp không có dấu nhận diện của bảng thẩm định"
    AppraisalForeign OtherLayout { found: Text }
        "Bảng thẩm định theo phiên bản mẫu khác: {found}"
    AppraisalForeign OtherRound { found: Text, round: Text }
        "Bảng thẩm định của kỳ {found}, không phải kỳ {round}"
    AppraisalForeign BlocUnknown { found: Text }
        "Khối của bảng thẩm định không có trong ky.toml: {found}"
    AppraisalCopied Copied { file: Text }
        "Tệp giống hệt {file}"
    AppraisalUnitUnknown UnitBlank {}
        "Ô mã đơn vị bỏ trống"
    AppraisalUnitUnknown UnitUnknown { found: Text, near: Near }
        "Mã đơn vị không có trong don-vi.xlsx: {found}{near}"
    AppraisalUnitUnknown UnitOfOtherBloc { unit: Unit, name: Text, bloc: Text }
        "{unit} – {name} không thuộc {bloc}"
    AppraisalItemUnknown ItemBlank {}
        "Ô mã tiêu chí bỏ trống"
    AppraisalItemUnknown ItemUnknown { set: Text, found: Text }
        "{set} không có tiêu chí {found}"
    AppraisalItemUnknown ItemOfTitle { item: Item, found: Text, other: Item }
        "Mã {item} đứng cạnh nội dung «{found}» của tiêu chí {other}"
    AppraisalItemUnknown ItemOfSurvey { item: Item }
        "{item} lấy điểm từ kết quả khảo sát, không thẩm định"
    AppraisalRepeated Repeated { unit: Unit, items: Text, place: Place }
        "{unit} – {items} được ghi khác nhau, xem {place}"
    AppraisalWithoutForm Formless { name: Text, unit: Unit }
        "{name} ({unit}) – có điểm trong bảng thẩm định, không có phiếu"
    AppraisedExempt Exempt { found: Text }
        "không áp dụng, điểm: {found}"
    AppraisedOutOfRange OutOfRange { points: Points, max: Points }
        "điểm thẩm định {points} (tối đa {max})"
    AppraisedNotALevel NotALevel { points: Points, levels: Text }
        "điểm thẩm định {points} (các mức: {levels})"
    AppraisedTooFine TooFine { points: Points, places: u32 }
        "điểm thẩm định {points} (nhiều nhất {places} số lẻ)"
    AppraisalUnreasoned Unreasoned { points: Points, claimed: Points }
        "điểm thẩm định {points} (tự chấm {claimed})"
    AppraisalUnclear BlankBesideWords { said: Text }
        "ô điểm để trống (nghĩa là đồng ý) mà ghi «{said}»"
    AppraisalMissing Rowless { name: Text, unit: Unit }
        "{name} ({unit}) – không có dòng nào trong bảng thẩm định; \
        chạy lại cchc appraise để lập bảng bổ sung"
    AppraisalMissing Unscored { name: Text, unit: Unit, count: usize }
        "{name} ({unit}) – chưa có điểm thẩm định nào ({count} tiêu chí)"
    AppraisalMissing PartlyUnscored { name: Text, unit: Unit, count: usize, items: Text }
        "{name} ({unit}) – chưa thẩm định {count} tiêu chí: {items}"
    AppraisalMissing AskedAgain { name: Text, unit: Unit, count: usize, items: Text }
        "{name} ({unit}) – chưa thẩm định lại {count} tiêu chí theo phiếu gửi lại: {items}"
    AppraisalUnclear NothingToKeep { label: Text, found: Text }
        "{label} ghi «{found}» mà không bảng nào trước đó có dòng này"
    AppraisalKept Kept { unit: Unit, items: Texts }
        "{unit} – giữ điểm đã thẩm định của dòng đã đổi: {items}"
    AppraisalOutdated Outdated { unit: Unit, items: Texts }
        "{unit} – dòng trong bảng khác phiếu hiện tại: {items}"
    AdjustmentInvalid KindBlank {}
        "Chưa ghi loại"
    NumberUnlikely AdjustmentSmall { found: Points }
        "{found} điểm thưởng, trừ ít khác thường"
    AdjustmentInvalid PointsUnfit { places: u32, found: Points }
        "Điểm phải lớn hơn 0, nhiều nhất {places} số lẻ: {found}"
    AdjustmentInvalid SameLine { unit: Unit, place: Place }
        "{unit}: dòng giống hệt {place}"
    AdjustmentTwice MayBeSameLine { unit: Unit, place: Place, reason: Text }
        "{unit}: «{reason}» có thể là khoản đã ghi ở {place}, chưa tính dòng này"
}
