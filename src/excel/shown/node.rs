//! A part's XML → nodes without namespaces, comments and white space between
//! elements.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::super::gate::{Fault, Gated};

/// How deep elements may lie in each other.
const DEPTH: usize = 64;

/// An element with everything in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// Without its prefix.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    pub(super) text: String,
}

impl Node {
    /// The outermost element of a part.
    pub(super) fn parse(part: &str, xml: &str) -> Gated<Node> {
        let mut reader = Reader::from_str(xml);
        loop {
            match next(part, &mut reader)? {
                Event::Start(start) => return Node::rest(part, &mut reader, &start, 0),
                Event::Empty(start) => return Ok(Node::bare(&start)),
                Event::Eof => return Err(Fault::damaged(format!("Phần «{part}» trống."))),
                _ => {}
            }
        }
    }

    /// An element of which only the tag was read.
    pub(super) fn bare(start: &BytesStart) -> Node {
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().filter_map(|it| {
            let value = it.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            let is_space = it.key.as_ref().starts_with("xmlns");
            (!is_space).then(|| (it.key.local_name().as_ref().to_owned(), value))
        });
        let name = start.local_name().as_ref().to_owned();
        Node { name, attributes: attributes.collect(), ..Node::default() }
    }

    /// The element whose opening tag was just read, to its end.
    pub(super) fn rest(
        part: &str,
        reader: &mut Reader<&[u8]>,
        start: &BytesStart,
        depth: usize,
    ) -> Gated<Node> {
        if DEPTH < depth {
            return Err(Fault::suspicious(format!("Phần «{part}» lồng quá sâu.")));
        }
        let mut node = Node::bare(start);
        loop {
            match next(part, reader)? {
                Event::Start(start) => {
                    node.children.push(Node::rest(part, reader, &start, depth + 1)?);
                }
                Event::Empty(start) => node.children.push(Node::bare(&start)),
                Event::Text(text) => node.text.push_str(&text.xml10_content()),
                Event::CData(text) => node.text.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => node.text.push_str(&letter(part, &name)?),
                Event::End(_) => {
                    if !node.children.is_empty() && node.text.trim().is_empty() {
                        node.text.clear();
                    }
                    return Ok(node);
                }
                Event::Eof => {
                    return Err(Fault::damaged(format!("Phần «{part}» bị cắt giữa chừng.")));
                }
                _ => {}
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// An attribute that says yes or no.
    pub(super) fn is(&self, name: &str) -> Option<bool> {
        self.get(name).map(is_true)
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.get(name).and_then(|it| it.trim().parse().ok()).filter(|it: &f64| it.is_finite())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|it| it.name == name)
    }

    /// The element at the end of a way of names.
    pub(super) fn at(&self, way: &[&str]) -> Option<&Node> {
        way.iter().try_fold(self, |node, name| node.child(name))
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |it| it.name == name)
    }

    /// Every element of this name, however deep.
    pub(super) fn deep<'a>(&'a self, name: &str, found: &mut Vec<&'a Node>) {
        if self.name == name {
            found.push(self);
        }
        for child in &self.children {
            child.deep(name, found);
        }
    }

    /// The `val` of a child.
    pub(super) fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.get("val")
    }

    /// The text of all elements `t` below, in order.
    pub(super) fn letters(&self) -> String {
        let mut found = Vec::new();
        self.deep("t", &mut found);
        found.iter().map(|it| it.text.as_str()).collect()
    }

    /// All of it in one spelling.
    pub(super) fn spelled(&self) -> String {
        let mut attributes: Vec<String> = self
            .attributes
            .iter()
            .map(|(name, value)| format!(" {name}={}", plain(value)))
            .collect();
        attributes.sort();
        let inner: String = self.children.iter().map(Node::spelled).collect();
        format!("<{}{}>{}{inner}", self.name, attributes.concat(), self.text)
    }
}

/// Yes and no are spelled in two ways.
pub(super) fn plain(value: &str) -> &str {
    match value {
        "true" => "1",
        "false" => "0",
        other => other,
    }
}

pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on" | "t")
}

pub(super) fn next<'a>(part: &str, reader: &mut Reader<&'a [u8]>) -> Gated<Event<'a>> {
    reader.read_event().map_err(|error| {
        Fault::damaged(format!("Phần «{part}» bị hỏng (chi tiết kỹ thuật: {error})."))
    })
}

fn letter(part: &str, name: &quick_xml::events::BytesRef) -> Gated<String> {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return Ok(letter.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(name);
    known
        .map(str::to_owned)
        .ok_or_else(|| Fault::damaged(format!("Phần «{part}» có ký hiệu lạ «&{};».", &**name)))
}
