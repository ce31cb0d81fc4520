//! `cchc summary`: what a clerk slips into the files of years and of the summary
//! is said; nothing is mapped, joined or left out by guess.

use std::fs;

use cchc::cli::Outcome;

use crate::history::{Archive, Y2018};

#[test]
fn contents_are_matched_by_the_names_of_areas_never_by_number_alone() {
    // One number, another area.
    let other = Y2018.replace("1 Thể chế", "1 Thủ tục").replace("2 Thủ tục", "2 Công khai");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &other)]);
    let said = archive.summary().said;
    let first = "[L026] [[bo-chi-so]] cu: lĩnh vực 1 là «Thể chế», còn 2018/ket-qua.xlsx ghi «Thủ \
                 tục»; có phải «2 Thủ tục»?";
    assert!(said.contains(first) && said.contains("lĩnh vực 2 là «Thủ tục», còn"), "{said}");
    // A name of the content itself, or one that the settings know, will do.
    let known = Y2018.replace("1 Thể chế", "1. Cải cách thể chế").replace("2 Thủ tục", "2 TTHC");
    let archive = Archive::new()
        .book("2018/ket-qua.xlsx", &[("Kết quả", &known)])
        .setting("ten = \"Thủ tục\", noi", "ten = \"Thủ tục\", ten-khac = [\"TTHC\"], noi");
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    // No names: asked, and confirmed by the set's own id.
    let bare = Y2018.replace("1 Thể chế", "1").replace("2 Thủ tục", "2");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &bare)]);
    let words = "2018/ket-qua.xlsx không ghi tên lĩnh vực; [[bo-chi-so]] cu quy đổi theo số: 1 = «Thể \
                 chế», 2 = «Thủ tục»";
    archive.is_refused_again("tong-ket.toml: dòng", "L027", words);
    let told = archive.setting("ma = \"thu\"", "ma = \"thu\"\nxac-nhan = [\"cu\"]").summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    // Items only, and the names above the table.
    let names = "Năm\t2018\nLĩnh vực 1\tThể chế\nLĩnh vực xa 2\tThủ tục\n";
    let above = bare.replace("Năm\t2018\n", names);
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &above)]);
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let text = fs::read_to_string(archive.dir.path().join("ket-qua/lich-su/2018.csv")).unwrap();
    assert!(text.starts_with("Năm,2018,Lĩnh vực xa 2,Thủ tục,Lĩnh vực 1,Thể chế\nSố đơn vị,3\n"));
}

#[test]
fn an_area_under_the_name_of_another_content_is_a_contradiction() {
    let archive = Archive::new()
        .setting("ten = \"Thể chế\", noi", "ten = \"Cải cách thủ tục hành chính\", noi");
    let words =
        "«Cải cách thủ tục hành chính» là tên của nội dung thu-tuc, đang quy đổi về the-che";
    archive.is_refused("tong-ket.toml: dòng", "L014", words);
}

#[test]
fn a_record_of_a_round_names_its_areas() {
    let text = fs::read_to_string("samples/ha-long-2011-2020/2019/ket-qua.json").unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let own = |bloc: &str| {
        let areas = record["linh-vuc"].as_array().unwrap().iter();
        let area = areas.filter(|it| it["khoi"] == bloc).nth(1).unwrap();
        area["ten"].as_str().unwrap().to_owned()
    };
    assert_eq!(own("phong-ban"), "Tham mưu xây dựng và thực hiện thể chế");
}
