//! The sentences about settings, `ky.toml` and `tong-ket.toml`.

use super::said::{Slot, sentences};
use super::{Code, Near, Said, Text, Texts};
use crate::day::Day;
use crate::points::{Points, Quantity};

sentences! {
    SettingsSyntax NotUnderstood { found: Text }
        "Không hiểu dòng «{found}»"
    SettingUnknown KeyUnknown { near: Near }
        "không có khóa này{near}"
    SettingMissing KeyMissing { key: Text }
        "Thiếu {key}"
    SettingInvalid Refused { why: Said, found: Text }
        "{why}, đang ghi {found}"
    SettingInvalid OtherKind { words: Text }
        "cần {words}"
    SettingInvalid Empty {}
        "không được để trống"
    SettingInvalid WholeWithin { from: i64, to: i64 }
        "cần số nguyên từ {from} đến {to}"
    SettingInvalid NotAWord { words: Texts, found: Text, near: Near }
        "cần một trong {words}, đang ghi «{found}»{near}"
    SettingInvalid NotASection { name: Text }
        "cần một phần [{name}]"
    SettingInvalid NotSections { name: Text }
        "cần các mục [[{name}]]"
    SettingInvalid NotAnId {}
        "chỉ gồm chữ không dấu, số, gạch ngang"
    SettingInvalid AboveMost { most: i64 }
        "không quá {most}"
    SettingInvalid NotBelow { most: i64 }
        "cần nhỏ hơn {most}"
    SettingInvalid NumberWithin { from: i64, to: i64 }
        "cần số từ {from} đến {to}"
    SettingInvalid TooFine { places: u32 }
        "không quá {places} chữ số thập phân"
    SettingInvalid OtherYear {}
        "phải trong năm được đánh giá hoặc năm sau"
    SettingInvalid TieBreakUnknown { found: Text, near: Near }
        "không có tiêu chí phụ «{found}»{near}"
    SettingInvalid WordTwice { found: Text }
        "«{found}» ghi hai lần"
    SettingInvalid HeadingOfOther { found: Text, other: Text }
        "«{found}» là tiêu đề của cột «{other}»"
    SettingInvalid BlocTwice {}
        "mã khối bị trùng"
    SettingInvalid SetsMissing {}
        "cần ít nhất một bộ chỉ số"
    SettingInvalid SetTwice {}
        "một bộ chỉ số ghi hai lần"
    SettingInvalid BandTwice {}
        "tên mức bị trùng"
    SettingInvalid RankMissing {}
        "cần số nguyên từ 1"
    SettingInvalid CoefficientUnfit { most: i64, places: u32 }
        "cần số lớn hơn 0, không quá {most}, nhiều nhất {places} số lẻ"
    SettingInvalid AreaMissing { set: Text, area: Text }
        "tieu-chi-phu: bộ chỉ số {set} không có lĩnh vực {area}"
    BlankUnfilled KeysUnfilled { keys: Texts }
        "còn dấu … của mẫu; các khóa còn dấu này: {keys}"
    DayUnlikely DaysApart { day: Day, other: Day }
        "{day} cách ngày tổng kết {other} hơn nửa năm"
    DayUnlikely SourceWithoutYear { since: Day, source: Text }
        "không đối chiếu được ngày {since}: căn cứ «{source}» không ghi năm"
    BlankUnfilled DayOfTemplate { day: Day }
        "{day} là ngày mẫu, chưa sửa"
    BlankUnfilled OtherAuthority { found: Text, level: Text }
        "«{found}» là của cấp {level}, mà co-quan, co-quan-cap-tren không nói đến cấp đó"
    DayUnlikely YearOfSource { since: Day, source: Text }
        "ngày {since} khác năm của {source}"
    BandsGap BandEmpty { band: Text }
        "mức «{band}» không chứa chỉ số nào"
    BandsGap BandMissing { part: Text }
        "không có mức cho {part}"
    BandsOverlap BandsOverlap { band: Text, other: Text, part: Text }
        "«{band}» và «{other}» cùng chứa {part}"

    NumberUnlikely BandsUnordered {}
        "các mức không xếp từ cao xuống thấp"
    ConfirmationUnused ConfirmsNothing { found: Text, near: Near }
        "xac-nhan: «{found}» không xác nhận điều gì{near}"
    TieBreakUneven TieBreakUneven { word: Text, bloc: Text, low: Points, high: Points }
        "tieu-chi-phu «{word}»: ở khối {bloc}, điểm tối đa của phần dùng để phân hạng khi bằng chỉ số \
         không như nhau, có đơn vị {low} điểm, có đơn vị {high} điểm"

    SettingInvalid AllTaken {}
        "tên này dành cho mọi kịch bản"
    FirmnessContradictory CertainBelow { certain: Quantity, told_apart: Quantity }
        "ngưỡng chắc chắn {certain} thấp hơn ngưỡng phân biệt {told_apart}"
    FirmnessContradictory NothingUncertain {}
        "không khai điều gì chưa chắc: cần tham-dinh, khao-sat hoặc trong-so"
    ScenarioInvalid ScenarioTwice { found: Text }
        "hai kịch bản cùng mã «{found}»"
    ScenarioInvalid ChangesNothing {}
        "không thay đổi gì so với quy định của kỳ"
    ScenarioInvalid NotACode { found: Text }
        "«{found}» không phải mã, ví dụ \"8\" hoặc \"1.2.1\""
    ScenarioInvalid CodeUnknown { scenario: Text, item: super::Item }
        "Kịch bản {scenario}: bo – không bộ chỉ số nào của kỳ có mã {item}"

    AwardsContradictory RulesMissing {}
        "không có quy định nào cho tập thể hay cá nhân"
    AwardsContradictory DecidedEarly { decided: Day, deadline: Day }
        "{decided} trước hạn nộp phiếu {deadline}"
    AwardsContradictory SalariesSince { since: Day }
        "hai mức lương cùng từ ngày {since}"
    AwardsContradictory TooFewPlaces { total: usize, promised: usize }
        "tổng {total} suất, nhưng các quy định cộng lại {promised} suất"
    AwardsContradictory BlocsMissing {}
        "không có khối nào"
    AwardsContradictory BlocUnknown { found: Text, near: Near }
        "không có khối «{found}»{near}"
    AwardsContradictory BlocAgain { found: Text }
        "khối «{found}» ghi hai lần"
    AwardsContradictory BandUnknown { bloc: Text, found: Text, near: Near }
        "khối {bloc} không có mức xếp loại «{found}»{near}"
    AwardsContradictory BandWithoutYears {}
        "xep-loai-toi-thieu và so-nam-dat phải ghi cùng nhau"
    SalaryMissing SalaryMissing { decided: Day, first: Day }
        "ngày quyết định {decided} trước mức lương đầu tiên ({first})"

    SettingInvalid SpanUnfit { most: i16 }
        "cần từ năm đầu trở đi và không quá {most} năm"
    SettingInvalid HoldBelowLift {}
        "không nhỏ hơn nang-duoi"
    SettingInvalid BandAgain {}
        "một mức ghi hai lần"
    SettingInvalid ContentTwice {}
        "mã nội dung bị trùng"
    SettingInvalid EndsEarly {}
        "không trước tu-nam"
    SettingInvalid ContentUnknown { found: Text, near: Near }
        "không có nội dung «{found}»{near}"
    SettingInvalid YearTwice {}
        "một năm ghi hai lần"
    SettingInvalid YearOutside { from: i16, to: i16 }
        "cần năm từ {from} đến {to}"
    CrosswalkContradictory AreaTwice {}
        "lĩnh vực ghi hai lần"
    CrosswalkContradictory ContentOfAnother { name: Text, other: Text, own: Text }
        "«{name}» là tên của nội dung {other}, đang quy đổi về {own}"
    CrosswalkContradictory YearsWithoutSet { bloc: Text, years: Texts }
        "khối {bloc} chưa có bộ chỉ số cho năm {years}"
    CrosswalkContradictory YearWithSets { bloc: Text, year: i16, sets: Texts }
        "khối {bloc}, năm {year} có nhiều bộ chỉ số: {sets}"

    ShareUnlikely PartOfOne { found: Quantity }
        "{found} phần trăm; có phải ghi theo phần của 1?"
    NumberUnlikely OutOfMeasure { found: Quantity, from: Quantity, to: Quantity }
        "{found} ngoài khoảng thường gặp, từ {from} đến {to}"
    DayUnlikely TitleOfYear { found: i16, year: i16 }
        "ghi năm {found}, còn năm được đánh giá là {year}"
    NumberUnlikely FarFromOthers { found: Quantity, others: Texts }
        "{found} khác xa các năm bên cạnh ({others})"
    NumberUnlikely YearsMissing { years: Texts }
        "thiếu số liệu năm {years}"
    DayUnlikely DeadlineFar { day: Day, year: i16 }
        "{day} quá xa năm được đánh giá {year}"
    DayUnlikely DeadlineEarly { day: Day, year: i16 }
        "{day} ở nửa đầu của chính năm được đánh giá {year}"
    NumberUnlikely StepLarge { step: i64, least: Quantity }
        "làm tròn đến {step} đồng, mà mức thưởng thấp nhất là {least} đồng"
    NumberUnlikely CoefficientFar { found: Quantity, least: Quantity }
        "hệ số {found} gấp mười lần trở lên hệ số thấp nhất ({least})"
    NumberUnlikely SalaryFalls { later: Day, found: i64, before: i64 }
        "mức từ ngày {later} ({found}) thấp hơn mức trước đó ({before})"
}
