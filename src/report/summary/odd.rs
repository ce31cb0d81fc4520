//! *Bất thường*: what is worth a question before the result is signed.

use crate::analysis::{COMMON, FullClaim, Jump, Oddities, SameWords, Stray};
use crate::report::basis::{Basis, area_title};
use crate::report::extent::{ODDITIES, path};
use crate::round::firmness::Odd;
use crate::sheet::Sheet;
use crate::sheet::head;
use crate::sheet::table::{Column, Entry, Table};

/// The most lines of one table.
const MOST: usize = 100;

pub(super) fn sheet(basis: Basis, name: String, odd: &Odd, found: &Oddities) -> Sheet {
    let same = same(basis);
    let title = "NHỮNG ĐIỀU BẤT THƯỜNG CẦN XEM LẠI";
    let mut sheet = basis.titled(name, same.widths(), title);
    let sentence = format!(
        "Có {} đơn vị tự chấm tối đa mọi mục, {} cặp đơn vị ghi giống nhau ở nhiều mục, {} đơn vị \
         tăng giảm khác hẳn khối, {} lĩnh vực lệch hẳn so với chính đơn vị.",
        found.full.len(),
        found.same.len(),
        found.jumps.len(),
        found.strays.len(),
    );
    head::heading(&mut sheet, &sentence);
    head::remark(
        &mut sheet,
        "Đây là những chỗ nên hỏi lại, không phải kết luận đơn vị làm sai. Các ngưỡng do tổ thư \
         ký khai trong ky.toml.",
    );
    Section {
        heading: "1. Tự chấm tối đa mọi mục",
        remark: "Mọi mục đơn vị tự chấm đều bằng điểm tối đa.".to_owned(),
        table: full(basis),
    }
    .write(&mut sheet, &found.full);
    Section {
        heading: "2. Ghi giống hệt nhau",
        remark: format!(
            "Tài liệu kiểm chứng hoặc giải trình giống hệt nhau ở từ {} mục, tính các đoạn từ {} \
             chữ cái. Đoạn mà quá {COMMON} đơn vị cùng ghi được coi là văn bản chung, không tính.",
            odd.same_texts, odd.text_length,
        ),
        table: same,
    }
    .write(&mut sheet, &found.same);
    Section {
        heading: "3. Tăng, giảm khác hẳn khối",
        remark: format!(
            "Chỉ số so với kỳ trước tăng hoặc giảm lệch từ {} điểm % so với mức tăng giảm ở giữa \
             (trung vị) của khối.",
            odd.jump,
        ),
        table: jumps(basis),
    }
    .write(&mut sheet, &found.jumps);
    Section {
        heading: "4. Lĩnh vực lệch hẳn so với chính đơn vị",
        remark: format!(
            "Tỷ lệ đạt của lĩnh vực, sau khi trừ trung bình của khối, lệch từ {} điểm % so với chỉ \
             số của chính đơn vị (cũng đã trừ trung bình).",
            odd.stray_area,
        ),
        table: strays(basis),
    }
    .write(&mut sheet, &found.strays);
    sheet
}

/// A kind of oddity: what it is called, what counts as one, and its table.
struct Section<'a, T> {
    heading: &'static str,
    remark: String,
    table: Table<'a, T>,
}

impl<T> Section<'_, T> {
    fn write(self, sheet: &mut Sheet, found: &[T]) {
        head::gap(sheet);
        head::heading(sheet, self.heading);
        head::remark(sheet, &self.remark);
        match found.len() {
            0 => return head::remark(sheet, "Không có."),
            count if MOST < count => {
                let whole = path(ODDITIES);
                let told = format!("Nêu {MOST} dòng đầu trong {count}; xem đủ tại {whole}.");
                head::remark(sheet, &told);
            }
            _ => {}
        }
        self.table.write(sheet, &found[..found.len().min(MOST)]);
    }
}

fn full(basis: Basis<'_>) -> Table<'_, FullClaim> {
    Table::new(vec![
        Column::counter("STT", 6.0),
        Column::words("Đơn vị", 40.0, move |it: &FullClaim| basis.name(&it.unit).into())
            .spanning(2),
        Column::number("Số mục tự chấm", 13.0, |it: &FullClaim| it.items.into()),
        Column::number("Thẩm định hạ (điểm)", 13.0, |it: &FullClaim| it.cut.into()),
    ])
}

fn same(basis: Basis<'_>) -> Table<'_, SameWords> {
    Table::new(vec![
        Column::counter("STT", 6.0),
        Column::words("Đơn vị", 40.0, move |it: &SameWords| basis.name(&it.units.0).into()),
        Column::words("Đơn vị", 40.0, move |it: &SameWords| basis.name(&it.units.1).into())
            .called("Đơn vị kia"),
        Column::number("Số mục giống nhau", 13.0, |it: &SameWords| it.items.len().into()),
        Column::words("Các mục", 13.0, |it: &SameWords| {
            it.items.iter().map(ToString::to_string).collect::<Vec<String>>().join(", ").into()
        })
        .spanning(2),
        Column::words("Ví dụ", 50.0, |it: &SameWords| (&*it.sample).into()),
    ])
}

fn jumps(basis: Basis<'_>) -> Table<'_, Jump> {
    let beyond = "[Kỳ này (%)]-[Kỳ trước (%)]-[Trung vị của khối]";
    Table::new(vec![
        Column::counter("STT", 6.0),
        Column::words("Đơn vị", 40.0, move |it: &Jump| basis.name(&it.unit).into()).spanning(2),
        Column::number("Kỳ trước (%)", 13.0, |it: &Jump| it.last.into()),
        Column::number("Kỳ này (%)", 13.0, |it: &Jump| it.now.into()),
        Column::number("Trung vị của khối", 13.0, |it: &Jump| it.median.into()),
        Column::number("Lệch so với khối (điểm %)", 50.0, move |it: &Jump| {
            Entry::formula(beyond, it.beyond)
        }),
    ])
}

fn strays(basis: Basis<'_>) -> Table<'_, Stray> {
    Table::new(vec![
        Column::counter("STT", 6.0),
        Column::words("Đơn vị", 40.0, move |it: &Stray| basis.name(&it.unit).into()),
        Column::words("Lĩnh vực", 40.0, move |it: &Stray| {
            area_title(it.area, basis.set(&it.unit)).into()
        }),
        Column::number("Lĩnh vực (%)", 13.0, |it: &Stray| it.share.into()),
        Column::number("Chỉ số (%)", 13.0, |it: &Stray| it.index.into()),
        Column::number("Lệch (điểm %)", 13.0, |it: &Stray| it.beyond.into()),
    ])
}
