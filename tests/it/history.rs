//! `cchc summary`: small histories made in memory, and what is said of bad
//! ones.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use cchc::cli;
use cchc::cli::Outcome;
use cchc::cli::console::Console;
use cchc::excel;
use cchc::sheet::{Cell, Level, Row, Sheet, Workbook};
use serde_json::Value;

/// A summary's folder, made anew for each test.
pub(crate) struct Archive {
    pub(crate) dir: tempfile::TempDir,
}

pub(crate) struct Told {
    pub(crate) outcome: Outcome,
    pub(crate) said: String,
    pub(crate) record: Value,
}

pub(crate) const SETTINGS: &str = r#"
ma = "thu"
ten = "Tổng kết thử"
co-quan = "UBND thành phố"
co-quan-cap-tren = ""
dia-danh = "Hạ Long"
can-cu = "Kế hoạch số 1"
tu-nam = 2018
den-nam = 2020
ngay-tong-ket = 2021-03-15
so-le-chi-so = 2
[nguong]
yeu-duoi = 70
so-nam-yeu = 2
giu-tu = 90
nang-duoi = 80
so-nam-xep-hang = 2
[[khoi]]
ma = "xa"
ten = "Khối xã"
xep-loai = ["Tốt", "Khá"]
[[noi-dung]]
ma = "the-che"
ten = "Cải cách thể chế"
[[noi-dung]]
ma = "thu-tuc"
ten = "Cải cách thủ tục hành chính"
[[bo-chi-so]]
ma = "cu"
ten = "Bộ cũ"
can-cu = "Quyết định số 2"
khoi = ["xa"]
tu-nam = 2018
den-nam = 2019
linh-vuc = [
    { ma = "1", ten = "Thể chế", noi-dung = "the-che" },
    { ma = "2", ten = "Thủ tục", noi-dung = "thu-tuc" },
]
[[bo-chi-so]]
ma = "moi"
ten = "Bộ mới"
can-cu = "Quyết định số 3"
khoi = ["xa"]
tu-nam = 2020
den-nam = 2020
linh-vuc = [
    { ma = "1", ten = "Thủ tục", noi-dung = "thu-tuc" },
    { ma = "2", ten = "Thể chế", noi-dung = "the-che" },
]
"#;

pub(crate) const UNITS: &str = "\
Mã đơn vị\tTên đơn vị\tTên khác\tKhối\tTừ ngày\tĐến ngày\tĐơn vị tiền thân
X-A\tUBND xã An\t\txa\t\t\t
X-B\tUBND xã Bình\t\txa\t\t\t
X-C\tUBND xã Chi\t\txa\t\t\t
";

/// Areas 1 and 2 on 40 and 60 points.
pub(crate) const Y2018: &str = "\
Năm\t2018
Mã đơn vị\tTên đơn vị\tKhối\tChỉ số (%)\tXếp loại\tThứ hạng\tLý do không xếp hạng\t1 Thể chế (40)\t2 Thủ tục (60)
X-A\tUBND xã An\txa\t90\tTốt\t1\t\t40\t50
X-B\tUBND xã Bình\txa\t80\tTốt\t2\t\t20\t60
X-C\tUBND xã Chi\txa\t70\tKhá\t3\t\t30\t40
";

impl Archive {
    /// Three years of three units that nothing is wrong with.
    pub(crate) fn new() -> Archive {
        let archive = Archive { dir: tempfile::tempdir().unwrap() };
        let y2019 = Y2018.replace("2018", "2019");
        let y2020 = "\
Năm;2020\r
Mã đơn vị;Tên đơn vị;Khối;Chỉ số (%);Xếp loại;Thứ hạng;Lý do không xếp hạng;1 Thủ tục (80);2 Thể chế (20)\r
X-A;UBND xã An;xa;80,5;Tốt;2;;60,5;20\r
X-B;UBND xã Bình;xa;90;Tốt;1;;80;10\r
X-C;UBND xã Chi;xa;60;Khá;3;;50;10\r
";
        archive
            .file("tong-ket.toml", SETTINGS.as_bytes())
            .book("don-vi.xlsx", &[("Đơn vị", UNITS)])
            .book("2018/ket-qua.xlsx", &[("Kết quả", Y2018)])
            .book("2019/ket-qua.xlsx", &[("Kết quả", &y2019)])
            .file("2020/ket-qua.csv", y2020.as_bytes())
    }

