//! Dots, ranges, lines and steps on two axes: here with a scale up the page, numbers over dates,
//! over numbers or over bands; in rows in [`band_plot`].

mod axis;
mod band_plot;
mod dumbbell;
mod labels;
mod lines;
mod marks;

pub(super) use dumbbell::lay_out as lay_out_dumbbell;
pub(super) use labels::dot_swatch;

use super::bar_shapes::{self, OPEN_PT};
use super::coordinates::{self, PlotCoordinates, PositionScale};
use super::picture_layout::{LayoutArea, PictureLayout};
use super::text_layout::TextLayouter;
use crate::theme::space;
use egui::{Rect, Stroke, pos2};
use linchpin_charts::picture::{AxisScale, Extent, PlotPoint, XyPlot};

/// The narrowest plot, and the narrowest band across the page, in points.
const MIN_WIDTH_PT: f32 = 240.0;
const MIN_BAND_PT: f32 = 24.0;

/// The narrowest body.
pub(super) fn min_width_pt(body: &XyPlot) -> f32 {
    match &body.x.scale {
        AxisScale::Bands(names) => MIN_WIDTH_PT.max(80.0 + MIN_BAND_PT * names.len() as f32),
        _ => MIN_WIDTH_PT,
    }
}

/// Lays the plot out. Returns the bottom.
pub(super) fn lay_out(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    area: LayoutArea,
) -> f32 {
    match &body.y.scale {
        AxisScale::Bands(names) => band_plot::lay_out(layouter, layout, body, names, area),
        _ => lay_out_numeric(layouter, layout, body, area),
    }
}

/// The height of the scale for its width, and what it never falls below or rises above, in points.
const HEIGHT_SHARE: f32 = 0.52;
const MIN_HEIGHT_PT: f32 = 180.0;
const MAX_HEIGHT_PT: f32 = 400.0;

/// The lowest scale, where a picture is flat, in points.
const MIN_SHRUNK_HEIGHT_PT: f32 = 110.0;

/// The highest scale for its width, where a picture is tall.
const MAX_STRETCH: f32 = 1.2;

/// Lays key, axes and marks out. Returns the bottom.
fn lay_out_numeric(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let natural = (area.width * HEIGHT_SHARE).clamp(MIN_HEIGHT_PT, MAX_HEIGHT_PT);
    // A plot that is much higher than wide makes every slope look steep.
    let most = natural.max(area.width * MAX_STRETCH);
    let height = (natural + area.spare_height_pt).clamp(MIN_SHRUNK_HEIGHT_PT, most);
    // Small charts next to each other leave the names to their one key.
    let ends = match area.shared_scale {
        Some(_) => None,
        None => labels::fit_end_labels(layouter, body, area.width, height),
    };
    let top = match &ends {
        Some(ends) if ends.has_names => area.top,
        _ => labels::legend(layouter, layout, body, area),
    };
    let ends_x = (area.left, area.right());
    let top =
        axis::axis_title(layouter, layout, &body.y.title, top, ends_x, false) + area.headroom_pt;
    let ticks = axis::y_ticks(layouter, body, height);
    // Half of the highest label stands above its tick.
    let rise = ticks.last().map_or(0.0, |tick| tick.text.size.y / 2.0);
    let opens_above = opens_beyond(body, &body.y.scale, |point| point.y, 0.8);
    let open = bar_shapes::open_end_pt(opens_above);
    let top = top + (rise + 6.0).max(open + space::XS).max(space::S);
    let gutter = ticks
        .iter()
        .map(|tick| tick.text.size.x)
        .fold(0.0, f32::max);
    let left = area.left + gutter + if gutter > 0.0 { space::S } else { 0.0 };
    let ends_pt = ends.as_ref().map(|ends| ends.width_pt);
    let right = area.right()
        - ends_pt.unwrap_or_else(|| {
            // Room for open ends.
            let opens = opens_beyond(body, &body.x.scale, |point| point.x, 0.85);
            if opens { OPEN_PT + space::S } else { 0.0 }
        });
    let within = Rect::from_min_max(
        pos2(left, top),
        pos2(right.max(left + space::L), top + height),
    );
    // Dots at both ends lie within the lines of the grid.
    let inset = match body.x.scale {
        AxisScale::Bands(_) => 0.0,
        _ => marks::DOT_PT + 1.0,
    };
    let x = PositionScale::from_scale(&body.x.scale, within.left() + inset, within.right() - inset);
    let y = PositionScale::from_scale(&body.y.scale, within.bottom(), within.top());
    for tick in ticks {
        let at = y.position_clamped(tick.value);
        let ends = [within.left(), within.right()].map(|x| pos2(x, at));
        layout.grid_line(ends[0], ends[1], axis::grid_stroke(p, &body.y, tick.value));
        let corner = pos2(
            within.left() - space::S - tick.text.size.x,
            at - tick.text.size.y / 2.0,
        );
        layout.text(corner, tick.text);
    }
    let bottom = lay_out_x_axis(layouter, layout, body, &x, within, area);
    let mut points = marks::place_points(body, &x, &y, within);
    let mut lines = lines::draw(layout, p, body, &mut points, within);
    // Words of lines stand right above the marks.
    let above = if area.headroom_pt > 0.0 {
        0.0
    } else {
        rise.max(space::S)
    };
    let room = Rect::from_min_max(
        pos2(within.left(), top - above),
        pos2(area.right(), within.bottom()),
    );
    let has_end_labels = ends.is_some();
    if let Some(ends) = ends {
        labels::draw_end_labels(layouter, layout, body, ends, &points, within, &mut lines);
    }
    let labels = labels::PointLabels {
        room,
        lines: &lines,
        has_end_labels,
    };
    labels::label_points(layouter, layout, body, &points, labels);
    marks::add_hit_areas(layout, &points);
    layout.coordinates = Some(PlotCoordinates {
        mark_lines: lines,
        ..PlotCoordinates::new(within, x, y)
    });
    bottom
}

