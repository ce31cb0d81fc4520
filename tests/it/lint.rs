//! The round's own files: each way they can be wrong is said with its code,
//! its place and what was found.

mod firmness;

use cchc::book::{Book, Page, RawCell, RawValue};
use cchc::excel;
use cchc::finding::{CellRef, Checked, Finding};
use cchc::handout::round_books::{self, TemplateFile};
use cchc::round::{self, Round, RoundBooks};

use super::office::filled;

const SETTINGS: &str = include_str!("../../templates/ky.toml");
const DEPARTMENTS: &str = include_str!("../../templates/phong-ban.tsv");
const WARDS: &str = include_str!("../../templates/phuong-xa.tsv");

const UNITS: &str =
    "Mã đơn vị\tTên đơn vị\tTên khác\tKhối\tBộ chỉ số\tTừ ngày\tĐến ngày\tĐơn vị tiền thân
PB-NV\tPhòng Nội vụ\t\tphong-ban
PB-TP\tPhòng Tư pháp\t\tphong-ban
PX-HT\tUBND phường Hà Tu\t\tphuong-xa
PX-QL\tUBND xã Quảng La\t\tphuong-xa";
const EXCLUSIONS: &str = "Mã đơn vị\tHọ và tên\tLý do\tCăn cứ";
const EXEMPTIONS: &str = "Mã đơn vị\tMã tiêu chí\tLý do\tCăn cứ";

/// A round's files as text. Each change replaces a piece that must be there.
struct Files {
    settings: String,
    departments: String,
    wards: String,
    units: String,
    exclusions: String,
    exemptions: String,
}

fn files() -> Files {
    Files {
        settings: filled(SETTINGS),
        departments: filled(DEPARTMENTS),
        wards: filled(WARDS),
        units: UNITS.to_owned(),
        exclusions: EXCLUSIONS.to_owned(),
        exemptions: EXEMPTIONS.to_owned(),
    }
}

impl Files {
    #[track_caller]
    fn settings(mut self, from: &str, to: &str) -> Files {
        self.settings = swap(&self.settings, from, to);
        self
    }

    #[track_caller]
    fn set(mut self, from: &str, to: &str) -> Files {
        self.departments = swap(&self.departments, from, to);
        self
    }

    /// A printed total under the departments' set.
    fn total(mut self, line: &str) -> Files {
        self.departments = format!("{}\n{line}", self.departments.trim_end());
        self
    }

    #[track_caller]
    fn units(mut self, from: &str, to: &str) -> Files {
        self.units = swap(&self.units, from, to);
        self
    }

    fn unit(mut self, line: &str) -> Files {
        self.units = format!("{}\n{line}", self.units);
        self
    }

    fn exclusion(mut self, line: &str) -> Files {
        self.exclusions = format!("{}\n{line}", self.exclusions);
        self
    }

    fn exemption(mut self, line: &str) -> Files {
        self.exemptions = format!("{}\n{line}", self.exemptions);
        self
    }

    fn read(&self) -> Checked<Round> {
        let mut register = book("don-vi.xlsx", "Đơn vị", &self.units);
        register.pages.push(page("Không xét khen", &self.exclusions));
        let books = RoundBooks {
            register,
            sets: vec![
                book("bo-chi-so/phong-ban.xlsx", "Bộ chỉ số", &self.departments),
                book("bo-chi-so/phuong-xa.xlsx", "Bộ chỉ số", &self.wards),
            ],
            exemptions: Some(book("khong-ap-dung.xlsx", "Không áp dụng", &self.exemptions)),
            ..RoundBooks::default()
        };
        round::read("ky.toml", &self.settings, books)
    }

    /// Every finding as `T020 don-vi.xlsx C3 message`.
    #[track_caller]
    fn says(self, expected: &[&str]) {
        let checked = self.read();
        let said: Vec<String> = checked.findings().iter().map(say).collect();
        assert_eq!(said, expected, "\n{}\n", said.join("\n"));
        let is_refused = checked.findings().iter().any(Finding::is_error);
        assert_eq!(checked.value().is_none(), is_refused);
    }
}

fn say(finding: &Finding) -> String {
    let (id, spot) = (finding.code.info().id, finding.place.spot());
    format!("{id} {} {spot} {}", finding.place.file, finding.message())
}

#[track_caller]
fn swap(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in the template");
    text.replacen(from, to, 1)
}

fn book(file: &str, sheet: &str, text: &str) -> Book {
    Book { file: file.to_owned(), pages: vec![page(sheet, text)], ..Book::default() }
}

/// `#1.5` is a number, `@43496` a date, `=` a formula whose result was not
/// stored, all else text.
fn page(name: &str, text: &str) -> Page {
    let mut page = Page { name: name.to_owned(), ..Page::default() };
    for (row, line) in (0..).zip(text.lines()) {
        for (col, cell) in (0..).zip(line.split('\t')).filter(|(_, cell)| !cell.is_empty()) {
            let value = match (cell.strip_prefix('#'), cell.strip_prefix('@')) {
                (Some(number), _) => RawValue::Number(number.parse().unwrap()),
                (_, Some(date)) => RawValue::Date(date.parse().unwrap()),
                _ if cell == "=" => RawValue::Missing,
                _ => RawValue::Text(cell.to_owned()),
            };
            page.cells.insert(CellRef { row, col }, RawCell::plain(value));
        }
    }
    page
}