    pub(crate) fn file(self, name: &str, bytes: &[u8]) -> Archive {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// A workbook of plain text tables.
    pub(crate) fn book(self, name: &str, sheets: &[(&str, &str)]) -> Archive {
        let cell = |text: &str| match text.replace(',', ".").parse::<f64>() {
            Ok(number) => Cell::new(
                cchc::sheet::Value::Quantity(cchc::points::Quantity::from_cell(number).unwrap()),
                Level::Plain,
            ),
            Err(_) => Cell::text(text, Level::Plain),
        };
        let sheet = |(name, text): &(&str, &str)| {
            let mut sheet = Sheet::named(name);
            for line in text.lines() {
                sheet.push(Row::new(line.split('\t').map(cell).collect()));
            }
            sheet
        };
        let workbook = Workbook {
            title: String::new(),
            dated: cchc::day::Day::new(2020, 1, 1).unwrap(),
            places: 2,
            index_places: 2,
            sheets: sheets.iter().map(sheet).collect(),
            properties: Vec::new(),
        };
        let bytes = excel::write(&workbook).unwrap();
        self.file(name, &bytes)
    }

    pub(crate) fn setting(self, from: &str, to: &str) -> Archive {
        let text = fs::read_to_string(self.dir.path().join("tong-ket.toml")).unwrap();
        assert!(text.contains(from), "no {from}");
        self.file("tong-ket.toml", text.replacen(from, to, 1).as_bytes())
    }

    pub(crate) fn without(self, name: &str) -> Archive {
        fs::remove_dir_all(self.dir.path().join(name)).unwrap();
        self
    }

    pub(crate) fn summary(&self) -> Told {
        self.told("summary")
    }

    /// What a command says of the folder.
    pub(crate) fn told(&self, command: &str) -> Told {
        let words = vec![OsString::from(command), self.dir.path().as_os_str().to_owned()];
        let mut said = Vec::new();
        let outcome = cli::run(words, &mut Console::new(&mut said, false, false));
        let record = fs::read(self.dir.path().join("ket-qua/tong-ket.json")).unwrap_or_default();
        let record = serde_json::from_slice(&record).unwrap_or_default();
        Told { outcome, said: String::from_utf8(said).unwrap(), record }
    }

    /// Refused before anything was written, as [`Archive::is_refused_again`].
    #[track_caller]
    pub(crate) fn is_refused(&self, place: &str, code: &str, words: &str) {
        self.is_refused_again(place, code, words);
        assert!(!self.dir.path().join("ket-qua").exists());
    }

    /// Refused, with one finding, at this place, that says this.
    #[track_caller]
    pub(crate) fn is_refused_again(&self, place: &str, code: &str, words: &str) {
        let told = self.summary();
        assert_eq!(told.outcome, Outcome::Failed, "{}", told.said);
        let line = told.said.lines().find(|it| it.starts_with(place) && it.contains(code));
        let line = line.unwrap_or_else(|| panic!("no {code} at {place}:\n{}", told.said));
        assert!(line.contains(words), "{line}");
        // A slip in a row may leave a unit out, or points that do not add up.
        let follows = |it: &str| ["[L017]", "[L033]"].iter().any(|code| it.contains(code));
        let is_finding = |it: &&str| it.contains("] ") && it.contains(" [") && !follows(it);
        let is_finding = |it: &&str| is_finding(it) && !it.starts_with(' ');
        assert_eq!(told.said.lines().filter(is_finding).count(), 1, "{}", told.said);
    }
}

#[test]
fn three_years_are_summed_up() {
    let told = Archive::new().summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let line = &told.record["don-vi"][1];
    assert_eq!(line["chuoi"], "lien-tuc");
    assert_eq!(line["trung-binh"], "83.33");
    assert_eq!(line["tang"], "10.00");
    assert_eq!(line["so-nam-xep-loai"], serde_json::json!([3, 0]));
    // 2020 weighs procedures 80 and institutions 20. By the weights of 2019,
    // A would have 0.7563 × 60 + 100 × 40 = 85.38 and B 100 × 60 + 50 × 40 = 80.
    let step = &told.record["bien-dong-hang"][4];
    assert_eq!(step["don-vi"], "X-B");
    assert_eq!([&step["thuc-hien"], &step["doi-bo-chi-so"]], [0, 1]);
    let whole = &told.record["chuyen-xep-loai"][0]["so-don-vi"];
    assert_eq!(*whole, serde_json::json!([[2, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let read = |archive: &Archive| {
        let folder = archive.dir.path().join("ket-qua");
        let file = |name: &str| fs::read(folder.join(name)).unwrap();
        [file("Tong-ket-2018-2020.xlsx"), file("tong-ket.json")]
    };
    let archive = Archive::new();
    archive.summary();
    let first = read(&archive);
    archive.summary();
    assert!(first == read(&archive));
}

#[test]
fn a_year_missing_is_named_unless_the_settings_say_why() {
    Archive::new().without("2019").is_refused("2019/", "L001", "Chưa có kết quả năm 2019");
    let why = "[[khoi]]";
    let declared = "[[nam]]\nnam = 2019\nthieu = \"Không đánh giá\"\n[[khoi]]";
    let archive = Archive::new().without("2019").setting(why, declared);
    // No set has two years with results now.
    let told = archive.setting("so-nam-yeu = 2", "so-nam-yeu = 1").summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    assert_eq!(told.record["don-vi"][0]["chuoi"], "dut-doan");
}

#[test]
fn a_year_twice_is_named() {
    let y2019 = Y2018.replace("2018", "2019");
    Archive::new().book("2019 ban 2/ket-qua.xlsx", &[("Kết quả", &y2019)]).is_refused(
        "2019 ban 2/",
        "L002",
        "2019/, 2019 ban 2/",
    );
    Archive::new().book("2019/ket-qua.xlsx", &[("Kết quả", Y2018)]).is_refused(
        "2019/ket-qua.xlsx",
        "L003",
        "Tệp ghi năm 2018",
    );
}

#[test]
fn two_files_that_disagree_about_a_unit_are_both_named() {
    let csv = "\
Năm,2018
Mã đơn vị,Tên đơn vị,Khối,Chỉ số (%),Xếp loại,Thứ hạng
X-A,UBND xã An,xa,90.00,Tốt,1
X-B,UBND xã Bình,xa,81.25,Tốt,2
X-C,UBND xã Chi,xa,70.00,Khá,3
";
    let archive = Archive::new().file("2018/ket-qua.csv", csv.as_bytes());
    archive.is_refused("2018/ket-qua.csv: ket-qua.csv!A4", "L005", "chỉ số 81,25");
    let same = csv.replace("81.25", "80.00");
    let told = Archive::new().file("2018/ket-qua.csv", same.as_bytes()).summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
}

#[test]
fn a_circle_of_predecessors_is_one_finding() {
    let units = UNITS
        .replace("UBND xã An\t\txa\t\t\t", "UBND xã An\t\txa\t\t\tX-B")
        .replace("UBND xã Bình\t\txa\t\t\t", "UBND xã Bình\t\txa\t\t\tX-A");
    Archive::new().book("don-vi.xlsx", &[("Đơn vị", &units)]).is_refused(
        "don-vi.xlsx: Đơn vị!",
        "T045",
        "là tiền thân của chính mình",
    );
}

/// A year under the names of the newer set.
fn swapped(year: &str) -> String {
    year.replace("1 Thể chế", "1 Thủ tục").replace("2 Thủ tục", "2 Thể chế")
}

#[test]
fn a_crosswalk_that_leaves_an_area_out_is_named() {
    let y2019 = swapped(&Y2018.replace("2018", "2019"));
    Archive::new()
        .book("2019/ket-qua.xlsx", &[("Kết quả", &y2019)])
        .setting("    { ma = \"2\", ten = \"Thủ tục\", noi-dung = \"thu-tuc\" },\n", "")
        .setting(
            "tu-nam = 2018\nden-nam = 2019\nlinh-vuc",
            "tu-nam = 2018\nden-nam = 2018\nlinh-vuc",
        )
        .setting("tu-nam = 2020\nden-nam = 2020", "tu-nam = 2019\nden-nam = 2020")
        .is_refused(
            "tong-ket.toml: dòng",
            "L013",
            "chưa quy đổi lĩnh vực 2 «Thủ tục», có trong 2018",
        );
}

#[test]
fn an_index_above_100_is_refused_unless_the_year_allows_it() {
    let above = Y2018.replace("\t90\tTốt", "\t101\tTốt");
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &above)]);
    archive.is_refused("2018/ket-qua.xlsx: Kết quả!A3", "L010", "chỉ số 101");
    let allowed = "[[nam]]\nnam = 2018\nvuot-100 = true\n[[khoi]]";
    let archive = archive.setting("[[khoi]]", allowed);
    // Nothing in the file says where the points above 100 come from.
    let archive = archive.setting("ma = \"thu\"", "ma = \"thu\"\nxac-nhan = [\"2018\"]");
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
}

#[test]
fn a_file_cut_in_half_is_named() {
    let text = "Năm,2020\nSố đơn vị,3\nMã đơn vị,Tên đơn vị,Khối,Chỉ số (%),Xếp loại,Thứ hạng\nX-A,UBND xã An,xa,80.50,Tốt,1\nX-B,UBND xã Bình,xa,70.";
    Archive::new().file("2020/ket-qua.csv", text.as_bytes()).is_refused(
        "2020/ket-qua.csv",
        "L006",
        "Dòng cuối không có dấu xuống dòng",
    );
    let lines = &text[..text.find("X-B").unwrap()];
    Archive::new().file("2020/ket-qua.csv", lines.as_bytes()).is_refused(
        "2020/ket-qua.csv",
        "L006",
        "Đầu tệp ghi 3 đơn vị, trong bảng có 1 dòng",
    );
    let json = "{\"phien-ban\":\"1\",\"chuong-trinh\":\"cchc\",\"ky\":{\"ma\":\"a\",";
    Archive::new().without("2020").file("2020/ket-qua.json", json.as_bytes()).is_refused(
        "2020/ket-qua.json",
        "L004",
        "Không đúng dạng ket-qua.json",
    );
}

/// An index of 0.85 beside bands of 80 % is a part of 1, however it is shown.
#[test]
fn fractions_in_a_column_of_percents_are_refused_at_their_cell() {
    let part = Y2018.replacen("\t80\tTốt", "\t0.80\tTốt", 1);
    let archive = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &part)]);
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Failed);
    let line =
        "2018/ket-qua.xlsx: Kết quả!D4 [L022] X-B: chỉ số 0,8 %; có phải ghi theo phần của 1?";
    assert!(told.said.contains(line), "{}", told.said);
    let text = "\
Năm,2020
Mã đơn vị,Tên đơn vị,Khối,Chỉ số (%),Xếp loại,Thứ hạng
X-A,UBND xã An,xa,0.95,Tốt,1
X-B,UBND xã Bình,xa,0.85,Tốt,2
X-C,UBND xã Chi,xa,0.70,Khá,3
";
    let told = Archive::new().file("2020/ket-qua.csv", text.as_bytes()).summary();
    assert_eq!((told.outcome, told.said.matches("[L022]").count()), (Outcome::Failed, 3));
}

