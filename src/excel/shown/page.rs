//! One sheet's part → everything around its cells that is seen or printed:
//! widths, merged cells, conditions, paper, headers, names of what it refers to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::gate::{Fault, Gated, ceiling};
use super::cells::{self, Cells, HEIGHT_SLACK, Letters, hundredths};
use super::dress::Dress;
use super::formula;
use super::node::{self, Node, plain};
use crate::compare::{Facts, Look, ShownPage, Spot, Told};
use crate::finding::CellRef;

/// The width and height of what has none given, as programs assume them.
const WIDTH: f64 = 8.5;
const HEIGHT: f64 = 15.0;

/// A character's width in points.
const WIDTH_POINTS: f64 = 6.0;

/// Columns whose widths are looked at: more than any sheet of ours has.
const COLUMNS: u32 = 1000;

/// By how much programs round widths, in hundredths of a character.
const WIDTH_SLACK: i64 = 20;

/// The most pairs of cells and merged ranges that are looked at.
const MERGE_STEPS: usize = 20_000_000;

/// What all sheets of a workbook share.
pub(super) struct Shared<'a> {
    pub(super) strings: &'a [Letters],
    pub(super) dress: &'a Dress,
    pub(super) is_1904: bool,
    /// Cells that may still come.
    pub(super) left: usize,
}

/// A sheet, and the relations of it that something is drawn by.
pub(super) struct Read {
    pub(super) page: ShownPage,
    /// The relations' ids, by the element that names them.
    pub(super) links: Vec<(String, String)>,
    /// The cells that a link leads on from, by relation.
    pub(super) targets: Vec<(CellRef, String)>,
    pub(super) grid: Grid,
}

/// How large rows and columns are, in points; the first number is that of all
/// others.
#[derive(Default)]
pub(super) struct Grid {
    pub(super) rows: (f64, BTreeMap<u32, f64>),
    pub(super) columns: (f64, BTreeMap<u32, f64>),
}

pub(super) fn read(name: &str, part: &str, xml: &str, shared: &mut Shared) -> Gated<Read> {
    let page = ShownPage { name: name.to_owned(), ..ShownPage::default() };
    let (links, targets) = (Vec::new(), Vec::new());
    let read = Read { page, links, targets, grid: Grid::default() };
    let mut sheet = Sheet {
        part,
        shared,
        read,
        height: HEIGHT,
        width: WIDTH,
        are_rows_hidden: false,
        columns: Vec::new(),
        merges: Vec::new(),
        has_header: false,
        margins: None,
    };
    let mut reader = Reader::from_str(xml);
    let mut is_inside = false;
    loop {
        match node::next(part, &mut reader)? {
            Event::Start(start) if !is_inside => {
                is_inside = start.local_name().as_ref() == "worksheet";
                if !is_inside {
                    return Err(Fault::damaged(format!("Phần «{part}» không phải trang tính.")));
                }
            }
            Event::Start(start) if is_cells(&start) => sheet.cells(&mut reader)?,
            Event::Empty(start) if is_cells(&start) => {}
            Event::Start(start) => {
                let node = Node::rest(part, &mut reader, &start, 0)?;
                sheet.element(&node);
            }
            Event::Empty(start) => sheet.element(&Node::bare(&start)),
            Event::Eof => break,
            _ => {}
        }
    }
    sheet.finish()
}

fn is_cells(start: &BytesStart) -> bool {
    start.local_name().as_ref() == "sheetData"
}

pub(super) struct Sheet<'a, 'b> {
    part: &'a str,
    shared: &'a mut Shared<'b>,
    pub(super) read: Read,
    height: f64,
    width: f64,
    are_rows_hidden: bool,
    columns: Vec<Node>,
    merges: Vec<(CellRef, CellRef)>,
    pub(super) has_header: bool,
    pub(super) margins: Option<Node>,
}

impl Sheet<'_, '_> {
    pub(super) fn tell(
        &mut self,
        spot: Spot,
        what: impl Into<Cow<'static, str>>,
        told: impl Into<String>,
    ) {
        let told = told.into();
        if !told.is_empty() {
            add(&mut self.read.page.facts, spot, what, told);
        }
    }

    fn cells(&mut self, reader: &mut Reader<&[u8]>) -> Gated<()> {
        let found = Cells {
            part: self.part,
            strings: self.shared.strings,
            dress: self.shared.dress,
            is_1904: self.shared.is_1904,
            height: self.height,
            are_rows_hidden: self.are_rows_hidden,
            left: &mut self.shared.left,
        }
        .read(reader)?;
        self.read.page.facts.extend(found.facts);
        self.read.page.cells = found.cells;
        self.read.grid.rows = (self.height, found.rows);
        Ok(())
    }

