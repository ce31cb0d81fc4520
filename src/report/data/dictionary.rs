//! The dictionary of the data: what each column of each file is.

use super::table::{Column, Data, Head};

/// A column of a file.
type Line = (&'static str, &'static str, Head);

/// What holds of every file, in the dictionary's own first lines.
const RULES: [(&str, &str); 5] = [
    (
        "dạng tệp",
        "UTF-8 có BOM để Excel nhận đúng dấu tiếng Việt; mỗi dòng một quan sát, dòng đầu là tên \
         cột; dòng kết thúc bằng LF; chữ có dấu phẩy, ngoặc kép hay xuống dòng nằm trong ngoặc kép",
    ),
    (
        "dấu ngăn cột",
        "dấu phẩy, như lich-su của cchc summary: pandas, R, DuckDB, Power Query đọc được ngay, \
         không phụ thuộc thiết lập vùng của máy. Excel tiếng Việt: mở bằng Dữ liệu > Từ văn \
         bản/CSV, không nhấp đúp",
    ),
    (
        "số",
        "dấu chấm thập phân, không ngăn hàng nghìn, không ký hiệu; ô trống là không có giá trị, \
         khác với 0",
    ),
    (
        "dấu nháy đầu ô",
        "chữ bắt đầu bằng = + - @ tab hoặc dấu nháy được thêm một dấu nháy ' ở đầu để không phần \
         mềm nào hiểu là công thức; bỏ dấu nháy đầu thì được đúng chữ gốc",
    ),
    ("mã", "don-vi, khoi, bo-chi-so, muc là mã trong danh sách đơn vị, ky.toml và bộ chỉ số"),
];

/// The dictionary of these tables, its own columns included.
pub(super) fn dictionary<'a>(tables: &[Data]) -> Data<'a> {
    let of = |it: &Data| it.heads.iter().map(|head| (it.name, it.about, *head)).collect::<Vec<_>>();
    let rule = |(name, meaning)| ("*", "Mọi tệp", Head { name, measure: "quy ước", meaning });
    let mut lines: Vec<Line> = RULES.map(rule).to_vec();
    lines.extend(tables.iter().flat_map(of));
    Data::new(
        "tu-dien.csv",
        "Từ điển dữ liệu",
        vec![
            Column::new("tep", "chữ", "Tệp; *: mọi tệp", |it: &Line| it.0),
            Column::new("noi-dung-tep", "chữ", "Tệp chứa gì", |it: &Line| it.1),
            Column::new("cot", "chữ", "Cột", |it: &Line| it.2.name),
            Column::new(
                "don-vi-do",
                "chữ",
                "Đơn vị đo hoặc loại giá trị",
                |it: &Line| it.2.measure,
            ),
            Column::new("y-nghia", "chữ", "Ý nghĩa", |it: &Line| it.2.meaning),
        ],
        move || lines.clone().into_iter(),
    )
}
