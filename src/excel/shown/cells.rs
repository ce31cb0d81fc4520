//! One sheet's cells → what each holds and how it is dressed, with the rows
//! around them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::gate::{Fault, Gated, ceiling};
use super::dress::{self, Dress};
use super::formula;
use super::node::{self, Node};
use crate::compare::{Facts, Kind, Look, ShownCell, Spot, Told};
use crate::day::Day;
use crate::finding::CellRef;
use crate::points::Quantity;

/// The text of one cell, and those of its runs that are dressed for themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    text: String,
    runs: Vec<(String, Option<Node>)>,
    has_readings: bool,
}

impl Letters {
    /// Of `si` or `is`.
    pub(super) fn of(node: &Node) -> Letters {
        let own = node.child("t").map(|it| unescaped(&it.text)).unwrap_or_default();
        let runs: Vec<(String, Option<Node>)> = node
            .all("r")
            .map(|run| {
                let text = run.child("t").map(|it| unescaped(&it.text)).unwrap_or_default();
                (text, run.child("rPr").cloned())
            })
            .collect();
        let all: String = runs.iter().map(|(text, _)| text.as_str()).collect();
        Letters { text: own + &all, runs, has_readings: node.child("rPh").is_some() }
    }

    /// How the runs are dressed where it is not as their cell is.
    fn dressed(&self, cell: &Look, dress: &Dress) -> String {
        let mut told = Vec::new();
        let of_font = |look: &Look| -> Look {
            let mut look = look.clone();
            look.retain(|aspect, _| aspect.contains("chữ") && !aspect.starts_with(['t', 'x']));
            look
        };
        let own = of_font(cell);
        for (text, font) in &self.runs {
            let Some(font) = font else { continue };
            let mut look = Look::new();
            dress::letters(font, &dress.colours, &mut look);
            if look != own && !text.is_empty() {
                let look: Vec<String> =
                    look.iter().map(|(aspect, told)| format!("{aspect} {told}")).collect();
                told.push(format!("«{text}» {}", look.join(", ")));
            }
        }
        if self.has_readings {
            told.push("phiên âm".to_owned());
        }
        told.join("; ")
    }
}

/// `_x000D_` and its like, and the ends of lines.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let letter = code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        out += &rest[..at];
        if let Some(letter) = letter {
            out.push(letter);
            rest = &rest[at + 7..];
        } else {
            out += "_x";
            rest = &rest[at + 2..];
        }
    }
    (out + rest).replace("\r\n", "\n").replace('\r', "\n")
}

/// What the sheet has beside its cells that is needed to read them.
pub(super) struct Cells<'a> {
    pub(super) part: &'a str,
    pub(super) strings: &'a [Letters],
    pub(super) dress: &'a Dress,
    pub(super) is_1904: bool,
    /// Of rows without a height of their own.
    pub(super) height: f64,
    pub(super) are_rows_hidden: bool,
    pub(super) left: &'a mut usize,
}

/// What was read.
#[derive(Default)]
pub(super) struct Found {
    pub(super) cells: BTreeMap<CellRef, ShownCell>,
    pub(super) facts: Facts,
    /// The heights of the rows that are there.
    pub(super) rows: BTreeMap<u32, f64>,
    shared: BTreeMap<String, (CellRef, String)>,
}

