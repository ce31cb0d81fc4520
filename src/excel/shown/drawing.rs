//! Drawings and charts → what is drawn, where, and of which cells.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::cells::hundredths;
use super::formula;
use super::node::Node;
use super::page::{Grid, add};
use crate::compare::{Facts, Spot, Told};
use crate::finding::CellRef;

/// By how much programs round positions, in hundredths of a point.
const SLACK: i64 = 220;

/// EMU to a point.
const EMU: f64 = 12_700.0;

/// Something drawn on a sheet.
pub(super) struct Drawn<'a> {
    pub(super) at: Spot,
    /// The relation of its chart or picture, if it has one.
    pub(super) link: Option<&'a str>,
    pub(super) is_chart: bool,
}

/// Tells where each thing of a drawing stands, and what it says itself.
pub(super) fn read<'a>(drawing: &'a Node, grid: &Grid, facts: &mut Facts) -> Vec<Drawn<'a>> {
    let mut drawn = Vec::new();
    for anchor in &drawing.children {
        let from = anchor.child("from").map(|it| corner(it, grid));
        let at = from.as_ref().map_or(Spot::Whole, |(at, _)| Spot::Cell(*at));
        let things = ["graphicFrame", "pic", "sp", "cxnSp", "grpSp"];
        let things: Vec<&Node> =
            anchor.children.iter().filter(|it| things.contains(&it.name.as_str())).collect();
        let Some(thing) = things.first() else {
            add(facts, at, "phần vẽ lạ", anchor.spelled());
            continue;
        };
        let mut charts = Vec::new();
        thing.deep("chart", &mut charts);
        let mut pictures = Vec::new();
        thing.deep("blip", &mut pictures);
        let kind = match (thing.name.as_str(), charts.is_empty()) {
            ("graphicFrame", false) => "biểu đồ",
            ("pic", _) => "ảnh",
            _ => "hình vẽ",
        };
        let mut told = Vec::new();
        let mut properties = Vec::new();
        thing.deep("cNvPr", &mut properties);
        if properties.iter().any(|it| it.is("hidden") == Some(true)) {
            told.push("ẩn".to_owned());
        }
        if kind != "biểu đồ" {
            told.push(format!("chữ «{}»", thing.letters()));
        }
        if things.len() != 1
            || anchor.child("clientData").is_some_and(|it| it.is("fPrintsWithSheet") == Some(false))
        {
            told.push("không in".to_owned());
        }
        told.push("có".to_owned());
        add(facts, at, kind, told.join(", "));
        for (name, corner) in [("từ", from), ("đến", anchor.child("to").map(|it| corner(it, grid)))]
        {
            if let Some((cell, offsets)) = corner {
                add(facts, at, format!("{kind}: {name} ô"), cell.to_string());
                for (way, offset) in [("ngang", offsets.0), ("dọc", offsets.1)] {
                    let what: Cow<str> = format!("{kind}: {name}, lệch {way}").into();
                    facts.insert((at, what), Told::Length(offset, SLACK));
                }
            }
        }
        if let Some(size) = anchor.child("ext") {
            add(facts, at, format!("{kind}: cỡ"), size.spelled());
        }
        let link = charts.first().or(pictures.first());
        let link = link.and_then(|it| it.get("id").or(it.get("embed")).or(it.get("link")));
        drawn.push(Drawn { at, link, is_chart: kind == "biểu đồ" });
    }
    drawn
}

/// The cell of a corner, and how far it is from that cell's own, in hundredths
/// of a point. A corner at a cell's end is that of the next.
fn corner(node: &Node, grid: &Grid) -> (CellRef, (i64, i64)) {
    let number = |name: &str| node.child(name).and_then(|it| it.text.trim().parse::<u32>().ok());
    let offset = |name: &str| {
        let emu = node.child(name).and_then(|it| it.text.trim().parse::<f64>().ok());
        hundredths(emu.unwrap_or(0.0) / EMU)
    };
    let snapped = |at: u32, offset: i64, (usual, sizes): &(f64, BTreeMap<u32, f64>)| {
        let size = hundredths(sizes.get(&at).copied().unwrap_or(*usual));
        if offset != 0 && size - offset < SLACK { (at + 1, 0) } else { (at, offset) }
    };
    let (row, down) = snapped(number("row").unwrap_or(0), offset("rowOff"), &grid.rows);
    let (col, right) = snapped(number("col").unwrap_or(0), offset("colOff"), &grid.columns);
    (CellRef::new(row, col), (right, down))
}

/// The least size, in hundredths of a point, in which letters can be read.
const READABLE: f64 = 600.0;

/// What has the colour of the paper.
const PAPER: &[&str] = &["không màu", "FFFFFF", "BG1", "LT1"];

