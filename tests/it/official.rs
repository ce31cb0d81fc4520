//! What is called official, who is ranked, and whose a row is.

use calamine::{Reader, Xlsx};
use cchc::cli::Outcome;
use cchc::excel;
use cchc::handout::round_books;

use crate::office::{NAMESAKES, Office, honest};

const SURVEYED: &[(&str, i64)] = &[("PB-NV", 90), ("PB-TP", 80), ("P-HT", 95), ("X-QL", 85)];

#[test]
fn a_result_without_a_unit_that_nobody_excused_is_official_in_part() {
    let office = Office::new()
        .form("nop/PB-NV.xlsx", "PB-NV", &honest(9))
        .form("nop/PB-TP.xlsx", "PB-TP", &honest(7))
        .form("nop/X-QL.xlsx", "X-QL", &honest(8))
        .file("nop/P-HT.xlsx", b"broken")
        .agreed()
        .survey(SURVEYED);
    let report = office.run();
    assert_eq!(report.record()["trang-thai"], "chinh-thuc-mot-phan");
    assert_eq!(report.record()["con-thieu"], serde_json::json!(["xep-hang"]));
    let overview = report.sheet("Tong-hop-2019.xlsx", "Tổng quan");
    assert!(overview.contains("Chính thức một phần: 3/4 đơn vị"), "{overview}");
    assert!(overview.contains("mới xếp 1/2 đơn vị; còn UBND phường Hà Tu"), "{overview}");
    let awards = report.results.keys().find(|it| it.contains("hen-thuong")).unwrap();
    let list = report.sheet(awards, "Tập thể");
    assert!(list.contains("Dự kiến: khối chưa đủ kết quả"), "{list}");
    assert!(Xlsx::new(std::io::Cursor::new(report.file(awards))).unwrap().sheet_names().len() > 1);

    let report = office.tell(&["freeze"]);
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.said.contains("đơn vị chưa được xếp hạng"), "{}", report.said);
    let report = office.tell(&["freeze", "--con-thieu", "Phường Hà Tu nộp sau"]);
    assert_eq!(report.outcome, Outcome::Clean, "{}", report.said);
}

const LATER: &str = "\
ĐƠN VỊ
Mã đơn vị\tTên đơn vị\tTên khác\tKhối\tBộ chỉ số\tThủ trưởng\tChức vụ\tTừ ngày\tĐến ngày\tTiền thân
PB-NV\tPhòng Nội vụ\t\tphong-ban\t\t\t\t\t\tPB-TP
PB-TP\tPhòng Tư pháp\t\tphong-ban\t\t\t\t\t30/06/2019\t
P-HT\tUBND phường Hà Tu\t\tphuong-xa\t\t\t\t\t31/12/2019\t
X-QL\tUBND xã Quảng La\t\tphuong-xa\t\t\t\t01/01/2020\t\tP-HT
";

#[test]
fn the_day_of_sending_forms_does_not_decide_who_is_ranked() {
    let nobody = "Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n";
    let register = excel::write(&round_books::register(LATER, nobody, NAMESAKES, 2019)).unwrap();
    let office = Office::busy()
        .file("don-vi.xlsx", &register)
        .setting("han = 2019-12-15", "han = 2020-01-10");
    let report = office.run();
    let blocs = &report.record()["khoi"];
    assert_eq!(blocs[1]["xep-hang"][0]["don-vi"], "P-HT", "{}", report.said);
    assert_eq!(blocs[1]["xep-hang"].as_array().unwrap().len(), 1);
    let codes = report.codes();
    assert_eq!(codes.iter().filter(|it| *it == "K040").count(), 1, "{codes:?}");

    // Whoever is in the register and not in a ranking stands below its line.
    let below = |bloc: usize| {
        let all = blocs[bloc]["khong-xep-hang"].as_array().unwrap();
        let one = |it: &serde_json::Value| ["don-vi", "ten", "ly-do"].map(|key| it[key].clone());
        all.iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(below(0), [["PB-TP", "Phòng Tư pháp", "khong-con"]]);
    assert_eq!(below(1), [["X-QL", "UBND xã Quảng La", "chua-co"]]);
    let ended = "Không còn hoạt động sau ngày 30/06/2019; đơn vị kế thừa: Phòng Nội vụ";
    let departments = report.sheet("Tong-hop-2019.xlsx", "Xếp hạng phòng, ban chuyên môn");
    assert!(departments.contains(ended), "{departments}");
    let form =
        "Phiếu phát cho Phòng Tư pháp (PB-TP), không hoạt động vào ngày chốt danh sách 31/12/2019";
    assert!(report.said.contains(form), "{}", report.said);
    assert!(report.said.contains("Khối phòng, ban chuyên môn: xếp hạng 1/1 đơn vị"));
}

#[test]
fn a_bloc_whose_units_are_all_gone_lists_them() {
    let gone = LATER.replace("X-QL\tUBND xã Quảng La\t\tphuong-xa\t\t\t\t01/01/2020\t\tP-HT\n", "");
    let gone = gone.replace("31/12/2019", "30/12/2019");
    let nobody = "Mã đơn vị\tHọ và tên\tLý do\tCăn cứ\n";
    let register = excel::write(&round_books::register(&gone, nobody, NAMESAKES, 2019)).unwrap();
    let report = Office::busy().file("don-vi.xlsx", &register).run();
    let bloc = &report.record()["khoi"][1];
    assert_eq!(bloc["xep-hang"].as_array().unwrap().len(), 0);
    assert_eq!(bloc["khong-xep-hang"][0]["ly-do"], "khong-con", "{}", report.said);
    assert!(report.codes().contains(&"T046".to_owned()), "{}", report.said);
}

#[test]
fn a_result_in_which_nobody_is_ranked_is_provisional() {
    let empty = Office::new().agreed().survey(SURVEYED);
    for office in [empty, Office::new().file("nop/P-HT.xlsx", b"broken")] {
        let report = office.run();
        assert_eq!(report.record()["trang-thai"], "tam-tinh");
        assert_eq!(report.record()["con-thieu"], serde_json::json!(["moi-don-vi"]));
        let overview = report.sheet("Tong-hop-2019.xlsx", "Tổng quan");
        let state = "TẠM TÍNH – còn thiếu kết quả của mọi đơn vị (chưa có phiếu nào được tính";
        assert!(overview.contains(state), "{overview}");
        assert!(report.said.contains("Kết quả là TẠM TÍNH"), "{}", report.said);
        assert!(!report.said.contains("MỘT PHẦN"), "{}", report.said);
    }
}