    /// Everything that no reader knows is told as it stands, so that it can be
    /// no silent change.
    fn element(&mut self, node: &Node) {
        match node.name.as_str() {
            "sheetPr" => {
                let colour =
                    node.child("tabColor").and_then(|it| self.shared.dress.colours.of_node(it));
                self.tell(Spot::Whole, "màu thẻ trang", colour.unwrap_or_default());
                let fit = node.at(&["pageSetUpPr"]).and_then(|it| it.is("fitToPage"));
                self.tell(Spot::Whole, "in vừa trang giấy", yes(fit, false));
            }
            "sheetViews" => self.views(node),
            "sheetFormatPr" => {
                self.height = node.number("defaultRowHeight").unwrap_or(HEIGHT);
                self.width = node.number("defaultColWidth").unwrap_or(WIDTH);
                self.are_rows_hidden = node.is("zeroHeight") == Some(true);
                let told = if self.are_rows_hidden { "ẩn" } else { "" };
                self.tell(Spot::Whole, "các hàng không nêu", told);
            }
            "cols" => self.columns.clone_from(&node.children),
            "mergeCells" => {
                for range in node.children.iter().filter_map(|it| it.get("ref")) {
                    match cells::range(range) {
                        Some((first, last)) => {
                            self.merges.push((first, last));
                            self.tell(Spot::Cell(first), "ô gộp", range);
                        }
                        None => self.tell(Spot::Whole, format!("ô gộp {range}"), "có"),
                    }
                }
            }
            "autoFilter" => self.filter(node),
            "conditionalFormatting" => self.conditions(node),
            "hyperlinks" => self.links(node),
            "dataValidations" => self.validations(node),
            "printOptions" => self.options(node),
            "pageMargins" => self.margins = Some(node.clone()),
            "pageSetup" => self.paper(node),
            "headerFooter" => self.header(node),
            "rowBreaks" | "colBreaks" => {
                let is_row = node.name == "rowBreaks";
                for at in node.all("brk").filter_map(|it| it.number("id")) {
                    let what =
                        format!("ngắt trang sau {} {at}", if is_row { "hàng" } else { "cột" });
                    self.tell(Spot::Whole, what, "có");
                }
            }
            "drawing" | "legacyDrawing" | "legacyDrawingHF" | "picture" => {
                let id = node.get("id").unwrap_or_default().to_owned();
                self.read.links.push((node.name.clone(), id));
            }
            "extLst" => self.extensions(node),
            "sheetProtection" => self.screen("khóa trang", yes(node.is("sheet"), false)),
            // Sizes, marks of errors and spelling: nothing that is read.
            "dimension" | "ignoredErrors" | "phoneticPr" | "sheetCalcPr" => {}
            other => {
                let told = node.spelled();
                self.tell(Spot::Whole, format!("phần «{other}»"), told);
            }
        }
    }

    fn screen(&mut self, what: &'static str, told: impl Into<String>) {
        let told = told.into();
        if !told.is_empty() {
            add(&mut self.read.page.screen, Spot::Whole, what, told);
        }
    }

    fn views(&mut self, node: &Node) {
        for view in node.all("sheetView") {
            for (name, what, usual) in [
                ("showFormulas", "hiện công thức thay kết quả", false),
                ("showZeros", "hiện số 0", true),
                ("rightToLeft", "từ phải sang trái", false),
                ("showRowColHeaders", "hiện tên hàng, cột", true),
            ] {
                self.tell(Spot::Whole, what, yes(view.is(name), usual));
            }
            let kind = view.get("view").filter(|it| *it != "normal").unwrap_or_default();
            self.tell(Spot::Whole, "kiểu xem trang", kind);
            let zoom = view.get("zoomScale").filter(|it| *it != "100").unwrap_or_default();
            self.tell(Spot::Whole, "mức phóng", zoom);
            self.screen("đường lưới", yes(view.is("showGridLines"), true));
            let Some(pane) = view.child("pane") else { continue };
            let at = |name: &str| pane.get(name).unwrap_or("0");
            let state = pane.get("state").unwrap_or("split");
            self.screen("khung cố định", format!("{state} {} {}", at("xSplit"), at("ySplit")));
            // What lies above a frozen frame that does not begin at the top is
            // never seen.
            let top = view.get("topLeftCell").filter(|it| *it != "A1").unwrap_or_default();
            self.tell(Spot::Whole, "khung cố định che phần trước ô", top);
        }
    }