#[test]
fn the_templates_are_sound_and_add_up() {
    let checked = files().read();
    assert_eq!(checked.findings(), []);
    let round = checked.value().unwrap();
    let counts: Vec<String> = round
        .sets
        .iter()
        .map(|(id, set)| format!("{id} {} mục {} điểm", set.items().count(), set.max()))
        .collect();
    assert_eq!(counts, ["phong-ban 54 mục 100 điểm", "phuong-xa 58 mục 100 điểm"]);
}

#[test]
fn what_a_template_leaves_to_be_written_is_warned_of() {
    files()
        .settings("UBND thành phố Mẫu\"", "UBND thành phố …\"")
        .settings("dia-danh = \"Mẫu\"", "dia-danh = \"…\"")
        .set("Quyết định số 2/QĐ-UBND", "Quyết định số …/QĐ-UBND")
        .exemption("PB-NV\t3.3.2\tKhông có hồ sơ\tQuyết định số …/QĐ-UBND")
        .says(&[
            "T007 bo-chi-so/phong-ban.xlsx B2 Còn dấu … của mẫu: «Quyết định số …/QĐ-UBND của \
             UBND thành phố Mẫu»",
            "T007 khong-ap-dung.xlsx D2 PB-NV: còn dấu … của mẫu: «Quyết định số …/QĐ-UBND»",
            "T007 ky.toml dòng 9 dia-danh: còn dấu … của mẫu; các khóa còn dấu này: dia-danh, \
             can-cu",
        ]);
}

#[test]
fn a_fingerprint_changes_with_a_rule_and_not_with_its_spacing() {
    let print = |files: Files| {
        let checked = files.read();
        checked.value().unwrap().sets.values().next().unwrap().fingerprint.clone()
    };
    let own = print(files());
    assert_eq!(own.len(), 16);
    assert_eq!(print(files().set("sàn = 50%", "sàn=50%")), own);
    assert_ne!(print(files().set("sàn = 50%", "sàn = 51%")), own);
}

#[test]
fn everything_wrong_with_the_settings_is_said_at_its_line() {
    files()
        .settings("so-sanh = \"chinh-xac\"", "so-xanh = \"chinh-xac\"")
        .settings("dong-hang = \"1224\"", "dong-hang = \"1234\"")
        .settings("so-le-diem = 2", "so-le-diem = 2.5")
        .settings("dia-danh = \"Mẫu\"", "")
        .settings("han = 2019-12-15", "han = \"ngày mai\"")
        .says(&[
            "T006 ky.toml dòng 1 Thiếu dia-danh",
            "T005 ky.toml dòng 13 [nop-phieu] han: cần ngày dạng năm-tháng-ngày, ví dụ \
             2019-12-15, đang ghi \"ngày mai\"",
            "T005 ky.toml dòng 22 [cham-diem] so-le-diem: cần số nguyên không âm, đang ghi \
             2.5",
            "T004 ky.toml dòng 24 [cham-diem] so-xanh: không có khóa này; có phải \
             «so-sanh»?",
            "T005 ky.toml dòng 25 [cham-diem] dong-hang: cần một trong 1224, 1223, đang ghi \
             «1234»; có phải «1224»?",
        ]);
    files()
        .settings("nam = 2019 ", "nam = ")
        .says(&["T003 ky.toml dòng 5 Không hiểu dòng «nam =                           # năm \
             được đánh giá»"]);
}

#[test]
fn a_heading_of_a_round_is_one_columns() {
    let named = |lines: &str| {
        let section = "# [nop-phieu.ten-cot]";
        files().settings(section, &format!("[nop-phieu.ten-cot]\n{lines}\n{section}"))
    };
    named("diem-tu-cham = [\"Điểm của xã\"]\nghi-chu = [\"Ghi thêm\"]")
        .says(&["T004 ky.toml dòng 20 [nop-phieu.ten-cot] ghi-chu: không có khóa này"]);
    named("diem-toi-da = [\"Điểm của xã\"]\ndiem-tu-cham = [\"Tự chấm\", \"ĐIỂM CỦA XÃ\"]").says(&[
        "T005 ky.toml dòng 20 [nop-phieu.ten-cot] diem-tu-cham: «ĐIỂM CỦA XÃ» là tiêu đề của cột \
        «Điểm tối đa», đang ghi [\"Tự chấm\", \"ĐIỂM CỦA XÃ\"]",
    ]);
    named("noi-dung = [\"Điểm chuẩn\", \"…\"]").says(&[
        "T005 ky.toml dòng 19 [nop-phieu.ten-cot] noi-dung: không được để trống, đang ghi \
        [\"Điểm chuẩn\", \"…\"]",
        "T005 ky.toml dòng 19 [nop-phieu.ten-cot] noi-dung: «Điểm chuẩn» là tiêu đề của cột \
        «Điểm tối đa», đang ghi [\"Điểm chuẩn\", \"…\"]",
    ]);
}

