//! How each role looks: fonts, borders, shades and number formats.
//!
//! Times New Roman throughout, as office documents are set. Number formats are
//! written in the codes of an English Excel, as the file format wants; a
//! Vietnamese Excel shows them with its own comma.

use std::collections::BTreeSet;

use rust_xlsxwriter::Color;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::FormatUnderline;

use crate::points::FINEST;
use crate::sheet::Align;
use crate::sheet::Level;
use crate::sheet::Role;
use crate::sheet::Value;

/// The font of everything.
pub(super) const FONT: &str = "Times New Roman";

/// The size of table text and of the default format, in points.
pub(super) const SIZE: f64 = 12.0;

/// Bars of charts, in the order of series.
pub(super) const SERIES: [u32; 6] =
    [0x1F_4E79, 0xC5_5A11, 0x54_8235, 0x7F_7F7F, 0xBF_9000, 0x70_30A0];

/// Lines of a chart that stay in the background.
pub(super) const FAINT: u32 = 0xBF_BFBF;

/// Low, middle and high of a heat block.
pub(super) const HEAT: [u32; 3] = [0xF8_CBAD, 0xFF_F2CC, 0xC6_E0B4];

/// The tab of a highlighted sheet, and the words of an alarm.
pub(super) const ALARM: u32 = 0xC0_0000;

/// How many alignments there are.
const ALIGNS: usize = 3;

const AREA: u32 = 0xDD_EBF7;
const TOTAL: u32 = 0xBD_D7EE;
const HEAD: u32 = 0xD9_E1F2;
const INPUT: u32 = 0xFF_FBE6;
const GOOD: u32 = 0xE2_EFDA;
const DOUBTFUL: u32 = 0xFF_F2CC;
const BAD: u32 = 0xF8_CBAD;
const CLOSED: u32 = 0xED_EDED;
const GREY: u32 = 0x59_5959;
const BORDER: u32 = 0x80_8080;

/// How a value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Blank,
    Text,
    /// Text that a program might take for a formula once somebody edits it.
    Guarded,
    Whole,
    /// A number with this many decimals, from 1 to [`FINEST`].
    Decimal(u32),
    Day,
}

impl Kind {
    fn number(places: u32) -> Kind {
        if places == 0 { Kind::Whole } else { Kind::Decimal(places.min(FINEST)) }
    }
}

/// The formats of a workbook's cells and their numbers in it.
pub(super) struct Looks {
    places: u32,
    index_places: u32,
    /// By role and kind ([`slot`]): 0 where no cell has this format, 1 where one
    /// may have and it has no number yet.
    numbers: Vec<u32>,
    used: BTreeSet<(Role, Kind)>,
}

impl Looks {
    pub(super) fn new(places: u32, index_places: u32) -> Looks {
        Looks { places, index_places, numbers: Vec::new(), used: BTreeSet::new() }
    }

    /// Every format that a cell of any workbook can have.
    pub(super) fn use_every(&mut self) {
        for role in Role::all() {
            self.use_usual(role);
            (1..=FINEST).for_each(|places| self.add(role, Kind::Decimal(places)));
        }
    }

    /// The format of a cell, and the others that its role mostly has: so
    /// workbooks of a kind have the same ones.
    pub(super) fn use_for(&mut self, value: &Value, role: Role) {
        let kind = self.kind(value);
        if self.numbers.get(slot(role, kind)).is_none_or(|it| *it == 0) {
            self.use_usual(role);
            self.add(role, kind);
        }
    }

    fn use_usual(&mut self, role: Role) {
        let numbers = [self.places, self.index_places].map(Kind::number);
        let kinds = [Kind::Blank, Kind::Text, Kind::Guarded, Kind::Whole, Kind::Day];
        kinds.into_iter().chain(numbers).for_each(|kind| self.add(role, kind));
    }

    fn add(&mut self, role: Role, kind: Kind) {
        let slot = slot(role, kind);
        if self.numbers.len() <= slot {
            self.numbers.resize(slot + 1, 0);
        }
        self.numbers[slot] = 1;
        self.used.insert((role, kind));
    }

    /// What the formats follow from, in the order of [`Looks::formats`].
    pub(super) fn used(&self) -> &BTreeSet<(Role, Kind)> {
        &self.used
    }

    pub(super) fn formats(&self) -> impl Iterator<Item = Format> {
        self.used.iter().map(|(role, kind)| dressed(base(*role), *role, *kind))
    }

    /// Takes the numbers that the formats have in the file.
    pub(super) fn set_numbers(&mut self, numbers: &[u32]) {
        assert_eq!(numbers.len(), self.used.len(), "a number for each format");
        for ((role, kind), number) in self.used.iter().zip(numbers) {
            self.numbers[slot(*role, *kind)] = *number;
        }
    }

    /// The number of a cell's format, which was used before.
    pub(super) fn number(&self, value: &Value, role: Role) -> u32 {
        self.numbers[slot(role, self.kind(value))]
    }

    fn kind(&self, value: &Value) -> Kind {
        match value {
            Value::Blank => Kind::Blank,
            Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\'']) => {
                Kind::Guarded
            }
            Value::Text(_) => Kind::Text,
            Value::Whole(_) | Value::Money(_) => Kind::Whole,
            Value::Points(_) => Kind::number(self.places),
            Value::Percent(_) => Kind::number(self.index_places),
            Value::Quantity(quantity) => Kind::number(quantity.places()),
            Value::Decimal(_, places) => Kind::number(*places),
            Value::Day(_) => Kind::Day,
            Value::Formula(_, result) => self.kind(result),
        }
    }
}

