//! Lines and steps: solid between stated numbers, dashed at a bound, as a pale band at an interval,
//! and broken where nothing is known.

use super::super::bar_shapes;
use super::super::mark_colors;
use super::super::picture_layout::{LayoutItem, PictureLayout};
use super::marks::{self, DOT_PT, PlacedPoint};
use crate::theme::{self, Palette};
use egui::{Color32, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use linchpin_charts::picture::{LineJoin, PlotGeom, XyPlot};

/// The thickness of a line, and the radius of a dot on it, in points.
const LINE_PT: f32 = 2.25;
const POINT_RADIUS_PT: f32 = 3.5;

/// Dots are drawn where they are at least this far apart on the average, in points.
const MIN_POINT_SPACING_PT: f32 = 14.0;

/// The thickness of an interval of a line, in points.
const INTERVAL_PT: f32 = 2.5;

/// How much of its color a pale band has, and the thin lines at its edges.
const BAND_SHARE: f32 = 0.16;
const BAND_EDGE_SHARE: f32 = 0.45;

/// The lines of a series, not drawn yet.
#[derive(Default)]
struct SeriesLines {
    solid: Vec<Vec<Pos2>>,
    dashed: Vec<[Pos2; 2]>,
    /// Corners, clockwise.
    bands: Vec<[Pos2; 4]>,
    /// Steps of intervals.
    rects: Vec<Rect>,
}

/// Draws the marks of a plot. Returns the lines that join them, which words must not cover.
pub(super) fn draw(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [PlacedPoint<'_>],
    within: Rect,
) -> Vec<[Pos2; 2]> {
    if body.is_joined() {
        return draw_series(layout, palette, body, points, within);
    }
    marks::draw_points(layout, palette, body, points, within);
    Vec::new()
}

/// Draws the lines of all series with their points. Returns the parts of the lines.
fn draw_series(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [PlacedPoint<'_>],
    within: Rect,
) -> Vec<[Pos2; 2]> {
    let mut all: Vec<(Color32, SeriesLines)> = Vec::new();
    for at in 0..body.series.len() {
        let own: Vec<&PlacedPoint<'_>> = points.iter().filter(|p| p.series == at).collect();
        let Some(first) = own.first() else {
            continue;
        };
        let color = mark_colors::stroke_color(palette, first.role);
        let mut lines = SeriesLines::default();
        // A point of which nothing is known interrupts the line.
        for run in own.split(|placed| placed.range.is_none()) {
            match body.geom {
                PlotGeom::Steps => lines.add_steps(run),
                _ => lines.add_line(body, run),
            }
        }
        all.push((color, lines));
    }
    let mut taken = Vec::new();
    // All bands lie below all lines.
    for (color, lines) in &all {
        lines.draw_bands(layout, palette, *color, &mut taken);
    }
    for (color, lines) in all {
        lines.draw_lines(layout, palette, color, &mut taken);
    }
    draw_line_points(layout, palette, body, points, within);
    taken
}

impl SeriesLines {
    /// A line through the middles of what is known. A date as long as its precision is joined in
    /// its middle; a number never is.
    fn add_line(&mut self, body: &XyPlot, run: &[&PlacedPoint<'_>]) {
        let mut path: Vec<Pos2> = run.first().and_then(|p| p.center()).into_iter().collect();
        for (from, to) in run.iter().zip(run.iter().skip(1)) {
            let (Some(start), Some(end)) = (from.center(), to.center()) else {
                continue;
            };
            match body.join(from.point, to.point) {
                LineJoin::Solid => {
                    path.push(end);
                    continue;
                }
                LineJoin::Dashed => self.dashed.push([start, end]),
                LineJoin::Band => self.bands.extend(band(from, to)),
                LineJoin::Broken => {}
            }
            self.solid.push(std::mem::replace(&mut path, vec![end]));
        }
        self.solid.push(path);
    }

    /// Each number from its date to the next one's. A step begins with its date and holds to its
    /// end.
    fn add_steps(&mut self, run: &[&PlacedPoint<'_>]) {
        let mut path: Vec<Pos2> = Vec::new();
        for (at, placed) in run.iter().enumerate() {
            let Some((x, y)) = placed.range else {
                continue;
            };
            let next = run.get(at + 1);
            let next_start = next.and_then(|next| next.range).map(|(x, _)| x.from);
            let mut end = next_start.unwrap_or(x.to);
            // A last step of no length is seen all the same.
            if next_start.is_none() && (end - x.from).abs() < 2.0 * DOT_PT {
                end = x.from + 2.0 * DOT_PT;
            }
            let value = placed.point.y;
            let tread = [pos2(x.from, y.middle()), pos2(end, y.middle())];
            if value.is_exact() {
                path.extend(tread);
            } else {
                self.solid.push(std::mem::take(&mut path));
                match value.is_interval() {
                    true => self
                        .rects
                        .push(Rect::from_two_pos(pos2(x.from, y.from), pos2(end, y.to))),
                    false => self.dashed.push(tread),
                }
            }
            // From height to height: a riser is as sure as what it joins.
            let Some(next) = next.filter(|next| next.range.is_some()) else {
                continue;
            };
            let [one, other] = [value, next.point.y];
            let is_interval = one.is_interval() || other.is_interval();
            if !is_interval && (one.is_bound() || other.is_bound()) {
                let top = next.center().map_or(y.middle(), |center| center.y);
                self.dashed.push([tread[1], pos2(end, top)]);
            }
        }
        self.solid.push(path);
    }

    fn draw_bands(
        &self,
        layout: &mut PictureLayout,
        palette: &Palette,
        color: Color32,
        taken: &mut Vec<[Pos2; 2]>,
    ) {
        let fill = theme::mix(palette.background, color, BAND_SHARE);
        let edge = Stroke::new(1.0, theme::mix(palette.background, color, BAND_EDGE_SHARE));
        for corners in &self.bands {
            let mut points = corners.to_vec();
            points.dedup();
            if points.first() == points.last() {
                points.pop();
            }
            layout.items.push(LayoutItem::Band { points, fill });
            let [from_top, to_top, to_bottom, from_bottom] = *corners;
            for line in [[from_top, to_top], [from_bottom, to_bottom]] {
                layout.line(line[0], line[1], edge);
                taken.push(line);
            }
        }
        for rect in &self.rects {
            bar_shapes::uncertain_range(layout, palette, color, *rect);
        }
    }

    fn draw_lines(
        self,
        layout: &mut PictureLayout,
        palette: &Palette,
        color: Color32,
        taken: &mut Vec<[Pos2; 2]>,
    ) {
        for path in self.solid {
            let parts = path.windows(2);
            taken.extend(parts.filter_map(|part| <[Pos2; 2]>::try_from(part).ok()));
            if path.len() > 1 {
                // The background on both sides keeps lines that cross apart.
                for (width, color) in [(LINE_PT + 2.0, palette.background), (LINE_PT, color)] {
                    let points = path.clone();
                    let stroke = Stroke::new(width, color);
                    layout.items.push(LayoutItem::Polyline { points, stroke });
                }
            }
        }
        for ends in self.dashed {
            draw_dashes(layout, ends, Stroke::new(LINE_PT, color));
            taken.push(ends);
        }
    }
}

/// The corners between the ends of two numbers, one of them an interval.
fn band(from: &PlacedPoint<'_>, to: &PlacedPoint<'_>) -> Option<[Pos2; 4]> {
    let ends = |placed: &PlacedPoint<'_>| {
        let (x, y) = placed.range?;
        let (top, bottom) = (y.from.min(y.to), y.from.max(y.to));
        Some((pos2(x.middle(), top), pos2(x.middle(), bottom)))
    };
    let ((from_top, from_bottom), (to_top, to_bottom)) = (ends(from)?, ends(to)?);
    Some([from_top, to_top, to_bottom, from_bottom])
}

/// Draws the points of lines: dots where there is room, the ends of intervals and bounds always.
fn draw_line_points(
    layout: &mut PictureLayout,
    palette: &Palette,
    body: &XyPlot,
    points: &mut [PlacedPoint<'_>],
    within: Rect,
) {
    let mut per_series = vec![0_usize; body.series.len()];
    points.iter().for_each(|placed| {
        if let Some(count) = per_series.get_mut(placed.series) {
            *count += 1;
        }
    });
    let most = per_series.into_iter().max().unwrap_or_default().max(1);
    let is_line = body.geom == PlotGeom::Line;
    let is_sparse = is_line && within.width() / most as f32 >= MIN_POINT_SPACING_PT;
    for placed in points {
        let Some((center, reach)) = placed.center().zip(placed.range) else {
            continue;
        };
        let color = mark_colors::stroke_color(palette, placed.role);
        let mut drawn = Rect::from_center_size(center, Vec2::splat(2.0 * POINT_RADIUS_PT));
        let value = placed.point.y;
        let is_interval = value.is_interval();
        if is_interval {
            let ends = [reach.1.from, reach.1.to].map(|y| pos2(center.x, y));
            drawn = Rect::from_two_pos(ends[0], ends[1]);
            // Steps of intervals are pale areas from date to date.
            if is_line {
                drawn = drawn.union(draw_reach(layout, color, ends, vec2(0.0, 1.0)));
            }
        }
        // A point at a range of dates stands in its middle, and says so.
        let is_range = placed.point.dates[0].is_some_and(|date| date.is_range());
        if is_range && (reach.0.to - reach.0.from).abs() > 2.0 * POINT_RADIUS_PT {
            let pale = theme::mix(palette.background, color, BAND_EDGE_SHARE);
            let ends = [reach.0.from, reach.0.to].map(|x| pos2(x, center.y));
            drawn = drawn.union(draw_reach(layout, pale, ends, vec2(1.0, 0.0)));
        }
        let is_bound = value.is_bound() && is_line;
        if !is_interval && (is_sparse || is_bound || is_range) {
            marks::draw_dot(layout, palette, placed.role, center, POINT_RADIUS_PT);
        }
        let ends = [reach.0, reach.1];
        let open = marks::draw_open_ends(layout, palette, placed.role, ends, within, 2.0);
        placed.drawn_rect = drawn.union(open);
    }
}

/// A line with an end at both sides. Returns its box.
fn draw_reach(layout: &mut PictureLayout, color: Color32, ends: [Pos2; 2], along: Vec2) -> Rect {
    layout.line(ends[0], ends[1], Stroke::new(INTERVAL_PT, color));
    for end in ends {
        marks::draw_cap(layout, color, end, along, 4.0);
    }
    let across = vec2(along.y, along.x) * 4.0;
    Rect::from_two_pos(ends[0], ends[1]).expand2(across)
}

/// The length of a dash and of what is left out after it, in points.
const DASH_PT: f32 = 6.0;
const DASH_GAP_PT: f32 = 5.0;

/// Draws a dashed line, a dash at each of its ends.
pub(super) fn draw_dashes(layout: &mut PictureLayout, [from, to]: [Pos2; 2], stroke: Stroke) {
    let length = (to - from).length();
    let count = ((length + DASH_GAP_PT) / (DASH_PT + DASH_GAP_PT)).floor();
    if count < 2.0 {
        layout.line(from, to, stroke);
        return;
    }
    let along = (to - from) / length;
    let apart = (length - DASH_PT) / (count - 1.0);
    for at in 0..count as u32 {
        let start = from + along * (apart * at as f32);
        layout.line(start, start + along * DASH_PT, stroke);
    }
}
