//! What a task of the menu must know, and how it is asked for.

/// What a task must know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// Only while none was chosen.
    Round,
    OtherRound,
    /// What was made last: a summary, or the round.
    Results,
    /// Any folder, only while no round was chosen.
    Checked,
    NewRound,
    Year,
    /// Only of a round that was published.
    Amendment,
    Unit,
    Item,
    Held,
    Lacking,
    /// The last word before what cannot be taken back.
    Publish,
    Summary,
    /// Only of a summary that is to be begun.
    Years,
    Day,
    Code,
}

impl Ask {
    /// Whether a round is asked for, so that those used lately are listed.
    pub(super) fn is_round(self) -> bool {
        matches!(self, Ask::Round | Ask::OtherRound | Ask::Results)
    }

    /// With the numbers of rounds above it or without.
    pub(super) fn text(self, has_numbers: bool) -> &'static str {
        match self {
            Ask::Round | Ask::OtherRound | Ask::Results if has_numbers => {
                "Kỳ nào? Gõ số ở trên, hoặc kéo thư mục của kỳ vào đây rồi nhấn Enter (0: quay lại)"
            }
            Ask::Round | Ask::OtherRound | Ask::Results => {
                "Kỳ nào? Kéo thư mục của kỳ vào đây rồi nhấn Enter (0: quay lại)"
            }
            Ask::Checked => {
                "Thư mục nào sẽ dùng để chấm? Kéo vào đây rồi nhấn Enter; thư mục hiện tại thì chỉ nhấn \
                 Enter (0: quay lại)"
            }
            Ask::NewRound => {
                "Kỳ mới nằm ở thư mục nào? Gõ đường dẫn đầy đủ, ví dụ D:\\CCHC\\ha-long-2026 (0: quay \
                 lại)"
            }
            Ask::Year => "Năm được đánh giá, ví dụ 2026 (0: quay lại)",
            Ask::Amendment => {
                "Kỳ đã công bố. Phải sửa kết quả thì ghi lý do; không thì chỉ nhấn Enter (0: quay lại)"
            }
            Ask::Unit => "Mã hoặc tên đơn vị (0: quay lại)",
            Ask::Item => "Mã tiêu chí, ví dụ 2.1; mọi tiêu chí thì chỉ nhấn Enter (0: quay lại)",
            Ask::Held => {
                "Cả kỳ thì chỉ nhấn Enter; một sổ đang cầm thì kéo tệp .xlsx vào đây rồi nhấn Enter \
                 (0: quay lại)"
            }
            Ask::Lacking => {
                "Kết quả còn tạm tính mà vẫn công bố thì ghi lý do; đã chính thức thì chỉ nhấn Enter \
                 (0: quay lại)"
            }
            Ask::Publish => {
                "Công bố? Gõ có để công bố; công bố rồi thì đổi điểm nào cũng phải có lý do (0 hoặc Enter: \
                 quay lại)"
            }
            Ask::Summary => {
                "Thư mục của lần tổng kết: kéo vào đây hoặc gõ đường dẫn đầy đủ; chưa có thì chương \
                 trình tạo (0: quay lại)"
            }
            Ask::Years => "Lần tổng kết mới cho những năm nào, ví dụ 2021-2025 (0: quay lại)",
            Ask::Day => {
                "Máy tự chấm vào ngày nào, ví dụ 15/1 (hằng năm, 8 giờ); xem lịch đã hẹn thì chỉ nhấn \
                 Enter; bỏ lịch thì gõ bỏ (0: quay lại)"
            }
            Ask::Code => {
                "Gõ mã phát hiện cần giải thích, ví dụ P052; xem các lệnh để gõ ngoài bảng này thì chỉ \
                 nhấn Enter (0: quay lại)"
            }
        }
    }

    /// Nothing is an answer too.
    pub(super) fn may_be_empty(self) -> bool {
        let is_choice = matches!(self, Ask::Amendment | Ask::Item | Ask::Held | Ask::Lacking);
        is_choice || matches!(self, Ask::Checked | Ask::Day | Ask::Code)
    }
}