#[test]
fn bands_hold_every_index_once() {
    let tot = "{ ten = \"Tốt\", tu = 80, duoi = 90 }";
    files().settings(tot, "{ ten = \"Tốt\", tu = 80, duoi = 89.9 }").says(&[
        "T011 ky.toml dòng 38 [[khoi]] thứ 1 xep-loai: không có mức cho từ 89,9 đến dưới 90 %",
    ]);
    files()
        .settings(tot, "{ ten = \"Tốt\", tu = 79, duoi = 90 }")
        .says(&["T010 ky.toml dòng 38 [[khoi]] thứ 1 xep-loai: «Khá» và «Tốt» cùng chứa từ 79 đến dưới 80 %"]);
}

#[test]
fn numbers_and_days_out_of_measure_are_said_unless_confirmed() {
    let odd = || {
        let odd = files().settings("ngay-quyet-dinh = 2020-06-18", "ngay-quyet-dinh = 2030-06-18");
        odd.settings("muc = 1390000", "muc = 1390")
    };
    odd().says(&[
        "T140 ky.toml dòng 60 [khen-thuong] ngay-quyet-dinh: 18/06/2030 không thuộc các năm \
         2019–2020",
        "T130 ky.toml dòng 69 [[khen-thuong.luong-co-so]] thứ 1 muc: 1390 ngoài khoảng thường \
         gặp, từ 100000 đến 50000000",
    ]);
    // Forms of 2019 are due by the middle of 2020.
    files().settings("han = 2019-12-15", "han = 2020-12-15").says(&[
        "T140 ky.toml dòng 13 [nop-phieu] han: 15/12/2020 quá xa năm được đánh giá 2019",
        "T015 ky.toml dòng 60 [khen-thuong] ngay-quyet-dinh: 18/06/2020 trước hạn nộp phiếu \
         15/12/2020",
    ]);
    odd()
        .settings("nam = 2019 ", "xac-nhan = [\"muc\", \"ngay-quyet-dinh\"]\nnam = 2019 ")
        .says(&[]);
    files().settings("ty-le-toi-thieu = 50", "ty-le-toi-thieu = 0x32").says(&[
        "T005 ky.toml dòng 29 [cham-diem] ty-le-toi-thieu: cần số không âm, viết bằng dấu chấm, đang ghi 0x32",
    ]);
    files().settings("ty-le-toi-thieu = 50", "ty-le-toi-thieu = 0.8").says(&[
        "T131 ky.toml dòng 29 [cham-diem] ty-le-toi-thieu: 0,8 phần trăm; có phải ghi theo phần \
         của 1?",
    ]);
    let nameless = files().settings("ten = \"Khối phòng, ban chuyên môn\"", "ten = \"-\"");
    nameless
        .says(&["T005 ky.toml dòng 36 [[khoi]] thứ 1 ten: không được để trống, đang ghi \"-\""]);
    files().settings("ty-le-toi-thieu = 50", "ty-le-toi-thieu = 5").says(&[
        "T130 ky.toml dòng 29 [cham-diem] ty-le-toi-thieu: 5 ngoài khoảng thường gặp, từ 10 đến 100",
    ]);
    files()
        .settings("ten = \"Khối phòng, ban chuyên môn\"", "ten = \"-\"")
        .says(&["T005 ky.toml dòng 36 [[khoi]] thứ 1 ten: không được để trống, đang ghi \"-\""]);
    files().settings("tu = 2018-07-01", "tu = 2019-01-01").says(&[]);
    files().settings("tu = 2018-07-01", "tu = 2019-06-01").says(&[
        "T140 ky.toml dòng 68 [[khen-thuong.luong-co-so]] thứ 1 tu: ngày 01/06/2019 khác năm của \
         Nghị định số 72/2018/NĐ-CP",
    ]);
    files().settings("tu = 2018-07-01", "tu = 1918-07-01").says(&[
        "T140 ky.toml dòng 68 [[khen-thuong.luong-co-so]] thứ 1 tu: 01/07/1918 không thuộc các năm \
         1990–2050",
        "T140 ky.toml dòng 68 [[khen-thuong.luong-co-so]] thứ 1 tu: ngày 01/07/1918 khác năm của \
         Nghị định số 72/2018/NĐ-CP",
    ]);
}

#[test]
fn a_confirmation_that_confirms_nothing_is_said_with_the_nearest() {
    let odd = files().settings("muc = 1390000", "muc = 1390");
    odd.settings("nam = 2019 ", "xac-nhan = [\"mucs\", \"he-so\"]\nnam = 2019 ").says(&[
        "T132 ky.toml dòng 5 xac-nhan: «he-so» không xác nhận điều gì",
        "T132 ky.toml dòng 5 xac-nhan: «mucs» không xác nhận điều gì; có phải «muc»?",
        "T130 ky.toml dòng 70 [[khen-thuong.luong-co-so]] thứ 1 muc: 1390 ngoài khoảng thường \
         gặp, từ 100000 đến 50000000",
    ]);
}