impl Cells<'_> {
    /// Everything to the end of `sheetData`, of which the tag was just read.
    pub(super) fn read(&mut self, reader: &mut Reader<&[u8]>) -> Gated<Found> {
        let mut found = Found::default();
        let (mut row, mut col) = (0, 0);
        loop {
            match node::next(self.part, reader)? {
                Event::Start(start) | Event::Empty(start)
                    if start.local_name().as_ref() == "row" =>
                {
                    (row, col) = (self.row(&start, row, &mut found), 0);
                }
                Event::Start(start) => {
                    let cell = Node::rest(self.part, reader, &start, 0)?;
                    self.cell(&cell, row, &mut col, &mut found)?;
                }
                Event::Empty(start) => {
                    self.cell(&Node::bare(&start), row, &mut col, &mut found)?;
                }
                Event::End(end) if end.local_name().as_ref() == "sheetData" => break,
                Event::Eof => {
                    return Err(Fault::damaged(format!("Phần «{}» bị cắt.", self.part)));
                }
                _ => {}
            }
        }
        for (row, height) in &found.rows {
            let told = if *height < 1.0 {
                Told::Text("ẩn".to_owned())
            } else if (hundredths(*height) - hundredths(self.height)).abs() <= HEIGHT_SLACK {
                continue;
            } else {
                Told::Length(hundredths(*height), HEIGHT_SLACK)
            };
            found.facts.insert((Spot::Row(*row), Cow::Borrowed("độ cao")), told);
        }
        Ok(found)
    }

    /// The number of a row, from 1.
    fn row(&self, start: &BytesStart, before: u32, found: &mut Found) -> u32 {
        let node = Node::bare(start);
        let number = node.get("r").and_then(|it| it.parse().ok()).unwrap_or(before + 1);
        let at = number.saturating_sub(1);
        let height = node.number("ht").unwrap_or(self.height);
        let is_hidden =
            node.is("hidden").unwrap_or(self.are_rows_hidden && node.get("ht").is_none());
        found.rows.insert(at, if is_hidden { 0.0 } else { height });
        let level = node.get("outlineLevel").filter(|it| *it != "0");
        if let Some(level) = level {
            let key = (Spot::Row(at), Cow::Borrowed("nhóm hàng"));
            found.facts.insert(key, Told::Text(level.to_owned()));
        }
        if node.is("customFormat") == Some(true) {
            let look = node.get("s").and_then(|it| it.parse().ok()).map(|at| self.look(at));
            let key = (Spot::Row(at), Cow::Borrowed("định dạng cả hàng"));
            if let Some(told) = look.map(|it| of_blanks(&it)).filter(|it| !it.is_empty()) {
                found.facts.insert(key, Told::Text(told));
            }
        }
        number
    }

    fn look(&self, at: usize) -> Rc<Look> {
        self.dress.looks.get(at).cloned().unwrap_or_default()
    }

    fn cell(&mut self, node: &Node, row: u32, col: &mut u32, found: &mut Found) -> Gated<()> {
        let odd = |what: &str| Fault::suspicious(format!("Phần «{}»: {what}.", self.part));
        if node.name != "c" {
            return Err(odd("có phần tử lạ giữa các ô"));
        }
        let at = match node.get("r") {
            Some(name) => address(name).ok_or_else(|| odd("có ô mang địa chỉ lạ"))?,
            None => CellRef::new(row.saturating_sub(1), *col),
        };
        if ceiling::ROWS <= at.row || ceiling::COLUMNS <= at.col || at.row + 1 != row.max(1) {
            return Err(odd("có ô ngoài hàng của nó"));
        }
        *col = at.col + 1;
        *self.left = self
            .left
            .checked_sub(1)
            .ok_or_else(|| Fault::too_large(format!("Tệp có hơn {} ô.", ceiling::CELLS)))?;
        let style = node.get("s").and_then(|it| it.parse().ok()).unwrap_or(0);
        let mut look = self.look(style);
        let formula = node.child("f").map(|it| Self::formula(it, at, found));
        let (kind, value) = self.value(node, style, formula.is_some(), &mut look);
        let cell = ShownCell { kind, value, formula, look };
        if found.cells.insert(at, cell).is_some() {
            return Err(odd("có ô được ghi hai lần"));
        }
        Ok(())
    }

    fn formula(node: &Node, at: CellRef, found: &mut Found) -> String {
        let own = formula::spelled(&node.text);
        let range = node.get("ref").unwrap_or_default();
        match (node.get("t").unwrap_or("normal"), node.get("si")) {
            ("shared", Some(number)) if own.is_empty() => match found.shared.get(number) {
                Some((from, formula)) => formula::moved(formula, *from, at),
                None => format!("công thức chung {number}"),
            },
            ("shared", Some(number)) => {
                found.shared.insert(number.to_owned(), (at, own.clone()));
                own
            }
            ("array", _) => format!("{{{own}}} {range}"),
            ("normal", _) => own,
            (other, _) => format!("{other} {own} {}", node.spelled()),
        }
    }

    fn value(
        &self,
        node: &Node,
        style: usize,
        is_formula: bool,
        look: &mut Rc<Look>,
    ) -> (Kind, String) {
        let value = node.child("v").map(|it| it.text.as_str());
        let text = |text: String| {
            let is_blank = text.is_empty() && !is_formula;
            (if is_blank { Kind::Blank } else { Kind::Text }, text)
        };
        let absent = if is_formula { Kind::Uncalculated } else { Kind::Blank };
        match (node.get("t").unwrap_or("n"), value) {
            ("s", Some(index)) => {
                let letters = index.trim().parse().ok().and_then(|it: usize| self.strings.get(it));
                let Some(letters) = letters else {
                    return (Kind::Error, format!("chuỗi số {index} không có"));
                };
                self.dressed(letters, look);
                text(letters.text.clone())
            }
            ("inlineStr", _) => {
                let letters = node.child("is").map(Letters::of).unwrap_or_default();
                self.dressed(&letters, look);
                text(letters.text)
            }
            ("str", Some(value)) => text(unescaped(value)),
            ("str", None) if is_formula => (Kind::Text, String::new()),
            ("b", Some(value)) => {
                let word = if node::is_true(value.trim()) { "TRUE" } else { "FALSE" };
                (Kind::Bool, word.to_owned())
            }
            ("e", Some(value)) => (Kind::Error, value.to_owned()),
            ("d", Some(value)) => {
                let day = value.get(..10).and_then(Day::parse).map(|it| it.to_string());
                (Kind::Number, day.unwrap_or_else(|| value.to_owned()))
            }
            (_, Some(value)) if !value.trim().is_empty() => self.number(value.trim(), style),
            _ => (absent, String::new()),
        }
    }

    fn dressed(&self, letters: &Letters, look: &mut Rc<Look>) {
        let told = letters.dressed(look, self.dress);
        if !told.is_empty() {
            Rc::make_mut(look).insert("định dạng từng chữ", told);
        }
    }

    fn number(&self, value: &str, style: usize) -> (Kind, String) {
        /// Days from Excel's day 0 to the day 0 of the 1904 system.
        const MACINTOSH: f64 = 1462.0;
        let Ok(number) = value.parse::<f64>() else {
            return (Kind::Error, value.to_owned());
        };
        let is_day = self.dress.days.get(style) == Some(&true);
        let number = if is_day && self.is_1904 { number + MACINTOSH } else { number };
        let quantity = Quantity::from_cell(number);
        let day =
            quantity.filter(|_| is_day).and_then(Quantity::to_whole).and_then(Day::from_serial);
        let told = match (day, quantity) {
            (Some(day), _) => day.to_string(),
            (None, Some(quantity)) => quantity.to_string(),
            (None, None) => number.to_string(),
        };
        (Kind::Number, told)
    }
}

