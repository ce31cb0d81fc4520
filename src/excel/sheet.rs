//! One sheet's XML → the part of it that holds cells, without what calamine
//! would misread.
//!
//! calamine takes a string index it cannot read for index 0, lets the row of an
//! address overflow, and drops what follows a mark inside a value. No program
//! writes such cells; whoever did wants two readers to see two scores.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::gate::{Fault, Gated};
use super::package::{attribute, short};

/// The part of a sheet that holds cells.
pub(super) struct Cells<'a> {
    /// From `<sheetData>` to its end. What stands around it (dimensions, merged
    /// ranges, validations) is never parsed.
    pub(super) xml: &'a str,
    /// How many cell formats, from the first, the cells use.
    pub(super) formats: usize,
}

pub(super) fn cells_of<'a>(sheet: &str, xml: &'a str) -> Gated<Cells<'a>> {
    let odd = |what: &str| Fault::suspicious(format!("Trang «{}»: {what}.", short(sheet)));
    let mut start = None;
    let mut cell = None;
    let mut formats = 0;
    for at in memchr::memchr_iter(b'<', xml.as_bytes()) {
        let rest = &xml[at + 1..];
        let is_closing = rest.starts_with('/');
        // Half of all tags, and none of them the end of the cells.
        if is_closing && rest.as_bytes().get(2) == Some(&b'>') {
            continue;
        }
        let word = local_name(if is_closing { &rest[1..] } else { rest });
        let Some(first) = start else {
            if word == "sheetData" && !is_closing {
                start = Some(at);
                if tag(rest).ends_with('/') {
                    return Ok(Cells { xml: &xml[at..=at + 1 + tag(rest).len()], formats });
                }
            }
            continue;
        };
        match word {
            "sheetData" if is_closing => {
                return Ok(Cells { xml: &xml[first..=at + 1 + tag(rest).len()], formats });
            }
            _ if rest.starts_with(['!', '?']) => {
                return Err(odd("có chú thích hoặc lệnh XML giữa các ô"));
            }
            _ if is_closing => {}
            "row" if 7 < address(tag(rest)).len() => return Err(odd("có hàng ngoài lưới Excel")),
            "c" if 10 < address(tag(rest)).len() => return Err(odd("có ô ngoài lưới Excel")),
            "c" => {
                cell = Some(at);
                formats = formats.max(format_of(tag(rest)).saturating_add(1));
            }
            "v" => {
                let Some(holder) = cell.take() else {
                    return Err(odd("có ô chứa nhiều giá trị"));
                };
                if let Some(what) = misread(&xml[holder..], rest) {
                    return Err(odd(what));
                }
            }
            _ => {}
        }
    }
    Err(Fault::damaged(format!("Nội dung trang «{}» bị cắt giữa chừng.", short(sheet))))
}

/// Why the value at `rest`, of the cell at `cell`, would be misread.
fn misread(cell: &str, rest: &str) -> Option<&'static str> {
    let opening = tag(rest);
    if opening.ends_with('/') {
        return None;
    }
    let rest = &rest[(opening.len() + 1).min(rest.len())..];
    let end = rest.bytes().position(|byte| byte == b'<').unwrap_or(rest.len());
    let value = &rest[..end];
    if !rest[end..].starts_with("</") {
        return Some("có ô mà giá trị chứa phần tử XML lạ");
    }
    // An index or a whole number: read the same whatever the cell's type.
    if value.len() < 10 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Ok(Event::Start(element)) = Reader::from_str(cell).read_event() else {
        return Some("có ô viết sai");
    };
    match attribute(&element, "t").as_deref() {
        Some("s") => Some("có ô trỏ tới chuỗi không tồn tại"),
        None | Some("n") if value.contains('&') => Some("có ô số viết bằng ký hiệu lạ"),
        _ => None,
    }
}

/// The text of a tag, from its name to before its `>`.
pub(super) fn tag(rest: &str) -> &str {
    let end = memchr::memchr(b'>', rest.as_bytes());
    &rest[..end.unwrap_or(rest.len())]
}