/// Google Sheets writes no line end after the last row.
#[test]
fn a_file_without_its_last_line_end_is_taken_when_it_has_all_its_units() {
    let text = "\
KẾT QUẢ;;;;;;
Năm;2020;;;;;
Số đơn vị;3;;;;;
Mã đơn vị;Tên đơn vị;Khối;Chỉ số (%);Xếp loại;Thứ hạng;Lý do không xếp hạng
X-A;UBND xã An;xa;85,5;Tốt;2;
X-B;UBND xã Bình;xa;95,25;Tốt;1;
X-C;UBND xã Chi;xa;75;Khá;3;";
    let told = Archive::new().file("2020/ket-qua.csv", text.as_bytes()).summary();
    assert_eq!(told.record["don-vi"][1]["cac-nam"][2]["chi-so"], "95.25", "{}", told.said);
    for cut in [
        text.replace("Số đơn vị;3;;;;;\n", ""),
        text.replace("75;Khá;3;", "75;"),
        text.replace("75;Khá;3;", "75;Khá;3"),
    ] {
        Archive::new().file("2020/ket-qua.csv", cut.as_bytes()).is_refused(
            "2020/ket-qua.csv",
            "L006",
            "Dòng cuối không có dấu xuống dòng",
        );
    }
}

#[test]
fn an_id_beside_the_name_of_another_unit_is_refused_with_both_readings() {
    let text = Y2018.replacen("UBND xã Bình", "UBND xã Chi", 1);
    Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &text)]).is_refused(
        "2018/ket-qua.xlsx: Kết quả!A4",
        "L021",
        "mã X-B là của «UBND xã Bình», tên «UBND xã Chi» là của X-C",
    );
}

