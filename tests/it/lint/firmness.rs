//! The sections on how firm the result is, and the scenarios.

use super::{Files, files};
use crate::office::firm;

fn active() -> Files {
    let mut files = files();
    files.settings = firm(&files.settings);
    files
}

#[test]
fn the_sections_that_the_template_offers_are_sound() {
    let checked = active().read();
    assert_eq!(checked.findings(), []);
    let settings = &checked.value().unwrap().settings;
    assert_eq!(settings.scenarios.len(), 2);
    let firmness = settings.firmness.as_ref().unwrap();
    assert!(firmness.odd.is_some() && firmness.draws.as_ref().unwrap().judged.is_some());
}

#[test]
fn thresholds_that_contradict_and_unknown_keys_are_said_at_their_lines() {
    active()
        .settings("chac-chan-tu = 0.5 ", "chac-chan-tu = 0.01 ")
        .settings("it-phieu", "it-phiew")
        .settings("so-lan = 10000", "so-lan = 0")
        .settings("trong-so = 10 ", "trong-so = 100 ")
        .settings("co-hoi = 10", "co-hoi = 101")
        .says(&[
            "T070 ky.toml dòng 132 [do-vung] chac-chan-tu: ngưỡng chắc chắn 0,01 thấp hơn \
             ngưỡng phân biệt 0,05",
            "T004 ky.toml dòng 134 [do-vung] it-phiew: không có khóa này; có phải «it-phieu»?",
            "T005 ky.toml dòng 144 [do-vung.mo-phong] so-lan: cần số nguyên từ 1 đến 50000, \
             đang ghi 0",
            "T005 ky.toml dòng 148 [do-vung.mo-phong.tham-dinh] co-hoi: không quá 100, đang \
             ghi 101",
            "T005 ky.toml dòng 150 [do-vung.mo-phong] trong-so: cần nhỏ hơn 100, đang ghi 100",
        ]);
    active()
        .settings("tham-dinh = { co-hoi = 10, bac = 1 }", "")
        .settings("khao-sat = true", "khao-sat = false")
        .settings("trong-so = 10 ", "trong-so = 0 ")
        .says(&["T070 ky.toml dòng 144 [do-vung.mo-phong] so-lan: không khai điều gì chưa \
             chắc: cần tham-dinh, khao-sat hoặc trong-so"]);
}

#[test]
fn a_scenario_changes_something_that_is_there() {
    active()
        .settings("ma = \"khac\"", "ma = \"khong-thuong-tru\"")
        .settings("bo = [\"8\"]", "bo = [\"8\", \"9.9\", \"tám\"]")
        .says(&[
            "T071 ky.toml dòng 159 Kịch bản khong-thuong-tru: bo – không bộ chỉ số nào của kỳ \
             có mã 9.9",
            "T071 ky.toml dòng 160 [[kich-ban]] thứ 2 ma: hai kịch bản cùng mã \
             «khong-thuong-tru»",
            "T071 ky.toml dòng 166 [[kich-ban]] thứ 2 bo: «tám» không phải mã, ví dụ \"8\" \
             hoặc \"1.2.1\"",
        ]);
    active()
        .settings("bo-diem-thuong = true", "bo-diem-thuong = false")
        .settings("bo-diem-tru = true", "bo-diem-tru = false")
        .says(&["T071 ky.toml dòng 154 [[kich-ban]] thứ 1 ma: không thay đổi gì so với quy \
             định của kỳ"]);
}
