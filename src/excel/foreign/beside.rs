//! What our own walk over a foreign file finds beside the values: which cells
//! there are and how they are dressed; and the values that calamine adds.
//!
//! Each format is walked before calamine sees the file. The walk bounds what is
//! in it, and a cell that only one of the two finds refuses the file: no file is
//! read in one of two ways.

use std::collections::BTreeMap;

use calamine::Data;
use calamine::Range;

use crate::book::{Page, RawCell, RawValue};
use crate::day::Day;
use crate::excel::gate::{Fault, Gated, ceiling};
use crate::excel::package::short;
use crate::excel::styles::{Mark, PERCENTS};
use crate::finding::{CellRef, Code};
use crate::text;
use crate::text::legacy::Encoding;

/// A sheet as the walk finds it.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    pub(super) cells: BTreeMap<CellRef, Beside>,
    pub(super) remarks: BTreeMap<CellRef, String>,
}

/// A cell that holds something, without its value.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    pub(super) is_formula: bool,
    pub(super) mark: Mark,
    /// What the cell holds, where calamine passes it over or tells another thing.
    pub(super) instead: Option<RawValue>,
}

/// All sheets of a file, in their order.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) sheets: Vec<Sheet>,
    pub(super) has_macro: bool,
    filled: usize,
}

impl Walked {
    pub(super) fn new(has_macro: bool) -> Walked {
        Walked { has_macro, ..Walked::default() }
    }

    /// Begins a sheet; no two may have one name.
    pub(super) fn begin(&mut self, name: String, is_hidden: bool) -> Gated<&mut Sheet> {
        if ceiling::SHEETS <= self.sheets.len() {
            return Err(Fault::too_large(format!("Sổ làm việc có hơn {} trang.", ceiling::SHEETS)));
        }
        if self.sheets.iter().any(|it| it.name.to_lowercase() == name.to_lowercase()) {
            let message = format!("Có hai trang tính cùng tên «{}».", short(&name));
            return Err(Fault::suspicious(message));
        }
        self.sheets.push(Sheet { name, is_hidden, ..Sheet::default() });
        Ok(self.sheets.last_mut().expect("one was pushed"))
    }

    /// Adds a cell to the sheet begun last.
    pub(super) fn add(&mut self, at: CellRef, cell: Beside) -> Gated<()> {
        let sheet = self.sheets.last_mut().expect("a sheet was begun");
        self.filled += 1;
        if ceiling::FILLED < self.filled {
            return Err(Fault::too_large(format!("Tệp có hơn {} ô đã điền.", ceiling::FILLED)));
        }
        if ceiling::ROWS <= at.row || ceiling::COLUMNS <= at.col {
            let message = format!("Trang «{}» có ô ngoài lưới Excel.", short(&sheet.name));
            return Err(Fault::suspicious(message));
        }
        if sheet.cells.insert(at, cell).is_some() {
            let message = format!("Ô {at} trang «{}» được ghi hai lần.", short(&sheet.name));
            return Err(Fault::suspicious(message));
        }
        Ok(())
    }

    /// calamine lays the cells of a sheet out in one rectangle.
    pub(super) fn check_extents(&self) -> Gated<()> {
        for Sheet { name, cells, .. } in &self.sheets {
            let rows = cells.keys().next_back().map_or(0, |last| last.row)
                - cells.keys().next().map_or(0, |first| first.row);
            let (first, last) = cells
                .keys()
                .fold((u32::MAX, 0), |(first, last), at| (first.min(at.col), last.max(at.col)));
            let area = (u64::from(rows) + 1) * (u64::from(last.saturating_sub(first)) + 1);
            if ceiling::CELLS as u64 <= area {
                let message = format!("Các ô của trang «{}» nằm cách nhau quá xa.", short(name));
                return Err(Fault::too_large(message));
            }
        }
        Ok(())
    }
}

