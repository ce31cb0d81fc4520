//! What cells say in words: the shared strings, and how a text is put together
//! of its runs.

use std::borrow::Cow;
use std::collections::BTreeSet;

use calamine::XlsxError;
use memchr::memmem;

use super::archive::Archive;
use super::canonical;
use super::gate::{Fault, Gated, ceiling};
use super::markup::{Markup, Piece, said};
use super::plain::plain;

/// The strings that cells name by number.
#[derive(Default)]
pub(super) struct Strings {
    /// All of them, one after the other.
    texts: String,
    /// Where each ends.
    ends: Vec<usize>,
    /// Those of which a part is struck through.
    struck: BTreeSet<usize>,
}

impl Strings {
    /// The strings in this part; none without a part.
    pub(super) fn read(archive: &mut Archive, part: Option<&str>) -> Gated<Strings> {
        let Some(part) = part else { return Ok(Strings::default()) };
        let xml = plain(archive.text(part, ceiling::TABLE)?);
        check_count(&xml)?;
        Strings::of(&xml).map_err(|error| Fault::unreadable("Sổ làm việc", &error))
    }

    fn of(xml: &str) -> Result<Strings, XlsxError> {
        let mut strings = Strings::default();
        let mut markup = Markup::of(xml);
        let mut is_inside = false;
        loop {
            while is_inside && let Some(words) = markup.take(canonical::string) {
                strings.texts.push_str(words);
                strings.ends.push(strings.texts.len());
            }
            let mut next = || markup.next().map_err(XlsxError::from);
            match next()? {
                Piece::Open(tag) if tag.name == "sst" => {
                    tag.values(["uniqueCount"])?;
                    is_inside = true;
                }
                Piece::Open(tag) if tag.name == "si" && is_inside => {
                    if put_together(&mut next, "si", &mut strings.texts)? {
                        strings.struck.insert(strings.ends.len());
                    }
                    strings.ends.push(strings.texts.len());
                }
                Piece::Close("sst") if is_inside => return Ok(strings),
                Piece::End => return Err(XlsxError::XmlEof("sst")),
                _ => {}
            }
        }
    }

    /// The string of this number, and whether a part of it is struck through.
    pub(super) fn get(&self, number: usize) -> Option<(&str, bool)> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some((&self.texts[start..end], self.struck.contains(&number)))
    }
}

/// A table is not believed to hold more strings than it has room for.
fn check_count(strings: &str) -> Gated<()> {
    /// `<si/>`, the shortest string.
    const SHORTEST: usize = 5;
    let head = strings.split_once("sst").map_or("", |(_, rest)| rest);
    let head = head.split_once('>').map_or(head, |(head, _)| head);
    let declared = head.split_once("uniqueCount").map(|(_, rest)| rest);
    let declared = declared.map(|rest| rest.trim_start_matches(|it: char| !it.is_ascii_digit()));
    let digits = declared.and_then(|rest| rest.split(|it: char| !it.is_ascii_digit()).next());
    let is_believable = digits.is_none_or(|digits| {
        digits.is_empty() || digits.parse().is_ok_and(|it: usize| it <= strings.len() / SHORTEST)
    });
    is_believable.then_some(()).ok_or_else(|| {
        let declared = digits.unwrap_or_default();
        Fault::suspicious(format!("Bảng chuỗi khai {declared} chuỗi, nhiều hơn độ dài của nó."))
    })
}

/// Puts the text that `closing` ends onto `text`: its runs joined, without how
/// it is spoken. Says whether a line is drawn through a part of it.
pub(super) fn put_together<'a, E: From<XlsxError>>(
    next: &mut impl FnMut() -> Result<Piece<'a>, E>,
    closing: &str,
    text: &mut String,
) -> Result<bool, E> {
    let (mut is_struck, mut is_spoken) = (false, false);
    loop {
        match next()? {
            Piece::Open(tag) if tag.name == "t" && !is_spoken => {
                let [space] = tag.values(["xml:space"]).map_err(XlsxError::from)?;
                let words = words_to(next, "t")?;
                let kept = match space {
                    Some("preserve") => &*words,
                    _ => words.trim_matches([' ', '\t', '\r', '\n']),
                };
                text.push_str(&unescaped(kept));
            }
            Piece::Open(tag) if tag.name == "rPh" => is_spoken = true,
            Piece::Open(tag) if tag.name == "strike" => is_struck |= is_on(tag.value("val")),
            Piece::Close("rPh") => is_spoken = false,
            Piece::Close(name) if name == closing => return Ok(is_struck),
            Piece::End => return Err(XlsxError::XmlEof("").into()),
            _ => {}
        }
    }
}

