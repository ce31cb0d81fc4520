//! What differs → the words it is told in, wherever that is.

use std::fmt;

use crate::compare::records::UnitChange;
use crate::compare::shown::{Difference, How, SHEET, Spot};

impl UnitChange {
    /// What changed, a line each: was → is.
    pub fn lines(&self) -> Vec<String> {
        let name = format!("{} ({})", self.name, self.unit);
        let points = self.points.iter().map(|it| {
            let item =
                if it.item.is_empty() { String::new() } else { format!(", mục {}", it.item) };
            format!("{name}{item}: {} {} → {}", it.what, it.before, it.after)
        });
        let (was, is) = (&self.before, &self.after);
        let rank = |rank: Option<u32>| rank.map_or_else(|| "–".to_owned(), |it| it.to_string());
        let index = |index: &Option<String>| index.clone().unwrap_or_else(|| "–".to_owned());
        let none = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        let seats = [
            ("hạng", rank(was.rank), rank(is.rank)),
            ("chỉ số", index(&was.index), index(&is.index)),
            ("xếp loại", none(&was.band), none(&is.band)),
            ("khen thưởng", none(&was.award), none(&is.award)),
        ];
        let seats = seats.into_iter().filter(|(_, was, is)| was != is);
        let seats = seats.map(|(what, was, is)| format!("{name}: {what} {was} → {is}"));
        points.chain(seats).collect()
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let shown = |text: &str| {
            if text.is_empty() { "để trống".to_owned() } else { format!("«{text}»") }
        };
        let place = match (self.sheet.as_str(), self.spot) {
            ("", _) => String::new(),
            (sheet, Spot::Whole) if self.what == SHEET => {
                let word = if self.found.is_empty() { "thiếu" } else { "thừa" };
                return write!(f, "{word} trang «{sheet}»");
            }
            (sheet, Spot::Whole) => format!("trang «{sheet}»"),
            (sheet, spot) => format!("{sheet}!{spot}"),
        };
        let comma = if place.is_empty() || self.what.is_empty() { "" } else { ", " };
        let (published, found) = (shown(&self.published), shown(&self.found));
        write!(f, "{place}{comma}{}: bản công bố {published}, tệp này {found}", self.what)
    }
}

/// What is compared of a workbook that a program saved again.
const COMPARED: &str = "giá trị, kiểu, công thức và định dạng từng ô; trang, hàng, cột ẩn; ô gộp; \
    độ rộng, độ cao; định dạng có điều kiện; ghi chú, liên kết; hình vẽ, ảnh, số liệu biểu đồ; \
    vùng in, lề, đầu trang, chân trang; tên vùng, thuộc tính và các phần khác của tệp";

/// What programs write anew as they like when they save.
const UNCOMPARED: &str = "nét vẽ, cỡ và màu chữ trong biểu đồ khi còn đọc được; đường lưới, \
    khung cố định và khóa trang trên màn hình; người và ngày lưu cuối";

impl How {
    /// What was compared of a workbook in which nothing differs, and what was
    /// not: sentences, each about one file.
    pub fn lines(self) -> Vec<String> {
        let How::Resaved { uncalculated } = self else {
            return vec!["từng phần trong tệp đúng như bản công bố, chỉ cách nén khác.".to_owned()];
        };
        let mut lines = vec![format!(
            "tệp đã được chương trình khác lưu lại. Đã so và bằng nhau: {COMPARED}. Không so \
             được: {UNCOMPARED}."
        )];
        if 0 < uncalculated {
            lines.push(format!(
                "{uncalculated} công thức không kèm kết quả đã tính; công thức và mọi ô chúng \
                 dùng đều như bản công bố, mở bằng chương trình bảng tính sẽ tính lại."
            ));
        }
        lines
    }
}
