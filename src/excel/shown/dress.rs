//! The styles of a workbook → how the cells of each format are dressed, with
//! themes, palettes and formats resolved to what is seen.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::formula;
use super::node::{Node, is_true};
use crate::compare::Look;

/// The palette of workbooks that bring none, from the eighth colour on; the
/// first eight are the same again.
const PALETTE: &str = "\
    000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 \
    800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF \
    000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 \
    99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 \
    003366 339966 003300 333300 993300 993366 333399 333333";

/// The order of a theme's colours in cells' styles.
const THEME: [&str; 12] = [
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
];

/// Colours as programs name them → `RRGGBB`.
#[derive(Debug, Default)]
pub(super) struct Colours {
    theme: Vec<String>,
    palette: Vec<String>,
}

impl Colours {
    pub(super) fn of(theme: Option<&Node>, styles: Option<&Node>) -> Colours {
        let scheme = theme.and_then(|it| it.at(&["themeElements", "clrScheme"]));
        let colour = |name: &str| {
            let value = scheme?.child(name)?.children.first()?;
            value.get("lastClr").or(value.get("val")).map(str::to_uppercase)
        };
        let theme = THEME.map(|name| colour(name).unwrap_or_else(|| usual_theme(name).to_owned()));
        let own = styles.and_then(|it| it.at(&["colors", "indexedColors"]));
        let own =
            own.map(|it| it.all("rgbColor").filter_map(|it| it.get("rgb")).map(bare).collect());
        let palette =
            own.unwrap_or_else(|| PALETTE.split_whitespace().map(str::to_owned).collect());
        Colours { theme: theme.to_vec(), palette }
    }

    /// `None` for the colour that a screen uses by itself.
    pub(super) fn of_node(&self, node: &Node) -> Option<String> {
        let index = |name: &str| node.get(name).and_then(|it| it.parse::<usize>().ok());
        let base = if let Some(rgb) = node.get("rgb") {
            bare(rgb)
        } else if let Some(at) = index("theme") {
            self.theme.get(at).cloned().unwrap_or_else(|| format!("chủ đề {at}"))
        } else {
            let at = index("indexed")?;
            // Some palettes leave out the first eight; 64 and 65 are the screen's.
            let is_whole = 64 <= self.palette.len();
            let own = if is_whole || at < 8 { at } else { at - 8 };
            self.palette.get(own).filter(|_| at < 64)?.clone()
        };
        match node.number("tint").filter(|it| it.abs() > 0.001) {
            Some(tint) => Some(format!("{base} {tint:+.2}")),
            None => Some(base),
        }
    }
}

fn usual_theme(name: &str) -> &'static str {
    match name {
        "dk1" => "000000",
        "lt1" => "FFFFFF",
        _ => "chủ đề",
    }
}

/// A colour without how transparent it is.
fn bare(rgb: &str) -> String {
    let digits = if rgb.len() == 8 { &rgb[2..] } else { rgb };
    digits.to_uppercase()
}

/// How the cells of each format are dressed, by the format's number.
#[derive(Debug, Default)]
pub(super) struct Dress {
    pub(super) colours: Colours,
    pub(super) looks: Vec<Rc<Look>>,
    /// What conditions change, by number.
    pub(super) conditional: Vec<String>,
    /// The formats of which numbers are days.
    pub(super) days: Vec<bool>,
}

impl Dress {
    pub(super) fn of(theme: Option<&Node>, styles: Option<&Node>) -> Dress {
        let colours = Colours::of(theme, styles);
        let Some(styles) = styles else { return Dress { colours, ..Dress::default() } };
        let list = |way: &str, name: &str| -> Vec<&Node> {
            styles
                .child(way)
                .map(|it| it.children.iter().filter(|it| it.name == name).collect())
                .unwrap_or_default()
        };
        let codes: BTreeMap<u32, &str> = list("numFmts", "numFmt")
            .into_iter()
            .filter_map(|it| Some((it.get("numFmtId")?.parse().ok()?, it.get("formatCode")?)))
            .collect();
        let code = |id: u32| match codes.get(&id).copied().or(formula::built_in(id)) {
            Some(code) => formula::format_code(code),
            None => format!("số hiệu {id}"),
        };
        let (fonts, fills) = (list("fonts", "font"), list("fills", "fill"));
        let borders = list("borders", "border");
        let (mut looks, mut days) = (Vec::new(), Vec::new());
        for format in list("cellXfs", "xf") {
            let pick = |list: &[&Node], name: &str| -> Option<Node> {
                let at: usize = format.get(name).and_then(|it| it.parse().ok()).unwrap_or(0);
                list.get(at).map(|it| (*it).clone())
            };
            let mut look = Look::new();
            let id = format.get("numFmtId").and_then(|it| it.parse().ok()).unwrap_or(0);
            let code = code(id);
            days.push(is_day(&code));
            put(&mut look, "định dạng số", code);
            if let Some(font) = pick(&fonts, "fontId") {
                letters(&font, &colours, &mut look);
            }
            if let Some(fill) = pick(&fills, "fillId") {
                put(&mut look, "màu nền", ground(&fill, &colours, false));
            }
            if let Some(border) = pick(&borders, "borderId") {
                edges(&border, &colours, &mut look);
            }
            placed(format, &mut look);
            looks.push(Rc::new(look));
        }
        let conditional = list("dxfs", "dxf").into_iter().map(|it| changed(it, &colours, &code));
        let conditional = conditional.collect();
        Dress { colours, looks, conditional, days }
    }
}

fn put(look: &mut Look, aspect: &'static str, told: impl Into<String>) {
    let told = told.into();
    if !told.is_empty() {
        look.insert(aspect, told);
    }
}