/// Tells what a chart shows. How its letters are set and its lines are drawn is
/// left out, as long as they can be read: every program writes those anew.
pub(super) fn chart(at: Spot, space: &Node, facts: &mut Facts) {
    let mut tell = |what: String, told: String| {
        if !told.is_empty() {
            add(facts, at, format!("biểu đồ: {what}"), told);
        }
    };
    let known = [
        "date1904",
        "lang",
        "roundedCorners",
        "AlternateContent",
        "style",
        "clrMapOvr",
        "chart",
        "spPr",
        "txPr",
        "printSettings",
        "extLst",
        "pivotFmts",
        "protection",
    ];
    for odd in space.children.iter().filter(|it| !known.contains(&it.name.as_str())) {
        tell(format!("phần «{}»", odd.name), odd.spelled());
    }
    let Some(chart) = space.child("chart") else { return };
    tell("tiêu đề".to_owned(), title(chart));
    let shown = |name: &str, usual: &str| {
        chart
            .val(name)
            .map(super::node::plain)
            .filter(|it| *it != usual)
            .unwrap_or_default()
            .to_owned()
    };
    tell("chỉ vẽ ô đang hiện".to_owned(), shown("plotVisOnly", "1"));
    tell("ô trống".to_owned(), shown("dispBlanksAs", "gap"));
    if let Some(legend) = chart.child("legend") {
        let gone = legend.all("legendEntry").map(|it| it.val("idx").unwrap_or_default());
        let told = format!("có {}", gone.collect::<Vec<_>>().join(" "));
        tell("chú giải".to_owned(), told.trim().to_owned());
    }
    for (what, part) in [
        ("chữ", space.child("txPr")),
        ("chữ của tiêu đề", chart.child("title")),
        ("chữ của chú giải", chart.child("legend")),
    ] {
        tell(format!("{what} không đọc được"), unreadable(part));
    }
    tell("màu nền".to_owned(), ground(space));
    let Some(plot) = chart.child("plotArea") else { return };
    tell("màu nền vùng vẽ".to_owned(), ground(plot));
    for part in &plot.children {
        match part.name.as_str() {
            "layout" | "spPr" | "extLst" => {}
            "catAx" | "valAx" | "dateAx" | "serAx" => axis(part, &mut tell),
            name if name.ends_with("Chart") => series(part, &mut tell),
            other => tell(format!("phần «{other}»"), part.spelled()),
        }
    }
}

