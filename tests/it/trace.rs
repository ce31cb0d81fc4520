//! The way of a number, told and on the sheets.

use std::io::{Cursor, Read};

use cchc::cli::Outcome;
use cchc::excel;
use cchc::points::Quantity;

use crate::office::{Office, honest};

fn judged() -> Office {
    Office::busy().agreed().survey(&[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)])
}

#[test]
fn a_number_is_followed_from_its_cell_to_rank_and_award() {
    let office = judged();
    let report = office.tell(&["trace", "p. hà tu", "1.2"]);

    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
    assert!(report.results.is_empty());
    insta::assert_snapshot!(report.said, @"
ĐƯỜNG ĐI CỦA ĐIỂM – UBND phường Hà Tu (P-HT)
Chỉ số cải cách hành chính năm 2019 – Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu

1.2 Nhiệm vụ hoàn thành (tối đa 4 điểm)
  1. Số liệu kê khai: đã làm = 10; được giao = 10 (đơn vị)
     đọc ở nop/P-HT.xlsx: Phiếu tự chấm!D13
  2. Điểm tính từ số liệu: 4,00 – Tỷ lệ = tử số ÷ mẫu số; dưới 50 % được 0 điểm; còn lại nhân với 4 điểm; mẫu số bằng 0 thì không áp dụng. (chương trình)
     căn cứ: Quyết định số 01/QĐ-UBND
  3. Điểm thẩm định: 4,00 – đồng ý với điểm tự chấm (tổ thẩm định)
     đọc ở tham-dinh/tham-dinh-phuong-xa.xlsx: Thẩm định!M11; căn cứ: Quyết định số 01/QĐ-UBND
  4. Điểm được tính: 4,00 – lấy điểm thẩm định (chương trình)

Lĩnh vực 1 Chỉ đạo, điều hành (tối đa 6 điểm)
  1. Cộng lĩnh vực: 6,00 – 2,00 (1.1) + 4,00 (1.2); trên 6,00 điểm tối đa được tính (chương trình)

Tổng điểm và chỉ số
  1. Điểm đạt được: 9,80 – thẩm định 6,00 + khảo sát 3,80 (chương trình)
  2. Tổng điểm: 9,80 – 9,80 + thưởng 0,00 − trừ 0,00 (chương trình)
  3. Điểm tối đa được tính: 10,00 – bộ chỉ số 10,00 − không áp dụng, không phát sinh, chưa khảo sát 0,00 (chương trình)
  4. Chỉ số (%): 98,00 – 9,80 ÷ 10,00 × 100, làm tròn nửa lên đến 2 chữ số thập phân (chương trình)
     đọc ở ky.toml; căn cứ: Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu

Xếp hạng, xếp loại – Khối UBND phường, xã
  1. Hạng: 1 – trong 2 đơn vị được xếp hạng, so chỉ số chính xác, chưa làm tròn; ngay dưới: UBND xã Quảng La – hạng 2, 86,00 % (chương trình)
     đọc ở ky.toml; căn cứ: Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu
  2. Xếp loại: Xuất sắc – chỉ số từ 90 % trở lên (chương trình)
     đọc ở ky.toml; căn cứ: Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu

Khen thưởng
  1. Đề nghị khen thưởng: 900.000 đồng – tập thể: Giấy khen của Chủ tịch UBND thành phố; 0,6 × 1.490.000 đồng (chương trình)
     đọc ở ky.toml; căn cứ: Nghị định số 91/2017/NĐ-CP
");
}

#[test]
fn survey_exemption_and_missing_forms_have_their_way_too() {
    let office = Office::new().form("nop/a.xlsx", "PB-NV", &crate::office::honest(9));
    let report = office.tell(&["lan-vet", "PB-TP"]);
    insta::assert_snapshot!(report.said, @"
ĐƯỜNG ĐI CỦA ĐIỂM – Phòng Tư pháp (PB-TP)
Chỉ số cải cách hành chính năm 2019 – Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu

Xếp hạng, xếp loại – Khối phòng, ban chuyên môn
  1. Không xếp hạng: Chưa nộp phiếu (chương trình)

Khen thưởng
  1. Không đề nghị khen: tập thể – Không được xếp hạng: Chưa nộp phiếu (chương trình)
");
    let report = judged().tell(&["trace", "X-QL", "2"]);
    insta::assert_snapshot!(report.said, @"
ĐƯỜNG ĐI CỦA ĐIỂM – UBND xã Quảng La (X-QL)
Chỉ số cải cách hành chính năm 2019 – Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu

2.1 Hài lòng (tối đa 4 điểm)
  1. Kết quả khảo sát: 85 % – 200 phiếu trả lời (điều tra xã hội học)
     đọc ở khao-sat/khao-sat.xlsx: Khảo sát!E12
  2. Điểm tính từ khảo sát: 3,40 – Kết quả khảo sát: tỷ lệ hài lòng × 4 điểm. (chương trình)
     căn cứ: Quyết định số 01/QĐ-UBND
  3. Điểm được tính: 3,40 – lấy điểm khảo sát (chương trình)

Lĩnh vực 2 Tác động (tối đa 4 điểm)
  1. Cộng lĩnh vực: 3,40 – 3,40 (2.1); trên 4,00 điểm tối đa được tính (chương trình)

Tổng điểm và chỉ số
  1. Điểm đạt được: 8,60 – thẩm định 5,20 + khảo sát 3,40 (chương trình)
  2. Tổng điểm: 8,60 – 8,60 + thưởng 0,00 − trừ 0,00 (chương trình)
  3. Điểm tối đa được tính: 10,00 – bộ chỉ số 10,00 − không áp dụng, không phát sinh, chưa khảo sát 0,00 (chương trình)
  4. Chỉ số (%): 86,00 – 8,60 ÷ 10,00 × 100, làm tròn nửa lên đến 2 chữ số thập phân (chương trình)
     đọc ở ky.toml; căn cứ: Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu

Xếp hạng, xếp loại – Khối UBND phường, xã
  1. Hạng: 2 – trong 2 đơn vị được xếp hạng, so chỉ số chính xác, chưa làm tròn; ngay trên: UBND phường Hà Tu – hạng 1, 98,00 % (chương trình)
     đọc ở ky.toml; căn cứ: Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu
  2. Xếp loại: Tốt – chỉ số từ 80 % đến dưới 90 % (chương trình)
     đọc ở ky.toml; căn cứ: Quyết định số 1/QĐ-UBND của UBND thành phố Mẫu

Khen thưởng
  1. Đề nghị khen thưởng: 900.000 đồng – tập thể: Giấy khen của Chủ tịch UBND thành phố; 0,6 × 1.490.000 đồng (chương trình)
     đọc ở ky.toml; căn cứ: Nghị định số 91/2017/NĐ-CP
");
}

#[test]
fn what_is_not_there_is_named_with_what_is_near() {
    let office = judged();
    let check = |words: &[&str], expected: &str| {
        let report = office.tell(words);
        assert_eq!(report.outcome, Outcome::Failed);
        assert!(report.said.contains(expected), "{}", report.said);
    };
    check(&["trace", "PB-NW"], "không có đơn vị «PB-NW» trong don-vi.xlsx; có phải «PB-NV»?");
    check(&["trace", "PB-NV", "1.9"], "bộ chỉ số phong-ban không có mã «1.9»");
}

#[test]
fn a_claim_that_nobody_appraised_is_not_called_appraised() {
    let said = Office::busy().tell(&["trace", "PB-NV"]).said;
    let earned =
        "Điểm đạt được: 5,60 – thẩm định (mục chưa thẩm định tạm lấy điểm của đơn vị) 5,60";
    assert!(said.contains(earned), "{said}");
}

#[test]
fn every_score_leads_to_its_source() {
    let report = judged().run();
    insta::assert_snapshot!(report.sheet("Tong-hop-2019.xlsx", "Nguồn điểm"), @"
NGUỒN CỦA TỪNG ĐIỂM
Chỉ số cải cách hành chính năm 2019
Tệp, trang, ô: nơi điểm được tính được đọc ra; với điểm tính từ số liệu là ô số liệu đầu tiên đơn vị kê khai. Trang để tra cứu trên máy tính, khi in chỉ in đến đây.
Đơn vị | Mã | Điểm | Ai quyết định | Tệp | Trang | Ô | Cách chấm | Căn cứ
Phòng Nội vụ | 1.1 | 2 | Thẩm định | tham-dinh/tham-dinh-phong-ban.xlsx | Thẩm định | M10 | Chọn một mức: đủ = 2 điểm; thiếu = 1 điểm; không = 0 điểm. | Quyết định số 01/QĐ-UBND
Phòng Nội vụ | 1.2 | 3.6 | Thẩm định | tham-dinh/tham-dinh-phong-ban.xlsx | Thẩm định | M11 | Tỷ lệ = tử số ÷ mẫu số; dưới 50 % được 0 điểm; còn lại nhân với 4 điểm; mẫu số bằng 0 thì không áp dụng. | Quyết định số 01/QĐ-UBND
Phòng Nội vụ | 2.1 | 3.6 | Khảo sát | khao-sat/khao-sat.xlsx | Khảo sát | E9 | Kết quả khảo sát: tỷ lệ hài lòng × 4 điểm. | Quyết định số 01/QĐ-UBND
Phòng Tư pháp | 1.1 | 2 | Thẩm định | tham-dinh/tham-dinh-phong-ban.xlsx | Thẩm định | M12 | Chọn một mức: đủ = 2 điểm; thiếu = 1 điểm; không = 0 điểm. | Quyết định số 01/QĐ-UBND
Phòng Tư pháp | 1.2 | 2.8 | Thẩm định | tham-dinh/tham-dinh-phong-ban.xlsx | Thẩm định | M13 | Tỷ lệ = tử số ÷ mẫu số; dưới 50 % được 0 điểm; còn lại nhân với 4 điểm; mẫu số bằng 0 thì không áp dụng. | Quyết định số 01/QĐ-UBND
Phòng Tư pháp | 2.1 | 3.2 | Khảo sát | khao-sat/khao-sat.xlsx | Khảo sát | E10 | Kết quả khảo sát: tỷ lệ hài lòng × 4 điểm. | Quyết định số 01/QĐ-UBND
UBND phường Hà Tu | 1.1 | 2 | Thẩm định | tham-dinh/tham-dinh-phuong-xa.xlsx | Thẩm định | M10 | Chọn một mức: đủ = 2 điểm; thiếu = 1 điểm; không = 0 điểm. | Quyết định số 01/QĐ-UBND
UBND phường Hà Tu | 1.2 | 4 | Thẩm định | tham-dinh/tham-dinh-phuong-xa.xlsx | Thẩm định | M11 | Tỷ lệ = tử số ÷ mẫu số; dưới 50 % được 0 điểm; còn lại nhân với 4 điểm; mẫu số bằng 0 thì không áp dụng. | Quyết định số 01/QĐ-UBND
UBND phường Hà Tu | 2.1 | 3.8 | Khảo sát | khao-sat/khao-sat.xlsx | Khảo sát | E11 | Kết quả khảo sát: tỷ lệ hài lòng × 4 điểm. | Quyết định số 01/QĐ-UBND
UBND xã Quảng La | 1.1 | 2 | Thẩm định | tham-dinh/tham-dinh-phuong-xa.xlsx | Thẩm định | M12 | Chọn một mức: đủ = 2 điểm; thiếu = 1 điểm; không = 0 điểm. | Quyết định số 01/QĐ-UBND
UBND xã Quảng La | 1.2 | 3.2 | Thẩm định | tham-dinh/tham-dinh-phuong-xa.xlsx | Thẩm định | M13 | Tỷ lệ = tử số ÷ mẫu số; dưới 50 % được 0 điểm; còn lại nhân với 4 điểm; mẫu số bằng 0 thì không áp dụng. | Quyết định số 01/QĐ-UBND
UBND xã Quảng La | 2.1 | 3.4 | Khảo sát | khao-sat/khao-sat.xlsx | Khảo sát | E12 | Kết quả khảo sát: tỷ lệ hài lòng × 4 điểm. | Quyết định số 01/QĐ-UBND
");

    // The links did not change what the cells hold.
    let detail = report.sheet("Tong-hop-2019.xlsx", "Chi tiết UBND phường, xã");
    insta::assert_snapshot!(detail, @"
ĐIỂM TỪNG TIÊU CHÍ – KHỐI UBND PHƯỜNG, XÃ
Chỉ số cải cách hành chính năm 2019
Căn cứ và cách đọc các số, các dấu: xem dưới bảng.
Mã | Lĩnh vực, tiêu chí, tiêu chí thành phần | Điểm tối đa | Nguồn điểm | UBND phường Hà Tu | UBND xã Quảng La
1 | Chỉ đạo, điều hành | 6 |  | 6 | 5.2
1.1 | Kế hoạch | 2 | Thẩm định | 2 | 2
1.2 | Nhiệm vụ hoàn thành | 4 | Số liệu | 4 | 3.2
2 | Tác động | 4 |  | 3.8 | 3.4
2.1 | Hài lòng | 4 | Khảo sát | 3.8 | 3.4
 | Điểm thẩm định (gồm điểm tự chấm, số liệu chưa thẩm định) | 6 |  | 6 | 5.2
 | Điểm khảo sát | 4 |  | 3.8 | 3.4
 | Điểm đạt được | 10 |  | 9.8 | 8.6
 | Điểm tối đa áp dụng | 10 |  | 10 | 10
Bộ chỉ số thử. Ban hành theo: Quyết định số 01/QĐ-UBND
Cách đọc: số không có dấu là điểm thẩm định; dấu t: điểm tự chấm, chưa thẩm định; dấu s: điểm tính từ số liệu kê khai, chưa thẩm định; dấu k: điểm khảo sát. KAD: không áp dụng; KPS: không phát sinh (cả hai không tính vào điểm tối đa). Ô nền đỏ: mục có lỗi, tạm tính 0 điểm. Dấu –: chưa có kết quả khảo sát.
Bấm vào một điểm để tới dòng của nó ở trang Nguồn điểm: tệp, trang, ô, cách chấm, ai quyết định.
");
}

#[test]
fn text_of_a_form_is_no_link_and_every_unit_may_have_its_way() {
    let mut answers = crate::office::honest(9);
    for answer in answers.items.values_mut() {
        answer.evidence = "http://example.com".to_owned();
    }
    let office = Office::busy()
        .form("nop/PB-NV.xlsx", "PB-NV", &answers)
        .setting("phan-hoi = \"don-vi-co-phat-hien\"", "phan-hoi = \"moi-don-vi\"")
        .setting("duong-di = \"rut-gon\"", "duong-di = \"day-du\"");
    let report = office.run();
    let names: Vec<&String> =
        report.results.keys().filter(|it| it.starts_with("phan-hoi/")).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    let file = "phan-hoi/PB-NV.xlsx";
    assert!(report.sheet(file, "Đường đi của điểm").contains("http://example.com"));
    let opened = excel::read(file, report.file(file));
    assert!(opened.unwrap().notes.is_empty());
    let mut parts = zip::ZipArchive::new(Cursor::new(report.file(file))).unwrap();
    for at in 0..parts.len() {
        let mut text = String::new();
        parts.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        assert!(!text.contains("hyperlink"));
    }
}

#[test]
fn two_appraisals_that_differ_are_said_in_place_of_none() {
    let office = Office::busy()
        .setting("phan-hoi = \"don-vi-co-phat-hien\"", "phan-hoi = \"moi-don-vi\"")
        .appraised("tham-dinh/a.xlsx", &[("PB-NV", "1.1", 2, "")])
        .appraised("tham-dinh/b.xlsx", &[("PB-NV", "1.1", 1, "Thiếu phụ lục")]);
    let both = "có hai kết quả thẩm định khác nhau: tham-dinh/a.xlsx: Thẩm định!M10 và \
                tham-dinh/b.xlsx: Thẩm định!M10";
    let trace = office.tell(&["trace", "PB-NV", "1.1"]).said;
    assert!(trace.contains(&format!("{both}; tạm lấy điểm tự chấm")), "{trace}");
    assert!(!trace.contains("chưa thẩm định"), "{trace}");
    let report = office.run();
    let book = "Tong-hop-2019.xlsx";
    let detail = report.sheet(book, "Chi tiết phòng, ban chuyên môn");
    assert!(detail.contains(&format!("Phòng Nội vụ, 1.1 – {both}.")), "{detail}");
    assert_eq!(detail.matches("hai kết quả thẩm định").count(), 1, "{detail}");
    let card = report.sheet("phan-hoi/PB-NV.xlsx", "Bảng điểm");
    let row = card.lines().find(|it| it.starts_with("1.1 |")).unwrap();
    assert!(row.contains("Tự chấm (hai kết quả thẩm định khác nhau)"), "{row}");
    // The unit has not the tables.
    assert!(row.contains("Có hai kết quả thẩm định khác nhau; chờ tổ thẩm định"), "{row}");
    assert!(!row.contains("a.xlsx"), "{row}");
    assert!(report.sheet(book, "Nguồn điểm").contains("(hai kết quả thẩm định khác nhau)"));
}

#[test]
fn each_row_that_a_form_sent_again_changed_is_named() {
    let mut again = honest(9);
    for (item, answer) in &mut again.items {
        if item.to_string() == "1.1" {
            answer.evidence = "Quyết định số 99/QĐ".to_owned();
            answer.explanation = "Đã bổ sung".to_owned();
        } else {
            answer.figures.numerator = Some(Quantity::whole(18));
            answer.figures.denominator = Some(Quantity::whole(20));
        }
    }
    let granted = [("PB-NV", "1.1", 2, ""), ("PB-TP", "1.1", 2, "")];
    let office = Office::busy().appraised("tham-dinh/a.xlsx", &granted);
    assert!(!office.run().codes().contains(&"D014".to_owned()));
    let said = office.form("nop/PB-NV.xlsx", "PB-NV", &again).run().said;
    let expected = "PB-NV – dòng trong bảng khác phiếu hiện tại: \
                    1.1 (tài liệu kiểm chứng, giải trình), 1.2 (tử số, mẫu số)";
    assert!(said.contains(expected), "{said}");
    assert_eq!(said.matches("[D014]").count(), 1, "{said}");
}