#[test]
fn a_rule_out_of_measure_is_said_unless_its_item_is_confirmed() {
    #[track_caller]
    fn check(change: impl Fn(Files) -> Files, item: &str, code: &str) {
        let said = change(files()).read();
        let codes: Vec<_> = said.findings().iter().map(|it| it.code.info().id).collect();
        assert_eq!(codes, [code], "{:?}", said.findings());
        let confirmed = format!("xac-nhan = [\"{item}\"]\nnam = 2019 ");
        change(files()).settings("nam = 2019 ", &confirmed).says(&[]);
    }
    check(
        |it| {
            it.set(
                "100% = 2; 95-<100% = 1; 80-<95% = 0,5; <80% = 0",
                "1% = 2; 0,95-<1% = 1; 0,8-<0,95% = 0,5; <0,8% = 0",
            )
        },
        "1.5",
        "T131",
    );
    check(
        |it| {
            it.set(
                "thiếu 1 yếu tố = 0,75; thiếu từ 2 yếu tố = 0",
                "thiếu 1 yếu tố = 0; thiếu từ 2 yếu tố = 0,75",
            )
        },
        "1.1.2",
        "T130",
    );
    check(|it| it.set("hạn = 31/01/2019", "hạn = 31/01/2109"), "1.1.1", "T140");
    let far = |it: Files| it.unit("PB-YT\tPhòng Y tế\t\tphong-ban\t\t01/01/2109");
    check(far, "PB-YT", "T140");
}

#[test]
fn an_id_and_a_name_of_two_units_in_one_row_are_an_error_with_both_readings() {
    let mut swapped = files();
    swapped.exemptions = "Mã đơn vị\tTên đơn vị\tMã tiêu chí\tLý do\tCăn cứ\n\
         PB-NV\tPhòng Tư pháp\t3.1\tKhông có thủ tục\tQuyết định số 1\n\
         PB-TP\tPhòng tư pháp\t3.1\tKhông có thủ tục\tQuyết định số 1"
        .to_owned();
    swapped
        .says(&["T050 khong-ap-dung.xlsx B2 Mã PB-NV là Phòng Nội vụ, tên ghi là Phòng Tư pháp"]);
}

#[test]
fn an_exclusion_of_a_whole_unit_is_said_and_a_bare_word_is_no_reason() {
    files().exclusion("PB-NV\t\tBị kỷ luật").says(&[
        "T054 don-vi.xlsx B2 Ô Họ và tên để trống: dòng được hiểu là của cả đơn vị; đúng thế thì \
         ghi «cả đơn vị»",
    ]);
    files().exclusion("PB-NV\tCả đơn vị\tBị kỷ luật").says(&[]);
    files().exclusion("PB-NV\tNguyễn Văn An\tcó").exemption("PB-TP\t3.1\tx\tQuyết định số 1").says(
        &[
            "T122 don-vi.xlsx C2 Ô Lý do chỉ ghi «có», chưa nói điều gì",
            "T052 khong-ap-dung.xlsx C2 PB-TP: chưa ghi lý do",
        ],
    );
}

/// The first column of exemptions from the whole round that denies itself.
#[test]
fn no_in_the_column_of_exempt_units_exempts_nobody() {
    let words = [("không", "T121"), ("0", "T121"), ("-", "T121"), ("có", "T122")];
    for (word, code) in words.into_iter().chain([("Lê Văn An", "T022")]) {
        let mut exempt = files();
        let head = exempt.units.lines().next().unwrap().to_owned();
        exempt.units = exempt.units.replacen(&head, &format!("{head}\tMiễn đánh giá"), 1);
        let line = format!("PB-TP\tPhòng Tư pháp\t\tphong-ban\t\t\t\t\t{word}");
        let checked = exempt.units("PB-TP\tPhòng Tư pháp\t\tphong-ban", &line).read();
        let codes: Vec<_> = checked.findings().iter().map(|it| it.code.info().id).collect();
        assert_eq!(codes, [code], "{word}");
        let is_exempt = |round: &Round| round.register.units.iter().any(|it| it.exempt.is_some());
        assert!(!checked.value().is_some_and(is_exempt), "{word}");
    }
}

#[test]
fn the_day_of_the_template_is_said_while_it_stands() {
    let example = "31/12/2020 là ngày mẫu, chưa sửa";
    files()
        .settings("ngay-quyet-dinh = 2020-06-18", "ngay-quyet-dinh = 2020-12-31")
        .says(&[&format!("T007 ky.toml dòng 60 [khen-thuong] ngay-quyet-dinh: {example}")]);
}

#[test]
fn money_and_a_deadline_out_of_proportion_are_said_where_they_stand() {
    #[track_caller]
    fn check(from: &str, to: &str, told: &str) {
        let said = files().settings(from, to).read();
        let said: Vec<String> = said.findings().iter().map(ToString::to_string).collect();
        assert!(said.len() == 1 && said[0].contains(told), "{said:?}");
    }
    check("he-so = 0.6", "he-so = 6", "he-so: hệ số 6 gấp mười lần trở lên hệ số thấp nhất (0,3)");
    check(
        "lam-tron-den = 10000",
        "lam-tron-den = 100000",
        "lam-tron-den: làm tròn đến 100000 đồng, mà mức thưởng thấp nhất là 447000 đồng",
    );
    check("han = 2019-12-15", "han = 2019-01-15", "han: 15/01/2019 ở nửa đầu của chính năm được");
}