#[test]
fn what_the_settings_ask_for_and_the_years_lack_is_said() {
    let area = "{ ma = \"3\", ten = \"Công khai\", noi-dung = \"the-che\" },\n]\n[[bo-chi-so]]";
    let told = Archive::new().setting("]\n[[bo-chi-so]]", area).summary();
    let line = "[L024] [[bo-chi-so]] cu: lĩnh vực 3 «Công khai» không có trong kết quả";
    assert!(told.said.contains(line), "{}", told.said);
    let content = "[[noi-dung]]\nma = \"khac\"\nten = \"Nội dung khác\"\n[[bo-chi-so]]";
    let told = Archive::new().setting("[[bo-chi-so]]", content).summary();
    let line = "[L024] [[noi-dung]] khac «Nội dung khác»: không lĩnh vực nào quy đổi";
    assert!(told.said.contains(line), "{}", told.said);
    let told = Archive::new().setting("ma = \"cu\"", "ma = \"-\"").summary();
    let line = "[T005] [[bo-chi-so]] thứ 1 ma: không được để trống, đang ghi \"-\"";
    assert!(told.said.contains(line), "{}", told.said);
    let text = Y2018.replacen("80\tTốt", "80\tKhá", 1).replacen("70\tKhá", "70\tTốt", 1);
    let told = Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &text)]).summary();
    let line = "[L023] X-C (Tốt) xếp sau X-B (Khá) mà được xếp loại cao hơn";
    assert!(told.said.contains(line), "{}", told.said);
}

#[test]
fn rows_that_do_not_fit_are_named() {
    #[track_caller]
    fn check(from: &str, to: &str, place: &str, code: &str, words: &str) {
        let text = Y2018.replacen(from, to, 1);
        assert_ne!(text, Y2018);
        Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &text)]).is_refused(
            &format!("2018/ket-qua.xlsx: {place}"),
            code,
            words,
        );
    }
    check("X-C\t", "X-D\t", "Kết quả!A5", "L007", "có phải «X-A»?");
    check("X-C\t", "X-B\t", "Kết quả!A5", "L008", "có hai dòng");
    check("70\tKhá\t3", "70\tKhá\t2", "Kết quả!A", "L011", "cùng hạng");
    check("80\tTốt\t2", "60\tTốt\t2", "Kết quả!A5", "L011", "X-C có chỉ số cao hơn X-B");
    check("70\tKhá\t3", "70\tKhá\t4", "Kết quả!A3", "L011", "không liên tục");
    check("Khá\t3", "Kha\t3", "Kết quả!A5", "L012", "có phải «Khá»?");
    check("70\tKhá\t3\t", "\t\t\t", "Kết quả!G5", "T022", "chưa ghi lý do");
    check("70\tKhá", "bảy mươi\tKhá", "Kết quả!D5", "T022", "không phải là số: bảy mươi");
    check("1 Thể chế (40)", "1 40", "Kết quả!H2", "T021", "Cột «1 40» không có trong mẫu");
    check("\t30\t40", "\t41\t40", "Kết quả!A5", "L010", "Điểm 41 của mục 1");
    check("Năm\t2018", "Năm\tmột", "Kết quả", "L004", "Chưa ghi năm");
    // One row fills both; elsewhere the two columns are of two sets.
    let nested = Y2018.replace("1 Thể chế (40)\t2 Thủ tục", "2 Thủ tục (40)\t2.1");
    let nested = nested.replace("\t20\t60", "\t\t60").replace("\t30\t40", "\t30\t");
    Archive::new().book("2018/ket-qua.xlsx", &[("Kết quả", &nested)]).is_refused(
        "2018/ket-qua.xlsx: Kết quả!A3",
        "T022",
        "Có cả điểm của mục 2 và",
    );
}