/// The sizes and colours in which letters cannot be read.
fn unreadable(part: Option<&Node>) -> String {
    let mut letters = Vec::new();
    if let Some(part) = part {
        part.deep("rPr", &mut letters);
        part.deep("defRPr", &mut letters);
    }
    let told = letters.into_iter().flat_map(|it| {
        let size = it.get("sz").filter(|size| size.parse().is_ok_and(|it: f64| it < READABLE));
        let colour = colour(Some(it), false);
        let is_unseen = PAPER.contains(&colour.as_str());
        [size.map(str::to_owned), is_unseen.then_some(colour)].into_iter().flatten()
    });
    told.collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// The colour behind what is drawn; white is as good as none.
fn ground(node: &Node) -> String {
    let told = colour(node.child("spPr"), false);
    let is_plain = PAPER.contains(&told.as_str());
    if is_plain { String::new() } else { told }
}

fn title(node: &Node) -> String {
    let Some(title) = node.child("title") else { return String::new() };
    let linked = title.at(&["tx", "strRef", "f"]).map(|it| formula::spelled(&it.text));
    let told = title.child("tx").map(Node::letters).unwrap_or_default();
    format!("{}{told}", linked.map(|it| format!("={it} ")).unwrap_or_default())
}

fn axis(node: &Node, tell: &mut impl FnMut(String, String)) {
    let name = match (node.name.as_str(), node.val("axPos")) {
        ("valAx", _) => "trục số",
        _ => "trục mục",
    };
    let scaling = node.child("scaling");
    let scale = |name: &str| scaling.and_then(|it| it.val(name)).map(shortened);
    tell(format!("{name}, tên"), title(node));
    tell(format!("{name}, chữ không đọc được"), unreadable(Some(node)));
    for (part, what) in [("min", "nhỏ nhất"), ("max", "lớn nhất"), ("logBase", "thang lô-ga")]
    {
        tell(format!("{name}, {what}"), scale(part).unwrap_or_default());
    }
    let way = scale("orientation").filter(|it| it != "minMax");
    tell(format!("{name}, chiều"), way.unwrap_or_default());
    let gone = node.val("delete").map(super::node::plain).filter(|it| *it == "1");
    tell(format!("{name}, ẩn"), gone.unwrap_or_default().to_owned());
    let place = node.val("tickLblPos").filter(|it| *it == "none");
    tell(format!("{name}, nhãn"), place.unwrap_or_default().to_owned());
    let unit = node.val("majorUnit").map(shortened);
    tell(format!("{name}, bước"), unit.unwrap_or_default());
    if let Some(unit) = node.child("dispUnits") {
        tell(format!("{name}, đơn vị"), unit.spelled());
    }
    let own = node.child("numFmt").filter(|it| it.is("sourceLinked") != Some(true));
    let code = own.and_then(|it| it.get("formatCode")).map(formula::format_code);
    tell(format!("{name}, dạng số"), code.unwrap_or_default());
}

/// A number as short as it can be written.
fn shortened(value: &str) -> String {
    value.parse::<f64>().map_or_else(|_| value.to_owned(), |it| it.to_string())
}

fn series(group: &Node, tell: &mut impl FnMut(String, String)) {
    let kind = [
        group.name.as_str(),
        group.val("barDir").unwrap_or(""),
        group.val("grouping").unwrap_or(""),
    ];
    tell("kiểu".to_owned(), kind.join(" ").trim().to_owned());
    for one in group.all("ser") {
        let name = one.child("tx").map(named).unwrap_or_default();
        tell("dãy".to_owned(), name.clone());
        let which = format!("dãy «{name}»");
        for (part, what) in [
            ("cat", "nhãn"),
            ("val", "số liệu"),
            ("xVal", "số liệu ngang"),
            ("yVal", "số liệu dọc"),
            ("bubbleSize", "cỡ bóng"),
        ] {
            let told = one.child(part).map(source).unwrap_or_default();
            tell(format!("{which}, {what}"), told);
        }
        for bars in one.all("errBars") {
            for (part, what) in [("plus", "khoảng trên"), ("minus", "khoảng dưới")] {
                let told = bars.child(part).map(source).unwrap_or_default();
                tell(format!("{which}, {what}"), told);
            }
        }
        for part in ["trendline", "pictureOptions", "shape"] {
            let found = one.all(part).filter(|it| it.get("val") != Some("box"));
            found.for_each(|it| tell(format!("{which}, phần «{part}»"), it.spelled()));
        }
        let is_line = group.name.starts_with("line") || group.name.starts_with("scatter");
        tell(format!("{which}, màu"), colour(one.child("spPr"), is_line));
        for point in one.all("dPt") {
            let told = colour(point.child("spPr"), is_line);
            let at = point.val("idx").unwrap_or_default();
            if told != colour(one.child("spPr"), is_line) {
                tell(format!("{which}, màu điểm {at}"), told);
            }
        }
        if let Some(labels) = one.child("dLbls") {
            let is = |name: &&str| labels.val(name).is_some_and(super::node::is_true);
            let told = ["showVal", "showCatName", "showSerName", "showPercent"];
            let told: Vec<&str> = told.into_iter().filter(is).collect();
            tell(format!("{which}, ghi"), told.join(" "));
            tell(format!("{which}, chữ không đọc được"), unreadable(Some(labels)));
            for label in labels.all("dLbl").filter(|it| it.child("tx").is_some()) {
                let at = label.val("idx").unwrap_or_default();
                tell(format!("{which}, chữ ở điểm {at}"), label.letters());
            }
        }
    }
}

/// A series' name: its words, or the cell that has them.
fn named(node: &Node) -> String {
    let reference = node.at(&["strRef", "f"]).map(|it| formula::spelled(&it.text));
    match reference {
        Some(text) if text.starts_with('"') => text.trim_matches('"').to_owned(),
        Some(text) => format!("={text}"),
        None => node.child("v").map(|it| it.text.clone()).unwrap_or_default(),
    }
}

/// The cells that something is drawn from, or what is drawn in their place.
fn source(node: &Node) -> String {
    let mut formulas = Vec::new();
    node.deep("f", &mut formulas);
    let told: Vec<String> = formulas.iter().map(|it| formula::spelled(&it.text)).collect();
    if told.is_empty() {
        let mut values = Vec::new();
        node.deep("v", &mut values);
        let values: Vec<&str> = values.iter().map(|it| it.text.as_str()).collect();
        return format!("gõ tay: {}", values.join("; "));
    }
    told.join(" ")
}

fn colour(shape: Option<&Node>, is_line: bool) -> String {
    let Some(shape) = shape else { return String::new() };
    let shape = if is_line { shape.child("ln") } else { Some(shape) };
    let Some(shape) = shape else { return String::new() };
    if shape.child("noFill").is_some() {
        return "không màu".to_owned();
    }
    let Some(fill) = shape.child("solidFill").and_then(|it| it.children.first()) else {
        let other = shape.children.iter().find(|it| it.name.ends_with("Fill"));
        return other.map(|it| it.name.clone()).unwrap_or_default();
    };
    let clear = fill.val("alpha").filter(|it| *it != "100000").unwrap_or_default();
    format!("{} {clear}", fill.get("val").unwrap_or_default().to_uppercase()).trim().to_owned()
}

/// The stored points of every series of a chart, by the cells that they were
/// taken from.
pub(super) fn stored(space: &Node) -> Vec<(String, Vec<(usize, String)>)> {
    let mut references = Vec::new();
    space.deep("numRef", &mut references);
    space.deep("strRef", &mut references);
    let points = references.into_iter().filter_map(|reference| {
        let from = reference.child("f")?.text.clone();
        let cache = reference.child("numCache").or(reference.child("strCache"))?;
        let points = cache
            .all("pt")
            .filter_map(|it| Some((it.get("idx")?.parse().ok()?, it.child("v")?.text.clone())));
        Some((from, points.collect()))
    });
    points.collect()
}
