//! A record → JSON text that a person can page through.
//!
//! Indented as far as the units; below them, each item stands on one line, so
//! that ten thousand units of sixty items stay half as long.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

/// How deep inside the record the first one-line value begins: record, blocs,
/// bloc, standings, unit, items, item.
const ONE_LINE: usize = 7;

/// Writes the members of an object and leaves it open.
pub(super) fn begin(value: &impl Serialize, out: impl Write) -> io::Result<()> {
    write(value, Part::Beginning, out)
}

/// Writes the last members of an object that was begun, and closes it.
pub(super) fn end(value: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    write(value, Part::End, &mut out)?;
    out.write_all(b"\n")
}

fn write(value: &impl Serialize, part: Part, out: impl Write) -> io::Result<()> {
    let shape = Shape { pretty: PrettyFormatter::new(), depth: 0, part };
    Ok(value.serialize(&mut Serializer::with_formatter(out, shape))?)
}

/// The part of the outermost object that is written.
#[derive(PartialEq)]
enum Part {
    Beginning,
    End,
}

/// Indents like serde_json's own formatter, down to [`ONE_LINE`].
struct Shape {
    pretty: PrettyFormatter<'static>,
    depth: usize,
    part: Part,
}

impl Shape {
    fn is_flat(&self) -> bool {
        ONE_LINE <= self.depth
    }

    fn comma<W: ?Sized + Write>(out: &mut W, is_first: bool) -> io::Result<()> {
        if is_first { Ok(()) } else { out.write_all(b", ") }
    }
}

impl Formatter for Shape {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.is_flat() { out.write_all(b"[") } else { self.pretty.begin_array(out) }
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let is_flat = self.is_flat();
        self.depth -= 1;
        if is_flat { out.write_all(b"]") } else { self.pretty.end_array(out) }
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if self.is_flat() {
            Self::comma(out, first)
        } else {
            self.pretty.begin_array_value(out, first)
        }
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.is_flat() { Ok(()) } else { self.pretty.end_array_value(out) }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        match (self.depth, &self.part) {
            (1, Part::End) => self.pretty.begin_object(&mut io::sink()),
            (ONE_LINE.., _) => out.write_all(b"{"),
            _ => self.pretty.begin_object(out),
        }
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let depth = self.depth;
        self.depth -= 1;
        match (depth, &self.part) {
            (1, Part::Beginning) => Ok(()),
            (ONE_LINE.., _) => out.write_all(b"}"),
            _ => self.pretty.end_object(out),
        }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        let is_first = first && (self.depth, &self.part) != (1, &Part::End);
        if self.is_flat() {
            Self::comma(out, is_first)
        } else {
            self.pretty.begin_object_key(out, is_first)
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.is_flat() { Ok(()) } else { self.pretty.end_object_value(out) }
    }
}
