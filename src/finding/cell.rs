//! The sentences of tables that clerks write, whoever's they are: the reader of
//! the table says under which code.

use super::said::{Slot, sentences};
use super::{Code, Near, Said, Text, Texts};
use crate::points::Quantity;

sentences! {
    TableColumnMissing HeadMissing { labels: Texts }
        "Không thấy dòng đầu bảng có các cột {labels}"
    TableColumnUnknown ColumnTwice { label: Text }
        "Cột «{label}» xuất hiện hai lần"
    TableColumnUnknown ColumnUnknown { label: Text, near: Near }
        "Cột «{label}» không có trong mẫu{near}"
    TableColumnMissing ColumnMissing { label: Text }
        "Thiếu cột «{label}»"
    TableColumnMissing PageMissing { name: Text }
        "Thiếu trang «{name}»"
    TableColumnMissing BookEmpty {}
        "Sổ không có trang nào"
    TableCodeMangled CodeBecame { label: Text, became: Text, found: Text }
        "{label} bị đổi thành {became}: {found}"
    TableCellInvalid Blank { label: Text }
        "Ô {label} bỏ trống"
    TableCellInvalid BrokenFormula { label: Text, found: Text }
        "{label} là công thức lỗi: {found}"
    TableCellInvalid WithoutValue { label: Text }
        "{label}: công thức chưa có kết quả, mở tệp bằng Excel rồi lưu lại"
    TableCellInvalid NotANumber { label: Text, found: Text }
        "{label} không phải là số: {found}"
    TableCellInvalid NotANumberHere { found: Text }
        "Không phải là số: {found}"
    TableCellInvalid TwoWays { label: Text, grouped: Quantity, decimal: Quantity, found: Text }
        "{label} có thể là {grouped} hoặc {decimal}: {found}"
    TableCellInvalid NotWhole { label: Text, found: Text }
        "{label} không phải là số nguyên không âm: {found}"
    TableCellInvalid NotADay { label: Text, found: Text }
        "{label} không phải là ngày: {found}"
    TableCellInvalid NotAChoice { label: Text, words: Texts, found: Text }
        "{label} không phải một trong các từ {words}: {found}"
    TableCellInvalid OtherThan { label: Text, why: Text, found: Text }
        "{label} {why}: {found}"
}
