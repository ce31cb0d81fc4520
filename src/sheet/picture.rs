//! Charts, and what lies over cells: shades, marks, small lines.

use super::cell::Range;
use super::role::Level;
use crate::finding::CellRef;

/// A block shaded from low (red) to high (green).
#[derive(Clone, Debug)]
pub struct Heat {
    pub first: CellRef,
    pub last: CellRef,
}

/// A block whose cells take another role's look while `formula` is true of the
/// first cell.
#[derive(Clone, Debug)]
pub struct Mark {
    pub first: CellRef,
    pub last: CellRef,
    pub formula: String,
    pub level: Level,
}

#[derive(Clone, Debug)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    /// Said to people who cannot see the chart.
    pub description: String,
    pub x_title: String,
    pub y_title: String,
    pub series: Vec<Series>,
    /// The cell of its upper left corner.
    pub at: CellRef,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// The value axis, if it should not start at zero.
    pub y_min: Option<f64>,
    pub y_max: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Horizontal bars, first category on top.
    Bar,
    Column,
    StackedColumn,
    Scatter,
    /// A dot a category with a whisker each way; the value axis runs downwards,
    /// as ranks do.
    Whiskers,
    /// Lines over categories, a gap where a cell is blank.
    Line,
    /// Lines of ranks, the first on top: a series with labels is thick, in
    /// colour and named at its end; the others are thin and grey.
    Ranks,
}

/// A line as small as a cell, its lowest and highest points marked.
#[derive(Clone, Debug)]
pub struct Sparkline {
    pub at: CellRef,
    pub values: Range,
}

#[derive(Clone, Debug)]
pub struct Series {
    pub name: String,
    pub categories: Range,
    pub values: Range,
    pub has_labels: bool,
    /// How far the whiskers reach above and below the values.
    pub whiskers: Option<(Range, Range)>,
}
