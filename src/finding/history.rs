//! The sentences about the history of years, `L`.

use super::said::{Slot, sentences};
use super::{Code, Said, Text};

sentences! {
    TableCellInvalid NotARank { label: Text, found: Text }
        "{label} không phải là số nguyên từ 1: {found}"
    TableCellInvalid ReasonWithResult { label: Text, found: Text }
        "{label} đơn vị có kết quả mà vẫn ghi lý do không xếp hạng: {found}"
}