/// The name at the start of a tag's text, without its prefix.
pub(super) fn local_name(rest: &str) -> &str {
    let end = rest.bytes().position(|byte| matches!(byte, b' ' | b'/' | b'>' | b'\t'..=b'\r'));
    let name = &rest[..end.unwrap_or(rest.len())];
    let prefix = name.bytes().position(|byte| byte == b':').map_or(0, |colon| colon + 1);
    &name[prefix..]
}

/// The value of `r` in the text of a tag; empty when there is none.
fn address(tag: &str) -> &str {
    // As every program writes it, and without a search.
    let usual = tag.strip_prefix("c r=\"").or_else(|| tag.strip_prefix("row r=\""));
    let value = usual.or_else(|| tag.split_once(" r=").and_then(|(_, rest)| rest.get(1..)));
    let Some(value) = value else { return "" };
    let end = value.bytes().position(|byte| matches!(byte, b'"' | b'\''));
    &value[..end.unwrap_or(value.len())]
}

/// The index of a cell's format; of one written in no usual way, the largest.
fn format_of(tag: &str) -> usize {
    let is_name = |it: &[u8]| {
        it[0].is_ascii_whitespace() && it[1] == b's' && (it[2] == b'=' || it[2] == b' ')
    };
    let Some(at) = tag.as_bytes().windows(3).position(is_name) else { return 0 };
    let value = tag[at + 3..].bytes().skip(1);
    let digits = value.take_while(u8::is_ascii_digit);
    let number = digits
        .take(9)
        .fold(None, |number, digit| Some(number.unwrap_or(0) * 10 + usize::from(digit - b'0')));
    number.unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_cells_are_left_of_a_sheet() {
        #[track_caller]
        fn check(xml: &str, expected: &str) {
            assert_eq!(cells_of("Phiếu", xml).unwrap().xml, expected);
        }
        check("<w><dimension ref='A0'/><sheetData/></w>", "<sheetData/>");
        let cells = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>";
        check(&format!("<w>{cells}<mergeCells/></w>"), cells);
        let prefixed = "<x:sheetData><x:row><x:c><x:v>-0.5</x:v></x:c></x:row></x:sheetData>";
        check(&format!("<!-- by a library --><x:w>{prefixed}</x:w>"), prefixed);
    }

    #[test]
    fn the_formats_in_use_are_counted() {
        #[track_caller]
        fn check(cells: &str, expected: usize) {
            let xml = format!("<w><sheetData><row s=\"9\">{cells}</row></sheetData></w>");
            assert_eq!(cells_of("Phiếu", &xml).unwrap().formats, expected, "{cells}");
        }
        check("", 0);
        check("<c r=\"A1\"/>", 1);
        check("<c r=\"A1\" s=\"4\"/><c r=\"B1\" t=\"n\" s='12'/>", 13);
        check("<c r=\"A1\" s = \"4\"/>", usize::MAX);
        check("<c s=\"x\"/>", usize::MAX);
    }

    #[test]
    fn what_would_be_misread_is_refused() {
        #[track_caller]
        fn check(cells: &str, word: &str) {
            let xml = format!("<w><sheetData><row>{cells}</row></sheetData></w>");
            let fault = cells_of("Phiếu", &xml).err().unwrap();
            assert!(fault.message.contains(word), "{}", fault.message);
        }
        check("<c t=\"s\"><v>-1</v></c>", "chuỗi");
        check("<c s='1' t = 's' ><v>1x</v></c>", "chuỗi");
        check("<c t=\"s\"><v>4294967296000</v></c>", "chuỗi");
        check("<c><v>1&#48;</v></c>", "ký hiệu");
        check("<c><v>1<!-- -->0</v></c>", "XML");
        check("<c><v>1</v><v>2</v></c>", "nhiều giá trị");
        check("<c r=\"D4294967303\"><v>1</v></c>", "ngoài lưới");
        check("</row><row r=\"12345678\"><c><v>1</v></c>", "ngoài lưới");
        assert!(cells_of("Phiếu", "<w><sheetData><row><c").is_err());
    }
}