/// A place for a role and kind among all of them.
fn slot(role: Role, kind: Kind) -> usize {
    let kind = match kind {
        Kind::Blank => 0,
        Kind::Text => 1,
        Kind::Guarded => 2,
        Kind::Whole => 3,
        Kind::Day => 4,
        Kind::Decimal(places) => usize::try_from(places).map_or(5, |it| 4 + it),
    };
    (kind * ALIGNS + role.align as usize) * Role::LEVELS + role.level as usize
}

/// The format of everything that has no other.
pub(super) fn default() -> Format {
    Format::new().set_font_name(FONT).set_font_size(SIZE)
}

/// What a level changes in a cell while a condition holds: a conditional format
/// may not change fonts or borders.
pub(super) fn mark(level: Level) -> Format {
    let look = Format::new();
    match shade(level) {
        Some(color) => look.set_background_color(Color::RGB(color)),
        None if level == Level::Alarm => look.set_font_color(Color::RGB(ALARM)).set_bold(),
        None => look.set_bold(),
    }
}

/// The font a text is set in, as far as its width goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    /// In points.
    pub(super) size: f64,
    pub(super) is_bold: bool,
}

/// The font of a level, as far as its width goes.
pub(super) fn face(level: Level) -> Face {
    let size = match level {
        Level::Title => 14.0,
        Level::Subtitle | Level::Motto | Level::Dateline | Level::Signer => 13.0,
        Level::Remark => 11.0,
        Level::Closed => 10.0,
        Level::IssuerLine => 6.0,
        _ => SIZE,
    };
    Face { size, is_bold: is_bold(level) }
}

/// Whether a level belongs to a table: bordered, and in the middle of its row.
pub(super) fn is_table(level: Level) -> bool {
    !matches!(
        level,
        Level::Plain
            | Level::Strong
            | Level::Remark
            | Level::Parent
            | Level::Issuer
            | Level::IssuerLine
            | Level::Nation
            | Level::Motto
            | Level::Dateline
            | Level::Title
            | Level::Subtitle
            | Level::Alarm
            | Level::Signer
            | Level::SignHint
    )
}

fn is_bold(level: Level) -> bool {
    matches!(
        level,
        Level::Strong
            | Level::Issuer
            | Level::Nation
            | Level::Motto
            | Level::Title
            | Level::Subtitle
            | Level::Alarm
            | Level::Head
            | Level::Area
            | Level::Criterion
            | Level::Total
            | Level::Signer
    )
}

fn shade(level: Level) -> Option<u32> {
    match level {
        Level::Head => Some(HEAD),
        Level::Area => Some(AREA),
        Level::Total => Some(TOTAL),
        Level::Input | Level::InputDay => Some(INPUT),
        Level::Closed => Some(CLOSED),
        Level::Good => Some(GOOD),
        Level::Doubtful => Some(DOUBTFUL),
        Level::Bad => Some(BAD),
        _ => None,
    }
}

fn align(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    }
}

/// A role's font, alignment, border and shade.
fn base(Role { level, align: across }: Role) -> Format {
    let face = face(level);
    let mut look = default().set_font_size(face.size).set_align(align(across)).set_text_wrap();
    look = look.set_align(match level {
        Level::Nation | Level::Motto | Level::Parent | Level::Issuer | Level::IssuerLine => {
            FormatAlign::Top
        }
        _ => FormatAlign::VerticalCenter,
    });
    if face.is_bold {
        look = look.set_bold();
    }
    if is_table(level) {
        look = look.set_border(FormatBorder::Thin).set_border_color(Color::RGB(BORDER));
    }
    if let Some(color) = shade(level) {
        look = look.set_background_color(Color::RGB(color));
    }
    match level {
        Level::Remark | Level::Dateline | Level::SignHint => look.set_italic(),
        Level::Motto => look.set_underline(FormatUnderline::Single),
        Level::Alarm => look.set_font_color(Color::RGB(ALARM)),
        Level::Closed => look.set_font_color(Color::RGB(GREY)),
        Level::Input | Level::InputDay => look.set_unlocked(),
        _ => look,
    }
}

/// Adds the number format of what the cell holds, or will hold.
fn dressed(look: Format, role: Role, kind: Kind) -> Format {
    match (kind, role.level, role.align) {
        (Kind::Blank | Kind::Day, Level::InputDay, _) | (Kind::Day, ..) => {
            look.set_num_format("dd/mm/yyyy")
        }
        // What is typed into a text cell stays text, whatever it looks like.
        (Kind::Blank | Kind::Text, Level::Input, Align::Left) => look.set_num_format("@"),
        (Kind::Guarded, Level::Input, Align::Left) => look.set_num_format("@").set_quote_prefix(),
        // A code such as 1.2 stays a code when somebody edits its cell.
        (Kind::Text, Level::Body | Level::Area | Level::Criterion, Align::Center) => {
            look.set_num_format("@")
        }
        (Kind::Guarded, ..) => look.set_quote_prefix(),
        (Kind::Whole, ..) => look.set_num_format(decimal(0) + tail(role)),
        (Kind::Decimal(places), ..) => look.set_num_format(decimal(places) + tail(role)),
        (Kind::Blank | Kind::Text, ..) => look,
    }
}

/// What follows a number as a part of its format: the mark of where it comes
/// from, and room before the border on the right.
fn tail(role: Role) -> &'static str {
    match (role.level, role.align) {
        (Level::FromUnit, _) => "\"\u{a0}t\"_ ",
        (Level::FromFigures, _) => "\"\u{a0}s\"_ ",
        (Level::FromSurvey, _) => "\"\u{a0}k\"_ ",
        (_, Align::Right) => "_ ",
        _ => "",
    }
}

/// `#,##0.00` with as many zeros as `places`.
fn decimal(places: u32) -> String {
    let zeros = "0".repeat(usize::try_from(places).unwrap_or(0));
    if zeros.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{zeros}") }
}
