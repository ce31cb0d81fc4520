//! What a reader sees of a workbook: bytes → [`Shown`].
//!
//! [`node`] makes nodes of a part, [`dress`] resolves styles, [`cells`] and
//! [`page`] read a sheet, [`paper`] how it is printed, [`drawing`] what is drawn on it; [`formula`] spells
//! formulas and number formats in one way. Whatever none of them knows is told
//! as it stands, so that it can be no silent change.

mod node;
mod formula;
mod dress;
mod cells;
mod page;
mod paper;
mod drawing;

use std::collections::BTreeSet;

use super::archive::Archive;
use super::gate::{Gated, admit, ceiling};
use super::package::{Package, relations, relations_of, resolve};
use crate::compare::{Facts, Shown, ShownPage, Spot};
use crate::digest;
use crate::finding::{CellRef, Finding, Place};
use crate::points::Quantity;
use cells::Letters;
use dress::Dress;
use node::Node;
use page::{Grid, Shared, add};

/// Everything that the workbook in `bytes` shows. One that is no sound .xlsx
/// gives one finding of severity error.
pub fn shown(file: &str, bytes: &[u8]) -> Result<Shown, Finding> {
    open(bytes).map_err(|fault| fault.at(Place::file(file)))
}

fn open(bytes: &[u8]) -> Gated<Shown> {
    admit(bytes)?;
    let mut archive = Archive::open(bytes)?;
    let package = Package::open(&mut archive)?;
    let names = archive.names();
    let mut shown = Shown::default();
    // Opened a second time: what is unpacked only for its digest is not held.
    let mut whole = Archive::open(bytes)?;
    for name in &names {
        shown.parts.insert(name.clone(), digest::sha256(&whole.bytes(name, ceiling::SHEET)?));
    }
    let mut file = File { archive, reached: BTreeSet::new(), shown };
    let known = [Some(package.workbook.clone()), package.strings.clone(), package.styles.clone()];
    let sheets = package.sheets.iter().map(|it| it.part.clone());
    let rewritten = known.into_iter().flatten().chain(sheets).map(|it| it.to_lowercase());
    file.shown.rewritten = rewritten.collect();
    file.reached.extend(file.shown.rewritten.iter().cloned());
    file.workbook(&package)?;
    file.properties()?;
    file.leftovers(&names)?;
    Ok(file.shown)
}

struct File<'a> {
    archive: Archive<'a>,
    /// Parts that were looked into or lead to nothing that is seen.
    reached: BTreeSet<String>,
    shown: Shown,
}

