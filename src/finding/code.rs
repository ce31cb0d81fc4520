//! The table of codes: one row for each kind of finding.
//!
//! Codes are permanent: a retired one is never reused. The first letter says
//! whose file it is about: `P` a unit's form (phiếu), `T` the round's own files
//! (tệp của kỳ), `D` an appraisal workbook (thẩm định), `S` the survey (khảo
//! sát), `K` the result (kết quả), `L` the history of years (lịch sử).

use super::weight::{Many, Severity};

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    pub id: &'static str,
    pub severity: Severity,
    /// What is wrong, as a heading.
    pub title: &'static str,
    /// What the reader should do about it.
    pub help: &'static str,
    pub many: Many,
}

/// Writes the enum, the list of all and the table from the same rows, so that
/// none of the three can lack a code.
macro_rules! codes {
    ($(
        $name:ident $id:literal $severity:ident $title:literal $help:literal
        $(=> $many:ident $(($words:literal))?)?
    )+) => {
        /// The kinds of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($name),+ }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$name),+];

            pub const fn info(self) -> CodeInfo {
                match self {
                    $(Code::$name => CodeInfo {
                        id: $id,
                        severity: Severity::$severity,
                        title: $title,
                        help: $help,
                        many: [$(Many::$many $(($words))?,)? Many::Apart][0],
                    }),+
                }
            }
        }
    };
}

