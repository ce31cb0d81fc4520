//! The parts of a workbook: an archive → its sheets and tables, by entry name.
//!
//! The package, the workbook and its relations are small; every name in them is
//! resolved and known to be safe before anything else is unpacked.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::archive::Archive;
use super::archive::kind_of;
use super::gate::{Fault, Gated, ceiling};

/// Where the parts of one workbook lie in its archive.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// The entry of the workbook itself.
    pub(super) workbook: String,
    pub(super) sheets: Vec<SheetPart>,
    pub(super) strings: Option<String>,
    pub(super) styles: Option<String>,
    /// Dates count from 1904, as old Macintoshes did.
    pub(super) is_1904: bool,
    pub(super) has_macro: bool,
}

/// One worksheet.
#[derive(Debug)]
pub(super) struct SheetPart {
    /// As people see it on the tab.
    pub(super) name: String,
    pub(super) is_hidden: bool,
    /// The entry of the archive.
    pub(super) part: String,
    /// The entries of the remarks pinned to its cells, the newer kind first.
    pub(super) remarks: Vec<String>,
}

/// What one part says of another.
pub(super) struct Relation {
    /// The last word of the relation's type, such as `worksheet`.
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) is_external: bool,
}

impl Package {
    pub(super) fn open(archive: &mut Archive) -> Gated<Package> {
        if !archive.holds("_rels/.rels") {
            return Err(kind_of(archive));
        }
        let root = relations(archive, "_rels/.rels")?;
        let document = root.values().find(|it| it.kind == "officeDocument");
        let Some(workbook) = document.map(|it| resolve("", &it.target)) else {
            return Err(kind_of(archive));
        };
        if !archive.holds(&workbook) || !workbook.to_ascii_lowercase().ends_with(".xml") {
            return Err(kind_of(archive));
        }
        let (folder, _) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
        let links = relations(archive, &links_of(&workbook))?;
        let xml = archive.text(&workbook, ceiling::WORKBOOK)?;
        let mut package = Package { has_macro: has_macro(archive), ..Package::default() };
        if package.read_workbook(&xml, folder, &links)? == Sort::OtherOffice {
            return Err(kind_of(archive));
        }
        package.check_sheets()?;
        for sheet in &mut package.sheets {
            sheet.remarks = remark_parts(archive, &sheet.part)?;
        }
        package.strings = table(archive, folder, &links, "sharedStrings");
        package.styles = table(archive, folder, &links, "styles");
        package.workbook.clone_from(&workbook);
        Ok(package)
    }

    fn read_workbook(
        &mut self,
        xml: &str,
        folder: &str,
        links: &BTreeMap<String, Relation>,
    ) -> Gated<Sort> {
        let mut sort = Sort::OtherOffice;
        for element in elements(xml) {
            let element = element?;
            match element.local_name().as_ref() {
                "workbook" => sort = Sort::Workbook,
                "workbookPr" => {
                    if let Some(value) = attribute(&element, "date1904") {
                        self.is_1904 = value == "1" || value == "true";
                    }
                }
                "sheet" => self.add_sheet(&element, folder, links)?,
                _ => {}
            }
        }
        Ok(sort)
    }

    fn add_sheet(
        &mut self,
        element: &BytesStart,
        folder: &str,
        links: &BTreeMap<String, Relation>,
    ) -> Gated<()> {
        let name = attribute(element, "name").unwrap_or_default();
        let id = attribute(element, "id").unwrap_or_default();
        // Old programs leave the module of a macro as a sheet without a part.
        if id.is_empty() {
            return Ok(());
        }
        let Some(link) = links.get(&id) else {
            return Err(Fault::damaged(format!("Trang «{}» không có nội dung.", short(&name))));
        };
        if link.is_external {
            let message = format!("Trang «{}» trỏ ra ngoài tệp.", short(&name));
            return Err(Fault::suspicious(message));
        }
        self.has_macro |= matches!(link.kind.as_str(), "xlMacrosheet" | "xlIntlMacrosheet");
        if link.kind == "worksheet" {
            let state = attribute(element, "state").unwrap_or_default();
            let is_hidden = matches!(state.as_str(), "hidden" | "veryHidden");
            let part = resolve(folder, &link.target);
            self.sheets.push(SheetPart { name, is_hidden, part, remarks: Vec::new() });
        }
        Ok(())
    }