/// The words up to the end of the element of this name.
pub(super) fn words_to<'a, E: From<XlsxError>>(
    next: &mut impl FnMut() -> Result<Piece<'a>, E>,
    closing: &'static str,
) -> Result<Cow<'a, str>, E> {
    let mut words = Cow::Borrowed("");
    loop {
        match next()? {
            Piece::Text(text) => {
                let more = said(text).map_err(XlsxError::from)?;
                words = if words.is_empty() { more } else { words + more };
            }
            Piece::Close(name) if name == closing => return Ok(words),
            Piece::End => return Err(XlsxError::XmlEof(closing).into()),
            _ => {}
        }
    }
}

/// Bytes of the code of a character.
const CODE: usize = 7;

/// The UTF-16 unit that Excel writes as `_x000D_`, where a text begins so.
pub(super) fn code(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let is_whole = text.as_bytes().get(CODE - 1) == Some(&b'_');
    let is_number = digits.bytes().all(|it| it.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| is_whole && is_number)
}

/// With the characters that stand there by their codes.
pub(super) fn unescaped(words: &str) -> Cow<'_, str> {
    if memmem::find(words.as_bytes(), b"_x").is_none() {
        return Cow::Borrowed(words);
    }
    let (mut out, mut rest) = (String::with_capacity(words.len()), words);
    loop {
        let mut units = Vec::new();
        while let Some(unit) = code(rest) {
            units.push(unit);
            rest = &rest[CODE..];
        }
        out.push_str(&String::from_utf16_lossy(&units));
        let Some(first) = rest.chars().next() else { return Cow::Owned(out) };
        let plain = rest[first.len_utf8()..].find('_').map(|at| at + first.len_utf8());
        let (head, tail) = rest.split_at(plain.unwrap_or(rest.len()));
        out.push_str(head);
        rest = tail;
    }
}

/// Whether an element such as `<strike/>` of this value switches its property on.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_words_of_its_runs() {
        #[track_caller]
        fn check(item: &str, expected: &str, is_struck: bool) {
            let strings = Strings::of(&format!("<sst><si><t>0</t></si><si>{item}</si></sst>"));
            assert_eq!(strings.unwrap().get(1), Some((expected, is_struck)));
        }
        check("", "", false);
        check("<t/>", "", false);
        check("<t> Hà \n</t>", "Hà", false);
        check("<t xml:space='preserve'> Hà </t>", " Hà ", false);
        check("<t>1 &lt; 2<!-- x --> &amp; 3</t>", "1 < 2 & 3", false);
        check("<r><t>Hà </t></r><r><t xml:space=\"preserve\"> Lầm</t></r>", "Hà Lầm", false);
        check("<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh>", "東京", false);
        check("<r><rPr><strike/></rPr><t>Hà</t></r><r><t> Lầm</t></r>", "HàLầm", true);
        check("<r><rPr><strike val=\"0\"/></rPr><t>Hà</t></r>", "Hà", false);
        check("<t>a_x000D_b_xD83D__xDE00__xD83D__x005F_x0041_</t>", "a\rb😀\u{fffd}_x0041_", false);
        check("<t>_x00g1__x41_ _x</t>", "_x00g1__x41_ _x", false);
    }

    #[test]
    fn what_is_no_table_of_strings_is_refused() {
        assert!(matches!(Strings::of("<si/>"), Err(XlsxError::XmlEof("sst"))));
        assert!(Strings::of("<sst><si><t>1</t></si>").is_err());
        assert!(Strings::of("<sst><si><t>1</si></sst>").is_err());
        assert!(Strings::of("<sst><si><t>a & b</t></si></sst>").is_err());
        assert!(check_count("<sst uniqueCount='4'><si/></sst>").is_ok());
        assert!(check_count("<sst uniqueCount='9'><si/></sst>").is_err());
    }
}