#[test]
fn units_of_one_name_are_never_joined_by_it() {
    let units = UNITS.replace(
        "X-C\tUBND xã Chi\t\txa\t\t\t\n",
        "X-C\tUBND xã Chi\t\txa\t\t31/12/2019\t\nX-C2\tUBND xã Chi\t\txa\t01/01/2020\t\t\n",
    );
    let archive = Archive::new().book("don-vi.xlsx", &[("Đơn vị", &units)]);
    // The file of 2020 still says X-C; the unit of that name is X-C2 by then.
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Failed);
    assert!(told.said.contains("[L009]"), "{}", told.said);
    assert!(told.said.contains("đơn vị mang tên đó ngày ấy là X-C2"), "{}", told.said);
    let path = archive.dir.path().join("2020/ket-qua.csv");
    let text = fs::read_to_string(path).unwrap().replace("X-C;", "X-C2;");
    let told = archive.file("2020/ket-qua.csv", text.as_bytes()).summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let lines = told.record["don-vi"].as_array().unwrap();
    let kinds: BTreeMap<&str, &str> = lines
        .iter()
        .map(|it| (it["ma"].as_str().unwrap(), it["chuoi"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds["X-C"], "dut-doan");
    assert_eq!(kinds["X-C2"], "dut-doan");
}

#[test]
fn settings_and_events_that_contradict_are_named() {
    let archive = || Archive::new();
    archive().setting("nang-duoi", "nang-duo").is_refused(
        "tong-ket.toml: dòng 16",
        "T004",
        "có phải «nang-duoi»?",
    );
    let title = SETTINGS.lines().find(|it| it.starts_with("ten = ")).unwrap();
    archive().setting(title, "ten = \"-\"").is_refused(
        "tong-ket.toml: dòng",
        "T005",
        "ten: không được để trống, đang ghi \"-\"",
    );
    archive().setting("noi-dung = \"the-che\"", "noi-dung = \"the-ch\"").is_refused(
        "tong-ket.toml: dòng 36",
        "T005",
        "có phải «the-che»?",
    );
    archive().setting("tu-nam = 2020", "tu-nam = 2019").is_refused(
        "tong-ket.toml: dòng 28",
        "L014",
        "năm 2019 có nhiều bộ chỉ số: cu, moi",
    );
    let events =
        "Ngày\tLoại biến động\tMã đơn vị trước\tMã đơn vị sau\n01/01/2019\tsáp nhập\tX-A\tX-B\n";
    archive().book("don-vi.xlsx", &[("Đơn vị", UNITS), ("Biến động", events)]).is_refused(
        "don-vi.xlsx: Biến động!D2",
        "L015",
        "từ hai đơn vị trở lên thành một",
    );
    let misspelt = UNITS.replace("Đơn vị tiền thân", "Đơn vị tiền thâm");
    archive().book("don-vi.xlsx", &[("Đơn vị", &misspelt)]).is_refused(
        "don-vi.xlsx: Đơn vị!G1",
        "T021",
        "có phải «Đơn vị tiền thân»?",
    );
    let nameless = UNITS.replace("UBND xã Chi", "");
    archive().book("don-vi.xlsx", &[("Đơn vị", &nameless)]).is_refused(
        "don-vi.xlsx: Đơn vị!B4",
        "T044",
        "Đơn vị X-C chưa có tên",
    );
}

#[test]
fn two_ids_of_one_unit_have_one_result_a_year() {
    let units = UNITS.to_owned() + "X-D\tUBND xã Dung\t\txa\t\t\t\n";
    let events =
        "Ngày\tLoại biến động\tMã đơn vị trước\tMã đơn vị sau\n01/01/2019\tđổi tên\tX-C\tX-D\n";
    let both = Y2018.to_owned() + "X-D\tUBND xã Dung\txa\t60\tKhá\t4\t\t30\t30\n";
    Archive::new()
        .book("don-vi.xlsx", &[("Đơn vị", &units), ("Biến động", events)])
        .book("2018/ket-qua.xlsx", &[("Kết quả", &both)])
        .is_refused("2018/ket-qua.xlsx: Kết quả!A6", "L016", "X-C và X-D là một đơn vị");
}

#[test]
fn what_deserves_a_look_is_said_and_summed_up_all_the_same() {
    let fewer = Y2018.replace("X-C\tUBND xã Chi\txa\t70\tKhá\t3\t\t30\t40\n", "");
    let other = fewer.replace("UBND xã Bình", "UBND xã Bính");
    let told = Archive::new()
        .book("2018/ket-qua.xlsx", &[("Kết quả", &other)])
        .book("2017/ket-qua.xlsx", &[("Kết quả", &Y2018.replace("2018", "2017"))])
        .summary();
    assert_eq!(told.outcome, Outcome::Flawed, "{}", told.said);
    let codes = told.record["phat-hien"].as_array().unwrap().iter();
    let mut codes: Vec<&str> = codes.map(|it| it["ma"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["L017", "L018", "L019"]);
    assert_eq!(told.record["don-vi"][2]["chuoi"], "dut-doan");
}

pub(crate) const AWARDS: &str = "\
[khen-thuong]
ngay-quyet-dinh = 2021-03-15
lam-tron-den = 10000
lam-tron = \"len\"
tong-tap-the = 1
tong-ca-nhan = 1
[[khen-thuong.luong-co-so]]
tu = 2019-07-01
muc = 1490000
can-cu = \"Nghị định số 38/2019/NĐ-CP\"
[[khen-thuong.tap-the]]
ten = \"Giấy khen\"
can-cu = \"Nghị định số 91/2017/NĐ-CP\"
khoi = [\"xa\"]
so-luong = 1
xep-theo = \"trung-binh\"
xep-loai-toi-thieu = \"Tốt\"
so-nam-dat = 2
so-nam-xep-hang = 3
he-so = 0.6
dong-hang-suat-cuoi = \"cho-quyet-dinh\"
[[khen-thuong.ca-nhan]]
ten = \"Giấy khen\"
can-cu = \"Nghị định số 91/2017/NĐ-CP\"
khoi = [\"xa\"]
so-luong = 1
moi-don-vi = 1
xep-theo = \"muc-tang\"
so-nam-xep-hang = 3
he-so = 0.3
dong-hang-suat-cuoi = \"khong-lay\"
";

#[test]
fn rules_on_awards_over_the_years_are_read_as_those_of_a_round() {
    let with = |from: &str, to: &str| {
        let rules = SETTINGS.to_owned() + &AWARDS.replacen(from, to, 1);
        assert_ne!(rules, SETTINGS.to_owned() + AWARDS);
        Archive::new().file("tong-ket.toml", rules.as_bytes())
    };
    let rule = "[[khen-thuong.tap-the]] thứ 1";
    let refused = |from: &str, to: &str, code: &str, line: usize, says: &str| {
        let place = format!("tong-ket.toml: dòng {line}");
        with(from, to).is_refused(&place, code, &format!("{rule} {says}"));
    };
    refused("khoi = [\"xa\"]", "khoi = []", "T015", 63, "khoi: không có khối nào");
    refused("khoi = [\"xa\"]", "khoi = [\"xã\"]", "T015", 63, "khoi: không có khối «xã»");
    refused("\"Tốt\"", "\"Tốtt\"", "T015", 66, "xep-loai-toi-thieu: khối xa không có mức");
    refused("so-nam-dat = 2\n", "", "T015", 66, "xep-loai-toi-thieu: xep-loai-toi-thieu và");
    for wrong in ["1001", "0.0005"] {
        let says = "he-so: cần số lớn hơn 0, không quá 1000, nhiều nhất 3 số lẻ, đang ghi";
        let to = format!("he-so = {wrong}");
        refused("he-so = 0.6", &to, "T005", 69, &format!("{says} {wrong}"));
    }
}

#[test]
fn awards_are_proposed_by_rules_over_the_years() {
    let people = "Mã đơn vị\tHọ và tên\tChức vụ\tThành tích
X-A\tLê An\tChuyên viên\tTham mưu tốt
X-B\tVũ Bình\tChuyên viên\tTham mưu tốt
X-B\tĐỗ Chi\tChuyên viên\tTham mưu tốt
";
    let excluded = "Mã đơn vị\tHọ và tên\tLý do\nX-A\t\tNgười đứng đầu bị kỷ luật\n";
    let commended = "Mã đơn vị\tHọ và tên\tNăm\tHình thức khen\tThành tích
X-B\tVũ Bình\t2020\tBằng khen\ttham mưu tốt.
";
    let sheets = [("Đề nghị", people), ("Không xét khen", excluded), ("Đã khen", commended)];
    let archive = Archive::new().file("tong-ket.toml", (SETTINGS.to_owned() + AWARDS).as_bytes());
    let archive = archive.book("khen-thuong.xlsx", &sheets);
    let told = archive.summary();
    let awards = &told.record["khen-thuong"];
    let words = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let list = |kind: &str, key: &str| -> Vec<(String, String, String)> {
        let list = awards[kind].as_array().unwrap().iter();
        list.map(|it| (words(it, "don-vi"), words(it, "ho-ten"), words(it, key))).collect()
    };
    let told = |unit: &str, person: &str, last: &str| {
        (unit.to_owned(), person.to_owned(), last.to_owned())
    };
    assert_eq!(list("tap-the", "co-so-xet"), [told("X-B", "", "83.33")]);
    assert_eq!(awards["tap-the"][0]["muc-thuong"], 900_000);
    // B gained most, and one of its two was commended for the same already.
    assert_eq!(list("ca-nhan", "co-so-xet"), [told("X-B", "Đỗ Chi", "10.00")]);
    let passed = [
        told("X-A", "", "loai-tru"),
        told("X-C", "", "xep-loai"),
        told("X-A", "Lê An", "loai-tru"),
        told("X-B", "Vũ Bình", "da-khen"),
    ];
    assert_eq!(list("khong-de-nghi", "ly-do"), passed);
    let twice = people.to_owned() + "X-A\tLÊ AN\t\tTham mưu tốt\n";
    archive.book("khen-thuong.xlsx", &[("Đề nghị", &twice)]).is_refused_again(
        "khen-thuong.xlsx: Đề nghị!A5",
        "L020",
        "được đề nghị hai lần",
    );
}

#[test]
fn who_is_named_over_the_years_is_one_person_or_said() {
    let head = "Mã đơn vị\tHọ và tên\tChức vụ\tThành tích\n";
    let told = |row: &str| {
        let excluded = "Mã đơn vị\tHọ và tên\tLý do\nX-B\tÔng Lê Văn An\tĐang bị kỷ luật\n";
        let people = format!("{head}{row}\n");
        let sheets = [("Đề nghị", people.as_str()), ("Không xét khen", excluded)];
        let settings = (SETTINGS.to_owned() + AWARDS).into_bytes();
        let archive = Archive::new().file("tong-ket.toml", &settings);
        archive.book("khen-thuong.xlsx", &sheets).summary()
    };
    for (row, says) in [
        (
            "X-B\tLê Văn An và Đỗ Chi\tChuyên viên\tTham mưu",
            "B2 [T022] Họ và tên không phải của một",
        ),
        ("X-B\tUBND xã Bình\tChuyên viên\tTham mưu", "B2 [T022] Họ và tên không phải của một"),
        ("X-B\t-\tChuyên viên\tTham mưu", "B2 [T022] Họ và tên không phải của một"),
        ("X-B\t\tChuyên viên\tTham mưu", "B2 [T022] Ô Họ và tên bỏ trống"),
        ("X-B\tLê Văn An\tChuyên viên\t/", "D2 [T120] Ô Thành tích chỉ ghi «/»"),
        ("X-B\tLê Văn An\tChuyên viên\tđã có", "D2 [T122] Ô Thành tích chỉ ghi «đã có»"),
    ] {
        let told = told(row);
        assert_eq!(told.outcome, Outcome::Failed, "{row}");
        let line = format!("khen-thuong.xlsx: Đề nghị!{says}");
        assert!(told.said.contains(&line), "{row}: {}", told.said);
    }
    let blank = told("X-B\t\t\tDẫn đầu khối");
    let line =
        "khen-thuong.xlsx: Đề nghị!B2 [T054] Ô Họ và tên để trống: dòng được hiểu là của cả đơn vị";
    assert!(blank.said.contains(line), "{}", blank.said);
    let whole = told("X-B\tCả đơn vị\t\tDẫn đầu khối");
    assert!(!whole.said.contains("[T054]"), "{}", whole.said);
    let unused = "Không xét khen!A2 [L030] không ai tên «Ông Lê Văn An» được đề nghị\n";
    assert!(whole.said.contains(unused), "{}", whole.said);
    // However his name is written, he is excluded.
    let excluded = told("X-B\tĐ/c Lê Văn An\tChuyên viên\tTham mưu tốt");
    let passed = excluded.record["khen-thuong"]["khong-de-nghi"].as_array().unwrap();
    let is_he = |it: &&Value| it["ho-ten"] == "Đ/c Lê Văn An" && it["ly-do"] == "loai-tru";
    assert!(passed.iter().any(|it| is_he(&it)), "{passed:?}");
}

/// Every file below a sample that is no result, by its path.
pub(crate) fn sample(name: &str) -> Archive {
    let archive = Archive { dir: tempfile::tempdir().unwrap() };
    let root = Path::new("samples").join(name);
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let below = path.strip_prefix(&root).unwrap().to_owned();
            if path.is_dir() && !below.starts_with("ket-qua") {
                fs::create_dir_all(archive.dir.path().join(below)).unwrap();
                open.push(path);
            } else if path.is_file() {
                fs::copy(&path, archive.dir.path().join(below)).unwrap();
            }
        }
    }
    archive
}

#[test]
fn years_in_the_form_of_the_history_say_what_the_years_said() {
    let archive = sample("ha-long-2011-2020");
    let mut first = archive.summary();
    assert_eq!(first.outcome, Outcome::Clean, "{}", first.said);
    let again = (2011..=2020).fold(sample("ha-long-2011-2020"), |again, year| {
        let name = format!("ket-qua/lich-su/{year}.csv");
        let text = fs::read(archive.dir.path().join(name)).unwrap();
        again.without(&year.to_string()).file(&format!("{year}/ket-qua.csv"), &text)
    });
    let mut second = again.summary();
    assert_eq!(second.outcome, Outcome::Clean, "{}", second.said);
    for record in [&mut first.record, &mut second.record] {
        record.as_object_mut().unwrap().remove("dau-vao");
    }
    assert!(first.record == second.record);
    // A year in this form already is not written again.
    assert!(!again.dir.path().join("ket-qua/lich-su").join("2019.csv").exists());
}

#[test]
fn the_sets_of_two_blocs_may_share_a_file() {
    let settings = SETTINGS
        .replace("so-nam-yeu = 2", "so-nam-yeu = 1")
        .replace("ma = \"xa\"\nten", "ma = \"phong\"\nten = \"Khối phòng\"\nxep-loai = [\"Tốt\", \"Khá\"]\n[[khoi]]\nma = \"xa\"\nten")
        .replace("khoi = [\"xa\"]", "khoi = [\"xa\", \"phong\"]");
    let units = UNITS.to_owned() + "P-D\tPhòng Dân\t\tphong\t\t\t\n";
    let row = "P-D\tPhòng Dân\tphong\t90\tTốt\t1\t\t\t\t9\t0\n";
    let file = |year: &str| {
        let wide = Y2018.replace("(60)", "(60)\t1 (10)\t2 (0)").replace("2018", year);
        wide + row
    };
    let archive = Archive::new()
        .file("tong-ket.toml", settings.as_bytes())
        .book("don-vi.xlsx", &[("Đơn vị", &units)])
        .without("2020")
        .book("2018/ket-qua.xlsx", &[("Kết quả", &file("2018"))])
        .book("2019/ket-qua.xlsx", &[("Kết quả", &file("2019"))])
        .book("2020/ket-qua.xlsx", &[("Kết quả", &swapped(&file("2020")))]);
    let told = archive.summary();
    assert_eq!(told.outcome, Outcome::Clean, "{}", told.said);
    let shares = told.record["noi-dung"].as_array().unwrap().iter();
    let shares: Vec<String> = shares
        .map(|it| {
            format!(
                "{} {} {}",
                it["khoi"].as_str().unwrap(),
                it["noi-dung"].as_str().unwrap(),
                it["ty-le"]["2018"].as_str().unwrap_or("–")
            )
        })
        .collect();
    assert_eq!(
        shares,
        ["phong the-che 90.00", "phong thu-tuc –", "xa the-che 75.00", "xa thu-tuc 83.33"]
    );
    let twice = file("2018").replace("\t\t\t\t9", "\t\t9\t\t9");
    archive.book("2018/ket-qua.xlsx", &[("Kết quả", &twice)]).is_refused_again(
        "2018/ket-qua.xlsx: Kết quả!A6",
        "T022",
        "có điểm ở hai cột",
    );
}

#[test]
fn a_new_summary_begins_with_files_to_fill_in() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("moi");
    let run = |words: &[&str]| {
        let words = words.iter().map(OsString::from).chain([folder.clone().into()]).collect();
        let mut said = Vec::new();
        let outcome = cli::run(words, &mut Console::new(&mut said, false, false));
        (outcome, String::from_utf8(said).unwrap())
    };
    let (outcome, said) = run(&["tong-ket", "--init", "2018-2019"]);
    assert_eq!(outcome, Outcome::Clean, "{said}");
    for name in ["tong-ket.toml", "don-vi.xlsx", "khen-thuong.xlsx", "2018/ket-qua.xlsx"] {
        assert!(folder.join(Path::new(name)).exists(), "{name}");
    }
    assert_eq!(run(&["summary", "--init", "2018-2019"]).0, Outcome::Failed);
    // Nothing is filled in yet; the rules ask for more years than there are.
    let (outcome, said) = run(&["summary"]);
    for line in [
        "[L025] Giấy khen của Chủ tịch UBND …: đòi 8 năm, chỉ có kết quả của 2 năm",
        "[T007] co-quan: còn dấu … của mẫu; các khóa còn dấu này: co-quan, co-quan-cap-tren, \
         dia-danh, can-cu, [[bo-chi-so]] thứ 1 can-cu, [[khen-thuong.tap-the]] thứ 1 ten",
        "[T007] ngay-tong-ket: 31/12/2020 là ngày mẫu, chưa sửa",
        "[T007] [khen-thuong] ngay-quyet-dinh: 31/12/2020 là ngày mẫu, chưa sửa",
    ] {
        assert!(outcome == Outcome::Flawed && said.contains(line), "{said}");
    }
}

#[test]
fn a_tie_across_the_last_place_names_each_unit_once() {
    let people = "\
Mã đơn vị\tHọ và tên\tChức vụ\tThành tích
X-B\tVũ Bình\tChuyên viên\tTham mưu tốt
X-C\tLê Chi\tChuyên viên\tTham mưu tốt
X-B\tĐỗ Dung\tChuyên viên\tTham mưu tốt
";
    let rules = AWARDS.replace("moi-don-vi = 1", "moi-don-vi = 2");
    let archive = Archive::new()
        .file("tong-ket.toml", (SETTINGS.to_owned() + &rules).as_bytes())
        .book("khen-thuong.xlsx", &[("Đề nghị", people)]);
    let path = archive.dir.path().join("2020/ket-qua.csv");
    let results = fs::read_to_string(path).unwrap();
    let gained = results.replace("xa;60;Khá;3;;50;10", "xa;80;Tốt;3;;70;10");
    let told = archive.file("2020/ket-qua.csv", gained.as_bytes()).summary();
    let tie = "Giấy khen: bằng nhau ở 1 suất cuối (không lấy): UBND xã Bình, UBND xã Chi\n";
    assert!(told.said.contains(tie), "{}", told.said);
}

#[test]
fn a_blank_year_beside_a_filled_one_disagrees_with_it() {
    let filled = "\
Năm;2020
Mã đơn vị;Tên đơn vị;Khối;Chỉ số (%);Xếp loại;Thứ hạng
X-A;UBND xã An;xa;80,5;Tốt;1
X-B;UBND xã Bình;xa;70;Khá;2
X-C;UBND xã Chi;xa;60;Khá;3
";
    let blank: String = filled.lines().take(2).map(|it| it.replace(';', "\t") + "\n").collect();
    let told = Archive::new()
        .file("2020/ket-qua.csv", filled.as_bytes())
        .book("2020/ket-qua.xlsx", &[("Kết quả", &blank)])
        .summary();
    assert_eq!(told.outcome, Outcome::Failed);
    let says = "[L005] X-A: có ở tệp này mà không có ở 2020/ket-qua.xlsx";
    assert!(told.said.contains(says), "{}", told.said);
}
