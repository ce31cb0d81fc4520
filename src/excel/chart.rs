//! Charts as Excel draws them.

use rust_xlsxwriter::Chart as Drawing;
use rust_xlsxwriter::ChartAxisCrossing;
use rust_xlsxwriter::ChartAxisLabelPosition;
use rust_xlsxwriter::ChartDataLabel;
use rust_xlsxwriter::ChartDataLabelPosition;
use rust_xlsxwriter::ChartErrorBars;
use rust_xlsxwriter::ChartErrorBarsType;
use rust_xlsxwriter::ChartFont;
use rust_xlsxwriter::ChartFormat;
use rust_xlsxwriter::ChartLayout;
use rust_xlsxwriter::ChartLegendPosition;
use rust_xlsxwriter::ChartLine;
use rust_xlsxwriter::ChartMarker;
use rust_xlsxwriter::ChartMarkerType;
use rust_xlsxwriter::ChartRange;
use rust_xlsxwriter::ChartSolidFill;
use rust_xlsxwriter::ChartType;
use rust_xlsxwriter::Color;

use super::look;
use crate::sheet::Chart;
use crate::sheet::ChartKind;
use crate::sheet::Series;
use crate::sheet::Sparkline;

/// With more ranks than this, every other one is written on the axis.
const FINE_RANKS: f64 = 20.0;

/// A chart of the library. Labels and axes show numbers as the cells do.
pub(super) fn drawn(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::new(match chart.kind {
        ChartKind::Bar => ChartType::Bar,
        ChartKind::Column => ChartType::Column,
        ChartKind::StackedColumn => ChartType::ColumnStacked,
        ChartKind::Scatter => ChartType::Scatter,
        ChartKind::Whiskers | ChartKind::Line | ChartKind::Ranks => ChartType::Line,
    });
    let mut coloured = 0;
    for series in &chart.series {
        let color = Color::RGB(look::SERIES[coloured % look::SERIES.len()]);
        let is_upper = coloured.is_multiple_of(2);
        let is_faint = chart.kind == ChartKind::Ranks && !series.has_labels;
        coloured += usize::from(!is_faint);
        if matches!(chart.kind, ChartKind::Line | ChartKind::Ranks) {
            add_line(&mut drawing, chart, series, color, is_upper);
        } else {
            add_series(&mut drawing, chart, series, color);
        }
    }
    drawing
        .set_width(chart.width)
        .set_height(chart.height)
        .set_name(&chart.title)
        .set_alt_text(&chart.description);
    drawing.title().set_name(&chart.title).set_font(font(13).set_bold());
    if chart.series.len() == 1 || chart.kind == ChartKind::Ranks {
        drawing.legend().set_hidden();
    } else {
        drawing.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10));
    }
    dress_axes(&mut drawing, chart);
    if chart.kind == ChartKind::Ranks {
        // The names at the ends of the lines stand right of the plot.
        let layout = ChartLayout::new().set_offset(0.06, 0.13).set_dimensions(0.74, 0.78);
        drawing.plot_area().set_layout(&layout);
    }
    drawing
}

fn add_series(drawing: &mut Drawing, chart: &Chart, series: &Series, color: Color) {
    let mut fill = ChartSolidFill::new();
    fill.set_color(color);
    let drawn = drawing.add_series();
    drawn
        .set_name(series.name.as_str())
        .set_categories(series.categories.absolute().as_str())
        .set_values(series.values.absolute().as_str());
    if matches!(chart.kind, ChartKind::Scatter | ChartKind::Whiskers) {
        let mut marker = ChartMarker::new();
        marker
            .set_type(ChartMarkerType::Circle)
            .set_size(7)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
        let mut line = ChartLine::new();
        line.set_hidden(true);
        drawn.set_marker(&marker).set_format(ChartFormat::new().set_line(&line));
    } else {
        drawn.set_format(ChartFormat::new().set_solid_fill(&fill)).set_gap(60);
        if chart.kind == ChartKind::StackedColumn {
            drawn.set_overlap(100);
        }
    }
    if let Some((above, below)) = &series.whiskers {
        let [above, below] = [above, below].map(|it| ChartRange::new_from_string(&it.absolute()));
        let mut bars = ChartErrorBars::new();
        let mut line = ChartLine::new();
        line.set_color(color).set_width(1.5);
        bars.set_type(ChartErrorBarsType::Custom(above, below));
        bars.set_format(ChartFormat::new().set_line(&line));
        drawn.set_y_error_bars(&bars);
    }
    if series.has_labels {
        let mut label = ChartDataLabel::new();
        let mut letters = font(9);
        if chart.kind == ChartKind::StackedColumn {
            letters.set_color(Color::White);
        }
        label.show_value().set_font(&letters);
        drawn.set_data_label(&label);
    }
}