impl Sheet {
    /// The sheet with its values.
    pub(super) fn with(self, values: &Range<Data>, is_1904: bool) -> Gated<Page> {
        let apart = |at: CellRef| {
            let message = format!(
                "Ô {at} trang «{}» đọc theo hai cách được hai nội dung.",
                short(&self.name)
            );
            Fault::new(Code::FileUnreadable, message)
        };
        let start = values.start().unwrap_or_default();
        for (row, col, _) in values.used_cells() {
            let at = |from: u32, by: usize| from + u32::try_from(by).unwrap_or(u32::MAX - from);
            let at = CellRef::new(at(start.0, row), at(start.1, col));
            if !self.cells.contains_key(&at) {
                return Err(apart(at));
            }
        }
        let mut cells = BTreeMap::new();
        for (at, beside) in self.cells {
            let held = values.get_value((at.row, at.col)).unwrap_or(&Data::Empty);
            let value = match beside.instead {
                Some(value) => Some(value),
                None if *held == Data::Empty && !beside.is_formula => return Err(apart(at)),
                None => value_of(held, beside.is_formula, is_1904),
            };
            let Some(value) = value else { continue };
            let (is_text, is_number) =
                (matches!(value, RawValue::Text(_)), matches!(value, RawValue::Number(_)));
            let cell = RawCell {
                is_formula: beside.is_formula,
                encoding: beside.mark.encoding.filter(|_| is_text),
                is_struck: beside.mark.is_struck,
                is_percent: beside.mark.is_percent && is_number,
                value,
            };
            cells.insert(at, cell);
        }
        Ok(Page { name: self.name, is_hidden: self.is_hidden, cells, remarks: self.remarks })
    }
}

/// How the cells of a workbook in records may be dressed, by number.
#[derive(Debug, Default)]
pub(super) struct Dresses {
    pub(super) fonts: Vec<Mark>,
    /// Whether each number format of the workbook's own shows a percentage.
    pub(super) formats: BTreeMap<u16, bool>,
    /// The font and the number format of each cell format.
    pub(super) cells: Vec<(usize, u16)>,
}

impl Dresses {
    pub(super) fn font(&self, number: usize) -> Mark {
        self.fonts.get(number).copied().unwrap_or_default()
    }

    /// What a cell format says of its cells.
    pub(super) fn mark(&self, format: usize) -> Mark {
        let Some((font, number)) = self.cells.get(format) else { return Mark::default() };
        let own = self.formats.get(number).copied();
        let is_percent = own.unwrap_or_else(|| PERCENTS.contains(&u32::from(*number)));
        Mark { is_percent, ..self.font(*font) }
    }
}

/// What a font says of the cells set in it.
pub(super) fn dressed(font: &str, is_struck: bool) -> Mark {
    Mark { encoding: Encoding::of_font(font), is_struck, is_percent: false, is_date: false }
}

/// What a cell holds, or `None` for nothing but blanks.
fn value_of(data: &Data, is_formula: bool, is_1904: bool) -> Option<RawValue> {
    /// Days from Excel's day 0 to the day 0 of the 1904 system.
    const MACINTOSH: f64 = 1462.0;
    let number = |value: f64, as_value: fn(f64) -> RawValue| {
        if value.is_finite() { as_value(value) } else { RawValue::Error(value.to_string()) }
    };
    Some(match data {
        Data::Empty => return is_formula.then_some(RawValue::Missing),
        #[expect(clippy::cast_precision_loss, reason = "of 30 bits")]
        Data::Int(value) => RawValue::Number(*value as f64),
        Data::Float(value) => number(*value, RawValue::Number),
        Data::DateTime(value) => {
            let shift = if is_1904 { MACINTOSH } else { 0.0 };
            number(value.as_f64() + shift, RawValue::Date)
        }
        Data::Bool(value) => RawValue::Bool(*value),
        Data::Error(error) => RawValue::Error(error.to_string()),
        Data::DateTimeIso(text) => {
            iso_serial(text).map_or_else(|| RawValue::Text(text.clone()), RawValue::Date)
        }
        Data::String(text) | Data::DurationIso(text) => {
            return (!text::is_blank(text)).then(|| RawValue::Text(text.clone()));
        }
    })
}

/// The serial of `2019-01-31` or `2019-01-31T…`; the time of day is dropped.
fn iso_serial(text: &str) -> Option<f64> {
    let day = Day::parse(text.get(..10)?)?;
    i32::try_from(day.serial()).ok().map(f64::from)
}
