//! Ends of bars: open where a number is only a bound, hollow where it is only possible.

use super::sheet::{Item, Sheet};
use crate::theme::{self, Palette};
use egui::{Color32, Rect, Stroke, pos2};

/// How far an open end reaches beyond its bar, in points.
pub(super) const OPEN_PT: f32 = 28.0;

/// The slices of an open end: distance from the bar, width, in points.
pub(super) const SLICES: [(f32, f32); 3] = [(2.0, 7.0), (12.0, 4.0), (19.0, 2.0)];

/// Draws an open end: the bar breaks up, and an arrowhead points on. `edge` is the end of the bar; `sign` is 1 to the right, -1 to
/// the left.
pub(super) fn open_end(sheet: &mut Sheet, color: Color32, bar: Rect, edge: f32, sign: f32) {
    for (distance, width) in SLICES {
        let x = edge + sign * distance;
        let slice = Rect::from_x_y_ranges(
            x.min(x + sign * width)..=x.max(x + sign * width),
            bar.y_range(),
        );
        sheet.fill(slice, color);
    }
    let tip = edge + sign * OPEN_PT;
    let half = (bar.height() / 2.0).min(4.0);
    let base = tip - sign * 4.5;
    sheet.items.push(Item::Polygon {
        points: vec![
            pos2(base, bar.center().y - half),
            pos2(tip, bar.center().y),
            pos2(base, bar.center().y + half),
        ],
        fill: color,
    });
}

/// Draws what a number may be and need not be: pale, with an edge.
pub(super) fn possible(sheet: &mut Sheet, palette: &Palette, color: Color32, rect: Rect) {
    sheet.fill(rect, theme::mix(palette.background, color, 0.18));
    sheet.items.push(Item::Edge {
        rect,
        stroke: Stroke::new(1.5, color),
        radius_pt: 0.0,
    });
}
