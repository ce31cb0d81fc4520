//! Sheets of LibreOffice (.ods): the elements of the content, as far as they say
//! which cells there are, how they are dressed and what is pinned to them.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::beside::{Beside, Walked, dressed};
use crate::book::RawValue;
use crate::excel::archive::Archive;
use crate::excel::gate::{Fault, Gated, ceiling};
use crate::excel::package::{attribute, elements};
use crate::excel::styles::Mark;
use crate::finding::{CellRef, Code};
use crate::text;

/// What the part `mimetype` of a workbook says.
pub(super) const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
pub(super) const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

/// What the walk finds, and the parts for calamine.
pub(super) fn walk(archive: &mut Archive) -> Gated<(Walked, BTreeMap<String, Vec<u8>>)> {
    let manifest = archive.text(MANIFEST, ceiling::WORKBOOK)?;
    for element in elements(&manifest) {
        if element?.local_name().as_ref() == "encryption-data" {
            let message = "Tệp được bảo vệ bằng mật khẩu nên không đọc được.";
            return Err(Fault::new(Code::FileEncrypted, message));
        }
    }
    let content = compact(&archive.text(CONTENT, ceiling::SHEET)?);
    let mut styles = Styles::default();
    if archive.holds("styles.xml") {
        styles.read(&archive.text("styles.xml", ceiling::TABLE)?);
    }
    styles.read(&content);
    let mut walk = Walk { styles, ..Walk::default() };
    walk.walked.has_macro =
        archive.any(|name| name.starts_with("basic/") || name.starts_with("scripts/"));
    let mut result = Ok(());
    pieces(&content, |piece| {
        if result.is_ok() {
            result = walk.take(&piece);
        }
    });
    result?;
    if walk.walked.sheets.is_empty() || !walk.is_whole {
        return Err(Fault::damaged("Nội dung tệp .ods bị hỏng hoặc bị cắt cụt."));
    }
    let parts = [("mimetype", KIND.to_vec()), (MANIFEST, manifest.into_bytes())];
    let parts = parts.into_iter().chain([(CONTENT, content.into_bytes())]);
    Ok((walk.walked, parts.map(|(name, bytes)| (name.to_owned(), bytes)).collect()))
}

/// The content without the blanks that a program put before the tags of rows,
/// cells and paragraphs, to be read by people: calamine takes them for text.
fn compact(content: &str) -> String {
    const WITHIN: [&str; 4] = ["<table:", "</table:", "<text:p", "<office:annotation"];
    let mut compact = String::with_capacity(content.len());
    let mut from = 0;
    for (at, _) in content.match_indices('<') {
        let between = &content[from..at];
        let is_dress = between.rfind('>').map(|end| between[end + 1..].trim_ascii().is_empty());
        if is_dress == Some(true) && WITHIN.iter().any(|tag| content[at..].starts_with(tag)) {
            compact.push_str(between.trim_ascii_end());
        } else {
            compact.push_str(between);
        }
        from = at;
    }
    compact + &content[from..]
}

/// What styles say, by their names.
#[derive(Default)]
struct Styles {
    /// The families of the fonts.
    fonts: BTreeMap<String, String>,
    /// By family and name.
    named: BTreeMap<String, Style>,
    /// The style that is being read.
    open: String,
}

#[derive(Clone, Default)]
struct Style {
    parent: Option<String>,
    font: Option<String>,
    is_struck: Option<bool>,
    hides_table: bool,
}

impl Styles {
    fn read(&mut self, xml: &str) {
        pieces(xml, |piece| {
            if let Piece::Open(element) = piece {
                self.take(element);
            }
        });
    }

    fn take(&mut self, element: &BytesStart) {
        let word = |name| attribute(element, name);
        match element.local_name().as_ref() {
            "font-face" => {
                if let (Some(name), Some(family)) = (word("name"), word("font-family")) {
                    self.fonts.insert(name, family);
                }
            }
            "style" => {
                let family = word("family").unwrap_or_default();
                self.open = key(&family, &word("name").unwrap_or_default());
                let parent = word("parent-style-name").map(|parent| key(&family, &parent));
                let style = Style { parent, ..Style::default() };
                self.named.insert(self.open.clone(), style);
            }
            // The style of whatever names none.
            "default-style" => self.open = String::new(),
            "text-properties" => {
                let family = word("font-family");
                let font =
                    word("font-name").map(|name| self.fonts.get(&name).cloned().unwrap_or(name));
                let line = ["text-line-through-style", "text-line-through-type"].map(word);
                let line = line.into_iter().flatten().next();
                if let Some(style) = self.named.get_mut(&self.open) {
                    style.font = family.or(font);
                    style.is_struck = line.map(|line| line != "none");
                }
            }
            "table-properties" => {
                if let Some(style) = self.named.get_mut(&self.open) {
                    style.hides_table = word("display").is_some_and(|shown| shown == "false");
                }
            }
            _ => {}
        }
    }