/// A line: thick and in colour, its points marked; or thin and grey.
fn add_line(drawing: &mut Drawing, chart: &Chart, series: &Series, color: Color, is_upper: bool) {
    let is_ranks = chart.kind == ChartKind::Ranks;
    let is_faint = is_ranks && !series.has_labels;
    let color = if is_faint { Color::RGB(look::FAINT) } else { color };
    let mut line = ChartLine::new();
    line.set_color(color).set_width(if is_faint { 1.0 } else { 3.5 });
    let mut fill = ChartSolidFill::new();
    fill.set_color(color);
    let mut marker = ChartMarker::new();
    if is_faint {
        marker.set_none();
    } else {
        marker
            .set_type(ChartMarkerType::Circle)
            .set_size(if is_ranks { 9 } else { 7 })
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    let drawn = drawing.add_series();
    drawn
        .set_name(series.name.as_str())
        .set_categories(series.categories.absolute().as_str())
        .set_values(series.values.absolute().as_str())
        .set_format(ChartFormat::new().set_line(&line))
        .set_marker(&marker);
    if !series.has_labels {
        return;
    }
    let mut letters = font(if is_ranks { 11 } else { 9 });
    letters.set_bold().set_color(color);
    let mut label = ChartDataLabel::new();
    if is_ranks {
        // Only the last point says whose line it is.
        label.show_series_name().set_position(ChartDataLabelPosition::Right).set_font(&letters);
        let points = series.values.last.col - series.values.first.col;
        let mut hidden: Vec<ChartDataLabel> =
            (0..points).map(|_| ChartDataLabel::new().set_hidden().to_custom()).collect();
        hidden.push(ChartDataLabel::new().show_series_name().set_font(&letters).to_custom());
        drawn.set_data_label(&label).set_custom_data_labels(&hidden);
    } else {
        // Lines lie close together: every other one has its figures below.
        let (above, below) = (ChartDataLabelPosition::Above, ChartDataLabelPosition::Below);
        label.show_value().set_position(if is_upper { above } else { below }).set_font(&letters);
        drawn.set_data_label(&label);
    }
}

/// A line in a cell.
pub(super) fn sparkline(line: &Sparkline) -> rust_xlsxwriter::Sparkline {
    rust_xlsxwriter::Sparkline::new()
        .set_range(line.values.absolute().as_str())
        .set_sparkline_color(Color::RGB(look::SERIES[0]))
        .set_line_weight(1.5)
        .show_high_point(true)
        .set_high_point_color(Color::RGB(look::SERIES[2]))
        .show_low_point(true)
        .set_low_point_color(Color::RGB(look::ALARM))
}

fn dress_axes(drawing: &mut Drawing, chart: &Chart) {
    let mut faint = ChartLine::new();
    faint.set_color(Color::RGB(0xD9_D9D9)).set_width(0.5);
    // In a chart of horizontal bars the library calls the axis of values x.
    let is_bar = chart.kind == ChartKind::Bar;
    let axis = if is_bar { drawing.y_axis() } else { drawing.x_axis() };
    axis.set_font(&font(10));
    if chart.kind != ChartKind::Scatter {
        // Every category is named: whoever is left out asks why.
        axis.set_label_interval(1);
    }
    let name = if is_bar { &chart.y_title } else { &chart.x_title };
    if !name.is_empty() {
        axis.set_name(name.as_str()).set_name_font(font(10).set_bold());
    }
    if chart.kind == ChartKind::Whiskers {
        axis.set_label_position(ChartAxisLabelPosition::High);
    }
    if is_bar {
        axis.set_reverse().set_crossing(ChartAxisCrossing::Max).set_major_gridlines(false);
    }
    let axis = if is_bar { drawing.x_axis() } else { drawing.y_axis() };
    axis.set_font(&font(10)).set_major_gridlines(true).set_major_gridlines_line(&faint);
    let name = if is_bar { &chart.x_title } else { &chart.y_title };
    if !name.is_empty() {
        axis.set_name(name.as_str()).set_name_font(font(10).set_bold());
    }
    if chart.kind == ChartKind::Whiskers {
        // Ranks run downwards; names stay below all the same.
        axis.set_reverse();
    }
    if chart.kind == ChartKind::Ranks {
        // The best on top; the years stay below.
        let unit = if chart.y_max.is_some_and(|most| FINE_RANKS < most) { 2.0 } else { 1.0 };
        axis.set_reverse().set_crossing(ChartAxisCrossing::Max).set_major_unit(unit);
    }
    if let Some(least) = chart.y_min {
        axis.set_min(least);
    }
    if let Some(most) = chart.y_max {
        axis.set_max(most);
    }
}

fn font(size: u16) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(look::FONT).set_size(size);
    font
}