    /// One sheet one part and one name: what two sheets share, a reader would
    /// read twice, or find under one of them.
    fn check_sheets(&self) -> Gated<()> {
        if self.sheets.is_empty() {
            return Err(Fault::damaged("Sổ làm việc không có trang tính nào."));
        }
        if ceiling::SHEETS < self.sheets.len() {
            let message = format!("Sổ làm việc có {} trang tính.", self.sheets.len());
            return Err(Fault::too_large(message));
        }
        for (index, sheet) in self.sheets.iter().enumerate() {
            let shown = short(&sheet.name);
            let earlier = &self.sheets[..index];
            if earlier.iter().any(|it| it.name.to_lowercase() == sheet.name.to_lowercase()) {
                return Err(Fault::suspicious(format!("Có hai trang tính cùng tên «{shown}».")));
            }
            if earlier.iter().any(|it| it.part.eq_ignore_ascii_case(&sheet.part)) {
                let message = format!("Trang «{shown}» dùng chung nội dung với trang khác.");
                return Err(Fault::suspicious(message));
            }
        }
        Ok(())
    }
}

#[derive(PartialEq)]
enum Sort {
    Workbook,
    OtherOffice,
}

/// The start of a name, for a message.
pub(super) fn short(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

fn has_macro(archive: &Archive) -> bool {
    archive.any(|name| name.ends_with("vbaproject.bin") || name.starts_with("xl/macrosheets/"))
}

/// A table that the sheets use: where the relations say, or else where every
/// program puts it.
fn table(
    archive: &Archive,
    folder: &str,
    links: &BTreeMap<String, Relation>,
    kind: &str,
) -> Option<String> {
    let link = links.values().find(|it| it.kind == kind && !it.is_external);
    let target = link.map_or_else(|| format!("{kind}.xml"), |it| it.target.clone());
    Some(resolve(folder, &target)).filter(|part| archive.holds(part))
}

/// Where the remarks of a sheet are; a relation to nothing is none.
fn remark_parts(archive: &mut Archive, sheet: &str) -> Gated<Vec<String>> {
    let (folder, _) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    if !archive.any(|name| name.contains("comment")) {
        return Ok(Vec::new());
    }
    let links = relations_of(archive, sheet)?;
    let of_kind = |kind: &str| {
        let found = links.values().filter(|it| it.kind == kind && !it.is_external);
        found.map(|it| resolve(folder, &it.target)).collect::<Vec<_>>()
    };
    let mut parts = of_kind("threadedComment");
    parts.extend(of_kind("comments"));
    parts.retain(|part| archive.holds(part));
    Ok(parts)
}

/// The entry with the relations of a part.
fn links_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    resolve(folder, &format!("_rels/{file}.rels"))
}

/// The relations of a part, by id; none when it has no list of them.
pub(super) fn relations_of(archive: &mut Archive, part: &str) -> Gated<BTreeMap<String, Relation>> {
    let list = links_of(part);
    if archive.holds(&list) { relations(archive, &list) } else { Ok(BTreeMap::new()) }
}

/// The relations in a list of them, by id.
pub(super) fn relations(archive: &mut Archive, part: &str) -> Gated<BTreeMap<String, Relation>> {
    let xml = archive.text(part, ceiling::WORKBOOK)?;
    let mut relations = BTreeMap::new();
    for element in elements(&xml) {
        let element = element?;
        if element.local_name().as_ref() != "Relationship" {
            continue;
        }
        let word = |name| attribute(&element, name).unwrap_or_default();
        let kind = word("Type").rsplit('/').next().unwrap_or_default().to_owned();
        let is_external = word("TargetMode").eq_ignore_ascii_case("external");
        relations.insert(word("Id"), Relation { kind, target: word("Target"), is_external });
    }
    Ok(relations)
}

/// The entry that `target` names, seen from `folder`.
pub(super) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            _ => path.push(part),
        }
    }
    path.join("/")
}

/// Every start or empty tag of a part.
pub(super) fn elements(xml: &str) -> impl Iterator<Item = Gated<BytesStart<'_>>> {
    let mut reader = Reader::from_str(xml);
    let mut is_over = false;
    std::iter::from_fn(move || {
        while !is_over {
            match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => return Some(Ok(element)),
                Ok(Event::Eof) => is_over = true,
                Ok(_) => {}
                Err(error) => {
                    is_over = true;
                    return Some(Err(malformed(&error)));
                }
            }
        }
        None
    })
}

/// A part beside the sheets is not well-formed.
pub(super) fn malformed(error: &quick_xml::Error) -> Fault {
    Fault::damaged(format!("Phần mô tả sổ làm việc bị hỏng (chi tiết kỹ thuật: {error})."))
}

/// An attribute's value by its name without prefix.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|it| it.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_as_links_are() {
        #[track_caller]
        fn check(folder: &str, target: &str, expected: &str) {
            assert_eq!(resolve(folder, target), expected);
        }
        check("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml");
        check("xl", "../sheet1.xml", "sheet1.xml");
        check("", "xl\\workbook.xml", "xl/workbook.xml");
        check("xl", "../../../etc/passwd", "etc/passwd");
    }
}
