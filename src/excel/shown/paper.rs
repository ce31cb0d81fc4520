//! How a sheet is printed: paper, margins, headers and footers.

use super::cells::hundredths;
use super::node::{Node, plain};
use super::page::{Sheet, yes};
use crate::compare::{Spot, Told};

impl Sheet<'_, '_> {
    pub(super) fn options(&mut self, node: &Node) {
        for (name, what) in [
            ("headings", "in tên hàng, cột"),
            ("gridLines", "in đường lưới"),
            ("horizontalCentered", "in giữa trang theo chiều ngang"),
            ("verticalCentered", "in giữa trang theo chiều dọc"),
        ] {
            self.tell(Spot::Whole, what, yes(node.is(name), false));
        }
    }

    pub(super) fn paper(&mut self, node: &Node) {
        for (name, what, usual) in [
            ("paperSize", "khổ giấy", "1"),
            ("orientation", "chiều giấy", "default"),
            ("scale", "tỷ lệ in", "100"),
            ("fitToWidth", "số trang in theo chiều ngang", "1"),
            ("fitToHeight", "số trang in theo chiều dọc", "1"),
            ("pageOrder", "thứ tự trang in", "downThenOver"),
            ("cellComments", "in ghi chú", "none"),
            ("errors", "in ô lỗi", "displayed"),
        ] {
            let told = node.get(name).map(plain).filter(|it| *it != usual).unwrap_or_default();
            self.tell(Spot::Whole, what, told);
        }
        for (name, what) in [("blackAndWhite", "in đen trắng"), ("draft", "in nháp")] {
            self.tell(Spot::Whole, what, yes(node.is(name), false));
        }
        if node.is("useFirstPageNumber") == Some(true) {
            self.tell(Spot::Whole, "số trang đầu", node.get("firstPageNumber").unwrap_or_default());
        }
    }

    pub(super) fn header(&mut self, node: &Node) {
        let differs = |name: &str| node.is(name) == Some(true);
        for (name, what, is_used) in [
            ("oddHeader", "đầu trang in", true),
            ("oddFooter", "chân trang in", true),
            ("evenHeader", "đầu trang chẵn", differs("differentOddEven")),
            ("evenFooter", "chân trang chẵn", differs("differentOddEven")),
            ("firstHeader", "đầu trang thứ nhất", differs("differentFirst")),
            ("firstFooter", "chân trang thứ nhất", differs("differentFirst")),
        ] {
            let told = node.child(name).map(|it| furniture(&it.text)).unwrap_or_default();
            if is_used {
                self.has_header |= name.ends_with("Header") && !told.is_empty();
                self.tell(Spot::Whole, what, told);
            }
        }
        for (name, what) in [
            ("differentOddEven", "trang chẵn khác trang lẻ"),
            ("differentFirst", "trang đầu khác các trang"),
        ] {
            self.tell(Spot::Whole, what, yes(node.is(name), false));
        }
    }

    pub(super) fn margins(&mut self) {
        if let Some(margins) = self.margins.take() {
            for (name, what) in [
                ("left", "lề trái"),
                ("right", "lề phải"),
                ("top", "lề trên"),
                ("bottom", "lề dưới"),
                ("header", "lề đầu trang"),
                ("footer", "lề chân trang"),
            ] {
                // Where there is no header, how far it is from the edge is not
                // seen.
                if let Some(inches) = margins.number(name)
                    && (name != "header" || self.has_header)
                {
                    let told = Told::Length(hundredths(inches), 3);
                    self.read.page.facts.insert((Spot::Whole, what.into()), told);
                }
            }
        }
    }
}

/// A header or footer in one spelling: programs put a space between a code and
/// the text after it, and leave out or repeat codes of the usual font.
fn furniture(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.replace("\r\n", "\n").chars().collect::<Vec<_>>().into_iter().peekable();
    let mut is_after_code = false;
    while let Some(letter) = letters.next() {
        if letter == '&' {
            let Some(code) = letters.next() else { break };
            out.push('&');
            out.push(code);
            if code == '"' {
                out.extend(letters.by_ref().take_while(|it| *it != '"'));
                out.push('"');
            }
            while code.is_ascii_digit()
                && let Some(digit) = letters.next_if(char::is_ascii_digit)
            {
                out.push(digit);
            }
            is_after_code = code != '&' && !matches!(code, 'P' | 'N' | 'D' | 'T' | 'F' | 'A' | 'Z');
            continue;
        }
        if !(is_after_code && letter == ' ') {
            out.push(letter);
            is_after_code = false;
        }
    }
    let sections = out.trim().trim_end_matches("&L").trim_end_matches("&C").trim_end_matches("&R");
    sections.to_owned()
}
