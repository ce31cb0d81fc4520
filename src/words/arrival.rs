//! The words for how forms come in.

use crate::arrival::{Count, State, Wait};
use crate::day::Day;
use crate::finding::Severity;
use crate::form::Fate;

/// What became of a file.
pub fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Counted => "Được tính",
        Fate::Provisional => "Tạm tính",
        Fate::SetAside => "Gạt ra",
        Fate::Superseded => "Thay thế",
        Fate::Stray => "Bỏ qua",
    }
}

/// How grave something is, for the unit that is to mend it.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Lỗi",
        Severity::Warning => "Cần xem lại",
        Severity::Note => "Ghi chú",
    }
}

/// How a unit stands with its form.
pub fn state(state: State) -> &'static str {
    match state {
        State::Sound => "Hợp lệ",
        State::Provisional => "Tạm tính, còn lỗi",
        State::Flawed => "Chưa được tính, còn lỗi",
        State::Awaited => "Đã nhận, đang xem",
        State::Missing => "Chưa nộp",
        State::Exempt => "Được miễn",
    }
}

/// Why a file is not read yet, and what helps.
pub fn wait(wait: Wait) -> &'static str {
    match wait {
        Wait::Growing => "đang được chép vào, hoặc chưa trọn",
        Wait::Held => "chưa mở được: chương trình khác đang giữ, hoặc không có quyền đọc",
        Wait::Unnamed => "tên tệp không phải chữ UTF-8 nên không đọc theo tên được: đổi tên tệp",
        Wait::Elsewhere => {
            "mới có tên, chưa được tải về máy: bấm phải vào tệp, chọn «Luôn giữ trên thiết bị này»"
        }
    }
}

/// How far off the deadline is.
pub fn deadline(deadline: Day, today: Option<Day>) -> String {
    let rest = today.map(|today| deadline.days_since(today));
    let rest = match rest {
        None => return format!("Hạn nộp {deadline}"),
        Some(0) => "hôm nay là ngày cuối".to_owned(),
        Some(days) if days < 0 => format!("đã quá hạn {} ngày", -days),
        Some(days) => format!("còn {days} ngày"),
    };
    format!("Hạn nộp {deadline}: {rest}")
}

/// How many have sent what, in one sentence without a full stop.
pub fn turnout(count: Count) -> String {
    let Count { expected, sound, provisional, flawed, awaited, missing } = count;
    let sent = count.sent();
    let awaited = if awaited == 0 { String::new() } else { format!("; {awaited} đang xem") };
    format!(
        "Đã nộp {sent}/{expected} đơn vị: {sound} hợp lệ, {provisional} tạm tính, {flawed} chưa \
         được tính vì còn lỗi{awaited}; {missing} chưa nộp"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deadline_is_told_from_today() {
        let day = |day| Day::new(2019, 12, day);
        let told = |today| deadline(day(10).unwrap(), today);
        assert_eq!(told(day(1)), "Hạn nộp 10/12/2019: còn 9 ngày");
        assert_eq!(told(day(10)), "Hạn nộp 10/12/2019: hôm nay là ngày cuối");
        assert_eq!(told(day(13)), "Hạn nộp 10/12/2019: đã quá hạn 3 ngày");
        assert_eq!(told(None), "Hạn nộp 10/12/2019");
    }
}
