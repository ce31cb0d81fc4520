//! A part's XML → its tags and texts, one after the other.
//!
//! Names are told without their prefix. Every closing tag ends what was opened
//! last: what is not well-formed is read by nobody in the same way twice.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::unescape;
use quick_xml::events::attributes::AttrError;

/// How many elements may be open at once; no part of a workbook has a dozen.
const DEEPEST: usize = 1000;

/// The pieces of a part that are still to come.
pub(super) struct Markup<'a> {
    rest: &'a str,
    /// The names of the elements that are open, with their prefixes.
    open: Vec<&'a str>,
    /// The name of the empty element that was told last.
    empty: Option<&'a str>,
}

pub(super) enum Piece<'a> {
    Open(Tag<'a>),
    /// The name of what ends; an empty element ends at once.
    Close(&'a str),
    /// As it stands, up to the next tag: [`said`] tells what it says.
    Text(&'a str),
    /// A comment or an instruction.
    Mark,
    End,
}

#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// As they stand, with the blank before them.
    attributes: &'a str,
    pub(super) is_empty: bool,
}

impl<'a> Markup<'a> {
    pub(super) fn of(xml: &'a str) -> Markup<'a> {
        Markup { rest: xml.trim_start_matches('\u{feff}'), open: Vec::new(), empty: None }
    }

    /// What was not told yet.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// What `take` takes of what was not told yet, if it takes anything.
    pub(super) fn take<T>(&mut self, take: fn(&'a str) -> Option<(T, &'a str)>) -> Option<T> {
        if self.empty.is_some() {
            return None;
        }
        let (taken, rest) = take(self.rest)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn next(&mut self) -> Result<Piece<'a>, Error> {
        if let Some(name) = self.empty.take() {
            return Ok(Piece::Close(name));
        }
        let bytes = self.rest.as_bytes();
        match bytes {
            [] => match self.open.last() {
                Some(name) => Err(IllFormedError::MissingEndTag((*name).to_owned()).into()),
                None => Ok(Piece::End),
            },
            [b'<', b'/', ..] => {
                let end = memchr::memchr(b'>', bytes).ok_or(SyntaxError::UnclosedTag)?;
                let found = self.rest[2..end].trim_ascii_end();
                match self.open.pop() {
                    Some(expected) if expected == found => {}
                    Some(expected) => {
                        let (expected, found) = (expected.to_owned(), found.to_owned());
                        return Err(IllFormedError::MismatchedEndTag { expected, found }.into());
                    }
                    None => return Err(IllFormedError::UnmatchedEndTag(found.to_owned()).into()),
                }
                self.rest = &self.rest[end + 1..];
                Ok(Piece::Close(local(found)))
            }
            [b'<', b'!' | b'?', ..] => {
                let mut reader = Reader::from_str(self.rest);
                reader.read_event()?;
                let length = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                self.rest = self.rest.get(length..).unwrap_or_default();
                Ok(Piece::Mark)
            }
            [b'<', ..] => {
                let end = end_of_tag(bytes).ok_or(SyntaxError::UnclosedTag)?;
                let (name, tag) = Tag::of(&self.rest[1..end]);
                self.rest = &self.rest[end + 1..];
                if tag.is_empty {
                    self.empty = Some(tag.name);
                } else if self.open.len() < DEEPEST {
                    self.open.push(name);
                } else {
                    return Err(IllFormedError::MissingEndTag(name.to_owned()).into());
                }
                Ok(Piece::Open(tag))
            }
            _ => {
                let end = memchr::memchr(b'<', bytes).unwrap_or(bytes.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                Ok(Piece::Text(text))
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// The tag of these words between `<` and `>`, and its whole name.
    fn of(whole: &'a str) -> (&'a str, Tag<'a>) {
        let words = whole.strip_suffix('/');
        let (is_empty, words) = (words.is_some(), words.unwrap_or(whole));
        let end = words.bytes().position(|byte| byte.is_ascii_whitespace());
        let (name, attributes) = words.split_at(end.unwrap_or(words.len()));
        (name, Tag { name: local(name), attributes, is_empty })
    }

    /// The values of the attributes of these names, as they stand; nothing is
    /// looked at beyond the last of them.
    pub(super) fn values<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<[Option<&'a str>; N], AttrError> {
        let mut values = [None; N];
        let (whole, bytes) = (self.attributes, self.attributes.as_bytes());
        let after_blanks = |at: usize| {
            let blanks = bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace());
            at + blanks.count()
        };
        let mut at = after_blanks(0);
        while at < bytes.len() && values.contains(&None) {
            let length = bytes[at..].iter().position(|byte| *byte == b'=');
            let equals = at + length.ok_or(AttrError::ExpectedEq(at))?;
            let open = after_blanks(equals + 1);
            let Some(quote @ (b'"' | b'\'')) = bytes.get(open) else {
                return Err(AttrError::UnquotedValue(open));
            };
            let length = bytes[open + 1..].iter().position(|byte| byte == quote);
            let close = length.map_or(bytes.len(), |length| open + 1 + length);
            let name = whole[at..equals].trim_ascii_end();
            if let Some(index) = names.iter().position(|it| *it == name) {
                values[index] = Some(&whole[open + 1..close]);
            }
            at = after_blanks((close + 1).min(bytes.len()));
        }
        Ok(values)
    }

    /// The value of one attribute, if the tag can be read so far.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.values([name]).ok()?[0]
    }
}

/// Where the tag ends at the start of `bytes`: a `>` in quotes is no end, and no
/// tag begins within another.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    let end = bytes.iter().skip(1).position(|&byte| {
        match quote {
            _ if byte == b'<' => return true,
            None if byte == b'>' => return true,
            None => quote = Some(byte).filter(|it| matches!(it, b'"' | b'\'')),
            Some(open) if open == byte => quote = None,
            Some(_) => {}
        }
        false
    });
    end.map(|end| end + 1).filter(|end| bytes[*end] == b'>')
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.map_or(name, |colon| &name[colon + 1..])
}

/// What a text says, its references resolved and its lines ended as everywhere.
pub(super) fn said(text: &str) -> Result<Cow<'_, str>, Error> {
    if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(text));
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok(Cow::Owned(unescape(&lines)?.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(xml: &str) -> Result<String, Error> {
        let mut markup = Markup::of(xml);
        let mut told = String::new();
        loop {
            let piece = match markup.next()? {
                Piece::Open(tag) => format!("+{}{} ", tag.name, tag.attributes),
                Piece::Close(name) => format!("-{name} "),
                Piece::Text(text) => format!("'{}' ", said(text)?),
                Piece::Mark => "! ".to_owned(),
                Piece::End => return Ok(told),
            };
            told.push_str(&piece);
        }
    }

    #[test]
    fn every_spelling_of_a_tag_is_told_alike() {
        #[track_caller]
        fn check(xml: &str, expected: &str) {
            assert_eq!(told(xml).unwrap(), expected);
        }
        check("\u{feff}<?xml version='1.0'?><a/>", "! +a -a ");
        check("<x:c r=\"A1\"><v >1</v\n></x:c>", "+c r=\"A1\" +v  '1' -v -c ");
        check("<a b='>' c=\"'/>\"/>t", "+a b='>' c=\"'/>\" -a 't' ");
        check("<a>1 &lt; 2&#10;<!-- x -->\r\n</a>", "+a '1 < 2\n' ! '\n' -a ");
        for xml in ["<a><b", "<a></b", "<!-- x", "<a", "<a></b></a>", "</a>", "<a b='<'/>"] {
            assert!(told(xml).is_err(), "{xml}");
        }
        assert!(told(&"<a>".repeat(DEEPEST + 1)).is_err());
        assert!(told("a & b").is_err() && told("&unknown;").is_err());
    }

    #[test]
    fn attributes_are_found_by_their_whole_names() {
        let tag = Tag::of("c r = 'A1' x:s=\"9\" s=\"2\"t='s' ").1;
        assert_eq!(tag.values(["r", "s", "t"]), Ok([Some("A1"), Some("2"), Some("s")]));
        assert_eq!((tag.value("r"), tag.value("none")), (Some("A1"), None));
        assert_eq!(Tag::of("c r=A1").1.values(["r"]), Err(AttrError::UnquotedValue(3)));
        assert_eq!(Tag::of("c r").1.values(["r"]), Err(AttrError::ExpectedEq(1)));
        assert_eq!(Tag::of("c r='A1' x").1.values(["r"]), Ok([Some("A1")]));
    }
}