codes! {
    // P: the file itself
    FileUnreadable "P001" Error "Không đọc được tệp"
        "Thử mở tệp bằng Excel; mở được thì lưu lại dạng .xlsx rồi nộp lại."
    FileEncrypted "P002" Error "Tệp có mật khẩu"
        "Mở tệp bằng Excel, bỏ mật khẩu (Tệp ▸ Thông tin ▸ Bảo vệ sổ làm việc), lưu lại rồi nộp."
    FileOldFormat "P003" Error "Tệp ở định dạng Excel cũ (.xls)"
        "Mở tệp bằng Excel, chọn Lưu thành ▸ Sổ làm việc Excel (.xlsx) rồi nộp lại."
    FileOtherFormat "P004" Error "Tệp không phải sổ làm việc .xlsx"
        "Lưu thành .xlsx bằng chương trình đã tạo ra tệp, hoặc giải nén; không chỉ đổi đuôi tệp."
    FileDamaged "P005" Error "Tệp bị hỏng"
        "Gửi lại tệp gốc; nếu gửi qua thư hoặc tin nhắn, nén .zip trước khi gửi."
    FileTooLarge "P006" Error "Tệp lớn bất thường"
        "Chép phần đã điền sang phiếu trắng được phát rồi nộp lại; không dán ảnh hay dữ liệu khác vào phiếu."
    FileSuspicious "P007" Error "Tệp có cấu trúc bất thường"
        "Không mở tệp này; đề nghị đơn vị điền lại vào phiếu trắng được phát rồi nộp lại."
    FileChanging "P008" Error "Tệp đang được chép dở, hoặc vừa bị chuyển đi"
        "Đợi chép xong rồi chạy lại."
    FileNotRegular "P009" Error "Không phải tệp thường, hoặc liên kết ra ngoài thư mục của kỳ"
        "Chép chính tệp phiếu vào thư mục nop/, không dùng lối tắt."
    FileStray "P010" Note "Tệp không phải phiếu, được bỏ qua"
        "Không phải làm gì; có thể chuyển tệp ra khỏi thư mục nop/."
    ReaderCrashed "P011" Error "Bộ đọc gặp lỗi với tệp này"
        "Mở tệp bằng Excel, lưu lại dạng .xlsx rồi nộp lại; gửi tệp gốc cho nơi cung cấp chương trình."
    FileMacro "P012" Note "Tệp chứa macro"
        "Macro không được chạy; nên lưu lại dạng .xlsx không có macro."

    // P: whose form it is
    FormForeign "P020" Error "Không phải phiếu tự chấm"
        "Điền vào phiếu trắng được phát cho đơn vị rồi nộp lại."
    FormOtherRound "P021" Error "Phiếu của kỳ đánh giá khác"
        "Điền lại vào phiếu trắng của kỳ này rồi nộp lại."
    FormOtherSet "P022" Error "Phiếu theo phiên bản khác của bộ chỉ số"
        "Điền lại vào phiếu trắng mới nhất được phát rồi nộp lại."
    UnitUnknown "P023" Error "Đơn vị không có trong danh sách"
        "Dùng phiếu trắng được phát cho đơn vị; nếu đơn vị có tên khác, báo tổ thư ký ghi vào don-vi.xlsx."
    UnitAmbiguous "P024" Error "Tên đơn vị ứng với nhiều đơn vị"
        "Dùng phiếu trắng được phát cho đơn vị, hoặc ghi rõ phường/xã/phòng trong tên."
    UnitRepeated "P025" Error "Một đơn vị nộp nhiều phiếu khác nhau"
        "Hỏi đơn vị phiếu nào là bản chính thức, chuyển các phiếu khác ra khỏi thư mục nop/."
    UnitCopied "P026" Note "Phiếu nộp trùng, chỉ tính một lần"
        "Không phải làm gì; có thể xóa bớt bản sao."
    FormReplaced "P027" Warning "Phiếu được thay bằng bản nộp sau"
        "Kiểm tra lại rằng bản nộp sau là bản đơn vị muốn dùng."
    UnitMismatch "P028" Error "Tên đơn vị trên phiếu khác đơn vị được phát phiếu"
        "Điền vào đúng phiếu trắng được phát cho đơn vị rồi nộp lại."
    FormBlank "P029" Error "Phiếu chưa điền"
        "Điền điểm tự chấm và số liệu rồi nộp lại."
    IdentityFromHead "P030" Note "Nhận diện phiếu theo phần đầu trang"
        "Nên dùng phiếu trắng được phát để tránh nhầm đơn vị."
    FormLate "P031" Warning "Phiếu lập sau hạn nộp"
        "Kiểm tra ngày lập phiếu; đơn vị nộp muộn có thể không được xét khen thưởng."
    DateMissing "P032" Warning "Phiếu thiếu hoặc sai ngày lập"
        "Ghi ngày lập phiếu dạng ngày/tháng/năm, ví dụ 05/12/2019."
    UnitExempt "P033" Warning "Đơn vị được miễn đánh giá nhưng vẫn nộp phiếu"
        "Không phải làm gì; nếu đơn vị không được miễn, báo tổ thư ký sửa don-vi.xlsx."
    UnitNameBlank "P034" Warning "Phiếu bị xóa tên đơn vị"
        "Kiểm tra lại phiếu là của đơn vị nào; phiếu được tính cho đơn vị đã được phát."
    FormOlderSet "P035" Note "Phiếu phát trước khi bộ chỉ số được sửa"
        "Không phải làm gì; những dòng không đổi được tính như trên phiếu mới."

    // P: the table
    ItemLost "P040" Error "Thiếu dòng tiêu chí"
        "Dùng lại phiếu trắng được phát; không xóa dòng, không sửa cột STT."
    ItemRepeated "P041" Error "Một tiêu chí có nhiều dòng"
        "Giữ lại một dòng cho mỗi mã tiêu chí."
        => Listed("mã có nhiều dòng")
    ItemUnknown "P042" Error "Mã không có trong bộ chỉ số"
        "Dùng lại phiếu trắng được phát; không thêm mã, không sửa cột STT."
        => Listed("mã không có trong bộ chỉ số")
    MaxChanged "P043" Error "Điểm tối đa bị sửa"
        "Trả lại điểm tối đa như phiếu được phát, xem lại điểm tự chấm của dòng này."
        => Listed("dòng có điểm tối đa khác bộ chỉ số")
    CodeMangled "P044" Error "Mã tiêu chí bị Excel đổi thành số hoặc ngày"
        "Định dạng cột STT là Văn bản rồi gõ lại mã, ví dụ 1.2."
        => Listed("ô mã không chắc là mã nào")
    ColumnMissing "P045" Error "Thiếu cột của bảng"
        "Dùng lại phiếu trắng được phát; không xóa, không đổi tên cột."
    FormHidden "P046" Warning "Trang phiếu bị ẩn"
        "Hiện lại trang phiếu rồi lưu; các ô vẫn được đọc như thường."
    FormTwice "P047" Error "Tệp có nhiều bảng tự chấm"
        "Giữ lại một trang phiếu trong tệp rồi nộp lại."
    CodeRestored "P048" Warning "Mã bị Excel đổi, đã nhận theo tên tiêu chí"
        "Nên định dạng cột STT là Văn bản rồi gõ lại mã."
        => Listed("ô mã bị đổi, nhận theo tên tiêu chí")

    // P: scores
    ScoreMissing "P050" Error "Chưa tự chấm điểm"
        "Nhập điểm; không đạt thì nhập 0, không áp dụng thì chọn KAD."
        => Listed("dòng chưa tự chấm điểm")
    ScoreNotANumber "P051" Error "Điểm không phải là số"
        "Nhập số, ví dụ 1,5; không kèm chữ."
        => Listed("dòng có điểm không phải là số")
    ScoreOutOfRange "P052" Error "Điểm ngoài thang điểm"
        "Nhập điểm từ 0 đến điểm tối đa của dòng."
        => Listed("dòng có điểm nằm ngoài thang điểm")
    ScoreNotALevel "P053" Error "Điểm không phải một trong các mức"
        "Chọn một mức trong danh sách thả xuống của ô."
    ScoreTooFine "P054" Error "Điểm có quá nhiều số lẻ"
        "Làm tròn điểm theo số chữ số thập phân mà quy định cho phép."
    ScoreForSurvey "P055" Warning "Tiêu chí điều tra xã hội học không tự chấm"
        "Để trống ô này; điểm lấy từ kết quả điều tra."
        => Listed("dòng tự chấm điểm khảo sát")
    ScoreDiffers "P056" Warning "Điểm tự chấm khác điểm tính từ số liệu"
        "Xem lại số liệu; điểm được tính theo số liệu kê khai."
    ScoreIsError "P057" Error "Ô điểm báo lỗi công thức"
        "Xóa công thức lỗi, nhập số."
        => Listed("ô điểm báo lỗi")
    ScoreWithoutValue "P058" Error "Công thức chưa có kết quả"
        "Mở tệp bằng Excel, bấm Lưu rồi nộp lại."
        => Listed("dòng có công thức chưa có kết quả")
    ScoreAmbiguous "P059" Error "Số có thể hiểu hai cách"
        "Viết số thập phân bằng dấu phẩy (1,234) và không dùng dấu chấm ngăn hàng nghìn."
        => Listed("dòng có số hiểu được hai cách")
    NumberAsText "P060" Note "Số được gõ dạng chữ, đã hiểu được"
        "Nên gõ số thập phân bằng dấu phẩy để Excel nhận là số."
        => Counted
    ScoreMisplaced "P061" Error "Điểm ghi sai chỗ"
        "Chuyển điểm về cột Điểm tự chấm, đúng dòng có mã tiêu chí."
        => Listed("dòng ghi điểm ngoài ô điểm")

    // P: raw figures
    FigureMissing "P070" Error "Thiếu số liệu kê khai"
        "Nhập số liệu; không phát sinh thì nhập 0."
        => Listed("dòng chưa ghi đủ số liệu")
    FigureInvalid "P071" Error "Số liệu không phải là số hoặc ngày"
        "Nhập số không kèm chữ; ngày dạng ngày/tháng/năm, đủ bốn chữ số của năm, ví dụ 05/12/2019."
        => Listed("ô số liệu không phải là số hoặc ngày")
    FigureContradictory "P072" Error "Số liệu mâu thuẫn"
        "Kiểm tra lại: tử số không lớn hơn mẫu số, số lượng là số nguyên không âm, ngày ghi đúng năm."

    // P: evidence, N/A, totals, texts, nominations
    EvidenceMissing "P080" Warning "Thiếu tài liệu kiểm chứng và giải trình"
        "Ghi số, ký hiệu văn bản kiểm chứng, hoặc giải trình vì sao không có."
        => Listed("dòng chưa ghi tài liệu kiểm chứng hoặc giải trình")
    ExemptNotAllowed "P081" Error "Ghi không áp dụng nhưng không thuộc danh sách"
        "Nhập điểm, hoặc đề nghị bổ sung đơn vị vào danh sách không áp dụng."
        => Listed("dòng ghi không áp dụng nhưng không thuộc danh sách")
    ExemptButScored "P082" Error "Tiêu chí không áp dụng nhưng vẫn chấm điểm"
        "Ghi KAD ở ô điểm, hoặc đề nghị đưa đơn vị ra khỏi danh sách không áp dụng."
        => Listed("dòng không áp dụng nhưng vẫn ghi điểm hoặc số liệu")
    TotalOvertyped "P090" Warning "Ô tổng bị gõ đè và không đúng tổng"
        "Không sửa ô tổng; điểm tổng được tính lại từ từng dòng."
        => Listed("ô tổng gõ đè không đúng tổng")
    FormulaInText "P094" Note "Ô chữ chứa công thức, chỉ lấy kết quả"
        "Không phải làm gì; nên gõ chữ thường thay cho công thức."
        => Counted
    TextLegacy "P095" Note "Chữ gõ bằng phông cũ, đã chuyển sang Unicode"
        "Nên gõ bằng phông Times New Roman, bảng mã Unicode."
        => Counted
    TextCleaned "P096" Note "Chữ có ký tự ẩn, đã bỏ"
        "Không phải làm gì."
        => Counted
    NomineeIncomplete "P097" Warning "Đề nghị khen thưởng thiếu thông tin"
        "Ghi đủ họ tên, chức vụ và thành tích."
    NomineeRepeated "P098" Warning "Một người được đề nghị nhiều lần"
        "Giữ lại một dòng cho mỗi người."
    NomineeDoubtful "P100" Warning "Không rõ ai được đề nghị khen thưởng"
        "Hỏi lại đơn vị, sửa dòng này: đủ họ tên một người, hoặc tên đơn vị; chưa sửa thì không xét."
    NominationsUnread "P101" Error "Không đọc được bảng đề nghị khen thưởng"
        "Dùng lại trang đề nghị của phiếu được phát; không đổi tên các cột."

    // P: what stands beside a form, or in it without certainty
    FormMerelyAlike "P110" Warning "Tệp không phải phiếu, đơn vị đã có phiếu khác"
        "Xem tệp có phải tài liệu kèm theo không; nếu vậy, chuyển ra khỏi thư mục nop/."
    FormDrawnBeside "P111" Warning "Phiếu tự kẻ gửi kèm phiếu đã phát"
        "Hỏi đơn vị; muốn dùng phiếu tự kẻ thì chuyển phiếu đã phát ra khỏi thư mục nop/."
    FormSharedContent "P112" Warning "Hai đơn vị nộp phiếu giống hệt nhau"
        "Hỏi cả hai đơn vị; đơn vị chép nhầm thì điền lại vào phiếu của mình."
    CellStruck "P113" Error "Ô được tính bị gạch ngang"
        "Giá trị còn dùng thì bỏ gạch ngang; không dùng thì xóa hẳn rồi nộp lại."
        => Listed("ô bị gạch ngang")
    FormRemarked "P114" Warning "Phiếu có ghi chú gắn vào ô"
        "Đọc ghi chú: chương trình không lấy gì từ đó; điều cần tính thì ghi vào ô của bảng."
    FormEarly "P115" Warning "Ngày lập phiếu cách hạn nộp quá xa"
        "Hỏi đơn vị có gõ nhầm năm không rồi sửa ngày lập phiếu."

    // T: the round's own files
    RoundFileMissing "T001" Error "Thiếu tệp của kỳ"
        "Tạo tệp theo mẫu (cchc init) hoặc chép từ kỳ trước."
    RoundFileUnreadable "T002" Error "Không đọc được tệp của kỳ"
        "Mở tệp bằng Excel, lưu lại dạng .xlsx."
    SettingsSyntax "T003" Error "Tệp thiết lập (.toml) sai cú pháp"
        "Sửa dòng được nêu: dấu chấm thập phân, ngày năm-tháng-ngày, ngoặc kép thẳng; lưu tệp dạng UTF-8."
    SettingUnknown "T004" Error "Khóa không có trong mẫu thiết lập"
        "Sửa tên khóa theo mẫu ky.toml hoặc tong-ket.toml."
    SettingInvalid "T005" Error "Giá trị trong tệp thiết lập không hợp lệ"
        "Sửa giá trị theo chú thích trong mẫu."
    SettingMissing "T006" Error "Thiếu khóa trong tệp thiết lập"
        "Thêm khóa theo mẫu."
    BlankUnfilled "T007" Warning "Chỗ … của mẫu chưa điền"
        "Điền nội dung vào chỗ ghi dấu …; không có thì sửa lại câu cho đủ nghĩa."
    BandsOverlap "T010" Error "Các mức xếp loại chồng nhau"
        "Sửa để mép dưới của mức trên bằng mép trên của mức dưới."
    BandsGap "T011" Error "Các mức xếp loại bỏ sót khoảng điểm"
        "Sửa để mọi chỉ số từ 0 trở lên thuộc đúng một mức."
    AwardsContradictory "T015" Error "Quy định khen thưởng mâu thuẫn"
        "Sửa các mục [khen-thuong] trong tệp thiết lập."
    SalaryMissing "T016" Error "Không có mức lương cơ sở tại ngày quyết định"
        "Thêm mức lương cơ sở có hiệu lực vào [[khen-thuong.luong-co-so]]."
    TableColumnMissing "T020" Error "Bảng thiếu cột"
        "Thêm cột theo mẫu, giữ đúng tên cột."
    TableColumnUnknown "T021" Error "Bảng có cột lạ"
        "Sửa tên cột theo mẫu hoặc xóa cột."
    TableCellInvalid "T022" Error "Ô của bảng có giá trị không hợp lệ"
        "Sửa giá trị của ô."
    TableCodeMangled "T023" Error "Mã bị Excel đổi thành số hoặc ngày"
        "Định dạng cột mã là Văn bản rồi gõ lại mã."
    SetCodeRepeated "T024" Error "Mã tiêu chí bị trùng"
        "Sửa một trong hai mã."
    SetCodeMisplaced "T025" Error "Mã tiêu chí không đúng chỗ"
        "Đặt dòng ngay dưới mục cha, theo thứ tự mã."
    SetSumWrong "T026" Error "Điểm các mục con không bằng điểm mục cha"
        "Sửa điểm tối đa của mục cha hoặc mục con."
    RuleUnknown "T027" Error "Cách chấm không có trong chương trình"
        "Chọn một cách chấm trong danh sách ở mẫu bộ chỉ số."
    RuleParameter "T028" Error "Tham số của cách chấm không hợp lệ"
        "Viết tham số theo mẫu của cách chấm đó."
    BestNotMax "T029" Error "Mức cao nhất khác điểm tối đa"
        "Sửa mức cao nhất hoặc điểm tối đa cho bằng nhau."
    StepsOverlap "T030" Error "Các mức chồng nhau"
        "Ghi rõ mép dưới được tính, mép trên không tính, ví dụ 70-<100%."
    StepsGap "T031" Error "Các mức bỏ sót khoảng giá trị"
        "Thêm mức cho khoảng bị bỏ sót."
    SourceContradictory "T032" Error "Nguồn điểm mâu thuẫn với cách chấm"
        "Sửa cột Nguồn điểm hoặc cột Cách chấm."
    ExemptContradictory "T033" Error "Quy định không áp dụng mâu thuẫn"
        "Cho phép không áp dụng ở dòng này, hoặc đổi tham số không phát sinh."
    PointsTooFine "T034" Error "Điểm lẻ hơn số chữ số thập phân của kỳ"
        "Tăng so-le-diem trong ky.toml hoặc làm tròn điểm trong bộ chỉ số."
    DueBeforeYear "T035" Warning "Hạn trong bộ chỉ số trước năm đánh giá"
        "Kiểm tra lại hạn; sửa nếu là hạn chép từ kỳ trước."
    SourceMissing "T036" Error "Bộ chỉ số không ghi quyết định ban hành"
        "Ghi số, ngày quyết định ở phần đầu bảng."
    UnitIdRepeated "T040" Error "Mã đơn vị bị trùng"
        "Sửa để mỗi đơn vị có một mã riêng."
    UnitNameRepeated "T041" Error "Tên ứng với nhiều đơn vị"
        "Sửa tên hoặc tên khác để mỗi tên chỉ ứng với một đơn vị."
    UnitBlocUnknown "T042" Error "Khối của đơn vị không có trong ky.toml"
        "Ghi mã khối như trong ky.toml."
    UnitSetUnknown "T043" Error "Bộ chỉ số của đơn vị không có trong khối"
        "Ghi tên một bộ chỉ số mà khối dùng."
    UnitInvalid "T044" Error "Dòng đơn vị không hợp lệ"
        "Ghi đủ mã (chữ không dấu, số, gạch ngang) và tên đơn vị."
    PredecessorInvalid "T045" Error "Đơn vị tiền thân không hợp lệ"
        "Ghi mã đơn vị có thật, không vòng lặp."
    BlocEmpty "T046" Warning "Khối không có đơn vị nào"
        "Thêm đơn vị vào don-vi.xlsx hoặc bỏ khối."
    ExemptionInvalid "T050" Error "Dòng trong danh sách không áp dụng không hợp lệ"
        "Ghi đúng mã đơn vị và mã tiêu chí."
    ExemptionNotAllowed "T051" Error "Tiêu chí không được phép không áp dụng"
        "Bỏ dòng này, hoặc cho phép trong bộ chỉ số."
    ExemptionUnfounded "T052" Error "Không áp dụng mà không có lý do, căn cứ"
        "Ghi lý do và căn cứ."
    ExclusionInvalid "T053" Error "Dòng trong danh sách không xét khen không hợp lệ"
        "Ghi đúng mã đơn vị và lý do."
    ExclusionOfUnit "T054" Warning "Dòng không xét khen loại cả đơn vị"
        "Nếu chỉ một người, ghi họ tên người đó; nếu cả đơn vị, ghi «cả đơn vị» vào cột Họ và tên."
    LastRoundUnreadable "T060" Error "Không đọc được kết quả kỳ trước"
        "Chép lại ket-qua.json của kỳ trước vào ky-truoc/, hoặc xóa thư mục đó."
    LastRoundUnfit "T061" Warning "Kết quả kỳ trước không so sánh được"
        "Kiểm tra ky-truoc/ket-qua.json có đúng là kết quả kỳ trước và mã đơn vị không được dùng lại."
    FirmnessContradictory "T070" Error "Ngưỡng của phần [do-vung] mâu thuẫn"
        "Sửa phần [do-vung] trong ky.toml theo chú thích trong mẫu."
    ScenarioInvalid "T071" Error "Kịch bản không hợp lệ"
        "Sửa mục [[kich-ban]] trong ky.toml theo chú thích trong mẫu."
    RevisionInvalid "T080" Error "Dòng thay đổi sau công bố không hợp lệ"
        "Ghi đúng mã đơn vị, mã tiêu chí và một mã lý do có ở trang Mã lý do của thay-doi.xlsx."
    WaiverInvalid "T081" Error "Dòng miễn trừ quy định không hợp lệ"
        "Ghi đúng mã đơn vị, quy định, người đề nghị, người phê duyệt, ngày và lý do trong mien-tru.xlsx."
    WaiverUnused "T082" Note "Miễn trừ không dùng đến"
        "Không phải làm gì; kiểm tra lại dòng miễn trừ nếu thấy lạ."

    // T: what was not read, and what is out of its measure
    TableSheetLike "T100" Error "Trang giống bảng được đọc mà không được đọc"
        "Chép các dòng cần tính sang đúng trang, hoặc xóa trang này; nếu đây mới là trang đúng, đặt lại tên."
    TableSheetLeft "T101" Warning "Trang không được đọc"
        "Nếu trang có dòng cần tính, chép sang đúng trang; nếu không, xóa hoặc ẩn trang."
    TableSheetHidden "T102" Warning "Bảng nằm ở trang ẩn"
        "Bỏ ẩn trang (Excel: bấm chuột phải vào tên trang ▸ Bỏ ẩn) và kiểm tra lại các dòng."
    TableTwice "T103" Error "Hai bảng trên một trang"
        "Chép các dòng của bảng dưới lên liền bảng trên, xóa dòng đầu bảng thứ hai."
    TableColumnMisspelt "T104" Error "Cột viết gần giống một cột của bảng"
        "Sửa tên cột cho đúng, hoặc đặt tên khác hẳn nếu là cột ghi thêm."
    TableCellStruck "T105" Error "Ô bị gạch ngang trong bảng"
        "Xóa hẳn dòng nếu không còn tính; nếu còn tính, bỏ nét gạch."
    TableCellUnlabelled "T106" Warning "Ô ngoài các cột của bảng"
        "Chuyển nội dung vào đúng cột, hoặc xóa đi; cột không có tên thì không được đọc."
    TableRemarked "T107" Warning "Ghi chú gắn vào ô không được đọc"
        "Nếu ghi chú nói khác nội dung ô, sửa chính ô đó; sau đó xóa ghi chú."
    TableCellPercent "T108" Error "Số ghi ở dạng phần trăm"
        "Đổi định dạng ô thành số rồi ghi lại giá trị."
    RoundFileLike "T110" Error "Tệp hoặc thư mục có tên gần giống tệp của kỳ"
        "Đặt lại tên cho đúng nếu cần tính; nếu không, chuyển ra khỏi thư mục."
    RoundFileLeft "T111" Warning "Tệp hoặc thư mục không được đọc"
        "Chuyển ra khỏi thư mục, hoặc vào đúng thư mục con nếu cần tính."
    EmptyAnswer "T120" Error "Ô chỉ ghi «không», «-» hoặc tương tự"
        "Xóa dòng nếu không có gì để ghi; nếu có, ghi rõ nội dung."
    BareAnswer "T122" Error "Ô chỉ ghi «có», «x» hoặc tương tự"
        "Ghi rõ nội dung: lý do, căn cứ; không có thì xóa."
    EmptyAnswerUnapplied "T121" Warning "Ô ghi «không», được hiểu là để trống"
        "Để trống ô nếu đúng là không; nếu có, ghi rõ lý do."
    NumberUnlikely "T130" Warning "Con số khác thường"
        "Kiểm tra đơn vị tính; nếu số đúng, thêm tên khóa hoặc mã vào xac-nhan ở tệp thiết lập."
    ConfirmationUnused "T132" Warning "Dòng xac-nhan không xác nhận điều gì"
        "Sửa tên khóa, mã tiêu chí hoặc mã đơn vị; không còn cần thì xóa khỏi danh sách."
    ShareUnlikely "T131" Error "Tỷ lệ phần trăm ghi dưới dạng phân số"
        "Ghi 80 chứ không phải 0.8; nếu số đúng, thêm tên khóa hoặc mã vào xac-nhan ở tệp thiết lập."
    DayUnlikely "T140" Warning "Ngày xa năm đánh giá"
        "Kiểm tra năm của ngày; nếu ngày đúng, thêm tên khóa hoặc mã vào xac-nhan ở tệp thiết lập."

    TieBreakUneven "T150" Note "Tiêu chí phụ so trên số điểm khác nhau giữa các đơn vị"
        "Không phải làm gì, chương trình so tỷ lệ đạt được; không muốn vậy thì đổi tieu-chi-phu."

    // D: appraisal
    AppraisalForeign "D001" Error "Không phải bảng thẩm định của kỳ này"
        "Dùng tệp do cchc appraise tạo ra cho kỳ này."
    AppraisalUnitUnknown "D002" Error "Bảng thẩm định có đơn vị lạ"
        "Giữ nguyên cột mã đơn vị." => Same
    AppraisalWithoutForm "D003" Warning "Thẩm định đơn vị không có phiếu"
        "Điểm thẩm định này không được tính; kiểm tra lại phiếu của đơn vị."
    AppraisalItemUnknown "D004" Error "Bảng thẩm định có mã tiêu chí lạ"
        "Giữ nguyên cột mã tiêu chí." => Same
    AppraisedNotANumber "D005" Error "Điểm thẩm định không phải là số"
        "Nhập số, ví dụ 1,5."
    AppraisedOutOfRange "D006" Error "Điểm thẩm định ngoài thang điểm"
        "Nhập điểm từ 0 đến điểm tối đa."
    AppraisedNotALevel "D007" Error "Điểm thẩm định không phải một trong các mức"
        "Chọn một mức của tiêu chí."
    AppraisalUnreasoned "D008" Error "Đổi điểm mà không ghi lý do"
        "Ghi lý do vì sao điểm thẩm định khác điểm tự chấm."
    AppraisalRepeated "D009" Error "Một tiêu chí được thẩm định nhiều lần"
        "Giữ lại một dòng cho mỗi đơn vị và tiêu chí."
    AppraisalMissing "D010" Warning "Còn tiêu chí chưa thẩm định"
        "Điền điểm thẩm định; kết quả của đơn vị đang là tạm tính."
    AdjustmentInvalid "D011" Error "Dòng thưởng, trừ điểm không hợp lệ"
        "Ghi đúng mã đơn vị, loại, điểm lớn hơn 0 và lý do."
    AdjustmentCapped "D012" Warning "Điểm thưởng hoặc điểm trừ vượt mức tối đa"
        "Chỉ tính đến mức tối đa của kỳ; kiểm tra lại."
    AppraisedExempt "D013" Warning "Thẩm định tiêu chí không áp dụng"
        "Điểm này không được tính; kiểm tra lại danh sách không áp dụng."
    AppraisalOutdated "D014" Warning "Phiếu đã đổi sau khi lập bảng thẩm định"
        "Lập lại bảng thẩm định cho đơn vị này, hoặc xác nhận điểm thẩm định."
    AppraisedTooFine "D015" Error "Điểm thẩm định có quá nhiều số lẻ"
        "Làm tròn điểm theo số chữ số thập phân mà quy định cho phép."
    AppraisalCopied "D016" Note "Bảng thẩm định nộp trùng, chỉ tính một lần"
        "Không phải làm gì; có thể xóa bớt bản sao."
    AppraisalUnclear "D021" Error "Ô điểm thẩm định để trống mà dòng có ghi ý kiến"
        "Ghi điểm thẩm định; đồng ý với điểm tự chấm thì ghi lại điểm đó, hoặc xóa ý kiến."
    AppraisalTwoUnits "D020" Error "Mã và tên trên một dòng thẩm định là của hai đơn vị"
        "Trả cột mã, cột tên về đúng dòng (thường do sắp xếp một cột); tên khác thì thêm vào don-vi.xlsx."
        => Same

    // S: survey
    SurveyForeign "S001" Error "Không phải bảng kết quả khảo sát"
        "Dùng mẫu mau/khao-sat.xlsx do cchc forms tạo ra."
    SurveyUnitUnknown "S002" Error "Kết quả khảo sát có đơn vị lạ"
        "Ghi đúng mã đơn vị." => Same
    SurveyItemUnknown "S003" Error "Kết quả khảo sát có mã tiêu chí lạ"
        "Ghi đúng mã tiêu chí khảo sát của đơn vị." => Same
    SurveyInvalid "S004" Error "Tỷ lệ hài lòng không hợp lệ"
        "Nhập tỷ lệ từ 0 đến 100, không kèm dấu %; số phiếu trả lời là số nguyên lớn hơn 0."
    SurveyMissing "S005" Error "Thiếu kết quả khảo sát"
        "Bổ sung kết quả; đơn vị chưa được xếp hạng."
    SurveyRepeated "S006" Error "Kết quả khảo sát bị trùng"
        "Giữ lại một dòng cho mỗi đơn vị và tiêu chí."

    // K: the result
    FormMissing "K001" Error "Đơn vị chưa nộp phiếu"
        "Đôn đốc đơn vị nộp phiếu."
    AwardTied "K002" Warning "Đồng hạng ở suất khen thưởng cuối"
        "Xem cách xử lý trong tệp thiết lập; trình người có thẩm quyền nếu cần."
    AwardUnfilled "K003" Note "Chưa dùng hết suất khen thưởng"
        "Không phải làm gì; kiểm tra lại điều kiện nếu thấy lạ."
    ShareTooSmall "K004" Warning "Phần áp dụng của bộ chỉ số quá nhỏ để xếp hạng"
        "Kiểm tra danh sách không áp dụng của đơn vị."
    UnitOutside "K040" Warning "Đơn vị hoạt động trong năm nhưng không được xếp hạng"
        "Kiểm tra từ ngày, đến ngày trong don-vi.xlsx và ngày chốt danh sách (ngay-chot) trong ky.toml."
    RevisionMissing "K010" Error "Điểm thay đổi sau công bố chưa có mã lý do"
        "Thêm dòng có mã đơn vị, mã tiêu chí (để trống: mọi điểm của đơn vị) và mã lý do vào thay-doi.xlsx."
    PersonTwice "K020" Warning "Một họ tên ở hai đơn vị, chưa rõ có phải một người"
        "Hỏi các đơn vị, ghi «cùng người» hoặc «người khác» ở trang Trùng tên của don-vi.xlsx."
    ExclusionUnused "K021" Warning "Dòng không xét khen không khớp với ai được đề nghị"
        "Đối chiếu họ tên với phiếu của đơn vị; đúng là người không được đề nghị thì không phải làm gì."
    ExemptionUnused "K022" Warning "Dòng không áp dụng cho đơn vị không được xếp hạng"
        "Kiểm tra mã đơn vị; đơn vị đã sáp nhập thì ghi mã của đơn vị kế thừa nếu cần."
    AdjustmentUnused "K023" Warning "Điểm thưởng, trừ của đơn vị không được chấm"
        "Kiểm tra mã đơn vị của dòng thưởng, trừ; đúng thì không phải làm gì."
    LastRoundOdd "K050" Warning "Kết quả kỳ trước không phải của năm liền trước"
        "Chép ket-qua.json của năm liền trước vào ky-truoc/."
    RuleWaived "K011" Note "Quy định được miễn trừ"
        "Không phải làm gì; mọi miễn trừ được in ở trang Nhật ký."

    // L: the history (lịch sử nhiều năm) that is summed up
    YearMissing "L001" Error "Thiếu kết quả của một năm"
        "Bổ sung thư mục của năm đó, hoặc ghi lý do ở mục [[nam]] trong tong-ket.toml."
    YearRepeated "L002" Error "Một năm có hai thư mục kết quả"
        "Giữ lại một thư mục cho mỗi năm."
    YearForeign "L003" Error "Năm ghi trong tệp khác năm của thư mục"
        "Chuyển tệp về đúng thư mục của năm, hoặc sửa năm ghi trong tệp."
    YearUnreadable "L004" Error "Không đọc được kết quả của một năm"
        "Chép lại tệp từ bản gốc, hoặc điền theo mẫu do cchc summary --init tạo ra."
    YearsDisagree "L005" Error "Hai tệp của một năm mâu thuẫn về một đơn vị"
        "Giữ lại tệp đúng với quyết định công bố."
    HistoryCut "L006" Error "Tệp kết quả năm bị cắt cụt"
        "Chép lại cả tệp từ bản gốc."
    YearUnitUnknown "L007" Error "Kết quả năm có đơn vị hoặc khối lạ"
        "Ghi đúng mã như trong don-vi.xlsx và tong-ket.toml."
    YearUnitRepeated "L008" Error "Một đơn vị có hai dòng trong một năm"
        "Giữ lại một dòng cho mỗi đơn vị."
    YearUnitNotThen "L009" Error "Đơn vị không tồn tại vào ngày chốt của năm"
        "Dùng mã của đơn vị có ngày đó, sửa ngày trong don-vi.xlsx, hoặc ghi ngay-chot của năm đó."
    YearIndexInvalid "L010" Error "Chỉ số ngoài khoảng cho phép"
        "Sửa chỉ số; nếu có điểm thưởng làm chỉ số vượt 100, ghi vuot-100 = true cho năm đó."
    YearRankInvalid "L011" Error "Thứ hạng không khớp với chỉ số"
        "Đối chiếu với quyết định công bố, sửa thứ hạng hoặc chỉ số."
    YearBandUnknown "L012" Error "Xếp loại không có trong khối"
        "Ghi một mức trong xep-loai của khối ở tong-ket.toml."
    CrosswalkIncomplete "L013" Error "Bảng quy đổi bỏ sót lĩnh vực"
        "Thêm lĩnh vực vào mục [[bo-chi-so]] trong tong-ket.toml và ghi nội dung của nó."
    CrosswalkContradictory "L014" Error "Bảng quy đổi mâu thuẫn"
        "Sửa [[bo-chi-so]]: mỗi khối, mỗi năm đúng một bộ chỉ số; mỗi lĩnh vực một nội dung."
    UnitEventInvalid "L015" Error "Biến động đơn vị không hợp lệ"
        "Sửa trang Biến động trong don-vi.xlsx: ngày, loại, mã đơn vị trước và sau."
    LineDoubled "L016" Error "Hai mã của cùng một đơn vị có kết quả trong một năm"
        "Giữ lại mã mà đơn vị mang vào ngày chốt của năm."
    YearUnitMissing "L017" Warning "Đơn vị không có tên trong kết quả của một năm"
        "Bổ sung dòng của đơn vị, kèm lý do nếu không xếp hạng."
    YearNameDiffers "L018" Warning "Tên đơn vị trong kết quả năm khác danh sách"
        "Kiểm tra lại mã; nếu đúng đơn vị, thêm tên đó vào cột Tên khác của don-vi.xlsx."
    YearOutside "L019" Note "Thư mục ngoài giai đoạn tổng kết, không tính"
        "Không phải làm gì; nếu cần tính, sửa tu-nam, den-nam trong tong-ket.toml."
    NominationInvalid "L020" Error "Dòng đề nghị khen thưởng không hợp lệ"
        "Sửa dòng được nêu trong khen-thuong.xlsx."
    YearRowOfTwo "L021" Error "Mã và tên trong một dòng là của hai đơn vị"
        "Đối chiếu với văn bản công bố, sửa mã hoặc tên; cột mã có thể đã bị xê dịch hoặc sắp xếp riêng."
    YearShareUnlikely "L022" Error "Chỉ số có vẻ ghi theo phần của 1"
        "Ghi chỉ số bằng phần trăm: 85,5 thay cho 0,855; đổi định dạng cột thành số."
    YearBandContradicts "L023" Warning "Xếp loại ngược với chỉ số"
        "Đối chiếu với văn bản công bố; kiểm tra thứ tự các mức trong xep-loai của tong-ket.toml."
    AreaUnused "L024" Warning "Lĩnh vực được quy đổi mà không năm nào có"
        "Kiểm tra số của lĩnh vực trong bảng quy đổi của tong-ket.toml."
    AwardYearsTooMany "L025" Warning "Quy định khen đòi nhiều năm hơn số năm có kết quả"
        "Kiểm tra so-nam-xep-hang, so-nam-dat của quy định trong tong-ket.toml."
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_every_row_is_said_in_full() {
        let mut ids = BTreeSet::new();
        for info in Code::ALL.iter().map(|code| code.info()) {
            assert!(ids.insert(info.id), "{} twice", info.id);
            assert!(info.help.ends_with('.') && !info.title.ends_with('.'), "{}", info.id);
        }
    }
}
