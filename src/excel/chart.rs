//! Charts as Excel draws them.

use rust_xlsxwriter::Chart as Drawing;
use rust_xlsxwriter::ChartAxisCrossing;
use rust_xlsxwriter::ChartAxisLabelPosition;
use rust_xlsxwriter::ChartDataLabel;
use rust_xlsxwriter::ChartErrorBars;
use rust_xlsxwriter::ChartErrorBarsType;
use rust_xlsxwriter::ChartFont;
use rust_xlsxwriter::ChartFormat;
use rust_xlsxwriter::ChartLegendPosition;
use rust_xlsxwriter::ChartLine;
use rust_xlsxwriter::ChartMarker;
use rust_xlsxwriter::ChartMarkerType;
use rust_xlsxwriter::ChartRange;
use rust_xlsxwriter::ChartSolidFill;
use rust_xlsxwriter::ChartType;
use rust_xlsxwriter::Color;

use super::look;
use crate::report::sheet::Chart;
use crate::report::sheet::ChartKind;
use crate::report::sheet::Series;

/// A chart of the library. Labels and axes show numbers as the cells do.
pub(super) fn drawn(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::new(match chart.kind {
        ChartKind::Bar => ChartType::Bar,
        ChartKind::Column => ChartType::Column,
        ChartKind::StackedColumn => ChartType::ColumnStacked,
        ChartKind::Scatter => ChartType::Scatter,
        ChartKind::Whiskers => ChartType::Line,
    });
    for (at, series) in chart.series.iter().enumerate() {
        let color = Color::RGB(look::SERIES[at % look::SERIES.len()]);
        add_series(&mut drawing, chart, series, color);
    }
    drawing
        .set_width(chart.width)
        .set_height(chart.height)
        .set_name(&chart.title)
        .set_alt_text(&chart.description);
    drawing.title().set_name(&chart.title).set_font(font(13).set_bold());
    if chart.series.len() == 1 {
        drawing.legend().set_hidden();
    } else {
        drawing.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10));
    }
    dress_axes(&mut drawing, chart);
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

fn dress_axes(drawing: &mut Drawing, chart: &Chart) {
    let mut faint = ChartLine::new();
    faint.set_color(Color::RGB(0xD9_D9D9)).set_width(0.5);
    // In a chart of horizontal bars the library calls the axis of values x.
    let is_bar = chart.kind == ChartKind::Bar;
    let axis = if is_bar { drawing.y_axis() } else { drawing.x_axis() };
    axis.set_font(&font(10));
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
