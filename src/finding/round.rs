//! The sentences about the round's own files, `T`.

use super::said::{Slot, sentences};
use super::{Code, Said};

sentences! {
    TableCellInvalid NotACode { label: super::Text, found: super::Text }
        "{label} không phải mã tiêu chí dạng 1, 1.2 hoặc 1.2.3: {found}"
    TableCellInvalid MaxUnfit { label: super::Text, most: i64, max: crate::points::Points }
        "{label} phải lớn hơn 0, không quá {most}: {max}"
    ShareUnlikely PartOfOne { found: crate::points::Quantity }
        "{found} phần trăm; có phải ghi theo phần của 1?"
    NumberUnlikely OutOfMeasure {
        found: crate::points::Quantity,
        from: crate::points::Quantity,
        to: crate::points::Quantity
    }
        "{found} ngoài khoảng thường gặp, từ {from} đến {to}"
    NumberUnlikely SalaryFalls { later: crate::day::Day, found: i64, before: i64 }
        "mức từ ngày {later} ({found}) thấp hơn mức trước đó ({before})"
    DayUnlikely FarDay { day: crate::day::Day, from: i64, to: i64 }
        "{day} không thuộc các năm {from}–{to}"
    RoundFileLike FileLike { known: super::Text }
        "Không được đọc; có phải «{known}»?"
    RoundFileLeft FileLeft {}
        "Không thuộc tệp của kỳ, không được đọc"
}
