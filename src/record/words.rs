//! The few sentences that the record, the workbooks and the documents share.

use std::collections::BTreeSet;

use crate::rank::{Reason, Unranked};
use crate::round::settings::Settings;
use crate::score::Lack;

/// Why a unit is not ranked, as a sentence without a full stop.
pub fn reason(unranked: &Unranked, settings: &Settings) -> String {
    match &unranked.reason {
        Reason::Silent => "Chưa nộp phiếu".to_owned(),
        Reason::SetAside => "Phiếu bị gạt ra; lý do ở trang Lỗi phiếu".to_owned(),
        Reason::Exempt(why) => format!("Được miễn đánh giá: {why}"),
        Reason::ShareTooSmall => {
            let scoring = &settings.scoring;
            let least = scoring.assessed_min;
            let share = unranked.card.as_ref().map(|card| card.assessed.percent());
            let share = share.map(|share| share.fixed(scoring.index_places));
            let found = share.map_or(String::new(), |share| format!(" ({share} %)"));
            format!("Phần áp dụng của bộ chỉ số{found} chưa đạt mức tối thiểu {least} %")
        }
        Reason::NoSurvey => "Chưa có kết quả khảo sát".to_owned(),
    }
}

/// What is missing, as the end of a sentence.
pub fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Appraisal => "điểm thẩm định",
        Lack::Survey => "kết quả khảo sát",
        Lack::Faulty => "số liệu đúng ở các mục có lỗi (đang tính 0 điểm)",
    }
}

/// What keeps the whole result provisional, in one line; `None` when it is
/// final.
pub fn provisional(lacks: &BTreeSet<Lack>) -> Option<String> {
    let missing: Vec<&str> = lacks.iter().map(|it| lack(*it)).collect();
    (!missing.is_empty()).then(|| format!("TẠM TÍNH – còn thiếu {}", missing.join("; ")))
}

/// The state of the result in two words, for a footer.
pub fn status(lacks: &BTreeSet<Lack>) -> &'static str {
    if lacks.is_empty() { "Chính thức" } else { "Tạm tính" }
}