    fn filter(&mut self, node: &Node) {
        self.tell(Spot::Whole, "bộ lọc", node.get("ref").unwrap_or_default());
        let columns: Vec<String> = node
            .children
            .iter()
            .filter(|it| it.name != "filterColumn" || !it.children.is_empty())
            .map(Node::spelled)
            .collect();
        self.tell(Spot::Whole, "điều kiện lọc", columns.join(" "));
    }

    fn conditions(&mut self, node: &Node) {
        let range = sorted(node.get("sqref").unwrap_or_default());
        let at = range.split([':', ' ']).next().and_then(cells::address);
        for rule in &node.children {
            let mut told = Vec::new();
            for (name, value) in &rule.attributes {
                let is_usual = matches!(plain(value), "0" | "")
                    || (name == "aboveAverage" && plain(value) == "1");
                if !matches!(name.as_str(), "priority" | "dxfId" | "id") && !is_usual {
                    told.push(format!("{name}={}", plain(value)));
                }
            }
            told.sort();
            for child in rule.children.iter().filter(|it| it.name != "extLst") {
                if child.name == "formula" {
                    told.push(formula::spelled(&child.text));
                } else {
                    told.push(self.scale(child));
                }
            }
            let look = rule.get("dxfId").and_then(|it| it.parse().ok());
            let look = look.and_then(|it: usize| self.shared.dress.conditional.get(it).cloned());
            told.extend(look.map(|it| format!("→ {it}")));
            let told = format!("{range}: {}", told.join("; "));
            self.tell(at.map_or(Spot::Whole, Spot::Cell), "định dạng có điều kiện", told);
        }
    }

    /// A colour scale, bars or icons.
    fn scale(&self, node: &Node) -> String {
        let parts = node.children.iter().map(|it| match it.name.as_str() {
            "color" => self.shared.dress.colours.of_node(it).unwrap_or_default(),
            "cfvo" => {
                let kind = it.get("type").unwrap_or_default();
                let value = it.get("val").filter(|_| !matches!(kind, "min" | "max"));
                format!("{kind} {}", value.unwrap_or_default())
            }
            _ => it.spelled(),
        });
        format!("{} {}", node.name, parts.collect::<Vec<_>>().join(", "))
    }

    fn links(&mut self, node: &Node) {
        for link in node.all("hyperlink") {
            let Some(at) = link.get("ref").and_then(cells::range).map(|(first, _)| first) else {
                continue;
            };
            let place = link.get("location").unwrap_or_default();
            self.tell(
                Spot::Cell(at),
                "liên kết tới",
                formula::spelled(place.trim_start_matches('#')),
            );
            if let Some(id) = link.get("id") {
                self.read.targets.push((at, id.to_owned()));
            }
        }
    }

    fn validations(&mut self, node: &Node) {
        for rule in &node.children {
            let range = sorted(rule.get("sqref").unwrap_or_default());
            let formulas = rule.children.iter().map(|it| formula::spelled(&it.text));
            let formulas: Vec<String> = formulas.filter(|it| !it.is_empty()).collect();
            let kind = rule.get("type").unwrap_or("none");
            let told = format!("{kind} {}", formulas.join(" … "));
            self.tell(Spot::Whole, format!("điều kiện nhập ở {range}"), told);
            let prompt = |name: &str| rule.get(name).unwrap_or_default().replace("\r\n", "\n");
            let prompt = format!("{} {}", prompt("promptTitle"), prompt("prompt"));
            self.tell(Spot::Whole, format!("lời nhắc ở {range}"), prompt.trim());
        }
    }

    fn extensions(&mut self, node: &Node) {
        for extension in &node.children {
            for child in &extension.children {
                if child.name != "sparklineGroups" {
                    let told = child.spelled();
                    self.tell(Spot::Whole, format!("phần «{}»", child.name), told);
                    continue;
                }
                for group in &child.children {
                    self.sparklines(group);
                }
            }
        }
    }

    fn sparklines(&mut self, group: &Node) {
        let kind = group.get("type").unwrap_or("line");
        let colours: Vec<String> = group
            .children
            .iter()
            .filter(|it| matches!(it.name.as_str(), "colorSeries" | "colorHigh" | "colorLow"))
            .filter_map(|it| self.shared.dress.colours.of_node(it))
            .collect();
        let marks = ["high", "low", "first", "last", "negative", "markers"];
        let marks = marks.into_iter().filter(|name| group.is(name) == Some(true));
        let shape = format!("{kind} {} {}", marks.collect::<Vec<_>>().join(" "), colours.join(" "));
        let mut lines = Vec::new();
        group.deep("sparkline", &mut lines);
        for line in lines {
            let text = |name: &str| line.child(name).map(|it| it.text.trim()).unwrap_or_default();
            let Some(at) = cells::address(text("sqref")) else { continue };
            let told = format!("{} {shape}", formula::spelled(text("f")));
            self.tell(Spot::Cell(at), "đường trong ô", told);
        }
    }

