//! The sentences about the round's own books, `T`; of settings and of criteria
//! sets, in [`setting`](super::setting) and [`rule`](super::rule).

use super::said::{Slot, sentences};
use super::{Code, Item, Near, Said, Text, Texts, Unit};
use crate::day::Day;

sentences! {
    RoundFileLike FileLike { known: Text }
        "Không được đọc; có phải «{known}»?"
    LastRoundOdd RecordTouched { own: Text, found: Text }
        "Mã xác thực ghi trong tệp là {found}, nội dung ứng với mã {own}"
    LastRoundUnfit SameYear { found: i64, year: i64 }
        "Tệp là kết quả năm {found}, không trước năm {year} của kỳ; không so sánh"
    LastRoundOdd LastFar { found: i64, year: i64 }
        "Tệp là kết quả năm {found}, không liền trước năm {year} của kỳ"
    LastRoundUnfit OtherName { unit: super::Unit, found: super::Text, name: super::Text }
        "{unit}: kỳ trước là «{found}», nay là «{name}»; không so sánh"
    LastRoundUnfit NotYet { unit: super::Unit, since: crate::day::Day }
        "{unit}: có kết quả kỳ trước mà ngày {since} mới thành lập; không so sánh"
    RoundFileLike SetTwice { set: Text, other: Text }
        "Bộ chỉ số «{set}» cũng có ở {other}: không biết tệp nào được dùng"
    RoundFileLeft FileOfOtherKind {}
        "Không được đọc: ở thư mục này chỉ đọc tệp .xlsx; mở tệp bằng Excel rồi lưu lại thành .xlsx"
    RoundFileLeft FileLeft {}
        "Không thuộc tệp của kỳ, không được đọc"
    RoundFileMissing SetUnread { bloc: Text, found: Text, near: Near }
        "Khối {bloc}: chưa có tệp đọc được cho bộ chỉ số «{found}»{near}"
    BlankUnfilled CellUnfilled { found: Text }
        "Còn dấu … của mẫu: «{found}»"
    BlankUnfilled RowUnfilled { found: Text }
        "còn dấu … của mẫu: «{found}»"
    DayUnlikely HeadOfYear { title: Text, found: i16, year: i16 }
        "«{title}» ghi năm {found}, còn năm được đánh giá là {year}"
    DayUnlikely FarDay { day: Day, from: i16, to: i16 }
        "{day} không thuộc các năm {from}–{to}"

    UnitInvalid UnitUnknown { found: Text, near: Near }
        "Mã đơn vị không có trong danh sách: «{found}»{near}"
    UnitInvalid TwoUnits { unit: super::Unit, own: Text, name: Text }
        "Mã {unit} là {own}, tên ghi là {name}"
    UnitInvalid IdUnfit { found: Text, name: Text }
        "Mã đơn vị không hợp lệ: «{found}» ({name})"
    UnitInvalid IdDevice { found: Text, name: Text }
        "Mã đơn vị «{found}» ({name}) không đặt tên tệp được: Windows dành tên này cho thiết bị"
    UnitInvalid IdOfOurs { unit: Unit, file: Text }
        "Mã {unit} trùng tên tệp {file} mà chương trình đặt cạnh phiếu của các đơn vị"
    UnitInvalid UnitNameless { unit: Unit }
        "Đơn vị {unit} chưa có tên"
    UnitInvalid EndsBeforeItBegins { until: Day, since: Day }
        "đến ngày {until} trước từ ngày {since}"
    UnitInvalid RegisterEmpty {}
        "Danh sách không có đơn vị nào"
    UnitIdRepeated IdTwice { unit: Unit, spot: Text, name: Text }
        "Mã {unit} đã dùng ở ô {spot} cho {name}"
    UnitNameRepeated NamesAlike { name: Text, unit: Unit, other_name: Text, other: Text }
        "«{name}» của {unit} không phân biệt được với «{other_name}» của {other}"
    PredecessorInvalid PredecessorUnfit { found: Text }
        "mã tiền thân không hợp lệ: «{found}»"
    PredecessorInvalid OwnPredecessor { unit: Unit }
        "{unit} là tiền thân của chính mình"
    UnitSetUnknown SetUnchosen { bloc: Text, sets: Texts }
        "khối {bloc} có nhiều bộ chỉ số, chưa chọn: {sets}"
    UnitSetUnknown SetUnknown { bloc: Text, found: Text, near: Near }
        "khối {bloc} không dùng bộ chỉ số «{found}»{near}"
    UnitBlocUnknown BlocMissing { who: Text }
        "{who}: chưa ghi khối"
    UnitBlocUnknown BlocUnknown { who: Text, found: Text, near: Near }
        "{who}: không có khối «{found}»{near}"
    BlocEmpty BlocEmpty { bloc: Text, name: Text }
        "Khối {bloc} ({name}) không có đơn vị nào"

    TableCellInvalid TooFewUnits { label: Text, found: Text }
        "{label} cần ít nhất hai mã đơn vị (hoặc hai họ tên gần giống), cách nhau bằng dấu chấm phẩy: {found}"

    TableCellInvalid NoReason { label: Text, found: Text }
        "{label} là tên người, không phải lý do: «{found}»"
    ExemptionInvalid ItemUnfit { found: Text, near: Near }
        "không phải mã tiêu chí: «{found}»{near}"
    ExemptionInvalid ItemsMissing {}
        "chưa ghi mã tiêu chí"
    ExemptionInvalid CodeUnknown { set: Text, item: Item, near: Near }
        "bộ chỉ số {set} không có mã {item}{near}"
    ExemptionInvalid ExemptTwice { item: Item, spot: Text }
        "{item} đã ghi ở ô {spot}"
    ExemptionNotAllowed NeverExempt { item: Item }
        "{item} không được phép không áp dụng"
    ExemptionUnfounded Unfounded { lacks: Text }
        "chưa ghi {lacks}"

    WaiverInvalid RuleMissing {}
        "Chưa ghi quy định được miễn trừ"
    WaiverInvalid NotByItem { found: Text }
        "Quy định này không theo từng tiêu chí, đang ghi «{found}»"
    WaiverInvalid NotAnItem { found: Text, near: Near }
        "Bộ chỉ số của đơn vị không có tiêu chí chấm điểm «{found}»{near}"
    WaiverInvalid ApprovedLate { day: Day, decided: Day }
        "{day} sau ngày quyết định khen thưởng {decided} của kỳ"

    RevisionInvalid CauseUnsaid {}
        "Mã lý do hoặc nghĩa để trống"
    RevisionInvalid ItemUnknown { set: Text, item: Item, near: Near }
        "bộ chỉ số {set} không có tiêu chí chấm điểm mang mã {item}{near}"
    RevisionInvalid CauseUnknown { page: Text, found: Text, near: Near }
        "mã lý do không có ở trang «{page}»: «{found}»{near}"
    SettingsSyntax NotText {}
        "Tệp không phải văn bản UTF-8"
    RoundFileMissing FileAbsent { file: Text }
        "Không có tệp {file}"
}
