//! The few sentences that the record, the workbooks, the console and the
//! documents share.

pub mod arrival;
pub mod money;

use std::collections::BTreeSet;

use crate::analysis::{Advice, Alike};
use crate::appraisal::Unsettled;
use crate::award::{DeclineReason, Declined};
use crate::form::layout::NOT_APPLICABLE;
use crate::form::{Claim, Claimed, Form};
use crate::points::Points;
use crate::rank::{Ranking, Reason, Unranked};
use crate::round::Round;
use crate::round::criteria::ItemCode;
use crate::round::register::UnitId;
use crate::round::settings::{Compare, Numbering, TieBreak};
use crate::score::{Lack, ScoreCard, ScoredBy};
use crate::tally::Tally;

/// That only these files came, which cannot be read.
pub fn refused<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let files: Vec<&str> = files.collect();
    format!("Đã gửi tệp không đọc được, chưa có phiếu được tính: {}", files.join("; "))
}

/// Why a unit is not ranked, as a sentence without a full stop.
pub fn reason(unranked: &Unranked, round: &Round) -> String {
    let settings = &round.settings;
    let unit = round.register.of_all_times().find(|it| it.id == unranked.unit);
    match &unranked.reason {
        Reason::Silent => "Chưa nộp phiếu".to_owned(),
        Reason::Refused(files) => refused(files.iter().map(String::as_str)),
        Reason::SetAside => "Phiếu bị gạt ra vì còn lỗi".to_owned(),
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
        Reason::Ended => {
            let until = unit.and_then(|unit| unit.until);
            let until = until.map(|day| format!(" sau ngày {day}")).unwrap_or_default();
            format!("Không còn hoạt động{until}; đơn vị kế thừa: {}", heirs(round, &unranked.unit))
        }
        Reason::NotYet => {
            let since = unit.and_then(|unit| unit.since);
            let since = since.map(|day| format!(" từ ngày {day},")).unwrap_or_default();
            format!("Hoạt động{since} sau ngày chốt danh sách")
        }
    }
}

/// What is missing, as the end of a sentence.
fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Appraisal => "điểm thẩm định",
        Lack::Survey => "kết quả khảo sát",
        Lack::Faulty => "số liệu đúng ở các mục có lỗi (đang tính 0 điểm)",
        Lack::Adjustment => "dòng thưởng, trừ điểm đúng thay cho dòng có lỗi (đang không tính)",
        Lack::Ranking => "kết quả của đơn vị chưa được xếp hạng",
        Lack::Everybody => "kết quả của mọi đơn vị (chưa có phiếu nào được tính để xếp hạng)",
    }
}

/// Everything that is missing, as the end of a sentence.
pub fn missing<'a>(lacks: impl IntoIterator<Item = &'a Lack>) -> String {
    lacks.into_iter().map(|it| lack(*it)).collect::<Vec<&str>>().join("; ")
}

/// What an item's numbers suggest, and what to do, without a full stop.
pub fn advice(advice: Advice) -> String {
    let words = match advice {
        Advice::AllFull => {
            "Mọi đơn vị đạt điểm tối đa: mục không tách được đơn vị nào; nên nâng yêu cầu hoặc bỏ"
        }
        Advice::AllZero => {
            "Không đơn vị nào có điểm: yêu cầu có thể quá cao hoặc chưa rõ; nên xem lại yêu cầu"
        }
        Advice::Reversed => {
            "Đơn vị làm tốt các mục khác lại được ít điểm ở mục này; nên xem lại cách chấm"
        }
        Advice::MostlyExempt => {
            "Quá nửa số đơn vị không áp dụng; nên tách ra bộ chỉ số riêng hoặc bỏ"
        }
        Advice::MostlyChanged => {
            "Thẩm định đổi quá nửa số điểm tự chấm: hướng dẫn có thể chưa rõ; nên viết lại cách chấm"
        }
        Advice::MostlyDisputed => {
            "Quá nửa số minh chứng không được công nhận đủ; nên nêu rõ minh chứng nào được chấp nhận"
        }
        Advice::Repeats(Alike { item, correlation, units, least, most }) => {
            let [r, least, most] = [correlation, least, most].map(|it| it.percent().fixed(2));
            return format!(
                "Có đang đo cùng một việc với mục {item} không? Điểm hai mục gần như luôn đi cùng \
                 nhau (tương quan {r} trên {units} đơn vị, khoảng tin cậy 99 % từ {least} đến \
                 {most}); xem lại nội dung trước khi quyết định, chỉ số liệu một kỳ thì chưa đủ \
                 để gộp hay bỏ"
            );
        }
    };
    words.to_owned()
}