    fn finish(mut self) -> Gated<Read> {
        self.widths();
        self.blend()?;
        self.margins();
        Ok(self.read)
    }

    /// Widths and heights that are not those of every column and row.
    fn widths(&mut self) {
        for (what, length, slack) in [
            ("độ rộng cột thường", self.width, WIDTH_SLACK),
            ("độ cao hàng thường", self.height, HEIGHT_SLACK),
        ] {
            let told = Told::Length(hundredths(length), slack);
            self.read.page.facts.insert((Spot::Whole, what.into()), told);
        }
        self.read.grid.columns.0 = self.width * WIDTH_POINTS;
        for node in std::mem::take(&mut self.columns) {
            let bound = |name: &str| node.get(name).and_then(|it| it.parse::<u32>().ok());
            let (Some(first), Some(until)) = (bound("min"), bound("max")) else { continue };
            let width = node.number("width").unwrap_or(self.width);
            let is_hidden = node.is("hidden") == Some(true) || width < 0.1;
            for col in first.saturating_sub(1)..until.min(COLUMNS) {
                self.read.grid.columns.1.insert(col, width * WIDTH_POINTS);
                if let Some(level) = node.get("outlineLevel").filter(|it| *it != "0") {
                    self.tell(Spot::Column(col), "nhóm cột", level);
                }
                let told = if is_hidden {
                    Told::Text("ẩn".to_owned())
                } else if (hundredths(width) - hundredths(self.width)).abs() <= WIDTH_SLACK {
                    continue;
                } else {
                    Told::Length(hundredths(width), WIDTH_SLACK)
                };
                self.read.page.facts.insert((Spot::Column(col), "độ rộng".into()), told);
            }
            let look = node.get("style").and_then(|it| it.parse::<usize>().ok());
            let look = look.and_then(|it| self.shared.dress.looks.get(it));
            let told = look.map(|it| cells::of_blanks(it)).unwrap_or_default();
            self.tell(Spot::Column(first.saturating_sub(1)), "định dạng cả cột", told);
        }
    }

    /// In a merged range only the outer edges are seen, and the first cell's
    /// ground; the cells under it are not, but what they hold would come out.
    fn blend(&mut self) -> Gated<()> {
        let mut steps = 0;
        for (first, last) in std::mem::take(&mut self.merges) {
            let row_end = CellRef::new(last.row, ceiling::COLUMNS);
            let is_within = |at: &CellRef| (first.col..=last.col).contains(&at.col);
            for (at, cell) in self.read.page.cells.range_mut(first..=row_end) {
                steps += 1;
                if !is_within(at) {
                    continue;
                }
                let mut look: Look = (*cell.look).clone();
                look.retain(|aspect, _| match *aspect {
                    "viền trên" => at.row == first.row,
                    "viền dưới" => at.row == last.row,
                    "viền trái" => at.col == first.col,
                    "viền phải" => at.col == last.col,
                    "viền chéo" | "màu nền" => *at == first,
                    _ => true,
                });
                if look != *cell.look {
                    cell.look = Rc::new(look);
                }
            }
            if MERGE_STEPS < steps {
                return Err(Fault::too_large(format!("Phần «{}» gộp quá nhiều ô.", self.part)));
            }
        }
        Ok(())
    }
}

/// Adds a fact; a second one of the same place and kind gets a number.
pub(super) fn add(facts: &mut Facts, spot: Spot, what: impl Into<Cow<'static, str>>, told: String) {
    let what = what.into();
    let mut key = (spot, what.clone());
    let mut number = 2;
    while facts.contains_key(&key) {
        key.1 = format!("{what} ({number})").into();
        number += 1;
    }
    facts.insert(key, Told::Text(told));
}

/// What is said where a yes or no is not as usual.
pub(super) fn yes(found: Option<bool>, usual: bool) -> &'static str {
    match found.unwrap_or(usual) {
        it if it == usual => "",
        true => "có",
        false => "không",
    }
}

/// Ranges in one order.
fn sorted(ranges: &str) -> String {
    let mut ranges: Vec<&str> = ranges.split_whitespace().collect();
    ranges.sort_unstable();
    ranges.join(" ")
}
