//! The one table of rule words: the parser, the drop-down and the instructions
//! of the criteria workbook all read it.

use crate::round::rule::Empty;

/// A rule word and how its parameters are written.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The word in the column *Cách chấm*.
    pub word: &'static str,
    pub(super) kind: Kind,
    /// Parameters as they may be written; worth `example_max` points.
    pub example: &'static str,
    pub example_max: i64,
    /// What the labels of figures look like; empty when the rule takes none.
    pub figures: &'static str,
    pub meaning: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    YesNo,
    Levels,
    CountLevels,
    RatioLevels,
    Proportional,
    WithFloor,
    ToTarget,
    Deduction,
    Deadline,
    DaysLate,
    Parts,
    PerItem,
    Survey,
}

const fn form(
    word: &'static str,
    kind: Kind,
    example: (&'static str, i64),
    figures: &'static str,
    meaning: &'static str,
) -> Form {
    Form { word, kind, example: example.0, example_max: example.1, figures, meaning }
}

/// Every rule word the program knows.
pub const FORMS: &[Form] = &[
    form("có/không", Kind::YesNo, ("", 1), "", "Có thì được điểm tối đa, không thì 0 điểm."),
    form(
        "mức",
        Kind::Levels,
        ("đủ = 2; thiếu 1 yếu tố = 1; thiếu từ 2 yếu tố = 0", 2),
        "",
        "Đơn vị chọn một mức. Mức cao nhất phải bằng điểm tối đa.",
    ),
    form(
        "mức theo số lượng",
        Kind::CountLevels,
        (">=3 = 2; 1-2 = 1; 0 = 0", 2),
        "số lượng: số hình thức đã làm",
        "Mức theo một số đếm. Các mức phải phủ mọi số từ 0, không chồng nhau.",
    ),
    form(
        "mức theo tỷ lệ",
        Kind::RatioLevels,
        (">=100% = 2; 70-<100% = 1; <70% = 0; không phát sinh = đủ điểm", 2),
        "tử số: số việc đúng hạn; mẫu số: số việc được giao",
        "Mức theo tử số ÷ mẫu số. 70-<100% gồm 70, không gồm 100.",
    ),
    form(
        "tỷ lệ",
        Kind::Proportional,
        ("không phát sinh = đủ điểm", 2),
        "tử số: số đã làm; mẫu số: số phải làm",
        "Điểm = tử số ÷ mẫu số × điểm tối đa.",
    ),
    form(
        "tỷ lệ có sàn",
        Kind::WithFloor,
        ("sàn = 50%; không phát sinh = 0 điểm", 2),
        "tử số: số đã làm; mẫu số: số phải làm",
        "Như tỷ lệ, nhưng dưới sàn thì 0 điểm.",
    ),
    form(
        "tỷ lệ theo mục tiêu",
        Kind::ToTarget,
        ("mục tiêu = 80%; không phát sinh = đủ điểm", 2),
        "tử số: số đã làm; mẫu số: tổng số",
        "Đạt mục tiêu thì đủ điểm, chưa đạt thì theo phần đã đạt. Có thể thêm sàn = …%.",
    ),
    form(
        "trừ điểm",
        Kind::Deduction,
        ("mỗi lần = 0,25; về 0 = lãnh đạo bị kỷ luật", 2),
        "tử số: số lãnh đạo bị kỷ luật; số lượng: số lần vi phạm",
        "Điểm tối đa trừ dần theo số lần, không âm. «về 0» (nếu có) là trường hợp mất hết điểm.",
    ),
    form(
        "thời hạn",
        Kind::Deadline,
        ("hạn = 31/01/2019; muộn đến 15 ngày = 1; còn lại = 0", 2),
        "ngày: ngày ban hành",
        "Đúng hạn thì đủ điểm, muộn thì theo mức. Có thể ghi hạn = hạn nộp phiếu.",
    ),
    form(
        "trừ theo ngày",
        Kind::DaysLate,
        ("hạn = hạn nộp phiếu; mỗi ngày = 0,25", 2),
        "ngày: ngày gửi",
        "Điểm tối đa trừ dần theo số ngày muộn, không âm.",
    ),
    form(
        "cộng thành phần",
        Kind::Parts,
        ("dự toán = 1; quyết toán = 0,5; tài sản = 0,5", 2),
        "",
        "Mỗi phần đạt thì được điểm của phần đó. Tổng các phần phải bằng điểm tối đa.",
    ),
    form(
        "theo số lượng",
        Kind::PerItem,
        ("mỗi mục = 0,5", 2),
        "số lượng: số mô hình được công nhận",
        "Mỗi mục được ngần ấy điểm, không quá điểm tối đa.",
    ),
    form(
        "khảo sát",
        Kind::Survey,
        ("", 2),
        "",
        "Điểm = tỷ lệ hài lòng × điểm tối đa, hoặc theo mức: >=90% = 2; 80-<90% = 1; <80% = 0.",
    ),
];

/// What a zero denominator may mean, in the words of the parameters.
pub const EMPTY: &[(&str, Empty)] =
    &[("không áp dụng", Empty::NotApplicable), ("đủ điểm", Empty::Full), ("0 điểm", Empty::Zero)];