/// By how much programs round heights, in hundredths of a point.
pub(super) const HEIGHT_SLACK: i64 = 80;

pub(super) fn hundredths(length: f64) -> i64 {
    Quantity::from_cell(length * 100.0)
        .and_then(|it| it.to_string().split(',').next()?.parse().ok())
        .unwrap_or(i64::MAX / 2)
}

/// What is seen of a format where nothing is written.
pub(super) fn of_blanks(look: &Look) -> String {
    let seen =
        look.iter().filter(|(aspect, _)| *aspect == &"màu nền" || aspect.starts_with("viền"));
    seen.map(|(aspect, told)| format!("{aspect} {told}")).collect::<Vec<_>>().join(", ")
}

/// `D7` as a place.
pub(super) fn address(name: &str) -> Option<CellRef> {
    let name = name.replace('$', "");
    let digits = name.find(|it: char| it.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    if letters.is_empty()
        || 3 < letters.len()
        || !letters.bytes().all(|it| it.is_ascii_alphabetic())
    {
        return None;
    }
    let digit = |it: u8| u32::from(it.to_ascii_uppercase() - b'A') + 1;
    let col = letters.bytes().fold(0, |number, it| number * 26 + digit(it));
    let row: u32 = row.parse().ok().filter(|it| 0 < *it)?;
    Some(CellRef::new(row - 1, col - 1))
}

/// `A1:D7` as its corners.
pub(super) fn range(name: &str) -> Option<(CellRef, CellRef)> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    Some((address(first)?, address(last)?))
}
