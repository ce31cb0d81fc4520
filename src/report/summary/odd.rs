//! *Bất thường*: what is worth a question before the result is signed.

use super::{Teller, percent, points, whole};
use crate::analysis::{COMMON, FullClaim, Jump, Oddities, SameWords, Stray};
use crate::report::head;
use crate::report::sheet::{Cell, Level, Row, Sheet, Value};
use crate::round::criteria::Node;
use crate::round::firmness::Odd;

const WIDTHS: [f64; 7] = [6.0, 40.0, 40.0, 13.0, 13.0, 13.0, 50.0];
const COLUMNS: u32 = 7;

/// The most lines of one table.
const MOST: usize = 100;

pub(super) fn sheet(teller: &Teller, name: String, odd: &Odd, found: &Oddities) -> Sheet {
    let mut writer = Writer { teller, sheet: teller.sheet(name, &WIDTHS) };
    let title = "NHỮNG ĐIỀU BẤT THƯỜNG CẦN XEM LẠI";
    teller.open(&mut writer.sheet, title, &teller.round.settings.title, COLUMNS);
    let sentence = format!(
        "Có {} đơn vị tự chấm tối đa mọi mục, {} cặp đơn vị ghi giống nhau ở nhiều mục, {} đơn vị \
         tăng giảm khác hẳn khối, {} lĩnh vực lệch hẳn so với chính đơn vị.",
        found.full.len(),
        found.same.len(),
        found.jumps.len(),
        found.strays.len(),
    );
    writer.sheet.push(Row::banner(sentence, Level::Strong, COLUMNS));
    head::remark(
        &mut writer.sheet,
        "Đây là những chỗ nên hỏi lại, không phải kết luận đơn vị làm sai. Các ngưỡng do tổ thư \
         ký khai trong ky.toml.",
    );
    writer.full(&found.full);
    writer.same(&found.same, odd);
    writer.jumps(&found.jumps, odd);
    writer.strays(&found.strays, odd);
    writer.sheet
}

struct Writer<'a> {
    teller: &'a Teller<'a>,
    sheet: Sheet,
}

