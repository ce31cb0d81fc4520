//! The sentences about the round's own files, `T`.

use super::said::{Slot, sentences};
use super::{Code, Said};

sentences! {
    TableCellInvalid NotACode { label: super::Text, found: super::Text }
        "{label} không phải mã tiêu chí dạng 1, 1.2 hoặc 1.2.3: {found}"
    TableCellInvalid MaxUnfit { label: super::Text, most: i64, max: crate::points::Points }
        "{label} phải lớn hơn 0, không quá {most}: {max}"
}