#[test]
fn awards_that_contradict_are_said() {
    files()
        .settings("khoi = [\"phong-ban\"]", "khoi = [\"phong-van\"]")
        .settings("xep-loai-toi-thieu = \"Tốt\"", "xep-loai-toi-thieu = \"Giỏi\"")
        .settings("tong-tap-the = 16", "tong-tap-the = 15")
        .settings("ngay-quyet-dinh = 2020-06-18", "ngay-quyet-dinh = 2017-06-18")
        .says(&[
            "T015 ky.toml dòng 60 [khen-thuong] ngay-quyet-dinh: 18/06/2017 trước hạn nộp \
             phiếu 15/12/2019",
            "T015 ky.toml dòng 64 [khen-thuong] tong-tap-the: tổng 15 suất, nhưng các quy \
             định cộng lại 16 suất",
            "T016 ky.toml dòng 67 [khen-thuong] luong-co-so: ngày quyết định 18/06/2017 \
             trước mức lương đầu tiên (01/07/2018)",
            "T015 ky.toml dòng 91 [[khen-thuong.tap-the]] thứ 1 khoi: không có khối \
             «phong-van»; có phải «phong-ban»?",
        ]);
}

#[test]
fn awards_need_one_rule_at_least() {
    let head = filled(SETTINGS);
    let (head, rules) = head.split_once("[[khen-thuong.tap-the]]").unwrap();
    let (collectives, individuals) = rules.split_once("[[khen-thuong.ca-nhan]]").unwrap();
    let with = |rules: String| Files { settings: format!("{head}{rules}"), ..files() };
    with(format!("[[khen-thuong.tap-the]]{collectives}"))
        .settings("tong-ca-nhan = 20", "tong-ca-nhan = 0")
        .says(&[]);
    with(format!("[[khen-thuong.ca-nhan]]{individuals}"))
        .settings("tong-tap-the = 16", "tong-tap-the = 0")
        .says(&[]);
    with(String::new())
        .settings("tong-ca-nhan = 20", "tong-ca-nhan = 0")
        .settings("tong-tap-the = 16", "tong-tap-the = 0")
        .says(&[
            "T015 ky.toml dòng 59 [khen-thuong] tap-the: không có quy định nào cho tập thể hay \
                 cá nhân",
        ]);
}

#[test]
fn a_rule_on_awards_names_a_band_of_its_blocs() {
    files()
        .settings("xep-loai-toi-thieu = \"Tốt\"", "xep-loai-toi-thieu = \"Giỏi\"")
        .settings("he-so = 0.6", "he-so = 0")
        .settings("muc = 1490000", "muc = 0")
        .settings("tu = 2023-07-01", "tu = 2019-07-01")
        .says(&[
            "T005 ky.toml dòng 74 [[khen-thuong.luong-co-so]] thứ 2 muc: cần số nguyên từ 1 \
             đến 1000000000, đang ghi 0",
            "T015 ky.toml dòng 78 [[khen-thuong.luong-co-so]] thứ 3 tu: hai mức lương cùng \
             từ ngày 01/07/2019",
            "T015 ky.toml dòng 95 [[khen-thuong.tap-the]] thứ 1 xep-loai-toi-thieu: khối \
             phong-ban không có mức xếp loại «Giỏi»",
            "T005 ky.toml dòng 98 [[khen-thuong.tap-the]] thứ 1 he-so: cần số lớn hơn 0, không \
             quá 1000, nhiều nhất 3 số lẻ, đang ghi 0",
        ]);
}

#[test]
fn how_many_losses_are_shown_is_a_number_that_somebody_reads() {
    let with =
        |number: &str| files().settings("so-ton-tai = 10", &format!("so-ton-tai = {number}"));
    with("0").says(&[
        "T005 ky.toml dòng 126 [ket-qua] so-ton-tai: cần số nguyên từ 1 đến 50, đang ghi 0",
    ]);
    with("400").says(&[
        "T130 ky.toml dòng 126 [ket-qua] so-ton-tai: 400 ngoài khoảng thường gặp, từ 1 đến 50",
    ]);
    with("-1")
        .says(&["T005 ky.toml dòng 126 [ket-qua] so-ton-tai: cần số nguyên không âm, đang ghi -1"]);
    for within in ["1", "5", "50"] {
        with(within).says(&[]);
    }
}

#[test]
fn settings_are_compared_with_the_other_files() {
    files()
        .settings("bo-chi-so = [\"phong-ban\"]", "bo-chi-so = [\"phong-bam\"]")
        .settings("\"diem-khao-sat\"]", "\"linh-vuc-9\"]")
        .says(&[
            "T005 ky.toml dòng 26 tieu-chi-phu: bộ chỉ số phuong-xa không có lĩnh vực 9",
            "T001 ky.toml dòng 34 Khối phong-ban: chưa có tệp đọc được cho bộ chỉ số \
             «phong-bam»; có phải «phong-ban»?",
        ]);
    files()
        .units("\tphuong-xa", "\tphong-ban")
        .units("\tphuong-xa", "\tphong-ban")
        .says(&["T046 ky.toml dòng 46 Khối phuong-xa (Khối UBND phường, xã) không có đơn vị nào"]);
}