impl Writer<'_> {
    /// A heading, and whether a table follows.
    fn heading(&mut self, text: &str, count: usize, remark: &str) -> bool {
        head::gap(&mut self.sheet);
        self.sheet.push(Row::banner(text, Level::Strong, COLUMNS));
        head::remark(&mut self.sheet, remark);
        if count == 0 {
            head::remark(&mut self.sheet, "Không có.");
        } else if MOST < count {
            let limit = format!("Liệt kê {MOST} dòng đầu trong {count}.");
            head::remark(&mut self.sheet, &limit);
        }
        0 < count
    }

    fn number(number: usize) -> Cell {
        Cell::new(whole(number), Level::Body.center())
    }

    fn full(&mut self, found: &[FullClaim]) {
        let remark = "Mọi mục đơn vị tự chấm đều bằng điểm tối đa.";
        if !self.heading("1. Tự chấm tối đa mọi mục", found.len(), remark) {
            return;
        }
        self.sheet.push(Row::head(["STT", "Đơn vị", "", "Số mục tự chấm", "Thẩm định hạ (điểm)"]));
        self.span_names();
        for (number, it) in (1..).zip(found.iter().take(MOST)) {
            let name = self.teller.name(&it.unit).to_owned();
            self.sheet.push(Row::new(vec![
                Self::number(number),
                Cell::text(name, Level::Body.left()).spanning(2),
                Cell::blank(Level::Body.left()),
                Cell::new(whole(it.items), Level::Body.right()),
                points(it.cut, Level::Body.right()),
            ]));
        }
    }

    /// The head just pushed has one name over two columns.
    fn span_names(&mut self) {
        if let Some(row) = self.sheet.rows.last_mut() {
            row.cells[1].span = 2;
        }
    }

    fn same(&mut self, found: &[SameWords], odd: &Odd) {
        let remark = format!(
            "Tài liệu kiểm chứng hoặc giải trình giống hệt nhau ở từ {} mục, tính các đoạn từ {} \
             chữ cái. Đoạn mà quá {COMMON} đơn vị cùng ghi được coi là văn bản chung, không tính.",
            odd.same_texts, odd.text_length,
        );
        if !self.heading("2. Ghi giống hệt nhau", found.len(), &remark) {
            return;
        }
        self.sheet.push(Row::head([
            "STT",
            "Đơn vị",
            "Đơn vị",
            "Số mục giống nhau",
            "Các mục",
            "",
            "Ví dụ",
        ]));
        if let Some(row) = self.sheet.rows.last_mut() {
            row.cells[4].span = 2;
        }
        for (number, it) in (1..).zip(found.iter().take(MOST)) {
            let items: Vec<String> = it.items.iter().map(ToString::to_string).collect();
            let name = |unit| Cell::text(self.teller.name(unit), Level::Body.left());
            self.sheet.push(Row::new(vec![
                Self::number(number),
                name(&it.units.0),
                name(&it.units.1),
                Cell::new(whole(it.items.len()), Level::Body.right()),
                Cell::text(items.join(", "), Level::Body.left()).spanning(2),
                Cell::blank(Level::Body.left()),
                Cell::text(&*it.sample, Level::Body.left()),
            ]));
        }
    }

    fn jumps(&mut self, found: &[Jump], odd: &Odd) {
        let remark = format!(
            "Chỉ số so với kỳ trước tăng hoặc giảm lệch từ {} điểm % so với mức tăng giảm ở giữa \
             (trung vị) của khối.",
            odd.jump,
        );
        if !self.heading("3. Tăng, giảm khác hẳn khối", found.len(), &remark) {
            return;
        }
        self.sheet.push(Row::head([
            "STT",
            "Đơn vị",
            "",
            "Kỳ trước (%)",
            "Kỳ này (%)",
            "Trung vị của khối",
            "Lệch so với khối (điểm %)",
        ]));
        self.span_names();
        for (number, it) in (1..).zip(found.iter().take(MOST)) {
            let name = self.teller.name(&it.unit).to_owned();
            let row = self.sheet.next_row() + 1;
            let formula = format!("E{row}-D{row}-F{row}");
            self.sheet.push(Row::new(vec![
                Self::number(number),
                Cell::text(name, Level::Body.left()).spanning(2),
                Cell::blank(Level::Body.left()),
                percent(it.last, Level::Body.right()),
                percent(it.now, Level::Body.right()),
                percent(it.median, Level::Body.right()),
                Cell::formula(formula, Value::Percent(it.beyond), Level::Body.right()),
            ]));
        }
    }

    fn strays(&mut self, found: &[Stray], odd: &Odd) {
        let remark = format!(
            "Tỷ lệ đạt của lĩnh vực, sau khi trừ trung bình của khối, lệch từ {} điểm % so với chỉ \
             số của chính đơn vị (cũng đã trừ trung bình).",
            odd.stray_area,
        );
        if !self.heading("4. Lĩnh vực lệch hẳn so với chính đơn vị", found.len(), &remark)
        {
            return;
        }
        self.sheet.push(Row::head([
            "STT",
            "Đơn vị",
            "Lĩnh vực",
            "Lĩnh vực (%)",
            "Chỉ số (%)",
            "Lệch (điểm %)",
        ]));
        for (number, it) in (1..).zip(found.iter().take(MOST)) {
            let unit = self.teller.round.register.unit(&it.unit);
            let set = unit.map(|unit| self.teller.round.set(unit));
            let area = set.and_then(|set| set.areas().find(|node| node.code() == it.area));
            let title = format!("{}. {}", it.area, area.map_or("", Node::title));
            let name = self.teller.name(&it.unit).to_owned();
            self.sheet.push(Row::new(vec![
                Self::number(number),
                Cell::text(name, Level::Body.left()),
                Cell::text(title, Level::Body.left()),
                percent(it.share, Level::Body.right()),
                percent(it.index, Level::Body.right()),
                percent(it.beyond, Level::Body.right()),
            ]));
        }
    }
}
