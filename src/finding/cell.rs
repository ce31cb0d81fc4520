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
    TableSheetLike SheetLike { name: Text }
        "Trang có bảng giống trang «{name}» nhưng không được đọc"
    TableSheetLeft SheetLeft { cells: usize }
        "Trang có {cells} ô có nội dung, không được đọc"
    TableSheetHidden SheetHidden {}
        "Bảng được đọc từ trang đang ẩn"
    TableTwice TableTwice { head: u32 }
        "Dưới bảng (dòng đầu bảng {head}) còn một dòng đầu bảng giống thế"
    TableColumnMisspelt ColumnMisspelt { label: Text, near: Near }
        "Cột «{label}» không được đọc{near}"
    TableCellStruck Struck { found: Text }
        "Ô bị gạch ngang: «{found}»"
    TableCellUnlabelled Unlabelled { count: usize, cells: Texts }
        "{count} ô ngoài các cột của bảng không được đọc: {cells}"
    TableCellUnlabelled ColumnBeside { found: Text, label: Text }
        "Cột «{found}» không được đọc; cột được đọc là «{label}»"
    TableRemarked Remarked { count: usize, remarks: Texts }
        "{count} ghi chú gắn vào ô của bảng không được đọc: {remarks}"
    TableCellsSwapped Swapped {
        count: usize, label: Text, found: Text, other: Text, value: Text
    }
        "{count} dòng có ô {label} ghi «{found}», ô {other} ghi «{value}»; có phải đổi chỗ?"
    TableCellPercent PercentCell { label: Text, found: Text }
        "{label} ở dạng phần trăm, giá trị trong ô là {found}"
    EmptyAnswer EmptyAnswer { label: Text, found: Text }
        "Ô {label} chỉ ghi «{found}»"
    BareAnswer BareAnswer { label: Text, found: Text }
        "Ô {label} chỉ ghi «{found}», chưa nói điều gì"
    RowTakenBack TakenBack { label: Text, found: Text }
        "Ô {label} ghi «{found}»: dòng này có còn tính không?"
    EmptyAnswerUnapplied AnswerNone { label: Text, found: Text }
        "Ô {label} ghi «{found}», được hiểu là để trống"
    RowOfUnit WholeUnit { label: Text, word: Text }
        "Ô {label} để trống: dòng được hiểu là của cả đơn vị; đúng thế thì ghi «{word}»"
    TableCellInvalid NotAPerson { label: Text, found: Text }
        "{label} không phải của một người: «{found}»"
    TableCellInvalid ApprovesOwn { found: Text }
        "Người phê duyệt chính là người đề nghị: «{found}»"
    TableCellInvalid NotApproved { found: Text }
        "Không phải phê duyệt: «{found}»"
    TableCellInvalid DayMissing {}
        "Chưa ghi ngày phê duyệt"
}
