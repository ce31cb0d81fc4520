//! The sentences about a unit's form, `P`.

use super::said::{Slot, sentences};
use super::{Code, Said, Text, Texts};

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
    RuleWaived CountedWithFaults {}
        "Phiếu có lỗi vẫn được tính, mục lỗi 0 điểm"
}