/// What keeps a result provisional, in one line; `None` when it is final.
pub fn provisional(lacks: &BTreeSet<Lack>) -> Option<String> {
    let state = if is_partial(lacks) { "CHÍNH THỨC MỘT PHẦN" } else { "TẠM TÍNH" };
    (!lacks.is_empty()).then(|| format!("{state} – còn thiếu {}", missing(lacks)))
}

/// Whether whatever is ranked is final, and only units are missing.
pub fn is_partial(lacks: &BTreeSet<Lack>) -> bool {
    lacks.iter().eq([&Lack::Ranking])
}

/// The state of the result in a few words, for a footer.
pub fn status(tally: &Tally) -> String {
    match &tally.lacks {
        lacks if lacks.is_empty() => "Chính thức".to_owned(),
        lacks if is_partial(lacks) => format!("Chính thức một phần: {}", ranked(&tally.rankings)),
        _ => "Tạm tính".to_owned(),
    }
}

/// How many are ranked of those that should be: `5/10 đơn vị`.
pub fn ranked<'a>(rankings: impl IntoIterator<Item = &'a Ranking>) -> String {
    let counts = rankings.into_iter().map(|it| (it.standings.len(), it.open().count()));
    let (ranked, open) = counts.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    format!("{ranked}/{} đơn vị", ranked + open)
}

/// Why an item that was looked at has no appraised score in force, if so.
pub fn unsettled<'a>(tally: &'a Tally, unit: &UnitId, item: ItemCode) -> Option<&'a Unsettled> {
    tally.appraisal.as_ref()?.unsettled.get(&(unit.clone(), item))
}

/// The same as words, for those who have the tables.
pub fn why_unsettled(unsettled: &Unsettled) -> String {
    let why = unsettled_briefly(Some(unsettled));
    match unsettled {
        Unsettled::Contested([a, b]) => format!("có {why}: {a} và {b}"),
        Unsettled::Again(place) => format!("{why} theo phiếu gửi lại: {place}"),
    }
}

/// The same in the fewest words; nothing was looked at without one.
pub fn unsettled_briefly(unsettled: Option<&Unsettled>) -> &'static str {
    match unsettled {
        None => "chưa thẩm định",
        Some(Unsettled::Contested(_)) => "hai kết quả thẩm định khác nhau",
        Some(Unsettled::Again(_)) => "chờ thẩm định lại",
    }
}

/// Who decided the points in force.
pub fn scored_by(by: ScoredBy, unsettled: Option<&Unsettled>) -> String {
    let words = match by {
        ScoredBy::Unit => return format!("Tự chấm ({})", unsettled_briefly(unsettled)),
        ScoredBy::Figures => return format!("Số liệu ({})", unsettled_briefly(unsettled)),
        ScoredBy::Appraiser => "Thẩm định",
        ScoredBy::Survey => "Khảo sát",
        ScoredBy::Exempt => "Không áp dụng",
        ScoredBy::NothingArose => "Không phát sinh",
        ScoredBy::Faulty => "Mục có lỗi, tính 0",
        ScoredBy::NoSurvey => "Chưa khảo sát",
    };
    words.to_owned()
}

