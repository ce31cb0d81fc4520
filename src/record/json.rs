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

pub(super) fn write(value: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    let shape = Shape { pretty: PrettyFormatter::new(), depth: 0 };
    value.serialize(&mut Serializer::with_formatter(&mut out, shape))?;
    out.write_all(b"\n")
}

/// Indents like serde_json's own formatter, down to [`ONE_LINE`].
struct Shape {
    pretty: PrettyFormatter<'static>,
    depth: usize,
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
        if self.is_flat() { out.write_all(b"{") } else { self.pretty.begin_object(out) }
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let is_flat = self.is_flat();
        self.depth -= 1;
        if is_flat { out.write_all(b"}") } else { self.pretty.end_object(out) }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if self.is_flat() {
            Self::comma(out, first)
        } else {
            self.pretty.begin_object_key(out, first)
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.is_flat() { Ok(()) } else { self.pretty.end_object_value(out) }
    }
}