/// The line at the foot, ticks or names below it, and the title of the axis. Returns the bottom.
fn lay_out_x_axis(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    x: &PositionScale,
    within: Rect,
    area: LayoutArea,
) -> f32 {
    let p = layouter.palette;
    let rule = Stroke::new(1.0, p.text_muted);
    if !axis::contains_zero(&body.y) {
        let ends = [within.left_bottom(), within.right_bottom()];
        layout.grid_line(ends[0], ends[1], Stroke::new(1.0, p.hairline));
    }
    let below = within.bottom() + 7.0;
    let bottom = match &body.x.scale {
        AxisScale::Bands(names) => {
            let band = within.width() / names.len().max(1) as f32;
            let edges = (area.left, below, area.right());
            axis::lay_out_band_labels(layouter, layout, names, x, band, edges)
        }
        scale => {
            let ends = (area.left, area.right());
            let (ticks, bottom) = axis::lay_out_x_ticks(layouter, layout, body, x, below, ends);
            for (_, at) in ticks {
                let foot = pos2(at, within.bottom());
                layout.line(foot, foot + egui::vec2(0.0, 5.0), rule);
                // Over dates the eye goes along the lines; between two scales it needs a grid.
                if !matches!(scale, AxisScale::Dates { .. }) {
                    layout.grid_line(pos2(at, within.top()), foot, Stroke::new(1.0, p.grid));
                }
            }
            bottom
        }
    };
    let ends = (area.left, area.right());
    axis::axis_title(layouter, layout, &body.x.title, bottom + 2.0, ends, true)
}

/// Whether an open end of a value high up on its scale needs room beyond it.
fn opens_beyond(
    body: &XyPlot,
    scale: &AxisScale,
    extent: impl Fn(&PlotPoint) -> Extent,
    from_fraction: f32,
) -> bool {
    let mut points = body.series.iter().flat_map(|series| &series.points);
    points.any(|point| {
        let extent = extent(point);
        let is_far = |low| coordinates::scale_fraction(scale, low) > from_fraction;
        extent.high.is_none() && extent.low.is_some_and(is_far)
    })
}
