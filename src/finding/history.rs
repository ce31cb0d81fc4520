//! The sentences about the history of years, `L`, and about its own files.

use super::said::{Slot, sentences};
use super::{Code, Item, Near, Place, Said, Text, Texts, Unit};
use crate::day::Day;
use crate::points::{Percent, Points, Quantity};

sentences! {
    // The settings and the register.
    SettingInvalid MissingButThere { year: i16, why: Text, file: Text }
        "[[nam]] năm {year} được ghi là thiếu ({why}) mà vẫn có {file}"
    CrosswalkIncomplete AreaWithoutContent {
        era: Text, area: Item, called: Text, file: Text, bloc: Text, near: Near
    }
        "[[bo-chi-so]] {era}: chưa quy đổi lĩnh vực {area}{called}, có trong {file} ({bloc}){near}"
    AreaRenamed AreaRenamed {
        era: Text, area: Item, name: Text, file: Text, found: Text, near: Near
    }
        "[[bo-chi-so]] {era}: lĩnh vực {area} là «{name}», còn {file} ghi «{found}»{near}"
    AreasUnnamed AreasUnnamed { file: Text, era: Text, areas: Texts }
        "{file} không ghi tên lĩnh vực; [[bo-chi-so]] {era} quy đổi theo số: {areas}"
    AreaUnused AreaUnused { era: Text, area: Item, name: Text }
        "[[bo-chi-so]] {era}: lĩnh vực {area} «{name}» không có trong kết quả của năm nào"
    AreaUnused EraUnused { era: Text }
        "[[bo-chi-so]] {era}: không năm nào có điểm lĩnh vực, bảng quy đổi này không dùng đến"
    AreaUnused ContentUnused { content: Text, name: Text }
        "[[noi-dung]] {content} «{name}»: không lĩnh vực nào quy đổi về nội dung này"
    AwardYearsTooMany TooManyYears { rule: Text, wanted: usize, years: usize }
        "{rule}: đòi {wanted} năm, chỉ có kết quả của {years} năm"
    AwardYearsTooMany LimitUnreachable { wanted: usize, years: usize }
        "đòi {wanted} năm, nhiều nhất chỉ có {years} năm cùng bộ chỉ số và có kết quả"
    UnitIdRepeated IdUsed { unit: Unit }
        "Mã {unit} đã dùng ở một dòng trên"
    UnitBlocUnknown BlocUnknown { bloc: Text, near: Near }
        "không có khối «{bloc}»{near}"
    UnitNameRepeated NameOfTwo { name: Text, unit: Unit, other: Unit }
        "«{name}» là tên của cả {unit} và {other} trong cùng một thời gian"
    UnitEventInvalid EventWithoutDay {}
        "Chưa ghi ngày biến động"
    UnitEventInvalid EventWithoutKind {}
        "Chưa ghi loại biến động"
    UnitEventInvalid EventMisshapen { kind: Text, wanted: Text, before: usize, after: usize }
        "{kind} cần {wanted}, đang ghi {before} thành {after}"
    UnitEventInvalid UnitTwice { unit: Unit }
        "«{unit}» ghi hai lần"
    UnitEventInvalid GoesOnAsTwo { unit: Unit, one: Unit, other: Unit }
        "{unit} không thể tiếp tục thành cả {one} và {other}"
    UnitEventInvalid ComesFromTwo { unit: Unit }
        "{unit} không thể là tiếp nối của hai đơn vị; dùng «sáp nhập»"
    PredecessorInvalid OwnPredecessor { unit: Unit }
        "{unit} là tiền thân của chính mình"
    NominationInvalid NominatedTwice { who: Text }
        "{who} được đề nghị hai lần"
    PeriodPersonTwice NominatedElsewhere { person: Text, unit: Unit }
        "{person} cũng được {unit} đề nghị"
    PeriodPersonTwice ExcludedElsewhere { person: Text, unit: Unit, place: Place }
        "người tên {person} của {unit} thuộc danh sách không xét khen ({place})"
    RowWithoutEffect NomineeWithoutResult { who: Text }
        "{who}: đơn vị không có kết quả năm nào trong giai đoạn"
    RowWithoutEffect RulesMissing { count: usize }
        "{count} dòng đề nghị mà tong-ket.toml không có [khen-thuong]: không xét ai"
    RowWithoutEffect PersonUnknown { person: Text, near: Near }
        "không ai tên «{person}» được đề nghị{near}"
    RowWithoutEffect CommendedOtherwise { who: Text, near: Near }
        "{who}: thành tích đã khen khác thành tích được đề nghị nên không loại{near}"
    RowWithoutEffect MemberNever { unit: Unit, name: Text }
        "{unit} ({name}) không hoạt động vào ngày chốt của năm nào trong giai đoạn"
    MemberUntold BeginsUntold { unit: Unit, name: Text, day: Day }
        "{unit} ({name}) có từ ngày {day}, không biến động nào nói từ đơn vị nào"
    MemberUntold EndsUntold { unit: Unit, name: Text, day: Day }
        "{unit} ({name}) chỉ đến ngày {day}, không biến động nào nói thành đơn vị nào"
    RowWithoutEffect BlocElsewhere { unit: Unit, bloc: Text, other: Text }
        "{unit} ghi khối {bloc}, mà kết quả các năm đều ghi khối {other}"
    DayUnlikely CommendedWhen { found: Text, from: i16, to: i16 }
        "năm khen «{found}» không thuộc các năm {from}–{to}"
    DayUnlikely EventApart { day: Day, unit: Unit, other: Day }
        "biến động ngày {day}, còn danh sách ghi {unit} ngày {other}"
    PredecessorInvalid PredecessorUntold { unit: Unit, of: Unit }
        "{unit} là tiền thân của {of}, mà trang Biến động không ghi"
    AwardTied TiedAtCut { rule: Text, places: usize, ruling: Text, names: Texts }
        "{rule}: bằng nhau ở {places} suất cuối ({ruling}): {names}"

    // The folders of years.
    YearOutside YearOutside { year: i16, from: i16, to: i16 }
        "Năm {year} ngoài giai đoạn {from}–{to}"
    YearFolderNamed YearFolderNamed { year: i16 }
        "Thư mục được đọc là kết quả năm {year}"
    YearRepeated YearRepeated { year: i16, count: usize, folders: Texts }
        "Năm {year} có {count} thư mục: {folders}"
    YearForeign YearForeign { found: i16, year: i16 }
        "Tệp ghi năm {found}, nằm trong thư mục năm {year}"
    YearMissing YearMissing { year: i16 }
        "Chưa có kết quả năm {year} (ket-qua.json, ket-qua.xlsx hoặc ket-qua.csv)"

    // A file of a year as a whole.
    YearUnreadable CsvNotUtf8 {}
        "Tệp CSV không phải văn bản UTF-8; hãy lưu dạng CSV UTF-8"
    YearUnreadable TooManyCells { most: usize }
        "Tệp có hơn {most} ô, không phải kết quả của một năm"
    YearUnreadable WithoutPage {}
        "Sổ không có trang nào"
    YearUnreadable YearUnstated { label: Text }
        "Chưa ghi năm ở ô bên phải chữ «{label}» phía trên bảng"
    YearUnreadable RecordMalformed { what: Text, line: usize, column: usize }
        "Không đúng dạng ket-qua.json: {what} ở dòng {line}, cột {column}"
    YearUnreadable RecordVersion { found: Text, wanted: Text }
        "Phiên bản {found} của ket-qua.json không đọc được (cần {wanted})"
    YearUnreadable RankedWithoutIndex { unit: Text }
        "Đơn vị {unit} có hạng mà không có chỉ số"
    YearUnreadable CodeMalformed { found: Text }
        "Mã tiêu chí không hợp lệ: {found}"
    YearUnreadable NotADecimal { found: Text }
        "«{found}» không phải là số thập phân"
    HistoryCut LineEndMissing {}
        "Dòng cuối không có dấu xuống dòng"
    HistoryCut QuotationOpen {}
        "Dấu ngoặc kép mở ra mà không đóng lại"
    HistoryCut RowsMissing { stated: i64, rows: usize }
        "Đầu tệp ghi {stated} đơn vị, trong bảng có {rows} dòng"
    TableColumnMissing ClaimWithoutPoints { item: Item, label: Text }
        "Cột «{item} {label}» không có cột điểm «{item} (điểm tối đa)»"

    // A row of a year.
    TableCellInvalid ParentAndChildren { item: Item }
        "Có cả điểm của mục {item} và điểm của mục con"
    TableCellInvalid NotARank { label: Text, found: Text }
        "{label} không phải là số nguyên từ 1: {found}"
    TableCellInvalid ReasonWithResult { label: Text, found: Text }
        "{label} đơn vị có kết quả mà vẫn ghi lý do không xếp hạng: {found}"
    TableCellInvalid NeitherResultNorReason {}
        "không có kết quả mà chưa ghi lý do không xếp hạng"
    TableCellInvalid ItemTwice { item: Item, points: Points }
        "Mục {item} có điểm ở hai cột: {points}"
    YearUnitUnknown IdMalformed { found: Text }
        "Mã đơn vị không hợp lệ: «{found}»"
    YearUnitUnknown UnitUnknown { found: Text, near: Near }
        "Mã đơn vị không có trong danh sách: «{found}»{near}"
    YearUnitRepeated UnitRepeated { unit: Unit, year: i16 }
        "{unit} có hai dòng trong năm {year}"
    LineDoubled LineDoubled { unit: Unit, other: Unit, year: i16 }
        "{unit} và {other} là một đơn vị, cùng có kết quả năm {year}"
    YearUnitNotThen NotThen { unit: Unit, name: Text, day: Day }
        "{unit} ({name}) không tồn tại ngày {day}"
    YearUnitNotThen CalledSoThen { unit: Unit }
        "đơn vị mang tên đó ngày ấy là {unit}"
    YearNameDiffers NameDiffers { found: Text, name: Text }
        "tệp ghi «{found}», danh sách ghi «{name}»"
    YearNameForeign NameForeign { found: Text, name: Text }
        "tệp ghi «{found}», danh sách ghi «{name}»; mã dùng lại cho đơn vị khác?"
    YearUnitMissing UnitMissing { unit: Unit, name: Text, year: i16 }
        "{unit} ({name}) không có tên trong kết quả năm {year}"
    YearIndexInvalid IndexOutside { index: Quantity }
        "chỉ số {index}, cần từ 0 đến 100"
    YearShareUnlikely PartOfOne { index: Quantity }
        "chỉ số {index} %; có phải ghi theo phần của 1?"
    YearRowOfTwo RowOfTwo { unit: Unit, name: Text, found: Text, other: Unit }
        "mã {unit} là của «{name}», tên «{found}» là của {other}"
    YearBandContradicts BandFalls { unit: Unit, band: Text, other: Unit, worse: Text }
        "{unit} ({band}) xếp sau {other} ({worse}) mà được xếp loại cao hơn"
    YearSumDiffers SumsDiffer { bloc: Text, count: usize, among: usize, units: Texts }
        "{bloc}: cộng điểm lĩnh vực không ra chỉ số ở {count}/{among} đơn vị: {units}"
    NumberUnlikely ClaimFarBelow { unit: Text, item: Item, claimed: Points, points: Points }
        "{unit}, mục {item}: tự chấm {claimed}, chưa bằng một phần mười của {points} điểm được chấm"
    DayUnlikely DayOfUnit { unit: Unit, day: Day, last: i16 }
        "{unit}: ngày {day} ở xa sau giai đoạn (đến năm {last})"
    YearIndexInvalid IndexTooFine { index: Quantity, places: u32 }
        "chỉ số {index} có hơn {places} số lẻ"
    YearIndexInvalid PointsOutside { points: Points, item: Item, max: Points }
        "Điểm {points} của mục {item} ngoài khoảng từ 0 đến {max}"
    YearBandUnknown BandUnknown { band: Text, near: Near }
        "khối không có mức «{band}»{near}"
    YearRankInvalid RanksWithHoles { bloc: Text }
        "{bloc}: thứ hạng không liên tục từ 1"
    YearRankInvalid BetterRankedLower { unit: Unit, other: Unit }
        "{unit} có chỉ số cao hơn {other} mà hạng thấp hơn"
    YearRankInvalid EqualApart { unit: Unit, other: Unit }
        "{unit} và {other} cùng hạng mà chỉ số khác nhau"
    YearsDisagree FilesDisagree { unit: Unit, here: Said, file: Text, there: Said }
        "{unit}: tệp này ghi {here}, còn {file} ghi {there}"
    YearsDisagree AreaPoints { area: Item, points: Points, max: Points }
        "lĩnh vực {area}: {points}/{max} điểm"
    YearFileSpare FilesAgree { file: Text }
        "Cùng kết quả với {file}; số liệu lấy từ {file}"
    YearsDisagree OnlyHere { unit: Unit, file: Text }
        "{unit}: có ở tệp này mà không có ở {file}"
    YearsDisagree Placed { index: Percent, rank: u32, band: Text }
        "chỉ số {index}, hạng {rank}, {band}"
    YearsDisagree NotRanked {}
        "không xếp hạng"
    YearsDisagree WithoutRow {}
        "không có dòng này"
}
