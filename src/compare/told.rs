//! What differs → the words it is told in, wherever that is.

use std::fmt;

use crate::compare::books::Difference;
use crate::compare::records::UnitChange;

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
        match self {
            Difference::SheetMissing(name) => write!(f, "thiếu trang «{name}»"),
            Difference::SheetAdded(name) => write!(f, "thừa trang «{name}»"),
            Difference::Cell(it) => {
                let (published, found) = (shown(&it.published), shown(&it.found));
                write!(f, "{}!{}: bản công bố {published}, tệp này {found}", it.sheet, it.at)
            }
        }
    }
}