/// What blank cells were taken to mean, and how many of each meaning there are.
pub fn blanks(round: &Round, tally: &Tally) -> Vec<String> {
    let (agreed, blank) = tally.appraisal.as_ref().map_or((0, 0), |it| (it.agreed, it.blank));
    let sets = || round.sets.values();
    let is_claimed =
        |claim: &Claim<&str>| matches!(claim.score, Claimed::Points(it) if Points::ZERO < it);
    let is_bare = |claim: &Claim<&str>| {
        claim.evidence.trim().is_empty() && claim.explanation.trim().is_empty()
    };
    let bare = |form: &Form| {
        let unit = round.register.unit(&form.unit);
        let item = |code| unit.and_then(|unit| round.set(unit).item(code));
        let is_free = |code| item(code).is_some_and(|item| !item.needs_evidence);
        let claims = form.claims.iter().filter(|(_, it)| is_claimed(it) && is_bare(it));
        claims.filter(|(code, _)| is_free(*code)).count()
    };
    let counts = [
        (agreed, "dòng có ô điểm thẩm định để trống, hiểu là đồng ý với điểm tự chấm"),
        (blank, "dòng có ô điểm thẩm định để trống, hiểu là chưa thẩm định"),
        (
            tally.intake.forms.values().map(bare).sum(),
            "dòng trên phiếu không ghi tài liệu kiểm chứng, giải trình, ở mục không bắt buộc",
        ),
        (
            sets().map(|set| set.unsaid.evidence).sum(),
            "mục của bộ chỉ số có ô Kiểm chứng để trống, hiểu là không bắt buộc",
        ),
        (
            sets().map(|set| set.unsaid.exempt).sum(),
            "mục của bộ chỉ số có ô Không áp dụng để trống, hiểu là không được",
        ),
    ];
    let counts = counts.into_iter().filter(|(count, _)| 0 < *count);
    counts.map(|(count, meaning)| format!("{count} {meaning}")).collect()
}

/// What stands where an item has no points.
pub fn no_points(by: ScoredBy) -> &'static str {
    match by {
        ScoredBy::Exempt => NOT_APPLICABLE,
        ScoredBy::NothingArose => "KPS",
        _ => "–",
    }
}

/// Which index is compared.
pub fn compare(compare: Compare) -> &'static str {
    match compare {
        Compare::Exact => "chỉ số chính xác, chưa làm tròn",
        Compare::Shown => "chỉ số đã làm tròn",
    }
}

/// How equal units are numbered.
pub fn numbering(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Standard => "1, 2, 2, 4",
        Numbering::Dense => "1, 2, 2, 3",
    }
}

/// What tie-breaks look at, in their order.
pub fn tie_breaks(tie_breaks: &[TieBreak], between: &str) -> String {
    tie_breaks.iter().map(|it| tie_break(*it)).collect::<Vec<String>>().join(between)
}

/// What a tie-break looks at.
pub fn tie_break(tie_break: TieBreak) -> String {
    match tie_break {
        TieBreak::Appraised => "điểm thẩm định".to_owned(),
        TieBreak::Survey => "điểm khảo sát".to_owned(),
        TieBreak::Penalty => "điểm trừ".to_owned(),
        TieBreak::Area(code) => format!("kết quả lĩnh vực {code}"),
    }
}

/// By which tie-break a unit of equal index stands behind another, with what
/// both have of what was possible.
pub fn broken(by: TieBreak, behind: &ScoreCard, ahead: &ScoreCard, places: u32) -> String {
    let share = |card: &ScoreCard| match by {
        TieBreak::Appraised => Some(card.part(false)),
        TieBreak::Survey => Some(card.part(true)),
        TieBreak::Area(area) => Some(card.area(area)),
        TieBreak::Penalty => None,
    };
    let told = |card: &ScoreCard| match share(card) {
        None => card.penalty.to_string(),
        Some(None) => "chưa có".to_owned(),
        Some(Some(it)) => {
            let percent = it.shown(places).fixed(places);
            format!("{percent} % ({}/{})", it.total(), it.possible())
        }
    };
    format!("{}: {} so với {}", tie_break(by), told(behind), told(ahead))
}