#[test]
fn what_follows_from_one_mistake_is_not_said_too() {
    // A bloc that the settings call otherwise.
    files()
        .units("Hà Tu\t\tphuong-xa", "Hà Tu\t\tphuong")
        .units("Quảng La\t\tphuong-xa", "Quảng La\t\tphuong")
        .says(&["T042 don-vi.xlsx D4 2 đơn vị (D4, D5): không có khối «phuong»; có phải \
                 «phuong-xa»?"]);
    files().unit("PB-YT\tPhòng Y tế").says(&["T042 don-vi.xlsx D6 PB-YT: chưa ghi khối"]);
    // A register that cannot be read names no unit.
    files()
        .units("\tKhối\t", "\t\t")
        .exemption("PB-NV\t3.2\tLý do\tCăn cứ")
        .says(&["T020 don-vi.xlsx A1 Thiếu cột «Khối»"]);
    // A code that Excel changed was the parent of what stands below.
    files()
        .set("\n1.3\tTuyên truyền CCHC", "\n#1.3\tTuyên truyền CCHC")
        .says(&["T023 bo-chi-so/phong-ban.xlsx A13 Mã bị đổi thành số: 1,3"]);
    files()
        .set("\n1.3\tTuyên truyền CCHC", "\n#1.3\tTuyên truyền CCHC")
        .set("1.1.3\tMức hoàn thành kế hoạch", "1.9.3\tMức hoàn thành kế hoạch")
        .says(&[
            "T025 bo-chi-so/phong-ban.xlsx A8 Mã 1.9.3 không có mục cha 1.9 ở trên",
            "T023 bo-chi-so/phong-ban.xlsx A13 Mã bị đổi thành số: 1,3",
        ]);
}

#[test]
fn a_criteria_table_is_refused_where_it_is_wrong() {
    let plan = "1.1.3\tMức hoàn thành kế hoạch\t2";
    files().set("Nguồn điểm", "Nguồn").says(&[
        "T020 bo-chi-so/phong-ban.xlsx A3 Thiếu cột «Nguồn điểm»",
        "T021 bo-chi-so/phong-ban.xlsx G3 Cột «Nguồn» không có trong mẫu",
    ]);
    files()
        .set("\tCăn cứ", "\tGhi chú")
        .says(&["T021 bo-chi-so/phong-ban.xlsx J3 Cột «Ghi chú» không có trong mẫu"]);
    files()
        .set(plan, "1.1.3\tMức hoàn thành kế hoạch\t2,5")
        .says(&["T026 bo-chi-so/phong-ban.xlsx C5 1.1: điểm 5, tổng các mục con 5,5"]);
    files().set(plan, "1.1.3\tMức hoàn thành kế hoạch\t=").says(&[
        "T022 bo-chi-so/phong-ban.xlsx C8 Điểm tối đa: công thức chưa có kết quả, mở tệp bằng Excel \
         rồi lưu lại",
    ]);
    files()
        .set(plan, "1.1.2\tMức hoàn thành kế hoạch\t2")
        .says(&["T024 bo-chi-so/phong-ban.xlsx A8 Mã 1.1.2 đã có ở ô A7"]);
    files()
        .set(plan, "1.9.3\tMức hoàn thành kế hoạch\t2")
        .says(&["T025 bo-chi-so/phong-ban.xlsx A8 Mã 1.9.3 không có mục cha 1.9 ở trên"]);
    files()
        .set(plan, "@43468\tMức hoàn thành kế hoạch\t2")
        .says(&["T023 bo-chi-so/phong-ban.xlsx A8 Mã bị đổi thành ngày: 03/01/2019"]);
    files()
        .set(plan, "#1.1\tMức hoàn thành kế hoạch\t2")
        .says(&["T023 bo-chi-so/phong-ban.xlsx A8 Mã bị đổi thành số: 1,1"]);
    files()
        .set(plan, "1.1.x\tMức hoàn thành kế hoạch\thai")
        .says(&["T022 bo-chi-so/phong-ban.xlsx A8 Mã không phải mã tiêu chí dạng 1, 1.2 hoặc \
             1.2.3: 1.1.x"]);
    for max in ["0", "10001", "10000000000000"] {
        let says = format!(
            "T022 bo-chi-so/phong-ban.xlsx C8 Điểm tối đa phải lớn hơn 0, không quá 10000: {max}"
        );
        let changed = format!("1.1.3\tMức hoàn thành kế hoạch\t{max}");
        files().set(plan, &changed).says(&[&says]);
    }
    files()
        .total("\tTổng cộng\t#99")
        .says(&["T026 bo-chi-so/phong-ban.xlsx C88 Tổng cộng ghi 99, tổng các lĩnh vực 100"]);
    files()
        .set("Quyết định ban hành:", "Ban hành:")
        .says(&["T036 bo-chi-so/phong-ban.xlsx  Không thấy «Quyết định ban hành: …» ở phần đầu \
             bảng"]);
    files().set("1.3\tTuyên truyền CCHC\t2", "1.3\tTuyên truyền CCHC\t2\tcó/không").says(&[
        "T025 bo-chi-so/phong-ban.xlsx C13 1.3: có cách chấm nhưng lại có mục con",
        "T022 bo-chi-so/phong-ban.xlsx G13 Ô Nguồn điểm bỏ trống",
    ]);
}