impl File<'_> {
    fn node(&mut self, part: &str, most: u64) -> Gated<Node> {
        self.reached.insert(part.to_lowercase());
        Node::parse(part, &self.archive.text(part, most)?)
    }

    fn tell(&mut self, what: impl Into<String>, told: impl Into<String>) {
        let told = told.into();
        if !told.is_empty() {
            add(&mut self.shown.facts, Spot::Whole, what.into(), told);
        }
    }

    fn workbook(&mut self, package: &Package) -> Gated<()> {
        let workbook = self.node(&package.workbook, ceiling::WORKBOOK)?;
        let (folder, _) = package.workbook.rsplit_once('/').unwrap_or(("", ""));
        let links = relations_of(&mut self.archive, &package.workbook)?;
        let theme = links.values().find(|it| it.kind == "theme" && !it.is_external);
        let theme = theme.map(|it| resolve(folder, &it.target)).filter(|it| self.archive.holds(it));
        let theme = theme.map(|part| self.node(&part, ceiling::TABLE)).transpose()?;
        let styles = package.styles.as_ref();
        let styles = styles.map(|part| self.node(part, ceiling::TABLE)).transpose()?;
        let dress = Dress::of(theme.as_ref(), styles.as_ref());
        let strings = package.strings.as_ref();
        let strings = strings.map(|part| self.node(part, ceiling::TABLE)).transpose()?;
        let strings: Vec<Letters> =
            strings.iter().flat_map(|it| it.all("si")).map(Letters::of).collect();
        self.settings(&workbook, package);
        let mut shared = Shared {
            strings: &strings,
            dress: &dress,
            is_1904: package.is_1904,
            left: ceiling::CELLS,
        };
        for sheet in &package.sheets {
            let xml = self.archive.text(&sheet.part, ceiling::SHEET)?;
            let mut read = page::read(&sheet.name, &sheet.part, &xml, &mut shared)?;
            if sheet.is_hidden {
                add(&mut read.page.facts, Spot::Whole, "trạng thái", "ẩn".to_owned());
            }
            self.drawn(&sheet.part, &mut read)?;
            self.shown.pages.push(read.page);
        }
        self.names(&workbook);
        Ok(())
    }

    /// What the workbook says of all its sheets.
    fn settings(&mut self, workbook: &Node, package: &Package) {
        let names: Vec<String> = package.sheets.iter().map(|it| format!("«{}»", it.name)).collect();
        self.tell("thứ tự các trang", names.join(", "));
        let listed = workbook.child("sheets").map_or(0, |it| it.children.len());
        if listed != package.sheets.len() {
            self.tell("trang không phải bảng tính", (listed - package.sheets.len()).to_string());
        }
        for part in &workbook.children {
            let usual = |name: &str, usual: &str| {
                let told = part.get(name).map(node::plain);
                told.filter(|it| *it != usual).unwrap_or_default().to_owned()
            };
            match part.name.as_str() {
                "workbookPr" => {
                    self.tell("hiện hình vẽ", usual("showObjects", "all"));
                    self.tell("ngày tính từ 1904", usual("date1904", "0"));
                }
                "bookViews" => {
                    for view in &part.children {
                        for (name, usual) in
                            [("visibility", "visible"), ("minimized", "0"), ("showSheetTabs", "1")]
                        {
                            let told = view.get(name).map(node::plain).filter(|it| *it != usual);
                            let told = told.unwrap_or_default().to_owned();
                            self.tell(format!("cửa sổ, {name}"), told);
                        }
                    }
                }
                "calcPr" => {
                    self.tell("tính theo số đang hiện", usual("fullPrecision", "1"));
                    self.tell("kiểu tính", usual("calcMode", "auto"));
                    self.tell("kiểu địa chỉ", usual("refMode", "A1"));
                    self.tell("tính lặp", usual("iterate", "0"));
                }
                "sheets" | "definedNames" | "fileVersion" | "workbookProtection" | "extLst"
                | "AlternateContent" | "revisionPtr" | "fileRecoveryPr" | "fileSharing" => {}
                other => self.tell(format!("phần «{other}»"), part.spelled()),
            }
        }
    }

    /// Names, and what of a sheet is printed or repeated on every page.
    fn names(&mut self, workbook: &Node) {
        let names = workbook.child("definedNames").map(|it| it.children.clone());
        for name in names.unwrap_or_default() {
            let own = name.get("name").unwrap_or_default();
            let mut parts: Vec<String> =
                split(&name.text).into_iter().map(formula::spelled).collect();
            parts.sort();
            let told = parts.join(",");
            let what = match own.to_lowercase().as_str() {
                "_xlnm._filterdatabase" => continue,
                "_xlnm.print_area" => "vùng in".to_owned(),
                "_xlnm.print_titles" => "hàng, cột lặp khi in".to_owned(),
                _ => format!("tên «{own}»"),
            };
            let page = name.get("localSheetId").and_then(|it| it.parse::<usize>().ok());
            let page = page.and_then(|at| self.shown.pages.get_mut(at));
            let facts = page.map_or(&mut self.shown.facts, |page| &mut page.facts);
            add(facts, Spot::Whole, what, told);
        }
    }

    /// Notes, drawings, charts, pictures and links of a sheet.
    fn drawn(&mut self, part: &str, read: &mut page::Read) -> Gated<()> {
        let links = relations_of(&mut self.archive, part)?;
        let (folder, _) = part.rsplit_once('/').unwrap_or(("", part));
        for (at, id) in &read.targets {
            let target = links.get(id).map(|it| it.target.clone()).unwrap_or_default();
            let what = "liên kết ra ngoài";
            add(&mut read.page.facts, Spot::Cell(*at), what, target);
        }
        for (element, id) in &read.links {
            let Some(link) = links.get(id) else { continue };
            let target = resolve(folder, &link.target);
            match element.as_str() {
                "drawing" if self.archive.holds(&target) => {
                    self.drawing(&target, &read.grid, &mut read.page)?;
                }
                "legacyDrawing" if self.archive.holds(&target) => {
                    self.boxes(&target, &mut read.page.facts)?;
                }
                _ => {
                    let told = self.shown.parts.get(&target.to_lowercase()).cloned();
                    let what = if element == "picture" {
                        "ảnh nền"
                    } else {
                        "ảnh đầu, chân trang"
                    };
                    let told = told.unwrap_or(target);
                    add(&mut read.page.facts, Spot::Whole, what, told);
                }
            }
        }
        for link in links.values() {
            let target = resolve(folder, &link.target);
            match link.kind.as_str() {
                "comments" if self.archive.holds(&target) => {
                    let notes = self.node(&target, ceiling::TABLE)?;
                    notes_of(&notes, &mut read.page.facts);
                }
                "hyperlink" | "drawing" | "vmlDrawing" => {}
                "printerSettings" => _ = self.reached.insert(target.to_lowercase()),
                kind => {
                    let what = format!("phần đính kèm «{kind}»");
                    add(&mut read.page.facts, Spot::Whole, what, target);
                }
            }
        }
        Ok(())
    }

    fn drawing(&mut self, part: &str, grid: &Grid, page: &mut ShownPage) -> Gated<()> {
        let node = self.node(part, ceiling::WORKBOOK)?;
        let links = relations_of(&mut self.archive, part)?;
        let (folder, _) = part.rsplit_once('/').unwrap_or(("", part));
        for drawn in drawing::read(&node, grid, &mut page.facts) {
            let Some(link) = drawn.link.and_then(|id| links.get(id)) else { continue };
            let target = resolve(folder, &link.target);
            if drawn.is_chart && !link.is_external && self.archive.holds(&target) {
                self.chart(&target, drawn.at, page)?;
                continue;
            }
            self.reached.insert(target.to_lowercase());
            let told = self.shown.parts.get(&target.to_lowercase()).cloned().unwrap_or(target);
            add(&mut page.facts, drawn.at, "nội dung ảnh", told);
        }
        Ok(())
    }

    fn chart(&mut self, part: &str, at: Spot, page: &mut ShownPage) -> Gated<()> {
        let space = self.node(part, ceiling::WORKBOOK)?;
        drawing::chart(at, &space, &mut page.facts);
        for link in relations_of(&mut self.archive, part)?.values() {
            let (folder, _) = part.rsplit_once('/').unwrap_or(("", part));
            let target = resolve(folder, &link.target);
            // How a program would draw further charts of this kind.
            if matches!(link.kind.as_str(), "chartStyle" | "chartColorStyle") {
                self.reached.insert(target.to_lowercase());
                continue;
            }
            let what = format!("biểu đồ: phần đính kèm «{}»", link.kind);
            add(&mut page.facts, at, what, target);
        }
        for (from, points) in drawing::stored(&space) {
            let odd = odd_points(&from, &points, page, &self.shown.pages);
            if !odd.is_empty() {
                let what = format!("biểu đồ: số liệu lưu kèm khác ô {from}");
                add(&mut page.facts, at, what, odd);
            }
        }
        Ok(())
    }

    /// The boxes of notes and whatever else an old drawing holds.
    fn boxes(&mut self, part: &str, facts: &mut Facts) -> Gated<()> {
        let node = self.node(part, ceiling::WORKBOOK)?;
        let mut shapes = Vec::new();
        for name in ["shape", "rect", "oval", "line", "image", "group", "roundrect"] {
            node.deep(name, &mut shapes);
        }
        for shape in shapes {
            let data = shape.child("ClientData");
            let number = |name: &str| data.and_then(|it| it.child(name)?.text.trim().parse().ok());
            let at = match (number("Row"), number("Column")) {
                (Some(row), Some(col)) => Spot::Cell(CellRef::new(row, col)),
                _ => Spot::Whole,
            };
            if data.and_then(|it| it.get("ObjectType")) != Some("Note") {
                add(facts, at, "hình vẽ kiểu cũ", shape.spelled());
            } else if data
                .is_some_and(|it| it.child("Visible").is_some_and(|it| it.text != "False"))
            {
                add(facts, at, "ghi chú luôn hiện", "có".to_owned());
            }
        }
        Ok(())
    }

    /// What the file says of itself, as far as people write it.
    fn properties(&mut self) -> Gated<()> {
        if self.archive.holds("docprops/core.xml") {
            let core = self.node("docprops/core.xml", ceiling::WORKBOOK)?;
            let asked = [
                "title",
                "subject",
                "creator",
                "keywords",
                "description",
                "category",
                "contentStatus",
            ];
            for part in core.children.iter().filter(|it| asked.contains(&it.name.as_str())) {
                self.tell(format!("thuộc tính tệp «{}»", part.name), part.text.trim());
            }
        }
        if self.archive.holds("docprops/app.xml") {
            let app = self.node("docprops/app.xml", ceiling::WORKBOOK)?;
            let asked = ["Company", "Manager", "HyperlinkBase"];
            for part in app.children.iter().filter(|it| asked.contains(&it.name.as_str())) {
                self.tell(format!("thuộc tính tệp «{}»", part.name), part.text.trim());
            }
        }
        if self.archive.holds("docprops/custom.xml") {
            let custom = self.node("docprops/custom.xml", ceiling::WORKBOOK)?;
            for part in &custom.children {
                let told: String = part.children.iter().map(|it| it.text.as_str()).collect();
                self.tell(
                    format!("thuộc tính tệp «{}»", part.get("name").unwrap_or_default()),
                    told,
                );
            }
        }
        Ok(())
    }

    /// Parts that nothing leads to, and what leads out of the file.
    fn leftovers(&mut self, names: &[String]) -> Gated<()> {
        for name in names {
            let is_link = name.contains("_rels/");
            if is_link {
                for (id, link) in relations(&mut self.archive, name)? {
                    let is_told = link.kind == "hyperlink";
                    if link.is_external && !is_told {
                        self.tell(format!("liên kết ra ngoài «{}» {id}", link.kind), link.target);
                    }
                }
            }
            let is_quiet = is_link
                || self.reached.contains(name)
                || name == "[content_types].xml"
                || name == "xl/calcchain.xml"
                || name.starts_with("xl/printersettings/");
            if !is_quiet {
                self.tell(format!("phần thêm «{name}» trong tệp"), "có");
            }
        }
        Ok(())
    }
}

