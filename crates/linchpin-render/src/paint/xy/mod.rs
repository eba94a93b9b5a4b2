//! Dots, ranges, lines and steps on two axes.

mod axis;
mod bands;
mod dodge;
mod ends;
mod line;
mod numbers;
mod placed;
mod strokes;
mod values;

use super::area::Area;
use super::sheet::Sheet;
use super::typeset::Typesetter;
use super::{key, place};
use crate::theme::{self, Palette, size, space};
use egui::{Rect, pos2};
use linchpin_charts::picture::{AxisScale, ColorRole, LegendKey, MarkId, XyPlot};
use placed::Placed;

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
pub(super) fn lay_out(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &XyPlot, area: Area) -> f32 {
    match &body.y.scale {
        AxisScale::Bands(names) => bands::lay_out(type_, sheet, body, names, area),
        _ => values::lay_out(type_, sheet, body, area),
    }
}

/// What the colors and shapes of several series stand for. Returns where the rest begins.
fn key(type_: &Typesetter<'_>, sheet: &mut Sheet, body: &XyPlot, area: Area) -> f32 {
    // Small multiples have one key for all.
    if body.series.len() < 2 || area.shared.is_some() {
        return area.top;
    }
    let keys: Vec<&LegendKey> = body.series.iter().map(|series| &series.key).collect();
    key::with_samples(type_, sheet, &keys, area, sample) + space::M
}

/// A dot in a key.
pub(super) fn sample(sheet: &mut Sheet, palette: &Palette, tone: ColorRole, place: Rect) {
    strokes::dot(sheet, palette, tone, place.center(), strokes::DOT_PT);
}

/// The title of an axis, muted and small. Returns its bottom, or `top` where it is plain.
fn title(
    type_: &Typesetter<'_>,
    sheet: &mut Sheet,
    words: &str,
    top: f32,
    (left, right): (f32, f32),
    ends_right: bool,
) -> f32 {
    if words.trim().is_empty() {
        return top;
    }
    let font = theme::regular(size::CAPTION);
    let text = type_.wrapped(words, font, type_.palette.text_muted, right - left);
    let x = if ends_right {
        right - text.size.x
    } else {
        left
    };
    sheet.text(pos2(x, top), text).bottom()
}

/// Where each mark can be pointed at, in reading order.
fn spots(sheet: &mut Sheet, points: &[Placed<'_>]) {
    for (at, placed) in (0..).zip(points) {
        sheet.spot(MarkId(at), placed.spot());
    }
}

/// The words and marks of a sheet from one of its items on, as what is taken of a room.
fn taken(type_: &Typesetter<'_>, sheet: &Sheet, room: Rect) -> place::Places {
    place::Places::of(sheet, room, type_.palette.background)
}