#[test]
fn a_rule_that_cannot_be_meant_is_refused_at_its_cell() {
    files()
        .set("tỷ lệ có sàn", "ty le san")
        .says(&["T027 bo-chi-so/phong-ban.xlsx D8 1.1.3: Không có cách chấm «ty le san»; có \
             phải «tỷ lệ có sàn»?"]);
    files()
        .set("thiếu 1 yếu tố = 0,75", "thiếu 1 yếu tố = 0,755")
        .says(&["T034 bo-chi-so/phong-ban.xlsx E7 0,755 điểm có hơn 2 chữ số thập phân"]);
    files()
        .set("sàn = 70%; không phát sinh = 0 điểm", "sàn = 70%; không phát sinh = không áp dụng")
        .says(&["T033 bo-chi-so/phong-ban.xlsx I29 2.3.1: không phát sinh = không áp dụng, \
             nhưng cột Không áp dụng không ghi «được»"]);
    files()
        .set("\tsố liệu\t", "\tkhảo sát\t")
        .says(&["T032 bo-chi-so/phong-ban.xlsx G12 1.2.3: nguồn điểm «khảo sát» nhưng cách chấm \
             «trừ theo ngày»"]);
    files()
        .set("ngày: ngày ban hành kế hoạch", "ngay: ngày ban hành")
        .says(&["T022 bo-chi-so/phong-ban.xlsx F6 1.1.1: không hiểu số liệu «ngay: ngày ban \
             hành»; có phải «ngày»?"]);
    files().set("tử số: số nhiệm vụ đã hoàn thành; ", "số lượng: số việc; ").says(&[
        "T022 bo-chi-so/phong-ban.xlsx F8 1.1.3: thiếu tên số liệu «tử số: …»",
        "T022 bo-chi-so/phong-ban.xlsx F8 1.1.3: «số lượng» không dùng trong cách chấm \
             này",
    ]);
    files()
        .set("hạn = 31/01/2019", "hạn = 31/01/2018")
        .says(&["T035 bo-chi-so/phong-ban.xlsx E6 1.1.1: hạn 31/01/2018, năm đánh giá 2019"]);
    files().set("0,5; 0 = 0", "0,5").set("75-<100% = 0,75", "70-<100% = 0,75").says(&[
        "T031 bo-chi-so/phong-ban.xlsx E15 1.3.2: Không có mức cho 0",
        "T030 bo-chi-so/phong-ban.xlsx E26 2.2.1: «<75%» và «70-<100%» cùng chứa từ 70 \
             đến dưới 75 %",
    ]);
}

#[test]
fn units_are_one_each_and_belong_somewhere() {
    files()
        .unit("PB-NV\tPhòng Y tế\t\tphong-ban")
        .says(&["T040 don-vi.xlsx A6 Mã PB-NV đã dùng ở ô A2 cho Phòng Nội vụ"]);
    files()
        .unit("PB-NV2\tP. Nội vụ\t\tphong-ban")
        .says(&["T041 don-vi.xlsx B6 «P. Nội vụ» của PB-NV2 không phân biệt được với «Phòng Nội \
             vụ» của PB-NV"]);
    files()
        .unit("PX-HT2\tPhường Hà Phong\tP. Hà Tu\tphuong-xa")
        .says(&["T041 don-vi.xlsx C6 «P. Hà Tu» của PX-HT2 không phân biệt được với «UBND \
             phường Hà Tu» của PX-HT"]);
    files().unit("PB YT\tPhòng Y tế\t\tphong-ban").unit("PB-KT\t\t\tphong-ban").says(&[
        "T044 don-vi.xlsx A6 Mã đơn vị không hợp lệ: «PB YT» (Phòng Y tế)",
        "T044 don-vi.xlsx B7 Đơn vị PB-KT chưa có tên",
    ]);
    files()
        .unit("PB-YT\tPhòng Y tế\t\tphòng ban")
        .unit("PB-KT\tPhòng Kinh tế\t\tphong-ban\tphuong-xa")
        .says(&[
            "T042 don-vi.xlsx D6 PB-YT: không có khối «phòng ban»; có phải «phong-ban»?",
            "T043 don-vi.xlsx E7 PB-KT: khối phong-ban không dùng bộ chỉ số «phuong-xa»; có \
             phải «phong-ban»?",
        ]);
    files()
        .unit("PX-A\tPhường A\t\tphuong-xa\t\t01/01/2020\t31/12/2019\tPX-B")
        .unit("PX-B\tPhường B\t\tphuong-xa\t\t\t\tPX-C; PX-A")
        .says(&[
            "T044 don-vi.xlsx G6 PX-A: đến ngày 31/12/2019 trước từ ngày 01/01/2020",
            "T045 don-vi.xlsx H6 PX-A là tiền thân của chính mình",
        ]);
    // A commune that is gone may leave its name to a new one.
    files()
        .unit("PX-TN1\tXã Thống Nhất\t\tphuong-xa\t\t\t30/06/2020")
        .unit("PX-TN2\tXã Thống Nhất\t\tphuong-xa\t\t01/07/2020")
        .says(&[]);
}