/// The units that a unit became or became part of, by name.
pub fn heirs(round: &Round, unit: &UnitId) -> String {
    let heirs: Vec<&str> = round.register.heirs(unit).map(|heir| heir.name.as_str()).collect();
    if heirs.is_empty() { "không có".to_owned() } else { heirs.join("; ") }
}

/// Why somebody gets no award of a round, as a sentence without a full stop.
pub fn declined(declined: &Declined, rankings: &[Ranking], round: &Round) -> String {
    if declined.reason == DeclineReason::Unranked {
        let mut unranked = rankings.iter().flat_map(|it| &it.unranked);
        if let Some(why) = unranked.find(|it| it.unit == declined.unit) {
            return format!("Không được xếp hạng: {}", reason(why, round));
        }
    }
    let whose = if declined.person.is_some() { "của đơn vị " } else { "" };
    decline_reason(&declined.reason, whose, round.settings.scoring.index_places)
}

/// A reason as a sentence without a full stop; `whose` goes before what is not
/// the candidate's own, and figures have so many decimals.
pub fn decline_reason(reason: &DeclineReason, whose: &str, places: u32) -> String {
    match reason {
        DeclineReason::Unranked => "Không được xếp hạng".to_owned(),
        DeclineReason::NoRule => {
            "Không có quy định cho khối này, hoặc chưa từng được xếp hạng".to_owned()
        }
        DeclineReason::Gone => "Đơn vị không còn ở cuối giai đoạn".to_owned(),
        DeclineReason::Excluded(why) => format!("Thuộc danh sách không xét khen: {why}"),
        DeclineReason::Commended(award) => format!("Đã được khen cho cùng thành tích: {award}"),
        DeclineReason::TooFewYears { had, needed } => {
            format!("Được xếp hạng {had} năm, cần {needed} năm")
        }
        DeclineReason::RankTooLow => format!("Thứ hạng {whose}chưa đạt mức quy định"),
        DeclineReason::IndexTooLow => format!("Chỉ số {whose}chưa đạt mức tối thiểu"),
        DeclineReason::BandTooLow => format!("Xếp loại {whose}chưa đạt mức quy định"),
        DeclineReason::BandTooRare { had, needed } => {
            format!("Đạt mức xếp loại {had} năm, cần {needed} năm")
        }
        DeclineReason::MeanTooLow(mean) => format!("Trung bình {} % chưa đủ", mean.fixed(places)),
        DeclineReason::GainTooLow(gain) => {
            format!("Mức tăng {} điểm % chưa đủ", gain.fixed(places))
        }
        DeclineReason::Late => format!("Phiếu {whose}nộp sau hạn hoặc không ghi ngày lập"),
        DeclineReason::NotNominated => "Không đề nghị khen thưởng trên phiếu".to_owned(),
        DeclineReason::QuotaFull => "Đủ điều kiện nhưng đã hết suất".to_owned(),
        DeclineReason::Doubtful => "Chưa rõ là ai; chờ đơn vị xác nhận".to_owned(),
        DeclineReason::LikeExcluded(person) => {
            format!("Có thể là «{person}» trong danh sách không xét khen; chờ tổ thư ký trả lời")
        }
        DeclineReason::ProposedElsewhere => "Đã được xét ở dòng khác (cùng người)".to_owned(),
        DeclineReason::UnitQuotaFull => "Đơn vị đã đủ số cá nhân theo quy định".to_owned(),
        DeclineReason::TiedOut => {
            "Đồng hạng ở suất cuối; theo quy định không lấy ai trong số đồng hạng".to_owned()
        }
        DeclineReason::AwaitsCouncil => {
            "Đồng hạng ở suất cuối; chờ người có thẩm quyền quyết định".to_owned()
        }
    }
}