    /// What a style and those it is made from say of a cell.
    fn mark(&self, family: &str, name: &str) -> Mark {
        /// Styles that are made from one another; more is a circle.
        const DEPTH: usize = 16;
        let (mut font, mut is_struck) = (None, None);
        let mut next = self.named.get(&key(family, name));
        for _ in 0..DEPTH {
            let Some(style) = next else { break };
            font = font.or_else(|| style.font.clone());
            is_struck = is_struck.or(style.is_struck);
            next = style.parent.as_ref().and_then(|parent| self.named.get(parent));
        }
        let font = font.unwrap_or_default();
        dressed(font.trim_matches(['\'', '"']), is_struck.unwrap_or_default())
    }
}

/// Names are of a family: a text and a cell may have a style of the same.
fn key(family: &str, name: &str) -> String {
    format!("{family} {name}")
}

/// An attribute's value by its whole name: LibreOffice adds kinds of its own
/// under another prefix.
fn exactly(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    attributes.find(|it| it.key.as_ref() == name).map(|it| it.value.into_owned())
}

/// Where the walk is.
#[derive(Default)]
struct Walk {
    walked: Walked,
    styles: Styles,
    is_whole: bool,
    /// How many tables are open: one in a cell of another is none of the sheet.
    depth: u32,
    row: u32,
    rows: u32,
    col: u32,
    /// The styles of the columns: where each run of them ends.
    columns: Vec<(u32, String)>,
    row_style: Option<String>,
    cell: Option<Cell>,
    remark: Option<String>,
    is_text: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    cols: u32,
    /// The kind of its value; none of an empty cell.
    kind: Option<String>,
    is_error: bool,
    beside: Beside,
    is_shown: bool,
    shown: String,
    remark: String,
}

impl Cell {
    /// Whether it holds something; a formula that gives no letter does not.
    fn is_filled(&self) -> bool {
        match self.kind.as_deref() {
            // A formula that gave no letter is shown as an empty line.
            None => self.beside.is_formula && !self.is_shown,
            Some("string") if self.beside.is_formula => !text::is_blank(&self.shown),
            Some(_) => true,
        }
    }

    /// What the cell shows, where its value is another: LibreOffice keeps the
    /// result of a comparison as 1 or 0, and other programs an error as 0.
    fn instead(&self) -> Option<RawValue> {
        let is_number = self.kind.as_deref().is_some_and(|kind| kind != "string");
        match self.shown.as_str() {
            shown if self.is_error => Some(RawValue::Error(shown.to_owned())),
            _ if !is_number || !self.beside.is_formula => None,
            "TRUE" | "FALSE" => Some(RawValue::Bool(self.shown == "TRUE")),
            shown if shown.starts_with('#') || shown.starts_with("Err:") => {
                Some(RawValue::Error(shown.to_owned()))
            }
            _ => None,
        }
    }
}

impl Walk {
    fn take(&mut self, piece: &Piece) -> Gated<()> {
        match piece {
            Piece::Open(element) => self.open(element),
            Piece::Close(name) => self.close(name),
            Piece::Text(words) => {
                let of_cell = self.cell.as_mut().map(|cell| &mut cell.shown);
                if let Some(text) = self.remark.as_mut().or(of_cell).filter(|_| self.is_text) {
                    text.push_str(words);
                }
                Ok(())
            }
        }
    }