/// What a number format shows as a day.
fn is_day(code: &str) -> bool {
    let bare: String = code.split('"').step_by(2).collect();
    bare.contains('d') && bare.contains('m') && bare.contains('y')
}

/// A font, as far as it is seen.
pub(super) fn letters(font: &Node, colours: &Colours, look: &mut Look) {
    let text = |name: &str| font.val(name).unwrap_or_default().to_owned();
    let is = |name: &str| font.child(name).is_some_and(|it| it.get("val").is_none_or(is_true));
    let name = if font.child("rFont").is_some() { text("rFont") } else { text("name") };
    put(look, "phông chữ", name);
    put(look, "cỡ chữ", text("sz"));
    let colour = font.child("color").and_then(|it| colours.of_node(it));
    put(look, "màu chữ", colour.filter(|it| it != "000000").unwrap_or_default());
    for (name, aspect) in [
        ("b", "chữ đậm"),
        ("i", "chữ nghiêng"),
        ("strike", "chữ gạch ngang"),
        ("outline", "chữ viền"),
        ("shadow", "chữ bóng"),
        ("condense", "chữ ép"),
        ("extend", "chữ giãn"),
    ] {
        put(look, aspect, if is(name) { "có" } else { "" });
    }
    if let Some(line) = font.child("u") {
        let kind = line.get("val").unwrap_or("single");
        put(look, "chữ gạch chân", if kind == "none" { "" } else { kind });
    }
    let raised = text("vertAlign");
    put(look, "chữ trên, dưới dòng", if raised == "baseline" { String::new() } else { raised });
}

/// A fill; in what a condition changes, the colour of a solid one is that of
/// its background.
fn ground(fill: &Node, colours: &Colours, is_condition: bool) -> String {
    if let Some(gradient) = fill.child("gradientFill") {
        return gradient.spelled();
    }
    let Some(pattern) = fill.child("patternFill") else { return String::new() };
    let colour = |name: &str| pattern.child(name).and_then(|it| colours.of_node(it));
    let (fore, back) = (colour("fgColor"), colour("bgColor"));
    let usual = if is_condition { "solid" } else { "none" };
    match pattern.get("patternType").unwrap_or(usual) {
        "none" => String::new(),
        "solid" if is_condition => back.or(fore).unwrap_or_default(),
        "solid" => fore.unwrap_or_else(|| "000000".to_owned()),
        kind => format!("{kind} {} {}", fore.unwrap_or_default(), back.unwrap_or_default()),
    }
}

const EDGES: [(&str, &str, &str); 4] = [
    ("left", "start", "viền trái"),
    ("right", "end", "viền phải"),
    ("top", "top", "viền trên"),
    ("bottom", "bottom", "viền dưới"),
];

fn edges(border: &Node, colours: &Colours, look: &mut Look) {
    let told = |edge: &Node| {
        let style = edge.get("style").filter(|it| *it != "none")?;
        let colour = edge.child("color").and_then(|it| colours.of_node(it));
        Some(format!("{style} {}", colour.unwrap_or_else(|| "000000".to_owned())))
    };
    for (name, other, aspect) in EDGES {
        let edge = border.child(name).or(border.child(other));
        put(look, aspect, edge.and_then(told).unwrap_or_default());
    }
    let ways = [("diagonalUp", "/"), ("diagonalDown", "\\")];
    let ways = ways.into_iter().filter(|(name, _)| border.is(name) == Some(true));
    let ways: String = ways.map(|(_, sign)| sign).collect();
    let diagonal = border.child("diagonal").and_then(told).filter(|_| !ways.is_empty());
    put(look, "viền chéo", diagonal.map(|it| format!("{ways} {it}")).unwrap_or_default());
}

/// Where in its cell a text stands.
fn placed(format: &Node, look: &mut Look) {
    let hidden = format.child("protection").and_then(|it| it.is("hidden"));
    put(look, "ẩn công thức", if hidden == Some(true) { "có" } else { "" });
    let Some(place) = format.child("alignment") else { return };
    let text = |name: &str, usual: &str| {
        place.get(name).filter(|it| *it != usual).unwrap_or_default().to_owned()
    };
    put(look, "căn ngang", text("horizontal", "general"));
    put(look, "căn dọc", text("vertical", "bottom"));
    put(look, "xoay chữ", text("textRotation", "0"));
    put(look, "thụt lề", text("indent", "0"));
    put(look, "chiều đọc", text("readingOrder", "0"));
    let yes = |name: &str| if place.is(name) == Some(true) { "có" } else { "" };
    put(look, "xuống dòng", yes("wrapText"));
    put(look, "thu chữ cho vừa ô", yes("shrinkToFit"));
}

/// What a condition changes, in one line.
fn changed(dxf: &Node, colours: &Colours, code: &impl Fn(u32) -> String) -> String {
    let mut look = Look::new();
    if let Some(font) = dxf.child("font") {
        letters(font, colours, &mut look);
        // What a condition cannot change programs fill in as they like.
        look.remove("phông chữ");
        look.remove("cỡ chữ");
        let colour = font.child("color").and_then(|it| colours.of_node(it));
        put(&mut look, "màu chữ", colour.unwrap_or_default());
    }
    if let Some(fill) = dxf.child("fill") {
        put(&mut look, "màu nền", ground(fill, colours, true));
    }
    if let Some(border) = dxf.child("border") {
        edges(border, colours, &mut look);
    }
    if let Some(format) = dxf.child("numFmt") {
        let own = format.get("formatCode").map(formula::format_code);
        let id = format.get("numFmtId").and_then(|it| it.parse().ok()).unwrap_or(0);
        put(&mut look, "định dạng số", own.unwrap_or_else(|| code(id)));
    }
    look.iter().map(|(aspect, told)| format!("{aspect} {told}")).collect::<Vec<_>>().join(", ")
}
