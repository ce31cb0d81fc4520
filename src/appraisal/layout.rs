//! The words of the appraisal workbook: its sheets, its columns, its identity.
//! The writer and the reader share them; neither has coordinates of its own.

use crate::table::Column;

/// The version of the layout, in the identity of every workbook.
pub const VERSION: &str = "1";

/// The identity's keys.
pub const VERSION_KEY: &str = "mau-tham-dinh";
pub const ROUND_KEY: &str = "ky";
pub const BLOC_KEY: &str = "khoi";
/// The number of a supplement (bảng bổ sung); the first tables have none.
pub const SUPPLEMENT_KEY: &str = "bo-sung";

/// The sheet of the scores.
pub const SCORES: &str = "Thẩm định";
/// The sheet of bonuses and penalties.
pub const ADJUSTMENTS: &str = "Thưởng, trừ điểm";

/// Columns of both sheets.
pub const UNIT: &str = "Mã đơn vị";
pub const REASON: &str = "Lý do";

/// Columns of the scores.
pub const NAME: &str = "Đơn vị";
pub const CODE: &str = "Mã";
pub const TITLE: &str = "Tiêu chí";
pub const MAX: &str = "Điểm tối đa";
pub const NUMERATOR: &str = "Tử số";
pub const DENOMINATOR: &str = "Mẫu số";
pub const COUNT: &str = "Số lượng";
pub const DAY: &str = "Ngày";
pub const SELF: &str = "Điểm tự chấm";
pub const EVIDENCE: &str = "Tài liệu kiểm chứng";
pub const EXPLANATION: &str = "Giải trình";
pub const SCORE: &str = "Điểm thẩm định";

/// Columns of a supplement: what a form sent again has changed in a row, what
/// was granted before, and whether that stands.
pub const CHANGED: &str = "Đã đổi ở phiếu gửi lại";
pub const BEFORE: &str = "Điểm đã thẩm định";
pub const REVIEW: &str = "Xem lại";

/// The words of [`REVIEW`].
pub const KEEP: &str = "giữ điểm đã thẩm định";
pub const AGAIN: &str = "thẩm định lại";

/// Columns of the bonuses and penalties.
pub const KIND: &str = "Loại";
pub const POINTS: &str = "Điểm";
pub const SOURCE: &str = "Căn cứ";

/// The words of [`KIND`].
pub const BONUS: &str = "thưởng";
pub const PENALTY: &str = "trừ";

/// The table of scores, in printed order. What the appraisers only look at may
/// be deleted; what identifies a row or says their judgement may not.
pub const SCORE_COLUMNS: &[Column] = &[
    Column::needed(UNIT),
    Column::optional(NAME),
    Column::needed(CODE),
    Column::optional(TITLE),
    Column::optional(MAX),
    Column::optional(NUMERATOR),
    Column::optional(DENOMINATOR),
    Column::optional(COUNT),
    Column::optional(DAY),
    Column::needed(SELF),
    Column::optional(EVIDENCE),
    Column::optional(EXPLANATION),
    Column::optional(CHANGED),
    Column::optional(BEFORE),
    Column::optional(REVIEW),
    Column::needed(SCORE),
    Column::needed(REASON),
];

/// The table of bonuses and penalties, in printed order.
pub const ADJUSTMENT_COLUMNS: &[Column] = &[
    Column::needed(UNIT),
    Column::needed(KIND),
    Column::needed(POINTS),
    Column::needed(REASON),
    Column::needed(SOURCE),
];
