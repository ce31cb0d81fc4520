//! The sentences about a unit's form, `P`.

use super::said::{Slot, sentences};
use super::{Code, Item, Said, Text, Texts};
use crate::day::Day;

sentences! {
    NomineeDoubtful NomineeDoubtful { found: Text, why: Text }
        "«{found}»: {why}"
    NomineeIncomplete NomineeLacking { name: Text, lacking: Texts }
        "{name} – Chưa ghi {lacking}"
    NomineeIncomplete NomineeUnnamed {}
        "Dòng đề nghị khen thưởng không ghi tên"
    NomineeRepeated NomineeRepeated { name: Text }
        "{name} được đề nghị nhiều lần"
    NominationsUnread NominationsUnread { found: Texts }
        "Không rõ cột nào ghi tên, cột nào ghi thành tích; đầu bảng có: {found}"
    FormMerelyAlike AlikeOnly { form: Text }
        "Không có mã và điểm của phần lớn tiêu chí; phiếu của đơn vị là {form}"
    FormDrawnBeside DrawnBeside { form: Text }
        "Phiếu tự kẻ có điểm khác phiếu đã phát; lấy {form}"
    FormSharedContent SharedContent { form: Text, unit: Text }
        "Mọi điểm, số liệu và tài liệu kiểm chứng giống hệt phiếu của {unit}: {form}"
    CellStruck StruckOfItem { item: Item, found: Text }
        "{item} – Ô bị gạch ngang: «{found}»"
    CellStruck StruckNominee { found: Text }
        "Ô đề nghị khen thưởng bị gạch ngang: «{found}»"
    FormRemarked Remarked { count: usize, remarks: Texts }
        "Trang phiếu có {count} ghi chú gắn vào ô: {remarks}"
    FormEarly MadeOutEarly { dated: Day, deadline: Day }
        "Phiếu lập ngày {dated}, hạn nộp là {deadline}"
    RuleWaived CountedWithFaults {}
        "Phiếu có lỗi vẫn được tính, mục lỗi 0 điểm"
}