fn notes_of(notes: &Node, facts: &mut Facts) {
    let all = notes.child("commentList").map(|it| it.children.as_slice()).unwrap_or_default();
    for note in all {
        let at = note.get("ref").and_then(cells::address).map_or(Spot::Whole, Spot::Cell);
        let text = note.letters().replace("\r\n", "\n");
        add(facts, at, "ghi chú", text.trim().to_owned());
    }
}

/// Ranges between commas outside quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut is_quoted) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// The stored points of a chart that are not what the cells hold.
fn odd_points(
    from: &str,
    points: &[(usize, String)],
    own: &ShownPage,
    pages: &[ShownPage],
) -> String {
    let Some((sheet, range)) = from.rsplit_once('!') else { return String::new() };
    let sheet = sheet.trim_matches('\'').replace("''", "'");
    let page = if own.name == sheet { Some(own) } else { pages.iter().find(|it| it.name == sheet) };
    let (Some(page), Some((first, last))) = (page, cells::range(range)) else {
        return String::new();
    };
    let width = usize::try_from(last.col.saturating_sub(first.col)).unwrap_or(0) + 1;
    let odd = points.iter().filter_map(|(at, stored)| {
        let (down, right) = (u32::try_from(at / width).ok()?, u32::try_from(at % width).ok()?);
        let place = CellRef::new(first.row + down, first.col + right);
        let cell = page.cells.get(&place);
        let held = cell.map(|it| it.value.clone()).unwrap_or_default();
        let number: Option<f64> = stored.parse().ok();
        let told = number.and_then(Quantity::from_cell).map(|it| it.to_string());
        let is_same = told.as_ref() == Some(&held) || *stored == held || held.is_empty();
        (!is_same).then(|| format!("{place} «{held}», biểu đồ «{stored}»"))
    });
    odd.collect::<Vec<_>>().join("; ")
}
