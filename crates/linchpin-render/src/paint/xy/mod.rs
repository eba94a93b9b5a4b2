//! Dots, ranges, lines and steps on two axes.

mod axis;
mod band_plot;
mod dodge;
mod line;
mod numeric_plot;
mod plot_points;
mod series_labels;
mod strokes;
mod value_labels;

use super::layout_area::LayoutArea;
use super::picture_layout::PictureLayout;
use super::text_layout::TextLayouter;
use super::{label_placer, legend};
use crate::theme::{self, Palette, size, space};
use egui::{Rect, pos2};
use linchpin_charts::picture::{AxisScale, ColorRole, LegendKey, MarkId, XyPlot};
use plot_points::PlacedPoint;

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
        _ => numeric_plot::lay_out(layouter, layout, body, area),
    }
}

/// What the colors and shapes of several series stand for. Returns where the rest begins.
fn legend(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    body: &XyPlot,
    area: LayoutArea,
) -> f32 {
    // Small multiples have one key for all.
    if body.series.len() < 2 || area.shared_scale.is_some() {
        return area.top;
    }
    let keys: Vec<&LegendKey> = body.series.iter().map(|series| &series.key).collect();
    legend::lay_out_with(layouter, layout, &keys, area, dot_swatch) + space::M
}

/// A dot in a key.
pub(super) fn dot_swatch(
    layout: &mut PictureLayout,
    palette: &Palette,
    tone: ColorRole,
    place: Rect,
) {
    strokes::draw_dot(layout, palette, tone, place.center(), strokes::DOT_PT);
}

/// The title of an axis, muted and small. Returns its bottom, or `top` where it is plain.
fn axis_title(
    layouter: &TextLayouter<'_>,
    layout: &mut PictureLayout,
    words: &str,
    top: f32,
    (left, right): (f32, f32),
    ends_right: bool,
) -> f32 {
    if words.trim().is_empty() {
        return top;
    }
    let font = theme::regular(size::CAPTION);
    let text = layouter.wrapped(words, font, layouter.palette.text_muted, right - left);
    let x = if ends_right {
        right - text.size.x
    } else {
        left
    };
    layout.text(pos2(x, top), text).bottom()
}

/// Where each mark can be pointed at, in reading order.
fn add_hit_areas(layout: &mut PictureLayout, points: &[PlacedPoint<'_>]) {
    for (at, placed) in (0..).zip(points) {
        layout.add_hit_area(MarkId(at), placed.hit_rect());
    }
}

/// The words and marks of a sheet from one of its items on, as what is taken of a room.
fn label_placer(
    layouter: &TextLayouter<'_>,
    layout: &PictureLayout,
    room: Rect,
) -> label_placer::LabelPlacer {
    label_placer::LabelPlacer::from_layout(layout, room, layouter.palette.background)
}