#[test]
fn exemptions_and_exclusions_name_what_exists_and_why() {
    files().exemption("PB-NV\t3.1; 3.2\tKhông có thủ tục\tQuyết định số 1").says(&[]);
    files().exemption("UBND P. Hà Tu\t3.1\tLý do\tCăn cứ").says(&[
        "T050 khong-ap-dung.xlsx A2 Mã đơn vị không có trong danh sách: «UBND P. Hà Tu»; có phải \
         «PX-HT»?",
    ]);
    files().exemption("PB-NB\t3.1\tLý do\tCăn cứ").exemption("PB-NV\t9.9\tLý do\tCăn cứ").says(&[
        "T050 khong-ap-dung.xlsx A2 Mã đơn vị không có trong danh sách: «PB-NB»; có \
             phải «PB-NV»?",
        "T050 khong-ap-dung.xlsx B3 PB-NV: bộ chỉ số phong-ban không có mã 9.9",
    ]);
    files()
        .exemption("PB-NV\t1.1\tLý do\tCăn cứ")
        .says(&["T051 khong-ap-dung.xlsx B2 PB-NV: 1.1 không được phép không áp dụng"]);
    files().exemption("PB-NV\t3.1\t\tCăn cứ").exemption("PB-TP\t3.1\tLý do").says(&[
        "T052 khong-ap-dung.xlsx C2 PB-NV: chưa ghi lý do",
        "T052 khong-ap-dung.xlsx D3 PB-TP: chưa ghi căn cứ",
    ]);
    files()
        .exemption("PB-NV\t3.2\tLý do\tCăn cứ")
        .exemption("PB-NV\t3.2.1\tLý do\tCăn cứ")
        .says(&["T050 khong-ap-dung.xlsx B3 PB-NV: 3.2.1 đã ghi ở ô B2"]);
    files()
        .exemption("PB-NV\t@43468\tLý do\tCăn cứ")
        .says(&["T023 khong-ap-dung.xlsx B2 Mã tiêu chí bị đổi thành ngày: 03/01/2019"]);
    files().exclusion("PB-NV\tNguyễn Văn A\tBị kỷ luật").says(&[]);
    files().exclusion("PB-XX\t\tBị kỷ luật").exclusion("PB-NV").says(&[
        "T053 don-vi.xlsx A2 Mã đơn vị không có trong danh sách: «PB-XX»; có phải \
             «PB-NV»?",
        "T054 don-vi.xlsx B2 Ô Họ và tên để trống: dòng được hiểu là của cả đơn vị; đúng thế thì \
         ghi «cả đơn vị»",
        "T054 don-vi.xlsx B3 Ô Họ và tên để trống: dòng được hiểu là của cả đơn vị; đúng thế thì \
         ghi «cả đơn vị»",
        "T022 don-vi.xlsx C3 Ô Lý do bỏ trống",
    ]);
}

/// What the year's own files say once they are written as workbooks.
#[test]
fn a_new_round_is_sound_as_it_is_written() {
    let mut settings = String::new();
    let mut books = RoundBooks::default();
    for (path, file) in round_books::files(2019) {
        let workbook = match file {
            TemplateFile::Text(text) => {
                settings = text;
                continue;
            }
            TemplateFile::Workbook(workbook) => workbook,
        };
        let book = excel::read(path, &excel::write(&workbook).unwrap()).unwrap().book;
        match path {
            "don-vi.xlsx" => books.register = book,
            "khong-ap-dung.xlsx" => books.exemptions = Some(book),
            "mien-tru.xlsx" => books.waivers = Some(book),
            "thay-doi.xlsx" => books.revisions = Some(book),
            _ => books.sets.push(book),
        }
    }
    let checked = round::read("ky.toml", &settings, books);
    // Nothing but what the clerk has to write in.
    let said: Vec<&str> = checked.findings().iter().map(|it| it.code.info().id).collect();
    assert_eq!(said, ["T007"; 5]);
    assert_eq!(checked.value().unwrap().sets.len(), 2);
}

#[test]
fn a_head_of_a_unit_and_the_post_in_each_others_cells_are_asked_about() {
    let head = "Mã đơn vị\tTên đơn vị\tKhối\tNgười đứng đầu\tChức vụ";
    let mut odd = files();
    odd.units = format!(
        "{head}\nPB-NV\tPhòng Nội vụ\tphong-ban\tTrưởng phòng\tTrần Văn An\n\
         P-HT\tUBND phường Hà Tu\tphuong-xa\tLê Thị Bình\tChủ tịch\n"
    );
    let said = odd.read();
    let told: Vec<_> =
        said.findings().iter().map(|it| (it.code.info().id, it.place.spot())).collect();
    assert_eq!(told, [("T109", "D2".to_owned())], "{:?}", said.findings());
}
