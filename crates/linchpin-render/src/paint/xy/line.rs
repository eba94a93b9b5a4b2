//! Points joined: straight, or in steps that hold until the next point.

use super::super::picture_layout::{LayoutItem, PictureLayout};
use super::plot_points::{self, PlacedPoint};
use super::strokes::{self, DOT_PT};
use crate::theme::{self, Palette};
use egui::{Pos2, Rect, Stroke, Vec2, pos2, vec2};
use linchpin_charts::picture::{PlotGeom, XyPlot};

/// The thickness of a line, and the radius of a dot on it, in points.
const LINE_PT: f32 = 2.25;
const POINT_RADIUS_PT: f32 = 3.5;

/// Dots are drawn where they are at least this far apart on the average, in points.
const MIN_POINT_SPACING_PT: f32 = 14.0;

/// Draws the series. Returns the parts of their lines.
pub(super) fn draw(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [PlacedPoint<'_>],
    within: Rect,
) -> Vec<[Pos2; 2]> {
    let mut lines = Vec::new();
    for at in 0..body.series.len() {
        let own: Vec<&PlacedPoint<'_>> = points.iter().filter(|p| p.series == at).collect();
        let Some(first) = own.first() else {
            continue;
        };
        let color = strokes::stroke_color(palette, first.tone);
        // A point of which nothing is known interrupts the line.
        for run in own.split(|placed| placed.range.is_none()) {
            let path = line_points(body.geom, run);
            lines.extend(
                path.windows(2)
                    .filter_map(|w| <[Pos2; 2]>::try_from(w).ok()),
            );
            if path.len() > 1 {
                // The ground on both sides keeps lines that cross apart.
                for (width, color) in [(LINE_PT + 2.0, palette.background), (LINE_PT, color)] {
                    let points = path.clone();
                    let stroke = Stroke::new(width, color);
                    layout.items.push(LayoutItem::Polyline { points, stroke });
                }
            }
        }
    }
    let mut per_series = vec![0_usize; body.series.len()];
    points.iter().for_each(|placed| {
        if let Some(count) = per_series.get_mut(placed.series) {
            *count += 1;
        }
    });
    let most = per_series.into_iter().max().unwrap_or_default().max(1);
    let is_sparse =
        body.geom == PlotGeom::Line && within.width() / most as f32 >= MIN_POINT_SPACING_PT;
    for placed in points {
        let Some((center, reach)) = placed.center().zip(placed.range) else {
            continue;
        };
        let color = strokes::stroke_color(palette, placed.tone);
        let pale = theme::mix(palette.background, color, 0.45);
        let mut ink = Rect::from_center_size(center, Vec2::splat(2.0 * POINT_RADIUS_PT));
        let is_bound = placed.point.y.low != placed.point.y.high;
        if is_bound && (reach.1.to - reach.1.from).abs() > 2.0 * POINT_RADIUS_PT {
            let (low, high) = (pos2(center.x, reach.1.from), pos2(center.x, reach.1.to));
            layout.line(low, high, Stroke::new(2.0, pale));
            for end in [low, high] {
                strokes::draw_cap(layout, pale, end, vec2(0.0, 1.0), 4.0);
            }
            ink = ink.union(Rect::from_two_pos(low, high).expand2(vec2(4.0, 0.0)));
        }
        if is_sparse || is_bound {
            strokes::draw_dot(layout, palette, placed.tone, center, POINT_RADIUS_PT);
        }
        let [x, y] = [reach.0, reach.1];
        let ends = plot_points::draw_open_ends(layout, palette, placed.tone, [x, y], within, 2.0);
        placed.drawn_rect = ink.union(ends);
    }
    lines
}

/// The corners of a line. A date as long as its precision is joined in its middle; a step begins
/// with the date and holds to its end.
fn line_points(shape: PlotGeom, run: &[&PlacedPoint<'_>]) -> Vec<Pos2> {
    if shape != PlotGeom::Steps {
        return run.iter().filter_map(|placed| placed.center()).collect();
    }
    let mut path: Vec<Pos2> = Vec::new();
    let mut end = None;
    for placed in run {
        let (Some(center), Some((x, _))) = (placed.center(), placed.range) else {
            continue;
        };
        if let Some(last) = path.last().copied() {
            path.push(pos2(x.from, last.y));
        }
        path.push(pos2(x.from, center.y));
        end = Some(pos2(x.to, center.y));
    }
    path.extend(end);
    // A last step of no length is seen all the same.
    if let [.., before, last] = path.as_mut_slice()
        && (last.x - before.x).abs() < 2.0 * DOT_PT
        && before.y == last.y
    {
        last.x = before.x + 2.0 * DOT_PT;
    }
    path
}