    fn open(&mut self, element: &BytesStart) -> Gated<()> {
        let word = |name| attribute(element, name);
        let count = |name| {
            let told = word(name).and_then(|it| it.parse::<u32>().ok());
            told.unwrap_or(1).min(ceiling::ROWS)
        };
        match element.local_name().as_ref() {
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    let style =
                        word("style-name").and_then(|it| self.styles.named.get(&key("table", &it)));
                    let is_hidden = style.is_some_and(|style| style.hides_table);
                    self.walked.begin(word("name").unwrap_or_default(), is_hidden)?;
                    (self.row, self.columns) = (0, Vec::new());
                }
            }
            _ if self.depth != 1 => {}
            "table-column" => {
                let end = self.columns.last().map_or(0, |(end, _)| *end);
                let style = word("default-cell-style-name").unwrap_or_default();
                self.columns.push((end.saturating_add(count("number-columns-repeated")), style));
            }
            "table-row" => {
                (self.rows, self.col) = (count("number-rows-repeated"), 0);
                self.row_style = word("default-cell-style-name");
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = Some(self.begun(element, count("number-columns-repeated")));
            }
            "annotation" => self.remark = Some(String::new()),
            "p" => {
                self.is_text = true;
                if let Some(cell) = self.cell.as_mut().filter(|_| self.remark.is_none()) {
                    cell.is_shown = true;
                }
                if let Some(remark) = self.remark.as_mut().filter(|remark| !remark.is_empty()) {
                    remark.push('\n');
                }
            }
            "span" => {
                let mark = word("style-name").map(|style| self.styles.mark("text", &style));
                if let Some(cell) = self.cell.as_mut().filter(|_| self.remark.is_none()) {
                    cell.beside.mark.is_struck |= mark.is_some_and(|mark| mark.is_struck);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begun(&self, element: &BytesStart, cols: u32) -> Cell {
        let kind = exactly(element, "office:value-type");
        let is_formula = attribute(element, "formula").is_some();
        let of_column = || {
            let found = self.columns.iter().find(|(end, _)| self.col < *end);
            found.map(|(_, style)| style.clone())
        };
        let style = attribute(element, "style-name").or_else(|| self.row_style.clone());
        let mark = style.or_else(of_column).map(|style| self.styles.mark("table-cell", &style));
        let is_percent = kind.as_deref() == Some("percentage");
        let mark = Mark { is_percent, ..mark.unwrap_or_default() };
        Cell {
            cols,
            kind,
            is_error: exactly(element, "calcext:value-type").is_some_and(|kind| kind == "error"),
            beside: Beside { is_formula, mark, instead: None },
            ..Cell::default()
        }
    }

    fn close(&mut self, name: &str) -> Gated<()> {
        match name {
            "table" => self.depth = self.depth.saturating_sub(1),
            "spreadsheet" => self.is_whole = true,
            _ if self.depth != 1 => {}
            "annotation" => {
                let remark = self.remark.take().unwrap_or_default();
                if let Some(cell) = &mut self.cell {
                    cell.remark = remark;
                }
            }
            "p" => self.is_text = false,
            "table-row" => self.row = self.row.saturating_add(self.rows),
            "table-cell" | "covered-table-cell" => self.end_cell()?,
            _ => {}
        }
        Ok(())
    }

    /// Adds the cell that was read, as often as it is repeated.
    fn end_cell(&mut self) -> Gated<()> {
        let Some(mut cell) = self.cell.take() else { return Ok(()) };
        let first = CellRef::new(self.row, self.col);
        self.col = self.col.saturating_add(cell.cols);
        if !text::is_blank(&cell.remark) {
            let sheet = self.walked.sheets.last_mut().expect("a sheet was begun");
            sheet.remarks.insert(first, std::mem::take(&mut cell.remark));
        }
        if !cell.is_filled() {
            return Ok(());
        }
        cell.beside.instead = cell.instead();
        for row in first.row..first.row.saturating_add(self.rows) {
            for col in first.col..self.col {
                self.walked.add(CellRef::new(row, col), cell.beside.clone())?;
            }
        }
        Ok(())
    }
}

/// A tag or a stretch of text.
enum Piece<'a> {
    Open(&'a BytesStart<'a>),
    /// The name of what ends.
    Close(&'a str),
    Text(&'a str),
}

/// Hands over every piece of a part, as far as it can be parsed. Its names are
/// told without their prefixes, and so are those of attributes.
fn pieces(xml: &str, mut take: impl FnMut(Piece)) {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match &event {
            Event::Eof => return,
            Event::Start(element) => take(Piece::Open(element)),
            Event::Empty(element) => {
                take(Piece::Open(element));
                take(Piece::Close(element.local_name().as_ref()));
            }
            Event::End(element) => take(Piece::Close(element.local_name().as_ref())),
            Event::Text(words) => take(Piece::Text(&words.xml10_content())),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_xml_entity(name).map(str::to_owned);
                let letter = || name.resolve_char_ref().ok().flatten().map(String::from);
                take(Piece::Text(&known.or_else(letter).unwrap_or_default()));
            }
            _ => {}
        }
    }
}
