//! Signs for kinds of records: told apart by shape where colors are not.

use super::picture_layout::{LayoutItem, PictureLayout};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, vec2};

/// The corners of signs that are no circles and no squares, of about the area of a circle of radius
/// 1.
const CORNERS: [&[(f32, f32)]; 4] = [
    &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
    &[(0.0, -1.3), (1.25, 0.9), (-1.25, 0.9)],
    &[
        (1.08, 0.0),
        (0.54, 0.94),
        (-0.54, 0.94),
        (-1.08, 0.0),
        (-0.54, -0.94),
        (0.54, -0.94),
    ],
    &[(0.0, 1.3), (-1.25, -0.9), (1.25, -0.9)],
];

/// How far a sign reaches, to the radius of a circle of its area.
pub(super) fn radius_factor(kind: usize) -> f32 {
    match kind % 6 {
        0 => 1.0,
        1 => 1.2,
        2 => 1.25,
        4 => 1.08,
        _ => 1.3,
    }
}

/// Draws a sign of about the area of a circle of this radius.
pub(super) fn draw(
    layout: &mut PictureLayout,
    kind: usize,
    center: Pos2,
    radius_pt: f32,
    fill: Color32,
) {
    match kind % 6 {
        0 => layout.circle(center, radius_pt, fill, Stroke::NONE),
        1 => {
            let side = Vec2::splat(1.77 * radius_pt);
            let rect = Rect::from_center_size(center, side);
            layout.fill_rounded(rect, fill, radius_pt * 0.25);
        }
        other => {
            let corners = CORNERS[other - 2].iter();
            layout.items.push(LayoutItem::Polygon {
                points: corners
                    .map(|(x, y)| center + vec2(*x, *y) * radius_pt)
                    .collect(),
                fill,
            });
        }
    }
}
