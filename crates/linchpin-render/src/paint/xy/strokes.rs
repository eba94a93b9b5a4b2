//! Dots and lines with closed or open ends, lying or upright.

use super::super::bar_ends::{OPEN_PT, SLICES};
use super::super::picture_layout::{LayoutItem, PictureLayout};
use super::super::tone;
use crate::theme::{self, Palette};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, vec2};
use linchpin_charts::picture::ColorRole;

/// The radius of a dot, in points.
pub(super) const DOT_PT: f32 = 5.0;

/// The color of a tone for thin things, which needs more contrast with the ground than an area
/// does.
pub(super) fn stroke_color(palette: &Palette, tone: ColorRole) -> Color32 {
    with_contrast(palette, tone, 2.2)
}

/// The color of a tone for words.
pub(super) fn text_color(palette: &Palette, tone: ColorRole) -> Color32 {
    with_contrast(palette, tone, 4.5)
}

fn with_contrast(palette: &Palette, tone: ColorRole, contrast: f32) -> Color32 {
    let color = tone::fill_color(palette, tone);
    (0..=10)
        .map(|tenths| theme::mix(color, palette.text, tenths as f32 / 10.0))
        .find(|mixed| theme::contrast(*mixed, palette.background) >= contrast)
        .unwrap_or(palette.text)
}

/// A dot with a rim in the color of the ground: a shape for each category, so that color is not all
/// that tells them apart.
pub(super) fn draw_dot(
    layout: &mut PictureLayout,
    palette: &Palette,
    tone: ColorRole,
    center: Pos2,
    radius: f32,
) {
    let color = stroke_color(palette, tone);
    let shape = match tone {
        ColorRole::Category(place) => place % 4,
        ColorRole::Unranked(place) => 1 + place % 3,
        ColorRole::Single | ColorRole::LadderStep(_) => 0,
    };
    let corners: &[(f32, f32)] = match shape {
        1 => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        2 => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        3 => &[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)],
        _ => {
            layout.circle(center, radius, color, Stroke::new(1.0, palette.background));
            return;
        }
    };
    let polygon = |grown: f32, fill: Color32| LayoutItem::Polygon {
        points: corners
            .iter()
            .map(|(x, y)| center + (radius + grown) * vec2(*x, *y))
            .collect(),
        fill,
    };
    layout.items.push(polygon(1.0, palette.background));
    layout.items.push(polygon(0.0, color));
}

/// A line across the end of another.
pub(super) fn draw_cap(
    layout: &mut PictureLayout,
    color: Color32,
    at: Pos2,
    along: Vec2,
    half_pt: f32,
) {
    let across = along.rot90() * half_pt;
    layout.line(at - across, at + across, Stroke::new(2.0, color));
}

/// An open end: a line breaks up, and an arrowhead points on.
pub(super) fn draw_open_end(
    layout: &mut PictureLayout,
    color: Color32,
    from: Pos2,
    along: Vec2,
    thick_pt: f32,
    length_pt: f32,
) {
    let scale = length_pt / OPEN_PT;
    for (distance, width) in SLICES {
        let start = from + along * distance * scale;
        let end = start + along * width * scale;
        layout.line(start, end, Stroke::new(thick_pt, color));
    }
    let tip = from + along * length_pt;
    let across = along.rot90() * 4.0;
    let base = tip - along * 4.5;
    layout.items.push(LayoutItem::Polygon {
        points: vec![base - across, tip, base + across],
        fill: color,
    });
}

/// The box of an open end.
pub(super) fn open_end_rect(from: Pos2, along: Vec2, length_pt: f32) -> Rect {
    Rect::from_two_pos(from, from + along * length_pt)
        .expand2(vec2(4.0 * along.y.abs(), 4.0 * along.x.abs()))
}
