//! The sentences about a unit's form, `P`, and about any file as such.

use super::said::{Slot, sentences};
use super::{CellRef, Code, Files, Item, Said, Text, Texts, Unit};
use crate::day::Day;
use crate::points::{Points, Quantity};

sentences! {
    FormForeign TableAbsent {}
        "Không thấy bảng tự chấm điểm và thông tin của phiếu"
    FormOtherRound OfOtherRound { round: Text, year: Text, own: Text, own_year: i16 }
        "Phiếu của kỳ {round} (năm {year}), không phải kỳ {own} (năm {own_year})"
    FormOtherRound HeadOfOtherYear { found: i16, year: i16 }
        "Đầu phiếu ghi năm {found}, kỳ này là năm {year}"
    FormOtherRound SheetOfOtherYear { found: i16, year: i16 }
        "Tên trang phiếu ghi năm {found}, kỳ này là năm {year}"
    FormOtherRound DatedInOtherYear { dated: Day, year: i16, deadline: Day }
        "Phiếu lập ngày {dated}, không ghi năm đánh giá; kỳ này là năm {year}, hạn nộp {deadline}"
    FormOtherRound HeadWithoutYear { year: i16 }
        "Phiếu không ghi năm đánh giá, kỳ này là năm {year}"
    FormOtherRound YearCited { found: Text, year: i16 }
        "Phiếu không ghi năm đánh giá; năm trong «{found}» là của văn bản hoặc giai đoạn khác, \
        kỳ này là năm {year}"
    FormYearDoubtful YearsDiffer { own: Text, other: Text, year: i16 }
        "Phiếu ghi hai năm khác nhau: {own}, còn {other}; kỳ này là năm {year}"
    FormWithoutYear TakenWithoutYear { year: i16 }
        "Phiếu tự kẻ không ghi năm đánh giá, được nhận là phiếu năm {year}"
    FormOtherSet OfOtherLayout { version: Text }
        "Phiếu theo mẫu «{version}», chương trình này chưa đọc được mẫu đó"
    FormOtherSet OfOtherSet { set: Text, own: Text }
        "Phiếu lập theo một bản của bộ chỉ số «{set}» khác bản đang dùng («{own}»)"
    FormOtherSet CodesOfOtherSet { count: usize, set: Text, unit: Text }
        "{count} mã không có trong bộ chỉ số «{set}» của {unit}"
    FormOtherSet ItemsMended { count: usize, items: Texts }
        "Bộ chỉ số đã sửa {count} tiêu chí sau khi phát phiếu này: {items}"
    FormOlderSet Rescored { items: Texts }
        "Phiếu phát trước khi bộ chỉ số được sửa; chấm theo điểm mới, không phải điền lại: {items}"
    FormOtherSet ScoreOutdated { item: Item, found: Points }
        "{item} – Bộ chỉ số đã sửa điểm sau khi phát phiếu này; không chắc {found} là mức nào"
    FormOlderSet OnlyOthersMended {}
        "Phiếu phát trước khi bộ chỉ số được sửa; các dòng đơn vị chấm không đổi"
    UnitUnknown IssuedToNobody { unit: Unit }
        "Phiếu phát cho mã đơn vị «{unit}», không có trong danh sách"
    UnitUnknown IssuedToGone { name: Text, unit: Unit, day: Day }
        "Phiếu phát cho {name} ({unit}), không hoạt động vào ngày chốt danh sách {day}"
    UnitUnknown NobodyNamed {}
        "Đầu phiếu không ghi tên đơn vị nào trong danh sách"
    UnitUnknown NamedStrangely { name: Text }
        "Không có đơn vị «{name}» trong danh sách"
    UnitUnknown NamedNearly { name: Text, near: Text }
        "Không có đơn vị «{name}» trong danh sách; gần nhất là «{near}»"
    UnitUnknown NamedInLostFont { name: Text, read: Text, near: Text }
        "Tên đơn vị gõ bằng phông cũ đã mất: «{name}», có lẽ là «{read}»; gần nhất là «{near}»"
    UnitUnknown NamedInUnknownFont { name: Text }
        "Không có đơn vị «{name}» trong danh sách; tên có vẻ gõ bằng phông cũ (TCVN3, VNI) đã mất"
    UnitAmbiguous NamedAsSeveral { name: Text, units: Text }
        "Tên «{name}» có thể là: {units}"
    UnitMismatch NamedOtherwise { unit: Text, name: Text }
        "Phiếu phát cho {unit} nhưng ghi tên đơn vị là «{name}»"
    UnitNameBlank NameWiped { unit: Text }
        "Phiếu phát cho {unit} bị xóa tên đơn vị"
    IdentityFromHead KnownByHead { unit: Text }
        "Nhận là phiếu của {unit} theo tên ghi ở đầu phiếu"
    UnitExempt ExemptUnit { unit: Text }
        "{unit} được miễn đánh giá kỳ này"
    UnitCopied CopyOf { form: Files }
        "Giống hệt {form}"
    FormReplaced ReplacedBy { form: Files, dated: Day }
        "Lấy phiếu lập sau: {form}, ngày {dated}"
    UnitRepeated SentSeveral { name: Text, count: usize, forms: Files }
        "{name}nộp {count} phiếu khác nhau: {forms}"
    UnitRepeated NoneLater { name: Text, count: usize, forms: Files }
        "{name}nộp {count} phiếu khác nhau: {forms}; không rõ phiếu nào lập sau"
    FormBlank NothingFilled {}
        "Phiếu chưa điền điểm và số liệu nào"
    FormLate MadeOut { dated: Day, deadline: Day }
        "Phiếu lập ngày {dated}, hạn nộp là {deadline}"
    DateMissing Undated {}
        "Chưa ghi ngày lập phiếu"
    DateMissing DatedOutside { found: Text, first: Day, last: Day }
        "Ngày lập phiếu {found} nằm ngoài khoảng {first} đến {last}"
    DateMissing DatedBadly { found: Text }
        "Ngày lập phiếu không hợp lệ: «{found}»"
    FormHidden SheetHidden { sheet: Text }
        "Trang «{sheet}» bị ẩn"
    FormTwice TwoTables { count: usize, sheets: Text }
        "Bảng tự chấm có ở {count} trang: {sheets}"
    ColumnMissing HeadMissing {}
        "Không thấy dòng đầu bảng tự chấm điểm"
    ColumnMissing ColumnsMissing { labels: Texts }
        "Bảng thiếu cột {labels}"
    ColumnMissing ColumnNearly { labels: Texts, found: Text, near: Text }
        "Bảng thiếu cột {labels}; ô này ghi «{found}», gần nhất là «{near}»"
    ColumnMissing ColumnTwice { label: Text, first: Text, second: Text }
        "Bảng có hai cột {label}: {first} và {second}"
    ItemLost ItemsLost { items: Texts }
        "Không thấy dòng có mã {items}"
    ItemLost ItemsLostOf { items: Texts, found: Text }
        "Không thấy dòng có mã {items}; ô mã ghi «{found}»"
    ItemRepeated ItemOnRows { item: Item, count: usize, rows: Texts }
        "{item} – Mã có ở {count} dòng: {rows}"
    ItemUnknown ItemStrange { item: Item }
        "{item} – Mã không có trong bộ chỉ số"
    MaxChanged MaxDiffers { item: Item, found: Text, max: Points }
        "{item} – Điểm tối đa ghi {found}, bộ chỉ số là {max}"
    CodeMangled CodeUnclear { found: Text }
        "Ô mã ghi «{found}», không chắc là mã nào"
    CodeRestored CodeByTitle { item: Item, found: Text }
        "{item} – Ô mã ghi «{found}», nhận theo tên tiêu chí"
    ScoreMissing Unscored { item: Item }
        "{item} – Chưa tự chấm điểm"
    ScoreMissing Unmarked { item: Item, cells: Texts }
        "{item} – Chưa tự chấm điểm, chưa đánh dấu mức nào: {cells}"
    ScoreNotANumber NotANumber { item: Item, found: Text }
        "{item} – Điểm không phải là số: «{found}»"
    ScoreNotANumber NotALevelsName { item: Item, found: Text, levels: Text }
        "{item} – Điểm không phải là số: «{found}» (các mức: {levels})"
    ScoreNotANumber TurnedIntoDay { item: Item, found: Text }
        "{item} – Điểm đã bị Excel đổi thành ngày: «{found}»"
    ScoreOutOfRange OutOfRange { item: Item, found: Points, max: Points }
        "{item} – Điểm nằm ngoài thang điểm: {found} (tối đa {max})"
    ScoreNotALevel NotALevel { item: Item, found: Points, levels: Text }
        "{item} – Điểm không phải một trong các mức: {found} (các mức: {levels})"
    ScoreTooFine TooFine { item: Item, places: u32, found: Points }
        "{item} – Điểm có quá {places} chữ số thập phân: {found}"
    ScoreForSurvey SurveyScored { item: Item, found: Text }
        "{item} – Điểm lấy từ khảo sát, không tự chấm: {found}"
    ScoreDiffers Miscomputed { item: Item, found: Text, computed: Points }
        "{item} – Ghi {found}, tính từ số liệu được {computed}"
    ScoreDiffers ScoredThoughNothingArose { item: Item, found: Quantity }
        "{item} – Ghi {found} nhưng mẫu số bằng 0, tiêu chí không áp dụng"
    ScoreIsError ScoreBroken { item: Item, found: Text }
        "{item} – Ô điểm báo lỗi: «{found}»"
    ScoreWithoutValue ScoreUncomputed { item: Item }
        "{item} – Công thức chưa có kết quả"
    ScoreWithoutValue FigureUncomputed { item: Item, label: Text }
        "{item} – {label}: công thức chưa có kết quả"
    ScoreAmbiguous TwoWays { item: Item, label: Text, found: Text }
        "{item} – {label} có thể hiểu hai cách: «{found}»"
    ScoreMisplaced ScoreBeside { item: Item, found: Quantity }
        "{item} – Điểm ghi ở ô này ({found}), ô điểm để trống"
    ScoreMisplaced ScoreBelow { item: Item, how: Text, points: Points, found: Quantity }
        "{item} – {how} {points}, dòng dưới không có mã lại ghi {found}"
    ScoreMisplaced MarkDiffers { item: Item, how: Text, points: Points }
        "{item} – {how} {points}, dấu ở dòng dưới lại chọn mức khác"
    ScoreMisplaced MarkBeside { item: Item }
        "{item} – Dấu ghi ở ô này, ô điểm để trống"
    MarksUnclear MarksSeveral { item: Item, cells: Texts }
        "{item} – Đánh dấu ở nhiều mức: {cells}"
    MarksUnclear MarkUnknown { item: Item, found: Text }
        "{item} – Không rõ dòng được đánh dấu là mức nào: «{found}»"
    LevelByWord LevelMarked { item: Item, points: Points }
        "{item} – Đánh dấu ở dòng mức, hiểu là {points}"
    LevelByWord LevelNamed { item: Item, found: Text, points: Points }
        "{item} – Ghi «{found}», hiểu là {points}"
    NumberAsText NumberAsText {}
        "Số gõ dạng chữ"
    FigureMissing FiguresMissing { item: Item, labels: Texts }
        "{item} – Chưa ghi số liệu: {labels}"
    FigureMissing FiguresAstray { item: Item, labels: Texts, at: CellRef, found: Text }
        "{item} – Chưa ghi số liệu: {labels}; ô {at} có {found}"
    FigureInvalid FigureNotANumber { item: Item, label: Text, found: Text }
        "{item} – {label} không phải là số: «{found}»"
    FigureInvalid FigureTurnedIntoDay { item: Item, label: Text, found: Text }
        "{item} – {label} đã bị Excel đổi thành ngày: «{found}»"
    FigureInvalid FigureBroken { item: Item, label: Text, found: Text }
        "{item} – {label} báo lỗi: «{found}»"
    FigureInvalid NotADay { item: Item, label: Text, found: Text }
        "{item} – {label} không hợp lệ: «{found}»"
    FigureContradictory DayOutside { item: Item, label: Text, found: Day, first: Day, last: Day }
        "{item} – {label} {found} nằm ngoài khoảng {first} đến {last}"
    FigureContradictory Negative { item: Item, label: Text, found: Quantity }
        "{item} – {label} không thể âm: {found}"
    FigureContradictory NotWhole { item: Item, label: Text, found: Quantity }
        "{item} – {label} phải là số nguyên: {found}"
    FigureContradictory DoneOverDue { item: Item, done: Quantity, due: Quantity }
        "{item} – Tử số {done} lớn hơn mẫu số {due}"
    EvidenceMissing Unproved { item: Item }
        "{item} – Chưa ghi tài liệu kiểm chứng hoặc giải trình"
    ExemptNotAllowed NotListed { item: Item, found: Text }
        "{item} – Ghi «{found}» (không áp dụng), mà đơn vị không có trong danh sách không áp dụng"
    ExemptNotAllowed ForEveryUnit { item: Item, found: Text }
        "{item} – Ghi «{found}» (không áp dụng), mà tiêu chí này áp dụng cho mọi đơn vị"
    ExemptButScored ListedButScored { item: Item, found: Text }
        "{item} – Đơn vị được không áp dụng tiêu chí này nhưng vẫn ghi {found}"
    TotalOvertyped SumWrong { item: Item, found: Quantity, sum: Points }
        "{item} – Gõ tổng {found}, cộng từng dòng được {sum}"
    FormulaInText FormulaInText {}
        "Ô chữ chứa công thức"
    TextLegacy TextLegacy {}
        "Chữ gõ bằng phông cũ"
    TextCleaned TextCleaned {}
        "Chữ có ký tự ẩn"
    FileUnreadable Faulty { fault: Text }
        "{fault}"
    FileUnportable NameUnportable { part: Text, why: Text }
        "Không dùng được tên «{part}»: {why}"
    FileUnportable SameButCase { other: Text }
        "Chỉ khác {other} ở chữ hoa, chữ thường: trên Windows là một tệp"
    FileUnreadable Unopened { why: Text }
        "Không mở được tệp: {why}"
    FileChanging Vanished {}
        "Tệp biến mất trong lúc đọc"
    FileChanging Changing {}
        "Tệp thay đổi trong lúc đọc"
    FileNotRegular LinkOutside {}
        "Liên kết hỏng, hoặc dẫn ra ngoài thư mục của kỳ"
    FileNotRegular IsFolder {}
        "Thư mục không mở được, hoặc là liên kết đến thư mục khác"
    FileNotRegular NotRegular {}
        "Không phải tệp thường"
    FileTooLarge Large { megabytes: Text, most: Text }
        "Tệp {megabytes} MB, lớn hơn mức {most} MB"
    FileStray Stray { what: Text }
        "Bỏ qua {what}"
    FileForeign TakenForeign { kind: Text }
        "Nhận tệp {kind}; nên gửi .xlsx"
    FileMacro HasMacro {}
        "Tệp có macro; chương trình chỉ đọc các ô, không chạy macro."
    ReaderCrashed RunDied {}
        "Lượt chạy trước dừng đột ngột khi đọc tệp này"
    ReaderCrashed ReaderStopped {}
        "Bộ đọc dừng giữa chừng vì cấu trúc tệp lạ"
    NomineeDoubtful NomineeDoubtful { found: Text, why: Text }
        "«{found}»: {why}"
    NomineeIncomplete NomineeLacking { name: Text, lacking: Texts }
        "{name} – Chưa ghi {lacking}"
    NomineeIncomplete NomineeUnnamed {}
        "Dòng đề nghị khen thưởng không ghi tên"
    NomineeRepeated NomineeRepeated { name: Text }
        "{name} được đề nghị nhiều lần"
    NominationsUnread NominationsUnread { found: Texts }
        "Không rõ cột nào ghi tên, cột nào ghi thành tích; đầu bảng có: {found}"
    FormMerelyAlike AlikeOnly { form: Files }
        "Không có mã và điểm của phần lớn tiêu chí; phiếu của đơn vị là {form}"
    FormDrawnBeside DrawnBeside { form: Files }
        "Phiếu tự kẻ có điểm khác phiếu đã phát; lấy {form}"
    FormSharedContent SharedContent { form: Files, unit: Text }
        "Mọi điểm, số liệu và tài liệu kiểm chứng giống hệt phiếu của {unit}: {form}"
    FormSharedContent SharedByMany { count: usize, forms: Texts }
        "Mọi điểm, số liệu và tài liệu kiểm chứng của {count} phiếu giống hệt nhau: {forms}"
    CellStruck StruckOfItem { item: Item, found: Text }
        "{item} – Ô bị gạch ngang: «{found}»"
    FormEarly DayEarly { item: Item, found: Day, due: Day }
        "{item} – Ngày {found} cách hạn {due} hơn nửa năm; có phải gõ nhầm năm?"
    FigurePart PartDone { item: Item, done: Quantity, due: Quantity }
        "{item} – Đã làm {done} trên {due}; có phải ghi tỷ lệ thay cho số đã làm?"
    FigurePart NotCounted { item: Item, label: Text, done: Quantity }
        "{item} – «{label}» ghi {done}, không phải số nguyên; có phải sai đơn vị tính?"
    CountFar CountFar { item: Item, found: Quantity, enough: Quantity }
        "{item} – Số lượng {found}, từ {enough} trở lên đã không đổi điểm; có phải gõ thừa chữ số?"
    FormLeft SheetLeft { cells: usize }
        "Trang có {cells} ô có nội dung, không được đọc"
    FormLeft CellsBeside { count: usize, cells: Texts }
        "{count} ô bên phải bảng không được đọc: {cells}"
    FormLeft NominationsTwice { sheet: Text }
        "Trang «{sheet}» cũng có bảng đề nghị khen thưởng; cả hai trang được đọc"
    FormLeft ColumnBeside { found: Text, label: Text }
        "Cột «{found}» không được đọc; cột được đọc là «{label}»"
    NominationsGone NominationsGone {}
        "Phiếu phát ra có trang đề nghị khen thưởng, phiếu nộp về thì không"
    CellStruck StruckNominee { found: Text }
        "Ô đề nghị khen thưởng bị gạch ngang: «{found}»"
    FormRemarked Remarked { count: usize, remarks: Texts }
        "Trang phiếu có {count} ghi chú gắn vào ô: {remarks}"
    RuleWaived CountedWithFaults {}
        "Phiếu có lỗi vẫn được tính, mục lỗi 0 điểm"
}
